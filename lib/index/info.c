/* SPDX-License-Identifier: MIT
 * What an open index is: counts, schemes, scopes, sources; and the small questions of the rooms
 * above about its rows. */
#include <polelookup/index.h>

#include "base/abi.h"
#include "index/index.h"

pole_status pole_index_info(const pole_index *index, pole_info *info)
{
    if (!pole_record_is_sound(info))
        return POLE_INVALID_ARGUMENT;
    pole_record_fill(info, NULL, 0);
    if (index == NULL)
        return POLE_INVALID_ARGUMENT;
    const pole_positions *positions = &index->positions;
    const pole_draft_provenance *provenance = &index->provenance.values;
    pole_info full = {
        .is_sample = index->image.sample,
        .format_major = index->image.major,
        .format_minor = index->image.minor,
        .poles = index->scheme.rows,
        .stations = index->stations.count,
        .areas = index->areas.count,
        .scopes = index->scheme.scope_count,
        .schemes = index->scheme.count,
        .sources = provenance->source_count,
        .file_bytes = index->image.size,
        .built_at_s = provenance->built_at_s,
        .data_date_s = provenance->data_date_s,
        .southwest = {positions->south_e7 / 1e7, positions->west_e7 / 1e7},
        .northeast = {positions->north_e7 / 1e7, positions->east_e7 / 1e7},
        .rows_read = provenance->rows_read,
        .rows_refused = provenance->rows_refused,
        .rows_collapsed = provenance->rows_collapsed,
        .name = provenance->name,
        .builder = provenance->builder,
        .doubts_used = index->doubts.values != NULL,
        .doubt_channel = {index->doubts.channel_id, strlen(index->doubts.channel_id)},
    };
    pole_hash_to_text(index->image.id, full.id);
    pole_record_fill(info, &full, sizeof full);
    return POLE_OK;
}

pole_status pole_index_scope(const pole_index *index, uint16_t scope, pole_span *name)
{
    if (name == NULL)
        return POLE_INVALID_ARGUMENT;
    memset(name, 0, sizeof *name);
    if (index == NULL)
        return POLE_INVALID_ARGUMENT;
    if (scope >= index->scheme.scope_count)
        return POLE_NOT_FOUND;
    *name = pole_strings_at(&index->strings, index->scheme.scope_names[scope]);
    return POLE_OK;
}

/* "五常" of "五常市", a county's name as people say it. */
static bool is_short_name(pole_span name, pole_span whole)
{
    static const char *const types[] = {"市", "县", "區", "区", "縣", "旗"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        const pole_span type = pole_span_of(types[i]);
        if (name.size_bytes > 0 && whole.size_bytes == name.size_bytes + type.size_bytes &&
            memcmp(whole.data, name.data, name.size_bytes) == 0 &&
            memcmp(whole.data + name.size_bytes, type.data, type.size_bytes) == 0)
            return true;
    }
    return false;
}

pole_status pole_index_find_scope(const pole_index *index, pole_span name, uint16_t *scope)
{
    if (scope == NULL)
        return POLE_INVALID_ARGUMENT;
    *scope = POLE_ANY_SCOPE;
    if (index == NULL || (name.data == NULL && name.size_bytes > 0))
        return POLE_INVALID_ARGUMENT;
    uint16_t meant = POLE_ANY_SCOPE;
    uint32_t fit = 0;
    for (uint32_t i = 0; i < index->scheme.scope_count; i++) {
        const pole_span whole = pole_strings_at(&index->strings, index->scheme.scope_names[i]);
        if (pole_span_equal(name, whole)) {
            *scope = (uint16_t)i;
            return POLE_OK;
        }
        if (is_short_name(name, whole)) {
            meant = (uint16_t)i;
            fit++;
        }
    }
    *scope = fit == 1 ? meant : POLE_ANY_SCOPE;
    return fit == 1 ? POLE_OK : POLE_NOT_FOUND;
}

pole_status pole_index_scheme(const pole_index *index, uint32_t number, pole_scheme_info *scheme)
{
    if (!pole_record_is_sound(scheme))
        return POLE_INVALID_ARGUMENT;
    pole_record_fill(scheme, NULL, 0);
    if (index == NULL)
        return POLE_INVALID_ARGUMENT;
    if (number >= index->scheme.count)
        return POLE_NOT_FOUND;
    const pole_scheme_entry *entry = index->scheme.entries + number;
    pole_scheme_info full = {
        .scope = entry->scope,
        .digits = entry->digits,
        .field_count = entry->field_count,
        .first_row = entry->first_row,
        .rows = entry->rows,
    };
    memcpy(full.field_kind, entry->field_kind, sizeof entry->field_kind);
    memcpy(full.field_width, entry->field_width, sizeof entry->field_width);
    pole_record_fill(scheme, &full, sizeof full);
    return POLE_OK;
}

pole_status pole_index_source(const pole_index *index, uint32_t number, pole_source_info *source)
{
    if (!pole_record_is_sound(source))
        return POLE_INVALID_ARGUMENT;
    pole_record_fill(source, NULL, 0);
    if (index == NULL)
        return POLE_INVALID_ARGUMENT;
    if (number >= index->provenance.values.source_count)
        return POLE_NOT_FOUND;
    const pole_draft_source *stored = index->provenance.sources + number;
    const pole_source_info full = {
        .kind = stored->kind,
        .file_name = stored->file_name,
        .hash = stored->hash,
        .crs = stored->crs,
        .size_bytes = stored->size_bytes,
        .rows_read = stored->rows_read,
        .rows_refused = stored->rows_refused,
    };
    pole_record_fill(source, &full, sizeof full);
    return POLE_OK;
}

pole_status pole_index_verify_id(const pole_index *index, pole_error *error)
{
    return pole_image_verify(&index->image, &index->allocator, error);
}

const pole_scheme_entry *pole_index_entry(const pole_index *index, uint16_t scope, uint8_t digits)
{
    for (uint32_t i = index->first_of_length[digits]; i < index->first_of_length[digits + 1]; i++) {
        const pole_scheme_entry *entry = index->scheme.entries + index->entries_of_length[i];
        if (entry->scope == scope)
            return entry;
    }
    return NULL;
}

pole_code pole_index_code_of(const pole_index *index, pole_row row)
{
    const pole_scheme_entry *entry = pole_scheme_entry_of(&index->scheme, row);
    const pole_codes *codes = index->codes + (entry - index->scheme.entries);
    const pole_code code = {pole_codes_number(codes, row), entry->scope, entry->digits, 0};
    return code;
}
