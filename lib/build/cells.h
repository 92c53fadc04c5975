/* SPDX-License-Identifier: MIT
 * Cells to texts and codes. A cell that cannot be taken refuses its row, as pole_refuse() does. */
#ifndef BUILD_CELLS_H
#define BUILD_CELLS_H

#include "build/findings.h"
#include "build/plan.h"
#include "build/texts.h"

#define POLE_MAX_CELL_BYTES ((size_t)64 << 10)

/* The cell of a role in the row at hand; empty where the row has none. */
static inline pole_span pole_cell(const pole_row_place *place, pole_column_role role)
{
    const uint32_t column = place->roles->column[role];
    const bool there = column != POLE_NO_COLUMN && column < place->row->cell_count;
    return there ? place->row->cells[column] : (pole_span){NULL, 0};
}

/* Trims the cell and gives the number of its text. Refused: more than POLE_MAX_CELL_BYTES; not
 * UTF-8; control characters, line breaks among them, and those that turn the direction of
 * writing, since a text is shown to people as one line. */
pole_status pole_take_text(pole_texts *texts, pole_reporter *reporter, const pole_row_place *place,
                           pole_column_role role, pole_span cell, pole_text_number *number);

/* Reads a code: ASCII or full-width digits, white space around them, of a length that the scope's
 * scheme has. *used: the place in plan->used. */
pole_status pole_take_code(pole_plan *plan, const pole_texts *texts, pole_reporter *reporter,
                           const pole_row_place *place, pole_span cell, pole_text_number scope,
                           uint32_t *number, uint16_t *used);

/* Digits alone, ASCII or full-width, to a number and their count; false for anything else, and for
 * more than 9. */
bool pole_read_digits(pole_span text, uint32_t *number, uint8_t *digits);

#endif
