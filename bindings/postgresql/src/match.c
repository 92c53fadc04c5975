/* SPDX-License-Identifier: MIT
 *
 * One row for each call of a table, by the rules of `polelookup geocode`: a place stands there only
 * when it is sure enough; an ambiguous or unknown row has a status, and no place. */
#include "postgres.h"

#include "fmgr.h"

#include "evidence.h"
#include "generation.h"
#include "raise.h"
#include "rows.h"
#include "words.h"

static pole_span number_text(FunctionCallInfo call, int argument)
{
    pole_span span = {NULL, 0};

    if (!call->args[argument].isnull) {
        char *digits = evidence_number(DatumGetFloat8(call->args[argument].value));

        span = (pole_span){digits, strlen(digits)};
    }
    return span;
}

static void put_place(Rows *rows, const pole_index *index, const pole_row_match *match)
{
    pole_record record = {.struct_size = sizeof record};
    pole_station station = {.struct_size = sizeof station};
    char code[32];

    if (pole_index_record(index, match->row, &record) == POLE_OK) {
        raise_unless_ok(pole_code_format(index, record.code, 0, code, sizeof code, NULL), NULL);
        rows_word(rows, code);
        rows_text_always(rows, record.scope);
    } else {
        rows_null(rows);
        rows_null(rows);
    }
    rows_float(rows, match->at.lat_deg);
    rows_float(rows, match->at.lon_deg);
    rows_text(rows, record.street);
    rows_float(rows, match->confidence);
    rows_float(rows, match->confidence_place);
    rows_float(rows, match->no_pole);
    if (pole_index_station(index, match->station, &station) == POLE_OK) {
        rows_text(rows, station.id);
        rows_text(rows, station.name);
        rows_text(rows, station.phone);
        rows_word(rows, pole_role_name(match->station_role));
    } else {
        for (int i = 0; i < 4; i++)
            rows_null(rows);
    }
    rows_float(rows, match->station_distance_m);
}

PG_FUNCTION_INFO_V1(pgpole_match);
Datum pgpole_match(PG_FUNCTION_ARGS)
{
    const pole_index *index = generation_index();
    pole_span heard = evidence_text(fcinfo, ARGUMENT_HEARD);
    pole_row_evidence evidence = {.hint_lat = number_text(fcinfo, ARGUMENT_HINT_LAT),
                                  .hint_lon = number_text(fcinfo, ARGUMENT_HINT_LON),
                                  .hint_radius_m = number_text(fcinfo, ARGUMENT_HINT_RADIUS_M),
                                  .hint_level = number_text(fcinfo, ARGUMENT_HINT_LEVEL),
                                  .hint_crs = evidence_text(fcinfo, ARGUMENT_HINT_CRS),
                                  .street = evidence_text(fcinfo, ARGUMENT_STREET),
                                  .district = evidence_text(fcinfo, ARGUMENT_DISTRICT),
                                  .scope = evidence_text(fcinfo, ARGUMENT_SCOPE),
                                  .also = evidence_text(fcinfo, ARGUMENT_ALSO)};
    pole_row_match match = {.struct_size = sizeof match};
    Rows rows;

    raise_unless_ok(pole_matcher_run(generation_matcher(index), &heard, &evidence, 1, &match),
                    NULL);
    rows_begin_one(&rows, fcinfo);
    rows_word(&rows, pole_match_name(match.match));
    put_place(&rows, index, &match);
    rows_datum(&rows, words_of_bits(match.warnings, pole_warning_name));
    rows_word(&rows, pole_reason_name(match.reason));
    rows_bool(&rows, (match.flags & POLE_ROW_EVIDENCE_BAD) != 0);
    rows_bool(&rows, generation_is_sample());
    return rows_value(&rows);
}
