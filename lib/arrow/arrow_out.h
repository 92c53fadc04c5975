/* SPDX-License-Identifier: MIT
 * Arrays and schemas that go out: the columns of the matches, and the struct that holds them and
 * what is kept of the input. Each child owns itself, so that a consumer may move it out. */
#ifndef ARROW_ARROW_OUT_H
#define ARROW_ARROW_OUT_H

#include <polelookup/arrow.h>

#include "base/memory.h"

/* A column that grows row by row. */
typedef struct {
    pole_allocator allocator;
    bool is_text;
    int64_t capacity; /* rows */
    int64_t rows;
    int64_t nulls;
    uint8_t *validity;
    int32_t *offsets; /* of text */
    pole_buffer bytes;
    double *numbers;
} pole_arrow_growing;

/* False: no memory. Free it in both cases. */
bool pole_arrow_growing_init(pole_arrow_growing *column, bool is_text, int64_t capacity,
                             const pole_allocator *allocator);
void pole_arrow_growing_free(pole_arrow_growing *column);

/* An empty text, or a NAN, is null. POLE_NO_MEMORY; POLE_LIMIT: more text than 32 bits count. */
pole_status pole_arrow_append_text(pole_arrow_growing *column, pole_span text);
void pole_arrow_append_number(pole_arrow_growing *column, double number);

/* Moves what has grown into an array. False: no memory. */
bool pole_arrow_growing_finish(pole_arrow_growing *column, struct ArrowArray *array);

/* A struct array of `rows` rows with room for its children, which are released: to be moved in.
 * False: no memory. */
bool pole_arrow_table_new(const pole_allocator *allocator, int64_t children, int64_t rows,
                          struct ArrowArray *table);

/* The schema of a struct array, likewise. */
bool pole_arrow_table_schema_new(const pole_allocator *allocator, int64_t children,
                                 struct ArrowSchema *schema);
/* A column's schema; the name is copied. False: no memory. */
bool pole_arrow_column_schema_new(const pole_allocator *allocator, const char *name, bool is_text,
                                  struct ArrowSchema *schema);

#endif
