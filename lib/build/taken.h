/* SPDX-License-Identifier: MIT
 * Rows that a builder has taken: where each came from, its cells, its refusal after all. */
#ifndef BUILD_TAKEN_H
#define BUILD_TAKEN_H

#include "build/builder.h"

/* The place of row `number` of a table's taken rows, for findings at the end. */
pole_row_place pole_place_of_taken(const pole_builder *builder, uint32_t table, size_t number);

/* "poles.csv line 5", or "number 5 added": another row, for a message. */
typedef struct {
    char text[112];
} pole_origin_text;
pole_origin_text pole_show_origin(const pole_builder *builder, pole_origin origin);

/* Counts a refusal by the source that its row came from. */
void pole_count_source_refusal(pole_builder *builder, pole_origin origin);

/* Keeps the cells of the row at hand, when rejects are wanted. POLE_OK or POLE_NO_MEMORY. */
pole_status pole_keep_row(pole_builder *builder, pole_kept_rows *kept, const pole_table_row *row);

/* Fails for want of memory, in the words of all of them. */
pole_status pole_builder_no_memory(pole_builder *builder);

/* Refuses a taken row, and counts that for its source. POLE_OK when the build goes on. */
pole_status pole_refuse_taken(pole_builder *builder, uint32_t table, size_t number,
                              const pole_complaint *complaint, const char *message);

#endif
