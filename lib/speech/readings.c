/* SPDX-License-Identifier: MIT
 * The likeliest strings of digits over all readings: a reading's places are independent, so the
 * best strings of its first places lengthened by each digit hold the best of one place more. */
#include "speech/heard.h"

#define MOST POLE_MOST_HEARD_CODES

typedef struct {
    pole_heard_code codes[MOST + 1];
    size_t count;
} best_codes;

/* Keeps the list sorted, the likeliest first; the same code twice adds up when `merge`. */
static void offer(best_codes *list, const pole_heard_code *code, bool merge)
{
    size_t at = list->count;
    pole_heard_code new = *code;
    for (size_t i = 0; merge && i < list->count; i++) {
        if (strcmp(list->codes[i].code, new.code) == 0) {
            new.weight += list->codes[i].weight;
            at = i;
            break;
        }
    }
    if (at == list->count)
        list->count++;
    for (; at > 0 && list->codes[at - 1].weight < new.weight; at--)
        list->codes[at] = list->codes[at - 1];
    list->codes[at] = new;
    if (list->count > MOST)
        list->count = MOST;
}

static void lengthen(const best_codes *so_far, const pole_heard_place *place, size_t at,
                     best_codes *next)
{
    double sum = 0;
    for (int d = 0; d < 10; d++)
        sum += place->weights[d];
    next->count = 0;
    for (size_t i = 0; i < so_far->count; i++) {
        pole_heard_code code = so_far->codes[i];
        code.code[at] = '?';
        if (place->digits == 0 || !(sum > 0)) {
            offer(next, &code, false);
            continue;
        }
        for (int d = 0; d < 10; d++) {
            if (!(place->weights[d] > 0))
                continue;
            code.code[at] = (char)('0' + d);
            code.weight = so_far->codes[i].weight * place->weights[d] / sum;
            offer(next, &code, false);
        }
    }
}

size_t pole_heard_codes(const pole_heard *heard, pole_heard_code *codes, size_t capacity)
{
    best_codes all, so_far, next;
    all.count = 0;
    if (heard == NULL)
        return 0;
    for (size_t i = 0; i < heard->reading_count; i++) {
        const pole_reading *reading = heard->readings + i;
        if (!(reading->weight > 0))
            continue;
        memset(&so_far, 0, sizeof so_far);
        so_far.count = 1;
        so_far.codes[0].weight = reading->weight;
        for (size_t k = 0; k < reading->count; k++) {
            lengthen(&so_far, reading->places + k, k, &next);
            so_far = next;
        }
        for (size_t k = 0; k < so_far.count; k++)
            offer(&all, so_far.codes + k, true);
    }
    for (size_t i = 0; codes != NULL && i < all.count && i < capacity; i++)
        codes[i] = all.codes[i];
    return all.count;
}
