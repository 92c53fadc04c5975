/* SPDX-License-Identifier: MIT
 *
 * The calls of Bench.cs from C, in the same order and form. */
#include <polelookup/polelookup.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROWS = 1000000, ROUNDS = 7 };

static double now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void tell(const char *what, const double *round_ns, double count)
{
    double best = round_ns[0];
    for (int i = 1; i < ROUNDS; i++)
        best = round_ns[i] < best ? round_ns[i] : best;
    printf("  %-28s %10.1f ns\n", what, best / count);
}

int main(int argc, char **argv)
{
    pole_index *index = NULL;
    pole_error error;
    if (argc != 2 || pole_index_open(argv[1], NULL, &index, &error) != POLE_OK)
        return 4;
    pole_info info = {.struct_size = sizeof info};
    pole_index_info(index, &info);
    uint32_t *numbers = malloc(ROWS * sizeof *numbers), *rows = malloc(ROWS * sizeof *rows);
    double *lat = malloc(ROWS * sizeof *lat), *lon = malloc(ROWS * sizeof *lon);
    char *texts = malloc((size_t)ROWS * 7 + 1);
    pole_record record = {.struct_size = sizeof record};
    uint32_t seed = 1;
    for (int i = 0; i < ROWS; i++) {
        seed = seed * 1664525u + 1013904223u;
        pole_index_record(index, seed % info.poles, &record);
        numbers[i] = record.code.number;
        snprintf(texts + (size_t)i * 7, 8, "%07u", record.code.number);
    }
    double ns[ROUNDS];
    for (int r = 0; r < ROUNDS; r++) {
        ns[r] = now_ns();
        for (int i = 0; i < ROWS; i++) {
            pole_code code;
            const pole_span text = {texts + (size_t)i * 7, 7};
            pole_point at;
            pole_code_parse(index, text, &code);
            pole_index_find(index, code, &rows[i]);
            pole_index_point(index, rows[i], &at);
            lat[i] = at.lat_deg;
        }
        ns[r] = now_ns() - ns[r];
    }
    tell("parse, find, point", ns, ROWS);
    const pole_columns columns = {
        .struct_size = sizeof columns, .rows = rows, .lat_deg = lat, .lon_deg = lon};
    for (int r = 0; r < ROUNDS; r++) {
        ns[r] = now_ns();
        pole_index_find_many(index, numbers, ROWS, 7, POLE_ANY_SCOPE, &columns);
        ns[r] = now_ns() - ns[r];
    }
    tell("batch of numbers, a row", ns, ROWS);
    for (int r = 0; r < ROUNDS; r++) {
        ns[r] = now_ns();
        pole_index_find_texts(index, texts, 7, ROWS, 7, POLE_ANY_SCOPE, &columns);
        ns[r] = now_ns() - ns[r];
    }
    tell("batch of texts, a row", ns, ROWS);
    for (int r = 0; r < ROUNDS; r++) {
        pole_hit hit;
        size_t count;
        ns[r] = now_ns();
        for (int i = 0; i < 100000; i++)
            pole_nearest(index, (pole_point){lat[i] + 0.0001, lon[i]}, 1, 1e9, &hit, &count);
        ns[r] = now_ns() - ns[r];
    }
    tell("nearest", ns, 100000);
    pole_heard *heard;
    pole_resolution *resolution;
    pole_heard_new(NULL, &heard);
    pole_resolution_new(NULL, &resolution);
    const pole_hear_options options = {sizeof options, pole_index_lengths(index)};
    for (int r = 0; r < ROUNDS; r++) {
        ns[r] = now_ns();
        for (int i = 0; i < 2000; i++) {
            const pole_text text = {{texts + (size_t)i * 7, 7}, 1};
            pole_hear(&text, 1, &options, heard);
            pole_resolve(index, heard, NULL, resolution);
        }
        ns[r] = now_ns() - ns[r];
    }
    tell("resolve", ns, 2000);
    pole_heard_free(heard);
    pole_resolution_free(resolution);
    free(numbers);
    free(rows);
    free(lat);
    free(lon);
    free(texts);
    pole_index_close(index);
    return 0;
}
