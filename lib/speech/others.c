/* SPDX-License-Identifier: MIT
 * A number is another's by the words beside it, and by its length: what counts people or names a
 * house is short, a code is not. */
#include "speech/others.h"

#include "speech/numeral.h"

#define SHORT 4         /* digits of a count, a house, a room, a year */
#define FARTHEST 48     /* tokens that are looked at around one, so that time stays linear */
#define PLATE 5         /* signs behind the letter of a number plate, or one more */
#define MOBILE 11       /* digits, from 1 on */
#define WORDS_BETWEEN 2 /* unknown words between "phone" and its number */

/* A row of tokens of numbers, nothing but blanks between them. */
typedef struct {
    size_t first, last; /* last: behind it */
} number_run;

static bool is_number(const pole_token *token)
{
    return pole_token_is(token, POLE_ROLE(DIGIT) | POLE_ROLE(UNIT) | POLE_ROLE(ADD));
}

/* Whether a token belongs to the number that the one before it is of: written without a gap, or
 * spoken in words that always have one. */
static bool goes_on(const pole_tokens *tokens, size_t i, bool across_gaps)
{
    const pole_token *token = tokens->tokens + i;
    return i > 0 && i < tokens->count && is_number(token) && is_number(token - 1) &&
           (across_gaps || !token->gap || (token->letters && (token - 1)->letters));
}

static number_run run_around(const pole_tokens *tokens, size_t i, bool across_gaps)
{
    number_run run = {i, i + 1};
    while (run.first + FARTHEST > i && goes_on(tokens, run.first, across_gaps))
        run.first--;
    while (run.last < i + FARTHEST && goes_on(tokens, run.last, across_gaps))
        run.last++;
    return run;
}

static size_t size_of(number_run run)
{
    return run.last - run.first;
}

static bool is_length(uint32_t lengths, size_t digits)
{
    return digits < 32 && (lengths >> digits & 1) != 0;
}

static void set_apart(pole_tokens *tokens, number_run run, bool secret, pole_other_numbers *found)
{
    for (size_t i = run.first; i < run.last; i++) {
        tokens->tokens[i].roles = 0;
        tokens->tokens[i].another = true;
        tokens->tokens[i].secret = secret;
    }
    found->any = found->any || run.last > run.first;
}

/* Where the numeral begins that ends with the run: 三十 in 六零四三十个人. The run's end when there
 * is none. */
static size_t numeral_within(const pole_tokens *tokens, number_run run)
{
    const pole_token *parts[FARTHEST * 2];
    pole_numeral_end ends[POLE_MOST_NUMERALS];
    const size_t longest = 16;
    size_t first = size_of(run) > longest ? run.last - longest : run.first;
    for (; first < run.last; first++) {
        size_t count = 0;
        for (size_t i = first; i < run.last; i++)
            parts[count++] = tokens->tokens + i;
        const size_t found = pole_numerals(parts, count, ends);
        if (found > 0 && ends[found - 1].parts == count)
            return first;
    }
    return run.last;
}

/* The part of a run that a word behind it counts; empty when the run is a code. */
static number_run counted(const pole_tokens *tokens, size_t last_token, uint32_t lengths)
{
    number_run run = run_around(tokens, last_token, false);
    run.last = last_token + 1;
    const size_t whole = size_of(run_around(tokens, last_token, true));
    const size_t numeral = numeral_within(tokens, run);
    if (numeral < run.last) {
        run.first = numeral;
        return run;
    }
    const size_t digits = size_of(run);
    if (is_length(lengths, digits) || is_length(lengths, whole))
        run.first = run.last;
    else if (is_length(lengths, whole - 1))
        run.first = run.last - 1;
    else if (digits > SHORT)
        run.first =
            run.last - (is_length(lengths, digits - 2) ? 2 : is_length(lengths, digits - 1));
    return run;
}

/* A short number from token i on, blanks and 是 before it skipped; empty when there is none. */
static number_run short_number_from(const pole_tokens *tokens, size_t i)
{
    number_run none = {i, i};
    while (
        i < tokens->count && !is_number(tokens->tokens + i) &&
        pole_token_is(tokens->tokens + i, POLE_ROLE(COPULA) | POLE_ROLE(FILLER) | POLE_ROLE(PLACE)))
        i++;
    if (i >= tokens->count || !is_number(tokens->tokens + i))
        return none;
    const number_run run = run_around(tokens, i, false);
    const size_t whole = size_of(run_around(tokens, i, true));
    const bool numeral = numeral_within(tokens, run) == run.first;
    return run.first == i && (numeral ? size_of(run) <= 7 : whole <= SHORT) ? run : none;
}

/* 三个坏人: 个 before a word that is no digit. */
static bool counts_unknown(const pole_tokens *tokens, size_t i)
{
    if (!pole_token_is(tokens->tokens + i, POLE_ROLE(EACH)) || i + 1 >= tokens->count)
        return false;
    const pole_token *next = tokens->tokens + i + 1;
    return (next->roles == 0 && !next->another) || pole_token_is(next, POLE_ROLE(WORD));
}

/* 一二三似五六期: with it the unbroken row before it, sounds counted, is as long as a code. */
static bool completes(const pole_tokens *tokens, size_t i, uint32_t lengths)
{
    size_t first = i;
    while (first > 0 && i - first < FARTHEST && pole_token_is_glued(tokens, first) &&
           (is_number(tokens->tokens + first - 1) ||
            pole_token_is(tokens->tokens + first - 1, POLE_ROLE(SOUND))))
        first--;
    return i - first > SHORT && is_length(lengths, i - first + 1);
}

/* 期 in 五一期二 is a seven; in 一死两伤 both are counters. */
static bool is_sound(const pole_tokens *tokens, size_t i, uint32_t lengths)
{
    const pole_token *token = tokens->tokens + i;
    if (!pole_token_is(token, POLE_ROLE(SOUND)))
        return false;
    return completes(tokens, i, lengths) ||
           (pole_token_is_glued(tokens, i + 1) && is_number(token + 1) &&
            !(i + 2 < tokens->count && pole_token_is(token + 2, POLE_ROLE(COUNTER))));
}

/* 五一七二点六零四: 点 is a point, when a code is about it. */
static bool is_point(const pole_tokens *tokens, size_t i, uint32_t lengths)
{
    const pole_token *token = tokens->tokens + i;
    if (!pole_token_is(token, POLE_ROLE(FILLER)) || i + 1 >= tokens->count || !is_number(token + 1))
        return false;
    const size_t before = size_of(run_around(tokens, i - 1, false));
    const size_t behind = size_of(run_around(tokens, i + 1, false));
    return before > 2 && is_length(lengths, before + behind);
}

/* 一共七位: how many there are, and not 前七位. */
static bool tells_length(const pole_tokens *tokens, size_t i)
{
    const uint64_t told = POLE_ROLE(NTH) | POLE_ROLE(FROM_END) | POLE_ROLE(FRONT) |
                          POLE_ROLE(BACK) | POLE_ROLE(MIDDLE);
    const pole_token *token = tokens->tokens + i;
    if (token->letters || !pole_token_is(token, POLE_ROLE(PLACE)) ||
        (i + 1 < tokens->count && pole_token_is(token + 1, POLE_ROLE(UNREAD))))
        return false;
    const number_run run = run_around(tokens, i - 1, true);
    return size_of(run) == 1 &&
           !(run.first > 0 && pole_token_is(tokens->tokens + run.first - 1, told));
}

static bool counts(const pole_tokens *tokens, size_t i, uint32_t lengths)
{
    const pole_token *token = tokens->tokens + i;
    if (i == 0 || !is_number(token - 1))
        return false;
    if (pole_token_is(token, POLE_ROLE(COUNTER)))
        return !is_sound(tokens, i, lengths) && !is_point(tokens, i, lengths);
    return counts_unknown(tokens, i) || tells_length(tokens, i);
}

static void counters(pole_tokens *tokens, size_t i, uint32_t lengths, pole_other_numbers *found)
{
    const pole_token *token = tokens->tokens + i;
    if (!counts(tokens, i, lengths))
        return;
    const pole_word *counter = pole_token_word(token, POLE_WORD_COUNTER);
    number_run run = counted(tokens, i - 1, lengths);
    if (counter != NULL && counter->value == 2)
        run = run_around(tokens, i - 1, false);
    if (size_of(run) == 0)
        return;
    set_apart(tokens, run, false, found);
    if (counter != NULL && counter->value == 1) {
        /* 九点二十, 3单元502; a counter behind it as well: 九点二十分 */
        const number_run more = short_number_from(tokens, i + 1);
        if (size_of(more) > 0 && more.first == i + 1)
            set_apart(tokens, more, false, found);
    }
}

/* 新阳路五十六号, room 302 */
static void labels(pole_tokens *tokens, size_t i, pole_other_numbers *found)
{
    const pole_token *token = tokens->tokens + i;
    if (!pole_token_is(token, POLE_ROLE(LABEL) | POLE_ROLE(STREET)))
        return;
    const number_run run = short_number_from(tokens, i + 1);
    if (size_of(run) > 0)
        set_apart(tokens, run, false, found);
}

/* 五十六号, where no other digits stand before it. */
static void house_numbers(pole_tokens *tokens, size_t i, pole_other_numbers *found)
{
    const pole_token *token = tokens->tokens + i;
    if (!pole_token_is(token, POLE_ROLE(HAO)) || i == 0 || !is_number(token - 1))
        return;
    const number_run run = run_around(tokens, i - 1, true);
    if (size_of(run) >= SHORT || run.first == 0)
        return;
    const pole_token *before = tokens->tokens + run.first - 1;
    const uint64_t words = POLE_ROLE(STREET) | POLE_ROLE(COUNTER) | POLE_ROLE(WORD);
    if ((before->roles == 0 && !before->another) || pole_token_is(before, words))
        set_apart(tokens, run, false, found);
}

static int figure(const pole_tokens *tokens, size_t i)
{
    return i < tokens->count && pole_token_is_figure(tokens, tokens->tokens + i)
               ? pole_token_digit(tokens->tokens + i)
               : -1;
}

/* 9:30, 21：05 */
static void clocks(pole_tokens *tokens, size_t i, pole_other_numbers *found)
{
    const pole_token *token = tokens->tokens + i;
    if (tokens->folded.text[token->at] != ':' || !pole_token_is_glued(tokens, i) ||
        !pole_token_is_glued(tokens, i + 1) || figure(tokens, i + 1) < 0 ||
        figure(tokens, i - 1) < 0)
        return;
    const number_run before = run_around(tokens, i - 1, false);
    const number_run behind = run_around(tokens, i + 1, false);
    if (size_of(before) <= 2 && size_of(behind) == 2) {
        set_apart(tokens, before, false, found);
        set_apart(tokens, behind, false, found);
    }
}

/* A decimal number in figures from token i on, "45.77": its tokens, and what stands before its
 * point; false when there is none. */
static bool read_decimal(const pole_tokens *tokens, size_t i, number_run *run, int *whole)
{
    if (figure(tokens, i) < 0)
        return false;
    *run = run_around(tokens, i, false);
    const size_t point = run->last;
    if (run->first != i || size_of(*run) > 3 || figure(tokens, point + 1) < 0 ||
        tokens->folded.text[tokens->tokens[point].at] != '.' ||
        !pole_token_is_glued(tokens, point) || !pole_token_is_glued(tokens, point + 1))
        return false;
    *whole = 0;
    for (size_t k = i; k < point; k++)
        *whole = 10 * *whole + pole_token_digit(tokens->tokens + k);
    run->last = run_around(tokens, point + 1, false).last;
    return true;
}

/* "45.77, 126.61": a position. */
static void coordinates(pole_tokens *tokens, size_t i, pole_other_numbers *found)
{
    number_run first, second;
    int a, b;
    if (goes_on(tokens, i, false) || !read_decimal(tokens, i, &first, &a))
        return;
    size_t next = first.last;
    if (next < tokens->count && tokens->folded.text[tokens->tokens[next].at] == '.')
        return;
    while (next < tokens->count && next < first.last + 3 && figure(tokens, next) < 0)
        next++;
    if (!read_decimal(tokens, next, &second, &b) || a > 180 || b > 180 || (a > 90 && b > 90))
        return;
    set_apart(tokens, first, false, found);
    set_apart(tokens, second, false, found);
}

/* Groups of figures with one sign between them: 2026-11-24, 192.168.1.1. Returns how many. */
static size_t read_groups(const pole_tokens *tokens, size_t i, number_run groups[4])
{
    size_t count = 0;
    while (count < 4 && figure(tokens, i) >= 0) {
        number_run run = {i, i};
        while (figure(tokens, run.last) >= 0 &&
               (run.last == i || pole_token_is_glued(tokens, run.last)))
            run.last++;
        groups[count++] = run;
        i = run.last;
        if (i < tokens->count && pole_token_is(tokens->tokens + i, POLE_ROLE_PAUSE))
            i++;
    }
    return count;
}

static int value_of(const pole_tokens *tokens, number_run run)
{
    int value = 0;
    for (size_t i = run.first; i < run.last && i < run.first + 4; i++)
        value = 10 * value + pole_token_digit(tokens->tokens + i);
    return value;
}

/* Dates, and addresses of the internet unless they are as long as a code. */
static void dates(pole_tokens *tokens, size_t i, uint32_t lengths, pole_other_numbers *found)
{
    number_run groups[4];
    if (figure(tokens, i) < 0 || pole_token_is_glued(tokens, i))
        return;
    const size_t count = read_groups(tokens, i, groups);
    if (count < 3)
        return;
    const int year = value_of(tokens, groups[0]);
    const char sign = tokens->folded.text[tokens->tokens[groups[0].last - 1].end];
    const bool date = sign != ' ' && size_of(groups[0]) == 4 && year > 1900 && year < 2100 &&
                      size_of(groups[1]) <= 2 && value_of(tokens, groups[1]) <= 12 &&
                      size_of(groups[2]) <= 2 && value_of(tokens, groups[2]) <= 31;
    size_t digits = 0, points = 0;
    for (size_t k = 0; k < count; k++) {
        digits += size_of(groups[k]) <= 3 ? size_of(groups[k]) : POLE_MOST_TEXT_BYTES;
        points += k > 0 && tokens->folded.text[tokens->tokens[groups[k].first - 1].at] == '.';
    }
    const bool address = points == 3 && digits <= 12 && !is_length(lengths, digits);
    for (size_t k = 0; k < (date ? 3 : address ? 4 : 0); k++)
        set_apart(tokens, groups[k], false, found);
}

/* LFV3A23C0E3012345: figures amid letters that are no signs of digits. */
static void serials(pole_tokens *tokens, size_t i, pole_other_numbers *found)
{
    const uint64_t signs = POLE_ROLES_NUMBER | POLE_ROLE(SOUND) | POLE_ROLE(UNREAD);
    number_run run = {i, i};
    unsigned letters = 0;
    if (pole_token_is_glued(tokens, i) &&
        (figure(tokens, i - 1) >= 0 || tokens->tokens[i - 1].letters))
        return;
    while (run.last < tokens->count && (run.last == i || pole_token_is_glued(tokens, run.last)) &&
           (figure(tokens, run.last) >= 0 || tokens->tokens[run.last].letters)) {
        const pole_token *token = tokens->tokens + run.last++;
        letters += token->letters && !pole_token_is(token, signs);
    }
    if (letters > 1)
        set_apart(tokens, run, size_of(run) > 2 * SHORT, found);
}

/* 黑A12345, and A12, K5: a letter that the figures are glued to. */
static void plates(pole_tokens *tokens, size_t i, pole_other_numbers *found)
{
    const pole_token *token = tokens->tokens + i;
    if (!token->letters || token->end - token->at > 2 || i + 1 >= tokens->count ||
        !is_number(token + 1))
        return;
    if (pole_token_is_glued(tokens, i) && is_number(token - 1))
        return; /* 517N604: one sign of a code */
    const bool plate = i > 0 && pole_token_is(token - 1, POLE_ROLE(PLATE));
    if (!plate && (token->roles != 0 || token->end - token->at != 1))
        return;
    number_run run = run_around(tokens, i + 1, false);
    if (plate && size_of(run) < PLATE)
        run = run_around(tokens, i + 1, true);
    if (plate ? size_of(run) <= 2 * SHORT : (!(token + 1)->gap && size_of(run) <= SHORT))
        set_apart(tokens, run, plate, found);
}

/* Eleven digits from 13 to 19 on, with or without the country's 86. */
static bool is_mobile(const pole_tokens *tokens, number_run run)
{
    const pole_token *first = tokens->tokens + run.first;
    size_t size = size_of(run);
    if (size == MOBILE + 2 && pole_token_digit(first) == 8 && pole_token_digit(first + 1) == 6) {
        first += 2;
        size -= 2;
    }
    return size == MOBILE && pole_token_digit(first) == 1 && pole_token_digit(first + 1) >= 3;
}

/* Ten to twelve digits from 0 on (Chinese numbering plan). */
static bool is_landline(const pole_tokens *tokens, number_run run)
{
    return size_of(run) >= 10 && size_of(run) <= 12 &&
           pole_token_digit(tokens->tokens + run.first) == 0;
}

static void telephones(pole_tokens *tokens, size_t i, pole_other_numbers *found)
{
    if (!is_number(tokens->tokens + i) || goes_on(tokens, i, false))
        return;
    number_run run = run_around(tokens, i, false);
    if (!is_mobile(tokens, run)) {
        if (goes_on(tokens, i, true))
            return;
        run = run_around(tokens, i, true);
        if (!is_landline(tokens, run) && !is_mobile(tokens, run))
            return;
    }
    set_apart(tokens, run, true, found);
    found->phone = true;
}

/* The number that a word like "phone" names: groups up to a telephone's length, pauses between. */
static number_run named_number(const pole_tokens *tokens, size_t i)
{
    number_run none = {i, i};
    unsigned words = 0, pauses = 0;
    if (i < tokens->count && pole_token_is(tokens->tokens + i, POLE_ROLE(PLACE)))
        i++; /* "phone number" */
    for (; i < tokens->count && !is_number(tokens->tokens + i); i++) {
        const pole_token *token = tokens->tokens + i;
        pauses += pole_token_is(token, POLE_ROLE_PAUSE);
        words += token->roles == 0 || pole_token_is(token, POLE_ROLE(SOUND));
        if (pole_token_is(token, POLE_ROLE_STOP | POLE_ROLE(CODE)) || token->another ||
            words > WORDS_BETWEEN || (pauses > 0 && words > 0) || pauses > 1)
            return none;
    }
    if (i >= tokens->count)
        return none;
    number_run all = run_around(tokens, i, true);
    while (size_of(all) != 7 && size_of(all) != 8 && all.last + 1 < tokens->count &&
           pole_token_is(tokens->tokens + all.last, POLE_ROLE_PAUSE) &&
           is_number(tokens->tokens + all.last + 1)) {
        const number_run next = run_around(tokens, all.last + 1, true);
        if (next.last - all.first > MOBILE + 2)
            break;
        all.last = next.last;
    }
    return all;
}

static void named_numbers(pole_tokens *tokens, size_t i, pole_other_numbers *found)
{
    const pole_token *token = tokens->tokens + i;
    const bool phone = pole_token_is(token, POLE_ROLE(PHONE));
    if (!phone && !pole_token_is(token, POLE_ROLE(OTHER)))
        return;
    if (phone && pole_token_word(token, POLE_WORD_PHONE)->value == 1 &&
        !(i + 1 < tokens->count && is_number(token + 1)))
        return; /* 打 is a word of many uses */
    number_run run = named_number(tokens, i + 1);
    if (size_of(run) == 0) {
        /* "5550123 is my phone" */
        size_t at = i;
        while (at > 0 && i - at < 3 && !is_number(tokens->tokens + at - 1) &&
               !pole_token_is(tokens->tokens + at - 1, POLE_ROLE_PAUSE | POLE_ROLE_STOP))
            at--;
        if (at == 0 || !is_number(tokens->tokens + at - 1) ||
            !pole_token_is(tokens->tokens + at, POLE_ROLE(COPULA)))
            return;
        run = run_around(tokens, at - 1, true);
    }
    found->phone = found->phone || (phone && size_of(run) > SHORT);
    set_apart(tokens, run, true, found);
}

static bool is_emergency(const pole_tokens *tokens, number_run run)
{
    char text[4];
    if (size_of(run) != 3)
        return false;
    for (size_t i = 0; i < 3; i++) {
        const int digit = pole_token_digit(tokens->tokens + run.first + i);
        if (digit < 0)
            return false;
        text[i] = (char)('0' + digit);
    }
    const pole_word_rows rows = pole_words_exact(text, 3);
    return rows.count > 0 && pole_words[rows.first].kind == POLE_WORD_EMERGENCY;
}

/* Digits from token i on (step 1) or up to it (step -1), blanks and pauses between them. */
static size_t digits_beside(const pole_tokens *tokens, size_t i, int step)
{
    size_t digits = 0;
    for (size_t seen = 0; seen < FARTHEST && i < tokens->count; seen++, i += (size_t)step) {
        const pole_token *token = tokens->tokens + i;
        const uint64_t others = POLE_ROLE(UNREAD) | POLE_ROLE(SOUND) | POLE_ROLE(PLURAL);
        if (is_number(token) || pole_token_is(token, others))
            digits++;
        else if (!pole_token_is(token, POLE_ROLE_PAUSE | POLE_ROLE(FILLER) | POLE_ROLE(EACH) |
                                           POLE_ROLE(TIMES)))
            break;
        if (i == 0 && step < 0)
            break;
    }
    return digits;
}

/* Whether what stands before a number wants digits: 前三位一二零, "sorry, nine one one". */
static bool wants_digits(const pole_tokens *tokens, size_t i)
{
    const uint64_t passed = POLE_ROLE_PAUSE | POLE_ROLE(FILLER) | POLE_ROLE(COPULA);
    const uint64_t wanting = POLE_ROLE(PLACE) | POLE_ROLE(FRONT) | POLE_ROLE(BACK) |
                             POLE_ROLE(MIDDLE) | POLE_ROLE(CORRECT) | POLE_ROLE(NOT) |
                             POLE_ROLE(SWAPPED);
    while (i > 0 && pole_token_is(&tokens->tokens[i - 1], passed))
        i--;
    return i > 0 && pole_token_is(&tokens->tokens[i - 1], wanting);
}

/* 110 alone is the number called, or the words above the code; 110 that a code lacks three digits
 * without is a part of it. */
static void emergencies(pole_tokens *tokens, size_t i, uint32_t lengths, pole_other_numbers *found)
{
    if (!is_number(tokens->tokens + i) || goes_on(tokens, i, false))
        return;
    const number_run run = run_around(tokens, i, false);
    if (!is_emergency(tokens, run) || wants_digits(tokens, i) ||
        (run.last < tokens->count && pole_token_is(tokens->tokens + run.last, POLE_ROLE(EACH))))
        return;
    const size_t before = i > 0 ? digits_beside(tokens, i - 1, -1) : 0;
    const size_t behind = digits_beside(tokens, run.last, 1);
    if (before + behind == 0 || (is_length(lengths, before) && behind == 0) ||
        (is_length(lengths, behind) && before == 0))
        set_apart(tokens, run, false, found);
}

void pole_set_others_apart(pole_tokens *tokens, uint32_t lengths, pole_other_numbers *found)
{
    *found = (pole_other_numbers){false, false};
    for (size_t i = 0; i < tokens->count; i++) {
        coordinates(tokens, i, found);
        serials(tokens, i, found);
    }
    for (size_t i = 0; i < tokens->count; i++)
        telephones(tokens, i, found);
    for (size_t i = 0; i < tokens->count; i++)
        named_numbers(tokens, i, found);
    for (size_t i = 0; i < tokens->count; i++) {
        plates(tokens, i, found);
        dates(tokens, i, lengths, found);
        clocks(tokens, i, found);
        counters(tokens, i, lengths, found);
    }
    for (size_t i = 0; i < tokens->count; i++) {
        labels(tokens, i, found);
        house_numbers(tokens, i, found);
        emergencies(tokens, i, lengths, found);
    }
}
