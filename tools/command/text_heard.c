/* SPDX-License-Identifier: MIT
 * What was heard, and how it differs from what was meant, in words. */
#include <string.h>

#include <polelookup/resolve.h>

#include "text_parts.h"

#define QUERY_COLUMNS 40
#define LONG_RUN 8       /* of digits, not to be told in full unless they are a code */
#define MOST_DIFFERENT 3 /* digits that a person compares */

static bool scheme_of_length(const command_session *session, size_t digits, pole_scheme_info *found)
{
    for (uint32_t i = 0; pole_index_scheme(session->index, i, found) == POLE_OK; i++)
        if (found->digits == digits &&
            (session->scope == POLE_ANY_SCOPE || session->scope == found->scope))
            return true;
    return false;
}

/* Digits and question marks in the groups of a scheme. */
static void show_grouped(const command_session *session, pole_span digits)
{
    pole_scheme_info scheme = {.struct_size = sizeof scheme};
    const bool known = scheme_of_length(session, digits.size_bytes, &scheme);
    size_t at = 0;
    for (unsigned field = 0; known && field < scheme.field_count; field++) {
        fprintf(session->view.out, "%s%.*s", field > 0 ? " " : "", scheme.field_width[field],
                digits.data + at);
        at += scheme.field_width[field];
    }
    if (!known)
        show_span(&session->view, digits);
}

void show_no_pole(const command_session *session, pole_span digits)
{
    if (digits.size_bytes < LONG_RUN ||
        (digits.size_bytes <= POLE_MAX_DIGITS &&
         pole_index_lengths(session->index) >> digits.size_bytes & 1))
        show_span(&session->view, digits);
    else
        fprintf(session->view.out, "%.3s****%.4s", digits.data,
                digits.data + digits.size_bytes - 4);
}

void show_heard(const command_session *session, const pole_answer *answer)
{
    if (answer->heard.size_bytes >= LONG_RUN && answer->match == POLE_UNKNOWN)
        show_no_pole(session, answer->heard);
    else if (answer->heard.size_bytes > 0)
        show_grouped(session, answer->heard);
    else
        show_cut(&session->view, answer->query, QUERY_COLUMNS);
}

heard_kind kind_heard(const command_session *session, const pole_answer *answer)
{
    pole_code code;
    pole_row row;
    size_t found = 0;
    if (answer->heard.size_bytes > POLE_MAX_DIGITS ||
        (pole_index_lengths(session->index) >> answer->heard.size_bytes & 1) == 0)
        return HEARD_OTHER_LENGTH;
    if (memchr(answer->heard.data, '?', answer->heard.size_bytes) ||
        pole_code_parse(session->index, answer->heard, &code) != POLE_OK)
        return HEARD_PART;
    code.scope = POLE_ANY_SCOPE;
    return pole_index_find_all(session->index, code, &row, 1, &found) == POLE_OK ? HEARD_POLE
                                                                                 : HEARD_NO_POLE;
}

bool is_heard(const command_session *session, const pole_answer *answer, const pole_record *pole)
{
    char digits[16] = "";
    return pole_code_format(session->index, pole->code, 0, digits, sizeof digits, NULL) ==
               POLE_OK &&
           answer->heard.size_bytes == strlen(digits) &&
           memcmp(answer->heard.data, digits, answer->heard.size_bytes) == 0;
}

/* "第5位 2 改 5"; "digit 5, 2 to 5". */
static void show_edit(const command_session *session, const pole_edit *edit)
{
    FILE *out = session->view.out;
    const text_view *view = &session->view;
    const unsigned at = edit->position, next = at + (unsigned)strlen(edit->meant) - 1;
    switch (edit->kind) {
    case POLE_EDIT_TRANSPOSITION:
        fprintf(out,
                pick(view, "第%u位起 %s 应为 %s（颠倒）", "from digit %u, %s for %s (swapped)"), at,
                edit->heard, edit->meant);
        break;
    case POLE_EDIT_TWIN:
        fprintf(out, pick(view, "第%u、%u位 %s 改 %s", "digits %u and %u, %s to %s"), at, next,
                edit->heard, edit->meant);
        break;
    case POLE_EDIT_OMISSION:
        fprintf(out, pick(view, "第%u位漏了 %s", "digit %u, a %s left out"), at, edit->meant);
        break;
    case POLE_EDIT_INSERTION:
        fprintf(out,
                pick(view, "听到的第%u位 %s 是多出来的", "heard digit %u, the %s, one too many"),
                edit->heard_position, edit->heard);
        break;
    case POLE_EDIT_DOUBLING:
        fprintf(out, pick(view, "第%u位的 %s 多念了一遍", "digit %u, the %s said twice"), at,
                edit->meant);
        break;
    case POLE_EDIT_UNKNOWN:
        fprintf(out, pick(view, "第%u位不清，应为 %s", "digit %u unreadable, a %s"), at,
                edit->meant);
        break;
    default:
        fprintf(out, pick(view, "第%u位 %s 改 %s", "digit %u, %s to %s"), at, edit->heard,
                edit->meant);
    }
}

void show_edits(const command_session *session, const pole_candidate *candidate)
{
    for (size_t i = 0; i < candidate->edit_count; i++) {
        if (i > 0)
            show_text(session, "；", "; ");
        show_edit(session, &candidate->edits[i]);
    }
}

/* Mandarin's pairs; callers' digits are written in Chinese, whoever reads them. */
static const char *alike(const text_view *view, char a, char b)
{
    if ((a == '1' && b == '7') || (a == '7' && b == '1'))
        return pick(view, "（音近）", " (yi, qi sound alike)");
    if ((a == '6' && b == '9') || (a == '9' && b == '6'))
        return pick(view, "（音近）", " (liu, jiu sound alike)");
    return "";
}

/* Both in plain digits; false when they cannot be compared digit by digit. */
static bool write_both(const command_session *session, const pole_record *a, const pole_record *b,
                       char left[16], char right[16])
{
    return a->code.digits == b->code.digits && a->code.scope == b->code.scope &&
           pole_code_format(session->index, a->code, 0, left, 16, NULL) == POLE_OK &&
           pole_code_format(session->index, b->code, 0, right, 16, NULL) == POLE_OK;
}

bool sound_alike(const command_session *session, const pole_record *a, const pole_record *b)
{
    const text_view english = {NULL, POLE_LANGUAGE_EN, false};
    char left[16] = "", right[16] = "";
    unsigned different = 0, similar = 0;
    if (!write_both(session, a, b, left, right))
        return false;
    for (unsigned i = 0; left[i] != '\0' && right[i] != '\0'; i++) {
        different += left[i] != right[i];
        similar += *alike(&english, left[i], right[i]) != '\0';
    }
    return different == 1 && similar == 1;
}

bool show_difference(const command_session *session, const pole_record *a, const pole_record *b)
{
    char left[16] = "", right[16] = "";
    unsigned shown = 0;
    if (!write_both(session, a, b, left, right))
        return false;
    start_line(session, TONE_PLAIN, "不同", "Differ");
    for (unsigned i = 0; left[i] != '\0' && right[i] != '\0'; i++) {
        if (left[i] == right[i])
            continue;
        if (shown++ == MOST_DIFFERENT) {
            show_text(session, "……", " ...");
            break;
        }
        if (shown > 1)
            show_text(session, "；", "; ");
        fprintf(session->view.out, pick(&session->view, "第%u位：%s / %s%s", "digit %u: %s / %s%s"),
                i + 1, digit_text(&session->view, (unsigned)(left[i] - '0')),
                digit_text(&session->view, (unsigned)(right[i] - '0')),
                alike(&session->view, left[i], right[i]));
    }
    end_line(session);
    return true;
}
