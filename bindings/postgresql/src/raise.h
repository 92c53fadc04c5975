/* SPDX-License-Identifier: MIT
 *
 * Statuses of the library as errors of PostgreSQL. The message begins with "polelookup: " and the
 * status's stable name; the SQLSTATE is PostgreSQL's own for that kind of failure. */
#ifndef POLE_PG_RAISE_H
#define POLE_PG_RAISE_H

#include "postgres.h"

#include <polelookup/polelookup.h>

int raise_sqlstate(pole_status status);

/* Raises, if the status is a failure. error: what the library said; NULL when it said no more. */
void raise_unless_ok(pole_status status, const pole_error *error);

/* Raises not_found, unless the index has that scope. */
uint16_t raise_unless_scope(const pole_index *index, pole_span name);

/* Raises invalid_argument with a reason of our own. */
void raise_invalid(const char *format, ...) pg_attribute_printf(1, 2) pg_attribute_noreturn();

#endif
