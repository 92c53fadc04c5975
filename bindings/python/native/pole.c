/* SPDX-License-Identifier: MIT
 * The type Pole: a row of an index, whose fields are read when they are asked for. */
#include "core.h"

#include <string.h>

int is_pole(core_state *state, PyObject *object)
{
    /* The registered type is the one that new_pole() makes. */
    return PyObject_TypeCheck(object, state->pole_type);
}

PyObject *new_pole(core_state *state, pole_index *index, pole_row row)
{
    if (row == POLE_NO_ROW)
        Py_RETURN_NONE;
    pole_object *pole = (pole_object *)new_object(state->pole_type);
    if (pole == NULL)
        return NULL;
    pole_index_retain(index);
    pole->index = index;
    pole->state = state;
    pole->row = row;
    return (PyObject *)pole;
}

PyObject *list_of_poles(core_state *state, pole_index *index, const pole_row *rows, size_t count)
{
    PyObject *list = PyList_New((Py_ssize_t)count);
    for (size_t i = 0; list && i < count; i++) {
        PyObject *pole = new_pole(state, index, rows[i]);
        if (pole == NULL || PyList_SetItem(list, (Py_ssize_t)i, pole) < 0)
            Py_CLEAR(list);
    }
    return list;
}

static void pole_dealloc(PyObject *self)
{
    pole_index_close(((pole_object *)self)->index);
    free_object(self);
}

const char *state_name(int32_t state)
{
    static const char *const names[] = {"active", "moved", "removed"};
    return state >= 0 && state < 3 ? names[state] : "unknown";
}

PyObject *code_text(const pole_index *index, pole_code code, int32_t grouped)
{
    char text[32];
    size_t needed;
    if (pole_code_format(index, code, grouped, text, sizeof text, &needed) != POLE_OK)
        text[0] = '\0';
    return PyUnicode_FromString(text);
}

/* A pole was made of a row of its index: this cannot fail. */
static pole_record record_of(PyObject *self)
{
    const pole_object *pole = (pole_object *)self;
    pole_record record = {.struct_size = sizeof record};
    pole_index_record(pole->index, pole->row, &record);
    return record;
}

static PyObject *get_lat(PyObject *self, void *closure)
{
    const pole_object *pole = (pole_object *)self;
    pole_point at;
    (void)closure;
    pole_index_point(pole->index, pole->row, &at);
    return PyFloat_FromDouble(at.lat_deg);
}

static PyObject *get_lon(PyObject *self, void *closure)
{
    const pole_object *pole = (pole_object *)self;
    pole_point at;
    (void)closure;
    pole_index_point(pole->index, pole->row, &at);
    return PyFloat_FromDouble(at.lon_deg);
}

static PyObject *get_row(PyObject *self, void *closure)
{
    (void)closure;
    return PyLong_FromUnsignedLong(((pole_object *)self)->row);
}

static PyObject *get_code(PyObject *self, void *closure)
{
    return code_text(((pole_object *)self)->index, record_of(self).code, closure != NULL);
}

/* closure: where in a record the span lies. */
static PyObject *get_span(PyObject *self, void *closure)
{
    const pole_record record = record_of(self);
    pole_span span;
    memcpy(&span, (const char *)&record + (size_t)closure, sizeof span);
    return text_of(span);
}

static PyObject *get_state(PyObject *self, void *closure)
{
    (void)closure;
    return PyUnicode_FromString(state_name(record_of(self).state));
}

static PyObject *get_surveyed(PyObject *self, void *closure)
{
    (void)closure;
    return date_of(record_of(self).surveyed_days);
}

static PyObject *get_sample(PyObject *self, void *closure)
{
    pole_info info = {.struct_size = sizeof info};
    (void)closure;
    pole_index_info(((pole_object *)self)->index, &info);
    return PyBool_FromLong((long)info.is_sample);
}

static PyObject *get_index_id(PyObject *self, void *closure)
{
    pole_info info = {.struct_size = sizeof info};
    (void)closure;
    pole_index_info(((pole_object *)self)->index, &info);
    return PyUnicode_FromString(info.id);
}

/* station_hits(roles) */
static PyObject *pole_station_hits(PyObject *self, PyObject *args)
{
    const pole_object *pole = (pole_object *)self;
    pole_station_hit hits[4];
    size_t count = 0;
    unsigned roles = POLE_ROLE_ALL;
    if (!PyArg_ParseTuple(args, "|I", &roles))
        return NULL;
    const pole_status status =
        pole_stations_of(pole->index, pole->row, roles, hits, sizeof hits / sizeof *hits, &count);
    return status == POLE_OK ? station_hits(pole->index, hits, count)
                             : raise_status(pole->state, status, NULL, NULL);
}

/* resolution(crs=None) */
static PyObject *pole_resolution_of(PyObject *self, PyObject *args)
{
    const pole_object *pole = (pole_object *)self;
    PyObject *crs = Py_None;
    if (!PyArg_ParseTuple(args, "|O", &crs))
        return NULL;
    return describe_pole(pole->state, pole->index, pole->row, crs);
}

/* Poles are equal that are the same row of an index of the same content. */
static PyObject *pole_compare(PyObject *self, PyObject *other, int operation)
{
    const pole_object *a = (pole_object *)self, *b = (pole_object *)other;
    if ((operation != Py_EQ && operation != Py_NE) || !is_pole(a->state, other))
        Py_RETURN_NOTIMPLEMENTED;
    int equal = a->row == b->row;
    if (equal && a->index != b->index) {
        pole_info first = {.struct_size = sizeof first}, second = {.struct_size = sizeof second};
        pole_index_info(a->index, &first);
        pole_index_info(b->index, &second);
        equal = strcmp(first.id, second.id) == 0;
    }
    return PyBool_FromLong(equal == (operation == Py_EQ));
}

static Py_hash_t pole_hash(PyObject *self)
{
    return (Py_hash_t)((pole_object *)self)->row;
}

#define SPAN(field) (void *)offsetof(pole_record, field)

static PyGetSetDef getters[] = {
    {"row", get_row, NULL, "Its place in this index, and in no other.", NULL},
    {"code", get_code, NULL, "Its digits.", NULL},
    {"grouped", get_code, NULL, "Its digits as the scheme divides them: 2 33 45 04.", SPAN(code)},
    {"scope", get_span, NULL, "The county; empty: urban.", SPAN(scope)},
    {"lat", get_lat, NULL, "WGS 84, degrees.", NULL},
    {"lon", get_lon, NULL, "WGS 84, degrees.", NULL},
    {"street", get_span, NULL, "Empty where the table says nothing, like the others.",
     SPAN(street)},
    {"district", get_span, NULL, NULL, SPAN(district)},
    {"note", get_span, NULL, NULL, SPAN(note)},
    {"state", get_state, NULL, "active, moved or removed.", NULL},
    {"successor", get_span, NULL, "The code of the pole that replaced it.", SPAN(successor)},
    {"surveyed", get_surveyed, NULL, "A date, or None.", NULL},
    {"alias", get_span, NULL, "Another owner's number on the same pole.", SPAN(alias)},
    {"alias_owner", get_span, NULL, NULL, SPAN(alias_owner)},
    {"sample", get_sample, NULL, "Whether it stands in an invented city.", NULL},
    {"index_id", get_index_id, NULL, "The content id of its index.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMethodDef methods[] = {
    {"station_hits", pole_station_hits, METH_VARARGS, "Its police stations, by role."},
    {"resolution", pole_resolution_of, METH_VARARGS, "All that is known of it, as an answer."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_new, no_new},
    {Py_tp_dealloc, pole_dealloc},
    {Py_tp_getset, getters},
    {Py_tp_methods, methods},
    {Py_tp_richcompare, pole_compare},
    {Py_tp_hash, pole_hash},
    {Py_tp_doc, "A pole that was found; keeps its index alive."},
    {0, NULL},
};

PyType_Spec pole_spec = {
    .name = "polelookup._core.Pole",
    .basicsize = sizeof(pole_object),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .slots = slots,
};
