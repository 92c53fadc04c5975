/* SPDX-License-Identifier: MIT
 *
 * Answers as JSON, one object on one line without a line end, keys always present, null where not
 * known. The objects are the contract that other programs read: docs/json.md and docs/schema/.
 * The same index and question give the same bytes. Characters that a terminal would act on
 * (controls, marks that turn the direction of writing) are escaped, bytes that are not UTF-8 become
 * U+FFFD.
 *
 * All functions that write JSON fill text (NUL-ended) and *needed, the room needed with the NUL;
 * POLE_LIMIT when capacity is less (text is then empty), POLE_NO_MEMORY or POLE_INVALID_ARGUMENT.
 * They work in memory of the allocator that their first argument was made with (an error's: the C
 * library's). None depends on the locale. */
#ifndef POLELOOKUP_JSON_H
#define POLELOOKUP_JSON_H

#include <polelookup/near.h>
#include <polelookup/resolution.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    uint32_t struct_size;
    int32_t language;        /* of question.text and warnings: ZH or EN */
    int32_t caller_language; /* of question.say: ZH, EN or RU */
    uint32_t reserved;
} pole_json_options;

POLE_API void pole_json_options_init(pole_json_options *options);

/* {"schema", "query", "heard", "readings", "status", ..., "candidates": [...], "question",
 * "warnings", "index", "engine"}. options: NULL for the defaults. */
POLE_API pole_status pole_resolution_json(const pole_resolution *resolution,
                                          const pole_json_options *options, char *text,
                                          size_t capacity, size_t *needed);

/* The words of a question in a language (ZH, EN or RU; ZH for another number), from its kind,
 * digits, digit, digit_count and choice: with the kind alone it is asked in general. Fills text
 * (NUL-ended) and *needed (may be NULL), the room needed with the NUL; POLE_LIMIT when capacity is
 * less (text is then empty), POLE_INVALID_ARGUMENT. POLE_QUESTION_BYTES are always enough. "" for
 * what is no question. */
#define POLE_QUESTION_BYTES 256
POLE_API pole_status pole_question_text(const pole_question *question, int32_t language, char *text,
                                        size_t capacity, size_t *needed);

/* The name of a question's kind in JSON: "read_back", ...; "nothing" for a number that is no
 * question. Static, NUL-ended. */
POLE_API const char *pole_question_name(int32_t question);

/* A sentence for one warning bit, "" for a bit that has none. language: ZH, else EN. Static,
 * NUL-ended. */
POLE_API const char *pole_warning_text(uint32_t warning, int32_t language);

/* {"schema", "pole": a candidate, "distance_m", "bearing_deg", "warnings", "index"}: described is
 * the hit's pole by pole_describe(); distance and bearing may be NAN (null), as for within. A hit
 * is found by its place: nothing was heard that could be doubted, and it is never "uncorroborated".
 * options: NULL for the defaults. */
POLE_API pole_status pole_hit_json(const pole_resolution *described, double distance_m,
                                   double bearing_deg, const pole_json_options *options, char *text,
                                   size_t capacity, size_t *needed);

/* {"schema", "query", "lat", "lon", "kind", "stations": [...], "area_edge", "warnings", "index"} of
 * a place. query: as the person gave it. kind: "police" when empty. hits: by pole_stations_of() or
 * pole_stations_at(), in all roles; those of no station of this index are left out. edge: by
 * pole_area_edge_at(), NULL when it was not asked. options: NULL for the defaults. */
POLE_API pole_status pole_stations_json(const pole_index *index, pole_span query, pole_point at,
                                        pole_span kind, const pole_station_hit *hits, size_t count,
                                        const pole_area_edge *edge,
                                        const pole_json_options *options, char *text,
                                        size_t capacity, size_t *needed);

/* {"schema", "name", "poles", "stations", "areas", "rows_read", "rows_refused", "rows_collapsed",
 * "bounds": [south, west, north, east], "schemes": [...], "sources": [...], "file_bytes",
 * "format_major", "format_minor", "doubt": null or {"channel_id", "used"}, "builder", "index":
 * {"id", "built_at", "data_date", "sample"}}.
 */
POLE_API pole_status pole_info_json(const pole_index *index, char *text, size_t capacity,
                                    size_t *needed);

/* {"error": {"code", "message", "hint", "line", "column"}}; no "schema", "index" or "engine". */
POLE_API pole_status pole_error_json(const pole_error *error, char *text, size_t capacity,
                                     size_t *needed);

#ifdef __cplusplus
}
#endif
#endif
