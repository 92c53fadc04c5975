/* SPDX-License-Identifier: MIT
 * Readings of what was heard, sayings of one reading, and the sum of all. */
#include "resolve/readings.h"

#include "resolve/nobody.h"
#include "resolve/readings_walk.h"

void pole_likely_list_init(pole_likely_list *list, const pole_allocator *allocator)
{
    memset(list, 0, sizeof *list);
    list->allocator = pole_allocator_or_default(allocator);
}

void pole_likely_list_free(pole_likely_list *list)
{
    pole_release(&list->allocator, list->poles);
    pole_release(&list->allocator, list->merged);
    for (size_t i = 0; i < 2; i++)
        pole_release(&list->allocator, list->terms[i].list);
    pole_likely_list_init(list, &list->allocator);
}

/* What one reading gives to all poles, and to no pole. */
typedef struct {
    pole_terms *terms;
    double none;
} reading_terms;

static void walk_family(pole_walk *walk, const pole_fitting *fitting)
{
    const int too_many = fitting->places - fitting->digits;
    if (too_many == 0)
        pole_walk_aligned(walk, fitting);
    else if (too_many == -1)
        pole_walk_one_missing(walk, fitting);
    else if (too_many == 1)
        pole_walk_one_too_many(walk, fitting);
    else if (too_many == -2 || too_many == -3)
        pole_walk_part(walk, fitting);
}

/* The one code that the walk is set to, or all of an index. */
typedef struct {
    const pole_index *index; /* NULL: the code below */
    uint32_t number;
    uint8_t digits;
} walk_range;

/* Codes of which lengths can have been heard as m places. */
static bool can_be(uint32_t digits, uint32_t places)
{
    return places <= digits + 1 && digits <= places + 3;
}

/* Fills terms with what the reading gives every pole, in order of row. False: no memory. */
static bool find_terms(const walk_range *range, const pole_channel_prepared *channel,
                       const pole_reading *reading, const pole_allocator *allocator,
                       reading_terms *found)
{
    pole_fitting fitting;
    pole_walk walk = {.allocator = allocator, .terms = found->terms};
    found->terms->count = 0;
    found->none = 0;
    pole_fitting_begin(&fitting, channel, reading);
    if (range->index == NULL) {
        uint32_t number = range->number;
        for (unsigned i = range->digits; i > 0; i--, number /= 10)
            walk.only[i - 1] = (uint8_t)(number % 10);
        pole_fitting_set_digits(&fitting, range->digits);
        walk_family(&walk, &fitting);
        return true;
    }
    const pole_scheme *scheme = &range->index->scheme;
    for (uint32_t i = 0; i < scheme->count && !walk.failed; i++) {
        if (!can_be(scheme->entries[i].digits, reading->count))
            continue;
        pole_fitting_set_digits(&fitting, scheme->entries[i].digits);
        walk.codes = range->index->codes + i;
        walk_family(&walk, &fitting);
    }
    found->none = pole_nobody_likelihood(range->index, &fitting);
    return !walk.failed;
}

static double to_the(double base, unsigned exponent)
{
    double power = 1;
    while (exponent-- > 0)
        power *= base;
    return power;
}

/* P(the reading, so many times | pole): one draw says whether the others repeat its mistake. */
static double said_again(double all, double shared, unsigned sayings)
{
    return sayings > 1 ? shared + (all - shared) * to_the(all, sayings - 1) : all;
}

/* Multiplies by what another saying, which differs, gives the same poles; those that it rules out
 * leave the list. */
static void join(pole_terms *first, const pole_terms *other, unsigned sayings)
{
    size_t kept = 0, j = 0;
    for (size_t i = 0; i < first->count; i++) {
        pole_term term = first->list[i];
        while (j < other->count && other->list[j].row < term.row)
            j++;
        if (j == other->count || other->list[j].row != term.row)
            continue;
        term.all *= to_the(other->list[j].all, sayings);
        if (term.all > 0)
            first->list[kept++] = term;
    }
    first->count = kept;
}

/* Fills first with the likelihood (all) of all sayings of reading r; other: memory for it. */
static bool find_sayings(const walk_range *range, const pole_channel_prepared *channel,
                         const pole_heard *heard, unsigned r, const pole_allocator *allocator,
                         reading_terms *first, reading_terms *other)
{
    const pole_reading *reading = heard->readings + r;
    const double none_shared = channel->channel->shared[POLE_CLASS_NONE];
    if (!find_terms(range, channel, reading, allocator, first))
        return false;
    const bool differs = reading->again >= 0;
    const unsigned sayings = reading->sayings > 0 ? reading->sayings : 1;
    for (size_t i = 0; i < first->terms->count; i++) {
        pole_term *term = first->terms->list + i;
        term->all = differs ? (term->all - term->shared) * to_the(term->all, sayings - 1)
                            : said_again(term->all, term->shared, sayings);
    }
    first->none = differs ? (1 - none_shared) * to_the(first->none, sayings)
                          : said_again(first->none, none_shared * first->none, sayings);
    int8_t again = reading->again;
    for (unsigned said = 1; again >= 0 && again < heard->reading_count && said < POLE_MOST_READINGS;
         said++) {
        const pole_reading *next = heard->readings + again;
        if (!find_terms(range, channel, next, allocator, other))
            return false;
        join(first->terms, other->terms, next->sayings);
        first->none *= to_the(other->none, next->sayings);
        again = next->again;
    }
    first->none *= channel->weights[POLE_CLASS_NONE];
    return true;
}

/* Adds weight times the terms to the poles; both are in order of row. */
static bool add_terms(pole_likely_list *list, double weight)
{
    const pole_terms *terms = list->terms;
    size_t i = 0, j = 0, count = 0;
    if (!pole_grow_array(&list->allocator, (void **)&list->merged, &list->merged_capacity,
                         list->count + terms->count, sizeof *list->merged))
        return false;
    while (i < list->count || j < terms->count) {
        pole_likely next = {POLE_NO_ROW, 0};
        if (j < terms->count)
            next = (pole_likely){terms->list[j].row, weight * terms->list[j].all};
        if (i < list->count && list->poles[i].row <= next.row) {
            const bool both = list->poles[i].row == next.row;
            next = (pole_likely){list->poles[i].row,
                                 list->poles[i].likelihood + (both ? next.likelihood : 0)};
            i++;
            j += both;
        } else {
            j++;
        }
        if (next.likelihood > 0)
            list->merged[count++] = next;
    }
    pole_likely *poles = list->merged;
    const size_t capacity = list->merged_capacity;
    list->merged = list->poles;
    list->merged_capacity = list->capacity;
    list->poles = poles;
    list->capacity = capacity;
    list->count = count;
    return true;
}

/* Whether the likeliest digits of a reading are a code of the table. */
static bool is_in_table(const pole_index *index, const pole_reading *reading)
{
    uint32_t number = 0;
    pole_row row;
    if (reading->count > POLE_MAX_DIGITS)
        return false;
    for (uint32_t i = 0; i < reading->count; i++) {
        const pole_heard_place *place = reading->places + i;
        uint32_t best = 0;
        if (place->digits == 0)
            return false;
        for (uint32_t d = 1; d < 10; d++)
            if (place->weights[d] > place->weights[best])
                best = d;
        number = 10 * number + best;
    }
    for (uint32_t i = 0; i < index->scheme.count; i++)
        if (index->scheme.entries[i].digits == reading->count &&
            pole_codes_find(index->codes + i, number, &row))
            return true;
    return false;
}

static bool counts(const pole_reading *reading)
{
    return reading->weight > 0 && reading->count > 0;
}

pole_status pole_readings_find(const pole_index *index, const pole_channel_prepared *channel,
                               const pole_heard *heard, pole_likely_list *list)
{
    const walk_range range = {index, 0, 0};
    reading_terms first = {list->terms, 0}, other = {list->terms + 1, 0};
    list->count = 0;
    list->none = 0;
    list->in_table = 0;
    for (unsigned r = 0; r < heard->reading_count; r++) {
        const pole_reading *reading = heard->readings + r;
        if (is_in_table(index, reading))
            list->in_table |= 1u << r;
        if (!counts(reading))
            continue;
        if (!find_sayings(&range, channel, heard, r, &list->allocator, &first, &other) ||
            !add_terms(list, reading->weight)) {
            list->count = 0;
            list->none = 0;
            return POLE_NO_MEMORY;
        }
        list->none += reading->weight * first.none;
    }
    return POLE_OK;
}

double pole_readings_of_code(const pole_channel_prepared *channel, const pole_heard *heard,
                             uint32_t number, uint8_t digits)
{
    const walk_range range = {NULL, number, digits};
    pole_term one[2];
    pole_terms terms[2] = {{one, 0, 1}, {one + 1, 0, 1}};
    reading_terms first = {terms, 0}, other = {terms + 1, 0};
    double likelihood = 0;
    for (unsigned r = 0; r < heard->reading_count; r++)
        if (counts(heard->readings + r) &&
            find_sayings(&range, channel, heard, r, NULL, &first, &other) && terms[0].count > 0)
            likelihood += heard->readings[r].weight * one[0].all;
    return likelihood;
}
