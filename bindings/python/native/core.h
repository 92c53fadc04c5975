/* SPDX-License-Identifier: MIT
 * The module polelookup._core: an open index as a Python object, by the stable ABI of Python 3.11.
 * What is pleasant to use is made of it in Python; here is what needs C. */
#ifndef NATIVE_CORE_H
#define NATIVE_CORE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <polelookup/polelookup.h>

/* What the module holds. */
typedef struct {
    PyObject *error;
    PyTypeObject *index_type;
} core_state;

typedef struct {
    PyObject_HEAD pole_index *index; /* NULL: closed */
} index_object;

extern PyType_Spec index_spec;

/* Another owner of the index, so that a call may go on without the lock of the interpreter while
 * another thread closes it; NULL, and a ValueError, when it is closed. To be closed by
 * pole_index_close(). */
pole_index *index_borrow(PyObject *self);

/* Raises polelookup.Error, MemoryError or KeyError for a status; returns NULL. error: may be NULL.
 */
PyObject *raise_status(PyObject *self, pole_status status, const pole_error *error);

/* The bytes of a str, borrowed from it; empty for None and NULL. False: an exception is set. */
int span_of_text(PyObject *text, pole_span *span);

/* arrow.c */
PyObject *index_match_array(PyObject *self, PyObject *args, PyObject *kwargs);
PyObject *index_match_stream(PyObject *self, PyObject *args, PyObject *kwargs);

PyObject *stream_schema(PyObject *module, PyObject *in);

/* resolve.c */
PyObject *index_resolve(PyObject *self, PyObject *args, PyObject *kwargs);

#endif
