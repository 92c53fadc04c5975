/* SPDX-License-Identifier: MIT
 *
 * From what was heard to the pole that was meant.
 *
 * Every pole's posterior: how likely it is that its code was heard like this (channel.h), times
 * what else is known (pole_evidence), over all poles, a place between two of them, and no pole at
 * all. docs/resolving.md tells the model. A code of the table is POLE_EXACT only when its
 * confidences reach the thresholds and nothing speaks against it; without evidence that agrees it
 * carries POLE_WARN_UNCORROBORATED, and asks for the read-back. */
#ifndef POLELOOKUP_RESOLVE_H
#define POLELOOKUP_RESOLVE_H

#include <polelookup/channel.h>
#include <polelookup/near.h>
#include <polelookup/resolution.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A digit that the caller answered when asked for it. Frozen. */
typedef struct {
    uint8_t position; /* from 1 */
    uint8_t digit;    /* 0 to 9 */
} pole_known_digit;

/* What else is known. All soft (each has its share of plainly wrong ones), but box and polygon,
 * which are hard. A zeroed one knows nothing. Spans and pointers are read during the call alone,
 * but that `given` texts are copied into the answer. */
typedef struct {
    uint32_t struct_size;
    uint32_t digit_count; /* at most POLE_MAX_DIGITS */
    const pole_known_digit *digits;
    pole_point hint;      /* where the phone says it is, WGS 84 */
    double hint_radius_m; /* > 0; 0: there is no hint */
    double hint_level;    /* share of cases inside the radius, below 1; 0: 0.39, one sigma on each
                             axis */
    pole_span hint_given; /* the text to echo; may be empty */
    pole_span hint_crs; /* the CRS that the text is in: echoed (`hint` is converted already); empty:
                           EPSG:4326, but nobody said so, and one that seems to be GCJ-02 is
                           weighed and warned of as such */
    pole_span street;
    pole_span district;
    const pole_heard *also; /* a second pole in sight, as heard */
    const pole_heard *then; /* a later pole: the caller has moved */
    const pole_box *box;
    const pole_point *polygon; /* as for pole_within_polygon() */
    const size_t *polygon_rings;
    size_t polygon_ring_count;
} pole_evidence;

POLE_API void pole_evidence_init(pole_evidence *evidence);

typedef struct {
    uint32_t struct_size;
    uint32_t limit;  /* candidates told in full; 0: the default, 3; more than 100 counts as 100 */
    pole_crs *crs;   /* also give x and y in this CRS; NULL: not. Used by this call alone */
    pole_span scope; /* the county; soft evidence; empty: not known. An unknown one is
                        POLE_INVALID_ARGUMENT */
    const pole_evidence *evidence; /* NULL: none */
    const pole_channel *channel;   /* NULL: "everyday" */
    double clean;                  /* share of codes heard clean, below 1; 0: the channel's */
    double near_m;                 /* what counts as near; 0: 200 */
    double exact_confidence;       /* the thresholds of POLE_EXACT; 0: 0.90, 0.95 */
    double exact_place;
    double corrected_confidence; /* of POLE_CORRECTED; 0: 0.70, 0.90 */
    double corrected_place;
    int32_t caller_language; /* POLE_LANGUAGE_...: whose digits are confused how */
    uint32_t brief; /* 1: without question, neighbours and cross streets, which cost a third
                       of the time: for who asks for many, and puts none of them to a
                       caller */
} pole_resolve_options;

POLE_API void pole_resolve_options_init(pole_resolve_options *options);

/* The lengths that codes of this index have: bit n for n digits. For pole_hear_options. */
POLE_API uint32_t pole_index_lengths(const pole_index *index);

/* Resolves what was heard. options: NULL for the defaults. Returns POLE_OK whatever the answer is,
 * POLE_INVALID_ARGUMENT or POLE_NO_MEMORY. Some ten microseconds a candidate. */
POLE_API pole_status pole_resolve(const pole_index *index, const pole_heard *heard,
                                  const pole_resolve_options *options, pole_resolution *resolution);

#ifdef __cplusplus
}
#endif
#endif
