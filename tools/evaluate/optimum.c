/* SPDX-License-Identifier: MIT
 * The best that any program could do: for each observation the likelihood of every pole, found by
 * emitting all that can be heard of every pole. Slow and literal; shares nothing with the library.
 *
 * usage: polelookup-optimum CHANNEL.tsv CLEAN CODES < OBSERVED
 *   CLEAN: share of codes heard clean, 0 for the table's own; CODES: a code a line
 * Prints, for each line of OBSERVED, "row:likelihood" of every pole above 0 (rows from 0). */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/channel_oracle.h"

typedef struct {
    uint32_t row;
    double likelihood;
} explained;

typedef struct {
    uint64_t key;
    explained *poles;
    size_t count, capacity;
} observation;

typedef struct {
    observation *list;
    size_t count, capacity;
    uint32_t *slots; /* 1 + the observation; 0: empty */
    size_t slot_count;
    uint32_t *lines; /* which observation each line of the input is */
    size_t line_count, line_capacity;
    uint32_t row;
} observations;

static void *grown(void *block, size_t *capacity, size_t needed, size_t size)
{
    if (needed <= *capacity)
        return block;
    *capacity = 2 * *capacity > needed ? 2 * *capacity : needed;
    block = realloc(block, *capacity * size);
    if (block == NULL) {
        fputs("optimum: no memory\n", stderr);
        exit(1);
    }
    return block;
}

static uint64_t key_of(const char *text)
{
    uint64_t key = 0;
    for (; *text >= '0'; text++)
        key = key * 16 + (*text == '?' ? 11u : (unsigned)(*text - '0') + 1);
    return key;
}

static uint32_t *slot_of(observations *all, uint64_t key)
{
    size_t at = (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 20) % all->slot_count;
    while (all->slots[at] != 0 && all->list[all->slots[at] - 1].key != key)
        at = (at + 1) % all->slot_count;
    return all->slots + at;
}

static void read_observed(observations *all)
{
    char line[64];
    all->slot_count = 1 << 18;
    all->slots = calloc(all->slot_count, sizeof *all->slots);
    while (all->slots && all->count < all->slot_count / 2 && fgets(line, sizeof line, stdin)) {
        const uint64_t key = key_of(line);
        uint32_t *slot = slot_of(all, key);
        if (*slot == 0) {
            all->list = grown(all->list, &all->capacity, all->count + 1, sizeof *all->list);
            all->list[all->count++] = (observation){key, NULL, 0, 0};
            *slot = (uint32_t)all->count;
        }
        all->lines =
            grown(all->lines, &all->line_capacity, all->line_count + 1, sizeof *all->lines);
        all->lines[all->line_count++] = *slot - 1;
    }
}

static void look_for(void *context, const char *observed, int which, double probability)
{
    observations *all = context;
    const uint32_t found = *slot_of(all, key_of(observed));
    (void)which;
    if (found == 0)
        return;
    observation *one = all->list + found - 1;
    if (one->count == 0 || one->poles[one->count - 1].row != all->row) {
        one->poles = grown(one->poles, &one->capacity, one->count + 1, sizeof *one->poles);
        one->poles[one->count++] = (explained){all->row, 0};
    }
    one->poles[one->count - 1].likelihood += probability;
}

int main(int argc, char **argv)
{
    oracle_channel channel;
    observations all = {0};
    char code[64];
    FILE *codes = argc == 4 ? fopen(argv[3], "r") : NULL;
    if (codes == NULL || oracle_channel_read(&channel, argv[1], "") != 0) {
        fputs("usage: polelookup-optimum CHANNEL.tsv CLEAN CODES < OBSERVED\n", stderr);
        return 2;
    }
    const double clean = strtod(argv[2], NULL);
    if (clean > 0)
        oracle_channel_set_clean(&channel, clean);
    read_observed(&all);
    for (; fgets(code, sizeof code, codes); all.row++) {
        code[strcspn(code, "\r\n")] = '\0';
        if (code[0] != '\0' && strlen(code) <= 9)
            oracle_emit(&channel, code, look_for, &all);
    }
    fclose(codes);
    for (size_t i = 0; all.list != NULL && i < all.line_count; i++) {
        const observation *one = all.list + all.lines[i];
        for (size_t j = 0; j < one->count; j++)
            printf("%s%lu:%.17g", j ? " " : "", (unsigned long)one->poles[j].row,
                   one->poles[j].likelihood);
        putchar('\n');
    }
    for (size_t i = 0; all.list != NULL && i < all.count; i++)
        free(all.list[i].poles);
    free(all.list);
    free(all.slots);
    free(all.lines);
    return 0;
}
