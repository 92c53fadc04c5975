/* SPDX-License-Identifier: MIT
 *
 * Hearing a text in a test: tables of texts with the digits that must be heard. */
#ifndef SUPPORT_HEARING_H
#define SUPPORT_HEARING_H

#include <check.h>
#include <string.h>

#include <polelookup/speech.h>

typedef struct {
    const char *text;
    const char *digits; /* '?': unknown; NULL: no code */
} heard_case;

static inline pole_text hearing_text(const char *text, double weight)
{
    const pole_text said = {{text, strlen(text)}, weight};
    return said;
}

/* lengths: as in pole_hear_options. */
static inline void hear_with_lengths(pole_heard *heard, const char *text, uint32_t lengths)
{
    const pole_text said = hearing_text(text, 1);
    pole_hear_options options;
    pole_hear_options_init(&options);
    options.lengths = lengths;
    ck_assert_int_eq(pole_hear(&said, 1, &options, heard), POLE_OK);
}

static inline pole_heard *hear_new(void)
{
    pole_heard *heard = NULL;
    ck_assert_int_eq(pole_heard_new(NULL, &heard), POLE_OK);
    return heard;
}

static inline void must_hear(pole_heard *heard, const char *text, const char *wanted)
{
    const pole_span digits = pole_heard_digits(heard);
    const size_t size = wanted == NULL ? 0 : strlen(wanted);
    ck_assert_msg(digits.size_bytes == size &&
                      (size == 0 || memcmp(digits.data, wanted, size) == 0),
                  "%s: wanted %s, heard %.*s", text, wanted ? wanted : "nothing",
                  (int)digits.size_bytes, digits.data ? digits.data : "");
    ck_assert((pole_heard_reason(heard) == POLE_REASON_NONE) == (wanted != NULL));
}

/* Hears each text as a code of seven digits. */
static inline void hear_cases(const heard_case *cases, size_t count)
{
    pole_heard *heard = hear_new();
    for (size_t i = 0; i < count; i++) {
        hear_with_lengths(heard, cases[i].text, 1u << 7);
        must_hear(heard, cases[i].text, cases[i].digits);
    }
    pole_heard_free(heard);
}
#define HEAR_CASES(cases) hear_cases(cases, sizeof(cases) / sizeof *(cases))

#endif
