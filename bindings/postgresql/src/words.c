/* SPDX-License-Identifier: MIT
 *
 * Bits of the library as lists of words. */
#include "words.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

Datum words_of_bits(uint32_t bits, const char *(*name)(uint32_t bit))
{
    Datum words[32];
    int count = 0;

    for (uint32_t bit = 0; bit < 32; bit++) {
        if ((bits & (UINT32_C(1) << bit)) != 0) {
            const char *word = name(UINT32_C(1) << bit);

            words[count++] =
                CStringGetTextDatum(word != NULL ? word : psprintf("bit_%u", (unsigned)bit));
        }
    }
    return PointerGetDatum(construct_array(words, count, TEXTOID, -1, false, TYPALIGN_INT));
}
