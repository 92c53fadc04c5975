/* SPDX-License-Identifier: MIT
 * The word that somebody who mistyped may have meant. */
#ifndef COMMAND_NEAREST_WORD_H
#define COMMAND_NEAREST_WORD_H

#include <stddef.h>

/* The one of `words` that the fewest single edits (insert, delete, replace) make of word[0..size);
 * NULL when even that takes more than a third of its letters, and two at most. */
const char *nearest_word(const char *word, size_t size, const char *const *words, size_t count);

#endif
