/* SPDX-License-Identifier: MIT
 *
 * Generations of a connection's index.
 *
 * Functions find the generation of their statement in its auxiliary data, under one key for all of
 * them (a key below 0 belongs to the statement, not to one call and argument; SQLite's own JSON
 * functions keep their cache so). Virtual tables cannot look there. What decides for them is who is
 * running: as long as the old generation has a user, a cursor that opens may belong to that user's
 * statement. If just one statement runs, it does; if several do, nobody can know, and the cursor is
 * refused rather than given a table that may be the wrong one. */
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
        *connection = (struct connection){db, NULL, 0};
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
        if (generation->functions > 0 || generation->cursors > 0) {
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
    sweep(connection, 1);
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
    *generation = (struct generation){connection->newest,         connection, index,
                                      (int)(info.is_sample != 0), 0,          0};
    connection->newest = generation;
    sweep(connection, 0);
    return 1;
}

static int statements_running(sqlite3 *db)
{
    int running = 0;
    sqlite3_stmt *statement = NULL;
    while ((statement = sqlite3_next_stmt(db, statement)) != NULL)
        running += sqlite3_stmt_busy(statement) != 0;
    return running;
}

/* An older generation whose user may be the statement that runs now. A function that found nothing
 * in its statement's auxiliary data is of a statement without functions so far. */
static struct generation *older_in_use(const struct connection *connection, enum user user)
{
    struct generation *older = connection->newest->older;
    while (older != NULL && older->cursors == 0 && (user == USER_FUNCTION || older->functions == 0))
        older = older->older;
    return older;
}

struct generation *generation_join(struct connection *connection, enum user user,
                                   struct fault *fault)
{
    struct generation *generation = connection->newest;
    if (generation == NULL) {
        fault_set(fault, POLE_INVALID_ARGUMENT,
                  "no index is open on this connection; run SELECT pole_open('FILE.plx') first");
        return NULL;
    }
    struct generation *older = older_in_use(connection, user);
    if (older != NULL) {
        if (statements_running(connection->db) > 1) {
            fault_set(fault, POLE_STOPPED,
                      "the index was replaced while a statement that still runs was using the old "
                      "one; finish or reset that statement, then run this one again");
            return NULL;
        }
        generation = older;
    }
    if (user == USER_CURSOR)
        generation->cursors++;
    else
        generation->functions++;
    return generation;
}

void generation_leave(struct generation *generation, enum user user)
{
    if (user == USER_CURSOR)
        generation->cursors--;
    else
        generation->functions--;
    sweep(generation->owner, 0);
}

static void leave_statement(void *generation)
{
    generation_leave(generation, USER_FUNCTION);
}

struct generation *generation_of_call(sqlite3_context *call)
{
    struct generation *generation = sqlite3_get_auxdata(call, OF_STATEMENT);
    if (generation != NULL)
        return generation;
    struct fault fault = {0};
    generation = generation_join(sqlite3_user_data(call), USER_FUNCTION, &fault);
    if (generation == NULL) {
        fault_report(&fault, call);
        return NULL;
    }
    sqlite3_set_auxdata(call, OF_STATEMENT, generation, leave_statement);
    if (sqlite3_get_auxdata(call, OF_STATEMENT) != generation) { /* dropped: no memory */
        sqlite3_result_error_nomem(call);
        return NULL;
    }
    return generation;
}
