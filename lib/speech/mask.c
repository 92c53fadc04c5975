/* SPDX-License-Identifier: MIT
 * Long runs of digits are telephone, identity and account numbers of people in trouble: they are
 * never told again in full. */
#include "base/numerals.h"
#include "base/utf8.h"
#include "speech/heard.h"

#define LONG_RUN 8

/* The run of digits that begins at `at`: how many digits, and where it ends (behind its last
 * digit). Separators count only between digits. */
static unsigned measure_run(pole_span text, size_t at, size_t *end)
{
    unsigned digits = 0;
    while (at < text.size_bytes) {
        const uint32_t character = pole_utf8_next(text.data, text.size_bytes, &at);
        if (pole_numeral(character) >= 0) {
            digits++;
            *end = at;
        } else if (!pole_is_separator(character)) {
            break;
        }
    }
    return digits;
}

static void append_masked(pole_span run, unsigned digits, pole_buffer *out)
{
    unsigned seen = 0;
    for (size_t at = 0; at < run.size_bytes;) {
        const int numeral = pole_numeral(pole_utf8_next(run.data, run.size_bytes, &at));
        if (numeral < 0)
            continue;
        if (seen == 3)
            pole_buffer_append_text(out, "****");
        if (seen < 3 || seen >= digits - 4)
            pole_buffer_append_byte(out, (uint8_t)('0' + numeral));
        seen++;
    }
}

void pole_mask_digits(pole_span text, pole_buffer *out)
{
    size_t at = 0;
    while (at < text.size_bytes) {
        const size_t start = at;
        const uint32_t character = pole_utf8_next(text.data, text.size_bytes, &at);
        size_t end = at;
        unsigned digits = 0;
        if (pole_numeral(character) >= 0)
            digits = measure_run(text, start, &end);
        if (digits >= LONG_RUN) {
            const pole_span run = {text.data + start, end - start};
            append_masked(run, digits, out);
        } else {
            pole_buffer_append(out, text.data + start, end - start);
        }
        at = end;
    }
}
