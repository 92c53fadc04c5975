/* SPDX-License-Identifier: MIT
 * The module polelookup._core: the library's objects as Python objects, by the stable ABI of Python
 * 3.11. What is pleasant to use is made of them in Python; here is what needs C. */
#ifndef NATIVE_CORE_H
#define NATIVE_CORE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <polelookup/polelookup.h>

/* What the module holds; it lives as long as its types do. pole_type and index_type may be
 * subclasses, set by register_types(). */
typedef struct {
    PyObject *error;  /* the exceptions of errors.py */
    PyObject *errors; /* dict: a status's name to the subclass for it */
    PyTypeObject *index_type;
    PyTypeObject *pole_type;
    PyTypeObject *resolution_type;
    PyTypeObject *channel_type;
} core_state;

/* index == NULL: closed. */
typedef struct {
    PyObject_HEAD pole_index *index;
    core_state *state;
    PyObject *path; /* str, or None when opened from memory */
    int mapped;
} index_object;

/* A pole of one index, which it keeps alive. */
typedef struct {
    PyObject_HEAD pole_index *index;
    core_state *state;
    pole_row row;
} pole_object;

typedef struct {
    PyObject_HEAD pole_channel *channel;
} channel_object;

extern PyType_Spec index_spec, pole_spec, resolution_spec, channel_spec;

#define WITH_KEYWORDS(function) ((PyCFunction)(void (*)(void))(function))

/* Another owner of the index, so that a call may go on without the lock of the interpreter while
 * another thread closes or reloads it; NULL, and a ValueError, when it is closed. To be closed by
 * pole_index_close(). */
pole_index *index_borrow(PyObject *self);
core_state *index_state(PyObject *self);

/* A new object of a type without arguments. */
PyObject *new_object(PyTypeObject *type);
/* For types whose objects are made by a call of another: a TypeError. */
PyObject *no_new(PyTypeObject *type, PyObject *args, PyObject *kwargs);
/* Frees an object of a heap type. */
void free_object(PyObject *self);

/* A new pole; None for POLE_NO_ROW. The index gets one more owner. */
PyObject *new_pole(core_state *state, pole_index *index, pole_row row);
/* The same, as a list. */
PyObject *list_of_poles(core_state *state, pole_index *index, const pole_row *rows, size_t count);
/* Whether an object was made by new_pole(). */
int is_pole(core_state *state, PyObject *object);

/* Raises polelookup.Error or a subclass of it, or MemoryError, for a status; returns NULL. error,
 * subject (the code asked for): may be NULL. */
PyObject *raise_status(core_state *state, pole_status status, const pole_error *error,
                       PyObject *subject);

/* The bytes of a str, borrowed from it; empty for None and NULL. False: an exception is set. */
int span_of_text(PyObject *text, pole_span *span);
PyObject *text_of(pole_span span);
/* A float; None for NAN. */
PyObject *number_of(double number);
/* (id, name, kind, phone, lat, lon, group, district, prefix, scope, successor); None. */
PyObject *station_tuple(const pole_index *index, pole_station_number number);
/* A tuple of (station, role, chosen, distance_m, bearing_deg, road_m, road_s). */
PyObject *station_hits(const pole_index *index, const pole_station_hit *hits, size_t count);
/* (distance_m, station) or None. */
PyObject *edge_tuple(const pole_index *index, const pole_area_edge *edge);
/* "active", "moved", "removed" */
const char *state_name(int32_t state);
/* datetime.date or None */
PyObject *date_of(int32_t days);
PyObject *code_text(const pole_index *index, pole_code code, int32_t grouped);

/* A row by a code's text. scope: NULL for any. */
pole_status find_row(const pole_index *index, pole_span text, const pole_span *scope,
                     pole_row *row);

/* A text that a function writes when it is given enough room. */
typedef pole_status (*text_writer)(const void *context, char *text, size_t capacity,
                                   size_t *needed);
PyObject *written_text(core_state *state, text_writer write, const void *context);

/* arrow.c */
PyObject *index_match_array(PyObject *self, PyObject *args, PyObject *kwargs);
PyObject *index_match_stream(PyObject *self, PyObject *args, PyObject *kwargs);
PyObject *stream_schema(PyObject *module, PyObject *in);

/* space.c */
PyObject *index_nearest(PyObject *self, PyObject *args);
PyObject *index_nearest_many(PyObject *self, PyObject *args);
PyObject *index_within(PyObject *self, PyObject *args);
PyObject *index_box(PyObject *self, PyObject *args);
PyObject *index_polygon(PyObject *self, PyObject *args);
PyObject *index_stations_at(PyObject *self, PyObject *args);
PyObject *index_area_edge(PyObject *self, PyObject *args);
PyObject *index_station(PyObject *self, PyObject *args);
/* A list of rings of (lat, lon), or GeoJSON as bytes, to points and ring sizes, to be freed. */
int read_polygon(core_state *state, PyObject *rings, pole_point **points, size_t **sizes,
                 size_t *count);

/* batch.c, sources.c */
PyObject *index_lookup(PyObject *self, PyObject *args);

/* resolve.c */
PyObject *index_resolve(PyObject *self, PyObject *args, PyObject *kwargs);
PyObject *index_between(PyObject *self, PyObject *args, PyObject *kwargs);

/* An answer, and what is needed to write it down; owner of all of it. */
typedef struct {
    PyObject_HEAD pole_index *index;
    core_state *state;
    pole_resolution *resolution;
    pole_heard *first, *second;
    pole_between_answer between;
} resolution_object;

/* answer.c */
PyObject *new_resolution(core_state *state, pole_index *index);
PyObject *describe_pole(core_state *state, pole_index *index, pole_row row, PyObject *crs);

#endif
