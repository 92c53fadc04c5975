/* SPDX-License-Identifier: MIT
 * See findings.h. */
#include "build/findings.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/status.h"
#include "base/utf8.h"

#define MAX_VALUE_BYTES 200u

static pole_span cut(pole_span text, size_t size)
{
    if (text.size_bytes > size)
        text.size_bytes = pole_utf8_cut(text.data, size);
    return text;
}

pole_shown pole_show(pole_span text)
{
    pole_shown shown;
    const pole_span kept = cut(text, 64);
    for (size_t at = 0; at < kept.size_bytes;) {
        const size_t start = at;
        const uint32_t character = pole_utf8_next(kept.data, kept.size_bytes, &at);
        if (character == POLE_UTF8_BAD || pole_utf8_acts(character))
            memset(shown.text + start, '?', at - start);
        else
            memcpy(shown.text + start, kept.data + start, at - start);
    }
    memcpy(shown.text + kept.size_bytes, "...", 4);
    if (kept.size_bytes == text.size_bytes)
        shown.text[kept.size_bytes] = '\0';
    return shown;
}

static void name_column(const pole_row_place *place, const pole_complaint *complaint,
                        pole_finding *finding)
{
    const pole_column_role role = complaint->role;
    uint32_t column = complaint->column > 0 ? complaint->column - 1 : POLE_NO_COLUMN;
    if (column == POLE_NO_COLUMN && role == POLE_COLUMN_ROLES)
        return;
    if (column == POLE_NO_COLUMN && place->roles)
        column = place->roles->column[role];
    if (column < place->name_count) {
        finding->column = column + 1;
        finding->column_name = place->names[column];
        return;
    }
    const bool is_coordinate = role == POLE_COLUMN_LAT || role == POLE_COLUMN_LON ||
                               role == POLE_COLUMN_X || role == POLE_COLUMN_Y;
    finding->column_name = pole_span_of(is_coordinate && place->row && place->row->geometry
                                            ? "geometry"
                                            : pole_column_role_name(role));
}

static pole_finding begin(const pole_row_place *place, const pole_complaint *complaint,
                          pole_span message)
{
    pole_finding finding = {
        .struct_size = sizeof finding,
        .kind = complaint->kind,
        .table = place->table,
        .line = place->origin.line,
        .file = place->file,
        .value = cut(complaint->value, MAX_VALUE_BYTES),
        .message = message,
        .hint = pole_span_of(complaint->hint ? complaint->hint : ""),
    };
    name_column(place, complaint, &finding);
    return finding;
}

/* The message, cut between characters where it does not fit. */
static pole_span compose(char *room, size_t size, const char *format, va_list arguments)
{
    const int wanted = vsnprintf(room, size, format, arguments);
    pole_span message = {room, 0};
    if (wanted > 0)
        message.size_bytes = (size_t)wanted < size ? (size_t)wanted : pole_utf8_cut(room, size - 1);
    return message;
}

/* "poles.csv line 5, column 2 (lat): ..." as the error of a build that stops here. */
static void keep_error(pole_reporter *reporter, const pole_finding *finding, pole_status status)
{
    const pole_shown file = pole_show(finding->file);
    const pole_shown column = pole_show(finding->column_name);
    const char *table = pole_columns_table_name(finding->table);
    char cell[128] = "";
    if (finding->column > 0)
        snprintf(cell, sizeof cell, ", column %u (%s)", (unsigned)finding->column, column.text);
    else if (finding->column_name.size_bytes > 0)
        snprintf(cell, sizeof cell, ", %s", column.text);
    if (finding->file.size_bytes > 0 && finding->line == 0)
        pole_fail(&reporter->error, status, "%s%s: %.*s", file.text, cell,
                  (int)finding->message.size_bytes, finding->message.data);
    else if (finding->file.size_bytes > 0)
        pole_fail(&reporter->error, status, "%s line %u%s: %.*s", file.text,
                  (unsigned)finding->line, cell, (int)finding->message.size_bytes,
                  finding->message.data);
    else
        pole_fail(&reporter->error, status, "%s, number %u added%s: %.*s", table,
                  (unsigned)finding->line, cell, (int)finding->message.size_bytes,
                  finding->message.data);
    pole_fail_at(&reporter->error, finding->line, finding->column, 0);
    char hint[sizeof reporter->error.hint];
    snprintf(hint, sizeof hint, "%.*s", (int)finding->hint.size_bytes, finding->hint.data);
    pole_fail_hint(&reporter->error, hint);
}

static pole_status write_reject(pole_reporter *reporter, const pole_row_place *place,
                                const pole_finding *finding)
{
    if (!pole_rejects_wanted(&reporter->rejects))
        return POLE_OK;
    if (place->row == NULL)
        return pole_rejects_add(&reporter->rejects, finding, place->kept);
    pole_buffer json;
    pole_buffer_init(&json, &reporter->allocator);
    pole_row_to_json(place->row, &json);
    const pole_span cells = {(const char *)json.bytes, json.size};
    const pole_status status =
        json.failed ? POLE_NO_MEMORY : pole_rejects_add(&reporter->rejects, finding, cells);
    pole_buffer_free(&json);
    return status;
}

static void count_refusal(pole_reporter *reporter, const pole_finding *finding)
{
    reporter->rows_refused++;
    reporter->last_refused = finding->kind;
    if (finding->table != POLE_TABLE_POLES)
        return;
    reporter->refused_poles++;
    if (reporter->refused_as == 0)
        reporter->refused_as = finding->kind;
    else if (reporter->refused_as != finding->kind)
        reporter->refused_as = -1;
    char hint[sizeof reporter->refused_hint];
    (void)snprintf(hint, sizeof hint, "%.*s", (int)finding->hint.size_bytes, finding->hint.data);
    if (reporter->refused_poles == 1)
        memcpy(reporter->refused_hint, hint, sizeof hint);
    else if (strcmp(reporter->refused_hint, hint) != 0)
        reporter->refused_hint[0] = '\0';
}

pole_status pole_refuse(pole_reporter *reporter, const pole_row_place *place,
                        const pole_complaint *complaint, const char *format, ...)
{
    char room[512];
    va_list arguments;
    va_start(arguments, format);
    const pole_span message = compose(room, sizeof room, format, arguments);
    va_end(arguments);
    pole_finding finding = begin(place, complaint, message);
    finding.refused = 1;
    count_refusal(reporter, &finding);
    keep_error(reporter, &finding, reporter->strict ? POLE_REFUSED : POLE_BAD_INPUT);
    if (reporter->on_finding)
        reporter->on_finding(reporter->context, &finding);
    const pole_status status = write_reject(reporter, place, &finding);
    if (status == POLE_NO_MEMORY)
        return pole_fail(&reporter->error, status, "there is not enough memory for the rejects");
    /* POLE_BAD_INPUT would be taken for the refusal itself. */
    if (status != POLE_OK)
        return pole_fail(&reporter->error, status == POLE_BAD_INPUT ? POLE_IO : status,
                         "the rejects could not be written");
    return reporter->strict ? POLE_REFUSED : POLE_BAD_INPUT;
}

void pole_remark(pole_reporter *reporter, const pole_row_place *place,
                 const pole_complaint *complaint, const char *format, ...)
{
    char room[512];
    reporter->remarks++;
    if (reporter->on_finding == NULL)
        return;
    va_list arguments;
    va_start(arguments, format);
    const pole_span message = compose(room, sizeof room, format, arguments);
    va_end(arguments);
    const pole_finding finding = begin(place, complaint, message);
    reporter->on_finding(reporter->context, &finding);
}

void pole_collapse(pole_reporter *reporter, const pole_row_place *place, const char *format, ...)
{
    char room[512];
    reporter->rows_collapsed++;
    reporter->collapsed_poles += place->table == POLE_TABLE_POLES;
    if (reporter->on_finding == NULL)
        return;
    va_list arguments;
    va_start(arguments, format);
    const pole_span message = compose(room, sizeof room, format, arguments);
    va_end(arguments);
    const pole_complaint complaint =
        pole_complain(POLE_FINDING_COLLAPSED, POLE_COLUMN_ROLES, (pole_span){NULL, 0}, NULL);
    const pole_finding finding = begin(place, &complaint, message);
    reporter->on_finding(reporter->context, &finding);
}

pole_status pole_report_file(pole_reporter *reporter, const pole_row_place *place,
                             const pole_complaint *complaint, bool refused, const char *format, ...)
{
    char room[512];
    va_list arguments;
    va_start(arguments, format);
    const pole_span message = compose(room, sizeof room, format, arguments);
    va_end(arguments);
    pole_finding finding = begin(place, complaint, message);
    finding.refused = refused;
    if (refused)
        keep_error(reporter, &finding, POLE_BAD_INPUT);
    if (reporter->on_finding)
        reporter->on_finding(reporter->context, &finding);
    return POLE_BAD_INPUT;
}
