/* SPDX-License-Identifier: MIT
 * Reading tokens: of all words that begin here the longest, and for letters only whole words, but
 * pinyin and zhuyin, which are also written run together. */
#include "speech/tokens.h"

#include <string.h>

#include "base/utf8.h"

#define LONGEST_WORD 72    /* bytes; the longest of the table has fewer */
#define FEWEST_SYLLABLES 3 /* of pinyin: "san" and "si" alone are words of other languages too */

typedef enum { NO_LETTER, LATIN, CYRILLIC, BOPOMOFO } letter_kind;

static letter_kind letter_kind_of(uint32_t character)
{
    if ((character >= 'a' && character <= 'z') || character == '\'' ||
        (character >= 0xC0 && character < 0x250 && character != 0xD7 && character != 0xF7))
        return LATIN;
    if (character >= 0x0400 && character < 0x0530)
        return CYRILLIC;
    if (character >= 0x3105 && character <= 0x312F)
        return BOPOMOFO;
    return NO_LETTER;
}

static uint32_t character_at(const pole_folded *folded, size_t at, size_t *end)
{
    *end = at;
    if (at >= folded->size)
        return 0;
    return pole_utf8_next(folded->text, folded->size, end);
}

static size_t end_of_letters(const pole_folded *folded, size_t at)
{
    size_t end = at, next;
    const letter_kind kind = letter_kind_of(character_at(folded, at, &next));
    while (end < folded->size && letter_kind_of(character_at(folded, end, &next)) == kind)
        end = next;
    return end;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '-';
}

/* The text from a place on as the table spells it: blanks between letters are one blank, others
 * none. */
typedef struct {
    const pole_folded *folded;
    char key[LONGEST_WORD];
    uint16_t end[LONGEST_WORD]; /* behind each byte of key: the place in the folded text */
    size_t size;
} spelling;

static void spell(const pole_folded *folded, size_t at, spelling *spelled)
{
    spelled->folded = folded;
    spelled->size = 0;
    bool letters = false;
    while (at < folded->size && spelled->size + 5 < LONGEST_WORD) {
        size_t next = at;
        while (next < folded->size && is_blank(folded->text[next]))
            next++;
        const bool blank = next > at;
        at = next;
        const uint32_t character = character_at(folded, at, &next);
        if (next == at)
            break;
        const bool is_letter = letter_kind_of(character) != NO_LETTER;
        if (blank && (letters || is_letter)) {
            spelled->end[spelled->size] = (uint16_t)at;
            spelled->key[spelled->size++] = ' ';
        }
        for (; at < next; at++) {
            spelled->end[spelled->size] = (uint16_t)(at + 1);
            spelled->key[spelled->size++] = folded->text[at];
        }
        letters = is_letter;
    }
}

/* A word of letters ends where its letters do; of figures each is a word. */
static bool may_end(const void *context, size_t size)
{
    const spelling *spelled = context;
    const pole_folded *folded = spelled->folded;
    const char last = spelled->key[size - 1];
    size_t end;
    if (last >= '0' && last <= '9')
        return size == 1;
    if ((unsigned char)last < 0x80 && !(last >= 'a' && last <= 'z') && last != '\'')
        return true;
    size_t at = size - 1;
    while (at > 0 && ((unsigned char)spelled->key[at] & 0xC0) == 0x80)
        at--;
    size_t key_at = at;
    const letter_kind kind = letter_kind_of(pole_utf8_next(spelled->key, size, &key_at));
    return kind == NO_LETTER ||
           letter_kind_of(character_at(folded, spelled->end[size - 1], &end)) != kind;
}

static uint64_t roles_of(pole_word_rows rows)
{
    uint64_t roles = 0;
    for (unsigned i = 0; i < rows.count; i++)
        roles |= UINT64_C(1) << pole_words[rows.first + i].kind;
    return roles;
}

static pole_token *add(pole_tokens *tokens, size_t at, size_t end, pole_word_rows rows, bool gap)
{
    pole_token *token = tokens->tokens + tokens->count++;
    memset(token, 0, sizeof *token);
    token->at = (uint16_t)at;
    token->end = (uint16_t)end;
    token->row = rows.first;
    token->rows = (uint8_t)rows.count;
    token->roles = roles_of(rows);
    token->gap = gap;
    return token;
}

#define LONGEST_RUN 128 /* letters that are read as syllables run together */

static pole_word_rows syllable(const char *text, size_t size)
{
    const pole_word_rows rows = pole_words_exact(text, size);
    for (unsigned i = 0; i < rows.count; i++) {
        const pole_word *word = pole_words + rows.first + i;
        if ((word->language == POLE_SPOKEN_PINYIN || word->language == POLE_SPOKEN_ZHUYIN) &&
            (word->kind == POLE_WORD_DIGIT || word->kind == POLE_WORD_UNIT))
            return rows;
    }
    return (pole_word_rows){0, 0};
}

/* Cuts letters into syllables that are digits, the longest first; false when that cannot be. */
static bool add_syllables(pole_tokens *tokens, size_t at, size_t end, bool gap)
{
    const char *text = tokens->folded.text;
    uint8_t taken[LONGEST_RUN + 1] = {0}; /* of each place: the syllable that can begin there */
    const size_t size = end - at;
    if (size > LONGEST_RUN)
        return false;
    for (size_t i = size; i-- > 0;) {
        for (size_t length = 15; length > 0 && taken[i] == 0; length--) {
            if (i + length <= size && (i + length == size || taken[i + length] != 0) &&
                syllable(text + at + i, length).count > 0)
                taken[i] = (uint8_t)length;
        }
    }
    if (taken[0] == 0)
        return false;
    for (size_t i = 0; i < size; i += taken[i]) {
        add(tokens, at + i, at + i + taken[i], syllable(text + at + i, taken[i]), gap && i == 0)
            ->letters = true;
    }
    return true;
}

/* "xx", "oo": signs for digits, not a word. */
static bool is_signs(const pole_folded *folded, size_t at, size_t end)
{
    size_t next;
    const uint32_t first = character_at(folded, at, &next);
    if (first != 'x' && first != 'o' && first != 0x0445 && first != 0x043E)
        return false;
    while (at < end) {
        if (character_at(folded, at, &next) != first)
            return false;
        at = next;
    }
    return true;
}

/* In "si4" the figure is a tone; in "si42" it is none. */
static size_t skip_tone(const pole_folded *folded, size_t end)
{
    const char *text = folded->text;
    const bool tone =
        text[end] >= '1' && text[end] <= '5' && !(text[end + 1] >= '0' && text[end + 1] <= '9');
    return tone ? end + 1 : end;
}

static bool is_pinyin(const pole_token *token)
{
    for (unsigned i = 0; i < token->rows; i++) {
        if (pole_words[token->row + i].language == POLE_SPOKEN_PINYIN)
            return true;
    }
    return false;
}

/* Letters that are no word of the table; returns where they end. */
static size_t add_letters(pole_tokens *tokens, size_t at, bool gap)
{
    const pole_folded *folded = &tokens->folded;
    const size_t end = end_of_letters(folded, at);
    if (is_signs(folded, at, end)) {
        for (size_t i = at, next; i < end; i = next) {
            (void)character_at(folded, i, &next);
            add(tokens, i, next, pole_words_exact(folded->text + i, next - i), gap && i == at)
                ->letters = true;
        }
        return end;
    }
    if (!add_syllables(tokens, at, end, gap))
        add(tokens, at, end, (pole_word_rows){0, 0}, gap)->letters = true;
    return end;
}

static bool is_digit_word(pole_word_rows rows)
{
    return (roles_of(rows) & POLE_ROLE(DIGIT)) != 0;
}

/* 一起 amid digits, 五一起二, is no word but two digits, one of them by its sound. */
static bool is_word_amid_digits(const pole_tokens *tokens, size_t at, size_t end,
                                pole_word_rows rows)
{
    const pole_folded *folded = &tokens->folded;
    const pole_token *before = tokens->tokens + tokens->count - 1;
    size_t next;
    (void)character_at(folded, end, &next);
    return roles_of(rows) == POLE_ROLE(WORD) && tokens->count > 0 && before->end == at &&
           pole_token_digit(before) >= 0 &&
           is_digit_word(pole_words_exact(folded->text + end, next - end));
}

static size_t add_token(pole_tokens *tokens, size_t at, bool gap)
{
    const pole_folded *folded = &tokens->folded;
    size_t next, matched;
    const uint32_t character = character_at(folded, at, &next);
    const letter_kind kind = letter_kind_of(character);
    spelling spelled;
    spell(folded, at, &spelled);
    const pole_word_rows rows =
        pole_words_longest(spelled.key, spelled.size, may_end, &spelled, &matched);
    size_t end = next;
    if (rows.count > 0 && kind == NO_LETTER &&
        is_word_amid_digits(tokens, at, spelled.end[matched - 1], rows)) {
        add(tokens, at, next, pole_words_exact(folded->text + at, next - at), gap);
    } else if (rows.count > 0) {
        end = spelled.end[matched - 1];
        add(tokens, at, end, rows, gap)->letters = kind != NO_LETTER;
    } else if (kind != NO_LETTER) {
        end = add_letters(tokens, at, gap);
    } else {
        add(tokens, at, next, rows, gap);
    }
    pole_token *last = tokens->tokens + tokens->count - 1;
    if (kind == LATIN && end - at > 1 && (last->rows == 0 || is_pinyin(last))) {
        end = skip_tone(folded, end);
        last->end = (uint16_t)end;
    }
    return end;
}

/* Punctuation between figures is a part of the number; elsewhere it ends something. */
static uint64_t punctuation(const pole_folded *folded, size_t at)
{
    const char *text = folded->text;
    const bool figure_behind = text[at + 1] >= '0' && text[at + 1] <= '9';
    switch (text[at]) {
    case POLE_FOLDED_PAUSE:
    case ':':
        return POLE_ROLE_PAUSE;
    case POLE_FOLDED_STOP:
        return POLE_ROLE_STOP;
    case '.':
        return figure_behind ? POLE_ROLE_PAUSE : POLE_ROLE_STOP;
    default:
        return 0;
    }
}

static bool has_row(const pole_token *token, pole_spoken_language language, pole_word_kind kind)
{
    for (unsigned i = 0; i < token->rows; i++) {
        const pole_word *word = pole_words + token->row + i;
        if (word->language == language && word->kind == kind)
            return true;
    }
    return false;
}

/* "wu一7": glued to a digit that is no letters. */
static bool is_beside_digit(const pole_tokens *tokens, size_t i)
{
    const pole_token *token = tokens->tokens + i;
    return (pole_token_is_glued(tokens, i) && !token[-1].letters &&
            pole_token_digit(token - 1) >= 0) ||
           (pole_token_is_glued(tokens, i + 1) && !token[1].letters &&
            pole_token_digit(token + 1) >= 0);
}

/* Syllables of pinyin are words of other languages too ("er", "ba", "san"): a few of them alone
 * are no digits, and among English digits they are what they are in English. */
static void settle_language(pole_tokens *tokens)
{
    unsigned pinyin = 0, english = 0;
    bool others = false; /* words of letters that are none of its syllables */
    for (size_t i = 0; i < tokens->count; i++) {
        const pole_token *token = tokens->tokens + i;
        pinyin += has_row(token, POLE_SPOKEN_PINYIN, POLE_WORD_DIGIT) ||
                  has_row(token, POLE_SPOKEN_PINYIN, POLE_WORD_UNIT);
        english += has_row(token, POLE_SPOKEN_EN, POLE_WORD_DIGIT);
        others = others || (token->letters && !is_pinyin(token));
    }
    const bool is_pinyin_text = pinyin > english && (pinyin >= FEWEST_SYLLABLES || !others);
    for (size_t i = 0; i < tokens->count; i++) {
        pole_token *token = tokens->tokens + i;
        uint64_t roles = 0;
        if (!is_pinyin(token))
            continue;
        const bool amid = is_beside_digit(tokens, i);
        for (unsigned j = 0; j < token->rows; j++) {
            const pole_word *word = pole_words + token->row + j;
            if ((word->language == POLE_SPOKEN_PINYIN) == (is_pinyin_text || amid))
                roles |= UINT64_C(1) << word->kind;
        }
        token->roles = roles;
    }
}

void pole_tokens_read(pole_span text, pole_tokens *tokens)
{
    const pole_folded *folded = &tokens->folded;
    bool gap = false;
    tokens->count = 0;
    pole_fold(text, &tokens->folded);
    for (size_t at = 0; at < folded->size;) {
        if (is_blank(folded->text[at])) {
            gap = true;
            at++;
            continue;
        }
        const uint64_t mark = punctuation(folded, at);
        if (mark != 0) {
            add(tokens, at, at + 1, (pole_word_rows){0, 0}, gap)->roles = mark;
            at++;
        } else {
            at = add_token(tokens, at, gap);
        }
        gap = false;
    }
    settle_language(tokens);
}

const pole_word *pole_token_word(const pole_token *token, pole_word_kind kind)
{
    for (unsigned i = 0; i < token->rows; i++) {
        const pole_word *word = pole_words + token->row + i;
        if (word->kind == kind)
            return word;
    }
    return NULL;
}

int pole_token_digit(const pole_token *token)
{
    if (!pole_token_is(token, POLE_ROLE(DIGIT)))
        return -1;
    return (int)pole_token_word(token, POLE_WORD_DIGIT)->value;
}
