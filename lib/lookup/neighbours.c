/* SPDX-License-Identifier: MIT
 * See neighbours.h. */
#include "lookup/neighbours.h"

#include <math.h>

#include <polelookup/near.h>

#define MOST_NUMBERS_AWAY 100

/* Ten to the power of the pole's digits: codes that agree above it are one street. 0 when the
 * scheme does not end in a street and a pole. */
static uint32_t street_span(const pole_scheme_entry *entry)
{
    const unsigned last = entry->field_count - 1u;
    if (last == 0 || entry->field_kind[last] != POLE_FIELD_POLE)
        return 0;
    uint32_t span = 1;
    for (unsigned i = 0; i < entry->field_width[last]; i++)
        span *= 10;
    return span;
}

static pole_row neighbour(const pole_index *index, const pole_codes *codes, pole_row row,
                          uint32_t span, int step)
{
    const uint32_t number = pole_codes_number(codes, row);
    const pole_row end = codes->first_row + codes->rows;
    for (pole_row next = row + (pole_row)step; next >= codes->first_row && next < end;
         next += (pole_row)step) {
        const uint32_t other = pole_codes_number(codes, next);
        const uint32_t away = other > number ? other - number : number - other;
        if (other / span != number / span || away > MOST_NUMBERS_AWAY)
            break;
        if (away % 2 == 0 &&
            pole_attribute_at(&index->attributes, POLE_ATTRIBUTE_STATE, next) == POLE_STATE_ACTIVE)
            return next;
        if (next == codes->first_row && step < 0)
            break;
    }
    return POLE_NO_ROW;
}

void pole_neighbours_of(const pole_index *index, pole_row row, pole_row rows[2])
{
    const pole_scheme_entry *entry = pole_scheme_entry_of(&index->scheme, row);
    const pole_codes *codes = index->codes + (entry - index->scheme.entries);
    const uint32_t span = street_span(entry);
    rows[0] = rows[1] = POLE_NO_ROW;
    if (span == 0)
        return;
    if (row > codes->first_row)
        rows[0] = neighbour(index, codes, row, span, -1);
    rows[1] = neighbour(index, codes, row, span, 1);
}

static uint32_t street_of(const pole_index *index, pole_row row)
{
    return pole_attribute_at(&index->attributes, POLE_ATTRIBUTE_STREET, row);
}

void pole_cross_streets_of(const pole_index *index, pole_row row, pole_span streets[2],
                           double distance_m[2])
{
    pole_hit hits[256];
    const pole_point at = pole_position_at(&index->positions, row);
    uint32_t seen[3] = {street_of(index, row), 0, 0};
    size_t count = 0;
    streets[0] = streets[1] = (pole_span){NULL, 0};
    distance_m[0] = distance_m[1] = (double)NAN;
    /* Mostly 32 poles reach two other streets; a long lonely road needs more. */
    for (size_t k = 32; k <= 256 && count < 2; k *= 2) {
        size_t found = 0;
        count = 0;
        if (pole_nearest(index, at, k, POLE_CROSS_STREET_M, hits, &found) != POLE_OK)
            return;
        for (size_t i = 0; i < found && count < 2; i++) {
            const uint32_t street = street_of(index, hits[i].row);
            if (street == 0 || street == seen[0] || (count == 1 && street == seen[1]))
                continue;
            streets[count] = pole_strings_at(&index->strings, street);
            distance_m[count] = hits[i].distance_m;
            seen[++count] = street;
        }
        if (found < k)
            break;
    }
}
