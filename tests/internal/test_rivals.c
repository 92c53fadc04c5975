/* SPDX-License-Identifier: MIT
 * A clean code judged by what the build stored must come out as the full resolution has it: a
 * thousand rows of a table are judged so, and nobody looks at them one by one. Every pole of a city
 * is judged both ways, for many shares heard clean; where the stored form says that it does not
 * decide, that is counted, so that a form that never decides does not pass. With the arguments
 * "sample FILE" the same on some thousand poles of the sample city. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "index/save.h"
#include "lookup/policy.h"
#include "lookup/verify.h"
#include "resolve/rivals.h"
#include "support/code_city.h"
#include "support/small_city.h"
#include "support/test_main.h"

/* Stated in lookup.h. */
#define STATED_ERROR 1e-4

static const char *sample_path;
static pole_channel everyday;

static void open_channel(void)
{
    ck_assert_int_eq(pole_channel_builtin(pole_span_of("everyday"), &everyday), POLE_OK);
}

static pole_resolve_options default_options(void)
{
    pole_resolve_options options;
    pole_resolve_options_init(&options);
    options.near_m = POLE_NEAR_M;
    options.exact_confidence = POLE_EXACT_CONFIDENCE;
    options.exact_place = POLE_EXACT_PLACE;
    return options;
}

static pole_match stored_match(const pole_index *index, pole_row row, double clean,
                               const pole_resolve_options *options, pole_doubt_told *told)
{
    pole_channel_prepared prepared;
    ck_assert_int_eq(pole_channel_prepare(&everyday, clean, POLE_LANGUAGE_ZH, &prepared), POLE_OK);
    return pole_rivals_match(index, row, &prepared, options, told);
}

/* What the columns say of one code. */
typedef struct {
    pole_row row;
    pole_match match;
    double confidence, place, far;
} column_row;

static column_row by_columns(const pole_index *index, pole_code code, double clean)
{
    column_row out;
    pole_columns columns = {.struct_size = sizeof columns,
                            .rows = &out.row,
                            .match = &out.match,
                            .confidence = &out.confidence,
                            .confidence_place = &out.place,
                            .far_share = &out.far,
                            .clean = clean};
    ck_assert_int_eq(
        pole_index_find_many(index, &code.number, 1, code.digits, code.scope, &columns), POLE_OK);
    return out;
}

/* What hears and resolves, whole. */
typedef struct {
    const pole_index *index;
    pole_heard *heard;
    pole_resolution *resolution;
    size_t judged, undecided, exact;
    double most_error;
} comparison;

static void comparison_begin(comparison *both, const pole_index *index)
{
    memset(both, 0, sizeof *both);
    both->index = index;
    ck_assert_int_eq(pole_heard_new(NULL, &both->heard), POLE_OK);
    ck_assert_int_eq(pole_resolution_new(NULL, &both->resolution), POLE_OK);
}

static void comparison_end(comparison *both)
{
    pole_heard_free(both->heard);
    pole_resolution_free(both->resolution);
}

static pole_answer resolve(comparison *both, pole_code code, double clean)
{
    char digits[POLE_MAX_DIGITS + 1];
    pole_hear_options hear;
    pole_resolve_options options;
    pole_answer answer = {.struct_size = sizeof answer};
    pole_hear_options_init(&hear);
    hear.lengths = pole_index_lengths(both->index);
    pole_digits_write(code.number, code.digits, digits);
    const pole_text text = {{digits, code.digits}, 1.0};
    ck_assert_int_eq(pole_hear(&text, 1, &hear, both->heard), POLE_OK);
    pole_resolve_options_init(&options);
    options.clean = clean;
    ck_assert_int_eq(pole_resolve(both->index, both->heard, &options, both->resolution), POLE_OK);
    ck_assert_int_eq(pole_resolution_answer(both->resolution, &answer), POLE_OK);
    return answer;
}

static void compare_figure(comparison *both, const char *what, double stored, double whole,
                           double error)
{
    const double off = fabs(stored - whole);
    if (off > both->most_error)
        both->most_error = off;
    if (!(off <= error && off <= STATED_ERROR))
        ck_abort_msg("%s: stored %.9f, resolved %.9f, told to be within %.3g", what, stored, whole,
                     error);
}

static void compare(comparison *both, pole_row row, double clean)
{
    pole_doubt_told told;
    const pole_resolve_options options = default_options();
    pole_code code = pole_index_code_of(both->index, row);
    const pole_match match = stored_match(both->index, row, clean, &options, &told);
    code.scope = POLE_ANY_SCOPE;
    const column_row columns = by_columns(both->index, code, clean);
    both->judged++;
    if (columns.row == POLE_NO_ROW) { /* of several scopes */
        if (match != POLE_MATCH_NONE || columns.match != POLE_AMBIGUOUS ||
            !isnan(columns.confidence))
            ck_abort_msg("row %u is judged, and its code is of several scopes", row);
        both->undecided++;
        return;
    }
    if (columns.match != match)
        ck_abort_msg("row %u: columns %d, stored %d", row, columns.match, match);
    if (match == POLE_MATCH_NONE) {
        if (!isnan(columns.confidence) || !isnan(columns.place) || !isnan(columns.far))
            ck_abort_msg("row %u is not judged, and has a confidence", row);
        both->undecided++;
        return;
    }
    both->exact += match == POLE_EXACT;
    const pole_answer answer = resolve(both, code, clean);
    if (answer.match != match)
        ck_abort_msg("row %u, clean %.2f: stored %d, resolved %d", row, clean, match, answer.match);
    compare_figure(both, "confidence", told.confidence, answer.confidence, told.error);
    compare_figure(both, "place", told.confidence_place, answer.confidence_place, told.error);
    compare_figure(both, "far", told.far_share, answer.far_share, told.error);
    compare_figure(both, "none", told.no_pole, answer.no_pole, told.error);
    if ((told.far_share >= POLE_CONFUSABLE_FAR) !=
        ((answer.warnings & POLE_WARN_CONFUSABLE_FAR) != 0))
        ck_abort_msg("row %u: the alarm differs", row);
    ck_assert(columns.confidence == told.confidence && columns.place == told.confidence_place &&
              columns.far == told.far_share);
}

/* Of 0: the channel's own. The least of them leaves many codes less likely than their rivals. */
static const double shares[] = {0.28, 0.6, 0.0, 0.9, 0.97, 0.999, 0.05};
static const double most_undecided[] = {0.06, 0.06, 0.06, 0.06, 0.06, 0.06, 1.0};
#define SHARES ((int)(sizeof shares / sizeof *shares))

static void compare_every(const pole_index *index, uint32_t step, int share)
{
    comparison both;
    comparison_begin(&both, index);
    for (pole_row row = 0; row < index->scheme.rows; row += step)
        compare(&both, row, shares[share]);
    printf("clean %.3f: %zu codes, %zu exact, %zu undecided, most off by %.2g\n", shares[share],
           both.judged, both.exact, both.undecided, both.most_error);
    ck_assert_uint_gt(both.judged, 2000);
    if (shares[share] == 0.6) /* both ways */
        ck_assert(both.exact > both.judged / 10 && both.exact < both.judged / 2);
    ck_assert_double_le((double)both.undecided, most_undecided[share] * (double)both.judged);
    comparison_end(&both);
}

START_TEST(stored_doubts_judge_as_the_full_resolution)
{
    const code_city_size size = {3, 3, 10, 20, 2};
    test_random random = test_random_begin("rivals_city", 23);
    pole_index *index = code_city_open(&size, &random);
    ck_assert_uint_gt(index->scheme.rows, 3000);
    compare_every(index, 1, _i);
    pole_index_close(index);
}
END_TEST

START_TEST(stored_doubts_judge_the_sample_city_as_the_full_resolution)
{
    pole_index *index = NULL;
    ck_assert_int_eq(pole_index_open(sample_path, NULL, &index, NULL), POLE_OK);
    ck_assert_ptr_nonnull(index->doubts.values);
    compare_every(index, 37, _i);
    pole_index_close(index);
}
END_TEST

START_TEST(the_channel_that_is_believed_is_that_of_this_release)
{
    /* Changed the channel "everyday"? Then POLE_DOUBT_CHANNEL must follow: indexes that rest on
     * the older one are not believed any more. */
    ck_assert_str_eq(everyday.id, POLE_DOUBT_CHANNEL);
}
END_TEST

START_TEST(codes_that_two_sums_do_not_judge_are_left_to_the_full_resolution)
{
    static const struct {
        uint32_t number;
        uint8_t digits;
        bool judged;
    } codes[] = {{1234563, 7, true},
                 {1234601, 7, true},
                 {20202, 5, true},
                 {1234567, 7, false} /* another pole's alias */,
                 {10101, 5, false} /* of two counties */};
    pole_index *index = small_city_open(0);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        const pole_code code = {codes[i].number, POLE_ANY_SCOPE, codes[i].digits, 0};
        pole_row rows[2];
        size_t count = 0;
        pole_doubt_told told;
        ck_assert_int_eq(pole_index_find_all(index, code, rows, 2, &count), POLE_OK);
        for (size_t k = 0; k < count; k++) {
            const double none = pole_doubt_none(&index->doubts, code.digits, 0.9);
            ck_assert_int_eq(pole_doubt_tell(&index->doubts, rows[k], 0.9, none, &told),
                             codes[i].judged);
        }
        ck_assert_int_eq(isnan(by_columns(index, code, 0).confidence), !codes[i].judged);
    }
    pole_index_close(index);
}
END_TEST

START_TEST(stored_doubts_are_not_used_beside_what_they_rest_on)
{
    pole_index *index = small_city_open(0);
    pole_doubt_told told;
    pole_channel heavy;
    pole_channel_prepared prepared;
    pole_resolve_options options = default_options();
    const pole_code code = {1234563, POLE_ANY_SCOPE, 7, 0};
    pole_row row;
    ck_assert_int_eq(pole_index_find(index, code, &row), POLE_OK);
    ck_assert_int_ne(stored_match(index, row, 0, &options, &told), POLE_MATCH_NONE);
    options.near_m = 201;
    ck_assert_int_eq(stored_match(index, row, 0, &options, &told), POLE_MATCH_NONE);
    options = default_options();
    ck_assert_int_eq(pole_channel_prepare(&everyday, 0, POLE_LANGUAGE_RU, &prepared), POLE_OK);
    ck_assert_int_eq(pole_rivals_match(index, row, &prepared, &options, &told), POLE_MATCH_NONE);
    ck_assert_int_eq(pole_channel_builtin(pole_span_of("heavy"), &heavy), POLE_OK);
    ck_assert_int_eq(pole_channel_prepare(&heavy, 0, POLE_LANGUAGE_ZH, &prepared), POLE_OK);
    ck_assert_int_eq(pole_rivals_match(index, row, &prepared, &options, &told), POLE_MATCH_NONE);
    /* A scope that is named is evidence. */
    pole_code scoped = code;
    scoped.scope = 0;
    ck_assert_int_eq(by_columns(index, scoped, 0).match, POLE_MATCH_NONE);
    pole_index_close(index);
}
END_TEST

START_TEST(a_result_at_a_threshold_is_left_to_the_full_resolution)
{
    pole_index *index = small_city_open(0);
    const pole_resolve_options usual = default_options();
    pole_doubt_told told, again;
    const pole_code code = {1234563, POLE_ANY_SCOPE, 7, 0};
    pole_row row;
    ck_assert_int_eq(pole_index_find(index, code, &row), POLE_OK);
    ck_assert_int_ne(stored_match(index, row, 0, &usual, &told), POLE_MATCH_NONE);
    for (int side = -1; side <= 1; side++) {
        pole_resolve_options options = usual;
        options.exact_confidence = told.confidence + side * 3 * told.error;
        options.exact_place = 0.01;
        ck_assert_int_eq(stored_match(index, row, 0, &options, &again), side < 0 ? POLE_EXACT
                                                                        : side > 0
                                                                            ? POLE_AMBIGUOUS
                                                                            : POLE_MATCH_NONE);
        options.exact_confidence = 0.01;
        options.exact_place = told.confidence_place + side * 3 * told.error;
        ck_assert_int_eq(stored_match(index, row, 0, &options, &again), side < 0 ? POLE_EXACT
                                                                        : side > 0
                                                                            ? POLE_AMBIGUOUS
                                                                            : POLE_MATCH_NONE);
    }
    pole_index_close(index);
}
END_TEST

START_TEST(what_is_not_in_the_table_is_told_as_ever)
{
    pole_index *index = small_city_open(0);
    const pole_code unknown = {7654321, POLE_ANY_SCOPE, 7, 0};
    const column_row row = by_columns(index, unknown, 0);
    ck_assert_int_eq(row.match, POLE_UNKNOWN);
    ck_assert(row.row == POLE_NO_ROW && isnan(row.confidence) && isnan(row.far));
    /* Each column is filled alone as with the others. */
    const pole_code known = {1234563, POLE_ANY_SCOPE, 7, 0};
    const column_row whole = by_columns(index, known, 0.8);
    for (int i = 0; i < 3; i++) {
        double alone = -1.0;
        const pole_columns one = {.struct_size = sizeof one,
                                  .confidence = i == 0 ? &alone : NULL,
                                  .confidence_place = i == 1 ? &alone : NULL,
                                  .far_share = i == 2 ? &alone : NULL,
                                  .clean = 0.8};
        ck_assert_int_eq(pole_index_find_many(index, &known.number, 1, 7, POLE_ANY_SCOPE, &one),
                         POLE_OK);
        ck_assert(alone == (i == 0 ? whole.confidence : i == 1 ? whole.place : whole.far));
    }
    pole_match match = 0;
    pole_columns columns = {.struct_size = sizeof columns, .match = &match};
    ck_assert_int_eq(pole_index_find_texts(index, "1234563", 7, 1, 7, POLE_ANY_SCOPE, &columns),
                     POLE_OK);
    ck_assert_int_eq(match, POLE_EXACT); /* nobody asked how sure */
    static const double bad[] = {1.0, -0.1, 2.0};
    for (size_t i = 0; i < 4; i++) {
        columns.clean = i < 3 ? bad[i] : (double)NAN;
        ck_assert_int_eq(pole_index_find_texts(index, "1234563", 7, 1, 7, POLE_ANY_SCOPE, &columns),
                         POLE_INVALID_ARGUMENT);
    }
    pole_index_close(index);
}
END_TEST

/* A city of one street. */
static pole_index *build_street(uint32_t no_doubts, byte_block *block)
{
    pole_build_options options;
    pole_builder *builder = NULL;
    pole_index *index = NULL;
    pole_build_options_init(&options);
    options.source_date_epoch_s = 0;
    options.no_doubts = no_doubts;
    ck_assert_int_eq(pole_builder_new(&options, &builder, NULL), POLE_OK);
    for (unsigned i = 1; i <= 60; i++) {
        char code[8];
        pole_record record = {.struct_size = sizeof record};
        snprintf(code, sizeof code, "12345%02u", i);
        record.at = (pole_point){45.77 + 0.0003 * i, 126.6};
        record.surveyed_days = POLE_NO_DATE;
        ck_assert_int_eq(pole_builder_add_pole(builder, span_of(code), &record, NULL), POLE_OK);
    }
    const pole_sink sink = byte_block_sink(block);
    ck_assert_int_eq(pole_builder_finish_to(builder, &sink, NULL, NULL), POLE_OK);
    pole_builder_free(builder);
    ck_assert_int_eq(pole_index_open_memory(block->bytes, block->size, NULL, &index, NULL),
                     POLE_OK);
    return index;
}

START_TEST(an_index_without_doubts_is_the_same_index)
{
    byte_block with = {NULL, 0, 0}, without = {NULL, 0, 0};
    pole_index *index = build_street(0, &with), *lean = build_street(1, &without);
    pole_info info = {.struct_size = sizeof info}, lean_info = {.struct_size = sizeof lean_info};
    ck_assert_int_eq(pole_index_info(index, &info), POLE_OK);
    ck_assert_int_eq(pole_index_info(lean, &lean_info), POLE_OK);
    ck_assert_str_eq(info.id, lean_info.id);
    ck_assert_uint_lt(without.size, with.size);
    ck_assert_int_eq(pole_index_verify(lean, NULL), POLE_OK);
    const pole_code code = {1234507, POLE_ANY_SCOPE, 7, 0};
    ck_assert_int_ne(by_columns(index, code, 0).match, POLE_MATCH_NONE);
    ck_assert_int_eq(by_columns(lean, code, 0).match, POLE_MATCH_NONE);
    ck_assert(by_columns(lean, code, 0).row == by_columns(index, code, 0).row);
    ck_assert(isnan(by_columns(lean, code, 0).confidence));
    pole_index_close(index);
    pole_index_close(lean);
    byte_block_free(&with);
    byte_block_free(&without);
}
END_TEST

/* The street's index with other doubts than its own. */
typedef struct {
    pole_index *index; /* NULL: cannot be opened */
    pole_buffer bytes;
    pole_status status;
    pole_error error;
} forged;

static void forge(const pole_index *index, const pole_doubts *head, const uint32_t *values,
                  uint32_t rows, forged *made)
{
    const pole_allocator allocator = pole_allocator_or_default(NULL);
    const pole_draft_doubts draft = {*head, values};
    pole_open_options options;
    memset(made, 0, sizeof *made);
    pole_buffer_init(&made->bytes, &allocator);
    ck_assert_int_eq(
        pole_save_with_doubts(&index->image, &draft, rows, &allocator, &made->bytes, NULL),
        POLE_OK);
    pole_open_options_init(&options);
    options.flags = POLE_OPEN_BORROWED;
    made->status = pole_index_open_memory(made->bytes.bytes, made->bytes.size, &options,
                                          &made->index, &made->error);
}

static void unforge(forged *made)
{
    pole_index_close(made->index);
    pole_buffer_free(&made->bytes);
}

START_TEST(doubts_of_another_channel_are_not_believed)
{
    byte_block block = {NULL, 0, 0};
    pole_index *index = build_street(0, &block);
    uint32_t values[60] = {0};
    pole_doubts head = index->doubts;
    forged made;
    head.channel_id[0] = head.channel_id[0] == '0' ? '1' : '0';
    forge(index, &head, values, 60, &made);
    ck_assert_int_eq(made.status, POLE_OK);
    ck_assert_ptr_null(made.index->doubts.values);
    pole_info info = {.struct_size = sizeof info};
    ck_assert_int_eq(pole_index_info(made.index, &info), POLE_OK);
    ck_assert_uint_eq(info.doubts_used, 0);
    ck_assert_uint_eq(info.doubt_channel.size_bytes, 32);
    ck_assert_mem_eq(info.doubt_channel.data, head.channel_id, 32);
    ck_assert_int_eq(pole_index_info(index, &info), POLE_OK);
    ck_assert_uint_eq(info.doubts_used, 1);
    ck_assert_mem_eq(info.doubt_channel.data, POLE_DOUBT_CHANNEL, 32);
    ck_assert_int_eq(pole_index_verify(made.index, NULL), POLE_OK);
    const pole_code code = {1234507, POLE_ANY_SCOPE, 7, 0};
    ck_assert_int_eq(by_columns(made.index, code, 0).match, POLE_MATCH_NONE);
    unforge(&made);
    pole_index_close(index);
    byte_block_free(&block);
}
END_TEST

START_TEST(verifying_works_the_doubts_out_again)
{
    byte_block block = {NULL, 0, 0};
    pole_index *index = build_street(0, &block);
    uint32_t values[60];
    forged made;
    ck_assert_int_eq(pole_index_verify(index, NULL), POLE_OK);
    for (pole_row row = 0; row < 60; row++)
        values[row] = pole_doubt_value(&index->doubts, row);
    forge(index, &index->doubts, values, 60, &made);
    ck_assert_int_eq(pole_index_verify(made.index, NULL), POLE_OK);
    ck_assert_uint_eq(made.bytes.size, block.size);
    ck_assert_mem_eq(made.bytes.bytes, block.bytes, block.size);
    unforge(&made);
    for (int fault = 0; fault < 5; fault++) {
        pole_doubts head = index->doubts;
        const uint32_t kept = values[7];
        if (fault == 0)
            values[7] += 1; /* rivals */
        else if (fault == 1)
            values[7] = kept & 0xFFFF; /* nothing is far */
        else if (fault == 2)
            values[7] = UINT32_MAX;
        else if (fault == 3)
            head.clean = 0.91;
        else
            head.listed[6] = nextafter(head.listed[6], 1.0);
        forge(index, &head, values, 60, &made);
        ck_assert_int_eq(made.status, POLE_OK);
        ck_assert_int_eq(pole_index_verify_tables(made.index, NULL), POLE_OK);
        ck_assert_msg(pole_index_verify(made.index, &made.error) == POLE_DAMAGED, "fault %d",
                      fault);
        if (fault < 3)
            ck_assert_msg(strstr(made.error.message, "1234508") != NULL, "%s", made.error.message);
        unforge(&made);
        values[7] = kept;
    }
    pole_index_close(index);
    byte_block_free(&block);
}
END_TEST

START_TEST(doubts_that_cannot_be_are_damage)
{
    byte_block block = {NULL, 0, 0};
    pole_index *index = build_street(0, &block);
    uint32_t values[61] = {0};
    for (int fault = 0; fault < 13; fault++) {
        pole_doubts head = index->doubts;
        forged made;
        uint32_t rows = 60;
        values[59] = 0;
        switch (fault) {
        case 0:
            values[59] = 2 << 16 | 1;
            break;
        case 1:
            values[59] = 7 << 16 | POLE_DOUBT_UNTOLD;
            break;
        case 2:
            rows = 61;
            break;
        case 3:
            rows = 59;
            break;
        case 4:
            head.clean = 1.0;
            break;
        case 5:
            head.clean = (double)NAN;
            break;
        case 6:
            head.none = 1.0;
            break;
        case 7:
            head.none = -0.5;
            break;
        case 8:
            head.near_m = 0.0;
            break;
        case 9:
            head.near_m = (double)INFINITY;
            break;
        case 10:
            head.listed[0] = (double)NAN;
            break;
        case 11:
            head.unlisted[8] = -1.0;
            break;
        default:
            head.channel_id[31] = 'G';
            break;
        }
        forge(index, &head, values, rows, &made);
        ck_assert_msg(made.status == POLE_DAMAGED, "fault %d", fault);
        ck_assert_ptr_nonnull(strstr(made.error.message, "section doubt"));
        unforge(&made);
    }
    pole_index_close(index);
    byte_block_free(&block);
}
END_TEST

START_TEST(every_sum_is_stored_as_the_part_next_to_it)
{
    test_random random = test_random_begin("rivals_parts", 5);
    ck_assert_uint_eq(pole_doubt_part(0.0), 0);
    ck_assert_uint_eq(pole_doubt_part(1.0), 32768);
    ck_assert_uint_eq(pole_doubt_part(1e5), POLE_DOUBT_UNTOLD);
    ck_assert_uint_eq(pole_doubt_part((double)INFINITY), POLE_DOUBT_UNTOLD);
    ck_assert_uint_eq(pole_doubt_part((double)NAN), POLE_DOUBT_UNTOLD);
    ck_assert_uint_eq(pole_doubt_part(-1.0), POLE_DOUBT_UNTOLD);
    for (int i = 0; i < 100000; i++) {
        const double sum = exp(25 * (test_random_unit(&random) - 0.7));
        const uint32_t part = pole_doubt_part(sum);
        if (part != POLE_DOUBT_UNTOLD && fabs(part / 65536.0 - sum / (1 + sum)) > 0.5000001 / 65536)
            ck_abort_msg("%.17g is stored as %u", sum, part);
    }
}
END_TEST

int main(int argc, char **argv)
{
    Suite *suite = suite_create("rivals");
    TCase *all = tcase_create("all");
    tcase_add_unchecked_fixture(all, open_channel, NULL);
    if (argc > 2 && strcmp(argv[1], "sample") == 0) {
        sample_path = argv[2];
        tcase_add_loop_test(all, stored_doubts_judge_the_sample_city_as_the_full_resolution, 0,
                            SHARES);
    } else {
        tcase_add_loop_test(all, stored_doubts_judge_as_the_full_resolution, 0, SHARES);
        tcase_add_test(all, the_channel_that_is_believed_is_that_of_this_release);
        tcase_add_test(all, codes_that_two_sums_do_not_judge_are_left_to_the_full_resolution);
        tcase_add_test(all, stored_doubts_are_not_used_beside_what_they_rest_on);
        tcase_add_test(all, a_result_at_a_threshold_is_left_to_the_full_resolution);
        tcase_add_test(all, what_is_not_in_the_table_is_told_as_ever);
        tcase_add_test(all, an_index_without_doubts_is_the_same_index);
        tcase_add_test(all, doubts_of_another_channel_are_not_believed);
        tcase_add_test(all, verifying_works_the_doubts_out_again);
        tcase_add_test(all, doubts_that_cannot_be_are_damage);
        tcase_add_test(all, every_sum_is_stored_as_the_part_next_to_it);
    }
    tcase_set_timeout(all, 1200);
    suite_add_tcase(suite, all);
    return test_main(suite);
}
