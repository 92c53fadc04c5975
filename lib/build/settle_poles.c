/* SPDX-License-Identifier: MIT
 * Poles in order of (scope, length, number). Rows of one key that agree in every column are one
 * pole; where any differ, none of them is taken, so that it does not matter which came first.
 * Aliases are a list: rows that differ in the alias alone add theirs to the one pole. */
#include <stdio.h>

#include "base/status.h"
#include "base/utf8.h"
#include "build/cells.h"
#include "build/settle.h"
#include "build/sort.h"
#include "build/taken.h"

typedef struct {
    pole_builder *builder;
    pole_settled *settled;
    const pole_draft_pole *rows;
    uint32_t count;
    uint32_t *ranked; /* places in plan.used, in order of (scope, digits) */
    uint16_t *rank;   /* of each place in plan.used */
    uint64_t *keys;   /* of each row: rank, number */
    uint32_t *order;  /* of rows, by key; then, of each final row, the row that it came from */
    bool sorted_already;
    uint32_t *final_of; /* of each row its final row, or POLE_NO_ROW; NULL without aliases */
    uint32_t final_count;
} settling;

static const pole_stated_scheme *stated_of(const pole_plan *plan, uint32_t used)
{
    return plan->stated + plan->used[used].stated;
}

static int compare_schemes(const void *context, uint32_t a, uint32_t b)
{
    const pole_builder *builder = context;
    const int order =
        pole_span_compare(pole_texts_at(&builder->texts, builder->plan.used[a].scope),
                          pole_texts_at(&builder->texts, builder->plan.used[b].scope));
    if (order != 0)
        return order;
    return (int)stated_of(&builder->plan, a)->digits - (int)stated_of(&builder->plan, b)->digits;
}

static pole_status sort_rows(settling *s)
{
    const pole_allocator *allocator = &s->builder->allocator;
    const size_t used = s->builder->plan.used_count;
    s->ranked = pole_allocate_array(allocator, used, sizeof *s->ranked);
    s->rank = pole_allocate_array(allocator, used, sizeof *s->rank);
    s->keys = pole_allocate_array(allocator, s->count, sizeof *s->keys);
    s->order = pole_allocate_array(allocator, s->count, sizeof *s->order);
    if (!s->ranked || !s->rank || !s->keys || !s->order)
        return pole_builder_no_memory(s->builder);
    for (uint32_t i = 0; i < used; i++)
        s->ranked[i] = i;
    if (pole_sort_numbers(s->ranked, used, compare_schemes, s->builder, allocator) != POLE_OK)
        return pole_builder_no_memory(s->builder);
    for (uint32_t i = 0; i < used; i++)
        s->rank[s->ranked[i]] = (uint16_t)i;
    for (uint32_t i = 0; i < s->count; i++)
        s->keys[i] = (uint64_t)s->rank[s->rows[i].scheme] << 32 | s->rows[i].number;
    if (pole_sort_keys(s->keys, s->count, s->order, &s->sorted_already, allocator) != POLE_OK)
        return pole_builder_no_memory(s->builder);
    return POLE_OK;
}

static bool agree(const settling *s, uint32_t a, uint32_t b)
{
    return memcmp(s->rows + a, s->rows + b, sizeof *s->rows) == 0;
}

/* "position, street": where two rows of one code differ. */
static void list_differences(const pole_draft_pole *a, const pole_draft_pole *b, char out[96])
{
    const struct {
        const char *name;
        bool differs;
    } columns[] = {
        {"position", a->lat_e7 != b->lat_e7 || a->lon_e7 != b->lon_e7},
        {"street", a->street != b->street},
        {"district", a->district != b->district},
        {"note", a->note != b->note},
        {"status", a->state != b->state},
        {"successor", a->successor != b->successor},
        {"surveyed", a->surveyed_days != b->surveyed_days},
    };
    size_t size = 0;
    out[0] = '\0';
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        if (!columns[i].differs)
            continue;
        const int more = snprintf(out + size, 96 - size, "%s%s", size ? ", " : "", columns[i].name);
        size += more > 0 ? (size_t)more : 0;
    }
}

static void write_code(const settling *s, uint32_t row, char out[POLE_MAX_DIGITS + 1])
{
    const unsigned digits = stated_of(&s->builder->plan, s->rows[row].scheme)->digits;
    snprintf(out, POLE_MAX_DIGITS + 1, "%0*u", (int)digits, (unsigned)s->rows[row].number);
}

static pole_status refuse_one(settling *s, uint32_t row, uint32_t other)
{
    char code[POLE_MAX_DIGITS + 1], columns[96], message[448];
    write_code(s, row, code);
    list_differences(s->rows + row, s->rows + other, columns);
    const pole_text_number scope = s->builder->plan.used[s->rows[row].scheme].scope;
    const pole_shown shown = pole_show(pole_texts_at(&s->builder->texts, scope));
    snprintf(message, sizeof message, "the code %s%s%s%s stands in %s too, with another %s", code,
             scope ? " of '" : "", scope ? shown.text : "", scope ? "'" : "",
             pole_show_origin(s->builder, s->builder->poles.origins[other]).text, columns);
    const pole_complaint complaint = pole_complain(
        POLE_FINDING_DUPLICATE, POLE_COLUMN_CODE, pole_span_of(code), "keep the row that is right");
    return pole_refuse_taken(s->builder, POLE_TABLE_POLES, row, &complaint, message);
}

/* Each row names another that it differs from: the first, or the first that differs from that. */
static pole_status refuse_group(settling *s, uint32_t begin, uint32_t end)
{
    const uint32_t first = s->order[begin];
    uint32_t differs = begin;
    while (agree(s, first, s->order[differs]))
        differs++;
    for (uint32_t i = begin; i < end; i++) {
        const uint32_t row = s->order[i];
        const uint32_t other = agree(s, first, row) ? s->order[differs] : first;
        const pole_status status = refuse_one(s, row, other);
        if (status != POLE_OK)
            return status;
    }
    return POLE_OK;
}

/* The alias that came with a row; the place in the list, or its count. */
static size_t alias_of(const pole_pole_rows *poles, uint32_t row)
{
    size_t low = 0, high = poles->alias_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (poles->aliases[middle].row < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low < poles->alias_count && poles->aliases[low].row == row ? low : poles->alias_count;
}

static bool same_alias(const settling *s, uint32_t row, uint32_t other)
{
    const pole_pole_rows *poles = &s->builder->poles;
    const size_t a = alias_of(poles, row), b = alias_of(poles, other);
    if (a == poles->alias_count || b == poles->alias_count)
        return a == b;
    return poles->aliases[a].alias == poles->aliases[b].alias &&
           poles->aliases[a].owner == poles->aliases[b].owner;
}

/* The rows order[begin, end) have one key. */
static pole_status settle_group(settling *s, uint32_t begin, uint32_t end)
{
    bool all_agree = true;
    for (uint32_t i = begin + 1; i < end; i++)
        all_agree = all_agree && agree(s, s->order[begin], s->order[i]);
    if (!all_agree) {
        for (uint32_t i = begin; i < end && s->final_of; i++)
            s->final_of[s->order[i]] = POLE_NO_ROW;
        return refuse_group(s, begin, end);
    }
    const uint32_t first = s->order[begin];
    for (uint32_t i = begin + 1; i < end; i++) {
        const pole_row_place place = pole_place_of_taken(s->builder, POLE_TABLE_POLES, s->order[i]);
        pole_collapse(&s->builder->reporter, &place, "the row repeats %s%s",
                      pole_show_origin(s->builder, s->builder->poles.origins[first]).text,
                      same_alias(s, s->order[i], first) ? ""
                                                        : " but for its alias: the pole has both");
    }
    for (uint32_t i = begin; i < end && s->final_of; i++)
        s->final_of[s->order[i]] = s->final_count;
    s->settled->poles[s->final_count] = s->rows[first];
    s->order[s->final_count++] = first;
    return POLE_OK;
}

static pole_status settle_groups(settling *s)
{
    for (uint32_t begin = 0; begin < s->count;) {
        uint32_t end = begin + 1;
        while (end < s->count && s->keys[s->order[end]] == s->keys[s->order[begin]])
            end++;
        const pole_status status = settle_group(s, begin, end);
        if (status != POLE_OK)
            return status;
        begin = end;
    }
    return POLE_OK;
}

/* Numbers the schemes and scopes that have a pole, and gives each pole its scheme. */
static void number_schemes(settling *s)
{
    const pole_plan *plan = &s->builder->plan;
    pole_scheme_entry *entry = s->settled->schemes;
    uint32_t row = 0, scopes = 0;
    for (uint32_t i = 0; i < plan->used_count; i++) {
        const uint32_t used = s->ranked[i];
        const uint32_t first = row;
        while (row < s->final_count && s->settled->poles[row].scheme == used)
            row++;
        if (row == first)
            continue;
        const pole_stated_scheme *stated = stated_of(plan, used);
        const pole_text_number name = plan->used[used].scope;
        if (name != 0 && (entry == s->settled->schemes || entry[-1].name != name))
            scopes++;
        memset(entry, 0, sizeof *entry);
        entry->name = name;
        entry->scope = (uint16_t)(name == 0 ? 0 : scopes);
        entry->digits = stated->digits;
        entry->field_count = stated->field_count;
        memcpy(entry->field_kind, stated->field_kind, sizeof entry->field_kind);
        memcpy(entry->field_width, stated->field_width, sizeof entry->field_width);
        entry->first_row = first;
        entry->rows = row - first;
        const uint16_t number = (uint16_t)(entry - s->settled->schemes);
        for (uint32_t k = first; k < row; k++)
            s->settled->poles[k].scheme = number;
        entry++;
    }
    s->settled->city.scheme_count = (uint32_t)(entry - s->settled->schemes);
}

static bool has_code(const settling *s, const pole_scheme_entry *like, uint32_t number,
                     uint8_t digits)
{
    for (uint32_t i = 0; i < s->settled->city.scheme_count; i++) {
        const pole_scheme_entry *entry = s->settled->schemes + i;
        if (entry->scope != like->scope || entry->digits != digits)
            continue;
        uint32_t low = entry->first_row, high = entry->first_row + entry->rows;
        while (low < high) {
            const uint32_t middle = low + (high - low) / 2;
            if (s->settled->poles[middle].number < number)
                low = middle + 1;
            else
                high = middle;
        }
        if (low < entry->first_row + entry->rows && s->settled->poles[low].number == number)
            return true;
    }
    return false;
}

/* A successor that is nowhere is said, and kept: the word of the table is better than none. */
static void judge_successors(settling *s)
{
    for (uint32_t row = 0; row < s->final_count; row++) {
        const pole_draft_pole *pole = s->settled->poles + row;
        uint32_t number;
        uint8_t digits;
        if (pole->successor == 0)
            continue;
        const pole_span text = pole_texts_at(&s->builder->texts, pole->successor);
        if (pole_read_digits(text, &number, &digits) &&
            has_code(s, s->settled->schemes + pole->scheme, number, digits))
            continue;
        const pole_complaint complaint =
            pole_complain(POLE_FINDING_BAD_VALUE, POLE_COLUMN_SUCCESSOR, text, NULL);
        const pole_row_place place =
            pole_place_of_taken(s->builder, POLE_TABLE_POLES, s->order[row]);
        pole_remark(&s->builder->reporter, &place, &complaint,
                    "the successor '%s' is not in the table", pole_show(text).text);
    }
}

static int compare_aliases(const void *context, uint32_t a, uint32_t b)
{
    const settling *s = context;
    const pole_draft_alias *x = s->settled->aliases + a, *y = s->settled->aliases + b;
    const pole_texts *texts = &s->builder->texts;
    int order = pole_span_compare(pole_texts_at(texts, x->alias), pole_texts_at(texts, y->alias));
    if (order == 0)
        order = (x->row > y->row) - (x->row < y->row);
    return order != 0
               ? order
               : pole_span_compare(pole_texts_at(texts, x->owner), pole_texts_at(texts, y->owner));
}

static pole_status settle_aliases(settling *s)
{
    const pole_pole_rows *poles = &s->builder->poles;
    const pole_allocator *allocator = &s->builder->allocator;
    uint32_t count = 0, kept = 0;
    if (poles->alias_count == 0)
        return POLE_OK;
    s->settled->aliases =
        pole_allocate_array(allocator, poles->alias_count, sizeof *poles->aliases);
    pole_draft_alias *sorted =
        pole_allocate_array(allocator, poles->alias_count, sizeof *poles->aliases);
    uint32_t *order = pole_allocate_array(allocator, poles->alias_count, sizeof *order);
    pole_status status = s->settled->aliases && sorted && order ? POLE_OK : POLE_NO_MEMORY;
    for (size_t i = 0; i < poles->alias_count && status == POLE_OK; i++) {
        pole_draft_alias alias = poles->aliases[i];
        alias.row = s->final_of[alias.row];
        order[count] = count;
        if (alias.row != POLE_NO_ROW)
            s->settled->aliases[count++] = alias;
    }
    if (status == POLE_OK)
        status = pole_sort_numbers(order, count, compare_aliases, s, allocator);
    for (uint32_t i = 0; i < count && status == POLE_OK; i++)
        if (i == 0 || compare_aliases(s, order[i - 1], order[i]) != 0)
            sorted[kept++] = s->settled->aliases[order[i]];
    pole_release(allocator, order);
    pole_release(allocator, s->settled->aliases);
    s->settled->aliases = sorted;
    s->settled->city.alias_count = kept;
    return status == POLE_OK ? POLE_OK : pole_builder_no_memory(s->builder);
}

/* Where the final rows go: for rows that come in order, into their own place, since a row never
 * moves down past one that is still to be looked at. */
static pole_status make_room(settling *s)
{
    pole_pole_rows *poles = &s->builder->poles;
    if (s->sorted_already) {
        s->settled->poles = poles->rows;
        poles->rows = NULL;
        return POLE_OK;
    }
    s->settled->poles =
        pole_allocate_array(&s->builder->allocator, s->count, sizeof *s->settled->poles);
    return s->settled->poles ? POLE_OK : pole_builder_no_memory(s->builder);
}

static pole_status settle(settling *s)
{
    pole_builder *builder = s->builder;
    const pole_allocator *allocator = &builder->allocator;
    s->settled->schemes =
        pole_allocate_array(allocator, builder->plan.used_count, sizeof *s->settled->schemes);
    if (builder->poles.alias_count > 0)
        s->final_of = pole_allocate_array(allocator, s->count, sizeof *s->final_of);
    if (!s->settled->schemes || (!s->final_of && builder->poles.alias_count > 0))
        return pole_builder_no_memory(builder);
    pole_status status = sort_rows(s);
    if (status == POLE_OK)
        status = make_room(s);
    if (status == POLE_OK)
        status = settle_groups(s);
    if (status != POLE_OK)
        return status;
    s->settled->city.pole_count = s->final_count;
    number_schemes(s);
    judge_successors(s);
    return settle_aliases(s);
}

pole_status pole_settle_poles(pole_builder *builder, pole_settled *settled)
{
    const pole_allocator *allocator = &builder->allocator;
    settling s = {.builder = builder,
                  .settled = settled,
                  .rows = builder->poles.rows,
                  .count = (uint32_t)builder->poles.count};
    if (s.count == 0)
        return POLE_OK;
    const pole_status status = settle(&s);
    pole_release(allocator, s.ranked);
    pole_release(allocator, s.rank);
    pole_release(allocator, s.keys);
    pole_release(allocator, s.order);
    pole_release(allocator, s.final_of);
    return status;
}
