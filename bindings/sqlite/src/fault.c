/* SPDX-License-Identifier: MIT
 *
 * Statuses of the library as errors of SQLite. */
#include "fault.h"

#include <stdarg.h>

SQLITE_EXTENSION_INIT3

static int code_of(pole_status status)
{
    switch (status) {
    case POLE_NO_MEMORY:
        return SQLITE_NOMEM;
    case POLE_IO:
        return SQLITE_CANTOPEN;
    case POLE_NOT_AN_INDEX:
    case POLE_NEWER_FORMAT:
        return SQLITE_NOTADB;
    case POLE_DAMAGED:
        return SQLITE_CORRUPT;
    case POLE_STOPPED:
        return SQLITE_BUSY;
    case POLE_LIMIT:
        return SQLITE_TOOBIG;
    default:
        return SQLITE_ERROR;
    }
}

int fault_set(struct fault *fault, pole_status status, const char *format, ...)
{
    if (fault->code != SQLITE_OK)
        return 0;
    fault->code = code_of(status);
    if (status == POLE_NO_MEMORY)
        return 0;
    va_list arguments;
    va_start(arguments, format);
    char *text = sqlite3_vmprintf(format, arguments);
    va_end(arguments);
    fault->message =
        text == NULL ? NULL : sqlite3_mprintf("polelookup: %s: %s", pole_status_name(status), text);
    sqlite3_free(text);
    if (fault->message == NULL)
        fault->code = SQLITE_NOMEM;
    return 0;
}

int fault_from_error(struct fault *fault, const pole_error *error)
{
    if (error->hint[0] == '\0')
        return fault_set(fault, error->status, "%s", error->message);
    return fault_set(fault, error->status, "%s (%s)", error->message, error->hint);
}

int fault_check(struct fault *fault, pole_status status, const char *what)
{
    if (status == POLE_OK)
        return 1;
    return fault_set(fault, status, "%s: %s", what, pole_status_text(status));
}

void fault_report(struct fault *fault, sqlite3_context *call)
{
    if (fault->code == SQLITE_NOMEM) {
        sqlite3_result_error_nomem(call);
    } else {
        sqlite3_result_error(call, fault->message, -1);
        sqlite3_result_error_code(call, fault->code); /* after the message, which it leaves */
    }
    sqlite3_free(fault->message);
    *fault = (struct fault){0};
}

int fault_report_table(struct fault *fault, sqlite3_vtab *table)
{
    const int code = fault->code;
    sqlite3_free(table->zErrMsg);
    table->zErrMsg = fault->message;
    *fault = (struct fault){0};
    return code;
}
