/* SPDX-License-Identifier: MIT
 * Rows of digits as said. */
#include "speech/said.h"

#include <string.h>

#include "speech/words.h"

char pole_said_character(pole_said_digit digit)
{
    pole_heard_place place;
    pole_said_place(digit, &place);
    char best = '?';
    double weight = 0;
    for (int d = 0; d < 10; d++) {
        if (place.weights[d] > weight) {
            weight = place.weights[d];
            best = (char)('0' + d);
        }
    }
    return best;
}

void pole_said_place(pole_said_digit digit, pole_heard_place *place)
{
    memset(place, 0, sizeof *place);
    if (digit < 10) {
        place->digits = (uint16_t)(1u << digit);
        place->weights[digit] = 1;
    } else if (digit >= POLE_SAID_SOUND) {
        const pole_word *first = pole_words + (digit - POLE_SAID_SOUND);
        double best = 0;
        const pole_word_rows rows = pole_words_exact(first->text, strlen(first->text));
        for (unsigned i = 0; i < rows.count; i++) {
            const pole_word *word = pole_words + rows.first + i;
            if (word->kind != POLE_WORD_SOUND)
                continue;
            place->digits = (uint16_t)(place->digits | 1u << word->value);
            place->weights[word->value] = word->weight;
            if (word->weight > best)
                best = word->weight;
        }
        for (int d = 0; d < 10; d++)
            place->weights[d] /= best;
    }
}

bool pole_said_append(pole_said *said, const pole_said_digit *digits, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (said->count == POLE_MOST_SAID)
            return false;
        said->digits[said->count++] = digits[i];
    }
    return true;
}

void pole_said_reverse(pole_said_digit *digits, size_t count)
{
    for (size_t a = 0, b = count; a + 1 < b; a++) {
        const pole_said_digit held = digits[--b];
        digits[b] = digits[a];
        digits[a] = held;
    }
}

bool pole_said_same(const pole_said_digit *a, const pole_said_digit *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (a[i] != b[i] && pole_said_character(a[i]) != pole_said_character(b[i]))
            return false;
    }
    return true;
}

unsigned pole_said_differences(const pole_said *a, const pole_said *b)
{
    unsigned differences = 0;
    for (size_t i = 0; i < a->count && i < b->count; i++) {
        const char x = pole_said_character(a->digits[i]), y = pole_said_character(b->digits[i]);
        differences += x != y && x != '?' && y != '?';
    }
    return differences;
}

double pole_length_prior(uint32_t lengths, size_t digits)
{
    static const double by_distance[] = {1, 0.1, 0.03, 0.01, 0.004};
    size_t nearest = 4;
    for (size_t n = 1; n <= POLE_MAX_DIGITS; n++) {
        const size_t distance = n > digits ? n - digits : digits - n;
        if (pole_is_length(lengths, n) && distance < nearest)
            nearest = distance;
    }
    if (nearest < 4 || digits <= POLE_MOST_PLACES)
        return by_distance[nearest];
    return 0.001;
}
