/* SPDX-License-Identifier: MIT
 * The type Index: what an index is, and its poles by their codes. */
#include "core.h"

#include <stdlib.h>
#include <string.h>

pole_index *index_borrow(PyObject *self)
{
    pole_index *index = ((index_object *)self)->index;
    if (index == NULL)
        PyErr_SetString(PyExc_ValueError, "the index is closed");
    else
        pole_index_retain(index);
    return index;
}

core_state *index_state(PyObject *self)
{
    return ((index_object *)self)->state;
}

static PyObject *index_close(PyObject *self, PyObject *ignored)
{
    index_object *object = (index_object *)self;
    pole_index *index = object->index;
    (void)ignored;
    object->index = NULL;
    pole_index_close(index);
    Py_RETURN_NONE;
}

static void index_dealloc(PyObject *self)
{
    pole_index_close(((index_object *)self)->index);
    Py_CLEAR(((index_object *)self)->path);
    free_object(self);
}

/* Another handle on what is open now. */
static PyObject *index_snapshot(PyObject *self, PyObject *ignored)
{
    core_state *state = index_state(self);
    pole_index *index = index_borrow(self);
    (void)ignored;
    index_object *other = index ? (index_object *)new_object(state->index_type) : NULL;
    if (other == NULL) {
        pole_index_close(index);
        return NULL;
    }
    other->index = index;
    other->state = state;
    other->mapped = ((index_object *)self)->mapped;
    other->path = Py_NewRef(((index_object *)self)->path);
    return (PyObject *)other;
}

/* take(other): what other has open, in place of what is open here, at once for all threads. */
static PyObject *index_take(PyObject *self, PyObject *other)
{
    index_object *object = (index_object *)self;
    if (!PyObject_TypeCheck(other, Py_TYPE(self))) {
        PyErr_SetString(PyExc_TypeError, "an index is needed");
        return NULL;
    }
    if (object->index == NULL) {
        PyErr_SetString(PyExc_ValueError, "the index is closed");
        return NULL;
    }
    pole_index *fresh = index_borrow(other);
    if (fresh == NULL)
        return NULL;
    pole_index *old = object->index;
    object->index = fresh;
    pole_index_close(old);
    Py_RETURN_NONE;
}

static PyObject *index_id(PyObject *self, PyObject *ignored)
{
    pole_info info = {.struct_size = sizeof info};
    pole_index *index = index_borrow(self);
    (void)ignored;
    if (index == NULL)
        return NULL;
    pole_index_info(index, &info);
    pole_index_close(index);
    return Py_BuildValue("(sO)", info.id, info.is_sample ? Py_True : Py_False);
}

static pole_status write_info(const void *context, char *text, size_t capacity, size_t *needed)
{
    return pole_info_json(context, text, capacity, needed);
}

static PyObject *index_info(PyObject *self, PyObject *ignored)
{
    pole_index *index = index_borrow(self);
    (void)ignored;
    if (index == NULL)
        return NULL;
    PyObject *text = written_text(index_state(self), write_info, index);
    pole_index_close(index);
    return text;
}

static PyObject *index_scopes(PyObject *self, PyObject *ignored)
{
    pole_info info = {.struct_size = sizeof info};
    pole_index *index = index_borrow(self);
    (void)ignored;
    if (index == NULL)
        return NULL;
    pole_index_info(index, &info);
    PyObject *names = PyTuple_New((Py_ssize_t)info.scopes);
    for (uint32_t i = 0; names && i < info.scopes; i++) {
        pole_span name;
        pole_index_scope(index, (uint16_t)i, &name);
        PyObject *text = text_of(name);
        if (text == NULL || PyTuple_SetItem(names, (Py_ssize_t)i, text) < 0)
            Py_CLEAR(names);
    }
    pole_index_close(index);
    return names;
}

static PyObject *index_verify(PyObject *self, PyObject *ignored)
{
    pole_error error = {.status = POLE_OK};
    pole_status status;
    pole_index *index = index_borrow(self);
    (void)ignored;
    if (index == NULL)
        return NULL;
    Py_BEGIN_ALLOW_THREADS;
    status = pole_index_verify(index, &error);
    pole_index_close(index);
    Py_END_ALLOW_THREADS;
    if (status != POLE_OK)
        return raise_status(index_state(self), status, &error, NULL);
    Py_RETURN_NONE;
}

static Py_ssize_t index_length(PyObject *self)
{
    pole_info info = {.struct_size = sizeof info};
    pole_index *index = index_borrow(self);
    if (index == NULL)
        return -1;
    pole_index_info(index, &info);
    pole_index_close(index);
    return (Py_ssize_t)info.poles;
}

pole_status find_row(const pole_index *index, pole_span text, const pole_span *scope, pole_row *row)
{
    pole_code code;
    pole_status status = pole_code_parse(index, text, &code);
    if (status == POLE_OK && scope)
        status = pole_index_find_scope(index, *scope, &code.scope);
    return status == POLE_OK ? pole_index_find(index, code, row) : status;
}

static int code_span(PyObject *code, pole_span *span)
{
    if (PyUnicode_Check(code))
        return span_of_text(code, span);
    PyErr_SetString(PyExc_TypeError, "a code is a text: leading zeros matter");
    return 0;
}

/* The row of a code. Where it gives an index, the caller closes it. */
static pole_index *find_code(PyObject *self, PyObject *code, const pole_span *scope, pole_row *row,
                             pole_status *status)
{
    pole_span span;
    pole_index *index = code_span(code, &span) ? index_borrow(self) : NULL;
    if (index)
        *status = find_row(index, span, scope, row);
    return index;
}

static PyObject *found(PyObject *self, PyObject *code, const pole_span *scope)
{
    pole_row row = POLE_NO_ROW;
    pole_status status = POLE_OK;
    pole_index *index = find_code(self, code, scope, &row, &status);
    if (index == NULL)
        return NULL;
    PyObject *pole = status == POLE_OK ? new_pole(index_state(self), index, row)
                                       : raise_status(index_state(self), status, NULL, code);
    pole_index_close(index);
    return pole;
}

/* index[code] */
static PyObject *index_subscript(PyObject *self, PyObject *code)
{
    return found(self, code, NULL);
}

/* find(code, scope=None) */
static PyObject *index_find(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"code", "scope", NULL};
    PyObject *code, *scope = Py_None;
    pole_span span;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|O", names, &code, &scope) ||
        !span_of_text(scope, &span))
        return NULL;
    return found(self, code, scope == Py_None ? NULL : &span);
}

/* code in index: also a code of several counties. */
static int index_contains(PyObject *self, PyObject *code)
{
    pole_row row;
    pole_status status = POLE_OK;
    if (!PyUnicode_Check(code))
        return 0;
    pole_index *index = find_code(self, code, NULL, &row, &status);
    if (index == NULL)
        return -1;
    pole_index_close(index);
    return status == POLE_OK || status == POLE_SEVERAL;
}

/* All rows that a function finds, however many. */
typedef pole_status (*row_finder)(const pole_index *index, const void *key, pole_row *rows,
                                  size_t capacity, size_t *needed);

static pole_status by_code(const pole_index *index, const void *key, pole_row *rows,
                           size_t capacity, size_t *needed)
{
    const pole_code *code = key;
    return pole_index_find_all(index, *code, rows, capacity, needed);
}

static pole_status by_alias(const pole_index *index, const void *key, pole_row *rows,
                            size_t capacity, size_t *needed)
{
    const pole_span *alias = key;
    return pole_index_find_alias(index, *alias, rows, capacity, needed);
}

static PyObject *find_rows(PyObject *self, pole_index *index, row_finder find, const void *key)
{
    size_t needed = 0;
    PyObject *list = NULL;
    pole_row few[16], *rows = few;
    pole_status status = find(index, key, few, 16, &needed);
    if (status == POLE_OK && needed > 16) {
        rows = malloc(needed * sizeof *rows);
        status = rows ? find(index, key, rows, needed, &needed) : POLE_NO_MEMORY;
    }
    if (status == POLE_OK)
        list = list_of_poles(index_state(self), index, rows, needed);
    else if (status == POLE_NOT_FOUND)
        list = PyList_New(0);
    else
        raise_status(index_state(self), status, NULL, NULL);
    if (rows != few)
        free(rows);
    return list;
}

/* find_all(code): in every scope; an empty list when there is none. */
static PyObject *index_find_all(PyObject *self, PyObject *text)
{
    pole_code code;
    pole_span span;
    pole_index *index = code_span(text, &span) ? index_borrow(self) : NULL;
    if (index == NULL)
        return NULL;
    const pole_status status = pole_code_parse(index, span, &code);
    PyObject *list = status == POLE_OK ? find_rows(self, index, by_code, &code)
                                       : raise_status(index_state(self), status, NULL, text);
    pole_index_close(index);
    return list;
}

static PyObject *index_find_alias(PyObject *self, PyObject *text)
{
    pole_span span;
    pole_index *index = code_span(text, &span) ? index_borrow(self) : NULL;
    if (index == NULL)
        return NULL;
    PyObject *list = find_rows(self, index, by_alias, &span);
    pole_index_close(index);
    return list;
}

/* parse(text): (digits, how many) */
static PyObject *index_parse(PyObject *self, PyObject *text)
{
    pole_code code;
    pole_span span;
    pole_index *index = code_span(text, &span) ? index_borrow(self) : NULL;
    if (index == NULL)
        return NULL;
    const pole_status status = pole_code_parse(index, span, &code);
    PyObject *parsed = status == POLE_OK
                           ? Py_BuildValue("(Ni)", code_text(index, code, 0), (int)code.digits)
                           : raise_status(index_state(self), status, NULL, text);
    pole_index_close(index);
    return parsed;
}

/* pole_at(row): IndexError beyond the last, so that it can be counted through. */
static PyObject *index_pole_at(PyObject *self, PyObject *number)
{
    pole_point at;
    const unsigned long row = PyLong_AsUnsignedLong(number);
    if (PyErr_Occurred())
        return NULL;
    pole_index *index = index_borrow(self);
    if (index == NULL)
        return NULL;
    PyObject *pole = NULL;
    if (row < POLE_NO_ROW && pole_index_point(index, (pole_row)row, &at) == POLE_OK)
        pole = new_pole(index_state(self), index, (pole_row)row);
    else
        PyErr_SetString(PyExc_IndexError, "no such row");
    pole_index_close(index);
    return pole;
}

static PyObject *get_path(PyObject *self, void *closure)
{
    (void)closure;
    return Py_NewRef(((index_object *)self)->path);
}

static PyObject *get_closed(PyObject *self, void *closure)
{
    (void)closure;
    return PyBool_FromLong(((index_object *)self)->index == NULL);
}

static PyObject *get_mapped(PyObject *self, void *closure)
{
    (void)closure;
    return PyBool_FromLong(((index_object *)self)->mapped);
}

static PyGetSetDef getters[] = {
    {"path", get_path, NULL, "Where it was opened; None: in memory.", NULL},
    {"closed", get_closed, NULL, NULL, NULL},
    {"mapped", get_mapped, NULL, "Whether the file is mapped, not read to memory.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMethodDef methods[] = {
    {"close", index_close, METH_NOARGS, "Lets go of the file's content."},
    {"snapshot_of", index_snapshot, METH_NOARGS, "Another handle on what is open now."},
    {"take", index_take, METH_O, "What another has open, in place of its own."},
    {"identity", index_id, METH_NOARGS, "The content id, and whether it is a sample."},
    {"info_json", index_info, METH_NOARGS, "What it holds, as JSON."},
    {"scope_names", index_scopes, METH_NOARGS, "The counties; the first is empty: urban."},
    {"verify", index_verify, METH_NOARGS,
     "Recomputes the content id and all that the build derived; raises Error."},
    {"find", WITH_KEYWORDS(index_find), METH_VARARGS | METH_KEYWORDS,
     "A pole by its code, in one county where scope is given."},
    {"find_all", index_find_all, METH_O, "The poles of a code, in every county."},
    {"find_alias", index_find_alias, METH_O, "The poles that another owner calls so."},
    {"parse", index_parse, METH_O, "The digits of a code, and how many."},
    {"pole_at", index_pole_at, METH_O, "The pole of a row."},
    {"lookup", index_lookup, METH_VARARGS, "Columns of many codes."},
    {"nearest", index_nearest, METH_VARARGS, "(pole, distance_m, bearing_deg) of the nearest."},
    {"nearest_rows", index_nearest_many, METH_VARARGS, "Columns of the nearest of many points."},
    {"within_radius", index_within, METH_VARARGS, "The same within a radius."},
    {"box", index_box, METH_VARARGS,
     "box(south, west, north, east): the poles in it, in order of row."},
    {"polygon_poles", index_polygon, METH_O, "The poles in a polygon, in order of row."},
    {"station_hits_at", index_stations_at, METH_VARARGS, "The stations of a place."},
    {"area_edge_at", index_area_edge, METH_VARARGS, "The nearest area of another station."},
    {"station_of", index_station, METH_O, "A station by its number or id."},
    {"resolution", WITH_KEYWORDS(index_resolve), METH_VARARGS | METH_KEYWORDS,
     "From what was heard to the poles that it can mean."},
    {"between_two", WITH_KEYWORDS(index_between), METH_VARARGS | METH_KEYWORDS,
     "How two poles lie to each other."},
    {"match_array", WITH_KEYWORDS(index_match_array), METH_VARARGS | METH_KEYWORDS,
     "Matches an array given as two capsules; gives two capsules."},
    {"match_stream", WITH_KEYWORDS(index_match_stream), METH_VARARGS | METH_KEYWORDS,
     "Wraps a stream given as a capsule in another."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_new, no_new},
    {Py_tp_dealloc, index_dealloc},
    {Py_tp_methods, methods},
    {Py_tp_getset, getters},
    {Py_mp_subscript, index_subscript},
    {Py_mp_length, index_length},
    {Py_sq_contains, index_contains},
    {Py_tp_doc, "An open index; may be used by several threads at once."},
    {0, NULL},
};

PyType_Spec index_spec = {
    .name = "polelookup._core.Index",
    .basicsize = sizeof(index_object),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .slots = slots,
};
