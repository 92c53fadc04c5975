/* SPDX-License-Identifier: MIT
 *
 * Statuses of the library as errors of PostgreSQL. */
#include "raise.h"

#include "lib/stringinfo.h"

#include "text.h"

int raise_sqlstate(pole_status status)
{
    switch (status) {
    case POLE_INVALID_ARGUMENT:
    case POLE_BAD_INPUT:
        return ERRCODE_INVALID_PARAMETER_VALUE;
    case POLE_MALFORMED_CODE:
        return ERRCODE_INVALID_TEXT_REPRESENTATION;
    case POLE_NO_MEMORY:
        return ERRCODE_OUT_OF_MEMORY;
    case POLE_LIMIT:
        return ERRCODE_PROGRAM_LIMIT_EXCEEDED;
    case POLE_IO:
        return ERRCODE_IO_ERROR;
    case POLE_NOT_AN_INDEX:
    case POLE_DAMAGED:
        return ERRCODE_DATA_CORRUPTED;
    case POLE_NEWER_FORMAT:
    case POLE_UNSUPPORTED:
        return ERRCODE_FEATURE_NOT_SUPPORTED;
    case POLE_NOT_FOUND:
    case POLE_SEVERAL:
        return ERRCODE_NO_DATA_FOUND;
    default:
        return ERRCODE_EXTERNAL_ROUTINE_EXCEPTION;
    }
}

void raise_unless_ok(pole_status status, const pole_error *error)
{
    const char *message;

    if (status == POLE_OK)
        return;
    message =
        error != NULL && error->message[0] != '\0' ? error->message : pole_status_text(status);
    ereport(
        ERROR,
        (errcode(raise_sqlstate(status)),
         errmsg("polelookup: %s: %s", pole_status_name(status), text_to_server(message)),
         error == NULL || error->hint[0] == '\0' ? 0 : errhint("%s", text_to_server(error->hint))));
}

uint16_t raise_unless_scope(const pole_index *index, pole_span name)
{
    const pole_error error = {.message = "the index has no scope of that name"};
    uint16_t scope;

    raise_unless_ok(pole_index_find_scope(index, name, &scope), &error);
    return scope;
}

void raise_invalid(const char *format, ...)
{
    StringInfoData message;
    int missing;

    initStringInfo(&message);
    do {
        va_list values;

        va_start(values, format);
        missing = appendStringInfoVA(&message, format, values);
        va_end(values);
        if (missing > 0)
            enlargeStringInfo(&message, missing);
    } while (missing > 0);
    ereport(ERROR,
            (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
             errmsg("polelookup: %s: %s", pole_status_name(POLE_INVALID_ARGUMENT), message.data)));
}
