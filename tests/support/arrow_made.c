/* SPDX-License-Identifier: MIT
 * See arrow_made.h. */
#include "support/arrow_made.h"

#include <check.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int arrow_made_alive;

/* What an array owns. */
typedef struct {
    const void *buffers[8];
    int64_t n_buffers;
    struct ArrowArray *children[16];
    struct ArrowArray *dictionary;
} made;

static void release_array(struct ArrowArray *array)
{
    made *own = array->private_data;
    ck_assert_ptr_nonnull(array->release);
    for (int64_t i = 0; i < array->n_children; i++) {
        if (own->children[i]->release)
            own->children[i]->release(own->children[i]);
        free(own->children[i]);
    }
    if (own->dictionary) {
        if (own->dictionary->release)
            own->dictionary->release(own->dictionary);
        free(own->dictionary);
    }
    for (int64_t i = 0; i < own->n_buffers; i++)
        free((void *)(uintptr_t)own->buffers[i]);
    free(own);
    array->release = NULL;
    arrow_made_alive--;
}

static made *begin(struct ArrowArray *array, size_t count, size_t offset, int64_t n_buffers)
{
    made *own = calloc(1, sizeof *own);
    ck_assert_ptr_nonnull(own);
    memset(array, 0, sizeof *array);
    own->n_buffers = n_buffers;
    array->length = (int64_t)count;
    array->offset = (int64_t)offset;
    array->n_buffers = n_buffers;
    array->buffers = own->buffers;
    array->release = release_array;
    array->private_data = own;
    arrow_made_alive++;
    return own;
}

/* Bits of which rows are there; NULL when all are. */
static uint8_t *validity_of(const char *const *texts, size_t count, size_t offset,
                            struct ArrowArray *array)
{
    uint8_t *bits = calloc((offset + count + 7) / 8 + 1, 1);
    ck_assert_ptr_nonnull(bits);
    for (size_t i = 0; i < count; i++) {
        if (texts[i])
            bits[(offset + i) / 8] |= (uint8_t)(1u << (offset + i) % 8);
        else
            array->null_count++;
    }
    if (array->null_count == 0) {
        free(bits);
        return NULL;
    }
    return bits;
}

static void *copy_of(const void *bytes, size_t size)
{
    void *copy = malloc(size > 0 ? size : 1);
    ck_assert_ptr_nonnull(copy);
    if (size > 0)
        memcpy(copy, bytes, size);
    return copy;
}

static void make_text(made *own, size_t width, const char *const *texts, size_t count,
                      size_t offset)
{
    char *bytes = calloc(1, 1 << 16);
    uint8_t *offsets = calloc(offset + count + 1, width);
    int64_t at = 0;
    ck_assert(bytes && offsets);
    for (size_t i = 0; i < offset + count; i++) {
        const char *text = i < offset ? "other" : texts[i - offset];
        const size_t size = text ? strlen(text) : 0;
        memcpy(bytes + at, text ? text : "", size);
        at += (int64_t)size;
        memcpy(offsets + (i + 1) * width, &at, width); /* little-endian */
    }
    own->buffers[1] = offsets;
    own->buffers[2] = copy_of(bytes, (size_t)at);
    free(bytes);
}

/* Every second long text goes to the second block. */
static void make_views(made *own, const char *const *texts, size_t count, size_t offset)
{
    char *blocks[2] = {calloc(1, 1 << 16), calloc(1, 1 << 16)};
    int64_t sizes[2] = {0, 0};
    uint8_t *views = calloc(offset + count + 1, 16);
    ck_assert(blocks[0] && blocks[1] && views);
    for (size_t i = 0; i < count; i++) {
        uint8_t *view = views + (offset + i) * 16;
        const int32_t size = texts[i] ? (int32_t)strlen(texts[i]) : 0;
        const int32_t block = (int32_t)(i % 2);
        memcpy(view, &size, 4);
        if (size <= 12) {
            memcpy(view + 4, texts[i] ? texts[i] : "", (size_t)size);
            continue;
        }
        const int32_t at = (int32_t)sizes[block];
        memcpy(view + 4, texts[i], 4);
        memcpy(view + 8, &block, 4);
        memcpy(view + 12, &at, 4);
        memcpy(blocks[block] + at, texts[i], (size_t)size);
        sizes[block] += size;
    }
    own->buffers[1] = views;
    for (size_t b = 0; b < 2; b++) {
        own->buffers[2 + b] = copy_of(blocks[b], (size_t)sizes[b]);
        free(blocks[b]);
    }
    own->buffers[4] = copy_of(sizes, sizeof sizes);
}

static void make_numbers(made *own, const char *format, const char *const *texts, size_t count,
                         size_t offset)
{
    static const char *const formats = "cCsSiIlLfg";
    const size_t widths[] = {1, 1, 2, 2, 4, 4, 8, 8, 4, 8};
    const size_t width = widths[strchr(formats, *format) - formats];
    uint8_t *values = calloc(offset + count + 1, width);
    ck_assert_ptr_nonnull(values);
    for (size_t i = 0; i < count; i++) {
        uint8_t *to = values + (offset + i) * width;
        const char *text = texts[i] ? texts[i] : "77";
        if (*format == 'f' || *format == 'g') {
            const double real = strtod(text, NULL);
            const float single = (float)real;
            memcpy(to, *format == 'f' ? (const void *)&single : (const void *)&real, width);
        } else {
            const uint64_t whole =
                text[0] == '-' ? (uint64_t)strtoll(text, NULL, 10) : strtoull(text, NULL, 10);
            memcpy(to, &whole, width); /* little-endian */
        }
    }
    own->buffers[1] = values;
}

void arrow_make_column(const char *format, const char *const *texts, size_t count, size_t offset,
                       struct ArrowArray *array)
{
    const int64_t buffers = *format == 'n'   ? 0
                            : *format == 'v' ? 5
                            : *format == 'u' ? 3
                            : *format == 'U' ? 3
                                             : 2;
    made *own = begin(array, count, offset, buffers);
    if (buffers == 0) {
        array->null_count = (int64_t)count;
        return;
    }
    own->buffers[0] = validity_of(texts, count, offset, array);
    if (*format == 'v')
        make_views(own, texts, count, offset);
    else if (buffers == 3)
        make_text(own, *format == 'u' ? 4 : 8, texts, count, offset);
    else
        make_numbers(own, format, texts, count, offset);
}

void arrow_make_dictionary(const char *index_format, const int *indexes, size_t count,
                           struct ArrowArray *values, struct ArrowArray *array)
{
    char texts[64][16];
    const char *pointers[64];
    ck_assert_uint_le(count, 64);
    for (size_t i = 0; i < count; i++) {
        snprintf(texts[i], sizeof texts[i], "%d", indexes[i]);
        pointers[i] = indexes[i] == -1 ? NULL : texts[i];
    }
    arrow_make_column(index_format, pointers, count, 0, array);
    made *own = array->private_data;
    own->dictionary = copy_of(values, sizeof *values);
    array->dictionary = own->dictionary;
    values->release = NULL;
}

void arrow_make_table(struct ArrowArray *columns, size_t count, int64_t rows, const char *valid,
                      struct ArrowArray *table)
{
    const char *marks[64];
    made *own = begin(table, (size_t)rows, 0, 1);
    ck_assert(count <= 16 && rows <= 64);
    for (size_t i = 0; i < count; i++) {
        own->children[i] = copy_of(columns + i, sizeof *columns);
        columns[i].release = NULL;
    }
    for (int64_t i = 0; valid && i < rows; i++)
        marks[i] = valid[i] == '0' ? NULL : "";
    if (valid)
        own->buffers[0] = validity_of(marks, (size_t)rows, 0, table);
    table->n_children = (int64_t)count;
    table->children = own->children;
}

typedef struct {
    char format[24], name[64];
    struct ArrowSchema *children[16];
} made_schema;

static void release_schema(struct ArrowSchema *schema)
{
    made_schema *own = schema->private_data;
    ck_assert_ptr_nonnull(schema->release);
    for (int64_t i = 0; i < schema->n_children; i++) {
        if (own->children[i]->release)
            own->children[i]->release(own->children[i]);
        free(own->children[i]);
    }
    if (schema->dictionary) {
        if (schema->dictionary->release)
            schema->dictionary->release(schema->dictionary);
        free(schema->dictionary);
    }
    free(own);
    schema->release = NULL;
    arrow_made_alive--;
}

void arrow_make_nested(const char *format, const char *name, struct ArrowSchema *children,
                       size_t count, struct ArrowSchema *dictionary, struct ArrowSchema *schema)
{
    made_schema *own = calloc(1, sizeof *own);
    ck_assert(own && count <= 16);
    memset(schema, 0, sizeof *schema);
    snprintf(own->format, sizeof own->format, "%s", format);
    snprintf(own->name, sizeof own->name, "%s", name ? name : "");
    for (size_t i = 0; i < count; i++) {
        own->children[i] = copy_of(children + i, sizeof *children);
        children[i].release = NULL;
    }
    if (dictionary) {
        schema->dictionary = copy_of(dictionary, sizeof *dictionary);
        dictionary->release = NULL;
    }
    schema->format = own->format;
    schema->name = name ? own->name : NULL;
    schema->flags = ARROW_FLAG_NULLABLE;
    schema->n_children = (int64_t)count;
    schema->children = count ? own->children : NULL;
    schema->release = release_schema;
    schema->private_data = own;
    arrow_made_alive++;
}

void arrow_make_schema(const char *format, const char *name, struct ArrowSchema *schema)
{
    arrow_make_nested(format, name, NULL, 0, NULL, schema);
}

typedef struct {
    arrow_made_stream content;
    size_t next;
    int failed;
} stream_state;

static int give_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    const stream_state *state = stream->private_data;
    struct ArrowSchema columns[16];
    for (size_t i = 0; i < state->content.columns; i++)
        arrow_make_schema(state->content.formats[i], state->content.names[i], columns + i);
    arrow_make_nested("+s", NULL, columns, state->content.columns, NULL, out);
    return 0;
}

static int give_batch(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    stream_state *state = stream->private_data;
    memset(out, 0, sizeof *out);
    state->failed = state->content.fail_at == (int)state->next;
    if (state->failed)
        return EPERM;
    if (state->next < state->content.count) {
        *out = state->content.batches[state->next];
        state->content.batches[state->next++].release = NULL;
    }
    return 0;
}

static const char *tell_error(struct ArrowArrayStream *stream)
{
    const stream_state *state = stream->private_data;
    return state->failed ? "the disk of the producer is full" : NULL;
}

static void release_stream(struct ArrowArrayStream *stream)
{
    stream_state *state = stream->private_data;
    ck_assert_ptr_nonnull(stream->release);
    for (size_t i = 0; i < state->content.count; i++) {
        if (state->content.batches[i].release)
            state->content.batches[i].release(state->content.batches + i);
    }
    free(state);
    stream->release = NULL;
    arrow_made_alive--;
}

void arrow_make_stream(const arrow_made_stream *content, struct ArrowArrayStream *stream)
{
    stream_state *state = calloc(1, sizeof *state);
    ck_assert_ptr_nonnull(state);
    state->content = *content;
    *stream = (struct ArrowArrayStream){give_schema, give_batch, tell_error, release_stream, state};
    arrow_made_alive++;
}

static int is_there(const struct ArrowArray *column, int64_t i)
{
    const uint8_t *bits = column->buffers[0];
    return bits == NULL || bits[i / 8] >> i % 8 & 1;
}

const char *arrow_text_at(const struct ArrowArray *column, int64_t row)
{
    static char text[512];
    int32_t range[2];
    const int64_t i = column->offset + row;
    ck_assert_int_lt(row, column->length);
    ck_assert_int_eq(column->n_buffers, 3);
    if (!is_there(column, i))
        return NULL;
    memcpy(range, (const int32_t *)column->buffers[1] + i, sizeof range);
    ck_assert(range[0] >= 0 && range[1] >= range[0] && range[1] - range[0] < 512);
    memcpy(text, (const char *)column->buffers[2] + range[0], (size_t)(range[1] - range[0]));
    text[range[1] - range[0]] = '\0';
    return text;
}

double arrow_number_at(const struct ArrowArray *column, int64_t row)
{
    const int64_t i = column->offset + row;
    ck_assert_int_lt(row, column->length);
    ck_assert_int_eq(column->n_buffers, 2);
    return is_there(column, i) ? ((const double *)column->buffers[1])[i] : (double)NAN;
}
