/* SPDX-License-Identifier: MIT
 * A number is the code by its length, by the words beside it, and by being the only one. The same
 * number twice is one code said twice; two that differ are two sayings when something says so or
 * when they nearly agree; else the text holds several, and nothing says which. */
#include "speech/choose.h"

#include <string.h>

#define FEWEST 4         /* known digits; fewer name no pole, unless codes are as short ... */
#define FEWEST_WORN 2    /* ... or the others of a whole code were told to be unreadable */
#define BEYOND 2         /* digits more than the longest code has */
#define NAMED 3.0        /* how much likelier the number beside the word "pole" is */
#define SLIPS 2          /* places in which two sayings of one code may differ */
#define LEAST_SHARE 0.02 /* readings below are not told */
#define SURELY_LESS 0.11 /* of the best: no rival */

typedef struct {
    const pole_spoken_code *code;
    const pole_said *said; /* its likeliest reading */
    double score;
    uint8_t sayings;
    int again; /* the candidate that was said for the same code, or -1 */
    bool told; /* false: it is the other one's `again` */
} candidate;

typedef struct {
    size_t count;
    candidate all[POLE_MOST_CODES];
    bool few, many, phone, other;
} candidates;

static size_t known_digits(const pole_said *said)
{
    size_t known = 0;
    for (size_t i = 0; i < said->count; i++)
        known += said->digits[i] != POLE_SAID_UNKNOWN;
    return known;
}

static size_t longest_code(uint32_t lengths)
{
    size_t longest = 0;
    for (size_t n = 1; n <= POLE_MAX_DIGITS; n++) {
        if (pole_is_length(lengths, n))
            longest = n;
    }
    return longest;
}

/* Chinese numbering plan: a mobile number has eleven digits from 1 on, a landline with its area
 * code ten to twelve from 0 on. */
static bool is_phone_number(const pole_said *said)
{
    return (said->count == 11 && said->digits[0] == 1) ||
           (said->count >= 10 && said->count <= 12 && said->digits[0] == 0);
}

/* Whether the number may be a code at all; if not, notes why. */
static bool may_be_code(const pole_grammar *grammar, const pole_spoken_code *code, uint32_t lengths,
                        candidates *list)
{
    if (code->overlong) {
        list->many = true;
        return false;
    }
    if (code->count == 0)
        return false;
    const pole_said *said = &code->hypotheses[0].said;
    if (pole_is_length(lengths, said->count) && known_digits(said) > 0 &&
        (known_digits(said) >= FEWEST_WORN || known_digits(said) == said->count))
        return true;
    const bool alone = !grammar->words && !grammar->others.any;
    if (is_phone_number(said)) {
        list->phone = true;
    } else if (known_digits(said) < FEWEST) {
        list->few = list->few || alone || code->named;
        list->other = list->other || !(alone || code->named);
    } else if (said->count > longest_code(lengths) + BEYOND || said->count > POLE_MOST_PLACES) {
        list->many = list->many || alone || code->named;
        list->other = list->other || !(alone || code->named);
    } else if (!alone && !code->named &&
               (code->numerals || said->count == FEWEST ||
                pole_length_prior(lengths, said->count) < 0.1)) {
        list->other = true;
    } else {
        return true;
    }
    return false;
}

static void collect(const pole_grammar *grammar, uint32_t lengths, candidates *list)
{
    memset(list, 0, sizeof *list);
    list->phone = grammar->others.phone;
    for (size_t i = 0; i < grammar->code_count; i++) {
        const pole_spoken_code *code = grammar->codes + i;
        if (!may_be_code(grammar, code, lengths, list))
            continue;
        const pole_said *said = &code->hypotheses[0].said;
        const double prior = pole_length_prior(lengths, said->count);
        list->all[list->count++] =
            (candidate){code, said, prior * (code->named ? NAMED : 1), code->sayings, -1, true};
    }
}

/* A number of a wrong length is no rival of one of the right length. */
static void drop_unlikely(candidates *list)
{
    double best = 0;
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        best = list->all[i].score > best ? list->all[i].score : best;
    for (size_t i = 0; i < list->count; i++) {
        if (list->all[i].score > best * SURELY_LESS)
            list->all[kept++] = list->all[i];
    }
    list->count = kept;
}

/* Joins each code to an earlier one that it says again. */
static void join_sayings(candidates *list)
{
    for (size_t i = 1; i < list->count; i++) {
        candidate *later = list->all + i;
        for (size_t k = i; k-- > 0;) {
            candidate *earlier = list->all + k;
            if (!earlier->told || earlier->said->count != later->said->count)
                continue;
            const unsigned differences = pole_said_differences(earlier->said, later->said);
            if (differences == 0 &&
                pole_said_same(earlier->said->digits, later->said->digits, later->said->count)) {
                earlier->sayings = (uint8_t)(earlier->sayings + later->sayings);
                earlier->score = later->score > earlier->score ? later->score : earlier->score;
                later->told = false;
                break;
            }
            const bool again = later->code->link == POLE_SAID_AGAIN ||
                               (later->code->link == POLE_SAID_ALONE && differences <= SLIPS);
            if (again && later->again < 0 && earlier->again < 0) {
                /* What is said last is said with the most care. */
                later->again = (int)k;
                later->score = later->score > earlier->score ? later->score : earlier->score;
                earlier->told = false;
                break;
            }
        }
    }
}

static void put_reading(const pole_said *said, double weight, uint8_t sayings,
                        pole_reading *reading)
{
    memset(reading, 0, sizeof *reading);
    reading->weight = weight;
    reading->count = said->count;
    reading->sayings = sayings;
    reading->again = -1;
    for (size_t i = 0; i < said->count; i++)
        pole_said_place(said->digits[i], reading->places + i);
}

static double sum_of_weights(const pole_spoken_code *code)
{
    double sum = 0;
    for (size_t i = 0; i < code->count; i++)
        sum += code->hypotheses[i].weight;
    return sum;
}

static void tell_candidate(const candidate *told, double share, uint32_t lengths,
                           pole_choice *choice)
{
    const pole_spoken_code *code = told->code;
    const double sum = sum_of_weights(code);
    for (size_t i = 0; i < code->count && choice->count < POLE_MOST_READINGS; i++) {
        const pole_said *said = &code->hypotheses[i].said;
        const double weight = share * code->hypotheses[i].weight / sum;
        if (i > 0 && (weight < LEAST_SHARE || said->count > POLE_MOST_PLACES ||
                      (known_digits(said) < FEWEST && !pole_is_length(lengths, said->count))))
            continue;
        put_reading(said, weight, told->sayings, choice->readings + choice->count++);
    }
}

static void sort(pole_choice *choice)
{
    double sum = 0;
    for (size_t i = 0; i < choice->count; i++) {
        const pole_reading held = choice->readings[i];
        size_t at = i;
        sum += held.weight;
        for (; at > 0 && choice->readings[at - 1].weight < held.weight; at--)
            choice->readings[at] = choice->readings[at - 1];
        choice->readings[at] = held;
    }
    for (size_t i = 0; i < choice->count; i++)
        choice->readings[i].weight /= sum;
}

static bool same_digits(const pole_reading *a, const pole_reading *b)
{
    for (size_t i = 0; i < a->count && a->count == b->count; i++) {
        if (a->places[i].digits != b->places[i].digits)
            return false;
    }
    return a->count == b->count;
}

/* The other saying stands behind all others, without a weight of its own; the first reading of its
 * length takes it as its `again`. */
static void tell_other_saying(const candidates *list, const candidate *told, pole_choice *choice)
{
    if (told->again < 0 || choice->count == POLE_MOST_READINGS)
        return;
    const pole_said *other = list->all[told->again].said;
    for (size_t i = 0; i < choice->count; i++) {
        pole_reading *reading = choice->readings + i;
        pole_reading said;
        put_reading(told->said, 0, 1, &said);
        if (!same_digits(reading, &said))
            continue;
        reading->again = (int8_t)choice->count;
        put_reading(other, 0, list->all[told->again].sayings, choice->readings + choice->count++);
        return;
    }
}

static pole_reason reason_of(const candidates *list, const pole_grammar *grammar)
{
    if (list->count > 0)
        return POLE_REASON_NONE;
    if (list->phone)
        return POLE_REASON_PHONE_NUMBER;
    if (list->many)
        return POLE_REASON_TOO_MANY;
    if (list->few)
        return POLE_REASON_TOO_FEW;
    return list->other || grammar->others.any ? POLE_REASON_OTHER_NUMBER : POLE_REASON_NO_DIGITS;
}

void pole_choose(const pole_grammar *grammar, uint32_t lengths, pole_choice *choice)
{
    candidates list;
    double sum = 0;
    size_t told = 0;
    memset(choice, 0, sizeof *choice);
    collect(grammar, lengths, &list);
    choice->reason = reason_of(&list, grammar);
    drop_unlikely(&list);
    join_sayings(&list);
    for (size_t i = 0; i < list.count; i++) {
        choice->kept[list.all[i].code - grammar->codes] = true;
        sum += list.all[i].told ? list.all[i].score : 0;
        told += list.all[i].told;
    }
    choice->several = told > 1;
    for (size_t i = 0; i < list.count; i++) {
        if (list.all[i].told)
            tell_candidate(list.all + i, list.all[i].score / sum, lengths, choice);
    }
    sort(choice);
    for (size_t i = 0; i < list.count; i++) {
        if (list.all[i].told)
            tell_other_saying(&list, list.all + i, choice);
    }
}
