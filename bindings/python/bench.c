/* SPDX-License-Identifier: MIT
 * What bench.py compares with: the same calls from C. usage: bench INDEX CODES COLUMNS ROUNDS
 * CODES: texts of seven digits one behind the other. COLUMNS: bits, as for _core's lookup(). Prints
 * the least nanoseconds a code: by texts, by numbers, single. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <polelookup/polelookup.h>

enum { DIGITS = 7 };

static double now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void *room(unsigned wanted, unsigned bit, size_t bytes)
{
    return (wanted >> bit & 1) ? malloc(bytes) : NULL;
}

static pole_columns make_columns(unsigned wanted, size_t n)
{
    const pole_columns made = {
        .struct_size = sizeof made,
        .rows = room(wanted, 0, n * sizeof(pole_row)),
        .match = room(wanted, 1, n * sizeof(pole_match)),
        .lat_deg = room(wanted, 2, n * sizeof(double)),
        .lon_deg = room(wanted, 3, n * sizeof(double)),
        .stations = room(wanted, 4, n * sizeof(pole_station_number)),
        .confidence = room(wanted, 5, n * sizeof(double)),
        .confidence_place = room(wanted, 6, n * sizeof(double)),
        .far_share = room(wanted, 7, n * sizeof(double)),
    };
    return made;
}

static char *read_codes(const char *path, size_t *count)
{
    FILE *file = fopen(path, "rb");
    char *texts = NULL;
    if (file && fseek(file, 0, SEEK_END) == 0) {
        const long size = ftell(file);
        texts = malloc((size_t)size + 1);
        rewind(file);
        *count = texts ? fread(texts, DIGITS, (size_t)size / DIGITS, file) : 0;
    }
    if (file)
        fclose(file);
    return texts;
}

/* The field of a pole that is read in the single call. */
static double one_call(const pole_index *index, const char *text)
{
    pole_code code;
    pole_row row;
    pole_point at;
    if (pole_code_parse(index, (pole_span){text, DIGITS}, &code) != POLE_OK ||
        pole_index_find(index, code, &row) != POLE_OK ||
        pole_index_point(index, row, &at) != POLE_OK)
        return 0.0;
    return at.lat_deg;
}

int main(int count, char **arguments)
{
    pole_index *index = NULL;
    pole_error error;
    size_t n = 0;
    double least[3] = {1e18, 1e18, 1e18}, sum = 0.0;
    if (count != 5 || pole_index_open(arguments[1], NULL, &index, &error) != POLE_OK)
        return 2;
    char *texts = read_codes(arguments[2], &n);
    const unsigned wanted = (unsigned)atoi(arguments[3]);
    uint32_t *numbers = malloc((n + 1) * sizeof *numbers);
    if (texts == NULL || numbers == NULL || n == 0)
        return 2;
    for (size_t i = 0; i < n; i++) {
        numbers[i] = 0;
        for (size_t j = 0; j < DIGITS; j++)
            numbers[i] = numbers[i] * 10 + (uint32_t)(texts[i * DIGITS + j] - '0');
    }
    const pole_columns columns = make_columns(wanted, n);
    for (int round = 0; round < atoi(arguments[4]); round++) {
        for (int way = 0; way < 3; way++) {
            const double begin = now_ns();
            if (way == 0)
                pole_index_find_texts(index, texts, DIGITS, n, DIGITS, POLE_ANY_SCOPE, &columns);
            else if (way == 1)
                pole_index_find_many(index, numbers, n, DIGITS, POLE_ANY_SCOPE, &columns);
            for (size_t i = 0; way == 2 && i < n; i++)
                sum += one_call(index, texts + i * DIGITS);
            const double taken = (now_ns() - begin) / (double)n;
            if (taken < least[way])
                least[way] = taken;
        }
    }
    printf("%.3f %.3f %.3f\n", least[0], least[1], least[2]);
    free(numbers);
    free(texts);
    pole_index_close(index);
    return sum > 0.0 ? 0 : 1;
}
