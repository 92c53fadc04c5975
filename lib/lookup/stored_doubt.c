/* SPDX-License-Identifier: MIT
 * See stored_doubt.h. */
#include "lookup/stored_doubt.h"

#include <math.h>

#include "lookup/policy.h"

static const pole_doubt_limits limits = {POLE_EXACT_CONFIDENCE, POLE_EXACT_PLACE,
                                         POLE_CONFUSABLE_FAR};

void pole_stored_doubt_prepare(pole_stored_doubt *doubt, const pole_index *index, uint8_t digits,
                               uint16_t scope, double clean)
{
    const pole_doubts *stored = &index->doubts;
    memset(doubt, 0, sizeof *doubt);
    if (stored->values == NULL || scope != POLE_ANY_SCOPE || stored->near_m != POLE_NEAR_M)
        return;
    doubt->doubts = stored;
    doubt->clean = clean > 0.0 ? clean : stored->clean;
    doubt->none = pole_doubt_none(stored, digits, doubt->clean);
}

void pole_stored_doubt_fill(const pole_stored_doubt *doubt, const pole_columns *columns,
                            const pole_row *rows, size_t at, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const bool found = rows[i] != POLE_NO_ROW;
        pole_match match = POLE_MATCH_NONE;
        pole_doubt_told told;
        if (found && doubt->doubts &&
            pole_doubt_tell(doubt->doubts, rows[i], doubt->clean, doubt->none, &told))
            match = pole_doubt_match(&told, &limits);
        if (match == POLE_MATCH_NONE)
            told.confidence = told.confidence_place = told.far_share = (double)NAN;
        if (columns->match && found)
            columns->match[at + i] = match;
        if (columns->confidence)
            columns->confidence[at + i] = told.confidence;
        if (columns->confidence_place)
            columns->confidence_place[at + i] = told.confidence_place;
        if (columns->far_share)
            columns->far_share[at + i] = told.far_share;
    }
}
