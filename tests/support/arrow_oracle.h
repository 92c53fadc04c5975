/* SPDX-License-Identifier: MIT
 *
 * The small city's matches as an oracle for what comes out of the Arrow interface: the rows that
 * pole_matcher_run() gives the same texts, told through the functions for poles and stations. And
 * what the tests of that interface match: texts of all sorts, and a log with evidence. */
#ifndef SUPPORT_ARROW_ORACLE_H
#define SUPPORT_ARROW_ORACLE_H

#include "support/arrow_made.h"
#include "support/small_city.h"

/* The small city, and a check that all that was made was released: a fixture. */
extern pole_index *arrow_city;
void arrow_oracle_setup(void);
void arrow_oracle_teardown(void);

enum {
    STATUS,
    CODE,
    LAT,
    LON,
    STREET,
    CONFIDENCE,
    STATION_ID,
    STATION_NAME,
    DISTANCE,
    ROLE,
    SCOPE,
    WARNINGS,
    COLUMNS
};
extern const char *const arrow_column_names[COLUMNS];

/* The rows of a result are the matches of these texts; the added columns begin at `first`. */
void expect_matches(const struct ArrowArray *table, int64_t first, const char *const *texts,
                    const pole_row_evidence *evidence, size_t count);

/* pole_arrow_match(), which takes its input in any case, and leaves nothing when it fails. */
pole_status match(const pole_arrow_options *options, struct ArrowSchema *schema,
                  struct ArrowArray *array, struct ArrowSchema *schema_out, struct ArrowArray *out,
                  pole_error *error);
/* The same; the test fails when it does. */
void matched(const pole_arrow_options *options, struct ArrowSchema *schema,
             struct ArrowArray *array, struct ArrowSchema *schema_out, struct ArrowArray *out);
void release_both(struct ArrowSchema *schema, struct ArrowArray *array);

/* Exact, other lengths, spoken, partial, two counties, none. */
#define SAID 17
extern const char *const said[SAID];

/* A log with evidence of every form. */
#define LOG_ROWS 6
#define LOG_FIELDS 6
extern const char *const log_names[LOG_FIELDS];
extern const char *const log_formats[LOG_FIELDS];
/* Its cells as the command would have them in a CSV file. */
extern const char *const log_texts[LOG_FIELDS][LOG_ROWS];

/* offset, valid: as in arrow_made.h. */
void make_log(size_t offset, const char *valid, struct ArrowSchema *schema,
              struct ArrowArray *array);
void evidence_of_log(pole_row_evidence *evidence);

#endif
