/* SPDX-License-Identifier: MIT
 *
 * An answer: what was heard, which poles it can mean, who should go, how sure that is, how to
 * check it. Made by resolve.h from a text, or by pole_describe() from a known pole; read here;
 * written as JSON by json.h. */
#ifndef POLELOOKUP_RESOLUTION_H
#define POLELOOKUP_RESOLUTION_H

#include <polelookup/crs.h>
#include <polelookup/lookup.h>
#include <polelookup/speech.h>
#include <polelookup/station.h>

#ifdef __cplusplus
extern "C" {
#endif

/* An answer and its working memory; belongs to one thread at a time, may be used again and again.
 * Its spans and pointers live until it is used again or freed; until then it keeps the index
 * alive. A call that fails leaves it without an answer: nothing old can be taken for the new. */
typedef struct pole_resolution pole_resolution;

/* *out: NULL on failure; to be freed with pole_resolution_free(), which accepts NULL. allocator:
 * copied; NULL for the C library's. */
POLE_API pole_status pole_resolution_new(const pole_allocator *allocator, pole_resolution **out);
POLE_API void pole_resolution_free(pole_resolution *resolution);

/* Things that a person must hear of. Fixed bits. */
enum {
    POLE_WARN_SAMPLE_DATA = 1 << 0,
    POLE_WARN_UNCORROBORATED = 1 << 1,
    POLE_WARN_SCOPE_NEEDED = 1 << 2,
    POLE_WARN_STATION_CONFLICT = 1 << 3,
    POLE_WARN_AREA_EDGE = 1 << 4,
    POLE_WARN_NO_AREA = 1 << 5,
    POLE_WARN_RETIRED_POLE = 1 << 6,
    POLE_WARN_OTHER_LENGTH = 1 << 7
};

/* "sample_data", ...: the word of one bit; NULL for a bit that has none. Static, NUL-ended. */
POLE_API const char *pole_warning_name(uint32_t warning);

/* What to ask next. Fixed numbers. */
enum {
    POLE_ASK_NOTHING = 0,
    POLE_ASK_READ_BACK = 1,
    POLE_ASK_DIGIT = 2,
    POLE_ASK_DIGITS = 3,
    POLE_ASK_NEIGHBOUR = 4,
    POLE_ASK_SIDE = 5,
    POLE_ASK_STREET = 6,
    POLE_ASK_COUNTY = 7,
    POLE_ASK_OBJECT = 8,
    POLE_ASK_PLACE = 9
};

/* The head of an answer. */
typedef struct {
    uint32_t struct_size;
    pole_match match;
    pole_reason reason;        /* why there is no code */
    uint32_t warnings;         /* POLE_WARN_... added up */
    int32_t question;          /* POLE_ASK_... */
    uint32_t candidates;       /* listed: pole_resolution_candidate() takes 0 to candidates - 1 */
    uint32_t candidates_found; /* listed or not */
    uint32_t reserved;
    double confidence;       /* posterior of the first candidate's code; NAN: not assessed */
    double confidence_place; /* posterior of its neighbourhood; NAN: not assessed */
    double no_pole;          /* posterior that no pole was meant; NAN: not assessed */
    pole_span query;         /* as given, long digit runs masked */
    pole_span heard;         /* the digits, '?' for unknown; empty: none */
} pole_answer;

/* answer->struct_size must be set. POLE_INVALID_ARGUMENT when there is no answer. */
POLE_API pole_status pole_resolution_answer(const pole_resolution *resolution, pole_answer *answer);

/* A pole beside another on its own side of the street. Frozen. */
typedef struct {
    pole_row row;
    uint32_t reserved;
    double distance_m;
    double bearing_deg; /* from the pole to its neighbour */
} pole_neighbour;

enum { POLE_MATCHED_CODE = 1, POLE_MATCHED_ALIAS = 2 };

/* A pole that the answer can mean, told in full. */
typedef struct {
    uint32_t struct_size;
    int32_t matched;   /* POLE_MATCHED_... */
    double confidence; /* NAN: not assessed */
    double distance_to_first_m;
    double x;      /* in the CRS asked for: easting or longitude; NAN when none was, or when it
                      cannot express the place */
    double y;      /* northing or latitude */
    pole_span crs; /* its name; empty when none was */
    pole_span cross_streets[2]; /* the nearest other streets, nearest first; empty where none is
                                   among the 256 poles nearest to it within 500 m */
    double cross_street_m[2];   /* distance to the nearest pole of each; NAN where none */
    /* At most two, the lower code, then the higher: the next of the same parity in the same street
     * that still stand, at most 100 numbers away. */
    const pole_neighbour *neighbours;
    size_t neighbour_count;
    const pole_station_hit *stations; /* in order of role; exactly one chosen if there is any */
    size_t station_count;
    pole_area_edge area_edge; /* within POLE_AREA_EDGE_M; station POLE_NO_STATION: none so near */
} pole_candidate;

/* Another area nearer than this is worth a warning. */
#define POLE_AREA_EDGE_M 50.0

/* Candidate i and, if record is not NULL, the pole itself. Both need their struct_size set.
 * POLE_NOT_FOUND beyond the last. */
POLE_API pole_status pole_resolution_candidate(const pole_resolution *resolution, size_t i,
                                               pole_candidate *candidate, pole_record *record);

typedef struct {
    uint32_t struct_size;
    uint32_t limit; /* candidates told in full; 0: the default, 3; more than 100 counts as 100 */
    pole_crs *crs;  /* also give x and y in this CRS; NULL: not. Used by this call alone */
} pole_describe_options;

POLE_API void pole_describe_options_init(pole_describe_options *options);

/* A known pole told in full, as an answer with one candidate and match POLE_EXACT. options: NULL
 * for the defaults; its limit does not matter. Returns POLE_OK, POLE_INVALID_ARGUMENT (no such row)
 * or POLE_NO_MEMORY. Some ten microseconds. */
POLE_API pole_status pole_describe(const pole_index *index, pole_row row,
                                   const pole_describe_options *options,
                                   pole_resolution *resolution);

#ifdef __cplusplus
}
#endif
#endif
