/* SPDX-License-Identifier: MIT
 *
 * pole_between(first, second[, of_scope]): one row that says how two poles lie that a caller read
 * from one spot. What the corrections are, the column json tells in full. */
#include "arguments.h"
#include "evidence.h"
#include "table.h"

SQLITE_EXTENSION_INIT3

enum {
    RELATION,
    DISTANCE,
    BEARING,
    SAME_STREET,
    SAME_SIDE,
    SIDE,
    POLES_BETWEEN,
    MIDDLE_LAT,
    MIDDLE_LON,
    RADIUS,
    FIRST_CODE,
    FIRST_LAT,
    FIRST_LON,
    FIRST_CONFIDENCE,
    SECOND_CODE,
    SECOND_LAT,
    SECOND_LON,
    SECOND_CONFIDENCE,
    CORRECTIONS,
    WARNINGS,
    SAMPLE,
    JSON
};
#define COLUMNS                                                                                    \
    "relation, distance_m, bearing_deg, same_street, same_side, side_deg, poles_between, "         \
    "middle_lat, middle_lon, radius_m, first_code, first_lat, first_lon, first_confidence, "       \
    "second_code, second_lat, second_lon, second_confidence, corrections, warnings, sample, json"

struct two {
    pole_heard *first;
    pole_heard *second;
    pole_resolution *resolution;
    pole_between_answer answer;
};

static int start(struct cursor *cursor, struct fault *fault)
{
    struct two *two = cursor->work;
    const pole_index *index = cursor->generation->index;
    pole_between_options options;
    pole_span first;
    pole_span second;
    pole_between_options_init(&options);
    if (is_null(cursor->arguments[0]) || is_null(cursor->arguments[1]))
        return 1; /* nothing was asked */
    if (!text_argument(cursor->arguments[0], "the first text", &first, fault) ||
        !text_argument(cursor->arguments[1], "the second text", &second, fault) ||
        !text_argument(cursor->arguments[2], "of_scope", &options.scope, fault) ||
        !hear_text(&two->first, index, first, fault) ||
        !hear_text(&two->second, index, second, fault) ||
        (two->resolution == NULL &&
         !fault_check(fault, pole_resolution_new(&sqlite_memory, &two->resolution), "")))
        return 0;
    two->answer.struct_size = sizeof two->answer;
    cursor->rows = 1;
    return fault_check(
        fault,
        pole_between(index, two->first, two->second, &options, two->resolution, &two->answer),
        "pole_between (of_scope must be a county of the index)");
}

static void known(sqlite3_context *call, int32_t value)
{
    if (value >= 0) /* -1: not known */
        sqlite3_result_int(call, value);
}

static void pole_column(struct cursor *cursor, sqlite3_context *call, int which, int column)
{
    const struct two *two = cursor->work;
    pole_candidate candidate;
    pole_record record;
    candidate.struct_size = sizeof candidate;
    record.struct_size = sizeof record;
    if (two->answer.pole[which] < 0 ||
        pole_resolution_candidate(two->resolution, (size_t)two->answer.pole[which], &candidate,
                                  &record) != POLE_OK)
        return;
    if (column == FIRST_CODE)
        result_code(call, cursor->generation->index, record.code);
    else if (column == FIRST_LAT)
        result_number(call, record.at.lat_deg);
    else if (column == FIRST_LON)
        result_number(call, record.at.lon_deg);
    else
        result_number(call, candidate.confidence);
}

static pole_status write_json(const void *what, char *text, size_t capacity, size_t *needed)
{
    const struct two *two = what;
    return pole_between_json(two->resolution, two->first, two->second, &two->answer, NULL, text,
                             capacity, needed);
}

static void column(struct cursor *cursor, sqlite3_context *call, int number)
{
    const struct two *two = cursor->work;
    const pole_between_answer *answer = &two->answer;
    switch (number) {
    case RELATION:
        result_word(call, pole_relation_name(answer->relation));
        break;
    case DISTANCE:
        result_number(call, answer->distance_m);
        break;
    case BEARING:
        result_number(call, answer->bearing_deg);
        break;
    case SAME_STREET:
        known(call, answer->same_street);
        break;
    case SAME_SIDE:
        known(call, answer->same_side);
        break;
    case SIDE:
        result_number(call, answer->side_deg);
        break;
    case POLES_BETWEEN:
        known(call, answer->poles_between);
        break;
    case MIDDLE_LAT:
        result_number(call, answer->middle.lat_deg);
        break;
    case MIDDLE_LON:
        result_number(call, answer->middle.lon_deg);
        break;
    case RADIUS:
        result_number(call, answer->radius_m);
        break;
    case CORRECTIONS:
        sqlite3_result_int64(call, answer->correction_count);
        break;
    case WARNINGS:
        result_words(call, answer->warnings, pole_warning_name);
        break;
    case SAMPLE:
        sqlite3_result_int(call, cursor->generation->is_sample);
        break;
    case JSON:
        result_written(call, write_json, two);
        break;
    default:
        if (number >= SECOND_CODE)
            pole_column(cursor, call, 1, number - SECOND_CODE + FIRST_CODE);
        else
            pole_column(cursor, call, 0, number);
        break;
    }
}

static void end(void *work)
{
    struct two *two = work;
    pole_heard_free(two->first);
    pole_heard_free(two->second);
    pole_resolution_free(two->resolution);
}

const struct table between_table = {
    "pole_between", COLUMNS, "first, second, of_scope", 2, 1, sizeof(struct two), start,
    column,         end};
