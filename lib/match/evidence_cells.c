/* SPDX-License-Identifier: MIT
 * See evidence_cells.h. */
#include "match/evidence_cells.h"

#include "base/decimal.h"
#include "base/utf8.h"

void pole_evidence_reader_init(pole_evidence_reader *reader, const pole_allocator *allocator,
                               const pole_adapters *adapters, uint32_t lengths)
{
    memset(reader, 0, sizeof *reader);
    reader->allocator = allocator;
    reader->adapters = adapters;
    pole_hear_options_init(&reader->hear);
    reader->hear.lengths = lengths;
}

void pole_evidence_reader_free(pole_evidence_reader *reader)
{
    pole_heard_free(reader->also);
    pole_crs_free(reader->crs);
    reader->also = NULL;
    reader->crs = NULL;
}

/* The CRS of a name; NULL where there is none such. */
static pole_status crs_by_name(pole_evidence_reader *reader, pole_span name, pole_crs **crs)
{
    *crs = NULL;
    if (name.size_bytes >= sizeof reader->crs_text)
        return POLE_OK;
    const pole_span last = pole_span_of(reader->crs_text);
    if (!pole_span_equal(name, last)) {
        pole_error error;
        pole_crs_free(reader->crs);
        memcpy(reader->crs_text, name.data, name.size_bytes);
        reader->crs_text[name.size_bytes] = '\0';
        const pole_status status =
            pole_crs_new(name, reader->adapters, reader->allocator, &reader->crs, &error);
        if (status == POLE_NO_MEMORY) {
            reader->crs_text[0] = '\0';
            return status;
        }
    }
    *crs = reader->crs;
    return POLE_OK;
}

/* "LAT,LON,RADIUS[,LEVEL]" of the cells, as the command's --hint has it. */
static pole_span echo_hint(pole_evidence_reader *reader, const pole_row_evidence *cells)
{
    const pole_span parts[] = {cells->hint_lat, cells->hint_lon, cells->hint_radius_m,
                               cells->hint_level};
    size_t size = 0;
    for (unsigned i = 0; i < 4; i++) {
        const pole_span part = pole_utf8_trim(parts[i]);
        if (i >= 2 && part.size_bytes == 0)
            continue;
        if (size + part.size_bytes + 1 > sizeof reader->given)
            break;
        if (size > 0)
            reader->given[size++] = ',';
        memcpy(reader->given + size, part.data, part.size_bytes);
        size += part.size_bytes;
    }
    return (pole_span){reader->given, size};
}

static bool read_number(pole_span cell, double if_empty, double *value)
{
    const pole_span text = pole_utf8_trim(cell);
    *value = if_empty;
    return text.size_bytes == 0 || pole_decimal_to_double(text, value);
}

static pole_status read_hint(pole_evidence_reader *reader, const pole_row_evidence *cells,
                             pole_evidence *evidence, bool *bad)
{
    double x, y, radius_m, level;
    pole_crs *crs = NULL;
    const pole_span crs_name = pole_utf8_trim(cells->hint_crs);
    if (pole_utf8_trim(cells->hint_lat).size_bytes == 0 &&
        pole_utf8_trim(cells->hint_lon).size_bytes == 0)
        return POLE_OK;
    *bad = true; /* until all of it is sound */
    const double none = (double)NAN;
    if (!read_number(cells->hint_lat, none, &y) || !read_number(cells->hint_lon, none, &x) ||
        !read_number(cells->hint_radius_m, POLE_ROW_HINT_RADIUS_M, &radius_m) ||
        !read_number(cells->hint_level, 0.0, &level))
        return POLE_OK;
    if (!(radius_m > 0.0 && radius_m <= 1e7) || !(level >= 0.0 && level < 1.0))
        return POLE_OK;
    if (crs_name.size_bytes > 0) {
        const pole_status status = crs_by_name(reader, crs_name, &crs);
        if (status != POLE_OK || crs == NULL)
            return status;
        size_t lost = 0;
        if (pole_crs_to_wgs84(crs, 1, &x, &y, &lost) != POLE_OK || lost > 0)
            return POLE_OK;
        evidence->hint_crs = pole_span_of(pole_crs_name(crs));
    }
    if (!(y >= -90.0 && y <= 90.0 && x >= -180.0 && x <= 180.0))
        return POLE_OK;
    evidence->hint = (pole_point){y, x};
    evidence->hint_radius_m = radius_m;
    evidence->hint_level = level;
    evidence->hint_given = echo_hint(reader, cells);
    *bad = false;
    return POLE_OK;
}

pole_status pole_evidence_read(pole_evidence_reader *reader, const pole_row_evidence *cells,
                               pole_evidence *evidence, pole_span *scope, bool *bad)
{
    const pole_span named = pole_utf8_trim(cells->scope);
    const pole_text also = {pole_utf8_trim(cells->also), 1.0};
    pole_evidence_init(evidence);
    *bad = false;
    pole_status status = read_hint(reader, cells, evidence, bad);
    evidence->street = pole_utf8_trim(cells->street);
    evidence->district = pole_utf8_trim(cells->district);
    if (named.size_bytes > 0)
        *scope = named;
    if (status != POLE_OK || also.text.size_bytes == 0)
        return status;
    if (reader->also == NULL)
        status = pole_heard_new(reader->allocator, &reader->also);
    if (status == POLE_OK)
        status = pole_hear(&also, 1, &reader->hear, reader->also);
    if (status == POLE_OK && pole_heard_digits(reader->also).size_bytes > 0)
        evidence->also = reader->also;
    else
        *bad = true;
    return status;
}
