/* SPDX-License-Identifier: MIT
 *
 * One index: open it, ask what it is, let it go.
 *
 * An index is one immutable file (.plx). Opening checks everything; after that no query can fail
 * on its content. An open index is read-only and shared freely between threads; it is counted, and
 * every row, station number and span that came from it lives until the last close. */
#ifndef POLELOOKUP_INDEX_H
#define POLELOOKUP_INDEX_H

#include <polelookup/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct pole_index pole_index;

/* No index file may be larger. */
#define POLE_MAX_INDEX_BYTES ((uint64_t)1 << 30)

enum {
    /* Map the file instead of reading it to private memory. Faster by the reading of a few
     * megabytes; but if another process truncates the file, this one dies by SIGBUS. */
    POLE_OPEN_MAPPED = 1,
    /* pole_index_open_memory only: do not copy; the caller keeps the bytes, unchanged, until the
     * index is closed for the last time. */
    POLE_OPEN_BORROWED = 2
};

typedef struct {
    uint32_t struct_size;
    uint32_t flags;                  /* POLE_OPEN_... */
    const pole_allocator *allocator; /* NULL: malloc; copied */
} pole_open_options;

POLE_API void pole_open_options_init(pole_open_options *options);

/* Opens an index file. path: NUL-ended, a regular file of at most POLE_MAX_INDEX_BYTES.
 * options: NULL for the defaults. *index: NULL on failure; close it with pole_index_close().
 * Returns POLE_OK, POLE_IO, POLE_NOT_AN_INDEX, POLE_DAMAGED, POLE_NEWER_FORMAT, POLE_LIMIT,
 * POLE_NO_MEMORY or POLE_INVALID_ARGUMENT. Reads and checks the whole file: about a millisecond
 * for a city. */
POLE_API pole_status pole_index_open(const char *path, const pole_open_options *options,
                                     pole_index **index, pole_error *error);

/* The same from memory. The bytes are copied, if not POLE_OPEN_BORROWED. */
POLE_API pole_status pole_index_open_memory(const void *bytes, size_t size_bytes,
                                            const pole_open_options *options, pole_index **index,
                                            pole_error *error);

/* One more owner. NULL is allowed. Thread-safe. */
POLE_API void pole_index_retain(pole_index *index);

/* Lets go; the last one frees. NULL is allowed. Thread-safe. */
POLE_API void pole_index_close(pole_index *index);

/* What opening does not ask: recomputes the content id, and what the build derived (who is
 * responsible for each pole, which station is nearest, how far the next area is), and compares.
 * Returns POLE_OK, POLE_DAMAGED with the first difference, POLE_NO_MEMORY or
 * POLE_INVALID_ARGUMENT. Some tenths of a second for a million poles. */
POLE_API pole_status pole_index_verify(const pole_index *index, pole_error *error);

/* What an index holds. Spans live until the index is closed. */
typedef struct {
    uint32_t struct_size;
    uint32_t is_sample; /* 1: an invented city; no answer of it is a real place */
    uint32_t format_major;
    uint32_t format_minor;
    uint32_t poles;
    uint32_t stations;
    uint32_t areas;
    uint32_t scopes;  /* with the empty one: pole_index_scope() takes 0 to scopes - 1 */
    uint32_t schemes; /* pole_index_scheme() takes 0 to schemes - 1 */
    uint32_t sources; /* pole_index_source() takes 0 to sources - 1 */
    uint64_t file_bytes;
    int64_t built_at_s;  /* seconds since 1970-01-01, UTC: SOURCE_DATE_EPOCH or the newest source */
    int64_t data_date_s; /* the newest source's time, or SOURCE_DATE_EPOCH; 0: not known */
    pole_point southwest; /* extent of the poles */
    pole_point northeast;
    uint64_t rows_read;      /* of the pole tables */
    uint64_t rows_refused;   /* not in the index, each was reported at build */
    uint64_t rows_collapsed; /* repeated another row, or added an alias to its pole */
    char id[36];             /* content id: 32 hex digits, NUL-ended; the same poles, stations,
                                areas, schemes and sample flag have the same id, whenever and in
                                whatever order built */
    uint32_t doubts_used;    /* 1: a clean code's doubt is read from the index; 0: none is stored
                                there, or one of another channel than this release's "everyday" */
    pole_span name;          /* what the index calls itself, such as a city; may be empty */
    pole_span builder;       /* "polelookup 1.2.3" */
    pole_span doubt_channel; /* the id of the channel that the stored doubts rest on; empty: none
                                are stored */
} pole_info;

/* info->struct_size must be set. Thread-safe, does not allocate. */
POLE_API pole_status pole_index_info(const pole_index *index, pole_info *info);

/* The name of a scope: a county's name or adcode; empty for 0, the urban districts.
 * POLE_NOT_FOUND beyond the last. */
POLE_API pole_status pole_index_scope(const pole_index *index, uint16_t scope, pole_span *name);

/* The number of a scope by its name, or by that name without its ending (市, 县, 区, 旗) where only
 * one scope is called so; POLE_NOT_FOUND. *scope is POLE_ANY_SCOPE on failure. */
POLE_API pole_status pole_index_find_scope(const pole_index *index, pole_span name,
                                           uint16_t *scope);

/* What a digit of a code says. */
enum {
    POLE_FIELD_DISTRICT = 1,
    POLE_FIELD_STATION = 2,
    POLE_FIELD_STREET = 3,
    POLE_FIELD_POLE = 4,
    POLE_FIELD_OTHER = 5
};

/* How the codes of one scope and length divide, and their rows. */
typedef struct {
    uint32_t struct_size;
    uint16_t scope;
    uint8_t digits;          /* 1 to 9 */
    uint8_t field_count;     /* 1 to 9 */
    uint8_t field_kind[12];  /* POLE_FIELD_... of the first field, the second ... */
    uint8_t field_width[12]; /* its digits; they add up to `digits` */
    pole_row first_row;
    uint32_t rows;
} pole_scheme_info;

/* In order of scope and digits. POLE_NOT_FOUND beyond the last. */
POLE_API pole_status pole_index_scheme(const pole_index *index, uint32_t number,
                                       pole_scheme_info *scheme);

/* Where the content came from. */
typedef struct {
    uint32_t struct_size;
    uint32_t kind;       /* POLE_TABLE_POLES, _STATIONS, _AREAS (build.h) */
    pole_span file_name; /* without folders */
    pole_span hash;      /* XXH3-128 of the file, hex */
    pole_span crs;       /* as stated at the build: "EPSG:4326", "gcj02", ... */
    uint64_t size_bytes;
    uint64_t rows_read;
    uint64_t rows_refused;
} pole_source_info;

/* In the order that they were added in. POLE_NOT_FOUND beyond the last. */
POLE_API pole_status pole_index_source(const pole_index *index, uint32_t number,
                                       pole_source_info *source);

#ifdef __cplusplus
}
#endif
#endif
