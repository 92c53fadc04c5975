/* SPDX-License-Identifier: MIT
 * The doubts that a build stores (index/doubt.h): what each pole's code, heard as it stands, can
 * mean beside it, summed once, so that judging a clean code costs a table read. */
#ifndef RESOLVE_RIVALS_H
#define RESOLVE_RIVALS_H

#include <polelookup/resolve.h>

#include "resolve/readings.h"

/* What the sums are made with. */
typedef struct {
    const pole_index *index;
    pole_channel everyday;
    pole_channel_prepared channel;
    pole_heard *heard;
    pole_likely_list likely;
} pole_rivals;

/* The index must outlive it. POLE_OK or POLE_NO_MEMORY; to be freed either way. */
pole_status pole_rivals_init(pole_rivals *rivals, const pole_index *index,
                             const pole_allocator *allocator);
void pole_rivals_free(pole_rivals *rivals);

/* The stored value of a row; that of index/doubt.h for "not told" where more than the two sums
 * decides: other poles with the same code or with an alias that reads so, and texts that are not
 * heard as the code that they are. About 10 us. POLE_OK or POLE_NO_MEMORY. */
pole_status pole_rivals_value(pole_rivals *rivals, pole_row row, uint32_t *value);

/* The head of the section; values are left alone. */
pole_status pole_rivals_head(pole_rivals *rivals, pole_doubts *head);

/* The file of `index` once more, with the doubts of its poles. POLE_OK, POLE_NO_MEMORY or
 * POLE_LIMIT; out is empty on failure. */
pole_status pole_rivals_store(const pole_index *index, const pole_allocator *allocator,
                              pole_buffer *out, pole_error *error);

/* Whether the doubts that are stored are those of its poles; POLE_OK where there are none. POLE_OK,
 * POLE_DAMAGED or POLE_NO_MEMORY. */
pole_status pole_rivals_verify(const pole_index *index, pole_error *error);

/* Judges the code of a row, heard as it stands and without evidence, by the stored doubts. The
 * options' defaults are filled in. POLE_MATCH_NONE where these do not decide (index/doubt.h; no
 * doubts, or not under this channel, language or near distance): the code must be resolved. */
pole_match pole_rivals_match(const pole_index *index, pole_row row,
                             const pole_channel_prepared *channel,
                             const pole_resolve_options *options, pole_doubt_told *told);

#endif
