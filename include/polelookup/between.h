/* SPDX-License-Identifier: MIT
 *
 * Two poles seen: how they lie to each other. Two codes that a caller reads from one spot check
 * each other, as no code alone can be checked: they are a stretch of street a hundred metres long,
 * or a contradiction. */
#ifndef POLELOOKUP_BETWEEN_H
#define POLELOOKUP_BETWEEN_H

#include <polelookup/channel.h>
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
    int32_t caller_language;     /* as in pole_resolve_options, like the next three */
    pole_span scope;             /* the county of both; an unknown one is POLE_INVALID_ARGUMENT */
    pole_crs *crs;               /* also give x and y of the poles in this CRS; NULL: not */
    const pole_channel *channel; /* NULL: "everyday" */
    double clean;                /* 0: the channel's */
} pole_between_options;

POLE_API void pole_between_options_init(pole_between_options *options);

/* A pole that one of the two codes may have meant instead. Frozen. */
typedef struct {
    int32_t query;     /* which of the two, 0 or 1 */
    int32_t candidate; /* of the resolution: its confidence and its edits are there */
    double distance_m; /* to the pole that the other code names; NAN: it names none */
} pole_between_correction;

#define POLE_BETWEEN_CORRECTIONS 3

/* Distances are geodesics in metres; NAN where not known. */
typedef struct {
    uint32_t struct_size;
    pole_relation relation;
    int32_t pole[2];       /* which candidate of the resolution each is; -1: none */
    int32_t same_street;   /* 1, 0; -1: not known */
    int32_t same_side;     /* of one street, by odd and even numbers: 1, 0; -1: not known */
    int32_t poles_between; /* standing, of the same street: on their side, or on both when they are
                              on two; -1: not known */
    uint32_t warnings;  /* POLE_WARN_... of the poles; _SCOPE_NEEDED when counties share a code */
    double distance_m;  /* from the first to the second */
    double bearing_deg; /* at the first, towards the second: the course of a caller who moved */
    double side_deg;    /* the side of the street that both are on, as a bearing across it */
    pole_point middle;  /* of a stretch or corner */
    double radius_m;    /* about it: half the distance */
    pole_between_correction corrections[POLE_BETWEEN_CORRECTIONS]; /* the likeliest first */
    uint32_t correction_count;
    uint32_t reserved;
} pole_between_answer;

/* Judges two poles by what was heard of each. resolution: the poles told in full, and behind them
 * the corrections. answer->struct_size must be set. Poles within 150 m see each other.
 *
 * Each code is resolved with the other as a second pole in sight (pole_resolve() with `also`): from
 * that come the confidences of the two poles and of the corrections. Where the two contradict each
 * other, or one is in no table, the corrections are the likeliest poles of other codes than the one
 * heard that the other code makes likelier. Of one pole said twice nothing is weighed: all are NAN.
 * A code that several counties have is the pole in sight of the other one, if there is just one.
 *
 * Returns POLE_OK whatever the answer is, POLE_INVALID_ARGUMENT or POLE_NO_MEMORY. Takes as long as
 * two resolutions. */
POLE_API pole_status pole_between(const pole_index *index, const pole_heard *first,
                                  const pole_heard *second, const pole_between_options *options,
                                  pole_resolution *resolution, pole_between_answer *answer);

/* {"schema", "queries", "heard", "relation", "distance_m", "bearing_deg", "same_street",
 * "same_side", "side_deg", "poles_between", "middle", "poles": [candidate or null, ...],
 * "corrections", "warnings", "index", "engine"} of an answer by pole_between(), with the arguments
 * that made it. options: NULL for the defaults. */
POLE_API pole_status pole_between_json(const pole_resolution *resolution, const pole_heard *first,
                                       const pole_heard *second, const pole_between_answer *answer,
                                       const pole_json_options *options, char *text,
                                       size_t capacity, size_t *needed);

#ifdef __cplusplus
}
#endif
#endif
