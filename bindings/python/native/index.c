/* SPDX-License-Identifier: MIT
 * The type Index: what an index is, and a pole by its code. */
#include "core.h"

#include <stdlib.h>

pole_index *index_borrow(PyObject *self)
{
    pole_index *index = ((index_object *)self)->index;
    if (index == NULL)
        PyErr_SetString(PyExc_ValueError, "the index is closed");
    else
        pole_index_retain(index);
    return index;
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
    PyTypeObject *type = Py_TYPE(self);
    freefunc release = PyType_GetSlot(type, Py_tp_free);
    pole_index_close(((index_object *)self)->index);
    release(self);
    Py_DECREF(type);
}

static PyObject *text_of(pole_span span)
{
    return PyUnicode_DecodeUTF8(span.data ? span.data : "", (Py_ssize_t)span.size_bytes, "replace");
}

static PyObject *index_id(PyObject *self, PyObject *ignored)
{
    pole_info info = {.struct_size = sizeof info};
    pole_index *index = index_borrow(self);
    (void)ignored;
    if (index == NULL)
        return NULL;
    const pole_status status = pole_index_info(index, &info);
    pole_index_close(index);
    return status == POLE_OK ? PyUnicode_FromString(info.id) : raise_status(self, status, NULL);
}

static PyObject *index_info(PyObject *self, PyObject *ignored)
{
    size_t needed = 0;
    PyObject *text = NULL;
    pole_index *index = index_borrow(self);
    (void)ignored;
    if (index == NULL)
        return NULL;
    pole_status status = pole_info_json(index, NULL, 0, &needed);
    char *bytes = status == POLE_LIMIT ? malloc(needed) : NULL;
    if (bytes)
        status = pole_info_json(index, bytes, needed, &needed);
    else if (status == POLE_LIMIT)
        status = POLE_NO_MEMORY;
    if (status == POLE_OK)
        text = PyUnicode_FromString(bytes);
    else
        raise_status(self, status, NULL);
    free(bytes);
    pole_index_close(index);
    return text;
}

/* The row of a code as text. scope: NULL or None for any. */
static pole_status find_row(const pole_index *index, pole_span text, const pole_span *scope,
                            pole_row *row)
{
    pole_code code;
    pole_status status = pole_code_parse(index, text, &code);
    if (status == POLE_OK && scope)
        status = pole_index_find_scope(index, *scope, &code.scope);
    return status == POLE_OK ? pole_index_find(index, code, row) : status;
}

static PyObject *tuple_of(const pole_index *index, const pole_record *pole)
{
    char code[32];
    size_t needed;
    if (pole_code_format(index, pole->code, 0, code, sizeof code, &needed) != POLE_OK)
        code[0] = '\0';
    PyObject *surveyed = pole->surveyed_days == POLE_NO_DATE ? Py_NewRef(Py_None)
                                                             : PyLong_FromLong(pole->surveyed_days);
    return Py_BuildValue("(NsddNNNiNNNN)", text_of(pole->scope), code, pole->at.lat_deg,
                         pole->at.lon_deg, text_of(pole->street), text_of(pole->district),
                         text_of(pole->note), (int)pole->state, text_of(pole->successor), surveyed,
                         text_of(pole->alias), text_of(pole->alias_owner));
}

/* find(code, scope=None): a tuple; KeyError; Error when several counties have the code. */
static PyObject *index_find(PyObject *self, PyObject *args)
{
    PyObject *code, *scope = Py_None;
    pole_span code_span, scope_span;
    pole_row row = POLE_NO_ROW;
    pole_record pole = {.struct_size = sizeof pole};
    if (!PyArg_ParseTuple(args, "U|O", &code, &scope) || !span_of_text(code, &code_span) ||
        !span_of_text(scope, &scope_span))
        return NULL;
    pole_index *index = index_borrow(self);
    if (index == NULL)
        return NULL;
    PyObject *found = NULL;
    pole_status status = find_row(index, code_span, scope == Py_None ? NULL : &scope_span, &row);
    if (status == POLE_OK)
        status = pole_index_record(index, row, &pole);
    if (status == POLE_OK)
        found = tuple_of(index, &pole);
    else if (status == POLE_NOT_FOUND || status == POLE_MALFORMED_CODE)
        PyErr_SetObject(PyExc_KeyError, code);
    else
        raise_status(self, status, NULL);
    pole_index_close(index);
    return found;
}

#define WITH_KEYWORDS(function) ((PyCFunction)(void (*)(void))(function))

static PyMethodDef methods[] = {
    {"close", index_close, METH_NOARGS, "Lets go of the file's content."},
    {"id", index_id, METH_NOARGS, "The content id."},
    {"info", index_info, METH_NOARGS, "What it holds, as JSON."},
    {"find", index_find, METH_VARARGS, "A pole by its code."},
    {"resolve", WITH_KEYWORDS(index_resolve), METH_VARARGS | METH_KEYWORDS,
     "From what was heard to the poles that it can mean, as JSON."},
    {"match_array", WITH_KEYWORDS(index_match_array), METH_VARARGS | METH_KEYWORDS,
     "Matches an array given as two capsules; gives two capsules."},
    {"match_stream", WITH_KEYWORDS(index_match_stream), METH_VARARGS | METH_KEYWORDS,
     "Wraps a stream given as a capsule in another."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_dealloc, index_dealloc},
    {Py_tp_methods, methods},
    {Py_tp_doc, "An open index; may be used by several threads at once."},
    {0, NULL},
};

PyType_Spec index_spec = {
    .name = "polelookup._core.Index",
    .basicsize = sizeof(index_object),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = slots,
};
