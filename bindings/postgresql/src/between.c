/* SPDX-License-Identifier: MIT
 *
 * Two poles seen from one spot: a stretch of street, or a contradiction. */
#include "postgres.h"

#include "fmgr.h"

#include "evidence.h"
#include "generation.h"
#include "json.h"
#include "raise.h"
#include "rows.h"
#include "text.h"
#include "words.h"

typedef struct {
    pole_resolution *resolution;
    pole_heard *heard[2];
    pole_between_answer answer;
} Between;

/* (first, second) or (first, second, scope) */
static void ask(FunctionCallInfo call, const pole_index *index, Between *between)
{
    pole_between_options options;
    pole_hear_options hearing;
    uint16_t scope;

    pole_between_options_init(&options);
    if (call->nargs > 2) {
        options.scope = text_from_argument(DatumGetTextPP(call->args[2].value));
        if (pole_index_find_scope(index, options.scope, &scope) != POLE_OK)
            raise_invalid("the index has no scope of that name");
    }
    pole_hear_options_init(&hearing);
    hearing.lengths = pole_index_lengths(index);
    for (int i = 0; i < 2; i++) {
        pole_text saying = {text_from_argument(DatumGetTextPP(call->args[i].value)), 1.0};

        between->heard[i] = generation_heard(i);
        raise_unless_ok(pole_hear(&saying, 1, &hearing, between->heard[i]), NULL);
    }
    between->resolution = generation_resolution();
    between->answer.struct_size = sizeof between->answer;
    raise_unless_ok(pole_between(index, between->heard[0], between->heard[1], &options,
                                 between->resolution, &between->answer),
                    NULL);
}

static void put_code(Rows *rows, const pole_index *index, const Between *between, int which)
{
    pole_candidate candidate = {.struct_size = sizeof candidate};
    pole_record record = {.struct_size = sizeof record};
    int32_t pole = between->answer.pole[which];
    char code[32];

    if (pole < 0 || pole_resolution_candidate(between->resolution, (size_t)pole, &candidate,
                                              &record) != POLE_OK) {
        for (int i = 0; i < 3; i++)
            rows_null(rows);
        return;
    }
    raise_unless_ok(pole_code_format(index, record.code, 0, code, sizeof code, NULL), NULL);
    rows_word(rows, code);
    rows_text_always(rows, record.scope);
    rows_float(rows, candidate.confidence);
}

PG_FUNCTION_INFO_V1(pgpole_between);
Datum pgpole_between(PG_FUNCTION_ARGS)
{
    const pole_index *index = generation_index();
    Between between = {0};
    const pole_between_answer *answer = &between.answer;
    Rows rows;

    ask(fcinfo, index, &between);
    rows_begin_one(&rows, fcinfo);
    rows_word(&rows, pole_relation_name(answer->relation));
    put_code(&rows, index, &between, 0);
    put_code(&rows, index, &between, 1);
    rows_float(&rows, answer->distance_m);
    rows_float(&rows, answer->bearing_deg);
    rows_tristate(&rows, answer->same_street);
    rows_tristate(&rows, answer->same_side);
    rows_float(&rows, answer->side_deg);
    if (answer->poles_between < 0)
        rows_null(&rows);
    else
        rows_int(&rows, answer->poles_between);
    rows_float(&rows, answer->middle.lat_deg);
    rows_float(&rows, answer->middle.lon_deg);
    rows_float(&rows, answer->radius_m);
    rows_datum(&rows, words_of_bits(answer->warnings, pole_warning_name));
    rows_bool(&rows, generation_is_sample());
    return rows_value(&rows);
}

static pole_status write_between(const void *context, char *text, size_t capacity, size_t *needed)
{
    const Between *between = context;

    return pole_between_json(between->resolution, between->heard[0], between->heard[1],
                             &between->answer, NULL, text, capacity, needed);
}

PG_FUNCTION_INFO_V1(pgpole_between_json);
Datum pgpole_between_json(PG_FUNCTION_ARGS)
{
    const pole_index *index = generation_index();
    Between between = {0};

    ask(fcinfo, index, &between);
    return json_datum(write_between, &between);
}
