/* SPDX-License-Identifier: MIT
 *
 * Arrow arrays, schemas and streams as a foreign producer makes them, for tests: every buffer is a
 * block of its own (so that a read beyond is seen), every release is counted, and releasing twice
 * or forgetting one shows. */
#ifndef SUPPORT_ARROW_MADE_H
#define SUPPORT_ARROW_MADE_H

#include <polelookup/arrow.h>

/* Arrays, schemas and streams that were made and not released. */
extern int arrow_made_alive;

/* A column of this format ("u", "U", "vu", "n", "c" to "L", "f", "g"), from texts; NULL: a null.
 * offset: so many rows of other values before it. */
void arrow_make_column(const char *format, const char *const *texts, size_t count, size_t offset,
                       struct ArrowArray *array);
/* A dictionary of the values, with these indexes; -1: a null. */
void arrow_make_dictionary(const char *index_format, const int *indexes, size_t count,
                           struct ArrowArray *values, struct ArrowArray *array);
/* A struct array of columns, which are moved in. valid: NULL, or a character a row: '0' is null. */
void arrow_make_table(struct ArrowArray *columns, size_t count, int64_t rows, const char *valid,
                      struct ArrowArray *table);

void arrow_make_schema(const char *format, const char *name, struct ArrowSchema *schema);
/* children, dictionary: moved in; NULL: none. */
void arrow_make_nested(const char *format, const char *name, struct ArrowSchema *children,
                       size_t count, struct ArrowSchema *dictionary, struct ArrowSchema *schema);

/* A stream that gives these batches (moved in, in order) under copies of a schema of columns.
 * fail_at: the batch that fails with EPERM and a message, from 0; -1: none. */
typedef struct {
    const char *const *formats;
    const char *const *names;
    size_t columns;
    struct ArrowArray *batches;
    size_t count;
    int fail_at;
} arrow_made_stream;
void arrow_make_stream(const arrow_made_stream *content, struct ArrowArrayStream *stream);

/* What stands in a column: NULL for a null. Of text: lives with the array, NUL-ended by the next
 * call alone, so copy it. */
const char *arrow_text_at(const struct ArrowArray *column, int64_t row);
/* NAN for a null. */
double arrow_number_at(const struct ArrowArray *column, int64_t row);

#endif
