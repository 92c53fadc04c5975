/* SPDX-License-Identifier: MIT
 * The module itself, and how statuses become exceptions and spans become texts. */
#include "core.h"

#include <math.h>
#include <stdlib.h>

PyObject *raise_status(core_state *state, pole_status status, const pole_error *error,
                       PyObject *subject)
{
    if (status == POLE_NO_MEMORY)
        return PyErr_NoMemory();
    const char *name = pole_status_name(status);
    const char *message = error && error->message[0] ? error->message : pole_status_text(status);
    const char *hint = error ? error->hint : "";
    PyObject *type = state->errors ? PyDict_GetItemString(state->errors, name) : NULL;
    PyObject *text = *hint     ? PyUnicode_FromFormat("%s: %s", message, hint)
                     : subject ? PyUnicode_FromFormat("%s: %R", message, subject)
                               : PyUnicode_FromString(message);
    PyObject *made =
        text ? PyObject_CallFunctionObjArgs(type ? type : state->error, text, NULL) : NULL;
    PyObject *number = made ? PyLong_FromLong(status) : NULL;
    PyObject *word = number ? PyUnicode_FromString(name) : NULL;
    if (word && PyObject_SetAttrString(made, "status", number) == 0 &&
        PyObject_SetAttrString(made, "name", word) == 0)
        PyErr_SetObject((PyObject *)Py_TYPE(made), made);
    Py_XDECREF(word);
    Py_XDECREF(number);
    Py_XDECREF(made);
    Py_XDECREF(text);
    return NULL;
}

int span_of_text(PyObject *text, pole_span *span)
{
    Py_ssize_t size = 0;
    *span = (pole_span){NULL, 0};
    if (text == NULL || text == Py_None)
        return 1;
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "a text is needed");
        return 0;
    }
    span->data = PyUnicode_AsUTF8AndSize(text, &size);
    span->size_bytes = (size_t)size;
    return span->data != NULL;
}

PyObject *text_of(pole_span span)
{
    return PyUnicode_DecodeUTF8(span.data ? span.data : "", (Py_ssize_t)span.size_bytes, "replace");
}

PyObject *number_of(double number)
{
    return isnan(number) ? Py_NewRef(Py_None) : PyFloat_FromDouble(number);
}

PyObject *date_of(int32_t days)
{
    enum { ORDINAL_OF_1970 = 719163 };
    if (days == POLE_NO_DATE)
        return Py_NewRef(Py_None);
    PyObject *module = PyImport_ImportModule("datetime");
    PyObject *type = module ? PyObject_GetAttrString(module, "date") : NULL;
    PyObject *date =
        type ? PyObject_CallMethod(type, "fromordinal", "i", ORDINAL_OF_1970 + days) : NULL;
    Py_XDECREF(type);
    Py_XDECREF(module);
    return date;
}

PyObject *written_text(core_state *state, text_writer write, const void *context)
{
    size_t needed = 0;
    char *bytes = NULL;
    PyObject *text = NULL;
    pole_status status = write(context, NULL, 0, &needed);
    if (status == POLE_LIMIT) {
        bytes = malloc(needed);
        status = bytes ? write(context, bytes, needed, &needed) : POLE_NO_MEMORY;
    }
    if (status == POLE_OK)
        text = PyUnicode_FromString(bytes ? bytes : "");
    else
        raise_status(state, status, NULL, NULL);
    free(bytes);
    return text;
}

PyObject *new_object(PyTypeObject *type)
{
    allocfunc allocate = PyType_GetSlot(type, Py_tp_alloc);
    return allocate(type, 0);
}

PyObject *no_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    (void)args;
    (void)kwargs;
    PyErr_Format(PyExc_TypeError, "%R objects come from an index: polelookup.open()", type);
    return NULL;
}

void free_object(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    freefunc release = PyType_GetSlot(type, Py_tp_free);
    release(self);
    Py_DECREF(type);
}

/* A path, or bytes. */
static pole_status open_source(PyObject *source, uint32_t flags, pole_index **index,
                               pole_error *error)
{
    Py_buffer view;
    PyObject *path = NULL;
    pole_status status;
    pole_open_options options;
    pole_open_options_init(&options);
    options.flags = flags;
    if (PyUnicode_Check(source)) {
        if (!PyUnicode_FSConverter(source, &path))
            return POLE_STOPPED;
        const char *name = PyBytes_AsString(path);
        Py_BEGIN_ALLOW_THREADS;
        status = pole_index_open(name, &options, index, error);
        Py_END_ALLOW_THREADS;
        Py_DECREF(path);
        return status;
    }
    if (PyObject_GetBuffer(source, &view, PyBUF_SIMPLE) < 0)
        return POLE_STOPPED;
    Py_BEGIN_ALLOW_THREADS;
    status = pole_index_open_memory(view.buf, (size_t)view.len, &options, index, error);
    Py_END_ALLOW_THREADS;
    PyBuffer_Release(&view);
    return status;
}

/* open_index(source: str | bytes-like, mapped=False) */
static PyObject *open_index(PyObject *module, PyObject *args)
{
    core_state *state = PyModule_GetState(module);
    PyObject *source;
    int mapped = 0;
    pole_index *index = NULL;
    pole_error error = {.status = POLE_OK};
    if (!PyArg_ParseTuple(args, "O|p", &source, &mapped))
        return NULL;
    const pole_status status = open_source(source, mapped ? POLE_OPEN_MAPPED : 0, &index, &error);
    if (PyErr_Occurred())
        return NULL;
    if (status != POLE_OK)
        return raise_status(state, status, &error, NULL);
    index_object *self = (index_object *)new_object(state->index_type);
    if (self == NULL) {
        pole_index_close(index);
        return NULL;
    }
    self->index = index;
    self->state = state;
    self->mapped = mapped;
    self->path = Py_NewRef(PyUnicode_Check(source) ? source : Py_None);
    return (PyObject *)self;
}

/* register_types(Index, Pole): the subclasses that are made from now on. */
static PyObject *register_types(PyObject *module, PyObject *args)
{
    core_state *state = PyModule_GetState(module);
    PyTypeObject *index_type, *pole_type;
    if (!PyArg_ParseTuple(args, "OO", &index_type, &pole_type))
        return NULL;
    if (!PyType_IsSubtype(index_type, state->index_type) ||
        !PyType_IsSubtype(pole_type, state->pole_type)) {
        PyErr_SetString(PyExc_TypeError, "subclasses of Index and Pole are needed");
        return NULL;
    }
    Py_INCREF((PyObject *)index_type);
    Py_INCREF((PyObject *)pole_type);
    Py_DECREF((PyObject *)state->index_type);
    Py_DECREF((PyObject *)state->pole_type);
    state->index_type = index_type;
    state->pole_type = pole_type;
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {
    {"open_index", open_index, METH_VARARGS, "Opens an index file, or its bytes."},
    {"register_types", register_types, METH_VARARGS, "Sets the subclasses to make."},
    {"stream_schema", stream_schema, METH_O, "The schema of a stream, which stays."},
    {NULL, NULL, 0, NULL},
};

static int add_type(PyObject *module, const char *name, PyType_Spec *spec, PyTypeObject **type)
{
    *type = (PyTypeObject *)PyType_FromModuleAndSpec(module, spec, NULL);
    return *type ? PyModule_AddObjectRef(module, name, (PyObject *)*type) : -1;
}

static int begin(PyObject *module)
{
    core_state *state = PyModule_GetState(module);
    PyObject *errors = PyImport_ImportModule("polelookup.errors");
    state->error = errors ? PyObject_GetAttrString(errors, "Error") : NULL;
    state->errors = errors ? PyObject_GetAttrString(errors, "BY_NAME") : NULL;
    Py_XDECREF(errors);
    if (!state->error || !state->errors || !PyDict_Check(state->errors) ||
        add_type(module, "Index", &index_spec, &state->index_type) < 0 ||
        add_type(module, "Pole", &pole_spec, &state->pole_type) < 0 ||
        add_type(module, "Resolution", &resolution_spec, &state->resolution_type) < 0 ||
        add_type(module, "Channel", &channel_spec, &state->channel_type) < 0)
        return -1;
    return PyModule_AddStringConstant(module, "version", pole_version());
}

static int visit_state(PyObject *module, visitproc visit, void *arg)
{
    core_state *state = PyModule_GetState(module);
    Py_VISIT(state->error);
    Py_VISIT(state->errors);
    Py_VISIT(state->index_type);
    Py_VISIT(state->pole_type);
    Py_VISIT(state->resolution_type);
    Py_VISIT(state->channel_type);
    return 0;
}

static int clear_state(PyObject *module)
{
    core_state *state = PyModule_GetState(module);
    Py_CLEAR(state->error);
    Py_CLEAR(state->errors);
    Py_CLEAR(state->index_type);
    Py_CLEAR(state->pole_type);
    Py_CLEAR(state->resolution_type);
    Py_CLEAR(state->channel_type);
    return 0;
}

static void free_state(void *module)
{
    clear_state(module);
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, begin}, {0, NULL}};

static PyModuleDef definition = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "polelookup._core",
    .m_doc = "The C library polelookup; see the package polelookup.",
    .m_size = sizeof(core_state),
    .m_methods = functions,
    .m_slots = slots,
    .m_traverse = visit_state,
    .m_clear = clear_state,
    .m_free = free_state,
};

PyMODINIT_FUNC PyInit__core(void);
PyMODINIT_FUNC PyInit__core(void)
{
    return PyModuleDef_Init(&definition);
}
