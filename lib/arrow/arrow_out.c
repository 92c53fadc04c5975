/* SPDX-License-Identifier: MIT
 * See arrow_out.h. */
#include "arrow/arrow_out.h"

#include <math.h>

/* What an array of one column owns. */
typedef struct {
    pole_allocator allocator;
    const void *buffers[3];
    void *blocks[3];
} column_owner;

/* What a struct array or schema owns, its children's structs behind it. */
typedef struct {
    pole_allocator allocator;
    const void *buffers[1];
    struct ArrowArray **children;
    struct ArrowArray *structs;
} table_owner;

typedef struct {
    pole_allocator allocator;
    struct ArrowSchema **children;
    struct ArrowSchema *structs;
    char name[64];
} schema_owner;

bool pole_arrow_growing_init(pole_arrow_growing *column, bool is_text, int64_t capacity,
                             const pole_allocator *allocator)
{
    const size_t rows = (size_t)capacity;
    memset(column, 0, sizeof *column);
    column->allocator = *allocator;
    column->is_text = is_text;
    column->capacity = capacity;
    pole_buffer_init(&column->bytes, allocator);
    column->validity = pole_allocate_zeroed(allocator, rows / 8 + 1, 1);
    if (is_text)
        column->offsets = pole_allocate_zeroed(allocator, rows + 1, sizeof *column->offsets);
    else
        column->numbers = pole_allocate_array(allocator, rows, sizeof *column->numbers);
    return column->validity && (column->offsets || column->numbers);
}

void pole_arrow_growing_free(pole_arrow_growing *column)
{
    pole_release(&column->allocator, column->validity);
    pole_release(&column->allocator, column->offsets);
    pole_release(&column->allocator, column->numbers);
    pole_buffer_free(&column->bytes);
    column->validity = NULL;
    column->offsets = NULL;
    column->numbers = NULL;
}

static void append_validity(pole_arrow_growing *column, bool valid)
{
    if (valid)
        column->validity[column->rows >> 3] |= (uint8_t)(1U << (column->rows & 7));
    else
        column->nulls++;
}

pole_status pole_arrow_append_text(pole_arrow_growing *column, pole_span text)
{
    if (text.size_bytes > (size_t)INT32_MAX - column->bytes.size)
        return POLE_LIMIT;
    append_validity(column, text.size_bytes > 0);
    pole_buffer_append(&column->bytes, text.data, text.size_bytes);
    column->offsets[++column->rows] = (int32_t)column->bytes.size;
    return column->bytes.failed ? POLE_NO_MEMORY : POLE_OK;
}

void pole_arrow_append_number(pole_arrow_growing *column, double number)
{
    append_validity(column, !isnan(number));
    column->numbers[column->rows++] = isnan(number) ? 0.0 : number;
}

static void release_column(struct ArrowArray *array)
{
    column_owner *owner = array->private_data;
    const pole_allocator allocator = owner->allocator;
    for (size_t i = 0; i < 3; i++)
        pole_release(&allocator, owner->blocks[i]);
    pole_release(&allocator, owner);
    array->release = NULL;
}

bool pole_arrow_growing_finish(pole_arrow_growing *column, struct ArrowArray *array)
{
    column_owner *owner = pole_allocate_zeroed(&column->allocator, 1, sizeof *owner);
    memset(array, 0, sizeof *array);
    /* Readers may expect an address even where there are no bytes. */
    if (column->is_text && column->bytes.bytes == NULL)
        pole_buffer_append_byte(&column->bytes, 0);
    if (owner == NULL || column->bytes.failed) {
        pole_release(&column->allocator, owner);
        return false;
    }
    owner->allocator = column->allocator;
    owner->blocks[0] = column->validity;
    owner->blocks[1] = column->is_text ? (void *)column->offsets : (void *)column->numbers;
    owner->blocks[2] = column->bytes.bytes;
    owner->buffers[0] = column->nulls ? column->validity : NULL;
    owner->buffers[1] = owner->blocks[1];
    owner->buffers[2] = owner->blocks[2];
    column->validity = NULL;
    column->offsets = NULL;
    column->numbers = NULL;
    memset(&column->bytes, 0, sizeof column->bytes);
    pole_buffer_init(&column->bytes, &column->allocator);
    array->length = column->rows;
    array->null_count = column->nulls;
    array->n_buffers = column->is_text ? 3 : 2;
    array->buffers = owner->buffers;
    array->release = release_column;
    array->private_data = owner;
    return true;
}

static void release_table(struct ArrowArray *table)
{
    table_owner *owner = table->private_data;
    const pole_allocator allocator = owner->allocator;
    for (int64_t i = 0; i < table->n_children; i++) {
        if (table->children[i]->release)
            table->children[i]->release(table->children[i]);
    }
    pole_release(&allocator, owner->children);
    pole_release(&allocator, owner->structs);
    pole_release(&allocator, owner);
    table->release = NULL;
}

bool pole_arrow_table_new(const pole_allocator *allocator, int64_t children, int64_t rows,
                          struct ArrowArray *table)
{
    const size_t count = (size_t)children;
    table_owner *owner = pole_allocate_zeroed(allocator, 1, sizeof *owner);
    memset(table, 0, sizeof *table);
    if (owner == NULL)
        return false;
    owner->allocator = *allocator;
    owner->children = pole_allocate_array(allocator, count, sizeof(struct ArrowArray *));
    owner->structs = pole_allocate_zeroed(allocator, count, sizeof(struct ArrowArray));
    if (!owner->children || !owner->structs) {
        pole_release(allocator, owner->children);
        pole_release(allocator, owner->structs);
        pole_release(allocator, owner);
        return false;
    }
    for (size_t i = 0; i < count; i++)
        owner->children[i] = owner->structs + i;
    table->length = rows;
    table->n_buffers = 1;
    table->n_children = children;
    table->buffers = owner->buffers;
    table->children = owner->children;
    table->release = release_table;
    table->private_data = owner;
    return true;
}

static void release_schema(struct ArrowSchema *schema)
{
    schema_owner *owner = schema->private_data;
    const pole_allocator allocator = owner->allocator;
    for (int64_t i = 0; i < schema->n_children; i++) {
        if (schema->children[i]->release)
            schema->children[i]->release(schema->children[i]);
    }
    pole_release(&allocator, owner->children);
    pole_release(&allocator, owner->structs);
    pole_release(&allocator, owner);
    schema->release = NULL;
}

static schema_owner *schema_new(const pole_allocator *allocator, const char *format,
                                struct ArrowSchema *schema)
{
    schema_owner *owner = pole_allocate_zeroed(allocator, 1, sizeof *owner);
    memset(schema, 0, sizeof *schema);
    if (owner == NULL)
        return NULL;
    owner->allocator = *allocator;
    schema->format = format;
    schema->name = owner->name;
    schema->release = release_schema;
    schema->private_data = owner;
    return owner;
}

bool pole_arrow_table_schema_new(const pole_allocator *allocator, int64_t children,
                                 struct ArrowSchema *schema)
{
    const size_t count = (size_t)children;
    schema_owner *owner = schema_new(allocator, "+s", schema);
    if (owner == NULL)
        return false;
    owner->children = pole_allocate_array(allocator, count, sizeof(struct ArrowSchema *));
    owner->structs = pole_allocate_zeroed(allocator, count, sizeof(struct ArrowSchema));
    if (!owner->children || !owner->structs) {
        schema->release(schema);
        return false;
    }
    for (size_t i = 0; i < count; i++)
        owner->children[i] = owner->structs + i;
    schema->n_children = children;
    schema->children = owner->children;
    return true;
}

bool pole_arrow_column_schema_new(const pole_allocator *allocator, const char *name, bool is_text,
                                  struct ArrowSchema *schema)
{
    schema_owner *owner = schema_new(allocator, is_text ? "u" : "g", schema);
    if (owner == NULL)
        return false;
    const size_t size = strlen(name);
    memcpy(owner->name, name, size < sizeof owner->name ? size : sizeof owner->name - 1);
    schema->flags = ARROW_FLAG_NULLABLE;
    return true;
}
