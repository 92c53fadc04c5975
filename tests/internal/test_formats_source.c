/* SPDX-License-Identifier: MIT
 *
 * Any file as a stream of rows: what kind it is, what its rows say, what is wrong with them and
 * where, and what is refused with a cure. */
#include <stdio.h>
#include <unistd.h>

#include "formats/source.h"
#include "support/table_rows.h"
#include "support/test_main.h"
#include "support/test_memory.h"

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
    TCase *files = tcase_create("files");
    tcase_add_test(files, what_is_no_text_is_refused_with_the_cure);
    tcase_add_test(files, content_decides_where_the_suffix_says_nothing);
    tcase_add_test(files, a_file_is_named_hashed_and_dated);
    tcase_add_test(files, a_foreign_format_is_read_through_the_adapter);
    tcase_add_loop_test(files, no_memory_anywhere_is_told_and_leaks_nothing, 0, 3);
    suite_add_tcase(suite, files);
    return test_main(suite);
}
