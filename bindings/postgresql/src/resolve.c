/* SPDX-License-Identifier: MIT
 *
 * From what was heard to the pole that was meant: as rows, one a candidate, and as JSON.
 *
 * Every row carries the status, the confidences, the warnings and the question of the whole answer:
 * no row of it reads as certain by itself. Row 0 is not a pole: it is the estimate of an
 * interpolated answer, or stands for an answer without candidates. */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"

#include "evidence.h"
#include "generation.h"
#include "json.h"
#include "raise.h"
#include "rows.h"
#include "text.h"
#include "words.h"

/* What is the same in all rows of an answer. */
typedef struct {
    const pole_index *index;
    pole_resolution *resolution;
    pole_answer answer;
    pole_question question;
    Datum warnings;
    Datum corroborated_by;
    const char *question_text;
    const char *question_say;
    pole_far_rival far;
    bool has_far;
} Answer;

static const char *ask(const pole_question *question, int32_t language)
{
    char words[POLE_QUESTION_BYTES];

    raise_unless_ok(pole_question_text(question, language, words, sizeof words, NULL), NULL);
    return words[0] == '\0' ? NULL : pstrdup(text_to_server(words));
}

static void read_answer(const pole_index *index, const Question *question,
                        pole_resolution *resolution, Answer *answer)
{
    memset(answer, 0, sizeof *answer);
    answer->index = index;
    answer->resolution = resolution;
    answer->answer.struct_size = sizeof answer->answer;
    raise_unless_ok(pole_resolution_answer(resolution, &answer->answer), NULL);
    answer->question.struct_size = sizeof answer->question;
    raise_unless_ok(pole_resolution_question(resolution, &answer->question), NULL);
    answer->question_text = ask(&answer->question, question->json.language);
    answer->question_say = ask(&answer->question, question->json.caller_language);
    answer->far.struct_size = sizeof answer->far;
    answer->has_far = pole_resolution_far_rival(resolution, &answer->far) == POLE_OK;
    answer->warnings = words_of_bits(answer->answer.warnings, pole_warning_name);
    answer->corroborated_by = words_of_bits(answer->answer.corroborated_by, pole_evidence_name);
}

/* An answer of one place has one row of that status: who asks for status = 'exact' gets the first
 * candidate, not its rivals too. */
static const char *status_of(pole_match match, int rank)
{
    bool is_rival = ((match == POLE_EXACT || match == POLE_CORRECTED) && rank > 1) ||
                    (match == POLE_INTERPOLATED && rank > 0);

    return is_rival ? "rival" : pole_match_name(match);
}

static void put_head(Rows *rows, const Answer *answer, int rank, double confidence)
{
    const pole_answer *head = &answer->answer;

    rows_int(rows, rank);
    rows_word(rows, status_of(head->match, rank));
    rows_text(rows, head->heard);
    rows_word(rows, pole_reason_name(head->reason));
    rows_float(rows, confidence);
    rows_float(rows, head->confidence_place);
    rows_float(rows, head->no_pole);
    rows_datum(rows, answer->warnings);
    rows_datum(rows, answer->corroborated_by);
    rows_word(rows, head->question == POLE_ASK_NOTHING ? NULL : pole_question_name(head->question));
    if (answer->question.digit == 0)
        rows_null(rows);
    else
        rows_int(rows, (int32)answer->question.digit);
    rows_word(rows, answer->question_text);
    rows_word(rows, answer->question_say);
}

static void put_chosen(Rows *rows, const pole_index *index, const pole_station_hit *hits,
                       size_t count)
{
    for (size_t i = 0; i < count; i++) {
        pole_station station = {.struct_size = sizeof station};

        if (hits[i].chosen == 0)
            continue;
        raise_unless_ok(pole_index_station(index, hits[i].number, &station), NULL);
        rows_text(rows, station.id);
        rows_text(rows, station.name);
        rows_text(rows, station.phone);
        rows_word(rows, pole_role_name(hits[i].role));
        rows_float(rows, hits[i].distance_m);
        return;
    }
    for (int i = 0; i < 5; i++)
        rows_null(rows);
}

static void put_far(Rows *rows, const Answer *answer)
{
    pole_span scope;
    char code[32];

    if (!answer->has_far) {
        for (int i = 0; i < 4; i++)
            rows_null(rows);
        return;
    }
    raise_unless_ok(pole_code_format(answer->index, answer->far.code, 0, code, sizeof code, NULL),
                    NULL);
    raise_unless_ok(pole_index_scope(answer->index, answer->far.code.scope, &scope), NULL);
    rows_word(rows, code);
    rows_text_always(rows, scope);
    rows_float(rows, answer->far.confidence);
    rows_float(rows, answer->far.distance_m);
}

static void put_tail(Rows *rows, const Answer *answer)
{
    put_far(rows, answer);
    rows_bool(rows, generation_is_sample());
    rows_put(rows);
}

/* "substitution 4: 4 heard, 3 meant": the place in the code meant, or in the heard one. */
static Datum edits_of(const pole_candidate *candidate)
{
    Datum *edits = palloc_array(Datum, candidate->edit_count + 1);

    for (size_t i = 0; i < candidate->edit_count; i++) {
        const pole_edit *edit = &candidate->edits[i];
        const char *kind = pole_edit_name(edit->kind);

        edits[i] = CStringGetTextDatum(
            psprintf("%s %d: %s heard, %s meant", kind == NULL ? "edit" : kind,
                     edit->position != 0 ? edit->position : edit->heard_position,
                     edit->heard[0] == '\0' ? "nothing" : edit->heard,
                     edit->meant[0] == '\0' ? "nothing" : edit->meant));
    }
    return PointerGetDatum(
        construct_array(edits, (int)candidate->edit_count, TEXTOID, -1, false, TYPALIGN_INT));
}

static void put_candidate(Rows *rows, const Answer *answer, size_t i)
{
    pole_candidate candidate = {.struct_size = sizeof candidate};
    pole_record record = {.struct_size = sizeof record};
    char code[32];

    raise_unless_ok(pole_resolution_candidate(answer->resolution, i, &candidate, &record), NULL);
    raise_unless_ok(pole_code_format(answer->index, record.code, 0, code, sizeof code, NULL), NULL);
    put_head(rows, answer, (int)i + 1, candidate.confidence);
    rows_word(rows, candidate.matched == POLE_MATCHED_ALIAS ? "alias" : "code");
    rows_word(rows, code);
    rows_text_always(rows, record.scope);
    rows_float(rows, record.at.lat_deg);
    rows_float(rows, record.at.lon_deg);
    rows_null(rows);
    rows_text(rows, record.street);
    rows_text(rows, record.district);
    rows_word(rows, rows_state_name(record.state));
    rows_text(rows, record.successor);
    put_chosen(rows, answer->index, candidate.stations, candidate.station_count);
    rows_datum(rows, edits_of(&candidate));
    rows_float(rows, candidate.distance_to_hint_m);
    rows_float(rows, candidate.distance_to_first_m);
    put_tail(rows, answer);
}

/* A place between two poles: it has a radius, and no code of the table. */
static void put_estimate(Rows *rows, const Answer *answer, const pole_estimate *estimate)
{
    put_head(rows, answer, 0, estimate->confidence);
    rows_null(rows);
    rows_null(rows);
    rows_null(rows);
    rows_float(rows, estimate->at.lat_deg);
    rows_float(rows, estimate->at.lon_deg);
    rows_float(rows, estimate->radius_m);
    for (int i = 0; i < 4; i++)
        rows_null(rows);
    put_chosen(rows, answer->index, estimate->stations, estimate->station_count);
    for (int i = 0; i < 3; i++)
        rows_null(rows);
    put_tail(rows, answer);
}

static void put_no_candidate(Rows *rows, const Answer *answer)
{
    put_head(rows, answer, 0, answer->answer.confidence);
    for (int i = 0; i < 18; i++)
        rows_null(rows);
    put_tail(rows, answer);
}

PG_FUNCTION_INFO_V1(pgpole_resolve);
Datum pgpole_resolve(PG_FUNCTION_ARGS)
{
    const pole_index *index = generation_index();
    pole_resolution *resolution = generation_resolution();
    pole_estimate estimate = {.struct_size = sizeof estimate};
    Question question;
    Answer answer;
    Rows rows;

    rows_begin_set(&rows, fcinfo);
    if (!evidence_read(fcinfo, index, &question))
        return (Datum)0;
    raise_unless_ok(pole_resolve(index, question.heard, &question.options, resolution), NULL);
    read_answer(index, &question, resolution, &answer);
    if (pole_resolution_estimate(resolution, &estimate) == POLE_OK)
        put_estimate(&rows, &answer, &estimate);
    else if (answer.answer.candidates == 0)
        put_no_candidate(&rows, &answer);
    for (size_t i = 0; i < answer.answer.candidates; i++)
        put_candidate(&rows, &answer, i);
    return (Datum)0;
}

typedef struct {
    const pole_resolution *resolution;
    const pole_json_options *options;
} Written;

static pole_status write_resolution(const void *context, char *text, size_t capacity,
                                    size_t *needed)
{
    const Written *written = context;

    return pole_resolution_json(written->resolution, written->options, text, capacity, needed);
}

PG_FUNCTION_INFO_V1(pgpole_resolve_json);
Datum pgpole_resolve_json(PG_FUNCTION_ARGS)
{
    const pole_index *index = generation_index();
    pole_resolution *resolution = generation_resolution();
    Question question;
    Written written = {resolution, &question.json};

    if (!evidence_read(fcinfo, index, &question))
        PG_RETURN_NULL();
    raise_unless_ok(pole_resolve(index, question.heard, &question.options, resolution), NULL);
    return json_datum(write_resolution, &written);
}

static pole_status write_hit(const void *context, char *text, size_t capacity, size_t *needed)
{
    const Written *written = context;

    return pole_hit_json(written->resolution, NAN, NAN, written->options, text, capacity, needed);
}

/* (code) or (code, scope): all that is known of a pole. Null when there is none, or several. */
PG_FUNCTION_INFO_V1(pgpole_describe);
Datum pgpole_describe(PG_FUNCTION_ARGS)
{
    const pole_index *index = generation_index();
    pole_resolution *resolution = generation_resolution();
    Written written = {resolution, NULL};
    pole_code code;
    pole_row row;

    if (pole_code_parse(index, text_from_argument(PG_GETARG_TEXT_PP(0)), &code) != POLE_OK)
        PG_RETURN_NULL();
    if (PG_NARGS() > 1 && pole_index_find_scope(index, text_from_argument(PG_GETARG_TEXT_PP(1)),
                                                &code.scope) != POLE_OK)
        PG_RETURN_NULL();
    if (pole_index_find(index, code, &row) != POLE_OK)
        PG_RETURN_NULL();
    raise_unless_ok(pole_describe(index, row, NULL, resolution), NULL);
    return json_datum(write_hit, &written);
}
