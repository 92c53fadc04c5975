/* SPDX-License-Identifier: MIT
 *
 * Reads a street network instead of inventing one: the LineStrings and MultiLineStrings of a
 * GeoJSON file, in WGS 84, with the street's name in the property "name". A reader of one pass with
 * a stack of its own; what it does not need it skips. */
#include "city.h"

#include "room.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LEVELS = 32, MOST_TEXT = 256, STREET_WIDTH_CM = 1800 };

struct level {
    bool object;
    char key[24];    /* of the value being read, in an object */
    int32_t numbers; /* read in this array */
    int32_t lon_e7, lat_e7;
};

struct reader {
    struct city *city;
    const char *path;
    const char *at, *end;
    int64_t line;
    struct level levels[MOST_LEVELS];
    int32_t depth;
    char type[24];        /* of the geometry */
    char name[MOST_TEXT]; /* of the street */
    struct spot *points;
    int64_t point_count, point_capacity;
    int64_t *ends; /* of the lines within points */
    int64_t line_count, line_capacity;
};

static bool fail(const struct reader *reader, const char *what)
{
    fprintf(stderr, "polelookup-city: %s:%lld: %s\n", reader->path, (long long)reader->line, what);
    return false;
}

static void skip_space(struct reader *reader)
{
    while (reader->at < reader->end && strchr(" \t\r\n", *reader->at) != NULL &&
           *reader->at != '\0') {
        if (*reader->at == '\n')
            reader->line++;
        reader->at++;
    }
}

static int32_t hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* \uXXXX after its backslash and u; -1 when it is not four digits. */
static int32_t read_unit(struct reader *reader)
{
    int32_t unit = 0;
    for (int i = 0; i < 4; i++) {
        int32_t digit = reader->at < reader->end ? hex_digit(*reader->at) : -1;
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
        reader->at++;
    }
    return unit;
}

static size_t put_utf8(int32_t c, char *out)
{
    uint32_t u = (uint32_t)c;
    if (u < 0x80) {
        out[0] = (char)u;
        return 1;
    }
    if (u < 0x800) {
        out[0] = (char)(0xC0 | u >> 6);
        out[1] = (char)(0x80 | (u & 0x3F));
        return 2;
    }
    if (u < 0x10000) {
        out[0] = (char)(0xE0 | u >> 12);
        out[1] = (char)(0x80 | (u >> 6 & 0x3F));
        out[2] = (char)(0x80 | (u & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | u >> 18);
    out[1] = (char)(0x80 | (u >> 12 & 0x3F));
    out[2] = (char)(0x80 | (u >> 6 & 0x3F));
    out[3] = (char)(0x80 | (u & 0x3F));
    return 4;
}

static bool read_escape(struct reader *reader, char *out, size_t *size)
{
    char c = *reader->at++;
    const char *plain = strchr("\"\"\\\\//b\bf\fn\nr\rt\t", c);
    if (c != 'u') {
        if (plain == NULL || c == '\0')
            return fail(reader, "bad escape in a text");
        out[0] = plain[1];
        *size = 1;
        return true;
    }
    int32_t unit = read_unit(reader);
    if (unit >= 0xD800 && unit < 0xDC00 && reader->end - reader->at >= 6 && reader->at[0] == '\\' &&
        reader->at[1] == 'u') {
        reader->at += 2;
        int32_t low = read_unit(reader);
        unit = low < 0xDC00 || low > 0xDFFF ? -1 : 0x10000 + (unit - 0xD800) * 1024 + low - 0xDC00;
    }
    if (unit < 0 || (unit >= 0xD800 && unit < 0xE000))
        return fail(reader, "bad \\u escape in a text");
    *size = put_utf8(unit, out);
    return true;
}

/* Reads a text whose quote has been passed; what is longer than the room is cut. */
static bool read_text(struct reader *reader, char *text, size_t room)
{
    size_t used = 0;
    while (reader->at < reader->end && *reader->at != '"') {
        char piece[4];
        size_t size = 1;
        piece[0] = *reader->at++;
        if (piece[0] == '\\') {
            if (reader->at >= reader->end)
                break;
            if (!read_escape(reader, piece, &size))
                return false;
        }
        if ((unsigned char)piece[0] < 0x20 || piece[0] == ',' || piece[0] == '"')
            piece[0] = ' '; /* no text may break the tables */
        if (used + size < room) {
            memcpy(text + used, piece, size);
            used += size;
        }
    }
    while (used > 0 && ((unsigned char)text[used - 1] & 0xC0) == 0x80 && used + 4 >= room)
        used--; /* never end inside a character that was cut */
    text[used] = '\0';
    if (reader->at >= reader->end)
        return fail(reader, "a text does not end");
    reader->at++;
    return true;
}

/* A decimal number as an integer of 1e-7; digits beyond the seventh are dropped. */
static bool read_number(struct reader *reader, int32_t *value_e7)
{
    bool negative = *reader->at == '-';
    int64_t value = 0;
    int decimals = -1;
    bool digits = false;
    reader->at += negative;
    for (; reader->at < reader->end; reader->at++) {
        char c = *reader->at;
        if (c == '.' && decimals < 0) {
            decimals = 0;
        } else if (c >= '0' && c <= '9') {
            digits = true;
            if (decimals < 7 && value < 100000000000)
                value = value * 10 + (c - '0');
            if (decimals >= 0 && decimals < 7)
                decimals++;
        } else {
            break;
        }
    }
    if (!digits || (reader->at < reader->end && (*reader->at == 'e' || *reader->at == 'E')))
        return fail(reader, "a number that is not plain decimal");
    for (int i = decimals < 0 ? 0 : decimals; i < 7; i++)
        value *= 10;
    if (value > 2000000000)
        value = 2000000000; /* no coordinate; refused where it is used */
    *value_e7 = (int32_t)(negative ? -value : value);
    return true;
}

static bool under(const struct reader *reader, int32_t depth, const char *key)
{
    return depth > 0 && reader->levels[depth - 1].object &&
           strcmp(reader->levels[depth - 1].key, key) == 0;
}

static bool in_coordinates(const struct reader *reader)
{
    for (int32_t depth = reader->depth; depth > 0; depth--)
        if (reader->levels[depth - 1].object)
            return strcmp(reader->levels[depth - 1].key, "coordinates") == 0;
    return false;
}

static bool end_point(struct reader *reader, const struct level *level)
{
    struct spot at;
    if (!plane_from_degrees(&reader->city->atlas.origin, level->lat_e7, level->lon_e7, &at))
        return fail(reader, "a point more than 200 km from Harbin (longitude comes first)");
    reader->points = room_for(reader->points, &reader->point_capacity, reader->point_count + 1,
                              sizeof(*reader->points));
    reader->points[reader->point_count++] = at;
    return true;
}

static void end_line(struct reader *reader)
{
    int64_t last = reader->line_count > 0 ? reader->ends[reader->line_count - 1] : 0;
    if (reader->point_count == last)
        return;
    reader->ends = room_for(reader->ends, &reader->line_capacity, reader->line_count + 1,
                            sizeof(*reader->ends));
    reader->ends[reader->line_count++] = reader->point_count;
}

static void end_feature(struct reader *reader)
{
    bool lines =
        strcmp(reader->type, "LineString") == 0 || strcmp(reader->type, "MultiLineString") == 0;
    int64_t begin = 0;
    for (int64_t i = 0; i < reader->line_count && lines; i++) {
        struct street street = {0};
        street.width_cm = STREET_WIDTH_CM;
        street.rank = RANK_STREET;
        street.parent = -1;
        street.name = city_name(reader->city, reader->name);
        city_add_street(reader->city, reader->points + begin, (int32_t)(reader->ends[i] - begin),
                        street);
        begin = reader->ends[i];
    }
    reader->point_count = 0;
    reader->line_count = 0;
    reader->type[0] = '\0';
    reader->name[0] = '\0';
}

static bool begin_level(struct reader *reader, bool object)
{
    if (reader->depth == MOST_LEVELS)
        return fail(reader, "nested too deep");
    struct level level = {0};
    level.object = object;
    reader->levels[reader->depth++] = level;
    reader->at++;
    return true;
}

static bool end_level(struct reader *reader, bool object)
{
    if (reader->depth == 0 || reader->levels[reader->depth - 1].object != object)
        return fail(reader, "brackets do not match");
    bool coordinates = in_coordinates(reader);
    struct level level = reader->levels[--reader->depth];
    reader->at++;
    if (!object && coordinates) {
        if (level.numbers >= 2)
            return end_point(reader, &level);
        end_line(reader);
    }
    bool feature = object && reader->depth >= 2 && !reader->levels[reader->depth - 1].object &&
                   under(reader, reader->depth - 1, "features");
    if (feature)
        end_feature(reader);
    return true;
}

static bool read_value(struct reader *reader)
{
    struct level *level = reader->depth > 0 ? &reader->levels[reader->depth - 1] : NULL;
    char c = *reader->at;
    if (c == '"') {
        char text[MOST_TEXT];
        reader->at++;
        if (!read_text(reader, text, sizeof(text)))
            return false;
        if (level == NULL || !level->object)
            return true;
        skip_space(reader);
        if (reader->at < reader->end && *reader->at == ':') {
            reader->at++;
            snprintf(level->key, sizeof(level->key), "%.23s", text);
            return true;
        }
        if (strcmp(level->key, "type") == 0 && under(reader, reader->depth - 1, "geometry"))
            snprintf(reader->type, sizeof(reader->type), "%.23s", text);
        if (strcmp(level->key, "name") == 0 && under(reader, reader->depth - 1, "properties"))
            snprintf(reader->name, sizeof(reader->name), "%s", text);
        return true;
    }
    if (c == '-' || (c >= '0' && c <= '9')) {
        int32_t value;
        if (level != NULL && !level->object && in_coordinates(reader)) {
            if (!read_number(reader, &value))
                return false;
            if (level->numbers == 0)
                level->lon_e7 = value;
            if (level->numbers == 1)
                level->lat_e7 = value;
            level->numbers++;
            return true;
        }
        reader->at += strspn(reader->at, "+-.0123456789eE");
        return true;
    }
    static const char *const words[] = {"true", "false", "null"};
    for (int i = 0; i < 3; i++) {
        size_t length = strlen(words[i]);
        if ((size_t)(reader->end - reader->at) >= length &&
            memcmp(reader->at, words[i], length) == 0) {
            reader->at += length;
            return true;
        }
    }
    return fail(reader, "not JSON");
}

static bool read_all(struct reader *reader)
{
    bool good = true;
    for (skip_space(reader); good && reader->at < reader->end; skip_space(reader)) {
        char c = *reader->at;
        if (c == '{' || c == '[')
            good = begin_level(reader, c == '{');
        else if (c == '}' || c == ']')
            good = end_level(reader, c == '}');
        else if (c == ',')
            reader->at++;
        else
            good = read_value(reader);
    }
    if (good && reader->depth > 0)
        good = fail(reader, "the file ends too early");
    if (good && reader->city->street_count == 0)
        good = fail(reader, "no feature with a LineString in it");
    return good;
}

static char *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    int64_t capacity = 0;
    *size = 0;
    if (file == NULL) {
        fprintf(stderr, "polelookup-city: cannot read %s: %s\n", path, strerror(errno));
        return NULL;
    }
    for (size_t got = 1; got > 0; *size += got) {
        text = room_for(text, &capacity, (int64_t)*size + 65537, 1);
        got = fread(text + *size, 1, 65536, file);
    }
    text[*size] = '\0'; /* so that searches by strspn and strchr end */
    if (ferror(file) != 0) {
        fprintf(stderr, "polelookup-city: cannot read %s: %s\n", path, strerror(errno));
        free(text);
        text = NULL;
    }
    fclose(file);
    return text;
}

bool city_read_streets(struct city *city, const char *path)
{
    size_t size;
    char *text = read_file(path, &size);
    if (text == NULL)
        return false;
    struct reader *reader = room_new(1, sizeof(*reader));
    reader->city = city;
    reader->path = path;
    reader->at = text;
    reader->end = text + size;
    reader->line = 1;
    bool good = read_all(reader);
    free(reader->points);
    free(reader->ends);
    free(reader);
    free(text);
    return good;
}
