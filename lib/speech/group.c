/* SPDX-License-Identifier: MIT
 * Which tokens belong to one group: words of numbers, and what may stand between them unread. */
#include "speech/group.h"

#include <string.h>

#include "speech/told.h"

static const pole_token *token_of(const pole_group_start *start, size_t i)
{
    return start->tokens->tokens + i;
}

/* l and i are ones only between figures; a lone x or o may stand anywhere. */
static bool is_letter_in_word(const pole_group_start *start, size_t i)
{
    const pole_tokens *tokens = start->tokens;
    const pole_token *token = tokens->tokens + i;
    if (token->end != token->at + 1 || !pole_token_is(token, POLE_ROLE(SOUND)))
        return false;
    const char letter = tokens->folded.text[token->at];
    if (letter != 'l' && letter != 'i')
        return false;
    return !(pole_token_is_glued(tokens, i) && i + 1 < tokens->count &&
             pole_token_is_glued(tokens, i + 1) && pole_token_digit(token - 1) >= 0 &&
             pole_token_digit(token + 1) >= 0);
}

/* "517604?" asks, "517?604" and "5 1 7 ? 6 0 4" do not. */
static bool is_question(const pole_group_start *start, size_t i)
{
    const pole_tokens *tokens = start->tokens;
    const pole_token *token = tokens->tokens + i;
    if (tokens->folded.text[token->at] != '?')
        return false;
    const bool behind = i > 0 && pole_token_is(token - 1, POLE_ROLES_IN_GROUP) &&
                        !pole_token_is(token - 1, POLE_ROLE(AFTER));
    const uint64_t words = POLE_ROLE(AFTER) | POLE_ROLE(BEFORE) | POLE_ROLE(COPULA);
    const bool before = i + 1 < tokens->count && pole_token_is(token + 1, POLE_ROLES_IN_GROUP) &&
                        !pole_token_is(token + 1, words);
    if (i > 0 && behind && !token->gap && !before)
        return false; /* at the end of a row it may be a digit: the lattice weighs it */
    return !(before && (!(token + 1)->gap || (behind && token->gap)));
}

/* Three digits glued to a token, before it and behind it: enough to be a code about it. */
static bool is_amid_many(const pole_group_start *start, size_t i)
{
    const pole_tokens *tokens = start->tokens;
    if (i < 3 || i + 3 >= tokens->count)
        return false;
    for (size_t k = 1; k <= 3; k++) {
        if (!pole_token_is_glued(tokens, i + 1 - k) || !pole_token_is_glued(tokens, i + k) ||
            pole_token_digit(token_of(start, i - k)) < 0 ||
            pole_token_digit(token_of(start, i + k)) < 0)
            return false;
    }
    return true;
}

/* One unknown character amid digits that are written without gaps. */
static bool is_hole(const pole_group_start *start, size_t i)
{
    const pole_tokens *tokens = start->tokens;
    const pole_token *token = tokens->tokens + i;
    const bool letter = token->letters && token->end == token->at + 1 && is_amid_many(start, i);
    const bool character = !token->letters && (unsigned char)tokens->folded.text[token->at] >= 0xE0;
    return token->roles == 0 && !token->another && i > 0 && i + 1 < tokens->count &&
           (letter || character) && pole_token_is_glued(tokens, i) &&
           pole_token_is_glued(tokens, i + 1) && pole_token_is(token - 1, POLE_ROLE(DIGIT)) &&
           pole_token_is(token + 1, POLE_ROLE(DIGIT));
}

/* Two whole codes in figures with only a blank between them are two groups. */
static bool is_whole_code_before(const pole_group_start *start, const pole_group *group, size_t i)
{
    const pole_tokens *tokens = start->tokens;
    if (!tokens->tokens[i].gap || !pole_is_length(start->lengths, group->count))
        return false;
    for (size_t k = 0; k < group->count; k++) {
        if (!pole_token_is_figure(tokens, group->parts[k]) || (k > 0 && group->parts[k]->gap))
            return false;
    }
    size_t next = i;
    while (next < tokens->count && next < i + POLE_MOST_PLACES &&
           pole_token_is_figure(tokens, tokens->tokens + next) &&
           (next == i || !tokens->tokens[next].gap))
        next++;
    return pole_is_length(start->lengths, next - i);
}

/* 和 in 五和零反了. */
static bool is_swapped_pair(const pole_group_start *start, size_t i)
{
    const pole_tokens *tokens = start->tokens;
    const pole_token *token = tokens->tokens + i;
    return pole_token_is(token, POLE_ROLE(ALSO)) && i > 0 && i + 2 < tokens->count &&
           pole_token_digit(token - 1) >= 0 && pole_token_digit(token + 1) >= 0 &&
           pole_token_is(token + 2, POLE_ROLE(SWAPPED));
}

/* Whether a token goes on a group, may stand in it unread, or ends it. */
typedef enum { PART, PASSED, ENDS } part_kind;

static part_kind part_of(const pole_group_start *start, size_t i)
{
    const pole_token *token = token_of(start, i);
    pole_told told;
    if (start->ends_at_is && pole_token_is(token, POLE_ROLE(COPULA)))
        return ENDS;
    if (pole_told_read(start->tokens, i, &told) > 0 &&
        !(pole_token_is(token, POLE_ROLE(BACK) | POLE_ROLE(FRONT) | POLE_ROLE(MIDDLE)) &&
          pole_token_is(token, POLE_ROLES_IN_GROUP)))
        return ENDS;
    if (is_letter_in_word(start, i) || is_question(start, i))
        return ENDS;
    if (pole_token_is(token, POLE_ROLES_IN_GROUP))
        return PART;
    if (pole_token_is(token, POLE_ROLE(PLACE)) && !pole_token_is(token, POLE_ROLE(DIGIT)) &&
        i + 1 < start->tokens->count && pole_token_is(token + 1, POLE_ROLE(UNREAD)) &&
        i > start->at && pole_token_is(token - 1, POLE_ROLE(DIGIT)))
        return PART;
    if (is_swapped_pair(start, i))
        return PASSED;
    if (is_hole(start, i) || pole_token_is(token, POLE_ROLE(COPULA)))
        return PART;
    return pole_token_is(token, POLE_ROLE(FILLER)) ? PASSED : ENDS;
}

static void note_part(pole_group *group, const pole_token *token)
{
    if (group->count == POLE_MOST_PARTS) {
        group->overlong = true;
        return;
    }
    group->parts[group->count++] = token;
    group->sure = (uint8_t)(group->sure + (pole_token_is(token, POLE_ROLES_NUMBER) ? 1 : 0));
    group->numerals = group->numerals || pole_token_is(token, POLE_ROLE(UNIT) | POLE_ROLE(ADD));
    group->unread = group->unread || pole_token_is(token, POLE_ROLE(UNREAD));
}

/* A word that a syllable beside it may belong to. */
static bool is_content_word(const pole_token *token)
{
    const uint64_t content = POLE_ROLE(WORD) | POLE_ROLE(STREET) | POLE_ROLE(COUNTER) |
                             POLE_ROLE(LABEL) | POLE_ROLE(PHONE) | POLE_ROLE(OTHER) |
                             POLE_ROLE(PLATE);
    return (token->roles == 0 && !token->another) || pole_token_is(token, content);
}

/* Whether a token and the one before it may be one word, or belong together as words do. */
static bool is_beside(const pole_group_start *start, size_t i)
{
    return i > 0 && (pole_token_is_glued(start->tokens, i) ||
                     (token_of(start, i)->letters && token_of(start, i - 1)->letters));
}

size_t pole_group_read(const pole_group_start *start, pole_group *group)
{
    const pole_tokens *tokens = start->tokens;
    size_t i = start->at;
    size_t end = i;
    memset(group, 0, sizeof *group);
    group->goes_on = start->goes_on;
    group->word_before = is_beside(start, i) && is_content_word(token_of(start, i - 1));
    for (; i < tokens->count; i++) {
        const part_kind kind = part_of(start, i);
        if (kind == ENDS || (group->count > 0 && is_whole_code_before(start, group, i)))
            break;
        if (kind == PART) {
            note_part(group, token_of(start, i));
            end = i + 1;
        }
    }
    /* What does not begin a group does not end it either: "is", 个. */
    while (group->count > 0 && !group->overlong &&
           !pole_token_is(group->parts[group->count - 1], POLE_ROLES_BEGIN_GROUP)) {
        group->count--;
        end = (size_t)(group->parts[group->count] - tokens->tokens);
    }
    group->word_behind =
        end < tokens->count && is_beside(start, end) && is_content_word(token_of(start, end));
    return end;
}
