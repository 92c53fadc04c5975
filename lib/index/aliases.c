/* SPDX-License-Identifier: MIT
 * See aliases.h. */
#include "index/aliases.h"

#include <stdlib.h>

#include "index/room.h"

static pole_status damaged(pole_error *error, const char *what)
{
    return pole_section_damaged(error, "aliases", what);
}

static int compare(const pole_draft_alias *a, const pole_draft_alias *b)
{
    if (a->alias != b->alias)
        return a->alias < b->alias ? -1 : 1;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return (a->owner > b->owner) - (a->owner < b->owner);
}

pole_draft_alias pole_alias_at(const pole_aliases *aliases, uint32_t place)
{
    const uint8_t *p = aliases->entries + 12 * (size_t)place;
    const pole_draft_alias alias = {pole_load_u32(p), pole_load_u32(p + 4), pole_load_u32(p + 8)};
    return alias;
}

static uint32_t place_by_row(const pole_aliases *aliases, uint32_t i)
{
    return pole_load_u32(aliases->by_row + 4 * (size_t)i);
}

pole_status pole_aliases_attach(pole_aliases *aliases, const uint8_t *bytes, size_t size,
                                uint32_t rows, uint32_t string_count, pole_error *error)
{
    memset(aliases, 0, sizeof *aliases);
    pole_section_reader reader = pole_section_begin(bytes, size);
    pole_aliases view;
    view.count = pole_section_u32(&reader);
    const uint32_t zero = pole_section_u32(&reader);
    view.entries = pole_section_take(&reader, view.count, 12);
    view.by_row = pole_section_take(&reader, view.count, 4);
    if (!pole_section_ended(&reader) || zero != 0)
        return damaged(error, "its length does not fit its content");
    for (uint32_t i = 0; i < view.count; i++) {
        const pole_draft_alias alias = pole_alias_at(&view, i);
        if (alias.alias == 0 || alias.alias >= string_count || alias.owner >= string_count ||
            alias.row >= rows)
            return damaged(error, "an alias of nothing");
        if (i > 0) {
            const pole_draft_alias last = pole_alias_at(&view, i - 1);
            if (compare(&last, &alias) >= 0)
                return damaged(error, "its entries are out of order");
        }
    }
    /* Strictly rising by (row, place) and each below count: a permutation. */
    for (uint32_t i = 0; i < view.count; i++) {
        const uint32_t place = place_by_row(&view, i);
        if (place >= view.count)
            return damaged(error, "a row's alias does not exist");
        if (i == 0)
            continue;
        const uint32_t last = place_by_row(&view, i - 1);
        const uint32_t row = pole_alias_at(&view, place).row;
        const uint32_t last_row = pole_alias_at(&view, last).row;
        if (last_row > row || (last_row == row && last >= place))
            return damaged(error, "the rows' aliases are out of order");
    }
    *aliases = view;
    return POLE_OK;
}

typedef struct {
    uint32_t row;
    uint32_t place;
} row_place;

static int compare_row_places(const void *a, const void *b)
{
    const row_place *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

pole_status pole_aliases_pack(const pole_draft_city *city, const pole_allocator *allocator,
                              pole_buffer *out)
{
    row_place *places = pole_allocate_array(allocator, city->alias_count, sizeof *places);
    if (places == NULL)
        return POLE_NO_MEMORY;
    pole_buffer_append_u32(out, city->alias_count);
    pole_buffer_append_u32(out, 0);
    for (uint32_t i = 0; i < city->alias_count; i++) {
        pole_buffer_append_u32(out, city->aliases[i].alias);
        pole_buffer_append_u32(out, city->aliases[i].owner);
        pole_buffer_append_u32(out, city->aliases[i].row);
        places[i].row = city->aliases[i].row;
        places[i].place = i;
    }
    if (city->alias_count > 1)
        qsort(places, city->alias_count, sizeof *places, compare_row_places);
    for (uint32_t i = 0; i < city->alias_count; i++)
        pole_buffer_append_u32(out, places[i].place);
    pole_release(allocator, places);
    return out->failed ? POLE_NO_MEMORY : POLE_OK;
}

bool pole_aliases_of(const pole_aliases *aliases, pole_row row, pole_draft_alias *alias)
{
    uint32_t low = 0, high = aliases->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (pole_alias_at(aliases, place_by_row(aliases, middle)).row < row)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == aliases->count)
        return false;
    *alias = pole_alias_at(aliases, place_by_row(aliases, low));
    return alias->row == row;
}

static uint32_t aliases_below(const pole_aliases *aliases, pole_text_number text)
{
    uint32_t low = 0, high = aliases->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (pole_alias_at(aliases, middle).alias < text)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void pole_aliases_range(const pole_aliases *aliases, pole_text_number alias, uint32_t *first,
                        uint32_t *count)
{
    *first = aliases_below(aliases, alias);
    *count = aliases_below(aliases, alias + 1) - *first;
}
