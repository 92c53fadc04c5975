/* SPDX-License-Identifier: MIT
 * See plan.h. */
#include "bulk/plan.h"

#include <stdio.h>

#include "base/decimal.h"
#include "base/status.h"
#include "bulk/cell_text.h"
#include "bulk/plan_columns.h"

void pole_log_plan_free(pole_log_plan *plan)
{
    pole_buffer_free(&plan->header);
    pole_buffer_free(&plan->texts);
    pole_release(&plan->allocator, plan->names);
    pole_release(&plan->allocator, plan->keys);
    pole_release(&plan->allocator, plan->dropped);
}

/* The first record of a table. */
typedef struct {
    pole_csv_record record; /* borrowed from the blocks */
    size_t start;           /* behind empty lines, which are no rows */
    size_t used;            /* from there, with its line end */
    uint64_t blank_lines;
    bool found;
} first_row;

/* Looks for it in the text that is at hand; POLE_CSV_MORE: that ends before. */
static pole_csv_result find_first(pole_blocks *blocks, pole_span text, bool whole, first_row *first)
{
    const char *at = text.data ? text.data : "";
    memset(first, 0, sizeof *first);
    pole_csv_reader_restart(blocks->csv, 1);
    for (;;) {
        const pole_csv_result result =
            pole_csv_next(blocks->csv, at + first->start, text.size_bytes - first->start, whole,
                          &first->used, &first->record);
        first->found = result == POLE_CSV_RECORD;
        if (!first->found || first->record.cell_count > 0 || first->record.faults != 0)
            return result;
        first->start += first->used;
        first->blank_lines++;
    }
}

static pole_status first_record(pole_blocks *blocks, first_row *first)
{
    pole_span text;
    bool whole = false;
    for (bool more = false;; more = true) {
        const pole_status status = pole_blocks_look(blocks, more, &text, &whole);
        if (status != POLE_OK)
            return status;
        const pole_csv_result result = find_first(blocks, text, whole, first);
        if (result == POLE_CSV_MEMORY)
            return POLE_NO_MEMORY;
        if (result != POLE_CSV_MORE || first->used > 0)
            return POLE_OK;
    }
}

static bool add_name(pole_log_plan *plan, size_t i, pole_span name)
{
    const size_t at = plan->texts.size;
    pole_buffer_append(&plan->texts, name.data, name.size_bytes);
    /* Places for now: the memory may move while it grows. */
    plan->names[i] = plan->keys[i] = (pole_span){(const char *)(uintptr_t)at, name.size_bytes};
    return !plan->texts.failed;
}

static const char *text_at(const pole_log_plan *plan, pole_span place)
{
    /* Where all names are empty, there is no memory for them. */
    return plan->texts.bytes ? (const char *)plan->texts.bytes + (uintptr_t)place.data : "";
}

/* The columns by their keys, so that as many as a row can have take no time. */
typedef struct {
    uint32_t *slots;    /* a column's number from 1, by its key's hash; 0: free */
    size_t mask;        /* a power of two, less 1 */
    uint32_t *suffixes; /* one a column: how often its key was the name of another */
} key_table;

static bool key_table_init(const pole_allocator *allocator, size_t count, key_table *table)
{
    size_t slots = 16;
    while (slots < 2 * count)
        slots *= 2;
    table->mask = slots - 1;
    table->slots = pole_allocate_zeroed(allocator, slots, sizeof *table->slots);
    table->suffixes = pole_allocate_zeroed(allocator, count, sizeof *table->suffixes);
    return table->slots && table->suffixes;
}

static void key_table_free(const pole_allocator *allocator, key_table *table)
{
    pole_release(allocator, table->slots);
    pole_release(allocator, table->suffixes);
}

/* The slot that a key has, or would have. */
static uint32_t *find_slot(const pole_log_plan *plan, const key_table *table, pole_span key)
{
    uint64_t hash = 0xCBF29CE484222325u; /* FNV-1a */
    for (size_t i = 0; i < key.size_bytes; i++)
        hash = (hash ^ (uint8_t)key.data[i]) * 0x100000001B3u;
    for (size_t at = (size_t)(hash >> 32) & table->mask;; at = (at + 1) & table->mask) {
        const uint32_t number = table->slots[at];
        if (number == 0)
            return table->slots + at;
        const pole_span other = plan->keys[number - 1];
        if (pole_span_equal((pole_span){text_at(plan, other), other.size_bytes}, key))
            return table->slots + at;
    }
}

/* Another key for a column whose name is the key of another before it. */
static bool make_key(pole_log_plan *plan, size_t i, const key_table *table, uint32_t *suffix)
{
    const size_t size = plan->names[i].size_bytes, at = plan->texts.size;
    for (;;) {
        char number[24];
        plan->texts.size = at;
        if (pole_buffer_extend(&plan->texts, size) == NULL)
            return false;
        memcpy(plan->texts.bytes + at, text_at(plan, plan->names[i]), size);
        pole_u64_to_text(++*suffix + UINT64_C(1), number);
        pole_buffer_append_byte(&plan->texts, '_');
        pole_buffer_append_text(&plan->texts, number);
        const pole_span key = {(const char *)plan->texts.bytes + at, plan->texts.size - at};
        if (plan->texts.failed)
            return false;
        uint32_t *slot = find_slot(plan, table, key);
        if (*slot == 0) {
            plan->keys[i] = (pole_span){(const char *)(uintptr_t)at, key.size_bytes};
            *slot = (uint32_t)i + 1;
            return true;
        }
    }
}

/* Gives each column a key: its name, or that with a suffix. */
static bool make_keys(pole_log_plan *plan)
{
    key_table table;
    bool made = key_table_init(&plan->allocator, plan->column_count, &table);
    for (size_t i = 0; made && i < plan->column_count; i++) {
        const pole_span name = {text_at(plan, plan->names[i]), plan->names[i].size_bytes};
        uint32_t *slot = find_slot(plan, &table, name);
        if (*slot == 0)
            *slot = (uint32_t)i + 1;
        else
            made = make_key(plan, i, &table, table.suffixes + *slot - 1);
    }
    key_table_free(&plan->allocator, &table);
    return made;
}

static bool name_columns(pole_log_plan *plan, const pole_blocks *blocks, const first_row *first,
                         bool has_header, pole_cell_reader *cells)
{
    const pole_csv_record *record = &first->record;
    const uint8_t *raw = blocks->rest.bytes + first->start * blocks->unit;
    plan->column_count = record->cell_count;
    plan->names = pole_allocate_zeroed(&plan->allocator, plan->column_count, sizeof *plan->names);
    plan->keys = pole_allocate_zeroed(&plan->allocator, plan->column_count, sizeof *plan->keys);
    if (plan->names == NULL || plan->keys == NULL)
        return false;
    for (size_t i = 0; i < plan->column_count; i++) {
        char number[24];
        pole_span name = {number, pole_u64_to_text(i + 1, number)};
        if (has_header && !pole_cell_text(cells, raw, record, i, SIZE_MAX, &name))
            return false;
        if (!add_name(plan, i, name))
            return false;
        pole_cell_reader_clear(cells);
    }
    if (!make_keys(plan))
        return false;
    for (size_t i = 0; i < plan->column_count; i++) {
        plan->names[i].data = text_at(plan, plan->names[i]);
        plan->keys[i].data = text_at(plan, plan->keys[i]);
    }
    return true;
}

/* Without the first row, how many columns there are cannot be told. */
static pole_status refuse_first(bool has_header, pole_error *error)
{
    pole_fail(error, POLE_BAD_INPUT,
              "the %s is longer than 16 MiB, has over 16,384 columns, or a quote in it is never "
              "closed",
              has_header ? "header" : "first row");
    if (has_header)
        pole_fail_hint(error, "--no-header if the first row is a call");
    return POLE_BAD_INPUT;
}

/* Reads the names of the columns, and takes the header. */
static pole_status read_names(pole_blocks *blocks, pole_log_plan *plan, pole_error *error)
{
    first_row first;
    pole_status status = first_record(blocks, &first);
    const bool has_header = blocks->dialect.header == POLE_HEADER_YES;
    if (status != POLE_OK || (!first.found && first.used == 0))
        return status; /* nothing at all */
    if (!first.found || (first.record.faults & (POLE_CSV_TOO_LONG | POLE_CSV_UNCLOSED_QUOTE)))
        return refuse_first(has_header, error);
    pole_cell_reader cells;
    status = pole_cell_reader_init(&cells, blocks->encoding, blocks->dialect, blocks->unit,
                                   &plan->allocator, error);
    if (status == POLE_OK && !name_columns(plan, blocks, &first, has_header, &cells))
        status = POLE_NO_MEMORY;
    pole_cell_reader_free(&cells);
    if (status != POLE_OK || !has_header)
        return status;
    plan->header_start_size = first.start;
    plan->header_end_size = first.used - first.record.size_bytes;
    plan->blank_lines = first.blank_lines;
    return pole_blocks_take(blocks, first.start + first.used, &plan->header);
}

/* Names that the input does not have yet. */
static pole_status name_added(pole_log_plan *plan, pole_error *error)
{
    for (size_t i = 0; i < plan->added.count; i++) {
        char *name = plan->added_names[i];
        const char *base = pole_added_name(plan->added.columns[i]);
        unsigned suffix = 1;
        snprintf(name, sizeof plan->added_names[i], "%s", base);
        for (size_t k = 0; k < plan->column_count; k++) {
            if (!pole_span_equal(plan->names[k], pole_span_of(name)) &&
                !pole_span_equal(plan->keys[k], pole_span_of(name)))
                continue;
            if (++suffix > 999)
                return pole_fail(error, POLE_BAD_INPUT, "there are too many columns named %s",
                                 base);
            snprintf(name, sizeof plan->added_names[i], "%s_%u", base, suffix);
            k = SIZE_MAX; /* from the first again */
        }
    }
    return POLE_OK;
}

/* A guess must not pass for a match: one of the columns that tell them apart is there. */
static pole_status check_guesses(const pole_geocode_options *options, const pole_added *added,
                                 pole_error *error)
{
    if (options->matcher == NULL || !options->matcher->best_guess || options->to == POLE_TO_JSONL ||
        memchr(added->columns, POLE_ADD_STATUS, added->count) ||
        memchr(added->columns, POLE_ADD_WARNINGS, added->count))
        return POLE_OK;
    pole_fail(error, POLE_INVALID_ARGUMENT,
              "without match_status or match_warnings a guess would pass for a match");
    pole_fail_hint(error, "add one of them to the columns");
    return POLE_INVALID_ARGUMENT;
}

pole_status pole_log_plan_make(const pole_index *index, const pole_geocode_options *options,
                               pole_blocks *blocks, pole_log_plan *plan, pole_error *error)
{
    memset(plan, 0, sizeof *plan);
    plan->allocator = blocks->allocator;
    pole_buffer_init(&plan->header, &plan->allocator);
    pole_buffer_init(&plan->texts, &plan->allocator);
    pole_status status = pole_added_choose(options->columns, &plan->added, error);
    if (status == POLE_OK)
        status = check_guesses(options, &plan->added, error);
    if (status == POLE_OK)
        status = read_names(blocks, plan, error);
    if (status == POLE_OK)
        status = pole_log_plan_columns(index, options, blocks, plan, error);
    if (status == POLE_OK)
        status = name_added(plan, error);
    blocks->column_count = plan->column_count;
    if (status == POLE_NO_MEMORY)
        pole_fail(error, status, "no memory for the table's columns");
    return status;
}
