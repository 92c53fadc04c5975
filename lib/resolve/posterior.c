/* SPDX-License-Identifier: MIT
 * See posterior.h. */
#include "resolve/posterior.h"

#include "resolve/aliases.h"

typedef struct {
    pole_resolve_work *work;
    const pole_allocator *allocator;
    const pole_weighing *weighing;
    pole_posterior *out;
    size_t count;
    double sum;        /* of all shares so far, not yet divided by it */
    double most_heard; /* of the likelihood alone */
    double outside;
} posterior_work;

static pole_believed *add(posterior_work *at, pole_row row, uint32_t alias, double likelihood)
{
    if (likelihood > at->most_heard) {
        at->most_heard = likelihood;
        at->out->by_digits = row;
    }
    const double share = likelihood * pole_weigh_soft(at->weighing, row);
    if (!pole_weigh_allows(at->weighing, row)) {
        if (share > at->outside) {
            at->outside = share;
            at->out->outside = row;
        }
        return NULL;
    }
    pole_believed *pole = at->work->poles + at->count++;
    *pole = (pole_believed){row, alias, share};
    at->sum += share;
    return pole;
}

/* A pole that is there already, as a code: aliases are few. */
static pole_believed *find(posterior_work *at, size_t codes, pole_row row)
{
    size_t low = 0, high = codes;
    const pole_believed *poles = at->work->poles;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (poles[middle].row < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low < codes && poles[low].row == row ? at->work->poles + low : NULL;
}

static void add_aliases(posterior_work *at, const pole_channel_prepared *channel,
                        const pole_heard *heard)
{
    pole_alias_search search;
    pole_row row;
    uint32_t alias;
    const size_t codes = at->count;
    const double likelihood = POLE_ALIAS_PRIOR * channel->weights[POLE_CLASS_CLEAN];
    pole_alias_search_begin(&search, at->weighing->index, heard);
    while (pole_alias_search_next(&search, &row, &alias)) {
        pole_believed *known = find(at, codes, row);
        if (known == NULL) {
            (void)add(at, row, alias, likelihood);
            at->out->named_by_alias = true;
            continue;
        }
        const double share = likelihood * pole_weigh_soft(at->weighing, row);
        if (share > known->share) {
            known->alias = alias;
            at->out->named_by_alias = true;
        }
        known->share += share;
        at->sum += share;
    }
}

static size_t count_aliases(const pole_index *index, const pole_heard *heard)
{
    pole_alias_search search;
    pole_row row;
    uint32_t alias;
    size_t count = 0;
    pole_alias_search_begin(&search, index, heard);
    while (pole_alias_search_next(&search, &row, &alias))
        count++;
    return count;
}

/* What was heard as one number; false when places are unknown or too many. */
static bool number_heard(const pole_heard *heard, uint32_t *number, uint8_t *digits)
{
    return heard->count > 0 && heard->count <= POLE_MAX_DIGITS &&
           pole_digits_parse(pole_heard_digits(heard), number, digits);
}

static void find_heard_code(const pole_index *index, const pole_heard *heard,
                            pole_posterior *posterior)
{
    pole_row rows[1];
    pole_code code = {0, POLE_ANY_SCOPE, 0, 0};
    size_t needed = 0;
    if (!number_heard(heard, &code.number, &code.digits))
        return;
    (void)pole_index_find_all(index, code, rows, 1, &needed);
    posterior->code_rows = (uint32_t)needed;
    posterior->heard_is_code = needed > 0;
}

/* The place between two poles, of the scope where it is likeliest. */
static double bracket(pole_resolve_work *work, const pole_channel_prepared *channel,
                      const pole_heard *heard, const pole_weighing *weighing)
{
    const pole_index *index = weighing->index;
    pole_code code = {0, 0, 0, 0};
    double most = 0.0;
    if (!number_heard(heard, &code.number, &code.digits))
        return 0.0;
    for (uint32_t i = 0; i < index->scheme.count; i++) {
        pole_interpolated between;
        if (index->scheme.entries[i].digits != code.digits)
            continue;
        code.scope = index->scheme.entries[i].scope;
        if (pole_interpolate(index, code, NULL, &between) != POLE_BRACKETED)
            continue;
        /* What speaks for the street speaks for its poles on both sides alike. */
        const double share = pole_weigh_place(weighing, between.told.at) *
                             pole_weigh_street(weighing, between.told.between[0]);
        if (share > most) {
            most = share;
            work->between = between;
        }
    }
    return most * channel->channel->gap *
           pole_readings_of_code(channel, heard, code.number, code.digits);
}

pole_status pole_posterior_find(pole_resolve_work *work, const pole_allocator *allocator,
                                const pole_channel_prepared *channel, const pole_heard *heard,
                                const pole_weighing *weighing, double near_m,
                                pole_posterior *posterior)
{
    const pole_index *index = weighing->index;
    posterior_work at = {
        .work = work, .allocator = allocator, .weighing = weighing, .out = posterior};
    memset(posterior, 0, sizeof *posterior);
    posterior->by_digits = posterior->outside = POLE_NO_ROW;
    const size_t most = work->likely.count + count_aliases(index, heard);
    void *grown = work->poles;
    if (!pole_grow_array(allocator, &grown, &work->capacity, most, sizeof *work->poles))
        return POLE_NO_MEMORY;
    work->poles = grown;
    for (size_t i = 0; i < work->likely.count; i++)
        (void)add(&at, work->likely.poles[i].row, 0, work->likely.poles[i].likelihood);
    add_aliases(&at, channel, heard);
    find_heard_code(index, heard, posterior);
    const double estimate =
        posterior->heard_is_code ? 0.0 : bracket(work, channel, heard, weighing);
    posterior->reading_is_estimate = estimate > 0.0;
    /* A text that is no code at all, but stands on a pole as another owner's number. */
    const double none = heard->reading_count > 0 ? work->likely.none * index->positions.rows
                                                 : at.sum * POLE_ALIAS_ALONE_WRONG;
    const double sum = at.sum + estimate + none;
    pole_belief *belief = &posterior->belief;
    belief->index = index;
    belief->near_m = near_m;
    belief->poles = work->poles;
    belief->count = at.count;
    if (!(sum > 0.0)) {
        belief->count = 0;
        belief->no_pole = 1.0;
        return POLE_OK;
    }
    for (size_t i = 0; i < at.count; i++)
        work->poles[i].share /= sum;
    belief->estimate = estimate / sum;
    belief->no_pole = none / sum;
    posterior->outside_share = at.outside / (sum + at.outside);
    pole_believed_sort(work->poles, at.count);
    return POLE_OK;
}
