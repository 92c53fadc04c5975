/* SPDX-License-Identifier: MIT
 * See arrow_match.h. */
#include "arrow/arrow_match.h"

#include <stdio.h>

#include "arrow/arrow_out.h"
#include "arrow/arrow_share.h"
#include "base/abi.h"
#include "base/status.h"

/* Rows that are read, matched and told at a time: their texts stay in the cache. */
#define ROWS_AT_ONCE 256

void pole_arrow_options_init(pole_arrow_options *options)
{
    memset(options, 0, sizeof *options);
    options->struct_size = sizeof *options;
}

static bool has_field(const struct ArrowSchema *schema, const char *name)
{
    for (int64_t i = 0; i < schema->n_children; i++) {
        if (schema->children[i]->name && strcmp(schema->children[i]->name, name) == 0)
            return true;
    }
    return false;
}

/* A column of codes that stands alone may have no name. */
static const char *name_of_codes(const struct ArrowSchema *schema)
{
    return schema->name && *schema->name ? schema->name : "code";
}

/* The name of an added column: with _2, _3, ... where the input has it. */
static void choose_name(const pole_arrow_plan *plan, const struct ArrowSchema *schema,
                        pole_added_column column, char *name, size_t size)
{
    const char *plain = pole_added_name(column);
    snprintf(name, size, "%s", plain);
    if (!plan->keep_input)
        return;
    for (unsigned n = 2;
         plan->fields.is_table ? has_field(schema, name) : strcmp(name, name_of_codes(schema)) == 0;
         n++)
        snprintf(name, size, "%s_%u", plain, n);
}

static pole_status take_options(pole_arrow_plan *plan, const pole_arrow_options *given,
                                pole_arrow_options *options, pole_matcher_options *matcher,
                                pole_error *error)
{
    pole_arrow_options_init(options);
    pole_matcher_options_init(matcher);
    if (!pole_options_take(options, sizeof *options, given) ||
        !pole_options_take(matcher, sizeof *matcher, options->matcher) || options->keep_input > 1)
        return pole_fail(error, POLE_INVALID_ARGUMENT, "the options are not sound");
    plan->allocator = pole_allocator_or_default(options->allocator);
    plan->keep_input = options->keep_input != 0;
    if (matcher->allocator == NULL)
        matcher->allocator = &plan->allocator;
    return pole_added_choose(options->columns, &plan->added, error);
}

/* The column at a place of the result. */
static pole_added_column added_at(const pole_arrow_plan *plan, size_t i)
{
    return (pole_added_column)plan->added.columns[i];
}

pole_status pole_arrow_plan_init(pole_arrow_plan *plan, const pole_index *index,
                                 const pole_arrow_options *given, const struct ArrowSchema *schema,
                                 pole_error *error)
{
    pole_arrow_options options;
    pole_matcher_options matcher;
    memset(plan, 0, sizeof *plan);
    plan->allocator = pole_allocator_default();
    plan->index = index;
    pole_status status = take_options(plan, given, &options, &matcher, error);
    if (status == POLE_OK)
        status = pole_arrow_fields_find(schema, options.column, options.map, &plan->allocator,
                                        &plan->fields, error);
    if (status == POLE_OK)
        status = pole_matcher_new(index, &matcher, &plan->matcher, error);
    for (size_t i = 0; i < plan->added.count && status == POLE_OK; i++)
        choose_name(plan, schema, added_at(plan, i), plan->names[i], sizeof *plan->names);
    return status;
}

void pole_arrow_plan_free(pole_arrow_plan *plan)
{
    pole_matcher_free(plan->matcher);
    plan->matcher = NULL;
}

static int64_t kept_columns(const pole_arrow_plan *plan)
{
    if (!plan->keep_input)
        return 0;
    return plan->fields.is_table ? plan->fields.n_children : 1;
}

/* The schemas of the added columns. */
static bool describe_columns(const pole_arrow_plan *plan, struct ArrowSchema **children)
{
    for (size_t i = 0; i < plan->added.count; i++) {
        if (!pole_arrow_column_schema_new(&plan->allocator, plan->names[i],
                                          !pole_added_is_number(added_at(plan, i)), children[i]))
            return false;
    }
    return true;
}

/* Views of the kept columns' schemas. Takes the input when it succeeds. */
static bool keep_schemas(const pole_arrow_plan *plan, struct ArrowSchema *input, int64_t kept,
                         struct ArrowSchema **children)
{
    pole_shared_schema *shared = pole_shared_schema_new(&plan->allocator, input);
    if (shared == NULL)
        return false;
    const struct ArrowSchema *held = pole_shared_schema_input(shared);
    for (int64_t i = 0; i < kept; i++) {
        if (plan->fields.is_table)
            pole_shared_schema_view(shared, held->children[i], NULL, children[i]);
        else
            pole_shared_schema_view(shared, held, held->name && *held->name ? NULL : "code",
                                    children[i]);
    }
    pole_shared_schema_let_go(shared);
    return true;
}

bool pole_arrow_plan_schema(const pole_arrow_plan *plan, struct ArrowSchema *input,
                            struct ArrowSchema *output)
{
    const int64_t kept = kept_columns(plan);
    const int64_t count = kept + (int64_t)plan->added.count;
    bool done = pole_arrow_table_schema_new(&plan->allocator, count, output);
    if (done) {
        done = describe_columns(plan, output->children + kept) &&
               (kept == 0 || keep_schemas(plan, input, kept, output->children));
        if (!done)
            output->release(output);
    }
    if (input->release)
        input->release(input);
    return done;
}

/* What a batch is worked on with. */
typedef struct {
    pole_span codes[ROWS_AT_ONCE];
    pole_row_evidence evidence[ROWS_AT_ONCE];
    pole_row_match matches[ROWS_AT_ONCE];
    char numbers[POLE_ARROW_ROLES * ROWS_AT_ONCE][POLE_ARROW_NUMBER_BYTES];
    pole_arrow_growing columns[POLE_ADDED_COLUMNS];
    char room[POLE_ADDED_TEXT_BYTES];
} desk;

static pole_status tell_row(const pole_arrow_plan *plan, desk *d, const pole_row_match *match,
                            pole_error *error)
{
    for (size_t c = 0; c < plan->added.count; c++) {
        const pole_added_column column = added_at(plan, c);
        pole_status status = POLE_OK;
        if (d->columns[c].is_text)
            status = pole_arrow_append_text(d->columns + c,
                                            pole_added_text(plan->index, match, column, d->room));
        else
            pole_arrow_append_number(d->columns + c, pole_added_number(match, column));
        if (status != POLE_OK)
            return pole_fail(error, status,
                             status == POLE_LIMIT ? "the texts of '%s' exceed 2 GiB in one batch"
                                                  : "no memory for the column '%s'",
                             plan->names[c]);
    }
    return POLE_OK;
}

static pole_status match_rows(const pole_arrow_plan *plan, const pole_arrow_rows *rows, desk *d,
                              pole_error *error)
{
    pole_row_evidence *evidence = plan->fields.has_evidence ? d->evidence : NULL;
    for (int64_t begin = 0; begin < rows->rows; begin += ROWS_AT_ONCE) {
        const int64_t left = rows->rows - begin;
        const size_t count = left < ROWS_AT_ONCE ? (size_t)left : ROWS_AT_ONCE;
        pole_status status = pole_arrow_rows_read(&plan->fields, rows, begin, count, d->numbers,
                                                  d->codes, evidence, error);
        if (status != POLE_OK)
            return status;
        d->matches[0].struct_size = sizeof d->matches[0];
        status = pole_matcher_run(plan->matcher, d->codes, evidence, count, d->matches);
        if (status != POLE_OK)
            return pole_fail(error, status, "%s", pole_status_text(status));
        for (size_t i = 0; i < count && status == POLE_OK; i++)
            status = tell_row(plan, d, d->matches + i, error);
        if (status != POLE_OK)
            return status;
    }
    return POLE_OK;
}

/* A table keeps no row that is null as a whole: a null in every added column would look like an
 * answer to somebody who asks the columns one by one. */
static pole_status refuse_null_rows(const pole_arrow_rows *rows, pole_error *error)
{
    for (int64_t i = 0; rows->validity && i < rows->rows; i++) {
        if (!pole_arrow_is_valid(rows->validity, rows->offset + i)) {
            pole_fail(error, POLE_BAD_INPUT, "row %lld of the batch is null as a whole",
                      (long long)i + 1);
            pole_fail_hint(error, "leave such rows out, or do not keep the input's columns");
            return POLE_BAD_INPUT;
        }
    }
    return POLE_OK;
}

static bool finish_columns(const pole_arrow_plan *plan, desk *d, struct ArrowArray **children)
{
    for (size_t c = 0; c < plan->added.count; c++) {
        if (!pole_arrow_growing_finish(d->columns + c, children[c]))
            return false;
    }
    return true;
}

/* Views of the kept columns. Takes the input when it succeeds. */
static bool keep_columns(const pole_arrow_plan *plan, struct ArrowArray *input, int64_t kept,
                         struct ArrowArray **children)
{
    pole_shared_array *shared = pole_shared_array_new(&plan->allocator, input);
    if (shared == NULL)
        return false;
    const struct ArrowArray *held = pole_shared_array_input(shared);
    for (int64_t i = 0; i < kept; i++) {
        if (plan->fields.is_table)
            pole_shared_array_view(shared, held->children[i], held->offset, held->length,
                                   children[i]);
        else
            pole_shared_array_view(shared, held, 0, held->length, children[i]);
    }
    pole_shared_array_let_go(shared);
    return true;
}

/* Puts the grown columns and the kept ones together. Takes the input when it succeeds. */
static pole_status assemble(const pole_arrow_plan *plan, desk *d, struct ArrowArray *input,
                            struct ArrowArray *output)
{
    const int64_t kept = kept_columns(plan);
    const int64_t count = kept + (int64_t)plan->added.count;
    if (!pole_arrow_table_new(&plan->allocator, count, input->length, output))
        return POLE_NO_MEMORY;
    if (finish_columns(plan, d, output->children + kept) &&
        (kept == 0 || keep_columns(plan, input, kept, output->children)))
        return POLE_OK;
    output->release(output);
    return POLE_NO_MEMORY;
}

/* The columns begin to grow. */
static bool begin_columns(const pole_arrow_plan *plan, desk *d, int64_t rows)
{
    for (size_t c = 0; c < plan->added.count; c++) {
        if (!pole_arrow_growing_init(d->columns + c, !pole_added_is_number(added_at(plan, c)), rows,
                                     &plan->allocator))
            return false;
    }
    return true;
}

static pole_status match_batch(const pole_arrow_plan *plan, struct ArrowArray *input,
                               struct ArrowArray *output, pole_error *error)
{
    pole_arrow_rows rows;
    pole_status status = pole_arrow_rows_of(&plan->fields, input, &rows, error);
    if (status == POLE_OK && plan->keep_input)
        status = refuse_null_rows(&rows, error);
    if (status != POLE_OK)
        return status;
    desk *d = pole_allocate_zeroed(&plan->allocator, 1, sizeof *d);
    status =
        d && begin_columns(plan, d, rows.rows) ? match_rows(plan, &rows, d, error) : POLE_NO_MEMORY;
    if (status == POLE_OK)
        status = assemble(plan, d, input, output);
    for (size_t c = 0; d && c < plan->added.count; c++)
        pole_arrow_growing_free(d->columns + c);
    pole_release(&plan->allocator, d);
    if (status == POLE_NO_MEMORY)
        pole_fail(error, status, "no memory for a batch of %lld rows", (long long)rows.rows);
    return status;
}

pole_status pole_arrow_plan_batch(const pole_arrow_plan *plan, struct ArrowArray *input,
                                  struct ArrowArray *output, pole_error *error)
{
    const pole_status status = match_batch(plan, input, output, error);
    if (status != POLE_OK)
        output->release = NULL;
    if (input->release)
        input->release(input);
    return status;
}
