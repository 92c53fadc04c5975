/* SPDX-License-Identifier: MIT
 *
 * Any bytes as a table: encodings, dialects, CSV and GeoJSON, as a build reads them. The first two
 * bytes choose what the rest is said to be. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "formats/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void read_row(const pole_table *table, const pole_table_row *row)
{
    size_t columns = 0;
    pole_error error;
    (void)pole_table_columns(table, &columns);
    must(row->cell_count >= columns || row->faults != 0);
    must(row->line >= 1 && row->line_end >= row->line);
    for (size_t i = 0; i < row->cell_count; i++) {
        const pole_span cell = row->cells[i];
        must(pole_utf8_first_bad(cell.data, cell.size_bytes) == cell.size_bytes);
        (void)pole_table_cell_offset(table, i);
        must(pole_table_cell_line(table, i) <= row->line_end);
    }
    must((pole_table_fault(table, &error) == POLE_OK) == (row->faults == 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const pole_table_format formats[] = {POLE_FORMAT_AUTO, POLE_FORMAT_CSV,
                                                POLE_FORMAT_GEOJSON};
    pole_table_options options = POLE_TABLE_DEFAULTS;
    pole_table *table = NULL;
    pole_error error;
    if (size < 2)
        return 0;
    options.format = formats[data[0] % 3];
    options.encoding = (pole_encoding)(data[1] % (POLE_ENCODING_GB18030 + 1));
    if (pole_table_open_memory(data + 2, size - 2, "fuzz", &options, &table, &error) != POLE_OK)
        return 0;
    const pole_table_row *row = NULL;
    while (pole_table_next(table, &row, &error) == POLE_OK && row != NULL)
        read_row(table, row);
    (void)pole_table_summarize(table);
    pole_table_close(table);
    return 0;
}
