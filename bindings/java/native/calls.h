/* SPDX-License-Identifier: MIT
 *
 * The flat functions that stand under both ways from Java to C: JNI (jni.c) and the foreign
 * function interface (FfmCalls.java). Everything with texts and lists is one message in and one
 * message out; the lookups that must take nanoseconds have functions of their own (fast.c). */
#ifndef POLELOOKUP_JAVA_CALLS_H
#define POLELOOKUP_JAVA_CALLS_H

#include "wire.h"

#include <polelookup/polelookup.h>

/* An open index with the working memory of its past calls. Thread-safe. */
typedef struct polejava_index polejava_index;

/* What a message asks for: Call.java has the same numbers. */
enum {
    CALL_OPEN = 0,
    CALL_OPEN_MEMORY = 1,
    CALL_INFO = 2,
    CALL_VERIFY = 3,
    CALL_PARSE = 4,
    CALL_FORMAT = 5,
    CALL_FIND_SCOPE = 6,
    CALL_SHARE = 7,
    CALL_FIND_ALL = 8,
    CALL_FIND_ALIAS = 9,
    CALL_NEAREST = 10,
    CALL_NEAREST_MANY = 11,
    CALL_WITHIN_RADIUS = 12,
    CALL_WITHIN_BOX = 13,
    CALL_WITHIN_POLYGON = 14,
    CALL_POLYGON_READ = 15,
    CALL_STATION = 16,
    CALL_FIND_STATION = 17,
    CALL_STATIONS_OF = 18,
    CALL_STATIONS_AT = 19,
    CALL_RESOLVE = 20,
    CALL_DESCRIBE = 21,
    CALL_BETWEEN = 22,
    CALL_CHANNEL = 23,
    CALL_CRS = 24,
    CALL_HEAR = 25,
    CALL_ERROR_JSON = 26,
    CALL_WARNING_TEXT = 27,
    CALL_COUNT = 28
};

/* Answers a request. handle: an index's, or 0 for calls that need none. Returns the size of
 * *reply, which polejava_release() frees: a status (int32), then on POLE_OK what was asked for,
 * else the name of the status, a message, a hint, line, column (int32), offset (int64). Returns 0
 * when there was no memory for a reply. */
POLE_API int64_t polejava_call(int32_t what, int64_t handle, const uint8_t *request, int64_t size,
                               uint8_t **reply);
POLE_API void polejava_release(uint8_t *reply);

/* Frees an index that no call uses any more; and a channel. */
POLE_API void polejava_close(int64_t handle);
POLE_API void polejava_channel_free(int64_t channel);

/* Finds a code of an index. scope: a scope's number; POLE_ANY_SCOPE. Returns the row, its position
 * in lat_lon; or -status. */
POLE_API int64_t polejava_find(int64_t handle, int32_t number, int32_t digits, int32_t scope,
                               double *lat_lon);

/* Writes a row's record as record_write() does, if it fits; returns its size, be it written or not,
 * or -status. */
POLE_API int32_t polejava_record(int64_t handle, int32_t row, uint8_t *record, int32_t capacity);

/* As pole_index_find_many() and pole_index_find_texts(); arrays that are not wanted are NULL. */
POLE_API int32_t polejava_find_many(int64_t handle, const int32_t *numbers, int32_t count,
                                    int32_t digits, int32_t scope, double clean, int32_t *rows,
                                    int32_t *match, double *lat, double *lon, int32_t *stations,
                                    double *confidence, double *confidence_place,
                                    double *far_share);
POLE_API int32_t polejava_find_texts(int64_t handle, const uint8_t *texts, int32_t stride,
                                     int32_t count, int32_t digits, int32_t scope, double clean,
                                     int32_t *rows, int32_t *match, double *lat, double *lon,
                                     int32_t *stations, double *confidence,
                                     double *confidence_place, double *far_share);

/* What one call works in: given out to one thread at a time. */
typedef struct {
    pole_heard *heard;
    pole_heard *also;
    pole_heard *then;
    pole_resolution *resolution;
} workspace;

#define WORKSPACES 8

struct polejava_index {
    pole_index *index;
    int32_t is_sample;
    uint32_t lengths;
    _Atomic(workspace *) workspaces[WORKSPACES];
};

/* A call on its way. */
typedef struct {
    polejava_index *handle;
    const pole_index *index; /* of handle */
    wire_in in;
    wire_out out;
    pole_error error;
} call;

/* NULL: no memory. */
workspace *workspace_take(polejava_index *handle);
void workspace_give_back(polejava_index *handle, workspace *space);

/* A record's bytes: row, number, digits, scope, state, surveyed day, sample flag, size of the texts
 * (int32), latitude, longitude (double), then the texts scope, street, district, note, successor,
 * alias, alias_owner. Returns their size; writes nothing when capacity is less. */
size_t record_write(const pole_record *record, int32_t is_sample, uint8_t *to, size_t capacity);

/* The record of a row as above; a row's key: number, digits, scope (text). */
pole_status put_row(call *c, pole_row row);
pole_status put_record(call *c, const pole_record *record);
pole_status put_key(call *c, pole_row row);
pole_status put_station(call *c, pole_station_number number);
pole_status put_station_hits(call *c, const pole_station_hit *hits, size_t count);
pole_status put_area_edge(call *c, const pole_area_edge *edge);
pole_status put_resolution(call *c, const pole_resolution *resolution, const pole_heard *heard,
                           int32_t language, int32_t caller_language);

/* A pole_..._json() call with its arguments bound. */
typedef pole_status json_writer(const void *context, char *text, size_t capacity, size_t *needed);
pole_status put_json(call *c, json_writer *write, const void *context);

/* One function for each CALL_... but those of opening. */
pole_status call_info(call *c);
pole_status call_verify(call *c);
pole_status call_parse(call *c);
pole_status call_format(call *c);
pole_status call_find_scope(call *c);
pole_status call_find_all(call *c);
pole_status call_find_alias(call *c);
pole_status call_nearest(call *c);
pole_status call_nearest_many(call *c);
pole_status call_within_radius(call *c);
pole_status call_within_box(call *c);
pole_status call_within_polygon(call *c);
pole_status call_polygon_read(call *c);
pole_status call_station(call *c);
pole_status call_find_station(call *c);
pole_status call_stations_of(call *c);
pole_status call_stations_at(call *c);
pole_status call_resolve(call *c);
pole_status call_describe(call *c);
pole_status call_between(call *c);
pole_status call_channel(call *c);
pole_status call_crs(call *c);
pole_status call_hear(call *c);
pole_status call_error_json(call *c);
pole_status call_warning_text(call *c);

/* Rings of a message: the points' number, the points, the rings' number, the sizes. *points and
 * *rings are to be freed. */
pole_status take_polygon(call *c, pole_point **points, size_t **rings, size_t *count);

/* Says what was wrong with an argument. */
pole_status refuse(call *c, const char *message);

#endif
