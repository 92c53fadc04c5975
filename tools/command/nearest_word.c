/* SPDX-License-Identifier: MIT
 * The word that somebody who mistyped may have meant, by Levenshtein's distance. */
#include "nearest_word.h"

#include <string.h>

#define LONGEST_WORD 32

/* Edits that make a of b; both at most LONGEST_WORD. Row by row of the usual table. */
static size_t count_edits(const char *a, size_t a_size, const char *b, size_t b_size)
{
    size_t row[LONGEST_WORD + 1];
    for (size_t j = 0; j <= b_size; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_size; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_size; j++) {
            const size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
            const size_t shorter = row[j] < row[j - 1] ? row[j] : row[j - 1];
            diagonal = row[j];
            row[j] = replaced < shorter + 1 ? replaced : shorter + 1;
        }
    }
    return row[b_size];
}

const char *nearest_word(const char *word, size_t size, const char *const *words, size_t count)
{
    if (size == 0 || size > LONGEST_WORD)
        return NULL;
    const char *nearest = NULL;
    size_t fewest = (size + 2) / 3 < 2 ? (size + 2) / 3 : 2;
    for (size_t i = 0; i < count; i++) {
        const size_t length = strlen(words[i]);
        if (length > LONGEST_WORD)
            continue;
        const size_t edits = count_edits(word, size, words[i], length);
        if (edits < fewest || (edits == fewest && !nearest)) {
            fewest = edits;
            nearest = words[i];
        }
    }
    return nearest;
}
