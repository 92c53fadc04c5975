/* SPDX-License-Identifier: MIT
 * Tables of codes for tests of what is heard of them, made through the public builder. */
#ifndef SUPPORT_READING_CITY_H
#define SUPPORT_READING_CITY_H

#include <check.h>

#include <polelookup/build.h>

#include "index/index.h"
#include "support/test_random.h"

/* Codes that are compared one by one. */
typedef struct {
    char (*codes)[12]; /* by row */
    uint32_t count;
    pole_index *index;
    double numbers[10]; /* how many different ones of so many digits there are */
} reading_city;

/* The codes of an index by row, to be freed. */
char (*reading_codes(const pole_index *index, uint32_t *count))[12];

/* A table code by code; finish frees the builder. */
pole_builder *reading_city_begin(const char *scheme);
void reading_city_add(pole_builder *builder, const char *code, const char *scope);
void reading_city_finish(pole_builder *builder, reading_city *made);

/* Streets of poles, most of them in few stations, so that a wrong digit often hits another. */
void reading_city_urban(reading_city *made, test_random *random, uint32_t wanted);
/* Codes of every length, and two counties whose five digits repeat. */
void reading_city_mixed(reading_city *made, test_random *random);
void reading_city_free(reading_city *made);

#endif
