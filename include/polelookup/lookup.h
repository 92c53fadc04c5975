/* SPDX-License-Identifier: MIT
 *
 * From a code to a pole: the fast way, for codes that are known to be codes.
 *
 * A code found here was found, no more: whether it is the code that the caller meant is the
 * question of resolve.h, which every answer to a person should come from. */
#ifndef POLELOOKUP_LOOKUP_H
#define POLELOOKUP_LOOKUP_H

#include <polelookup/index.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a text or code turned out to be. Fixed numbers; readers accept unknown ones. */
typedef int32_t pole_match;
enum {
    POLE_MATCH_NONE = 0, /* not yet asked */
    POLE_EXACT = 1,
    POLE_CORRECTED = 2,
    POLE_AMBIGUOUS = 3,
    POLE_INTERPOLATED = 4,
    POLE_UNKNOWN = 5,
    POLE_NO_CODE = 6,
    POLE_MALFORMED = 7
};

/* "exact", "corrected", ...; "none" before the question, "unknown" for a number that is not known.
 * Static, NUL-ended. */
POLE_API const char *pole_match_name(pole_match match);

/* Whether a pole still stands where the table says. */
enum { POLE_STATE_ACTIVE = 0, POLE_STATE_MOVED = 1, POLE_STATE_REMOVED = 2 };

/* Reads a code: digits, ASCII or full-width, of a length that some scope of the index uses, with
 * spaces, hyphens, dots, '_' or their full-width forms around and between. code->scope becomes
 * POLE_ANY_SCOPE. POLE_OK, POLE_MALFORMED_CODE or POLE_INVALID_ARGUMENT. Does not allocate.
 * Thread-safe. About 5 ns for plain digits. */
POLE_API pole_status pole_code_parse(const pole_index *index, pole_span text, pole_code *code);

/* Writes a code's digits, NUL-ended; grouped: with a space between the fields of its scheme
 * ("1 23 45 67"), or of the first of its length when its scope is not known. *needed (may be NULL)
 * is the room needed with the NUL; POLE_LIMIT, and an empty text, when capacity is less. 32 bytes
 * are always enough. A number of more digits than code.digits is POLE_INVALID_ARGUMENT. */
POLE_API pole_status pole_code_format(const pole_index *index, pole_code code, int32_t grouped,
                                      char *text, size_t capacity, size_t *needed);

/* The row of a code. POLE_NOT_FOUND; POLE_SEVERAL (and no row) when code.scope is POLE_ANY_SCOPE
 * and more than one scope has it; POLE_INVALID_ARGUMENT for a code without 1 to 9 digits. *row is
 * POLE_NO_ROW on failure. Does not allocate. Thread-safe. A few nanoseconds. */
POLE_API pole_status pole_index_find(const pole_index *index, pole_code code, pole_row *row);

/* The rows of a code in every scope (or in the one it names), in order. *needed: how many there
 * are; at most capacity are written. POLE_OK, or POLE_NOT_FOUND when there is none. */
POLE_API pole_status pole_index_find_all(const pole_index *index, pole_code code, pole_row *rows,
                                         size_t capacity, size_t *needed);

/* The rows of the poles that have this alias (another owner's number), compared byte for byte
 * without the white space around it. In order, each once; else as above. O(log n). */
POLE_API pole_status pole_index_find_alias(const pole_index *index, pole_span alias, pole_row *rows,
                                           size_t capacity, size_t *needed);

/* The columns that a batch fills, each an array of at least as many elements as the batch, or NULL
 * where not wanted. What is not found, or in several scopes, gets POLE_NO_ROW, NAN,
 * POLE_NO_STATION. */
typedef struct {
    uint32_t struct_size;
    uint32_t reserved;
    pole_row *rows;
    pole_match *match; /* POLE_EXACT: in the table, mishearing not assessed; POLE_AMBIGUOUS: in
                          several scopes; POLE_UNKNOWN; POLE_NO_CODE: no number of that length.
                          With one of the next three columns a code of the table is judged: see
                          confidence */
    double *lat_deg;
    double *lon_deg;
    pole_station_number *stations; /* by the policy: responsible, else coded, else nearest */
    /* How sure each code is if a caller said just its digits, as pole_resolve() has it without
     * evidence, under its defaults but for `clean`; within 1e-4 where that is 0.1 or more. match is
     * then what pole_resolve() answers (POLE_EXACT, POLE_AMBIGUOUS, or POLE_UNKNOWN with its row
     * still told). It costs a look into the doubts that the build stored. Where they do not decide
     * (none are stored, or under another channel; another pole's alias, a code of several scopes, a
     * result at a threshold, a scope given), the confidences are NAN, and match is POLE_MATCH_NONE:
     * resolve these. A text that was more than bare digits may be an alias as it stands: resolve
     * it. */
    double *confidence;
    double *confidence_place;
    double *far_share; /* what of the belief is in far places */
    double clean;      /* share of codes heard clean, below 1; 0: the channel's own */
} pole_columns;

/* Finds count codes of one length and scope (or POLE_ANY_SCOPE), given as numbers. Returns POLE_OK
 * or POLE_INVALID_ARGUMENT. Does not allocate. Thread-safe. Faster than a loop over
 * pole_index_find(): the memory of several is fetched at once. */
POLE_API pole_status pole_index_find_many(const pole_index *index, const uint32_t *numbers,
                                          size_t count, uint8_t digits, uint16_t scope,
                                          const pole_columns *columns);

/* The same for texts of one width: text i is the `digits` ASCII digits at texts + i *
 * stride_bytes. A text with another byte in it is POLE_NO_CODE. */
POLE_API pole_status pole_index_find_texts(const pole_index *index, const char *texts,
                                           size_t stride_bytes, size_t count, uint8_t digits,
                                           uint16_t scope, const pole_columns *columns);

/* Where a pole is. POLE_INVALID_ARGUMENT when row is not of this index. */
POLE_API pole_status pole_index_point(const pole_index *index, pole_row row, pole_point *at);

#define POLE_NO_DATE INT32_MIN

/* A pole as the table has it. Spans live until the index is closed; empty where not given. */
typedef struct {
    uint32_t struct_size;
    pole_row row;
    pole_code code;
    pole_point at;
    pole_span scope;
    pole_span street;
    pole_span district;
    pole_span note;
    pole_span successor; /* the code of the pole that replaced this one */
    pole_span alias;     /* another owner's number on the same pole (the first in order of bytes,
                            if several; in an answer the one that named the pole) */
    pole_span alias_owner;
    int32_t state;         /* POLE_STATE_... */
    int32_t surveyed_days; /* days since 1970-01-01, or POLE_NO_DATE */
} pole_record;

/* record->struct_size must be set. POLE_INVALID_ARGUMENT when row is not of this index. Does not
 * allocate. Thread-safe. */
POLE_API pole_status pole_index_record(const pole_index *index, pole_row row, pole_record *record);

#ifdef __cplusplus
}
#endif
#endif
