/* SPDX-License-Identifier: MIT
 * Where calls came from: a map of the town that most of them came from, smaller ones of others, the
 * streets in grey, a dot where poles near each other had many calls, and the hottest poles by their
 * number in the list. */
#include "index/index.h"
#include "lookup/policy.h"
#include "report/map_frame.h"
#include "report/report_parts.h"

#define MAIN_WIDTH 2000
#define OTHER_WIDTH 900
#define OTHERS 6u
/* A town with less than this share of the calls has no map of its own. */
#define LEAST_SHARE 1000u
#define HEATS 6u
/* One dot stands for the poles of a square of about a hundred metres, or more where the map shows
 * so much that they would run into each other. */
#define LEAST_DOT 9000
#define DOTS_ACROSS 250
#define APART 56 /* at least, in units: numbers of poles */

/* Calls of the poles that one dot stands for; it is drawn at the hottest of them. */
typedef struct {
    uint64_t calls;
    pole_row hottest;
} heat_cell;

typedef struct {
    pole_page *page;
    const pole_tally *tally;
    const pole_top *hottest;
    pole_map_parts parts;
    int64_t dot; /* side of a dot's square on the ground */
    heat_cell *cells;
    size_t capacity;
    uint64_t from[HEATS]; /* least calls of each heat; falling to 0 behind the last that is used */
} heat_map;

/* The squares of one frame, filled. */
typedef struct {
    uint32_t columns;
    size_t count;
} heat_grid;

static bool fill_cells(heat_map *map, uint32_t number, heat_grid *grid)
{
    const pole_map_part *part = map->parts.parts + number;
    grid->columns = (uint32_t)((part->east - part->west) / map->dot) + 1;
    grid->count = grid->columns * ((size_t)((part->south - part->north) / map->dot) + 1);
    void *cells = map->cells;
    const bool grown = pole_grow_array(&map->tally->allocator, &cells, &map->capacity, grid->count,
                                       sizeof *map->cells);
    map->cells = cells;
    if (!grown)
        return false;
    memset(map->cells, 0, grid->count * sizeof *map->cells);
    for (pole_row row = 0; row < map->tally->poles; row++) {
        const uint32_t calls = map->tally->pole_calls[row];
        if (calls < POLE_REPORT_FEW)
            continue;
        const pole_map_place at = pole_map_place_of_row(&map->parts, row);
        if (pole_map_part_at(&map->parts, at) != number)
            continue;
        heat_cell *cell = map->cells + (size_t)((at.y - part->north) / map->dot) * grid->columns +
                          (size_t)((at.x - part->west) / map->dot);
        if (cell->calls == 0 || calls > map->tally->pole_calls[cell->hottest])
            cell->hottest = row;
        cell->calls += calls;
    }
    return true;
}

/* Two digits and zeros, not above calls. */
static uint64_t round_down(uint64_t calls)
{
    uint64_t power = 1;
    while (calls / power >= 100)
        power *= 10;
    return calls / power * power;
}

/* How many squares of the grid have at least so many calls. */
static size_t count_from(const heat_map *map, const heat_grid *grid, uint64_t calls)
{
    size_t count = 0;
    for (size_t i = 0; i < grid->count; i++)
        count += map->cells[i].calls >= calls;
    return count;
}

/* The most calls that at least `wanted` squares have: by halving, since the squares are not
 * sorted. */
static uint64_t calls_of_hottest(const heat_map *map, const heat_grid *grid, size_t wanted)
{
    uint64_t low = POLE_REPORT_FEW, high = UINT64_C(1) << 50;
    while (high - low > 1) {
        const uint64_t middle = low + (high - low) / 2;
        if (count_from(map, grid, middle) >= wanted)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Heats by the main map's own squares: the hottest 0.5 %, 2 %, 7 %, 20 %, half, and the others. */
static void choose_heats(heat_map *map, const heat_grid *grid)
{
    static const uint32_t parts_of_1000[HEATS - 1] = {500, 200, 70, 20, 5};
    const size_t all = count_from(map, grid, POLE_REPORT_FEW);
    uint64_t last = POLE_REPORT_FEW;
    map->from[0] = last;
    for (unsigned heat = 1, part = 0; part < HEATS - 1; part++) {
        const size_t wanted = all * parts_of_1000[part] / 1000 + 1;
        const uint64_t from = round_down(calls_of_hottest(map, grid, wanted));
        if (from <= last)
            continue;
        map->from[heat++] = last = from;
    }
}

static void heat_path(heat_map *map, const pole_map_frame *frame, const heat_grid *grid,
                      unsigned heat)
{
    const uint64_t from = map->from[heat];
    const uint64_t to =
        heat + 1 < HEATS && map->from[heat + 1] > 0 ? map->from[heat + 1] : UINT64_MAX;
    pole_map_pen pen = {map->page, {0, 0}};
    bool begun = false;
    for (size_t i = 0; i < grid->count; i++) {
        if (map->cells[i].calls < from || map->cells[i].calls >= to)
            continue;
        if (!begun) {
            pole_page_raw(map->page, "<path class=\"heat h");
            pole_page_number(map->page, heat);
            pole_page_raw(map->page, "\" d=\"M0 0");
        }
        begun = true;
        pole_map_pen_dot(&pen, pole_map_point_of(frame, pole_map_place_of_row(
                                                            &map->parts, map->cells[i].hottest)));
    }
    if (begun)
        pole_page_raw(map->page, "\"/>\n");
}

static bool is_inside(const pole_map_frame *frame, pole_map_point point)
{
    return point.x >= 0 && point.y >= 0 && point.x <= frame->width && point.y <= frame->height;
}

/* Small squares where the police stations are. */
static void station_marks(heat_map *map, const pole_map_frame *frame)
{
    const pole_stations *stations = &map->tally->index->stations;
    pole_map_pen pen = {map->page, {0, 0}};
    pole_page_raw(map->page, "<path class=\"post\" d=\"M0 0");
    for (uint32_t i = 0; i < stations->count; i++) {
        const pole_draft_station station = pole_stations_get(stations, i);
        if (station.kind != stations->police_kind || station.successor != 0) /* closed */
            continue;
        const pole_map_point at = pole_map_point_of(
            frame, pole_map_place_of(&map->parts, station.lat_e7, station.lon_e7));
        if (!is_inside(frame, at))
            continue;
        pole_map_pen_move(&pen, (pole_map_point){at.x - 5, at.y - 5});
        pole_page_raw(map->page, "h10v10h-10z");
    }
    pole_page_raw(map->page, "\"/>\n");
}

static void mark(heat_map *map, pole_map_point at, size_t rank)
{
    static const char *const names[] = {"<g class=\"mark\"><circle cx=\"", "\" cy=\"",
                                        "\" r=\"13\"/><text x=\"", "\" y=\"", "\" dy=\"0.36em\">"};
    const int64_t numbers[] = {at.x, at.y, at.x, at.y, (int64_t)rank};
    for (int i = 0; i < 5; i++) {
        pole_page_raw(map->page, names[i]);
        pole_page_number(map->page, numbers[i]);
    }
    pole_page_raw(map->page, "</text></g>\n");
}

/* The numbers of the hottest poles, the first on top; one that a hotter one would hide is left
 * out. */
static void hottest_marks(heat_map *map, const pole_map_frame *frame)
{
    pole_map_point shown[POLE_REPORT_POLES];
    size_t ranks[POLE_REPORT_POLES], count = 0;
    for (size_t i = 0; i < map->hottest->count; i++) {
        const pole_map_place place =
            pole_map_place_of_row(&map->parts, map->hottest->entries[i].item);
        if (pole_map_part_at(&map->parts, place) != frame->part)
            continue;
        const pole_map_point at = pole_map_point_of(frame, place);
        bool free = true;
        for (size_t j = 0; j < count; j++) {
            const int32_t dx = at.x - shown[j].x, dy = at.y - shown[j].y;
            free = free && (dx < -APART || dx > APART || dy < -APART || dy > APART);
        }
        if (!free)
            continue;
        shown[count] = at;
        ranks[count++] = i + 1;
    }
    while (count-- > 0)
        mark(map, shown[count], ranks[count]);
}

static void scale_bar(pole_page *page, const pole_map_frame *frame)
{
    uint32_t metres;
    int32_t units;
    pole_map_scale(frame, &metres, &units);
    pole_page_raw(page, "<path class=\"scale\" d=\"M24 ");
    pole_page_number(page, frame->height - 36);
    pole_page_raw(page, "v12h");
    pole_page_number(page, units);
    pole_page_raw(page, "v-12\"/><text class=\"scale\" x=\"");
    pole_page_number(page, 24 + units / 2);
    pole_page_raw(page, "\" y=\"");
    pole_page_number(page, frame->height - 40);
    pole_page_raw(page, "\">");
    pole_page_number(page, metres >= 1000 ? metres / 1000 : metres);
    pole_page_raw(page, metres >= 1000 ? " km</text>\n" : " m</text>\n");
}

static void picture(heat_map *map, const pole_map_frame *frame, const heat_grid *grid)
{
    pole_page *page = map->page;
    pole_page_raw(page, "<svg class=\"map\" viewBox=\"0 0 ");
    pole_page_number(page, frame->width);
    pole_page_raw(page, " ");
    pole_page_number(page, frame->height);
    pole_page_raw(page, "\" role=\"img\" aria-label=\"");
    pole_page_say(page, "报警地点图", "Map of calls");
    pole_page_raw(page, "\">\n<path class=\"street\" d=\"M0 0");
    pole_map_pen pen = {page, {0, 0}};
    pole_map_streets(&pen, frame);
    pole_page_raw(page, "\"/>\n");
    for (unsigned heat = 0; heat < HEATS && map->from[heat] > 0; heat++)
        heat_path(map, frame, grid, heat);
    station_marks(map, frame);
    hottest_marks(map, frame);
    scale_bar(page, frame);
    pole_page_raw(page, "</svg>\n");
}

/* Whether the part has poles of another district or scope than this one's. */
static bool has_others(const heat_map *map, uint32_t number, pole_row of)
{
    const pole_index *index = map->tally->index;
    const uint32_t district = pole_attribute_at(&index->attributes, POLE_ATTRIBUTE_DISTRICT, of);
    const uint16_t scope = pole_scheme_entry_of(&index->scheme, of)->scope;
    for (pole_row row = 0; row < map->tally->poles; row++) {
        const uint32_t other = pole_attribute_at(&index->attributes, POLE_ATTRIBUTE_DISTRICT, row);
        if (other == district && pole_scheme_entry_of(&index->scheme, row)->scope == scope)
            continue;
        if (pole_map_part_at(&map->parts, pole_map_place_of_row(&map->parts, row)) == number)
            return true;
    }
    return false;
}

static void caption(heat_map *map, uint32_t number, bool is_main)
{
    const pole_map_part *part = map->parts.parts + number;
    pole_record record = {.struct_size = sizeof record};
    if (pole_index_record(map->tally->index, part->hottest, &record) != POLE_OK)
        return;
    pole_page_raw(map->page, "<figcaption><b>");
    if (is_main) {
        pole_page_say(map->page, "报警最多的一片城区", "The town with the most calls");
    } else {
        pole_page_raw(map->page, "<bdi>");
        pole_page_text(map->page, record.district.size_bytes > 0 ? record.district
                                  : record.scope.size_bytes > 0  ? record.scope
                                                                 : record.street);
        pole_page_raw(map->page, "</bdi>");
        if (has_others(map, number, part->hottest))
            pole_page_say(map->page, "等", " and others");
    }
    pole_page_raw(map->page, "</b> ");
    pole_page_count(map->page, part->calls);
    pole_page_say(map->page, " 次", " calls");
    pole_page_raw(map->page, "</figcaption>\n");
}

static void legend(heat_map *map)
{
    pole_page *page = map->page;
    pole_page_raw(page, "<p class=\"legend\"><span>");
    const int64_t metres = (map->dot / 90 + 5) / 10 * 10;
    pole_page_say(page, "每点 ", "Calls in a square of ");
    pole_page_number(page, metres);
    pole_page_say(page, " 米见方内的报警：", " m:");
    pole_page_raw(page, "</span>");
    for (unsigned heat = 0; heat < HEATS && map->from[heat] > 0; heat++) {
        pole_page_raw(page, " <span><svg viewBox=\"0 0 20 20\" aria-hidden=\"true\">"
                            "<path class=\"heat h");
        pole_page_number(page, heat);
        pole_page_raw(page, "\" d=\"M10 10h0\"/></svg>");
        pole_page_count(page, map->from[heat]);
        pole_page_raw(page, "+</span>");
    }
    pole_page_raw(page, " <span><svg viewBox=\"0 0 20 20\" aria-hidden=\"true\">"
                        "<path class=\"post\" d=\"M5 5h10v10h-10z\"/></svg>");
    pole_page_say(page, "派出所", "station");
    pole_page_raw(page,
                  "</span> <span><svg viewBox=\"0 0 28 28\" aria-hidden=\"true\"><g class=\"mark\">"
                  "<circle cx=\"14\" cy=\"14\" r=\"13\"/><text x=\"14\" y=\"14\" "
                  "dy=\"0.36em\">1</text></g></svg>");
    pole_page_say(page, "下表中的灯杆", "pole in the list below");
    pole_page_raw(page, "</span></p>\n");
}

static uint32_t hottest_part(const pole_map_parts *parts)
{
    uint32_t most = 0;
    for (uint32_t i = 1; i < parts->count; i++)
        if (parts->parts[i].calls > parts->parts[most].calls)
            most = i;
    return most;
}

/* Draws one part; what is drawn has no calls to tell any more. */
static bool draw(heat_map *map, uint32_t number, bool is_main)
{
    const pole_map_frame frame =
        pole_map_frame_of(&map->parts, number, is_main ? MAIN_WIDTH : OTHER_WIDTH);
    heat_grid grid;
    const int64_t dot = frame.span / DOTS_ACROSS + 1;
    if (dot > map->dot)
        map->dot = dot;
    if (!fill_cells(map, number, &grid))
        return false;
    if (is_main)
        choose_heats(map, &grid);
    pole_page_raw(map->page, is_main ? "<figure class=\"main\">\n" : "<figure>\n");
    picture(map, &frame, &grid);
    if (map->parts.count > 1)
        caption(map, number, is_main);
    pole_page_raw(map->page, "</figure>\n");
    map->parts.parts[number].calls = 0;
    return true;
}

static bool draw_others(heat_map *map, uint64_t all, uint64_t *left)
{
    pole_page_raw(map->page, "<div class=\"towns\">\n");
    for (unsigned i = 0; i < OTHERS; i++) {
        const uint32_t next = hottest_part(&map->parts);
        const uint64_t calls = map->parts.parts[next].calls;
        if (calls < POLE_REPORT_FEW || calls < all / LEAST_SHARE)
            break;
        if (!draw(map, next, false))
            return false;
        *left -= calls;
    }
    pole_page_raw(map->page, "</div>\n");
    return true;
}

static bool draw_all(heat_map *map)
{
    uint64_t all = 0;
    for (uint32_t i = 0; i < map->parts.count; i++)
        all += map->parts.parts[i].calls;
    const uint32_t first = hottest_part(&map->parts);
    uint64_t left = all - map->parts.parts[first].calls;
    if (!draw(map, first, true))
        return false;
    legend(map);
    if (left > 0 && !draw_others(map, all, &left))
        return false;
    pole_page_raw(map->page, "<p class=\"note\">");
    if (left > 0) {
        pole_page_count(map->page, left);
        pole_page_say(map->page, " 次在图外的地方。",
                      " calls came from places outside these maps. ");
    }
    pole_page_say(map->page, "街道按灯杆表中同侧相邻的灯杆连成；不足三次的灯杆不画。上为北。",
                  "Streets are drawn through the table’s poles, side by side; poles with fewer "
                  "than three calls are not drawn. North is up.");
    pole_page_raw(map->page, "</p>\n");
    return true;
}

void pole_report_map(pole_page *page, const pole_tally *tally, const pole_top *hottest)
{
    pole_page_raw(page, "<section>\n<h2>");
    pole_page_say(page, "何处报警", "Where");
    pole_page_raw(page, "</h2>\n");
    if (hottest->count == 0) {
        pole_page_raw(page, "<p>");
        pole_page_say(page, "没有灯杆有三次以上的报警，不画图。",
                      "No pole has three calls or more: there is no map.");
        pole_page_raw(page, "</p>\n</section>\n");
        return;
    }
    heat_map map = {.page = page, .tally = tally, .hottest = hottest, .dot = LEAST_DOT};
    if (pole_map_parts_find(tally, &map.parts) != POLE_OK || !draw_all(&map))
        page->buffer.failed = true;
    pole_map_parts_free(&map.parts, &tally->allocator);
    pole_release(&tally->allocator, map.cells);
    pole_page_raw(page, "</section>\n");
}
