/* SPDX-License-Identifier: MIT
 *
 * Rows of a result, written column by column in the order of the SQL declaration. Empty text, NaN
 * and what is not known become null. A row with too few or too many columns raises an error: the
 * C code and the SQL declaration are never silently out of step. */
#ifndef POLE_PG_ROWS_H
#define POLE_PG_ROWS_H

#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"

#include <polelookup/polelookup.h>

#define ROWS_MOST_COLUMNS 48

typedef struct {
    ReturnSetInfo *set; /* NULL: one row, as a value */
    TupleDesc columns;
    int next;
    Datum values[ROWS_MOST_COLUMNS];
    bool nulls[ROWS_MOST_COLUMNS];
} Rows;

/* For a function that returns a set, or one row. */
void rows_begin_set(Rows *rows, FunctionCallInfo call);
void rows_begin_one(Rows *rows, FunctionCallInfo call);

void rows_null(Rows *rows);
void rows_datum(Rows *rows, Datum value);
void rows_text(Rows *rows, pole_span text);        /* empty: null */
void rows_text_always(Rows *rows, pole_span text); /* empty: '' */
void rows_word(Rows *rows, const char *word);      /* ASCII; NULL: null */
void rows_float(Rows *rows, double value);         /* NaN or infinite: null */
void rows_int(Rows *rows, int32 value);
void rows_bool(Rows *rows, bool value);
void rows_tristate(Rows *rows, int32 value); /* 1, 0; -1: null */

/* The row is whole: into the set, or the value. */
void rows_put(Rows *rows);
Datum rows_value(Rows *rows);

/* The columns of type pole_place. */
void rows_pole(Rows *rows, const pole_index *index, pole_row row);

/* Words for numbers of the library. */
const char *rows_state_name(int32 state);

#endif
