/* SPDX-License-Identifier: MIT
 *
 * Values of SQL as the library wants them. A code is text: an INTEGER has lost its leading zeros,
 * and then names another pole, so numbers are refused, not read. All return 1, or 0 with a fault.
 */
#ifndef POLELOOKUP_SQLITE_ARGUMENTS_H
#define POLELOOKUP_SQLITE_ARGUMENTS_H

#include <polelookup/polelookup.h>
#include <sqlite3ext.h>

#include "fault.h"

/* 1 when an argument was not given, or is NULL. */
int is_null(sqlite3_value *value);

/* A text, empty for NULL; it lives as long as the value does. what: for the message. */
int text_argument(sqlite3_value *value, const char *what, pole_span *text, struct fault *fault);

/* Text, or a number's digits: for columns of evidence. */
int any_argument(sqlite3_value *value, const char *what, pole_span *text, struct fault *fault);

/* A number, also one that is written as text. NULL leaves *number as it is. */
int number_argument(sqlite3_value *value, const char *what, double *number, struct fault *fault);

/* A whole number from least to most. NULL leaves *number as it is. */
int whole_argument(sqlite3_value *value, const char *what, sqlite3_int64 least, sqlite3_int64 most,
                   sqlite3_int64 *number, struct fault *fault);

/* A latitude and a longitude. */
int point_argument(sqlite3_value *lat, sqlite3_value *lon, pole_point *at, struct fault *fault);

/* A language: 'zh', 'en', 'ru'. NULL leaves it as it is. */
int language_argument(sqlite3_value *value, const char *what, int32_t *language,
                      struct fault *fault);

/* A code and, where scope is not NULL, its county. *status: POLE_OK with *row, or why there is no
 * row: POLE_NOT_FOUND, POLE_SEVERAL, POLE_MALFORMED_CODE. A county that the index does not have is
 * POLE_NOT_FOUND. */
int row_argument(const pole_index *index, sqlite3_value *code, sqlite3_value *scope,
                 pole_status *status, pole_row *row, struct fault *fault);

/* The same without the search: the code with its scope, or with POLE_ANY_SCOPE. */
int code_argument(const pole_index *index, sqlite3_value *code, sqlite3_value *scope,
                  pole_status *status, pole_code *out, struct fault *fault);

/* A polygon from GeoJSON. points and sizes are the caller's to sqlite3_free(), also on failure. */
struct polygon {
    pole_point *points;
    size_t *sizes;
    size_t rings;
};
int polygon_argument(sqlite3_value *value, struct polygon *polygon, struct fault *fault);
void polygon_free(struct polygon *polygon);

/* Results: text is copied, an empty one and NAN are NULL. */
void result_span(sqlite3_context *call, pole_span text);
void result_word(sqlite3_context *call, const char *word);
void result_number(sqlite3_context *call, double number);
void result_code(sqlite3_context *call, const pole_index *index, pole_code code);

/* The words of a set of bits, joined by ';' as the command's columns have them; NULL: none. */
void result_words(sqlite3_context *call, uint32_t bits, const char *(*name)(uint32_t bit));

/* Text that a function of json.h writes. */
typedef pole_status (*text_writer)(const void *what, char *text, size_t capacity, size_t *needed);
void result_written(sqlite3_context *call, text_writer write, const void *what);

#endif
