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

/* Things that a person must hear of. Fixed bits. What is about a pole (station_conflict, area_edge,
 * no_area, retired_pole) is about the first candidate, or about the place of an interpolated
 * answer, however many candidates are told. */
enum {
    POLE_WARN_SAMPLE_DATA = 1 << 0,
    POLE_WARN_UNCORROBORATED = 1 << 1,
    POLE_WARN_SCOPE_NEEDED = 1 << 2,
    POLE_WARN_STATION_CONFLICT = 1 << 3,
    POLE_WARN_AREA_EDGE = 1 << 4,
    POLE_WARN_NO_AREA = 1 << 5,
    POLE_WARN_RETIRED_POLE = 1 << 6,
    POLE_WARN_OTHER_LENGTH = 1 << 7,
    POLE_WARN_CONFUSABLE_FAR = 1 << 8, /* at least 0.05 is believed of places that are not near */
    POLE_WARN_HINT_CONFLICT = 1 << 9,
    POLE_WARN_HINT_OUTSIDE = 1 << 10, /* the hint lies outside the table's extent */
    POLE_WARN_HINT_DATUM_SUSPECT = 1 << 11,
    POLE_WARN_STREET_CONFLICT = 1 << 12,
    POLE_WARN_STREET_UNMATCHED = 1 << 13, /* no such street is known; it changed nothing */
    POLE_WARN_ALSO_CONFLICT = 1 << 14,
    POLE_WARN_SEVERAL_CODES = 1 << 15
};

/* "sample_data", ...: the word of one bit; NULL for a bit that has none. Static, NUL-ended. */
POLE_API const char *pole_warning_name(uint32_t warning);

/* What is known beside the heard code. Fixed bits. */
enum {
    POLE_EVIDENCE_HINT = 1 << 0,
    POLE_EVIDENCE_STREET = 1 << 1,
    POLE_EVIDENCE_DISTRICT = 1 << 2,
    POLE_EVIDENCE_SCOPE = 1 << 3,
    POLE_EVIDENCE_ALSO = 1 << 4, /* a second pole in sight */
    POLE_EVIDENCE_THEN = 1 << 5, /* a later pole, on the way */
    POLE_EVIDENCE_DIGIT = 1 << 6,
    POLE_EVIDENCE_BOX = 1 << 7,
    POLE_EVIDENCE_POLYGON = 1 << 8
};

/* "hint", "street", ...; NULL for a bit that has none. Static, NUL-ended. */
POLE_API const char *pole_evidence_name(uint32_t evidence);

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
    pole_reason reason;  /* why there is no code */
    uint32_t warnings;   /* POLE_WARN_... added up */
    int32_t question;    /* POLE_ASK_... */
    uint32_t candidates; /* listed (of those believed 1e-4 or more, and the pole whose code was
                            heard): pole_resolution_candidate() takes 0 to candidates - 1 */
    uint32_t candidates_found; /* listed or not */
    uint32_t reserved;
    double confidence;        /* posterior of the first candidate's code; NAN: not assessed */
    double confidence_place;  /* posterior of its neighbourhood; NAN: not assessed */
    double no_pole;           /* posterior that no pole was meant; NAN: not assessed */
    pole_span query;          /* as given, long digit runs masked */
    pole_span heard;          /* the digits, '?' for unknown; empty: none */
    uint32_t corroborated_by; /* POLE_EVIDENCE_... that agree with the first candidate */
    uint32_t evidence;        /* how many pieces: pole_resolution_evidence() takes 0 to this - 1 */
    double far_share;         /* posterior of all that is not near the first candidate; NAN */
    pole_span channel;        /* the name of the channel that was assumed; empty: none was */
    pole_span channel_id;     /* a hash of its table */
    double clean;             /* its share of codes heard clean; NAN */
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

/* How a heard code differs from the one meant. Fixed numbers. */
enum {
    POLE_EDIT_SUBSTITUTION = 1,
    POLE_EDIT_TRANSPOSITION = 2, /* two digits changed places; adjacent, or with one between */
    POLE_EDIT_TWIN = 3,          /* both of two equal digits became another: 33 heard as 66 */
    POLE_EDIT_OMISSION = 4,
    POLE_EDIT_INSERTION = 5,
    POLE_EDIT_DOUBLING = 6,
    POLE_EDIT_UNKNOWN = 7 /* could not be read */
};

/* "substitution", ...; NULL for a number that has none. Static, NUL-ended. */
POLE_API const char *pole_edit_name(int32_t kind);

/* Frozen. */
typedef struct {
    int32_t kind;           /* POLE_EDIT_... */
    uint8_t position;       /* from 1, in the code meant; 0: it has none there */
    uint8_t heard_position; /* from 1, in what was heard; 0: as above */
    uint8_t reserved[2];
    char heard[4]; /* the digits, NUL-ended; empty: none */
    char meant[4];
} pole_edit;

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
    const pole_edit *edits;   /* in order of position; none when the code was heard as it is */
    size_t edit_count;
    double distance_to_hint_m; /* NAN: no hint */
} pole_candidate;

/* Another area nearer than this is worth a warning. */
#define POLE_AREA_EDGE_M 50.0

/* Candidate i and, if record is not NULL, the pole itself. Both need their struct_size set.
 * POLE_NOT_FOUND beyond the last. */
POLE_API pole_status pole_resolution_candidate(const pole_resolution *resolution, size_t i,
                                               pole_candidate *candidate, pole_record *record);

/* The likeliest pole that is not near the first candidate: over near_m away, or another station's.
 */
typedef struct {
    uint32_t struct_size;
    pole_row row;
    pole_code code;
    double confidence;
    double distance_m;           /* from the first candidate */
    pole_station_number station; /* the one to send there */
    uint32_t digits; /* bit n: digit n (from 1) tells the two codes apart; 0 if their lengths or
                        scopes differ */
} pole_far_rival;

/* POLE_NOT_FOUND when nothing that is listed or not is far. */
POLE_API pole_status pole_resolution_far_rival(const pole_resolution *resolution,
                                               pole_far_rival *rival);

/* A place for a code that the table lacks, between two poles of its street and side. */
typedef struct {
    uint32_t struct_size;
    uint32_t reserved;
    pole_code code;
    pole_point at;
    double radius_m;
    double confidence;
    pole_row between[2]; /* the lower code, then the higher */
    const pole_station_hit *stations;
    size_t station_count;
    pole_area_edge area_edge; /* nearer than 50 m or than radius_m; else no station */
} pole_estimate;

/* POLE_NOT_FOUND when nothing was estimated. */
POLE_API pole_status pole_resolution_estimate(const pole_resolution *resolution,
                                              pole_estimate *estimate);

/* One answer to the question, and what it would leave. Frozen. */
typedef struct {
    pole_span answer;     /* "0", a street's name, ... */
    const pole_row *rows; /* the likeliest first */
    size_t row_count;
} pole_question_option;

/* What to ask next. */
typedef struct {
    uint32_t struct_size;
    int32_t kind;    /* POLE_ASK_... */
    uint32_t digit;  /* from 1: the digit asked for, or the first of several; 0: none is. Of
                        POLE_ASK_PLACE: what to ask for then, if the caller is at the pole; 0: to
                        read them all again */
    uint32_t digits; /* how many digits a code has here; 0: not said */
    const pole_question_option *options; /* the likeliest answer first */
    size_t option_count;
    uint32_t digit_count; /* how many digits are asked for, from `digit` on; 0: none is */
    uint8_t choice[2];    /* the two digits to choose from, in the order to say them; the same
                             twice: the question is open */
    uint8_t reserved[2];
} pole_question;

POLE_API pole_status pole_resolution_question(const pole_resolution *resolution,
                                              pole_question *question);

/* A piece of evidence as it was used. */
typedef struct {
    uint32_t struct_size;
    int32_t kind;         /* one POLE_EVIDENCE_... */
    pole_point at;        /* of a hint, WGS 84; NAN for the others */
    double sigma_m;       /* of a hint: on each axis; NAN for the others */
    pole_span given;      /* as the caller gave it */
    pole_span crs;        /* that it was given in; empty: not of a place */
    int32_t agrees;       /* with the first candidate: 1 it speaks for it, 0 neither, -1 against */
    pole_row outside;     /* of box and polygon: the likeliest pole that they forbid; else
                             POLE_NO_ROW */
    double outside_share; /* what would be believed of it if they did not; NAN */
} pole_evidence_used;

POLE_API pole_status pole_resolution_evidence(const pole_resolution *resolution, size_t i,
                                              pole_evidence_used *used);

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
