/* SPDX-License-Identifier: MIT
 *
 * Two poles seen: how they lie to each other. Two codes that a caller reads from one spot check
 * each other, as no code alone can be checked: they are a stretch of street a hundred metres long,
 * or a contradiction. */
#ifndef POLELOOKUP_BETWEEN_H
#define POLELOOKUP_BETWEEN_H

#include <polelookup/json.h>
#include <polelookup/resolution.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How the two lie. Fixed numbers. */
typedef int32_t pole_relation;
enum {
    POLE_RELATION_UNKNOWN = 0, /* one of the two names no pole of the index, or several */
    POLE_RELATION_SAME = 1,    /* both are one pole */
    POLE_RELATION_STRETCH = 2, /* in sight of each other, on one street as far as is known */
    POLE_RELATION_CORNER = 3,  /* in sight of each other, on two streets */
    POLE_RELATION_APART = 4    /* too far: one is wrong, or the caller has moved */
};

/* "unknown", "same", "stretch", "corner", "apart"; NULL for another number. Static, NUL-ended. */
POLE_API const char *pole_relation_name(pole_relation relation);

typedef struct {
    uint32_t struct_size;
    uint32_t reserved; /* 0 */
    pole_span scope;   /* the county of both; an unknown one is POLE_INVALID_ARGUMENT. Empty: any */
    double sight_m;    /* farther apart two poles are not seen from one spot; 0: 150 */
    pole_crs *crs;     /* also give x and y of the poles in this CRS; NULL: not */
} pole_between_options;

POLE_API void pole_between_options_init(pole_between_options *options);

/* Distances are geodesics in metres; NAN where not known. */
typedef struct {
    uint32_t struct_size;
    pole_relation relation;
    int32_t pole[2];       /* which candidate of the resolution each is; -1: none */
    int32_t same_street;   /* 1, 0; -1: not known */
    int32_t same_side;     /* of one street, by odd and even numbers: 1, 0; -1: not known */
    int32_t poles_between; /* standing, of the same street: on their side, or on both when they are
                              on two; -1: not known */
    int32_t corrected;   /* 0 or 1: the one that was probably misheard; -1: no one digit explains it
                          */
    int32_t correction;  /* which candidate it then is; -1 */
    uint32_t warnings;   /* POLE_WARN_... of the poles; _SCOPE_NEEDED when counties share a code */
    double distance_m;   /* from the first to the second */
    double bearing_deg;  /* at the first, towards the second: the course of a caller who moved */
    double side_deg;     /* the side of the street that both are on, as a bearing across it */
    pole_point middle;   /* of a stretch or corner */
    double radius_m;     /* about it: half the distance */
    double correction_m; /* from the correction to the other pole */
    pole_edit edit;      /* how the code heard differs from it; kind 0: none */
} pole_between_answer;

/* Judges two poles by what was heard of each. resolution: the poles told in full, and behind them
 * the correction, if there is one. answer->struct_size must be set.
 *
 * Where the two contradict each other, or one is in no table, the correction is a pole at one wrong
 * or two exchanged digits of one code, within sight of the other code's pole; the nearest to it.
 * A code that several counties have is the pole in sight of the other one, if there is just one.
 *
 * Returns POLE_OK whatever the answer is, POLE_INVALID_ARGUMENT or POLE_NO_MEMORY. About 50 us. */
POLE_API pole_status pole_between(const pole_index *index, const pole_heard *first,
                                  const pole_heard *second, const pole_between_options *options,
                                  pole_resolution *resolution, pole_between_answer *answer);

/* {"schema", "queries", "heard", "relation", "distance_m", "bearing_deg", "same_street",
 * "same_side", "side_deg", "poles_between", "middle", "poles": [candidate or null, ...],
 * "correction", "warnings", "index"} of an answer by pole_between(), with the arguments that made
 * it. options: NULL for the defaults. */
POLE_API pole_status pole_between_json(const pole_resolution *resolution, const pole_heard *first,
                                       const pole_heard *second, const pole_between_answer *answer,
                                       const pole_json_options *options, char *text,
                                       size_t capacity, size_t *needed);

#ifdef __cplusplus
}
#endif
#endif
