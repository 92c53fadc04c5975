/* SPDX-License-Identifier: MIT
 *
 * Whole logs: a table of calls in, the same table out with what each row's code means beside it.
 *
 * Rows out = rows in, in order; the cells of the input pass byte for byte, in the input's encoding
 * and dialect. What is not sure enough to be a match has a status, and no place. Memory does not
 * grow with the input: two blocks a thread (of 256 KiB, or as long as the longest record, which is
 * read up to POLE_RECORD_MAX_BYTES). docs/logs.md tells the rules. */
#ifndef POLELOOKUP_BULK_H
#define POLELOOKUP_BULK_H

#include <polelookup/match.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A longer record passes through, and is POLE_MALFORMED. */
#define POLE_RECORD_MAX_BYTES ((size_t)16 << 20)

/* Gives bytes, in order: up to size_bytes of them; *got is 0 only at the end. Returns POLE_OK, or a
 * status that ends the run. Called from any of the threads, from one at a time. Frozen. */
typedef struct {
    void *context;
    pole_status (*read)(void *context, void *bytes, size_t size_bytes, size_t *got);
} pole_reader;

/* What is written. Fixed numbers. */
enum {
    POLE_TO_CSV = 0,    /* the input's dialect */
    POLE_TO_JSONL = 1,  /* {"row", "input": {...}, and a resolution as pole_resolution_json()} */
    POLE_TO_GEOJSON = 2 /* RFC 7946: a feature a row, its geometry null where nothing is sure */
};

enum { POLE_HEADER_FOUND_OUT = 0, POLE_HEADER_PRESENT = 1, POLE_HEADER_ABSENT = 2 };

/* How far a run is. Frozen. */
typedef struct {
    uint64_t rows;
    uint64_t bytes_read;
    uint64_t bytes_written;
} pole_geocode_progress;

typedef struct {
    uint32_t struct_size;
    uint32_t threads;                /* at most this many work, the caller's among them; 0: one */
    const pole_allocator *allocator; /* NULL: the C library's; copied; called from all threads */
    const pole_matcher_options *matcher; /* NULL: the defaults. limit counts for JSON Lines */
    const char *encoding;                /* of the input; NULL: found out */
    const char *output_encoding;         /* NULL: the input's */
    uint32_t delimiter;                  /* 0: found out */
    int32_t header;                      /* POLE_HEADER_... */
    const char *column; /* of the code: its name, or its number from 1 as "#3"; NULL: found
                           by its name, else by its content */
    const char *const *text_columns; /* where the code stands in free text, instead of column;
                                        NULL-ended; NULL: none */
    const char *const *map;     /* "role=column" for the columns of evidence (hint_lat, hint_lon,
                                   hint_radius_m, hint_level, hint_crs, street, district, scope,
                                   also) that have other names, and for time; NULL-ended; NULL */
    const char *const *columns; /* the columns to add, in order, NULL-ended; NULL: all */
    const char *const *drop;    /* columns of the input that are left out; NULL-ended; NULL */
    int32_t to;                 /* POLE_TO_... */
    uint32_t bom;               /* 1: begin with a byte order mark where the input has none */
    uint32_t excel_safe; /* 1: put an apostrophe before a cell that a spreadsheet would run, and
                            count them: the one thing that changes cells */
    int32_t language;    /* of the words in JSON Lines; POLE_LANGUAGE_... */
    uint32_t report;     /* 1: keep what pole_geocoder_report() needs: 4 bytes a pole */
    uint32_t reserved;
    const pole_sink *unmatched; /* gets the rows without a match, as written; NULL */
    const pole_sink *review;    /* gets the rows that need a person, with candidates; NULL */
    const char *decisions;      /* path of such a table, with a person's decisions; NULL */
    pole_span resume; /* from pole_geocoder_state() of a run that was stopped: go on behind it. The
                         summary then tells, before the run, how many bytes of each output are kept
                         */
    /* Called now and then, from one thread at a time; anything but 0 ends the run with
     * POLE_STOPPED, all rows that were begun being written. NULL: not wanted. */
    int32_t (*on_progress)(void *context, const pole_geocode_progress *progress);
    void *context;
} pole_geocode_options;

POLE_API void pole_geocode_options_init(pole_geocode_options *options);

typedef struct pole_geocoder pole_geocoder;

/* *out: NULL on failure. The index is kept alive. POLE_INVALID_ARGUMENT with what is wrong in
 * *error, POLE_NO_MEMORY. */
POLE_API pole_status pole_geocoder_new(const pole_index *index, const pole_geocode_options *options,
                                       pole_geocoder **out, pole_error *error);
POLE_API void pole_geocoder_free(pole_geocoder *geocoder);

/* Reads all of a table and writes it; once. POLE_OK when every row was written, whatever its
 * match. POLE_BAD_INPUT: no such column, or none found, or several fit (*error names them);
 * nothing was written then. POLE_STOPPED; what a reader or sink returned; POLE_NO_MEMORY. */
POLE_API pole_status pole_geocoder_run(pole_geocoder *geocoder, const pole_reader *input,
                                       const pole_sink *output, pole_error *error);

/* Where a run that ended with POLE_STOPPED left off, for options.resume: the same index, options
 * (but threads) and input then give the same bytes as one whole run. POLE_NOT_FOUND for a run that
 * did not stop so. */
POLE_API pole_status pole_geocoder_state(const pole_geocoder *geocoder, const pole_sink *state);

/* What came of a run. Spans live until the geocoder is freed. */
typedef struct {
    uint32_t struct_size;
    uint32_t code_column; /* from 1; 0: text columns */
    pole_span code_column_name;
    uint32_t found_by_content; /* 1: the code's column was found by its cells: say so */
    uint32_t delimiter;
    pole_span encoding;
    uint64_t rows;              /* in = out */
    uint64_t matches[8];        /* by POLE_EXACT, ... */
    uint64_t reasons[6];        /* by POLE_REASON_... */
    uint64_t blank_lines;       /* passed as they are; not rows */
    uint64_t short_rows;        /* filled up with empty cells */
    uint64_t long_rows;         /* more cells than columns: malformed */
    uint64_t evidence_rows;     /* with evidence */
    uint64_t bad_evidence_rows; /* with evidence that could not be read */
    uint64_t full_rows;         /* heard and resolved; the others by stored doubts */
    uint64_t excel_safe_cells;  /* changed */
    uint64_t decided_rows;      /* by a person */
    uint64_t unused_decisions;  /* whose row is another one by now, or is not there */
    uint64_t bytes_read;
    uint64_t bytes_written;
    uint64_t unmatched_bytes; /* written to these sinks */
    uint64_t review_bytes;
} pole_geocode_summary;

/* summary->struct_size must be set. */
POLE_API pole_status pole_geocoder_summary(const pole_geocoder *geocoder,
                                           pole_geocode_summary *summary);

/* A value that often stood in the code's column without a match, digits masked where they are eight
 * or more. */
typedef struct {
    char text[32];
    uint64_t rows;
} pole_unmatched_value;

/* The commonest, at most capacity; *count: how many were written. Values that are no code (free
 * text) are never told. */
POLE_API pole_status pole_geocoder_unmatched(const pole_geocoder *geocoder,
                                             pole_unmatched_value *values, size_t capacity,
                                             size_t *count);

/* One page of HTML for people; needs options.report. log_name: for its heading; may be empty.
 * language: POLE_LANGUAGE_ZH, else English. */
POLE_API pole_status pole_geocoder_report(const pole_geocoder *geocoder, pole_span log_name,
                                          int32_t language, const pole_sink *page,
                                          pole_error *error);

#ifdef __cplusplus
}
#endif
#endif
