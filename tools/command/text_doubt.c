/* SPDX-License-Identifier: MIT
 * Answers that name no one pole: several fit, none does, or the text holds no code. No position
 * and no station is given to drive to where there is no ground for it. */
#include "text_answer.h"

#include <string.h>

#include <polelookup/json.h>
#include <polelookup/resolve.h>

#include "numbers.h"
#include "parts.h"
#include "words.h"

/* As many as leave the answer at nine lines: sample, head, sure, question, what to do until then.
 */
#define MOST_LISTED 4
#define QUERY_COLUMNS 40

/* The digits heard, grouped as the index divides them. */
static void show_heard(const command_session *session, const pole_answer *answer)
{
    pole_code code;
    if (pole_code_parse(session->index, answer->heard, &code) == POLE_OK) {
        code.scope = session->scope;
        show_code(session, code);
    } else {
        show_cut(&session->view, answer->query, QUERY_COLUMNS);
    }
}

static void ask(const command_session *session, const pole_answer *answer)
{
    start_line(session, TONE_PLAIN, "请问", "Ask");
    show_question(session, answer, answer->question);
}

/* "甲  尚志市 中央大街  尚志派出所 0451-5550123": a place to choose. */
static void show_choice(const command_session *session, size_t i)
{
    static const char *const marks[][2] = {{"甲", "A"}, {"乙", "B"}, {"丙", "C"}, {"丁", "D"}};
    pole_candidate candidate = {.struct_size = sizeof candidate};
    pole_record pole = {.struct_size = sizeof pole};
    if (pole_resolution_candidate(session->resolution, i, &candidate, &pole) != POLE_OK)
        return;
    show_text(session, marks[i][0], marks[i][1]);
    fputs("  ", session->view.out);
    show_code(session, pole.code);
    fputs("  ", session->view.out);
    if (candidate.matched == POLE_MATCHED_ALIAS) {
        show_text(session, "另号 ", "also numbered ");
        show_name(&session->view, pole.alias);
        if (pole.alias_owner.size_bytes > 0) {
            show_bracket(session);
            show_name(&session->view, pole.alias_owner);
            show_bracket_end(session);
        }
        fputs("  ", session->view.out);
    }
    show_place(session, &pole);
    if (pole.state != POLE_STATE_ACTIVE)
        fprintf(session->view.out, pick(&session->view, "（%s）", " (%s)"),
                state_text(&session->view, pole.state));
    fputs("  ", session->view.out);
    const pole_station_hit *chosen = chosen_station(candidate.stations, candidate.station_count);
    if (chosen)
        show_station(session, chosen->number);
    else
        show_text(session, "表中没有派出所", "no station in the table");
    end_line(session);
}

/* How far apart the listed places are, and whether one station answers for all. */
static void show_spread(const command_session *session, uint32_t listed)
{
    double farthest_m = 0;
    pole_station_number first = POLE_NO_STATION;
    bool same = true;
    for (uint32_t i = 0; i < listed; i++) {
        pole_candidate candidate = {.struct_size = sizeof candidate};
        if (pole_resolution_candidate(session->resolution, i, &candidate, NULL) != POLE_OK)
            return;
        const pole_station_hit *hit = chosen_station(candidate.stations, candidate.station_count);
        const pole_station_number station = hit ? hit->number : POLE_NO_STATION;
        if (i == 0)
            first = station;
        same = same && station == first;
        if (candidate.distance_to_first_m > farthest_m)
            farthest_m = candidate.distance_to_first_m;
    }
    const short_text distance = distance_text(&session->view, farthest_m);
    fprintf(session->view.out, pick(&session->view, "，相距%s %s", ", %s%s apart"),
            listed > 2 ? pick(&session->view, "可达", "as far as ") : "", distance.text);
    if (same && first == POLE_NO_STATION)
        return;
    if (same)
        show_text(session, "，同一派出所", ", one station");
    else
        show_text(session, "，派出所不同", ", different stations");
}

void text_ambiguous(const command_session *session, const pole_answer *answer)
{
    const uint32_t listed = answer->candidates < MOST_LISTED ? answer->candidates : MOST_LISTED;
    const uint32_t found = answer->candidates_found;
    start_line(session, TONE_DOUBT, "待定", "UNSETTLED");
    show_text(session, "听到 ", "heard ");
    show_heard(session, answer);
    if (found == 1)
        show_text(session, "：没有这个杆号，但有一根灯杆另有此号",
                  ": no pole has this code, but one bears it as another number");
    else
        fprintf(session->view.out, pick(&session->view, "：%u 处都有可能", ": %u places fit"),
                found);
    if (listed > 1)
        show_spread(session, listed);
    if (listed < found)
        fprintf(session->view.out, pick(&session->view, "；只列出 %u 处", "; %u are listed"),
                listed);
    end_line(session);
    for (uint32_t i = 0; i < listed; i++)
        show_choice(session, i);
    show_sure(session);
    ask(session, answer);
    end_line(session);
    if (found > 1)
        show_text(session, "未定之前  不要只派一处；问旁边灯杆的号\n",
                  "Until then  do not rely on one place alone; ask for the next pole's number\n");
}

void text_unknown(const command_session *session, const pole_answer *answer)
{
    start_line(session, TONE_NONE, "查无", "NOT FOUND");
    show_text(session, "听到 ", "heard ");
    show_heard(session, answer);
    if (session->options->scope) {
        show_text(session, "：", ": not in the table of ");
        show_span(&session->view, span_of(session->options->scope));
        show_text(session, "没有此杆号", "");
    } else {
        show_text(session, "：表中没有此杆号", ": not in the table");
    }
    show_text(session, "；尚未查找相近的号码\n", "; codes like it were not searched\n");
    start_line(session, TONE_PLAIN, "可能", "Perhaps");
    show_text(session, "听错或念错；或者不是报警灯杆号（电力杆、变压器箱、门牌、电话）\n",
              "misheard or misread; or not a police code (power pole, transformer box, house, "
              "telephone)\n");
    start_line(session, TONE_PLAIN, "未定位", "No place given.");
    show_text(session,
              "不给出坐标和派出所；手机定位附近的灯杆：polelookup near 纬度,经度（WGS 84）\n",
              "Poles around the phone: polelookup near LAT,LON (WGS 84)\n");
    ask(session, answer);
    if (answer->question == POLE_ASK_OBJECT)
        show_text(session, "没有：“旁边有路灯杆吗？请到跟前再念。”",
                  " If not: \"Is there a street lamp near you? Read it close up.\"");
    end_line(session);
    start_line(session, TONE_PLAIN, "请对方", "Tell");
    show_text(session, "不要挂断\n", "stay on the line\n");
}

/* Digits in a text, ASCII or full-width. */
static size_t count_digits(pole_span text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size_bytes; i++) {
        const unsigned char *at = (const unsigned char *)text.data + i;
        if (at[0] >= '0' && at[0] <= '9')
            count++;
        else if (text.size_bytes - i >= 3 && at[0] == 0xEF && at[1] == 0xBC && at[2] >= 0x90 &&
                 at[2] <= 0x99)
            count++;
    }
    return count;
}

static bool is_point(pole_span text)
{
    char copy[64];
    pole_point point;
    pole_error error;
    if (text.size_bytes >= sizeof copy)
        return false;
    memcpy(copy, text.data, text.size_bytes);
    copy[text.size_bytes] = '\0';
    return looks_like_point(copy) && read_point(copy, &point, &error);
}

static void show_why(const command_session *session, pole_reason reason, pole_span query)
{
    const text_view *view = &session->view;
    const short_text expected = lengths_text(view, pole_index_lengths(session->index));
    switch (reason) {
    case POLE_REASON_NO_DIGITS:
        show_text(session, "没有数字", "no digits in it");
        break;
    case POLE_REASON_PHONE_NUMBER:
        show_text(session, "像是电话号码，不是灯杆号",
                  "looks like a telephone number, not a pole's code");
        break;
    case POLE_REASON_OTHER_NUMBER:
        if (is_point(query)) {
            show_text(session, "像是经纬度，查附近的灯杆：polelookup near 纬度,经度",
                      "looks like a place: polelookup near LAT,LON finds the poles around it");
            break;
        }
        show_text(session, "夹有别的文字，请只输入号码",
                  "other words stand with the digits: type the digits alone");
        break;
    default:
        fprintf(session->view.out, pick(view, "%s，应为%s", "%s, where %s are expected"),
                digits_text(view, count_digits(query)).text, expected.text);
    }
}

void text_no_code(const command_session *session, const pole_answer *answer, pole_span query)
{
    start_line(session, TONE_NONE, "无号", "NO CODE");
    show_text(session, "“", "\"");
    show_cut(&session->view, answer->query, QUERY_COLUMNS);
    show_text(session, "”：", "\": ");
    show_why(session, answer->reason, query);
    end_line(session);
    if (answer->question != POLE_ASK_NOTHING) {
        ask(session, answer);
        end_line(session);
    }
}
