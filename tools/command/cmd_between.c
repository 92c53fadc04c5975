/* SPDX-License-Identifier: MIT
 * polelookup between CODE CODE: how two poles that a caller has seen lie to each other. */
#include "commands.h"

#include <math.h>
#include <string.h>

#include <polelookup/between.h>
#include <polelookup/resolve.h>

#include "evidence_options.h"
#include "text_parts.h"
#include "wrap.h"

#define MOST_CORRECTIONS 2

/* Both codes as heard, and what became of them. */
typedef struct {
    pole_heard *heard[2];
    evidence_options given; /* the channel alone */
    pole_between_answer answer;
} between_run;

static bool read_pole(const command_session *session, int32_t candidate, told_pole *told)
{
    return candidate >= 0 && read_told_pole(session, (size_t)candidate, told);
}

/* "60 m" of a stretch, and its direction. */
static void show_distance(const command_session *session, double distance_m)
{
    fputs(distance_text(&session->view, distance_m).text, session->view.out);
}

static const char *direction_of(const command_session *session, double bearing_deg)
{
    return direction_text(&session->view, 1000.0, bearing_deg);
}

static void show_fate(const command_session *session, const pole_record *pole)
{
    if (pole->state != POLE_STATE_ACTIVE)
        fprintf(session->view.out, pick(&session->view, "（%s）", " (%s)"),
                state_text(&session->view, pole->state));
}

/* Whether one of the corrections is of this code. */
static bool may_be_misheard(const between_run *run, int32_t query)
{
    for (uint32_t i = 0; i < run->answer.correction_count; i++)
        if (run->answer.corrections[i].query == query)
            return true;
    return false;
}

/* A pole's code, or what was heard where there is none. */
static void show_seen(const command_session *session, const between_run *run, size_t i)
{
    told_pole told;
    if (read_pole(session, run->answer.pole[i], &told)) {
        show_code(session, told.pole.code);
        show_fate(session, &told.pole);
        return;
    }
    const pole_span digits = pole_heard_digits(run->heard[i]);
    if (digits.size_bytes == 0)
        show_name(&session->view, pole_heard_query(run->heard[i]));
    else if (may_be_misheard(run, (int32_t)i))
        show_span(&session->view, digits);
    else
        show_no_pole(session, digits);
}

static void show_both(const command_session *session, const between_run *run)
{
    show_seen(session, run, 0);
    show_text(session, " 与 ", " and ");
    show_seen(session, run, 1);
}

static void show_side(const command_session *session, const pole_between_answer *answer)
{
    const text_view *view = &session->view;
    if (answer->same_side == 0)
        show_text(session, "，路的两侧", ", on two sides of the street");
    else if (answer->same_side == 1)
        show_text(session, "，同侧", ", on one side");
    if (answer->poles_between > 0)
        fprintf(view->out, pick(view, "，中间 %d 根", ", %d between"), (int)answer->poles_between);
}

static void show_head(const command_session *session, const between_run *run)
{
    const pole_between_answer *answer = &run->answer;
    switch (answer->relation) {
    case POLE_RELATION_SAME:
        start_line(session, TONE_DOUBT, "同一根", "ONE POLE");
        show_seen(session, run, 0);
        show_text(session, "：两次都是它，不能互相印证",
                  ": both times this one; it confirms nothing");
        break;
    case POLE_RELATION_STRETCH:
    case POLE_RELATION_CORNER:
        if (answer->relation == POLE_RELATION_CORNER)
            start_line(session, TONE_FOUND, "路口", "CORNER");
        else
            start_line(session, TONE_FOUND, "路段", "STRETCH");
        show_text(session, "", "between ");
        show_both(session, run);
        show_text(session, " 之间，相距 ", ", ");
        show_distance(session, answer->distance_m);
        show_text(session, "", " apart");
        show_side(session, answer);
        break;
    case POLE_RELATION_APART:
        start_line(session, TONE_DOUBT, "矛盾", "CONFLICT");
        show_both(session, run);
        show_text(session, " 相距 ", " lie ");
        show_distance(session, answer->distance_m);
        show_text(session, "：有一个不对，或来电人已移动",
                  " apart: one is wrong, or the caller has moved");
        break;
    default:
        start_line(session, TONE_NONE, "查无", "NOT FOUND");
        show_both(session, run);
        break;
    }
    end_line(session);
}

/* Which of the two is in no table, and why. */
static void show_missing(const command_session *session, const between_run *run)
{
    for (size_t i = 0; i < 2; i++) {
        const pole_span digits = pole_heard_digits(run->heard[i]);
        if (run->answer.pole[i] >= 0)
            continue;
        start_line(session, TONE_NONE, "缺", "Missing");
        show_seen(session, run, i);
        if (digits.size_bytes == 0)
            show_text(session, "：听不出杆号", ": no code in it");
        else if (memchr(digits.data, '?', digits.size_bytes))
            show_text(session, "：有听不清的数字", ": not all of its digits could be read");
        else if (run->answer.warnings & POLE_WARN_SCOPE_NEEDED)
            show_text(session, "：不止一县有此号，或表中没有；请用 --scope 指明县名",
                      ": several counties have it, or none; name one with --scope");
        else
            show_text(session, "：表中没有", ": the table has no such pole");
        end_line(session);
    }
}

/* The poles that contradict each other, each with what is believed of it beside the other. */
static void show_poles(const command_session *session, const between_run *run)
{
    for (size_t i = 0; i < 2; i++) {
        told_pole told;
        if (!read_pole(session, run->answer.pole[i], &told))
            continue;
        show_choice(session, i, &told);
        end_line(session);
    }
}

/* The station to send, and the other pole's where that is another. */
static void show_senders(const command_session *session, const told_pole told[2])
{
    for (size_t i = 0; i < 2; i++) {
        const pole_station_hit *chosen = told[i].chosen;
        if (!chosen || (i == 1 && told[0].chosen && told[0].chosen->number == chosen->number))
            continue;
        start_line(session, TONE_PLAIN, i == 0 ? "出警" : "另一杆", i == 0 ? "Send" : "Other");
        show_station(session, chosen->number);
        show_reason(session, (uint32_t)chosen->role, chosen->distance_m, chosen->bearing_deg);
        end_line(session);
    }
}

/* How sure the less sure of the two is; nothing for one pole said twice. */
static void show_both_sure(const command_session *session, const told_pole told[2])
{
    const double confidence = fmin(told[0].candidate.confidence, told[1].candidate.confidence);
    if (isnan(confidence))
        return;
    start_line(session, TONE_PLAIN, "把握", "Sure");
    show_confidence(session, confidence, (double)NAN);
    show_text(session, "；两个号码相合", "; the two codes agree");
    end_line(session);
}

/* The middle of a stretch: its street, place and course, and who goes. */
static void show_stretch(const command_session *session, const between_run *run)
{
    const pole_between_answer *answer = &run->answer;
    const text_view *view = &session->view;
    told_pole told[2];
    if (!read_pole(session, answer->pole[0], &told[0]) ||
        !read_pole(session, answer->pole[1], &told[1]))
        return;
    start_line(session, TONE_PLAIN, "位置", "Place");
    show_place(session, &told[0].pole);
    if (answer->relation == POLE_RELATION_CORNER) {
        show_text(session, "、", "; ");
        show_name(view, told[1].pole.street);
    }
    if (!isnan(answer->side_deg))
        fprintf(view->out, pick(view, "，%s侧", ", %s side"),
                direction_of(session, answer->side_deg));
    end_line(session);
    start_line(session, TONE_PLAIN, "坐标", "Coord");
    show_point(session, answer->middle);
    if (answer->radius_m > 0) {
        show_text(session, "（WGS 84，两杆正中，各约 ", " (WGS 84; the middle, about ");
        show_distance(session, answer->radius_m);
        show_text(session, "）", " to each)");
    } else {
        show_text(session, "（WGS 84）", " (WGS 84)");
    }
    end_line(session);
    show_senders(session, told);
    show_both_sure(session, told);
}

static void show_course(const command_session *session, const pole_between_answer *answer)
{
    const text_view *view = &session->view;
    if (!(answer->distance_m > 0))
        return;
    if (answer->relation == POLE_RELATION_APART)
        start_line(session, TONE_PLAIN, "移动", "Moved");
    else
        start_line(session, TONE_PLAIN, "走向", "Course");
    fprintf(view->out, pick(view, "从第一根到第二根：往%s ", "from the first to the second: %s, "),
            direction_of(session, answer->bearing_deg));
    show_distance(session, answer->distance_m);
    end_line(session);
}

/* Both were heard, and no county is in doubt. */
static bool both_were_weighed(const between_run *run)
{
    return pole_heard_digits(run->heard[0]).size_bytes > 0 &&
           pole_heard_digits(run->heard[1]).size_bytes > 0 &&
           !(run->answer.warnings & POLE_WARN_SCOPE_NEEDED);
}

static void show_correction(const command_session *session,
                            const pole_between_correction *correction, const told_pole *told)
{
    show_text(session, correction->query == 0 ? "第一个号是 " : "第二个号是 ",
              correction->query == 0 ? "the first is " : "the second is ");
    show_code(session, told->pole.code);
    show_fate(session, &told->pole);
    fprintf(session->view.out, " %s", share_text(told->candidate.confidence).text);
    show_bracket(session);
    show_edits(session, &told->candidate);
    if (!isnan(correction->distance_m)) {
        show_text(session, told->candidate.edit_count > 0 ? "；距另一根 " : "距另一根 ",
                  told->candidate.edit_count > 0 ? "; " : "");
        show_distance(session, correction->distance_m);
        show_text(session, "", " from the other");
    }
    show_bracket_end(session);
    fputs("  ", session->view.out);
    show_place(session, &told->pole);
}

static void show_corrections(const command_session *session, const between_run *run)
{
    const pole_between_answer *answer = &run->answer;
    double sum = 0;
    if (answer->correction_count == 0 && both_were_weighed(run)) {
        start_line(session, TONE_PLAIN, "更正", "Perhaps");
        show_text(session, "常见的听错都合不到一处", "no likely mishearing brings them together");
        end_line(session);
    }
    for (uint32_t i = 0; i < answer->correction_count && i < MOST_CORRECTIONS; i++) {
        told_pole told;
        if (!read_pole(session, answer->corrections[i].candidate, &told) ||
            (i > 0 && told.candidate.confidence < LEAST_LISTED))
            break;
        sum += told.candidate.confidence;
        if (i == 0)
            start_line(session, TONE_PLAIN, "可能", "Perhaps");
        else if (sum > 1.0) /* two that exclude each other cannot be so likely */
            start_line(session, TONE_PLAIN, "而且", "And");
        else
            start_line(session, TONE_PLAIN, "或者", "Or");
        show_correction(session, answer->corrections + i, &told);
        end_line(session);
    }
}

/* Open, and answerable by a child: it must not say what is hoped for. */
static void show_question(const command_session *session, const pole_between_answer *answer)
{
    if (answer->relation == POLE_RELATION_STRETCH || answer->relation == POLE_RELATION_CORNER)
        return;
    start_line(session, TONE_PLAIN, "请问", "Ask");
    if (answer->relation == POLE_RELATION_APART)
        show_text(session, "“两个号码是站在一个地方看到的，还是走了一段路？”",
                  "\"Did you see both numbers from one spot, or did you go some way?\"");
    else if (answer->relation == POLE_RELATION_SAME)
        show_text(session, "“旁边那根灯杆是什么号？”", "\"What is the number of the next pole?\"");
    else
        show_text(session, "“请把数字从头慢慢再念一遍。”",
                  "\"Please read the digits again, slowly.\"");
    end_line(session);
}

static void show_answer(const command_session *session, const between_run *run)
{
    const pole_between_answer *answer = &run->answer;
    show_sample(session);
    show_head(session, run);
    if (answer->relation == POLE_RELATION_APART || answer->relation == POLE_RELATION_UNKNOWN) {
        if (answer->relation == POLE_RELATION_UNKNOWN)
            show_missing(session, run);
        show_poles(session, run);
        show_corrections(session, run);
    } else {
        show_stretch(session, run);
    }
    show_course(session, answer);
    show_question(session, answer);
}

static pole_status write_between(const command_session *session, const void *what, char *text,
                                 size_t capacity, size_t *needed)
{
    const between_run *run = what;
    const pole_json_options json = json_options(session);
    return pole_between_json(session->resolution, run->heard[0], run->heard[1], &run->answer, &json,
                             text, capacity, needed);
}

static int exit_of(const pole_between_answer *answer)
{
    if (answer->relation == POLE_RELATION_UNKNOWN)
        return answer->warnings & POLE_WARN_SCOPE_NEEDED ? EXIT_CONFIRM : EXIT_NOTHING;
    return answer->relation == POLE_RELATION_APART ? EXIT_CONFIRM : EXIT_FINE;
}

static pole_status hear(const command_session *session, const pole_hear_options *options,
                        between_run *run)
{
    pole_status status = POLE_OK;
    for (size_t i = 0; i < 2 && status == POLE_OK; i++) {
        const pole_text text = {span_of(session->options->arguments.texts[i]), 1.0};
        status = pole_heard_new(NULL, &run->heard[i]);
        if (status == POLE_OK)
            status = pole_hear(&text, 1, options, run->heard[i]);
    }
    return status;
}

static int answer_between(command_session *session, between_run *run)
{
    pole_between_options options;
    pole_hear_options hearing;
    pole_resolve_options resolving;
    pole_hear_options_init(&hearing);
    hearing.lengths = pole_index_lengths(session->index);
    pole_resolve_options_init(&resolving);
    const int read = evidence_options_read(&run->given, session, &hearing, &resolving);
    if (read != EXIT_FINE)
        return read;
    pole_between_options_init(&options);
    options.crs = session->crs;
    options.channel = resolving.channel;
    options.clean = resolving.clean;
    options.caller_language = resolving.caller_language;
    if (session->options->scope)
        options.scope = span_of(session->options->scope);
    run->answer.struct_size = sizeof run->answer;
    pole_status status = hear(session, &hearing, run);
    if (status == POLE_OK)
        status = pole_between(session->index, run->heard[0], run->heard[1], &options,
                              session->resolution, &run->answer);
    if (status != POLE_OK)
        return tell_status(session, status);
    int result = EXIT_FINE;
    if (session->options->voice.json) {
        result = put_json(session, write_between, run);
    } else {
        wrapped_answer wrapped;
        wrap_begin(&wrapped, &session->view);
        show_answer(session, run);
        wrap_end(&wrapped, &session->view);
    }
    return result == EXIT_FINE ? exit_of(&run->answer) : result;
}

int run_between(const command_options *options)
{
    command_session session;
    between_run run = {.heard = {NULL, NULL}};
    if (options->arguments.count != 2)
        return tell_usage(options->voice,
                          "as in: polelookup between 1234567 1234571; quote a code with blanks",
                          "between takes two codes");
    int result = session_open(&session, options);
    if (result == EXIT_FINE)
        result = answer_between(&session, &run);
    pole_heard_free(run.heard[0]);
    pole_heard_free(run.heard[1]);
    evidence_options_free(&run.given);
    session_close(&session);
    return result;
}
