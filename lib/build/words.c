/* SPDX-License-Identifier: MIT
 * See words.h, and build.h for the words of findings. Days to dates and back by counting in
 * 400-year cycles from 1 March 0000. */
#include "build/words.h"

#include <polelookup/build.h>

static const char *const kind_names[] = {NULL,
                                         "malformed_code",
                                         "empty_cell",
                                         "bad_number",
                                         "out_of_range",
                                         "out_of_bounds",
                                         "looks_metric",
                                         "looks_swapped",
                                         "ragged_row",
                                         "bad_text",
                                         "duplicate",
                                         "collapsed",
                                         "unknown_station",
                                         "bad_geometry",
                                         "mended_geometry",
                                         "bad_value",
                                         "too_long",
                                         "unclosed_quote",
                                         "other_crs"};

const char *pole_finding_name(pole_finding_kind kind)
{
    const size_t count = sizeof kind_names / sizeof *kind_names;
    return kind > 0 && (size_t)kind < count ? kind_names[kind] : "unknown";
}

typedef struct {
    const char *word; /* lower case */
    uint8_t state;
} state_word;

static const state_word state_words[] = {
    {"active", POLE_STATE_ACTIVE},      {"in use", POLE_STATE_ACTIVE},
    {"in service", POLE_STATE_ACTIVE},  {"existing", POLE_STATE_ACTIVE},
    {"normal", POLE_STATE_ACTIVE},      {"在用", POLE_STATE_ACTIVE},
    {"使用中", POLE_STATE_ACTIVE},      {"正常", POLE_STATE_ACTIVE},
    {"现存", POLE_STATE_ACTIVE},        {"启用", POLE_STATE_ACTIVE},
    {"moved", POLE_STATE_MOVED},        {"relocated", POLE_STATE_MOVED},
    {"迁移", POLE_STATE_MOVED},         {"移位", POLE_STATE_MOVED},
    {"迁改", POLE_STATE_MOVED},         {"已迁移", POLE_STATE_MOVED},
    {"已移位", POLE_STATE_MOVED},       {"已迁改", POLE_STATE_MOVED},
    {"removed", POLE_STATE_REMOVED},    {"demolished", POLE_STATE_REMOVED},
    {"dismantled", POLE_STATE_REMOVED}, {"scrapped", POLE_STATE_REMOVED},
    {"拆除", POLE_STATE_REMOVED},       {"已拆除", POLE_STATE_REMOVED},
    {"已拆", POLE_STATE_REMOVED},       {"报废", POLE_STATE_REMOVED},
    {"已报废", POLE_STATE_REMOVED},     {"撤除", POLE_STATE_REMOVED},
};

static bool same_word(pole_span text, const char *word)
{
    for (size_t i = 0; i < text.size_bytes; i++) {
        const char c = text.data[i];
        const char lower = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        if (word[i] == '\0' || lower != word[i])
            return false;
    }
    return word[text.size_bytes] == '\0';
}

bool pole_read_state(pole_span text, uint8_t *state)
{
    for (size_t i = 0; i < sizeof state_words / sizeof *state_words; i++) {
        if (same_word(text, state_words[i].word)) {
            *state = state_words[i].state;
            return true;
        }
    }
    return false;
}

bool pole_is_police(pole_span kind)
{
    static const char *const words[] = {"police",     "police station", "派出所",
                                        "公安派出所", "公安",           "警察"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (same_word(kind, words[i]))
            return true;
    return false;
}

const char *pole_state_word(int32_t state)
{
    return state == POLE_STATE_MOVED ? "moved" : state == POLE_STATE_REMOVED ? "removed" : "active";
}

/* Takes `least` to `most` digits off the text. */
static bool take_digits(pole_span *text, unsigned least, unsigned most, int32_t *value)
{
    unsigned count = 0;
    *value = 0;
    while (count < most && text->size_bytes > 0 && text->data[0] >= '0' && text->data[0] <= '9') {
        *value = *value * 10 + (text->data[0] - '0');
        text->data++;
        text->size_bytes--;
        count++;
    }
    return count >= least;
}

static bool take_word(pole_span *text, const char *word)
{
    const size_t size = strlen(word);
    if (text->size_bytes < size || memcmp(text->data, word, size) != 0)
        return false;
    text->data += size;
    text->size_bytes -= size;
    return true;
}

/* Nothing, or a midnight: "T00:00:00Z", " 0:00". */
static bool ends_in_midnight(pole_span rest)
{
    if (rest.size_bytes == 0)
        return true;
    if (!take_word(&rest, "T") && !take_word(&rest, " "))
        return false;
    bool zero = false;
    for (size_t i = 0; i < rest.size_bytes; i++) {
        const char c = rest.data[i];
        zero = zero || c == '0';
        if (c != '0' && c != ':' && c != '.' && !(c == 'Z' && i + 1 == rest.size_bytes))
            return false;
    }
    return zero;
}

static bool days_of(int32_t year, int32_t month, int32_t day, int32_t *days)
{
    static const uint8_t lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > lengths[month - 1] ||
        (month == 2 && day == 29 && !leap))
        return false;
    const int32_t march_year = month <= 2 ? year - 1 : year;
    const int32_t cycle = march_year / 400;
    const int32_t year_of_cycle = march_year - cycle * 400;
    const int32_t march_month = month > 2 ? month - 3 : month + 9;
    const int32_t day_of_year = (153 * march_month + 2) / 5 + day - 1;
    *days = cycle * 146097 + year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 +
            day_of_year - 719468;
    return true;
}

/* YYYY-MM-DD, as nearly all dates are. */
static bool take_plain_date(pole_span text, int32_t parts[3])
{
    static const uint8_t places[] = {0, 1, 2, 3, 5, 6, 8, 9};
    if (text.size_bytes != 10 || text.data[4] != '-' || text.data[7] != '-')
        return false;
    parts[0] = parts[1] = parts[2] = 0;
    for (unsigned i = 0; i < 8; i++) {
        const char c = text.data[places[i]];
        if (c < '0' || c > '9')
            return false;
        int32_t *part = parts + (i < 4 ? 0 : i < 6 ? 1 : 2);
        *part = *part * 10 + (c - '0');
    }
    return true;
}

bool pole_read_date(pole_span text, int32_t *days)
{
    int32_t plain[3];
    if (take_plain_date(text, plain))
        return days_of(plain[0], plain[1], plain[2], days);
    static const char *const signs[][3] = {
        {"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}, {"", "", ""}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        pole_span rest = text;
        int32_t year, month, day;
        const unsigned least = signs[i][0][0] == '\0' ? 2 : 1;
        if (take_digits(&rest, 4, 4, &year) && take_word(&rest, signs[i][0]) &&
            take_digits(&rest, least, 2, &month) && take_word(&rest, signs[i][1]) &&
            take_digits(&rest, least, 2, &day) && take_word(&rest, signs[i][2]) &&
            ends_in_midnight(rest))
            return days_of(year, month, day, days);
    }
    return false;
}

void pole_write_date(int32_t days, char out[11])
{
    const int32_t shifted = days + 719468;
    const int32_t cycle = shifted / 146097;
    const int32_t day_of_cycle = shifted - cycle * 146097;
    const int32_t year_of_cycle =
        (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36524 - day_of_cycle / 146096) / 365;
    const int32_t day_of_year =
        day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    const int32_t march_month = (5 * day_of_year + 2) / 153;
    const int32_t day = day_of_year - (153 * march_month + 2) / 5 + 1;
    const int32_t month = march_month < 10 ? march_month + 3 : march_month - 9;
    const int32_t year = cycle * 400 + year_of_cycle + (month <= 2);
    const int32_t parts[] = {year / 100, year % 100, month, day};
    static const uint8_t at[] = {0, 2, 5, 8};
    memcpy(out, "0000-00-00", 11);
    for (unsigned i = 0; i < 4; i++) {
        out[at[i]] = (char)('0' + parts[i] / 10);
        out[at[i] + 1] = (char)('0' + parts[i] % 10);
    }
}

const char *pole_code_damage_hint(pole_span text)
{
    bool digit = false, point = false, exponent = false, other = false;
    size_t i = 0;
    if (text.size_bytes > 1 && text.data[0] == '\'')
        i = 1;
    for (; i < text.size_bytes; i++) {
        const char c = text.data[i];
        if (c >= '0' && c <= '9')
            digit = true;
        else if ((c == '.' || c == ',') && !point)
            point = true;
        else if ((c == 'E' || c == 'e') && digit && !exponent)
            exponent = true;
        else if (!(c == '+' && exponent))
            other = true;
    }
    if (!digit || other)
        return NULL;
    if (exponent)
        return "a spreadsheet has rounded it: export it again with the column as text";
    if (point)
        return "a spreadsheet made it a decimal number: export it again with the column as text";
    return text.data[0] == '\'' ? "a spreadsheet's mark of text: leave the apostrophe out" : NULL;
}
