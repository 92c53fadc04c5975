/* SPDX-License-Identifier: MIT
 * How well "no pole was meant" explains a reading: a number of another owner's pole, a box, a
 * house. */
#ifndef RESOLVE_NOBODY_H
#define RESOLVE_NOBODY_H

#include "resolve/readings_walk.h"

/* P(the reading | no pole was meant). The number has as many digits as the code of some pole (each
 * pole alike). Where the channel says `none unlisted` it is any such number that is no code of the
 * table in any scope, heard clean; where it says `none any`, it is any such number at all, and it
 * may be heard with a digit more or less, unreadable or cut as a pole's code may. Changes the
 * fitting's length. */
double pole_nobody_likelihood(const pole_index *index, pole_fitting *fitting);

#endif
