/* SPDX-License-Identifier: MIT
 * One index, many threads: each asks everything that can be asked, in an order of its own, and
 * must be told what a single thread was told, while others take hold of the index and let it go.
 * The last one to let go frees it. Meant for ThreadSanitizer (preset tsan); without it the answers
 * are compared all the same. */
#include <check.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/small_city.h"
#include "support/test_main.h"
#include "support/test_random.h"

#define ASKING 6
#define HOLDING 2
#define QUESTIONS 240
#define STREETS 40
#define POLES_A_STREET 60

/* Memory that counts itself, from any thread. */
static atomic_int live_blocks;

static void *take(void *context, size_t size)
{
    (void)context;
    void *block = malloc(size);
    if (block)
        atomic_fetch_add(&live_blocks, 1);
    return block;
}

static void *change(void *context, void *block, size_t size)
{
    return block ? realloc(block, size) : take(context, size);
}

static void give_back(void *context, void *block)
{
    (void)context;
    if (block)
        atomic_fetch_sub(&live_blocks, 1);
    free(block);
}

static const pole_allocator counted = {NULL, take, change, give_back};

/* 2,400 poles in streets that wind, nine stations, four areas. */
static void add_street(pole_builder *builder, test_random *random, int street)
{
    double lat = 45.70 + 0.1 * test_random_unit(random);
    double lon = 126.60 + 0.1 * test_random_unit(random);
    for (int i = 0; i < POLES_A_STREET; i++) {
        char code[16], name[32];
        pole_record record = {.struct_size = sizeof record, .surveyed_days = 14000 + i};
        snprintf(code, sizeof code, "%d%02d%02d%02d", 1 + street % 2, 1 + street % 9, street, i);
        snprintf(name, sizeof name, "第%d街", street);
        lat += 0.0004 * (test_random_unit(random) - 0.3);
        lon += 0.0004 * (test_random_unit(random) - 0.3);
        record.at.lat_deg = lat;
        record.at.lon_deg = lon;
        record.street = span_of(name);
        record.state = i % 17 == 0 ? POLE_STATE_REMOVED : POLE_STATE_ACTIVE;
        ck_assert_int_eq(pole_builder_add_pole(builder, span_of(code), &record, NULL), POLE_OK);
    }
}

static void add_station(pole_builder *builder, int number)
{
    char id[8];
    pole_station station = {.struct_size = sizeof station};
    snprintf(id, sizeof id, "%d%02d", 1 + number % 2, 1 + number);
    station.id = station.name = span_of(id);
    station.at.lat_deg = 45.70 + 0.01 * number;
    station.at.lon_deg = 126.60 + 0.03 * (number % 4);
    ck_assert_int_eq(pole_builder_add_station(builder, &station, NULL), POLE_OK);
    if (number >= 4)
        return;
    const double south = 45.69 + 0.06 * (number / 2), west = 126.59 + 0.06 * (number % 2);
    const pole_point ring[] = {
        {south, west}, {south, west + 0.06}, {south + 0.06, west + 0.06}, {south + 0.06, west}};
    const size_t sizes[] = {4};
    ck_assert_int_eq(pole_builder_add_area(builder, span_of(id), ring, sizes, 1, NULL), POLE_OK);
}

static byte_block city_bytes(void)
{
    test_random random = test_random_begin("threads", 20080630);
    pole_build_options options;
    pole_builder *builder = NULL;
    byte_block block = {NULL, 0, 0};
    const pole_sink sink = byte_block_sink(&block);
    pole_build_options_init(&options);
    options.source_date_epoch_s = 1214784000;
    ck_assert_int_eq(pole_builder_new(&options, &builder, NULL), POLE_OK);
    for (int street = 0; street < STREETS; street++)
        add_street(builder, &random, street);
    for (int number = 0; number < 9; number++)
        add_station(builder, number);
    pole_error error;
    ck_assert_msg(pole_builder_finish_to(builder, &sink, NULL, &error) == POLE_OK, "%s",
                  error.message);
    pole_builder_free(builder);
    return block;
}

/* What one thread asks with; nothing of it is shared. */
typedef struct {
    pole_heard *heard;
    pole_resolution *resolution;
    pole_crs *crs;
    byte_block answer;
    bool failed;
} desk;

static bool open_desk(desk *d)
{
    memset(d, 0, sizeof *d);
    return pole_heard_new(NULL, &d->heard) == POLE_OK &&
           pole_resolution_new(NULL, &d->resolution) == POLE_OK &&
           pole_crs_new(span_of("gcj02"), NULL, NULL, &d->crs, NULL) == POLE_OK;
}

static void close_desk(desk *d)
{
    pole_heard_free(d->heard);
    pole_resolution_free(d->resolution);
    pole_crs_free(d->crs);
    byte_block_free(&d->answer);
}

static void note(desk *d, const void *bytes, size_t size)
{
    const pole_sink sink = byte_block_sink(&d->answer);
    d->failed = d->failed || sink.write(sink.context, bytes, size) != POLE_OK;
}

static void note_status(desk *d, pole_status status)
{
    note(d, &status, sizeof status);
}

static void note_json(desk *d)
{
    char text[8192];
    size_t needed = 0;
    note_status(d, pole_resolution_json(d->resolution, NULL, text, sizeof text, &needed));
    note(d, text, needed);
}

static void ask_code(const pole_index *index, desk *d, const char *text)
{
    pole_code code;
    pole_row row;
    pole_hear_options hear;
    pole_resolve_options options;
    const pole_text heard = {span_of(text), 1.0};
    const pole_columns columns = {.struct_size = sizeof columns, .rows = &row};
    note_status(d, pole_code_parse(index, heard.text, &code));
    note_status(d, pole_index_find(index, code, &row));
    note(d, &row, sizeof row);
    note_status(d, pole_index_find_texts(index, text, 7, 1, 7, POLE_ANY_SCOPE, &columns));
    note(d, &row, sizeof row);
    pole_hear_options_init(&hear);
    hear.lengths = pole_index_lengths(index);
    pole_resolve_options_init(&options);
    options.crs = d->crs;
    note_status(d, pole_hear(&heard, 1, &hear, d->heard));
    note_status(d, pole_resolve(index, d->heard, &options, d->resolution));
    note_json(d);
}

static void ask_row(const pole_index *index, desk *d, pole_row row)
{
    pole_station_hit stations[4];
    size_t needed = 0;
    note_status(d, pole_describe(index, row, NULL, d->resolution));
    note_json(d);
    note_status(d, pole_stations_of(index, row, POLE_ROLE_ALL, stations, 4, &needed));
    note(d, stations, needed * sizeof *stations);
}

static void ask_place(const pole_index *index, desk *d, pole_point at)
{
    pole_hit hits[64];
    pole_row rows[512];
    pole_station_hit stations[12];
    pole_area_edge edge;
    size_t count = 0;
    const pole_box box = {at.lat_deg - 0.004, at.lon_deg - 0.006, at.lat_deg, at.lon_deg};
    const pole_point ring[] = {
        at, {at.lat_deg + 0.01, at.lon_deg}, {at.lat_deg, at.lon_deg + 0.01}};
    const size_t sizes[] = {3};
    note_status(d, pole_nearest(index, at, 64, 1e6, hits, &count));
    note(d, hits, count * sizeof *hits);
    note_status(d, pole_within_radius(index, at, 150.0, hits, 64, &count));
    note(d, hits, (count < 64 ? count : 64) * sizeof *hits);
    note_status(d, pole_within_box(index, &box, rows, 512, &count));
    note(d, rows, (count < 512 ? count : 512) * sizeof *rows);
    note_status(d, pole_within_polygon(index, ring, sizes, 1, rows, 512, &count));
    note(d, rows, (count < 512 ? count : 512) * sizeof *rows);
    note_status(d, pole_stations_at(index, at, (pole_span){NULL, 0}, POLE_ROLE_ALL, 9, stations, 12,
                                    &count));
    note(d, stations, count * sizeof *stations);
    note_status(d, pole_area_edge_at(index, at, 5000.0, &edge));
    note(d, &edge, sizeof edge);
}

/* Question i, answered in full into d->answer. */
static void ask(const pole_index *index, desk *d, int i)
{
    char text[16];
    const pole_point at = {45.70 + 0.0004 * i, 126.60 + 0.0007 * (i * 7 % QUESTIONS)};
    const int street = i % STREETS;
    d->answer.size = 0;
    /* One in sixteen is a pole that no street has. */
    snprintf(text, sizeof text, "%d%02d%02d%02d", 1 + street % 2, 1 + street % 9, street,
             i * 7 % 64);
    ask_code(index, d, text);
    ask_row(index, d, (pole_row)(i * 10));
    ask_place(index, d, at);
    if (i % 80 == 0) {
        char info[4096];
        size_t needed = 0;
        note_status(d, pole_index_verify(index, NULL));
        note_status(d, pole_info_json(index, info, sizeof info, &needed));
        note(d, info, needed);
    }
}

static byte_block expected[QUESTIONS];

typedef struct {
    pole_index *index; /* one share of it is this thread's */
    int number;
    int wrong; /* questions answered otherwise than alone; -1: it could not ask */
} worker;

static void *ask_all(void *argument)
{
    worker *w = argument;
    desk d;
    if (!open_desk(&d)) {
        w->wrong = -1;
    } else {
        for (int step = 0; step < QUESTIONS; step++) {
            const int i = (step * 7 + w->number * 31) % QUESTIONS;
            ask(w->index, &d, i);
            w->wrong += d.failed || d.answer.size != expected[i].size ||
                        memcmp(d.answer.bytes, expected[i].bytes, d.answer.size) != 0;
        }
    }
    close_desk(&d);
    pole_index_close(w->index);
    return NULL;
}

static atomic_bool done;

static void *hold_and_let_go(void *argument)
{
    worker *w = argument;
    while (!atomic_load(&done)) {
        pole_info info = {.struct_size = sizeof info};
        pole_index_retain(w->index);
        w->wrong +=
            pole_index_info(w->index, &info) != POLE_OK || info.poles != STREETS * POLES_A_STREET;
        pole_index_close(w->index);
    }
    pole_index_close(w->index);
    return NULL;
}

static pole_index *open_city(const byte_block *bytes)
{
    pole_open_options options;
    pole_index *index = NULL;
    pole_error error;
    pole_open_options_init(&options);
    options.allocator = &counted;
    ck_assert_msg(pole_index_open_memory(bytes->bytes, bytes->size, &options, &index, &error) ==
                      POLE_OK,
                  "%s", error.message);
    return index;
}

static void answer_alone(const pole_index *index)
{
    for (int i = 0; i < QUESTIONS; i++) {
        desk d;
        ck_assert(open_desk(&d));
        ask(index, &d, i);
        ck_assert(!d.failed);
        ck_assert_uint_gt(d.answer.size, 1500);
        expected[i] = d.answer;
        d.answer = (byte_block){NULL, 0, 0};
        close_desk(&d);
    }
}

START_TEST(many_threads_are_told_what_one_is_told)
{
    worker workers[ASKING + HOLDING];
    pthread_t threads[ASKING + HOLDING];
    byte_block bytes = city_bytes();
    pole_index *index = open_city(&bytes);
    byte_block_free(&bytes);
    answer_alone(index);
    for (int i = 0; i < ASKING + HOLDING; i++) {
        pole_index_retain(index);
        workers[i] = (worker){index, i, 0};
        ck_assert_int_eq(
            pthread_create(threads + i, NULL, i < ASKING ? ask_all : hold_and_let_go, workers + i),
            0);
    }
    /* Theirs are the only shares left: whoever lets go last frees the index. */
    pole_index_close(index);
    for (int i = 0; i < ASKING; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    atomic_store(&done, true);
    for (int i = ASKING; i < ASKING + HOLDING; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    for (int i = 0; i < ASKING + HOLDING; i++)
        ck_assert_int_eq(workers[i].wrong, 0);
    ck_assert_int_eq(atomic_load(&live_blocks), 0);
    for (int i = 0; i < QUESTIONS; i++)
        byte_block_free(expected + i);
}
END_TEST

typedef struct {
    const byte_block *bytes;
    byte_block exported;
    bool failed;
} maker;

static void *open_and_export(void *argument)
{
    maker *m = argument;
    pole_index *index = NULL;
    pole_export_options options;
    const pole_sink sink = byte_block_sink(&m->exported);
    pole_export_options_init(&options);
    m->failed =
        pole_index_open_memory(m->bytes->bytes, m->bytes->size, NULL, &index, NULL) != POLE_OK ||
        pole_export(index, &options, &sink, NULL) != POLE_OK;
    pole_index_close(index);
    return NULL;
}

START_TEST(threads_with_an_index_each_do_not_meet)
{
    maker makers[4];
    pthread_t threads[4];
    byte_block bytes = city_bytes();
    for (int i = 0; i < 4; i++) {
        makers[i] = (maker){&bytes, {NULL, 0, 0}, false};
        ck_assert_int_eq(pthread_create(threads + i, NULL, open_and_export, makers + i), 0);
    }
    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
        ck_assert(!makers[i].failed);
        ck_assert_uint_eq(makers[i].exported.size, makers[0].exported.size);
        ck_assert_mem_eq(makers[i].exported.bytes, makers[0].exported.bytes,
                         makers[0].exported.size);
    }
    for (int i = 0; i < 4; i++)
        byte_block_free(&makers[i].exported);
    byte_block_free(&bytes);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("threads");
    TCase *tests = tcase_create("threads");
    tcase_add_test(tests, many_threads_are_told_what_one_is_told);
    tcase_add_test(tests, threads_with_an_index_each_do_not_meet);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
