/* SPDX-License-Identifier: MIT
 * Maps: from places to points of a picture, and streets as lines with few corners. */
#include "report/map_frame.h"

#include "index/index.h"

/* As 1e-7 degree of latitude. */
#define LEAST_SPAN 90000
#define JOINED_M 300 /* poles further apart are not joined by a line */
#define METRES(m) ((m)*90)

/* As many poles may lie on one straight line. */
#define STRAIGHT_POLES 64

pole_map_frame pole_map_frame_of(const pole_map_parts *parts, uint32_t part, int32_t width)
{
    const pole_map_part *of = parts->parts + part;
    const int64_t wide = of->east - of->west, high = of->south - of->north;
    int64_t span = wide > high ? wide : high;
    span = span < LEAST_SPAN ? LEAST_SPAN : span;
    const int64_t margin = span / 40;
    int64_t span_x = wide + 2 * margin, span_y = high + 2 * margin;
    if (span_x < span_y)
        span_x = span_y;
    if (span_x < LEAST_SPAN)
        span_x = LEAST_SPAN;
    if (span_y < span_x / 2)
        span_y = span_x / 2;
    pole_map_frame frame = {
        parts, part, of->west - (span_x - wide) / 2, of->north - (span_y - high) / 2, span_x,
        width, 0};
    frame.height = (int32_t)(span_y * width / span_x) + 1;
    return frame;
}

pole_map_point pole_map_point_of(const pole_map_frame *frame, pole_map_place at)
{
    return (pole_map_point){(int32_t)((at.x - frame->west) * frame->width / frame->span),
                            (int32_t)((at.y - frame->north) * frame->width / frame->span)};
}

static void pair(pole_map_pen *pen, const char *command, pole_map_point to)
{
    pole_page_raw(pen->page, command);
    pole_page_number(pen->page, to.x - pen->at.x);
    pole_page_raw(pen->page, to.y < pen->at.y ? "" : " ");
    pole_page_number(pen->page, to.y - pen->at.y);
    pen->at = to;
}

void pole_map_pen_move(pole_map_pen *pen, pole_map_point to)
{
    pair(pen, "m", to);
}

void pole_map_pen_line(pole_map_pen *pen, pole_map_point to)
{
    pair(pen, "l", to);
}

void pole_map_pen_dot(pole_map_pen *pen, pole_map_point to)
{
    pair(pen, "m", to);
    pole_page_raw(pen->page, "h0");
}

/* One side of a street while it is drawn: the last corner, and the points since, all of them near
 * to the straight line from that corner to the last one. */
typedef struct {
    bool is_open;
    pole_map_place last_place;
    uint32_t street;
    pole_map_point corner;
    pole_map_point since[STRAIGHT_POLES];
    size_t count;
} street_side;

/* Whether a point is not farther than a unit from the line between two others. */
static bool is_between(pole_map_point a, pole_map_point b, pole_map_point point)
{
    const int64_t dx = b.x - a.x, dy = b.y - a.y, px = point.x - a.x, py = point.y - a.y;
    const int64_t length2 = dx * dx + dy * dy, along = px * dx + py * dy;
    const int64_t across = px * dy - py * dx;
    return along >= 0 && along <= length2 && across * across <= length2;
}

static void end_side(pole_map_pen *pen, street_side *side)
{
    if (side->is_open && side->count > 0) {
        const pole_map_point last = side->since[side->count - 1];
        if (last.x != side->corner.x || last.y != side->corner.y) {
            if (pen->at.x != side->corner.x || pen->at.y != side->corner.y)
                pole_map_pen_move(pen, side->corner);
            pole_map_pen_line(pen, last);
        }
    }
    side->is_open = false;
}

static void add_to_side(pole_map_pen *pen, street_side *side, pole_map_point point)
{
    bool straight = side->count < STRAIGHT_POLES;
    for (size_t i = 0; straight && i < side->count; i++)
        straight = is_between(side->corner, point, side->since[i]);
    if (!straight) {
        const pole_map_point corner = side->since[side->count - 1];
        end_side(pen, side);
        side->is_open = true;
        side->corner = corner;
        side->count = 0;
    }
    side->since[side->count++] = point;
}

void pole_map_streets(pole_map_pen *pen, const pole_map_frame *frame)
{
    const pole_index *index = frame->parts->index;
    /* Each side is drawn to its end before the other goes on, or the pen would jump to and fro. */
    for (uint32_t parity = 0; parity < 2; parity++) {
        street_side side = {.is_open = false};
        for (pole_row row = 0; row < index->scheme.rows; row++) {
            if (pole_index_code_of(index, row).number % 2 != parity)
                continue;
            const pole_map_place at = pole_map_place_of_row(frame->parts, row);
            if (pole_map_part_at(frame->parts, at) != frame->part) {
                end_side(pen, &side);
                continue;
            }
            const uint32_t street =
                pole_attribute_at(&index->attributes, POLE_ATTRIBUTE_STREET, row);
            const int64_t dx = at.x - side.last_place.x, dy = at.y - side.last_place.y;
            const int64_t most = METRES(JOINED_M);
            const pole_map_point point = pole_map_point_of(frame, at);
            if (side.is_open &&
                (street != side.street || dx > most || dx < -most || dy > most || dy < -most))
                end_side(pen, &side);
            if (side.is_open) {
                add_to_side(pen, &side, point);
            } else {
                side.is_open = true;
                side.street = street;
                side.corner = point;
                side.count = 0;
            }
            side.last_place = at;
        }
        end_side(pen, &side);
    }
}

void pole_map_scale(const pole_map_frame *frame, uint32_t *metres, int32_t *units)
{
    const int64_t most = frame->span / 4 / 90;
    int64_t length = 1;
    while (length * 10 <= most)
        length *= 10;
    if (length * 5 <= most)
        length *= 5;
    else if (length * 2 <= most)
        length *= 2;
    *metres = (uint32_t)length;
    *units = (int32_t)(METRES(length) * frame->width / frame->span);
}
