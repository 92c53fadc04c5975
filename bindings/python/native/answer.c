/* SPDX-License-Identifier: MIT
 * The type Resolution: an answer, read piece by piece as tuples, and written as JSON. All readers
 * hold the lock of the interpreter: an answer belongs to one thread at a time. */
#include "core.h"

#include <math.h>
#include <string.h>

PyObject *new_resolution(core_state *state, pole_index *index)
{
    resolution_object *self = (resolution_object *)new_object(state->resolution_type);
    if (self == NULL)
        return NULL;
    pole_index_retain(index);
    self->index = index;
    self->state = state;
    const pole_status status = pole_resolution_new(NULL, &self->resolution);
    if (status == POLE_OK)
        return (PyObject *)self;
    Py_DECREF(self);
    return raise_status(state, status, NULL, NULL);
}

static void resolution_dealloc(PyObject *self)
{
    resolution_object *object = (resolution_object *)self;
    pole_resolution_free(object->resolution);
    pole_heard_free(object->second);
    pole_heard_free(object->first);
    pole_index_close(object->index);
    free_object(self);
}

PyObject *describe_pole(core_state *state, pole_index *index, pole_row row, PyObject *crs_name)
{
    pole_span name;
    pole_crs *crs = NULL;
    pole_error error = {.status = POLE_OK};
    pole_describe_options options;
    pole_describe_options_init(&options);
    if (!span_of_text(crs_name, &name))
        return NULL;
    resolution_object *self = (resolution_object *)new_resolution(state, index);
    if (self == NULL)
        return NULL;
    pole_status status = POLE_OK;
    if (name.size_bytes > 0)
        status = pole_crs_new(name, NULL, NULL, &crs, &error);
    options.crs = crs;
    if (status == POLE_OK)
        status = pole_describe(index, row, &options, self->resolution);
    pole_crs_free(crs);
    if (status == POLE_OK)
        return (PyObject *)self;
    Py_DECREF(self);
    return raise_status(state, status, &error, NULL);
}

/* A tuple of the names of the bits that are set. */
static PyObject *names_of(uint32_t bits, const char *(*name_of)(uint32_t))
{
    PyObject *names = PyList_New(0);
    for (uint32_t i = 0; names && i < 32; i++) {
        const uint32_t bit = (uint32_t)1 << i;
        if ((bits & bit) == 0)
            continue;
        const char *name = name_of(bit);
        PyObject *text = PyUnicode_FromString(name ? name : "unknown");
        if (text == NULL || PyList_Append(names, text) < 0)
            Py_CLEAR(names);
        Py_XDECREF(text);
    }
    PyObject *tuple = names ? PyList_AsTuple(names) : NULL;
    Py_XDECREF(names);
    return tuple;
}

/* count items made by a function, as a tuple. */
typedef PyObject *(*maker)(resolution_object *self, const void *items, size_t i);

static PyObject *tuple_of(resolution_object *self, const void *items, size_t count, maker make)
{
    PyObject *tuple = PyTuple_New((Py_ssize_t)count);
    for (size_t i = 0; tuple && i < count; i++) {
        PyObject *item = make(self, items, i);
        if (item == NULL || PyTuple_SetItem(tuple, (Py_ssize_t)i, item) < 0)
            Py_CLEAR(tuple);
    }
    return tuple;
}

static PyObject *make_reading(resolution_object *self, const void *items, size_t i)
{
    const pole_heard_code *code = (const pole_heard_code *)items + i;
    (void)self;
    return Py_BuildValue("(sd)", code->code, code->weight);
}

static PyObject *readings_of(resolution_object *self, const pole_heard *heard)
{
    pole_heard_code codes[POLE_MOST_HEARD_CODES];
    size_t count = heard ? pole_heard_codes(heard, codes, POLE_MOST_HEARD_CODES) : 0;
    if (count > POLE_MOST_HEARD_CODES)
        count = POLE_MOST_HEARD_CODES;
    return tuple_of(self, codes, count, make_reading);
}

static PyObject *resolution_head(PyObject *object, PyObject *ignored)
{
    resolution_object *self = (resolution_object *)object;
    pole_answer a = {.struct_size = sizeof a};
    (void)ignored;
    const pole_status status = pole_resolution_answer(self->resolution, &a);
    if (status != POLE_OK)
        return raise_status(self->state, status, NULL, NULL);
    return Py_BuildValue(
        "(szNNNIINNNNNINNNNN)", pole_match_name(a.match), pole_reason_name(a.reason),
        text_of(a.query), text_of(a.heard), names_of(a.warnings, pole_warning_name),
        (unsigned)a.candidates, (unsigned)a.candidates_found, number_of(a.confidence),
        number_of(a.confidence_place), number_of(a.no_pole), number_of(a.far_share),
        names_of(a.corroborated_by, pole_evidence_name), (unsigned)a.evidence, text_of(a.channel),
        text_of(a.channel_id), number_of(a.clean), readings_of(self, self->first),
        PyBool_FromLong(self->first && pole_heard_several(self->first)));
}

static PyObject *make_neighbour(resolution_object *self, const void *items, size_t i)
{
    const pole_neighbour *one = (const pole_neighbour *)items + i;
    return Py_BuildValue("(Ndd)", new_pole(self->state, self->index, one->row), one->distance_m,
                         one->bearing_deg);
}

static PyObject *position_of(uint8_t position)
{
    return position ? PyLong_FromLong(position) : Py_NewRef(Py_None);
}

static PyObject *make_edit(resolution_object *self, const void *items, size_t i)
{
    const pole_edit *edit = (const pole_edit *)items + i;
    (void)self;
    return Py_BuildValue("(sNNss)", pole_edit_name(edit->kind), position_of(edit->position),
                         position_of(edit->heard_position), edit->heard, edit->meant);
}

static PyObject *make_cross_street(resolution_object *self, const void *items, size_t i)
{
    const pole_candidate *c = items;
    (void)self;
    return Py_BuildValue("(NN)", text_of(c->cross_streets[i]), number_of(c->cross_street_m[i]));
}

static PyObject *cross_streets_of(resolution_object *self, const pole_candidate *c)
{
    size_t count = 0;
    while (count < 2 && c->cross_streets[count].size_bytes > 0)
        count++;
    return tuple_of(self, c, count, make_cross_street);
}

static PyObject *resolution_candidate(PyObject *object, PyObject *number)
{
    resolution_object *self = (resolution_object *)object;
    pole_candidate c = {.struct_size = sizeof c};
    pole_record record = {.struct_size = sizeof record};
    const size_t i = PyLong_AsSize_t(number);
    if (PyErr_Occurred())
        return NULL;
    const pole_status status = pole_resolution_candidate(self->resolution, i, &c, &record);
    if (status != POLE_OK)
        return raise_status(self->state, status, NULL, NULL);
    return Py_BuildValue("(NsNNNNNNNNNNNNN)", new_pole(self->state, self->index, record.row),
                         c.matched == POLE_MATCHED_ALIAS ? "alias" : "code",
                         number_of(c.confidence), tuple_of(self, c.edits, c.edit_count, make_edit),
                         station_hits(self->index, c.stations, c.station_count),
                         edge_tuple(self->index, &c.area_edge),
                         tuple_of(self, c.neighbours, c.neighbour_count, make_neighbour),
                         cross_streets_of(self, &c), number_of(c.distance_to_first_m),
                         number_of(c.distance_to_hint_m), number_of(c.x), number_of(c.y),
                         text_of(c.crs), text_of(record.alias), text_of(record.alias_owner));
}

static PyObject *make_digit(resolution_object *self, const void *items, size_t i)
{
    (void)self;
    return PyLong_FromLong(((const uint8_t *)items)[i]);
}

static PyObject *resolution_far_rival(PyObject *object, PyObject *ignored)
{
    resolution_object *self = (resolution_object *)object;
    pole_far_rival rival = {.struct_size = sizeof rival};
    uint8_t digits[32];
    size_t count = 0;
    (void)ignored;
    const pole_status status = pole_resolution_far_rival(self->resolution, &rival);
    if (status == POLE_NOT_FOUND)
        Py_RETURN_NONE;
    if (status != POLE_OK)
        return raise_status(self->state, status, NULL, NULL);
    for (uint8_t i = 0; i < 32; i++) {
        if (rival.digits >> i & 1)
            digits[count++] = i;
    }
    return Py_BuildValue("(NNNNN)", new_pole(self->state, self->index, rival.row),
                         number_of(rival.confidence), number_of(rival.distance_m),
                         station_tuple(self->index, rival.station),
                         tuple_of(self, digits, count, make_digit));
}

static PyObject *make_pole(resolution_object *self, const void *items, size_t i)
{
    return new_pole(self->state, self->index, ((const pole_row *)items)[i]);
}

static PyObject *resolution_estimate(PyObject *object, PyObject *ignored)
{
    resolution_object *self = (resolution_object *)object;
    pole_estimate e = {.struct_size = sizeof e};
    pole_span scope = {NULL, 0};
    (void)ignored;
    const pole_status status = pole_resolution_estimate(self->resolution, &e);
    if (status == POLE_NOT_FOUND)
        Py_RETURN_NONE;
    if (status != POLE_OK)
        return raise_status(self->state, status, NULL, NULL);
    pole_index_scope(self->index, e.code.scope, &scope);
    return Py_BuildValue("(NNddddNNN)", code_text(self->index, e.code, 0), text_of(scope),
                         e.at.lat_deg, e.at.lon_deg, e.radius_m, e.confidence,
                         tuple_of(self, e.between, 2, make_pole),
                         station_hits(self->index, e.stations, e.station_count),
                         edge_tuple(self->index, &e.area_edge));
}

static PyObject *make_option(resolution_object *self, const void *items, size_t i)
{
    const pole_question_option *option = (const pole_question_option *)items + i;
    return Py_BuildValue("(NN)", text_of(option->answer),
                         tuple_of(self, option->rows, option->row_count, make_pole));
}

static PyObject *resolution_question(PyObject *object, PyObject *ignored)
{
    resolution_object *self = (resolution_object *)object;
    pole_question q = {.struct_size = sizeof q};
    (void)ignored;
    const pole_status status = pole_resolution_question(self->resolution, &q);
    if (status != POLE_OK)
        return raise_status(self->state, status, NULL, NULL);
    if (q.kind == POLE_ASK_NOTHING)
        Py_RETURN_NONE;
    char zh[POLE_QUESTION_BYTES], en[POLE_QUESTION_BYTES], ru[POLE_QUESTION_BYTES];
    pole_question_text(&q, POLE_LANGUAGE_ZH, zh, sizeof zh, NULL);
    pole_question_text(&q, POLE_LANGUAGE_EN, en, sizeof en, NULL);
    pole_question_text(&q, POLE_LANGUAGE_RU, ru, sizeof ru, NULL);
    return Py_BuildValue("(sIIIN(sss)N)", pole_question_name(q.kind), (unsigned)q.digit,
                         (unsigned)q.digit_count, (unsigned)q.digits,
                         tuple_of(self, q.choice, q.choice[0] == q.choice[1] ? 0 : 2, make_digit),
                         zh, en, ru, tuple_of(self, q.options, q.option_count, make_option));
}

static PyObject *resolution_evidence(PyObject *object, PyObject *number)
{
    resolution_object *self = (resolution_object *)object;
    pole_evidence_used used = {.struct_size = sizeof used};
    const size_t i = PyLong_AsSize_t(number);
    if (PyErr_Occurred())
        return NULL;
    const pole_status status = pole_resolution_evidence(self->resolution, i, &used);
    if (status != POLE_OK)
        return raise_status(self->state, status, NULL, NULL);
    PyObject *agrees = used.agrees > 0 ? Py_True : used.agrees < 0 ? Py_False : Py_None;
    return Py_BuildValue("(sONNNNNNN)", pole_evidence_name((uint32_t)used.kind), agrees,
                         text_of(used.given), number_of(used.at.lat_deg),
                         number_of(used.at.lon_deg), number_of(used.sigma_m), text_of(used.crs),
                         new_pole(self->state, self->index, used.outside),
                         number_of(used.outside_share));
}

/* What a writer of JSON needs. */
typedef struct {
    const resolution_object *self;
    pole_json_options options;
    double distance_m, bearing_deg;
} writing;

static pole_status write_resolution(const void *context, char *text, size_t capacity,
                                    size_t *needed)
{
    const writing *w = context;
    return pole_resolution_json(w->self->resolution, &w->options, text, capacity, needed);
}

static pole_status write_hit(const void *context, char *text, size_t capacity, size_t *needed)
{
    const writing *w = context;
    return pole_hit_json(w->self->resolution, w->distance_m, w->bearing_deg, &w->options, text,
                         capacity, needed);
}

static pole_status write_between(const void *context, char *text, size_t capacity, size_t *needed)
{
    const writing *w = context;
    return pole_between_json(w->self->resolution, w->self->first, w->self->second,
                             &w->self->between, &w->options, text, capacity, needed);
}

/* json(language, caller_language) */
static PyObject *resolution_json(PyObject *object, PyObject *args)
{
    resolution_object *self = (resolution_object *)object;
    writing w = {.self = self};
    pole_json_options_init(&w.options);
    if (!PyArg_ParseTuple(args, "ii", &w.options.language, &w.options.caller_language))
        return NULL;
    return written_text(self->state, self->second ? write_between : write_resolution, &w);
}

/* hit_json(distance_m or None, bearing_deg or None, language) */
static PyObject *resolution_hit_json(PyObject *object, PyObject *args)
{
    resolution_object *self = (resolution_object *)object;
    writing w = {.self = self};
    PyObject *distance, *bearing;
    pole_json_options_init(&w.options);
    if (!PyArg_ParseTuple(args, "OOi", &distance, &bearing, &w.options.language))
        return NULL;
    w.distance_m = distance == Py_None ? (double)NAN : PyFloat_AsDouble(distance);
    w.bearing_deg = bearing == Py_None ? (double)NAN : PyFloat_AsDouble(bearing);
    return PyErr_Occurred() ? NULL : written_text(self->state, write_hit, &w);
}

static PyObject *known(int32_t value)
{
    return value < 0 ? Py_NewRef(Py_None) : PyBool_FromLong(value);
}

static PyObject *index_or_none(int32_t number)
{
    return number < 0 ? Py_NewRef(Py_None) : PyLong_FromLong(number);
}

static PyObject *make_correction(resolution_object *self, const void *items, size_t i)
{
    const pole_between_correction *one = (const pole_between_correction *)items + i;
    (void)self;
    return Py_BuildValue("(iiN)", (int)one->query, (int)one->candidate, number_of(one->distance_m));
}

static PyObject *resolution_between(PyObject *object, PyObject *ignored)
{
    resolution_object *self = (resolution_object *)object;
    const pole_between_answer *b = &self->between;
    (void)ignored;
    const int has_middle = !isnan(b->middle.lat_deg);
    PyObject *middle = has_middle ? Py_BuildValue("(dd)", b->middle.lat_deg, b->middle.lon_deg)
                                  : Py_NewRef(Py_None);
    return Py_BuildValue("(sNNNNNNNNNNNN)", pole_relation_name(b->relation),
                         index_or_none(b->pole[0]), index_or_none(b->pole[1]),
                         number_of(b->distance_m), number_of(b->bearing_deg), known(b->same_street),
                         known(b->same_side), number_of(b->side_deg),
                         index_or_none(b->poles_between), middle,
                         has_middle ? number_of(b->radius_m) : Py_NewRef(Py_None),
                         names_of(b->warnings, pole_warning_name),
                         tuple_of(self, b->corrections, b->correction_count, make_correction));
}

static PyMethodDef methods[] = {
    {"head", resolution_head, METH_NOARGS, NULL},
    {"candidate", resolution_candidate, METH_O, NULL},
    {"far_rival", resolution_far_rival, METH_NOARGS, NULL},
    {"estimate", resolution_estimate, METH_NOARGS, NULL},
    {"question", resolution_question, METH_NOARGS, NULL},
    {"evidence", resolution_evidence, METH_O, NULL},
    {"between", resolution_between, METH_NOARGS, NULL},
    {"json", resolution_json, METH_VARARGS, NULL},
    {"hit_json", resolution_hit_json, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_new, no_new},
    {Py_tp_dealloc, resolution_dealloc},
    {Py_tp_methods, methods},
    {Py_tp_doc, "An answer, read piece by piece."},
    {0, NULL},
};

PyType_Spec resolution_spec = {
    .name = "polelookup._core.Resolution",
    .basicsize = sizeof(resolution_object),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = slots,
};
