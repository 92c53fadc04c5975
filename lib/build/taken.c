/* SPDX-License-Identifier: MIT
 * See taken.h. */
#include "build/taken.h"

#include <stdio.h>

#include "base/status.h"

pole_status pole_builder_no_memory(pole_builder *builder)
{
    return pole_fail(&builder->reporter.error, POLE_NO_MEMORY,
                     "there is not enough memory for the tables");
}

pole_status pole_keep_row(pole_builder *builder, pole_kept_rows *kept, const pole_table_row *row)
{
    if (!pole_rejects_wanted(&builder->reporter.rejects))
        return POLE_OK;
    if (!pole_grow_array(&builder->allocator, (void **)&kept->ends, &kept->capacity,
                         kept->count + 1, sizeof *kept->ends))
        return pole_builder_no_memory(builder);
    if (row)
        pole_row_to_json(row, &kept->bytes);
    if (kept->bytes.failed)
        return pole_builder_no_memory(builder);
    kept->ends[kept->count++] = kept->bytes.size;
    return POLE_OK;
}

static pole_span kept_row(const pole_kept_rows *kept, size_t number)
{
    if (number >= kept->count)
        return (pole_span){NULL, 0};
    const size_t start = number > 0 ? kept->ends[number - 1] : 0;
    return (pole_span){(const char *)kept->bytes.bytes + start, kept->ends[number] - start};
}

static pole_span file_of(const pole_builder *builder, pole_origin origin)
{
    if (origin.source == POLE_NO_SOURCE)
        return (pole_span){NULL, 0};
    return pole_texts_at(&builder->texts, builder->sources[origin.source].file_name);
}

pole_row_place pole_place_of_taken(const pole_builder *builder, uint32_t table, size_t number)
{
    pole_row_place place = {.table = table};
    if (table == POLE_TABLE_POLES) {
        place.origin = builder->poles.origins[number];
        place.kept = kept_row(&builder->poles.kept, number);
    } else if (table == POLE_TABLE_STATIONS) {
        place.origin = builder->stations.origins[number];
        place.kept = kept_row(&builder->stations.kept, number);
    } else {
        place.origin = builder->areas.rows[number].origin;
        place.kept = kept_row(&builder->areas.kept, number);
    }
    place.file = file_of(builder, place.origin);
    return place;
}

pole_origin_text pole_show_origin(const pole_builder *builder, pole_origin origin)
{
    pole_origin_text shown;
    const pole_span file = file_of(builder, origin);
    if (file.size_bytes > 0)
        snprintf(shown.text, sizeof shown.text, "%s line %u", pole_show(file).text,
                 (unsigned)origin.line);
    else
        snprintf(shown.text, sizeof shown.text, "number %u added", (unsigned)origin.line);
    return shown;
}

void pole_count_source_refusal(pole_builder *builder, pole_origin origin)
{
    if (origin.source != POLE_NO_SOURCE)
        builder->sources[origin.source].rows_refused++;
}

pole_status pole_refuse_taken(pole_builder *builder, uint32_t table, size_t number,
                              const pole_complaint *complaint, const char *message)
{
    const pole_row_place place = pole_place_of_taken(builder, table, number);
    pole_count_source_refusal(builder, place.origin);
    const pole_status status = pole_refuse(&builder->reporter, &place, complaint, "%s", message);
    return status == POLE_BAD_INPUT ? POLE_OK : status;
}
