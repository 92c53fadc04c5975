/* SPDX-License-Identifier: MIT
 * See posterior.h. */
#include "resolve/posterior.h"

#include "resolve/aliases.h"

#define PLACE_POOLS (1u << POLE_PLACE_KINDS)

/* Everything that can be meant, weighed: poles in work, the estimate and no pole here. */
typedef struct {
    pole_resolve_work *work;
    const pole_weighing *weighing;
    pole_posterior *out;
    size_t count;
    pole_weighed estimate;
    double none;
    double most_heard; /* of the likelihood alone */
    double outside;    /* the most that box or polygon forbids */
} posterior_work;

static uint32_t place_kind(unsigned i)
{
    static const uint32_t kinds[POLE_PLACE_KINDS] = {POLE_EVIDENCE_HINT, POLE_EVIDENCE_ALSO,
                                                     POLE_EVIDENCE_THEN};
    return kinds[i];
}

static pole_weighed weigh(const pole_weighing *weighing, pole_row row, double likelihood)
{
    pole_weighed weighed = {likelihood * pole_weigh_names(weighing, row), {1.0, 1.0, 1.0}};
    for (unsigned i = 0; i < POLE_PLACE_KINDS; i++)
        if (weighing->kinds & place_kind(i))
            weighed.ratios[i] = pole_weigh_kind(weighing, place_kind(i), row);
    return weighed;
}

static void add(posterior_work *at, pole_row row, uint32_t alias, double likelihood)
{
    if (likelihood > at->most_heard) {
        at->most_heard = likelihood;
        at->out->by_digits = row;
    }
    if (at->weighing->kinds == 0) { /* of most calls: nothing but digits */
        at->work->weighed[at->count].weight = likelihood;
        at->work->poles[at->count++] = (pole_believed){row, alias, 0.0};
        return;
    }
    const pole_weighed weighed = weigh(at->weighing, row, likelihood);
    if (!pole_weigh_allows(at->weighing, row)) {
        if (weighed.weight > at->outside) {
            at->outside = weighed.weight;
            at->out->outside = row;
        }
        return;
    }
    at->work->weighed[at->count] = weighed;
    at->work->poles[at->count++] = (pole_believed){row, alias, 0.0};
}

/* A pole that is there already, by its code: these come first, in order of row. */
static size_t find(const posterior_work *at, size_t codes, pole_row row)
{
    size_t low = 0, high = codes;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (at->work->poles[middle].row < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low < codes && at->work->poles[low].row == row ? low : codes;
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
        const size_t known = find(at, codes, row);
        if (known == codes) {
            add(at, row, alias, likelihood);
            at->out->named_by_alias = true;
            continue;
        }
        const double weight = likelihood * pole_weigh_names(at->weighing, row);
        if (weight > at->work->weighed[known].weight) {
            at->work->poles[known].alias = alias;
            at->out->named_by_alias = true;
        }
        at->work->weighed[known].weight += weight;
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
static bool number_heard(const pole_heard *heard, pole_code *code)
{
    return heard->count > 0 && heard->count <= POLE_MAX_DIGITS &&
           pole_digits_parse(pole_heard_digits(heard), &code->number, &code->digits);
}

static void find_heard_code(const pole_index *index, const pole_heard *heard,
                            pole_posterior *posterior)
{
    pole_row row;
    pole_code code = {0, POLE_ANY_SCOPE, 0, 0};
    size_t needed = 0;
    if (!number_heard(heard, &code))
        return;
    (void)pole_index_find_all(index, code, &row, 1, &needed);
    posterior->code_rows = (uint32_t)needed;
    posterior->heard_is_code = needed > 0;
}

static pole_weighed weigh_between(const pole_weighing *weighing, const pole_estimate *between)
{
    /* What speaks for the street speaks for its poles on both sides alike. */
    pole_weighed weighed = {pole_weigh_street(weighing, between->between[0]), {1.0, 1.0, 1.0}};
    for (uint32_t kinds = weighing->kinds & POLE_HARD_EVIDENCE; kinds != 0; kinds &= kinds - 1)
        weighed.weight *= pole_weigh_place(weighing, kinds & -kinds, between->at);
    for (unsigned i = 0; i < POLE_PLACE_KINDS; i++)
        if (weighing->kinds & place_kind(i))
            weighed.ratios[i] = pole_weigh_place(weighing, place_kind(i), between->at);
    return weighed;
}

/* The place between two poles, of the scope where it is likeliest. */
static void add_estimate(posterior_work *at, const pole_channel_prepared *channel,
                         const pole_heard *heard)
{
    const pole_index *index = at->weighing->index;
    pole_code code = {0, 0, 0, 0};
    if (at->out->heard_is_code || !number_heard(heard, &code))
        return;
    double likelihood = -1.0; /* reckoned when there is a place that it is needed for */
    for (uint32_t i = 0; i < index->scheme.count; i++) {
        pole_interpolated between;
        if (index->scheme.entries[i].digits != code.digits)
            continue;
        code.scope = index->scheme.entries[i].scope;
        if (pole_interpolate(index, code, NULL, &between) != POLE_BRACKETED)
            continue;
        if (likelihood < 0.0)
            likelihood = channel->channel->gap *
                         pole_readings_of_code(channel, heard, code.number, code.digits);
        pole_weighed weighed = weigh_between(at->weighing, &between.told);
        weighed.weight *= likelihood;
        if (weighed.weight > at->estimate.weight) {
            at->estimate = weighed;
            at->work->between = between;
            at->out->reading_is_estimate = true;
        }
    }
}

/* How much a pool counts (bit i: place evidence i is trusted); 0 when it cannot be formed. */
static double pool_weight(uint32_t kinds, unsigned trusted)
{
    double weight = 1.0;
    for (unsigned i = 0; i < POLE_PLACE_KINDS; i++) {
        const bool given = (kinds & place_kind(i)) != 0;
        if (trusted >> i & 1)
            weight *= given ? 1.0 - POLE_PLACE_DISTRUST : 0.0;
        else if (given)
            weight *= POLE_PLACE_DISTRUST;
    }
    return weight;
}

static double in_pool(const pole_weighed *weighed, unsigned trusted)
{
    double weight = weighed->weight;
    for (unsigned i = 0; i < POLE_PLACE_KINDS; i++)
        if (trusted >> i & 1)
            weight *= weighed->ratios[i];
    return weight;
}

/* The shares of one pool, added to the belief. */
static void add_pool(posterior_work *at, unsigned trusted, double pool)
{
    pole_belief *belief = &at->out->belief;
    double sum = at->none + in_pool(&at->estimate, trusted);
    for (size_t i = 0; i < at->count; i++)
        sum += in_pool(at->work->weighed + i, trusted);
    if (!(sum > 0.0)) {
        belief->no_pole += pool;
        return;
    }
    for (size_t i = 0; i < at->count; i++)
        at->work->poles[i].share += pool * in_pool(at->work->weighed + i, trusted) / sum;
    belief->estimate += pool * in_pool(&at->estimate, trusted) / sum;
    belief->no_pole += pool * at->none / sum;
}

static double sum_of_weights(const posterior_work *at)
{
    double sum = 0.0;
    for (size_t i = 0; i < at->count; i++)
        sum += at->work->weighed[i].weight;
    return sum;
}

static bool stands(const pole_index *index, pole_row row)
{
    return pole_attribute_at(&index->attributes, POLE_ATTRIBUTE_STATE, row) == POLE_STATE_ACTIVE;
}

/* Of equally likely poles one that stands comes first: the others can hardly be read. */
static void prefer_standing(pole_belief *belief)
{
    pole_believed *poles = belief->poles;
    size_t count = belief->count;
    if (count > belief->sorted && poles[belief->sorted - 1].share == poles->share) {
        pole_belief_order(belief, POLE_BELIEF_SORTED);
        belief->sorted = POLE_BELIEF_SORTED;
    }
    if (count > belief->sorted)
        count = belief->sorted;
    for (size_t i = 0; i < count && poles[i].share == poles->share; i++) {
        if (!stands(belief->index, poles[i].row))
            continue;
        const pole_believed first = poles[i];
        memmove(poles + 1, poles, i * sizeof *poles);
        poles[0] = first;
        return;
    }
}

static void believe(posterior_work *at, double near_m)
{
    pole_belief *belief = &at->out->belief;
    belief->index = at->weighing->index;
    belief->near_m = near_m;
    belief->poles = at->work->poles;
    belief->count = at->count;
    for (unsigned trusted = 0; trusted < PLACE_POOLS; trusted++) {
        const double pool = pool_weight(at->weighing->kinds, trusted);
        if (pool > 0.0)
            add_pool(at, trusted, pool);
    }
    belief->sorted = at->work->sorted;
    pole_believed_sort(belief->poles, belief->count, belief->sorted);
    prefer_standing(belief);
}

static bool make_room(pole_resolve_work *work, const pole_allocator *allocator, size_t count)
{
    void *poles = work->poles, *weighed = work->weighed;
    const bool grown =
        pole_grow_array(allocator, &poles, &work->capacity, count, sizeof *work->poles);
    work->poles = poles;
    if (!grown)
        return false;
    const bool good =
        pole_grow_array(allocator, &weighed, &work->weighed_capacity, count, sizeof *work->weighed);
    work->weighed = weighed;
    return good;
}

pole_status pole_posterior_find(pole_resolve_work *work, const pole_allocator *allocator,
                                const pole_channel_prepared *channel, const pole_heard *heard,
                                const pole_weighing *weighing, double near_m,
                                pole_posterior *posterior)
{
    const pole_index *index = weighing->index;
    posterior_work at = {.work = work, .weighing = weighing, .out = posterior};
    memset(posterior, 0, sizeof *posterior);
    posterior->by_digits = posterior->outside = POLE_NO_ROW;
    if (!make_room(work, allocator, work->likely.count + count_aliases(index, heard)))
        return POLE_NO_MEMORY;
    for (size_t i = 0; i < work->likely.count; i++)
        add(&at, work->likely.poles[i].row, 0, work->likely.poles[i].likelihood);
    add_aliases(&at, channel, heard);
    find_heard_code(index, heard, posterior);
    add_estimate(&at, channel, heard);
    /* A text that is no code at all, but stands on a pole as another owner's number. */
    at.none = heard->reading_count > 0 ? work->likely.none * index->positions.rows
                                       : sum_of_weights(&at) * POLE_ALIAS_ALONE_WRONG;
    believe(&at, near_m);
    if (at.outside > 0.0)
        posterior->outside_share =
            at.outside / (at.outside + at.none + at.estimate.weight + sum_of_weights(&at));
    return POLE_OK;
}
