/* SPDX-License-Identifier: MIT
 * Any table (CSV and its kin, GeoJSON, what an adapter can read) as one stream of rows of named
 * cells, each with its place in the file. Nothing is mended: what is wrong is marked on its row. */
#ifndef FORMATS_SOURCE_H
#define FORMATS_SOURCE_H

#include <polelookup/adapters.h>

#include "formats/csv_in.h"
#include "formats/geojson_in.h"

typedef enum {
    POLE_FORMAT_AUTO, /* by suffix, else by the first character that is no blank */
    POLE_FORMAT_CSV,
    POLE_FORMAT_GEOJSON,
    POLE_FORMAT_ADAPTER
} pole_table_format;

/* Zero it but for dialect to begin; or use POLE_TABLE_DEFAULTS. */
typedef struct {
    const pole_allocator *allocator; /* NULL: the C library's */
    const pole_adapters *adapters;   /* NULL: no foreign formats */
    pole_table_format format;
    pole_encoding encoding; /* POLE_ENCODING_SNIFF: by sniffing */
    pole_dialect dialect;   /* parts may ask for a sniff */
} pole_table_options;
#define POLE_TABLE_DEFAULTS                                                                        \
    ((pole_table_options){NULL,                                                                    \
                          NULL,                                                                    \
                          POLE_FORMAT_AUTO,                                                        \
                          POLE_ENCODING_SNIFF,                                                     \
                          {POLE_SNIFF_CHAR, POLE_SNIFF_CHAR, POLE_HEADER_SNIFF}})

/* What is wrong with a row; 0: nothing. A row with any of them should be refused:
 * pole_table_fault() says in words what, and where. */
enum {
    POLE_ROW_SHORT = 1u << 0,          /* fewer cells than columns */
    POLE_ROW_LONG = 1u << 1,           /* more cells than columns */
    POLE_ROW_BLANK = 1u << 2,          /* an empty line: no cells, no data (not in a table of one
                                          column, where it is a row with an empty cell) */
    POLE_ROW_BAD_BYTES = 1u << 3,      /* ill-formed in the encoding; U+FFFD in the cell */
    POLE_ROW_NUL = 1u << 4,            /* a NUL character */
    POLE_ROW_UNCLOSED_QUOTE = 1u << 5, /* the rest of the file stands in one cell */
    POLE_ROW_AFTER_QUOTE = 1u << 6,    /* text behind a closing quote */
    POLE_ROW_TOO_LONG = 1u << 7,       /* over 16 MiB or 16,384 cells: no cells given */
    POLE_ROW_FEATURE = 1u << 8         /* GeoJSON: see feature_faults. POLE_FEATURE_NO_GEOMETRY
                                          alone does not set it: stations may have columns. */
};

typedef struct {
    uint64_t number;        /* from 1: rows of data, faulty ones too, without the header */
    uint64_t line;          /* physical line that it begins on, from 1; a database's record number
                               where the format has no lines */
    uint64_t line_end;      /* that it ends on */
    const pole_span *cells; /* one a column, more in a long row. data is NULL where the row has no
                               such cell (short row, JSON null, absent property). */
    size_t cell_count;      /* at least the count of pole_table_columns() */
    const pole_shape *geometry; /* NULL in a delimited table */
    uint32_t faults;            /* POLE_ROW_... */
    uint32_t feature_faults;    /* POLE_FEATURE_... */
} pole_table_row;

typedef struct pole_table pole_table;

/* Opens a file, or "-" for standard input, reads its beginning and, in a delimited table, its
 * header. Errors name the file by its base name: POLE_IO; POLE_BAD_INPUT (unknown encoding, no
 * GeoJSON, empty file, two columns of one name are no error here); POLE_UNSUPPORTED: a .gz, .zip
 * or .xlsx (the hint says what to do), a foreign format without an adapter. */
pole_status pole_table_open(const char *path, const pole_table_options *options, pole_table **table,
                            pole_error *error);

/* The same for bytes in memory, which must outlive the source; name stands in messages. */
pole_status pole_table_open_memory(const void *bytes, size_t size, const char *name,
                                   const pole_table_options *options, pole_table **table,
                                   pole_error *error);
void pole_table_close(pole_table *table);

/* The names of the columns, trimmed of nothing. Without a header: "1", "2", ... In GeoJSON the
 * list grows when a row brings a new property: after pole_table_next() compare the count with the
 * one that roles were found for, and find them again. Borrowed until the next row. */
const pole_span *pole_table_columns(const pole_table *table, size_t *count);

/* The next row; *row is NULL at the end; borrowed until the next call. Faults of a row are no
 * failure. POLE_IO, POLE_NO_MEMORY, POLE_BAD_INPUT (text that is no JSON any more): the end. */
pole_status pole_table_next(pole_table *table, const pole_table_row **row, pole_error *error);

/* Where a cell of the current row begins in the file, in raw bytes (its quote, if quoted); the
 * row's own place for a cell that is not there. Exact in every encoding. 0 where the format has
 * no offsets. */
uint64_t pole_table_cell_offset(const pole_table *table, size_t column);

/* The physical line that a cell of the current row begins on. */
uint64_t pole_table_cell_line(const pole_table *table, size_t column);

/* The first fault of the current row in words: fills line, column, offset, message, hint; returns
 * POLE_BAD_INPUT (POLE_OK and a zeroed error when the row has none). */
pole_status pole_table_fault(const pole_table *table, pole_error *error);

/* What was read, for provenance. hash, size and crs are final once the end was reached. */
typedef struct {
    pole_span name;    /* base name, never the path; "-" for standard input */
    pole_hash128 hash; /* XXH3-128 of the raw bytes; zero for a foreign format */
    uint64_t size_bytes;
    int64_t mtime_s;    /* since 1970; 0 where there is none */
    uint64_t row_count; /* rows given so far */
    pole_table_format format;
    pole_encoding encoding;
    pole_dialect dialect; /* of a delimited table */
    pole_span crs;        /* what the file says of its CRS; empty: nothing. Compare with --from-crs:
                             a file that contradicts must be refused. */
} pole_table_summary;
pole_table_summary pole_table_summarize(const pole_table *table);

#endif
