/* SPDX-License-Identifier: MIT
 * street_dump INDEX: for each line of standard input, a street as said, a line of four cells: the
 * street of the index that fits best (empty: none), what it costs in nats, its ratio, and the least
 * ratio of any street. For tests that are written in other languages. */
#include <stdio.h>
#include <string.h>

#include "resolve/street_query.h"

int main(int argc, char **argv)
{
    char line[4096];
    pole_index *index;
    pole_street_query query;
    if (argc != 2 || pole_index_open(argv[1], NULL, &index, NULL) != POLE_OK)
        return 2;
    pole_street_query_init(&query, NULL);
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        if (pole_street_query_prepare(&query, index, pole_span_of(line)) != POLE_OK)
            return 1;
        const pole_span best = pole_strings_at(&index->strings, query.best);
        double least = 1.0;
        for (pole_text_number i = 0; i < query.count; i++)
            if (pole_street_ratio(&query, i) < least)
                least = pole_street_ratio(&query, i);
        printf("%.*s\t%.3f\t%.4f\t%.4f\n", (int)best.size_bytes, best.data, (double)query.cost,
               pole_street_ratio(&query, query.best), least);
    }
    pole_street_query_free(&query);
    pole_index_close(index);
    return 0;
}
