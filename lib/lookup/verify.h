/* SPDX-License-Identifier: MIT
 * An index against itself: its identity, and the stations that the build worked out for each pole.
 * That it is sound was seen when it was opened; here it is seen that it is right. */
#ifndef LOOKUP_VERIFY_H
#define LOOKUP_VERIFY_H

#include <polelookup/index.h>

/* All but the stored doubts. POLE_OK, POLE_DAMAGED or POLE_NO_MEMORY. */
pole_status pole_index_verify_tables(const pole_index *index, pole_error *error);

#endif
