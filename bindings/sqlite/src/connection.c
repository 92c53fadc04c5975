/* SPDX-License-Identifier: MIT
 *
 * Generations of a connection's index.
 *
 * A statement is known by its handle. SQLite does not tell which statement calls a function or
 * opens a cursor. If just one is under way, it is that one; if several are, all but one stand on a
 * row that they have given, and the one that has not given any is running. From its second row on
 * SQLite 3.51 has no such sign; then, and where an application's function runs statements of its
 * own, nobody can know, and what would have to be guessed is refused. Functions find their use
 * again in the statement's auxiliary data, under one key for all of them: a key below 0 belongs to
 * the statement, not to one call and argument (SQLite's JSON functions keep their cache so). */
#include "connection.h"

SQLITE_EXTENSION_INIT3

#define OF_STATEMENT (-1886350437) /* any number below 0 that nobody else takes */

static void *allocate(void *context, size_t size_bytes)
{
    (void)context;
    return sqlite3_malloc64(size_bytes);
}

static void *resize(void *context, void *block, size_t size_bytes)
{
    (void)context;
    return sqlite3_realloc64(block, size_bytes);
}

static void release(void *context, void *block)
{
    (void)context;
    sqlite3_free(block);
}

const pole_allocator sqlite_memory = {NULL, allocate, resize, release};

struct connection *connection_new(sqlite3 *db)
{
    struct connection *connection = sqlite3_malloc64(sizeof *connection);
    if (connection != NULL)
        *connection = (struct connection){.db = db};
    return connection;
}

/* Frees the generations that are neither current nor used. */
static void sweep(struct connection *connection, int with_current)
{
    struct generation **link = &connection->newest;
    if (!with_current && *link != NULL)
        link = &(*link)->older;
    while (*link != NULL) {
        struct generation *generation = *link;
        if (generation->uses > 0) {
            link = &generation->older;
            continue;
        }
        *link = generation->older;
        pole_index_close(generation->index);
        sqlite3_free(generation);
    }
}

void connection_release(void *user_data)
{
    struct connection *connection = user_data;
    if (--connection->owners > 0)
        return;
    sweep(connection, 1); /* no statement is left: SQLite ends them first */
    sqlite3_free(connection);
}

int connection_replace(struct connection *connection, pole_index *index, struct fault *fault)
{
    pole_info info;
    info.struct_size = sizeof info;
    struct generation *generation = sqlite3_malloc64(sizeof *generation);
    pole_status status = generation == NULL ? POLE_NO_MEMORY : pole_index_info(index, &info);
    if (status != POLE_OK) {
        sqlite3_free(generation);
        pole_index_close(index);
        return fault_check(fault, status, "pole_open");
    }
    *generation = (struct generation){
        .older = connection->newest, .index = index, .is_sample = info.is_sample != 0};
    connection->newest = generation;
    sweep(connection, 0);
    return 1;
}

/* The statement that is running; NULL when it cannot be told. */
static sqlite3_stmt *running_statement(sqlite3 *db)
{
    sqlite3_stmt *busy = NULL;
    sqlite3_stmt *without_row = NULL;
    int busy_count = 0;
    int without_row_count = 0;
    sqlite3_stmt *statement = NULL;
    while ((statement = sqlite3_next_stmt(db, statement)) != NULL) {
        if (!sqlite3_stmt_busy(statement))
            continue;
        busy = statement;
        busy_count++;
        if (sqlite3_data_count(statement) == 0) {
            without_row = statement;
            without_row_count++;
        }
    }
    if (busy_count == 1)
        return busy;
    return without_row_count == 1 ? without_row : NULL;
}

/* The use that the running statement has; NULL: none yet. *doubtful: a statement that cannot be
 * told from it has asked an index that is not the current one. */
static struct use *find_use(const struct connection *connection, const sqlite3_stmt *running,
                            int *doubtful)
{
    *doubtful = 0;
    for (struct use *use = connection->uses; use != NULL; use = use->next) {
        if (running != NULL && use->statement == running)
            return use;
        if ((running == NULL || use->statement == NULL) && use->generation != connection->newest)
            *doubtful = 1;
    }
    return NULL;
}

struct use *use_join(struct connection *connection, struct fault *fault)
{
    if (connection->newest == NULL) {
        fault_set(fault, POLE_INVALID_ARGUMENT,
                  "no index is open on this connection; run SELECT pole_open('FILE.plx') first");
        return NULL;
    }
    int doubtful;
    sqlite3_stmt *running = running_statement(connection->db);
    struct use *use = find_use(connection, running, &doubtful);
    if (use != NULL) {
        use->holders++;
        return use;
    }
    if (doubtful) {
        fault_set(fault, POLE_STOPPED,
                  "the index was replaced while statements that asked the old one still run, and "
                  "this may be one of them; finish or reset them, then run this one again");
        return NULL;
    }
    use = sqlite3_malloc64(sizeof *use);
    if (use == NULL) {
        fault_set(fault, POLE_NO_MEMORY, "");
        return NULL;
    }
    *use = (struct use){connection->uses, connection, connection->newest, running, 1};
    connection->uses = use;
    use->generation->uses++;
    return use;
}

void use_leave(struct use *use)
{
    if (--use->holders > 0)
        return;
    struct connection *connection = use->connection;
    struct use **link = &connection->uses;
    while (*link != use)
        link = &(*link)->next;
    *link = use->next;
    use->generation->uses--;
    sqlite3_free(use);
    sweep(connection, 0);
}

static void leave_statement(void *use)
{
    use_leave(use);
}

struct generation *generation_of_call(sqlite3_context *call)
{
    struct use *use = sqlite3_get_auxdata(call, OF_STATEMENT);
    if (use != NULL)
        return use->generation;
    struct fault fault = {0};
    use = use_join(sqlite3_user_data(call), &fault);
    if (use == NULL) {
        fault_report(&fault, call);
        return NULL;
    }
    sqlite3_set_auxdata(call, OF_STATEMENT, use, leave_statement);
    if (sqlite3_get_auxdata(call, OF_STATEMENT) != use) { /* dropped: no memory */
        sqlite3_result_error_nomem(call);
        return NULL;
    }
    return use->generation;
}
