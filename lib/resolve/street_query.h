/* SPDX-License-Identifier: MIT
 * A street or district as said, as evidence: how much likelier it makes a pole.
 *
 * The model. A name is said of a pole's street S with a likelihood exp(-cost), cost being
 * street_fit.h's. Let B be the street of the index that fits best. What was said is of some street
 * of the index with the chance
 *
 *     trust = 1 / (1 + exp(cost(B) - patience)),   patience = 0.9 nats a unit, at most 3.6
 *
 * (a unit is a syllable or the ordinal; so of two syllables one may be heard as a neighbour of its
 * sound, but not as another word, which in a city's names is mostly another street's),
 * and else of a street that the index has not (new, misnamed, in another town), which says nothing
 * of any pole. So
 *
 *     ratio(S) = (1 - trust) + trust * (low + (high - low) * exp(cost(B) - cost(S)))
 *
 * with low = 1/sqrt(span) and high = sqrt(span): the best street is at most `span` times as likely
 * as one that was not named at all, however well it fits, since callers name the wrong street. For
 * a street span is 50; for a district 0.97 / 0.03 (3 % name a wrong one). 1 is the ratio of
 * whatever is on no street of the index: no pole meant, a pole without a street. When cost(B) is
 * above the patience, nothing was said of any street: every ratio is 1, and `unmatched` is set.
 *
 * Callers name the crossing: a street with a pole within 60 m counts as the pole's own, its
 * exp(...) times 0.7. */
#ifndef RESOLVE_STREET_QUERY_H
#define RESOLVE_STREET_QUERY_H

#include "base/memory.h"
#include "index/index.h"
#include "resolve/street_name.h"

#define POLE_STREET_SPAN 50.0
#define POLE_DISTRICT_WRONG 0.03
#define POLE_STREET_SIGHT_M 60.0
#define POLE_STREET_CROSSING 0.7

/* Reusable; belongs to one thread at a time. Read the fields, do not write them. */
typedef struct {
    pole_allocator allocator;
    float *ratios; /* by text number; texts that name nothing: 1 */
    size_t capacity;
    uint32_t count;        /* texts; 0: nothing was prepared */
    unsigned attribute;    /* POLE_ATTRIBUTE_STREET or _DISTRICT */
    bool unmatched;        /* something was said, and nothing in the index fits it */
    pole_text_number best; /* the one that fits best (the first in order of text); 0: unmatched */
    float cost;            /* of it, in nats */
    double floor;          /* the ratio of what does not fit at all */
    pole_type_words words;
} pole_street_query;

/* allocator: copied; NULL for the C library's. */
void pole_street_query_init(pole_street_query *query, const pole_allocator *allocator);
void pole_street_query_free(pole_street_query *query);

/* Prepares the query for a name as said and an index: compares it once with every distinct street
 * (district), about 0.45 us each (0.6 for letters). An empty text, or one of blanks, says nothing:
 * every ratio is 1, and it is not unmatched. Allocates when the index has more texts than any
 * before. POLE_OK or POLE_NO_MEMORY, and then the query says nothing. */
pole_status pole_street_query_prepare(pole_street_query *query, const pole_index *index,
                                      pole_span said);
pole_status pole_district_query_prepare(pole_street_query *query, const pole_index *index,
                                        pole_span said);

/* The ratio of a street (district) of the index it was prepared for, by its text's number. O(1). */
static inline double pole_street_ratio(const pole_street_query *query, pole_text_number name)
{
    return name < query->count ? (double)query->ratios[name] : 1.0;
}

/* The ratio of a pole: by its own street and the ones within 60 m. A search in the tree, 1 to 3 us,
 * unless its own street is the best. */
double pole_street_ratio_at(const pole_street_query *query, const pole_index *index, pole_row row);

/* The ratio of a pole by its district. */
double pole_district_ratio(const pole_street_query *query, const pole_index *index, pole_row row);

#endif
