/* SPDX-License-Identifier: MIT
 * A delimited table's dialect: what stands between cells and around them, and whether the first
 * row names the columns. Sniffed from the first rows, or given. */
#ifndef FORMATS_DIALECT_H
#define FORMATS_DIALECT_H

#include <stdbool.h>

#include <polelookup/types.h>

typedef enum {
    POLE_HEADER_SNIFF, /* a first row with a number in it is data, unless two of its cells are known
                          column names */
    POLE_HEADER_YES,
    POLE_HEADER_NO
} pole_header_rule;

typedef struct {
    char delimiter;          /* ',' ';' '\t' '|'; any other ASCII character may be given */
    char quote;              /* '"' or '\''; '\0': quotes are ordinary characters */
    pole_header_rule header; /* after a sniff: YES or NO */
} pole_dialect;

/* To ask for a sniff of that part. */
#define POLE_SNIFF_CHAR ((char)-1)
#define POLE_DIALECT_SNIFF ((pole_dialect){POLE_SNIFF_CHAR, POLE_SNIFF_CHAR, POLE_HEADER_SNIFF})
#define POLE_DIALECT_CSV ((pole_dialect){',', '"', POLE_HEADER_YES})

/* Completes the parts of *dialect that ask for it from the table's first text: the delimiter under
 * which the first (up to 100) records have the steadiest count of cells, at least two, more cells
 * on a tie, then the order , tab ; |. No such delimiter: one column, ','. The apostrophe is
 * taken as the quote only where it opens and closes cells and the quotation mark never does.
 * whole: the text is all there is. POLE_INVALID_ARGUMENT when the given parts clash (the delimiter
 * equals the quote, is a line end, NUL or not ASCII), POLE_NO_MEMORY. */
pole_status pole_dialect_complete(pole_span text, bool whole, const pole_allocator *allocator,
                                  pole_dialect *dialect, pole_error *error);

/* "comma", "tab", "semicolon", "pipe" or "\"x\"": for messages. out holds 16 bytes. */
const char *pole_dialect_delimiter_name(char delimiter, char out[16]);

#endif
