/* SPDX-License-Identifier: MIT
 * The page of a run, from its head to its foot. */
#include "report/report.h"

#include "base/calendar.h"
#include "base/decimal.h"
#include "base/status.h"
#include "report/report_parts.h"

static void head(pole_page *page, bool is_sample)
{
    pole_page_raw(page, "<!DOCTYPE html>\n<html lang=\"");
    pole_page_say(page, "zh-CN", "en");
    pole_page_raw(page,
                  "\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                  "style-src 'sha256-");
    pole_page_raw(page, pole_report_style_sha256);
    pole_page_raw(page,
                  "'; base-uri 'none'; form-action 'none'\"/>\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                  "<meta name=\"referrer\" content=\"no-referrer\"/>\n"
                  "<meta name=\"robots\" content=\"noindex\"/>\n<title>");
    if (is_sample)
        pole_page_say(page, "样例 SAMPLE · ", "SAMPLE 样例 · ");
    pole_page_say(page, "灯杆报警汇总", "Calls by lamp pole");
    pole_page_raw(page, "</title>\n<style>");
    pole_page_raw(page, pole_report_style);
    pole_page_raw(page, "</style>\n</head>\n<body>\n");
    if (!is_sample)
        return;
    pole_page_raw(page, "<p class=\"sample\"><b>");
    pole_page_say(page, "样例 SAMPLE", "SAMPLE 样例");
    pole_page_raw(page, "</b> ");
    pole_page_say(page, "虚构的城市：街道、派出所、灯杆都不是真的，不可据此行动。",
                  "An invented city: no street, station or pole is real. Do not act on it.");
    pole_page_raw(page, "</p>\n");
}

static void day_text(pole_page *page, int64_t seconds)
{
    const int64_t days = (seconds - (((seconds % 86400) + 86400) % 86400)) / 86400;
    const pole_date date = pole_date_of_days(days);
    if (!pole_date_exists(date))
        return;
    char text[24];
    /* 20080630 to "2008-06-30" */
    pole_scaled_to_text(date.year + 10000, 0, text);
    text[0] = ' ';
    pole_page_raw(page, text + 1);
    pole_scaled_to_text(date.month + 100, 0, text);
    text[0] = '-';
    pole_page_raw(page, text);
    pole_scaled_to_text(date.day + 100, 0, text);
    text[0] = '-';
    pole_page_raw(page, text);
}

static void title(pole_page *page, pole_span log_name, const pole_info *info)
{
    pole_page_raw(page, "<header>\n<h1>");
    pole_page_say(page, "灯杆报警汇总", "Calls by lamp pole");
    pole_page_raw(page, "</h1>\n<p>");
    if (log_name.size_bytes > 0) {
        pole_page_say(page, "日志 ", "Log ");
        pole_page_raw(page, "<bdi>");
        pole_page_text(page, log_name);
        pole_page_raw(page, "</bdi> · ");
    }
    pole_page_say(page, "灯杆表 ", "Table of poles ");
    if (info->name.size_bytes > 0) {
        pole_page_raw(page, "<bdi>");
        pole_page_text(page, info->name);
        pole_page_raw(page, "</bdi> ");
    }
    if (info->data_date_s != 0) {
        pole_page_say(page, "截至 ", "of ");
        day_text(page, info->data_date_s);
        pole_page_raw(page, " ");
    }
    pole_page_say(page, "· ", "· ");
    pole_page_count(page, info->poles);
    pole_page_say(page, " 根灯杆", " poles");
    pole_page_raw(page, "</p>\n</header>\n<main>\n");
}

static void foot(pole_page *page, const pole_info *info)
{
    pole_page_raw(page, "</main>\n<footer>\n<p>");
    pole_page_say(
        page,
        "只有“相符”“更正”和人工选定的行计入灯杆和街道；“推算”的行只计入派出所；其余不计入任何地点。"
        "不足三次的灯杆、街道、派出所和时段合并，以免看出某一次报警。页中没有报警的文字，也不连接网"
        "络。",
        "Only rows as read, put right or chosen by a person count at poles and streets; "
        "estimated rows count at their station alone; all others in no place. Poles, "
        "streets, stations and hours with fewer than three calls are told together, so "
        "that no single call can be found. No text of a call is on this page, and it uses "
        "no network.");
    pole_page_raw(page, "</p>\n<p>polelookup ");
    pole_page_raw(page, pole_version());
    pole_page_say(page, " · 索引 ", " · index ");
    pole_page_raw(page, info->id);
    pole_page_raw(page, "</p>\n</footer>\n</body>\n</html>\n");
}

pole_status pole_report_write(const pole_tally *tally, pole_span log_name, int32_t language,
                              const pole_sink *sink, pole_error *error)
{
    pole_error_clear(error);
    pole_info info = {.struct_size = sizeof info};
    if (!tally->has_report)
        return pole_fail(error, POLE_INVALID_ARGUMENT, "the run was not asked for a report");
    const pole_status status = pole_index_info(tally->index, &info);
    if (status != POLE_OK)
        return pole_fail(error, status, "%s", pole_status_text(status));
    pole_top_entry entries[POLE_REPORT_POLES];
    const pole_top hottest = pole_report_hottest(tally, entries);
    pole_page page;
    pole_page_begin(&page, sink, language, &tally->allocator);
    head(&page, info.is_sample == 1);
    title(&page, log_name, &info);
    pole_report_status(&page, tally);
    pole_report_hours(&page, tally);
    pole_report_map(&page, tally, &hottest);
    pole_report_places(&page, tally, &hottest);
    pole_report_stations(&page, tally);
    foot(&page, &info);
    const pole_status written = pole_page_end(&page);
    if (written != POLE_OK)
        return pole_fail(error, written, "the report was not written: %s",
                         pole_status_text(written));
    return POLE_OK;
}
