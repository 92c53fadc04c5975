/* SPDX-License-Identifier: MIT
 * Poles as lines of a list, for people or as JSON. */
#ifndef COMMAND_LIST_POLES_H
#define COMMAND_LIST_POLES_H

#include <polelookup/near.h>

#include "session.h"

/* One pole on one line; distance_m is NAN where no distance was asked. Returns EXIT_FINE, or
 * EXIT_BROKEN after the error was told. */
int list_pole(command_session *session, const pole_hit *hit);

#endif
