/* SPDX-License-Identifier: MIT
 * Edges by the kinds of the words, then the best paths by dynamic programming over (place, digits
 * so far): Viterbi with the length as a second coordinate, since the length of a code is known and
 * tells readings apart. */
#include "speech/lattice.h"

#include <string.h>

#include "speech/numeral.h"

/* Shares by which a word is a digit and not a word of its own. */
#define SOUND_AT_END 0.6   /* at an end of the group; between digits the table says */
#define SURE_SOUND 0.97    /* "oh" is hardly ever anything else; where it is ... */
#define SURE_AT_END 0.85   /* ... it is a sigh */
#define SOUND_AS_WORD 0.03 /* at the end where the table says it often is a word */
#define SOUND_GOES_ON 0.5  /* ... but a part of the code was said before it */
#define SOUND_IN_WORD 0.05 /* glued to an unknown word: its last or first syllable */
#define UNREAD_INSIDE 0.95
#define UNREAD_AT_END 0.5
#define HOLE 0.3 /* an unknown character between digits: one digit, or nothing */
#define STRAY_UNIT 0.01
#define STRAY_EACH 0.02
#define STRAY_COPULA 0.9
#define LONE_PLURAL 0.3
#define TORN_NUMERAL 0.002

#define ANY_DIGIT (POLE_ROLE(DIGIT) | POLE_ROLE(SOUND) | POLE_ROLE(UNREAD))

static void add_edge(pole_lattice *lattice, size_t from, size_t to, const pole_said_digit *digits,
                     size_t count, double weight)
{
    if (lattice->edge_count == POLE_MOST_EDGES || count > POLE_MOST_PLACES || !(weight > 0))
        return;
    pole_edge *edge = lattice->edges + lattice->edge_count++;
    edge->weight = weight;
    edge->from = (uint8_t)from;
    edge->to = (uint8_t)to;
    edge->count = (uint8_t)count;
    for (size_t i = 0; i < count; i++)
        edge->digits[i] = digits[i];
}

static void add_skip(pole_lattice *lattice, size_t at, double weight)
{
    add_edge(lattice, at, at + 1, NULL, 0, weight);
}

/* The digit that a part is, surely or by sound. */
static pole_said_digit digit_of(const pole_token *token)
{
    const int digit = pole_token_digit(token);
    if (digit >= 0)
        return (pole_said_digit)digit;
    const pole_word *sound = pole_token_word(token, POLE_WORD_SOUND);
    if (pole_token_is(token, POLE_ROLE(SOUND)))
        return (pole_said_digit)(POLE_SAID_SOUND + (size_t)(sound - pole_words));
    return POLE_SAID_UNKNOWN;
}

static bool is_part(const pole_group *group, size_t i, uint64_t roles)
{
    return i < group->count && pole_token_is(group->parts[i], roles);
}

/* Whether only words that stand before a number, or behind it, are between a part and that end of
 * the group. */
static bool all_words(const pole_group *group, size_t from, size_t to, uint64_t role)
{
    for (size_t i = from; i < to; i++) {
        if (!is_part(group, i, role))
            return false;
    }
    return true;
}

/* How surely a word is a digit between two others: as its likeliest one. */
static double sound_weight(const pole_token *token)
{
    unsigned best = 0;
    for (unsigned i = 0; i < token->rows; i++) {
        const pole_word *word = pole_words + token->row + i;
        if (word->kind == POLE_WORD_SOUND && word->weight > best)
            best = word->weight;
    }
    return best / 100.0;
}

static double sound_share(const pole_group *group, size_t i)
{
    const pole_token *token = group->parts[i];
    const double inside = sound_weight(token);
    double share = inside;
    if (inside >= SURE_SOUND)
        return i > 0 && i + 1 < group->count ? inside : SURE_AT_END;
    if (all_words(group, 0, i, POLE_ROLE(BEFORE))) {
        share = SOUND_AT_END;
        if (pole_token_is(token, POLE_ROLE(BEFORE)))
            share = group->goes_on ? SOUND_GOES_ON : SOUND_AS_WORD;
        if (i == 0 && group->word_before && share > SOUND_IN_WORD)
            share = SOUND_IN_WORD;
    }
    if (all_words(group, i + 1, group->count, POLE_ROLE(AFTER))) {
        double last = pole_token_is(token, POLE_ROLE(AFTER)) ? SOUND_AS_WORD : SOUND_AT_END;
        if (i + 1 == group->count && group->word_behind && last > SOUND_IN_WORD)
            last = SOUND_IN_WORD;
        share = last < share ? last : share;
    }
    return share < inside ? share : inside;
}

static void add_repeated(pole_lattice *lattice, size_t from, size_t to, pole_said_digit digit,
                         uint64_t times, double weight)
{
    pole_said_digit digits[POLE_MOST_PLACES];
    if (times < 1 || times > 9)
        return;
    for (size_t i = 0; i < times; i++)
        digits[i] = digit;
    add_edge(lattice, from, to, digits, times, weight);
}

static void add_single(pole_lattice *lattice, const pole_group *group, size_t i)
{
    const pole_token *token = group->parts[i];
    pole_said_digit digit = digit_of(token);
    if (pole_token_is(token, POLE_ROLE(DIGIT))) {
        add_edge(lattice, i, i + 1, &digit, 1, 1);
    } else if (pole_token_is(token, POLE_ROLE(SOUND))) {
        const double share = sound_share(group, i);
        add_edge(lattice, i, i + 1, &digit, 1, share);
        add_skip(lattice, i, 1 - share);
    } else if (pole_token_is(token, POLE_ROLE(UNREAD))) {
        const bool inside = i > 0 && i + 1 < group->count;
        const bool in_word = i > 0 && i + 1 == group->count && group->word_behind;
        const pole_word *word = pole_token_word(token, POLE_WORD_UNREAD);
        double share = inside ? UNREAD_INSIDE : in_word ? SOUND_IN_WORD : UNREAD_AT_END;
        if (word->weight > 0)
            share = word->weight / 100.0;
        add_repeated(lattice, i, i + 1, digit, word->value, share);
        add_skip(lattice, i, 1 - share);
    } else if (pole_token_is(token, POLE_ROLE(PLURAL))) {
        digit = (pole_said_digit)pole_token_word(token, POLE_WORD_PLURAL)->value;
        add_edge(lattice, i, i + 1, &digit, 1, LONE_PLURAL);
    } else if (pole_token_is(token, POLE_ROLE(UNIT))) {
        const bool word = i == 0 && pole_token_is(token, POLE_ROLE(BEFORE));
        add_skip(lattice, i, word ? 1 - SOUND_AS_WORD : STRAY_UNIT);
    } else if (pole_token_is(token, POLE_ROLE(EACH) | POLE_ROLE(PLACE) | POLE_ROLE(TIMES))) {
        add_skip(lattice, i, STRAY_EACH);
    } else if (pole_token_is(token, POLE_ROLE(COPULA))) {
        add_skip(lattice, i, STRAY_COPULA);
    } else if (token->roles == 0) {
        digit = POLE_SAID_UNKNOWN;
        add_edge(lattice, i, i + 1, &digit, 1, HOLE);
        add_skip(lattice, i, HOLE);
    }
}

/* 三个八, 两位看不清, two zeros, double five. */
static void add_repetitions(pole_lattice *lattice, const pole_group *group, size_t i)
{
    const pole_token *token = group->parts[i];
    const int count = pole_token_digit(token);
    if (count > 0 &&
        ((is_part(group, i + 1, POLE_ROLE(EACH)) && is_part(group, i + 2, ANY_DIGIT)) ||
         (is_part(group, i + 1, POLE_ROLE(PLACE)) && !is_part(group, i + 1, POLE_ROLE(DIGIT)) &&
          is_part(group, i + 2, POLE_ROLE(UNREAD)))))
        add_repeated(lattice, i, i + 3, digit_of(group->parts[i + 2]), (uint64_t)count, 1);
    if (count > 0 && is_part(group, i + 1, POLE_ROLE(PLURAL))) {
        const pole_word *plural = pole_token_word(group->parts[i + 1], POLE_WORD_PLURAL);
        add_repeated(lattice, i, i + 2, (pole_said_digit)plural->value, (uint64_t)count, 1);
    }
    if (pole_token_is(token, POLE_ROLE(TIMES)) && is_part(group, i + 1, ANY_DIGIT)) {
        const pole_word *times = pole_token_word(token, POLE_WORD_TIMES);
        const double weight = times->weight > 0 ? times->weight / 100.0 : 1;
        add_repeated(lattice, i, i + 2, digit_of(group->parts[i + 1]), times->value, weight);
    }
}

static void add_numerals(pole_lattice *lattice, const pole_group *group, size_t i)
{
    pole_numeral_end ends[POLE_MOST_NUMERALS];
    const size_t found = pole_numerals(group->parts + i, (size_t)group->count - i, ends);
    /* 五十一 is not five and eleven. */
    const bool torn = i > 0 && pole_token_is(group->parts[i], POLE_ROLE(UNIT)) &&
                      pole_token_is(group->parts[i - 1], POLE_ROLE(DIGIT)) &&
                      (!group->parts[i]->gap || group->parts[i]->letters);
    for (size_t k = 0; k < found; k++) {
        pole_said_digit digits[POLE_MOST_SAID];
        size_t count = 0;
        for (uint64_t rest = ends[k].value; rest > 0 && count < POLE_MOST_SAID; rest /= 10)
            digits[count++] = (pole_said_digit)(rest % 10);
        pole_said_reverse(digits, count);
        add_edge(lattice, i, i + ends[k].parts, digits, count,
                 ends[k].weight * (torn ? TORN_NUMERAL : 1));
    }
}

static void keep_path(pole_path paths[POLE_PATHS], pole_path path)
{
    for (size_t i = 0; i < POLE_PATHS; i++) {
        if (path.weight > paths[i].weight) {
            const pole_path held = paths[i];
            paths[i] = path;
            path = held;
        }
    }
}

/* Edges lie in order of where they begin, so that one pass is enough. */
static void walk(pole_lattice *lattice, size_t parts)
{
    for (size_t i = 0; i <= parts; i++)
        memset(lattice->paths[i], 0, sizeof lattice->paths[i]);
    lattice->paths[0][0][0].weight = 1;
    for (size_t e = 0; e < lattice->edge_count; e++) {
        const pole_edge *edge = lattice->edges + e;
        for (size_t n = 0; n + edge->count <= POLE_MOST_SAID; n++) {
            for (uint8_t k = 0; k < POLE_PATHS; k++) {
                const double weight = lattice->paths[edge->from][n][k].weight * edge->weight;
                if (weight > 0)
                    keep_path(lattice->paths[edge->to][n + edge->count],
                              (pole_path){weight, (uint16_t)e, k});
            }
        }
    }
}

static pole_said said_on(const pole_lattice *lattice, size_t parts, size_t count, size_t k)
{
    pole_said said = {.count = (uint8_t)count};
    while (parts > 0) {
        const pole_path *path = &lattice->paths[parts][count][k];
        const pole_edge *edge = lattice->edges + path->edge;
        count -= edge->count;
        for (size_t i = 0; i < edge->count; i++)
            said.digits[count + i] = edge->digits[i];
        parts = edge->from;
        k = path->before;
    }
    return said;
}

static size_t keep(pole_hypothesis *hypotheses, size_t count, const pole_hypothesis *new)
{
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        if (hypotheses[i].said.count == new->said.count &&
            pole_said_same(hypotheses[i].said.digits, new->said.digits, new->said.count))
            return count; /* the likelier path to the same digits is there */
    }
    while (at < count && hypotheses[at].weight >= new->weight)
        at++;
    if (at == POLE_MOST_HYPOTHESES)
        return count;
    if (count < POLE_MOST_HYPOTHESES)
        count++;
    memmove(hypotheses + at + 1, hypotheses + at, (count - at - 1) * sizeof *hypotheses);
    hypotheses[at] = *new;
    return count;
}

size_t pole_lattice_read(pole_lattice *lattice, const pole_group *group,
                         pole_hypothesis hypotheses[POLE_MOST_HYPOTHESES])
{
    size_t count = 0;
    lattice->edge_count = 0;
    for (size_t i = 0; i < group->count; i++) {
        add_single(lattice, group, i);
        add_repetitions(lattice, group, i);
        if (group->numerals)
            add_numerals(lattice, group, i);
    }
    walk(lattice, group->count);
    /* Without a digit that is certain it may hold none. */
    for (size_t n = group->sure > 0 ? 1 : 0; n <= POLE_MOST_SAID; n++) {
        for (size_t k = 0; k < POLE_PATHS; k++) {
            const double weight = lattice->paths[group->count][n][k].weight;
            if (!(weight > 0))
                continue;
            const pole_hypothesis new = {weight, said_on(lattice, group->count, n, k)};
            count = keep(hypotheses, count, &new);
        }
    }
    return count;
}
