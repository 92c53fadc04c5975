/* SPDX-License-Identifier: MIT
 * An answer where what is known beside the code speaks against it: both sides are shown, and
 * neither wins in silence. */
#include "text_answer.h"

#include <math.h>
#include <string.h>

#include "numbers.h"
#include "text_parts.h"

/* "GCJ-02", as people write it; empty for the datum of all answers. */
static const char *datum_name(pole_span crs)
{
    static const char *const names[][2] = {{"gcj02", "GCJ-02"}, {"bd09", "BD-09"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (crs.size_bytes == strlen(names[i][0]) &&
            memcmp(crs.data, names[i][0], crs.size_bytes) == 0)
            return names[i][1];
    return "";
}

/* "1 23 45 67 在表中，但手机定位在 4.2 公里外（半径 300 米，GCJ-02 已换算）" */
static void show_hint_against(const command_session *session, const pole_answer *answer,
                              double away_m)
{
    const text_view *view = &session->view;
    for (uint32_t i = 0; i < answer->evidence; i++) {
        pole_evidence_used used = {.struct_size = sizeof used};
        double values[4] = {0, 0, 0, 0};
        char given[128] = "";
        if (pole_resolution_evidence(session->resolution, i, &used) != POLE_OK ||
            used.kind != POLE_EVIDENCE_HINT)
            continue;
        if (used.given.size_bytes < sizeof given)
            memcpy(given, used.given.data, used.given.size_bytes);
        fprintf(view->out, pick(view, "，但手机定位在 %s外", ", but the phone is %s away"),
                distance_text(view, away_m).text);
        const bool radius = read_some_numbers(given, values, 4) > 2;
        const char *datum = datum_name(used.crs);
        if (!radius && *datum == '\0')
            return;
        show_bracket(session);
        if (radius)
            fprintf(view->out, pick(view, "半径 %s", "radius %s"),
                    distance_text(view, values[2]).text);
        if (*datum != '\0')
            fprintf(view->out, pick(view, "%s%s 已换算", "%s%s converted"),
                    radius ? pick(view, "，", ", ") : "", datum);
        show_bracket_end(session);
    }
}

/* The listed one that the digits name as they were heard; else the first. */
static double hint_away_m(const command_session *session, const pole_answer *answer,
                          uint32_t listed)
{
    told_pole told;
    for (uint32_t i = 0; i < listed; i++)
        if (read_told_pole(session, i, &told) && is_heard(session, answer, &told.pole))
            return told.candidate.distance_to_hint_m;
    return read_told_pole(session, 0, &told) ? told.candidate.distance_to_hint_m : (double)NAN;
}

/* The kinds of evidence that speak against the first candidate. */
static uint32_t kinds_against(const command_session *session, const pole_answer *answer)
{
    uint32_t kinds = 0;
    for (uint32_t i = 0; i < answer->evidence; i++) {
        pole_evidence_used used = {.struct_size = sizeof used};
        if (pole_resolution_evidence(session->resolution, i, &used) == POLE_OK && used.agrees < 0)
            kinds |= (uint32_t)used.kind;
    }
    return kinds;
}

/* The county that was named does not have the code that was heard, and another has. */
static bool is_another_county(const command_session *session, const pole_answer *answer)
{
    return session->options->scope && (answer->warnings & POLE_WARN_SCOPE_NEEDED) != 0;
}

bool is_conflict(const command_session *session, const pole_answer *answer)
{
    const uint32_t conflicts =
        POLE_WARN_HINT_CONFLICT | POLE_WARN_STREET_CONFLICT | POLE_WARN_ALSO_CONFLICT;
    return (answer->warnings & conflicts) != 0 || is_another_county(session, answer) ||
           kinds_against(session, answer) != 0;
}

/* What does not go with the code but the phone, each in words, and what else may be the reason. */
static const struct {
    uint32_t kinds;
    const char *words[2];
    const char *cause[2];
} disagreements[] = {
    {POLE_EVIDENCE_STREET,
     {"与所说的街名不符", "that is not the street named"},
     {"说的是路口的另一条街；", "the other street of a crossing; "}},
    {POLE_EVIDENCE_DISTRICT,
     {"与所说的区不符", "not in the district named"},
     {"说错了区；", "the wrong district named; "}},
    {POLE_EVIDENCE_SCOPE,
     {"与所说的县市不符", "not in the county named"},
     {"说错了县市；", "the wrong county named; "}},
    {POLE_EVIDENCE_ALSO | POLE_EVIDENCE_THEN,
     {"与另一根灯杆的号对不上", "the other pole's number does not fit"},
     {"另一根的号听错；人已走远；", "the other number misheard; the caller has moved; "}},
    {POLE_EVIDENCE_DIGIT,
     {"与重念的数字不符", "the digit said again is another"},
     {"两次念的不是同一位；", "not the same digit said twice; "}},
};
#define DISAGREEMENTS (sizeof disagreements / sizeof *disagreements)

/* Those that are to be told. Where evidence won against the digits, it agrees with the first
 * candidate, and the warning alone tells of it. */
static uint32_t kinds_in_conflict(const command_session *session, const pole_answer *answer)
{
    uint32_t kinds = kinds_against(session, answer);
    if ((answer->warnings & POLE_WARN_STREET_CONFLICT) &&
        !(kinds & (POLE_EVIDENCE_STREET | POLE_EVIDENCE_DISTRICT)))
        kinds |= session->options->street ? POLE_EVIDENCE_STREET : POLE_EVIDENCE_DISTRICT;
    if (answer->warnings & POLE_WARN_ALSO_CONFLICT)
        kinds |= POLE_EVIDENCE_ALSO;
    if (is_another_county(session, answer))
        kinds |= POLE_EVIDENCE_SCOPE;
    return kinds;
}

bool show_disagreement_note(const command_session *session, const pole_answer *answer)
{
    const uint32_t kinds =
        kinds_against(session, answer) & (POLE_EVIDENCE_DIGIT | POLE_EVIDENCE_SCOPE);
    for (size_t i = 0; i < DISAGREEMENTS; i++) {
        if (!(kinds & disagreements[i].kinds))
            continue;
        start_line(session, TONE_WARNING, "注意", "Note");
        show_text(session, disagreements[i].words[0], disagreements[i].words[1]);
        end_line(session);
        return true;
    }
    return false;
}

static void show_conflict(const command_session *session, const pole_answer *answer,
                          uint32_t listed, uint32_t kinds)
{
    const heard_kind kind = kind_heard(session, answer);
    start_line(session, TONE_DOUBT, "矛盾", "CONFLICT");
    show_text(session, kind == HEARD_POLE ? "" : "听到 ", kind == HEARD_POLE ? "" : "heard ");
    show_heard(session, answer);
    if (kind == HEARD_POLE)
        show_text(session, " 在表中", " is in the table");
    else if (kind == HEARD_NO_POLE)
        show_text(session, " 不在表中", ", which is not in the table");
    if (answer->warnings & POLE_WARN_HINT_CONFLICT)
        show_hint_against(session, answer, hint_away_m(session, answer, listed));
    const char *first = (answer->warnings & POLE_WARN_HINT_CONFLICT) ? "，也" : "，但";
    for (size_t i = 0; i < DISAGREEMENTS; i++) {
        if (!(kinds & disagreements[i].kinds))
            continue;
        show_text(session, first, ", but ");
        show_text(session, disagreements[i].words[0], disagreements[i].words[1]);
        first = "，也";
    }
    end_line(session);
}

/* What speaks for a listed one: "（号码所指）", "（距手机 120 米；第2位 二 改 八）". */
static void show_ground(const command_session *session, const pole_answer *answer,
                        const told_pole *told)
{
    const pole_candidate *candidate = &told->candidate;
    const text_view *view = &session->view;
    if (candidate->matched == POLE_MATCHED_ALIAS)
        return;
    if (is_heard(session, answer, &told->pole)) {
        show_text(session, "（号码所指）", " (what the digits say)");
        return;
    }
    const bool hint = !isnan(candidate->distance_to_hint_m);
    if (!hint && candidate->edit_count == 0)
        return;
    show_bracket(session);
    if (hint)
        fprintf(view->out, pick(view, "距手机 %s", "%s from the phone"),
                distance_text(view, candidate->distance_to_hint_m).text);
    if (hint && candidate->edit_count > 0)
        show_text(session, "；", "; ");
    show_edits(session, candidate);
    show_bracket_end(session);
}

static void show_causes(const command_session *session, uint32_t warnings, uint32_t kinds)
{
    start_line(session, TONE_PLAIN, "可能", "Perhaps");
    if (warnings & POLE_WARN_HINT_CONFLICT)
        show_text(session, "替别人报警；定位是旧的；坐标系不对；",
                  "calling for somebody else; an old fix; wrong datum; ");
    for (size_t i = 0; i < DISAGREEMENTS; i++)
        if (kinds & disagreements[i].kinds)
            show_text(session, disagreements[i].cause[0], disagreements[i].cause[1]);
    show_text(session, "听错一位\n", "one digit misheard\n");
}

void text_conflict(const command_session *session, const pole_answer *answer)
{
    double share;
    told_pole first;
    const uint32_t listed = count_listed(session, answer, &share);
    const uint32_t kinds = kinds_in_conflict(session, answer);
    if (listed == 0 || !read_told_pole(session, 0, &first))
        return;
    show_conflict(session, answer, listed, kinds);
    for (uint32_t i = 0; i < listed && listed > 1; i++) {
        told_pole told;
        if (!read_told_pole(session, i, &told))
            break;
        show_choice(session, i, &told);
        show_ground(session, answer, &told);
        end_line(session);
    }
    if (listed == 1)
        show_lines_of(session, &first);
    show_causes(session, answer->warnings, kinds);
    (void)show_evidence_note(session, answer->warnings &
                                          (POLE_WARN_HINT_DATUM_SUSPECT | POLE_WARN_HINT_OUTSIDE));
    if (listed == 1) {
        show_sure(session, answer);
    } else {
        start_line(session, TONE_PLAIN, "把握", "Sure");
        fputs(sure_text(&session->view, answer->confidence), session->view.out);
        show_text(session, listed == 2 ? "；两处都要看" : "；几处都要看",
                  listed == 2 ? "; look at both" : "; look at all");
        end_line(session);
    }
    show_ask(session, answer, &first);
}
