/* SPDX-License-Identifier: MIT
 * Each new group meets each understanding so far; the likeliest are kept. */
#include "speech/assembly.h"

#include <string.h>

/* How well a way to join a group fits how people speak, against the plain one. */
#define OVERLAP 0.1 /* 二七，二七九: begun again, and not 27279 */
#define CORRECTS_LESS 0.3 /* 五一七三，不对，二六零四: only its first digit is the correction */
#define GOES_ON 0.25  /* "five one seven, wait, two six ..." corrects nothing */
#define RESTARTS 0.05 /* a whole code behind a few digits: these were something else */
#define FEW 3         /* digits, of which that may be said */
#define ALL_ALIKE 0.6 /* 后三个是五: three fives */
#define UNFITTING 0.05
#define SWAPS_LAST 0.75 /* "the other way round", and nothing says which: the last two */

typedef struct {
    pole_assembly *assembly;
    size_t count;
} state_list;

static bool same_state(const pole_state *a, const pole_state *b)
{
    return a->now.count == b->now.count && a->front.count == b->front.count &&
           a->middle.count == b->middle.count && a->back.count == b->back.count &&
           a->set_count == b->set_count && a->wrong_count == b->wrong_count &&
           a->wrong_at == b->wrong_at && a->before_last == b->before_last &&
           a->replaced == b->replaced &&
           pole_said_same(a->now.digits, b->now.digits, a->now.count) &&
           pole_said_same(a->front.digits, b->front.digits, a->front.count) &&
           pole_said_same(a->middle.digits, b->middle.digits, a->middle.count) &&
           pole_said_same(a->back.digits, b->back.digits, a->back.count) &&
           memcmp(a->set, b->set, a->set_count * sizeof *a->set) == 0;
}

static void offer(state_list *list, const pole_state *state, double weight)
{
    pole_state *states = list->assembly->spare;
    size_t at = 0;
    if (!(state->weight * weight > 0))
        return;
    for (size_t i = 0; i < list->count; i++) {
        if (same_state(states + i, state)) {
            if (states[i].weight < state->weight * weight)
                states[i].weight = state->weight * weight;
            return;
        }
    }
    if (list->count < POLE_MOST_STATES) {
        at = list->count++;
    } else {
        for (size_t i = 1; i < list->count; i++) {
            if (states[i].weight < states[at].weight)
                at = i;
        }
        if (states[at].weight >= state->weight * weight)
            return;
    }
    states[at] = *state;
    states[at].weight = state->weight * weight;
}

/* The new states become the states; weights are kept from vanishing. */
static void settle(state_list *list)
{
    pole_assembly *assembly = list->assembly;
    double best = 0;
    if (list->count == 0)
        return;
    for (size_t i = 0; i < list->count; i++)
        best = assembly->spare[i].weight > best ? assembly->spare[i].weight : best;
    for (size_t i = 0; i < list->count; i++) {
        assembly->states[i] = assembly->spare[i];
        assembly->states[i].weight /= best;
    }
    assembly->count = (uint8_t)list->count;
}

void pole_assembly_begin(pole_assembly *assembly, uint32_t lengths)
{
    assembly->lengths = lengths;
    assembly->count = 1;
    assembly->backwards = false;
    assembly->over = false;
    assembly->pad = false;
    memset(assembly->states, 0, sizeof *assembly->states);
    assembly->states[0].weight = 1;
    assembly->states[0].wrong_at = -1;
    assembly->states[0].sayings = 1;
}

static void append_group(state_list *list, const pole_state *state, size_t keep,
                         const pole_said *group, double weight)
{
    pole_state next = *state;
    next.before_last = next.now.count;
    next.now.count = (uint8_t)keep;
    if (pole_said_append(&next.now, group->digits, group->count))
        offer(list, &next, weight);
}

/* Plainly one behind the other; or the group says the end of what was said once more: a code
 * begun again, or a part of it repeated. */
static void join(state_list *list, const pole_state *state, const pole_hypothesis *group)
{
    const pole_said *said = &group->said;
    const uint8_t now = state->now.count;
    append_group(list, state, now, said, group->weight);
    for (size_t shared = 2; shared <= now && shared <= said->count; shared++) {
        if (pole_said_same(state->now.digits + now - shared, said->digits, shared))
            append_group(list, state, now - shared, said, group->weight * OVERLAP);
    }
    const uint32_t lengths = list->assembly->lengths;
    if (now > 0 && now <= FEW && pole_is_length(lengths, said->count))
        append_group(list, state, 0, said, group->weight * RESTARTS);
}

void pole_assembly_join(pole_assembly *assembly, const pole_hypothesis *groups, size_t count)
{
    state_list list = {assembly, 0};
    for (size_t i = 0; i < assembly->count; i++) {
        for (size_t k = 0; k < count; k++)
            join(&list, assembly->states + i, groups + k);
    }
    settle(&list);
}

static bool is_told(const pole_state *state)
{
    return state->front.count + state->middle.count + state->back.count + state->set_count > 0;
}

/* What was told place by place becomes what was said. */
static void flatten(const pole_assembly *assembly, pole_state *state)
{
    pole_said said;
    if (!is_told(state) || !pole_state_compose(assembly, state, assembly->lengths, &said))
        return;
    state->now = said;
    state->before_last = said.count;
    state->front.count = state->middle.count = state->back.count = 0;
    state->set_count = 0;
}

/* A whole code replaces all; fewer digits as many at the end. A code that was still being said
 * may go on behind the digits that are put right. */
static void correct(state_list *list, const pole_state *state, const pole_hypothesis *group)
{
    const uint32_t lengths = list->assembly->lengths;
    const size_t now = state->now.count, new = group->said.count;
    const bool whole = pole_is_length(lengths, new) || new >= now;
    append_group(list, state, whole ? 0 : now - new, &group->said, group->weight);
    if (pole_is_length(lengths, now) || pole_is_length(lengths, new))
        return;
    for (size_t keep = 1; keep < now; keep++) {
        const double share = keep + 1 == now ? CORRECTS_LESS : CORRECTS_LESS / 3;
        if (pole_is_length(lengths, keep + new))
            append_group(list, state, keep, &group->said, group->weight * share);
    }
    if (pole_is_length(lengths, now + new))
        append_group(list, state, now, &group->said, group->weight * GOES_ON);
}

void pole_assembly_correct(pole_assembly *assembly, const pole_hypothesis *groups, size_t count)
{
    state_list list = {assembly, 0};
    for (size_t i = 0; i < assembly->count; i++) {
        flatten(assembly, assembly->states + i);
        for (size_t k = 0; k < count; k++)
            correct(&list, assembly->states + i, groups + k);
    }
    settle(&list);
}

static void set_place(pole_state *state, int place, pole_said_digit digit)
{
    for (size_t i = 0; i < state->set_count; i++) {
        if (state->set[i].place == place) {
            state->set[i].digit = digit;
            return;
        }
    }
    if (state->set_count == POLE_MOST_SET)
        return;
    memset(state->set + state->set_count, 0, sizeof *state->set);
    state->set[state->set_count].place = (int16_t)place;
    state->set[state->set_count++].digit = digit;
}

static pole_said *part_told(pole_state *state, pole_told_kind kind)
{
    switch (kind) {
    case POLE_TOLD_FRONT:
        return &state->front;
    case POLE_TOLD_MIDDLE:
        return &state->middle;
    case POLE_TOLD_BACK:
        return &state->back;
    default:
        return NULL;
    }
}

/* One digit for several places: all of them are it. */
static void tell_alike(state_list *list, const pole_state *state, pole_told told,
                       const pole_hypothesis *group)
{
    pole_state next = *state;
    pole_said *part = part_told(&next, told.kind);
    part->count = 0;
    for (int i = 0; i < told.count; i++)
        (void)pole_said_append(part, group->said.digits, 1);
    next.before_last = next.now.count;
    offer(list, &next, group->weight * ALL_ALIKE);
}

/* fill: goes on with the part as it was told so far. */
static void tell(state_list *list, const pole_state *state, pole_told told,
                 const pole_hypothesis *group, bool fill)
{
    pole_state next = *state;
    const pole_said *said = &group->said;
    pole_said *part = part_told(&next, told.kind);
    double weight = group->weight;
    if (part == NULL) {
        if (said->count > 1) {
            append_group(list, state, state->now.count, said, weight * UNFITTING);
            return;
        }
        set_place(&next, told.kind == POLE_TOLD_NTH ? told.count : -told.count, said->digits[0]);
        offer(list, &next, weight);
        return;
    }
    if (!fill) {
        part->count = 0;
        if (told.count > 1 && said->count == 1) {
            tell_alike(list, state, told, group);
            weight *= 1 - ALL_ALIKE;
        }
    }
    size_t fits = said->count;
    if (told.count > 0 && part->count + fits > told.count)
        fits = told.count - part->count;
    if (fits < said->count)
        weight *= CORRECTS_LESS;
    if (!pole_said_append(part, said->digits, fits) ||
        !pole_said_append(&next.now, said->digits + fits, said->count - fits))
        return;
    next.before_last = next.now.count;
    offer(list, &next, weight);
}

static void tell_all(pole_assembly *assembly, pole_told told, const pole_hypothesis *groups,
                     size_t count, bool fill)
{
    state_list list = {assembly, 0};
    for (size_t i = 0; i < assembly->count; i++) {
        for (size_t k = 0; k < count; k++)
            tell(&list, assembly->states + i, told, groups + k, fill);
    }
    assembly->pad = assembly->pad || told.count > 0;
    settle(&list);
}

void pole_assembly_tell(pole_assembly *assembly, pole_told told, const pole_hypothesis *groups,
                        size_t count)
{
    tell_all(assembly, told, groups, count, false);
}

void pole_assembly_fill(pole_assembly *assembly, pole_told told, const pole_hypothesis *groups,
                        size_t count)
{
    tell_all(assembly, told, groups, count, true);
}

void pole_assembly_lose(pole_assembly *assembly, pole_told told)
{
    for (size_t i = 0; i < assembly->count; i++) {
        pole_state *state = assembly->states + i;
        pole_said *part = part_told(state, told.kind);
        if (part == NULL) {
            set_place(state, told.kind == POLE_TOLD_NTH ? told.count : -told.count,
                      POLE_SAID_UNKNOWN);
            continue;
        }
        part->count = 0;
        for (int k = 0; k < (told.count > 0 ? told.count : 1); k++)
            part->digits[part->count++] = POLE_SAID_UNKNOWN;
    }
    assembly->pad = assembly->pad || told.count > 0;
}

/* The last place where the digits stand before `end`, or -1. */
static int find_last(const pole_said *now, size_t end, const pole_said *wanted)
{
    if (wanted->count == 0 || wanted->count > end)
        return -1;
    for (size_t at = end - wanted->count + 1; at-- > 0;) {
        if (pole_said_same(now->digits + at, wanted->digits, wanted->count))
            return (int)at;
    }
    return -1;
}

/* "not three": waits for what it is; or the last group, "it is two", has said so already. */
static void deny(state_list *list, const pole_state *state, const pole_hypothesis *group)
{
    pole_state next = *state;
    const pole_said *wrong = &group->said;
    const size_t last = (size_t)(state->now.count - state->before_last);
    next.wrong_at = (int8_t)find_last(&state->now, state->now.count, wrong);
    next.wrong_count = wrong->count;
    offer(list, &next, group->weight);
    if (state->before_last > 0 && state->now.count > state->before_last && last == wrong->count) {
        const int at = find_last(&state->now, state->before_last, wrong);
        if (at < 0)
            return;
        next = *state;
        memcpy(next.now.digits + at, state->now.digits + state->before_last,
               last * sizeof *next.now.digits);
        next.now.count = state->before_last;
        next.replaced = true;
        offer(list, &next, group->weight);
    }
}

void pole_assembly_deny(pole_assembly *assembly, const pole_hypothesis *groups, size_t count)
{
    state_list list = {assembly, 0};
    for (size_t i = 0; i < assembly->count; i++) {
        for (size_t k = 0; k < count; k++)
            deny(&list, assembly->states + i, groups + k);
    }
    settle(&list);
}

bool pole_assembly_deny_last(pole_assembly *assembly)
{
    state_list list = {assembly, 0};
    for (size_t i = 0; i < assembly->count; i++) {
        pole_state next = assembly->states[i];
        pole_said wrong = {.count = 0};
        if (next.before_last == 0 || next.now.count <= next.before_last)
            continue;
        (void)pole_said_append(&wrong, next.now.digits + next.before_last,
                               (size_t)(next.now.count - next.before_last));
        const int at = find_last(&next.now, next.before_last, &wrong);
        if (at < 0)
            continue;
        next.wrong_at = (int8_t)at;
        next.wrong_count = wrong.count;
        next.now.count = next.before_last;
        offer(&list, &next, 1);
    }
    settle(&list);
    return list.count > 0;
}

static void replace(state_list *list, const pole_state *state, const pole_hypothesis *group)
{
    const pole_said *right = &group->said;
    pole_state next = *state;
    next.wrong_count = 0;
    if (state->replaced) {
        next.replaced = false;
        append_group(list, &next, next.now.count, right, group->weight * UNFITTING);
        return;
    }
    if (pole_is_length(list->assembly->lengths, right->count) || state->now.count == 0) {
        append_group(list, &next, 0, right, group->weight);
        return;
    }
    if (state->wrong_at < 0) {
        correct(list, &next, group);
        return;
    }
    const size_t at = (size_t)state->wrong_at, behind = at + state->wrong_count;
    if (behind == state->now.count) {
        const double weight = right->count == state->wrong_count ? 1 : 0.5;
        append_group(list, &next, at, right, group->weight * weight);
    } else if (right->count == state->wrong_count) {
        memcpy(next.now.digits + at, right->digits, right->count * sizeof *right->digits);
        next.before_last = next.now.count;
        offer(list, &next, group->weight);
    } else {
        append_group(list, &next, next.now.count, right, group->weight * UNFITTING);
    }
}

void pole_assembly_replace(pole_assembly *assembly, const pole_hypothesis *groups, size_t count)
{
    state_list list = {assembly, 0};
    for (size_t i = 0; i < assembly->count; i++) {
        flatten(assembly, assembly->states + i);
        for (size_t k = 0; k < count; k++)
            replace(&list, assembly->states + i, groups + k);
    }
    settle(&list);
}

/* 一七反了, after the code: those two, wherever they stand side by side. */
static bool swap_named(pole_state *state)
{
    pole_said pair = {.count = 2};
    if (state->before_last < 2 || state->now.count != state->before_last + 2)
        return false;
    for (int turned = 0; turned < 2; turned++) {
        pair.digits[0] = state->now.digits[state->before_last + turned];
        pair.digits[1] = state->now.digits[state->before_last + 1 - turned];
        const int at = find_last(&state->now, state->before_last, &pair);
        if (at >= 0) {
            pole_said_reverse(state->now.digits + at, 2);
            state->now.count = state->before_last;
            return true;
        }
    }
    return false;
}

/* Where a place told one by one stands; -1 when it is none, or there is none such. */
static int index_of(const pole_said *now, pole_told told)
{
    const int at = told.kind == POLE_TOLD_NTH        ? told.count - 1
                   : told.kind == POLE_TOLD_NTH_LAST ? now->count - told.count
                                                     : -1;
    return at < now->count ? at : -1;
}

void pole_assembly_swap(pole_assembly *assembly, pole_told told, pole_told other)
{
    state_list list = {assembly, 0};
    for (size_t i = 0; i < assembly->count; i++) {
        pole_state *state = assembly->states + i;
        flatten(assembly, state);
        pole_said *now = &state->now;
        const size_t span = told.count < now->count ? told.count : now->count;
        const int a = index_of(now, told), b = index_of(now, other);
        if (a >= 0 && b >= 0) {
            const pole_said_digit held = now->digits[a];
            now->digits[a] = now->digits[b];
            now->digits[b] = held;
        } else if (told.kind == POLE_TOLD_FRONT && span > 1) {
            pole_said_reverse(now->digits, span);
        } else if (told.kind == POLE_TOLD_BACK && span > 1) {
            pole_said_reverse(now->digits + now->count - span, span);
        } else if (told.kind == POLE_TOLD_NOTHING && now->count >= 2 && !swap_named(state)) {
            offer(&list, state, 1 - SWAPS_LAST);
            pole_said_reverse(now->digits + now->count - 2, 2);
            offer(&list, state, SWAPS_LAST);
            continue;
        }
        offer(&list, state, 1);
    }
    settle(&list);
}
