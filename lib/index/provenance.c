/* SPDX-License-Identifier: MIT
 * See provenance.h. */
#include "index/provenance.h"

#include "base/utf8.h"
#include "index/room.h"

static pole_span read_text(pole_section_reader *reader)
{
    const uint32_t size = pole_section_u32(reader);
    const uint8_t *bytes = pole_section_take(reader, size, 1);
    if (bytes == NULL || pole_utf8_first_bad((const char *)bytes, size) != size) {
        reader->failed = true;
        return (pole_span){NULL, 0};
    }
    return (pole_span){(const char *)bytes, size};
}

static void read_source(pole_section_reader *reader, pole_draft_source *source)
{
    source->kind = pole_section_u32(reader);
    if (pole_section_u32(reader) != 0)
        reader->failed = true;
    source->size_bytes = pole_section_u64(reader);
    source->rows_read = pole_section_u64(reader);
    source->rows_refused = pole_section_u64(reader);
    source->file_name = read_text(reader);
    source->hash = read_text(reader);
    source->crs = read_text(reader);
}

pole_status pole_provenance_attach(pole_provenance *provenance, const uint8_t *bytes, size_t size,
                                   const pole_allocator *allocator, pole_error *error)
{
    memset(provenance, 0, sizeof *provenance);
    pole_section_reader reader = pole_section_begin(bytes, size);
    pole_draft_provenance *values = &provenance->values;
    values->built_at_s = (int64_t)pole_section_u64(&reader);
    values->data_date_s = (int64_t)pole_section_u64(&reader);
    values->rows_read = pole_section_u64(&reader);
    values->rows_refused = pole_section_u64(&reader);
    values->rows_collapsed = pole_section_u64(&reader);
    values->source_count = pole_section_u32(&reader);
    if (pole_section_u32(&reader) != 0 || reader.failed || values->source_count > reader.left)
        return pole_section_damaged(error, "provenance", "its length does not fit its content");
    values->name = read_text(&reader);
    values->builder = read_text(&reader);
    provenance->sources =
        pole_allocate_zeroed(allocator, values->source_count, sizeof *provenance->sources);
    if (provenance->sources == NULL)
        return pole_fail(error, POLE_NO_MEMORY, "no memory for the provenance");
    for (uint32_t i = 0; i < values->source_count && !reader.failed; i++)
        read_source(&reader, provenance->sources + i);
    if (!pole_section_ended(&reader))
        return pole_section_damaged(error, "provenance", "its length does not fit its content");
    values->sources = provenance->sources;
    return POLE_OK;
}

void pole_provenance_detach(pole_provenance *provenance, const pole_allocator *allocator)
{
    pole_release(allocator, provenance->sources);
    memset(provenance, 0, sizeof *provenance);
}

static void pack_text(pole_span text, pole_buffer *out)
{
    pole_buffer_append_u32(out, (uint32_t)text.size_bytes);
    pole_buffer_append(out, text.data, text.size_bytes);
}

void pole_provenance_pack(const pole_draft_city *city, pole_buffer *out)
{
    const pole_draft_provenance *values = &city->provenance;
    pole_buffer_append_u64(out, (uint64_t)values->built_at_s);
    pole_buffer_append_u64(out, (uint64_t)values->data_date_s);
    pole_buffer_append_u64(out, values->rows_read);
    pole_buffer_append_u64(out, values->rows_refused);
    pole_buffer_append_u64(out, values->rows_collapsed);
    pole_buffer_append_u32(out, values->source_count);
    pole_buffer_append_u32(out, 0);
    pack_text(values->name, out);
    pack_text(values->builder, out);
    for (uint32_t i = 0; i < values->source_count; i++) {
        const pole_draft_source *source = values->sources + i;
        pole_buffer_append_u32(out, source->kind);
        pole_buffer_append_u32(out, 0);
        pole_buffer_append_u64(out, source->size_bytes);
        pole_buffer_append_u64(out, source->rows_read);
        pole_buffer_append_u64(out, source->rows_refused);
        pack_text(source->file_name, out);
        pack_text(source->hash, out);
        pack_text(source->crs, out);
    }
}
