/* SPDX-License-Identifier: MIT
 *
 * Rows of a log to matches, many at once: what pole_hear() and pole_resolve() answer, in the few
 * figures that a table has room for.
 *
 * A code of bare digits that stands in the table, without evidence, is judged by the doubt that the
 * build stored (some 50 ns); all else is heard and resolved (some 10 to 100 us). Both ways give the
 * same match and warnings, and confidences within 1e-4. */
#ifndef POLELOOKUP_MATCH_H
#define POLELOOKUP_MATCH_H

#include <polelookup/adapters.h>
#include <polelookup/resolve.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What stands in a row beside the code, as text: empty where nothing does. Spans are read during
 * the call alone. A text that cannot be read (a latitude of "n/a") is no evidence, and is told:
 * POLE_ROW_EVIDENCE_BAD. Frozen. */
typedef struct {
    pole_span hint_lat;
    pole_span hint_lon;
    pole_span hint_radius_m; /* empty: POLE_ROW_HINT_RADIUS_M */
    pole_span hint_level;    /* empty: 0.39, one sigma on each axis */
    pole_span hint_crs;      /* EPSG:n, gcj02, bd09; empty: WGS 84 */
    pole_span street;
    pole_span district;
    pole_span scope;
    pole_span also; /* a second pole in sight, as heard */
} pole_row_evidence;

#define POLE_ROW_HINT_RADIUS_M 500.0

/* What a row came to. Fixed numbers. */
enum {
    POLE_ROW_EVIDENCE_BAD = 1 << 0, /* some of it could not be read, and was not used */
    POLE_ROW_GUESSED = 1 << 1,      /* not sure enough to be a match: told for POLE_AMBIGUOUS and
                                       POLE_UNKNOWN where best_guess was asked for */
    POLE_ROW_DECIDED = 1 << 2       /* a person chose it */
};

/* The match of a row. Nothing of it is borrowed. */
typedef struct {
    uint32_t struct_size;
    pole_match match;
    pole_reason reason;
    uint32_t warnings; /* POLE_WARN_... */
    uint32_t flags;    /* POLE_ROW_... */
    pole_row row;      /* the pole; POLE_NO_ROW: none is sure enough, or it stands between two */
    pole_point at;     /* of the pole, or of the place between two; NAN: none */
    pole_station_number station; /* the one to send; POLE_NO_STATION */
    int32_t station_role;        /* POLE_ROLE_...; 0: no station */
    double station_distance_m;   /* NAN: no station */
    double confidence;           /* of the likeliest code, be it sure enough or not; NAN */
    double confidence_place;
    double no_pole;
    double far_share;
    pole_code code; /* of row; digits 0: there is none */
} pole_row_match;

typedef struct {
    uint32_t struct_size;
    uint32_t best_guess;  /* 1: tell the likeliest pole of POLE_AMBIGUOUS and POLE_UNKNOWN, too */
    int32_t station_role; /* POLE_ROLE_...: only a station in this role; 0: the one that an answer
                             chooses (responsible, else coded, else nearest) */
    uint32_t reserved;
    const pole_allocator *allocator; /* NULL: the C library's; copied */
    const pole_adapters *adapters;   /* for EPSG codes in hint_crs; NULL: gcj02, bd09, EPSG:4326,
                                        EPSG:4490 alone; must outlive the matcher */
    const pole_resolve_options *resolve; /* NULL: the defaults. Copied; its channel and scope must
                                            outlive the matcher; evidence and crs must be NULL. Its
                                            scope is for rows that name none */
} pole_matcher_options;

POLE_API void pole_matcher_options_init(pole_matcher_options *options);

/* Its options and working memory; belongs to one thread at a time. Keeps the index alive. */
typedef struct pole_matcher pole_matcher;

/* *out: NULL on failure. POLE_INVALID_ARGUMENT, POLE_NO_MEMORY. */
POLE_API pole_status pole_matcher_new(const pole_index *index, const pole_matcher_options *options,
                                      pole_matcher **out, pole_error *error);
POLE_API void pole_matcher_free(pole_matcher *matcher);

/* Matches count texts; evidence: one a text, or NULL for none. Returns POLE_OK whatever the matches
 * are, POLE_INVALID_ARGUMENT or POLE_NO_MEMORY. matches[0].struct_size must be set; the array has
 * elements of that size. */
POLE_API pole_status pole_matcher_run(pole_matcher *matcher, const pole_span *texts,
                                      const pole_row_evidence *evidence, size_t count,
                                      pole_row_match *matches);

#ifdef __cplusplus
}
#endif
#endif
