/* SPDX-License-Identifier: MIT
 *
 * One generation a statement. The anchor is the outermost executor run: its query context holds a
 * pin, so that a cursor that is fetched over many messages, and the functions called inside a
 * statement, all read the same index. What runs outside any executor (expressions of PL/pgSQL,
 * arguments of CALL) goes by the start time of the client's message, as every first look does.
 *
 * Parallel workers are new processes that open the file themselves. The leader tells them the
 * content id of its generation through a setting, which PostgreSQL copies to workers; a worker that
 * finds another index fails, since two halves of one result from two indexes are silently wrong. */
#include "generation.h"

#include <sys/stat.h>

#include "access/parallel.h"
#include "access/xact.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/guc.h"
#include "utils/memutils.h"

#include "raise.h"

PG_MODULE_MAGIC;

void _PG_init(void);

/* An open index and the file it came from. Counted by those that point to it. */
typedef struct {
    pole_index *index;
    struct stat file;
    int owners;
    bool is_sample;
    char path[MAXPGPATH];
    char id[36];
} Generation;

/* What a query context is pinned to: NULL until the first call. */
typedef struct Pin {
    struct Pin *next;
    MemoryContext context;
    Generation *generation;
    MemoryContextCallback at_end;
} Pin;

static char *index_path = NULL;
static char *leader_id = NULL;

static Generation *current = NULL; /* the newest that was opened */
static TimestampTz current_since;  /* start of the message that last looked at the file */
static bool current_stale = false;
static Pin *pins = NULL;
static Pin *statement = NULL; /* of the outermost executor run under way */

static pole_resolution *resolution = NULL;
static pole_heard *heard[3] = {NULL, NULL, NULL};
static pole_matcher *matcher = NULL;
static const pole_index *matcher_index = NULL; /* the matcher keeps it alive */

static ExecutorRun_hook_type next_run = NULL;

static void let_go(Generation *generation)
{
    if (generation != NULL && --generation->owners == 0) {
        pole_index_close(generation->index);
        free(generation);
    }
}

static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
           a->st_ctim.tv_sec == b->st_ctim.tv_sec && a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

/* Raises nothing. The file is looked at before it is opened: when it is replaced in between, the
 * new one looks changed to the next statement, which then opens it once more. */
static pole_status open_generation(const struct stat *file, Generation **out, pole_error *error)
{
    Generation *generation = calloc(1, sizeof *generation);
    pole_info info = {.struct_size = sizeof info};
    pole_status status;

    *out = NULL;
    if (generation == NULL) {
        snprintf(error->message, sizeof error->message, "no memory to open the index");
        return POLE_NO_MEMORY;
    }
    status = pole_index_open(index_path, NULL, &generation->index, error);
    if (status != POLE_OK) {
        free(generation);
        return status;
    }
    pole_index_info(generation->index, &info);
    generation->file = *file;
    generation->owners = 1;
    generation->is_sample = info.is_sample != 0;
    strlcpy(generation->path, index_path, sizeof generation->path);
    memcpy(generation->id, info.id, sizeof generation->id);
    *out = generation;
    return POLE_OK;
}

/* Working memory holds on to the index that it was last used with. */
static void free_working_memory(void)
{
    pole_resolution_free(resolution);
    resolution = NULL;
    for (int i = 0; i < 3; i++) {
        pole_heard_free(heard[i]);
        heard[i] = NULL;
    }
    pole_matcher_free(matcher);
    matcher = NULL;
    matcher_index = NULL;
}

/* Makes `current` what this message is to read. Raises nothing. */
static pole_status look(pole_error *error)
{
    TimestampTz now = GetCurrentStatementStartTimestamp();
    Generation *opened;
    struct stat file;
    pole_status status;

    memset(error, 0, sizeof *error);
    if (index_path == NULL || index_path[0] == '\0') {
        snprintf(error->message, sizeof error->message, "no index is set");
        snprintf(error->hint, sizeof error->hint,
                 "A superuser names one: ALTER SYSTEM SET polelookup.index = '/path/city.plx'");
        return POLE_NOT_FOUND;
    }
    if (current != NULL && current_since == now && strcmp(current->path, index_path) == 0)
        return POLE_OK;
    if (stat(index_path, &file) != 0) {
        snprintf(error->message, sizeof error->message, "cannot find the index file");
        return POLE_IO;
    }
    if (current == NULL || current_stale || strcmp(current->path, index_path) != 0 ||
        !same_file(&current->file, &file)) {
        status = open_generation(&file, &opened, error);
        if (status != POLE_OK)
            return status;
        free_working_memory();
        let_go(current);
        current = opened;
        current_stale = false;
    }
    current_since = now;
    return POLE_OK;
}

/* File names and the reasons of the system are for the server's log and superusers alone: a plain
 * user must not learn of files through this setting. */
static void raise_unopened(pole_status status, const pole_error *error)
{
    bool may_see = superuser();

    ereport(ERROR,
            (errcode(raise_sqlstate(status)),
             errmsg("polelookup: %s: %s", pole_status_name(status),
                    status == POLE_NOT_FOUND ? error->message : "the index cannot be opened"),
             status == POLE_NOT_FOUND ? 0
             : may_see                ? errdetail("%s: %s", index_path, error->message)
                                      : errdetail_log("%s: %s", index_path, error->message),
             error->hint[0] == '\0' || !may_see ? 0 : errhint("%s", error->hint)));
}

static void release_pin(void *argument)
{
    Pin *pin = argument;

    for (Pin **at = &pins; *at != NULL; at = &(*at)->next) {
        if (*at == pin) {
            *at = pin->next;
            break;
        }
    }
    if (statement == pin)
        statement = NULL;
    let_go(pin->generation);
}

static Pin *pin_of(MemoryContext context)
{
    Pin *pin;

    for (pin = pins; pin != NULL; pin = pin->next) {
        if (pin->context == context)
            return pin;
    }
    pin = MemoryContextAllocZero(context, sizeof *pin);
    pin->context = context;
    pin->at_end.func = release_pin;
    pin->at_end.arg = pin;
    MemoryContextRegisterResetCallback(context, &pin->at_end);
    pin->next = pins;
    pins = pin;
    return pin;
}

static pole_status pin_now(Pin *pin, pole_error *error)
{
    pole_status status = POLE_OK;

    if (pin->generation == NULL) {
        status = look(error);
        if (status == POLE_OK) {
            pin->generation = current;
            current->owners++;
        }
    }
    return status;
}

/* A worker reads the leader's index or none. */
static void check_worker(const Generation *generation)
{
    if (leader_id == NULL || strcmp(leader_id, generation->id) != 0)
        ereport(ERROR, (errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
                        errmsg("polelookup: the index was replaced while a parallel statement was "
                               "starting"),
                        errhint("Run the statement again.")));
}

static Generation *generation_now(void)
{
    pole_error error;
    pole_status status;
    Generation *generation;

    if (statement != NULL && statement->generation != NULL)
        return statement->generation;
    if (statement != NULL) {
        status = pin_now(statement, &error);
        generation = statement->generation;
    } else {
        status = look(&error);
        generation = current;
    }
    if (status != POLE_OK)
        raise_unopened(status, &error);
    if (IsParallelWorker())
        check_worker(generation);
    return generation;
}

/* Before workers start: which index they have to find. Where it cannot be opened they are told of
 * none, since this statement may not ask for any; if it does, that fails where it is asked. */
static void tell_workers(void)
{
    pole_error error;
    const char *id = pin_now(statement, &error) == POLE_OK ? statement->generation->id : "";

    if (leader_id == NULL || strcmp(leader_id, id) != 0)
        SetConfigOption("polelookup.leader_index", id, PGC_SUSET, PGC_S_SESSION);
}

static void run(QueryDesc *query, ScanDirection direction, uint64 count, bool execute_once)
{
    Pin *outer = statement;

    if (statement == NULL)
        statement = pin_of(query->estate->es_query_cxt);
    if (query->plannedstmt->parallelModeNeeded && !IsInParallelMode())
        tell_workers();
    PG_TRY();
    {
        if (next_run != NULL)
            next_run(query, direction, count, execute_once);
        else
            standard_ExecutorRun(query, direction, count, execute_once);
    }
    PG_FINALLY();
    {
        statement = outer;
    }
    PG_END_TRY();
}

static bool check_path(char **value, void **extra, GucSource source)
{
    (void)extra;
    (void)source;
    if (*value == NULL || **value == '\0')
        return true;
    if (!is_absolute_path(*value)) {
        GUC_check_errdetail("An index is named by its whole path.");
        return false;
    }
    if (strlen(*value) >= MAXPGPATH) {
        GUC_check_errdetail("The path is too long.");
        return false;
    }
    return true;
}

void generation_start(void)
{
    DefineCustomStringVariable("polelookup.index", "The index file that lamp poles are read from.",
                               "The whole path of a .plx file, readable by the server.",
                               &index_path, "", PGC_SUSET, GUC_SUPERUSER_ONLY, check_path, NULL,
                               NULL);
    DefineCustomStringVariable(
        "polelookup.leader_index", "The content id that parallel workers have to find.",
        "Set by the extension itself.", &leader_id, "", PGC_SUSET,
        GUC_NO_SHOW_ALL | GUC_NOT_IN_SAMPLE | GUC_DISALLOW_IN_FILE, NULL, NULL, NULL);
    MarkGUCPrefixReserved("polelookup");
    next_run = ExecutorRun_hook;
    ExecutorRun_hook = run;
}

void _PG_init(void)
{
    generation_start();
}

const pole_index *generation_index(void)
{
    return generation_now()->index;
}

bool generation_is_sample(void)
{
    return generation_now()->is_sample;
}

void generation_forget(void)
{
    current_stale = true;
}

pole_resolution *generation_resolution(void)
{
    if (resolution == NULL)
        raise_unless_ok(pole_resolution_new(NULL, &resolution), NULL);
    return resolution;
}

pole_heard *generation_heard(int which)
{
    if (heard[which] == NULL)
        raise_unless_ok(pole_heard_new(NULL, &heard[which]), NULL);
    return heard[which];
}

pole_matcher *generation_matcher(const pole_index *index)
{
    pole_error error = {0};

    if (matcher != NULL && matcher_index == index)
        return matcher;
    pole_matcher_free(matcher);
    matcher = NULL;
    matcher_index = NULL;
    raise_unless_ok(pole_matcher_new(index, NULL, &matcher, &error), &error);
    matcher_index = index;
    return matcher;
}
