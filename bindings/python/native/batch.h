/* SPDX-License-Identifier: MIT
 * Many codes at once: where they lie (sources.c), and the columns that they fill (batch.c). */
#ifndef NATIVE_BATCH_H
#define NATIVE_BATCH_H

#include "core.h"

/* How a column of codes lies in memory. */
enum {
    SOURCE_NUMBERS = 1, /* whole numbers of 1 to 8 bytes */
    SOURCE_FIXED = 2,   /* texts of one width, filled up with NUL: numpy's S7 */
    SOURCE_UCS4 = 3,    /* the same of four bytes a character: numpy's U7 */
    SOURCE_UTF8 = 4,    /* Arrow: offsets of 4 bytes and bytes */
    SOURCE_LARGE = 5,   /* Arrow: offsets of 8 bytes */
    SOURCE_VIEWS = 6,   /* Arrow: utf8_view */
    SOURCE_OBJECTS = 7, /* a list or tuple, or numpy's array of objects */
};

/* One piece of a column; nothing of it is owned. */
typedef struct {
    int32_t kind;
    uint32_t width;          /* bytes of a number or of a fixed text */
    uint32_t is_signed;      /* numbers */
    size_t count;            /* elements */
    int64_t first;           /* Arrow: of the element 0 in the buffers */
    ptrdiff_t stride;        /* bytes from one to the next: numbers, fixed, UCS-4, objects */
    const char *data;        /* the element 0; Arrow texts: the bytes */
    const void *offsets;     /* Arrow: offsets or views */
    const uint8_t *validity; /* Arrow: bits, or NULL */
    const void **buffers;    /* views: the buffers behind them */
    PyObject *list;          /* a list or tuple; NULL: data has PyObject pointers */
    int32_t is_list;
} source;

/* A column, and who owns what its pieces point to. */
typedef struct {
    source *pieces;
    size_t piece_count;
    size_t rows;
    Py_buffer view;
    int has_view;
    struct ArrowArray *arrays; /* piece_count of them, to be released; NULL */
} column;

/* codes: a list or tuple of texts, what has a buffer, an arrow_array_stream, or a tuple of an
 * arrow_schema and an arrow_array. False: an exception is set. */
int column_open(PyObject *codes, column *out);
void column_close(column *in);

/* Text i; empty where there is none. room: 256 bytes for what is not UTF-8 as it lies. Not for
 * numbers and objects. */
pole_span source_text(const source *from, size_t i, char *room);

/* Number i, or UINT32_MAX for what no code can be. */
uint32_t source_number(const source *from, size_t i);

/* Element i of objects, borrowed; NULL: an exception is set. */
PyObject *source_object(const source *from, size_t i);

#endif
