/* SPDX-License-Identifier: MIT
 *
 * Which column is the code decides everything: a wrong guess builds a wrong index without a word.
 * So the table of names must be free of contradictions, and two candidates must be an error. */
#include <stdio.h>

#include "formats/columns.h"
#include "support/test_main.h"

#define MOST 8u

typedef struct {
    uint32_t table;
    const char *names[MOST]; /* NULL-ended */
    pole_column_role role;
    uint32_t column;
} found_case;

#define DENG_GAN "\xE7\x81\xAF\xE6\x9D\x86"                /* lamp pole */
#define BIAN_HAO "\xE7\xBC\x96\xE5\x8F\xB7"                /* number */
#define WEI_DU "\xE7\xBA\xAC\xE5\xBA\xA6"                  /* latitude */
#define JING_DU "\xE7\xBB\x8F\xE5\xBA\xA6"                 /* longitude */
#define PAI_CHU_SUO "\xE6\xB4\xBE\xE5\x87\xBA\xE6\x89\x80" /* police station */
#define JIE_DAO "\xE8\xA1\x97\xE9\x81\x93"                 /* street */

static const found_case found_cases[] = {
    {POLE_COLUMNS_POLES, {"code", "lat", "lon"}, POLE_COLUMN_CODE, 0},
    {POLE_COLUMNS_POLES, {"lat", "lon", "Pole Code"}, POLE_COLUMN_CODE, 2},
    {POLE_COLUMNS_POLES, {"LATITUDE", "LONGITUDE"}, POLE_COLUMN_LON, 1},
    {POLE_COLUMNS_POLES, {DENG_GAN BIAN_HAO, WEI_DU, JING_DU}, POLE_COLUMN_CODE, 0},
    {POLE_COLUMNS_POLES, {"a", WEI_DU "(\xC2\xB0)"}, POLE_COLUMN_LAT, 1},
    {POLE_COLUMNS_POLES, {"a", WEI_DU "\xEF\xBC\x88\xC2\xB0\xEF\xBC\x89"}, POLE_COLUMN_LAT, 1},
    /* A datum in brackets is no unit: such a column is not taken for what it may not be. */
    {POLE_COLUMNS_POLES, {"a", WEI_DU "(GCJ02)"}, POLE_COLUMN_LAT, POLE_NO_COLUMN},
    {POLE_COLUMNS_POLES,
     {"\xEF\xBB\xBF"
      "code",
      "x"},
     POLE_COLUMN_CODE,
     0},
    {POLE_COLUMNS_POLES, {" C-o_d.e ", "x"}, POLE_COLUMN_CODE, 0},
    {POLE_COLUMNS_POLES, {"\xEF\xBC\xA3\xEF\xBC\xAF\xEF\xBC\xA4\xEF\xBC\xA5"}, POLE_COLUMN_CODE, 0},
    {POLE_COLUMNS_POLES, {"\xE3\x80\x80" BIAN_HAO "\xE3\x80\x80"}, POLE_COLUMN_CODE, 0},
    {POLE_COLUMNS_POLES, {"X", "Y"}, POLE_COLUMN_X, 0},
    {POLE_COLUMNS_POLES, {"XCOORD", "YCOORD"}, POLE_COLUMN_Y, 1},
    {POLE_COLUMNS_POLES, {"STREETNAME", "x"}, POLE_COLUMN_STREET, 0},
    {POLE_COLUMNS_POLES, {JIE_DAO, "x"}, POLE_COLUMN_STREET, 0},
    /* The role's own name beats synonyms. */
    {POLE_COLUMNS_POLES, {BIAN_HAO, "pole", "code"}, POLE_COLUMN_CODE, 2},
    {POLE_COLUMNS_STATIONS, {BIAN_HAO, PAI_CHU_SUO}, POLE_COLUMN_ID, 0},
    {POLE_COLUMNS_STATIONS, {BIAN_HAO, PAI_CHU_SUO}, POLE_COLUMN_NAME, 1},
    {POLE_COLUMNS_AREAS, {"name", PAI_CHU_SUO}, POLE_COLUMN_STATION_ID, 1},
    /* What a table of this kind has not, it does not find. */
    {POLE_COLUMNS_AREAS, {"code", "station_id"}, POLE_COLUMN_CODE, POLE_NO_COLUMN},
    {POLE_COLUMNS_POLES, {"id", "lat"}, POLE_COLUMN_CODE, POLE_NO_COLUMN},
    {POLE_COLUMNS_POLES, {"", "\xFF", "encode"}, POLE_COLUMN_CODE, POLE_NO_COLUMN},
};

static size_t spans_of(const char *const *names, pole_span *spans)
{
    size_t count = 0;
    for (; count < MOST && names[count]; count++)
        spans[count] = pole_span_of(names[count]);
    return count;
}

START_TEST(a_column_is_found_by_the_names_people_use)
{
    const found_case *c = &found_cases[_i];
    pole_span names[MOST];
    pole_column_roles roles;
    const size_t count = spans_of(c->names, names);
    ck_assert_int_eq(pole_columns_find(c->table, names, count, NULL, 0, &roles, NULL), POLE_OK);
    ck_assert_uint_eq(roles.column[c->role], c->column);
}
END_TEST

START_TEST(two_candidates_are_an_error_that_names_both)
{
    static const char *const cases[][3] = {
        {DENG_GAN, "x", BIAN_HAO}, {"code", "x", "CODE"}, {"lamp no", "lat", "pole_no"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pole_span names[3];
        pole_column_roles roles;
        pole_error error = {0};
        for (size_t k = 0; k < 3; k++)
            names[k] = pole_span_of(cases[i][k]);
        ck_assert_int_eq(pole_columns_find(POLE_COLUMNS_POLES, names, 3, NULL, 0, &roles, &error),
                         POLE_BAD_INPUT);
        ck_assert_ptr_nonnull(strstr(error.message, cases[i][0]));
        ck_assert_ptr_nonnull(strstr(error.message, cases[i][2]));
        ck_assert_ptr_nonnull(strstr(error.message, "code"));
        ck_assert_ptr_nonnull(strstr(error.hint, "code="));
        ck_assert_uint_eq(roles.column[POLE_COLUMN_CODE], POLE_NO_COLUMN);
    }
}
END_TEST

START_TEST(a_map_wins_over_every_name)
{
    const pole_span names[] = {pole_span_of("code"), pole_span_of("Asset No"), pole_span_of("lat"),
                               pole_span_of("asset_no")};
    pole_column_map map = {POLE_COLUMN_CODE, pole_span_of("Asset No")};
    pole_column_roles roles;
    /* As it stands, though folded it would fit two. */
    ck_assert_int_eq(pole_columns_find(POLE_COLUMNS_POLES, names, 4, &map, 1, &roles, NULL), 0);
    ck_assert_uint_eq(roles.column[POLE_COLUMN_CODE], 1);
    ck_assert_uint_eq(roles.column[POLE_COLUMN_LAT], 2);
    map.name = pole_span_of("assetno");
    ck_assert_int_eq(pole_columns_find(POLE_COLUMNS_POLES, names, 4, &map, 1, &roles, NULL),
                     POLE_BAD_INPUT);
    ck_assert_int_eq(pole_columns_find(POLE_COLUMNS_POLES, names, 3, &map, 1, &roles, NULL), 0);
    ck_assert_uint_eq(roles.column[POLE_COLUMN_CODE], 1);
}
END_TEST

START_TEST(a_mapped_column_that_is_not_there_lists_those_that_are)
{
    const pole_span names[] = {pole_span_of("FACILITYID"), pole_span_of("XCOORD")};
    const pole_column_map map = {POLE_COLUMN_CODE, pole_span_of("facility")};
    pole_column_roles roles;
    pole_error error = {0};
    ck_assert_int_eq(pole_columns_find(POLE_COLUMNS_POLES, names, 2, &map, 1, &roles, &error),
                     POLE_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(error.message, "\"facility\""));
    ck_assert_ptr_nonnull(strstr(error.message, "\"FACILITYID\", \"XCOORD\""));
    ck_assert_int_eq(pole_columns_find(POLE_COLUMNS_POLES, NULL, 0, &map, 1, &roles, &error),
                     POLE_BAD_INPUT);
}
END_TEST

START_TEST(a_map_that_cannot_be_is_the_callers_mistake)
{
    const pole_span names[] = {pole_span_of("a"), pole_span_of("b")};
    const pole_column_map twice[] = {{POLE_COLUMN_CODE, names[0]}, {POLE_COLUMN_CODE, names[1]}};
    const pole_column_map foreign = {POLE_COLUMN_PREFIX, names[0]};
    pole_column_roles roles;
    ck_assert_int_eq(pole_columns_find(POLE_COLUMNS_POLES, names, 2, twice, 2, &roles, NULL),
                     POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_columns_find(POLE_COLUMNS_POLES, names, 2, &foreign, 1, &roles, NULL),
                     POLE_INVALID_ARGUMENT);
}
END_TEST

typedef struct {
    uint32_t table;
    pole_column_role role;
    const char *name;
} known;

#define WORD(table, role, name) {POLE_COLUMNS_##table, POLE_COLUMN_##role, name},
static const known table_of_names[] = {
#include "formats/columns.inc"
};

/* Each name alone must give its role and no other, so no name means two things. */
START_TEST(the_table_of_names_is_without_contradiction)
{
    for (size_t i = 0; i < sizeof table_of_names / sizeof table_of_names[0]; i++) {
        const known *k = &table_of_names[i];
        const pole_span name = pole_span_of(k->name);
        pole_column_roles roles;
        ck_assert_int_eq(pole_columns_find(k->table, &name, 1, NULL, 0, &roles, NULL), POLE_OK);
        for (uint32_t role = 0; role < POLE_COLUMN_ROLES; role++)
            ck_assert_msg(roles.column[role] == (role == k->role ? 0 : POLE_NO_COLUMN),
                          "%s in a table of %s", k->name, pole_columns_table_name(k->table));
        ck_assert(pole_columns_known_name(name));
        ck_assert(pole_column_role_in_table(k->role, k->table));
    }
}
END_TEST

START_TEST(every_role_has_its_own_name_somewhere)
{
    for (uint32_t role = 0; role < POLE_COLUMN_ROLES; role++) {
        const pole_span name = pole_span_of(pole_column_role_name((pole_column_role)role));
        ck_assert_uint_eq(pole_column_role_by_name(name), role);
        ck_assert(pole_columns_known_name(name));
        bool somewhere = false;
        for (uint32_t table = POLE_COLUMNS_POLES; table <= POLE_COLUMNS_TIMES; table++)
            somewhere |= pole_column_role_in_table((pole_column_role)role, table);
        ck_assert(somewhere);
    }
    ck_assert_uint_eq(pole_column_role_by_name(pole_span_of("colour")), POLE_COLUMN_ROLES);
    ck_assert(!pole_columns_known_name(pole_span_of("colour")));
    ck_assert(!pole_columns_known_name(pole_span_of("")));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("formats_columns");
    TCase *tcase = tcase_create("columns");
    tcase_add_loop_test(tcase, a_column_is_found_by_the_names_people_use, 0,
                        sizeof found_cases / sizeof found_cases[0]);
    tcase_add_test(tcase, two_candidates_are_an_error_that_names_both);
    tcase_add_test(tcase, a_map_wins_over_every_name);
    tcase_add_test(tcase, a_mapped_column_that_is_not_there_lists_those_that_are);
    tcase_add_test(tcase, a_map_that_cannot_be_is_the_callers_mistake);
    tcase_add_test(tcase, the_table_of_names_is_without_contradiction);
    tcase_add_test(tcase, every_role_has_its_own_name_somewhere);
    suite_add_tcase(suite, tcase);
    return test_main(suite);
}
