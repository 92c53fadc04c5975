/* SPDX-License-Identifier: MIT
 *
 * Arrays that grow. */
#include "room.h"

#include <stdio.h>
#include <stdlib.h>

static void *checked(void *block)
{
    if (block == NULL) {
        fputs("polelookup-city: out of memory\n", stderr);
        exit(1);
    }
    return block;
}

void *room_for(void *block, int64_t *capacity, int64_t needed, size_t size)
{
    if (needed <= *capacity)
        return block;
    int64_t larger = *capacity < 64 ? 64 : *capacity;
    while (larger < needed)
        larger += larger / 2;
    if ((uint64_t)larger > SIZE_MAX / size)
        checked(NULL);
    *capacity = larger;
    return checked(realloc(block, (size_t)larger * size));
}

void *room_new(int64_t count, size_t size)
{
    return checked(calloc((size_t)(count > 0 ? count : 1), size));
}
