/* SPDX-License-Identifier: MIT
 * See question_split.h. */
#include "resolve/question_split.h"

/* Shares of answers that are right. Judgements, until answers are counted:
 * an answered digit is wrong in 1 of 100; the next pole's number is a whole code heard anew; not
 * every corner has a sign, and not every sign is found. */
#define RIGHT_DIGIT 0.99
#define RIGHT_NEIGHBOUR 0.85
#define RIGHT_STREET 0.5
#define RIGHT_COUNTY 0.97
#define RIGHT_OBJECT 0.9
/* Doubt about the pole, and a bit, against doubt about the place: once that is sure, the pole is
 * what is asked for. Within a factor of two of either the chance of the right pole stays within a
 * point of the most that one question can give, and that of the right place is higher than such a
 * question's (test_question_worth, tools/evaluate/asking.py). */
#define CODE_LOSS 0.7
#define BIT_LOSS 0.1

/* The places of these digits that tell something new, counted from 0. */
static uint32_t new_places(const pole_question_draft *draft, uint32_t places[POLE_MAX_DIGITS])
{
    uint32_t count = 0;
    for (uint32_t n = draft->digit; n < draft->digit + draft->digit_count; n++)
        if ((draft->answered >> n & 1) == 0)
            places[count++] = n - 1;
    return count;
}

/* What stands at the places, as one number; POLE_NO_ANSWER: not all of it are digits. */
static uint32_t number_at(const char *digits, const uint32_t *places, uint32_t count)
{
    uint32_t number = 0;
    for (uint32_t i = 0; i < count; i++) {
        const char digit = digits[places[i]];
        if (digit < '0' || digit > '9')
            return POLE_NO_ANSWER;
        number = 10 * number + (uint32_t)(digit - '0');
    }
    return number;
}

static uint32_t number_of(const uint8_t *digits, const uint32_t *places, uint32_t count)
{
    uint32_t number = 0;
    for (uint32_t i = 0; i < count; i++)
        number = 10 * number + digits[places[i]];
    return number;
}

static void split_by_digits(const pole_doubt *doubt, const pole_question_draft *draft,
                            uint32_t digits, pole_span heard, pole_split *split)
{
    uint32_t places[POLE_MAX_DIGITS];
    const uint32_t count = new_places(draft, places);
    const uint32_t other =
        heard.size_bytes == digits ? number_at(heard.data, places, count) : POLE_NO_ANSWER;
    for (size_t i = 0; i < doubt->count; i++) {
        const pole_code *code = &doubt->codes[i];
        split->answers[i] = code->digits == 0 ? other : POLE_NO_ANSWER;
        if (code->digits != digits)
            continue;
        split->answers[i] = number_of(doubt->digits[i], places, count);
    }
    split->possible = 1;
    split->right = 1;
    for (uint32_t i = 0; i < count; i++) {
        split->possible *= 10;
        split->right *= RIGHT_DIGIT;
    }
}

static uint32_t street_of(const pole_doubt *doubt, size_t i)
{
    if (doubt->rows[i] == POLE_NO_ROW)
        return POLE_NO_ANSWER;
    const uint32_t street =
        pole_attribute_at(&doubt->index->attributes, POLE_ATTRIBUTE_STREET, doubt->rows[i]);
    return street ? street : POLE_NO_ANSWER;
}

void pole_question_split(const pole_doubt *doubt, const pole_question_draft *draft, uint32_t digits,
                         pole_span heard, pole_split *split)
{
    switch (draft->kind) {
    case POLE_ASK_DIGIT:
    case POLE_ASK_DIGITS:
        split_by_digits(doubt, draft, digits, heard, split);
        return;
    case POLE_ASK_NEIGHBOUR: /* every pole has its own, and what is no pole has none */
        split->possible = 1e9;
        split->right = RIGHT_NEIGHBOUR;
        for (size_t i = 0; i < doubt->count; i++)
            split->answers[i] = doubt->rows[i] == POLE_NO_ROW && doubt->codes[i].digits == 0
                                    ? POLE_NO_ANSWER
                                    : (uint32_t)i;
        return;
    case POLE_ASK_STREET:
        split->possible = 1000;
        split->right = RIGHT_STREET;
        for (size_t i = 0; i < doubt->count; i++)
            split->answers[i] = street_of(doubt, i);
        return;
    case POLE_ASK_COUNTY:
        split->possible = doubt->index->scheme.scope_count + 1.0;
        split->right = RIGHT_COUNTY;
        for (size_t i = 0; i < doubt->count; i++)
            split->answers[i] = doubt->codes[i].digits ? doubt->codes[i].scope : POLE_NO_ANSWER;
        return;
    default: /* POLE_ASK_OBJECT: the red words stand above the codes of the table */
        split->possible = 2;
        split->right = RIGHT_OBJECT;
        for (size_t i = 0; i < doubt->count; i++)
            split->answers[i] = doubt->codes[i].digits > 0;
    }
}

void pole_question_weigh(const pole_doubt *doubt, const pole_question_draft *draft, uint32_t digits,
                         pole_span heard, pole_doubt_left *left, double *loss)
{
    pole_split split;
    pole_question_split(doubt, draft, digits, heard, &split);
    pole_doubt_after(doubt, &split, left);
    *loss = left->far + CODE_LOSS * left->code + BIT_LOSS * left->bits + draft->effort;
}
