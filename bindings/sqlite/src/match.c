/* SPDX-License-Identifier: MIT
 *
 * pole_match(text, evidence...): one row a text, for joins over a log: what `polelookup geocode`
 * adds to a row. An ambiguous or unknown text has no place, no code and no station: a guess does
 * not pass for a match. Evidence that cannot be read is not used, and told. */
#include "arguments.h"
#include "poles.h"
#include "table.h"

SQLITE_EXTENSION_INIT3

enum {
    STATUS,
    CODE,
    SCOPE,
    LAT,
    LON,
    STREET,
    CONFIDENCE,
    CONFIDENCE_PLACE,
    FIRST_STATION,
    WARNINGS = FIRST_STATION + STATION_COLUMNS,
    REASON,
    NO_POLE,
    EVIDENCE_BAD,
    SAMPLE
};
#define COLUMNS                                                                                    \
    "status, code, scope, lat, lon, street, confidence, confidence_place, " STATION_COLUMN_NAMES   \
    ", warnings, reason, no_pole, evidence_bad, sample"
#define ARGUMENTS                                                                                  \
    "of_text, hint_lat, hint_lon, hint_radius_m, hint_level, hint_crs, said_street, "              \
    "said_district, said_scope, also"

struct matching {
    pole_matcher *matcher; /* keeps the index of the cursor's generation */
    pole_row_match match;
    int asked;
};

static int start(struct cursor *cursor, struct fault *fault)
{
    struct matching *matching = cursor->work;
    sqlite3_value **arguments = cursor->arguments;
    pole_row_evidence evidence;
    pole_span text;
    matching->asked = !is_null(arguments[0]);
    cursor->rows = 1;
    if (!matching->asked)
        return 1;
    if (!text_argument(arguments[0], "the text", &text, fault) ||
        !any_argument(arguments[1], "hint_lat", &evidence.hint_lat, fault) ||
        !any_argument(arguments[2], "hint_lon", &evidence.hint_lon, fault) ||
        !any_argument(arguments[3], "hint_radius_m", &evidence.hint_radius_m, fault) ||
        !any_argument(arguments[4], "hint_level", &evidence.hint_level, fault) ||
        !text_argument(arguments[5], "hint_crs", &evidence.hint_crs, fault) ||
        !text_argument(arguments[6], "said_street", &evidence.street, fault) ||
        !text_argument(arguments[7], "said_district", &evidence.district, fault) ||
        !text_argument(arguments[8], "said_scope", &evidence.scope, fault) ||
        !text_argument(arguments[9], "also", &evidence.also, fault))
        return 0;
    if (matching->matcher == NULL) {
        pole_matcher_options options;
        pole_error error = {0};
        pole_matcher_options_init(&options);
        options.allocator = &sqlite_memory;
        const pole_status status =
            pole_matcher_new(cursor->generation->index, &options, &matching->matcher, &error);
        if (!fault_check(fault, status, "pole_match"))
            return 0;
    }
    matching->match.struct_size = sizeof matching->match;
    return fault_check(fault,
                       pole_matcher_run(matching->matcher, &text, &evidence, 1, &matching->match),
                       "pole_match");
}

static void station_column(struct cursor *cursor, sqlite3_context *call,
                           const pole_row_match *match, int column)
{
    if (match->station == POLE_NO_STATION)
        return;
    const pole_station_hit hit = {.number = match->station,
                                  .role = match->station_role,
                                  .chosen = 1,
                                  .distance_m = match->station_distance_m};
    result_station(call, cursor->generation->index, &hit, column);
}

static void pole_column(struct cursor *cursor, sqlite3_context *call, const pole_row_match *match,
                        int column)
{
    const pole_index *index = cursor->generation->index;
    pole_record record;
    record.struct_size = sizeof record;
    if (match->row == POLE_NO_ROW || pole_index_record(index, match->row, &record) != POLE_OK)
        return;
    if (column == CODE)
        result_code(call, index, record.code);
    else if (column == STREET)
        result_span(call, record.street);
    else
        sqlite3_result_text64(call, record.scope.size_bytes > 0 ? record.scope.data : "",
                              record.scope.size_bytes, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static void column(struct cursor *cursor, sqlite3_context *call, int number)
{
    const struct matching *matching = cursor->work;
    const pole_row_match *match = &matching->match;
    if (number == SAMPLE) {
        sqlite3_result_int(call, cursor->generation->is_sample);
        return;
    }
    if (!matching->asked)
        return;
    switch (number) {
    case STATUS:
        result_word(call, pole_match_name(match->match));
        break;
    case LAT:
        result_number(call, match->at.lat_deg);
        break;
    case LON:
        result_number(call, match->at.lon_deg);
        break;
    case CONFIDENCE:
        result_number(call, match->confidence);
        break;
    case CONFIDENCE_PLACE:
        result_number(call, match->confidence_place);
        break;
    case NO_POLE:
        result_number(call, match->no_pole);
        break;
    case WARNINGS:
        result_words(call, match->warnings, pole_warning_name);
        break;
    case REASON:
        result_word(call, pole_reason_name(match->reason));
        break;
    case EVIDENCE_BAD:
        sqlite3_result_int(call, (match->flags & POLE_ROW_EVIDENCE_BAD) != 0);
        break;
    default:
        if (number >= FIRST_STATION && number < FIRST_STATION + STATION_COLUMNS)
            station_column(cursor, call, match, number - FIRST_STATION);
        else
            pole_column(cursor, call, match, number);
        break;
    }
}

static void end(void *work)
{
    pole_matcher_free(((struct matching *)work)->matcher);
}

const struct table match_table = {"pole_match", COLUMNS, ARGUMENTS, 1, 1, sizeof(struct matching),
                                  start,        column,  end};
