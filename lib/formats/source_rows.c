/* SPDX-License-Identifier: MIT
 *
 * What every reader of rows needs: columns by name, and room for cells. */
#include "formats/source_rows.h"

#include "base/status.h"

bool pole_table_room_for_cells(pole_table *table, size_t count)
{
    void *cells = table->cells;
    if (!pole_grow_array(&table->allocator, &cells, &table->cell_capacity, count,
                         sizeof *table->cells))
        return false;
    table->cells = cells;
    return true;
}

bool pole_table_add_column(pole_table *table, pole_span name)
{
    void *columns = table->columns;
    if (!pole_grow_array(&table->allocator, &columns, &table->column_capacity,
                         table->column_count + 1, sizeof *table->columns))
        return false;
    table->columns = columns;
    if (!pole_text_store_add(&table->lasting, name, &table->columns[table->column_count]))
        return false;
    table->column_count++;
    return true;
}

pole_status pole_table_no_memory(pole_error *error)
{
    return pole_fail(error, POLE_NO_MEMORY, "no memory to read a table");
}
