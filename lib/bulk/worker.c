/* SPDX-License-Identifier: MIT
 * One thread's work: takes a block, matches its rows, puts them as they will be written, waits for
 * its turn, writes. Never more than a block's rows, and what is made of them, are at hand. */
#include "bulk/geocoder.h"
#include "lookup/resolution.h"

/* More than this is not kept back until the turn comes. */
#define MOST_KEPT_BACK ((size_t)1 << 20)

pole_status pole_worker_init(pole_worker *worker, pole_geocoder *run, pole_error *error)
{
    memset(worker, 0, sizeof *worker);
    worker->run = run;
    pole_block_init(&worker->block, &run->allocator);
    pole_buffer_init(&worker->out, &run->allocator);
    pole_buffer_init(&worker->unmatched, &run->allocator);
    pole_buffer_init(&worker->review, &run->allocator);
    pole_status status = pole_log_rows_init(&worker->rows, &run->plan, &run->blocks, error);
    if (status == POLE_OK)
        status = pole_emitter_init(&worker->emitter, &run->emission, &run->allocator, error);
    if (status == POLE_OK)
        status = pole_matcher_new(run->index, &run->matching, &worker->matcher, error);
    if (status == POLE_OK && run->emission.format == POLE_TO_JSONL)
        worker->matcher->resolve.brief = 0;
    return status;
}

void pole_worker_free(pole_worker *worker)
{
    if (worker->run == NULL)
        return;
    pole_block_free(&worker->block);
    pole_buffer_free(&worker->out);
    pole_buffer_free(&worker->unmatched);
    pole_buffer_free(&worker->review);
    pole_log_rows_free(&worker->rows);
    pole_emitter_free(&worker->emitter);
    pole_matcher_free(worker->matcher);
}

static bool is_match(pole_match match)
{
    return match == POLE_EXACT || match == POLE_CORRECTED || match == POLE_INTERPOLATED;
}

static pole_status write_to(const pole_sink *sink, pole_buffer *bytes, uint64_t *written)
{
    pole_status status = bytes->failed ? POLE_NO_MEMORY : POLE_OK;
    if (status == POLE_OK && bytes->size > 0)
        status = sink->write(sink->context, bytes->bytes, bytes->size);
    *written += bytes->size;
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
    pole_geocode_summary *summary = &run->summary;
    pole_status status = write_to(run->output, out, &summary->bytes_written);
    if (status == POLE_OK && run->options.unmatched)
        status = write_to(run->options.unmatched, &worker->unmatched, &summary->unmatched_bytes);
    if (status == POLE_OK && run->options.review)
        status = write_to(run->options.review, &worker->review, &summary->review_bytes);
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

/* Counts where rows are, but for lines that are none. */
static pole_status tally_rows(const pole_worker *worker)
{
    const pole_log_rows *rows = &worker->rows;
    size_t at = 0;
    pole_status status = POLE_OK;
    while (at < rows->count && status == POLE_OK) {
        size_t end = at;
        while (end < rows->count && !rows->rows[end].is_blank)
            end++;
        if (end > at)
            status = pole_tally_rows(worker->run->tally, rows->matches + at, rows->codes + at,
                                     rows->times ? rows->times + at : NULL, end - at);
        at = end + 1;
    }
    return status;
}

/* Counts what was made since the last time; with the turn. */
static pole_status count_rows(pole_worker *worker)
{
    pole_geocode_summary *summary = &worker->run->summary;
    const pole_log_rows *rows = &worker->rows;
    for (size_t i = 0; i < rows->count; i++)
        count_row(summary, rows->rows + i, rows->matches + i, worker->run->plan.column_count);
    for (size_t i = 0; rows->evidence && i < rows->count; i++)
        summary->evidence_rows += !pole_row_evidence_is_empty(rows->evidence + i);
    summary->full_rows += worker->matcher->full_rows;
    worker->matcher->full_rows = 0;
    summary->decided_rows += worker->decided_rows;
    worker->decided_rows = 0;
    summary->excel_safe_cells += worker->emitter.excel_safe_cells;
    worker->emitter.excel_safe_cells = 0;
    return tally_rows(worker);
}

static const pole_row_evidence *evidence_of(const pole_worker *worker, size_t i)
{
    return worker->rows.evidence ? worker->rows.evidence + i : NULL;
}

/* A person's decision about a row, in the place of its match; NULL: there is none. */
static const pole_decision *decide(pole_worker *worker, size_t i, uint64_t number)
{
    const pole_geocoder *run = worker->run;
    const pole_span code = worker->rows.codes[i];
    const pole_decision *decision =
        run->decisions.count > 0 ? pole_decisions_find(&run->decisions, number, code) : NULL;
    if (decision == NULL)
        return NULL;
    pole_decision_apply(run->index, decision, code, run->matching.station_role,
                        worker->rows.matches + i);
    worker->decided_rows++;
    return decision;
}

/* An answer does not repeat what stood in columns that are left out. */
static void hide_dropped(const pole_geocoder *run, pole_resolution *resolution)
{
    pole_answer *answer = &resolution->answer;
    uint32_t kept = 0;
    if (!run->shows_code) {
        answer->query = answer->heard = (pole_span){NULL, 0};
        resolution->reading_count = 0;
    }
    for (uint32_t i = 0; i < answer->evidence; i++)
        if (!((uint32_t)resolution->evidence[i].kind & run->hidden_evidence))
            resolution->evidence[kept++] = resolution->evidence[i];
    answer->evidence = kept;
}

/* JSON Lines tell each resolution in full: there is no shorter way. */
static pole_status put_line(pole_worker *worker, size_t i, uint64_t number)
{
    pole_log_rows *rows = &worker->rows;
    const pole_log_row *row = rows->rows + i;
    const pole_resolution *resolution = NULL;
    pole_match_malformed(worker->run->index, rows->matches + i);
    if (!row->is_unread) {
        const pole_status status = pole_matcher_resolve(worker->matcher, rows->codes[i],
                                                        evidence_of(worker, i), rows->matches + i);
        if (status != POLE_OK)
            return status;
        worker->matcher->full_rows++;
        hide_dropped(worker->run, worker->matcher->resolution);
        resolution = worker->matcher->resolution;
    }
    const pole_row_match *decided = decide(worker, i, number) ? rows->matches + i : NULL;
    return pole_emit_line(&worker->emitter, row, number, resolution, decided, &worker->out)
               ? POLE_OK
               : POLE_NO_MEMORY;
}

/* The row for a person, with more candidates than its match needs. */
static pole_status put_review(pole_worker *worker, size_t i, uint64_t number)
{
    pole_geocoder *run = worker->run;
    pole_matcher *matcher = worker->matcher;
    const pole_log_rows *rows = &worker->rows;
    const pole_resolution *resolution = NULL;
    if (!rows->rows[i].is_unread) {
        pole_row_match again;
        const pole_resolve_options usual = matcher->resolve;
        matcher->resolve.limit = POLE_REVIEW_CANDIDATES;
        matcher->resolve.brief = 0;
        const pole_status status =
            pole_matcher_resolve(matcher, rows->codes[i], evidence_of(worker, i), &again);
        matcher->resolve = usual;
        if (status != POLE_OK)
            return status;
        resolution = matcher->resolution;
    }
    return pole_review_row(number, rows->codes[i], run->shows_code, rows->matches + i, resolution,
                           run->options.language,
                           run->emission.excel_safe ? &worker->emitter.excel_safe_cells : NULL,
                           &worker->review)
               ? POLE_OK
               : POLE_NO_MEMORY;
}

/* The row where it belongs beside the output. */
static pole_status put_beside(pole_worker *worker, size_t i, uint64_t number)
{
    const pole_geocode_options *options = &worker->run->options;
    const pole_row_match *match = worker->rows.matches + i;
    if (options->unmatched && !is_match(match->match) &&
        !pole_emit_csv(&worker->emitter, worker->rows.rows + i, match, &worker->unmatched))
        return POLE_NO_MEMORY;
    if (options->review && pole_review_needs(match->match) && !(match->flags & POLE_ROW_DECIDED))
        return put_review(worker, i, number);
    return POLE_OK;
}

static pole_status put_row(pole_worker *worker, size_t i, uint64_t *number)
{
    const pole_log_row *row = worker->rows.rows + i;
    const pole_row_match *match = worker->rows.matches + i;
    const int32_t format = worker->run->emission.format;
    pole_status status = POLE_OK;
    *number += !row->is_blank;
    if (format != POLE_TO_JSONL && !row->is_blank)
        decide(worker, i, *number);
    if (format == POLE_TO_JSONL && !row->is_blank)
        status = put_line(worker, i, *number);
    else if (format == POLE_TO_GEOJSON)
        status = pole_emit_feature(&worker->emitter, row, match, &worker->out) ? POLE_OK
                                                                               : POLE_NO_MEMORY;
    else if (format == POLE_TO_CSV)
        status =
            pole_emit_csv(&worker->emitter, row, match, &worker->out) ? POLE_OK : POLE_NO_MEMORY;
    if (status == POLE_OK && !row->is_blank)
        status = put_beside(worker, i, *number);
    const size_t kept = worker->out.size + worker->unmatched.size + worker->review.size;
    return status != POLE_OK || kept < MOST_KEPT_BACK ? status : write_in_turn(worker);
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
            status = count_rows(worker);
        if (status == POLE_OK)
            status = pole_worker_flush(worker);
    }
    if (status == POLE_OK) {
        worker->run->summary.bytes_read += worker->block.raw.size;
        worker->run->settled = worker->run->summary;
    }
    return status;
}

/* Whether a record that cannot be split passes as it is. */
static bool passes_whole(const pole_geocoder *run)
{
    return run->emission.format == POLE_TO_CSV && !run->plan.dropped;
}

/* The bytes of a long record, piece by piece. *more: there are others. held: those of a character
 * that goes on in the next. */
static pole_status pass_piece(pole_worker *worker, bool *more, bool *unclosed, pole_buffer *held,
                              pole_buffer *line_end)
{
    pole_geocoder *run = worker->run;
    pole_emitter *emitter = &worker->emitter;
    const pole_buffer *raw = &worker->block.raw;
    size_t whole = 0;
    const pole_status status =
        pole_blocks_pass_long(&run->blocks, &worker->block, more, unclosed, line_end);
    if (status != POLE_OK)
        return status;
    run->summary.bytes_read += raw->size;
    pole_buffer_append(held, raw->bytes, raw->size);
    if (held->failed || !pole_emit_whole(emitter, held->bytes, held->size, &whole))
        return POLE_NO_MEMORY;
    if (!*more)
        whole = held->size;
    if (passes_whole(run) && !pole_emit_raw(emitter, held->bytes, whole, &worker->out))
        return POLE_NO_MEMORY;
    if (run->options.unmatched && !run->plan.dropped &&
        !pole_emit_raw(emitter, held->bytes, whole, &worker->unmatched))
        return POLE_NO_MEMORY;
    held->size -= whole;
    if (held->size > 0)
        memmove(held->bytes, held->bytes + whole, held->size);
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
        put = pole_emit_line(&worker->emitter, &row, worker->block.first_row + 1, NULL, NULL,
                             &worker->out);
    else if (run->emission.format == POLE_TO_GEOJSON)
        put = pole_emit_feature(&worker->emitter, &row, &match, &worker->out);
    else
        put = pole_emit_long_end(&worker->emitter, &match, unclosed, line_end, &worker->out);
    if (put && run->options.unmatched)
        put = pole_emit_long_end(&worker->emitter, &match, unclosed, line_end, &worker->unmatched);
    const pole_span nothing = {NULL, 0};
    if (put && run->options.review)
        put = pole_review_row(worker->block.first_row + 1, nothing, false, &match, NULL,
                              run->options.language, NULL, &worker->review);
    count_row(&run->summary, &row, &match, run->plan.column_count);
    return put && pole_tally_rows(run->tally, &match, &nothing,
                                  run->plan.time == POLE_NO_COLUMN ? NULL : &nothing, 1) == POLE_OK;
}

/* A record that is too long to be read passes while everybody waits. */
static pole_status do_long_record(pole_worker *worker)
{
    pole_geocoder *run = worker->run;
    pole_buffer held, line_end;
    bool more = true, unclosed = false;
    if (!pole_turns_take(&run->turns, worker->block.number))
        return run->turns.status;
    pole_status status = POLE_OK;
    pole_buffer_init(&held, &run->allocator);
    pole_buffer_init(&line_end, &run->allocator);
    while (status == POLE_OK && more)
        status = pass_piece(worker, &more, &unclosed, &held, &line_end);
    run->summary.bytes_read += line_end.size;
    if (status == POLE_OK)
        status = end_long_record(worker, unclosed, &line_end) ? pole_worker_flush(worker)
                                                              : POLE_NO_MEMORY;
    pole_buffer_free(&held);
    pole_buffer_free(&line_end);
    if (status == POLE_OK)
        run->settled = run->summary;
    return status;
}

/* Memory for a record of unusual length is not kept. */
static void shrink(pole_worker *worker)
{
    enum { KEPT = 5 };
    pole_buffer *const buffers[KEPT] = {&worker->block.raw, &worker->block.shadow, &worker->out,
                                        &worker->unmatched, &worker->review};
    for (unsigned i = 0; i < KEPT; i++)
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
    if (status == POLE_STOPPED) { /* the reader was; what was read before is written */
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
