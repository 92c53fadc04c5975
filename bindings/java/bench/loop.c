/* SPDX-License-Identifier: MIT
 *
 * The same lookups by the C library alone, for Bench.java to be compared with: loop INDEX ROWS.
 * Prints a name and nanoseconds a row in each line; the best of several runs. */
#include <polelookup/polelookup.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define RUNS 7

static double now_ns(void)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e9 + (double)at.tv_nsec;
}

/* As Bench.java: half of them are poles, half are any numbers. */
static uint32_t *numbers_of(const pole_index *index, size_t count)
{
    uint32_t *numbers = malloc(count * sizeof(*numbers));
    pole_info info = {.struct_size = sizeof(info)};
    uint64_t state = 20081;

    pole_index_info(index, &info);
    for (size_t i = 0; i < count && numbers; i++) {
        pole_record record = {.struct_size = sizeof(record)};

        state = state * 6364136223846793005u + 1442695040888963407u;
        uint32_t random = (uint32_t)(state >> 33);

        pole_index_record(index, random % info.poles, &record);
        numbers[i] = i % 2 ? record.code.number : random % 10000000;
    }
    return numbers;
}

typedef struct {
    const pole_index *index;
    const uint32_t *numbers;
    const char *texts;
    size_t count;
    pole_columns columns;
} work;

static double batch(const work *w, int texts)
{
    double best = 1e300;

    for (int run = 0; run < RUNS; run++) {
        double start = now_ns();

        if (texts)
            pole_index_find_texts(w->index, w->texts, 7, w->count, 7, POLE_ANY_SCOPE, &w->columns);
        else
            pole_index_find_many(w->index, w->numbers, w->count, 7, POLE_ANY_SCOPE, &w->columns);
        double took = (now_ns() - start) / (double)w->count;

        best = took < best ? took : best;
    }
    return best;
}

/* Codes asked one by one: few, as in a service's day, so that memory is not what is measured. */
#define FEW 2000

static double single(const work *w)
{
    double best = 1e300, sum = 0;

    for (int run = 0; run < RUNS * 20; run++) {
        size_t found = 0;
        double start = now_ns();

        for (size_t i = 1; i < w->count && found < FEW; i += 2, found++) {
            pole_code code = {w->numbers[i], POLE_ANY_SCOPE, 7, 0};
            pole_record record = {.struct_size = sizeof(record)};
            pole_row row;

            if (!pole_index_find(w->index, code, &row) &&
                !pole_index_record(w->index, row, &record))
                sum += record.at.lat_deg + (double)record.street.size_bytes;
        }
        double took = (now_ns() - start) / (double)found;

        best = took < best ? took : best;
    }
    return sum > 0 ? best : 0;
}

static double resolving(const work *w)
{
    double best = 1e300;
    pole_heard *heard;
    pole_resolution *resolution;

    if (pole_heard_new(NULL, &heard) || pole_resolution_new(NULL, &resolution))
        return 0;
    for (int run = 0; run < RUNS; run++) {
        size_t found = 0;
        double start = now_ns();

        for (size_t i = 1; i < w->count && found < FEW; i += 2, found++) {
            pole_text text = {{w->texts + i * 7, 7}, 1};
            pole_hear_options options;
            static char json[65536];
            size_t needed;

            pole_hear_options_init(&options);
            pole_hear(&text, 1, &options, heard);
            pole_resolve(w->index, heard, NULL, resolution);
            pole_resolution_json(resolution, NULL, json, sizeof(json), &needed);
        }
        double took = (now_ns() - start) / (double)found;

        best = took < best ? took : best;
    }
    pole_heard_free(heard);
    pole_resolution_free(resolution);
    return best;
}

int main(int argc, char **argv)
{
    pole_index *index;
    work w = {0};

    if (argc != 3 || pole_index_open(argv[1], NULL, &index, NULL))
        return 1;
    w.index = index;
    w.count = (size_t)strtoul(argv[2], NULL, 10);
    w.numbers = numbers_of(index, w.count);
    char *texts = malloc(w.count * 7 + 1);

    for (size_t i = 0; i < w.count; i++)
        snprintf(texts + i * 7, 8, "%07u", w.numbers[i]);
    w.texts = texts;
    w.columns = (pole_columns){.struct_size = sizeof(pole_columns)};
    w.columns.rows = calloc(w.count, 4);
    w.columns.match = calloc(w.count, 4);
    w.columns.lat_deg = calloc(w.count, 8);
    w.columns.lon_deg = calloc(w.count, 8);
    w.columns.stations = calloc(w.count, 4);
    printf("single %.2f\n", single(&w));
    printf("resolve %.2f\n", resolving(&w));
    printf("numbers %.2f\n", batch(&w, 0));
    printf("texts %.2f\n", batch(&w, 1));
    w.columns.confidence = calloc(w.count, 8);
    w.columns.confidence_place = calloc(w.count, 8);
    w.columns.far_share = calloc(w.count, 8);
    printf("judged %.2f\n", batch(&w, 0));
    pole_index_close(index);
    return 0;
}
