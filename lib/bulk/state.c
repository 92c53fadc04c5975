/* SPDX-License-Identifier: MIT
 * See state.h. */
#include "bulk/state.h"

#include "base/bytes.h"
#include "base/checksum.h"
#include "base/status.h"

/* "POLESTAT", a version, then fixed fields and the tally. */
#define MAGIC 0x54415453454C4F50u
#define VERSION 1u

/* The counts of a summary, in order. */
#define COUNTS (8 + 6 + 14)

static void visit_counts(pole_geocode_summary *summary, uint64_t *counts[COUNTS])
{
    size_t i = 0;
    for (unsigned k = 0; k < 8; k++)
        counts[i++] = &summary->matches[k];
    for (unsigned k = 0; k < 6; k++)
        counts[i++] = &summary->reasons[k];
    uint64_t *const others[] = {&summary->rows,
                                &summary->blank_lines,
                                &summary->short_rows,
                                &summary->long_rows,
                                &summary->evidence_rows,
                                &summary->bad_evidence_rows,
                                &summary->full_rows,
                                &summary->excel_safe_cells,
                                &summary->decided_rows,
                                &summary->unused_decisions,
                                &summary->bytes_read,
                                &summary->bytes_written,
                                &summary->unmatched_bytes,
                                &summary->review_bytes};
    for (unsigned k = 0; k < sizeof others / sizeof *others; k++)
        counts[i++] = others[k];
}

static void add_text(pole_buffer *all, const char *text)
{
    pole_buffer_append_text(all, text ? text : "");
    pole_buffer_append_byte(all, text ? 0 : 1);
}

static void add_number(pole_buffer *all, double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    pole_buffer_append_u64(all, bits);
}

static void add_columns(pole_buffer *all, const pole_log_plan *plan)
{
    pole_buffer_append_u32(all, plan->code);
    pole_buffer_append_u32(all, plan->time);
    for (size_t i = 0; i < plan->text_count; i++)
        pole_buffer_append_u32(all, plan->text_columns[i]);
    for (unsigned i = 0; i < POLE_EVIDENCE_CELLS; i++)
        pole_buffer_append_u32(all, plan->evidence[i]);
    pole_buffer_append(all, plan->added.columns, plan->added.count);
    pole_buffer_append_u64(all, plan->column_count);
    if (plan->dropped)
        pole_buffer_append(all, plan->dropped, plan->column_count);
}

static void add_resolving(pole_buffer *all, const pole_resolve_options *resolve)
{
    pole_channel_info info = {.struct_size = sizeof info};
    if (resolve->channel && pole_channel_info_get(resolve->channel, &info) == POLE_OK)
        pole_buffer_append(all, info.id.data, info.id.size_bytes);
    const double numbers[] = {resolve->clean,
                              resolve->near_m,
                              resolve->exact_confidence,
                              resolve->exact_place,
                              resolve->corrected_confidence,
                              resolve->corrected_place};
    for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++)
        add_number(all, numbers[i]);
    pole_buffer_append(all, resolve->scope.data, resolve->scope.size_bytes);
    pole_buffer_append_u32(all, resolve->limit);
    pole_buffer_append_u32(all, (uint32_t)resolve->caller_language);
}

/* What the output depends on, beside index and input; threads are not of it. */
static bool hash_options(const pole_geocoder *run, pole_hash128 *hash)
{
    const pole_geocode_options *options = &run->options;
    const pole_emission *how = &run->emission;
    pole_buffer all;
    pole_buffer_init(&all, &run->allocator);
    const uint32_t numbers[] = {(uint32_t)how->format,
                                (uint32_t)how->from,
                                (uint32_t)how->to,
                                (uint8_t)how->dialect.delimiter,
                                (uint8_t)how->dialect.quote,
                                (uint32_t)how->dialect.header,
                                options->bom,
                                options->excel_safe,
                                options->report,
                                (uint32_t)options->language,
                                options->unmatched != NULL,
                                options->review != NULL,
                                run->matching.best_guess,
                                (uint32_t)run->matching.station_role};
    for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++)
        pole_buffer_append_u32(&all, numbers[i]);
    add_text(&all, pole_version());
    add_columns(&all, &run->plan);
    add_resolving(&all, &run->resolve);
    pole_buffer_append_u64(&all, run->decisions.hash.low);
    pole_buffer_append_u64(&all, run->decisions.hash.high);
    *hash = pole_hash(all.bytes, all.size);
    const bool whole = !all.failed;
    pole_buffer_free(&all);
    return whole;
}

static bool hash_index(const pole_geocoder *run, pole_hash128 *hash)
{
    pole_info info = {.struct_size = sizeof info};
    if (pole_index_info(run->index, &info) != POLE_OK)
        return false;
    *hash = pole_hash(info.id, strlen(info.id));
    return true;
}

static void append_hash(pole_buffer *out, pole_hash128 hash)
{
    pole_buffer_append_u64(out, hash.low);
    pole_buffer_append_u64(out, hash.high);
}

pole_status pole_state_save(const pole_geocoder *run, pole_buffer *out)
{
    pole_hash128 options, index;
    uint64_t *counts[COUNTS];
    pole_geocode_summary settled = run->settled;
    if (!run->has_begun || settled.bytes_read != run->blocks.given_bytes)
        return POLE_NOT_FOUND;
    if (!hash_options(run, &options) || !hash_index(run, &index))
        return POLE_NO_MEMORY;
    visit_counts(&settled, counts);
    pole_buffer_append_u64(out, MAGIC);
    pole_buffer_append_u32(out, VERSION);
    pole_buffer_append_u32(out, run->any_feature);
    append_hash(out, options);
    append_hash(out, index);
    append_hash(out, pole_hasher_value(run->blocks.hasher));
    for (unsigned i = 0; i < COUNTS; i++)
        pole_buffer_append_u64(out, *counts[i]);
    pole_tally_save(run->tally, out);
    pole_buffer_append_u32(out, pole_crc32(out->bytes, out->size));
    return out->failed ? POLE_NO_MEMORY : POLE_OK;
}

static pole_hash128 load_hash(const uint8_t *bytes)
{
    return (pole_hash128){pole_load_u64(bytes), pole_load_u64(bytes + 8)};
}

static pole_status refuse_state(pole_error *error)
{
    return pole_fail(error, POLE_BAD_INPUT,
                     "the state of the stopped run is damaged, or another release's");
}

pole_status pole_state_load(pole_geocoder *run, pole_span state, pole_error *error)
{
    const size_t head = 16 + 3 * 16 + 8 * (size_t)COUNTS;
    const uint8_t *bytes = (const uint8_t *)state.data;
    uint64_t *counts[COUNTS];
    if (state.size_bytes < head + 4 || pole_load_u64(bytes) != MAGIC ||
        pole_load_u32(bytes + 8) != VERSION ||
        pole_crc32(bytes, state.size_bytes - 4) != pole_load_u32(bytes + state.size_bytes - 4))
        return refuse_state(error);
    run->any_feature = pole_load_u32(bytes + 12) != 0;
    run->resumed.options = load_hash(bytes + 16);
    run->resumed.index = load_hash(bytes + 32);
    run->resumed.input = load_hash(bytes + 48);
    visit_counts(&run->summary, counts);
    for (unsigned i = 0; i < COUNTS; i++)
        *counts[i] = pole_load_u64(bytes + 64 + 8 * i);
    run->settled = run->summary;
    run->is_resumed = true;
    return pole_tally_load(run->tally, bytes + head, state.size_bytes - head - 4, error);
}

static bool same(pole_hash128 a, pole_hash128 b)
{
    return a.low == b.low && a.high == b.high;
}

pole_status pole_state_pass(pole_geocoder *run, pole_error *error)
{
    pole_hash128 options, index;
    if (!hash_options(run, &options) || !hash_index(run, &index))
        return pole_fail(error, POLE_NO_MEMORY, "no memory to go on");
    const char *changed = NULL;
    if (!same(index, run->resumed.index))
        changed = "the index is another one";
    else if (!same(options, run->resumed.options))
        changed = "the options, or the decisions, are others";
    pole_status status = POLE_OK;
    if (changed == NULL) {
        status = pole_blocks_pass(&run->blocks, run->settled.bytes_read, run->settled.rows);
        if (status != POLE_OK && status != POLE_NOT_FOUND)
            return pole_fail(error, status, "%s", pole_status_text(status));
        if (status == POLE_NOT_FOUND ||
            !same(pole_hasher_value(run->blocks.hasher), run->resumed.input))
            changed = "the input is another one";
    }
    if (changed == NULL)
        return POLE_OK;
    pole_fail(error, POLE_BAD_INPUT, "the run cannot be gone on with: %s", changed);
    pole_fail_hint(error, "run it from the beginning, without --resume");
    return POLE_BAD_INPUT;
}
