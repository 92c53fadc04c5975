/* SPDX-License-Identifier: MIT
 * A city as a build hands it to save.c: plain arrays in their final order. Each room's pack reads
 * its part; nothing here is ever read from a file. */
#ifndef INDEX_DRAFT_H
#define INDEX_DRAFT_H

#include <polelookup/types.h>

/* Positions are WGS 84 in 1e-7 degree, not beyond these. */
#define POLE_MAX_LAT_E7 900000000
#define POLE_MAX_LON_E7 1800000000

/* Texts are numbers of strings of the sorted pool (strings.h); 0 is the empty text. */
typedef uint32_t pole_text_number;

typedef struct {
    pole_text_number name; /* of the scope */
    uint16_t scope;        /* 0: the empty one; the others from 1 in order of name */
    uint8_t digits;
    uint8_t field_count;
    uint8_t field_kind[9];
    uint8_t field_width[9];
    uint32_t first_row;
    uint32_t rows;
} pole_scheme_entry;

/* In order of (scheme entry, number). */
typedef struct {
    uint32_t number;
    int32_t lat_e7;
    int32_t lon_e7;
    pole_text_number street;
    pole_text_number district;
    pole_text_number note;
    pole_text_number successor;
    int32_t surveyed_days; /* POLE_NO_DATE: none */
    uint16_t scheme;       /* entry */
    uint8_t state;
    uint8_t reserved;
} pole_draft_pole;

/* In order of (alias, row, owner). */
typedef struct {
    pole_text_number alias;
    pole_text_number owner;
    uint32_t row;
} pole_draft_alias;

/* In order of id. */
typedef struct {
    pole_text_number id;
    pole_text_number name;
    pole_text_number kind;
    pole_text_number phone;
    pole_text_number group;
    pole_text_number district;
    pole_text_number prefix;
    pole_text_number scope;
    pole_text_number successor; /* id */
    int32_t lat_e7;
    int32_t lon_e7;
} pole_draft_station;

/* In order of (station, geometry); its rings follow those of the area before. */
typedef struct {
    uint32_t station;
    uint32_t rings;
} pole_draft_area;

/* Who answers for each pole; one element a row each. */
typedef struct {
    uint32_t *responsible; /* station, or POLE_NO_STATION */
    uint32_t *nearest;     /* police station, or POLE_NO_STATION */
    uint8_t *edge_m;       /* whole metres to another station's area, rounded down; 255: farther */
} pole_draft_assignments;

typedef struct {
    uint32_t kind; /* POLE_TABLE_... */
    pole_span file_name;
    pole_span hash;
    pole_span crs;
    uint64_t size_bytes;
    uint64_t rows_read;
    uint64_t rows_refused;
} pole_draft_source;

typedef struct {
    int64_t built_at_s;
    int64_t data_date_s;
    uint64_t rows_read;
    uint64_t rows_refused;
    uint64_t rows_collapsed;
    pole_span name;
    pole_span builder;
    const pole_draft_source *sources;
    uint32_t source_count;
} pole_draft_provenance;

typedef struct {
    uint32_t is_sample;
    const pole_span *strings; /* sorted, distinct, the first one empty */
    uint32_t string_count;
    const pole_scheme_entry *schemes;
    uint32_t scheme_count;
    const pole_draft_pole *poles;
    uint32_t pole_count;
    const pole_draft_alias *aliases;
    uint32_t alias_count;
    const pole_draft_station *stations;
    uint32_t station_count;
    const pole_draft_area *areas;
    uint32_t area_count;
    const uint32_t *ring_sizes; /* points of each ring; the first is not repeated at the end */
    uint32_t ring_count;
    const int32_t *points_e7; /* lat, lon, lat, lon ... of all rings */
    uint32_t point_count;
    pole_draft_assignments assignments;
    pole_draft_provenance provenance;
} pole_draft_city;

#endif
