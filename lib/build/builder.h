/* SPDX-License-Identifier: MIT
 * A builder's memory: what was taken from the tables, row by row as it came, until the build is
 * finished. */
#ifndef BUILD_BUILDER_H
#define BUILD_BUILDER_H

#include "build/findings.h"
#include "build/frame.h"
#include "build/plan.h"
#include "build/texts.h"

#define POLE_TABLES 4 /* kinds of table, by POLE_TABLE_...; 0 is none */

/* Cells of taken rows as JSON, for the rejects: a row can still be refused at the end, when
 * another with its key has come. Empty when there are no rejects to write. */
typedef struct {
    pole_buffer bytes;
    size_t *ends; /* row i is from ends[i - 1] (0) to ends[i] */
    size_t count;
    size_t capacity;
} pole_kept_rows;

/* Numbers of texts are those of builder->texts throughout. */
typedef struct {
    pole_draft_pole *rows; /* scheme: place in plan.used */
    pole_origin *origins;
    size_t count;
    size_t row_capacity;
    size_t origin_capacity;
    pole_draft_alias *aliases; /* row: place in rows; rising */
    size_t alias_count;
    size_t alias_capacity;
    pole_kept_rows kept;
} pole_pole_rows;

typedef struct {
    pole_draft_station *rows;
    pole_origin *origins;
    size_t count;
    size_t row_capacity;
    size_t origin_capacity;
    pole_kept_rows kept;
} pole_station_rows;

typedef struct {
    pole_text_number station; /* id */
    uint32_t rings;
    size_t first_ring;
    size_t first_vertex;
    size_t vertices;
    pole_origin origin;
} pole_area_row;

/* Rings are in their canonical form (repair.h). */
typedef struct {
    pole_area_row *rows;
    size_t count;
    size_t row_capacity;
    uint32_t *ring_sizes;
    size_t ring_count;
    size_t ring_capacity;
    pole_vertex *vertices;
    size_t vertex_count;
    size_t vertex_capacity;
    pole_kept_rows kept;
} pole_area_rows;

typedef struct {
    uint32_t table;
    pole_text_number file_name;
    pole_text_number hash;
    pole_text_number crs;
    uint64_t size_bytes;
    uint64_t rows_read;
    uint64_t rows_refused;
    int64_t mtime_s;
} pole_build_source;

struct pole_builder {
    pole_allocator allocator;
    const pole_adapters *adapters;
    pole_reporter reporter;
    pole_texts texts;
    pole_plan plan;
    pole_frame frames[POLE_TABLES];
    pole_frame wgs84; /* of rows added by calls */
    pole_column_map *maps[POLE_TABLES];
    size_t map_counts[POLE_TABLES];
    size_t map_capacities[POLE_TABLES];
    char *map_texts; /* what the maps point into */
    uint32_t encoding;
    uint32_t delimiter; /* 0: found out */
    bool is_sample;
    bool no_doubts;
    int64_t source_date_epoch_s;
    pole_text_number name;
    pole_text_number builder_name;
    pole_build_source *sources;
    size_t source_count;
    size_t source_capacity;
    pole_pole_rows poles;
    pole_station_rows stations;
    pole_area_rows areas;
    uint64_t rows_of_table[POLE_TABLES]; /* read */
    uint64_t calls_of_table[POLE_TABLES];
    pole_status stopped; /* what ended the build; POLE_OK: it goes on */
    bool finished;
};

/* How a public call begins: POLE_OK, or why it cannot do its work. */
pole_status pole_builder_begin_call(pole_builder *builder, pole_error *error);

/* How it ends: refused rows are handed out, a failure is remembered. row_only: POLE_BAD_INPUT is
 * the refusal of one row, and the build goes on. Returns the call's status. */
pole_status pole_builder_end_call(pole_builder *builder, pole_status status, bool row_only,
                                  pole_error *error);

#endif
