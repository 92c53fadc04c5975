/* SPDX-License-Identifier: MIT
 * See frame.h. */
#include "build/frame.h"

#include <math.h>
#include <stdio.h>

#include "base/decimal.h"
#include "base/status.h"
#include "build/trim.h"
#include "index/draft.h"

/* No degree has such a value, every metre of a survey may. */
#define METRIC_FROM 1000.0

static bool scale_degrees(double degrees, double limit, int32_t *scaled)
{
    int64_t value;
    if (!(fabs(degrees) <= limit) || !pole_double_to_scaled(degrees, 7, &value))
        return false;
    *scaled = (int32_t)value;
    return true;
}

pole_status pole_frame_init(pole_frame *frame, pole_span crs, const pole_box *bounds,
                            const pole_adapters *adapters, const pole_allocator *allocator,
                            pole_error *error)
{
    memset(frame, 0, sizeof *frame);
    frame->is_stated = crs.size_bytes > 0;
    if (bounds) {
        frame->has_bounds = true;
        if (!scale_degrees(bounds->south_deg, 90.0, &frame->south_e7) ||
            !scale_degrees(bounds->north_deg, 90.0, &frame->north_e7) ||
            !scale_degrees(bounds->west_deg, 180.0, &frame->west_e7) ||
            !scale_degrees(bounds->east_deg, 180.0, &frame->east_e7) ||
            frame->south_e7 > frame->north_e7)
            return pole_fail(error, POLE_INVALID_ARGUMENT,
                             "the bounds are no box of south, west, north, east degrees");
    }
    const pole_status status = pole_crs_new(frame->is_stated ? crs : pole_span_of("EPSG:4326"),
                                            adapters, allocator, &frame->crs, error);
    if (status != POLE_OK)
        return status;
    const char *name = pole_crs_name(frame->crs);
    frame->is_exact = strcmp(name, "EPSG:4326") == 0 || strcmp(name, "EPSG:4490") == 0;
    frame->is_geographic = pole_crs_is_geographic(frame->crs) != 0;
    return POLE_OK;
}

void pole_frame_free(pole_frame *frame)
{
    pole_crs_free(frame->crs);
    memset(frame, 0, sizeof *frame);
}

/* A number of 1e-7 units, exactly. A number too large for that is one of metres, or nonsense:
 * any value that is no degree will do. */
static bool read_exact(pole_span text, int64_t *scaled)
{
    if (pole_decimal_to_scaled(text, 7, scaled))
        return true;
    double value;
    if (!pole_decimal_to_double(text, &value))
        return false;
    *scaled = value < 0 ? INT64_MIN : INT64_MAX;
    return true;
}

static pole_place_fault judge_degrees(double x, double y)
{
    if (fabs(x) >= METRIC_FROM || fabs(y) >= METRIC_FROM)
        return POLE_PLACE_METRIC;
    if (fabs(y) > 90.0)
        return fabs(y) <= 180.0 && fabs(x) <= 90.0 ? POLE_PLACE_SWAPPED : POLE_PLACE_RANGE;
    return fabs(x) > 180.0 ? POLE_PLACE_RANGE : POLE_PLACE_SOUND;
}

static pole_place_fault take_exact(int64_t x_e7, int64_t y_e7, pole_vertex *at)
{
    if (x_e7 < -POLE_MAX_LON_E7 || x_e7 > POLE_MAX_LON_E7 || y_e7 < -POLE_MAX_LAT_E7 ||
        y_e7 > POLE_MAX_LAT_E7)
        return judge_degrees((double)x_e7 / 1e7, (double)y_e7 / 1e7);
    at->lat_e7 = (int32_t)y_e7;
    at->lon_e7 = (int32_t)x_e7;
    return x_e7 == 0 && y_e7 == 0 ? POLE_PLACE_ZERO : POLE_PLACE_SOUND;
}

/* From the frame's CRS, x and y not being sound degrees or lengths known before. */
static pole_place_fault convert(const pole_frame *frame, double x, double y, pole_vertex *at)
{
    const bool zero = x == 0.0 && y == 0.0;
    if (frame->is_geographic) {
        const pole_place_fault fault = judge_degrees(x, y);
        if (fault != POLE_PLACE_SOUND)
            return fault;
    } else if (fabs(x) <= 180.0 && fabs(y) <= 180.0 && !zero) {
        return POLE_PLACE_DEGREES;
    }
    size_t bad = 0;
    if (pole_crs_to_wgs84(frame->crs, 1, &x, &y, &bad) != POLE_OK || bad > 0 ||
        !scale_degrees(y, 90.0, &at->lat_e7) || !scale_degrees(x, 180.0, &at->lon_e7))
        return zero ? POLE_PLACE_ZERO : POLE_PLACE_OUTSIDE_CRS;
    return zero ? POLE_PLACE_ZERO : POLE_PLACE_SOUND;
}

pole_place_fault pole_frame_read(const pole_frame *frame, const pole_given_position *given,
                                 pole_vertex *at)
{
    at->lat_e7 = at->lon_e7 = 0;
    int64_t x_e7, y_e7;
    double x = given->x, y = given->y;
    if (!given->is_text) {
        if (!isfinite(x))
            return POLE_PLACE_BAD_X;
        if (!isfinite(y))
            return POLE_PLACE_BAD_Y;
        if (!frame->is_exact)
            return convert(frame, x, y, at);
        const bool fits = pole_double_to_scaled(x, 7, &x_e7) && pole_double_to_scaled(y, 7, &y_e7);
        return fits ? take_exact(x_e7, y_e7, at) : POLE_PLACE_METRIC;
    }
    const pole_span x_text = pole_trim(given->x_text);
    const pole_span y_text = pole_trim(given->y_text);
    if (y_text.size_bytes == 0)
        return POLE_PLACE_EMPTY_Y;
    if (x_text.size_bytes == 0)
        return POLE_PLACE_EMPTY_X;
    if (frame->is_exact) {
        if (!read_exact(y_text, &y_e7))
            return POLE_PLACE_BAD_Y;
        return read_exact(x_text, &x_e7) ? take_exact(x_e7, y_e7, at) : POLE_PLACE_BAD_X;
    }
    if (!pole_decimal_to_double(y_text, &y))
        return POLE_PLACE_BAD_Y;
    if (!pole_decimal_to_double(x_text, &x))
        return POLE_PLACE_BAD_X;
    return convert(frame, x, y, at);
}

/* Why a text is no number, as far as that can be told. */
static const char *number_hint(pole_span text)
{
    const pole_span trimmed = pole_trim(text);
    bool digit = false, comma = false, other = false;
    for (size_t i = 0; i < trimmed.size_bytes; i++) {
        const char c = trimmed.data[i];
        digit = digit || (c >= '0' && c <= '9');
        comma = comma || c == ',';
        other = other || !((c >= '0' && c <= '9') || c == ',' || c == '.' || c == '-' || c == '+');
    }
    if (digit && comma && !other)
        return "write the decimal sign as a point";
    if (digit && other)
        return "write decimal degrees or metres, without signs or letters, as 126.6412345";
    return "leave the row out, or find its position";
}

static pole_status refuse_number(pole_reporter *reporter, const pole_row_place *place,
                                 pole_column_role role, const char *word, pole_span text)
{
    pole_complaint complaint = pole_complain(POLE_FINDING_EMPTY_CELL, role, text, NULL);
    if (pole_trim(text).size_bytes == 0)
        return pole_refuse(reporter, place, &complaint, "the %s is empty", word);
    complaint.kind = POLE_FINDING_BAD_NUMBER;
    complaint.hint = number_hint(text);
    return pole_refuse(reporter, place, &complaint, "the %s '%s' is no number", word,
                       pole_show(text).text);
}

/* What is wrong with a pair of numbers, but for their words. */
typedef struct {
    pole_finding_kind kind;
    const char *message; /* behind "latitude 'y', longitude 'x' " */
    const char *hint;
} pair_fault;

static pair_fault pair_fault_of(pole_place_fault fault)
{
    switch (fault) {
    case POLE_PLACE_ZERO:
        return (pair_fault){POLE_FINDING_OUT_OF_RANGE, "are both 0",
                            "0 stands for an unknown position in many programs"};
    case POLE_PLACE_METRIC:
        return (pair_fault){POLE_FINDING_LOOKS_METRIC, "look like metres, and degrees are stated",
                            "name the CRS of the table, such as --from-crs EPSG:4530"};
    case POLE_PLACE_DEGREES:
        return (pair_fault){POLE_FINDING_OUT_OF_RANGE, "look like degrees, and lengths are stated",
                            "name the CRS of the table, such as --from-crs EPSG:4326"};
    case POLE_PLACE_SWAPPED:
        return (pair_fault){POLE_FINDING_LOOKS_SWAPPED,
                            "look exchanged: only the other way round can they be meant",
                            "exchange the columns, with --map lat=NAME --map lon=NAME (or x, y)"};
    case POLE_PLACE_RANGE:
        return (pair_fault){POLE_FINDING_OUT_OF_RANGE, "are no place on earth",
                            "latitudes end at 90 degrees, longitudes at 180"};
    default:
        return (pair_fault){POLE_FINDING_OUT_OF_RANGE, "lie where the CRS does not reach",
                            "check the CRS, and that x is the easting and y the northing"};
    }
}

pole_status pole_refuse_position(const pole_frame *frame, pole_reporter *reporter,
                                 const pole_row_place *place, pole_column_role x_role,
                                 pole_column_role y_role, const pole_given_position *given,
                                 pole_place_fault fault)
{
    char x_room[40] = "", y_room[40] = "";
    if (!given->is_text) {
        pole_double_to_text(given->x, 7, x_room);
        pole_double_to_text(given->y, 7, y_room);
    }
    const pole_span x = given->is_text ? given->x_text : pole_span_of(x_room);
    const pole_span y = given->is_text ? given->y_text : pole_span_of(y_room);
    const char *y_word = frame->is_geographic ? "latitude" : "northing";
    const char *x_word = frame->is_geographic ? "longitude" : "easting";
    if (fault == POLE_PLACE_EMPTY_X || fault == POLE_PLACE_BAD_X)
        return refuse_number(reporter, place, x_role, x_word, x);
    if (fault == POLE_PLACE_EMPTY_Y || fault == POLE_PLACE_BAD_Y)
        return refuse_number(reporter, place, y_role, y_word, y);
    const pair_fault pair = pair_fault_of(fault);
    pole_complaint complaint = pole_complain(pair.kind, y_role, y, pair.hint);
    double value;
    if (fault == POLE_PLACE_RANGE && pole_decimal_to_double(pole_trim(y), &value) &&
        fabs(value) <= 90.0) {
        complaint.role = x_role;
        complaint.value = x;
    }
    return pole_refuse(reporter, place, &complaint, "%s '%s' and %s '%s' %s (%s)", y_word,
                       pole_show(y).text, x_word, pole_show(x).text, pair.message,
                       pole_crs_name(frame->crs));
}

static bool in_bounds(const pole_frame *frame, pole_vertex at)
{
    if (at.lat_e7 < frame->south_e7 || at.lat_e7 > frame->north_e7)
        return false;
    if (frame->west_e7 <= frame->east_e7)
        return at.lon_e7 >= frame->west_e7 && at.lon_e7 <= frame->east_e7;
    return at.lon_e7 >= frame->west_e7 || at.lon_e7 <= frame->east_e7;
}

static pole_status refuse_outside(const pole_frame *frame, pole_reporter *reporter,
                                  const pole_row_place *place, pole_column_role x_role,
                                  pole_column_role y_role, const pole_given_position *given,
                                  pole_vertex at)
{
    const pole_given_position exchanged = {given->y_text, given->x_text, given->y, given->x,
                                           given->is_text};
    pole_vertex other;
    if (pole_frame_read(frame, &exchanged, &other) == POLE_PLACE_SOUND && in_bounds(frame, other))
        return pole_refuse_position(frame, reporter, place, x_role, y_role, given,
                                    POLE_PLACE_SWAPPED);
    char lat[32], lon[32];
    pole_scaled_to_text(at.lat_e7, 7, lat);
    pole_scaled_to_text(at.lon_e7, 7, lon);
    const pole_complaint complaint = pole_complain(
        POLE_FINDING_OUT_OF_BOUNDS, y_role, given->is_text ? given->y_text : pole_span_of(lat),
        "check the CRS (--from-crs) and the bounds");
    return pole_refuse(reporter, place, &complaint,
                       "latitude %s, longitude %s (WGS 84) lies outside the bounds", lat, lon);
}

pole_status pole_frame_take(const pole_frame *frame, pole_reporter *reporter,
                            const pole_row_place *place, pole_column_role x_role,
                            pole_column_role y_role, const pole_given_position *given,
                            pole_vertex *at)
{
    const pole_place_fault fault = pole_frame_read(frame, given, at);
    if (fault != POLE_PLACE_SOUND)
        return pole_refuse_position(frame, reporter, place, x_role, y_role, given, fault);
    if (frame->has_bounds && !in_bounds(frame, *at))
        return refuse_outside(frame, reporter, place, x_role, y_role, given, *at);
    return POLE_OK;
}
