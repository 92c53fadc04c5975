/* SPDX-License-Identifier: MIT
 * The module itself, its exception, and how statuses become exceptions. */
#include "core.h"

static core_state *state_of(PyObject *self)
{
    return PyType_GetModuleState(Py_TYPE(self));
}

static PyObject *raise_error(PyObject *type, pole_status status, const pole_error *error)
{
    const char *message = error && error->message[0] ? error->message : pole_status_text(status);
    const char *hint = error ? error->hint : "";
    PyObject *text =
        *hint ? PyUnicode_FromFormat("%s: %s", message, hint) : PyUnicode_FromString(message);
    PyObject *made = text ? PyObject_CallFunctionObjArgs(type, text, NULL) : NULL;
    PyObject *number = made ? PyLong_FromLong(status) : NULL;
    PyObject *name = number ? PyUnicode_FromString(pole_status_name(status)) : NULL;
    if (name && PyObject_SetAttrString(made, "status", number) == 0 &&
        PyObject_SetAttrString(made, "name", name) == 0)
        PyErr_SetObject(type, made);
    Py_XDECREF(name);
    Py_XDECREF(number);
    Py_XDECREF(made);
    Py_XDECREF(text);
    return NULL;
}

PyObject *raise_status(PyObject *self, pole_status status, const pole_error *error)
{
    if (status == POLE_NO_MEMORY)
        return PyErr_NoMemory();
    return raise_error(state_of(self)->error, status, error);
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

/* open_index(path: str | bytes-like) */
static PyObject *open_index(PyObject *module, PyObject *args)
{
    core_state *state = PyModule_GetState(module);
    PyObject *path = NULL;
    pole_index *index = NULL;
    pole_error error;
    pole_status status;
    if (!PyArg_ParseTuple(args, "O&", PyUnicode_FSConverter, &path))
        return NULL;
    const char *name = PyBytes_AsString(path);
    Py_BEGIN_ALLOW_THREADS;
    status = pole_index_open(name, NULL, &index, &error);
    Py_END_ALLOW_THREADS;
    Py_DECREF(path);
    if (status == POLE_NO_MEMORY)
        return PyErr_NoMemory();
    if (status != POLE_OK)
        return raise_error(state->error, status, &error);
    allocfunc allocate = PyType_GetSlot(state->index_type, Py_tp_alloc);
    index_object *self = (index_object *)allocate(state->index_type, 0);
    if (self == NULL)
        pole_index_close(index);
    else
        self->index = index;
    return (PyObject *)self;
}

static PyMethodDef functions[] = {
    {"open_index", open_index, METH_VARARGS, "Opens an index file."},
    {"stream_schema", stream_schema, METH_O, "The schema of a stream, which stays."},
    {NULL, NULL, 0, NULL},
};

static int begin(PyObject *module)
{
    core_state *state = PyModule_GetState(module);
    state->error = PyErr_NewExceptionWithDoc(
        "polelookup.Error",
        "What the library refused. `status` is its number, `name` the stable word for it.", NULL,
        NULL);
    state->index_type = (PyTypeObject *)PyType_FromModuleAndSpec(module, &index_spec, NULL);
    if (!state->error || !state->index_type ||
        PyModule_AddObjectRef(module, "Error", state->error) < 0 ||
        PyModule_AddObjectRef(module, "Index", (PyObject *)state->index_type) < 0)
        return -1;
    return PyModule_AddStringConstant(module, "version", pole_version());
}

static int visit_state(PyObject *module, visitproc visit, void *arg)
{
    core_state *state = PyModule_GetState(module);
    Py_VISIT(state->error);
    Py_VISIT(state->index_type);
    return 0;
}

static int clear_state(PyObject *module)
{
    core_state *state = PyModule_GetState(module);
    Py_CLEAR(state->error);
    Py_CLEAR(state->index_type);
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

PyMODINIT_FUNC PyInit__core(void)
{
    return PyModuleDef_Init(&definition);
}
