/* SPDX-License-Identifier: MIT
 * One digit wrong, or two exchanged: which poles a code may be instead, and which of them fits the
 * other pole seen. See between.h. */
#include "resolve/between.h"

#include "geo/inverse.h"

#define MOST_SCOPES 16

typedef struct {
    const pole_index *index;
    pole_believed *out;
    size_t capacity;
    size_t count;
    double share; /* of each: of one edit among all, were they all poles */
} edit_list;

static void add_code(edit_list *list, pole_code code)
{
    pole_row rows[MOST_SCOPES];
    size_t found = 0;
    (void)pole_index_find_all(list->index, code, rows, MOST_SCOPES, &found);
    for (size_t i = 0; i < found && i < MOST_SCOPES; i++, list->count++)
        if (list->count < list->capacity)
            list->out[list->count] = (pole_believed){rows[i], 0, list->share};
}

size_t pole_one_edit(const pole_index *index, pole_code code, pole_believed *out, size_t capacity)
{
    edit_list list = {index, out, capacity, 0, 1.0 / (10.0 * code.digits - 1.0)};
    char digits[POLE_MAX_DIGITS + 1];
    pole_digits_write(code.number, code.digits, digits);
    uint32_t unit = 1;
    for (unsigned place = code.digits; place-- > 0; unit *= 10) {
        const uint32_t digit = (uint32_t)(digits[place] - '0');
        for (uint32_t other = 0; other < 10; other++) {
            pole_code edited = code;
            edited.number = code.number - digit * unit + other * unit;
            if (other != digit)
                add_code(&list, edited);
        }
        if (place > 0 && digits[place - 1] != digits[place]) {
            const uint32_t before = (uint32_t)(digits[place - 1] - '0');
            pole_code edited = code;
            edited.number =
                code.number - digit * unit - before * unit * 10 + before * unit + digit * unit * 10;
            add_code(&list, edited);
        }
    }
    return list.count < capacity ? list.count : capacity;
}

static bool is_better(const pole_correction *best, double best_share, double share, pole_row row,
                      double distance_m)
{
    if (best->corrected < 0 || share != best_share)
        return best->corrected < 0 || share > best_share;
    if (distance_m != best->distance_m)
        return distance_m < best->distance_m;
    return row < best->row;
}

pole_correction pole_between_correct(const pole_index *index, const pole_seen seen[2],
                                     double sight_m)
{
    pole_correction best = {-1, POLE_NO_ROW, 0};
    double best_share = 0;
    for (int32_t side = 0; side < 2; side++) {
        const pole_row fixed = seen[1 - side].row;
        for (size_t i = 0; i < seen[side].count && fixed != POLE_NO_ROW; i++) {
            const pole_believed *other = seen[side].others + i;
            double distance_m, azimuth_deg;
            if (other->row == fixed || other->row == seen[side].row ||
                !pole_inverse(pole_position_at(&index->positions, other->row),
                              pole_position_at(&index->positions, fixed), &distance_m,
                              &azimuth_deg) ||
                distance_m > sight_m ||
                !is_better(&best, best_share, other->share, other->row, distance_m))
                continue;
            best = (pole_correction){side, other->row, distance_m};
            best_share = other->share;
        }
    }
    return best;
}

static void set_edit(pole_edit *edit, int32_t kind, size_t place, const char *heard,
                     const char *meant, size_t digits)
{
    edit->kind = kind;
    edit->position = edit->heard_position = (uint8_t)(place + 1);
    memcpy(edit->heard, heard + place, digits);
    memcpy(edit->meant, meant + place, digits);
}

pole_edit pole_edit_between(pole_code heard, pole_code meant)
{
    pole_edit edit;
    char was[POLE_MAX_DIGITS + 1], is[POLE_MAX_DIGITS + 1];
    size_t differ = 0, first = 0;
    memset(&edit, 0, sizeof edit);
    if (heard.digits != meant.digits)
        return edit;
    pole_digits_write(heard.number, heard.digits, was);
    pole_digits_write(meant.number, meant.digits, is);
    for (size_t i = heard.digits; i-- > 0;)
        if (was[i] != is[i]) {
            differ++;
            first = i;
        }
    if (differ == 1)
        set_edit(&edit, POLE_EDIT_SUBSTITUTION, first, was, is, 1);
    else if (differ == 2 && was[first] == is[first + 1] && was[first + 1] == is[first])
        set_edit(&edit, POLE_EDIT_TRANSPOSITION, first, was, is, 2);
    return edit;
}
