/* SPDX-License-Identifier: MIT
 * See arrow_oracle.h. */
#include "support/arrow_oracle.h"

#include <check.h>
#include <math.h>
#include <string.h>

pole_index *arrow_city;

void arrow_oracle_setup(void)
{
    arrow_city = small_city_open(0);
    arrow_made_alive = 0;
}

void arrow_oracle_teardown(void)
{
    ck_assert_int_eq(arrow_made_alive, 0);
    pole_index_close(arrow_city);
    arrow_city = NULL;
}

const char *const arrow_column_names[COLUMNS] = {
    "match_status",       "match_code",       "match_lat",   "match_lon",
    "match_street",       "match_confidence", "station_id",  "station_name",
    "station_distance_m", "station_role",     "match_scope", "match_warnings"};

static void expect_text(const struct ArrowArray *table, int64_t first, int column, int64_t row,
                        pole_span expected)
{
    const char *text = arrow_text_at(table->children[first + column], row);
    if (expected.size_bytes == 0) {
        ck_assert_msg(text == NULL, "row %d: %s is '%s', not null", (int)row,
                      arrow_column_names[column], text);
        return;
    }
    ck_assert_msg(text && strlen(text) == expected.size_bytes &&
                      memcmp(text, expected.data, expected.size_bytes) == 0,
                  "row %d: %s is '%s', not '%.*s'", (int)row, arrow_column_names[column],
                  text ? text : "null", (int)expected.size_bytes, expected.data);
}

static void expect_number(const struct ArrowArray *table, int64_t first, int column, int64_t row,
                          double expected, double tolerance)
{
    const double number = arrow_number_at(table->children[first + column], row);
    ck_assert_msg(isnan(expected) ? isnan(number) : fabs(number - expected) <= tolerance,
                  "row %d: %s is %.9f, not %.9f", (int)row, arrow_column_names[column], number,
                  expected);
}

static void expect_pole(const struct ArrowArray *table, int64_t first, int64_t row,
                        const pole_row_match *match)
{
    pole_record pole = {.struct_size = sizeof pole};
    pole_station station = {.struct_size = sizeof station};
    char code[32] = "";
    size_t needed;
    if (match->row != POLE_NO_ROW) {
        ck_assert_int_eq(pole_index_record(arrow_city, match->row, &pole), POLE_OK);
        ck_assert_int_eq(pole_code_format(arrow_city, pole.code, 0, code, sizeof code, &needed),
                         POLE_OK);
    }
    if (match->station != POLE_NO_STATION)
        ck_assert_int_eq(pole_index_station(arrow_city, match->station, &station), POLE_OK);
    expect_text(table, first, CODE, row, span_of(code));
    expect_text(table, first, STREET, row, pole.street);
    expect_text(table, first, SCOPE, row, pole.scope);
    expect_text(table, first, STATION_ID, row, station.id);
    expect_text(table, first, STATION_NAME, row, station.name);
}

void expect_matches(const struct ArrowArray *table, int64_t first, const char *const *texts,
                    const pole_row_evidence *evidence, size_t count)
{
    pole_matcher *matcher = NULL;
    ck_assert_int_eq(pole_matcher_new(arrow_city, NULL, &matcher, NULL), POLE_OK);
    ck_assert_int_eq(table->length, (int64_t)count);
    ck_assert_int_eq(table->n_children, first + COLUMNS);
    for (size_t i = 0; i < count; i++) {
        const pole_span text = span_of(texts[i] ? texts[i] : "");
        const int64_t row = (int64_t)i;
        pole_row_match match = {.struct_size = sizeof match};
        ck_assert_int_eq(
            pole_matcher_run(matcher, &text, evidence ? evidence + i : NULL, 1, &match), POLE_OK);
        expect_text(table, first, STATUS, row, span_of(pole_match_name(match.match)));
        expect_number(table, first, LAT, row, match.at.lat_deg, 0.5e-7);
        expect_number(table, first, LON, row, match.at.lon_deg, 0.5e-7);
        expect_number(table, first, CONFIDENCE, row, match.confidence, 1e-4);
        expect_number(table, first, DISTANCE, row, match.station_distance_m, 0.05 + 1e-9);
        expect_text(table, first, ROLE, row,
                    match.station_role ? span_of(pole_role_name(match.station_role)) : span_of(""));
        expect_pole(table, first, row, &match);
    }
    pole_matcher_free(matcher);
}

pole_status match(const pole_arrow_options *options, struct ArrowSchema *schema,
                  struct ArrowArray *array, struct ArrowSchema *schema_out, struct ArrowArray *out,
                  pole_error *error)
{
    const pole_status status =
        pole_arrow_match(arrow_city, options, schema, array, schema_out, out, error);
    ck_assert(schema->release == NULL && array->release == NULL);
    if (status != POLE_OK) {
        ck_assert(schema_out->release == NULL && out->release == NULL);
        ck_assert_int_eq(arrow_made_alive, 0);
    }
    return status;
}

void matched(const pole_arrow_options *options, struct ArrowSchema *schema,
             struct ArrowArray *array, struct ArrowSchema *schema_out, struct ArrowArray *out)
{
    pole_error error;
    ck_assert_msg(match(options, schema, array, schema_out, out, &error) == POLE_OK, "%s (%s)",
                  error.message, error.hint);
}

void release_both(struct ArrowSchema *schema, struct ArrowArray *array)
{
    schema->release(schema);
    array->release(array);
}

const char *const said[SAID] = {"2334502",
                                NULL,
                                "二三三四五零四",
                                "1234565",
                                "12345?7",
                                "10101",
                                "20202",
                                "没有号码",
                                "",
                                "0034501",
                                "34501",
                                "1234571",
                                "1 23 45 63",
                                "城西线12号",
                                "2334503",
                                "9999999",
                                "我在灯杆二三三四五零二旁边"};

const char *const log_names[LOG_FIELDS] = {"note",     "灯杆号",        "hint_lat",
                                           "hint_lon", "hint_radius_m", "street"};
const char *const log_formats[LOG_FIELDS] = {"g", "vu", "g", "f", "s", "u"};
static const char *const log_cells[LOG_FIELDS][LOG_ROWS] = {
    {"1.5", "2.5", NULL, "3", "4", "5"},
    {"1234567", "1234565", "10101", "2334502", NULL, "1234567"},
    {"45.7765", "45.7712345", "nan", "inf", "45.7", NULL},
    {"126.6161", "126.6412", "127.5", "126.6", "126.6", NULL},
    {"300", NULL, "100", "200", "100", NULL},
    {NULL, "通江街", "人民大街", "", "南直路", "霞曼街"}};
const char *const log_texts[LOG_FIELDS][LOG_ROWS] = {
    {0},
    {"1234567", "1234565", "10101", "2334502", NULL, "1234567"},
    {"45.776500000", "45.771234500", NULL, "null", "45.700000000", NULL},
    {"126.616096497", "126.641197205", "127.5", "126.599998474", "126.599998474", NULL},
    {"300", NULL, "100", "200", "100", NULL},
    {NULL, "通江街", "人民大街", "", "南直路", "霞曼街"}};

void make_log(size_t offset, const char *valid, struct ArrowSchema *schema,
              struct ArrowArray *array)
{
    struct ArrowSchema fields[LOG_FIELDS];
    struct ArrowArray columns[LOG_FIELDS];
    for (size_t f = 0; f < LOG_FIELDS; f++) {
        arrow_make_schema(log_formats[f], log_names[f], fields + f);
        arrow_make_column(log_formats[f], log_cells[f], LOG_ROWS, offset, columns + f);
    }
    arrow_make_nested("+s", "", fields, LOG_FIELDS, NULL, schema);
    arrow_make_table(columns, LOG_FIELDS, LOG_ROWS, valid, array);
}

void evidence_of_log(pole_row_evidence *evidence)
{
    for (size_t i = 0; i < LOG_ROWS; i++) {
        memset(evidence + i, 0, sizeof *evidence);
        pole_span *cells[] = {&evidence[i].hint_lat, &evidence[i].hint_lon,
                              &evidence[i].hint_radius_m, &evidence[i].street};
        for (size_t c = 0; c < 4; c++) {
            if (log_texts[2 + c][i])
                *cells[c] = span_of(log_texts[2 + c][i]);
        }
    }
}
