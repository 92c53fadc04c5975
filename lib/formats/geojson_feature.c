/* SPDX-License-Identifier: MIT
 *
 * One Feature's members, in whatever order they come. What is wrong with them is a fault of the
 * feature; only broken JSON and lack of memory end the reading. */
#include "formats/geojson_feature.h"

#include "base/status.h"

pole_status pole_geojson_fail(pole_geojson_reader *reader, const pole_json_token *token,
                              pole_status status, const char *message, const char *hint,
                              pole_error *error)
{
    pole_json_fail(reader->json, token, status, message, error);
    if (hint)
        pole_fail_hint(error, hint);
    return status;
}

static pole_status no_memory(pole_geojson_reader *reader, const pole_json_token *token,
                             pole_error *error)
{
    return pole_geojson_fail(reader, token, POLE_NO_MEMORY, "no memory for a feature", NULL, error);
}

static void add_fault_at(pole_geojson_feature *feature, uint32_t fault, uint64_t line,
                         uint64_t file_offset)
{
    if (feature->faults == 0) {
        feature->fault_line = line;
        feature->fault_offset = file_offset;
    }
    feature->faults |= fault;
}

/* A fault at a token that was just read. */
static void add_fault(pole_geojson_reader *reader, uint32_t fault, const pole_json_token *token)
{
    add_fault_at(&reader->feature, fault, token->line, pole_json_file_offset(reader->json, token));
}

/* Marks a member as seen; twice is a fault of the feature. */
static bool first_time(pole_geojson_reader *reader, uint32_t *seen, uint32_t member,
                       const pole_json_token *token)
{
    if (*seen & member) {
        add_fault(reader, POLE_FEATURE_DOUBLE_MEMBER, token);
        return false;
    }
    *seen |= member;
    return true;
}

bool pole_json_is_key(const pole_json_token *token, const char *name)
{
    return pole_span_equal(token->text, pole_span_of(name));
}

/* The name in a named CRS, given as raw JSON; empty when it has another form. It lives in texts. */
static pole_status read_crs_name(pole_geojson_reader *reader, pole_span raw, pole_span *name)
{
    pole_memory_bytes memory = {(const uint8_t *)raw.data, raw.size_bytes, 0};
    pole_text_in *text = NULL;
    pole_json_reader *json = NULL;
    pole_json_token token;
    *name = (pole_span){NULL, 0};
    pole_status status = pole_text_in_new(pole_byte_source_of_memory(&memory), POLE_ENCODING_UTF8,
                                          &reader->allocator, &text, NULL);
    if (status == POLE_OK)
        status = pole_json_reader_new(text, false, &reader->allocator, &json);
    bool wanted = false;
    while (status == POLE_OK) {
        status = pole_json_next(json, &token, NULL);
        if (status != POLE_OK || token.kind == POLE_JSON_END)
            break;
        if (wanted && token.kind == POLE_JSON_STRING) {
            if (!pole_text_store_add(&reader->texts, token.text, name))
                status = POLE_NO_MEMORY;
            break;
        }
        /* {"type": "name", "properties": {"name": "..."}} */
        wanted = token.kind == POLE_JSON_KEY && pole_json_depth(json) == 2 &&
                 pole_json_is_key(&token, "name");
    }
    pole_json_reader_free(json);
    pole_text_in_free(text);
    return status;
}

/* Reads the value of a "crs" member, whose key is given. */
static pole_status read_crs(pole_geojson_reader *reader, const pole_json_token *key,
                            pole_error *error)
{
    pole_span raw;
    pole_span name;
    pole_status status = pole_json_skip(reader->json, key, &raw, error);
    if (status != POLE_OK)
        return status;
    status = read_crs_name(reader, raw, &name);
    if (status == POLE_NO_MEMORY)
        return no_memory(reader, key, error);
    if (status != POLE_OK || name.size_bytes == 0)
        name = raw;
    if (reader->crs.size_bytes == 0)
        return pole_text_store_add(&reader->lasting, name, &reader->crs)
                   ? POLE_OK
                   : no_memory(reader, key, error);
    if (!pole_span_equal(name, reader->crs))
        return pole_geojson_fail(reader, key, POLE_BAD_INPUT, "the file names two different CRS",
                                 NULL, error);
    return POLE_OK;
}

/* Whether the raw text of the value just skipped holds bad bytes. */
static bool has_bad_bytes(const pole_geojson_reader *reader, uint64_t text_offset, size_t size)
{
    pole_bad_place place;
    return pole_text_in_bad_between(reader->text, text_offset, text_offset + size, &place);
}

/* The value behind a key, as a property. The name is copied already. */
static pole_status read_property(pole_geojson_reader *reader, pole_geojson_property *property,
                                 pole_error *error)
{
    pole_json_token token;
    pole_status status = pole_json_next(reader->json, &token, error);
    if (status != POLE_OK)
        return status;
    pole_span text = token.text;
    property->kind = token.kind;
    property->line = token.line;
    property->file_offset = pole_json_file_offset(reader->json, &token);
    bool bad = token.bad_bytes;
    if (token.kind == POLE_JSON_OBJECT || token.kind == POLE_JSON_ARRAY) {
        status = pole_json_skip(reader->json, &token, &text, error);
        if (status != POLE_OK)
            return status;
        bad = has_bad_bytes(reader, token.text_offset, text.size_bytes);
    } else if (token.kind == POLE_JSON_NULL) {
        text = (pole_span){NULL, 0};
    }
    if (bad)
        add_fault(reader, POLE_FEATURE_BAD_BYTES, &token);
    return pole_text_store_add(&reader->texts, text, &property->text)
               ? POLE_OK
               : no_memory(reader, &token, error);
}

static bool has_property(const pole_geojson_reader *reader, pole_span name)
{
    for (size_t i = 0; i < reader->feature.property_count; i++) {
        if (pole_span_equal(reader->properties[i].name, name))
            return true;
    }
    return false;
}

/* Room for one more property, and for the feature's id. */
static bool have_property_room(pole_geojson_reader *reader)
{
    void *grown = reader->properties;
    if (!pole_grow_array(&reader->allocator, &grown, &reader->property_capacity,
                         reader->feature.property_count + 2, sizeof *reader->properties))
        return false;
    reader->properties = grown;
    return true;
}

static pole_status add_property(pole_geojson_reader *reader, const pole_json_token *key,
                                pole_error *error)
{
    pole_geojson_feature *feature = &reader->feature;
    if (feature->property_count == POLE_GEOJSON_MAX_PROPERTIES) {
        add_fault(reader, POLE_FEATURE_TOO_MANY, key);
        return pole_json_skip(reader->json, key, NULL, error);
    }
    if (!have_property_room(reader))
        return no_memory(reader, key, error);
    pole_geojson_property *property = &reader->properties[feature->property_count];
    if (!pole_text_store_add(&reader->texts, key->text, &property->name))
        return no_memory(reader, key, error);
    if (key->bad_bytes)
        add_fault(reader, POLE_FEATURE_BAD_BYTES, key);
    if (has_property(reader, property->name))
        add_fault(reader, POLE_FEATURE_DOUBLE_MEMBER, key);
    const pole_status status = read_property(reader, property, error);
    if (status == POLE_OK)
        feature->property_count++;
    return status;
}

static pole_status read_properties(pole_geojson_reader *reader, pole_error *error)
{
    pole_json_token token;
    pole_status status = pole_json_next(reader->json, &token, error);
    if (status != POLE_OK || token.kind == POLE_JSON_NULL)
        return status;
    if (token.kind != POLE_JSON_OBJECT) {
        add_fault(reader, POLE_FEATURE_NO_PROPERTIES, &token);
        return pole_json_skip(reader->json, &token, NULL, error);
    }
    while ((status = pole_json_next(reader->json, &token, error)) == POLE_OK &&
           token.kind == POLE_JSON_KEY) {
        status = add_property(reader, &token, error);
        if (status != POLE_OK)
            return status;
    }
    return status;
}

/* The value of a geometry's "type", whose key was read. */
static pole_status read_geometry_type(pole_geojson_reader *reader, pole_shape_type *type,
                                      pole_error *error)
{
    pole_json_token token;
    const pole_status status = pole_json_next(reader->json, &token, error);
    if (status != POLE_OK)
        return status;
    *type = token.kind == POLE_JSON_STRING ? pole_shape_type_by_name(token.text) : POLE_SHAPE_OTHER;
    return pole_json_skip(reader->json, &token, NULL, error);
}

static pole_status read_geometry_member(pole_geojson_reader *reader, const pole_json_token *key,
                                        uint32_t *seen, pole_shape_type *type, pole_error *error)
{
    if (pole_json_is_key(key, "type") && first_time(reader, seen, SEEN_TYPE, key))
        return read_geometry_type(reader, type, error);
    if (pole_json_is_key(key, "coordinates") && first_time(reader, seen, SEEN_COORDINATES, key)) {
        pole_json_token first;
        const pole_status status = pole_json_next(reader->json, &first, error);
        return status != POLE_OK
                   ? status
                   : pole_shape_in_coordinates(&reader->shape, reader->json, &first, error);
    }
    if (pole_json_is_key(key, "crs"))
        return read_crs(reader, key, error);
    return pole_json_skip(reader->json, key, NULL, error);
}

static pole_status read_geometry(pole_geojson_reader *reader, pole_error *error)
{
    pole_json_token token;
    pole_status status = pole_json_next(reader->json, &token, error);
    if (status != POLE_OK)
        return status;
    pole_shape_in *in = &reader->shape;
    in->shape.line = token.line;
    in->shape.file_offset = pole_json_file_offset(reader->json, &token);
    if (token.kind != POLE_JSON_OBJECT) {
        add_fault(reader,
                  token.kind == POLE_JSON_NULL ? POLE_FEATURE_NO_GEOMETRY
                                               : POLE_FEATURE_GEOMETRY_TYPE,
                  &token);
        return pole_json_skip(reader->json, &token, NULL, error);
    }
    uint32_t seen = 0;
    pole_shape_type type = POLE_SHAPE_OTHER;
    while ((status = pole_json_next(reader->json, &token, error)) == POLE_OK &&
           token.kind == POLE_JSON_KEY) {
        status = read_geometry_member(reader, &token, &seen, &type, error);
        if (status != POLE_OK)
            return status;
    }
    if (status != POLE_OK)
        return status;
    if (type == POLE_SHAPE_OTHER)
        add_fault_at(&reader->feature, POLE_FEATURE_GEOMETRY_TYPE, in->shape.line,
                     in->shape.file_offset);
    pole_shape_in_finish(in, type);
    if (in->faults != 0)
        add_fault_at(&reader->feature, in->faults, in->fault_line, in->fault_offset);
    return POLE_OK;
}

static pole_status read_type(pole_geojson_reader *reader, bool top, pole_error *error)
{
    pole_json_token token;
    const pole_status status = pole_json_next(reader->json, &token, error);
    if (status != POLE_OK)
        return status;
    if (top) {
        size_t size = token.text.size_bytes;
        if (size >= sizeof reader->top_type)
            size = sizeof reader->top_type - 1;
        if (token.kind == POLE_JSON_STRING && size > 0)
            memcpy(reader->top_type, token.text.data, size);
        reader->top_type[token.kind == POLE_JSON_STRING ? size : 0] = '\0';
    }
    reader->bad_type = token.kind != POLE_JSON_STRING || !pole_json_is_key(&token, "Feature");
    return pole_json_skip(reader->json, &token, NULL, error);
}

static pole_status read_id(pole_geojson_reader *reader, const pole_json_token *key,
                           pole_error *error)
{
    if (!have_property_room(reader))
        return no_memory(reader, key, error);
    reader->id.name = pole_span_of("id");
    return read_property(reader, &reader->id, error);
}

/* A member of a Feature, or of the top-level object; "features" is the caller's. */
pole_status pole_geojson_read_member(pole_geojson_reader *reader, const pole_json_token *key,
                                     bool top, uint32_t *seen, pole_error *error)
{
    if (pole_json_is_key(key, "type") && first_time(reader, seen, SEEN_TYPE, key))
        return read_type(reader, top, error);
    if (pole_json_is_key(key, "properties") && first_time(reader, seen, SEEN_PROPERTIES, key))
        return read_properties(reader, error);
    if (pole_json_is_key(key, "geometry") && first_time(reader, seen, SEEN_GEOMETRY, key))
        return read_geometry(reader, error);
    if (pole_json_is_key(key, "id") && first_time(reader, seen, SEEN_ID, key))
        return read_id(reader, key, error);
    if (pole_json_is_key(key, "crs"))
        return read_crs(reader, key, error);
    return pole_json_skip(reader->json, key, NULL, error);
}

void pole_geojson_begin_feature(pole_geojson_reader *reader, const pole_json_token *first)
{
    pole_text_store_clear(&reader->texts);
    pole_shape_in_clear(&reader->shape);
    memset(&reader->feature, 0, sizeof reader->feature);
    reader->bad_type = true;
    reader->feature.line = first->line;
    reader->feature.file_offset = pole_json_file_offset(reader->json, first);
}

/* All members are read: what is missing is a fault, the arrays are handed over. */
void pole_geojson_finish_feature(pole_geojson_reader *reader, const pole_json_token *end,
                                 uint32_t seen)
{
    pole_geojson_feature *feature = &reader->feature;
    if (reader->bad_type)
        add_fault(reader, POLE_FEATURE_NOT_A_FEATURE, end);
    if (!(seen & SEEN_GEOMETRY))
        add_fault(reader, POLE_FEATURE_NO_GEOMETRY, end);
    if (!(seen & SEEN_PROPERTIES))
        add_fault(reader, POLE_FEATURE_NO_PROPERTIES, end);
    if ((seen & SEEN_ID) && !has_property(reader, reader->id.name))
        reader->properties[feature->property_count++] = reader->id;
    feature->line_end = end->line;
    feature->properties = reader->properties;
    feature->geometry = reader->shape.shape;
}

/* An element of "features", whose first token is given. */
pole_status pole_geojson_read_feature(pole_geojson_reader *reader, const pole_json_token *first,
                                      pole_error *error)
{
    pole_geojson_begin_feature(reader, first);
    if (first->kind != POLE_JSON_OBJECT) {
        pole_geojson_finish_feature(reader, first, SEEN_GEOMETRY | SEEN_PROPERTIES);
        return pole_json_skip(reader->json, first, NULL, error);
    }
    uint32_t seen = 0;
    pole_json_token token;
    pole_status status;
    while ((status = pole_json_next(reader->json, &token, error)) == POLE_OK &&
           token.kind == POLE_JSON_KEY) {
        status = pole_geojson_read_member(reader, &token, false, &seen, error);
        if (status != POLE_OK)
            return status;
    }
    if (status == POLE_OK)
        pole_geojson_finish_feature(reader, &token, seen);
    return status;
}
