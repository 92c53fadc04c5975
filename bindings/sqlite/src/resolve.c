/* SPDX-License-Identifier: MIT
 *
 * pole_resolve(text, evidence...): a row for each place that a saying can mean, the likeliest
 * first. The warnings and the question of the whole answer stand in every row, and each row has its
 * own confidence, so that none reads as certain. The status of an answer that names one place
 * stands in its row alone; the others are rivals, and say so. A place between two poles has a row
 * without a code. An answer without a candidate is one row, whose columns of a pole are NULL. */
#include <math.h>

#include "arguments.h"
#include "evidence.h"
#include "poles.h"
#include "table.h"

SQLITE_EXTENSION_INIT3

enum {
    STATUS,
    CANDIDATE,
    CODE,
    SCOPE,
    LAT,
    LON,
    STREET,
    DISTRICT,
    CONFIDENCE,
    CONFIDENCE_PLACE,
    FIRST_STATION,
    WARNINGS = FIRST_STATION + STATION_COLUMNS,
    QUESTION,
    QUESTION_DIGIT,
    ASK,
    SAY,
    HEARD,
    REASON,
    NO_POLE,
    CORROBORATED_BY,
    POLE_STATE,
    MATCHED,
    EDITS,
    NEIGHBOURS,
    CROSS_STREETS,
    AREA_EDGE_M,
    AREA_EDGE_STATION_ID,
    DISTANCE_TO_FIRST_M,
    DISTANCE_TO_HINT_M,
    FAR_CODE,
    FAR_SCOPE,
    FAR_CONFIDENCE,
    FAR_DISTANCE_M,
    FAR_STATION_ID,
    ESTIMATE_CODE,
    ESTIMATE_LAT,
    ESTIMATE_LON,
    ESTIMATE_RADIUS_M,
    ESTIMATE_CONFIDENCE,
    ESTIMATE_STATION_ID,
    CHANNEL,
    CLEAN,
    SAMPLE,
    JSON
};
#define COLUMNS                                                                                    \
    "status, candidate, code, scope, lat, lon, street, district, confidence, "                     \
    "confidence_place, " STATION_COLUMN_NAMES                                                      \
    ", warnings, question, question_digit, ask, say, heard, reason, no_pole, corroborated_by, "    \
    "state, matched, edits, neighbours, cross_streets, area_edge_m, area_edge_station_id, "        \
    "distance_to_first_m, distance_to_hint_m, far_code, far_scope, far_confidence, "               \
    "far_distance_m, far_station_id, estimate_code, estimate_lat, estimate_lon, "                  \
    "estimate_radius_m, estimate_confidence, estimate_station_id, assumed_channel, "               \
    "assumed_clean, sample, json"

struct resolving {
    struct saying saying;
    pole_answer answer;
    sqlite3_int64 first; /* row of the first candidate: 1 behind a place between two poles */
    sqlite3_int64 told;  /* the row, from 1, that candidate and record are of */
    pole_candidate candidate;
    pole_record record;
};

static int start(struct cursor *cursor, struct fault *fault)
{
    struct resolving *resolving = cursor->work;
    resolving->told = 0;
    resolving->answer.match = POLE_MATCH_NONE;
    cursor->rows = 1;
    if (evidence_asks_nothing(cursor->arguments)) { /* one row of NULLs */
        resolving->first = 0;
        resolving->answer.candidates = 0;
        return 1;
    }
    if (!saying_resolve(&resolving->saying, cursor->use->connection->db, cursor->generation->index,
                        cursor->arguments, fault))
        return 0;
    resolving->answer.struct_size = sizeof resolving->answer;
    if (!fault_check(fault,
                     pole_resolution_answer(resolving->saying.resolution, &resolving->answer),
                     "reading the answer"))
        return 0;
    resolving->first = resolving->answer.match == POLE_INTERPOLATED;
    cursor->rows = resolving->first + resolving->answer.candidates;
    if (cursor->rows == 0)
        cursor->rows = 1;
    return 1;
}

/* ---- the answer ---- */

static void question_column(sqlite3_context *call, const struct resolving *resolving, int column)
{
    pole_question question;
    question.struct_size = sizeof question;
    if (pole_resolution_question(resolving->saying.resolution, &question) != POLE_OK ||
        question.kind == POLE_ASK_NOTHING)
        return;
    const pole_json_options *json = &resolving->saying.json;
    char words[POLE_QUESTION_BYTES];
    if (column == QUESTION)
        result_word(call, pole_question_name(question.kind));
    else if (column == QUESTION_DIGIT && question.digit > 0)
        sqlite3_result_int(call, (int)question.digit);
    else if (column != QUESTION_DIGIT &&
             pole_question_text(&question, column == ASK ? json->language : json->caller_language,
                                words, sizeof words, NULL) == POLE_OK)
        sqlite3_result_text(call, words, -1, SQLITE_TRANSIENT);
}

static void station_id(sqlite3_context *call, const pole_index *index, pole_station_number number)
{
    pole_station station;
    station.struct_size = sizeof station;
    if (pole_index_station(index, number, &station) == POLE_OK)
        result_span(call, station.id);
}

static void result_scope(sqlite3_context *call, const pole_index *index, uint16_t scope)
{
    pole_span name;
    if (pole_index_scope(index, scope, &name) == POLE_OK)
        sqlite3_result_text64(call, name.size_bytes > 0 ? name.data : "", name.size_bytes,
                              SQLITE_TRANSIENT, SQLITE_UTF8);
}

static void far_column(sqlite3_context *call, const pole_index *index,
                       const pole_resolution *resolution, int column)
{
    pole_far_rival rival;
    rival.struct_size = sizeof rival;
    if (pole_resolution_far_rival(resolution, &rival) != POLE_OK)
        return;
    if (column == FAR_CODE)
        result_code(call, index, rival.code);
    else if (column == FAR_SCOPE)
        result_scope(call, index, rival.code.scope);
    else if (column == FAR_CONFIDENCE)
        result_number(call, rival.confidence);
    else if (column == FAR_DISTANCE_M)
        result_number(call, rival.distance_m);
    else
        station_id(call, index, rival.station);
}

static void estimate_column(sqlite3_context *call, const pole_index *index,
                            const pole_resolution *resolution, int column)
{
    pole_estimate estimate;
    estimate.struct_size = sizeof estimate;
    if (pole_resolution_estimate(resolution, &estimate) != POLE_OK)
        return;
    if (column == ESTIMATE_CODE)
        result_code(call, index, estimate.code);
    else if (column == ESTIMATE_LAT)
        result_number(call, estimate.at.lat_deg);
    else if (column == ESTIMATE_LON)
        result_number(call, estimate.at.lon_deg);
    else if (column == ESTIMATE_RADIUS_M)
        result_number(call, estimate.radius_m);
    else if (column == ESTIMATE_CONFIDENCE)
        result_number(call, estimate.confidence);
    else
        result_station(call, index, chosen_station(estimate.stations, estimate.station_count),
                       STATION_ID);
}

/* An answer that names one place names the first row's. */
static const char *status_word(const struct resolving *resolving, sqlite3_int64 row)
{
    const pole_match match = resolving->answer.match;
    const int names_one =
        match == POLE_EXACT || match == POLE_CORRECTED || match == POLE_INTERPOLATED;
    return names_one && row > 0 ? "rival" : pole_match_name(match);
}

static void answer_column(struct cursor *cursor, sqlite3_context *call, int column)
{
    const struct resolving *resolving = cursor->work;
    const pole_answer *answer = &resolving->answer;
    switch (column) {
    case STATUS:
        result_word(call, status_word(resolving, cursor->row));
        break;
    case WARNINGS:
        result_words(call, answer->warnings, pole_warning_name);
        break;
    case HEARD:
        result_span(call, answer->heard);
        break;
    case REASON:
        result_word(call, pole_reason_name(answer->reason));
        break;
    case NO_POLE:
        result_number(call, answer->no_pole);
        break;
    case CORROBORATED_BY:
        result_words(call, answer->corroborated_by, pole_evidence_name);
        break;
    case CHANNEL:
        result_span(call, answer->channel);
        break;
    case CLEAN:
        result_number(call, answer->clean);
        break;
    case JSON:
        result_written(call, saying_write_json, &resolving->saying);
        break;
    default:
        if (column >= QUESTION && column <= SAY)
            question_column(call, resolving, column);
        else if (column >= FAR_CODE && column <= FAR_STATION_ID)
            far_column(call, cursor->generation->index, resolving->saying.resolution, column);
        else if (column >= ESTIMATE_CODE && column <= ESTIMATE_STATION_ID)
            estimate_column(call, cursor->generation->index, resolving->saying.resolution, column);
        break;
    }
}

/* ---- a candidate ---- */

static void finish_text(sqlite3_context *call, sqlite3_str *text)
{
    const int failed = sqlite3_str_errcode(text);
    char *done = sqlite3_str_finish(text);
    if (failed != SQLITE_OK)
        sqlite3_result_error_nomem(call);
    else if (done != NULL)
        sqlite3_result_text(call, done, -1, SQLITE_TRANSIENT);
    sqlite3_free(done);
}

static void append_digits(sqlite3_str *text, const char *name, const char *digits)
{
    const char *quote = digits[0] == '\0' ? "" : "\"";
    sqlite3_str_appendf(text, ",\"%s\":%s%s%s", name, quote, digits[0] == '\0' ? "null" : digits,
                        quote);
}

/* A JSON array; null is what an edit does not have. */
static void edits_column(sqlite3_context *call, const pole_candidate *candidate)
{
    sqlite3_str *text = sqlite3_str_new(sqlite3_context_db_handle(call));
    sqlite3_str_appendchar(text, 1, '[');
    for (size_t i = 0; i < candidate->edit_count; i++) {
        const pole_edit *edit = &candidate->edits[i];
        sqlite3_str_appendf(text, "%s{\"kind\":\"%s\",\"position\":", i > 0 ? "," : "",
                            pole_edit_name(edit->kind));
        if (edit->position > 0)
            sqlite3_str_appendf(text, "%d", edit->position);
        else
            sqlite3_str_appendall(text, "null");
        append_digits(text, "heard", edit->heard);
        append_digits(text, "meant", edit->meant);
        sqlite3_str_appendchar(text, 1, '}');
    }
    sqlite3_str_appendchar(text, 1, ']');
    finish_text(call, text);
}

/* Codes, joined by ';'. */
static void neighbours_column(sqlite3_context *call, const pole_index *index,
                              const pole_candidate *candidate)
{
    sqlite3_str *text = sqlite3_str_new(sqlite3_context_db_handle(call));
    for (size_t i = 0; i < candidate->neighbour_count; i++) {
        pole_record record;
        char code[32];
        record.struct_size = sizeof record;
        if (pole_index_record(index, candidate->neighbours[i].row, &record) == POLE_OK &&
            pole_code_format(index, record.code, 0, code, sizeof code, NULL) == POLE_OK)
            sqlite3_str_appendf(text, "%s%s", sqlite3_str_length(text) > 0 ? ";" : "", code);
    }
    finish_text(call, text);
}

static void cross_streets_column(sqlite3_context *call, const pole_candidate *candidate)
{
    sqlite3_str *text = sqlite3_str_new(sqlite3_context_db_handle(call));
    for (int i = 0; i < 2; i++) {
        const pole_span *street = &candidate->cross_streets[i];
        if (street->size_bytes == 0)
            continue;
        sqlite3_str_appendall(text, sqlite3_str_length(text) > 0 ? ";" : "");
        sqlite3_str_append(text, street->data, (int)street->size_bytes);
    }
    finish_text(call, text);
}

static void edge_column(sqlite3_context *call, const pole_index *index,
                        const pole_candidate *candidate, int column)
{
    if (candidate->area_edge.station == POLE_NO_STATION)
        return;
    if (column == AREA_EDGE_M)
        result_number(call, candidate->area_edge.distance_m);
    else
        station_id(call, index, candidate->area_edge.station);
}

static void pole_column(sqlite3_context *call, const pole_index *index, const pole_record *record,
                        int column)
{
    if (column == CODE)
        result_code(call, index, record->code);
    else if (column == SCOPE)
        result_scope(call, index, record->code.scope);
    else if (column == LAT)
        result_number(call, record->at.lat_deg);
    else if (column == LON)
        result_number(call, record->at.lon_deg);
    else if (column == STREET)
        result_span(call, record->street);
    else if (column == DISTRICT)
        result_span(call, record->district);
    else
        result_word(call, state_name(record->state));
}

static void candidate_column(struct cursor *cursor, sqlite3_context *call, int column)
{
    struct resolving *resolving = cursor->work;
    const pole_index *index = cursor->generation->index;
    pole_candidate *candidate = &resolving->candidate;
    if (resolving->told != cursor->row + 1) {
        candidate->struct_size = sizeof *candidate;
        resolving->record.struct_size = sizeof resolving->record;
        if (pole_resolution_candidate(resolving->saying.resolution,
                                      (size_t)(cursor->row - resolving->first), candidate,
                                      &resolving->record) != POLE_OK)
            return;
        resolving->told = cursor->row + 1;
    }
    if (column >= FIRST_STATION && column < FIRST_STATION + STATION_COLUMNS) {
        result_station(call, index, chosen_station(candidate->stations, candidate->station_count),
                       column - FIRST_STATION);
        return;
    }
    switch (column) {
    case CANDIDATE:
        sqlite3_result_int64(call, cursor->row - resolving->first + 1);
        break;
    case CONFIDENCE:
        result_number(call, candidate->confidence);
        break;
    case MATCHED:
        result_word(call, candidate->matched == POLE_MATCHED_ALIAS ? "alias" : "code");
        break;
    case EDITS:
        edits_column(call, candidate);
        break;
    case NEIGHBOURS:
        neighbours_column(call, index, candidate);
        break;
    case CROSS_STREETS:
        cross_streets_column(call, candidate);
        break;
    case AREA_EDGE_M:
    case AREA_EDGE_STATION_ID:
        edge_column(call, index, candidate, column);
        break;
    case DISTANCE_TO_FIRST_M:
        result_number(call, candidate->distance_to_first_m);
        break;
    case DISTANCE_TO_HINT_M:
        result_number(call, candidate->distance_to_hint_m);
        break;
    default:
        pole_column(call, index, &resolving->record, column);
        break;
    }
}

/* The row of a place between two poles. */
static void between_column(struct cursor *cursor, sqlite3_context *call, int column)
{
    const struct resolving *resolving = cursor->work;
    pole_estimate estimate;
    estimate.struct_size = sizeof estimate;
    if (pole_resolution_estimate(resolving->saying.resolution, &estimate) != POLE_OK)
        return;
    if (column == LAT)
        result_number(call, estimate.at.lat_deg);
    else if (column == LON)
        result_number(call, estimate.at.lon_deg);
    else if (column == CONFIDENCE)
        result_number(call, estimate.confidence);
    else if (column >= FIRST_STATION && column < FIRST_STATION + STATION_COLUMNS)
        result_station(call, cursor->generation->index,
                       chosen_station(estimate.stations, estimate.station_count),
                       column - FIRST_STATION);
}

static int of_candidate(int column)
{
    return (column >= CANDIDATE && column <= CONFIDENCE) ||
           (column >= FIRST_STATION && column < FIRST_STATION + STATION_COLUMNS) ||
           (column >= POLE_STATE && column <= DISTANCE_TO_HINT_M);
}

static void column(struct cursor *cursor, sqlite3_context *call, int number)
{
    const struct resolving *resolving = cursor->work;
    if (number == SAMPLE)
        sqlite3_result_int(call, cursor->generation->is_sample);
    else if (resolving->answer.match == POLE_MATCH_NONE)
        return;
    else if (number == CONFIDENCE_PLACE) {
        if (cursor->row == 0) /* it was assessed for the first place's surroundings alone */
            result_number(call, resolving->answer.confidence_place);
    } else if (number == CONFIDENCE && cursor->row >= resolving->first &&
               resolving->answer.candidates == 0) {
        result_number(call, resolving->answer.confidence); /* of nothing */
    } else if (!of_candidate(number))
        answer_column(cursor, call, number);
    else if (cursor->row < resolving->first)
        between_column(cursor, call, number);
    else if (cursor->row < resolving->first + resolving->answer.candidates)
        candidate_column(cursor, call, number);
}

static void end(void *work)
{
    saying_free(&((struct resolving *)work)->saying);
}

const struct table resolve_table = {"pole_resolve",           COLUMNS, EVIDENCE_NAMES, 1,  3,
                                    sizeof(struct resolving), start,   column,         end};
