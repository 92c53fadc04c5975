/* SPDX-License-Identifier: MIT
 * A row of the station table to a draft station. */
#include "build/cells.h"
#include "build/intake.h"
#include "build/taken.h"
#include "build/trim.h"
#include "build/words.h"

#include "base/status.h"

/* Says that a station has no prefix although its id looks like one. */
#define NO_PREFIX "-"
#define DEFAULT_KIND "police"

static pole_status take_texts(pole_builder *builder, const pole_row_place *place,
                              const pole_given_station *given, pole_draft_station *station)
{
    const struct {
        pole_column_role role;
        const pole_span *cell;
        pole_text_number *number;
    } texts[] = {
        {POLE_COLUMN_ID, &given->id, &station->id},
        {POLE_COLUMN_NAME, &given->name, &station->name},
        {POLE_COLUMN_KIND, &given->kind, &station->kind},
        {POLE_COLUMN_PHONE, &given->phone, &station->phone},
        {POLE_COLUMN_GROUP, &given->group, &station->group},
        {POLE_COLUMN_DISTRICT, &given->district, &station->district},
        {POLE_COLUMN_SCOPE, &given->scope, &station->scope},
        {POLE_COLUMN_SUCCESSOR, &given->successor, &station->successor},
    };
    pole_status status = POLE_OK;
    for (size_t i = 0; i < sizeof texts / sizeof *texts && status == POLE_OK; i++)
        if (texts[i].cell->size_bytes > 0)
            status = pole_take_text(&builder->texts, &builder->reporter, place, texts[i].role,
                                    *texts[i].cell, texts[i].number);
    return status;
}

/* A text of the builder's own. */
static pole_status own_text(pole_builder *builder, const char *text, pole_text_number *number)
{
    const pole_status status = pole_texts_add(&builder->texts, pole_span_of(text), number);
    return status == POLE_OK ? POLE_OK : pole_builder_no_memory(builder);
}

static pole_status digits_text(pole_builder *builder, uint32_t value, uint8_t digits,
                               pole_text_number *number)
{
    char text[POLE_MAX_DIGITS + 1];
    for (unsigned i = digits; i > 0; i--) {
        text[i - 1] = (char)('0' + value % 10);
        value /= 10;
    }
    text[digits] = '\0';
    return own_text(builder, text, number);
}

static void leave_prefix_out(pole_builder *builder, const pole_row_place *place, pole_span text,
                             const char *why)
{
    const pole_complaint complaint =
        pole_complain(POLE_FINDING_BAD_VALUE, POLE_COLUMN_PREFIX, text,
                      "a prefix is 1 to 9 digits; '-' says that there is none");
    pole_remark(&builder->reporter, place, &complaint,
                "the prefix '%s' %s: no code names this station", pole_show(text).text, why);
}

/* The prefix as given; "-": none; not given: the id of a police station, when it has just the
 * digits that name a station in a code of its scope. */
static pole_status take_prefix(pole_builder *builder, const pole_row_place *place,
                               const pole_given_station *given, bool is_police,
                               pole_draft_station *station)
{
    const pole_span text = pole_trim(given->prefix);
    uint32_t value;
    uint8_t digits;
    if (pole_span_equal(text, pole_span_of(NO_PREFIX)))
        return POLE_OK;
    if (text.size_bytes == 0) {
        const pole_span id = pole_trim(given->id);
        if (is_police && pole_read_digits(id, &value, &digits) &&
            pole_plan_names_station(&builder->plan, station->scope, digits))
            return digits_text(builder, value, digits, &station->prefix);
        return POLE_OK;
    }
    if (!pole_read_digits(text, &value, &digits))
        leave_prefix_out(builder, place, text, "is not digits");
    else if (!is_police)
        leave_prefix_out(builder, place, text, "is of no police station");
    else
        return digits_text(builder, value, digits, &station->prefix);
    return POLE_OK;
}

static pole_status append(pole_builder *builder, const pole_row_place *place,
                          const pole_draft_station *station)
{
    pole_station_rows *stations = &builder->stations;
    if (stations->count >= POLE_NO_STATION - 1)
        return pole_fail(&builder->reporter.error, POLE_LIMIT, "there are more than 2^32 stations");
    if (!pole_grow_array(&builder->allocator, (void **)&stations->rows, &stations->row_capacity,
                         stations->count + 1, sizeof *stations->rows) ||
        !pole_grow_array(&builder->allocator, (void **)&stations->origins,
                         &stations->origin_capacity, stations->count + 1,
                         sizeof *stations->origins))
        return pole_builder_no_memory(builder);
    const pole_status status = pole_keep_row(builder, &stations->kept, place->row);
    if (status != POLE_OK)
        return status;
    stations->rows[stations->count] = *station;
    stations->origins[stations->count++] = place->origin;
    return POLE_OK;
}

pole_status pole_take_station(pole_builder *builder, const pole_row_place *place,
                              const pole_given_station *given, pole_vertex at)
{
    pole_draft_station station = {.lat_e7 = at.lat_e7, .lon_e7 = at.lon_e7};
    pole_text_number police;
    pole_status status = own_text(builder, DEFAULT_KIND, &police);
    if (status == POLE_OK)
        status = take_texts(builder, place, given, &station);
    if (status != POLE_OK)
        return status;
    if (station.id == 0) {
        const pole_complaint complaint =
            pole_complain(POLE_FINDING_EMPTY_CELL, POLE_COLUMN_ID, (pole_span){NULL, 0}, NULL);
        return pole_refuse(&builder->reporter, place, &complaint, "the station's id is empty");
    }
    if (station.kind == 0 || pole_is_police(pole_trim(given->kind)))
        station.kind = police;
    status = take_prefix(builder, place, given, station.kind == police, &station);
    if (status == POLE_OK && station.name == 0) {
        const pole_complaint complaint =
            pole_complain(POLE_FINDING_EMPTY_CELL, POLE_COLUMN_NAME, (pole_span){NULL, 0}, NULL);
        pole_remark(&builder->reporter, place, &complaint, "the station has no name");
    }
    return status == POLE_OK ? append(builder, place, &station) : status;
}

pole_status pole_take_station_row(pole_builder *builder, const pole_row_place *place,
                                  pole_axes *axes)
{
    const pole_given_station given = {
        .id = pole_cell(place, POLE_COLUMN_ID),
        .name = pole_cell(place, POLE_COLUMN_NAME),
        .kind = pole_cell(place, POLE_COLUMN_KIND),
        .phone = pole_cell(place, POLE_COLUMN_PHONE),
        .group = pole_cell(place, POLE_COLUMN_GROUP),
        .district = pole_cell(place, POLE_COLUMN_DISTRICT),
        .prefix = pole_cell(place, POLE_COLUMN_PREFIX),
        .scope = pole_cell(place, POLE_COLUMN_SCOPE),
        .successor = pole_cell(place, POLE_COLUMN_SUCCESSOR),
    };
    pole_vertex at;
    const pole_status status = pole_take_position(builder, place, axes, &at);
    return status == POLE_OK ? pole_take_station(builder, place, &given, at) : status;
}
