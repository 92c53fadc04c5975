/* SPDX-License-Identifier: MIT
 * See sort.h. */
#include "build/sort.h"

#define RADIX_BITS 11
#define RADIX (1u << RADIX_BITS)

/* Merges the sorted halves from[begin, middle) and from[middle, end) into `to`. */
static void merge(const uint32_t *from, uint32_t *to, size_t begin, size_t middle, size_t end,
                  pole_compare_numbers compare, const void *context)
{
    if (middle >= end || compare(context, from[middle - 1], from[middle]) <= 0) {
        memcpy(to + begin, from + begin, (end - begin) * sizeof *to);
        return;
    }
    size_t left = begin, right = middle;
    for (size_t at = begin; at < end; at++) {
        if (right == end || (left < middle && compare(context, from[left], from[right]) <= 0))
            to[at] = from[left++];
        else
            to[at] = from[right++];
    }
}

pole_status pole_sort_numbers(uint32_t *numbers, size_t count, pole_compare_numbers compare,
                              const void *context, const pole_allocator *allocator)
{
    if (count < 2)
        return POLE_OK;
    uint32_t *other = pole_allocate_array(allocator, count, sizeof *other);
    if (other == NULL)
        return POLE_NO_MEMORY;
    uint32_t *from = numbers, *to = other;
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t begin = 0; begin < count; begin += 2 * width) {
            const size_t middle = count - begin > width ? begin + width : count;
            const size_t end = count - begin > 2 * width ? begin + 2 * width : count;
            merge(from, to, begin, middle, end, compare, context);
        }
        uint32_t *swapped = from;
        from = to;
        to = swapped;
    }
    if (from != numbers)
        memcpy(numbers, from, count * sizeof *numbers);
    pole_release(allocator, other);
    return POLE_OK;
}

typedef struct {
    uint64_t key;
    uint32_t place;
} keyed;

/* One pass of the radix sort: by RADIX_BITS bits of the key from `shift` on. */
static void pass(const keyed *from, keyed *to, uint32_t count, unsigned shift)
{
    uint32_t starts[RADIX];
    memset(starts, 0, sizeof starts);
    for (uint32_t i = 0; i < count; i++)
        starts[from[i].key >> shift & (RADIX - 1)]++;
    uint32_t sum = 0;
    for (unsigned digit = 0; digit < RADIX; digit++) {
        const uint32_t size = starts[digit];
        starts[digit] = sum;
        sum += size;
    }
    for (uint32_t i = 0; i < count; i++)
        to[starts[from[i].key >> shift & (RADIX - 1)]++] = from[i];
}

pole_status pole_sort_keys(const uint64_t *keys, uint32_t count, uint32_t *order,
                           bool *sorted_already, const pole_allocator *allocator)
{
    uint64_t differing = 0;
    *sorted_already = true;
    for (uint32_t i = 1; i < count; i++) {
        differing |= keys[i] ^ keys[0];
        *sorted_already = *sorted_already && keys[i - 1] <= keys[i];
    }
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    if (*sorted_already)
        return POLE_OK;
    keyed *from = pole_allocate_array(allocator, count, sizeof *from);
    keyed *to = pole_allocate_array(allocator, count, sizeof *to);
    const pole_status status = from && to ? POLE_OK : POLE_NO_MEMORY;
    if (status == POLE_OK) {
        for (uint32_t i = 0; i < count; i++)
            from[i] = (keyed){keys[i], i};
        for (unsigned shift = 0; shift < 64; shift += RADIX_BITS) {
            if ((differing >> shift & (RADIX - 1)) == 0)
                continue;
            pass(from, to, count, shift);
            keyed *swapped = from;
            from = to;
            to = swapped;
        }
        for (uint32_t i = 0; i < count; i++)
            order[i] = from[i].place;
    }
    pole_release(allocator, from);
    pole_release(allocator, to);
    return status;
}
