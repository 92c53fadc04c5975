/* SPDX-License-Identifier: MIT
 * A schema that is understood, and how its arrays are matched; what pole_arrow_match() does once
 * and a stream for each batch. */
#ifndef ARROW_ARROW_MATCH_H
#define ARROW_ARROW_MATCH_H

#include "arrow/arrow_fields.h"
#include "match/added.h"

typedef struct {
    pole_allocator allocator;
    const pole_index *index;
    pole_matcher *matcher;
    bool keep_input;
    pole_arrow_fields fields;
    pole_added added;
    char names[POLE_ADDED_COLUMNS][32];
} pole_arrow_plan;

/* Free it in every case. */
pole_status pole_arrow_plan_init(pole_arrow_plan *plan, const pole_index *index,
                                 const pole_arrow_options *given, const struct ArrowSchema *schema,
                                 pole_error *error);
void pole_arrow_plan_free(pole_arrow_plan *plan);

/* Takes the input's schema, whatever comes of it, and gives the output's. False: no memory. */
bool pole_arrow_plan_schema(const pole_arrow_plan *plan, struct ArrowSchema *input,
                            struct ArrowSchema *output);

/* Matches a batch, taking it, whatever comes of it; output->release is NULL on failure. */
pole_status pole_arrow_plan_batch(const pole_arrow_plan *plan, struct ArrowArray *input,
                                  struct ArrowArray *output, pole_error *error);

#endif
