/* SPDX-License-Identifier: MIT
 * Which fields of an Arrow schema hold the code and what else is known of a row. */
#ifndef ARROW_ARROW_FIELDS_H
#define ARROW_ARROW_FIELDS_H

#include "arrow/arrow_in.h"

/* The code, and the fields of pole_row_evidence. */
#define POLE_ARROW_ROLES 10
#define POLE_ARROW_CODE 0

typedef struct {
    bool is_table;      /* a struct array; else the column of codes alone */
    int64_t n_children; /* of a table */
    bool has_evidence;
    int64_t child[POLE_ARROW_ROLES]; /* -1: there is none */
    pole_arrow_type type[POLE_ARROW_ROLES];
} pole_arrow_fields;

/* column, map: as in pole_arrow_options. POLE_INVALID_ARGUMENT, POLE_BAD_INPUT. */
pole_status pole_arrow_fields_find(const struct ArrowSchema *schema, const char *column,
                                   const char *const *map, const pole_allocator *allocator,
                                   pole_arrow_fields *fields, pole_error *error);

/* A table's columns of one batch, by role. */
typedef struct {
    const uint8_t *validity; /* of the rows themselves; NULL: all are there */
    int64_t offset;
    int64_t rows;
    pole_arrow_column column[POLE_ARROW_ROLES];
} pole_arrow_rows;

/* POLE_BAD_INPUT: the array is not as the schema said. */
pole_status pole_arrow_rows_of(const pole_arrow_fields *fields, const struct ArrowArray *array,
                               pole_arrow_rows *rows, pole_error *error);

/* The cells of rows begin to begin + count - 1. numbers: POLE_ARROW_ROLES * count texts. evidence:
 * NULL when the fields have none. */
pole_status pole_arrow_rows_read(const pole_arrow_fields *fields, const pole_arrow_rows *rows,
                                 int64_t begin, size_t count,
                                 char (*numbers)[POLE_ARROW_NUMBER_BYTES], pole_span *codes,
                                 pole_row_evidence *evidence, pole_error *error);

#endif
