/* SPDX-License-Identifier: MIT
 * Stations in order of id. Rows of one id that agree are one station; where any differ, none is
 * taken. A successor must be a station, and a chain of them must end: a chain that leads nowhere
 * takes all of its stations along, since each would send a car to a door that the table says is
 * closed. Two stations with one prefix keep their places and lose the prefix: neither is known to
 * be the one that the digits mean. */
#include <stdio.h>

#include "base/status.h"
#include "build/settle.h"
#include "build/sort.h"
#include "build/taken.h"

/* pole_stations_attach() follows no longer chains. */
#define MAX_CHAIN 16u

enum { UNKNOWN, ON_PATH, SOUND, LOST };

typedef struct {
    pole_builder *builder;
    pole_settled *settled;
    const pole_draft_station *rows;
    uint32_t *order; /* rows by id; then, of those taken once, the rows they came from */
    uint32_t count;
    uint8_t *state;      /* of each place in order */
    uint32_t *successor; /* of each place; POLE_NO_STATION: none or missing */
} settling;

static int compare_ids(const void *context, uint32_t a, uint32_t b)
{
    const settling *s = context;
    if (s->rows[a].id == s->rows[b].id)
        return 0;
    return pole_span_compare(pole_texts_at(&s->builder->texts, s->rows[a].id),
                             pole_texts_at(&s->builder->texts, s->rows[b].id));
}

static bool agree(const settling *s, uint32_t a, uint32_t b)
{
    return memcmp(s->rows + a, s->rows + b, sizeof *s->rows) == 0;
}

static pole_status refuse_one(settling *s, uint32_t row, uint32_t other)
{
    const pole_span id = pole_texts_at(&s->builder->texts, s->rows[row].id);
    char message[320];
    snprintf(message, sizeof message, "the station %s stands in %s too, with other values",
             pole_show(id).text,
             pole_show_origin(s->builder, s->builder->stations.origins[other]).text);
    const pole_complaint complaint =
        pole_complain(POLE_FINDING_DUPLICATE, POLE_COLUMN_ID, id, "keep the row that is right");
    return pole_refuse_taken(s->builder, POLE_TABLE_STATIONS, row, &complaint, message);
}

/* As poles are. */
static pole_status refuse_group(settling *s, uint32_t begin, uint32_t end)
{
    const uint32_t first = s->order[begin];
    uint32_t differs = begin;
    while (agree(s, first, s->order[differs]))
        differs++;
    for (uint32_t i = begin; i < end; i++) {
        const uint32_t row = s->order[i];
        const pole_status status =
            refuse_one(s, row, agree(s, first, row) ? s->order[differs] : first);
        if (status != POLE_OK)
            return status;
    }
    return POLE_OK;
}

static pole_status settle_doubles(settling *s, uint32_t rows)
{
    for (uint32_t begin = 0; begin < rows;) {
        bool all_agree = true;
        uint32_t end = begin + 1;
        for (; end < rows && compare_ids(s, s->order[begin], s->order[end]) == 0; end++)
            all_agree = all_agree && agree(s, s->order[begin], s->order[end]);
        if (!all_agree) {
            const pole_status status = refuse_group(s, begin, end);
            if (status != POLE_OK)
                return status;
        } else {
            const uint32_t first = s->order[begin];
            for (uint32_t i = begin + 1; i < end; i++) {
                const pole_row_place place =
                    pole_place_of_taken(s->builder, POLE_TABLE_STATIONS, s->order[i]);
                pole_collapse(
                    &s->builder->reporter, &place, "the row repeats %s",
                    pole_show_origin(s->builder, s->builder->stations.origins[first]).text);
            }
            s->order[s->count++] = first;
        }
        begin = end;
    }
    return POLE_OK;
}

/* The place of an id among those taken, or POLE_NO_STATION. */
static uint32_t find_id(const settling *s, pole_text_number id)
{
    const pole_texts *texts = &s->builder->texts;
    uint32_t low = 0, high = s->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (pole_span_compare(pole_texts_at(texts, s->rows[s->order[middle]].id),
                              pole_texts_at(texts, id)) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->count && s->rows[s->order[low]].id == id ? low : POLE_NO_STATION;
}

/* Whether the chain from a station ends. All on its way share its fate. */
static void follow(settling *s, uint32_t from)
{
    uint32_t at = from;
    uint8_t fate = UNKNOWN;
    while (fate == UNKNOWN) {
        if (s->state[at] == SOUND || s->state[at] == LOST)
            fate = s->state[at];
        else if (s->state[at] == ON_PATH)
            fate = LOST;
        else if (s->rows[s->order[at]].successor == 0)
            fate = SOUND;
        else if (s->successor[at] == POLE_NO_STATION)
            fate = LOST;
        s->state[at] = fate == UNKNOWN ? ON_PATH : s->state[at] == ON_PATH ? ON_PATH : fate;
        if (fate == UNKNOWN)
            at = s->successor[at];
    }
    for (at = from; s->state[at] == ON_PATH; at = s->successor[at])
        s->state[at] = fate;
}

static uint32_t chain_length(const settling *s, uint32_t from)
{
    uint32_t steps = 0;
    for (uint32_t at = from; s->successor[at] != POLE_NO_STATION && steps <= MAX_CHAIN; steps++)
        at = s->successor[at];
    return steps;
}

/* A police station that a fire station took over from would leave poles without police. */
static bool changes_kind(const settling *s, uint32_t place)
{
    const uint32_t successor = s->successor[place];
    return successor != POLE_NO_STATION &&
           s->rows[s->order[place]].kind != s->rows[s->order[successor]].kind;
}

static pole_status refuse_lost(settling *s, uint32_t place)
{
    const pole_draft_station *station = s->rows + s->order[place];
    const pole_span successor = pole_texts_at(&s->builder->texts, station->successor);
    const pole_shown shown = pole_show(successor);
    char message[200];
    if (s->successor[place] == POLE_NO_STATION)
        snprintf(message, sizeof message, "the successor '%s' is no station that was taken",
                 shown.text);
    else if (changes_kind(s, place))
        snprintf(message, sizeof message, "the successor '%s' is of another kind", shown.text);
    else
        snprintf(message, sizeof message, "the successor '%s' leads to no station that takes over",
                 shown.text);
    const pole_complaint complaint =
        pole_complain(POLE_FINDING_UNKNOWN_STATION, POLE_COLUMN_SUCCESSOR, successor,
                      "name a station of the table, or none");
    return pole_refuse_taken(s->builder, POLE_TABLE_STATIONS, s->order[place], &complaint, message);
}

static pole_status settle_successors(settling *s)
{
    const pole_allocator *allocator = &s->builder->allocator;
    s->state = pole_allocate_zeroed(allocator, s->count, sizeof *s->state);
    s->successor = pole_allocate_array(allocator, s->count, sizeof *s->successor);
    if (!s->state || !s->successor)
        return pole_builder_no_memory(s->builder);
    for (uint32_t i = 0; i < s->count; i++) {
        const pole_text_number successor = s->rows[s->order[i]].successor;
        s->successor[i] = successor == 0 ? POLE_NO_STATION : find_id(s, successor);
        if (changes_kind(s, i))
            s->state[i] = LOST;
    }
    for (uint32_t i = 0; i < s->count; i++)
        follow(s, i);
    for (uint32_t i = 0; i < s->count; i++)
        if (s->state[i] == SOUND && chain_length(s, i) > MAX_CHAIN)
            s->state[i] = LOST;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->state[i] == LOST) {
            const pole_status status = refuse_lost(s, i);
            if (status != POLE_OK)
                return status;
        } else {
            s->order[kept++] = s->order[i];
        }
    }
    s->count = kept;
    return POLE_OK;
}

static int compare_prefixes(const void *context, uint32_t a, uint32_t b)
{
    const pole_draft_station *stations = context;
    if (stations[a].scope != stations[b].scope)
        return stations[a].scope < stations[b].scope ? -1 : 1;
    return (stations[a].prefix > stations[b].prefix) - (stations[a].prefix < stations[b].prefix);
}

static void drop_prefix(settling *s, uint32_t place, uint32_t other)
{
    const pole_texts *texts = &s->builder->texts;
    const pole_draft_station *station = s->rows + s->order[place];
    const pole_span prefix = pole_texts_at(texts, station->prefix);
    const pole_complaint complaint =
        pole_complain(POLE_FINDING_DUPLICATE, POLE_COLUMN_PREFIX, prefix,
                      "give it to one of them, and '-' to the other");
    const pole_row_place where =
        pole_place_of_taken(s->builder, POLE_TABLE_STATIONS, s->order[place]);
    pole_remark(&s->builder->reporter, &where, &complaint,
                "the prefix %s is that of the station %s too: no code names either",
                pole_show(prefix).text,
                pole_show(pole_texts_at(texts, s->rows[s->order[other]].id)).text);
    s->settled->stations[place].prefix = 0;
}

/* By (scope, prefix), the equal ones come side by side. */
static pole_status settle_prefixes(settling *s)
{
    const pole_allocator *allocator = &s->builder->allocator;
    uint32_t *places = pole_allocate_array(allocator, s->count, sizeof *places);
    if (places == NULL)
        return pole_builder_no_memory(s->builder);
    const pole_draft_station *stations = s->settled->stations;
    uint32_t count = 0;
    for (uint32_t i = 0; i < s->count; i++)
        if (stations[i].prefix != 0)
            places[count++] = i;
    const pole_status status =
        pole_sort_numbers(places, count, compare_prefixes, stations, allocator);
    for (uint32_t begin = 0; begin < count && status == POLE_OK;) {
        uint32_t end = begin + 1;
        while (end < count && compare_prefixes(stations, places[begin], places[end]) == 0)
            end++;
        for (uint32_t i = begin; i < end && end - begin > 1; i++)
            drop_prefix(s, places[i], places[i == begin ? begin + 1 : begin]);
        begin = end;
    }
    pole_release(allocator, places);
    return status == POLE_OK ? POLE_OK : pole_builder_no_memory(s->builder);
}

/* A table that has no police, or calls it by a word that is not known, answers for no pole. */
static void look_for_police(settling *s)
{
    uint32_t hash;
    const pole_text_number police =
        pole_texts_find(&s->builder->texts, pole_span_of("police"), &hash);
    for (uint32_t i = 0; i < s->count; i++)
        if (s->settled->stations[i].kind == police)
            return;
    const pole_row_place place = {.table = POLE_TABLE_STATIONS};
    const pole_complaint complaint =
        pole_complain(POLE_FINDING_BAD_VALUE, POLE_COLUMN_KIND, (pole_span){NULL, 0},
                      "leave the kind of police stations empty, or write police");
    if (s->count > 0)
        pole_report_file(&s->builder->reporter, &place, &complaint, false,
                         "no station is of the kind police, so none answers for a pole");
}

static pole_status settle(settling *s, uint32_t rows)
{
    const pole_allocator *allocator = &s->builder->allocator;
    s->order = pole_allocate_array(allocator, rows, sizeof *s->order);
    s->settled->stations = pole_allocate_array(allocator, rows, sizeof *s->settled->stations);
    if (!s->order || !s->settled->stations)
        return pole_builder_no_memory(s->builder);
    for (uint32_t i = 0; i < rows; i++)
        s->order[i] = i;
    if (pole_sort_numbers(s->order, rows, compare_ids, s, allocator) != POLE_OK)
        return pole_builder_no_memory(s->builder);
    pole_status status = settle_doubles(s, rows);
    if (status == POLE_OK)
        status = settle_successors(s);
    for (uint32_t i = 0; i < s->count && status == POLE_OK; i++)
        s->settled->stations[i] = s->rows[s->order[i]];
    s->settled->city.station_count = status == POLE_OK ? s->count : 0;
    if (status == POLE_OK)
        status = settle_prefixes(s);
    if (status == POLE_OK)
        look_for_police(s);
    return status;
}

pole_status pole_settle_stations(pole_builder *builder, pole_settled *settled)
{
    settling s = {.builder = builder, .settled = settled, .rows = builder->stations.rows};
    const pole_status status = settle(&s, (uint32_t)builder->stations.count);
    pole_release(&builder->allocator, s.order);
    pole_release(&builder->allocator, s.state);
    pole_release(&builder->allocator, s.successor);
    return status;
}
