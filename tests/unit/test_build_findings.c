/* SPDX-License-Identifier: MIT
 * Nothing is guessed and nothing lost: each way in which a row can be wrong, with the words that
 * the clerk gets. A build that took such a row, or refused it in silence, would send a car to the
 * wrong place or to none. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "support/build_run.h"
#include "support/test_main.h"

#define SOUND "9999999,45.7,126.6,,,\n"
#define HEAD "code,lat,lon,street,status,surveyed\n"

typedef struct {
    const char *row; /* line 2 of a pole table with the columns of HEAD */
    pole_finding_kind kind;
    unsigned column; /* 0: the row */
    const char *value;
    const char *message; /* a part of it */
    const char *hint;    /* a part of it; NULL: no hint */
} bad_row;

static const bad_row bad_rows[] = {
    {",45.7,126.6,,,", POLE_FINDING_EMPTY_CELL, 1, "", "the code is empty", NULL},
    {"103F,45.7,126.6,,,", POLE_FINDING_MALFORMED_CODE, 1, "103F", "'103F' has letters",
     "a code is digits alone"},
    {"12345,45.7,126.6,,,", POLE_FINDING_MALFORMED_CODE, 1, "12345",
     "'12345' has 5 digits; codes have 7",
     "leading zeros may be lost; if not, add this length to the scheme: --scheme '...;pole:5'"},
    {"12345678,45.7,126.6,,,", POLE_FINDING_MALFORMED_CODE, 1, "12345678",
     "has 8 digits; codes have 7", "add this length to the scheme: --scheme '...;pole:8'"},
    {"1234567890,45.7,126.6,,,", POLE_FINDING_MALFORMED_CODE, 1, "1234567890",
     "has more than 9 digits", NULL},
    {"12345.0,45.7,126.6,,,", POLE_FINDING_MALFORMED_CODE, 1, "12345.0", "has a '.'",
     "a spreadsheet made it a decimal number"},
    {"1.23E+06,45.7,126.6,,,", POLE_FINDING_MALFORMED_CODE, 1, "1.23E+06", "has a '.'",
     "a spreadsheet has rounded it"},
    {"12E5,45.7,126.6,,,", POLE_FINDING_MALFORMED_CODE, 1, "12E5", "has a 'E'",
     "a spreadsheet has rounded it"},
    {"'1234567,45.7,126.6,,,", POLE_FINDING_MALFORMED_CODE, 1, "'1234567", "has a '''",
     "leave the apostrophe out"},
    {"123-4567,45.7,126.6,,,", POLE_FINDING_MALFORMED_CODE, 1, "123-4567", "has a '-'",
     "a code is digits alone"},
    {"一二三四五六七,45.7,126.6,,,", POLE_FINDING_MALFORMED_CODE, 1, "一二三四五六七", "has a '一'",
     "a code is digits alone"},
    {"1234567,,126.6,,,", POLE_FINDING_EMPTY_CELL, 2, "", "the latitude is empty", NULL},
    {"1234567,45.7, ,,,", POLE_FINDING_EMPTY_CELL, 3, " ", "the longitude is empty", NULL},
    {"1234567,NaN,126.6,,,", POLE_FINDING_BAD_NUMBER, 2, "NaN", "latitude 'NaN' is no number",
     "find its position"},
    {"1234567,45.7,inf,,,", POLE_FINDING_BAD_NUMBER, 3, "inf", "longitude 'inf' is no number",
     "find its position"},
    {"1234567,\"45,7\",126.6,,,", POLE_FINDING_BAD_NUMBER, 2, "45,7", "is no number",
     "decimal sign as a point"},
    {"1234567,N45.7,126.6,,,", POLE_FINDING_BAD_NUMBER, 2, "N45.7", "is no number",
     "without signs or letters"},
    {"1234567,45°42',126.6,,,", POLE_FINDING_BAD_NUMBER, 2, "45°42'", "is no number",
     "without signs or letters"},
    {"1234567,0x2D,126.6,,,", POLE_FINDING_BAD_NUMBER, 2, "0x2D", "is no number",
     "without signs or letters"},
    {"1234567,126.6,45.7,,,", POLE_FINDING_LOOKS_SWAPPED, 2, "126.6", "look exchanged",
     "--map lat="},
    {"1234567,5065000,467000,,,", POLE_FINDING_LOOKS_METRIC, 2, "5065000",
     "'5065000' and longitude '467000' look like metres", "--from-crs EPSG:4530"},
    {"1234567,45.7,42467000,,,", POLE_FINDING_LOOKS_METRIC, 2, "45.7", "look like metres",
     "--from-crs"},
    {"1234567,1e300,126.6,,,", POLE_FINDING_LOOKS_METRIC, 2, "1e300", "look like metres",
     "--from-crs"},
    {"1234567,90.00000005,126.6,,,", POLE_FINDING_OUT_OF_RANGE, 2, "90.00000005",
     "are no place on earth", "end at 90"},
    {"1234567,45.7,180.00000005,,,", POLE_FINDING_OUT_OF_RANGE, 3, "180.00000005",
     "are no place on earth", "end at 90"},
    {"1234567,0,0.00,,,", POLE_FINDING_OUT_OF_RANGE, 2, "0", "are both 0", "unknown position"},
    {"1234567,45.7,126.6,,", POLE_FINDING_RAGGED_ROW, 0, "", "5 cells, the table 6 columns", NULL},
    {"1234567,45.7,126.6,,,,", POLE_FINDING_RAGGED_ROW, 0, "", "7 cells, the table 6 columns",
     NULL},
    {"1234567,45.7,126.6,\"a\nb\",,", POLE_FINDING_BAD_TEXT, 4, "a\nb", "holds a line break",
     "put a space"},
    {"1234567,45.7,126.6,a\tb,,", POLE_FINDING_BAD_TEXT, 4, "a\tb", "holds a tab", "put a space"},
    {"1234567,45.7,126.6,a\033[31mb,,", POLE_FINDING_BAD_TEXT, 4, "a\033[31mb",
     "the control character U+001B", "leave it out"},
    {"1234567,45.7,126.6,a\u202Eb,,", POLE_FINDING_BAD_TEXT, 4, "a\u202Eb",
     "the control character U+202E", "leave it out"},
    {"1234567,45.7,126.6,a\xC2\x85"
     "b,,",
     POLE_FINDING_BAD_TEXT, 4,
     "a\xC2\x85"
     "b",
     "the control character U+0085", "leave it out"},
    {"1234567,45.7,126.6,\xFF\xFE,,", POLE_FINDING_BAD_TEXT, 4, NULL, "not UTF-8",
     "name the encoding"},
};

START_TEST(a_bad_row_is_refused_in_words)
{
    const bad_row *bad = bad_rows + _i;
    char text[512];
    build_run run;
    build_run_init(&run);
    build_run_want_rejects(&run);
    run.options.encoding = "utf-8";
    run.options.delimiter = ',';
    snprintf(text, sizeof text, HEAD "%s\n" SOUND, bad->row);
    ck_assert_int_eq(build_run_add(&run, POLE_TABLE_POLES, "poles.csv", text), POLE_OK);
    ck_assert_int_eq(build_run_finish(&run), POLE_OK);
    ck_assert_uint_eq(run.finding_count, 1);
    const kept_finding *found = run.findings;
    ck_assert_str_eq(pole_finding_name(found->kind), pole_finding_name(bad->kind));
    ck_assert_int_eq(found->refused, 1);
    ck_assert_uint_eq(found->table, POLE_TABLE_POLES);
    ck_assert_uint_eq(found->line, 2);
    ck_assert_uint_eq(found->column, bad->column);
    ck_assert_str_eq(found->file, "poles.csv");
    if (bad->value)
        ck_assert_str_eq(found->value, bad->value);
    ck_assert_msg(strstr(found->message, bad->message) != NULL, "%s", found->message);
    ck_assert_msg(bad->hint ? strstr(found->hint, bad->hint) != NULL : found->hint[0] == '\0', "%s",
                  found->hint);
    /* The row is counted, and is not in the index. */
    ck_assert_uint_eq(run.report.rows_read, 2);
    ck_assert_uint_eq(run.report.rows_refused, 1);
    ck_assert_uint_eq(run.report.poles, 1);
    ck_assert_uint_gt(run.rejects.size, strlen("file,line,column,column_name"));
    build_run_end(&run);
}
END_TEST

START_TEST(strict_stops_at_the_first_refusal)
{
    const bad_row *bad = bad_rows + _i;
    char text[512];
    build_run run;
    build_run_init(&run);
    run.options.strict = 1;
    run.options.encoding = "utf-8";
    run.options.delimiter = ',';
    snprintf(text, sizeof text, HEAD SOUND "%s\n7777777,45.7,126.6,,,\n", bad->row);
    ck_assert_int_eq(build_run_add(&run, POLE_TABLE_POLES, "poles.csv", text), POLE_REFUSED);
    ck_assert_int_eq(run.error.status, POLE_REFUSED);
    ck_assert_uint_eq(run.error.line, 3);
    ck_assert_uint_eq(run.error.column, bad->column);
    ck_assert_msg(strstr(run.error.message, "poles.csv line 3") == run.error.message, "%s",
                  run.error.message);
    ck_assert_msg(strstr(run.error.message, bad->message) != NULL, "%s", run.error.message);
    /* For good: half a table is not finished by mistake. */
    const pole_sink sink = byte_block_sink(&run.index);
    pole_error error;
    ck_assert_int_eq(pole_builder_finish_to(run.builder, &sink, NULL, &error), POLE_REFUSED);
    ck_assert_str_eq(error.message, run.error.message);
    ck_assert_uint_eq(run.index.size, 0);
    build_run_end(&run);
}
END_TEST

typedef struct {
    const char *row;
    const char *column_name, *value, *message;
    int32_t state, surveyed_days;
    const char *note;
} odd_row;

static const odd_row odd_rows[] = {
    {"1234567,45.7,126.6,停用,,,,", "status", "停用",
     "counts as active, the word is kept as its note", POLE_STATE_ACTIVE, POLE_NO_DATE, "停用"},
    {"1234567,45.7,126.6,停用,,杆号模糊,,", "status", "停用", "counts as active", POLE_STATE_ACTIVE,
     POLE_NO_DATE, "杆号模糊"},
    {"1234567,45.7,126.6,,2008-02-30,,,", "surveyed", "2008-02-30", "cannot be read",
     POLE_STATE_ACTIVE, POLE_NO_DATE, ""},
    {"1234567,45.7,126.6,,08-6-30,,,", "surveyed", "08-6-30", "cannot be read", POLE_STATE_ACTIVE,
     POLE_NO_DATE, ""},
    {"1234567,45.7,126.6,,2008-06-30 09:15,,,", "surveyed", "2008-06-30 09:15", "cannot be read",
     POLE_STATE_ACTIVE, POLE_NO_DATE, ""},
    {"1234567,45.7,126.6,moved,,,1234599,", "successor", "1234599", "is not in the table",
     POLE_STATE_MOVED, POLE_NO_DATE, ""},
    {"1234567,45.7,126.6,,,,,电力", "alias_owner", "电力", "without the alias", POLE_STATE_ACTIVE,
     POLE_NO_DATE, ""},
};

START_TEST(an_odd_cell_is_said_and_the_pole_is_kept)
{
    const odd_row *odd = odd_rows + _i;
    char text[512];
    build_run run;
    build_run_init(&run);
    snprintf(text, sizeof text, "code,lat,lon,status,surveyed,note,successor,alias_owner\n%s\n",
             odd->row);
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv", text);
    ck_assert_int_eq(build_run_finish(&run), POLE_OK);
    ck_assert_uint_eq(run.finding_count, 1);
    ck_assert_int_eq(run.findings->refused, 0);
    ck_assert_int_eq(run.findings->kind, POLE_FINDING_BAD_VALUE);
    ck_assert_uint_eq(run.findings->line, 2);
    ck_assert_str_eq(run.findings->column_name, odd->column_name);
    ck_assert_str_eq(run.findings->value, odd->value);
    ck_assert_msg(strstr(run.findings->message, odd->message) != NULL, "%s", run.findings->message);
    ck_assert_uint_eq(run.report.remarks, 1);
    ck_assert_uint_eq(run.report.rows_refused, 0);
    pole_index *index = build_run_open(&run);
    pole_record record = {.struct_size = sizeof record};
    ck_assert_int_eq(pole_index_record(index, 0, &record), POLE_OK);
    ck_assert_int_eq(record.state, odd->state);
    ck_assert_int_eq(record.surveyed_days, odd->surveyed_days);
    ck_assert_uint_eq(record.note.size_bytes, strlen(odd->note));
    ck_assert_int_eq(memcmp(record.note.data, odd->note, record.note.size_bytes), 0);
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

typedef struct {
    uint32_t table;
    const char *file_name, *text, *message, *hint;
} bad_table;

static const bad_table bad_tables[] = {
    {POLE_TABLE_POLES, "poles.csv", "name,lat,lon\na,45.7,126.6\n",
     "no column code; the columns are \"name\", \"lat\", \"lon\"",
     "name it: --map poles.code=HEADER"},
    {POLE_TABLE_STATIONS, "stations.csv", "DISTRICT,Y,LAT\n1,45.7,126.6\n",
     "no columns id and name and lat and lon, or x and y; the columns are \"DISTRICT\"",
     "name them: --map stations.id=HEADER --map stations.name=HEADER --map lat=HEADER"},
    {POLE_TABLE_POLES, "poles.csv", "code,lat\n1234567,45.7\n", "no columns lat and lon",
     "--map lat="},
    {POLE_TABLE_POLES, "poles.csv", "code,lat,lon,x,y\n1234567,45.7,126.6,1,2\n",
     "both lat, lon and x, y", "--map lat=NAME"},
    {POLE_TABLE_STATIONS, "stations.csv", "id,lat,lon\n101,45.7,126.6\n", "no column name",
     "--map stations.name=HEADER"},
    {POLE_TABLE_AREAS, "areas.csv", "station_id,lat,lon\n101,45.7,126.6\n", "needs polygons", NULL},
    {POLE_TABLE_AREAS, "areas.geojson",
     "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{},"
     "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[1,1],[2,1],[2,2],[1,1]]]}}]}",
     "no column station_id", "--map areas.station_id=HEADER"},
    {POLE_TABLE_POLES, "poles.geojson",
     "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":"
     "\"urn:ogc:def:crs:EPSG::4530\"}},\"features\":[{\"type\":\"Feature\",\"properties\":"
     "{\"code\":\"1234567\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[467000,5065000]}}]}",
     "states the CRS EPSG:4530, and EPSG:4326 is taken", "--from-crs poles=EPSG:4530"},
};

START_TEST(a_table_that_is_none_ends_the_build)
{
    const bad_table *bad = bad_tables + _i;
    build_run run;
    build_run_init(&run);
    ck_assert_int_eq(build_run_add(&run, bad->table, bad->file_name, bad->text), POLE_BAD_INPUT);
    ck_assert_msg(strstr(run.error.message, bad->file_name) != NULL, "%s", run.error.message);
    ck_assert_msg(strstr(run.error.message, bad->message) != NULL, "%s", run.error.message);
    ck_assert_msg(bad->hint ? strstr(run.error.hint, bad->hint) != NULL : run.error.hint[0] == '\0',
                  "%s", run.error.hint);
    build_run_end(&run);
}
END_TEST

START_TEST(when_every_row_fails_alike_the_error_says_the_cure)
{
    build_run run;
    build_run_init(&run);
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv",
                  "code,lat,lon\n1234567,5065000,467000\n1234568,5065001,467000\n");
    ck_assert_int_eq(run.status, POLE_OK);
    ck_assert_uint_eq(run.finding_count, 2);
    ck_assert_int_eq(build_run_finish(&run), POLE_REFUSED);
    ck_assert_str_eq(run.error.message,
                     "there is no pole to write: all 2 rows were refused as looks_metric");
    ck_assert_ptr_nonnull(strstr(run.error.hint, "--from-crs EPSG:4530"));
    ck_assert_uint_eq(run.report.rows_refused, 2);
    build_run_end(&run);
}
END_TEST

START_TEST(a_file_of_several_whose_every_row_fails_alike_is_named)
{
    build_run run;
    build_run_init(&run);
    build_run_add(&run, POLE_TABLE_POLES, "good.csv", "code,lat,lon\n1234567,45.7,126.6\n");
    build_run_add(&run, POLE_TABLE_POLES, "metres.csv",
                  "code,lat,lon\n1234568,5065000,467000\n1234569,5065001,467000\n");
    /* Each row, and the file as a whole. */
    ck_assert_uint_eq(run.finding_count, 3);
    ck_assert_uint_eq(run.findings[2].line, 0);
    ck_assert_str_eq(run.findings[2].file, "metres.csv");
    ck_assert_str_eq(run.findings[2].message,
                     "all 2 rows of the file were refused as looks_metric");
    ck_assert_int_eq(build_run_finish(&run), POLE_OK);
    build_run_end(&run);
}
END_TEST

START_TEST(doubles_that_differ_are_all_refused_and_name_one_another)
{
    build_run run;
    build_run_init(&run);
    build_run_want_rejects(&run);
    build_run_add(&run, POLE_TABLE_POLES, "a.csv",
                  "code,lat,lon,street\n1234567,45.7,126.6,甲\n1234569,45.7,126.6,乙\n");
    build_run_add(&run, POLE_TABLE_POLES, "b.csv",
                  "code,lat,lon,street\n1234567,45.8,126.6,丙\n1234569,45.70,126.600,乙\n");
    ck_assert_int_eq(build_run_finish(&run), POLE_OK);
    ck_assert_uint_eq(run.report.poles, 1);
    ck_assert_uint_eq(run.report.rows_refused, 2);
    ck_assert_uint_eq(run.report.rows_collapsed, 1);
    ck_assert_uint_eq(build_run_count(&run, POLE_FINDING_DUPLICATE), 2);
    ck_assert_str_eq(run.findings[0].file, "a.csv");
    ck_assert_uint_eq(run.findings[0].line, 2);
    ck_assert_str_eq(run.findings[0].message,
                     "the code 1234567 stands in b.csv line 2 too, with another position, street");
    ck_assert_str_eq(run.findings[1].file, "b.csv");
    ck_assert_str_eq(run.findings[1].message,
                     "the code 1234567 stands in a.csv line 2 too, with another position, street");
    const kept_finding *collapsed = build_run_first(&run, POLE_FINDING_COLLAPSED);
    ck_assert_int_eq(collapsed->refused, 0);
    ck_assert_str_eq(collapsed->message, "the row repeats a.csv line 3");
    /* The rejects hold the rows as they were. */
    ck_assert_int_eq(byte_block_sink(&run.rejects).write(&run.rejects, "", 1), POLE_OK);
    const char *rejects = (const char *)run.rejects.bytes;
    ck_assert_ptr_nonnull(
        strstr(rejects, "\"[\"\"1234567\"\",\"\"45.7\"\",\"\"126.6\"\",\"\"甲\"\"]\""));
    ck_assert_ptr_nonnull(
        strstr(rejects, "\"[\"\"1234567\"\",\"\"45.8\"\",\"\"126.6\"\",\"\"丙\"\"]\""));
    build_run_end(&run);
}
END_TEST

START_TEST(a_key_is_scope_and_code)
{
    build_run run;
    build_run_init(&run);
    run.options.scheme = "district:1,station:2,street:2,pole:2;*/station:1,street:2,pole:2";
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv",
                  "scope,code,lat,lon\n宾县,10101,45.75,127.48\n巴彦,10101,46.08,127.40\n"
                  ",1010101,45.7,126.6\n宾县,0010101,45.7,126.6\n");
    ck_assert_int_eq(build_run_finish(&run), POLE_OK);
    ck_assert_uint_eq(run.report.poles, 3);
    ck_assert_uint_eq(run.finding_count, 1);
    ck_assert_str_eq(run.findings->message,
                     "the code '0010101' has 7 digits; codes of 宾县 have 5");
    pole_index *index = build_run_open(&run);
    pole_row rows[4];
    size_t needed;
    const pole_code code = {10101, POLE_ANY_SCOPE, 5, 0};
    ck_assert_int_eq(pole_index_find_all(index, code, rows, 4, &needed), POLE_OK);
    ck_assert_uint_eq(needed, 2);
    pole_index_close(index);
    build_run_end(&run);
}
END_TEST

START_TEST(a_county_without_a_scheme_is_refused_with_the_cure)
{
    build_run run;
    build_run_init(&run);
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv",
                  "scope,code,lat,lon\n宾县,10101,45.75,127.48\n,1010101,45.7,126.6\n");
    ck_assert_int_eq(build_run_finish(&run), POLE_OK);
    ck_assert_uint_eq(run.finding_count, 1);
    ck_assert_str_eq(run.findings->message,
                     "no scheme is stated for the codes of the scope '宾县'");
    ck_assert_ptr_nonnull(strstr(run.findings->hint, "--scheme '...;*/station:1,"));
    build_run_end(&run);
}
END_TEST

START_TEST(bounds_refuse_what_lies_outside_and_see_exchanged_axes)
{
    const pole_box bounds = {38.8, -77.1, 39.0, -76.9};
    build_run run;
    build_run_init(&run);
    run.options.bounds = &bounds;
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv",
                  "code,lat,lon\n1234567,38.9,-77.0\n1234568,-77.0,38.9\n1234569,38.9,-76.8\n");
    ck_assert_int_eq(build_run_finish(&run), POLE_OK);
    ck_assert_uint_eq(run.report.poles, 1);
    ck_assert_int_eq(run.findings[0].kind, POLE_FINDING_LOOKS_SWAPPED);
    ck_assert_int_eq(run.findings[1].kind, POLE_FINDING_OUT_OF_BOUNDS);
    ck_assert_str_eq(run.findings[1].message,
                     "latitude 38.9000000, longitude -76.8000000 (WGS 84) lies outside the bounds");
    build_run_end(&run);
}
END_TEST

START_TEST(a_quote_that_is_never_closed_is_said_with_what_it_swallowed)
{
    build_run run;
    build_run_init(&run);
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv",
                  "code,lat,lon,street\n1234567,45.7,126.6,a\n1234568,45.7,126.6,\"b\n"
                  "1234569,45.7,126.6,c\n");
    ck_assert_int_eq(build_run_finish(&run), POLE_OK);
    ck_assert_uint_eq(run.finding_count, 1);
    ck_assert_int_eq(run.findings->kind, POLE_FINDING_UNCLOSED_QUOTE);
    ck_assert_uint_eq(run.findings->line, 3);
    ck_assert_uint_eq(run.report.poles, 1);
    build_run_end(&run);
}
END_TEST

START_TEST(a_cell_of_more_than_64_kib_is_refused)
{
    static char text[(1 << 17) + 256];
    build_run run;
    build_run_init(&run);
    size_t size = (size_t)snprintf(text, sizeof text, "code,lat,lon,note\n1234567,45.7,126.6,");
    memset(text + size, 'x', 65536);
    size += 65536;
    size += (size_t)snprintf(text + size, sizeof text - size, "\n1234568,45.7,126.6,y");
    memset(text + size, 'x', 65536);
    text[size + 65536] = '\0';
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv", text);
    ck_assert_int_eq(build_run_finish(&run), POLE_OK);
    ck_assert_uint_eq(run.report.poles, 1);
    ck_assert_int_eq(run.findings->kind, POLE_FINDING_TOO_LONG);
    ck_assert_uint_eq(run.findings->line, 3);
    ck_assert_uint_eq(strlen(run.findings->value), 200);
    build_run_end(&run);
}
END_TEST

START_TEST(every_kind_has_its_word)
{
    for (pole_finding_kind kind = 1; kind <= POLE_FINDING_OTHER_CRS; kind++) {
        ck_assert_str_ne(pole_finding_name(kind), "unknown");
        for (pole_finding_kind other = 1; other < kind; other++)
            ck_assert_str_ne(pole_finding_name(kind), pole_finding_name(other));
    }
    ck_assert_str_eq(pole_finding_name(0), "unknown");
    ck_assert_str_eq(pole_finding_name(POLE_FINDING_OTHER_CRS + 1), "unknown");
    ck_assert_str_eq(pole_finding_name(-1), "unknown");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("build_findings");
    TCase *tests = tcase_create("findings");
    const int rows = (int)(sizeof bad_rows / sizeof *bad_rows);
    tcase_add_loop_test(tests, a_bad_row_is_refused_in_words, 0, rows);
    tcase_add_loop_test(tests, strict_stops_at_the_first_refusal, 0, rows);
    tcase_add_loop_test(tests, an_odd_cell_is_said_and_the_pole_is_kept, 0,
                        (int)(sizeof odd_rows / sizeof *odd_rows));
    tcase_add_loop_test(tests, a_table_that_is_none_ends_the_build, 0,
                        (int)(sizeof bad_tables / sizeof *bad_tables));
    tcase_add_test(tests, when_every_row_fails_alike_the_error_says_the_cure);
    tcase_add_test(tests, a_file_of_several_whose_every_row_fails_alike_is_named);
    tcase_add_test(tests, doubles_that_differ_are_all_refused_and_name_one_another);
    tcase_add_test(tests, a_key_is_scope_and_code);
    tcase_add_test(tests, a_county_without_a_scheme_is_refused_with_the_cure);
    tcase_add_test(tests, bounds_refuse_what_lies_outside_and_see_exchanged_axes);
    tcase_add_test(tests, a_quote_that_is_never_closed_is_said_with_what_it_swallowed);
    tcase_add_test(tests, a_cell_of_more_than_64_kib_is_refused);
    tcase_add_test(tests, every_kind_has_its_word);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
