/* SPDX-License-Identifier: MIT
 * Every text of a city once, while it is being built: a text has a number, in order of first
 * appearance; number 0 is the empty text. Memory that others hold stays valid through numbers
 * alone: a span of pole_texts_at() lives until the next insert. */
#ifndef BUILD_TEXTS_H
#define BUILD_TEXTS_H

#include "base/memory.h"
#include "index/draft.h"

#define POLE_NO_TEXT UINT32_MAX

typedef struct {
    uint32_t start;
    uint32_t size;
    uint32_t hash;
} pole_text_place;

typedef struct {
    pole_allocator allocator;
    pole_buffer bytes;
    pole_text_place *places;
    size_t count;
    size_t capacity;
    uint32_t *slots; /* number + 1 of a text, 0 for none; a power of two of them */
    size_t slot_count;
} pole_texts;

/* POLE_OK or POLE_NO_MEMORY; to be freed in either case. */
pole_status pole_texts_init(pole_texts *texts, const pole_allocator *allocator);
void pole_texts_free(pole_texts *texts);

/* The number of a text, or POLE_NO_TEXT; *hash for an insert that follows. */
pole_text_number pole_texts_find(const pole_texts *texts, pole_span text, uint32_t *hash);

/* Adds a text that pole_texts_find() has just not found. POLE_NO_MEMORY, or POLE_LIMIT beyond
 * 1 GiB of texts, which no index can hold. */
pole_status pole_texts_insert(pole_texts *texts, pole_span text, uint32_t hash,
                              pole_text_number *number);

/* Find, else insert. */
pole_status pole_texts_add(pole_texts *texts, pole_span text, pole_text_number *number);

pole_span pole_texts_at(const pole_texts *texts, pole_text_number number);

/* The order of the index: of the texts with used[number] set (used[0] counts as set), *sorted gets
 * the spans in order of bytes, *new_number the place there of each old number. Both belong to the
 * caller, NULL on failure. POLE_OK or POLE_NO_MEMORY. */
pole_status pole_texts_sort(const pole_texts *texts, const uint8_t *used, pole_span **sorted,
                            uint32_t *sorted_count, pole_text_number **new_number);

#endif
