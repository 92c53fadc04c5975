/* SPDX-License-Identifier: MIT
 * How digits divide: the schemes that the user states, and those that rows have made use of.
 *
 * Stated as text: entries joined by ';', each "[SCOPE/]FIELD:DIGITS,..." with the fields district,
 * station, street, pole, other. A scope may have several lengths, each an entry of its own; '*'
 * is any scope that has no entry of its own. */
#ifndef BUILD_PLAN_H
#define BUILD_PLAN_H

#include "build/texts.h"

#define POLE_DEFAULT_SCHEME "district:1,station:2,street:2,pole:2"

typedef struct {
    bool any_scope;
    pole_text_number scope;
    uint8_t digits;
    uint8_t field_count;
    uint8_t field_kind[9];
    uint8_t field_width[9];
    uint8_t station_digits; /* of the fields up to the station's; 0: no such field */
} pole_stated_scheme;

/* A scope and length that some row has. */
typedef struct {
    pole_text_number scope;
    uint32_t stated; /* its scheme */
} pole_used_scheme;

typedef struct {
    pole_allocator allocator;
    pole_stated_scheme *stated;
    size_t stated_count;
    size_t stated_capacity;
    pole_used_scheme *used;
    size_t used_count;
    size_t used_capacity;
    uint32_t *slots; /* used + 1, by hash of (scope, digits) */
    size_t slot_count;
} pole_plan;

/* Reads the stated schemes; scopes become texts. POLE_INVALID_ARGUMENT with a message that names
 * the entry, or POLE_NO_MEMORY. To be freed in either case. */
pole_status pole_plan_init(pole_plan *plan, const char *schemes, pole_texts *texts,
                           const pole_allocator *allocator, pole_error *error);
void pole_plan_free(pole_plan *plan);

/* The place among `used` of a scope and length, added when it is new. POLE_NOT_FOUND: nothing is
 * stated for it. POLE_LIMIT: more than 65,534 of them. POLE_NO_MEMORY. */
pole_status pole_plan_use(pole_plan *plan, pole_text_number scope, uint8_t digits, uint16_t *used);

/* What is stated for a scope: bit n is set when it has codes of n digits. */
uint32_t pole_plan_lengths(const pole_plan *plan, pole_text_number scope);

/* Whether `digits` digits are what stands before the street in a code of the scope, so that they
 * name a station. */
bool pole_plan_names_station(const pole_plan *plan, pole_text_number scope, uint8_t digits);

#endif
