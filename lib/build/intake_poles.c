/* SPDX-License-Identifier: MIT
 * A row of the pole table to a draft pole. */
#include "build/cells.h"
#include "build/intake.h"
#include "build/taken.h"
#include "build/trim.h"
#include "build/words.h"

#include "base/status.h"

pole_given_pole pole_given_pole_of_row(const pole_row_place *place)
{
    const pole_given_pole given = {
        .code = pole_cell(place, POLE_COLUMN_CODE),
        .scope = pole_cell(place, POLE_COLUMN_SCOPE),
        .street = pole_cell(place, POLE_COLUMN_STREET),
        .district = pole_cell(place, POLE_COLUMN_DISTRICT),
        .note = pole_cell(place, POLE_COLUMN_NOTE),
        .successor = pole_cell(place, POLE_COLUMN_SUCCESSOR),
        .alias = pole_cell(place, POLE_COLUMN_ALIAS),
        .alias_owner = pole_cell(place, POLE_COLUMN_ALIAS_OWNER),
        .status = pole_cell(place, POLE_COLUMN_STATUS),
        .surveyed = pole_cell(place, POLE_COLUMN_SURVEYED),
        .state = POLE_STATE_ACTIVE,
        .surveyed_days = POLE_NO_DATE,
    };
    return given;
}

/* The texts of a row, but for its scope. */
typedef struct {
    pole_text_number alias, owner, status;
} other_texts;

static pole_status take_texts(pole_builder *builder, const pole_row_place *place,
                              const pole_given_pole *given, pole_draft_pole *pole,
                              other_texts *others)
{
    const struct {
        pole_column_role role;
        const pole_span *cell;
        pole_text_number *number;
    } texts[] = {
        {POLE_COLUMN_STREET, &given->street, &pole->street},
        {POLE_COLUMN_DISTRICT, &given->district, &pole->district},
        {POLE_COLUMN_NOTE, &given->note, &pole->note},
        {POLE_COLUMN_SUCCESSOR, &given->successor, &pole->successor},
        {POLE_COLUMN_ALIAS, &given->alias, &others->alias},
        {POLE_COLUMN_ALIAS_OWNER, &given->alias_owner, &others->owner},
        {POLE_COLUMN_STATUS, &given->status, &others->status},
    };
    pole_status status = POLE_OK;
    for (size_t i = 0; i < sizeof texts / sizeof *texts && status == POLE_OK; i++)
        if (texts[i].cell->size_bytes > 0)
            status = pole_take_text(&builder->texts, &builder->reporter, place, texts[i].role,
                                    *texts[i].cell, texts[i].number);
    return status;
}

static pole_status append(pole_builder *builder, const pole_row_place *place,
                          const pole_draft_pole *pole, const other_texts *others)
{
    pole_pole_rows *poles = &builder->poles;
    if (poles->count >= POLE_NO_ROW - 1)
        return pole_fail(&builder->reporter.error, POLE_LIMIT, "there are more than 2^32 poles");
    if (!pole_grow_array(&builder->allocator, (void **)&poles->rows, &poles->row_capacity,
                         poles->count + 1, sizeof *poles->rows) ||
        !pole_grow_array(&builder->allocator, (void **)&poles->origins, &poles->origin_capacity,
                         poles->count + 1, sizeof *poles->origins))
        return pole_builder_no_memory(builder);
    if (others->alias != 0) {
        if (!pole_grow_array(&builder->allocator, (void **)&poles->aliases, &poles->alias_capacity,
                             poles->alias_count + 1, sizeof *poles->aliases))
            return pole_builder_no_memory(builder);
        poles->aliases[poles->alias_count++] =
            (pole_draft_alias){others->alias, others->owner, (uint32_t)poles->count};
    }
    const pole_status status = pole_keep_row(builder, &poles->kept, place->row);
    if (status != POLE_OK)
        return status;
    poles->rows[poles->count] = *pole;
    poles->origins[poles->count++] = place->origin;
    return POLE_OK;
}

/* What is said of a row that is taken all the same. */
static void remark_on_cells(pole_builder *builder, const pole_row_place *place,
                            const pole_given_pole *given, pole_draft_pole *pole,
                            const other_texts *others)
{
    const pole_span word = pole_trim(given->status);
    if (word.size_bytes > 0 && !pole_read_state(word, &pole->state)) {
        const bool kept = pole->note == 0;
        if (kept)
            pole->note = others->status;
        const pole_complaint complaint =
            pole_complain(POLE_FINDING_BAD_VALUE, POLE_COLUMN_STATUS, word,
                          "the words are active, moved, removed");
        pole_remark(&builder->reporter, place, &complaint,
                    "the status '%s' is not known: the pole counts as active%s",
                    pole_show(word).text, kept ? ", the word is kept as its note" : "");
    }
    const pole_span date = pole_trim(given->surveyed);
    if (date.size_bytes > 0 && !pole_read_date(date, &pole->surveyed_days)) {
        const pole_complaint complaint = pole_complain(POLE_FINDING_BAD_VALUE, POLE_COLUMN_SURVEYED,
                                                       date, "dates are written 2008-06-30");
        pole_remark(&builder->reporter, place, &complaint,
                    "the date '%s' cannot be read: the pole has none", pole_show(date).text);
    }
    if (others->owner != 0 && others->alias == 0) {
        const pole_complaint complaint = pole_complain(
            POLE_FINDING_BAD_VALUE, POLE_COLUMN_ALIAS_OWNER, given->alias_owner, NULL);
        pole_remark(&builder->reporter, place, &complaint,
                    "the owner of an alias without the alias is left out");
    }
}

pole_status pole_take_pole(pole_builder *builder, const pole_row_place *place,
                           const pole_given_pole *given, pole_vertex at)
{
    pole_draft_pole pole = {.lat_e7 = at.lat_e7,
                            .lon_e7 = at.lon_e7,
                            .state = given->state,
                            .surveyed_days = given->surveyed_days};
    other_texts others = {0, 0, 0};
    pole_text_number scope;
    pole_status status = pole_take_text(&builder->texts, &builder->reporter, place,
                                        POLE_COLUMN_SCOPE, given->scope, &scope);
    if (status == POLE_OK)
        status = pole_take_code(&builder->plan, &builder->texts, &builder->reporter, place,
                                given->code, scope, &pole.number, &pole.scheme);
    if (status == POLE_OK)
        status = take_texts(builder, place, given, &pole, &others);
    if (status != POLE_OK)
        return status;
    remark_on_cells(builder, place, given, &pole, &others);
    return append(builder, place, &pole, &others);
}

pole_status pole_take_pole_row(pole_builder *builder, const pole_row_place *place, pole_axes *axes)
{
    pole_vertex at;
    const pole_given_pole given = pole_given_pole_of_row(place);
    const pole_status status = pole_take_position(builder, place, axes, &at);
    return status == POLE_OK ? pole_take_pole(builder, place, &given, at) : status;
}
