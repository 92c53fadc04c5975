/* SPDX-License-Identifier: MIT
 * See emit.h: what stands before and behind the rows. */
#include "bulk/emit.h"

static bool emit_header(pole_emitter *emitter, pole_buffer *out)
{
    const pole_emission *how = emitter->how;
    const pole_log_plan *plan = how->plan;
    const size_t start_size = plan->header_start_size * how->unit;
    const size_t end_size = plan->header_end_size * how->unit;
    if (plan->header.size == 0)
        return true;
    const pole_log_row header = {.raw = plan->header.bytes + start_size,
                                 .raw_size = plan->header.size - start_size - end_size,
                                 .cell_count = (uint32_t)plan->column_count,
                                 .line_end_size = (uint8_t)end_size};
    return pole_emit_raw(emitter, plan->header.bytes, start_size, out) &&
           pole_emit_csv(emitter, &header, NULL, out);
}

bool pole_emit_begin_csv(pole_emitter *emitter, const uint8_t *mark, size_t mark_size, bool bom,
                         pole_buffer *out)
{
    const pole_emission *how = emitter->how;
    if (how->from == how->to && mark_size > 0)
        pole_buffer_append(out, mark, mark_size);
    else if ((bom || mark_size > 0) &&
             !pole_emit_encoded(how->to, (pole_span){"\xEF\xBB\xBF", 3}, out))
        return false;
    return emit_header(emitter, out);
}

bool pole_emit_begin(pole_emitter *emitter, const uint8_t *mark, size_t mark_size, bool bom,
                     pole_buffer *out)
{
    if (emitter->how->format == POLE_TO_CSV)
        return pole_emit_begin_csv(emitter, mark, mark_size, bom, out);
    if (emitter->how->format == POLE_TO_GEOJSON)
        pole_buffer_append_text(out, "{\"type\":\"FeatureCollection\",\"features\":[\n");
    return !out->failed;
}

bool pole_emit_end(const pole_emission *how, pole_buffer *out)
{
    if (how->format == POLE_TO_GEOJSON)
        pole_buffer_append_text(out, "\n]}\n");
    return !out->failed;
}
