/* SPDX-License-Identifier: MIT
 *
 * The library's JSON as jsonb. */
#ifndef POLE_PG_JSON_H
#define POLE_PG_JSON_H

#include "postgres.h"

#include <polelookup/types.h>

/* Writes as json.h of the library does. */
typedef pole_status (*json_writer)(const void *context, char *text, size_t capacity,
                                   size_t *needed);

Datum json_datum(json_writer write, const void *context);

#endif
