/* SPDX-License-Identifier: MIT
 * polelookup info [INDEX]: which index is asked and why, what it holds, from what. */
#include "commands.h"

#include <stdio.h>

#include <polelookup/build.h>
#include <polelookup/json.h>

#include "parts.h"
#include "words.h"
#include "wrap.h"

static pole_status write_info(const command_session *session, const void *what, char *text,
                              size_t capacity, size_t *needed)
{
    (void)what;
    return pole_info_json(session->index, text, capacity, needed);
}

/* "尚志市：1 2 2，…" "Shangzhi: 5 digits (station 1, street 2, pole 2), 1234 poles". */
static void show_scheme(const command_session *session, const pole_scheme_info *scheme)
{
    static const char *const fields[][2] = {
        {"其他", "other"},  {"区", "district"}, {"派出所", "station"},
        {"街道", "street"}, {"灯杆", "pole"},   {"其他", "other"},
    };
    const text_view *view = &session->view;
    pole_span scope = {NULL, 0};
    start_line(session, TONE_PLAIN, "编号", "Codes");
    pole_index_scope(session->index, scheme->scope, &scope);
    if (scope.size_bytes > 0)
        show_name(view, scope);
    else
        show_text(session, "市区", "urban");
    fprintf(view->out, pick(view, "：%u 位（", ": %u digits ("), scheme->digits);
    for (size_t i = 0; i < scheme->field_count; i++) {
        const size_t kind = scheme->field_kind[i] <= POLE_FIELD_OTHER ? scheme->field_kind[i] : 0;
        fprintf(view->out, "%s%s %u", i ? pick(view, "、", ", ") : "",
                pick(view, fields[kind][0], fields[kind][1]), scheme->field_width[i]);
    }
    fprintf(view->out, pick(view, "），%u 根\n", "), %u pole%s\n"), scheme->rows,
            plural(scheme->rows));
}

static void show_source(const command_session *session, const pole_source_info *source)
{
    static const char *const tables[][2] = {
        {"", ""}, {"灯杆", "poles"}, {"站点", "stations"}, {"辖区", "areas"}};
    const text_view *view = &session->view;
    const unsigned long long read = source->rows_read, refused = source->rows_refused;
    const size_t table = source->kind <= POLE_TABLE_AREAS ? source->kind : 0;
    start_line(session, TONE_PLAIN, "来源", "From");
    fprintf(view->out, "%s ", pick(view, tables[table][0], tables[table][1]));
    show_name(view, source->file_name);
    if (view->language == POLE_LANGUAGE_ZH)
        fprintf(view->out, "：%llu 行，拒收 %llu 行（", read, refused);
    else
        fprintf(view->out, ": %llu row%s, %llu refused (", read, plural(read), refused);
    show_name(view, source->crs);
    show_text(session, "，XXH3 ", ", XXH3 ");
    show_name(view, source->hash);
    show_text(session, "）\n", ")\n");
}

static void show_content(const command_session *session)
{
    const pole_info *info = &session->info;
    const text_view *view = &session->view;
    start_line(session, TONE_PLAIN, "内容", "Holds");
    show_counts(view, info->poles, info->stations, info->areas);
    end_line(session);
    start_line(session, TONE_PLAIN, "范围", "Extent");
    show_point(session, info->southwest);
    fputs(pick(view, " 至 ", " to "), view->out);
    show_point(session, info->northeast);
    show_text(session, "（WGS 84）\n", " (WGS 84)\n");
}

static void show_origin(const command_session *session)
{
    const pole_info *info = &session->info;
    const text_view *view = &session->view;
    start_line(session, TONE_PLAIN, "建成", "Built");
    fprintf(view->out, pick(view, "%s，数据 %s；", "%s, data of %s; by "),
            time_text(info->built_at_s).text, time_text(info->data_date_s).text);
    show_name(view, info->builder);
    end_line(session);
    start_line(session, TONE_PLAIN, "疑度", "Doubt");
    if (info->doubt_channel.size_bytes == 0)
        show_text(session, "没有存，每个号都要另算\n", "not stored: each code's is worked out\n");
    else if (info->doubts_used)
        fprintf(view->out,
                pick(view, "已存，按信道 everyday（%.*s）\n",
                     "stored, under the channel everyday (%.*s)\n"),
                (int)info->doubt_channel.size_bytes, info->doubt_channel.data);
    else
        fprintf(view->out,
                pick(view, "存的是另一信道的（%.*s），不用\n",
                     "stored under another channel (%.*s): not used\n"),
                (int)info->doubt_channel.size_bytes, info->doubt_channel.data);
    start_line(session, TONE_PLAIN, "标识", "Id");
    fprintf(view->out,
            pick(view, "%s（格式 %u.%u，%llu 字节）\n", "%s (format %u.%u, %llu bytes)\n"),
            info->id, info->format_major, info->format_minor, (unsigned long long)info->file_bytes);
}

static void show_info(command_session *session)
{
    const text_view *view = &session->view;
    wrapped_answer wrapped;
    wrap_begin(&wrapped, &session->view);
    show_sample(session);
    start_line(session, TONE_PLAIN, "索引", "Index");
    show_span(view, span_of(session->which.path));
    if (session->info.name.size_bytes > 0) {
        show_bracket(session);
        show_name(view, session->info.name);
        show_bracket_end(session);
    }
    end_line(session);
    start_line(session, TONE_PLAIN, "原因", "Why");
    fprintf(view->out, "%s\n", index_origin_text(view, session->which.origin));
    show_content(session);
    for (uint32_t i = 0; i < session->info.schemes; i++) {
        pole_scheme_info scheme = {.struct_size = sizeof scheme};
        if (pole_index_scheme(session->index, i, &scheme) == POLE_OK)
            show_scheme(session, &scheme);
    }
    for (uint32_t i = 0; i < session->info.sources; i++) {
        pole_source_info source = {.struct_size = sizeof source};
        if (pole_index_source(session->index, i, &source) == POLE_OK)
            show_source(session, &source);
    }
    show_origin(session);
    wrap_end(&wrapped, &session->view);
}

int run_info(const command_options *options)
{
    command_session session;
    command_options named = *options;
    if (options->arguments.count > 1 || (options->arguments.count == 1 && options->index))
        return tell_usage(options->voice, "as in: polelookup info city.plx",
                          "info takes one index");
    if (options->arguments.count == 1)
        named.index = options->arguments.texts[0];
    int result = session_open(&session, &named);
    if (result == EXIT_FINE && options->voice.json)
        result = put_json(&session, write_info, NULL);
    else if (result == EXIT_FINE)
        show_info(&session);
    session_close(&session);
    return result;
}
