/* SPDX-License-Identifier: MIT
 *
 * The index of a connection, and who is using which. Opening another index while statements run
 * begins a new generation; a statement that has asked the old one asks it to its end, so that no
 * statement ever mixes two tables. Everything here runs under the connection's mutex, as SQLite
 * calls functions and virtual tables. */
#ifndef POLELOOKUP_SQLITE_CONNECTION_H
#define POLELOOKUP_SQLITE_CONNECTION_H

#include <polelookup/polelookup.h>
#include <sqlite3ext.h>

#include "fault.h"

struct connection;

/* One opened index. It is let go when another one is current and nobody uses it any more. */
struct generation {
    struct generation *older;
    pole_index *index;
    int is_sample;
    int uses;
};

/* A statement's use of a generation, held by its functions and its open cursors: while there is
 * one, the statement is in the same run. */
struct use {
    struct use *next;
    struct connection *connection;
    struct generation *generation;
    sqlite3_stmt *statement; /* NULL: it could not be told which */
    int holders;
};

struct connection {
    sqlite3 *db;
    struct generation *newest; /* NULL: no index was opened */
    struct use *uses;
    int owners; /* functions and modules that hold it as their user data */
};

struct connection *connection_new(sqlite3 *db);

/* Destructor of user data: the last one frees. */
void connection_release(void *connection);

/* Makes an index the current one, and owns it then; else it was closed. */
int connection_replace(struct connection *connection, pole_index *index, struct fault *fault);

/* The use of the statement that is running, one holder more, to be given to use_leave(); NULL with
 * a fault. */
struct use *use_join(struct connection *connection, struct fault *fault);
void use_leave(struct use *use);

/* The generation of the statement that calls a function; NULL, and an error was returned to SQL. */
struct generation *generation_of_call(sqlite3_context *call);

/* The memory of SQLite: what `PRAGMA hard_heap_limit` bounds and sqlite3_memory_used() counts. */
extern const pole_allocator sqlite_memory;

#endif
