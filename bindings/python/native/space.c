/* SPDX-License-Identifier: MIT
 * Poles and stations around a place. */
#include "core.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A list of (pole, distance_m, bearing_deg). */
static PyObject *list_of_hits(core_state *state, pole_index *index, const pole_hit *hits,
                              size_t count)
{
    PyObject *list = PyList_New((Py_ssize_t)count);
    for (size_t i = 0; list && i < count; i++) {
        PyObject *hit = Py_BuildValue("(Ndd)", new_pole(state, index, hits[i].row),
                                      hits[i].distance_m, hits[i].bearing_deg);
        if (hit == NULL || PyList_SetItem(list, (Py_ssize_t)i, hit) < 0)
            Py_CLEAR(list);
    }
    return list;
}

/* nearest(lat, lon, k, max_m) */
PyObject *index_nearest(PyObject *self, PyObject *args)
{
    pole_point at;
    Py_ssize_t k;
    double max_m;
    size_t count = 0;
    PyObject *list = NULL;
    pole_status status = POLE_INVALID_ARGUMENT;
    if (!PyArg_ParseTuple(args, "ddnd", &at.lat_deg, &at.lon_deg, &k, &max_m))
        return NULL;
    pole_index *index = index_borrow(self);
    if (index == NULL)
        return NULL;
    const int fits = k >= 1 && k <= POLE_MAX_NEAREST;
    pole_hit *hits = malloc((fits ? (size_t)k : 1) * sizeof *hits);
    if (hits == NULL) {
        status = POLE_NO_MEMORY;
    } else if (fits) {
        Py_BEGIN_ALLOW_THREADS;
        status = pole_nearest(index, at, (size_t)k, max_m, hits, &count);
        Py_END_ALLOW_THREADS;
    }
    if (status == POLE_OK)
        list = list_of_hits(index_state(self), index, hits, count);
    else
        raise_status(index_state(self), status, NULL, NULL);
    free(hits);
    pole_index_close(index);
    return list;
}

/* nearest_rows(points, k, max_m): points are doubles, latitude and longitude in turn. Gives (rows,
 * distances, bearings, counts) as bytearrays; what was not found is POLE_NO_ROW, NAN, NAN. */
PyObject *index_nearest_many(PyObject *self, PyObject *args)
{
    Py_buffer view;
    Py_ssize_t k;
    double max_m;
    pole_status status = POLE_INVALID_ARGUMENT;
    if (!PyArg_ParseTuple(args, "y*nd", &view, &k, &max_m))
        return NULL;
    const size_t count = (size_t)view.len / sizeof(pole_point);
    pole_index *index = index_borrow(self);
    PyObject *out[4] = {NULL, NULL, NULL, NULL}, *all = NULL;
    if (index && (k < 1 || k > POLE_MAX_NEAREST)) {
        raise_status(index_state(self), status, NULL, NULL);
    } else if (index) {
        const size_t width[4] = {sizeof(pole_row), sizeof(double), sizeof(double),
                                 sizeof(uint32_t)};
        int made = 1;
        for (size_t i = 0; i < 4 && made; i++) {
            const size_t cells = i < 3 ? count * (size_t)k : count;
            out[i] = PyByteArray_FromStringAndSize(NULL, (Py_ssize_t)(cells * width[i]));
            made = out[i] != NULL;
        }
        size_t *counts = made ? malloc((count + 1) * sizeof *counts) : NULL;
        pole_hit *hits = counts ? malloc((count * (size_t)k + 1) * sizeof *hits) : NULL;
        if (made && hits == NULL)
            PyErr_NoMemory();
        if (hits) {
            uint32_t *rows = (void *)PyByteArray_AsString(out[0]);
            double *distances = (void *)PyByteArray_AsString(out[1]);
            double *bearings = (void *)PyByteArray_AsString(out[2]);
            uint32_t *found = (void *)PyByteArray_AsString(out[3]);
            Py_BEGIN_ALLOW_THREADS;
            status = pole_nearest_many(index, view.buf, count, (size_t)k, max_m, hits, counts);
            for (size_t i = 0; i < count; i++) {
                found[i] = (uint32_t)counts[i];
                for (size_t j = 0; j < (size_t)k; j++) {
                    const size_t at = i * (size_t)k + j;
                    const int there = j < counts[i];
                    rows[at] = there ? hits[at].row : POLE_NO_ROW;
                    distances[at] = there ? hits[at].distance_m : (double)NAN;
                    bearings[at] = there ? hits[at].bearing_deg : (double)NAN;
                }
            }
            Py_END_ALLOW_THREADS;
            if (status == POLE_OK)
                all = PyTuple_Pack(4, out[0], out[1], out[2], out[3]);
            else
                raise_status(index_state(self), status, NULL, NULL);
        }
        free(hits);
        free(counts);
    }
    for (size_t i = 0; i < 4; i++)
        Py_XDECREF(out[i]);
    pole_index_close(index);
    PyBuffer_Release(&view);
    return all;
}

/* within_radius(lat, lon, radius_m) */
PyObject *index_within(PyObject *self, PyObject *args)
{
    pole_point at;
    double radius_m;
    size_t needed = 0;
    pole_hit *hits = NULL;
    PyObject *list = NULL;
    pole_status status;
    if (!PyArg_ParseTuple(args, "ddd", &at.lat_deg, &at.lon_deg, &radius_m))
        return NULL;
    pole_index *index = index_borrow(self);
    if (index == NULL)
        return NULL;
    Py_BEGIN_ALLOW_THREADS;
    status = pole_within_radius(index, at, radius_m, NULL, 0, &needed);
    if (status == POLE_LIMIT) {
        hits = malloc(needed * sizeof *hits);
        status =
            hits ? pole_within_radius(index, at, radius_m, hits, needed, &needed) : POLE_NO_MEMORY;
    }
    Py_END_ALLOW_THREADS;
    if (status == POLE_OK)
        list = list_of_hits(index_state(self), index, hits, needed);
    else
        raise_status(index_state(self), status, NULL, NULL);
    free(hits);
    pole_index_close(index);
    return list;
}

/* box(south, west, north, east) */
PyObject *index_box(PyObject *self, PyObject *args)
{
    pole_box box;
    size_t needed = 0;
    pole_row *rows = NULL;
    PyObject *list = NULL;
    pole_status status;
    if (!PyArg_ParseTuple(args, "dddd", &box.south_deg, &box.west_deg, &box.north_deg,
                          &box.east_deg))
        return NULL;
    pole_index *index = index_borrow(self);
    if (index == NULL)
        return NULL;
    Py_BEGIN_ALLOW_THREADS;
    status = pole_within_box(index, &box, NULL, 0, &needed);
    if (status == POLE_LIMIT) {
        rows = malloc(needed * sizeof *rows);
        status = rows ? pole_within_box(index, &box, rows, needed, &needed) : POLE_NO_MEMORY;
    }
    Py_END_ALLOW_THREADS;
    if (status == POLE_OK)
        list = list_of_poles(index_state(self), index, rows, needed);
    else
        raise_status(index_state(self), status, NULL, NULL);
    free(rows);
    pole_index_close(index);
    return list;
}

/* GeoJSON to arrays of exactly the size that it needs. */
static pole_status read_geojson(pole_span json, pole_point **points, size_t **sizes, size_t *count,
                                pole_error *error)
{
    size_t point_count = 0;
    pole_status status = pole_polygon_read(json.data, json.size_bytes, NULL, NULL, 0, &point_count,
                                           NULL, 0, count, error);
    if (status != POLE_LIMIT || point_count == 0)
        return status;
    *points = malloc(point_count * sizeof **points);
    *sizes = malloc(*count * sizeof **sizes);
    if (*points == NULL || *sizes == NULL)
        return POLE_NO_MEMORY;
    return pole_polygon_read(json.data, json.size_bytes, NULL, *points, point_count, &point_count,
                             *sizes, *count, count, error);
}

/* rings: a tuple of tuples of (lat, lon), as Python makes them. */
static int read_rings(PyObject *rings, pole_point **points, size_t **sizes, size_t *count)
{
    size_t total = 0, next = 0;
    *count = (size_t)PyTuple_Size(rings);
    *sizes = malloc((*count + 1) * sizeof **sizes);
    if (*sizes == NULL)
        return PyErr_NoMemory() != NULL;
    for (size_t i = 0; i < *count; i++) {
        const Py_ssize_t size = PyTuple_Size(PyTuple_GetItem(rings, (Py_ssize_t)i));
        if (size < 0)
            return 0;
        (*sizes)[i] = (size_t)size;
        total += (size_t)size;
    }
    *points = malloc((total + 1) * sizeof **points);
    if (*points == NULL)
        return PyErr_NoMemory() != NULL;
    for (size_t i = 0; i < *count; i++) {
        PyObject *ring = PyTuple_GetItem(rings, (Py_ssize_t)i);
        for (size_t j = 0; j < (*sizes)[i]; j++, next++) {
            if (!PyArg_ParseTuple(PyTuple_GetItem(ring, (Py_ssize_t)j),
                                  "dd;a point of a ring is (lat, lon)", &(*points)[next].lat_deg,
                                  &(*points)[next].lon_deg))
                return 0;
        }
    }
    return 1;
}

int read_polygon(core_state *state, PyObject *rings, pole_point **points, size_t **sizes,
                 size_t *count)
{
    pole_span json;
    pole_error error = {.status = POLE_OK};
    pole_status status = POLE_OK;
    if (PyTuple_Check(rings) ? !read_rings(rings, points, sizes, count)
                             : !span_of_text(rings, &json))
        return 0;
    if (!PyTuple_Check(rings))
        status = read_geojson(json, points, sizes, count, &error);
    /* The library takes no ring for no evidence, and nothing to lie in an empty one: who gives a
     * polygon means neither. */
    int whole = *count > 0;
    for (size_t i = 0; status == POLE_OK && i < *count; i++)
        whole = whole && (*sizes)[i] > 0;
    if (status == POLE_OK && !whole)
        status = POLE_INVALID_ARGUMENT;
    return status == POLE_OK || raise_status(state, status, &error, NULL) != NULL;
}

/* polygon_poles(rings) */
PyObject *index_polygon(PyObject *self, PyObject *rings)
{
    pole_point *points = NULL;
    size_t *sizes = NULL, count = 0, needed = 0;
    pole_row *rows = NULL;
    PyObject *list = NULL;
    pole_status status;
    pole_index *index = index_borrow(self);
    if (index == NULL)
        return NULL;
    if (read_polygon(index_state(self), rings, &points, &sizes, &count)) {
        Py_BEGIN_ALLOW_THREADS;
        status = pole_within_polygon(index, points, sizes, count, NULL, 0, &needed);
        if (status == POLE_LIMIT) {
            rows = malloc(needed * sizeof *rows);
            status = rows ? pole_within_polygon(index, points, sizes, count, rows, needed, &needed)
                          : POLE_NO_MEMORY;
        }
        Py_END_ALLOW_THREADS;
        if (status == POLE_OK)
            list = list_of_poles(index_state(self), index, rows, needed);
        else
            raise_status(index_state(self), status, NULL, NULL);
    }
    free(rows);
    free(sizes);
    free(points);
    pole_index_close(index);
    return list;
}

PyObject *station_tuple(const pole_index *index, pole_station_number number)
{
    pole_station station = {.struct_size = sizeof station};
    if (number == POLE_NO_STATION || pole_index_station(index, number, &station) != POLE_OK)
        Py_RETURN_NONE;
    return Py_BuildValue("(NNNNddNNNNN)", text_of(station.id), text_of(station.name),
                         text_of(station.kind), text_of(station.phone), station.at.lat_deg,
                         station.at.lon_deg, text_of(station.group), text_of(station.district),
                         text_of(station.prefix), text_of(station.scope),
                         text_of(station.successor));
}

PyObject *station_hits(const pole_index *index, const pole_station_hit *hits, size_t count)
{
    PyObject *tuple = PyTuple_New((Py_ssize_t)count);
    for (size_t i = 0; tuple && i < count; i++) {
        const pole_station_hit *hit = &hits[i];
        PyObject *item =
            Py_BuildValue("(NsOddNN)", station_tuple(index, hit->number), pole_role_name(hit->role),
                          hit->chosen ? Py_True : Py_False, hit->distance_m, hit->bearing_deg,
                          number_of(hit->road_m), number_of(hit->road_s));
        if (item == NULL || PyTuple_SetItem(tuple, (Py_ssize_t)i, item) < 0)
            Py_CLEAR(tuple);
    }
    return tuple;
}

PyObject *edge_tuple(const pole_index *index, const pole_area_edge *edge)
{
    if (edge->station == POLE_NO_STATION)
        Py_RETURN_NONE;
    return Py_BuildValue("(dN)", edge->distance_m, station_tuple(index, edge->station));
}

/* station_hits_at(lat, lon, kind, roles, nearest) */
PyObject *index_stations_at(PyObject *self, PyObject *args)
{
    pole_point at;
    PyObject *kind, *tuple = NULL;
    pole_span span;
    unsigned roles;
    Py_ssize_t nearest;
    size_t needed = 0;
    if (!PyArg_ParseTuple(args, "ddOIn", &at.lat_deg, &at.lon_deg, &kind, &roles, &nearest) ||
        !span_of_text(kind, &span))
        return NULL;
    if (nearest < 0) {
        PyErr_SetString(PyExc_ValueError, "how many of the nearest cannot be below zero");
        return NULL;
    }
    pole_index *index = index_borrow(self);
    if (index == NULL)
        return NULL;
    pole_station_hit few[16], *hits = few;
    pole_status status =
        pole_stations_at(index, at, span, roles, (size_t)nearest, few, 16, &needed);
    if (status == POLE_LIMIT) {
        hits = malloc(needed * sizeof *hits);
        status =
            hits ? pole_stations_at(index, at, span, roles, (size_t)nearest, hits, needed, &needed)
                 : POLE_NO_MEMORY;
    }
    if (status == POLE_OK)
        tuple = station_hits(index, hits, needed);
    else
        raise_status(index_state(self), status, NULL, NULL);
    if (hits != few)
        free(hits);
    pole_index_close(index);
    return tuple;
}

/* area_edge_at(lat, lon, max_m) */
PyObject *index_area_edge(PyObject *self, PyObject *args)
{
    pole_point at;
    double max_m;
    pole_area_edge edge;
    if (!PyArg_ParseTuple(args, "ddd", &at.lat_deg, &at.lon_deg, &max_m))
        return NULL;
    pole_index *index = index_borrow(self);
    if (index == NULL)
        return NULL;
    const pole_status status = pole_area_edge_at(index, at, max_m, &edge);
    PyObject *tuple = status == POLE_OK ? edge_tuple(index, &edge)
                                        : raise_status(index_state(self), status, NULL, NULL);
    pole_index_close(index);
    return tuple;
}

/* station_of(id or number); None beyond the last number. */
PyObject *index_station(PyObject *self, PyObject *key)
{
    pole_station_number number = POLE_NO_STATION;
    pole_span id;
    pole_status status = POLE_OK;
    pole_index *index = index_borrow(self);
    if (index == NULL)
        return NULL;
    if (PyLong_Check(key))
        number = (pole_station_number)PyLong_AsUnsignedLongMask(key);
    else if (span_of_text(key, &id))
        status = pole_index_find_station(index, id, &number);
    PyObject *tuple = PyErr_Occurred()    ? NULL
                      : status == POLE_OK ? station_tuple(index, number)
                                          : raise_status(index_state(self), status, NULL, key);
    pole_index_close(index);
    return tuple;
}
