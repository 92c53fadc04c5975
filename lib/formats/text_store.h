/* SPDX-License-Identifier: MIT
 * Copies of texts that stay where they are until all are let go: blocks are never resized. */
#ifndef FORMATS_TEXT_STORE_H
#define FORMATS_TEXT_STORE_H

#include "base/memory.h"

typedef struct pole_text_block pole_text_block;

/* Zero it but for the allocator to begin. */
typedef struct {
    pole_allocator allocator;
    pole_text_block *blocks; /* the newest first */
} pole_text_store;

/* Copies text; *copy lives until clear or free. An empty text gives "", not NULL. False: no
 * memory. */
bool pole_text_store_add(pole_text_store *store, pole_span text, pole_span *copy);

/* Lets all texts go and keeps one block's memory. */
void pole_text_store_clear(pole_text_store *store);
void pole_text_store_free(pole_text_store *store);

#endif
