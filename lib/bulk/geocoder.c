/* SPDX-License-Identifier: MIT
 * Whole logs: prepares a run, starts its workers, tells what came of it. */
#include "bulk/geocoder.h"

#include "base/abi.h"
#include "base/status.h"
#include "bulk/state.h"
#include "report/report.h"

void pole_geocode_options_init(pole_geocode_options *options)
{
    memset(options, 0, sizeof *options);
    options->struct_size = sizeof *options;
}

static pole_status encoding_of(const char *name, pole_encoding *encoding, pole_error *error)
{
    *encoding = POLE_ENCODING_SNIFF;
    return name ? pole_encoding_by_name(pole_span_of(name), encoding, error) : POLE_OK;
}

/* Copies the options with those of the matcher; CSV has room for one candidate. */
static bool take_options(pole_geocoder *run, const pole_geocode_options *given)
{
    pole_geocode_options *options = &run->options;
    pole_geocode_options_init(options);
    pole_matcher_options_init(&run->matching);
    pole_resolve_options_init(&run->resolve);
    if (!pole_options_take(options, sizeof *options, given) ||
        !pole_options_take(&run->matching, sizeof run->matching, options->matcher) ||
        !pole_options_take(&run->resolve, sizeof run->resolve, run->matching.resolve))
        return false;
    if (options->to != POLE_TO_JSONL)
        run->resolve.limit = 1;
    else if (run->resolve.limit == 0)
        run->resolve.limit = 3;
    run->matching.resolve = &run->resolve;
    run->matching.allocator = &run->allocator;
    return options->threads <= POLE_MOST_THREADS && options->to >= POLE_TO_CSV &&
           options->to <= POLE_TO_GEOJSON && options->header >= POLE_HEADER_FOUND_OUT &&
           options->header <= POLE_HEADER_ABSENT && options->delimiter < 0x80 &&
           options->bom <= 1 && options->excel_safe <= 1;
}

pole_status pole_geocoder_new(const pole_index *index, const pole_geocode_options *options,
                              pole_geocoder **out, pole_error *error)
{
    pole_error ignored = {0};
    error = error ? error : &ignored;
    pole_error_clear(error);
    if (out == NULL)
        return POLE_INVALID_ARGUMENT;
    *out = NULL;
    pole_geocode_options taken;
    pole_geocode_options_init(&taken);
    if (index == NULL || !pole_options_take(&taken, sizeof taken, options))
        return pole_fail(error, POLE_INVALID_ARGUMENT, "the geocoder's options are not sound");
    const pole_allocator memory = pole_allocator_or_default(taken.allocator);
    pole_geocoder *made = pole_allocate_zeroed(&memory, 1, sizeof *made);
    if (made == NULL)
        return pole_fail(error, POLE_NO_MEMORY, "no memory for a geocoder");
    made->allocator = memory;
    pole_status status = take_options(made, options) ? POLE_OK : POLE_INVALID_ARGUMENT;
    if (status != POLE_OK)
        pole_fail(error, status, "the geocoder's options are not sound");
    if (status == POLE_OK)
        status = encoding_of(taken.encoding, &made->from, error);
    if (status == POLE_OK)
        status = encoding_of(taken.output_encoding, &made->to, error);
    made->index = (pole_index *)(uintptr_t)index;
    pole_index_retain(made->index);
    made->summary.struct_size = sizeof made->summary;
    if (status == POLE_OK &&
        pole_tally_new(index, taken.report != 0, &made->allocator, &made->tally) != POLE_OK)
        status = pole_fail(error, POLE_NO_MEMORY, "no memory for a geocoder");
    if (status == POLE_OK && taken.resume.size_bytes > 0)
        status = pole_state_load(made, taken.resume, error);
    if (status != POLE_OK) {
        pole_geocoder_free(made);
        return status;
    }
    *out = made;
    return POLE_OK;
}

void pole_geocoder_free(pole_geocoder *geocoder)
{
    if (geocoder == NULL)
        return;
    const pole_allocator memory = geocoder->allocator;
    if (geocoder->was_run) {
        pole_log_plan_free(&geocoder->plan);
        pole_blocks_free(&geocoder->blocks);
        pole_decisions_free(&geocoder->decisions, &memory);
    }
    pole_tally_free(geocoder->tally);
    pole_index_close(geocoder->index);
    pole_release(&memory, geocoder);
}

/* Whether none of the columns that the code stands in is left out. */
static bool shows_code(const pole_log_plan *plan)
{
    if (plan->dropped == NULL)
        return true;
    for (size_t i = 0; i < plan->text_count; i++)
        if (plan->dropped[plan->text_columns[i]])
            return false;
    return plan->code == POLE_NO_COLUMN || !plan->dropped[plan->code];
}

/* The kinds of evidence of which a column is left out. */
static uint32_t hidden_evidence(const pole_log_plan *plan)
{
    static const uint32_t kinds[POLE_EVIDENCE_CELLS] = {
        POLE_EVIDENCE_HINT,     POLE_EVIDENCE_HINT,  POLE_EVIDENCE_HINT,
        POLE_EVIDENCE_HINT,     POLE_EVIDENCE_HINT,  POLE_EVIDENCE_STREET,
        POLE_EVIDENCE_DISTRICT, POLE_EVIDENCE_SCOPE, POLE_EVIDENCE_ALSO};
    uint32_t hidden = 0;
    for (unsigned i = 0; plan->dropped && i < POLE_EVIDENCE_CELLS; i++)
        if (plan->evidence[i] != POLE_NO_COLUMN && plan->dropped[plan->evidence[i]])
            hidden |= kinds[i];
    return hidden;
}

static pole_status prepare(pole_geocoder *run, const pole_reader *input, pole_error *error)
{
    const pole_geocode_options *options = &run->options;
    pole_blocks *blocks = &run->blocks;
    static const pole_header_rule rules[] = {POLE_HEADER_SNIFF, POLE_HEADER_YES, POLE_HEADER_NO};
    blocks->encoding = run->from;
    blocks->dialect.header = rules[options->header];
    if (options->delimiter != 0)
        blocks->dialect.delimiter = (char)options->delimiter;
    blocks->reader = input;
    blocks->counts_rows = options->to == POLE_TO_JSONL || options->review || options->decisions;
    pole_status status = pole_blocks_begin(blocks, error);
    if (status == POLE_OK)
        status = pole_log_plan_make(run->index, options, blocks, &run->plan, error);
    if (status == POLE_OK && options->decisions)
        status = pole_decisions_read(run->index, options->decisions, &run->allocator,
                                     &run->decisions, error);
    if (status != POLE_OK)
        return status;
    run->shows_code = shows_code(&run->plan);
    run->hidden_evidence = hidden_evidence(&run->plan);
    pole_geocode_summary *summary = &run->summary;
    if (!run->is_resumed) {
        summary->bytes_read = blocks->given_bytes;
        summary->blank_lines = run->plan.blank_lines;
    }
    summary->encoding = pole_span_of(pole_encoding_name(blocks->encoding));
    summary->delimiter = (uint8_t)blocks->dialect.delimiter;
    summary->found_by_content = run->plan.found_by_content;
    if (run->plan.code != POLE_NO_COLUMN) {
        summary->code_column = run->plan.code + 1;
        summary->code_column_name = run->plan.names[run->plan.code];
    }
    run->emission = (pole_emission){
        .index = run->index,
        .plan = &run->plan,
        .from = blocks->encoding,
        .to = run->to == POLE_ENCODING_SNIFF ? blocks->encoding : run->to,
        .unit = blocks->unit,
        .needs_shadow = blocks->needs_shadow,
        .format = options->to,
        .excel_safe = options->excel_safe != 0,
    };
    pole_emission_set_dialect(&run->emission, blocks->dialect);
    if (options->to != POLE_TO_CSV)
        run->emission.to = POLE_ENCODING_UTF8;
    pole_json_options_init(&run->emission.json);
    run->emission.json.language = options->language;
    run->emission.json.caller_language = run->resolve.caller_language;
    return run->is_resumed ? pole_state_pass(run, error) : POLE_OK;
}

/* What stands before the first row, and behind the last. */
static pole_status write_begin(pole_worker *worker)
{
    pole_geocoder *run = worker->run;
    const pole_blocks *blocks = &run->blocks;
    const bool bom = run->options.bom != 0;
    if (run->is_resumed) {
        run->has_begun = true;
        return POLE_OK;
    }
    if (!pole_emit_begin(&worker->emitter, blocks->mark, blocks->mark_size, bom, &worker->out) ||
        (run->options.unmatched &&
         !pole_emit_begin_csv(&worker->emitter, blocks->mark, blocks->mark_size, bom,
                              &worker->unmatched)) ||
        (run->options.review && !pole_review_begin(&worker->review)))
        return POLE_NO_MEMORY;
    const pole_status status = pole_worker_flush(worker);
    run->has_begun = true;
    run->settled = run->summary;
    return status;
}

static pole_status write_end(pole_worker *worker)
{
    pole_geocoder *run = worker->run;
    if (run->blocks.has_odd_byte && run->emission.format == POLE_TO_CSV &&
        run->emission.from == run->emission.to)
        pole_buffer_append_byte(&worker->out, run->blocks.odd_byte);
    if (!pole_emit_end(&run->emission, &worker->out))
        return POLE_NO_MEMORY;
    run->any_feature = true; /* no comma is to be taken away from this */
    run->summary.bytes_read += run->blocks.has_odd_byte;
    run->summary.unused_decisions = run->decisions.count - run->summary.decided_rows;
    return pole_worker_flush(worker);
}

/* All workers are ready. The turns' status says what went wrong. */
static void run_workers(pole_geocoder *run, pole_worker *workers, size_t count)
{
    void *each[POLE_MOST_THREADS];
    for (size_t i = 0; i < count; i++)
        each[i] = workers + i;
    pole_status status = write_begin(workers);
    if (status == POLE_OK) {
        pole_turns_run(pole_worker_work, each, count);
        status = run->turns.status;
    }
    if (status == POLE_OK && !run->turns.stopping)
        status = write_end(workers);
    run->turns.status = status;
}

static pole_status start_workers(pole_geocoder *run, pole_error *error)
{
    const size_t count = run->options.threads > 0 ? run->options.threads : 1;
    pole_worker *workers = pole_allocate_zeroed(&run->allocator, count, sizeof *workers);
    pole_status status = workers ? POLE_OK : POLE_NO_MEMORY;
    size_t ready = 0;
    while (status == POLE_OK && ready < count)
        status = pole_worker_init(workers + ready++, run, error);
    if (status == POLE_OK && !pole_turns_init(&run->turns))
        status = POLE_NO_MEMORY;
    if (status == POLE_OK) {
        run_workers(run, workers, count);
        status = run->turns.status;
        if (status == POLE_OK && run->turns.stopping)
            status = POLE_STOPPED;
        pole_turns_free(&run->turns);
    }
    for (size_t i = 0; i < ready; i++)
        pole_worker_free(workers + i);
    pole_release(&run->allocator, workers);
    return status;
}

pole_status pole_geocoder_run(pole_geocoder *geocoder, const pole_reader *input,
                              const pole_sink *output, pole_error *error)
{
    pole_error ignored = {0};
    error = error ? error : &ignored;
    pole_error_clear(error);
    if (geocoder == NULL || geocoder->was_run || input == NULL || input->read == NULL ||
        output == NULL || output->write == NULL)
        return pole_fail(error, POLE_INVALID_ARGUMENT,
                         "the geocoder was run before, or has no "
                         "input or output");
    geocoder->output = output;
    pole_status status = pole_blocks_init(&geocoder->blocks, input, &geocoder->allocator);
    geocoder->was_run = true;
    if (status == POLE_OK)
        status = prepare(geocoder, input, error);
    if (status == POLE_OK)
        status = start_workers(geocoder, error);
    geocoder->was_stopped = status == POLE_STOPPED;
    if (status != POLE_OK && error->status == POLE_OK)
        pole_fail(error, status, "%s", pole_status_text(status));
    return status;
}

pole_status pole_geocoder_summary(const pole_geocoder *geocoder, pole_geocode_summary *summary)
{
    if (geocoder == NULL || !pole_record_is_sound(summary))
        return POLE_INVALID_ARGUMENT;
    pole_record_fill(summary, &geocoder->summary, sizeof geocoder->summary);
    return POLE_OK;
}

pole_status pole_geocoder_state(const pole_geocoder *geocoder, const pole_sink *state)
{
    pole_buffer bytes;
    if (geocoder == NULL || state == NULL || state->write == NULL)
        return POLE_INVALID_ARGUMENT;
    if (!geocoder->was_stopped)
        return POLE_NOT_FOUND;
    pole_buffer_init(&bytes, &geocoder->allocator);
    pole_status status = pole_state_save(geocoder, &bytes);
    if (status == POLE_OK)
        status = state->write(state->context, bytes.bytes, bytes.size);
    pole_buffer_free(&bytes);
    return status;
}

pole_status pole_geocoder_report(const pole_geocoder *geocoder, pole_span log_name,
                                 int32_t language, const pole_sink *page, pole_error *error)
{
    if (geocoder == NULL || page == NULL || page->write == NULL || !geocoder->options.report)
        return pole_fail(error, POLE_INVALID_ARGUMENT, "the run was not asked for a report");
    return pole_report_write(geocoder->tally, log_name, language, page, error);
}

pole_status pole_geocoder_unmatched(const pole_geocoder *geocoder, pole_unmatched_value *values,
                                    size_t capacity, size_t *count)
{
    if (geocoder == NULL || count == NULL || (values == NULL && capacity > 0))
        return POLE_INVALID_ARGUMENT;
    *count = pole_values_commonest(&geocoder->tally->values, values, capacity);
    return POLE_OK;
}
