/* SPDX-License-Identifier: MIT
 * See aliases.h. */
#include "resolve/aliases.h"

static void find_range(const pole_index *index, pole_span text, uint32_t *at, uint32_t *end)
{
    pole_text_number number;
    uint32_t count;
    *at = *end = 0;
    if (text.size_bytes == 0 || !pole_strings_find(&index->strings, text, &number))
        return;
    pole_aliases_range(&index->aliases, number, at, &count);
    *end = *at + count;
}

/* "123-4567" is the number 1234567 of another owner as well as the code. */
void pole_alias_search_begin(pole_alias_search *search, const pole_index *index,
                             const pole_heard *heard)
{
    const pole_span text = pole_heard_text(heard), digits = pole_heard_digits(heard);
    memset(search, 0, sizeof *search);
    search->index = index;
    search->last = POLE_NO_ROW;
    find_range(index, text, search->at, search->end);
    if (!pole_span_equal(text, digits))
        find_range(index, digits, search->at + 1, search->end + 1);
}

bool pole_alias_search_next(pole_alias_search *search, pole_row *row, uint32_t *number)
{
    for (;;) {
        unsigned lower = 2;
        pole_row lowest = POLE_NO_ROW;
        for (unsigned i = 0; i < 2; i++) {
            if (search->at[i] == search->end[i])
                continue;
            const pole_row next = pole_alias_at(&search->index->aliases, search->at[i]).row;
            if (lower == 2 || next < lowest) {
                lower = i;
                lowest = next;
            }
        }
        if (lower == 2)
            return false;
        *number = 1 + search->at[lower]++;
        /* Several owners may have one number on one pole. */
        if (lowest == search->last)
            continue;
        search->last = *row = lowest;
        return true;
    }
}
