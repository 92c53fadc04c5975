/* SPDX-License-Identifier: MIT
 * From texts to what was heard in them: each text is read for itself, and their readings are
 * mixed by the texts' weights. */
#include "speech/heard.h"

#include "base/abi.h"
#include "base/numerals.h"
#include "base/utf8.h"
#include "speech/mask.h"

/* Codes have 1 to POLE_MAX_DIGITS digits. */
#define ALL_LENGTHS ((1u << (POLE_MAX_DIGITS + 1)) - 2)

struct pole_hearing {
    pole_grammar grammar;
    pole_choice choice; /* of one text */
};

static const char *const reason_names[] = {NULL,       "no_digits",    "too_few",
                                           "too_many", "phone_number", "other_number"};

const char *pole_reason_name(pole_reason reason)
{
    const size_t count = sizeof reason_names / sizeof *reason_names;
    return reason >= 0 && (size_t)reason < count ? reason_names[reason] : NULL;
}

void pole_hear_options_init(pole_hear_options *options)
{
    memset(options, 0, sizeof *options);
    options->struct_size = sizeof *options;
    options->lengths = 1u << 7;
}

pole_status pole_heard_new(const pole_allocator *allocator, pole_heard **heard)
{
    if (heard == NULL)
        return POLE_INVALID_ARGUMENT;
    const pole_allocator memory = pole_allocator_or_default(allocator);
    *heard = pole_allocate_zeroed(&memory, 1, sizeof **heard);
    if (*heard == NULL)
        return POLE_NO_MEMORY;
    (*heard)->allocator = memory;
    (*heard)->reason = POLE_REASON_NO_DIGITS;
    pole_buffer_init(&(*heard)->text, &memory);
    pole_buffer_init(&(*heard)->query, &memory);
    (*heard)->hearing = pole_allocate_zeroed(&memory, 1, sizeof *(*heard)->hearing);
    if ((*heard)->hearing != NULL)
        return POLE_OK;
    pole_heard_free(*heard);
    *heard = NULL;
    return POLE_NO_MEMORY;
}

void pole_heard_free(pole_heard *heard)
{
    if (heard == NULL)
        return;
    const pole_allocator memory = heard->allocator;
    pole_buffer_free(&heard->text);
    pole_buffer_free(&heard->query);
    pole_release(&memory, heard->hearing);
    pole_release(&memory, heard);
}

/* Nothing heard; the memory stays. */
static void forget(pole_heard *heard)
{
    heard->reading_count = 0;
    heard->count = 0;
    heard->several = false;
    heard->reason = POLE_REASON_NO_DIGITS;
    pole_buffer_clear(&heard->text);
    pole_buffer_clear(&heard->query);
}

/* Of a text that is too long to be read. */
static pole_reason reason_unread(pole_span text)
{
    bool figures = false, words = false;
    for (size_t at = 0; at < text.size_bytes;) {
        const uint32_t character = pole_utf8_next(text.data, text.size_bytes, &at);
        if (pole_numeral(character) >= 0)
            figures = true;
        else if (!pole_is_separator(character))
            words = true;
    }
    if (!figures)
        return POLE_REASON_NO_DIGITS;
    return words ? POLE_REASON_OTHER_NUMBER : POLE_REASON_TOO_MANY;
}

/* Fewer digits than this stand in texts for other things, too. */
#define FEWEST_PLAIN 4

/* Whether the text is nothing but ASCII digits, as many as a code has, and as no shorter one has
 * that was said twice: what most texts of most logs are. There is one way to read it, and no need
 * of a grammar. */
static bool is_plain_code(pole_span text, uint32_t lengths)
{
    if (text.size_bytes < FEWEST_PLAIN || text.size_bytes > POLE_MAX_DIGITS ||
        !pole_is_length(lengths, text.size_bytes))
        return false;
    for (size_t shorter = 1; shorter <= text.size_bytes / 2; shorter++)
        if (pole_is_length(lengths, shorter) && text.size_bytes % shorter == 0)
            return false;
    for (size_t i = 0; i < text.size_bytes; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    return true;
}

static void choose_plain(pole_span text, pole_choice *choice)
{
    pole_reading *reading = choice->readings;
    choice->count = 1;
    choice->several = false;
    choice->reason = POLE_REASON_NONE;
    *reading =
        (pole_reading){.weight = 1, .count = (uint8_t)text.size_bytes, .sayings = 1, .again = -1};
    for (size_t i = 0; i < text.size_bytes; i++)
        pole_said_place((pole_said_digit)(text.data[i] - '0'), reading->places + i);
}

/* Fills heard->hearing->choice, and the query when it is asked for. */
static void hear_text(pole_heard *heard, pole_span text, uint32_t lengths, bool query)
{
    pole_grammar *grammar = &heard->hearing->grammar;
    pole_choice *choice = &heard->hearing->choice;
    if (text.size_bytes > POLE_MOST_TEXT_BYTES) {
        memset(choice, 0, sizeof *choice);
        choice->reason = reason_unread(text);
        if (query)
            pole_mask_digits(text, &heard->query);
        return;
    }
    if (is_plain_code(text, lengths)) {
        choose_plain(text, choice);
        if (query)
            pole_buffer_append(&heard->query, text.data, text.size_bytes);
        return;
    }
    pole_grammar_read(grammar, text, lengths);
    pole_choose(grammar, lengths, choice);
    if (query)
        pole_mask_spoken(text, grammar, choice, &heard->query);
}

static bool same_places(const pole_reading *a, const pole_reading *b)
{
    if (a->count != b->count || a->again >= 0 || b->again >= 0)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (a->places[i].digits != b->places[i].digits)
            return false;
    }
    return true;
}

/* The reading with the least weight that may go; POLE_MOST_READINGS for none. */
static size_t weakest(const pole_heard *heard)
{
    size_t weakest = POLE_MOST_READINGS;
    for (size_t i = 0; i < heard->reading_count; i++) {
        const pole_reading *reading = heard->readings + i;
        if (reading->weight > 0 && reading->again < 0 &&
            (weakest == POLE_MOST_READINGS || reading->weight < heard->readings[weakest].weight))
            weakest = i;
    }
    return weakest;
}

static void mix_reading(pole_heard *heard, const pole_choice *choice, const pole_reading *new,
                        double share)
{
    pole_reading reading = *new;
    reading.weight *= share;
    for (size_t i = 0; i < heard->reading_count; i++) {
        pole_reading *old = heard->readings + i;
        if (old->weight > 0 && same_places(old, &reading)) {
            old->weight += reading.weight;
            old->sayings = old->sayings > reading.sayings ? old->sayings : reading.sayings;
            return;
        }
    }
    const size_t needed = reading.again < 0 ? 1 : 2;
    if (heard->reading_count + needed > POLE_MOST_READINGS) {
        const size_t place = weakest(heard);
        if (needed == 1 && place < POLE_MOST_READINGS &&
            heard->readings[place].weight < reading.weight)
            heard->readings[place] = reading;
        return;
    }
    const size_t at = heard->reading_count++;
    heard->readings[at] = reading;
    if (reading.again >= 0) {
        heard->readings[at].again = (int8_t)heard->reading_count;
        heard->readings[heard->reading_count++] = choice->readings[reading.again];
    }
}

static void mix(pole_heard *heard, double share)
{
    const pole_choice *choice = &heard->hearing->choice;
    for (size_t i = 0; i < choice->count; i++) {
        if (choice->readings[i].weight > 0)
            mix_reading(heard, choice, choice->readings + i, share);
    }
}

static char likeliest_digit(const pole_heard_place *place)
{
    char best = '?';
    double weight = 0;
    for (int d = 0; d < 10; d++) {
        if (place->weights[d] > weight) {
            weight = place->weights[d];
            best = (char)('0' + d);
        }
    }
    return best;
}

/* Weights add up to 1; count and digits are those of the likeliest reading. */
static void settle(pole_heard *heard)
{
    double sum = 0;
    const pole_reading *best = heard->readings;
    for (size_t i = 0; i < heard->reading_count; i++) {
        sum += heard->readings[i].weight;
        if (heard->readings[i].weight > best->weight)
            best = heard->readings + i;
    }
    if (heard->reading_count == 0)
        return;
    for (size_t i = 0; i < heard->reading_count; i++)
        heard->readings[i].weight /= sum;
    heard->reason = POLE_REASON_NONE;
    heard->count = best->count;
    for (size_t i = 0; i < best->count; i++)
        heard->digits[i] = likeliest_digit(best->places + i);
    heard->digits[best->count] = '\0';
}

static bool are_sound(const pole_text *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const double weight = texts[i].weight;
        if ((texts[i].text.data == NULL && texts[i].text.size_bytes > 0) ||
            !(weight > 0 && weight <= 1e100))
            return false;
    }
    return texts != NULL && count > 0;
}

static size_t likeliest_text(const pole_text *texts, size_t count)
{
    size_t best = 0;
    for (size_t i = 1; i < count; i++) {
        if (texts[i].weight > texts[best].weight)
            best = i;
    }
    return best;
}

pole_status pole_hear(const pole_text *texts, size_t count, const pole_hear_options *options,
                      pole_heard *heard)
{
    pole_hear_options taken;
    double sum = 0;
    pole_hear_options_init(&taken);
    if (heard == NULL)
        return POLE_INVALID_ARGUMENT;
    forget(heard);
    if (texts == NULL || !are_sound(texts, count) ||
        !pole_options_take(&taken, sizeof taken, options))
        return POLE_INVALID_ARGUMENT;
    const size_t first = likeliest_text(texts, count);
    for (size_t i = 0; i < count; i++)
        sum += texts[i].weight;
    for (size_t i = 0; i < count; i++) {
        const pole_span text = pole_utf8_trim(texts[i].text);
        hear_text(heard, text, taken.lengths & ALL_LENGTHS, i == first);
        if (i == first) {
            pole_buffer_append(&heard->text, text.data, text.size_bytes);
            heard->reason = heard->hearing->choice.reason;
        }
        heard->several = heard->several || heard->hearing->choice.several;
        mix(heard, texts[i].weight / sum);
    }
    settle(heard);
    if (!heard->text.failed && !heard->query.failed)
        return POLE_OK;
    forget(heard);
    return POLE_NO_MEMORY;
}

pole_span pole_heard_query(const pole_heard *heard)
{
    if (heard == NULL || heard->query.size == 0)
        return (pole_span){NULL, 0};
    return (pole_span){(const char *)heard->query.bytes, heard->query.size};
}

pole_span pole_heard_digits(const pole_heard *heard)
{
    if (heard == NULL || heard->count == 0)
        return (pole_span){NULL, 0};
    return (pole_span){heard->digits, heard->count};
}

pole_reason pole_heard_reason(const pole_heard *heard)
{
    return heard ? heard->reason : POLE_REASON_NO_DIGITS;
}

int32_t pole_heard_several(const pole_heard *heard)
{
    return heard != NULL && heard->count > 0 && heard->several;
}
