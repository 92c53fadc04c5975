/* SPDX-License-Identifier: MIT
 * What a build found and did. */
#include "build_report.h"

#include <stdio.h>
#include <string.h>

#include <polelookup/json.h>

#include "parts.h"

#define MOST_REFUSED_SHOWN 20
#define MOST_TAKEN_SHOWN 5
#define VALUE_COLUMNS 40

static const char *const kinds_zh[] = {
    "其他",         "号码不合规",   "缺少内容",       "不是数字",   "超出坐标范围",
    "在给定范围外", "像是米制坐标", "像是经纬颠倒",   "列数不符",   "编码有误",
    "号码重复",     "重复行",       "没有这个派出所", "图形有误",   "图形已修补",
    "内容有误",     "太长",         "引号未闭合",     "坐标系不符",
};

static size_t slot_of(pole_finding_kind kind)
{
    return kind > 0 && kind < FINDING_KINDS ? (size_t)kind : FINDING_KINDS - 1;
}

/* Whether the message already shows the value. */
static bool tells_value(const pole_finding *finding)
{
    return finding->value.size_bytes == 0 ||
           memmem(finding->message.data, finding->message.size_bytes, finding->value.data,
                  finding->value.size_bytes) != NULL;
}

static void show_finding(const pole_finding *finding)
{
    const text_view view = {stderr, POLE_LANGUAGE_EN, false};
    if (finding->file.size_bytes > 0)
        show_span(&view, finding->file);
    else
        fputs("-", stderr);
    if (finding->line > 0)
        fprintf(stderr, ":%u", finding->line);
    if (finding->line > 0 && finding->column > 0)
        fprintf(stderr, ":%u", finding->column);
    fputs(": ", stderr);
    show_span(&view, finding->message);
    if (!tells_value(finding)) {
        fputs(" (", stderr);
        show_cut(&view, finding->value, VALUE_COLUMNS);
        putc(')', stderr);
    }
    if (finding->hint.size_bytes > 0) {
        fputs(" - ", stderr);
        show_span(&view, finding->hint);
    }
    putc('\n', stderr);
}

static void tell_finding(message_voice voice, const pole_finding *finding)
{
    pole_error error;
    fail(&error, POLE_BAD_INPUT, "%.*s: %s: %.*s", (int)finding->file.size_bytes,
         finding->file.data, pole_finding_name(finding->kind), (int)finding->message.size_bytes,
         finding->message.data);
    fail_hint(&error, "%.*s", (int)finding->hint.size_bytes, finding->hint.data);
    error.line = finding->line;
    error.column = finding->column;
    tell_error(voice, &error);
}

void take_finding(void *context, const pole_finding *finding)
{
    build_findings *findings = context;
    const size_t slot = slot_of(finding->kind);
    bool shown;
    if (finding->refused) {
        findings->refused[slot]++;
        shown = ++findings->refused_total <= MOST_REFUSED_SHOWN;
    } else {
        findings->taken[slot]++;
        shown = ++findings->taken_total <= MOST_TAKEN_SHOWN;
    }
    if (!shown || findings->voice.quiet || (findings->strict && finding->refused))
        return;
    if (findings->voice.json)
        tell_finding(findings->voice, finding);
    else
        show_finding(finding);
}

void tell_unshown(const build_findings *findings, const char *rejects)
{
    if (findings->refused_total > MOST_REFUSED_SHOWN)
        tell_note(findings->voice, "%llu more rows were refused: %s%s",
                  (unsigned long long)(findings->refused_total - MOST_REFUSED_SHOWN),
                  rejects ? "all are in " : "--rejects FILE writes all", rejects ? rejects : "");
    if (findings->taken_total > MOST_TAKEN_SHOWN)
        tell_note(findings->voice, "%llu more remarks about rows that were taken",
                  (unsigned long long)(findings->taken_total - MOST_TAKEN_SHOWN));
}

static void show_kinds(const text_view *view, const char *label, const uint64_t *counts)
{
    bool first = true;
    for (size_t kind = 0; kind < FINDING_KINDS; kind++) {
        if (counts[kind] == 0)
            continue;
        if (first)
            show_label(view, TONE_WARNING, label);
        else
            fputs(pick(view, "、", ", "), view->out);
        const size_t known = kind < sizeof kinds_zh / sizeof kinds_zh[0] ? kind : 0;
        fprintf(view->out, "%s %llu",
                pick(view, kinds_zh[known], pole_finding_name((pole_finding_kind)kind)),
                (unsigned long long)counts[kind]);
        first = false;
    }
    if (!first)
        putc('\n', view->out);
}

void show_report(const command_options *options, const pole_build_report *report,
                 const build_findings *findings)
{
    const text_view view = view_of_output(options);
    show_label(&view, TONE_FOUND, pick(&view, "建成", "Built"));
    show_span(&view, span_of(options->output));
    fputs(pick(&view, "：", ": "), stdout);
    show_counts(&view, report->poles, report->stations, report->areas);
    printf(pick(&view, "（%llu 字节）\n", " (%llu bytes)\n"),
           (unsigned long long)report->file_bytes);
    show_label(&view, TONE_PLAIN, pick(&view, "行数", "Rows"));
    printf(pick(&view, "读入 %llu，拒收 %llu，重复合并 %llu\n",
                "%llu read, %llu refused, %llu repeated others\n"),
           (unsigned long long)report->rows_read, (unsigned long long)report->rows_refused,
           (unsigned long long)report->rows_collapsed);
    show_kinds(&view, pick(&view, "拒收", "Refused"), findings->refused);
    show_kinds(&view, pick(&view, "留意", "Remarks"), findings->taken);
    show_label(&view, TONE_PLAIN, pick(&view, "标识", "Id"));
    printf("%s\n", report->id);
}

/* Names are the stable words of pole_finding_name(): nothing in them needs escaping. */
static void put_kinds(const char *key, const uint64_t *counts)
{
    const char *comma = "";
    printf(",\"%s\":{", key);
    for (size_t kind = 0; kind < FINDING_KINDS; kind++) {
        if (counts[kind] == 0)
            continue;
        printf("%s\"%s\":%llu", comma, pole_finding_name((pole_finding_kind)kind),
               (unsigned long long)counts[kind]);
        comma = ",";
    }
    putchar('}');
}

void put_report_json(const pole_build_report *report, const build_findings *findings)
{
    printf("{\"schema\":1,\"id\":\"%s\",\"poles\":%u,\"stations\":%u,\"areas\":%u,"
           "\"file_bytes\":%llu,\"rows_read\":%llu,\"rows_refused\":%llu,"
           "\"rows_collapsed\":%llu",
           report->id, report->poles, report->stations, report->areas,
           (unsigned long long)report->file_bytes, (unsigned long long)report->rows_read,
           (unsigned long long)report->rows_refused, (unsigned long long)report->rows_collapsed);
    put_kinds("refused", findings->refused);
    put_kinds("remarks", findings->taken);
    puts("}");
}
