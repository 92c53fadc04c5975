/* SPDX-License-Identifier: MIT
 * Poles that bear what was heard as another owner's number. */
#ifndef RESOLVE_ALIASES_H
#define RESOLVE_ALIASES_H

#include "index/index.h"
#include "speech/heard.h"

/* Where the search is. Zero it by pole_alias_search_begin(). */
typedef struct {
    const pole_index *index;
    uint32_t at[2], end[2]; /* in the list of aliases: by the text as it stands, by its digits */
    pole_row last;
} pole_alias_search;

void pole_alias_search_begin(pole_alias_search *search, const pole_index *index,
                             const pole_heard *heard);

/* The next pole, in order of row, each once; false at the end. *number: 1 + the place of the alias
 * in the list. */
bool pole_alias_search_next(pole_alias_search *search, pole_row *row, uint32_t *number);

#endif
