/* SPDX-License-Identifier: MIT
 * What the table says of each pole beside code and place: street, district, note, successor,
 * state, survey date.
 *
 * Neighbouring rows mostly agree, so each attribute is a list of runs. Section: for the six
 * attributes in the order of the enumeration: u32 runs, then u32[runs] first row of each run
 * (rising, the first 0), u32[runs] values (two neighbours differ). Values: a string's number; a
 * state; a date as days since 1970-01-01 plus 2^31, none as 0. */
#ifndef INDEX_ATTRIBUTES_H
#define INDEX_ATTRIBUTES_H

#include "base/bytes.h"
#include "base/memory.h"
#include "index/draft.h"

enum {
    POLE_ATTRIBUTE_STREET,
    POLE_ATTRIBUTE_DISTRICT,
    POLE_ATTRIBUTE_NOTE,
    POLE_ATTRIBUTE_SUCCESSOR,
    POLE_ATTRIBUTE_STATE,
    POLE_ATTRIBUTE_SURVEYED,
    POLE_ATTRIBUTES
};

typedef struct {
    const uint8_t *starts;
    const uint8_t *values;
    uint32_t runs;
    uint32_t rows;
} pole_run_list;

typedef struct {
    pole_run_list lists[POLE_ATTRIBUTES];
} pole_attributes;

pole_status pole_attributes_attach(pole_attributes *attributes, const uint8_t *bytes, size_t size,
                                   uint32_t rows, uint32_t string_count, pole_error *error);
void pole_attributes_pack(const pole_draft_city *city, pole_buffer *out);

/* The value of one attribute of a row. O(log runs). */
uint32_t pole_attribute_at(const pole_attributes *attributes, unsigned attribute, pole_row row);

/* A stored date to days, or POLE_NO_DATE. */
int32_t pole_attribute_days(uint32_t value);

#endif
