/* SPDX-License-Identifier: MIT
 *
 * Columns in memory to matches: the Arrow C Data Interface and the Arrow C Stream Interface, by
 * which pyarrow, DuckDB, Polars, Spark and others hand over whole columns without copying them.
 *
 * In: a struct array with a field of codes and, where they are there, the fields of evidence
 * (hint_lat, hint_lon, hint_radius_m, hint_level, hint_crs, street, district, scope, also); or the
 * column of codes alone. A code is text (utf8, large_utf8, utf8_view), a whole number of 8 to 64
 * bits (read as its digits are written: 12345 is five digits long and never "0012345"; a number
 * below zero is no code), or a dictionary of these; evidence also a float or a double, where NaN is
 * an empty cell. A null is an empty cell.
 *
 * Out: a struct array of the columns that `polelookup geocode` adds, with the values it writes, a
 * row each: match_status, match_code, match_street, station_id, station_name, station_role,
 * match_scope, match_warnings as utf8; match_lat, match_lon, match_confidence, station_distance_m
 * as double. What the command leaves empty is null. */
#ifndef POLELOOKUP_ARROW_H
#define POLELOOKUP_ARROW_H

#include <polelookup/match.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The three structs and the numbers below are those of the specification of Apache Arrow, under the
 * Apache License 2.0 (THIRD-PARTY.md), with the guards that it asks for: a program may include
 * this header beside any other that has them. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;

    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;

    void (*release)(struct ArrowArray *);
    void *private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);

    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};

#endif

typedef struct {
    uint32_t struct_size;
    uint32_t keep_input; /* 1: the input's columns stand before the added ones: the same memory, not
                            a copy of it. A result's name that the input has already gets a suffix,
                            as in the command's output */
    const pole_matcher_options *matcher; /* NULL: the defaults */
    const char *column;                  /* the field of the codes; NULL: found by its name */
    const char *const *map;     /* "role=field" for fields of evidence that have other names, and
                                   "role=" for one that is not to be used; NULL-ended; NULL */
    const char *const *columns; /* the columns to add, in order, NULL-ended; NULL: all */
    const pole_allocator *allocator; /* NULL: the C library's; copied. Called from whatever thread
                                        releases a result, until the last of them is released */
} pole_arrow_options;

POLE_API void pole_arrow_options_init(pole_arrow_options *options);

/* Matches an array. Both inputs are taken, as by a move, and released in time, whatever comes of
 * the call; both results are the caller's to release, and on failure their release is NULL.
 * options: NULL for the defaults. The results are independent of the index. Returns POLE_OK;
 * POLE_INVALID_ARGUMENT: an option, or a released input; POLE_BAD_INPUT: no such field, or several,
 * a type that is not read, an array that is not as its schema says, a row that is null as a whole
 * where the input is kept; POLE_LIMIT: more than 2^31 - 1 bytes of text in a column: take smaller
 * batches; POLE_NO_MEMORY. */
POLE_API pole_status pole_arrow_match(const pole_index *index, const pole_arrow_options *options,
                                      struct ArrowSchema *schema, struct ArrowArray *array,
                                      struct ArrowSchema *schema_out, struct ArrowArray *array_out,
                                      pole_error *error);

/* Makes *out a stream of matches, batch by batch as it is asked, of what *in gives, which is taken
 * as above. The index is kept alive until the stream is released; what the matcher's options point
 * to must live as long. Matching happens within get_next(), which returns ENOMEM, EINVAL, EIO, or
 * what the input's returned; get_last_error() then tells more. A stream belongs to one thread at a
 * time, each batch that came from it to whom it was given. */
POLE_API pole_status pole_arrow_match_stream(const pole_index *index,
                                             const pole_arrow_options *options,
                                             struct ArrowArrayStream *in,
                                             struct ArrowArrayStream *out, pole_error *error);

#ifdef __cplusplus
}
#endif
#endif
