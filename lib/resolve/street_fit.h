/* SPDX-License-Identifier: MIT
 * How far a name as said is from a name of the table, in nats: -ln of the likelihood, relative to
 * the name said right. 0: the same. The costs are judgements, not measurements:
 *
 *   syllables        pole_sound_cost(), the nearest readings of both
 *   a character      of the same sound but another: 0.15 (a tie-break: recognisers write by ear)
 *   a syllable       of the table's name not said: 2.6, at the ends 1.6, a direction or size 1.2
 *                    said and not in the table's name: 3.0, at the ends 2.2, direction or size 1.4
 *   a direction      for another (东/西): 2.5
 *   type             not said 0.3, akin (街/大街) 0.8, another 1.6
 *   ordinal          digits that are confused (1/7, 4/10, ...) 1.6, others 3.0, each digit; not
 *                    said 1.5; said and not in the table's name 2.5
 *   section          another one: 0.7; one of them has none: 0 */
#ifndef RESOLVE_STREET_FIT_H
#define RESOLVE_STREET_FIT_H

#include "resolve/street_name.h"

/* No name costs more. */
#define POLE_FIT_NEVER 9.0f

/* Not symmetric: what is left out and what is put in differ. */
float pole_street_fit(const pole_street_name *said, const pole_street_name *table);

/* Ordinals alone, above 0. Symmetric. */
float pole_ordinal_cost(int said, int table);

#endif
