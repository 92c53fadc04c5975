/* SPDX-License-Identifier: MIT
 *
 * From tables to an index, and back.
 *
 * A builder takes poles, stations and areas from files or one by one, and writes an index file
 * that appears whole or not at all. Nothing is guessed and nothing lost: a row that cannot be
 * taken is reported with file, line, column, value and reason. The same files in the
 * same order, and the same time, give the same bytes on any machine; the same rows in any order and
 * number of files give the same content id.
 *
 * What a table says
 *   - A pole's key is (scope, code). Rows of one key that agree in every column that is read are
 *     one pole; where any differ, all of them are refused. Rows that differ in nothing but the
 *     alias and its owner are one pole with several aliases. So the order of rows cannot matter.
 *   - Codes are digits alone, ASCII or full-width, of a length that the scheme of their scope has.
 *   - status: active, moved, removed, or their usual synonyms (in use, relocated, demolished; 在用,
 *     迁移, 拆除, 报废 ...). Another word counts as active, is remarked on, and becomes the note of
 *     a pole that has none.
 *   - surveyed: 2008-06-30, 2008/6/30, 2008.6.30, 20080630, 2008年6月30日. Another text is remarked
 *     on and left out, and so are a station's prefix that is not digits and an owner without alias.
 *   - A station's kind is "police" when the cell is empty or says so (police station, 派出所 ...).
 *   - A police station's prefix (of its poles' codes), when the cell is empty, is its id if that
 *     has just as many digits as a code of its scope has up to and with the station; "-" says that
 *     there is none. Two stations with one prefix both lose it, with a remark, and so does a
 *     station of another kind.
 *   - A station's successor must lead to a station of the same kind without one in at most 16
 *     steps; a station whose chain does not is refused, since each would send a car to a closed
 *     door. An area of a station with a successor is taken as the successor's, with a remark.
 *   - Texts lose the white space around them and keep every other byte; more than 64 KiB, control
 *     characters, line breaks and marks that turn the direction of writing are refused.
 *   - Areas are polygons whose rings neither cross nor run along one another. Others are mended by
 *     the adapters and remarked on, or refused without them. A ring that is not closed is closed,
 *     with a remark.
 *
 * A builder belongs to one thread. */
#ifndef POLELOOKUP_BUILD_H
#define POLELOOKUP_BUILD_H

#include <polelookup/adapters.h>
#include <polelookup/lookup.h>
#include <polelookup/near.h>
#include <polelookup/station.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { POLE_TABLE_POLES = 1, POLE_TABLE_STATIONS = 2, POLE_TABLE_AREAS = 3 };

/* What became of a row, or of a cell. Fixed numbers; the stable words are pole_finding_name(). */
typedef int32_t pole_finding_kind;
enum {
    POLE_FINDING_MALFORMED_CODE = 1,
    POLE_FINDING_EMPTY_CELL = 2,
    POLE_FINDING_BAD_NUMBER = 3,
    POLE_FINDING_OUT_OF_RANGE = 4,  /* not degrees, or outside the CRS */
    POLE_FINDING_OUT_OF_BOUNDS = 5, /* outside the bounds given */
    POLE_FINDING_LOOKS_METRIC = 6,  /* metres where degrees were stated */
    POLE_FINDING_LOOKS_SWAPPED = 7, /* latitude and longitude changed places */
    POLE_FINDING_RAGGED_ROW = 8,
    POLE_FINDING_BAD_TEXT = 9,   /* not the encoding that the file is in */
    POLE_FINDING_DUPLICATE = 10, /* differs from another row of the same scope and code */
    POLE_FINDING_COLLAPSED = 11, /* equals another row: taken once */
    POLE_FINDING_UNKNOWN_STATION = 12,
    POLE_FINDING_BAD_GEOMETRY = 13,
    POLE_FINDING_MENDED_GEOMETRY = 14,
    POLE_FINDING_BAD_VALUE = 15, /* an optional cell that cannot be read */
    POLE_FINDING_TOO_LONG = 16,
    POLE_FINDING_UNCLOSED_QUOTE = 17,
    POLE_FINDING_OTHER_CRS = 18 /* the file states another CRS */
};

POLE_API const char *pole_finding_name(pole_finding_kind kind);

/* A report of one row. Spans live during the call alone. message and hint are fit to show; file,
 * column_name and value are as they were found, be they UTF-8 or not. */
typedef struct {
    uint32_t struct_size;
    pole_finding_kind kind;
    int32_t refused; /* 1: the row is not in the index; 0: it is, as the message says */
    uint32_t table;  /* POLE_TABLE_... */
    uint32_t line;   /* of the file, from 1; 0: the file as a whole. Of rows added by calls (file
                        is empty): the how manieth of its table */
    uint32_t column; /* cell, from 1; 0: the whole row */
    pole_span file;  /* without folders */
    pole_span column_name;
    pole_span value;   /* of the cell; cut at 200 bytes */
    pole_span message; /* for a person, in English */
    pole_span hint;    /* what to do; may be empty */
} pole_finding;

typedef struct {
    uint32_t struct_size;
    uint32_t strict;                 /* 1: the first refused row stops the build */
    const pole_allocator *allocator; /* NULL: malloc; copied */
    const pole_adapters *adapters;   /* NULL: no EPSG beyond 4326 and 4490, no mending of areas,
                                        no foreign formats; must outlive the builder */
    const char *from_crs;   /* of the files' coordinates: "EPSG:4326" (when NULL), "EPSG:4530",
                               "gcj02", "bd09", ... One kind of table may have its own:
                               "EPSG:4530;areas=EPSG:4326", "poles=gcj02". A file that states
                               another one is refused */
    const char *scheme;     /* "[SCOPE/]FIELD:DIGITS,...", several joined by ';'. NULL:
                               "district:1,station:2,street:2,pole:2" for the urban scope. A scope
                               '*' is any scope without a scheme of its own. "pole:N" is a plain
                               number of N digits */
    const pole_box *bounds; /* all poles and stations must lie in it; NULL: anywhere */
    const char *const *map; /* "role=header name" or "table.role=header name"; NULL-ended */
    const char *encoding;   /* NULL: found out */
    const char *name;       /* what the index calls itself: UTF-8, at most 1,024 bytes; NULL: "" */
    uint32_t delimiter;     /* 0: found out */
    uint32_t is_sample;     /* 1: invented data; every answer will say so */
    int64_t source_date_epoch_s; /* the build's time; below 0: the newest source's */
    /* Called for each finding, in order of discovery; NULL: only counted. */
    void (*on_finding)(void *context, const pole_finding *finding);
    void *context;
    /* Gets the refused rows as CSV (file,line,column,column_name,value,reason,message,row), where
     * row is a JSON array of all its cells as texts (null: no such cell), and last a feature's
     * geometry. Costs memory as large as the tables, since rows can be refused at the end. NULL:
     * not wanted. */
    const pole_sink *rejects;
    uint32_t no_doubts; /* 1: leave out how doubtful each pole's code is (some 10 us a pole): bulk
                           work then resolves every code */
    uint32_t reserved;
} pole_build_options;

POLE_API void pole_build_options_init(pole_build_options *options);

typedef struct pole_builder pole_builder;

/* options are copied, texts too. Returns POLE_OK, POLE_INVALID_ARGUMENT (a scheme or CRS that
 * cannot be read; the message says why), POLE_UNSUPPORTED or POLE_NO_MEMORY. */
POLE_API pole_status pole_builder_new(const pole_build_options *options, pole_builder **builder,
                                      pole_error *error);

/* Adds a file (CSV, GeoJSON; others through an adapter; "-" is standard input, CSV or GeoJSON).
 * POLE_OK although rows were refused; POLE_IO; POLE_BAD_INPUT when it is no table at all (no code
 * column, ...); POLE_REFUSED when strict; POLE_UNSUPPORTED; POLE_NO_MEMORY; POLE_LIMIT. A failure
 * ends the build: every later call repeats it, so that half a table is not finished by mistake. */
POLE_API pole_status pole_builder_add_file(pole_builder *builder, uint32_t table, const char *path,
                                           pole_error *error);

/* Adds one pole, judged as a row would be. code is the code as text; scope, street, district, note,
 * successor, alias and alias_owner may be empty, surveyed_days is POLE_NO_DATE where not known (0
 * is 1970-01-01). record->row and record->code are not read. WGS 84. POLE_OK; POLE_BAD_INPUT: this
 * one is refused, and reported, and the build goes on; POLE_INVALID_ARGUMENT: not even a row, and
 * nothing happened; POLE_REFUSED when strict; POLE_NO_MEMORY; POLE_LIMIT. */
POLE_API pole_status pole_builder_add_pole(pole_builder *builder, pole_span code,
                                           const pole_record *record, pole_error *error);

/* Adds one station; station->number is not read. WGS 84. As above. */
POLE_API pole_status pole_builder_add_station(pole_builder *builder, const pole_station *station,
                                              pole_error *error);

/* Adds one area: rings as in pole_within_polygon(). Several rings that are not sound are refused,
 * adapter or not: which of them are holes is not known. As above. */
POLE_API pole_status pole_builder_add_area(pole_builder *builder, pole_span station_id,
                                           const pole_point *points, const size_t *ring_sizes,
                                           size_t rings, pole_error *error);

/* What a build did. rows_read = poles + stations + areas + rows_refused + rows_collapsed. */
typedef struct {
    uint32_t struct_size;
    uint32_t poles;
    uint32_t stations;
    uint32_t areas;
    uint64_t rows_read; /* of all tables */
    uint64_t rows_refused;
    uint64_t rows_collapsed; /* repeat another row, or add an alias to its pole */
    uint64_t remarks;        /* findings about rows that were taken */
    uint64_t file_bytes;
    char id[36];
    uint32_t reserved;
} pole_build_report;

/* Writes the index: to a temporary file beside path, synced, reopened and verified, renamed, the
 * folder synced. The builder can then only be freed. POLE_REFUSED when there is no pole to write:
 * the error then says what was wrong with all rows, and the cure. report may be NULL; after a
 * failure it holds the counts of rows alone. */
POLE_API pole_status pole_builder_finish(pole_builder *builder, const char *path,
                                         pole_build_report *report, pole_error *error);

/* The same into a sink, which gets the whole file, already verified. */
POLE_API pole_status pole_builder_finish_to(pole_builder *builder, const pole_sink *sink,
                                            pole_build_report *report, pole_error *error);

/* NULL is allowed. */
POLE_API void pole_builder_free(pole_builder *builder);

enum { POLE_EXPORT_CSV = 1, POLE_EXPORT_GEOJSON = 2 };

typedef struct {
    uint32_t struct_size;
    uint32_t table;  /* POLE_TABLE_... */
    uint32_t format; /* POLE_EXPORT_... */
    uint32_t reserved;
} pole_export_options;

POLE_API void pole_export_options_init(pole_export_options *options);

/* Writes a table of the index so that building from the three, with the index's schemes
 * (pole_index_scheme()) and sample flag stated again, gives the same content id. A pole with
 * several aliases is several rows. Areas have no CSV form (POLE_INVALID_ARGUMENT). */
POLE_API pole_status pole_export(const pole_index *index, const pole_export_options *options,
                                 const pole_sink *sink, pole_error *error);

/* The .csvt line (column types for GIS programs) of a CSV export, without a line end; empty for
 * areas. NUL-ended, static. */
POLE_API const char *pole_export_csvt(uint32_t table);

#ifdef __cplusplus
}
#endif
#endif
