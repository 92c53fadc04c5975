/* SPDX-License-Identifier: MIT
 *
 * Features out of JSON tokens. A top-level object is read as if it were a Feature until its
 * "features" member shows that it is a collection; then each element is one. What its "type" says
 * is checked when its members are through, since it may come last. */
#include "formats/geojson_in.h"

#include "base/status.h"
#include "formats/geojson_feature.h"

pole_status pole_geojson_reader_new(pole_text_in *text, const pole_allocator *allocator,
                                    pole_geojson_reader **reader)
{
    *reader = NULL;
    const pole_allocator memory = pole_allocator_or_default(allocator);
    pole_geojson_reader *made = pole_allocate_zeroed(&memory, 1, sizeof *made);
    if (!made)
        return POLE_NO_MEMORY;
    made->allocator = memory;
    made->text = text;
    made->texts.allocator = memory;
    made->lasting.allocator = memory;
    made->shape.allocator = memory;
    made->shape.texts = &made->texts;
    const pole_status status = pole_json_reader_new(text, true, &memory, &made->json);
    if (status != POLE_OK) {
        pole_geojson_reader_free(made);
        return status;
    }
    *reader = made;
    return POLE_OK;
}

void pole_geojson_reader_free(pole_geojson_reader *reader)
{
    if (!reader)
        return;
    const pole_allocator memory = reader->allocator;
    pole_json_reader_free(reader->json);
    pole_shape_in_free(&reader->shape);
    pole_text_store_free(&reader->texts);
    pole_text_store_free(&reader->lasting);
    pole_release(&memory, reader->properties);
    pole_release(&memory, reader);
}

pole_span pole_geojson_crs(const pole_geojson_reader *reader)
{
    return reader->crs;
}

/* What a top-level object is that is neither Feature nor FeatureCollection. */
static pole_status refuse_top(pole_geojson_reader *reader, const pole_json_token *token,
                              pole_error *error)
{
    const char *type = reader->top_type;
    const pole_shape_type shape = pole_shape_type_by_name(pole_span_of(type));
    if (shape != POLE_SHAPE_OTHER || strcmp(type, "GeometryCollection") == 0)
        return pole_geojson_fail(reader, token, POLE_BAD_INPUT,
                                 "the file is a bare geometry, without names",
                                 "put it into a Feature of a FeatureCollection", error);
    if (strcmp(type, "Topology") == 0)
        return pole_geojson_fail(reader, token, POLE_BAD_INPUT, "the file is TopoJSON",
                                 "convert it to GeoJSON", error);
    if (strcmp(type, "FeatureCollection") == 0)
        return pole_geojson_fail(reader, token, POLE_BAD_INPUT,
                                 "the FeatureCollection has no array of \"features\"", NULL, error);
    if (type[0] == '\0')
        return pole_geojson_fail(reader, token, POLE_BAD_INPUT,
                                 "the JSON object has no \"type\": no GeoJSON", NULL, error);
    return pole_geojson_fail(reader, token, POLE_BAD_INPUT,
                             "the JSON object's \"type\" is neither FeatureCollection nor Feature",
                             NULL, error);
}

/* "features" in the top-level object, whose key was read: its elements are next. */
static pole_status enter_features(pole_geojson_reader *reader, const pole_json_token *key,
                                  pole_error *error)
{
    const bool other_type =
        reader->top_type[0] != '\0' && strcmp(reader->top_type, "FeatureCollection") != 0;
    if (reader->top_seen & SEEN_FEATURES)
        return pole_geojson_fail(reader, key, POLE_BAD_INPUT, "\"features\" stands here again",
                                 NULL, error);
    if (reader->feature_seen || other_type)
        return pole_geojson_fail(reader, key, POLE_BAD_INPUT,
                                 "\"features\" in what is no FeatureCollection", NULL, error);
    pole_json_token token;
    const pole_status status = pole_json_next(reader->json, &token, error);
    if (status != POLE_OK)
        return status;
    if (token.kind != POLE_JSON_ARRAY)
        return pole_geojson_fail(reader, &token, POLE_BAD_INPUT, "\"features\" is no array", NULL,
                                 error);
    reader->top_seen |= SEEN_FEATURES;
    reader->place = POLE_GEOJSON_IN_FEATURES;
    return POLE_OK;
}

/* The top-level object ends: a collection is done, a feature is given, all else is refused. */
static pole_status leave_top(pole_geojson_reader *reader, const pole_json_token *end,
                             bool *is_feature, pole_error *error)
{
    const char *type = reader->top_type;
    reader->place = POLE_GEOJSON_TOP;
    if (reader->top_seen & SEEN_FEATURES) {
        reader->collection_seen = true;
        return strcmp(type, "FeatureCollection") == 0 ? POLE_OK : refuse_top(reader, end, error);
    }
    /* Without a type, what has a Feature's members is one, with a fault. */
    const bool like_feature = reader->top_seen & (SEEN_GEOMETRY | SEEN_PROPERTIES);
    if (type[0] == '\0' ? !like_feature : strcmp(type, "Feature") != 0)
        return refuse_top(reader, end, error);
    pole_geojson_finish_feature(reader, end, reader->top_seen);
    reader->feature_seen = true;
    *is_feature = true;
    return POLE_OK;
}

/* The members of the top-level object up to its end, or up to the beginning of its "features". */
static pole_status read_top_members(pole_geojson_reader *reader, bool *is_feature,
                                    pole_error *error)
{
    pole_json_token token;
    pole_status status;
    while ((status = pole_json_next(reader->json, &token, error)) == POLE_OK &&
           token.kind == POLE_JSON_KEY) {
        if (pole_json_is_key(&token, "features"))
            return enter_features(reader, &token, error);
        status = pole_geojson_read_member(reader, &token, true, &reader->top_seen, error);
        if (status != POLE_OK)
            return status;
    }
    return status == POLE_OK ? leave_top(reader, &token, is_feature, error) : status;
}

static pole_status begin_top(pole_geojson_reader *reader, bool *is_feature, pole_error *error)
{
    pole_json_token token;
    const pole_status status = pole_json_next(reader->json, &token, error);
    if (status != POLE_OK)
        return status;
    if (token.kind == POLE_JSON_END) {
        reader->place = POLE_GEOJSON_AT_END;
        if (!reader->collection_seen && !reader->feature_seen)
            return pole_geojson_fail(reader, &token, POLE_BAD_INPUT, "the file is empty", NULL,
                                     error);
        return POLE_OK;
    }
    if (reader->collection_seen)
        return pole_geojson_fail(reader, &token, POLE_BAD_INPUT,
                                 "there is more text behind the end of the FeatureCollection", NULL,
                                 error);
    if (token.kind != POLE_JSON_OBJECT)
        return pole_geojson_fail(reader, &token, POLE_BAD_INPUT,
                                 "the file is JSON, but no GeoJSON object", NULL, error);
    pole_geojson_begin_feature(reader, &token);
    reader->top_seen = 0;
    reader->top_type[0] = '\0';
    return read_top_members(reader, is_feature, error);
}

/* An element of "features", or what follows their end. */
static pole_status next_element(pole_geojson_reader *reader, bool *is_feature, pole_error *error)
{
    pole_json_token token;
    const pole_status status = pole_json_next(reader->json, &token, error);
    if (status != POLE_OK)
        return status;
    if (token.kind == POLE_JSON_ARRAY_END)
        return read_top_members(reader, is_feature, error);
    *is_feature = true;
    return pole_geojson_read_feature(reader, &token, error);
}

pole_status pole_geojson_next(pole_geojson_reader *reader, const pole_geojson_feature **feature,
                              pole_error *error)
{
    pole_error *failure = &reader->failure;
    *feature = NULL;
    while (failure->status == POLE_OK && reader->place != POLE_GEOJSON_AT_END) {
        bool is_feature = false;
        const pole_status status = reader->place == POLE_GEOJSON_TOP
                                       ? begin_top(reader, &is_feature, failure)
                                       : next_element(reader, &is_feature, failure);
        failure->status = status;
        if (status == POLE_OK && is_feature) {
            *feature = &reader->feature;
            return POLE_OK;
        }
    }
    if (failure->status != POLE_OK && error)
        *error = *failure;
    return failure->status;
}
