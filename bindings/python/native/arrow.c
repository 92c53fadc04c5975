/* SPDX-License-Identifier: MIT
 * Columns by the Arrow PyCapsule interface. A capsule owns its struct; what is moved out of one is
 * released by whoever took it. Nothing here knows pyarrow. */
#include "core.h"

#include <stdlib.h>
#include <string.h>

static void free_schema(PyObject *capsule)
{
    struct ArrowSchema *schema = PyCapsule_GetPointer(capsule, "arrow_schema");
    if (schema && schema->release)
        schema->release(schema);
    free(schema);
}

static void free_array(PyObject *capsule)
{
    struct ArrowArray *array = PyCapsule_GetPointer(capsule, "arrow_array");
    if (array && array->release)
        array->release(array);
    free(array);
}

static void free_stream(PyObject *capsule)
{
    struct ArrowArrayStream *stream = PyCapsule_GetPointer(capsule, "arrow_array_stream");
    if (stream && stream->release)
        stream->release(stream);
    free(stream);
}

/* A capsule around a new, zeroed struct; NULL: an exception is set. */
static PyObject *new_capsule(size_t size, const char *name, PyCapsule_Destructor destructor)
{
    void *block = calloc(1, size);
    PyObject *capsule = block ? PyCapsule_New(block, name, destructor) : PyErr_NoMemory();
    if (capsule == NULL)
        free(block);
    return capsule;
}

/* What the calls have in common. */
typedef struct {
    pole_arrow_options options;
    pole_matcher_options matcher;
    const char *map[16];
    const char *columns[16];
} match_options;

/* A tuple of texts to a NULL-ended list; None: *list stays NULL. The texts are borrowed. */
static int read_texts(PyObject *texts, const char **room, size_t capacity, const char *const **list)
{
    if (texts == Py_None)
        return 1;
    if (!PyTuple_Check(texts) || (size_t)PyTuple_Size(texts) >= capacity) {
        PyErr_SetString(PyExc_ValueError, "a tuple of few texts is needed");
        return 0;
    }
    for (Py_ssize_t i = 0; i < PyTuple_Size(texts); i++) {
        pole_span text;
        if (!span_of_text(PyTuple_GetItem(texts, i), &text))
            return 0;
        room[i] = text.data;
    }
    room[PyTuple_Size(texts)] = NULL;
    *list = room;
    return 1;
}

static int role_of(const char *name, int32_t *role)
{
    static const int32_t roles[] = {POLE_ROLE_CODED, POLE_ROLE_RESPONSIBLE, POLE_ROLE_NEAREST};
    *role = 0;
    if (name == NULL)
        return 1;
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (strcmp(name, pole_role_name(roles[i])) == 0)
            *role = roles[i];
    }
    if (*role == 0)
        PyErr_Format(PyExc_ValueError, "'%s' is no role: coded, responsible, nearest", name);
    return *role != 0;
}

/* The capsules come first, then the options; format begins with the capsules' places. */
static int read_options(PyObject *args, PyObject *kwargs, size_t capsules, PyObject **first,
                        PyObject **second, match_options *match)
{
    static char *of_array[] = {"schema",  "array",      "keep_input",   "column", "map",
                               "columns", "best_guess", "station_role", NULL};
    static char *of_stream[] = {"stream",  "keep_input", "column",       "map",
                                "columns", "best_guess", "station_role", NULL};
    int keep = 0, guess = 0;
    const char *column = NULL, *role = NULL;
    PyObject *map = Py_None, *columns = Py_None;
    const int parsed =
        capsules == 2
            ? PyArg_ParseTupleAndKeywords(args, kwargs, "OO|$pzOOpz", of_array, first, second,
                                          &keep, &column, &map, &columns, &guess, &role)
            : PyArg_ParseTupleAndKeywords(args, kwargs, "O|$pzOOpz", of_stream, first, &keep,
                                          &column, &map, &columns, &guess, &role);
    pole_arrow_options_init(&match->options);
    pole_matcher_options_init(&match->matcher);
    match->options.matcher = &match->matcher;
    if (!parsed || !read_texts(map, match->map, 16, &match->options.map) ||
        !read_texts(columns, match->columns, 16, &match->options.columns) ||
        !role_of(role, &match->matcher.station_role))
        return 0;
    match->options.keep_input = (uint32_t)keep;
    match->options.column = column;
    match->matcher.best_guess = (uint32_t)guess;
    return 1;
}

PyObject *index_match_array(PyObject *self, PyObject *args, PyObject *kwargs)
{
    PyObject *in_schema, *in_array;
    match_options match;
    pole_error error;
    pole_status status;
    if (!read_options(args, kwargs, 2, &in_schema, &in_array, &match))
        return NULL;
    struct ArrowSchema *schema = PyCapsule_GetPointer(in_schema, "arrow_schema");
    struct ArrowArray *array = schema ? PyCapsule_GetPointer(in_array, "arrow_array") : NULL;
    if (array == NULL)
        return NULL;
    PyObject *out_schema = new_capsule(sizeof *schema, "arrow_schema", free_schema);
    PyObject *out_array = out_schema ? new_capsule(sizeof *array, "arrow_array", free_array) : NULL;
    pole_index *index = out_array ? index_borrow(self) : NULL;
    if (index == NULL) {
        Py_XDECREF(out_array);
        Py_XDECREF(out_schema);
        return NULL;
    }
    struct ArrowSchema *schema_out = PyCapsule_GetPointer(out_schema, "arrow_schema");
    struct ArrowArray *array_out = PyCapsule_GetPointer(out_array, "arrow_array");
    Py_BEGIN_ALLOW_THREADS;
    status = pole_arrow_match(index, &match.options, schema, array, schema_out, array_out, &error);
    pole_index_close(index);
    Py_END_ALLOW_THREADS;
    if (status == POLE_OK)
        return Py_BuildValue("(NN)", out_schema, out_array);
    Py_DECREF(out_array);
    Py_DECREF(out_schema);
    return raise_status(index_state(self), status, &error, NULL);
}

PyObject *index_match_stream(PyObject *self, PyObject *args, PyObject *kwargs)
{
    PyObject *in, *ignored;
    match_options match;
    pole_error error;
    pole_status status;
    if (!read_options(args, kwargs, 1, &in, &ignored, &match))
        return NULL;
    struct ArrowArrayStream *stream = PyCapsule_GetPointer(in, "arrow_array_stream");
    PyObject *out = stream ? new_capsule(sizeof *stream, "arrow_array_stream", free_stream) : NULL;
    pole_index *index = out ? index_borrow(self) : NULL;
    if (index == NULL) {
        Py_XDECREF(out);
        return NULL;
    }
    struct ArrowArrayStream *stream_out = PyCapsule_GetPointer(out, "arrow_array_stream");
    Py_BEGIN_ALLOW_THREADS;
    status = pole_arrow_match_stream(index, &match.options, stream, stream_out, &error);
    pole_index_close(index);
    Py_END_ALLOW_THREADS;
    if (status == POLE_OK)
        return out;
    Py_DECREF(out);
    return raise_status(index_state(self), status, &error, NULL);
}

/* The schema of a stream that nobody took yet; the stream stays. */
PyObject *stream_schema(PyObject *module, PyObject *in)
{
    struct ArrowArrayStream *stream = PyCapsule_GetPointer(in, "arrow_array_stream");
    int number = 0;
    (void)module;
    if (stream == NULL)
        return NULL;
    if (stream->release == NULL) {
        PyErr_SetString(PyExc_ValueError, "this stream was handed over already");
        return NULL;
    }
    PyObject *out = new_capsule(sizeof(struct ArrowSchema), "arrow_schema", free_schema);
    struct ArrowSchema *schema = out ? PyCapsule_GetPointer(out, "arrow_schema") : NULL;
    if (schema == NULL)
        return NULL;
    Py_BEGIN_ALLOW_THREADS;
    number = stream->get_schema(stream, schema);
    Py_END_ALLOW_THREADS;
    if (number == 0)
        return out;
    const char *message = stream->get_last_error(stream);
    PyErr_SetString(PyExc_OSError, message ? message : "the stream has no schema");
    Py_DECREF(out);
    return NULL;
}
