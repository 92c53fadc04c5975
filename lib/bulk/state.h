/* SPDX-License-Identifier: MIT
 * Where a stopped run left off: how much of which input was read by which options with which index,
 * what was counted. Little-endian, with a CRC-32; its form is that of one release. */
#ifndef BULK_STATE_H
#define BULK_STATE_H

#include "bulk/geocoder.h"

/* POLE_NOT_FOUND: the run did not stop between two blocks, and cannot be gone on with. */
pole_status pole_state_save(const pole_geocoder *run, pole_buffer *out);

/* Takes over what a state says, before anything is read. POLE_BAD_INPUT: it is none, or damaged. */
pole_status pole_state_load(pole_geocoder *run, pole_span state, pole_error *error);

/* Checks that options, index and input are those of the state, and passes the input that was done.
 * POLE_BAD_INPUT says what changed. */
pole_status pole_state_pass(pole_geocoder *run, pole_error *error);

#endif
