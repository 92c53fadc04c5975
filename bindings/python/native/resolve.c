/* SPDX-License-Identifier: MIT
 * From what was heard, and what else is known, to an answer. */
#include "core.h"

#include <stdlib.h>
#include <string.h>

#define MOST_TEXTS 64

/* What one question needs. Texts are borrowed from the arguments of the call. */
typedef struct {
    pole_text texts[MOST_TEXTS], also[1], then[1];
    size_t text_count;
    pole_span hint_crs, crs_name;
    pole_resolve_options options;
    pole_evidence evidence;
    pole_known_digit digits[POLE_MAX_DIGITS];
    pole_box box;
    pole_point *points;
    size_t *rings;
    char hint_crs_name[64];
} question;

/* A str; a tuple of (text, weight). */
static int read_texts(PyObject *said, question *q)
{
    if (PyUnicode_Check(said)) {
        q->text_count = 1;
        q->texts[0].weight = 1.0;
        return span_of_text(said, &q->texts[0].text);
    }
    const Py_ssize_t count = PyTuple_Check(said) ? PyTuple_Size(said) : -1;
    if (count < 0 || count > MOST_TEXTS) {
        PyErr_SetString(PyExc_TypeError, "a text, or at most 64 pairs of (text, weight)");
        return 0;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *text;
        if (!PyArg_ParseTuple(PyTuple_GetItem(said, i), "Ud;a text and its weight", &text,
                              &q->texts[i].weight) ||
            !span_of_text(text, &q->texts[i].text))
            return 0;
    }
    q->text_count = (size_t)count;
    return 1;
}

/* (lat, lon, radius_m, level, as given) */
static int read_hint(PyObject *hint, question *q)
{
    PyObject *given;
    if (hint == Py_None)
        return 1;
    return PyArg_ParseTuple(hint, "ddddU;a hint", &q->evidence.hint.lat_deg,
                            &q->evidence.hint.lon_deg, &q->evidence.hint_radius_m,
                            &q->evidence.hint_level, &given) &&
           span_of_text(given, &q->evidence.hint_given);
}

/* A tuple of (position, digit). */
static int read_digits(PyObject *digits, question *q)
{
    if (digits == Py_None)
        return 1;
    const Py_ssize_t count = PyTuple_Size(digits);
    if (count < 0 || count > POLE_MAX_DIGITS) {
        PyErr_SetString(PyExc_ValueError, "a code has at most nine digits");
        return 0;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        if (!PyArg_ParseTuple(PyTuple_GetItem(digits, i), "bb;a position and its digit",
                              &q->digits[i].position, &q->digits[i].digit))
            return 0;
    }
    q->evidence.digits = q->digits;
    q->evidence.digit_count = (uint32_t)count;
    return 1;
}

static int read_places(core_state *state, PyObject *box, PyObject *polygon, question *q)
{
    if (box != Py_None) {
        if (!PyArg_ParseTuple(box, "dddd;a box is (south, west, north, east)", &q->box.south_deg,
                              &q->box.west_deg, &q->box.north_deg, &q->box.east_deg))
            return 0;
        q->evidence.box = &q->box;
    }
    if (polygon == Py_None)
        return 1;
    if (!read_polygon(state, polygon, &q->points, &q->rings, &q->evidence.polygon_ring_count))
        return 0;
    q->evidence.polygon = q->points;
    q->evidence.polygon_rings = q->rings;
    return 1;
}

static int read_second(PyObject *said, pole_text *second)
{
    second->weight = 1.0;
    return span_of_text(said, &second->text);
}

static int read_channel(core_state *state, PyObject *channel, const pole_channel **out)
{
    if (channel == Py_None)
        return 1;
    if (!PyObject_TypeCheck(channel, state->channel_type)) {
        PyErr_SetString(PyExc_TypeError, "a Channel is needed");
        return 0;
    }
    *out = ((channel_object *)channel)->channel;
    return 1;
}

/* The hint in its own CRS to WGS 84. */
static pole_status convert_hint(question *q, pole_error *error)
{
    pole_crs *crs = NULL;
    size_t bad = 0;
    if (q->evidence.hint_radius_m == 0.0 || q->hint_crs.size_bytes == 0)
        return POLE_OK;
    pole_status status = pole_crs_new(q->hint_crs, NULL, NULL, &crs, error);
    if (status != POLE_OK)
        return status;
    strncpy(q->hint_crs_name, pole_crs_name(crs), sizeof q->hint_crs_name - 1);
    status = pole_crs_to_wgs84(crs, 1, &q->evidence.hint.lon_deg, &q->evidence.hint.lat_deg, &bad);
    pole_crs_free(crs);
    q->evidence.hint_crs = (pole_span){q->hint_crs_name, strlen(q->hint_crs_name)};
    return status == POLE_OK && bad > 0 ? POLE_INVALID_ARGUMENT : status;
}

static pole_status hear(const pole_index *index, const pole_text *texts, size_t count,
                        pole_heard **heard)
{
    pole_hear_options options;
    pole_hear_options_init(&options);
    options.lengths = pole_index_lengths(index);
    const pole_status status = pole_heard_new(NULL, heard);
    return status == POLE_OK ? pole_hear(texts, count, &options, *heard) : status;
}

/* Without the lock of the interpreter; self is known to this thread alone. */
static pole_status ask(resolution_object *self, question *q, pole_error *error)
{
    pole_crs *crs = NULL;
    pole_heard *also = NULL, *then = NULL;
    pole_status status = convert_hint(q, error);
    if (status == POLE_OK && q->crs_name.size_bytes > 0)
        status = pole_crs_new(q->crs_name, NULL, NULL, &crs, error);
    if (status == POLE_OK)
        status = hear(self->index, q->texts, q->text_count, &self->first);
    if (status == POLE_OK && q->also->text.data)
        status = hear(self->index, q->also, 1, &also);
    if (status == POLE_OK && q->then->text.data)
        status = hear(self->index, q->then, 1, &then);
    q->options.crs = crs;
    q->evidence.also = also;
    q->evidence.then = then;
    if (status == POLE_OK)
        status = pole_resolve(self->index, self->first, &q->options, self->resolution);
    pole_heard_free(then);
    pole_heard_free(also);
    pole_crs_free(crs);
    return status;
}

PyObject *index_resolve(PyObject *object, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {
        "text",   "hint",       "hint_crs", "street",          "district", "scope",   "also",
        "then",   "digits",     "box",      "polygon",         "crs",      "channel", "clean",
        "near_m", "thresholds", "limit",    "caller_language", "brief",    NULL};
    core_state *state = index_state(object);
    PyObject *text, *hint = Py_None, *hint_crs = Py_None, *street = Py_None, *district = Py_None,
                    *scope = Py_None, *also = Py_None, *then = Py_None, *digits = Py_None,
                    *box = Py_None, *polygon = Py_None, *crs = Py_None, *channel = Py_None;
    resolution_object *self = NULL;
    question q = {.text_count = 0};
    pole_error error = {.status = POLE_OK};
    pole_status status = POLE_OK;
    int brief = 0;
    pole_resolve_options_init(&q.options);
    pole_evidence_init(&q.evidence);
    q.options.evidence = &q.evidence;
    if (!PyArg_ParseTupleAndKeywords(
            args, kwargs, "O|$OOOOOOOOOOOOdd(dddd)Iip", names, &text, &hint, &hint_crs, &street,
            &district, &scope, &also, &then, &digits, &box, &polygon, &crs, &channel,
            &q.options.clean, &q.options.near_m, &q.options.exact_confidence,
            &q.options.exact_place, &q.options.corrected_confidence, &q.options.corrected_place,
            &q.options.limit, &q.options.caller_language, &brief) ||
        !read_texts(text, &q) || !read_hint(hint, &q) || !span_of_text(hint_crs, &q.hint_crs) ||
        !span_of_text(street, &q.evidence.street) ||
        !span_of_text(district, &q.evidence.district) || !span_of_text(scope, &q.options.scope) ||
        !span_of_text(crs, &q.crs_name) || !read_second(also, q.also) ||
        !read_second(then, q.then) || !read_digits(digits, &q) ||
        !read_channel(state, channel, &q.options.channel))
        return NULL;
    q.options.brief = (uint32_t)brief;
    pole_index *index = index_borrow(object);
    if (index && read_places(state, box, polygon, &q))
        self = (resolution_object *)new_resolution(state, index);
    if (self) {
        Py_BEGIN_ALLOW_THREADS;
        status = ask(self, &q, &error);
        Py_END_ALLOW_THREADS;
        if (status != POLE_OK) {
            Py_CLEAR(self);
            raise_status(state, status, &error, NULL);
        }
    }
    free(q.rings);
    free(q.points);
    pole_index_close(index);
    return (PyObject *)self;
}

static pole_status ask_between(resolution_object *self, const question *q,
                               const pole_between_options *options)
{
    pole_status status = hear(self->index, q->also, 1, &self->first);
    if (status == POLE_OK)
        status = hear(self->index, q->then, 1, &self->second);
    return status == POLE_OK ? pole_between(self->index, self->first, self->second, options,
                                            self->resolution, &self->between)
                             : status;
}

/* between_two(first, second, scope=, channel=, clean=, caller_language=) */
PyObject *index_between(PyObject *object, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"first", "second",          "scope", "channel",
                            "clean", "caller_language", NULL};
    core_state *state = index_state(object);
    PyObject *first, *second, *scope = Py_None, *channel = Py_None;
    question q = {.text_count = 0};
    pole_status status;
    pole_between_options options;
    pole_between_options_init(&options);
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "UU|$OOdi", names, &first, &second, &scope,
                                     &channel, &options.clean, &options.caller_language) ||
        !read_second(first, q.also) || !read_second(second, q.then) ||
        !span_of_text(scope, &options.scope) || !read_channel(state, channel, &options.channel))
        return NULL;
    pole_index *index = index_borrow(object);
    resolution_object *self = index ? (resolution_object *)new_resolution(state, index) : NULL;
    if (self) {
        self->between.struct_size = sizeof self->between;
        Py_BEGIN_ALLOW_THREADS;
        status = ask_between(self, &q, &options);
        Py_END_ALLOW_THREADS;
        if (status != POLE_OK) {
            Py_CLEAR(self);
            raise_status(state, status, NULL, NULL);
        }
    }
    pole_index_close(index);
    return (PyObject *)self;
}
