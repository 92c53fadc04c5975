/* SPDX-License-Identifier: MIT
 *
 * Table-valued functions: one module of SQLite for all of them, which a description tells apart.
 * The arguments of a function are hidden columns; those that are not given are NULL, like those
 * that are. A cursor keeps the generation that it was opened in. */
#ifndef POLELOOKUP_SQLITE_TABLE_H
#define POLELOOKUP_SQLITE_TABLE_H

#include "connection.h"

#define TABLE_MOST_ARGUMENTS 24

struct cursor {
    sqlite3_vtab_cursor base;
    struct use *use;
    const struct generation *generation; /* of the use */
    sqlite3_int64 row;
    sqlite3_int64 rows;
    sqlite3_value *arguments[TABLE_MOST_ARGUMENTS]; /* NULL: not given */
    void *work;                                     /* zeroed when the cursor opens */
};

struct table {
    const char *name;
    const char *columns;   /* "status, code, lat" */
    const char *arguments; /* "of_code, of_scope": hidden columns */
    int required;          /* that many of the first arguments */
    int rows;              /* usual, for the planner */
    size_t work_bytes;
    /* Asks for the arguments, sets cursor->rows; 0 with a fault. */
    int (*start)(struct cursor *cursor, struct fault *fault);
    /* Gives one column of cursor->row; what is left alone is NULL. */
    void (*column)(struct cursor *cursor, sqlite3_context *call, int column);
    /* Frees what the work holds. NULL: nothing. */
    void (*end)(void *work);
};

int table_register(struct connection *connection, const struct table *table);

extern const struct table pole_tables[];
extern const int pole_table_count;
extern const struct table station_tables[];
extern const int station_table_count;
extern const struct table resolve_table;
extern const struct table match_table;
extern const struct table between_table;

/* Registers the scalar functions. */
int functions_register(struct connection *connection);

#endif
