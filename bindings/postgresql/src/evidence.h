/* SPDX-License-Identifier: MIT
 *
 * The arguments of a question: what was heard, and what else is known. Every piece of evidence is
 * a named argument that may be null: then it is not known. */
#ifndef POLE_PG_EVIDENCE_H
#define POLE_PG_EVIDENCE_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/jsonb.h"

#include <polelookup/polelookup.h>

/* Arguments of pole_resolve() and pole_resolve_json(), in order; pole_match() has those up to
 * `also`. */
enum {
    ARGUMENT_HEARD,
    ARGUMENT_HINT_LAT,
    ARGUMENT_HINT_LON,
    ARGUMENT_HINT_RADIUS_M,
    ARGUMENT_HINT_LEVEL,
    ARGUMENT_HINT_CRS,
    ARGUMENT_STREET,
    ARGUMENT_DISTRICT,
    ARGUMENT_SCOPE,
    ARGUMENT_ALSO,
    ARGUMENT_LATER,
    ARGUMENT_DIGITS,
    ARGUMENT_BOX,
    ARGUMENT_POLYGON,
    ARGUMENT_CLEAN,
    ARGUMENT_NEAR_M,
    ARGUMENT_CHANNEL,
    ARGUMENT_CALLER_LANGUAGE,
    ARGUMENT_LANGUAGE,
    ARGUMENT_MAX_CANDIDATES,
    ARGUMENT_OTHERS,
    ARGUMENT_WEIGHTS,
    ARGUMENTS
};

typedef struct {
    pole_point *points;
    size_t *ring_sizes;
    size_t rings;
} Polygon;

/* GeoJSON: a Feature, a FeatureCollection of one, or a bare Polygon or MultiPolygon. Raises
 * bad_input. */
Polygon evidence_polygon(Jsonb *geojson);

typedef struct {
    pole_resolve_options options;
    pole_evidence evidence;
    pole_json_options json;
    pole_heard *heard;
    pole_known_digit digits[POLE_MAX_DIGITS];
    pole_box box;
    Polygon polygon;
} Question;

/* Hears the arguments. False when the first is null: nothing is asked. Raises invalid_argument for
 * evidence that is there and cannot be used. */
bool evidence_read(FunctionCallInfo call, const pole_index *index, Question *question);

/* An argument of type text; empty when it is null. */
pole_span evidence_text(FunctionCallInfo call, int argument);

/* A number in full, palloc'ed: not as extra_float_digits of the session would have it, by which a
 * hint may come to lie a town away. */
char *evidence_number(double value);

/* zh, en, ru; the default is the library's, zh. */
int32_t evidence_language(FunctionCallInfo call, int argument);

#endif
