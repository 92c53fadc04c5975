/* SPDX-License-Identifier: MIT
 * What is known beside the heard code, as likelihood ratios: how likely the evidence is if a
 * certain pole was meant, over how likely it is if nothing is known. Every soft kind has a floor,
 * its share of plainly wrong evidence, so that none can outweigh the digits without bound; box and
 * polygon are hard. */
#ifndef RESOLVE_EVIDENCE_H
#define RESOLVE_EVIDENCE_H

#include <polelookup/resolve.h>

#include "resolve/hint.h"
#include "resolve/sight.h"
#include "resolve/street_query.h"

/* Answers to a question about a digit that are wrong, and counties and districts that are. */
#define POLE_DIGIT_WRONG 0.01
#define POLE_SCOPE_WRONG 0.03

/* All evidence of one resolution, prepared for asking pole by pole. */
typedef struct {
    const pole_index *index;
    pole_evidence given;
    uint32_t kinds;                         /* POLE_EVIDENCE_... that are given and can be judged */
    uint16_t scope;                         /* POLE_ANY_SCOPE: none is given */
    double scope_share;                     /* of the poles that lie in it */
    char digits_given[4 * POLE_MAX_DIGITS]; /* "3=1,5=0" */
    bool street_unmatched;                  /* a street is given that the table does not have */
    bool hint_may_be_shifted;               /* it was not given in a shifted datum */
    pole_hint hint;
    pole_sight also, then;
    const pole_street_query *street;
    const pole_street_query *district;
} pole_weighing;

struct pole_resolve_work;

/* given: sound; scope: a name, empty for none. Lists of the second poles are kept in work.
 * POLE_INVALID_ARGUMENT (a bad hint, digit, box, polygon, an unknown scope) or POLE_NO_MEMORY. */
pole_status pole_weighing_prepare(pole_weighing *weighing, const pole_index *index,
                                  const pole_evidence *given, pole_span scope,
                                  const pole_channel_prepared *channel,
                                  struct pole_resolve_work *work);

/* The likelihood ratio of one kind (one POLE_EVIDENCE_... bit that is among kinds) for a pole. */
double pole_weigh_kind(const pole_weighing *weighing, uint32_t kind, pole_row row);

/* Kinds that say where the caller is. Each of them can be plainly worthless, and then it agrees by
 * chance with one of the hundreds of poles that a doubtful code can mean. So the belief is pooled
 * (Stone, 1961): of what it would be with each of them, and with the share POLE_PLACE_DISTRUST of
 * what it would be without. What that is worth:
 * tools/evaluate/wrong_evidence.py, docs/resolving.md. */
#define POLE_PLACE_EVIDENCE                                                                        \
    ((uint32_t)(POLE_EVIDENCE_HINT | POLE_EVIDENCE_ALSO | POLE_EVIDENCE_THEN))
#define POLE_PLACE_KINDS 3
#define POLE_PLACE_DISTRUST 0.08

/* The product over the other soft kinds; each is bounded by itself. */
double pole_weigh_names(const pole_weighing *weighing, pole_row row);

/* Whether box and polygon, where given, hold the pole. */
#define POLE_HARD_EVIDENCE ((uint32_t)(POLE_EVIDENCE_BOX | POLE_EVIDENCE_POLYGON))
bool pole_weigh_allows(const pole_weighing *weighing, pole_row row);

/* The ratio of one kind for a place without a pole: hint, box and polygon alone can say something
 * of it, the others 1. */
double pole_weigh_place(const pole_weighing *weighing, uint32_t kind, pole_point at);

/* The ratio of what is known of streets, districts and scopes: those of a pole, for a place between
 * it and another of the same side. */
double pole_weigh_street(const pole_weighing *weighing, pole_row row);

/* 1: the kind speaks for the pole; -1: against it; 0: neither. */
int32_t pole_weigh_agrees(const pole_weighing *weighing, uint32_t kind, pole_row row);

#endif
