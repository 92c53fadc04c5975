/* SPDX-License-Identifier: MIT
 * The doubt to be expected after a question; see doubt.h.
 *
 * With an answer given, what can be meant weighs its share times the likelihood of that answer:
 * `right` if it is its own, `wrong` if it is another's, 1 / possible if it has none. An answer that
 * nobody owns leaves every weight alike, so all of them are reckoned at once. */
#include <math.h>

#include "resolve/doubt.h"

#define GROUP_SLOTS 512u /* thrice as many as groups at most, so that a search ends soon */

void pole_doubt_group(const pole_doubt *doubt, const uint32_t *answers, pole_answer_groups *groups)
{
    uint16_t slots[GROUP_SLOTS]; /* 1 + a group */
    uint32_t of_group[POLE_DOUBT_MOST];
    memset(slots, 0, sizeof slots);
    groups->count = 0;
    for (size_t i = doubt->count; i-- > 0;) {
        const uint32_t answer = answers[i];
        if (answer == POLE_NO_ANSWER)
            continue;
        size_t slot = (answer * UINT32_C(2654435761)) >> 23;
        while (slots[slot] != 0 && of_group[slots[slot] - 1] != answer)
            slot = (slot + 1) % GROUP_SLOTS;
        if (slots[slot] == 0) {
            of_group[groups->count] = answer;
            groups->first[groups->count] = 0;
            slots[slot] = (uint16_t)++groups->count;
        }
        const size_t group = slots[slot] - 1u;
        groups->next[i] = groups->first[group];
        groups->first[group] = (uint16_t)(i + 1);
    }
}

/* What an answer that is nobody's leaves. */
typedef struct {
    double wrong, gain;             /* likelihoods: of another's answer; more of one's own */
    double places[POLE_DOUBT_MOST]; /* weight by place */
    double mass, most_place, most_code;
} base_weights;

static void weigh_base(const pole_doubt *doubt, const pole_split *split, base_weights *base)
{
    base->wrong = (1 - split->right) / (split->possible - 1);
    base->gain = split->right - base->wrong;
    base->mass = base->most_place = base->most_code = 0;
    memset(base->places, 0, doubt->places * sizeof *base->places);
    for (size_t i = 0; i < doubt->count; i++) {
        const bool silent = split->answers[i] == POLE_NO_ANSWER;
        const double weight = doubt->shares[i] * (silent ? 1 / split->possible : base->wrong);
        base->places[doubt->place_of[i]] += weight;
        base->mass += weight;
        if (weight > base->most_code)
            base->most_code = weight;
    }
    for (size_t p = 0; p < doubt->places; p++)
        if (base->places[p] > base->most_place)
            base->most_place = base->places[p];
}

typedef struct {
    double mass, place, code; /* of one answer: all weights, the most of a place, and of a pole */
} answer_weights;

static void weigh_answer(const pole_doubt *doubt, const pole_split *split,
                         const pole_answer_groups *groups, size_t group, base_weights *base,
                         answer_weights *weights)
{
    weights->mass = base->mass;
    weights->place = base->most_place;
    weights->code = base->most_code;
    for (size_t i = groups->first[group]; i > 0; i = groups->next[i - 1]) {
        const double share = doubt->shares[i - 1];
        double *place = &base->places[doubt->place_of[i - 1]];
        *place += base->gain * share;
        weights->mass += base->gain * share;
        if (*place > weights->place)
            weights->place = *place;
        if (split->right * share > weights->code)
            weights->code = split->right * share;
    }
    for (size_t i = groups->first[group]; i > 0; i = groups->next[i - 1])
        base->places[doubt->place_of[i - 1]] -= base->gain * doubt->shares[i - 1];
}

static double times_log(double weight)
{
    return weight > 0 ? weight * log2(weight) : 0;
}

/* The sum over all answers and all that can be meant of weight * log2(weight). */
static double weight_logs(const pole_doubt *doubt, const pole_split *split, double wrong)
{
    const double of_answer = times_log(split->right) + (split->possible - 1) * times_log(wrong);
    const double of_silent = -log2(split->possible);
    double sum = doubt->share_logs;
    for (size_t i = 0; i < doubt->count; i++)
        sum += doubt->shares[i] * (split->answers[i] == POLE_NO_ANSWER ? of_silent : of_answer);
    return sum;
}

void pole_doubt_now(const pole_doubt *doubt, pole_doubt_left *left)
{
    left->far = doubt->total - doubt->most_place;
    left->code = doubt->total - doubt->most_code;
    left->bits = times_log(doubt->total) - doubt->share_logs;
}

void pole_doubt_after(const pole_doubt *doubt, const pole_split *split, pole_doubt_left *left)
{
    base_weights base;
    pole_answer_groups groups;
    pole_doubt_group(doubt, split->answers, &groups);
    weigh_base(doubt, split, &base);
    const double nobodys = split->possible - (double)groups.count;
    double place = nobodys * base.most_place, code = nobodys * base.most_code;
    double logs = nobodys * times_log(base.mass);
    for (size_t g = 0; g < groups.count; g++) {
        answer_weights weights;
        weigh_answer(doubt, split, &groups, g, &base, &weights);
        place += weights.place;
        code += weights.code;
        logs += times_log(weights.mass);
    }
    left->far = doubt->total - place;
    left->code = doubt->total - code;
    left->bits = logs - weight_logs(doubt, split, base.wrong);
}
