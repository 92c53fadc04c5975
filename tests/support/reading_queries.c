/* SPDX-License-Identifier: MIT
 * See reading_queries.h. */
#include "support/reading_queries.h"

#include <string.h>

void heard_clear(pole_heard *heard)
{
    memset(heard, 0, sizeof *heard);
    for (unsigned r = 0; r < POLE_MOST_READINGS; r++)
        heard->readings[r] = (pole_reading){.sayings = 1, .again = -1};
}

void reading_set(pole_reading *reading, const char *text, double weight)
{
    memset(reading, 0, sizeof *reading);
    reading->weight = weight;
    reading->sayings = 1;
    reading->again = -1;
    for (; *text; text++) {
        pole_heard_place *place = reading->places + reading->count++;
        if (*text != '?') {
            place->digits = (uint16_t)(1u << (*text - '0'));
            place->weights[*text - '0'] = 1;
        }
    }
}

/* Gives places up to `most` digits that they could be, too. */
static void soften(pole_reading *reading, test_random *random, unsigned most)
{
    for (unsigned i = 0; i < reading->count; i++) {
        pole_heard_place *place = reading->places + i;
        for (uint64_t more = test_random_below(random, most); more > 0 && place->digits; more--) {
            const unsigned digit = (unsigned)test_random_below(random, 10);
            if (place->digits >> digit & 1)
                continue;
            place->digits |= (uint16_t)(1u << digit);
            place->weights[digit] = 0.01 + test_random_unit(random);
        }
    }
}

/* One of the observations of a class, each alike, or as likely as it is. */
typedef struct {
    test_random *random;
    int which;
    bool by_chance;
    double seen;
    char text[16];
} one_of_class;

static void choose(void *context, const char *observed, int which, double probability)
{
    one_of_class *one = context;
    const double weight = one->by_chance ? probability : 1;
    if (which != one->which)
        return;
    one->seen += weight;
    if (test_random_unit(one->random) * one->seen < weight)
        strcpy(one->text, observed);
}

/* Of some pole; "" when the class cannot act on it. */
static void observe(const reading_city *from, const oracle_channel *channel, int which,
                    test_random *random, char *text)
{
    one_of_class one = {
        .random = random, .which = which, .by_chance = test_random_below(random, 2) == 0};
    const char *code = from->codes[test_random_below(random, from->count)];
    oracle_emit(channel, code, choose, &one);
    strcpy(text, one.text);
}

void observe_any_class(const reading_city *from, const oracle_channel *channel, unsigned i,
                       test_random *random, char *text)
{
    do
        observe(from, channel, (int)(i % ORACLE_NONE), random, text);
    while (text[0] == '\0');
}

void heard_make(pole_heard *heard, const reading_city *from, const oracle_channel *channel,
                unsigned i, unsigned soft_every, test_random *random)
{
    char text[16], other[16];
    heard_clear(heard);
    observe_any_class(from, channel, i, random, text);
    observe_any_class(from, channel, (unsigned)test_random_below(random, ORACLE_NONE), random,
                      other);
    pole_reading *readings = heard->readings;
    reading_set(readings, text, 1);
    heard->reading_count = 1;
    if (soft_every > 0 && i % soft_every == 0)
        soften(readings, random, i % 2 ? 3 : 8);
    switch (i / ORACLE_NONE % 4) {
    case 1:
        readings[0].sayings = (uint8_t)(2 + i % 2);
        break;
    case 2: /* of the same code, else nothing is left */
        readings[0].again = 1;
        reading_set(readings + 1, text, 0);
        readings[1].sayings = (uint8_t)(1 + i % 2);
        if (readings[1].count > 2 && readings[1].places[2].digits) {
            soften(readings + 1, random, 2);
            readings[1].weight = 0;
        }
        heard->reading_count = 2;
        break;
    case 3:
        readings[0].weight = 0.7;
        reading_set(readings + 1, other, 0.3);
        heard->reading_count = 2;
        break;
    default:
        break;
    }
}
