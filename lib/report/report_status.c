/* SPDX-License-Identifier: MIT
 * How much of a log is sure: one bar, and each status in plain words. */
#include "report/report_parts.h"

/* A line of the list: what the rows of one or more statuses mean. */
typedef struct {
    const char *style;
    const char *zh;
    const char *en;
    uint64_t rows;
} status_line;

#define LINES 8

static uint64_t undecided(const pole_tally *tally, pole_match match)
{
    return tally->sums.matches[match] - tally->sums.decided[match];
}

static void fill(const pole_tally *tally, status_line lines[LINES])
{
    uint64_t decided = 0;
    for (int match = 0; match < 8; match++)
        decided += tally->sums.decided[match];
    const status_line all[LINES] = {
        {"s1", "相符：号在表中，没有什么与它相左",
         "As read: in the table, and nothing speaks against it", undecided(tally, POLE_EXACT)},
        {"s2", "更正：听错或写错一处，只有一根灯杆说得通",
         "Put right: a slip of a digit or two, and one pole stands out",
         undecided(tally, POLE_CORRECTED)},
        {"s3", "人工选定：有人看过并选了", "Chosen by a person who looked at it", decided},
        {"s4", "推算：表中无此号，在两根灯杆之间",
         "Estimated: not in the table, between two poles that are",
         undecided(tally, POLE_INTERPOLATED)},
        {"s5", "待定：不止一处可能", "Unsettled: more than one place fits",
         undecided(tally, POLE_AMBIGUOUS)},
        {"s6", "查无：没有可信的灯杆", "Not found: no pole is believed",
         undecided(tally, POLE_UNKNOWN)},
        {"s7", "没有灯杆号", "No code in the row", undecided(tally, POLE_NO_CODE)},
        {"s8", "这一行无法读取", "The row could not be read",
         undecided(tally, POLE_MALFORMED) + undecided(tally, POLE_MATCH_NONE)},
    };
    memcpy(lines, all, sizeof all);
}

static void tile(pole_page *page, const char *style, const char *zh, const char *en, uint64_t rows,
                 uint64_t whole)
{
    pole_page_raw(page, "<div class=\"tile ");
    pole_page_raw(page, style);
    pole_page_raw(page, "\"><b>");
    pole_page_count(page, rows);
    pole_page_raw(page, "</b><span>");
    pole_page_say(page, zh, en);
    if (whole > 0) {
        pole_page_raw(page, " <i>");
        pole_page_share(page, rows, whole);
        pole_page_raw(page, "</i>");
    }
    pole_page_raw(page, "</span></div>\n");
}

/* The lines side by side in one bar, each from where the last one ends, so that they fill it. */
static void stacked_bar(pole_page *page, const status_line *lines, uint64_t whole)
{
    pole_page_raw(page, "<svg class=\"stack\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" "
                        "aria-hidden=\"true\">");
    uint64_t rows = 0;
    for (int i = 0; i < LINES; i++) {
        const uint64_t from = pole_scaled(rows, 1000, whole);
        rows += lines[i].rows;
        const uint64_t to = pole_scaled(rows, 1000, whole);
        if (to == from)
            continue;
        pole_page_raw(page, "<rect class=\"");
        pole_page_raw(page, lines[i].style);
        pole_page_raw(page, "\" height=\"10\" x=\"");
        pole_page_number(page, (int64_t)from);
        pole_page_raw(page, "\" width=\"");
        pole_page_number(page, (int64_t)(to - from));
        pole_page_raw(page, "\"/>");
    }
    pole_page_raw(page, "</svg>\n");
}

static void list(pole_page *page, const status_line *lines, uint64_t whole)
{
    pole_page_raw(page, "<table class=\"list\"><tbody>\n");
    for (int i = 0; i < LINES; i++) {
        if (lines[i].rows == 0)
            continue;
        pole_page_raw(page, "<tr><td class=\"key\"><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\">"
                            "<rect width=\"10\" height=\"10\" rx=\"2\" class=\"");
        pole_page_raw(page, lines[i].style);
        pole_page_raw(page, "\"/></svg></td><td>");
        pole_page_say(page, lines[i].zh, lines[i].en);
        pole_page_raw(page, "</td><td class=\"n\">");
        pole_page_count(page, lines[i].rows);
        pole_page_raw(page, "</td><td class=\"n\">");
        pole_page_share(page, lines[i].rows, whole);
        pole_page_raw(page, "</td></tr>\n");
    }
    pole_page_raw(page, "</tbody></table>\n");
}

/* Why there was no code, in a sentence. */
static void reasons(pole_page *page, const pole_tally *tally)
{
    static const char *const words[][2] = {
        {NULL, NULL},
        {"没有数字", "no digits"},
        {"位数太少", "too few digits"},
        {"位数太多", "too many digits"},
        {"是电话号码", "a telephone number"},
        {"是别的数字", "digits that mean something else"},
    };
    bool first = true;
    for (int reason = 1; reason < 6; reason++) {
        if (tally->sums.reasons[reason] == 0)
            continue;
        pole_page_raw(page, first ? "<p>" : "");
        if (first)
            pole_page_say(page, "没有灯杆号的：", "Without a code: ");
        else
            pole_page_say(page, "，", ", ");
        pole_page_say(page, words[reason][0], words[reason][1]);
        pole_page_raw(page, " ");
        pole_page_count(page, tally->sums.reasons[reason]);
        first = false;
    }
    if (!first) {
        pole_page_say(page, "。", ".");
        pole_page_raw(page, "</p>\n");
    }
}

static void notes(pole_page *page, const pole_tally *tally)
{
    pole_page_raw(page, "<div class=\"note\"><p>");
    pole_page_say(
        page, "“相符”是说没有什么与它相左，不是已经证实：听错一位，常常正好是另一根真灯杆的号。",
        "“As read” says that nothing speaks against the code, not that it is proven: a "
        "misheard digit often names another real pole.");
    pole_page_raw(page, "</p>\n");
    reasons(page, tally);
    if (tally->sums.guessed_rows > 0) {
        pole_page_raw(page, "<p>");
        pole_page_count(page, tally->sums.guessed_rows);
        pole_page_say(page, " 行在输出表中写了最可能的灯杆，但把握不够；本页不把它们算在任何地点。",
                      " rows have the likeliest pole in the table that was written, without being "
                      "sure; on this page they count in no place.");
        pole_page_raw(page, "</p>\n");
    }
    pole_page_raw(page, "</div>\n");
}

void pole_report_status(pole_page *page, const pole_tally *tally)
{
    const pole_tally_sums *sums = &tally->sums;
    const uint64_t placed = sums->pole_rows + sums->between_rows;
    status_line lines[LINES];
    fill(tally, lines);
    pole_page_raw(page, "<section>\n<div class=\"tiles\">\n");
    tile(page, "all", "次报警", "calls", sums->rows, 0);
    tile(page, "sure", "定到灯杆", "placed at a pole", sums->pole_rows, sums->rows);
    tile(page, "near", "定到两杆之间", "placed between two poles", sums->between_rows, sums->rows);
    tile(page, "out", "未定位", "without a place", sums->rows - placed, sums->rows);
    pole_page_raw(page, "</div>\n<h2>");
    pole_page_say(page, "把握", "How sure");
    pole_page_raw(page, "</h2>\n");
    if (sums->rows > 0)
        stacked_bar(page, lines, sums->rows);
    list(page, lines, sums->rows);
    notes(page, tally);
    pole_page_raw(page, "</section>\n");
}
