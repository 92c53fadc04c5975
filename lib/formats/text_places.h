/* SPDX-License-Identifier: MIT
 * What a text's window must remember of the file: marks (where a piece begins, in the text and in
 * the file) and runs of bad places. Both are added in order and dropped as the window moves on. */
#ifndef FORMATS_TEXT_PLACES_H
#define FORMATS_TEXT_PLACES_H

#include "formats/text_in.h"

/* U+FFFD, which stands for a bad sequence. */
#define POLE_REPLACEMENT "\xEF\xBF\xBD"
#define POLE_REPLACEMENT_SIZE ((size_t)3)

typedef struct {
    uint64_t text_offset;
    uint64_t file_offset;
} pole_text_mark;

/* Adjacent bad places of one kind are kept as one run. */
typedef struct {
    uint64_t text_offset;
    uint64_t text_end;
    uint64_t file_offset; /* not known for NULs outside UTF-8 */
    uint64_t file_end;
    uint8_t size; /* of the first */
    uint8_t bytes[4];
    pole_bad_kind kind;
} pole_bad_run;

/* Zero it but for the allocator to begin. */
typedef struct {
    pole_allocator allocator;
    pole_text_mark *marks; /* the first is at or before the window's beginning */
    size_t mark_capacity;
    size_t mark_count;
    pole_bad_run *bad;
    size_t bad_capacity;
    size_t bad_first; /* those before have left the window */
    size_t bad_count;
    pole_text_mark base; /* a place before all runs kept, behind all dropped */
} pole_text_places;

void pole_text_places_free(pole_text_places *places);

/* False: no memory. */
bool pole_text_places_add_mark(pole_text_places *places, pole_text_mark mark);
bool pole_text_places_add_bad(pole_text_places *places, const pole_bad_run *found);

/* Lets go of what lies before a text offset. */
void pole_text_places_drop(pole_text_places *places, uint64_t text_offset);

/* The first run that reaches into [from, to), or NULL. */
const pole_bad_run *pole_text_places_bad(const pole_text_places *places, uint64_t from,
                                         uint64_t to);

/* The last mark at or before the offset, or NULL when there is none at all. */
const pole_text_mark *pole_text_places_mark(const pole_text_places *places, uint64_t text_offset);

/* Where a text offset is in a file of UTF-8: there text and file differ only by the bad places,
 * each three bytes of text for one of the file. */
uint64_t pole_text_places_in_utf8(const pole_text_places *places, uint64_t text_offset);

#endif
