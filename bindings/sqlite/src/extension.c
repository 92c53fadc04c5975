/* SPDX-License-Identifier: MIT
 *
 * The entry point that SQLite looks for in a file called polelookup.so. */
#include "table.h"

SQLITE_EXTENSION_INIT1

__attribute__((visibility("default"))) int sqlite3_polelookup_init(sqlite3 *db, char **message,
                                                                   const sqlite3_api_routines *api);

static int register_all(struct connection *connection)
{
    int code = functions_register(connection);
    for (int i = 0; code == SQLITE_OK && i < pole_table_count; i++)
        code = table_register(connection, &pole_tables[i]);
    for (int i = 0; code == SQLITE_OK && i < station_table_count; i++)
        code = table_register(connection, &station_tables[i]);
    if (code == SQLITE_OK)
        code = table_register(connection, &resolve_table);
    if (code == SQLITE_OK)
        code = table_register(connection, &match_table);
    if (code == SQLITE_OK)
        code = table_register(connection, &between_table);
    return code;
}

int sqlite3_polelookup_init(sqlite3 *db, char **message, const sqlite3_api_routines *api)
{
    SQLITE_EXTENSION_INIT2(api)
    if (sqlite3_libversion_number() < 3040000) { /* the oldest that this is tested in */
        *message = sqlite3_mprintf("polelookup needs SQLite 3.40 or later, this is %s",
                                   sqlite3_libversion());
        return SQLITE_ERROR;
    }
    struct connection *connection = connection_new(db);
    if (connection == NULL)
        return SQLITE_NOMEM;
    connection->owners++; /* this function's own, until all others have theirs */
    const int code = register_all(connection);
    connection_release(connection);
    if (code != SQLITE_OK)
        *message = sqlite3_mprintf("polelookup: its functions cannot be registered: %s",
                                   sqlite3_errmsg(db));
    return code;
}
