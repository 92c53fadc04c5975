/* SPDX-License-Identifier: MIT
 *
 * An allocator that counts what is not given back and says no to one call: run a function with
 * fail_at = 1, 2, 3, ... until it succeeds, and every path of no memory has been walked. Its
 * blocks lie at 16 modulo 64, as a host's may, so that code which needs more alignment fails. */
#ifndef SUPPORT_TEST_MEMORY_H
#define SUPPORT_TEST_MEMORY_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <polelookup/types.h>

typedef struct {
    pole_allocator allocator;
    size_t calls;   /* of allocate and resize */
    size_t fail_at; /* the call, from 1, that gives NULL; 0: none */
    size_t live;    /* blocks not released */
    size_t live_bytes;
    size_t peak_bytes;
} test_memory;

enum { TEST_MEMORY_LEAD = 80 };

static inline void *test_memory_allocate(void *context, size_t size)
{
    test_memory *memory = (test_memory *)context;
    if (++memory->calls == memory->fail_at || size == 0 || size > SIZE_MAX - 256)
        return NULL;
    /* aligned_alloc wants a multiple of the alignment. */
    uint8_t *raw = (uint8_t *)aligned_alloc(64, (size + TEST_MEMORY_LEAD + 63) / 64 * 64);
    if (!raw)
        return NULL;
    memcpy(raw, &size, sizeof size);
    memset(raw + TEST_MEMORY_LEAD, 0xA5, size);
    memory->live++;
    memory->live_bytes += size;
    if (memory->live_bytes > memory->peak_bytes)
        memory->peak_bytes = memory->live_bytes;
    return raw + TEST_MEMORY_LEAD;
}

static inline void test_memory_release(void *context, void *block)
{
    test_memory *memory = (test_memory *)context;
    if (!block)
        return;
    uint8_t *raw = (uint8_t *)block - TEST_MEMORY_LEAD;
    size_t size;
    memcpy(&size, raw, sizeof size);
    memory->live--;
    memory->live_bytes -= size;
    free(raw);
}

static inline void *test_memory_resize(void *context, void *block, size_t size)
{
    void *moved = test_memory_allocate(context, size);
    if (moved && block) {
        size_t old;
        memcpy(&old, (uint8_t *)block - TEST_MEMORY_LEAD, sizeof old);
        memcpy(moved, block, old < size ? old : size);
        test_memory_release(context, block);
    }
    return moved;
}

static inline void test_memory_init(test_memory *memory, size_t fail_at)
{
    memset(memory, 0, sizeof *memory);
    memory->allocator.context = memory;
    memory->allocator.allocate = test_memory_allocate;
    memory->allocator.resize = test_memory_resize;
    memory->allocator.release = test_memory_release;
    memory->fail_at = fail_at;
}

#endif
