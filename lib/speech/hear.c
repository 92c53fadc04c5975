/* SPDX-License-Identifier: MIT
 * From a text to the digits heard in it: written codes alone. */
#include "speech/heard.h"

#include "base/abi.h"
#include "base/numerals.h"
#include "base/utf8.h"

#define MOST_DIGITS 64 /* enough to tell a telephone number from a longer one */

static const char *const reason_names[] = {NULL,       "no_digits",    "too_few",
                                           "too_many", "phone_number", "other_number"};

const char *pole_reason_name(pole_reason reason)
{
    const size_t count = sizeof reason_names / sizeof *reason_names;
    return reason >= 0 && (size_t)reason < count ? reason_names[reason] : NULL;
}

void pole_hear_options_init(pole_hear_options *options)
{
    memset(options, 0, sizeof *options);
    options->struct_size = sizeof *options;
    options->lengths = 1u << 7;
}

pole_status pole_heard_new(const pole_allocator *allocator, pole_heard **heard)
{
    if (heard == NULL)
        return POLE_INVALID_ARGUMENT;
    const pole_allocator memory = pole_allocator_or_default(allocator);
    *heard = pole_allocate_zeroed(&memory, 1, sizeof **heard);
    if (*heard == NULL)
        return POLE_NO_MEMORY;
    (*heard)->allocator = memory;
    (*heard)->reason = POLE_REASON_NO_DIGITS;
    pole_buffer_init(&(*heard)->text, &memory);
    pole_buffer_init(&(*heard)->query, &memory);
    return POLE_OK;
}

void pole_heard_free(pole_heard *heard)
{
    if (heard == NULL)
        return;
    const pole_allocator memory = heard->allocator;
    pole_buffer_free(&heard->text);
    pole_buffer_free(&heard->query);
    pole_release(&memory, heard);
}

typedef struct {
    char digits[MOST_DIGITS];
    size_t count; /* all digits, kept or not */
    bool other;   /* there are words too */
} found_digits;

static found_digits find_digits(pole_span text)
{
    found_digits found = {{0}, 0, false};
    for (size_t at = 0; at < text.size_bytes;) {
        const uint32_t character = pole_utf8_next(text.data, text.size_bytes, &at);
        const int numeral = pole_numeral(character);
        if (numeral >= 0) {
            if (found.count < MOST_DIGITS)
                found.digits[found.count] = (char)('0' + numeral);
            found.count++;
        } else if (character == '?') { found.digits[found.count++] = '?';
        } else if (!pole_is_separator(character)) {
            found.other = true;
        }
    }
    return found;
}

/* A mobile number has eleven digits from 1 on; a landline with its area code ten to twelve from
 * 0 on (Chinese numbering plan). */
static bool is_phone_number(const found_digits *found)
{
    return (found->count == 11 && found->digits[0] == '1') ||
           (found->count >= 10 && found->count <= 12 && found->digits[0] == '0');
}

static pole_reason reason_of(const found_digits *found, uint32_t lengths)
{
    if (found->count == 0)
        return POLE_REASON_NO_DIGITS;
    if (found->other)
        return POLE_REASON_OTHER_NUMBER;
    if (found->count <= POLE_MAX_DIGITS && found->count >= 4)
        return POLE_REASON_NONE;
    if (is_phone_number(found))
        return POLE_REASON_PHONE_NUMBER;
    /* Between two lengths it is short of the longer one: that is the common slip. */
    const bool some_longer = found->count < POLE_MAX_DIGITS && (lengths >> (found->count + 1)) != 0;
    return some_longer ? POLE_REASON_TOO_FEW : POLE_REASON_TOO_MANY;
}

/* Nothing heard; the memory stays. */
static void forget(pole_heard *heard)
{
    heard->count = 0;
    heard->reading_count = 0;
    heard->reason = POLE_REASON_NO_DIGITS;
    pole_buffer_clear(&heard->text);
    pole_buffer_clear(&heard->query);
}

pole_status pole_hear(const pole_text *texts, size_t count, const pole_hear_options *options,
                      pole_heard *heard)
{
    pole_hear_options taken;
    pole_hear_options_init(&taken);
    if (heard == NULL)
        return POLE_INVALID_ARGUMENT;
    forget(heard);
    if (texts == NULL || count == 0 || !pole_options_take(&taken, sizeof taken, options) ||
        (texts->text.data == NULL && texts->text.size_bytes > 0) || !(texts->weight > 0))
        return POLE_INVALID_ARGUMENT;
    if (count > 1)
        return POLE_UNSUPPORTED;
    const pole_span text = pole_utf8_trim(texts->text);
    const found_digits found = find_digits(text);
    heard->reason = reason_of(&found, taken.lengths & 0x3FE);
    pole_buffer_append(&heard->text, text.data, text.size_bytes);
    if (heard->reason == POLE_REASON_NONE) {
        heard->count = (uint8_t)found.count;
        memcpy(heard->digits, found.digits, found.count);
        heard->digits[found.count] = 0;
        heard->reading_count = 1;
        memset(heard->readings, 0, sizeof heard->readings[0]);
        heard->readings[0].weight = 1; heard->readings[0].count = heard->count; heard->readings[0].sayings = 1; heard->readings[0].again = -1;
        for (size_t i = 0; i < found.count; i++) if (found.digits[i] != '?') {
            unsigned d = (unsigned)(found.digits[i] - '0');
            heard->readings[0].places[i].digits = (uint16_t)(1u << d);
            heard->readings[0].places[i].weights[d] = 1; }
        pole_buffer_append(&heard->query, text.data, text.size_bytes);
    } else {
        pole_mask_digits(text, &heard->query);
    }
    if (!heard->text.failed && !heard->query.failed)
        return POLE_OK;
    forget(heard);
    return POLE_NO_MEMORY;
}

pole_span pole_heard_query(const pole_heard *heard)
{
    if (heard == NULL || heard->query.size == 0)
        return (pole_span){NULL, 0};
    return (pole_span){(const char *)heard->query.bytes, heard->query.size};
}

pole_span pole_heard_digits(const pole_heard *heard)
{
    if (heard == NULL || heard->count == 0)
        return (pole_span){NULL, 0};
    return (pole_span){heard->digits, heard->count};
}

pole_reason pole_heard_reason(const pole_heard *heard)
{
    return heard ? heard->reason : POLE_REASON_NO_DIGITS;
}
