/* SPDX-License-Identifier: MIT
 * Writing a page of HTML: trusted markup as it is, everything else escaped.
 *
 * Text of data can be hostile. Escaped are the five characters that HTML acts on; what a reader
 * would act on instead of showing it (controls, marks that turn the direction of writing, NUL, bad
 * UTF-8) is written as U+FFFD. It never stands in a script or a style: the page has no script, and
 * its one style is this program's. Markup is well-formed XML, so that a strict reader can judge it.
 */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "base/memory.h"

typedef struct {
    pole_buffer buffer;
    const pole_sink *sink;
    pole_status status; /* of the sink; the first failure sticks */
    int32_t language;
} pole_page;

/* No text is longer: the rest is cut, and ends in "…". */
#define POLE_PAGE_TEXT_BYTES 120u

void pole_page_begin(pole_page *page, const pole_sink *sink, int32_t language,
                     const pole_allocator *allocator);
/* Hands over what is left, and frees. What the sink returned, or POLE_NO_MEMORY. */
pole_status pole_page_end(pole_page *page);

/* Markup of this program, never of data. */
void pole_page_raw(pole_page *page, const char *markup);
/* The same in the page's language. */
void pole_page_say(pole_page *page, const char *zh, const char *en);
/* Text of data, escaped. */
void pole_page_text(pole_page *page, pole_span text);
/* 2187280 as "2,187,280". */
void pole_page_count(pole_page *page, uint64_t count);
/* A whole number for an attribute, without separators. */
void pole_page_number(pole_page *page, int64_t number);
/* part of whole as "12.3 %"; what is not nothing is never "0.0 %" nor what is not all "100.0 %". */
void pole_page_share(pole_page *page, uint64_t part, uint64_t whole);
/* A bar of part / most, for a column of bars. style: a class of the style sheet. */
void pole_page_bar(pole_page *page, uint64_t part, uint64_t most, const char *style);

/* value * scale / whole, rounded; whole above 0, scale at most 10,000. */
uint64_t pole_scaled(uint64_t value, uint64_t scale, uint64_t whole);

#endif
