/* SPDX-License-Identifier: MIT
 * The hottest poles and streets, and what each station had. */
#include "base/bytes.h"
#include "index/index.h"
#include "lookup/policy.h"
#include "report/report_parts.h"

#define STREETS 20u
#define STATIONS 200u

void pole_top_offer(pole_top *top, uint32_t item, uint64_t calls)
{
    size_t at = top->count;
    while (at > 0 && top->entries[at - 1].calls < calls)
        at--;
    if (at == top->capacity)
        return;
    if (top->count < top->capacity)
        top->count++;
    memmove(top->entries + at + 1, top->entries + at, (top->count - 1 - at) * sizeof *top->entries);
    top->entries[at] = (pole_top_entry){item, calls};
}

pole_top pole_report_hottest(const pole_tally *tally, pole_top_entry *entries)
{
    pole_top top = {entries, POLE_REPORT_POLES, 0};
    for (uint32_t row = 0; row < tally->poles; row++)
        if (tally->pole_calls[row] >= POLE_REPORT_FEW)
            pole_top_offer(&top, row, tally->pole_calls[row]);
    return top;
}

/* ---- streets ---- */

/* A street of one scope and district; a street without a name is none. */
typedef struct {
    pole_text_number street;
    pole_text_number district;
    uint32_t scope;
    uint64_t calls;
} street_sum;

typedef struct {
    street_sum *sums;
    size_t capacity; /* a power of two */
    uint64_t nameless_calls;
} street_table;

static street_sum key_of(const pole_index *index, pole_row row)
{
    return (street_sum){pole_attribute_at(&index->attributes, POLE_ATTRIBUTE_STREET, row),
                        pole_attribute_at(&index->attributes, POLE_ATTRIBUTE_DISTRICT, row),
                        pole_scheme_entry_of(&index->scheme, row)->scope, 0};
}

static bool same_street(const street_sum *a, const street_sum *b)
{
    return a->street == b->street && a->district == b->district && a->scope == b->scope;
}

static void add_street(street_table *table, street_sum key)
{
    if (key.street == 0) { /* the empty text */
        table->nameless_calls += key.calls;
        return;
    }
    uint64_t hash = (uint64_t)key.street << 32 | key.district;
    hash = (hash ^ key.scope) * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(hash >> 32) & (table->capacity - 1);
    while (table->sums[at].street != 0 && !same_street(table->sums + at, &key))
        at = (at + 1) & (table->capacity - 1);
    key.calls += table->sums[at].calls;
    table->sums[at] = key;
}

/* Goes through runs of rows of one street; into the table, or, without one, counts the runs. */
static size_t walk_streets(const pole_tally *tally, street_table *table)
{
    size_t runs = 0;
    street_sum run = {0};
    for (uint32_t row = 0; row < tally->poles; row++) {
        const street_sum key = key_of(tally->index, row);
        if (row == 0 || !same_street(&run, &key)) {
            if (table && row > 0)
                add_street(table, run);
            run = key;
            runs++;
        }
        run.calls += tally->pole_calls[row];
    }
    if (table && runs > 0)
        add_street(table, run);
    return runs;
}

static void begin_list(pole_page *page, const char *zh, const char *en)
{
    pole_page_raw(page, "<section>\n<h2>");
    pole_page_say(page, zh, en);
    pole_page_raw(page, "</h2>\n<table class=\"top\"><tbody>\n");
}

static void end_list(pole_page *page)
{
    pole_page_raw(page, "</tbody></table>\n");
}

static void begin_line(pole_page *page, size_t rank)
{
    pole_page_raw(page, "<tr><td class=\"rank\">");
    pole_page_number(page, (int64_t)rank);
    pole_page_raw(page, "</td><td>");
}

static void end_line(pole_page *page, uint64_t calls, uint64_t most)
{
    pole_page_raw(page, "</td><td class=\"n\">");
    pole_page_count(page, calls);
    pole_page_raw(page, "</td><td class=\"bars\">");
    pole_page_bar(page, calls, most, "hot");
    pole_page_raw(page, "</td></tr>\n");
}

/* Texts that are not empty, with dots between. */
static void joined(pole_page *page, const pole_span *texts, size_t count)
{
    bool first = true;
    for (size_t i = 0; i < count; i++) {
        if (texts[i].size_bytes == 0)
            continue;
        pole_page_raw(page, first ? "" : " · ");
        pole_page_raw(page, "<bdi>");
        pole_page_text(page, texts[i]);
        pole_page_raw(page, "</bdi>");
        first = false;
    }
}

/* What is not told one by one: how many, and their calls together. */
static void told_together(pole_page *page, const char *zh, const char *en, uint64_t many,
                          uint64_t calls)
{
    if (many == 0)
        return;
    pole_page_raw(page, "<p class=\"note\">");
    pole_page_say(page, zh, en);
    pole_page_count(page, many);
    pole_page_say(page, "，合计 ", "; their calls together: ");
    pole_page_count(page, calls);
    pole_page_say(page, " 次。", ".");
    pole_page_raw(page, "</p>\n");
}

static void streets(pole_page *page, const pole_tally *tally)
{
    street_table table = {NULL, 64, 0};
    const size_t runs = walk_streets(tally, NULL);
    while (table.capacity < 2 * runs)
        table.capacity *= 2;
    table.sums = pole_allocate_zeroed(&tally->allocator, table.capacity, sizeof *table.sums);
    if (!table.sums) {
        page->buffer.failed = true;
        return;
    }
    walk_streets(tally, &table);
    pole_top_entry entries[STREETS];
    pole_top top = {entries, STREETS, 0};
    uint64_t few = 0, few_calls = 0;
    for (size_t i = 0; i < table.capacity; i++) {
        const uint64_t calls = table.sums[i].calls;
        if (calls >= POLE_REPORT_FEW)
            pole_top_offer(&top, (uint32_t)i, calls);
        few += calls > 0 && calls < POLE_REPORT_FEW;
        few_calls += calls < POLE_REPORT_FEW ? calls : 0;
    }
    begin_list(page, "报警最多的街道", "Streets with the most calls");
    for (size_t i = 0; i < top.count; i++) {
        const street_sum *sum = table.sums + entries[i].item;
        const pole_strings *strings = &tally->index->strings;
        const pole_span texts[] = {
            pole_strings_at(strings, tally->index->scheme.scope_names[sum->scope]),
            pole_strings_at(strings, sum->district)};
        begin_line(page, i + 1);
        pole_page_raw(page, "<b><bdi>");
        pole_page_text(page, pole_strings_at(strings, sum->street));
        pole_page_raw(page, "</bdi></b> <span class=\"sub\">");
        joined(page, texts, 2);
        pole_page_raw(page, "</span>");
        end_line(page, sum->calls, entries[0].calls);
    }
    end_list(page);
    told_together(page, "各不足三次的街道：", "Streets with fewer than three calls each: ", few,
                  few_calls);
    if (table.nameless_calls > 0) {
        pole_page_raw(page, "<p class=\"note\">");
        pole_page_count(page, table.nameless_calls);
        pole_page_say(page, " 次在没有街名的灯杆。",
                      " calls came from poles without a street's name.");
        pole_page_raw(page, "</p>\n");
    }
    pole_page_raw(page, "</section>\n");
    pole_release(&tally->allocator, table.sums);
}

/* ---- poles ---- */

static void pole_line(pole_page *page, const pole_tally *tally, pole_row row)
{
    pole_record record = {.struct_size = sizeof record};
    pole_station station = {.struct_size = sizeof station};
    char code[32];
    if (pole_index_record(tally->index, row, &record) != POLE_OK ||
        pole_code_format(tally->index, record.code, 1, code, sizeof code, NULL) != POLE_OK)
        return;
    const pole_station_number number = pole_policy_station(tally->index, row);
    if (number != POLE_NO_STATION)
        (void)pole_index_station(tally->index, number, &station);
    const pole_span texts[] = {record.scope, record.street, record.district, station.name};
    pole_page_raw(page, "<b class=\"code\">");
    pole_page_raw(page, code);
    pole_page_raw(page, "</b> <span class=\"sub\">");
    joined(page, texts, sizeof texts / sizeof *texts);
    pole_page_raw(page, "</span>");
}

static void poles(pole_page *page, const pole_tally *tally, const pole_top *hottest)
{
    begin_list(page, "报警最多的灯杆", "Poles with the most calls");
    for (size_t i = 0; i < hottest->count; i++) {
        begin_line(page, i + 1);
        pole_line(page, tally, hottest->entries[i].item);
        end_line(page, hottest->entries[i].calls, hottest->entries[0].calls);
    }
    end_list(page);
    uint64_t few = 0, few_calls = 0, with_calls = 0;
    for (uint32_t row = 0; row < tally->poles; row++) {
        const uint32_t calls = tally->pole_calls[row];
        with_calls += calls > 0;
        few += calls > 0 && calls < POLE_REPORT_FEW;
        few_calls += calls < POLE_REPORT_FEW ? calls : 0;
    }
    told_together(page, "各不足三次的灯杆：", "Poles with fewer than three calls each: ", few,
                  few_calls);
    pole_page_raw(page, "<p class=\"note\">");
    pole_page_say(page, "表中 ", "Of ");
    pole_page_count(page, tally->poles);
    pole_page_say(page, " 根灯杆，有报警的 ", " poles in the table, calls came from ");
    pole_page_count(page, with_calls);
    pole_page_say(page, " 根。", ".");
    pole_page_raw(page, "</p>\n</section>\n");
}

void pole_report_places(pole_page *page, const pole_tally *tally, const pole_top *hottest)
{
    pole_page_raw(page, "<div class=\"pair\">\n");
    poles(page, tally, hottest);
    streets(page, tally);
    pole_page_raw(page, "</div>\n");
}

/* ---- stations ---- */

static void station_lines(pole_page *page, const pole_tally *tally, const pole_top *top,
                          uint64_t whole)
{
    for (size_t i = 0; i < top->count; i++) {
        pole_station station = {.struct_size = sizeof station};
        (void)pole_index_station(tally->index, top->entries[i].item, &station);
        pole_page_raw(page, "<li><span class=\"name\"><bdi>");
        pole_page_text(page, station.name.size_bytes > 0 ? station.name : station.id);
        pole_page_raw(page, "</bdi></span><span class=\"n\">");
        pole_page_count(page, top->entries[i].calls);
        pole_page_raw(page, "</span><span class=\"n share\">");
        pole_page_share(page, top->entries[i].calls, whole);
        pole_page_raw(page, "</span>");
        pole_page_bar(page, top->entries[i].calls, top->entries[0].calls, "s1");
        pole_page_raw(page, "</li>\n");
    }
}

void pole_report_stations(pole_page *page, const pole_tally *tally)
{
    pole_top top = {pole_allocate_array(&tally->allocator, STATIONS, sizeof *top.entries), STATIONS,
                    0};
    if (!top.entries) {
        page->buffer.failed = true;
        return;
    }
    const uint64_t whole = tally->sums.pole_rows + tally->sums.between_rows;
    uint64_t with_calls = 0, told_calls = 0;
    for (uint32_t i = 0; i < tally->stations; i++) {
        const uint64_t calls = tally->station_calls[i];
        with_calls += calls > 0;
        if (calls >= POLE_REPORT_FEW)
            pole_top_offer(&top, i, calls);
    }
    for (size_t i = 0; i < top.count; i++)
        told_calls += top.entries[i].calls;
    pole_page_raw(page, "<section>\n<h2>");
    pole_page_say(page, "各派出所的报警", "Stations’ load");
    pole_page_raw(page, "</h2>\n<ol class=\"stations\">\n");
    station_lines(page, tally, &top, whole);
    pole_page_raw(page, "</ol>\n");
    told_together(page, "未列出的派出所：", "Stations not listed: ", with_calls - top.count,
                  whole - tally->sums.no_station_rows - told_calls);
    if (tally->sums.no_station_rows > 0) {
        pole_page_raw(page, "<p class=\"note\">");
        pole_page_count(page, tally->sums.no_station_rows);
        pole_page_say(page, " 次定了位，却没有派出所可派。",
                      " calls with a place have no station to send.");
        pole_page_raw(page, "</p>\n");
    }
    pole_page_raw(page, "</section>\n");
    pole_release(&tally->allocator, top.entries);
}
