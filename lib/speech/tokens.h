/* SPDX-License-Identifier: MIT
 * A folded text as a row of tokens: words of the table, and what is none of them. Blanks and
 * hyphens are no tokens; each token knows whether one stands before it. */
#ifndef SPEECH_TOKENS_H
#define SPEECH_TOKENS_H

#include <stdbool.h>

#include "speech/fold.h"
#include "speech/words.h"

#define POLE_ROLE_PAUSE (UINT64_C(1) << 62) /* , : and the like */
#define POLE_ROLE_STOP (UINT64_C(1) << 63)  /* . ! and the like; the end of a sentence */

/* What may be a digit, or a part of a number. */
#define POLE_ROLES_NUMBER (POLE_ROLE(DIGIT) | POLE_ROLE(UNIT) | POLE_ROLE(ADD) | POLE_ROLE(PLURAL))

typedef struct {
    uint64_t roles;   /* 0: a word that the table does not know, or another's number */
    uint16_t at, end; /* in the folded text */
    uint16_t row;     /* its first row; meaningless without roles */
    uint8_t rows;
    bool gap : 1;     /* a blank or hyphen stands before it */
    bool letters : 1; /* written in letters, of which a word has several */
    bool another : 1; /* part of a number that is not the code */
    bool secret : 1;  /* part of a telephone number and the like: masked */
} pole_token;

typedef struct {
    uint16_t count;
    pole_folded folded;
    pole_token tokens[POLE_MOST_TEXT_BYTES];
} pole_tokens;

void pole_tokens_read(pole_span text, pole_tokens *tokens);

/* The token's row of a kind, NULL when it has none. */
const pole_word *pole_token_word(const pole_token *token, pole_word_kind kind);

static inline bool pole_token_is(const pole_token *token, uint64_t roles)
{
    return (token->roles & roles) != 0;
}

/* The surely said digit of a token, -1 for none. */
int pole_token_digit(const pole_token *token);

/* A single digit as written in figures. */
static inline bool pole_token_is_figure(const pole_tokens *tokens, const pole_token *token)
{
    const char first = tokens->folded.text[token->at];
    return token->end == token->at + 1 && first >= '0' && first <= '9';
}

/* Whether nothing stands between a token and the one before it. */
static inline bool pole_token_is_glued(const pole_tokens *tokens, size_t i)
{
    return i > 0 && i < tokens->count && tokens->tokens[i - 1].end == tokens->tokens[i].at;
}

#endif
