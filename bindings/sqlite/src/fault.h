/* SPDX-License-Identifier: MIT
 *
 * What went wrong, on its way to SQL: an error of SQLite whose message begins
 * "polelookup: STATUS: ", STATUS being the stable word of pole_status_name(), and ends with what to
 * do about it. */
#ifndef POLELOOKUP_SQLITE_FAULT_H
#define POLELOOKUP_SQLITE_FAULT_H

#include <polelookup/polelookup.h>
#include <sqlite3ext.h>

struct fault {
    int code;      /* SQLITE_OK: nothing went wrong */
    char *message; /* of sqlite3_mprintf(); NULL: what SQLite says of the code */
};

/* Notes a fault, and returns 0, which is what a function returns that failed. The first one stays.
 */
int fault_set(struct fault *fault, pole_status status, const char *format, ...);

/* The same from an error of the library. */
int fault_from_error(struct fault *fault, const pole_error *error);

/* 1 for POLE_OK; else notes the status of a call, with its sentence, and returns 0. */
int fault_check(struct fault *fault, pole_status status, const char *what);

/* Returns the fault to SQL as the result of a call, and forgets it. */
void fault_report(struct fault *fault, sqlite3_context *call);

/* Returns the fault to SQL as the error of a table, and forgets it. */
int fault_report_table(struct fault *fault, sqlite3_vtab *table);

#endif
