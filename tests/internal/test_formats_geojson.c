/* SPDX-License-Identifier: MIT
 *
 * GeoJSON as a stream of rows: features, the columns that their members make, geometries read or
 * their faults told. */
#include <stdio.h>

#include "formats/source.h"
#include "support/table_rows.h"
#include "support/test_main.h"

START_TEST(features_are_rows_and_new_names_are_new_columns)
{
    static const char *const names[] = {"code", "n", "list", "new", "id"};
    pole_table *table = open_text(
        "a.geojson",
        COLLECTION(FEATURE(
            "{\"code\":\"0012345\",\"n\":1.50,\"list\":[1, {\"a\":2}]}",
            POINT) ",\n" FEATURE("{\"n\":null,\"new\":true,\"code\":\"x\\ty\"}",
                                 POINT) ",{\"geometry\":" POINT
                                        ",\"id\":7,\"type\":\"Feature\",\"properties\":null}"));
    check_columns(table, names, 0);
    check_row(table, "<0012345><1.50><[1, {\"a\":2}]>");
    check_columns(table, names, 3);
    check_row(table, "<x\ty>--<true>");
    check_columns(table, names, 4);
    const pole_table_row *row = next_row(table);
    check_columns(table, names, 5);
    ck_assert_uint_eq(row->line, 2);
    ck_assert_int_eq(row->geometry->type, POLE_SHAPE_POINT);
    ck_assert(pole_span_equal(row->geometry->positions[0].x, pole_span_of("126.6412345")));
    ck_assert(pole_span_equal(row->geometry->positions[0].y, pole_span_of("4.57712345e1")));
    ck_assert(pole_span_equal(row->cells[4], pole_span_of("7")));
    ck_assert_ptr_null(next_row(table));
    ck_assert_uint_eq(pole_table_summarize(table).crs.size_bytes, 0);
    pole_table_close(table);
}
END_TEST

START_TEST(cells_of_a_feature_know_their_place)
{
    static const char text[] = "{\"type\":\"FeatureCollection\",\n\"features\":[\n" FEATURE(
        "{\n \"a\": 1,\n \"b\":\"x\"}", POINT) "]}";
    pole_table *table = open_text("a.json", text);
    const pole_table_row *row = next_row(table);
    ck_assert_uint_eq(row->line, 3);
    ck_assert_uint_eq(row->line_end, 5);
    ck_assert_uint_eq(pole_table_cell_line(table, 0), 4);
    ck_assert_uint_eq(pole_table_cell_line(table, 1), 5);
    ck_assert_uint_eq(pole_table_cell_offset(table, 0), (uint64_t)(strstr(text, " 1,") + 1 - text));
    ck_assert_uint_eq(pole_table_cell_offset(table, 1), (uint64_t)(strstr(text, "\"x\"") - text));
    pole_table_close(table);
}
END_TEST

typedef struct {
    const char *geometry;
    uint32_t faults;
    pole_shape_type type;
    const char *shape; /* positions with ; behind a ring and | behind a polygon */
} shape_case;

static const shape_case shape_cases[] = {
    {"{\"type\":\"Point\",\"coordinates\":[1,2]}", 0, POLE_SHAPE_POINT, "1 2 "},
    {"{\"coordinates\":[1,2],\"type\":\"Point\"}", 0, POLE_SHAPE_POINT, "1 2 "},
    {"{\"type\":\"MultiPoint\",\"coordinates\":[[1,2],[3,4]]}", 0, POLE_SHAPE_MULTI_POINT,
     "1 2 3 4 ;|"},
    {"{\"type\":\"LineString\",\"coordinates\":[[1,2],[3,4]]}", 0, POLE_SHAPE_LINE_STRING,
     "1 2 3 4 ;|"},
    {"{\"type\":\"MultiLineString\",\"coordinates\":[[[1,2],[3,4]],[[5,6],[7,8]]]}", 0,
     POLE_SHAPE_MULTI_LINE_STRING, "1 2 3 4 ;5 6 7 8 ;|"},
    {"{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[9,0],[9,9],[0,0]],[[1,1],[2,1],[2,2],[1,1.0]]]"
     "}",
     0, POLE_SHAPE_POLYGON, "0 0 9 0 9 9 0 0 ;1 1 2 1 2 2 1 1.0 ;|"},
    {"{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,0],[9,0],[9,9],[0,0]]],"
     "[[[1,1],[2,1],[2,2],[10e-1,1]]]]}",
     0, POLE_SHAPE_MULTI_POLYGON, "0 0 9 0 9 9 0 0 ;|1 1 2 1 2 2 10e-1 1 ;|"},
    {"null", POLE_FEATURE_NO_GEOMETRY, POLE_SHAPE_NONE, ""},
    {"7", POLE_FEATURE_GEOMETRY_TYPE, POLE_SHAPE_NONE, ""},
    {"{\"type\":\"GeometryCollection\",\"geometries\":[" POINT "]}", POLE_FEATURE_GEOMETRY_TYPE,
     POLE_SHAPE_OTHER, ""},
    {"{\"type\":\"Circle\",\"coordinates\":[1,2]}", POLE_FEATURE_GEOMETRY_TYPE, POLE_SHAPE_OTHER,
     "1 2 "},
    {"{\"coordinates\":[1,2]}", POLE_FEATURE_GEOMETRY_TYPE, POLE_SHAPE_OTHER, "1 2 "},
    {"{\"type\":\"Point\"}", POLE_FEATURE_EMPTY, POLE_SHAPE_POINT, ""},
    {"{\"type\":\"Point\",\"coordinates\":[]}", POLE_FEATURE_EMPTY, POLE_SHAPE_POINT, ""},
    {"{\"type\":\"Polygon\",\"coordinates\":[[]]}", POLE_FEATURE_EMPTY, POLE_SHAPE_POLYGON, ""},
    {"{\"type\":\"Point\",\"coordinates\":[1]}", POLE_FEATURE_COORDINATES, POLE_SHAPE_POINT, ""},
    {"{\"type\":\"Point\",\"coordinates\":[\"1\",2]}", POLE_FEATURE_COORDINATES, POLE_SHAPE_POINT,
     ""},
    {"{\"type\":\"Point\",\"coordinates\":[1,2,[3]]}", POLE_FEATURE_COORDINATES, POLE_SHAPE_POINT,
     ""},
    {"{\"type\":\"Point\",\"coordinates\":{\"x\":[1,2]}}", POLE_FEATURE_COORDINATES,
     POLE_SHAPE_POINT, ""},
    {"{\"type\":\"Point\",\"coordinates\":5}", POLE_FEATURE_COORDINATES, POLE_SHAPE_POINT, ""},
    {"{\"type\":\"Point\",\"coordinates\":[[1,2]]}", POLE_FEATURE_COORDINATES, POLE_SHAPE_POINT,
     ""},
    {"{\"type\":\"Polygon\",\"coordinates\":[[[1,2],[3,4]],[5,6]]}", POLE_FEATURE_COORDINATES,
     POLE_SHAPE_POLYGON, ""},
    {"{\"type\":\"Polygon\",\"coordinates\":[[[1,2],3]]}", POLE_FEATURE_COORDINATES,
     POLE_SHAPE_POLYGON, ""},
    {"{\"type\":\"MultiPolygon\",\"coordinates\":[[[[[1,2]]]]]}", POLE_FEATURE_COORDINATES,
     POLE_SHAPE_MULTI_POLYGON, ""},
    {"{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[9,0],[9,9],[1,0]]]}",
     POLE_FEATURE_UNCLOSED_RING, POLE_SHAPE_POLYGON, "0 0 9 0 9 9 1 0 ;|"},
    {"{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[9,0],[0,0]]]}", POLE_FEATURE_SHORT_RING,
     POLE_SHAPE_POLYGON, "0 0 9 0 0 0 ;|"},
    {"{\"type\":\"LineString\",\"coordinates\":[[0,0]]}", POLE_FEATURE_SHORT_RING,
     POLE_SHAPE_LINE_STRING, "0 0 ;|"},
    {"{\"type\":\"Point\",\"coordinates\":[1,2],\"coordinates\":[3,4]}", POLE_FEATURE_DOUBLE_MEMBER,
     POLE_SHAPE_POINT, "1 2 "},
};

static void describe_shape(const pole_shape *shape, char *out)
{
    size_t ring = 0;
    size_t polygon = 0;
    *out = '\0';
    for (size_t i = 0; i < shape->position_count; i++) {
        const pole_position_text *at = &shape->positions[i];
        out += sprintf(out, "%.*s %.*s ", (int)at->x.size_bytes, at->x.data, (int)at->y.size_bytes,
                       at->y.data);
        if (ring < shape->ring_count && shape->ring_ends[ring] == i + 1) {
            out += sprintf(out, ";");
            if (polygon < shape->polygon_count && shape->polygon_ends[polygon] == ++ring) {
                out += sprintf(out, "|");
                polygon++;
            }
        }
    }
    ck_assert_uint_eq(ring, shape->ring_count);
    ck_assert_uint_eq(polygon, shape->polygon_count);
}

START_TEST(a_geometry_is_read_or_its_fault_is_told)
{
    const shape_case *c = &shape_cases[_i];
    char text[1024];
    char shape[256];
    pole_error error;
    (void)snprintf(text, sizeof text, COLLECTION("\n" FEATURE("{}", "%s") "," FEATURE("{}", POINT)),
                   c->geometry);
    pole_table *table = open_text("a.geojson", text);
    const pole_table_row *row = next_row(table);
    ck_assert_uint_eq(row->feature_faults, c->faults);
    ck_assert_int_eq(row->geometry->type, c->type);
    describe_shape(row->geometry, shape);
    ck_assert_str_eq(shape, c->shape);
    const bool refused = c->faults & ~(uint32_t)POLE_FEATURE_NO_GEOMETRY;
    ck_assert_int_eq(row->faults, refused ? POLE_ROW_FEATURE : 0);
    ck_assert_int_eq(pole_table_fault(table, &error), refused ? POLE_BAD_INPUT : POLE_OK);
    if (refused) {
        ck_assert_uint_eq(error.line, 2);
        ck_assert_uint_gt(error.offset_bytes, 0);
        ck_assert_uint_gt(strlen(error.message), 10);
    }
    row = next_row(table); /* whatever it was, the next feature is whole */
    ck_assert_uint_eq(row->feature_faults, 0);
    ck_assert_uint_eq(row->geometry->position_count, 1);
    ck_assert_ptr_null(next_row(table));
    pole_table_close(table);
}
END_TEST

START_TEST(faults_of_features_are_told)
{
    static const struct {
        const char *feature;
        uint32_t faults;
    } cases[] = {
        {"7", POLE_FEATURE_NOT_A_FEATURE},
        {"null", POLE_FEATURE_NOT_A_FEATURE},
        {"[1,{}]", POLE_FEATURE_NOT_A_FEATURE},
        {"{\"type\":\"feature\",\"properties\":{},\"geometry\":" POINT "}",
         POLE_FEATURE_NOT_A_FEATURE},
        {"{\"properties\":{},\"geometry\":" POINT "}", POLE_FEATURE_NOT_A_FEATURE},
        {"{\"type\":\"Feature\",\"properties\":{}}", POLE_FEATURE_NO_GEOMETRY},
        {"{\"type\":\"Feature\",\"geometry\":" POINT "}", POLE_FEATURE_NO_PROPERTIES},
        {FEATURE("[]", POINT), POLE_FEATURE_NO_PROPERTIES},
        {FEATURE("{\"a\":1,\"b\":2,\"a\":1}", POINT), POLE_FEATURE_DOUBLE_MEMBER},
        {FEATURE("{\"a\":\"\xFF\"}", POINT), POLE_FEATURE_BAD_BYTES},
        {FEATURE("{\"a\":[\"\xFF\"]}", POINT), POLE_FEATURE_BAD_BYTES},
        {FEATURE("{\"\xFF\":1}", POINT), POLE_FEATURE_BAD_BYTES},
        {FEATURE("{\"a\":\"\\u0000\"}", POINT), POLE_FEATURE_BAD_BYTES},
        {"{\"type\":\"Feature\",\"type\":\"Feature\",\"properties\":{},\"geometry\":" POINT "}",
         POLE_FEATURE_DOUBLE_MEMBER},
        {"{\"type\":\"Feature\",\"bbox\":[1,2],\"x\":{\"y\":[]},\"properties\":{},"
         "\"geometry\":" POINT "}",
         0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[1024];
        pole_table_options options = POLE_TABLE_DEFAULTS;
        pole_table *table;
        options.encoding = POLE_ENCODING_UTF8;
        (void)snprintf(text, sizeof text, COLLECTION("%s," FEATURE("{}", POINT)), cases[i].feature);
        ck_assert_int_eq(
            pole_table_open_memory(text, strlen(text), "a.geojson", &options, &table, NULL), 0);
        ck_assert_msg(next_row(table)->feature_faults == cases[i].faults, "case %zu", i);
        ck_assert_uint_eq(next_row(table)->feature_faults, 0);
        ck_assert_ptr_null(next_row(table));
        pole_table_close(table);
    }
}
END_TEST

START_TEST(forms_of_geojson_are_read_or_refused_with_the_reason)
{
    static const struct {
        const char *text;
        int rows; /* -1: refused before the first, -2: after it */
        const char *message;
    } cases[] = {
        {COLLECTION(""), 0, ""},
        {"{\"features\":[" FEATURE("{}", POINT) "],\"type\":\"FeatureCollection\"}", 1, ""},
        {FEATURE("{}", POINT), 1, ""},
        {FEATURE("{}", POINT) "\n" FEATURE("{}", POINT) "\r\n\n" FEATURE("{}", POINT) "\n", 3, ""},
        {POINT, -1, "bare geometry"},
        {"{\"type\":\"GeometryCollection\",\"geometries\":[]}", -1, "bare geometry"},
        {"{\"type\":\"Topology\",\"objects\":{}}", -1, "TopoJSON"},
        {"{\"type\":\"FeatureCollection\"}", -1, "no array of \"features\""},
        {"{\"type\":\"FeatureCollection\",\"features\":{}}", -1, "no array"},
        {"{\"type\":\"Table\",\"features\":[]}", -1, "FeatureCollection"},
        {"{\"a\":1}", -1, "no \"type\""},
        {"[" FEATURE("{}", POINT) "]", -1, "no GeoJSON object"},
        {"   ", -1, "empty"},
        {COLLECTION(FEATURE("{}", POINT)) "x", -2, "JSON value"},
        {COLLECTION(FEATURE("{}", POINT)) "{}", -2, "more text"},
        {"{\"features\":[" FEATURE("{}", POINT) "],\"type\":\"Other\"}", -2, "neither"},
        {"{\"features\":[" FEATURE("{}", POINT) "]}", -2, "no \"type\""},
        {"{\"type\":\"FeatureCollection\",\"features\":[" FEATURE("{}", POINT) "],\"features\":[]}",
         -2, "again"},
        {"{\"type\":\"FeatureCollection\",\"features\":[" FEATURE("{}", POINT), -2, "breaks off"},
        {"{\"type\":\"FeatureCollection\",\"features\":[" FEATURE("{}", POINT) ",]}", -2, "value"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pole_table *table = open_text("a.geojson", cases[i].text);
        const pole_table_row *row;
        pole_error error = {0};
        int rows = 0;
        pole_status status;
        while ((status = pole_table_next(table, &row, &error)) == POLE_OK && row)
            rows++;
        if (cases[i].rows >= 0) {
            ck_assert_msg(status == POLE_OK, "case %zu: %s", i, error.message);
            ck_assert_int_eq(rows, cases[i].rows);
        } else {
            ck_assert_int_eq(status, POLE_BAD_INPUT);
            ck_assert_int_eq(rows, -1 - cases[i].rows);
            ck_assert_msg(strstr(error.message, cases[i].message) != NULL, "case %zu: %s", i,
                          error.message);
            ck_assert_int_eq(pole_table_next(table, &row, NULL), POLE_BAD_INPUT);
        }
        pole_table_close(table);
    }
}
END_TEST

START_TEST(the_crs_of_old_geojson_is_told)
{
    static const struct {
        const char *crs;
        const char *wanted;
    } cases[] = {
        {"{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::4490\"}}",
         "urn:ogc:def:crs:EPSG::4490"},
        {"{\"properties\":{\"x\":{\"name\":\"no\"},\"name\":\"EPSG:4530\"},\"type\":\"name\"}",
         "EPSG:4530"},
        {"null", "null"},
        {"{\"type\":\"EPSG\",\"properties\":{\"code\":4490}}",
         "{\"type\":\"EPSG\",\"properties\":{\"code\":4490}}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (unsigned behind = 0; behind < 2; behind++) {
            char text[1024];
            if (behind)
                (void)snprintf(text, sizeof text,
                               "{\"type\":\"FeatureCollection\",\"features\":[],\"crs\":%s}",
                               cases[i].crs);
            else
                (void)snprintf(text, sizeof text,
                               "{\"crs\":%s,\"type\":\"FeatureCollection\",\"features\":[]}",
                               cases[i].crs);
            pole_table *table = open_text("a.geojson", text);
            ck_assert_ptr_null(next_row(table));
            const pole_span crs = pole_table_summarize(table).crs;
            ck_assert(pole_span_equal(crs, pole_span_of(cases[i].wanted)));
            pole_table_close(table);
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("formats_geojson");
    TCase *geojson = tcase_create("geojson");
    tcase_add_test(geojson, features_are_rows_and_new_names_are_new_columns);
    tcase_add_test(geojson, cells_of_a_feature_know_their_place);
    tcase_add_loop_test(geojson, a_geometry_is_read_or_its_fault_is_told, 0,
                        sizeof shape_cases / sizeof shape_cases[0]);
    tcase_add_test(geojson, faults_of_features_are_told);
    tcase_add_test(geojson, forms_of_geojson_are_read_or_refused_with_the_reason);
    tcase_add_test(geojson, the_crs_of_old_geojson_is_told);
    suite_add_tcase(suite, geojson);
    return test_main(suite);
}
