/* SPDX-License-Identifier: MIT
 * See resolution.h. */
#include "lookup/resolution.h"

#include <math.h>

#include "base/abi.h"

static const char *const warning_names[] = {
    "sample_data",     "uncorroborated",   "scope_needed",  "station_conflict",
    "area_edge",       "no_area",          "retired_pole",  "other_length",
    "confusable_far",  "hint_conflict",    "hint_outside",  "hint_datum_suspect",
    "street_conflict", "street_unmatched", "also_conflict", "several_codes",
};

static const char *const evidence_names[] = {"hint", "street", "district", "scope",  "also",
                                             "then", "digit",  "box",      "polygon"};

static const char *const edit_names[] = {NULL,       "substitution", "transposition", "twin",
                                         "omission", "insertion",    "doubling",      "unknown"};

static const char *name_of_bit(uint32_t bit, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (bit == (uint32_t)1 << i)
            return names[i];
    return NULL;
}

const char *pole_warning_name(uint32_t warning)
{
    return name_of_bit(warning, warning_names, sizeof warning_names / sizeof *warning_names);
}

const char *pole_evidence_name(uint32_t evidence)
{
    return name_of_bit(evidence, evidence_names, sizeof evidence_names / sizeof *evidence_names);
}

const char *pole_edit_name(int32_t kind)
{
    const size_t count = sizeof edit_names / sizeof *edit_names;
    return kind > 0 && (size_t)kind < count ? edit_names[kind] : NULL;
}

pole_status pole_resolution_new(const pole_allocator *allocator, pole_resolution **out)
{
    if (out == NULL)
        return POLE_INVALID_ARGUMENT;
    const pole_allocator memory = pole_allocator_or_default(allocator);
    *out = pole_allocate_zeroed(&memory, 1, sizeof **out);
    if (*out == NULL)
        return POLE_NO_MEMORY;
    (*out)->allocator = memory;
    pole_buffer_init(&(*out)->texts, &memory);
    return POLE_OK;
}

void pole_resolution_free(pole_resolution *resolution)
{
    if (resolution == NULL)
        return;
    const pole_allocator memory = resolution->allocator;
    pole_index_close(resolution->index);
    if (resolution->free_work)
        resolution->free_work(&memory, resolution->work);
    pole_buffer_free(&resolution->texts);
    pole_release(&memory, resolution->candidates);
    pole_release(&memory, resolution);
}

/* The index is held for reading alone; only its count of owners changes, which is atomic. */
static void hold(pole_resolution *resolution, const pole_index *index)
{
    pole_index *held = (pole_index *)(uintptr_t)index;
    if (resolution->index == held)
        return;
    pole_index_retain(held);
    pole_index_close(resolution->index);
    resolution->index = held;
}

static void forget_answer(pole_resolution *resolution)
{
    pole_answer *answer = &resolution->answer;
    memset(answer, 0, sizeof *answer);
    answer->confidence = answer->confidence_place = answer->no_pole = (double)NAN;
    answer->far_share = answer->clean = (double)NAN;
    resolution->crs_name[0] = '\0';
    resolution->reading_count = 0;
    memset(&resolution->far_rival, 0, sizeof resolution->far_rival);
    resolution->far_rival.row = POLE_NO_ROW;
    memset(&resolution->estimate, 0, sizeof resolution->estimate);
    memset(&resolution->question, 0, sizeof resolution->question);
}

pole_status pole_resolution_begin(pole_resolution *resolution, const pole_index *index,
                                  pole_span query, pole_span heard)
{
    hold(resolution, index);
    forget_answer(resolution);
    pole_buffer_clear(&resolution->texts);
    pole_buffer_append(&resolution->texts, query.data, query.size_bytes);
    pole_buffer_append(&resolution->texts, heard.data, heard.size_bytes);
    if (resolution->texts.failed)
        return POLE_NO_MEMORY;
    pole_answer *answer = &resolution->answer;
    const char *texts = (const char *)resolution->texts.bytes;
    answer->query = (pole_span){query.size_bytes ? texts : NULL, query.size_bytes};
    answer->heard =
        (pole_span){heard.size_bytes ? texts + query.size_bytes : NULL, heard.size_bytes};
    if (index->image.sample)
        answer->warnings |= POLE_WARN_SAMPLE_DATA;
    return POLE_OK;
}

void pole_resolution_forget(pole_resolution *resolution)
{
    if (resolution == NULL)
        return;
    pole_index_close(resolution->index);
    resolution->index = NULL;
    forget_answer(resolution);
}

uint32_t pole_resolution_limit(uint32_t given)
{
    if (given == 0)
        return POLE_DEFAULT_LIMIT;
    return given < POLE_MOST_CANDIDATES ? given : POLE_MOST_CANDIDATES;
}

pole_status pole_resolution_answer(const pole_resolution *resolution, pole_answer *answer)
{
    if (!pole_record_is_sound(answer))
        return POLE_INVALID_ARGUMENT;
    const bool any = resolution && resolution->index;
    pole_record_fill(answer, any ? &resolution->answer : NULL, sizeof(pole_answer));
    return any ? POLE_OK : POLE_INVALID_ARGUMENT;
}

pole_status pole_resolution_candidate(const pole_resolution *resolution, size_t i,
                                      pole_candidate *candidate, pole_record *record)
{
    if (!pole_record_is_sound(candidate) || (record && !pole_record_is_sound(record)))
        return POLE_INVALID_ARGUMENT;
    pole_record_fill(candidate, NULL, 0);
    if (record)
        pole_record_fill(record, NULL, 0);
    if (resolution == NULL)
        return POLE_INVALID_ARGUMENT;
    if (i >= resolution->answer.candidates)
        return POLE_NOT_FOUND;
    const pole_stored_candidate *stored = resolution->candidates + i;
    pole_candidate told = stored->told;
    told.neighbours = stored->neighbours;
    told.stations = stored->stations;
    told.edits = stored->edits;
    told.crs = pole_span_of(resolution->crs_name);
    pole_record_fill(candidate, &told, sizeof told);
    if (record)
        pole_record_fill(record, &stored->pole, sizeof stored->pole);
    return POLE_OK;
}

pole_status pole_resolution_far_rival(const pole_resolution *resolution, pole_far_rival *rival)
{
    if (!pole_record_is_sound(rival))
        return POLE_INVALID_ARGUMENT;
    const bool any = resolution && resolution->index && resolution->far_rival.row != POLE_NO_ROW;
    pole_record_fill(rival, any ? &resolution->far_rival : NULL, sizeof resolution->far_rival);
    if (resolution == NULL || resolution->index == NULL)
        return POLE_INVALID_ARGUMENT;
    return any ? POLE_OK : POLE_NOT_FOUND;
}

pole_status pole_resolution_estimate(const pole_resolution *resolution, pole_estimate *estimate)
{
    if (!pole_record_is_sound(estimate))
        return POLE_INVALID_ARGUMENT;
    pole_record_fill(estimate, NULL, 0);
    if (resolution == NULL || resolution->index == NULL)
        return POLE_INVALID_ARGUMENT;
    pole_estimate told = resolution->estimate.told;
    if (!(told.confidence > 0.0))
        return POLE_NOT_FOUND;
    told.stations = resolution->estimate.stations;
    pole_record_fill(estimate, &told, sizeof told);
    return POLE_OK;
}

pole_status pole_resolution_question(const pole_resolution *resolution, pole_question *question)
{
    if (!pole_record_is_sound(question))
        return POLE_INVALID_ARGUMENT;
    pole_record_fill(question, NULL, 0);
    if (resolution == NULL || resolution->index == NULL)
        return POLE_INVALID_ARGUMENT;
    pole_record_fill(question, &resolution->question.told, sizeof resolution->question.told);
    return POLE_OK;
}

pole_status pole_resolution_evidence(const pole_resolution *resolution, size_t i,
                                     pole_evidence_used *used)
{
    if (!pole_record_is_sound(used))
        return POLE_INVALID_ARGUMENT;
    pole_record_fill(used, NULL, 0);
    if (resolution == NULL || resolution->index == NULL)
        return POLE_INVALID_ARGUMENT;
    if (i >= resolution->answer.evidence)
        return POLE_NOT_FOUND;
    pole_record_fill(used, resolution->evidence + i, sizeof resolution->evidence[i]);
    return POLE_OK;
}
