/* SPDX-License-Identifier: MIT
 * Cells of an Arrow array as text: its type by the schema's format string, its rows by the buffers
 * of the columnar format. Nothing of a foreign array is believed that can be looked at. */
#ifndef ARROW_ARROW_IN_H
#define ARROW_ARROW_IN_H

#include <polelookup/arrow.h>

#include "base/memory.h"

typedef enum {
    POLE_ARROW_NULLS, /* a column without a single value */
    POLE_ARROW_TEXT,  /* by offsets of 4 or 8 bytes */
    POLE_ARROW_VIEWS,
    POLE_ARROW_SIGNED,
    POLE_ARROW_UNSIGNED,
    POLE_ARROW_REAL
} pole_arrow_kind;

typedef struct {
    pole_arrow_kind kind;
    uint8_t width_bytes; /* of a number or an offset */
} pole_arrow_storage;

typedef struct {
    pole_arrow_storage cells;
    pole_arrow_storage index; /* of a dictionary */
    bool has_dictionary;
} pole_arrow_type;

/* real: a float may stand here. False: cells of that type are not read. */
bool pole_arrow_type_of(const struct ArrowSchema *schema, bool real, pole_arrow_type *type);

/* Values of one storage. */
typedef struct {
    pole_arrow_storage storage;
    const uint8_t *validity; /* NULL: none is null */
    const void *values;      /* numbers, offsets, views */
    const char *bytes;
    const void **blocks; /* of views */
    const int64_t *block_sizes;
    int64_t block_count;
    int64_t offset;
    int64_t length;
} pole_arrow_lane;

typedef struct {
    pole_arrow_lane cells;
    pole_arrow_lane index;
    bool has_dictionary;
} pole_arrow_column;

/* False: the array is not as its type says. Borrows from the array. */
bool pole_arrow_column_of(const struct ArrowArray *array, const pole_arrow_type *type,
                          pole_arrow_column *column);

/* Room for a number as text. */
#define POLE_ARROW_NUMBER_BYTES 32

/* Row 0 to length - 1 of a column as text, empty for null and NaN; a number is written to `number`.
 * False: the array points outside of itself. */
bool pole_arrow_cell(const pole_arrow_column *column, int64_t row, char *number, pole_span *cell);

static inline bool pole_arrow_is_valid(const uint8_t *validity, int64_t i)
{
    return validity == NULL || (validity[i >> 3] >> (i & 7) & 1) != 0;
}

#endif
