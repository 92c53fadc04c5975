/* SPDX-License-Identifier: MIT
 *
 * Coordinates without recursion, and without knowing the type, which may come behind them: the
 * innermost arrays are positions, and how many brackets stand around them says what they make. */
#include "formats/shape_in.h"

#include "base/decimal.h"

#define MOST_LEVELS 4u

static const struct {
    const char *name;
    uint32_t levels;
} shape_types[] = {[POLE_SHAPE_NONE] = {"none", 0},
                   [POLE_SHAPE_POINT] = {"Point", 1},
                   [POLE_SHAPE_MULTI_POINT] = {"MultiPoint", 2},
                   [POLE_SHAPE_LINE_STRING] = {"LineString", 2},
                   [POLE_SHAPE_MULTI_LINE_STRING] = {"MultiLineString", 3},
                   [POLE_SHAPE_POLYGON] = {"Polygon", 3},
                   [POLE_SHAPE_MULTI_POLYGON] = {"MultiPolygon", 4},
                   [POLE_SHAPE_OTHER] = {"other", 0}};

const char *pole_shape_type_name(pole_shape_type type)
{
    return type <= POLE_SHAPE_OTHER ? shape_types[type].name : "other";
}

pole_shape_type pole_shape_type_by_name(pole_span name)
{
    for (pole_shape_type type = POLE_SHAPE_POINT; type < POLE_SHAPE_OTHER; type++) {
        if (pole_span_equal(name, pole_span_of(shape_types[type].name)))
            return type;
    }
    return POLE_SHAPE_OTHER;
}

void pole_shape_in_clear(pole_shape_in *in)
{
    memset(&in->shape, 0, sizeof in->shape);
    in->levels = 0;
    in->faults = 0;
}

void pole_shape_in_free(pole_shape_in *in)
{
    pole_release(&in->allocator, in->positions);
    pole_release(&in->allocator, in->ring_ends);
    pole_release(&in->allocator, in->polygon_ends);
    in->positions = NULL;
    in->ring_ends = NULL;
    in->polygon_ends = NULL;
}

static void add_fault(pole_shape_in *in, uint32_t fault, uint64_t line, uint64_t file_offset)
{
    if (in->faults == 0) {
        in->fault_line = line;
        in->fault_offset = file_offset;
    }
    in->faults |= fault;
}

/* One array of coordinates being read. */
typedef struct {
    uint32_t depth;   /* of open arrays */
    uint32_t numbers; /* in the innermost one */
    bool empty;       /* nothing in the innermost one yet */
    pole_span x;
    pole_span y;
} coordinate_scan;

static bool push_end(pole_shape_in *in, uint32_t **ends, size_t *capacity, size_t *count,
                     size_t value)
{
    void *grown = *ends;
    if (!pole_grow_array(&in->allocator, &grown, capacity, *count + 1, sizeof **ends))
        return false;
    *ends = grown;
    (*ends)[(*count)++] = (uint32_t)value;
    return true;
}

static bool push_position(pole_shape_in *in, const coordinate_scan *scan)
{
    void *grown = in->positions;
    if (!pole_grow_array(&in->allocator, &grown, &in->position_capacity,
                         in->shape.position_count + 1, sizeof *in->positions))
        return false;
    in->positions = grown;
    in->positions[in->shape.position_count++] = (pole_position_text){scan->x, scan->y};
    return true;
}

/* An array closes that holds positions, rings or polygons. */
static bool push_group(pole_shape_in *in, uint32_t depth)
{
    pole_shape *shape = &in->shape;
    bool ok = true;
    if (depth + 1 == in->levels)
        ok = push_end(in, &in->ring_ends, &in->ring_capacity, &shape->ring_count,
                      shape->position_count);
    /* A line's or a point set's one ring is its one polygon too. */
    if (ok && (depth + 2 == in->levels || (in->levels == 2 && depth == 1)))
        ok = push_end(in, &in->polygon_ends, &in->polygon_capacity, &shape->polygon_count,
                      shape->ring_count);
    return ok;
}

/* What is wrong with an array that closes; 0: nothing. */
static uint32_t closing_fault(const pole_shape_in *in, const coordinate_scan *scan)
{
    if (scan->numbers > 0) {
        if (scan->numbers < 2 || (in->levels != 0 && in->levels != scan->depth))
            return POLE_FEATURE_COORDINATES;
        return in->shape.position_count == POLE_GEOJSON_MAX_POSITIONS ? POLE_FEATURE_TOO_MANY : 0;
    }
    if (scan->empty)
        return POLE_FEATURE_EMPTY;
    return in->levels <= scan->depth ? POLE_FEATURE_COORDINATES : 0;
}

/* Takes one token; returns the fault that ends the reading, 0 to go on. *memory: false when there
 * was none. */
static uint32_t take_token(pole_shape_in *in, coordinate_scan *scan, const pole_json_token *token,
                           bool *memory)
{
    uint32_t fault;
    switch (token->kind) {
    case POLE_JSON_ARRAY:
        if (scan->numbers > 0 || scan->depth == MOST_LEVELS)
            return POLE_FEATURE_COORDINATES;
        scan->depth++;
        scan->empty = true;
        return 0;
    case POLE_JSON_NUMBER:
        if (!scan->empty && scan->numbers == 0)
            return POLE_FEATURE_COORDINATES;
        scan->empty = false;
        scan->numbers++;
        if (scan->numbers <= 2)
            *memory = pole_text_store_add(in->texts, token->text,
                                          scan->numbers == 1 ? &scan->x : &scan->y);
        return 0;
    case POLE_JSON_ARRAY_END:
        fault = closing_fault(in, scan);
        if (fault != 0)
            return fault;
        if (scan->numbers > 0) {
            in->levels = scan->depth;
            *memory = push_position(in, scan);
        } else {
            *memory = push_group(in, scan->depth);
        }
        scan->depth--;
        scan->numbers = 0;
        scan->empty = false;
        return 0;
    default:
        return POLE_FEATURE_COORDINATES;
    }
}

pole_status pole_shape_in_coordinates(pole_shape_in *in, pole_json_reader *reader,
                                      const pole_json_token *first, pole_error *error)
{
    const uint32_t outside = pole_json_depth(reader) -
                             (first->kind == POLE_JSON_ARRAY || first->kind == POLE_JSON_OBJECT);
    coordinate_scan scan = {0};
    pole_json_token token = *first;
    bool memory = true;
    bool broken = false;
    for (;;) {
        if (!broken) {
            const uint32_t fault = take_token(in, &scan, &token, &memory);
            if (!memory)
                return pole_json_fail(reader, &token, POLE_NO_MEMORY, "no memory for a geometry",
                                      error);
            if (fault != 0) {
                add_fault(in, fault, token.line, pole_json_file_offset(reader, &token));
                broken = true;
            }
        }
        if (pole_json_depth(reader) == outside)
            return POLE_OK;
        const pole_status status = pole_json_next(reader, &token, error);
        if (status != POLE_OK)
            return status;
    }
}

/* Whether two positions are one, however they are written. */
static bool same_position(const pole_position_text *a, const pole_position_text *b)
{
    if (pole_span_equal(a->x, b->x) && pole_span_equal(a->y, b->y))
        return true;
    double ax;
    double ay;
    double bx;
    double by;
    return pole_decimal_to_double(a->x, &ax) && pole_decimal_to_double(b->x, &bx) &&
           pole_decimal_to_double(a->y, &ay) && pole_decimal_to_double(b->y, &by) && ax == bx &&
           ay == by;
}

static void check_rings(pole_shape_in *in, pole_shape_type type)
{
    const bool closed = type == POLE_SHAPE_POLYGON || type == POLE_SHAPE_MULTI_POLYGON;
    const bool line = type == POLE_SHAPE_LINE_STRING || type == POLE_SHAPE_MULTI_LINE_STRING;
    size_t begin = 0;
    for (size_t i = 0; i < in->shape.ring_count && (closed || line); i++) {
        const size_t end = in->ring_ends[i];
        if (end - begin < (closed ? 4u : 2u))
            add_fault(in, POLE_FEATURE_SHORT_RING, in->shape.line, in->shape.file_offset);
        if (closed && !same_position(&in->positions[begin], &in->positions[end - 1]))
            add_fault(in, POLE_FEATURE_UNCLOSED_RING, in->shape.line, in->shape.file_offset);
        begin = end;
    }
}

void pole_shape_in_finish(pole_shape_in *in, pole_shape_type type)
{
    pole_shape *shape = &in->shape;
    shape->type = type;
    if (type != POLE_SHAPE_NONE && type != POLE_SHAPE_OTHER && in->faults == 0) {
        if (in->levels == 0)
            add_fault(in, POLE_FEATURE_EMPTY, shape->line, shape->file_offset);
        else if (in->levels != shape_types[type].levels)
            add_fault(in, POLE_FEATURE_COORDINATES, shape->line, shape->file_offset);
        else
            check_rings(in, type);
    }
    if (in->faults & ~(uint32_t)(POLE_FEATURE_UNCLOSED_RING | POLE_FEATURE_SHORT_RING)) {
        shape->position_count = 0;
        shape->ring_count = 0;
        shape->polygon_count = 0;
    }
    shape->positions = in->positions;
    shape->ring_ends = in->ring_ends;
    shape->polygon_ends = in->polygon_ends;
}
