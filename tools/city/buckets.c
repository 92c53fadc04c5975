/* SPDX-License-Identifier: MIT
 *
 * Numbers filed under the cells of a map. */
#include "buckets.h"

#include "random.h"
#include "room.h"

#include <stdlib.h>
#include <string.h>

static uint32_t head_of(const struct buckets *buckets, int32_t column, int32_t row)
{
    uint64_t key = (uint64_t)(uint32_t)column << 32 | (uint32_t)row;
    return (uint32_t)random_mix(key) & buckets->mask;
}

static void rehash(struct buckets *buckets, uint32_t heads)
{
    free(buckets->heads);
    buckets->heads = room_new(heads, sizeof(*buckets->heads));
    memset(buckets->heads, 0xFF, heads * sizeof(*buckets->heads));
    buckets->mask = heads - 1;
    for (int64_t i = 0; i < buckets->count; i++) {
        struct bucket_item *item = &buckets->items[i];
        uint32_t head = head_of(buckets, item->column, item->row);
        item->next = buckets->heads[head];
        buckets->heads[head] = (int32_t)i;
    }
}

void buckets_init(struct buckets *buckets, int32_t cell_cm)
{
    memset(buckets, 0, sizeof(*buckets));
    buckets->cell_cm = cell_cm;
    rehash(buckets, 1024);
}

void buckets_free(struct buckets *buckets)
{
    free(buckets->heads);
    free(buckets->items);
    memset(buckets, 0, sizeof(*buckets));
}

int32_t buckets_cell(const struct buckets *buckets, int32_t coordinate_cm)
{
    int32_t quotient = coordinate_cm / buckets->cell_cm;
    return coordinate_cm % buckets->cell_cm < 0 ? quotient - 1 : quotient;
}

void buckets_add(struct buckets *buckets, int32_t column, int32_t row, int32_t value)
{
    if (buckets->count > (int64_t)buckets->mask && buckets->mask < (1u << 28))
        rehash(buckets, (buckets->mask + 1) * 2);
    buckets->items =
        room_for(buckets->items, &buckets->capacity, buckets->count + 1, sizeof(*buckets->items));
    uint32_t head = head_of(buckets, column, row);
    buckets->items[buckets->count] = (struct bucket_item){column, row, value, buckets->heads[head]};
    buckets->heads[head] = (int32_t)buckets->count++;
}

void buckets_add_spot(struct buckets *buckets, struct spot at, int32_t value)
{
    buckets_add(buckets, buckets_cell(buckets, at.x_cm), buckets_cell(buckets, at.y_cm), value);
}

static int32_t same_cell(const struct buckets *buckets, int32_t item, int32_t column, int32_t row)
{
    while (item >= 0 && (buckets->items[item].column != column || buckets->items[item].row != row))
        item = buckets->items[item].next;
    return item;
}

int32_t buckets_first(const struct buckets *buckets, int32_t column, int32_t row)
{
    return same_cell(buckets, buckets->heads[head_of(buckets, column, row)], column, row);
}

int32_t buckets_next(const struct buckets *buckets, int32_t item)
{
    const struct bucket_item *here = &buckets->items[item];
    return same_cell(buckets, here->next, here->column, here->row);
}
