/* SPDX-License-Identifier: MIT
 * Codes of the table judged by the doubts that the build stored, many at once. */
#ifndef LOOKUP_STORED_DOUBT_H
#define LOOKUP_STORED_DOUBT_H

#include "index/index.h"

typedef struct {
    const pole_doubts *doubts; /* NULL: they do not decide */
    double clean;
    double none;
} pole_stored_doubt;

/* clean: as in pole_columns, and sound. A scope that is named is evidence, which stored doubts do
 * not weigh. */
void pole_stored_doubt_prepare(pole_stored_doubt *doubt, const pole_index *index, uint8_t digits,
                               uint16_t scope, double clean);

/* Fills the columns of confidence from place `at` on, and the match of what has a row. */
void pole_stored_doubt_fill(const pole_stored_doubt *doubt, const pole_columns *columns,
                            const pole_row *rows, size_t at, size_t count);

#endif
