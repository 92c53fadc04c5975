/* SPDX-License-Identifier: MIT
 *
 * Header names to roles. Names are compared folded: in lower case, in half-width forms, without
 * what people put between words. The table of names is data/words/columns.tsv. */
#include "formats/columns.h"

#include <stdio.h>

#include "base/status.h"
#include "base/utf8.h"

#define FOLDED_MAX 96u /* bytes; the longest known name has a third of that */

typedef struct {
    char text[FOLDED_MAX];
    size_t size; /* 0: empty, or too long to be known */
} folded_name;

typedef struct {
    uint8_t table;
    uint8_t role;
    const char *name;
} known_name;

#define WORD(table, role, name) {POLE_COLUMNS_##table, POLE_COLUMN_##role, name},
static const known_name known_names[] = {
#include "formats/columns.inc"
};
#undef WORD
#define KNOWN_NAMES (sizeof known_names / sizeof known_names[0])

static const char *const role_names[POLE_COLUMN_ROLES] = {
    "code",     "lat",      "lon",           "x",          "y",        "scope", "street",
    "district", "note",     "status",        "successor",  "surveyed", "alias", "alias_owner",
    "id",       "name",     "prefix",        "kind",       "group",    "phone", "station_id",
    "hint_lat", "hint_lon", "hint_radius_m", "hint_level", "hint_crs", "also",  "time"};

const char *pole_column_role_name(pole_column_role role)
{
    return role < POLE_COLUMN_ROLES ? role_names[role] : "";
}

const char *pole_columns_table_name(uint32_t table)
{
    switch (table) {
    case POLE_COLUMNS_POLES:
        return "poles";
    case POLE_COLUMNS_STATIONS:
        return "stations";
    case POLE_COLUMNS_AREAS:
        return "areas";
    case POLE_COLUMNS_CALLS:
        return "calls";
    case POLE_COLUMNS_TIMES:
        return "times";
    default:
        return "";
    }
}

pole_column_role pole_column_role_by_name(pole_span name)
{
    pole_column_role role = 0;
    while (role < POLE_COLUMN_ROLES && !pole_span_equal(name, pole_span_of(role_names[role])))
        role++;
    return role;
}

bool pole_column_role_in_table(pole_column_role role, uint32_t table)
{
    for (size_t i = 0; i < KNOWN_NAMES; i++) {
        if (known_names[i].role == role && known_names[i].table == table)
            return true;
    }
    return false;
}

static bool is_between_words(uint32_t character)
{
    return character <= 0x20 || character == '_' || character == '-' || character == '.' ||
           character == 0x00A0 || (character >= 0x2000 && character <= 0x200B) ||
           character == 0x3000 || character == 0xFEFF;
}

/* Cuts a unit in brackets off the end of a folded name. */
static void cut_unit(folded_name *name)
{
    static const char *const units[] = {"(°)",       "(度)", "(deg)", "(degree)",
                                        "(degrees)", "(m)",  "(米)"};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        const size_t size = strlen(units[i]);
        if (name->size > size && memcmp(name->text + name->size - size, units[i], size) == 0) {
            name->size -= size;
            return;
        }
    }
}

static folded_name fold(pole_span name)
{
    folded_name folded;
    folded.size = 0;
    for (size_t at = 0; at < name.size_bytes;) {
        uint32_t character = pole_utf8_next(name.data, name.size_bytes, &at);
        if (is_between_words(character))
            continue;
        if (character >= 0xFF01 && character <= 0xFF5E)
            character -= 0xFF01 - '!';
        if (is_between_words(character))
            continue;
        if (character >= 'A' && character <= 'Z')
            character += 'a' - 'A';
        if (character == POLE_UTF8_BAD || folded.size + 4 > sizeof folded.text) {
            folded.size = 0;
            return folded;
        }
        folded.size += pole_utf8_put(character, folded.text + folded.size);
    }
    cut_unit(&folded);
    return folded;
}

static bool same_name(const folded_name *a, const folded_name *b)
{
    return a->size > 0 && a->size == b->size && memcmp(a->text, b->text, a->size) == 0;
}

static bool is_known_as(const folded_name *name, const known_name *known)
{
    /* Known names begin with a letter, or with a character that folding leaves alone. */
    const char first = known->name[0];
    if (name->size == 0 ||
        (first >= 'A' && first <= 'Z' ? first + ('a' - 'A') : first) != name->text[0])
        return false;
    const folded_name other = fold(pole_span_of(known->name));
    return same_name(name, &other);
}

bool pole_columns_known_name(pole_span name)
{
    const folded_name folded = fold(name);
    for (size_t i = 0; i < KNOWN_NAMES; i++) {
        if (is_known_as(&folded, &known_names[i]))
            return true;
    }
    return false;
}

/* A span's first bytes for a message. */
static int shown(pole_span text)
{
    return (int)(text.size_bytes < 60 ? text.size_bytes : 60);
}

static pole_status two_columns(pole_column_role role, const pole_span *names, size_t first,
                               size_t second, pole_error *error)
{
    const pole_status status =
        pole_fail(error, POLE_BAD_INPUT,
                  "two columns could be the %s: \"%.*s\" (column %zu) and \"%.*s\" (column %zu)",
                  role_names[role], shown(names[first]), names[first].data, first + 1,
                  shown(names[second]), names[second].data, second + 1);
    char hint[128];
    (void)snprintf(hint, sizeof hint, "say which one: map %s=NAME", role_names[role]);
    pole_fail_hint(error, hint);
    pole_fail_at(error, 0, (uint32_t)(second + 1), 0);
    return status;
}

/* What was taken for a header may be a row of a log: long numbers are masked. */
static void mask(char *text)
{
    for (; *text; text++) {
        const size_t digits = strspn(text, "0123456789");
        for (size_t i = 3; digits >= 8 && i + 4 < digits; i++)
            text[i] = '*';
        text += digits > 0 ? digits - 1 : 0;
    }
}

pole_column_list pole_columns_list(const pole_span *names, size_t name_count)
{
    pole_column_list list = {"none"};
    size_t size = 0;
    for (size_t i = 0; i < name_count && size < sizeof list.text - 1; i++) {
        const int put =
            snprintf(list.text + size, sizeof list.text - size, "%s\"%.*s\"", i > 0 ? ", " : "",
                     shown(names[i]), names[i].data ? names[i].data : "");
        size += put > 0 ? (size_t)put : 0;
    }
    mask(list.text);
    return list;
}

static pole_status no_such_column(const pole_column_map *map, const pole_span *names,
                                  size_t name_count, pole_error *error)
{
    return pole_fail(error, POLE_BAD_INPUT,
                     "there is no column \"%.*s\" for %s; the columns are %s", shown(map->name),
                     map->name.data ? map->name.data : "", role_names[map->role],
                     pole_columns_list(names, name_count).text);
}

/* The column that a map names: as it stands, else folded. */
static pole_status find_mapped(const pole_column_map *map, const pole_span *names,
                               size_t name_count, uint32_t *column, pole_error *error)
{
    const folded_name wanted = fold(map->name);
    for (unsigned folding = 0; folding < 2 && *column == POLE_NO_COLUMN; folding++) {
        for (size_t i = 0; i < name_count; i++) {
            const folded_name name = fold(names[i]);
            if (folding ? !same_name(&name, &wanted) : !pole_span_equal(names[i], map->name))
                continue;
            if (*column != POLE_NO_COLUMN)
                return two_columns(map->role, names, *column, i, error);
            *column = (uint32_t)i;
        }
    }
    return *column != POLE_NO_COLUMN ? POLE_OK : no_such_column(map, names, name_count, error);
}

static pole_status apply_maps(uint32_t table, const pole_span *names, size_t name_count,
                              const pole_column_map *maps, size_t map_count,
                              pole_column_roles *roles, pole_error *error)
{
    for (size_t i = 0; i < map_count; i++) {
        const pole_column_role role = maps[i].role;
        if (role >= POLE_COLUMN_ROLES || !pole_column_role_in_table(role, table))
            return pole_fail(error, POLE_INVALID_ARGUMENT, "a table of %s has no %s to map",
                             pole_columns_table_name(table), pole_column_role_name(role));
        if (roles->column[role] != POLE_NO_COLUMN)
            return pole_fail(error, POLE_INVALID_ARGUMENT, "%s is mapped twice", role_names[role]);
        const pole_status status =
            find_mapped(&maps[i], names, name_count, &roles->column[role], error);
        if (status != POLE_OK)
            return status;
    }
    return POLE_OK;
}

/* The columns that carry a known name: canonical ones first, synonyms for roles that have none. */
static pole_status apply_known(uint32_t table, const pole_span *names, size_t name_count,
                               bool canonical, pole_column_roles *roles, pole_error *error)
{
    pole_column_roles found;
    memset(&found, 0xFF, sizeof found);
    for (size_t i = 0; i < name_count; i++) {
        const folded_name name = fold(names[i]);
        for (size_t k = 0; k < KNOWN_NAMES && name.size > 0; k++) {
            const pole_column_role role = known_names[k].role;
            if (known_names[k].table != table || roles->column[role] != POLE_NO_COLUMN ||
                (strcmp(known_names[k].name, role_names[role]) == 0) != canonical ||
                !is_known_as(&name, &known_names[k]))
                continue;
            if (found.column[role] != POLE_NO_COLUMN)
                return two_columns(role, names, found.column[role], i, error);
            found.column[role] = (uint32_t)i;
        }
    }
    for (size_t role = 0; role < POLE_COLUMN_ROLES; role++) {
        if (found.column[role] != POLE_NO_COLUMN)
            roles->column[role] = found.column[role];
    }
    return POLE_OK;
}

pole_status pole_columns_find(uint32_t table, const pole_span *names, size_t name_count,
                              const pole_column_map *maps, size_t map_count,
                              pole_column_roles *roles, pole_error *error)
{
    memset(roles, 0xFF, sizeof *roles);
    pole_status status = apply_maps(table, names, name_count, maps, map_count, roles, error);
    if (status == POLE_OK)
        status = apply_known(table, names, name_count, true, roles, error);
    if (status == POLE_OK)
        status = apply_known(table, names, name_count, false, roles, error);
    if (status != POLE_OK)
        memset(roles, 0xFF, sizeof *roles);
    return status;
}
