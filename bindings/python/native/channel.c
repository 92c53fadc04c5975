/* SPDX-License-Identifier: MIT
 * The type Channel: a model of how codes are misheard. Immutable, shared between threads. */
#include "core.h"

/* Channel(name), or Channel(name, table): one that comes with the library, or a table's text. */
static PyObject *channel_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"name", "table", NULL};
    core_state *state = PyType_GetModuleState(type);
    PyObject *name, *table = Py_None;
    pole_span name_span, table_span;
    pole_channel *channel = NULL;
    pole_error error = {.status = POLE_OK};
    if (state == NULL || !PyArg_ParseTupleAndKeywords(args, kwargs, "U|O", names, &name, &table) ||
        !span_of_text(name, &name_span) || !span_of_text(table, &table_span))
        return NULL;
    const pole_status status =
        table == Py_None ? pole_channel_named(name_span, NULL, &channel)
                         : pole_channel_read(table_span, name_span, NULL, &channel, &error);
    if (status != POLE_OK)
        return raise_status(state, status, &error, name);
    channel_object *self = (channel_object *)new_object(type);
    if (self == NULL)
        pole_channel_free(channel);
    else
        self->channel = channel;
    return (PyObject *)self;
}

static void channel_dealloc(PyObject *self)
{
    pole_channel_free(((channel_object *)self)->channel);
    free_object(self);
}

static pole_channel_info info_of(PyObject *self)
{
    pole_channel_info info = {.struct_size = sizeof info};
    pole_channel_info_get(((channel_object *)self)->channel, &info);
    return info;
}

static PyObject *get_name(PyObject *self, void *closure)
{
    (void)closure;
    return text_of(info_of(self).name);
}

static PyObject *get_id(PyObject *self, void *closure)
{
    (void)closure;
    return text_of(info_of(self).id);
}

static PyObject *get_clean(PyObject *self, void *closure)
{
    (void)closure;
    return PyFloat_FromDouble(info_of(self).clean);
}

static PyObject *channel_repr(PyObject *self)
{
    const pole_channel_info info = info_of(self);
    char *clean = PyOS_double_to_string(info.clean, 'g', 6, 0, NULL);
    PyObject *name = text_of(info.name);
    PyObject *text = name && clean
                         ? PyUnicode_FromFormat("<polelookup.Channel %U, clean %s>", name, clean)
                         : NULL;
    PyMem_Free(clean);
    Py_XDECREF(name);
    return text;
}

static PyGetSetDef getters[] = {
    {"name", get_name, NULL, "As it is told in answers.", NULL},
    {"id", get_id, NULL, "A hash of its table's values.", NULL},
    {"clean", get_clean, NULL, "The share of codes that are heard clean.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_new, channel_new},
    {Py_tp_dealloc, channel_dealloc},
    {Py_tp_repr, channel_repr},
    {Py_tp_getset, getters},
    {Py_tp_doc, "How codes are misheard: 'everyday', 'heavy', or the text of a table."},
    {0, NULL},
};

PyType_Spec channel_spec = {
    .name = "polelookup.Channel",
    .basicsize = sizeof(channel_object),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = slots,
};
