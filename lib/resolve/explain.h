/* SPDX-License-Identifier: MIT
 * Every class of errors at every place where it can act, told apart instead of summed up: for the
 * edits of an answer, and for learning a channel from confirmed calls. */
#ifndef RESOLVE_EXPLAIN_H
#define RESOLVE_EXPLAIN_H

#include "resolve/readings_walk.h"

/* Gets one explanation after another, each with its probability (above 0, the class's weight
 * counted). i and j are the places of the code, from 0, where the class acted; of a class with one
 * place, i; of a part, i digits are missing at the front (of one that has one digit too few, digit
 * i is missing). The three substitutions at one place
 * follow one another. A class that fell back is told as the one that did apply. */
typedef void (*pole_explain_sink)(void *context, pole_class which, uint32_t i, uint32_t j,
                                  double probability);

void pole_explain(const pole_fitting *fitting, const uint8_t *digit, pole_explain_sink sink,
                  void *context);

#endif
