/* SPDX-License-Identifier: MIT
 * Numbers, points and boxes as people type them. The command never calls setlocale(), so strtod()
 * reads the C locale's decimal point, whatever the user's locale is. */
#include "numbers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tell.h"

#define LONGEST_NUMBER 64
static const char full_width_comma[] = "，";

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

bool read_number(pole_span text, double *value)
{
    while (text.size_bytes > 0 && is_blank(text.data[0])) {
        text.data++;
        text.size_bytes--;
    }
    while (text.size_bytes > 0 && is_blank(text.data[text.size_bytes - 1]))
        text.size_bytes--;
    char copy[LONGEST_NUMBER];
    if (text.size_bytes == 0 || text.size_bytes >= sizeof copy)
        return false;
    memcpy(copy, text.data, text.size_bytes);
    copy[text.size_bytes] = '\0';
    if (strspn(copy, "+-.0123456789eE") != text.size_bytes)
        return false;
    char *end;
    *value = strtod(copy, &end);
    return end == copy + text.size_bytes && isfinite(*value);
}

bool read_count(const char *text, uint64_t maximum, uint64_t *value)
{
    uint64_t sum = 0;
    if (*text == '\0')
        return false;
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9')
            return false;
        const uint64_t digit = (uint64_t)(*text - '0');
        if (sum > (maximum - digit) / 10 || digit > maximum)
            return false;
        sum = sum * 10 + digit;
    }
    *value = sum;
    return true;
}

/* The text up to the next comma, ASCII or full-width; *rest is what follows it, or NULL. */
static pole_span up_to_comma(const char *text, const char **rest)
{
    const char *plain = strchr(text, ',');
    const char *wide = strstr(text, full_width_comma);
    const char *comma = plain && (!wide || plain < wide) ? plain : wide;
    pole_span part = {text, comma ? (size_t)(comma - text) : strlen(text)};
    *rest = !comma ? NULL : comma + (comma == plain ? 1 : sizeof full_width_comma - 1);
    return part;
}

size_t read_some_numbers(const char *text, double *values, size_t most)
{
    const char *rest = text;
    size_t count = 0;
    while (rest && count < most && read_number(up_to_comma(rest, &rest), &values[count]))
        count++;
    return rest == NULL ? count : 0;
}

bool point_of(const char *text, const double values[2], pole_point *point, pole_error *error)
{
    if (fabs(values[0]) > 90 || fabs(values[1]) > 180) {
        fail(error, POLE_INVALID_ARGUMENT, "'%s' is no point on Earth in degrees", text);
        fail_hint(error, fabs(values[0]) <= 180 && fabs(values[1]) <= 90
                             ? "latitude comes first: LAT,LON"
                             : "give latitude,longitude in degrees (WGS 84), not metres");
        return false;
    }
    point->lat_deg = values[0];
    point->lon_deg = values[1];
    return true;
}

bool read_point(const char *text, pole_point *point, pole_error *error)
{
    double values[2];
    if (read_some_numbers(text, values, 2) == 2)
        return point_of(text, values, point, error);
    fail(error, POLE_INVALID_ARGUMENT, "'%s' is no point", text);
    fail_hint(error, "give latitude,longitude in degrees, such as 45.7769,126.6161");
    return false;
}

bool read_box(const char *text, pole_box *box, pole_error *error)
{
    double values[4];
    if (read_some_numbers(text, values, 4) != 4) {
        fail(error, POLE_INVALID_ARGUMENT, "'%s' is no box", text);
        fail_hint(error, "give south,west,north,east in degrees, such as 45.7,126.5,45.8,126.7");
        return false;
    }
    const double south = values[0], west = values[1], north = values[2], east = values[3];
    if (fabs(south) > 90 || fabs(north) > 90 || fabs(west) > 180 || fabs(east) > 180) {
        fail(error, POLE_INVALID_ARGUMENT, "'%s' is no box on Earth in degrees", text);
        fail_hint(error, "the order is south,west,north,east");
        return false;
    }
    if (south > north) {
        fail(error, POLE_INVALID_ARGUMENT, "the box '%s' has its south north of its north", text);
        fail_hint(error, "the order is south,west,north,east");
        return false;
    }
    box->south_deg = south;
    box->west_deg = west;
    box->north_deg = north;
    box->east_deg = east;
    return true;
}

bool looks_like_point(const char *text)
{
    return strchr(text, ',') != NULL || strstr(text, full_width_comma) != NULL;
}
