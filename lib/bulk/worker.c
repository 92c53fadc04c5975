/* SPDX-License-Identifier: MIT
 * One thread's work: takes a block, matches its rows, puts them as they will be written, waits for
 * its turn, writes. Never more than a block's rows, and what is made of them, are at hand. */
#include "bulk/geocoder.h"

/* More than this is not kept back until the turn comes. */
#define MOST_KEPT_BACK ((size_t)1 << 20)

pole_status pole_worker_init(pole_worker *worker, pole_geocoder *run, pole_error *error)
{
    memset(worker, 0, sizeof *worker);
    worker->run = run;
    pole_block_init(&worker->block, &run->allocator);
    pole_buffer_init(&worker->out, &run->allocator);
    pole_buffer_init(&worker->unmatched, &run->allocator);
    pole_status status = pole_log_rows_init(&worker->rows, &run->plan, &run->blocks, error);
    if (status == POLE_OK)
        status = pole_emitter_init(&worker->emitter, &run->emission, &run->allocator, error);
    if (status == POLE_OK)
        status = pole_matcher_new(run->index, &run->matching, &worker->matcher, error);
    return status;
}

void pole_worker_free(pole_worker *worker)
{
    if (worker->run == NULL)
        return;
    pole_block_free(&worker->block);
    pole_buffer_free(&worker->out);
    pole_buffer_free(&worker->unmatched);
    pole_log_rows_free(&worker->rows);
    pole_emitter_free(&worker->emitter);
    pole_matcher_free(worker->matcher);
}

static bool is_match(pole_match match)
{
    return match == POLE_EXACT || match == POLE_CORRECTED || match == POLE_INTERPOLATED;
}

static pole_status write_to(const pole_sink *sink, pole_buffer *bytes)
{
    pole_status status = bytes->failed ? POLE_NO_MEMORY : POLE_OK;
    if (status == POLE_OK && bytes->size > 0)
        status = sink->write(sink->context, bytes->bytes, bytes->size);
    pole_buffer_clear(bytes);
    return status;
}

pole_status pole_worker_flush(pole_worker *worker)
{
    pole_geocoder *run = worker->run;
    pole_buffer *out = &worker->out;
    const size_t separator = sizeof POLE_FEATURE_SEPARATOR - 1;
    if (run->emission.format == POLE_TO_GEOJSON && !run->any_feature && out->size > separator &&
        run->has_begun) {
        run->any_feature = true;
        out->size -= separator;
        memmove(out->bytes, out->bytes + separator, out->size);
    }
    run->summary.bytes_written += out->size;
    pole_status status = write_to(run->output, out);
    if (status == POLE_OK && run->options.unmatched)
        status = write_to(run->options.unmatched, &worker->unmatched);
    return status;
}

/* Takes the turn, if it was not taken for this block, and writes. */
static pole_status write_in_turn(pole_worker *worker)
{
    if (!worker->has_turn && !pole_turns_take(&worker->run->turns, worker->block.number))
        return worker->run->turns.status;
    worker->has_turn = true;
    return pole_worker_flush(worker);
}

static void count_row(pole_geocode_summary *summary, const pole_log_row *row,
                      const pole_row_match *match, size_t column_count)
{
    if (row->is_blank) {
        summary->blank_lines++;
        return;
    }
    summary->rows++;
    summary->matches[match->match]++;
    summary->reasons[match->reason]++;
    /* A row without a byte is that of a table of one column: it lacks nothing. */
    summary->short_rows += row->cell_count > 0 && row->cell_count < column_count && !row->is_unread;
    summary->long_rows += row->cell_count > column_count;
    summary->bad_evidence_rows += (match->flags & POLE_ROW_EVIDENCE_BAD) != 0;
}

/* Counts what was made since the last time; with the turn. */
static void count_rows(pole_worker *worker)
{
    pole_geocode_summary *summary = &worker->run->summary;
    const pole_log_rows *rows = &worker->rows;
    for (size_t i = 0; i < rows->count; i++)
        count_row(summary, rows->rows + i, rows->matches + i, worker->run->plan.column_count);
    for (size_t i = 0; rows->evidence && i < rows->count; i++)
        summary->evidence_rows += !pole_row_evidence_is_empty(rows->evidence + i);
    summary->full_rows += worker->matcher->full_rows;
    worker->matcher->full_rows = 0;
    summary->excel_safe_cells += worker->emitter.excel_safe_cells;
    worker->emitter.excel_safe_cells = 0;
}

/* JSON Lines tell each resolution in full: there is no shorter way. */
static pole_status put_line(pole_worker *worker, size_t i, uint64_t number)
{
    pole_log_rows *rows = &worker->rows;
    const pole_log_row *row = rows->rows + i;
    const pole_resolution *resolution = NULL;
    pole_match_malformed(worker->run->index, rows->matches + i);
    if (row->is_blank)
        return POLE_OK;
    if (!row->is_unread) {
        const pole_status status =
            pole_matcher_resolve(worker->matcher, rows->codes[i],
                                 rows->evidence ? rows->evidence + i : NULL, rows->matches + i);
        if (status != POLE_OK)
            return status;
        worker->matcher->full_rows++;
        resolution = worker->matcher->resolution;
    }
    return pole_emit_line(&worker->emitter, row, number, resolution, &worker->out) ? POLE_OK
                                                                                   : POLE_NO_MEMORY;
}

static pole_status put_row(pole_worker *worker, size_t i, uint64_t *number)
{
    const pole_log_row *row = worker->rows.rows + i;
    const pole_row_match *match = worker->rows.matches + i;
    bool put = true;
    *number += !row->is_blank;
    if (worker->run->emission.format == POLE_TO_JSONL) {
        const pole_status status = put_line(worker, i, *number);
        if (status != POLE_OK)
            return status;
    } else if (worker->run->emission.format == POLE_TO_GEOJSON) {
        put = pole_emit_feature(&worker->emitter, row, match, &worker->out);
    } else {
        put = pole_emit_csv(&worker->emitter, row, match, &worker->out);
    }
    if (put && worker->run->options.unmatched && !row->is_blank && !is_match(match->match))
        put = pole_emit_csv(&worker->emitter, row, match, &worker->unmatched);
    if (!put)
        return POLE_NO_MEMORY;
    return worker->out.size + worker->unmatched.size < MOST_KEPT_BACK ? POLE_OK
                                                                      : write_in_turn(worker);
}

static pole_status do_block(pole_worker *worker)
{
    uint64_t number = worker->block.first_row;
    size_t at = 0;
    pole_status status = POLE_OK;
    worker->has_turn = false;
    while (status == POLE_OK && at < worker->block.size) {
        status = pole_log_rows_read(&worker->rows, &worker->block, &at);
        if (status == POLE_OK && worker->run->emission.format != POLE_TO_JSONL)
            status = pole_log_rows_match(&worker->rows, worker->matcher);
        for (size_t i = 0; i < worker->rows.count && status == POLE_OK; i++)
            status = put_row(worker, i, &number);
        if (status == POLE_OK && !worker->has_turn) {
            if (!pole_turns_take(&worker->run->turns, worker->block.number))
                return worker->run->turns.status;
            worker->has_turn = true;
        }
        if (status == POLE_OK)
            count_rows(worker);
        if (status == POLE_OK)
            status = pole_worker_flush(worker);
    }
    if (status == POLE_OK)
        worker->run->summary.bytes_read += worker->block.raw.size;
    return status;
}

/* Whether a record that cannot be split passes as it is. */
static bool passes_whole(const pole_geocoder *run)
{
    return run->emission.format == POLE_TO_CSV && !run->plan.dropped;
}

/* The bytes of a long record, piece by piece. *more: there are others. */
static pole_status pass_piece(pole_worker *worker, bool *more, bool *unclosed,
                              pole_buffer *line_end)
{
    pole_geocoder *run = worker->run;
    pole_emitter *emitter = &worker->emitter;
    const pole_buffer *raw = &worker->block.raw;
    const pole_status status =
        pole_blocks_pass_long(&run->blocks, &worker->block, more, unclosed, line_end);
    if (status != POLE_OK)
        return status;
    run->summary.bytes_read += raw->size;
    if (passes_whole(run) && !pole_emit_raw(emitter, raw->bytes, raw->size, &worker->out))
        return POLE_NO_MEMORY;
    if (run->options.unmatched && !run->plan.dropped &&
        !pole_emit_raw(emitter, raw->bytes, raw->size, &worker->unmatched))
        return POLE_NO_MEMORY;
    return pole_worker_flush(worker);
}

/* What stands behind such a record's bytes, or in their place. */
static bool end_long_record(pole_worker *worker, bool unclosed, const pole_buffer *line_end)
{
    pole_geocoder *run = worker->run;
    const pole_log_row row = {.is_unread = true, .faults = POLE_CSV_TOO_LONG};
    pole_row_match match;
    bool put;
    pole_match_malformed(run->index, &match);
    if (run->emission.format == POLE_TO_JSONL)
        put =
            pole_emit_line(&worker->emitter, &row, worker->block.first_row + 1, NULL, &worker->out);
    else if (run->emission.format == POLE_TO_GEOJSON)
        put = pole_emit_feature(&worker->emitter, &row, &match, &worker->out);
    else
        put = pole_emit_long_end(&worker->emitter, &match, unclosed, line_end, &worker->out);
    if (put && run->options.unmatched)
        put = pole_emit_long_end(&worker->emitter, &match, unclosed, line_end, &worker->unmatched);
    count_row(&run->summary, &row, &match, run->plan.column_count);
    return put;
}

/* A record that is too long to be read passes while everybody waits. */
static pole_status do_long_record(pole_worker *worker)
{
    pole_geocoder *run = worker->run;
    pole_buffer line_end;
    bool more = true, unclosed = false;
    if (!pole_turns_take(&run->turns, worker->block.number))
        return run->turns.status;
    pole_status status = POLE_OK;
    pole_buffer_init(&line_end, &run->allocator);
    while (status == POLE_OK && more)
        status = pass_piece(worker, &more, &unclosed, &line_end);
    run->summary.bytes_read += line_end.size;
    if (status == POLE_OK)
        status = end_long_record(worker, unclosed, &line_end) ? pole_worker_flush(worker)
                                                              : POLE_NO_MEMORY;
    pole_buffer_free(&line_end);
    return status;
}

/* Memory for a record of unusual length is not kept. */
static void shrink(pole_worker *worker)
{
    pole_buffer *const buffers[] = {&worker->block.raw, &worker->block.shadow, &worker->out,
                                    &worker->unmatched};
    for (unsigned i = 0; i < sizeof buffers / sizeof *buffers; i++)
        if (buffers[i]->capacity > 2 * MOST_KEPT_BACK)
            pole_buffer_free(buffers[i]);
}

/* Reads a block, and passes a long record; *more: there may be another. */
static pole_status take_block(pole_worker *worker, bool *more)
{
    pole_geocoder *run = worker->run;
    pole_turns_begin_reading(&run->turns);
    pole_status status = POLE_OK;
    *more = pole_turns_go_on(&run->turns);
    if (*more)
        status = pole_blocks_next(&run->blocks, &worker->block);
    if (status == POLE_STOPPED) { /* the reader was told to stop: what was read is written */
        pole_turns_stop(&run->turns);
        *more = false;
        status = POLE_OK;
    }
    *more = *more && (worker->block.size > 0 || worker->block.is_long);
    if (status == POLE_OK && *more && worker->block.is_long)
        status = do_long_record(worker);
    pole_turns_end_reading(&run->turns);
    return status;
}

/* The caller hears how far it is, and may end it. */
static void tell_progress(pole_geocoder *run)
{
    const pole_geocode_progress progress = {run->summary.rows, run->summary.bytes_read,
                                            run->summary.bytes_written};
    if (run->options.on_progress && run->options.on_progress(run->options.context, &progress) != 0)
        pole_turns_stop(&run->turns);
}

void *pole_worker_work(void *given)
{
    pole_worker *worker = given;
    pole_geocoder *run = worker->run;
    for (;;) {
        bool more = false;
        pole_status status = take_block(worker, &more);
        if (status == POLE_OK && more && !worker->block.is_long)
            status = do_block(worker);
        if (status != POLE_OK)
            pole_turns_fail(&run->turns, status);
        if (status != POLE_OK || !more)
            return NULL;
        tell_progress(run);
        pole_turns_pass(&run->turns);
        shrink(worker);
    }
}
