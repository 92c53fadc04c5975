/* SPDX-License-Identifier: MIT
 * See cells.h. */
#include "build/cells.h"

#include <stdio.h>

#include "base/numerals.h"
#include "base/status.h"
#include "build/trim.h"
#include "build/words.h"

static bool is_forbidden(uint32_t character)
{
    return pole_utf8_acts(character) || character == 0xFFFE || character == 0xFFFF;
}

/* The first character that no text may have; POLE_UTF8_BAD for ill-formed bytes, 0 for none (NUL
 * counts as a control character: *found tells). */
static bool find_forbidden(pole_span text, uint32_t *character)
{
    for (size_t at = 0; at < text.size_bytes;) {
        const unsigned char byte = (unsigned char)text.data[at];
        if (byte >= 0x20 && byte < 0x7F) {
            at++;
            continue;
        }
        *character = pole_utf8_next(text.data, text.size_bytes, &at);
        if (*character == POLE_UTF8_BAD || is_forbidden(*character))
            return true;
    }
    return false;
}

static pole_status refuse_text(pole_reporter *reporter, const pole_row_place *place,
                               pole_complaint *complaint, uint32_t character)
{
    complaint->kind = POLE_FINDING_BAD_TEXT;
    if (character == POLE_UTF8_BAD)
        return pole_refuse(reporter, place, complaint, "the text is not UTF-8");
    if (character == '\n' || character == '\r' || character == '\t') {
        complaint->hint = "put a space in its place";
        return pole_refuse(reporter, place, complaint, "the text holds a %s",
                           character == '\t' ? "tab" : "line break");
    }
    complaint->hint = "leave it out";
    return pole_refuse(reporter, place, complaint, "the text holds the control character U+%04X",
                       (unsigned)character);
}

pole_status pole_take_text(pole_texts *texts, pole_reporter *reporter, const pole_row_place *place,
                           pole_column_role role, pole_span cell, pole_text_number *number)
{
    const pole_span text = pole_trim(cell);
    *number = 0;
    if (text.size_bytes == 0)
        return POLE_OK;
    pole_complaint complaint = pole_complain(POLE_FINDING_TOO_LONG, role, text, NULL);
    if (text.size_bytes > POLE_MAX_CELL_BYTES)
        return pole_refuse(reporter, place, &complaint, "the text has %zu bytes, more than 65,536",
                           text.size_bytes);
    uint32_t hash;
    *number = pole_texts_find(texts, text, &hash);
    if (*number != POLE_NO_TEXT)
        return POLE_OK;
    *number = 0;
    uint32_t character;
    if (find_forbidden(text, &character))
        return refuse_text(reporter, place, &complaint, character);
    const pole_status status = pole_texts_insert(texts, text, hash, number);
    if (status == POLE_OK)
        return POLE_OK;
    return pole_fail(&reporter->error, status,
                     status == POLE_LIMIT ? "the tables hold more than 1 GiB of different texts"
                                          : "there is not enough memory for the tables' texts");
}

/* The first character of a code that is no digit; 0: none. */
static uint32_t first_other(pole_span text)
{
    for (size_t at = 0; at < text.size_bytes;) {
        const uint32_t character = pole_utf8_next(text.data, text.size_bytes, &at);
        if (pole_numeral(character) < 0)
            return character;
    }
    return 0;
}

bool pole_read_digits(pole_span text, uint32_t *number, uint8_t *digits)
{
    uint32_t value = 0;
    uint8_t count = 0;
    for (size_t at = 0; at < text.size_bytes;) {
        uint32_t character = (unsigned char)text.data[at];
        if (character < 0x80)
            at++;
        else
            character = pole_utf8_next(text.data, text.size_bytes, &at);
        const int numeral = pole_numeral(character);
        if (numeral < 0 || count == POLE_MAX_DIGITS)
            return false;
        value = value * 10 + (uint32_t)numeral;
        count++;
    }
    *number = value;
    *digits = count;
    return count > 0;
}

static pole_status refuse_shape(pole_reporter *reporter, const pole_row_place *place,
                                pole_span code)
{
    pole_complaint complaint = pole_complain(POLE_FINDING_MALFORMED_CODE, POLE_COLUMN_CODE, code,
                                             pole_code_damage_hint(code));
    const uint32_t other = first_other(code);
    const pole_shown shown = pole_show(code);
    if (other == 0)
        return pole_refuse(reporter, place, &complaint, "the code '%s' has more than 9 digits",
                           shown.text);
    const bool is_letter = (other >= 'A' && other <= 'Z') || (other >= 'a' && other <= 'z');
    const bool is_damaged = complaint.hint != NULL;
    if (!is_damaged)
        complaint.hint = "a code is digits alone; --map code=HEADER names another column";
    if (is_letter && !is_damaged)
        return pole_refuse(reporter, place, &complaint, "the code '%s' has letters", shown.text);
    char character[5] = "?";
    if (other != POLE_UTF8_BAD)
        character[pole_utf8_put(other, character)] = '\0';
    return pole_refuse(reporter, place, &complaint, "the code '%s' has a '%s'", shown.text,
                       pole_show(pole_span_of(character)).text);
}

/* "7", "5 or 7", "5, 6 or 7" */
static void list_lengths(uint32_t lengths, char out[40])
{
    size_t size = 0;
    for (unsigned n = 1; n <= POLE_MAX_DIGITS; n++) {
        if ((lengths >> n & 1) == 0)
            continue;
        const char *joint = size == 0 ? "" : lengths >> (n + 1) ? ", " : " or ";
        const int written = snprintf(out + size, 40 - size, "%s%u", joint, n);
        size += written > 0 ? (size_t)written : 0;
    }
}

static pole_status refuse_length(const pole_plan *plan, const pole_texts *texts,
                                 pole_reporter *reporter, const pole_row_place *place,
                                 pole_span code, pole_text_number scope, unsigned digits)
{
    pole_complaint complaint =
        pole_complain(POLE_FINDING_MALFORMED_CODE, POLE_COLUMN_CODE, code, NULL);
    const uint32_t lengths = pole_plan_lengths(plan, scope);
    const pole_shown shown = pole_show(pole_texts_at(texts, scope));
    const char *any = scope > 0 ? "*/" : "";
    char hint[112];
    complaint.hint = hint;
    if (lengths == 0) {
        (void)snprintf(hint, sizeof hint,
                       "state one for all counties: --scheme '...;*/station:1,street:2,pole:2', "
                       "or '...;*/pole:%u'",
                       digits);
        return pole_refuse(reporter, place, &complaint,
                           "no scheme is stated for the codes of the scope '%s'", shown.text);
    }
    char list[40];
    list_lengths(lengths, list);
    (void)snprintf(hint, sizeof hint, "%sadd this length to the scheme: --scheme '...;%spole:%u'",
                   lengths >> (digits + 1) ? "leading zeros may be lost; if not, " : "", any,
                   digits);
    return pole_refuse(reporter, place, &complaint,
                       "the code '%s' has %u digit%s; codes%s%s have %s", pole_show(code).text,
                       digits, digits == 1 ? "" : "s", scope > 0 ? " of " : "", shown.text, list);
}

pole_status pole_take_code(pole_plan *plan, const pole_texts *texts, pole_reporter *reporter,
                           const pole_row_place *place, pole_span cell, pole_text_number scope,
                           uint32_t *number, uint16_t *used)
{
    const pole_span code = pole_trim(cell);
    if (code.size_bytes == 0) {
        const pole_complaint complaint =
            pole_complain(POLE_FINDING_EMPTY_CELL, POLE_COLUMN_CODE, code, NULL);
        return pole_refuse(reporter, place, &complaint, "the code is empty");
    }
    uint8_t digits;
    if (!pole_read_digits(code, number, &digits))
        return refuse_shape(reporter, place, code);
    const pole_status status = pole_plan_use(plan, scope, digits, used);
    if (status == POLE_NOT_FOUND)
        return refuse_length(plan, texts, reporter, place, code, scope, digits);
    if (status != POLE_OK)
        return pole_fail(&reporter->error, status,
                         status == POLE_LIMIT ? "the tables have more than 65,534 scopes"
                                              : "there is not enough memory for the scopes");
    return POLE_OK;
}
