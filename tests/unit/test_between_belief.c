/* SPDX-License-Identifier: MIT
 * What is believed of two codes that contradict each other. A wrong correction sends a car to a
 * third place with two codes to vouch for it; so each share is worked out again over every pole:
 * the channel told literally, PROJ's distances, and the model of docs/resolving.md. */
#include <check.h>
#include <geodesic.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <polelookup/polelookup.h>

#include "support/build_run.h"
#include "support/channel_oracle.h"
#include "support/test_main.h"
#include "support/test_random.h"

#define STREETS 9
#define POLES_OF_STREET 8
#define POLES (STREETS * POLES_OF_STREET)
#define SIGHT_M 150.0
#define SIGHT_WRONG 0.05
#define NEXT 0.5 /* how often the other one is the next pole of its side */
#define DISTRUST 0.08
#define LISTED 1e-4

typedef struct {
    pole_index *index;
    char codes[POLES][8];
    pole_point at[POLES];
    double distance_m[POLES][POLES];
    unsigned around[POLES]; /* how many others are in sight */
} small_table;

static int by_code(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Streets whose first five digits differ in one place from one another's, each somewhere within a
 * kilometre: many poles in sight of another street's, many one digit from a far one. */
static void make_table(small_table *table, test_random *random)
{
    static const char *const streets[STREETS] = {"23345", "23346", "23355", "73345", "23945",
                                                 "23344", "32345", "29345", "88120"};
    char text[POLES * 48] = "code,lat,lon\n";
    build_run run;
    struct geod_geodesic earth;
    for (unsigned i = 0; i < POLES; i++)
        snprintf(table->codes[i], sizeof table->codes[i], "%s%02u", streets[i / POLES_OF_STREET],
                 2 + 2 * (i % POLES_OF_STREET) + (unsigned)test_random_below(random, 2));
    qsort(table->codes, POLES, sizeof table->codes[0], by_code);
    double lat = 0, lon = 0;
    for (unsigned i = 0; i < POLES; i++) {
        if (i % POLES_OF_STREET == 0) {
            lat = 45.75 + 0.01 * test_random_unit(random);
            lon = 126.6 + 0.012 * test_random_unit(random);
        }
        lat += 0.0003;
        snprintf(text + strlen(text), 48, "%s,%.7f,%.7f\n", table->codes[i], lat, lon);
    }
    build_run_init(&run);
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv", text);
    build_run_finish(&run);
    table->index = build_run_open(&run);
    build_run_end(&run);
    geod_init(&earth, 6378137.0, 1 / 298.257223563);
    for (pole_row row = 0; row < POLES; row++)
        ck_assert_int_eq(pole_index_point(table->index, row, table->at + row), POLE_OK);
    for (unsigned i = 0; i < POLES; i++) {
        table->around[i] = 0;
        for (unsigned k = 0; k < POLES; k++) {
            double course_deg, back_deg;
            geod_inverse(&earth, table->at[i].lat_deg, table->at[i].lon_deg, table->at[k].lat_deg,
                         table->at[k].lon_deg, &table->distance_m[i][k], &course_deg, &back_deg);
            table->around[i] += i != k && table->distance_m[i][k] <= SIGHT_M;
        }
    }
}

/* ---- The channel, told literally ---- */

typedef struct {
    const char *heard;
    double chance;
    bool any_digits; /* the same places unreadable, whatever the digits */
} observed;

static void add_observed(void *context, const char *text, int which, double probability)
{
    observed *seen = context;
    size_t i = 0;
    (void)which;
    for (; text[i] && seen->heard[i]; i++)
        if (seen->any_digits ? (text[i] == '?') != (seen->heard[i] == '?')
                             : text[i] != seen->heard[i])
            return;
    if (text[i] == seen->heard[i])
        seen->chance += probability;
}

static double chance_of(const oracle_channel *channel, const char *code, const char *heard)
{
    observed seen = {heard, 0, false};
    oracle_emit(channel, code, add_observed, &seen);
    return seen.chance;
}

/* Of what was heard if no pole was meant: docs/channel.md, both kinds. */
static double chance_of_none(const small_table *table, const oracle_channel *channel,
                             const char *heard)
{
    observed shape = {heard, 0, true};
    double readable = 1;
    if (channel->none_is_unlisted) {
        bool listed = strlen(heard) != 7 || strchr(heard, '?');
        for (unsigned i = 0; i < POLES; i++)
            listed = listed || strcmp(table->codes[i], heard) == 0;
        return listed ? 0 : channel->weight[ORACLE_NONE] / (1e7 - POLES);
    }
    oracle_emit(channel, "1732050", add_observed, &shape);
    for (const char *c = heard; *c; c++)
        readable *= *c == '?' ? 1 : 10;
    return channel->weight[ORACLE_NONE] * shape.chance / (1 - channel->weight[ORACLE_NONE]) /
           readable;
}

/* How likely the other code is if pole i was meant: that of the next poles of its side in sight
 * (the same five digits, odd or even alike), and that of any in sight. */
static double chance_beside(const small_table *table, const double second[POLES], unsigned i)
{
    double next = 0, any = 0;
    unsigned nexts = 0;
    for (int step = -1; step <= 1; step += 2)
        for (unsigned k = i + step; k < POLES && strncmp(table->codes[k], table->codes[i], 5) == 0;
             k += step)
            if ((table->codes[k][6] - table->codes[i][6]) % 2 == 0) {
                next += table->distance_m[i][k] <= SIGHT_M ? second[k] : 0;
                nexts += table->distance_m[i][k] <= SIGHT_M;
                break;
            }
    for (unsigned k = 0; k < POLES; k++)
        any += i != k && table->distance_m[i][k] <= SIGHT_M ? second[k] : 0;
    any = table->around[i] > 0 ? any / table->around[i] : 0;
    return nexts == 0 ? any : NEXT * next / nexts + (1 - NEXT) * any;
}

/* What one code is believed to be, with the other in sight: of every pole. */
typedef struct {
    double share[POLES];
    double ratio[POLES];
} belief_of_all;

static void believe(const small_table *table, const oracle_channel *channel, const char *heard,
                    const char *also, belief_of_all *belief)
{
    double likely[POLES], second[POLES], mean = 0, sums[2] = {0, 0};
    const double none = POLES * chance_of_none(table, channel, heard);
    for (unsigned i = 0; i < POLES; i++) {
        likely[i] = chance_of(channel, table->codes[i], heard);
        second[i] = chance_of(channel, table->codes[i], also);
        mean += second[i] / POLES;
    }
    for (unsigned i = 0; i < POLES; i++) {
        const double there = chance_beside(table, second, i);
        belief->ratio[i] = mean > 0 ? SIGHT_WRONG + (1 - SIGHT_WRONG) * there / mean : 1;
        sums[0] += likely[i];
        sums[1] += likely[i] * belief->ratio[i];
    }
    for (unsigned i = 0; i < POLES; i++)
        belief->share[i] = DISTRUST * likely[i] / (sums[0] + none) +
                           (1 - DISTRUST) * likely[i] * belief->ratio[i] / (sums[1] + none);
}

/* ---- Both ---- */

typedef struct {
    pole_resolution *resolution;
    pole_heard *heard[2];
    pole_between_answer answer;
} two_poles;

static void ask(two_poles *two, const small_table *table, const char heard[2][8],
                const pole_between_options *options)
{
    pole_hear_options hearing;
    pole_hear_options_init(&hearing);
    hearing.lengths = pole_index_lengths(table->index);
    memset(two, 0, sizeof *two);
    two->answer.struct_size = sizeof two->answer;
    ck_assert_int_eq(pole_resolution_new(NULL, &two->resolution), POLE_OK);
    for (size_t i = 0; i < 2; i++) {
        const pole_text text = {span_of(heard[i]), 1.0};
        ck_assert_int_eq(pole_heard_new(NULL, &two->heard[i]), POLE_OK);
        ck_assert_int_eq(pole_hear(&text, 1, &hearing, two->heard[i]), POLE_OK);
        ck_assert_uint_eq(pole_heard_digits(two->heard[i]).size_bytes, strlen(heard[i]));
    }
    ck_assert_int_eq(pole_between(table->index, two->heard[0], two->heard[1], options,
                                  two->resolution, &two->answer),
                     POLE_OK);
}

static void end(two_poles *two)
{
    pole_resolution_free(two->resolution);
    pole_heard_free(two->heard[0]);
    pole_heard_free(two->heard[1]);
}

static pole_candidate candidate_of(const two_poles *two, int32_t i, pole_row *row)
{
    pole_candidate told = {.struct_size = sizeof told};
    pole_record pole = {.struct_size = sizeof pole};
    ck_assert_int_eq(pole_resolution_candidate(two->resolution, (size_t)i, &told, &pole), POLE_OK);
    *row = pole.row;
    return told;
}

static int row_of(const small_table *table, const char *code)
{
    for (int i = 0; i < POLES; i++)
        if (strcmp(table->codes[i], code) == 0)
            return i;
    return -1;
}

/* The next likeliest correction, after all of at least `below` that were told; its share. */
static double next_correction(const small_table *table, const belief_of_all beliefs[2],
                              const char heard[2][8], bool taken[2][POLES])
{
    double most = 0;
    for (unsigned q = 0; q < 2; q++)
        for (unsigned i = 0; i < POLES; i++)
            if (!taken[q][i] && beliefs[q].ratio[i] > 1 && beliefs[q].share[i] > most &&
                beliefs[q].share[i] >= LISTED && strcmp(table->codes[i], heard[q]) != 0)
                most = beliefs[q].share[i];
    return most;
}

/* The edits, applied to what was heard, give the code that is meant. */
static void check_edits(const pole_candidate *told, const char *heard, const char *meant)
{
    char text[16] = "";
    size_t used = 0, from = 0;
    for (size_t i = 0; i < told->edit_count; i++) {
        const pole_edit *edit = told->edits + i;
        while (edit->kind != POLE_EDIT_OMISSION && from + 1 < edit->heard_position)
            text[used++] = heard[from++];
        while (edit->kind == POLE_EDIT_OMISSION && used + 1 < edit->position)
            text[used++] = heard[from++];
        memcpy(text + used, edit->meant, strlen(edit->meant));
        used += edit->kind == POLE_EDIT_INSERTION ? 0 : strlen(edit->meant);
        from += edit->kind == POLE_EDIT_UNKNOWN ? 1 : strlen(edit->heard);
    }
    strcpy(text + used, heard + from);
    ck_assert_msg(strcmp(text, meant) == 0, "%s, edited: %s, not %s", heard, text, meant);
}

static unsigned check_corrections(const two_poles *two, const small_table *table,
                                  const belief_of_all beliefs[2], const char heard[2][8])
{
    const pole_between_answer *answer = &two->answer;
    bool taken[2][POLES] = {{false}};
    for (uint32_t i = 0; i < answer->correction_count; i++) {
        const pole_between_correction *one = answer->corrections + i;
        const double wanted = next_correction(table, beliefs, heard, taken);
        pole_row row;
        const pole_candidate told = candidate_of(two, one->candidate, &row);
        const int other = row_of(table, heard[1 - one->query]);
        ck_assert_double_eq_tol(told.confidence, wanted, 1e-9);
        ck_assert_double_eq_tol(told.confidence, beliefs[one->query].share[row], 1e-9);
        ck_assert(!taken[one->query][row]);
        taken[one->query][row] = true;
        ck_assert(other < 0 ? isnan(one->distance_m)
                            : fabs(one->distance_m - table->distance_m[row][other]) < 1e-5);
        ck_assert_uint_gt(told.edit_count, 0);
        if (told.edits[0].kind != POLE_EDIT_DOUBLING)
            check_edits(&told, heard[one->query], table->codes[row]);
    }
    for (uint32_t i = answer->correction_count; i < POLE_BETWEEN_CORRECTIONS; i++) {
        ck_assert_int_eq(answer->corrections[i].candidate, -1);
        ck_assert_double_eq(next_correction(table, beliefs, heard, taken), 0);
    }
    return answer->correction_count;
}

/* No pole's, and of a street of the table: it may be told as a place between two poles. */
static bool is_missing(const small_table *table, const char *code)
{
    bool street = false;
    for (unsigned i = 0; i < POLES; i++)
        street = street || strncmp(table->codes[i], code, 5) == 0;
    return street && row_of(table, code) < 0;
}

/* A code of the table; one that was misheard, which may be another's; one in part unreadable. */
static void some_code(const small_table *table, test_random *random, unsigned how, char code[8])
{
    do {
        strcpy(code, table->codes[test_random_below(random, POLES)]);
        if (how == 1)
            code[test_random_below(random, 5)] = (char)('0' + test_random_below(random, 10));
        else if (how == 2)
            code[1 + test_random_below(random, 4)] = '?'; /* at an end it may be punctuation */
    } while (how == 1 && is_missing(table, code));
}

static const struct {
    const char *name, *file;
    double clean;
} channels[] = {{NULL, "everyday", 0}, {"heavy", "heavy", 0}, {NULL, "everyday", 0.6}};

START_TEST(each_share_is_that_of_every_pole_weighed_by_hand)
{
    test_random random = test_random_begin("between belief", 20081108 + (uint64_t)_i);
    char path[256];
    oracle_channel oracle;
    small_table table;
    pole_between_options options;
    pole_channel *channel = NULL;
    unsigned relations[5] = {0}, corrections = 0, second_rivals = 0;
    snprintf(path, sizeof path, TEST_SOURCE_DIR "/data/channel/%s.tsv", channels[_i].file);
    ck_assert_int_eq(oracle_channel_read(&oracle, path, ""), 0);
    if (channels[_i].clean > 0)
        oracle_channel_set_clean(&oracle, channels[_i].clean);
    pole_between_options_init(&options);
    if (channels[_i].name)
        ck_assert_int_eq(pole_channel_named(span_of(channels[_i].name), NULL, &channel), POLE_OK);
    options.channel = channel;
    options.clean = channels[_i].clean;
    make_table(&table, &random);
    for (unsigned n = 0; n < 180; n++) {
        char heard[2][8];
        belief_of_all beliefs[2];
        two_poles two;
        some_code(&table, &random, n % 3, heard[0]);
        some_code(&table, &random, n / 3 % 3, heard[1]);
        if (n % 18 == 0) /* two that stand together */
            strcpy(heard[1], table.codes[(unsigned)row_of(&table, heard[0]) ^ 1]);
        ask(&two, &table, heard, &options);
        for (unsigned q = 0; q < 2; q++) {
            const int named = row_of(&table, heard[q]);
            pole_row row;
            believe(&table, &oracle, heard[q], heard[1 - q], beliefs + q);
            ck_assert_int_eq(two.answer.pole[q] >= 0, named >= 0);
            if (named < 0)
                continue;
            const pole_candidate told = candidate_of(&two, two.answer.pole[q], &row);
            ck_assert_uint_eq(row, (unsigned)named);
            if (two.answer.relation == POLE_RELATION_SAME)
                ck_assert(isnan(told.confidence));
            else
                ck_assert_double_eq_tol(told.confidence, beliefs[q].share[named], 1e-9);
        }
        relations[two.answer.relation]++;
        if (two.answer.relation == POLE_RELATION_APART ||
            two.answer.relation == POLE_RELATION_UNKNOWN) {
            const unsigned count = check_corrections(&two, &table, beliefs, heard);
            corrections += count > 0;
            second_rivals += count > 1;
        } else {
            ck_assert_uint_eq(two.answer.correction_count, 0);
        }
        end(&two);
    }
    printf("%u unknown, %u same, %u in sight, %u apart; %u corrected, %u with a second one\n",
           relations[0], relations[1], relations[2] + relations[3], relations[4], corrections,
           second_rivals);
    ck_assert(relations[0] > 5 && relations[2] + relations[3] > 5 && relations[4] > 5 &&
              corrections > 20 && second_rivals > 5);
    pole_channel_free(channel);
    pole_index_close(table.index);
}
END_TEST

/* Equal shares for all at one digit would offer the nearest; the ear offers another. */
START_TEST(the_likelier_mishearing_is_offered_before_the_nearer_pole)
{
    small_table table;
    two_poles two;
    build_run run;
    pole_row row;
    build_run_init(&run);
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv",
                  "code,lat,lon\n2334504,45.75000,126.60000\n"
                  "1234599,45.75027,126.60000\n" /* 30 m: an 8 misread as a 1 */
                  "7834599,45.75080,126.60000\n" /* 89 m: a 7 misheard as a 1 */
                  "1834599,45.79000,126.60000\n");
    build_run_finish(&run);
    table.index = build_run_open(&run);
    build_run_end(&run);
    ask(&two, &table, (const char[2][8]){"1834599", "2334504"}, NULL);
    ck_assert_int_eq(two.answer.relation, POLE_RELATION_APART);
    ck_assert_uint_eq(two.answer.correction_count, 2);
    candidate_of(&two, two.answer.corrections[0].candidate, &row);
    ck_assert_double_eq_tol(two.answer.corrections[0].distance_m, 89, 1);
    ck_assert_double_eq_tol(two.answer.corrections[1].distance_m, 30, 1);
    ck_assert_int_eq(two.answer.corrections[0].query, 0);
    end(&two);
    pole_index_close(table.index);
}
END_TEST

START_TEST(a_channel_that_is_not_sound_is_refused)
{
    test_random random = test_random_begin("between belief", 5);
    small_table table;
    two_poles two;
    pole_between_options options;
    make_table(&table, &random);
    ask(&two, &table, (const char[2][8]){"2334502", "8812004"}, NULL);
    pole_between_options_init(&options);
    options.clean = 1.5;
    ck_assert_int_eq(pole_between(table.index, two.heard[0], two.heard[1], &options, two.resolution,
                                  &two.answer),
                     POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(two.answer.relation, POLE_RELATION_UNKNOWN);
    options.clean = 0;
    options.caller_language = 9;
    ck_assert_int_eq(pole_between(table.index, two.heard[0], two.heard[1], &options, two.resolution,
                                  &two.answer),
                     POLE_INVALID_ARGUMENT);
    end(&two);
    pole_index_close(table.index);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("between belief");
    TCase *cases = tcase_create("between belief");
    tcase_set_timeout(cases, 120);
    tcase_add_loop_test(cases, each_share_is_that_of_every_pole_weighed_by_hand, 0, 3);
    tcase_add_test(cases, the_likelier_mishearing_is_offered_before_the_nearer_pole);
    tcase_add_test(cases, a_channel_that_is_not_sound_is_refused);
    suite_add_tcase(suite, cases);
    return test_main(suite);
}
