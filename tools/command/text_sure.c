/* SPDX-License-Identifier: MIT
 * How sure an answer is, in words and number, and what else it can be. */
#include <math.h>

#include "text_parts.h"

#define FAR_WORTH_SAYING 0.01 /* an alarm that always rings is not heard */
#define WORTH_SAYING 0.01
#define MOST_OTHERS 2
#define DEFAULT_NEAR_M 200.0

/* What agrees, in the order of how much it says. */
static const struct {
    uint32_t evidence;
    const char *words[2];
} agreements[] = {
    {POLE_EVIDENCE_ALSO, {"第二根灯杆相合", "the second pole agrees"}},
    {POLE_EVIDENCE_THEN, {"后来的灯杆相合", "the later pole agrees"}},
    {POLE_EVIDENCE_HINT, {"手机定位相合", "the phone's position agrees"}},
    {POLE_EVIDENCE_STREET, {"街名相合", "the street agrees"}},
    {POLE_EVIDENCE_DIGIT, {"重念的数字相合", "the digit said again agrees"}},
    {POLE_EVIDENCE_DISTRICT, {"区名相合", "the district agrees"}},
    {POLE_EVIDENCE_SCOPE, {"县市相合", "the county agrees"}},
    {POLE_EVIDENCE_BOX, {"在所给范围内", "within the box given"}},
    {POLE_EVIDENCE_POLYGON, {"在所给范围内", "within the polygon given"}},
};

void show_support(const command_session *session, const pole_answer *answer)
{
    bool any = false;
    for (size_t i = 0; i < sizeof agreements / sizeof agreements[0]; i++) {
        if (!(answer->corroborated_by & agreements[i].evidence))
            continue;
        show_text(session, any ? "、" : "；", any ? ", " : "; ");
        show_text(session, agreements[i].words[0], agreements[i].words[1]);
        any = true;
    }
    if (!any)
        show_text(session, "；尚无旁证", "; not yet corroborated");
}

void show_confidence(const command_session *session, double confidence, double confidence_place)
{
    const double near_m = session->options->near_m > 0 ? session->options->near_m : DEFAULT_NEAR_M;
    const text_view *view = &session->view;
    fprintf(view->out, "%s %s", sure_text(view, confidence), share_text(confidence).text);
    if (isnan(confidence_place))
        return;
    fprintf(view->out, pick(view, "（%s内 %s）", " (within %s %s)"),
            distance_text(view, near_m).text, share_text(confidence_place).text);
}

void show_sure(const command_session *session, const pole_answer *answer)
{
    start_line(session, TONE_PLAIN, "把握", "Sure");
    show_confidence(session, answer->confidence, answer->confidence_place);
    show_support(session, answer);
    end_line(session);
}

bool far_is_shown(const pole_answer *answer)
{
    return answer->far_share >= FAR_WORTH_SAYING;
}

bool show_far(const command_session *session, const told_pole *first)
{
    pole_far_rival rival = {.struct_size = sizeof rival};
    pole_record pole = {.struct_size = sizeof pole};
    if (pole_resolution_far_rival(session->resolution, &rival) != POLE_OK ||
        pole_index_record(session->index, rival.row, &pole) != POLE_OK)
        return false;
    const bool alike = sound_alike(session, &first->pole, &pole);
    start_line(session, TONE_WARNING, alike ? "远处近音" : "远处", "Far");
    show_code(session, rival.code);
    show_text(session, " ", ", ");
    show_place(session, &pole);
    fprintf(session->view.out, pick(&session->view, "，相距 %s", ", %s away"),
            distance_text(&session->view, rival.distance_m).text);
    if (first->chosen && rival.station != first->chosen->number)
        show_text(session, "，另一派出所", ", another station");
    if (alike)
        show_text(session, "", ": sounds alike");
    end_line(session);
    return true;
}

bool show_others(const command_session *session, const pole_answer *answer)
{
    unsigned shown = 0;
    for (uint32_t i = 1; i < answer->candidates && shown < MOST_OTHERS; i++) {
        told_pole told;
        if (!read_told_pole(session, i, &told) || !(told.candidate.confidence >= WORTH_SAYING))
            break;
        if (shown++ == 0)
            start_line(session, TONE_PLAIN, "其他", "Else");
        else
            show_text(session, "；", "; ");
        show_code(session, told.pole.code);
        putc(' ', session->view.out);
        show_place(session, &told.pole);
        fprintf(session->view.out, " %s", share_text(told.candidate.confidence).text);
        show_bracket(session);
        fputs(distance_text(&session->view, told.candidate.distance_to_first_m).text,
              session->view.out);
        show_bracket_end(session);
    }
    if (shown > 0)
        end_line(session);
    return shown > 0;
}
