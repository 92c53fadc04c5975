/* SPDX-License-Identifier: MIT
 * What an understanding means as a whole: digits that were said in order, and told places among
 * them, before them or over them. */
#include "speech/assembly.h"

/* The shortest length that has room for so many digits; 0 when there is none. */
static size_t length_for(uint32_t lengths, size_t digits)
{
    for (size_t n = digits; n <= POLE_MAX_DIGITS; n++) {
        if (pole_is_length(lengths, n))
            return n;
    }
    return 0;
}

/* Told places over a code that was said in full, or that they correct. */
static void overlay(const pole_state *state, pole_said *said)
{
    *said = state->now;
    for (size_t i = 0; i < state->front.count && i < said->count; i++)
        said->digits[i] = state->front.digits[i];
    for (size_t i = 0; i < state->back.count && i < said->count; i++)
        said->digits[said->count - 1 - i] = state->back.digits[state->back.count - 1 - i];
    for (size_t i = 0; i < state->set_count; i++) {
        const int place = state->set[i].place;
        const int at = place > 0 ? place - 1 : said->count + place;
        if (at >= 0 && at < said->count)
            said->digits[at] = state->set[i].digit;
    }
}

/* Fills a code of `length` places: first the places told one by one, then front and back, then
 * what was said in order, around what was told of the middle; what is left is unknown. */
static void fill_in(const pole_state *state, size_t length, pole_said *said)
{
    static const pole_said nothing;
    bool taken[POLE_MOST_SAID] = {false};
    said->count = (uint8_t)length;
    for (size_t i = 0; i < length; i++)
        said->digits[i] = POLE_SAID_UNKNOWN;
    for (size_t i = 0; i < state->set_count; i++) {
        const int place = state->set[i].place;
        const int at = place > 0 ? place - 1 : (int)length + place;
        if (at >= 0 && at < (int)length) {
            said->digits[at] = state->set[i].digit;
            taken[at] = true;
        }
    }
    size_t end = length;
    for (size_t i = state->back.count; i-- > 0;) {
        while (end > 0 && taken[end - 1])
            end--;
        if (end == 0)
            break;
        said->digits[--end] = state->back.digits[i];
        taken[end] = true;
    }
    if (state->now.count > 0 && state->middle.count < length) {
        for (size_t i = 0; i < state->middle.count; i++) {
            const size_t at = (length - state->middle.count) / 2 + i;
            said->digits[at] = state->middle.digits[i];
            taken[at] = true;
        }
    }
    const pole_said *const parts[] = {&state->front, &state->now,
                                      state->now.count > 0 ? &nothing : &state->middle};
    size_t at = 0;
    for (size_t k = 0; k < 3; k++) {
        for (size_t i = 0; i < parts[k]->count; i++) {
            while (at < length && taken[at])
                at++;
            if (at == length)
                return;
            said->digits[at++] = parts[k]->digits[i];
        }
    }
}

bool pole_state_compose(const pole_assembly *assembly, const pole_state *state, uint32_t lengths,
                        pole_said *said)
{
    const size_t told =
        (size_t)state->front.count + state->middle.count + state->back.count + state->set_count;
    const size_t all = told + state->now.count;
    if (told == 0) {
        *said = state->now;
        return said->count > 0;
    }
    if (all > POLE_MOST_SAID)
        return false;
    if (state->now.count > 0 && (assembly->over || pole_is_length(lengths, state->now.count)) &&
        !(pole_is_length(lengths, all) && !assembly->over)) {
        overlay(state, said);
        return true;
    }
    size_t length = all;
    if (assembly->pad && !pole_is_length(lengths, all) && length_for(lengths, all) > 0)
        length = length_for(lengths, all);
    fill_in(state, length, said);
    return true;
}

/* The whole code twice or thrice in one breath is one code. */
static uint8_t fold_sayings(uint32_t lengths, pole_said *said)
{
    for (uint8_t times = 2; times <= 3; times++) {
        const size_t length = said->count / times;
        bool same = length * times == said->count && pole_is_length(lengths, length);
        for (uint8_t k = 1; same && k < times; k++)
            same = pole_said_same(said->digits, said->digits + k * length, length);
        if (same) {
            said->count = (uint8_t)length;
            return times;
        }
    }
    return 1;
}

static size_t keep(pole_hypothesis *hypotheses, size_t count, const pole_hypothesis *new)
{
    for (size_t i = 0; i < count; i++) {
        if (hypotheses[i].said.count == new->said.count &&
            pole_said_same(hypotheses[i].said.digits, new->said.digits, new->said.count)) {
            if (hypotheses[i].weight < new->weight)
                hypotheses[i].weight = new->weight;
            return count;
        }
    }
    if (count < POLE_MOST_HYPOTHESES) {
        hypotheses[count] = *new;
        return count + 1;
    }
    size_t least = 0;
    for (size_t i = 1; i < count; i++) {
        if (hypotheses[i].weight < hypotheses[least].weight)
            least = i;
    }
    if (hypotheses[least].weight < new->weight)
        hypotheses[least] = *new;
    return count;
}

static void sort(pole_hypothesis *hypotheses, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const pole_hypothesis held = hypotheses[i];
        size_t at = i;
        for (; at > 0 && hypotheses[at - 1].weight < held.weight; at--)
            hypotheses[at] = hypotheses[at - 1];
        hypotheses[at] = held;
    }
}

/* One understanding, filled up to one of the lengths given. */
static size_t read_state(const pole_assembly *assembly, const pole_state *state, uint32_t lengths,
                         pole_hypothesis *hypotheses, size_t count, uint8_t *sayings)
{
    pole_hypothesis new = {.weight = state->weight};
    if (!pole_state_compose(assembly, state, lengths, &new.said))
        return count;
    const uint8_t times = fold_sayings(assembly->lengths, &new.said);
    new.weight *= pole_length_prior(assembly->lengths, new.said.count);
    if (assembly->backwards)
        pole_said_reverse(new.said.digits, new.said.count);
    if (times > *sayings && (count == 0 || new.weight > hypotheses[0].weight))
        *sayings = times;
    return keep(hypotheses, count, &new);
}

size_t pole_assembly_read(const pole_assembly *assembly,
                          pole_hypothesis hypotheses[POLE_MOST_HYPOTHESES], uint8_t *sayings)
{
    size_t count = 0;
    *sayings = 1;
    for (size_t i = 0; i < assembly->count; i++) {
        const pole_state *state = assembly->states + i;
        /* Of a code whose last four are told each length is one more possibility. */
        for (uint32_t lengths = assembly->lengths, first = 1; lengths != 0 || first;
             lengths &= lengths - 1, first = 0) {
            count = read_state(assembly, state, lengths, hypotheses, count, sayings);
            if (!assembly->pad)
                break;
        }
    }
    sort(hypotheses, count);
    return count;
}
