/* SPDX-License-Identifier: MIT
 * Where the codes of a batch lie: Python's own texts, buffers such as numpy's, Arrow arrays. */
#include "batch.h"

#include <stdlib.h>
#include <string.h>

/* The format of a buffer (struct's letters, and numpy's w for UCS-4): "I", "<i4", "7s", "7w". */
static int read_format(const Py_buffer *view, source *piece)
{
    const char *format = view->format ? view->format : "B";
    if (*format == '@' || *format == '=' || *format == '<' || *format == '|')
        format++;
    while (*format >= '0' && *format <= '9')
        format++;
    piece->width = (uint32_t)view->itemsize;
    if (strlen(format) != 1)
        return 0;
    if (*format == 's') {
        piece->kind = SOURCE_FIXED;
    } else if (*format == 'w') {
        piece->kind = SOURCE_UCS4;
    } else if (*format == 'O') {
        piece->kind = SOURCE_OBJECTS;
    } else if (strchr("bhilqBHILQ", *format)) {
        piece->kind = SOURCE_NUMBERS;
        piece->is_signed = *format >= 'a';
    } else {
        return 0;
    }
    return 1;
}

static int open_buffer(PyObject *codes, column *out)
{
    if (PyBytes_Check(codes) || PyByteArray_Check(codes) ||
        PyObject_GetBuffer(codes, &out->view, PyBUF_RECORDS_RO) < 0) {
        PyErr_Clear();
        PyErr_Format(PyExc_TypeError, "a column of codes is needed, not %R", Py_TYPE(codes));
        return 0;
    }
    out->has_view = 1;
    source *piece = out->pieces;
    if (out->view.ndim != 1 || !read_format(&out->view, piece)) {
        PyErr_Format(PyExc_TypeError,
                     "codes are texts or whole numbers in one dimension, not '%s' in %d",
                     out->view.format ? out->view.format : "B", out->view.ndim);
        return 0;
    }
    piece->data = out->view.buf;
    piece->stride = out->view.strides[0];
    piece->count = (size_t)out->view.shape[0];
    return 1;
}

static int read_arrow_format(const struct ArrowSchema *schema, source *piece)
{
    static const char signs[] = "cCsSiIlL";
    const char *format = schema->format;
    const char *place = format[0] && !format[1] ? strchr(signs, format[0]) : NULL;
    if (schema->dictionary)
        return 0;
    if (place) {
        piece->kind = SOURCE_NUMBERS;
        piece->width = 1u << ((place - signs) / 2);
        piece->is_signed = (place - signs) % 2 == 0;
    } else if (strcmp(format, "u") == 0) {
        piece->kind = SOURCE_UTF8;
    } else if (strcmp(format, "U") == 0) {
        piece->kind = SOURCE_LARGE;
    } else if (strcmp(format, "vu") == 0) {
        piece->kind = SOURCE_VIEWS;
    } else {
        return 0;
    }
    return 1;
}

/* The pieces of arrays of one schema. */
static int open_arrays(const struct ArrowSchema *schema, column *out)
{
    source kind = {.kind = 0};
    if (!read_arrow_format(schema, &kind)) {
        PyErr_Format(PyExc_TypeError,
                     "codes are texts or whole numbers, not Arrow's '%s'%s: match() reads more",
                     schema->format, schema->dictionary ? " in a dictionary" : "");
        return 0;
    }
    free(out->pieces);
    out->pieces = calloc(out->piece_count + 1, sizeof *out->pieces);
    if (out->pieces == NULL)
        return PyErr_NoMemory() != NULL;
    for (size_t i = 0; i < out->piece_count; i++) {
        const struct ArrowArray *array = &out->arrays[i];
        source *piece = &out->pieces[i];
        *piece = kind;
        piece->count = (size_t)array->length;
        piece->first = array->offset;
        piece->validity = array->null_count == 0 ? NULL : array->buffers[0];
        piece->stride = (ptrdiff_t)kind.width;
        piece->offsets = array->buffers[1];
        piece->buffers = array->buffers;
        piece->data = kind.kind == SOURCE_VIEWS     ? NULL
                      : kind.kind == SOURCE_NUMBERS ? array->buffers[1]
                                                    : array->buffers[2];
        if (kind.kind == SOURCE_NUMBERS && piece->data)
            piece->data += (size_t)array->offset * kind.width;
    }
    return 1;
}

static int open_array(PyObject *codes, column *out)
{
    struct ArrowSchema *schema = PyCapsule_GetPointer(PyTuple_GetItem(codes, 0), "arrow_schema");
    struct ArrowArray *array =
        schema ? PyCapsule_GetPointer(PyTuple_GetItem(codes, 1), "arrow_array") : NULL;
    if (array == NULL)
        return 0;
    out->arrays = malloc(sizeof *array);
    if (out->arrays == NULL)
        return PyErr_NoMemory() != NULL;
    *out->arrays = *array;
    array->release = NULL;
    return open_arrays(schema, out);
}

/* Reads a stream to its end: the arrays stay where they are. */
static int read_stream(struct ArrowArrayStream *stream, struct ArrowSchema *schema, column *out)
{
    size_t room = 0;
    int error = stream->get_schema(stream, schema);
    out->piece_count = 0;
    while (error == 0) {
        struct ArrowArray next = {.release = NULL};
        error = stream->get_next(stream, &next);
        if (error || next.release == NULL)
            break;
        if (out->piece_count == room) {
            room = room ? 2 * room : 8;
            struct ArrowArray *more = realloc(out->arrays, room * sizeof *more);
            if (more == NULL) {
                next.release(&next);
                return 12; /* ENOMEM */
            }
            out->arrays = more;
        }
        out->arrays[out->piece_count++] = next;
    }
    return error;
}

static int open_stream(PyObject *codes, column *out)
{
    struct ArrowSchema schema = {.release = NULL};
    struct ArrowArrayStream *stream = PyCapsule_GetPointer(codes, "arrow_array_stream");
    int error, opened = 0;
    if (stream == NULL || stream->release == NULL) {
        PyErr_SetString(PyExc_ValueError, "this stream was handed over already");
        return 0;
    }
    Py_BEGIN_ALLOW_THREADS;
    error = read_stream(stream, &schema, out);
    Py_END_ALLOW_THREADS;
    if (error == 0) {
        opened = open_arrays(&schema, out);
    } else {
        const char *message = stream->get_last_error(stream);
        PyErr_SetString(PyExc_OSError, message ? message : "the stream cannot be read");
    }
    if (schema.release)
        schema.release(&schema);
    return opened;
}

int column_open(PyObject *codes, column *out)
{
    *out = (column){.piece_count = 1};
    out->pieces = calloc(1, sizeof *out->pieces);
    if (out->pieces == NULL)
        return PyErr_NoMemory() != NULL;
    int opened;
    if (PyCapsule_CheckExact(codes)) {
        opened = open_stream(codes, out);
    } else if (PyTuple_Check(codes) && PyTuple_Size(codes) == 2 &&
               PyCapsule_CheckExact(PyTuple_GetItem(codes, 0))) {
        opened = open_array(codes, out);
    } else if (PyList_Check(codes) || PyTuple_Check(codes)) {
        out->pieces->kind = SOURCE_OBJECTS;
        out->pieces->list = codes;
        out->pieces->is_list = PyList_Check(codes);
        out->pieces->count = (size_t)PySequence_Size(codes);
        opened = 1;
    } else {
        opened = open_buffer(codes, out);
    }
    for (size_t i = 0; opened && i < out->piece_count; i++)
        out->rows += out->pieces[i].count;
    if (!opened)
        column_close(out);
    return opened;
}

void column_close(column *in)
{
    for (size_t i = 0; in->arrays && i < in->piece_count; i++) {
        if (in->arrays[i].release)
            in->arrays[i].release(&in->arrays[i]);
    }
    free(in->arrays);
    free(in->pieces);
    if (in->has_view)
        PyBuffer_Release(&in->view);
    *in = (column){.pieces = NULL};
}

static int is_null(const source *from, size_t i)
{
    const size_t at = (size_t)from->first + i;
    return from->validity && (from->validity[at / 8] >> at % 8 & 1) == 0;
}

/* UCS-4 to UTF-8. What is no character becomes '?', which is no digit, and so does a text that is
 * too long: a part of it might be a code. */
static pole_span utf8_of(const char *data, size_t capacity, char *room)
{
    size_t size = 0;
    for (size_t i = 0; i < capacity; i++) {
        uint32_t c;
        memcpy(&c, data + 4 * i, sizeof c);
        if (c == 0)
            break;
        if (size + 4 > 256)
            return (pole_span){"?", 1};
        if (c >= 0xD800 && (c < 0xE000 || c > 0x10FFFF))
            c = '?';
        if (c < 0x80) {
            room[size++] = (char)c;
        } else if (c < 0x800) {
            room[size++] = (char)(0xC0 | c >> 6);
            room[size++] = (char)(0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
            room[size++] = (char)(0xE0 | c >> 12);
            room[size++] = (char)(0x80 | (c >> 6 & 0x3F));
            room[size++] = (char)(0x80 | (c & 0x3F));
        } else {
            room[size++] = (char)(0xF0 | c >> 18);
            room[size++] = (char)(0x80 | (c >> 12 & 0x3F));
            room[size++] = (char)(0x80 | (c >> 6 & 0x3F));
            room[size++] = (char)(0x80 | (c & 0x3F));
        }
    }
    return (pole_span){room, size};
}

static pole_span view_text(const source *from, size_t at)
{
    const char *view = (const char *)from->offsets + 16 * at;
    int32_t size, buffer, offset;
    memcpy(&size, view, sizeof size);
    if (size <= 12)
        return (pole_span){view + 4, (size_t)size};
    memcpy(&buffer, view + 8, sizeof buffer);
    memcpy(&offset, view + 12, sizeof offset);
    return (pole_span){(const char *)from->buffers[2 + buffer] + offset, (size_t)size};
}

pole_span source_text(const source *from, size_t i, char *room)
{
    const size_t at = (size_t)from->first + i;
    const char *fixed = from->data + (ptrdiff_t)i * from->stride;
    if (is_null(from, i))
        return (pole_span){NULL, 0};
    switch (from->kind) {
    case SOURCE_FIXED:
        return (pole_span){fixed, strnlen(fixed, from->width)};
    case SOURCE_UCS4:
        return utf8_of(fixed, from->width / 4, room);
    case SOURCE_UTF8: {
        const int32_t *offsets = from->offsets;
        return (pole_span){from->data + offsets[at], (size_t)(offsets[at + 1] - offsets[at])};
    }
    case SOURCE_LARGE: {
        const int64_t *offsets = from->offsets;
        return (pole_span){from->data + offsets[at], (size_t)(offsets[at + 1] - offsets[at])};
    }
    case SOURCE_VIEWS:
        return view_text(from, at);
    default:
        return (pole_span){NULL, 0};
    }
}

uint32_t source_number(const source *from, size_t i)
{
    const char *at = from->data + (ptrdiff_t)i * from->stride;
    uint64_t value = 0;
    if (is_null(from, i))
        return UINT32_MAX;
    switch (from->width) {
    case 1:
        value = from->is_signed ? (uint64_t) * (const int8_t *)at : *(const uint8_t *)at;
        break;
    case 2: {
        uint16_t part;
        memcpy(&part, at, sizeof part);
        value = from->is_signed ? (uint64_t)(int16_t)part : part;
        break;
    }
    case 4: {
        uint32_t part;
        memcpy(&part, at, sizeof part);
        value = from->is_signed ? (uint64_t)(int32_t)part : part;
        break;
    }
    default:
        memcpy(&value, at, sizeof value);
        break;
    }
    /* Below zero is beyond 32 bits here. */
    return value < UINT32_MAX ? (uint32_t)value : UINT32_MAX;
}

PyObject *source_object(const source *from, size_t i)
{
    PyObject *object;
    if (from->list && from->is_list)
        return PyList_GetItem(from->list, (Py_ssize_t)i);
    if (from->list)
        return PyTuple_GetItem(from->list, (Py_ssize_t)i);
    memcpy(&object, from->data + (ptrdiff_t)i * from->stride, sizeof object);
    return object ? object : Py_None;
}
