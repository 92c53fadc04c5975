/* SPDX-License-Identifier: MIT
 *
 * The calls of bench.mjs in C, for comparison: the same codes, the same columns. One line for each,
 * "name ns-a-row", the best of several rounds.
 * usage: bench INDEX CODES ROUNDS, CODES a file of seven digits a line */
#define _POSIX_C_SOURCE 200809L
#include <polelookup/polelookup.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DIGITS 7
#define STRIDE 8

static double now_ns(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e9 + (double)at.tv_nsec;
}

struct batch {
    pole_index *index;
    char *texts;
    uint32_t *numbers;
    size_t count;
    pole_columns columns;
};

static bool read_codes(const char *path, struct batch *batch)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        return false;
    }
    long size = ftell(file);
    batch->count = size > 0 ? (size_t)size / STRIDE : 0;
    rewind(file);
    batch->texts = malloc((size_t)size + 1);
    batch->numbers = malloc((batch->count + 1) * sizeof(*batch->numbers));
    bool read = batch->texts != NULL && batch->numbers != NULL &&
                fread(batch->texts, STRIDE, batch->count, file) == batch->count;
    fclose(file);
    for (size_t i = 0; read && i < batch->count; i++) {
        uint32_t number = 0;
        for (size_t k = 0; k < DIGITS; k++) {
            number = number * 10 + (uint32_t)(batch->texts[i * STRIDE + k] - '0');
        }
        batch->numbers[i] = number;
    }
    return read;
}

static void make_columns(pole_columns *columns, size_t count, bool judge)
{
    memset(columns, 0, sizeof(*columns));
    columns->struct_size = sizeof(*columns);
    columns->rows = calloc(count, sizeof(pole_row));
    columns->match = calloc(count, sizeof(pole_match));
    columns->lat_deg = calloc(count, sizeof(double));
    columns->lon_deg = calloc(count, sizeof(double));
    columns->stations = calloc(count, sizeof(pole_station_number));
    if (judge) {
        columns->confidence = calloc(count, sizeof(double));
        columns->confidence_place = calloc(count, sizeof(double));
        columns->far_share = calloc(count, sizeof(double));
    }
}

static void single(const struct batch *batch)
{
    double sum = 0;
    for (size_t i = 0; i < batch->count; i++) {
        pole_code code;
        pole_row row;
        pole_point at;
        pole_span text = {batch->texts + i * STRIDE, DIGITS};
        if (pole_code_parse(batch->index, text, &code) == POLE_OK &&
            pole_index_find(batch->index, code, &row) == POLE_OK &&
            pole_index_point(batch->index, row, &at) == POLE_OK) {
            sum += at.lat_deg;
        }
    }
    if (sum < 0) {
        puts("never: it keeps the loop");
    }
}

static void numbers(const struct batch *batch)
{
    pole_index_find_many(batch->index, batch->numbers, batch->count, DIGITS, POLE_ANY_SCOPE,
                         &batch->columns);
}

static void texts(const struct batch *batch)
{
    pole_index_find_texts(batch->index, batch->texts, STRIDE, batch->count, DIGITS, POLE_ANY_SCOPE,
                          &batch->columns);
}

static void resolve(const struct batch *batch)
{
    pole_heard *heard = NULL;
    pole_resolution *resolution = NULL;
    if (pole_heard_new(NULL, &heard) == POLE_OK &&
        pole_resolution_new(NULL, &resolution) == POLE_OK) {
        for (size_t i = 0; i < 1000; i++) {
            pole_text text = {{batch->texts + i % batch->count * STRIDE, DIGITS}, 1};
            pole_hear(&text, 1, NULL, heard);
            pole_resolve(batch->index, heard, NULL, resolution);
        }
    }
    pole_heard_free(heard);
    pole_resolution_free(resolution);
}

static void measure(const char *name, void (*call)(const struct batch *), const struct batch *batch,
                    size_t rows, long rounds)
{
    double best = 1e300;
    for (long round = 0; round < rounds; round++) {
        double begin = now_ns();
        call(batch);
        double taken = now_ns() - begin;
        best = taken < best ? taken : best;
    }
    printf("%s %.1f\n", name, best / (double)rows);
}

int main(int argc, char **argv)
{
    struct batch batch = {0};
    if (argc != 4 || pole_index_open(argv[1], NULL, &batch.index, NULL) != POLE_OK ||
        !read_codes(argv[2], &batch) || batch.count == 0) {
        fputs("usage: bench INDEX CODES ROUNDS\n", stderr);
        return 2;
    }
    long rounds = strtol(argv[3], NULL, 10);
    measure("single", single, &batch, batch.count, rounds);
    make_columns(&batch.columns, batch.count, false);
    measure("numbers", numbers, &batch, batch.count, rounds);
    measure("texts", texts, &batch, batch.count, rounds);
    make_columns(&batch.columns, batch.count, true);
    measure("numbers-judged", numbers, &batch, batch.count, rounds);
    measure("texts-judged", texts, &batch, batch.count, rounds);
    measure("resolve", resolve, &batch, 1000, rounds);
    pole_index_close(batch.index);
    return 0;
}
