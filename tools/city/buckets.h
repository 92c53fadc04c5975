/* SPDX-License-Identifier: MIT
 *
 * What lies near a spot: numbers filed under square cells of the map, in a hash table, so that a
 * map may be as wide and as empty as it likes. */
#ifndef CITY_BUCKETS_H
#define CITY_BUCKETS_H

#include "plane.h"

struct bucket_item {
    int32_t column, row;
    int32_t value;
    int32_t next; /* in the chain of one hash, or -1 */
};

struct buckets {
    int32_t cell_cm;
    uint32_t mask; /* heads minus one */
    int32_t *heads;
    struct bucket_item *items;
    int64_t count, capacity;
};

void buckets_init(struct buckets *buckets, int32_t cell_cm);
void buckets_free(struct buckets *buckets);

/* The column or row that a coordinate falls in. */
int32_t buckets_cell(const struct buckets *buckets, int32_t coordinate_cm);

void buckets_add(struct buckets *buckets, int32_t column, int32_t row, int32_t value);
void buckets_add_spot(struct buckets *buckets, struct spot at, int32_t value);

/* The items of one cell, newest first: start with buckets_first, then buckets_next, until -1.
 * The answer is an index into items. */
int32_t buckets_first(const struct buckets *buckets, int32_t column, int32_t row);
int32_t buckets_next(const struct buckets *buckets, int32_t item);

#endif
