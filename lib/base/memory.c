/* SPDX-License-Identifier: MIT
 *
 * Memory by the host's allocator, sizes checked against overflow, and the growing block. */
#include "base/memory.h"

#include <stdlib.h>

#include "base/bytes.h"

static void *default_allocate(void *context, size_t size_bytes)
{
    (void)context;
    return malloc(size_bytes);
}

static void *default_resize(void *context, void *block, size_t size_bytes)
{
    (void)context;
    return realloc(block, size_bytes);
}

static void default_release(void *context, void *block)
{
    (void)context;
    free(block);
}

pole_allocator pole_allocator_default(void)
{
    const pole_allocator allocator = {NULL, default_allocate, default_resize, default_release};
    return allocator;
}

pole_allocator pole_allocator_or_default(const pole_allocator *given)
{
    return given ? *given : pole_allocator_default();
}

void *pole_allocate_array(const pole_allocator *allocator, size_t count, size_t size_bytes)
{
    size_t size;
    if (!pole_multiply_size(count, size_bytes, &size))
        return NULL;
    return allocator->allocate(allocator->context, size > 0 ? size : 1);
}

void *pole_allocate_zeroed(const pole_allocator *allocator, size_t count, size_t size_bytes)
{
    void *block = pole_allocate_array(allocator, count, size_bytes);
    if (block)
        memset(block, 0, count * size_bytes);
    return block;
}

void pole_release(const pole_allocator *allocator, void *block)
{
    if (block)
        allocator->release(allocator->context, block);
}

bool pole_grow_array(const pole_allocator *allocator, void **array, size_t *capacity, size_t needed,
                     size_t size_bytes)
{
    if (needed <= *capacity)
        return true;
    size_t wanted = *capacity > SIZE_MAX / 2 ? needed : *capacity * 2;
    if (wanted < needed)
        wanted = needed;
    if (wanted < 16)
        wanted = 16;
    size_t size;
    if (!pole_multiply_size(wanted, size_bytes, &size)) {
        wanted = needed;
        if (!pole_multiply_size(wanted, size_bytes, &size))
            return false;
    }
    void *grown = allocator->resize(allocator->context, *array, size > 0 ? size : 1);
    if (!grown)
        return false;
    *array = grown;
    *capacity = wanted;
    return true;
}

void pole_buffer_init(pole_buffer *buffer, const pole_allocator *allocator)
{
    memset(buffer, 0, sizeof *buffer);
    buffer->allocator = pole_allocator_or_default(allocator);
}

void pole_buffer_free(pole_buffer *buffer)
{
    pole_release(&buffer->allocator, buffer->bytes);
    buffer->bytes = NULL;
    buffer->size = 0;
    buffer->capacity = 0;
    buffer->failed = false;
}

void pole_buffer_clear(pole_buffer *buffer)
{
    buffer->size = 0;
    buffer->failed = false;
}

uint8_t *pole_buffer_extend(pole_buffer *buffer, size_t size)
{
    if (buffer->failed)
        return NULL;
    void *bytes = buffer->bytes;
    size_t needed;
    if (__builtin_add_overflow(buffer->size, size, &needed) ||
        !pole_grow_array(&buffer->allocator, &bytes, &buffer->capacity, needed > 0 ? needed : 1,
                         1)) {
        buffer->failed = true;
        return NULL;
    }
    buffer->bytes = bytes;
    uint8_t *added = buffer->bytes + buffer->size;
    buffer->size = needed;
    return added;
}

void pole_buffer_append(pole_buffer *buffer, const void *bytes, size_t size)
{
    if (size == 0)
        return;
    uint8_t *to = pole_buffer_extend(buffer, size);
    if (to)
        memcpy(to, bytes, size);
}

void pole_buffer_append_text(pole_buffer *buffer, const char *text)
{
    pole_buffer_append(buffer, text, strlen(text));
}

void pole_buffer_append_byte(pole_buffer *buffer, uint8_t byte)
{
    pole_buffer_append(buffer, &byte, 1);
}

void pole_buffer_append_u16(pole_buffer *buffer, uint16_t value)
{
    uint8_t bytes[2];
    pole_store_u16(bytes, value);
    pole_buffer_append(buffer, bytes, sizeof bytes);
}

void pole_buffer_append_u32(pole_buffer *buffer, uint32_t value)
{
    uint8_t bytes[4];
    pole_store_u32(bytes, value);
    pole_buffer_append(buffer, bytes, sizeof bytes);
}

void pole_buffer_append_u64(pole_buffer *buffer, uint64_t value)
{
    uint8_t bytes[8];
    pole_store_u64(bytes, value);
    pole_buffer_append(buffer, bytes, sizeof bytes);
}

void pole_buffer_align(pole_buffer *buffer, size_t alignment)
{
    const size_t beyond = buffer->size & (alignment - 1);
    if (beyond == 0)
        return;
    uint8_t *padding = pole_buffer_extend(buffer, alignment - beyond);
    if (padding)
        memset(padding, 0, alignment - beyond);
}
