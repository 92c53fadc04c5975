/* SPDX-License-Identifier: MIT
 * Every code that can be said, against a table read by other means: each of the 10,000,000 codes
 * of seven digits, and each of five digits in every county, by all ways of looking up. The table
 * is the oracle, an array from number to its line; a difference anywhere is a pole that cannot be
 * found, or one that is found wrongly.
 *
 * Arguments: an index, and the CSV table that it was built from. */
#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/small_city.h"
#include "support/test_main.h"

static const char *index_path;
static const char *table_path;

#define MOST_SCOPES 16
#define SEVEN 10000000u
#define FIVE 100000u

typedef struct {
    char scope[64];
    uint32_t digits;
    uint32_t size;
    double *lat_deg; /* by number; NAN: no such pole */
    double *lon_deg;
    uint32_t poles;
} code_oracle;

static code_oracle oracles[MOST_SCOPES];
static size_t oracle_count;

static code_oracle *oracle_of(const char *scope, uint32_t digits)
{
    for (size_t i = 0; i < oracle_count; i++)
        if (oracles[i].digits == digits && strcmp(oracles[i].scope, scope) == 0)
            return oracles + i;
    ck_assert_uint_lt(oracle_count, MOST_SCOPES);
    code_oracle *added = oracles + oracle_count++;
    snprintf(added->scope, sizeof added->scope, "%s", scope);
    added->digits = digits;
    added->size = digits == 7 ? SEVEN : FIVE;
    added->lat_deg = malloc(added->size * sizeof(double));
    added->lon_deg = malloc(added->size * sizeof(double));
    ck_assert(added->lat_deg && added->lon_deg);
    for (uint32_t i = 0; i < added->size; i++)
        added->lat_deg[i] = added->lon_deg[i] = (double)NAN;
    return added;
}

/* The place of a column in the header, or -1. */
static int column_of(const char *header, const char *name)
{
    int column = 0;
    const size_t size = strlen(name);
    for (const char *cell = header; *cell; column++) {
        const size_t length = strcspn(cell, ",\r\n");
        if (length == size && memcmp(cell, name, size) == 0)
            return column;
        cell += length;
        cell += *cell == ',';
        if (*cell == '\r' || *cell == '\n')
            break;
    }
    return -1;
}

/* The table has no commas inside cells in front of the columns read here. */
static void cell_of(const char *line, int column, char *out, size_t capacity)
{
    for (; column > 0 && *line; line++)
        column -= *line == ',';
    const size_t length = strcspn(line, ",\r\n");
    ck_assert_uint_lt(length, capacity);
    memcpy(out, line, length);
    out[length] = '\0';
}

static void read_table(void)
{
    static char line[65536];
    FILE *table = fopen(table_path, "rb");
    ck_assert_msg(table != NULL, "%s cannot be opened", table_path);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, table));
    const int code_at = column_of(line, "code"), scope_at = column_of(line, "scope");
    const int lat_at = column_of(line, "lat"), lon_at = column_of(line, "lon");
    ck_assert(code_at >= 0 && lat_at >= 0 && lon_at >= 0);
    while (fgets(line, sizeof line, table)) {
        char code[16], scope[64] = "", lat[32], lon[32];
        cell_of(line, code_at, code, sizeof code);
        if (scope_at >= 0)
            cell_of(line, scope_at, scope, sizeof scope);
        cell_of(line, lat_at, lat, sizeof lat);
        cell_of(line, lon_at, lon, sizeof lon);
        code_oracle *found = oracle_of(scope, (uint32_t)strlen(code));
        const unsigned long number = strtoul(code, NULL, 10);
        ck_assert_uint_lt(number, found->size);
        ck_assert_msg(isnan(found->lat_deg[number]), "%s stands twice in the table", code);
        found->lat_deg[number] = strtod(lat, NULL);
        found->lon_deg[number] = strtod(lon, NULL);
        found->poles++;
    }
    fclose(table);
}

static void check_one_by_one(const pole_index *index, const code_oracle *oracle, uint16_t scope)
{
    for (uint32_t number = 0; number < oracle->size; number++) {
        const pole_code code = {number, scope, (uint8_t)oracle->digits, 0};
        pole_row row;
        const pole_status status = pole_index_find(index, code, &row);
        if (isnan(oracle->lat_deg[number])) {
            if (status != POLE_NOT_FOUND || row != POLE_NO_ROW)
                ck_abort_msg("%u of %s is found, and is not in the table", number, oracle->scope);
            continue;
        }
        pole_point at;
        if (status != POLE_OK || pole_index_point(index, row, &at) != POLE_OK ||
            at.lat_deg != oracle->lat_deg[number] || at.lon_deg != oracle->lon_deg[number])
            ck_abort_msg("%u of %s is not found where it is", number, oracle->scope);
    }
}

#define BATCH 10000

static void check_in_batches(const pole_index *index, const code_oracle *oracle, uint16_t scope,
                             bool as_text)
{
    static uint32_t numbers[BATCH];
    static char texts[BATCH * 7];
    static double lat[BATCH], lon[BATCH];
    static pole_match match[BATCH];
    const pole_columns columns = {
        .struct_size = sizeof columns, .match = match, .lat_deg = lat, .lon_deg = lon};
    const uint8_t digits = (uint8_t)oracle->digits;
    for (uint32_t first = 0; first < oracle->size; first += BATCH) {
        for (uint32_t i = 0; i < BATCH; i++) {
            char text[16];
            numbers[i] = first + i;
            snprintf(text, sizeof text, "%0*u", (int)digits, first + i);
            memcpy(texts + (size_t)i * digits, text, digits);
        }
        const pole_status status =
            as_text ? pole_index_find_texts(index, texts, digits, BATCH, digits, scope, &columns)
                    : pole_index_find_many(index, numbers, BATCH, digits, scope, &columns);
        ck_assert_int_eq(status, POLE_OK);
        for (uint32_t i = 0; i < BATCH; i++) {
            const double want_lat = oracle->lat_deg[first + i];
            const double want_lon = oracle->lon_deg[first + i];
            const bool right =
                isnan(want_lat)
                    ? isnan(lat[i]) && isnan(lon[i]) && match[i] == POLE_UNKNOWN
                    : lat[i] == want_lat && lon[i] == want_lon && match[i] == POLE_EXACT;
            if (!right)
                ck_abort_msg("%u of %s differs in a batch", first + i, oracle->scope);
        }
    }
}

START_TEST(every_code_is_found_where_the_table_has_it_and_no_other)
{
    pole_index *index = NULL;
    pole_error error;
    pole_info info = {.struct_size = sizeof info};
    read_table();
    ck_assert_msg(pole_index_open(index_path, NULL, &index, &error) == POLE_OK, "%s",
                  error.message);
    ck_assert_int_eq(pole_index_info(index, &info), POLE_OK);
    uint32_t poles = 0;
    for (size_t i = 0; i < oracle_count; i++) {
        uint16_t scope;
        const code_oracle *oracle = oracles + i;
        ck_assert_int_eq(pole_index_find_scope(index, span_of(oracle->scope), &scope), POLE_OK);
        check_one_by_one(index, oracle, scope);
        check_in_batches(index, oracle, scope, false);
        check_in_batches(index, oracle, scope, true);
        printf("%s: %u poles, %u codes\n", *oracle->scope ? oracle->scope : "urban", oracle->poles,
               oracle->size);
        poles += oracle->poles;
    }
    ck_assert_uint_eq(poles, info.poles);
    pole_index_close(index);
}
END_TEST

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s INDEX TABLE\n", argv[0]);
        return 2;
    }
    index_path = argv[1];
    table_path = argv[2];
    Suite *suite = suite_create("every code");
    TCase *tests = tcase_create("every code");
    tcase_add_test(tests, every_code_is_found_where_the_table_has_it_and_no_other);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
