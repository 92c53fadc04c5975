/* SPDX-License-Identifier: MIT
 * Answers that are not sure of one pole. Where the place is sure and only the pole is not, the
 * place is told; else nobody is sent to one place alone. */
#include "text_answer.h"

#include <math.h>
#include <string.h>

#include <polelookup/resolve.h>

#include "text_parts.h"

#define NEARLY_ALL 0.8 /* of the belief, in the places listed */
#define SURE_PLACE 0.95
#define LIKELY 0.9
#define MUCH_SURER 0.1 /* of the place than of the pole */

static void show_heard_in_head(const command_session *session, const pole_answer *answer)
{
    show_text(session, "听到 ", "heard ");
    show_heard(session, answer);
    if (answer->heard.size_bytes > 0 && kind_heard(session, answer) == HEARD_OTHER_LENGTH)
        fprintf(session->view.out, pick(&session->view, "（%s，杆号是%s）", " (%s; codes have %s)"),
                digits_text(&session->view, answer->heard.size_bytes).text,
                lengths_text(&session->view, pole_index_lengths(session->index)).text);
    show_text(session, "：", ": ");
}

/* "1 23 45 67 0.49、1 23 45 61 0.49（89 米）", where there is a choice. */
static void show_which(const command_session *session, uint32_t listed)
{
    if (listed < 2)
        return;
    start_line(session, TONE_PLAIN, "哪一根", "Which");
    for (uint32_t i = 0; i < listed; i++) {
        told_pole told;
        if (!read_told_pole(session, i, &told))
            break;
        if (i > 0)
            show_text(session, "、", "; ");
        show_code(session, told.pole.code);
        fprintf(session->view.out, " %s", share_text(told.candidate.confidence).text);
        show_state(session, &told.pole);
        if (i == 0)
            continue;
        show_bracket(session);
        fputs(distance_text(&session->view, told.candidate.distance_to_first_m).text,
              session->view.out);
        show_bracket_end(session);
    }
    end_line(session);
}

/* The place is as sure as an answer gets, whichever pole of it is meant. */
static void text_sure_place(const command_session *session, const pole_answer *answer,
                            uint32_t listed)
{
    told_pole first;
    if (!read_told_pole(session, 0, &first))
        return;
    show_text(session, "地点很有把握，哪一根未定\n", "the place is very likely, the pole is not\n");
    show_lines_of(session, &first);
    show_notes(session, answer, &first, 1);
    show_which(session, listed);
    show_sure(session, answer);
    show_ask(session, answer, &first);
}

/* How sure the first is; the place too, where that says more. */
static void show_rest(const command_session *session, const pole_answer *answer, double share)
{
    start_line(session, TONE_PLAIN, "把握", "Sure");
    if (answer->confidence_place - answer->confidence >= MUCH_SURER)
        show_confidence(session, answer->confidence, answer->confidence_place);
    else
        fputs(sure_text(&session->view, answer->confidence), session->view.out);
    fprintf(session->view.out, pick(&session->view, "；其余 %s", "; the rest %s"),
            share_text(fmax(0, 1 - share)).text);
    show_support(session, answer);
    end_line(session);
}

/* One pole comes near enough to be told, and is not sure enough. */
static void text_single(const command_session *session, const pole_answer *answer,
                        const told_pole *first)
{
    if (is_heard(session, answer, &first->pole)) {
        show_text(session, "表中有此杆", "a pole of the table");
    } else {
        show_text(session, "最像 ", "likeliest ");
        show_code(session, first->pole.code);
        if (first->candidate.edit_count > 0) {
            show_bracket(session);
            show_edits(session, &first->candidate);
            show_bracket_end(session);
        }
    }
    if (answer->confidence >= LIKELY)
        show_text(session, "，仍有疑点", ", with a doubt");
    else
        show_text(session, "，还不能定", ", not settled yet");
    show_state(session, &first->pole);
    end_line(session);
    show_lines_of(session, first);
    show_notes(session, answer, first, 1);
    show_sure(session, answer);
    show_ask(session, answer, first);
    show_text(session, "未定之前  不要只派一处；问旁边灯杆的号\n",
              "Until then  do not rely on one place alone; ask for the next pole's number\n");
}

static bool same_text(pole_span a, pole_span b)
{
    return a.size_bytes == b.size_bytes && memcmp(a.data, b.data, a.size_bytes) == 0;
}

/* Every one of many poles is as likely: none is told as if it were the one, but the street where
 * the likeliest are. */
static void text_many(const command_session *session, const pole_answer *answer,
                      const told_pole *first)
{
    bool one_street = first->pole.street.size_bytes > 0 && answer->candidates > 2;
    for (uint32_t i = 1; i < answer->candidates && one_street; i++) {
        told_pole told;
        one_street = read_told_pole(session, i, &told) &&
                     same_text(told.pole.street, first->pole.street) &&
                     same_text(told.pole.district, first->pole.district);
    }
    show_text(session, "对得上的灯杆很多，哪一根都说不准\n",
              "many poles fit, and none better than the rest\n");
    if (one_street) {
        start_line(session, TONE_PLAIN, "最近似", "Nearest");
        show_text(session, "较像的几根都在 ", "the likeliest are all in ");
        show_place(session, &first->pole);
        end_line(session);
    }
    show_text(session, "未定位  不给出坐标和派出所\n", "No place given\n");
    start_line(session, TONE_PLAIN, "把握", "Sure");
    fputs(sure_text(&session->view, answer->confidence), session->view.out);
    show_support(session, answer);
    end_line(session);
    show_ask(session, answer, NULL);
}

static void show_how_many(const command_session *session, const pole_answer *answer,
                          const told_pole *first, uint32_t listed, double share)
{
    static const char *const fit[][2] = {
        {"两处都有可能", "two places fit"},
        {"三处都有可能", "three places fit"},
    };
    if (answer->warnings & POLE_WARN_SEVERAL_CODES)
        show_text(session, "话里不止一个号码，", "more than one code was said; ");
    if (first->candidate.matched == POLE_MATCHED_ALIAS && listed == 1)
        show_text(session, "没有这个杆号，但有一根灯杆另有此号",
                  "no pole has this code, but one bears it as another number");
    else if (share < NEARLY_ALL || listed < 2)
        fprintf(session->view.out,
                pick(&session->view, "可能的很多，最像的 %u 处", "many fit, the %u likeliest"),
                listed);
    else
        show_text(session, fit[listed - 2][0], fit[listed - 2][1]);
    if (listed > 1)
        show_spread(session, listed);
    end_line(session);
}

void text_ambiguous(const command_session *session, const pole_answer *answer)
{
    double share;
    told_pole first, second;
    const uint32_t listed = count_listed(session, answer, &share);
    if (listed == 0 || !read_told_pole(session, 0, &first))
        return;
    start_line(session, TONE_DOUBT, "待定", "UNSETTLED");
    show_heard_in_head(session, answer);
    if (answer->confidence_place >= SURE_PLACE && first.candidate.matched == POLE_MATCHED_CODE) {
        text_sure_place(session, answer, listed);
        return;
    }
    if (first.candidate.confidence < LEAST_LISTED && first.candidate.matched == POLE_MATCHED_CODE &&
        !is_heard(session, answer, &first.pole)) {
        text_many(session, answer, &first);
        return;
    }
    if (listed == 1 && first.candidate.matched == POLE_MATCHED_CODE) {
        text_single(session, answer, &first);
        return;
    }
    if (answer->confidence_place >= SURE_PLACE && first.candidate.matched == POLE_MATCHED_CODE) {
        text_sure_place(session, answer, listed);
        return;
    }
    show_how_many(session, answer, &first, listed, share);
    for (uint32_t i = 0; i < listed; i++) {
        told_pole told;
        if (!read_told_pole(session, i, &told))
            break;
        show_choice(session, i, &told);
        end_line(session);
    }
    if (listed == 2 && read_told_pole(session, 1, &second))
        (void)show_difference(session, &first.pole, &second.pole);
    show_rest(session, answer, share);
    show_ask(session, answer, &first);
    show_text(session, "未定之前  不要只派一处；问旁边灯杆的号\n",
              "Until then  do not rely on one place alone; ask for the next pole's number\n");
}
