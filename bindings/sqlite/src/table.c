/* SPDX-License-Identifier: MIT
 *
 * The module behind all table-valued functions. A function without one of its required arguments
 * is an error that names them, not an empty answer. */
#include "table.h"

#include <stdlib.h>
#include <string.h>

SQLITE_EXTENSION_INIT3

/* What the module is registered with. */
struct described {
    const struct table *table;
    struct connection *connection;
};

struct described_table {
    sqlite3_vtab base;
    const struct table *table;
    struct connection *connection;
    int columns;
    int arguments;
};

static int count_names(const char *list)
{
    int count = 1;
    for (const char *at = list; *at != '\0'; at++)
        count += *at == ',';
    return count;
}

static int connect_table(sqlite3 *db, void *user_data, int argc, const char *const *argv,
                         sqlite3_vtab **out, char **message)
{
    const struct described *described = user_data;
    const struct table *table = described->table;
    (void)argc;
    (void)argv;
    sqlite3_str *text = sqlite3_str_new(db);
    sqlite3_str_appendf(text, "CREATE TABLE x(%s", table->columns);
    const char *name = table->arguments;
    while (name != NULL) {
        const char *end = strchr(name, ',');
        /* BLOB: values come as they are. HIDDEN alone is a type that turns '0012345' to 12345. */
        const int length = end == NULL ? (int)strlen(name) : (int)(end - name);
        sqlite3_str_appendf(text, ", %.*s BLOB HIDDEN", length, name);
        name = end == NULL ? NULL : end + 2;
    }
    sqlite3_str_appendchar(text, 1, ')');
    char *declaration = sqlite3_str_finish(text);
    struct described_table *made = sqlite3_malloc64(sizeof *made);
    int code = SQLITE_NOMEM;
    if (declaration != NULL && made != NULL) {
        *made = (struct described_table){.table = table,
                                         .connection = described->connection,
                                         .columns = count_names(table->columns),
                                         .arguments = count_names(table->arguments)};
        code = sqlite3_declare_vtab(db, declaration);
    }
    sqlite3_free(declaration);
    if (code != SQLITE_OK) {
        *message = sqlite3_mprintf("polelookup: %s: %s", table->name, sqlite3_errmsg(db));
        sqlite3_free(made);
        return code;
    }
    *out = &made->base;
    return SQLITE_OK;
}

static int disconnect_table(sqlite3_vtab *base)
{
    sqlite3_free(base);
    return SQLITE_OK;
}

/* SQLite leaves out its own check of `argument = value` for as many terms of a query, and makes it
 * for those behind them, which loses the row when the value is NULL. */
#define TERMS_WITHOUT_CHECK 16

/* idxNum: a bit for each argument that xFilter gets, in order. idxStr: the bits of those that
 * SQLite checks once more. That one is missing is told when the statement runs: a plan without it
 * may be one of several that SQLite asks the price of. */
static int best_index(sqlite3_vtab *base, sqlite3_index_info *info)
{
    struct described_table *described = (struct described_table *)base;
    const struct table *table = described->table;
    int chosen[TABLE_MOST_ARGUMENTS];
    uint32_t given = 0;
    for (int i = 0; i < info->nConstraint; i++) {
        const struct sqlite3_index_constraint *constraint = &info->aConstraint[i];
        const int argument = constraint->iColumn - described->columns;
        if (argument < 0 || constraint->op != SQLITE_INDEX_CONSTRAINT_EQ)
            continue;
        if (!constraint->usable)
            return SQLITE_CONSTRAINT; /* in this order of the join it is not known yet */
        if ((given & (uint32_t)1 << argument) == 0)
            chosen[argument] = i;
        given |= (uint32_t)1 << argument;
    }
    int position = 0;
    uint32_t checked = 0;
    for (int i = 0; i < described->arguments; i++) {
        if ((given & (uint32_t)1 << i) != 0) {
            info->aConstraintUsage[chosen[i]].argvIndex = ++position;
            info->aConstraintUsage[chosen[i]].omit = 1;
            if (chosen[i] >= TERMS_WITHOUT_CHECK)
                checked |= (uint32_t)1 << i;
        }
    }
    const uint32_t required = ((uint32_t)1 << table->required) - 1;
    const int complete = (given & required) == required;
    if (checked != 0) {
        info->idxStr = sqlite3_mprintf("%u", checked);
        info->needToFreeIdxStr = 1;
        if (info->idxStr == NULL)
            return SQLITE_NOMEM;
    }
    info->idxNum = (int)given;
    info->estimatedCost = complete ? 10.0 * table->rows : 1e90;
    info->estimatedRows = table->rows;
    if (complete && table->rows == 1)
        info->idxFlags = SQLITE_INDEX_SCAN_UNIQUE;
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *base, sqlite3_vtab_cursor **out)
{
    struct described_table *described = (struct described_table *)base;
    const size_t bytes = sizeof(struct cursor) + described->table->work_bytes;
    struct cursor *cursor = sqlite3_malloc64(bytes);
    if (cursor == NULL)
        return SQLITE_NOMEM;
    memset(cursor, 0, bytes);
    cursor->work = cursor + 1;
    struct fault fault = {0};
    cursor->use = use_join(described->connection, &fault);
    if (cursor->use == NULL) {
        sqlite3_free(cursor);
        return fault_report_table(&fault, base);
    }
    cursor->generation = cursor->use->generation;
    *out = &cursor->base;
    return SQLITE_OK;
}

static void free_arguments(struct cursor *cursor)
{
    for (int i = 0; i < TABLE_MOST_ARGUMENTS; i++) {
        sqlite3_value_free(cursor->arguments[i]);
        cursor->arguments[i] = NULL;
    }
}

static int close_cursor(sqlite3_vtab_cursor *base)
{
    struct cursor *cursor = (struct cursor *)base;
    const struct table *table = ((struct described_table *)base->pVtab)->table;
    if (table->end != NULL)
        table->end(cursor->work);
    free_arguments(cursor);
    use_leave(cursor->use);
    sqlite3_free(cursor);
    return SQLITE_OK;
}

/* 0 with a fault when an argument is missing, or would lose its row. */
static int check_arguments(struct cursor *cursor, const struct table *table, uint32_t given,
                           uint32_t checked, struct fault *fault)
{
    static const char *const counts[] = {"", "one", "two", "three", "four"};
    const uint32_t required = ((uint32_t)1 << table->required) - 1;
    if ((given & required) != required)
        return fault_set(fault, POLE_INVALID_ARGUMENT,
                         "%s misses an argument; call it as %s(%s), or give them by name, as in "
                         "WHERE name = value; all behind the first %s may be left out; a column "
                         "that has the name of one of its own needs its table: calls.code",
                         table->name, table->name, table->arguments, counts[table->required]);
    for (int i = 0; i < TABLE_MOST_ARGUMENTS; i++)
        if ((checked & (uint32_t)1 << i) != 0 &&
            sqlite3_value_type(cursor->arguments[i]) == SQLITE_NULL)
            return fault_set(
                fault, POLE_LIMIT,
                "%s has over %d arguments and conditions, and one of the last is NULL, "
                "which SQLite cannot pass on; leave out arguments that are NULL, or "
                "put the other conditions into a query around this one",
                table->name, TERMS_WITHOUT_CHECK);
    return 1;
}

static int filter(sqlite3_vtab_cursor *base, int given, const char *plan, int argc,
                  sqlite3_value **argv)
{
    struct cursor *cursor = (struct cursor *)base;
    const struct table *table = ((struct described_table *)base->pVtab)->table;
    cursor->row = 0;
    cursor->rows = 0;
    free_arguments(cursor);
    int next = 0;
    for (int i = 0; i < TABLE_MOST_ARGUMENTS && next < argc; i++) {
        if (((uint32_t)given & (uint32_t)1 << i) == 0)
            continue;
        cursor->arguments[i] = sqlite3_value_dup(argv[next++]);
        if (cursor->arguments[i] == NULL)
            return SQLITE_NOMEM;
    }
    const uint32_t checked = plan == NULL ? 0 : (uint32_t)strtoul(plan, NULL, 10);
    struct fault fault = {0};
    if (check_arguments(cursor, table, (uint32_t)given, checked, &fault) &&
        table->start(cursor, &fault))
        return SQLITE_OK;
    cursor->rows = 0;
    return fault_report_table(&fault, base->pVtab);
}

static int next_row(sqlite3_vtab_cursor *base)
{
    ((struct cursor *)base)->row++;
    return SQLITE_OK;
}

static int at_end(sqlite3_vtab_cursor *base)
{
    const struct cursor *cursor = (const struct cursor *)base;
    return cursor->row >= cursor->rows;
}

static int column(sqlite3_vtab_cursor *base, sqlite3_context *call, int number)
{
    struct cursor *cursor = (struct cursor *)base;
    const struct described_table *described = (const struct described_table *)base->pVtab;
    if (number < described->columns)
        described->table->column(cursor, call, number);
    else if (cursor->arguments[number - described->columns] != NULL)
        sqlite3_result_value(call, cursor->arguments[number - described->columns]);
    return SQLITE_OK;
}

static int row_id(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
    *out = ((struct cursor *)base)->row;
    return SQLITE_OK;
}

/* Without xCreate: the tables are there by their names, and none can be created. */
static const sqlite3_module module = {
    .iVersion = 0,
    .xConnect = connect_table,
    .xBestIndex = best_index,
    .xDisconnect = disconnect_table,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = filter,
    .xNext = next_row,
    .xEof = at_end,
    .xColumn = column,
    .xRowid = row_id,
};

static void release_described(void *user_data)
{
    struct described *described = user_data;
    connection_release(described->connection);
    sqlite3_free(described);
}

int table_register(struct connection *connection, const struct table *table)
{
    struct described *described = sqlite3_malloc64(sizeof *described);
    if (described == NULL)
        return SQLITE_NOMEM;
    *described = (struct described){table, connection};
    connection->owners++;
    /* On failure, too, SQLite calls the destructor. */
    return sqlite3_create_module_v2(connection->db, table->name, &module, described,
                                    release_described);
}
