/* SPDX-License-Identifier: MIT
 * A user may replace the channel's table, and a table that is misread makes every confidence wrong
 * in silence: so each mistake in it must be told with its line, and two tables with the same
 * figures must be the same channel. */
#include <stdio.h>

#include <polelookup/channel.h>

#include "support/small_city.h"
#include "support/test_main.h"
#include "support/test_memory.h"

static char *read_table(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/data/channel/%s.tsv", TEST_SOURCE_DIR, name);
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    char *text = calloc(1, 1 << 16);
    ck_assert_uint_gt(fread(text, 1, (1 << 16) - 1, file), 1000);
    fclose(file);
    return text;
}

static pole_channel_info info_of(const pole_channel *channel)
{
    pole_channel_info info = {.struct_size = sizeof info};
    ck_assert_int_eq(pole_channel_info_get(channel, &info), POLE_OK);
    return info;
}

static pole_channel *read_text(const char *table)
{
    pole_channel *channel = NULL;
    pole_error error;
    ck_assert_msg(pole_channel_read(span_of(table), span_of("mine"), NULL, &channel, &error) ==
                      POLE_OK,
                  "%s", error.message);
    return channel;
}

static void check_same(pole_span a, pole_span b)
{
    ck_assert_uint_eq(a.size_bytes, b.size_bytes);
    ck_assert_int_eq(memcmp(a.data, b.data, a.size_bytes), 0);
}

/* Replaces the first `from` by `to`. */
static char *changed(const char *table, const char *from, const char *to)
{
    const char *at = strstr(table, from);
    ck_assert_msg(at != NULL, "the table has no %s", from);
    char *text = calloc(1, strlen(table) + strlen(to) + 1);
    memcpy(text, table, (size_t)(at - table));
    strcat(text, to);
    strcat(text, at + strlen(from));
    return text;
}

static unsigned line_of(const char *table, const char *place)
{
    unsigned line = 1;
    for (const char *at = table; at < strstr(table, place); at++)
        line += *at == '\n';
    return line;
}

START_TEST(the_channels_by_name_are_those_of_the_tables)
{
    static const char *const names[] = {"everyday", "heavy"};
    static const double clean[] = {0.9, 0.28};
    pole_channel *named = NULL;
    ck_assert_int_eq(pole_channel_named(span_of(names[_i]), NULL, &named), POLE_OK);
    char *table = read_table(names[_i]);
    pole_channel *read = read_text(table);
    const pole_channel_info a = info_of(named), b = info_of(read);
    check_same(a.name, span_of(names[_i]));
    check_same(b.name, span_of("mine"));
    check_same(a.id, b.id);
    ck_assert_double_eq_tol(a.clean, clean[_i], 1e-12);
    ck_assert_double_eq(a.clean, b.clean);
    free(table);
    pole_channel_free(named);
    pole_channel_free(read);
}
END_TEST

START_TEST(another_name_is_not_found)
{
    pole_channel *channel = (pole_channel *)&channel;
    ck_assert_int_eq(pole_channel_named(span_of("Everyday"), NULL, &channel), POLE_NOT_FOUND);
    ck_assert_ptr_null(channel);
    ck_assert_int_eq(pole_channel_named(span_of(""), NULL, &channel), POLE_NOT_FOUND);
}
END_TEST

/* What does not change the figures does not change the channel. */
START_TEST(the_id_is_of_the_figures_alone)
{
    char *table = read_table("everyday");
    char *crlf = calloc(2, strlen(table) + 1), *to = crlf;
    for (const char *from = table; *from; from++) {
        if (*from == '\n')
            *to++ = '\r';
        *to++ = *from;
    }
    pole_channel *one = read_text(table), *two = read_text(crlf);
    char *spelled = changed(table, "class\tclean\t90\n", "# nine in ten\nclass\tclean\t9.0e1\n");
    char *other = changed(table, "class\tclean\t90\n", "class\tclean\t91\n");
    pole_channel *three = read_text(spelled), *four = read_text(other);
    check_same(info_of(one).id, info_of(two).id);
    check_same(info_of(one).id, info_of(three).id);
    ck_assert_int_ne(memcmp(info_of(one).id.data, info_of(four).id.data, 32), 0);
    pole_channel_free(one);
    pole_channel_free(two);
    pole_channel_free(three);
    pole_channel_free(four);
    free(table);
    free(crlf);
    free(spelled);
    free(other);
}
END_TEST

static const struct {
    const char *from, *to, *says;
} mistakes[] = {
    {"class\ttransp\t0.7", "clas\ttransp\t0.7", "no kind of row"},
    {"class\ttransp\t0.7", "class\ttransposed\t0.7", "no class of errors"},
    {"class\ttransp\t0.7", "class\ttransp\t-0.7", "range"},
    {"class\ttransp\t0.7", "class\ttransp\t0,7", "range"},
    {"class\ttransp\t0.7", "class\ttransp\tnan", "range"},
    {"class\ttransp\t0.7", "class\ttransp\t1e10", "range"},
    {"class\ttransp\t0.7", "class\ttransp", "range"},
    {"class\ttransp\t0.7", "class\tomit\t0.7\nclass\tomit\t0.7", "second row"},
    {"class\ttransp\t0.7", "class\ttransp:de\t0.7", "no language"},
    {"class\ttransp\t0.7", "class\tclean:en\t0.7", "one for all languages"},
    {"gap\t0.02", "gap", "ends too early"},
    {"none\tany", "none\tall", "neither any nor unlisted"},
    {"none\tany", "none\tany\nnone\tany", "second row"},
    {"gap\t0.02", "gap\t1.5", "range"},
    {"shared\tsub_vis\t0.9", "shared\tsub_vis\t1.1", "range"},
    {"shared\tsub_vis\t0.9", "shared\tclean\t0.9", "no class of errors"},
    {"matrix\tkeypad\t9\t1\t1", "matrix\tkeypad\t9\t1", "ten figures"},
    {"matrix\tkeypad\t9\t1\t1", "matrix\tkeypads\t9\t1\t1", "no matrix"},
    {"matrix\tkeypad\t9\t1\t1", "matrix\tkeypad\t10\t1\t1", "no digit"},
    {"matrix\tkeypad\t0\t0\t20", "matrix\tkeypad\t0\t3\t20", "becomes itself"},
};

START_TEST(a_mistake_in_the_table_is_told_with_its_line)
{
    char *table = read_table("everyday");
    char *wrong = changed(table, mistakes[_i].from, mistakes[_i].to);
    pole_channel *channel = NULL;
    pole_error error;
    ck_assert_int_eq(pole_channel_read(span_of(wrong), span_of("mine"), NULL, &channel, &error),
                     POLE_BAD_INPUT);
    ck_assert_ptr_null(channel);
    ck_assert_msg(strstr(error.message, mistakes[_i].says) != NULL, "%s", error.message);
    /* Where a row comes twice, the second one is at fault. */
    const char *last = strrchr(mistakes[_i].to, '\n');
    ck_assert_uint_eq(error.line, line_of(wrong, mistakes[_i].to) + (last != NULL));
    ck_assert_uint_gt(error.column, 0);
    free(table);
    free(wrong);
}
END_TEST

/* Rows without which there is no channel. */
START_TEST(a_table_that_lacks_a_row_is_refused)
{
    static const char *const rows[] = {"class\tpartial\t0.3\n", "class\tclean\t90\n",
                                       "matrix\tvisual\t3\t1\t1\t4\t0\t1\t14\t1\t1\t30\t8\n"};
    char *table = read_table("everyday");
    char *wrong = changed(table, rows[_i], "");
    pole_channel *channel = NULL;
    pole_error error;
    ck_assert_int_eq(pole_channel_read(span_of(wrong), span_of("mine"), NULL, &channel, &error),
                     POLE_BAD_INPUT);
    ck_assert_msg(strstr(error.message, "has no row") != NULL, "%s", error.message);
    free(table);
    free(wrong);
}
END_TEST

START_TEST(a_channel_that_is_always_or_never_clean_is_refused)
{
    char *table = read_table("everyday");
    char *never = changed(table, "class\tclean\t90\n", "class\tclean\t0\n");
    pole_channel *channel = NULL;
    pole_error error;
    ck_assert_int_eq(pole_channel_read(span_of(never), span_of(""), NULL, &channel, &error),
                     POLE_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(error.message, "clean share"));
    ck_assert_int_eq(pole_channel_read(span_of(""), span_of(""), NULL, &channel, &error),
                     POLE_BAD_INPUT);
    free(table);
    free(never);
}
END_TEST

START_TEST(wrong_calls_are_refused)
{
    const pole_span nothing = {NULL, 3};
    pole_channel *channel = NULL;
    pole_channel_info info = {.struct_size = sizeof info, .clean = 7};
    pole_error error;
    ck_assert_int_eq(pole_channel_named(span_of("heavy"), NULL, NULL), POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_channel_named(nothing, NULL, &channel), POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_channel_read(nothing, span_of(""), NULL, &channel, &error),
                     POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_channel_read(span_of(""), nothing, NULL, &channel, NULL),
                     POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_channel_read(span_of(""), span_of(""), NULL, NULL, NULL),
                     POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_channel_info_get(NULL, &info), POLE_INVALID_ARGUMENT);
    ck_assert_double_eq(info.clean, 0);
    info.struct_size = 0;
    ck_assert_int_eq(pole_channel_info_get(NULL, &info), POLE_INVALID_ARGUMENT);
    pole_channel_free(NULL);
}
END_TEST

START_TEST(every_failure_of_memory_is_told_and_leaves_nothing)
{
    char *table = read_table("everyday");
    for (int named = 0; named < 2; named++)
        for (size_t fail_at = 1;; fail_at++) {
            test_memory memory;
            pole_channel *channel = NULL;
            test_memory_init(&memory, fail_at);
            const pole_status status =
                named ? pole_channel_named(span_of("heavy"), &memory.allocator, &channel)
                      : pole_channel_read(span_of(table), span_of("mine"), &memory.allocator,
                                          &channel, NULL);
            if (status == POLE_OK) {
                ck_assert_uint_gt(fail_at, 1);
                pole_channel_free(channel);
                ck_assert_uint_eq(memory.live, 0);
                break;
            }
            ck_assert_int_eq(status, POLE_NO_MEMORY);
            ck_assert_ptr_null(channel);
            ck_assert_uint_eq(memory.live, 0);
        }
    free(table);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("channel");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, the_channels_by_name_are_those_of_the_tables, 0, 2);
    tcase_add_test(all, another_name_is_not_found);
    tcase_add_test(all, the_id_is_of_the_figures_alone);
    tcase_add_loop_test(all, a_mistake_in_the_table_is_told_with_its_line, 0,
                        (int)(sizeof mistakes / sizeof *mistakes));
    tcase_add_loop_test(all, a_table_that_lacks_a_row_is_refused, 0, 3);
    tcase_add_test(all, a_channel_that_is_always_or_never_clean_is_refused);
    tcase_add_test(all, wrong_calls_are_refused);
    tcase_add_test(all, every_failure_of_memory_is_told_and_leaves_nothing);
    suite_add_tcase(suite, all);
    return test_main(suite);
}
