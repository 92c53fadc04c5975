/* SPDX-License-Identifier: MIT
 * See arrow_fields.h. */
#include "arrow/arrow_fields.h"

#include <stddef.h>

#include "base/status.h"
#include "formats/columns.h"

static const struct {
    pole_column_role role;
    size_t offset; /* in pole_row_evidence */
    bool real;     /* a measured number may stand there */
} roles[POLE_ARROW_ROLES] = {
    [POLE_ARROW_CODE] = {POLE_COLUMN_CODE, 0, false},
    {POLE_COLUMN_HINT_LAT, offsetof(pole_row_evidence, hint_lat), true},
    {POLE_COLUMN_HINT_LON, offsetof(pole_row_evidence, hint_lon), true},
    {POLE_COLUMN_HINT_RADIUS_M, offsetof(pole_row_evidence, hint_radius_m), true},
    {POLE_COLUMN_HINT_LEVEL, offsetof(pole_row_evidence, hint_level), true},
    {POLE_COLUMN_HINT_CRS, offsetof(pole_row_evidence, hint_crs), false},
    {POLE_COLUMN_STREET, offsetof(pole_row_evidence, street), false},
    {POLE_COLUMN_DISTRICT, offsetof(pole_row_evidence, district), false},
    {POLE_COLUMN_SCOPE, offsetof(pole_row_evidence, scope), false},
    {POLE_COLUMN_ALSO, offsetof(pole_row_evidence, also), false},
};

static const char *name_of(const struct ArrowSchema *schema)
{
    return schema->name ? schema->name : "";
}

/* What the caller says of fields, as pole_columns_find() wants it. */
typedef struct {
    pole_column_map maps[POLE_ARROW_ROLES];
    size_t count;
    bool unused[POLE_ARROW_ROLES];
} field_maps;

/* Reads one "role=field", or "role=" for a role that no field has. */
static pole_status take_mapping(const char *mapping, field_maps *maps, pole_error *error)
{
    const char *equals = strchr(mapping, '=');
    const pole_span name = {mapping, equals ? (size_t)(equals - mapping) : strlen(mapping)};
    const pole_column_role role = pole_column_role_by_name(name);
    size_t r = 1;
    while (r < POLE_ARROW_ROLES && roles[r].role != role)
        r++;
    if (equals == NULL || r == POLE_ARROW_ROLES)
        return pole_fail(error, POLE_INVALID_ARGUMENT,
                         "'%.100s' maps no role of evidence to a field", mapping);
    if (equals[1] == '\0')
        maps->unused[r] = true;
    else if (maps->count < POLE_ARROW_ROLES)
        maps->maps[maps->count++] = (pole_column_map){role, pole_span_of(equals + 1)};
    else
        return pole_fail(error, POLE_INVALID_ARGUMENT, "a role is mapped twice");
    return POLE_OK;
}

static pole_status find_by_names(const pole_span *names, size_t count, const field_maps *maps,
                                 pole_arrow_fields *fields, pole_error *error)
{
    pole_column_roles found;
    const pole_status status =
        pole_columns_find(POLE_COLUMNS_CALLS, names, count, maps->maps, maps->count, &found, error);
    if (status != POLE_OK)
        return status;
    for (size_t r = 0; r < POLE_ARROW_ROLES; r++) {
        const uint32_t column = found.column[roles[r].role];
        if (column != POLE_NO_COLUMN && !maps->unused[r])
            fields->child[r] = column;
    }
    if (fields->child[POLE_ARROW_CODE] >= 0)
        return POLE_OK;
    const pole_column_list list = pole_columns_list(names, count);
    pole_fail(error, POLE_BAD_INPUT, "no field has a name for codes: %s", list.text);
    pole_fail_hint(error, "say which field holds the codes");
    return POLE_BAD_INPUT;
}

static pole_status find_fields(const struct ArrowSchema *schema, const char *column,
                               const char *const *map, const pole_allocator *allocator,
                               pole_arrow_fields *fields, pole_error *error)
{
    const size_t count = (size_t)schema->n_children;
    field_maps maps = {.count = 0};
    pole_status status = POLE_OK;
    if (column)
        maps.maps[maps.count++] = (pole_column_map){POLE_COLUMN_CODE, pole_span_of(column)};
    for (; map && *map && status == POLE_OK; map++)
        status = take_mapping(*map, &maps, error);
    if (status != POLE_OK)
        return status;
    pole_span *names = pole_allocate_array(allocator, count, sizeof *names);
    if (names == NULL)
        return pole_fail(error, POLE_NO_MEMORY, "no memory for the names of fields");
    for (size_t i = 0; i < count; i++)
        names[i] = pole_span_of(name_of(schema->children[i]));
    fields->is_table = true;
    fields->n_children = schema->n_children;
    status = find_by_names(names, count, &maps, fields, error);
    pole_release(allocator, names);
    return status;
}

/* What is to be done with a column of a type that is not read. */
static pole_status refuse_type(const struct ArrowSchema *schema, size_t role, pole_error *error)
{
    pole_fail(error, POLE_BAD_INPUT, "the field '%.80s' (%s) has the Arrow type '%.40s'%s",
              name_of(schema), pole_column_role_name(roles[role].role),
              schema->format ? schema->format : "", schema->dictionary ? ", by a dictionary" : "");
    pole_fail_hint(error, role == POLE_ARROW_CODE
                              ? "give codes as text or whole numbers: cast the column"
                              : "cast the column to text, or map the role to none ('role=')");
    return POLE_BAD_INPUT;
}

static bool is_sound_schema(const struct ArrowSchema *schema)
{
    if (schema->format == NULL || schema->n_children < 0 || schema->n_children > UINT32_MAX / 2 ||
        (schema->n_children > 0 && schema->children == NULL))
        return false;
    for (int64_t i = 0; i < schema->n_children; i++) {
        const struct ArrowSchema *child = schema->children[i];
        if (child == NULL || child->release == NULL || child->format == NULL)
            return false;
    }
    return true;
}

pole_status pole_arrow_fields_find(const struct ArrowSchema *schema, const char *column,
                                   const char *const *map, const pole_allocator *allocator,
                                   pole_arrow_fields *fields, pole_error *error)
{
    memset(fields, 0, sizeof *fields);
    for (size_t r = 0; r < POLE_ARROW_ROLES; r++)
        fields->child[r] = -1;
    if (!is_sound_schema(schema))
        return pole_fail(error, POLE_BAD_INPUT, "the Arrow schema is not well formed");
    if (strcmp(schema->format, "+s") == 0) {
        const pole_status status = find_fields(schema, column, map, allocator, fields, error);
        if (status != POLE_OK)
            return status;
    } else if (column || (map && *map)) {
        return pole_fail(error, POLE_BAD_INPUT, "a column of codes alone has no fields to name");
    }
    for (size_t r = 0; r < POLE_ARROW_ROLES; r++) {
        const struct ArrowSchema *field = schema;
        if (fields->is_table && fields->child[r] < 0)
            continue;
        if (fields->is_table)
            field = schema->children[fields->child[r]];
        else if (r != POLE_ARROW_CODE)
            break;
        if (!pole_arrow_type_of(field, roles[r].real, &fields->type[r]))
            return refuse_type(field, r, error);
        fields->has_evidence |= r != POLE_ARROW_CODE;
    }
    return POLE_OK;
}

static pole_status refuse_array(pole_error *error, const char *what)
{
    return pole_fail(error, POLE_BAD_INPUT, "the Arrow array is not as its schema says: %s", what);
}

static bool is_sound_table(const pole_arrow_fields *fields, const struct ArrowArray *array)
{
    if (array->n_children != fields->n_children || array->n_buffers != 1 ||
        array->buffers == NULL || array->length < 0 || array->offset < 0 ||
        array->offset > INT64_MAX - array->length || (array->n_children && !array->children))
        return false;
    for (int64_t i = 0; i < array->n_children; i++) {
        const struct ArrowArray *child = array->children[i];
        if (child == NULL || child->release == NULL ||
            child->length < array->offset + array->length)
            return false;
    }
    return true;
}

pole_status pole_arrow_rows_of(const pole_arrow_fields *fields, const struct ArrowArray *array,
                               pole_arrow_rows *rows, pole_error *error)
{
    memset(rows, 0, sizeof *rows);
    rows->rows = array->length;
    if (!fields->is_table)
        return pole_arrow_column_of(array, fields->type, rows->column)
                   ? POLE_OK
                   : refuse_array(error, "the column of codes");
    if (!is_sound_table(fields, array))
        return refuse_array(error, "its fields");
    rows->offset = array->offset;
    rows->validity = array->null_count == 0 ? NULL : array->buffers[0];
    for (size_t r = 0; r < POLE_ARROW_ROLES; r++) {
        if (fields->child[r] >= 0 && !pole_arrow_column_of(array->children[fields->child[r]],
                                                           fields->type + r, rows->column + r))
            return refuse_array(error, pole_column_role_name(roles[r].role));
    }
    return POLE_OK;
}

pole_status pole_arrow_rows_read(const pole_arrow_fields *fields, const pole_arrow_rows *rows,
                                 int64_t begin, size_t count,
                                 char (*numbers)[POLE_ARROW_NUMBER_BYTES], pole_span *codes,
                                 pole_row_evidence *evidence, pole_error *error)
{
    memset(codes, 0, count * sizeof *codes);
    if (evidence)
        memset(evidence, 0, count * sizeof *evidence);
    for (size_t r = 0; r < POLE_ARROW_ROLES; r++) {
        if (fields->is_table && fields->child[r] < 0)
            continue;
        if (!fields->is_table && r != POLE_ARROW_CODE)
            break;
        for (size_t i = 0; i < count; i++) {
            const int64_t row = rows->offset + begin + (int64_t)i;
            pole_span *cell = codes + i;
            if (r != POLE_ARROW_CODE)
                cell = (pole_span *)(void *)((char *)(evidence + i) + roles[r].offset);
            if (!pole_arrow_is_valid(rows->validity, row))
                continue;
            if (!pole_arrow_cell(rows->column + r, row, numbers[r * count + i], cell))
                return refuse_array(error, pole_column_role_name(roles[r].role));
        }
    }
    /* A number below zero is no code, though its digits might be one. */
    if (fields->type[POLE_ARROW_CODE].cells.kind == POLE_ARROW_SIGNED) {
        for (size_t i = 0; i < count; i++) {
            if (codes[i].size_bytes > 0 && codes[i].data[0] == '-')
                codes[i] = (pole_span){NULL, 0};
        }
    }
    return POLE_OK;
}
