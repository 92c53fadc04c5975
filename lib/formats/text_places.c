/* SPDX-License-Identifier: MIT
 *
 * Sorted arrays, searched by halving. A table has few bad places or very many; runs keep the many
 * of a broken file small. */
#include "formats/text_places.h"

void pole_text_places_free(pole_text_places *places)
{
    pole_release(&places->allocator, places->marks);
    pole_release(&places->allocator, places->bad);
    places->marks = NULL;
    places->bad = NULL;
}

bool pole_text_places_add_mark(pole_text_places *places, pole_text_mark mark)
{
    void *marks = places->marks;
    if (!pole_grow_array(&places->allocator, &marks, &places->mark_capacity, places->mark_count + 1,
                         sizeof *places->marks))
        return false;
    places->marks = marks;
    places->marks[places->mark_count++] = mark;
    return true;
}

bool pole_text_places_add_bad(pole_text_places *places, const pole_bad_run *found)
{
    if (places->bad_count > places->bad_first) {
        pole_bad_run *last = &places->bad[places->bad_count - 1];
        if (last->kind == found->kind && last->text_end == found->text_offset) {
            last->text_end = found->text_end;
            last->file_end = found->file_end;
            return true;
        }
    }
    void *bad = places->bad;
    if (!pole_grow_array(&places->allocator, &bad, &places->bad_capacity, places->bad_count + 1,
                         sizeof *places->bad))
        return false;
    places->bad = bad;
    places->bad[places->bad_count++] = *found;
    return true;
}

static void drop_marks(pole_text_places *places, uint64_t text_offset)
{
    size_t needless = 0;
    while (needless + 1 < places->mark_count &&
           places->marks[needless + 1].text_offset <= text_offset)
        needless++;
    if (needless == 0)
        return;
    places->mark_count -= needless;
    memmove(places->marks, places->marks + needless, places->mark_count * sizeof *places->marks);
}

void pole_text_places_drop(pole_text_places *places, uint64_t text_offset)
{
    drop_marks(places, text_offset);
    while (places->bad_first < places->bad_count &&
           places->bad[places->bad_first].text_end <= text_offset) {
        const pole_bad_run *run = &places->bad[places->bad_first++];
        places->base.text_offset = run->text_end;
        places->base.file_offset = run->file_end;
    }
    if (places->bad_first == 0 || places->bad_first < places->bad_count / 2)
        return;
    places->bad_count -= places->bad_first;
    memmove(places->bad, places->bad + places->bad_first, places->bad_count * sizeof *places->bad);
    places->bad_first = 0;
}

/* The first run that ends behind the offset. */
static size_t first_run_behind(const pole_text_places *places, uint64_t text_offset)
{
    size_t low = places->bad_first;
    size_t high = places->bad_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (places->bad[middle].text_end <= text_offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const pole_bad_run *pole_text_places_bad(const pole_text_places *places, uint64_t from, uint64_t to)
{
    const size_t i = first_run_behind(places, from);
    return i < places->bad_count && places->bad[i].text_offset < to ? &places->bad[i] : NULL;
}

const pole_text_mark *pole_text_places_mark(const pole_text_places *places, uint64_t text_offset)
{
    size_t low = 0;
    size_t high = places->mark_count;
    if (high == 0)
        return NULL;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (places->marks[middle].text_offset <= text_offset)
            low = middle;
        else
            high = middle;
    }
    return &places->marks[low];
}

uint64_t pole_text_places_in_utf8(const pole_text_places *places, uint64_t text_offset)
{
    const size_t behind = first_run_behind(places, text_offset);
    if (behind < places->bad_count && places->bad[behind].text_offset < text_offset) {
        const pole_bad_run *run = &places->bad[behind];
        const uint64_t inside = text_offset - run->text_offset;
        return run->file_offset +
               (run->kind == POLE_BAD_NUL ? inside : inside / POLE_REPLACEMENT_SIZE);
    }
    pole_text_mark before = places->base;
    if (behind > places->bad_first) {
        before.text_offset = places->bad[behind - 1].text_end;
        before.file_offset = places->bad[behind - 1].file_end;
    }
    return before.file_offset + (text_offset - before.text_offset);
}
