/* SPDX-License-Identifier: MIT
 * See geocode_summary.h. */
#include "geocode_summary.h"

#include <stdio.h>
#include <string.h>

#include <polelookup/json.h>

#define MOST_VALUES 5

/* In the order in which they are told. */
static const pole_match matches[] = {POLE_EXACT,     POLE_CORRECTED, POLE_INTERPOLATED,
                                     POLE_AMBIGUOUS, POLE_UNKNOWN,   POLE_NO_CODE,
                                     POLE_MALFORMED};
#define MATCHES (sizeof matches / sizeof *matches)

static const char *match_words(pole_match match, bool chinese)
{
    switch (match) {
    case POLE_EXACT:
        return chinese ? "号码相符" : "as in the table";
    case POLE_CORRECTED:
        return chinese ? "听错已纠正" : "misheard, corrected";
    case POLE_INTERPOLATED:
        return chinese ? "按相邻灯杆推算" : "between two poles";
    case POLE_AMBIGUOUS:
        return chinese ? "有几种可能，未填位置" : "several possible, no place";
    case POLE_UNKNOWN:
        return chinese ? "不在表中，未填位置" : "not in the table, no place";
    case POLE_NO_CODE:
        return chinese ? "没有编号" : "no code";
    default:
        return chinese ? "该行无法读取" : "the row cannot be read";
    }
}

bool read_matches(const char *text, uint32_t *wanted)
{
    *wanted = 0;
    while (*text) {
        const size_t size = strcspn(text, ",");
        size_t i = 0;
        while (i < MATCHES && (strlen(pole_match_name(matches[i])) != size ||
                               memcmp(pole_match_name(matches[i]), text, size) != 0))
            i++;
        if (i == MATCHES)
            return false;
        *wanted |= 1u << matches[i];
        text += size + (text[size] == ',');
    }
    return true;
}

/* Why rows have no code. */
static void show_reasons(const geocode_outcome *outcome, bool zh)
{
    static const char *const chinese[] = {"",         "没有数字", "位数太少",
                                          "位数太多", "电话号码", "别的数字"};
    static const char *const english[] = {"",         "no digits",   "too few digits",
                                          "too many", "a telephone", "another number"};
    const char *before = zh ? "  没有编号的行：" : "  without a code: ";
    if (outcome->came.matches[POLE_NO_CODE] == 0)
        return;
    for (pole_reason reason = 1; reason < 6; reason++) {
        const uint64_t count = outcome->came.reasons[reason];
        if (count == 0)
            continue;
        fprintf(stderr, "%s%s %llu", before, zh ? chinese[reason] : english[reason],
                (unsigned long long)count);
        before = zh ? "，" : ", ";
    }
    putc('\n', stderr);
}

static void show_remarks(const geocode_outcome *outcome, bool zh)
{
    const pole_geocode_summary *came = &outcome->came;
    const struct {
        uint64_t count;
        const char *chinese, *english;
    } remarks[] = {
        {came->long_rows, "行的列数过多（计入无法读取）", "rows with too many cells (not read)"},
        {came->short_rows, "行的列数不足，已补空格", "rows with too few cells, filled up"},
        {came->blank_lines, "空行，原样保留", "empty lines, kept as they are"},
        {came->bad_evidence_rows, "行的旁证无法读取，未采用",
         "rows with evidence that could not be read, not used"},
        {came->excel_safe_cells, "个单元格加了撇号", "cells were given an apostrophe"},
        {came->decided_rows, "行由人工决定", "rows decided by a person"},
        {came->unused_decisions, "条人工决定未用上：对应的行已变或不存在",
         "decisions not used: their row is another by now, or not there"},
    };
    for (size_t i = 0; i < sizeof remarks / sizeof *remarks; i++)
        if (remarks[i].count > 0)
            fprintf(stderr, "  %llu %s\n", (unsigned long long)remarks[i].count,
                    zh ? remarks[i].chinese : remarks[i].english);
}

static void show_values(const geocode_outcome *outcome, bool zh)
{
    pole_unmatched_value values[MOST_VALUES];
    size_t count = 0;
    if (pole_geocoder_unmatched(outcome->geocoder, values, MOST_VALUES, &count) != POLE_OK ||
        count == 0)
        return;
    fputs(zh ? "  最常见的未匹配号码：" : "  commonest without a match: ", stderr);
    for (size_t i = 0; i < count; i++)
        fprintf(stderr, "%s%s (%llu)", i > 0 ? ", " : "", values[i].text,
                (unsigned long long)values[i].rows);
    putc('\n', stderr);
}

void show_geocode_summary(const command_options *options, const geocode_outcome *outcome)
{
    const bool zh = options->language == POLE_LANGUAGE_ZH;
    const pole_geocode_summary *came = &outcome->came;
    const double rows = came->rows > 0 ? (double)came->rows : 1.0;
    fprintf(stderr,
            zh ? "%llu 行，%.1f 秒，每秒 %.0f 行\n" : "%llu rows in %.1f s, %.0f a second\n",
            (unsigned long long)came->rows, outcome->seconds,
            outcome->seconds > 0.0 ? (double)came->rows / outcome->seconds : 0.0);
    for (size_t i = 0; i < MATCHES; i++) {
        const uint64_t count = came->matches[matches[i]];
        if (count > 0)
            fprintf(stderr, "  %12llu  %5.1f %%  %-12s  %s\n", (unsigned long long)count,
                    100.0 * (double)count / rows, pole_match_name(matches[i]),
                    match_words(matches[i], zh));
    }
    show_reasons(outcome, zh);
    show_remarks(outcome, zh);
    show_values(outcome, zh);
}

void put_geocode_summary_json(const geocode_outcome *outcome)
{
    const pole_geocode_summary *came = &outcome->came;
    fprintf(stderr, "{\"schema\":1,\"rows\":%llu,\"statuses\":{", (unsigned long long)came->rows);
    for (size_t i = 0; i < MATCHES; i++)
        fprintf(stderr, "%s\"%s\":%llu", i > 0 ? "," : "", pole_match_name(matches[i]),
                (unsigned long long)came->matches[matches[i]]);
    fputs("},\"reasons\":{", stderr);
    for (pole_reason reason = 1; reason < 6; reason++)
        fprintf(stderr, "%s\"%s\":%llu", reason > 1 ? "," : "", pole_reason_name(reason),
                (unsigned long long)came->reasons[reason]);
    fprintf(stderr,
            "},\"blank_lines\":%llu,\"short_rows\":%llu,\"long_rows\":%llu,\"evidence_rows\":%llu,"
            "\"unread_evidence_rows\":%llu,\"excel_safe_cells\":%llu,\"decided_rows\":%llu,"
            "\"unused_decisions\":%llu,\"bytes_read\":%llu,\"bytes_written\":%llu}\n",
            (unsigned long long)came->blank_lines, (unsigned long long)came->short_rows,
            (unsigned long long)came->long_rows, (unsigned long long)came->evidence_rows,
            (unsigned long long)came->bad_evidence_rows, (unsigned long long)came->excel_safe_cells,
            (unsigned long long)came->decided_rows, (unsigned long long)came->unused_decisions,
            (unsigned long long)came->bytes_read, (unsigned long long)came->bytes_written);
}
