/* SPDX-License-Identifier: MIT
 *
 * Any text a person can type or a recogniser can write: hearing it, mixed with another, and
 * telling what was heard. What comes back of a text must be text again, and a sound lattice. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "speech/heard.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static bool is_text(pole_span span)
{
    return pole_utf8_first_bad(span.data, span.size_bytes) == span.size_bytes;
}

static void judge_lattice(const pole_heard *heard)
{
    double sum = 0;
    must(heard->reading_count <= POLE_MOST_READINGS && heard->count <= POLE_MOST_PLACES);
    for (size_t i = 0; i < heard->reading_count; i++) {
        const pole_reading *reading = heard->readings + i;
        sum += reading->weight;
        must(reading->count >= 1 && reading->count <= POLE_MOST_PLACES && reading->sayings >= 1);
        must(reading->again < heard->reading_count);
    }
    must(heard->reading_count == 0 || (sum > 1 - 1e-9 && sum < 1 + 1e-9));
}

static void judge(const pole_heard *heard, pole_span text)
{
    pole_heard_code codes[POLE_MOST_HEARD_CODES];
    const pole_span digits = pole_heard_digits(heard);
    const size_t count = pole_heard_codes(heard, codes, POLE_MOST_HEARD_CODES);
    must((digits.size_bytes > 0) == (pole_heard_reason(heard) == POLE_REASON_NONE));
    must((count > 0) == (digits.size_bytes > 0) && count <= POLE_MOST_HEARD_CODES);
    must(!is_text(text) || is_text(pole_heard_query(heard)));
    judge_lattice(heard);
}

/* The first byte: the lengths; a zero byte ends the first text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pole_heard *heard = NULL;
    pole_hear_options options;
    pole_hear_options_init(&options);
    if (size == 0 || pole_heard_new(NULL, &heard) != POLE_OK)
        return 0;
    options.lengths = data[0] * 4u; /* any set of lengths */
    const char *text = (const char *)data + 1;
    const char *end = memchr(text, '\0', size - 1);
    const size_t first = end ? (size_t)(end - text) : size - 1;
    pole_text both[2] = {{{text, first}, 2}, {{NULL, 0}, 1}};
    if (end)
        both[1].text = (pole_span){end + 1, size - 1 - first - 1};
    must(pole_hear(both, end ? 2 : 1, &options, heard) == POLE_OK);
    judge(heard, both[0].text);
    pole_heard_free(heard);
    return 0;
}
