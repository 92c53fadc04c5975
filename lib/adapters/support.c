/* SPDX-License-Identifier: MIT
 * Errors and memory of the adapters. */
#include "adapters/support.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The length of text, at most `most` bytes, not ending inside a UTF-8 character. */
static size_t whole_length(const char *text, size_t most)
{
    size_t length = strlen(text);
    if (length > most) {
        length = most;
        while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
            length--;
    }
    return length;
}

void pole_adapter_copy_text(char *out, size_t capacity, const char *text)
{
    const size_t length = whole_length(text, capacity - 1);
    memcpy(out, text, length);
    out[length] = '\0';
}

pole_status pole_adapter_fail(pole_error *error, pole_status status, const char *hint,
                              const char *format, ...)
{
    if (!error)
        return status;
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    memset(error, 0, sizeof *error);
    error->status = status;
    pole_adapter_copy_text(error->message, sizeof error->message, text);
    pole_adapter_copy_text(error->hint, sizeof error->hint, hint ? hint : "");
    return status;
}

static void *allocate(void *context, size_t size_bytes)
{
    (void)context;
    return malloc(size_bytes);
}

static void *resize(void *context, void *block, size_t size_bytes)
{
    (void)context;
    return realloc(block, size_bytes);
}

static void release(void *context, void *block)
{
    (void)context;
    free(block);
}

pole_allocator pole_adapter_memory(const pole_allocator *given)
{
    if (given)
        return *given;
    return (pole_allocator){NULL, allocate, resize, release};
}

void *pole_adapter_zeroed(const pole_allocator *memory, size_t count, size_t size_bytes)
{
    size_t size;
    if (__builtin_mul_overflow(count, size_bytes, &size) || size > PTRDIFF_MAX)
        return NULL;
    void *block = memory->allocate(memory->context, size ? size : 1);
    if (block)
        memset(block, 0, size);
    return block;
}

bool pole_adapter_grow(const pole_allocator *memory, void **array, size_t *capacity, size_t needed,
                       size_t size_bytes)
{
    if (needed <= *capacity)
        return true;
    size_t wanted = *capacity > needed / 2 ? *capacity * 2 : needed;
    size_t size;
    if (__builtin_mul_overflow(wanted, size_bytes, &size) || size > PTRDIFF_MAX)
        return false;
    void *block = memory->resize(memory->context, *array, size);
    if (!block)
        return false;
    *array = block;
    *capacity = wanted;
    return true;
}
