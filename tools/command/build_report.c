/* SPDX-License-Identifier: MIT
 * What a build found and did. */
#include "build_report.h"

#include <stdio.h>
#include <string.h>

#include <polelookup/json.h>

#include "parts.h"
#include "wrap.h"

#define MOST_SHOWN 5 /* of each kind: a table with one fault in all rows hides no other */
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

static const char *kind_text(const text_view *view, size_t kind)
{
    const size_t known = kind < sizeof kinds_zh / sizeof kinds_zh[0] ? kind : 0;
    return pick(view, kinds_zh[known], pole_finding_name((pole_finding_kind)kind));
}

/* "poles.csv:5: 纬度: the latitude is empty - leave the row out, or find its position"; in Chinese
 * the kind of fault stands before the message. */
static void show_finding(const pole_finding *finding, int32_t language)
{
    const text_view view = {stderr, language, false};
    if (finding->file.size_bytes > 0)
        show_span(&view, finding->file);
    else
        fputs("-", stderr);
    if (finding->line > 0)
        fprintf(stderr, ":%u", finding->line);
    fputs(": ", stderr);
    if (finding->column > 0) {
        show_cut(&view, finding->column_name, VALUE_COLUMNS);
        fputs(": ", stderr);
    }
    if (language == POLE_LANGUAGE_ZH)
        fprintf(stderr, "%s：", kind_text(&view, slot_of(finding->kind)));
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
    if (finding->refused)
        shown = ++findings->refused[slot] <= MOST_SHOWN;
    else
        shown = ++findings->taken[slot] <= MOST_SHOWN;
    if (!shown || findings->voice.quiet || (findings->strict && finding->refused))
        return;
    if (findings->voice.json)
        tell_finding(findings->voice, finding);
    else
        show_finding(finding, findings->voice.language);
}

static unsigned long long count_unshown(const uint64_t *counts)
{
    unsigned long long sum = 0;
    for (size_t kind = 0; kind < FINDING_KINDS; kind++)
        sum += counts[kind] > MOST_SHOWN ? counts[kind] - MOST_SHOWN : 0;
    return sum;
}

void tell_unshown(const build_findings *findings, const char *rejects)
{
    const text_view view = {stderr, findings->voice.language, false};
    const unsigned long long refused = count_unshown(findings->refused);
    const unsigned long long taken = count_unshown(findings->taken);
    if (refused > 0 && !findings->strict)
        tell_note(findings->voice,
                  pick(&view, "另有 %llu 行拒收：%s%s", "%llu more rows were refused: %s%s"),
                  refused,
                  rejects ? pick(&view, "全部在 ", "all are in ")
                          : pick(&view, "--rejects 文件 可全部写出", "--rejects FILE writes all"),
                  rejects ? rejects : "");
    if (taken > 0)
        tell_note(findings->voice,
                  pick(&view, "另有 %llu 处留意，行已收下",
                       "%llu more remarks about rows that were taken"),
                  taken);
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
        fprintf(view->out, "%s %llu", kind_text(view, kind), (unsigned long long)counts[kind]);
        first = false;
    }
    if (!first)
        putc('\n', view->out);
}

void show_report(const command_options *options, const pole_build_report *report,
                 const build_findings *findings)
{
    text_view view = view_of_output(options);
    wrapped_answer wrapped;
    wrap_begin(&wrapped, &view);
    show_label(&view, TONE_FOUND, pick(&view, "建成", "Built"));
    show_span(&view, span_of(options->output));
    fputs(pick(&view, "：", ": "), view.out);
    show_counts(&view, report->poles, report->stations, report->areas);
    fprintf(view.out, pick(&view, "（%llu 字节）\n", " (%llu bytes)\n"),
            (unsigned long long)report->file_bytes);
    show_label(&view, TONE_PLAIN, pick(&view, "行数", "Rows"));
    fprintf(view.out,
            pick(&view, "读入 %llu，拒收 %llu，重复合并 %llu\n",
                 "%llu read, %llu refused, %llu repeated\n"),
            (unsigned long long)report->rows_read, (unsigned long long)report->rows_refused,
            (unsigned long long)report->rows_collapsed);
    show_kinds(&view, pick(&view, "拒收", "Refused"), findings->refused);
    show_kinds(&view, pick(&view, "留意", "Remarks"), findings->taken);
    if (!options->from_crs) {
        /* Nothing in a table tells GCJ-02 from WGS 84. */
        show_label(&view, TONE_PLAIN, pick(&view, "坐标", "Coord"));
        fputs(pick(&view,
                   "未说明坐标系，当作 WGS 84；若取自国内地图，应加 --from-crs gcj02 或 bd09\n",
                   "taken as WGS 84, since no --from-crs says else; from a Chinese web map they "
                   "would be gcj02 or bd09\n"),
              view.out);
    }
    show_label(&view, TONE_PLAIN, pick(&view, "标识", "Id"));
    fprintf(view.out, "%s\n", report->id);
    wrap_end(&wrapped, &view);
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
