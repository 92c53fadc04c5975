/* SPDX-License-Identifier: MIT
 *
 * From what was heard to the pole that was meant.
 *
 * This release does not weigh mishearing: a code of the table is POLE_EXACT with its confidence
 * not assessed (NAN), carries POLE_WARN_UNCORROBORATED, and asks for the read-back. A code that
 * stands in several scopes, or is also another pole's alias (as the text stands, or its digits), is
 * POLE_AMBIGUOUS; so is a text that is an alias alone. */
#ifndef POLELOOKUP_RESOLVE_H
#define POLELOOKUP_RESOLVE_H

#include <polelookup/resolution.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    uint32_t struct_size;
    uint32_t limit;  /* candidates told in full; 0: the default, 3; more than 100 counts as 100 */
    pole_crs *crs;   /* also give x and y in this CRS; NULL: not. Used by this call alone */
    pole_span scope; /* only poles of this county; empty: any. An unknown one is
                        POLE_INVALID_ARGUMENT */
} pole_resolve_options;

POLE_API void pole_resolve_options_init(pole_resolve_options *options);

/* The lengths that codes of this index have: bit n for n digits. For pole_hear_options. */
POLE_API uint32_t pole_index_lengths(const pole_index *index);

/* Resolves what was heard. options: NULL for the defaults. Returns POLE_OK whatever the answer is,
 * POLE_INVALID_ARGUMENT or POLE_NO_MEMORY. Some ten microseconds a candidate. */
POLE_API pole_status pole_resolve(const pole_index *index, const pole_heard *heard,
                                  const pole_resolve_options *options, pole_resolution *resolution);

#ifdef __cplusplus
}
#endif
#endif
