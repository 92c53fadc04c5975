/* SPDX-License-Identifier: MIT
 *
 * Arrays that grow. A generator that runs out of memory has nothing to save: it says so and ends.
 */
#ifndef CITY_ROOM_H
#define CITY_ROOM_H

#include <stddef.h>
#include <stdint.h>

/* The block, grown so that it holds `needed` items of `size` bytes; *capacity counts items. */
void *room_for(void *block, int64_t *capacity, int64_t needed, size_t size);

/* A block of zeroed items. */
void *room_new(int64_t count, size_t size);

#endif
