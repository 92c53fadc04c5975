/* SPDX-License-Identifier: MIT
 * One pass over the tokens. Groups of number words end at pauses and at other words; between them
 * stands what to do with the next one. */
#include "speech/grammar.h"

#include <string.h>

#include "speech/group.h"

#define MOST_TOLD 4
#define WORDS_BETWEEN 3 /* unknown words that may stand between "no" and what is right */

typedef enum { JOIN, CORRECT, DENY, REPLACE, TELL, PASS, SWAP } operation;

typedef struct {
    pole_grammar *grammar;
    uint32_t lengths;
    size_t at;
    bool open;         /* the assembly holds a code that is not finished: codes[code_count - 1] */
    operation waiting; /* what the next group is for */
    pole_told told;    /* with TELL and SWAP */
    pole_told before_told[MOST_TOLD]; /* places told before it: 第三位和第四位 */
    size_t before_count;
    pole_told last_told; /* the place that the last group was told for */
    pole_told filling;   /* the place that the last group was told for, while it lacks digits */
    uint8_t filled;
    size_t tried;     /* tokens before this one are no group */
    unsigned unknown; /* unknown words since something waits */
    bool words;       /* unknown words since the last group */
    bool stopped;     /* the end of a sentence since then */
    bool again, also;
    bool named;     /* a word for the code since the last group */
    bool backwards; /* read from the end, said before the code */
} parser;

static pole_token *token_of(parser *p, size_t i)
{
    return p->grammar->tokens.tokens + i;
}

static size_t longest(uint32_t lengths)
{
    size_t n = POLE_MAX_DIGITS;
    while (n > 1 && !pole_is_length(lengths, n))
        n--;
    return n;
}

static pole_spoken_code *current(parser *p)
{
    return p->grammar->codes + p->grammar->code_count - 1;
}

/* What the open code means so far. */
static void read_open(parser *p)
{
    if (!p->open)
        return;
    pole_spoken_code *code = current(p);
    uint8_t sayings;
    code->count = (uint8_t)pole_assembly_read(&p->grammar->assembly, code->hypotheses, &sayings);
    code->sayings = sayings;
}

static size_t length_so_far(parser *p)
{
    read_open(p);
    return p->open && current(p)->count > 0 ? current(p)->hypotheses[0].said.count : 0;
}

static void finish(parser *p)
{
    if (p->open && p->waiting == SWAP)
        pole_assembly_swap(&p->grammar->assembly, p->told, p->before_told[0]);
    read_open(p);
    p->open = false;
    p->waiting = JOIN;
    p->filling.kind = POLE_TOLD_NOTHING;
}

/* False: there are too many already. */
static bool begin(parser *p, pole_code_link link)
{
    finish(p);
    if (p->grammar->code_count == POLE_MOST_CODES)
        return false;
    p->grammar->code_count++;
    pole_spoken_code *code = current(p);
    memset(code, 0, sizeof *code);
    code->link = link;
    code->first = (uint16_t)p->at;
    code->last = (uint16_t)p->at;
    pole_assembly_begin(&p->grammar->assembly, p->lengths);
    p->grammar->assembly.backwards = p->backwards;
    p->backwards = false;
    p->open = true;
    return true;
}

static bool is_all_unknown(const pole_said *said)
{
    for (size_t i = 0; i < said->count; i++) {
        if (said->digits[i] != POLE_SAID_UNKNOWN)
            return false;
    }
    return said->count > 0;
}

/* Whether the next group begins another code than the open one. */
static bool begins_code(parser *p, size_t new, pole_code_link *link)
{
    const size_t so_far = length_so_far(p);
    const bool new_whole = pole_is_length(p->lengths, new);
    *link = p->also ? POLE_SAID_ALSO : p->again ? POLE_SAID_AGAIN : POLE_SAID_ALONE;
    if (!p->open || so_far == 0)
        return !p->open;
    /* Nothing was said yet but what could not be read. */
    if (p->waiting != JOIN || is_all_unknown(&current(p)->hypotheses[0].said))
        return false;
    if (p->filling.kind != POLE_TOLD_NOTHING && !p->words)
        return false;
    /* 八三六，还有零九五一 */
    if (p->also)
        return pole_is_length(p->lengths, so_far) || !pole_is_length(p->lengths, so_far + new);
    if (p->again)
        return new_whole || (new >= 4 && new >= so_far);
    if (p->words)
        return true;
    if (pole_is_length(p->lengths, so_far) && new_whole)
        return !pole_is_length(p->lengths, so_far + new);
    return p->stopped && so_far + new > longest(p->lengths);
}

static void apply(parser *p, size_t count)
{
    pole_assembly *assembly = &p->grammar->assembly;
    const pole_hypothesis *read = p->grammar->read;
    const pole_told nothing = {POLE_TOLD_NOTHING, 0};
    operation next = JOIN;
    switch (p->waiting) {
    case CORRECT:
        if (p->last_told.kind != POLE_TOLD_NOTHING && read[0].said.count == p->filled) {
            /* 第五位是五，不对，是六: the same place once more */
            pole_assembly_tell(assembly, p->last_told, read, count);
            break;
        }
        pole_assembly_correct(assembly, read, count);
        break;
    case SWAP:
        pole_assembly_correct(assembly, read, count);
        break;
    case DENY:
        pole_assembly_deny(assembly, read, count);
        next = REPLACE;
        break;
    case REPLACE:
        pole_assembly_replace(assembly, read, count);
        break;
    case TELL:
        pole_assembly_tell(assembly, p->told, read, count);
        p->filling = p->told;
        p->last_told = p->told;
        p->filled = read[0].said.count;
        break;
    default:
        if (p->filling.kind >= POLE_TOLD_FRONT &&
            (p->filling.count == 0 || p->filled < p->filling.count)) {
            pole_assembly_fill(assembly, p->filling, read, count);
            p->filled = (uint8_t)(p->filled + read[0].said.count);
        } else {
            pole_assembly_join(assembly, read, count);
        }
    }
    if (p->waiting != TELL && p->waiting != JOIN)
        p->filling = nothing;
    if (p->waiting != TELL)
        p->last_told = nothing;
    p->before_count = 0;
    p->waiting = next;
}

/* A told place takes the reading that has as many digits. */
static void prefer_told_length(parser *p, size_t count)
{
    const size_t wanted =
        p->told.kind == POLE_TOLD_NTH || p->told.kind == POLE_TOLD_NTH_LAST ? 1 : p->told.count;
    for (size_t i = 0; i < count && wanted > 0; i++) {
        if (p->grammar->read[i].said.count == wanted && i > 0) {
            const pole_hypothesis held = p->grammar->read[i];
            memmove(p->grammar->read + 1, p->grammar->read, i * sizeof held);
            p->grammar->read[0] = held;
            p->grammar->read[0].weight = 1;
            return;
        }
    }
}

/* A correction that other words came between is believed of a whole code alone: the digit may
 * count something. */
static void forget_what_is_far(parser *p, size_t new)
{
    const bool short_only = p->waiting == CORRECT || p->waiting == SWAP;
    if (p->unknown > WORDS_BETWEEN && !(short_only && pole_is_length(p->lengths, new)))
        p->waiting = JOIN;
}

static void take_group(parser *p, size_t end, size_t count)
{
    pole_code_link link;
    forget_what_is_far(p, p->grammar->read[0].said.count);
    if (is_all_unknown(&p->grammar->read[0].said))
        p->also = false; /* 还有一位看不清 */
    if (p->waiting == TELL)
        prefer_told_length(p, count);
    if (begins_code(p, p->grammar->read[0].said.count, &link)) {
        const operation waiting = p->waiting;
        if (!begin(p, link))
            return;
        p->waiting = waiting == TELL ? TELL : JOIN;
    }
    pole_spoken_code *code = current(p);
    apply(p, count);
    code->last = (uint16_t)end;
    code->named = code->named || p->named;
    code->numerals = code->numerals || p->grammar->group.numerals;
    p->words = p->stopped = p->again = p->also = p->named = false;
    p->unknown = 0;
}

static size_t add_overlong(parser *p, size_t end)
{
    if (begin(p, POLE_SAID_ALONE)) {
        current(p)->overlong = true;
        current(p)->last = (uint16_t)end;
    }
    p->open = false;
    p->waiting = JOIN;
    p->words = p->stopped = p->again = p->also = p->named = false;
    return end;
}

/* A numeral or two that are glued to an unknown word belong to it: 二龙街, 王五. Of words in
 * letters nothing is glued, so that is believed only when the code is whole already: "…, one
 * knife", "wait, two more". */
static bool is_in_word(parser *p, size_t end)
{
    const pole_group *read = &p->grammar->group;
    if (read->count > 2 || pole_token_is_figure(&p->grammar->tokens, token_of(p, p->at)))
        return false;
    if (p->waiting != JOIN || token_of(p, p->at)->letters)
        return read->word_behind && pole_is_length(p->lengths, length_so_far(p));
    const bool ends = end == p->grammar->tokens.count ||
                      pole_token_is(token_of(p, end), POLE_ROLE_PAUSE | POLE_ROLE_STOP);
    const bool begins = read->word_before && pole_token_is(read->parts[0], POLE_ROLES_NUMBER);
    return read->word_behind || (begins && ends);
}

/* "the pole is": what comes begins the code. */
static bool is_named_before(parser *p)
{
    return pole_token_is(token_of(p, p->at - 1), POLE_ROLE(CODE) | POLE_ROLE(COPULA));
}

/* Digits that are not certain, between the certain ones of a code: "three, oh, four". */
static bool goes_on(parser *p)
{
    const pole_group *read = &p->grammar->group;
    const uint64_t words = POLE_ROLE(COPULA) | POLE_ROLE(BEFORE) | POLE_ROLE(AFTER);
    const bool begins = p->at > 0 && token_of(p, p->at)->letters && is_named_before(p);
    if (read->count == 0 || p->waiting != JOIN || ((!p->open || p->words) && !begins))
        return false;
    for (size_t i = 0; i < read->count; i++) {
        if (pole_token_is(read->parts[i], words))
            return false;
    }
    return true;
}

/* Returns the place behind what was read; the current one when it is no group. */
static size_t group(parser *p)
{
    const pole_group_start start = {.tokens = &p->grammar->tokens,
                                    .at = p->at,
                                    .lengths = p->lengths,
                                    .goes_on = p->open && !p->words && p->waiting == JOIN,
                                    .ends_at_is = p->waiting == DENY || p->waiting == PASS ||
                                                  p->waiting == REPLACE};
    const size_t end = pole_group_read(&start, &p->grammar->group);
    const pole_group *read = &p->grammar->group;
    p->tried = end > p->at ? end : p->at + 1;
    if ((read->sure == 0 && !goes_on(p)) || is_in_word(p, end))
        return p->at;
    if (read->overlong)
        return add_overlong(p, end);
    const size_t count = pole_lattice_read(&p->grammar->lattice, read, p->grammar->read);
    if (count == 0)
        return p->at;
    if (p->waiting == PASS)
        p->waiting = TELL;
    else
        take_group(p, end, count);
    return end;
}

static void lose(parser *p)
{
    if (p->told.count == 0 && length_so_far(p) == longest(p->lengths)) {
        p->waiting = JOIN; /* the code is whole: what is gone is something else */
        return;
    }
    const bool fresh = !p->open || (p->waiting != TELL && p->words);
    if (fresh) {
        const operation waiting = p->waiting;
        const pole_told told = p->told;
        if (!begin(p, POLE_SAID_ALONE))
            return;
        p->waiting = waiting;
        p->told = told;
    }
    pole_assembly_lose(&p->grammar->assembly, p->told);
    for (size_t i = 0; i < p->before_count; i++)
        pole_assembly_lose(&p->grammar->assembly, p->before_told[i]);
    p->before_count = 0;
    current(p)->last = (uint16_t)(p->at + 1);
    current(p)->named = current(p)->named || p->named;
    p->waiting = JOIN;
    p->filling.kind = POLE_TOLD_NOTHING;
    p->words = p->stopped = p->again = p->also = p->named = false;
}

static size_t told_place(parser *p)
{
    pole_told told;
    const size_t used = pole_told_read(&p->grammar->tokens, p->at, &told);
    if (used == 0)
        return 0;
    /* "..., 我尾号8901": of something else, when the code is whole. */
    if (told.count == 0 && p->words && p->waiting != CORRECT &&
        pole_is_length(p->lengths, length_so_far(p)))
        return 0;
    if (p->waiting == CORRECT)
        p->grammar->assembly.over = true;
    /* 看不清后两位: what could not be read was said first. */
    const bool lost =
        p->at > 0 && pole_token_is(token_of(p, p->at - 1), POLE_ROLE(UNREAD)) && told.count > 0 &&
        (p->at < 2 ||
         !pole_token_is(token_of(p, p->at - 2), POLE_ROLES_IN_GROUP | POLE_ROLE(PLACE)));
    if (p->waiting != TELL)
        p->before_count = 0;
    else if (p->before_count < MOST_TOLD)
        p->before_told[p->before_count++] = p->told;
    p->also = false;
    p->told = told;
    p->waiting = TELL;
    p->unknown = 0;
    if (lost) {
        p->at += used - 1;
        lose(p);
        return 1;
    }
    return used;
}

static void corrects(parser *p)
{
    p->unknown = 0;
    const pole_word *word = pole_token_word(token_of(p, p->at), POLE_WORD_CORRECT);
    const bool becomes = word != NULL && word->value == 1;
    if (p->waiting == TELL)
        p->grammar->assembly.over = p->open;
    else if (p->open && becomes && !p->words && pole_assembly_deny_last(&p->grammar->assembly))
        p->waiting = REPLACE;
    else if (p->open)
        p->waiting = CORRECT;
}

static void swaps(parser *p)
{
    if (p->waiting != TELL)
        p->told.kind = POLE_TOLD_NOTHING;
    if (p->before_count == 0)
        p->before_told[0].kind = POLE_TOLD_NOTHING;
    if (p->open && p->unknown <= WORDS_BETWEEN)
        p->waiting = SWAP;
    p->unknown = 0;
}

static void unknown_word(parser *p)
{
    p->words = true;
    p->grammar->words = true;
    p->unknown++;
    if (p->waiting == DENY || p->waiting == REPLACE || (p->waiting == TELL && p->told.count == 0))
        p->waiting = JOIN;
}

static void names_code(parser *p)
{
    const bool beside = p->open && !p->words && !p->stopped && p->at == current(p)->last;
    if (beside)
        current(p)->named = true;
    p->named = true;
    p->words = true;
}

/* "not three"; at a told place only what it is instead matters; "not," alone says no. */
static void denies(parser *p)
{
    const bool ends = p->at + 1 < p->grammar->tokens.count &&
                      pole_token_is(token_of(p, p->at + 1), POLE_ROLE_PAUSE | POLE_ROLE_STOP);
    if (ends)
        corrects(p);
    else if (p->waiting == TELL)
        p->waiting = PASS;
    else if (p->open)
        p->waiting = DENY;
}

static void between(parser *p)
{
    const pole_token *token = token_of(p, p->at);
    const bool asks = p->grammar->tokens.folded.text[token->at] == '?';
    if (asks || pole_token_is(token, POLE_ROLE_STOP)) {
        p->stopped = true;
    } else if (pole_token_is(token, POLE_ROLE(NOT))) {
        denies(p);
    } else if (pole_token_is(token, POLE_ROLE(CORRECT))) {
        corrects(p);
    } else if (pole_token_is(token, POLE_ROLE(SWAPPED))) {
        swaps(p);
    } else if (pole_token_is(token, POLE_ROLE(BACKWARDS))) {
        if (p->open && !p->words)
            p->grammar->assembly.backwards = true;
        else
            p->backwards = true;
    } else if (pole_token_is(token, POLE_ROLE(REPEAT))) {
        p->again = true;
    } else if (pole_token_is(token, POLE_ROLE(ALSO))) {
        p->also = true;
    } else if (pole_token_is(token, POLE_ROLE(CODE))) {
        names_code(p);
    } else if (token->roles == 0 ||
               !pole_token_is(token, POLE_ROLE_PAUSE | POLE_ROLE(FILLER) | POLE_ROLE(EACH) |
                                         POLE_ROLE(COPULA) | POLE_ROLE(HAO))) {
        unknown_word(p);
    }
}

void pole_grammar_read(pole_grammar *grammar, pole_span text, uint32_t lengths)
{
    parser p = {.grammar = grammar, .lengths = lengths};
    grammar->code_count = 0;
    grammar->words = false;
    pole_tokens_read(text, &grammar->tokens);
    pole_set_others_apart(&grammar->tokens, lengths, &grammar->others);
    while (p.at < grammar->tokens.count) {
        const pole_token *token = token_of(&p, p.at);
        const size_t told = told_place(&p);
        if (told > 0) {
            p.at += told;
            continue;
        }
        if (p.waiting == TELL && pole_token_is(token, POLE_ROLE(UNREAD))) {
            lose(&p);
            p.at++;
            continue;
        }
        const bool may_begin = p.at >= p.tried && pole_token_is(token, POLE_ROLES_BEGIN_GROUP);
        const size_t end = may_begin ? group(&p) : p.at;
        if (end > p.at) {
            p.at = end;
            continue;
        }
        between(&p);
        p.at++;
    }
    finish(&p);
}
