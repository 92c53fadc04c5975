/* SPDX-License-Identifier: MIT
 * Chinese says 位 (or 个) behind the count; in the languages of letters a count of more than one
 * needs nothing behind it, an ordinal does: "second" alone is a moment. */
#include "speech/told.h"

#define SMALL_MOST 9

static const pole_token *token_at(const pole_tokens *tokens, size_t i)
{
    static const pole_token none;
    return i < tokens->count ? tokens->tokens + i : &none;
}

static int small_number(const pole_token *token)
{
    const int digit = pole_token_digit(token);
    return digit >= 1 && digit <= SMALL_MOST ? digit : 0;
}

/* 位 or 个, but in 后三个八 the three are eights. */
static bool ends_count(const pole_tokens *tokens, size_t i)
{
    const pole_token *token = token_at(tokens, i);
    if (pole_token_is(token, POLE_ROLE(PLACE)))
        return !pole_token_is(token, POLE_ROLE(DIGIT)); /* "the last three one ..." */
    return pole_token_is(token, POLE_ROLE(EACH)) &&
           !pole_token_is(token_at(tokens, i + 1), POLE_ROLE(DIGIT) | POLE_ROLE(SOUND));
}

static size_t put(pole_told *told, pole_told_kind kind, int count, size_t tokens)
{
    told->kind = kind;
    told->count = (uint8_t)count;
    return tokens;
}

/* 第四位, 倒数第二位, "fourth digit", «вторая цифра» */
static size_t read_nth(const pole_tokens *tokens, size_t i, pole_told *told)
{
    const pole_token *token = token_at(tokens, i);
    const pole_token *next = token_at(tokens, i + 1);
    if (pole_token_is(token, POLE_ROLE(NTH) | POLE_ROLE(FROM_END))) {
        const int count = small_number(next);
        const bool ended =
            pole_token_is(token_at(tokens, i + 2), POLE_ROLE(PLACE) | POLE_ROLE(EACH));
        if (count == 0 || !ended)
            return 0;
        const bool last = pole_token_is(token, POLE_ROLE(FROM_END));
        return put(told, last ? POLE_TOLD_NTH_LAST : POLE_TOLD_NTH, count, 3);
    }
    if (pole_token_is(token, POLE_ROLE(ORDINAL))) {
        const pole_word *word = pole_token_word(token, POLE_WORD_ORDINAL);
        if (pole_token_is(next, POLE_ROLE(PLACE)))
            return put(told, POLE_TOLD_NTH, (int)word->value, 2);
        if (pole_token_is(next, POLE_ROLE(COPULA)) ||
            (word->language == POLE_SPOKEN_RU && pole_token_is(next, POLE_ROLE(DIGIT))))
            return put(told, POLE_TOLD_NTH, (int)word->value, 1);
    }
    return 0;
}

/* «две последние»: the count before the word. */
static size_t read_turned(const pole_tokens *tokens, size_t i, pole_told *told)
{
    const int count = small_number(token_at(tokens, i));
    const pole_token *next = token_at(tokens, i + 1);
    if (count < 2 || !next->letters || !pole_token_is(next, POLE_ROLE(FRONT) | POLE_ROLE(BACK)))
        return 0;
    const bool front = pole_token_is(next, POLE_ROLE(FRONT));
    const pole_word *word = pole_token_word(next, front ? POLE_WORD_FRONT : POLE_WORD_BACK);
    if (word->value != 0 || pole_token_is(next, POLE_ROLE(ORDINAL)))
        return 0;
    return put(told, front ? POLE_TOLD_FRONT : POLE_TOLD_BACK, count, 2);
}

/* Just as many digits: 前三五一七 is 517 in front. */
static bool has_digits(const pole_tokens *tokens, size_t i, int count)
{
    for (int k = 0; k < count; k++) {
        if (pole_token_digit(token_at(tokens, i + (size_t)k)) < 0)
            return false;
    }
    return !pole_token_is(token_at(tokens, i + (size_t)count), POLE_ROLES_NUMBER | POLE_ROLE(EACH));
}

/* 前三位, 最后两个数字, "the last four", «последние две цифры», 后面 */
static size_t read_span(const pole_tokens *tokens, size_t i, pole_told *told)
{
    const pole_token *token = token_at(tokens, i);
    pole_told_kind kind = POLE_TOLD_BACK;
    pole_word_kind word = POLE_WORD_BACK;
    if (pole_token_is(token, POLE_ROLE(FRONT))) {
        kind = POLE_TOLD_FRONT;
        word = POLE_WORD_FRONT;
    } else if (pole_token_is(token, POLE_ROLE(MIDDLE))) {
        kind = POLE_TOLD_MIDDLE;
        word = POLE_WORD_MIDDLE;
    } else if (!pole_token_is(token, POLE_ROLE(BACK))) {
        return 0;
    }
    const uint32_t value = pole_token_word(token, word)->value;
    if (value >= 2)
        return put(told, kind, value == 2 ? 1 : 0, 1);
    const int count = small_number(token_at(tokens, i + 1));
    if (count > 0 && ends_count(tokens, i + 2))
        return put(told, kind, count, 3);
    if (count > 1 && token->letters && token_at(tokens, i + 1)->letters)
        return put(told, kind, count, 2);
    if (count > 0 && value == 0 && has_digits(tokens, i + 2, count))
        return put(told, kind, count, 2);
    if (token->letters && pole_token_is(token_at(tokens, i + 1), POLE_ROLE(PLACE)))
        return put(told, kind, 1, 2);
    const bool each = count > 0 && pole_token_is(token_at(tokens, i + 2), POLE_ROLE(EACH));
    return value == 1 || each ? put(told, kind, 0, 1) : 0;
}

size_t pole_told_read(const pole_tokens *tokens, size_t i, pole_told *told)
{
    const pole_token *token = token_at(tokens, i);
    *told = (pole_told){POLE_TOLD_NOTHING, 0};
    if (pole_token_is(token, POLE_ROLE(FIRST)))
        return put(told, POLE_TOLD_NTH, 1, 1);
    const size_t nth = read_nth(tokens, i, told);
    if (nth > 0)
        return nth;
    const size_t turned = read_turned(tokens, i, told);
    return turned > 0 ? turned : read_span(tokens, i, told);
}
