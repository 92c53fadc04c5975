/* SPDX-License-Identifier: MIT
 *
 * Values of SQL as the library wants them, and back. */
#include "arguments.h"

#include <math.h>
#include <string.h>

#include "connection.h"

SQLITE_EXTENSION_INIT3

int is_null(sqlite3_value *value)
{
    return value == NULL || sqlite3_value_type(value) == SQLITE_NULL;
}

int any_argument(sqlite3_value *value, const char *what, pole_span *text, struct fault *fault)
{
    *text = (pole_span){NULL, 0};
    if (is_null(value))
        return 1;
    if (sqlite3_value_type(value) == SQLITE_BLOB)
        return fault_set(fault, POLE_INVALID_ARGUMENT,
                         "%s is a BLOB, not text; CAST(x AS TEXT) if it holds text", what);
    /* The length is asked for after the text: only then is it the one in UTF-8. */
    text->data = (const char *)sqlite3_value_text(value);
    if (text->data == NULL)
        return fault_set(fault, POLE_NO_MEMORY, "");
    text->size_bytes = (size_t)sqlite3_value_bytes(value);
    return 1;
}

int text_argument(sqlite3_value *value, const char *what, pole_span *text, struct fault *fault)
{
    const int type = value == NULL ? SQLITE_NULL : sqlite3_value_type(value);
    if (type == SQLITE_INTEGER || type == SQLITE_FLOAT) {
        *text = (pole_span){NULL, 0};
        return fault_set(fault, POLE_INVALID_ARGUMENT,
                         "%s is a number, %s, which has lost its leading zeros if it had any: keep "
                         "codes as TEXT, or write printf('%%07d', x) if all have seven digits",
                         what, (const char *)sqlite3_value_text(value));
    }
    return any_argument(value, what, text, fault);
}

/* SQLite reads a number in a text by changing the value, which SQL may look at again: a copy is
 * read. Gives the type, SQLITE_TEXT for what is no number; 0 with a fault. */
static int read_number(sqlite3_value *value, double *number, sqlite3_int64 *whole,
                       struct fault *fault)
{
    sqlite3_value *copy = NULL;
    if (sqlite3_value_type(value) == SQLITE_TEXT) {
        copy = sqlite3_value_dup(value);
        if (copy == NULL)
            return fault_set(fault, POLE_NO_MEMORY, "");
        value = copy;
    }
    int type = sqlite3_value_numeric_type(value);
    if (type == SQLITE_INTEGER || type == SQLITE_FLOAT) {
        *number = sqlite3_value_double(value);
        *whole = sqlite3_value_int64(value);
    } else {
        type = SQLITE_TEXT;
    }
    sqlite3_value_free(copy);
    return type;
}

int number_argument(sqlite3_value *value, const char *what, double *number, struct fault *fault)
{
    sqlite3_int64 whole;
    if (is_null(value))
        return 1;
    const int type = read_number(value, number, &whole, fault);
    if (type == SQLITE_TEXT)
        return fault_set(fault, POLE_INVALID_ARGUMENT, "%s is not a number", what);
    return type != 0;
}

int whole_argument(sqlite3_value *value, const char *what, sqlite3_int64 least, sqlite3_int64 most,
                   sqlite3_int64 *number, struct fault *fault)
{
    double real;
    sqlite3_int64 whole = 0;
    if (is_null(value))
        return 1;
    const int type = read_number(value, &real, &whole, fault);
    if (type == 0)
        return 0;
    if (type != SQLITE_INTEGER || whole < least || whole > most)
        return fault_set(fault, POLE_INVALID_ARGUMENT, "%s is not a whole number from %lld to %lld",
                         what, least, most);
    *number = whole;
    return 1;
}

int point_argument(sqlite3_value *lat, sqlite3_value *lon, pole_point *at, struct fault *fault)
{
    if (!number_argument(lat, "the latitude", &at->lat_deg, fault) ||
        !number_argument(lon, "the longitude", &at->lon_deg, fault))
        return 0;
    if (fabs(at->lat_deg) <= 90.0 && fabs(at->lon_deg) <= 180.0)
        return 1;
    return fault_set(fault, POLE_INVALID_ARGUMENT,
                     "no place: latitude %!.9g, longitude %!.9g; latitude comes first, in degrees "
                     "of WGS 84",
                     at->lat_deg, at->lon_deg);
}

int language_argument(sqlite3_value *value, const char *what, int32_t *language,
                      struct fault *fault)
{
    static const char *const names[] = {"zh", "en", "ru"}; /* POLE_LANGUAGE_... */
    if (is_null(value))
        return 1;
    pole_span text;
    if (!text_argument(value, what, &text, fault))
        return 0;
    for (int32_t i = 0; i < 3; i++) {
        if (text.size_bytes == 2 && memcmp(text.data, names[i], 2) == 0) {
            *language = i;
            return 1;
        }
    }
    return fault_set(fault, POLE_INVALID_ARGUMENT, "%s is not 'zh', 'en' or 'ru'", what);
}

int code_argument(const pole_index *index, sqlite3_value *code, sqlite3_value *scope,
                  pole_status *status, pole_code *out, struct fault *fault)
{
    pole_span text;
    pole_span county;
    if (!text_argument(code, "the code", &text, fault) ||
        !text_argument(scope, "the scope", &county, fault))
        return 0;
    *status = pole_code_parse(index, text, out);
    if (*status == POLE_OK && !is_null(scope)) {
        uint16_t number;
        *status = pole_index_find_scope(index, county, &number);
        out->scope = number;
    }
    if (*status == POLE_OK || *status == POLE_NOT_FOUND || *status == POLE_MALFORMED_CODE)
        return 1;
    return fault_check(fault, *status, "reading a code");
}

int row_argument(const pole_index *index, sqlite3_value *code, sqlite3_value *scope,
                 pole_status *status, pole_row *row, struct fault *fault)
{
    pole_code key;
    *row = POLE_NO_ROW;
    if (!code_argument(index, code, scope, status, &key, fault))
        return 0;
    if (*status == POLE_OK)
        *status = pole_index_find(index, key, row);
    if (*status == POLE_OK || *status == POLE_NOT_FOUND || *status == POLE_SEVERAL ||
        *status == POLE_MALFORMED_CODE)
        return 1;
    return fault_check(fault, *status, "finding a code");
}

int polygon_argument(sqlite3_value *value, struct polygon *polygon, struct fault *fault)
{
    *polygon = (struct polygon){NULL, NULL, 0};
    pole_span text;
    pole_error error = {0};
    size_t points = 0;
    if (!text_argument(value, "the polygon", &text, fault))
        return 0;
    pole_status status = pole_polygon_read(text.data, text.size_bytes, &sqlite_memory, NULL, 0,
                                           &points, NULL, 0, &polygon->rings, &error);
    if (status == POLE_LIMIT && points > 0) {
        const size_t rings = polygon->rings;
        polygon->points = sqlite3_malloc64(points * sizeof *polygon->points);
        polygon->sizes = sqlite3_malloc64(rings * sizeof *polygon->sizes);
        if (polygon->points == NULL || polygon->sizes == NULL)
            return fault_set(fault, POLE_NO_MEMORY, "");
        status = pole_polygon_read(text.data, text.size_bytes, &sqlite_memory, polygon->points,
                                   points, &points, polygon->sizes, rings, &polygon->rings, &error);
    }
    if (status == POLE_OK)
        return 1;
    if (error.status != status)
        return fault_check(fault, status, "the polygon is not GeoJSON that is read");
    return fault_from_error(fault, &error);
}

void polygon_free(struct polygon *polygon)
{
    sqlite3_free(polygon->points);
    sqlite3_free(polygon->sizes);
    *polygon = (struct polygon){NULL, NULL, 0};
}

void result_span(sqlite3_context *call, pole_span text)
{
    if (text.size_bytes > 0)
        sqlite3_result_text64(call, text.data, text.size_bytes, SQLITE_TRANSIENT, SQLITE_UTF8);
}

void result_word(sqlite3_context *call, const char *word)
{
    if (word != NULL)
        sqlite3_result_text(call, word, -1, SQLITE_STATIC);
}

void result_number(sqlite3_context *call, double number)
{
    if (isfinite(number))
        sqlite3_result_double(call, number);
}

void result_code(sqlite3_context *call, const pole_index *index, pole_code code)
{
    char text[32];
    if (pole_code_format(index, code, 0, text, sizeof text, NULL) == POLE_OK)
        sqlite3_result_text(call, text, -1, SQLITE_TRANSIENT);
}

void result_words(sqlite3_context *call, uint32_t bits, const char *(*name)(uint32_t bit))
{
    sqlite3_str *words = sqlite3_str_new(sqlite3_context_db_handle(call));
    for (uint32_t bit = 1; bit != 0; bit <<= 1) {
        const char *word = (bits & bit) != 0 ? name(bit) : NULL;
        if (word != NULL)
            sqlite3_str_appendf(words, "%s%s", sqlite3_str_length(words) > 0 ? ";" : "", word);
    }
    const int failed = sqlite3_str_errcode(words);
    char *text = sqlite3_str_finish(words);
    if (failed != SQLITE_OK)
        sqlite3_result_error_nomem(call);
    else if (text != NULL)
        sqlite3_result_text(call, text, -1, SQLITE_TRANSIENT);
    sqlite3_free(text);
}

void result_written(sqlite3_context *call, text_writer write, const void *what)
{
    size_t needed = 0;
    char *text = NULL;
    pole_status status = write(what, NULL, 0, &needed);
    if (status == POLE_LIMIT) {
        text = sqlite3_malloc64(needed);
        status = text == NULL ? POLE_NO_MEMORY : write(what, text, needed, &needed);
    }
    struct fault fault = {0};
    if (fault_check(&fault, status, "writing JSON"))
        sqlite3_result_text64(call, text, needed - 1, sqlite3_free, SQLITE_UTF8);
    else {
        sqlite3_free(text);
        fault_report(&fault, call);
    }
}
