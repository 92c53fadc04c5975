/* SPDX-License-Identifier: MIT
 * Columns of many codes: what pole_index_find_many() and pole_index_find_texts() fill, for codes
 * that may also be of several lengths. Where bare digits of one length lie side by side nothing is
 * copied. */
#include "batch.h"

#include <math.h>
#include <string.h>

/* How many are looked up before the rest of their columns has left the cache. */
#define CHUNK 1024

#if defined(__GNUC__)
#define FETCH(pointer) __builtin_prefetch(pointer)
#else
#define FETCH(pointer) ((void)(pointer))
#endif

typedef struct {
    const pole_index *index;
    uint8_t digits; /* of most codes */
    uint16_t scope;
    int sure_alone; /* whether what is not exact is to have no pole, place, station */
    pole_columns columns;
    char texts[CHUNK * POLE_MAX_DIGITS];
} batch;

/* The columns from a row on. */
static pole_columns columns_at(const batch *b, size_t row)
{
    pole_columns at = b->columns;
    at.rows += at.rows ? row : 0;
    at.match += row;
    at.lat_deg += at.lat_deg ? row : 0;
    at.lon_deg += at.lon_deg ? row : 0;
    at.stations += at.stations ? row : 0;
    at.confidence += at.confidence ? row : 0;
    at.confidence_place += at.confidence_place ? row : 0;
    at.far_share += at.far_share ? row : 0;
    return at;
}

/* Takes the pole, place and station of element i away. */
static void forget_place(const pole_columns *at, size_t i)
{
    if (at->rows)
        at->rows[i] = POLE_NO_ROW;
    if (at->lat_deg)
        at->lat_deg[i] = (double)NAN;
    if (at->lon_deg)
        at->lon_deg[i] = (double)NAN;
    if (at->stations)
        at->stations[i] = POLE_NO_STATION;
}

/* A row that says: not asked, resolve it. */
static void leave_open(const batch *b, size_t row)
{
    const pole_columns at = columns_at(b, row);
    double *const sure[] = {at.confidence, at.confidence_place, at.far_share};
    *at.match = POLE_MATCH_NONE;
    forget_place(&at, 0);
    for (size_t i = 0; i < sizeof sure / sizeof *sure; i++) {
        if (sure[i])
            *sure[i] = (double)NAN;
    }
}

/* What is not sure enough to be a match must not pass for one. */
static void keep_sure(const batch *b, size_t row, size_t count)
{
    const pole_columns at = columns_at(b, row);
    for (size_t i = 0; b->sure_alone && i < count; i++) {
        if (at.match[i] != POLE_EXACT)
            forget_place(&at, i);
    }
}

/* A text that is no bare code of the usual length, whose row says POLE_NO_CODE by now. */
static void look_closer(const batch *b, size_t row, pole_span text)
{
    pole_code code;
    pole_row pole;
    size_t found;
    const pole_status status = pole_code_parse(b->index, text, &code);
    if (text.size_bytes == 0)
        return;
    if ((status != POLE_OK || text.size_bytes != code.digits) &&
        pole_index_find_alias(b->index, text, &pole, 1, &found) == POLE_OK) {
        leave_open(b, row);
    } else if (status == POLE_OK) {
        const pole_columns at = columns_at(b, row);
        pole_index_find_many(b->index, &code.number, 1, code.digits, b->scope, &at);
    }
}

static void run_numbers(const batch *b, const source *from, size_t start, size_t row, size_t count)
{
    uint32_t numbers[CHUNK];
    const pole_columns at = columns_at(b, row);
    const uint32_t *direct = (const void *)(from->data + (ptrdiff_t)start * from->stride);
    if (from->width != 4 || from->is_signed || from->stride != 4 || from->validity ||
        (uintptr_t)direct % sizeof *direct != 0) {
        for (size_t i = 0; i < count; i++)
            numbers[i] = source_number(from, start + i);
        direct = numbers;
    }
    pole_index_find_many(b->index, direct, count, b->digits, b->scope, &at);
}

/* Where the texts of a chunk lie side by side already; NULL: they do not. */
static const char *texts_in_place(const batch *b, const source *from, size_t start, size_t count)
{
    const size_t first = (size_t)from->first + start;
    if (from->kind == SOURCE_FIXED)
        return from->width == b->digits && from->stride > 0
                   ? from->data + (ptrdiff_t)start * from->stride
                   : NULL;
    if (from->kind != SOURCE_UTF8 || from->validity)
        return NULL;
    const int32_t *offsets = (const int32_t *)from->offsets + first;
    int32_t other = 0;
    for (size_t i = 0; i < count; i++)
        other |= (offsets[i + 1] - offsets[i]) ^ b->digits;
    return other ? NULL : from->data + offsets[0];
}

static void copy_text(batch *b, size_t i, pole_span text)
{
    char *to = b->texts + i * b->digits;
    if (text.size_bytes != b->digits)
        memset(to, 0, b->digits);
    else if (b->digits == 7) /* a known length is copied by two instructions */
        memcpy(to, text.data, 7);
    else
        memcpy(to, text.data, b->digits);
}

static void run_texts(batch *b, const source *from, size_t start, size_t row, size_t count)
{
    char room[256];
    const pole_columns at = columns_at(b, row);
    const char *texts = texts_in_place(b, from, start, count);
    const size_t stride =
        texts && from->kind == SOURCE_FIXED ? (size_t)from->stride : (size_t)b->digits;
    for (size_t i = 0; texts == NULL && i < count; i++)
        copy_text(b, i, source_text(from, start + i, room));
    pole_index_find_texts(b->index, texts ? texts : b->texts, stride, count, b->digits, b->scope,
                          &at);
    for (size_t i = 0; i < count; i++) {
        if (at.match[i] == POLE_NO_CODE)
            look_closer(b, row + i, source_text(from, start + i, room));
    }
}

/* The text of an element; empty for None and NaN. False: an exception is set. */
static int object_text(PyObject *object, size_t i, pole_span *text)
{
    Py_ssize_t size;
    *text = (pole_span){NULL, 0};
    if (object == NULL)
        return 0;
    if (PyUnicode_CheckExact(object) || PyUnicode_Check(object)) { /* the first is no call */
        text->data = PyUnicode_AsUTF8AndSize(object, &size);
        text->size_bytes = text->data ? (size_t)size : 0;
        return text->data != NULL;
    }
    if (object == Py_None || (PyFloat_Check(object) && isnan(PyFloat_AsDouble(object))))
        return 1;
    PyErr_Format(PyExc_TypeError, "element %zu is no text but %R: leading zeros matter", i,
                 Py_TYPE(object));
    return 0;
}

/* Copies the texts of a chunk; far ahead of where they are read, they are fetched. */
static int copy_objects(batch *b, const source *from, size_t start, size_t count)
{
    enum { AHEAD = 8 };
    PyObject *objects[CHUNK + AHEAD] = {NULL};
    pole_span text;
    for (size_t i = 0; i < count; i++)
        objects[i] = source_object(from, start + i);
    for (size_t i = 0; i < count; i++) {
        FETCH(objects[i + AHEAD]);
        if (!object_text(objects[i], start + i, &text))
            return 0;
        copy_text(b, i, text);
    }
    return 1;
}

/* With the lock of the interpreter, which is let go while the codes are looked up. */
static int run_objects(batch *b, const source *from, size_t start, size_t row, size_t count)
{
    const pole_columns at = columns_at(b, row);
    pole_span text;
    if (!copy_objects(b, from, start, count))
        return 0;
    Py_BEGIN_ALLOW_THREADS;
    pole_index_find_texts(b->index, b->texts, b->digits, count, b->digits, b->scope, &at);
    Py_END_ALLOW_THREADS;
    for (size_t i = 0; i < count; i++) {
        if (at.match[i] != POLE_NO_CODE)
            continue;
        if (!object_text(source_object(from, start + i), start + i, &text))
            return 0;
        look_closer(b, row + i, text);
    }
    return 1;
}

/* The length of the first text that can be a code; some length of the index. 0: an exception. */
static uint8_t digits_of(const pole_index *index, const column *codes)
{
    char room[256];
    uint8_t usual = 1;
    const uint32_t lengths = pole_index_lengths(index);
    for (size_t p = 0; p < codes->piece_count; p++) {
        const source *from = &codes->pieces[p];
        for (size_t i = 0; i < from->count; i++) {
            pole_span text = {NULL, 0};
            if (from->kind != SOURCE_OBJECTS)
                text = source_text(from, i, room);
            else if (!object_text(source_object(from, i), i, &text))
                return 0;
            if (text.size_bytes <= POLE_MAX_DIGITS && (lengths >> text.size_bytes & 1))
                return (uint8_t)text.size_bytes;
        }
    }
    while (usual < POLE_MAX_DIGITS && (lengths >> usual & 1) == 0)
        usual++;
    return usual;
}

static int run_column(batch *b, const column *codes)
{
    size_t row = 0;
    for (size_t p = 0; p < codes->piece_count; p++) {
        const source *from = &codes->pieces[p];
        if (from->kind == SOURCE_OBJECTS) {
            for (size_t i = 0; i < from->count; i += CHUNK) {
                const size_t count = from->count - i < CHUNK ? from->count - i : CHUNK;
                if (!run_objects(b, from, i, row + i, count))
                    return 0;
                keep_sure(b, row + i, count);
            }
        } else {
            Py_BEGIN_ALLOW_THREADS;
            for (size_t i = 0; i < from->count; i += CHUNK) {
                const size_t count = from->count - i < CHUNK ? from->count - i : CHUNK;
                if (from->kind == SOURCE_NUMBERS)
                    run_numbers(b, from, i, row + i, count);
                else
                    run_texts(b, from, i, row + i, count);
                keep_sure(b, row + i, count);
            }
            Py_END_ALLOW_THREADS;
        }
        row += from->count;
    }
    return 1;
}

/* Room for the columns wanted: those of an earlier call, given, or new ones. */
#define COLUMNS 8
#define JUDGED 0xE0u /* the last three */
static int make_columns(size_t rows, unsigned wanted, PyObject *given, PyObject **out,
                        pole_columns *columns)
{
    const size_t width[COLUMNS] = {sizeof(pole_row),
                                   sizeof(pole_match),
                                   sizeof(double),
                                   sizeof(double),
                                   sizeof(pole_station_number),
                                   sizeof(double),
                                   sizeof(double),
                                   sizeof(double)};
    void *at[COLUMNS] = {NULL};
    for (size_t i = 0; i < COLUMNS; i++) {
        const int is_wanted = (int)(wanted >> i & 1);
        const Py_ssize_t bytes = (Py_ssize_t)(rows * width[i]);
        if (given != Py_None)
            out[i] = Py_XNewRef(PyTuple_GetItem(given, (Py_ssize_t)i));
        else
            out[i] = is_wanted ? PyByteArray_FromStringAndSize(NULL, bytes) : Py_NewRef(Py_None);
        if (out[i] == NULL)
            return 0;
        const int is_column = PyByteArray_Check(out[i]);
        if (is_column != is_wanted || (is_column && PyByteArray_Size(out[i]) != bytes)) {
            PyErr_SetString(PyExc_ValueError, "out has other columns, or another length");
            return 0;
        }
        at[i] = is_column ? PyByteArray_AsString(out[i]) : NULL;
    }
    columns->rows = at[0];
    columns->match = at[1];
    columns->lat_deg = at[2];
    columns->lon_deg = at[3];
    columns->stations = at[4];
    columns->confidence = at[5];
    columns->confidence_place = at[6];
    columns->far_share = at[7];
    return 1;
}

/* lookup(codes, digits, scope, wanted, best_guess, clean, out): bytearrays of rows, matches,
 * latitudes, longitudes, stations, confidences, confidences of the place, far shares; None where
 * bit n of wanted is not set. The matches always are. out: such a tuple, to be filled again; None.
 */
PyObject *index_lookup(PyObject *self, PyObject *args)
{
    PyObject *codes, *scope, *given, *out[COLUMNS] = {NULL}, *all = NULL;
    unsigned digits, wanted;
    int best_guess;
    column in;
    pole_span name;
    batch b = {.scope = POLE_ANY_SCOPE, .columns = {.struct_size = sizeof(pole_columns)}};
    if (!PyArg_ParseTuple(args, "OIOIpdO", &codes, &digits, &scope, &wanted, &best_guess,
                          &b.columns.clean, &given) ||
        !span_of_text(scope, &name))
        return NULL;
    if (digits > POLE_MAX_DIGITS) {
        PyErr_SetString(PyExc_ValueError, "a code has 1 to 9 digits");
        return NULL;
    }
    pole_index *index = index_borrow(self);
    if (index == NULL)
        return NULL;
    b.index = index;
    b.sure_alone = !best_guess && (wanted & JUDGED) != 0;
    const pole_status status =
        scope == Py_None ? POLE_OK : pole_index_find_scope(index, name, &b.scope);
    if (status != POLE_OK) {
        raise_status(index_state(self), status, NULL, scope);
    } else if (column_open(codes, &in)) {
        if (in.piece_count > 0 && in.pieces->kind == SOURCE_NUMBERS)
            b.digits = (uint8_t)digits;
        else
            b.digits = digits_of(index, &in);
        if (b.digits == 0 && !PyErr_Occurred())
            PyErr_SetString(PyExc_TypeError, "numbers need digits=: 12345 may be 0012345 or not");
        if (!PyErr_Occurred() && make_columns(in.rows, wanted | 2, given, out, &b.columns) &&
            run_column(&b, &in))
            all = PyTuple_Pack(COLUMNS, out[0], out[1], out[2], out[3], out[4], out[5], out[6],
                               out[7]);
        column_close(&in);
    }
    for (size_t i = 0; i < COLUMNS; i++)
        Py_XDECREF(out[i]);
    pole_index_close(index);
    return all;
}
