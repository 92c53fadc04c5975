/* SPDX-License-Identifier: MIT
 * Masking, of figures alone in a text that was not read, and of spoken digits in one that was. */
#include "speech/mask.h"

#include "base/numerals.h"
#include "base/utf8.h"

#define LONG_RUN 8

/* The run of digits that begins at `at`: how many digits, and where it ends (behind its last
 * digit). Separators count only between digits. */
static unsigned measure_run(pole_span text, size_t at, size_t *end)
{
    unsigned digits = 0;
    while (at < text.size_bytes) {
        const uint32_t character = pole_utf8_next(text.data, text.size_bytes, &at);
        if (pole_numeral(character) >= 0) {
            digits++;
            *end = at;
        } else if (!pole_is_separator(character)) {
            break;
        }
    }
    return digits;
}

static void append_masked(pole_span run, unsigned digits, pole_buffer *out)
{
    unsigned seen = 0;
    for (size_t at = 0; at < run.size_bytes;) {
        const int numeral = pole_numeral(pole_utf8_next(run.data, run.size_bytes, &at));
        if (numeral < 0)
            continue;
        if (seen == 3)
            pole_buffer_append_text(out, "****");
        if (seen < 3 || seen >= digits - 4)
            pole_buffer_append_byte(out, (uint8_t)('0' + numeral));
        seen++;
    }
}

void pole_mask_digits(pole_span text, pole_buffer *out)
{
    size_t at = 0;
    while (at < text.size_bytes) {
        const size_t start = at;
        const uint32_t character = pole_utf8_next(text.data, text.size_bytes, &at);
        size_t end = at;
        unsigned digits = 0;
        if (pole_numeral(character) >= 0)
            digits = measure_run(text, start, &end);
        if (digits >= LONG_RUN) {
            const pole_span run = {text.data + start, end - start};
            append_masked(run, digits, out);
        } else {
            pole_buffer_append(out, text.data + start, end - start);
        }
        at = end;
    }
}

static bool is_kept(const pole_grammar *grammar, const pole_choice *choice, size_t token)
{
    for (size_t i = 0; i < grammar->code_count; i++) {
        const pole_spoken_code *code = grammar->codes + i;
        if (choice->kept[i] && token >= code->first && token < code->last &&
            !grammar->tokens.tokens[token].secret)
            return true;
    }
    return false;
}

/* Whatever was made of the token: that it is a digit as written. */
static bool is_digit(const pole_token *token)
{
    return pole_token_word(token, POLE_WORD_DIGIT) != NULL;
}

typedef struct {
    size_t first, last; /* tokens; last: behind the last digit */
    size_t digits;
} digit_run;

static digit_run run_from(const pole_grammar *grammar, const pole_choice *choice, size_t i)
{
    const pole_tokens *tokens = &grammar->tokens;
    digit_run run = {i, i, 0};
    for (; i < tokens->count && !is_kept(grammar, choice, i); i++) {
        const pole_token *token = tokens->tokens + i;
        if (is_digit(token)) {
            run.last = i + 1;
            run.digits++;
        } else if (!pole_token_is(token, POLE_ROLE_PAUSE)) {
            break;
        }
    }
    return run;
}

static void append_masked_run(const pole_tokens *tokens, digit_run run, pole_buffer *out)
{
    size_t seen = 0;
    for (size_t i = run.first; i < run.last; i++) {
        const pole_token *token = tokens->tokens + i;
        if (!is_digit(token))
            continue;
        if (seen == 3)
            pole_buffer_append_text(out, "****");
        if (seen < 3 || seen + 4 >= run.digits)
            pole_buffer_append(out, tokens->folded.text + token->at,
                               (size_t)(token->end - token->at));
        seen++;
    }
}

void pole_mask_spoken(pole_span text, const pole_grammar *grammar, const pole_choice *choice,
                      pole_buffer *out)
{
    const pole_tokens *tokens = &grammar->tokens;
    size_t copied = 0;
    for (size_t i = 0; i < tokens->count;) {
        const digit_run run = run_from(grammar, choice, i);
        if (run.digits < LONG_RUN) {
            i = run.last > i ? run.last : i + 1;
            continue;
        }
        const size_t from = tokens->folded.from[tokens->tokens[run.first].at];
        pole_buffer_append(out, text.data + copied, from - copied);
        append_masked_run(tokens, run, out);
        copied = tokens->folded.behind[tokens->tokens[run.last - 1].end - 1];
        i = run.last;
    }
    if (copied < text.size_bytes) /* an empty text may have no place */
        pole_buffer_append(out, text.data + copied, text.size_bytes - copied);
}
