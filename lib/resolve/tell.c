/* SPDX-License-Identifier: MIT
 * See tell.h. */
#include "resolve/tell.h"

#include <math.h>

#include "lookup/policy.h"
#include "resolve/edits.h"
#include "resolve/far_rival.h"

static bool is_listed(const pole_resolution *resolution, pole_row row)
{
    for (uint32_t i = 0; i < resolution->answer.candidates; i++)
        if (resolution->candidates[i].pole.row == row)
            return true;
    return false;
}

static pole_status add_candidate(const pole_told *told, const pole_believed *pole,
                                 pole_resolution *resolution)
{
    const pole_index *index = resolution->index;
    pole_draft_alias alias;
    if (pole->alias > 0)
        alias = pole_alias_at(&index->aliases, pole->alias - 1);
    const pole_status status =
        pole_resolution_add(resolution, pole->row, pole->alias > 0 ? &alias : NULL,
                            told->options->crs, told->options->brief != 0);
    if (status != POLE_OK)
        return status;
    pole_stored_candidate *stored = resolution->candidates + resolution->answer.candidates - 1;
    stored->told.confidence = pole->share;
    if (told->weighing->kinds & POLE_EVIDENCE_HINT)
        stored->told.distance_to_hint_m =
            pole_distance(told->weighing->given.hint, stored->pole.at);
    unsigned reading;
    if (pole->alias == 0)
        stored->told.edit_count =
            pole_edits_find(told->channel, told->heard, stored->pole.code.number,
                            stored->pole.code.digits, stored->edits, &reading);
    return POLE_OK;
}

/* The pole whose code was heard, where it is not the likeliest: shown, whatever speaks against it.
 */
static const pole_believed *overridden(const pole_posterior *posterior)
{
    const pole_belief *belief = &posterior->belief;
    if (!posterior->heard_is_code)
        return NULL;
    for (size_t i = 0; i < belief->count; i++)
        if (belief->poles[i].row == posterior->by_digits)
            return belief->poles + i;
    return NULL;
}

static pole_status tell_candidates(const pole_told *told, pole_resolution *resolution)
{
    const pole_belief *belief = &told->posterior->belief;
    const uint32_t limit = pole_resolution_limit(told->options->limit);
    const pole_believed *heard = overridden(told->posterior);
    pole_status status = POLE_OK;
    uint32_t found = 0;
    for (size_t i = 0; i < belief->count && status == POLE_OK; i++) {
        const pole_believed *pole = belief->poles + i;
        if (pole->share < POLE_LEAST_LISTED && pole != heard)
            continue;
        found++;
        /* The last place is kept for the pole that was heard. */
        const bool last = resolution->answer.candidates + 1 == limit && limit > 1;
        if (last && heard && pole != heard && !is_listed(resolution, heard->row))
            continue;
        if (resolution->answer.candidates < limit)
            status = add_candidate(told, pole, resolution);
    }
    resolution->answer.candidates_found = found;
    return status;
}

static pole_span given_text(const pole_weighing *weighing, uint32_t kind, pole_span scope)
{
    const pole_evidence *given = &weighing->given;
    switch (kind) {
    case POLE_EVIDENCE_HINT:
        return given->hint_given;
    case POLE_EVIDENCE_STREET:
        return given->street;
    case POLE_EVIDENCE_DISTRICT:
        return given->district;
    case POLE_EVIDENCE_SCOPE:
        return scope;
    case POLE_EVIDENCE_ALSO:
        return pole_heard_query(given->also);
    case POLE_EVIDENCE_THEN:
        return pole_heard_query(given->then);
    case POLE_EVIDENCE_DIGIT:
        return pole_span_of(weighing->digits_given);
    default:
        return (pole_span){NULL, 0};
    }
}

/* The texts of the evidence go behind those of the query; the memory may move once. */
static bool keep_texts(pole_resolution *resolution)
{
    pole_answer *answer = &resolution->answer;
    size_t size = 0;
    for (uint32_t i = 0; i < answer->evidence; i++)
        size += resolution->evidence[i].given.size_bytes + resolution->evidence[i].crs.size_bytes;
    if (size == 0)
        return true;
    uint8_t *room = pole_buffer_extend(&resolution->texts, size);
    if (room == NULL)
        return false;
    const char *texts = (const char *)resolution->texts.bytes;
    if (answer->query.size_bytes > 0)
        answer->query.data = texts;
    if (answer->heard.size_bytes > 0)
        answer->heard.data = texts + answer->query.size_bytes;
    for (uint32_t i = 0; i < answer->evidence; i++) {
        pole_span *spans[2] = {&resolution->evidence[i].given, &resolution->evidence[i].crs};
        for (unsigned k = 0; k < 2; k++) {
            if (spans[k]->size_bytes == 0)
                continue;
            memcpy(room, spans[k]->data, spans[k]->size_bytes);
            spans[k]->data = (const char *)room;
            room += spans[k]->size_bytes;
        }
    }
    return true;
}

static bool tell_evidence(const pole_told *told, pole_resolution *resolution)
{
    const pole_weighing *weighing = told->weighing;
    const pole_belief *belief = &told->posterior->belief;
    for (uint32_t kinds = weighing->kinds; kinds != 0; kinds &= kinds - 1) {
        const uint32_t kind = kinds & -kinds;
        pole_evidence_used *used = resolution->evidence + resolution->answer.evidence++;
        memset(used, 0, sizeof *used);
        used->struct_size = sizeof *used;
        used->kind = (int32_t)kind;
        used->at = (pole_point){(double)NAN, (double)NAN};
        used->sigma_m = (double)NAN;
        used->given = given_text(weighing, kind, told->options->scope);
        if (kind == POLE_EVIDENCE_HINT) {
            used->at = weighing->given.hint;
            used->sigma_m = weighing->hint.sigma_m;
            used->crs = weighing->given.hint_crs.size_bytes > 0 ? weighing->given.hint_crs
                                                                : pole_span_of("EPSG:4326");
        }
        if (belief->count > 0)
            used->agrees = pole_weigh_agrees(weighing, kind, belief->poles[0].row);
        used->outside = POLE_NO_ROW;
        used->outside_share = (double)NAN;
        if (kind & POLE_HARD_EVIDENCE && told->posterior->outside != POLE_NO_ROW) {
            used->outside = told->posterior->outside;
            used->outside_share = told->posterior->outside_share;
        }
    }
    return keep_texts(resolution);
}

static void tell_estimate(const pole_told *told, pole_resolve_work *work,
                          pole_resolution *resolution)
{
    if (!told->posterior->reading_is_estimate)
        return;
    pole_stored_estimate *stored = &resolution->estimate;
    stored->told = work->between.told;
    memcpy(stored->stations, work->between.stations, sizeof stored->stations);
    stored->told.confidence = told->posterior->belief.estimate;
    if (told->judgement->match != POLE_INTERPOLATED)
        return;
    resolution->answer.warnings &= ~(uint32_t)POLE_WARN_OF_POLE;
    if (stored->told.area_edge.station != POLE_NO_STATION)
        resolution->answer.warnings |= POLE_WARN_AREA_EDGE;
    if (pole_estimate_responsible(&stored->told) == POLE_NO_STATION &&
        resolution->index->areas.count > 0)
        resolution->answer.warnings |= POLE_WARN_NO_AREA;
}

/* The question moves from the room where it was chosen to the answer's. */
static void keep_question(const pole_asked *asked, pole_stored_question *stored)
{
    stored->told = asked->told;
    memcpy(stored->rows, asked->rows, sizeof stored->rows);
    memcpy(stored->texts, asked->texts, sizeof stored->texts);
    for (size_t i = 0; i < asked->told.option_count; i++) {
        pole_question_option *option = stored->options + i;
        *option = asked->options[i];
        option->rows = stored->rows[i];
        if (option->answer.data == asked->texts[i])
            option->answer.data = stored->texts[i];
    }
    stored->told.options = stored->options;
}

static void tell_question(const pole_told *told, pole_resolve_work *work,
                          pole_resolution *resolution)
{
    const pole_belief *belief = &told->posterior->belief;
    const pole_estimate *estimate =
        told->posterior->reading_is_estimate ? pole_interpolated_estimate(&work->between) : NULL;
    pole_question_context context;
    memset(&context, 0, sizeof context);
    context.match = told->judgement->match;
    context.reason = told->heard->reason;
    context.confidence_place = told->place->confidence_place;
    context.agrees = told->judgement->corroborated_by;
    context.warnings = resolution->answer.warnings;
    context.heard = pole_heard_digits(told->heard);
    context.caller_language = told->options->caller_language;
    for (uint32_t i = 0; i < told->weighing->given.digit_count; i++)
        context.answered_digits |= 1u << told->weighing->given.digits[i].position;
    if (told->weighing->kinds & (POLE_EVIDENCE_ALSO | POLE_EVIDENCE_THEN))
        context.answered |= 1u << POLE_ASK_NEIGHBOUR;
    if (told->weighing->kinds & POLE_EVIDENCE_STREET)
        context.answered |= 1u << POLE_ASK_STREET;
    /* One that does not have the code is asked for again. */
    if (told->weighing->kinds & POLE_EVIDENCE_SCOPE && !(context.warnings & POLE_WARN_SCOPE_NEEDED))
        context.answered |= 1u << POLE_ASK_COUNTY;
    const bool any = belief->count > 0 || belief->estimate > 0.0;
    pole_question_choose(any ? belief : NULL, estimate, &context, &work->asked);
    keep_question(&work->asked, &resolution->question);
    resolution->answer.question = work->asked.told.kind;
}

static void copy_name(char *to, size_t capacity, pole_span name)
{
    const size_t size = name.size_bytes < capacity ? name.size_bytes : capacity - 1;
    memcpy(to, name.data, size);
    to[size] = '\0';
}

void pole_tell_channel(const pole_channel_prepared *channel, pole_resolution *resolution)
{
    pole_answer *answer = &resolution->answer;
    copy_name(resolution->channel_name, sizeof resolution->channel_name, channel->channel->name);
    copy_name(resolution->channel_id, sizeof resolution->channel_id,
              pole_span_of(channel->channel->id));
    answer->channel = pole_span_of(resolution->channel_name);
    answer->channel_id = pole_span_of(resolution->channel_id);
    answer->clean = channel->weights[POLE_CLASS_CLEAN];
}

static void tell_head(const pole_told *told, pole_resolution *resolution)
{
    pole_answer *answer = &resolution->answer;
    const pole_belief *belief = &told->posterior->belief;
    answer->match = told->judgement->match;
    answer->warnings |= told->judgement->warnings;
    answer->corroborated_by = told->judgement->corroborated_by;
    answer->reason = answer->match == POLE_NO_CODE ? told->heard->reason : POLE_REASON_NONE;
    if (answer->match == POLE_NO_CODE)
        return;
    resolution->reading_count =
        pole_heard_codes(told->heard, resolution->readings, POLE_MOST_HEARD_CODES);
    answer->no_pole = belief->no_pole;
    answer->confidence = answer->match == POLE_INTERPOLATED ? belief->estimate
                         : belief->count > 0                ? belief->poles[0].share
                                                            : 0.0;
    answer->confidence_place = told->place->confidence_place;
    answer->far_share = told->place->far_share;
    pole_tell_channel(told->channel, resolution);
}

pole_status pole_tell(const pole_told *told, pole_resolve_work *work, pole_resolution *resolution)
{
    const pole_status status = tell_candidates(told, resolution);
    if (status != POLE_OK)
        return status;
    tell_head(told, resolution);
    if (!tell_evidence(told, resolution))
        return POLE_NO_MEMORY;
    resolution->far_rival = told->place->rival;
    tell_estimate(told, work, resolution);
    if (!told->options->brief)
        tell_question(told, work, resolution);
    return POLE_OK;
}
