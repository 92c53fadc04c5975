/* SPDX-License-Identifier: MIT
 *
 * Any text a person can type or a recogniser can write: hearing it, reading it as a code, masking
 * its digits. What comes back of a text must be text again. */
#include <stdint.h>
#include <stdlib.h>

#include <polelookup/speech.h>

#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_text(pole_span span)
{
    return pole_utf8_first_bad(span.data, span.size_bytes) == span.size_bytes;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pole_heard *heard = NULL;
    pole_hear_options options;
    pole_hear_options_init(&options);
    if (size == 0 || pole_heard_new(NULL, &heard) != POLE_OK)
        return 0;
    options.lengths = data[0] * 4u; /* any set of lengths */
    const pole_text text = {{(const char *)data + 1, size - 1}, 1.0};
    if (pole_hear(&text, 1, &options, heard) == POLE_OK) {
        const pole_span digits = pole_heard_digits(heard);
        const pole_span query = pole_heard_query(heard);
        if ((digits.size_bytes > 0) != (pole_heard_reason(heard) == POLE_REASON_NONE))
            abort();
        if (digits.size_bytes > POLE_MAX_DIGITS)
            abort();
        if (is_text(text.text) && !is_text(query))
            abort();
    }
    pole_heard_free(heard);
    return 0;
}
