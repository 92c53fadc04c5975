/* SPDX-License-Identifier: MIT
 * From what was heard to the poles that it can mean: an answer as JSON. */
#include "core.h"

#include <stdlib.h>
#include <string.h>

/* What one question needs, and its answer. */
typedef struct {
    const pole_index *index;
    pole_span text, also, hint_crs;
    pole_heard *heard, *second;
    pole_resolution *resolution;
    pole_resolve_options options;
    pole_evidence evidence;
    pole_json_options json;
    char crs_name[64];
    char *answer;
} question;

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
    strncpy(q->crs_name, pole_crs_name(crs), sizeof q->crs_name - 1);
    status = pole_crs_to_wgs84(crs, 1, &q->evidence.hint.lon_deg, &q->evidence.hint.lat_deg, &bad);
    pole_crs_free(crs);
    q->evidence.hint_crs = (pole_span){q->crs_name, strlen(q->crs_name)};
    return status == POLE_OK && bad > 0 ? POLE_INVALID_ARGUMENT : status;
}

static pole_status hear(question *q, pole_span text, pole_heard **heard)
{
    const pole_text said = {text, 1.0};
    pole_hear_options options;
    pole_hear_options_init(&options);
    options.lengths = pole_index_lengths(q->index);
    const pole_status status = pole_heard_new(NULL, heard);
    return status == POLE_OK ? pole_hear(&said, 1, &options, *heard) : status;
}

static pole_status write_answer(question *q)
{
    size_t needed = 0;
    pole_status status = pole_resolution_json(q->resolution, &q->json, NULL, 0, &needed);
    if (status != POLE_LIMIT)
        return status;
    q->answer = malloc(needed);
    return q->answer ? pole_resolution_json(q->resolution, &q->json, q->answer, needed, &needed)
                     : POLE_NO_MEMORY;
}

/* Without the lock of the interpreter. */
static pole_status ask(question *q, pole_error *error)
{
    pole_status status = convert_hint(q, error);
    if (status == POLE_OK)
        status = hear(q, q->text, &q->heard);
    if (status == POLE_OK && q->also.size_bytes > 0) {
        status = hear(q, q->also, &q->second);
        q->evidence.also = q->second;
    }
    if (status == POLE_OK)
        status = pole_resolution_new(NULL, &q->resolution);
    if (status == POLE_OK)
        status = pole_resolve(q->index, q->heard, &q->options, q->resolution);
    if (status == POLE_OK)
        status = write_answer(q);
    pole_resolution_free(q->resolution);
    pole_heard_free(q->second);
    pole_heard_free(q->heard);
    return status;
}

/* (lat, lon, radius_m, level, as given) */
static int read_hint(PyObject *hint, question *q)
{
    PyObject *given;
    if (hint == Py_None)
        return 1;
    if (!PyTuple_Check(hint)) {
        PyErr_SetString(PyExc_TypeError, "a hint is a tuple");
        return 0;
    }
    return PyArg_ParseTuple(hint, "ddddU", &q->evidence.hint.lat_deg, &q->evidence.hint.lon_deg,
                            &q->evidence.hint_radius_m, &q->evidence.hint_level, &given) &&
           span_of_text(given, &q->evidence.hint_given);
}

PyObject *index_resolve(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"text",  "hint", "hint_crs", "street",   "district",
                            "scope", "also", "limit",    "language", NULL};
    PyObject *text, *hint = Py_None, *crs = Py_None, *street = Py_None, *district = Py_None,
                    *scope = Py_None, *also = Py_None, *answer = NULL;
    unsigned limit = 0;
    int language = POLE_LANGUAGE_ZH;
    question q = {.answer = NULL};
    pole_error error = {.status = POLE_OK};
    pole_status status;
    pole_resolve_options_init(&q.options);
    pole_evidence_init(&q.evidence);
    pole_json_options_init(&q.json);
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "U|$OOOOOOIi", names, &text, &hint, &crs,
                                     &street, &district, &scope, &also, &limit, &language) ||
        !span_of_text(text, &q.text) || !read_hint(hint, &q) || !span_of_text(crs, &q.hint_crs) ||
        !span_of_text(street, &q.evidence.street) ||
        !span_of_text(district, &q.evidence.district) || !span_of_text(scope, &q.options.scope) ||
        !span_of_text(also, &q.also))
        return NULL;
    pole_index *index = index_borrow(self);
    if (index == NULL)
        return NULL;
    q.index = index;
    q.options.limit = limit;
    q.options.evidence = &q.evidence;
    q.json.language = language;
    Py_BEGIN_ALLOW_THREADS;
    status = ask(&q, &error);
    pole_index_close(index);
    Py_END_ALLOW_THREADS;
    if (status == POLE_OK)
        answer = PyUnicode_FromString(q.answer);
    else
        raise_status(self, status, &error);
    free(q.answer);
    return answer;
}
