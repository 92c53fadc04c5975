/* SPDX-License-Identifier: MIT
 * A table's rows as texts that a test can compare. */
#ifndef SUPPORT_TABLE_ROWS_H
#define SUPPORT_TABLE_ROWS_H

#include <stdio.h>
#include <string.h>

#include "formats/source.h"
#include "support/test_main.h"

#define COLLECTION(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"
#define FEATURE(properties, geometry)                                                              \
    "{\"type\":\"Feature\",\"properties\":" properties ",\"geometry\":" geometry "}"
#define POINT "{\"type\":\"Point\",\"coordinates\":[126.6412345,4.57712345e1,100]}"

static inline pole_table *open_text(const char *name, const char *text)
{
    pole_table *table;
    pole_error error = {0};
    ck_assert_msg(pole_table_open_memory(text, strlen(text), name, NULL, &table, &error) == POLE_OK,
                  "%s", error.message);
    return table;
}

static const pole_table_row *next_row(pole_table *table)
{
    const pole_table_row *row;
    pole_error error = {0};
    ck_assert_msg(pole_table_next(table, &row, &error) == POLE_OK, "%s", error.message);
    return row;
}

/* The cells in <>, absent ones as -, behind them !faults/feature faults where there are any. */
static inline void describe(const pole_table_row *row, char *out, size_t capacity)
{
    size_t size = 0;
    for (size_t i = 0; i < row->cell_count && size < capacity; i++) {
        const pole_span cell = row->cells[i];
        size += (size_t)(cell.data ? snprintf(out + size, capacity - size, "<%.*s>",
                                              (int)cell.size_bytes, cell.data)
                                   : snprintf(out + size, capacity - size, "-"));
    }
    if (row->faults != 0)
        (void)snprintf(out + size, capacity - size, "!%x/%x", row->faults, row->feature_faults);
}

static inline void check_row(pole_table *table, const char *wanted)
{
    char text[512] = "";
    const pole_table_row *row = next_row(table);
    ck_assert_ptr_nonnull(row);
    describe(row, text, sizeof text);
    ck_assert_str_eq(text, wanted);
}

static inline void check_columns(const pole_table *table, const char *const *names, size_t wanted)
{
    size_t count;
    const pole_span *columns = pole_table_columns(table, &count);
    ck_assert_uint_eq(count, wanted);
    for (size_t i = 0; i < count; i++)
        ck_assert(pole_span_equal(columns[i], pole_span_of(names[i])));
}

#endif
