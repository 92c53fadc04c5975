/* SPDX-License-Identifier: MIT
 * The answers that a question can have, each with the poles that it would leave; and whether a
 * digit is asked for as a choice of two. */
#include "lookup/neighbours.h"
#include "resolve/question.h"

#define LEAST_SHARE 1e-3  /* an answer that leaves less is not listed */
#define BOTH_OF_TWO 0.95  /* two digits that hold so much are a choice */
#define NEXT_POLE_M 100.0 /* as far as a person goes along the street to the next */
#define NEIGHBOURS_OF 4   /* poles whose neighbours are listed */

/* A listed answer and the share of belief that it would leave. */
typedef struct {
    uint32_t answer;
    uint32_t rows;
    double share;
    pole_row row[POLE_ASKED_ROWS];
} listed_answer;

typedef struct {
    listed_answer answers[POLE_ASKED_OPTIONS];
    size_t count;
    double all; /* share of all that have an answer, listed or not */
} answer_list;

/* Puts an answer where its share belongs; those alike stay in order. The least falls out. */
static void list_answer(answer_list *list, const listed_answer *answer)
{
    size_t at = list->count;
    while (at > 0 && list->answers[at - 1].share < answer->share)
        at--;
    if (at == POLE_ASKED_OPTIONS)
        return;
    if (list->count < POLE_ASKED_OPTIONS)
        list->count++;
    for (size_t i = list->count - 1; i > at; i--)
        list->answers[i] = list->answers[i - 1];
    list->answers[at] = *answer;
}

/* The answers that leave most, in order of share, falling, with their likeliest poles. */
static void list_answers(const pole_doubt *doubt, const pole_split *split, answer_list *list)
{
    pole_answer_groups groups;
    pole_doubt_group(doubt, split->answers, &groups);
    list->count = 0;
    list->all = 0;
    for (size_t g = 0; g < groups.count; g++) {
        listed_answer answer = {split->answers[groups.first[g] - 1], 0, 0, {0}};
        for (size_t i = groups.first[g]; i > 0; i = groups.next[i - 1]) {
            answer.share += doubt->shares[i - 1];
            if (doubt->rows[i - 1] != POLE_NO_ROW && answer.rows < POLE_ASKED_ROWS)
                answer.row[answer.rows++] = doubt->rows[i - 1];
        }
        list->all += answer.share;
        if (answer.share >= LEAST_SHARE)
            list_answer(list, &answer);
    }
}

static void tell_option(pole_asked *asked, pole_span answer, const pole_row *rows, size_t count)
{
    const size_t i = asked->told.option_count;
    if (i == POLE_ASKED_OPTIONS || answer.size_bytes == 0)
        return;
    for (size_t k = 0; k < count; k++)
        asked->rows[i][k] = rows[k];
    asked->options[i] = (pole_question_option){answer, asked->rows[i], count};
    asked->told.option_count++;
}

static pole_span digits_text(pole_asked *asked, uint32_t number, uint32_t digits)
{
    char *text = asked->texts[asked->told.option_count];
    pole_digits_write(number, (uint8_t)digits, text);
    return (pole_span){text, digits};
}

static pole_span answer_text(const pole_doubt *doubt, pole_asked *asked, uint32_t answer)
{
    const pole_index *index = doubt->index;
    if (asked->told.digit_count > 0)
        return digits_text(asked, answer, asked->told.digit_count);
    switch (asked->told.kind) {
    case POLE_ASK_STREET:
        return pole_strings_at(&index->strings, answer);
    case POLE_ASK_COUNTY:
        return pole_strings_at(&index->strings, index->scheme.scope_names[answer]);
    default:
        return pole_span_of(answer ? "yes" : "no");
    }
}

static void tell_answers(const pole_doubt *doubt, const answer_list *list, pole_asked *asked)
{
    for (size_t i = 0; i < list->count; i++) {
        const listed_answer *answer = &list->answers[i];
        tell_option(asked, answer_text(doubt, asked, answer->answer), answer->row, answer->rows);
    }
}

/* The digit that was heard there is an answer too, though it may leave no pole. */
static void tell_heard(const pole_question_context *context, const answer_list *list,
                       pole_asked *asked)
{
    const pole_question *told = &asked->told;
    if (told->digit_count != 1 || context->heard.size_bytes != told->digits)
        return;
    const char heard = context->heard.data[told->digit - 1];
    if (heard < '0' || heard > '9' || told->option_count == POLE_ASKED_OPTIONS)
        return;
    const uint32_t digit = (uint32_t)(heard - '0');
    for (size_t i = 0; i < list->count; i++)
        if (list->answers[i].answer == digit)
            return;
    tell_option(asked, digits_text(asked, digit, 1), NULL, 0);
}

static bool sound_alike(int32_t language, uint32_t a, uint32_t b)
{
    static const struct {
        int32_t language;
        uint8_t low, high;
    } alike[] = {
        {POLE_LANGUAGE_ZH, 1, 7}, /* yi, qi */
        {POLE_LANGUAGE_ZH, 6, 9}, /* liu, jiu */
        {POLE_LANGUAGE_EN, 5, 9}, /* five, nine */
        {POLE_LANGUAGE_RU, 7, 8}, /* sem, vosem */
    };
    const uint32_t low = a < b ? a : b, high = a < b ? b : a;
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++)
        if (alike[i].language == language && alike[i].low == low && alike[i].high == high)
            return true;
    return false;
}

/* Two digits that sound alike and hold nearly all are asked for as a choice, the less likely one
 * first: people agree with what they hear first. */
static void tell_choice(const pole_question_context *context, const answer_list *list,
                        pole_asked *asked)
{
    if (asked->told.digit_count != 1 || list->count < 2 ||
        list->answers[0].share + list->answers[1].share < BOTH_OF_TWO * list->all ||
        !sound_alike(context->caller_language, list->answers[0].answer, list->answers[1].answer))
        return;
    asked->told.choice[0] = (uint8_t)list->answers[1].answer;
    asked->told.choice[1] = (uint8_t)list->answers[0].answer;
}

/* The numbers that the next pole would have, each with the pole that stands beside it. */
static void tell_neighbours(const pole_doubt *doubt, pole_asked *asked)
{
    size_t told = 0;
    for (size_t i = 0; i < doubt->count && told < NEIGHBOURS_OF; i++) {
        pole_row beside[2];
        if (doubt->rows[i] == POLE_NO_ROW || doubt->shares[i] < LEAST_SHARE)
            continue;
        pole_neighbours_of(doubt->index, doubt->rows[i], beside);
        told++;
        for (unsigned k = 0; k < 2; k++) {
            if (beside[k] == POLE_NO_ROW ||
                pole_distance(pole_position_at(&doubt->index->positions, doubt->rows[i]),
                              pole_position_at(&doubt->index->positions, beside[k])) > NEXT_POLE_M)
                continue;
            if (asked->told.option_count == POLE_ASKED_OPTIONS)
                return;
            const pole_code code = pole_index_code_of(doubt->index, beside[k]);
            tell_option(asked, digits_text(asked, code.number, code.digits), &doubt->rows[i], 1);
        }
    }
}

void pole_question_tell_options(const pole_doubt *doubt, const pole_question_context *context,
                                pole_asked *asked)
{
    const int32_t kind = asked->told.kind;
    asked->told.options = asked->options;
    if (kind == POLE_ASK_NEIGHBOUR) {
        tell_neighbours(doubt, asked);
    } else if (asked->told.digit_count > 0 || kind == POLE_ASK_STREET || kind == POLE_ASK_COUNTY ||
               kind == POLE_ASK_OBJECT) {
        const pole_question_draft draft = {asked->told.digit_count > 0 ? POLE_ASK_DIGITS : kind,
                                           asked->told.digit, asked->told.digit_count, 0, 0};
        pole_split split;
        answer_list list;
        pole_question_split(doubt, &draft, asked->told.digits, context->heard, &split);
        list_answers(doubt, &split, &list);
        tell_answers(doubt, &list, asked);
        tell_heard(context, &list, asked);
        tell_choice(context, &list, asked);
    }
}
