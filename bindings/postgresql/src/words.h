/* SPDX-License-Identifier: MIT
 *
 * Bits of the library as lists of words. */
#ifndef POLE_PG_WORDS_H
#define POLE_PG_WORDS_H

#include "postgres.h"

#include <polelookup/types.h>

/* A text[] with the name of each bit that is set, in order of bits; empty, not null, for none. A
 * bit that this library has no name for is told by its number. */
Datum words_of_bits(uint32_t bits, const char *(*name)(uint32_t bit));

#endif
