/* SPDX-License-Identifier: MIT
 *
 * Any file as a stream of rows: what kind it is, what its rows say, what is wrong with them and
 * where, and what is refused with a cure. */
#include <stdio.h>
#include <unistd.h>

#include "formats/source.h"
#include "support/test_main.h"
#include "support/test_memory.h"

static pole_table *open_text(const char *name, const char *text)
{
    pole_table *table;
    pole_error error = {0};
    ck_assert_msg(pole_table_open_memory(text, strlen(text), name, NULL, &table, &error) == POLE_OK,
                  "%s", error.message);
    return table;
}

static const pole_table_row *next_row(pole_table *table)
{
    const pole_table_row *row;
    pole_error error = {0};
    ck_assert_msg(pole_table_next(table, &row, &error) == POLE_OK, "%s", error.message);
    return row;
}

/* The cells in <>, absent ones as -, behind them !faults/feature faults where there are any. */
static void describe(const pole_table_row *row, char *out, size_t capacity)
{
    size_t size = 0;
    for (size_t i = 0; i < row->cell_count && size < capacity; i++) {
        const pole_span cell = row->cells[i];
        size += (size_t)(cell.data ? snprintf(out + size, capacity - size, "<%.*s>",
                                              (int)cell.size_bytes, cell.data)
                                   : snprintf(out + size, capacity - size, "-"));
    }
    if (row->faults != 0)
        (void)snprintf(out + size, capacity - size, "!%x/%x", row->faults, row->feature_faults);
}

static void check_row(pole_table *table, const char *wanted)
{
    char text[512] = "";
    const pole_table_row *row = next_row(table);
    ck_assert_ptr_nonnull(row);
    describe(row, text, sizeof text);
    ck_assert_str_eq(text, wanted);
}

static void check_columns(const pole_table *table, const char *const *names, size_t wanted)
{
    size_t count;
    const pole_span *columns = pole_table_columns(table, &count);
    ck_assert_uint_eq(count, wanted);
    for (size_t i = 0; i < count; i++)
        ck_assert(pole_span_equal(columns[i], pole_span_of(names[i])));
}

START_TEST(rows_are_compared_with_the_header)
{
    static const char *const names[] = {"code", "lat", "lon"};
    pole_table *table =
        open_text("a.csv", "\r\ncode,lat,lon\r\n1,2,3\r\n\r\n1,2\r\n1,2,3,4\r\n,,\r\n"
                           "\"1\"x,2,3\r\n1,\"2\n2\",3\r\n1,2,\"3\r\n");
    check_columns(table, names, 3);
    check_row(table, "<1><2><3>");
    check_row(table, "---!4/0");
    check_row(table, "<1><2>-!1/0");
    check_row(table, "<1><2><3><4>!2/0");
    check_row(table, "<><><>");
    check_row(table, "<1x><2><3>!40/0");
    const pole_table_row *row = next_row(table);
    ck_assert_uint_eq(row->line, 9);
    ck_assert_uint_eq(row->line_end, 10);
    ck_assert_uint_eq(row->number, 7);
    ck_assert_uint_eq(pole_table_cell_line(table, 1), 9);
    ck_assert_uint_eq(pole_table_cell_line(table, 2), 10);
    check_row(table, "<1><2><3\r\n>!20/0");
    ck_assert_ptr_null(next_row(table));
    ck_assert_ptr_null(next_row(table));
    ck_assert_uint_eq(pole_table_summarize(table).row_count, 8);
    pole_table_close(table);
}
END_TEST

START_TEST(a_lone_column_has_no_blank_rows)
{
    pole_table *table = open_text("-", "heard\nx\n\n\"\"\ny");
    check_row(table, "<x>");
    check_row(table, "<>");
    check_row(table, "<>");
    check_row(table, "<y>");
    ck_assert_ptr_null(next_row(table));
    pole_table_close(table);
}
END_TEST

START_TEST(without_a_header_columns_are_numbered_and_no_row_is_lost)
{
    static const char *const names[] = {"1", "2"};
    pole_table *table = open_text("a.txt", "\n0012345;x\n0012346;y\n");
    check_columns(table, names, 2);
    const pole_table_row *row = next_row(table);
    ck_assert_uint_eq(row->line, 2);
    ck_assert(pole_span_equal(row->cells[0], pole_span_of("0012345")));
    check_row(table, "<0012346><y>");
    ck_assert_ptr_null(next_row(table));
    ck_assert_int_eq(pole_table_summarize(table).dialect.header, POLE_HEADER_NO);
    pole_table_close(table);
}
END_TEST

START_TEST(bad_bytes_and_nuls_are_told_by_cell_line_and_place)
{
    static const char text[] = "a,b\n1,x\xFFy\n\0,2\n3,\"\n\xE7\x81\"\n";
    pole_table_options options = POLE_TABLE_DEFAULTS;
    pole_table *table;
    pole_error error;
    options.encoding = POLE_ENCODING_UTF8;
    ck_assert_int_eq(pole_table_open_memory(text, sizeof text - 1, "a.csv", &options, &table, NULL),
                     POLE_OK);
    check_row(table, "<1><x\xEF\xBF\xBDy>!8/0");
    ck_assert_int_eq(pole_table_fault(table, &error), POLE_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(error.message, "cell 2"));
    ck_assert_ptr_nonnull(strstr(error.message, "UTF-8: FF"));
    ck_assert_uint_eq(error.line, 2);
    ck_assert_uint_eq(error.column, 2);
    ck_assert_uint_eq(error.offset_bytes, 7);
    ck_assert_uint_eq(next_row(table)->faults, POLE_ROW_NUL);
    ck_assert_int_eq(pole_table_fault(table, &error), POLE_BAD_INPUT);
    ck_assert_uint_eq(error.line, 3);
    ck_assert_uint_eq(error.column, 1);
    ck_assert_uint_eq(error.offset_bytes, 10);
    ck_assert_uint_eq(next_row(table)->faults, POLE_ROW_BAD_BYTES);
    ck_assert_int_eq(pole_table_fault(table, &error), POLE_BAD_INPUT);
    ck_assert_uint_eq(error.offset_bytes, 18);
    ck_assert_uint_eq(error.column, 2);
    ck_assert_ptr_null(next_row(table));
    ck_assert_int_eq(pole_table_fault(table, &error), POLE_OK);
    pole_table_close(table);
}
END_TEST

START_TEST(a_faulty_header_is_no_table)
{
    static const char *const texts[] = {"a,\"b\n1,2\n", "a,\"b\"c\n1,2\n", "a\xE7\x81,b\n1,2\n", "",
                                        "\n\r\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        pole_table_options options = POLE_TABLE_DEFAULTS;
        pole_table *table;
        pole_error error = {0};
        options.encoding = POLE_ENCODING_UTF8;
        ck_assert_int_eq(pole_table_open_memory(texts[i], strlen(texts[i]), "dir/a.csv", &options,
                                                &table, &error),
                         POLE_BAD_INPUT);
        ck_assert_ptr_null(table);
        ck_assert_int_eq(strncmp(error.message, "a.csv: ", 7), 0);
    }
}
END_TEST

#define COLLECTION(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"
#define FEATURE(properties, geometry)                                                              \
    "{\"type\":\"Feature\",\"properties\":" properties ",\"geometry\":" geometry "}"
#define POINT "{\"type\":\"Point\",\"coordinates\":[126.6412345,4.57712345e1,100]}"

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

START_TEST(what_is_no_text_is_refused_with_the_cure)
{
    static const struct {
        const char *name;
        const char *bytes;
        size_t size;
        const char *hint;
    } cases[] = {
        {"poles.csv.gz", "\x1F\x8B\x08\0\0\0", 6, "gunzip"},
        {"poles.csv", "\x1F\x8B\x08\0\0\0", 6, "gunzip"},
        {"poles.xls", "\xD0\xCF\x11\xE0\xA1\xB1", 6, "CSV"},
        {"poles.zip", "PK\x03\x04\x14\0", 6, "CSV"},
        {"poles.xlsx", "PK\x03\x04\x14\0", 6, "CSV"},
        {"poles.gpkg", "SQLite format 3", 16, "GeoJSON"},
        {"poles.SHP", "\0\0\x27\x0A", 4, "GeoJSON"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pole_table *table;
        pole_error error = {0};
        ck_assert_int_eq(pole_table_open_memory(cases[i].bytes, cases[i].size, cases[i].name, NULL,
                                                &table, &error),
                         POLE_UNSUPPORTED);
        ck_assert_ptr_nonnull(strstr(error.hint, cases[i].hint));
    }
}
END_TEST

START_TEST(content_decides_where_the_suffix_says_nothing)
{
    pole_table *table = open_text("-", " \n" FEATURE("{\"a\":1}", POINT));
    check_row(table, "<1>");
    ck_assert_int_eq(pole_table_summarize(table).format, POLE_FORMAT_GEOJSON);
    pole_table_close(table);
    table = open_text("poles.dat", "a;b\n1;2\n");
    check_row(table, "<1><2>");
    ck_assert_int_eq(pole_table_summarize(table).format, POLE_FORMAT_CSV);
    pole_table_close(table);
    /* The suffix of tab-separated text says what its delimiter is. */
    table = open_text("poles.tsv", "a,b\n1,2\n");
    check_row(table, "<1,2>");
    pole_table_close(table);
}
END_TEST

START_TEST(a_file_is_named_hashed_and_dated)
{
    char path[] = "/tmp/pole_source_XXXXXX";
    static const char text[] = "\xEF\xBB\xBF"
                               "a,b\n1,2\n";
    const int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, text, sizeof text - 1), (ssize_t)sizeof text - 1);
    close(file);
    pole_table *table;
    const pole_status status = pole_table_open(path, NULL, &table, NULL);
    unlink(path);
    ck_assert_int_eq(status, POLE_OK);
    check_row(table, "<1><2>");
    ck_assert_uint_eq(pole_table_cell_offset(table, 1), 9);
    ck_assert_ptr_null(next_row(table));
    const pole_table_summary summary = pole_table_summarize(table);
    const pole_hash128 hash = pole_hash(text, sizeof text - 1);
    ck_assert(pole_span_equal(summary.name, pole_span_of(strrchr(path, '/') + 1)));
    ck_assert_uint_eq(summary.size_bytes, sizeof text - 1);
    ck_assert_uint_eq(summary.hash.low, hash.low);
    ck_assert_uint_eq(summary.hash.high, hash.high);
    ck_assert_int_gt(summary.mtime_s, 1500000000);
    ck_assert_int_eq(summary.encoding, POLE_ENCODING_UTF8);
    pole_table_close(table);
    pole_error error = {0};
    ck_assert_int_eq(pole_table_open(path, NULL, &table, &error), POLE_IO);
    ck_assert_ptr_null(table);
}
END_TEST

/* A host's reader of foreign formats: two features. */
static const pole_span vector_fields[] = {{"id", 2}, {"name", 4}};
static const pole_vector_info vector_info = {{"EPSG:4530", 9}, {"layer", 5}, vector_fields, 2, 1};

static pole_status open_vector(const char *path, const char *layer, const pole_allocator *allocator,
                               pole_vector **vector, const pole_vector_info **info,
                               pole_error *error)
{
    static int position;
    (void)path;
    (void)allocator;
    (void)error;
    ck_assert_ptr_null(layer);
    position = 0;
    *vector = (pole_vector *)(void *)&position;
    *info = &vector_info;
    return POLE_OK;
}

static pole_status next_vector(pole_vector *vector, const pole_vector_feature **feature,
                               pole_error *error)
{
    static const pole_span values[] = {{"7", 1}, {"x", 1}};
    static const double coordinates[] = {0, 0, 1, 0, 1, 1};
    static const uint32_t ends[] = {3};
    static const uint32_t polygon_ends[] = {1};
    static const pole_vector_feature features[] = {
        {11, values, coordinates, ends, polygon_ends, 3, 1, 1, POLE_VECTOR_POLYGONS, "Polygon"},
        {12, values, NULL, NULL, NULL, 0, 0, 0, POLE_VECTOR_OTHER, "LineString"}};
    int *position = (int *)(void *)vector;
    (void)error;
    *feature = *position < 2 ? &features[*position] : NULL;
    ++*position;
    return *feature ? POLE_OK : POLE_NOT_FOUND;
}

static void close_vector(pole_vector *vector)
{
    *(int *)(void *)vector = -1;
}

START_TEST(a_foreign_format_is_read_through_the_adapter)
{
    static const char *const names[] = {"id", "name"};
    pole_adapters adapters;
    pole_table_options options = POLE_TABLE_DEFAULTS;
    pole_table *table;
    memset(&adapters, 0, sizeof adapters);
    adapters.struct_size = sizeof adapters;
    adapters.vector_open = open_vector;
    adapters.vector_next = next_vector;
    adapters.vector_close = close_vector;
    options.adapters = &adapters;
    ck_assert_int_eq(pole_table_open("x/areas.gpkg", &options, &table, NULL), POLE_OK);
    check_columns(table, names, 2);
    const pole_table_row *row = next_row(table);
    ck_assert_uint_eq(row->line, 11);
    ck_assert_uint_eq(row->faults, 0);
    ck_assert_int_eq(row->geometry->type, POLE_SHAPE_MULTI_POLYGON);
    ck_assert_double_eq(row->geometry->xy[4], 1.0);
    ck_assert_uint_eq(row->geometry->ring_ends[0], 3);
    row = next_row(table);
    ck_assert_uint_eq(row->feature_faults, POLE_FEATURE_GEOMETRY_TYPE);
    pole_error error;
    ck_assert_int_eq(pole_table_fault(table, &error), POLE_BAD_INPUT);
    ck_assert_ptr_null(next_row(table));
    ck_assert(pole_span_equal(pole_table_summarize(table).crs, pole_span_of("EPSG:4530")));
    pole_table_close(table);
}
END_TEST

START_TEST(no_memory_anywhere_is_told_and_leaks_nothing)
{
    static const char *const texts[] = {
        "a,b\n1,\"2\"\"2\"\n1,2,3\n\"\xE7\x81\xAF\"x,\n", "1;2\n3;4\n",
        "{\"crs\":{\"properties\":{\"name\":\"EPSG:4490\"}},\"type\":\"FeatureCollection\","
        "\"features\":[" FEATURE("{\"a\":\"\\u0041\",\"b\":[1,2]}", POINT) "," FEATURE(
            "{\"c\":1}",
            "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[9,0],[9,9],[0,0]]]}") "]}"};
    bool done = false;
    for (size_t fail_at = 1; !done; fail_at++) {
        test_memory memory;
        pole_table_options options = POLE_TABLE_DEFAULTS;
        pole_table *table;
        test_memory_init(&memory, fail_at);
        options.allocator = &memory.allocator;
        const pole_table_row *row = NULL;
        pole_status status =
            pole_table_open_memory(texts[_i], strlen(texts[_i]), "-", &options, &table, NULL);
        if (status != POLE_OK)
            ck_assert_ptr_null(table);
        while (status == POLE_OK) {
            status = pole_table_next(table, &row, NULL);
            if (!row)
                break;
        }
        ck_assert_int_eq(status == POLE_OK || status == POLE_NO_MEMORY, true);
        done = status == POLE_OK;
        pole_table_close(table);
        ck_assert_uint_eq(memory.live, 0);
        ck_assert_uint_lt(fail_at, 300);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("formats_source");
    TCase *csv = tcase_create("csv");
    tcase_add_test(csv, rows_are_compared_with_the_header);
    tcase_add_test(csv, a_lone_column_has_no_blank_rows);
    tcase_add_test(csv, without_a_header_columns_are_numbered_and_no_row_is_lost);
    tcase_add_test(csv, bad_bytes_and_nuls_are_told_by_cell_line_and_place);
    tcase_add_test(csv, a_faulty_header_is_no_table);
    suite_add_tcase(suite, csv);
    TCase *geojson = tcase_create("geojson");
    tcase_add_test(geojson, features_are_rows_and_new_names_are_new_columns);
    tcase_add_test(geojson, cells_of_a_feature_know_their_place);
    tcase_add_loop_test(geojson, a_geometry_is_read_or_its_fault_is_told, 0,
                        sizeof shape_cases / sizeof shape_cases[0]);
    tcase_add_test(geojson, faults_of_features_are_told);
    tcase_add_test(geojson, forms_of_geojson_are_read_or_refused_with_the_reason);
    tcase_add_test(geojson, the_crs_of_old_geojson_is_told);
    suite_add_tcase(suite, geojson);
    TCase *files = tcase_create("files");
    tcase_add_test(files, what_is_no_text_is_refused_with_the_cure);
    tcase_add_test(files, content_decides_where_the_suffix_says_nothing);
    tcase_add_test(files, a_file_is_named_hashed_and_dated);
    tcase_add_test(files, a_foreign_format_is_read_through_the_adapter);
    tcase_add_loop_test(files, no_memory_anywhere_is_told_and_leaks_nothing, 0, 3);
    suite_add_tcase(suite, files);
    return test_main(suite);
}
