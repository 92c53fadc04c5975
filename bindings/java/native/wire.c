/* SPDX-License-Identifier: MIT
 *
 * Writing and reading of messages. A message that ran out of memory or of bytes is marked, and
 * checked once at its end. */
#include "wire.h"

#include <stdlib.h>
#include <string.h>

uint8_t *wire_room(wire_out *out, size_t size)
{
    if (out->failed)
        return NULL;
    if (size > out->capacity - out->size) {
        size_t wanted = out->capacity < 1024 ? 2048 : out->capacity * 2;

        while (wanted - out->size < size) {
            if (wanted > SIZE_MAX / 2) {
                out->failed = 1;
                return NULL;
            }
            wanted *= 2;
        }
        uint8_t *bytes = realloc(out->bytes, wanted);

        if (!bytes) {
            out->failed = 1;
            return NULL;
        }
        out->bytes = bytes;
        out->capacity = wanted;
    }
    uint8_t *at = out->bytes + out->size;

    out->size += size;
    return at;
}

void wire_put(wire_out *out, const void *bytes, size_t size)
{
    uint8_t *at = wire_room(out, size);

    if (at && size)
        memcpy(at, bytes, size);
}

void wire_i32(wire_out *out, int32_t value)
{
    wire_put(out, &value, sizeof(value));
}

void wire_u32(wire_out *out, uint32_t value)
{
    wire_put(out, &value, sizeof(value));
}

void wire_i64(wire_out *out, int64_t value)
{
    wire_put(out, &value, sizeof(value));
}

void wire_f64(wire_out *out, double value)
{
    wire_put(out, &value, sizeof(value));
}

void wire_text(wire_out *out, pole_span text)
{
    if (text.size_bytes > INT32_MAX) {
        out->failed = 1;
        return;
    }
    wire_i32(out, (int32_t)text.size_bytes);
    wire_put(out, text.data, text.size_bytes);
}

void wire_name(wire_out *out, const char *text)
{
    pole_span span = {text, text ? strlen(text) : 0};

    wire_text(out, span);
}

static const uint8_t *take(wire_in *in, size_t size)
{
    if (in->bad || (size_t)(in->end - in->at) < size) {
        in->bad = 1;
        return NULL;
    }
    const uint8_t *at = in->at;

    in->at += size;
    return at;
}

int32_t wire_take_i32(wire_in *in)
{
    int32_t value = 0;
    const uint8_t *at = take(in, sizeof(value));

    if (at)
        memcpy(&value, at, sizeof(value));
    return value;
}

uint32_t wire_take_u32(wire_in *in)
{
    uint32_t value = 0;
    const uint8_t *at = take(in, sizeof(value));

    if (at)
        memcpy(&value, at, sizeof(value));
    return value;
}

int64_t wire_take_i64(wire_in *in)
{
    int64_t value = 0;
    const uint8_t *at = take(in, sizeof(value));

    if (at)
        memcpy(&value, at, sizeof(value));
    return value;
}

double wire_take_f64(wire_in *in)
{
    double value = 0;
    const uint8_t *at = take(in, sizeof(value));

    if (at)
        memcpy(&value, at, sizeof(value));
    return value;
}

pole_span wire_take_text(wire_in *in)
{
    pole_span text = {NULL, 0};
    size_t size = wire_take_count(in, 1);
    const uint8_t *at = take(in, size);

    if (at && size) {
        text.data = (const char *)at;
        text.size_bytes = size;
    }
    return text;
}

size_t wire_take_count(wire_in *in, size_t element_bytes)
{
    int32_t count = wire_take_i32(in);

    if (in->bad || count < 0 || (size_t)count > (size_t)(in->end - in->at) / element_bytes) {
        in->bad = 1;
        return 0;
    }
    return (size_t)count;
}
