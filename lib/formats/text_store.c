/* SPDX-License-Identifier: MIT
 *
 * Texts in blocks of 32 KiB; a longer text has a block of its own. */
#include "formats/text_store.h"

#define BLOCK_BYTES ((size_t)32 << 10)

struct pole_text_block {
    pole_text_block *next;
    size_t size;
    size_t capacity;
    char bytes[];
};

bool pole_text_store_add(pole_text_store *store, pole_span text, pole_span *copy)
{
    pole_text_block *block = store->blocks;
    *copy = (pole_span){"", 0};
    if (text.size_bytes == 0)
        return true;
    if (!block || block->capacity - block->size < text.size_bytes) {
        const size_t capacity = text.size_bytes > BLOCK_BYTES ? text.size_bytes : BLOCK_BYTES;
        if (capacity > SIZE_MAX - sizeof *block)
            return false;
        block = pole_allocate_array(&store->allocator, sizeof *block + capacity, 1);
        if (!block)
            return false;
        block->next = store->blocks;
        block->size = 0;
        block->capacity = capacity;
        store->blocks = block;
    }
    char *to = block->bytes + block->size;
    memcpy(to, text.data, text.size_bytes);
    block->size += text.size_bytes;
    *copy = (pole_span){to, text.size_bytes};
    return true;
}

static void free_blocks(pole_text_store *store, pole_text_block *block)
{
    while (block) {
        pole_text_block *next = block->next;
        pole_release(&store->allocator, block);
        block = next;
    }
}

void pole_text_store_clear(pole_text_store *store)
{
    pole_text_block *kept = store->blocks;
    if (!kept)
        return;
    free_blocks(store, kept->next);
    kept->next = NULL;
    kept->size = 0;
}

void pole_text_store_free(pole_text_store *store)
{
    free_blocks(store, store->blocks);
    store->blocks = NULL;
}
