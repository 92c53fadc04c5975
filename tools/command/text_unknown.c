/* SPDX-License-Identifier: MIT
 * Answers that find nothing: no pole is near enough to what was heard to be believed, or the text
 * holds no code. No position and no station is given to drive to. */
#include "text_answer.h"

#include <string.h>

#include <polelookup/resolve.h>

#include "numbers.h"
#include "text_parts.h"

#define QUERY_COLUMNS 40
#define MOST_NEAREST 2

/* Those that come nearest, which is not near enough. */
static void show_nearest(const command_session *session, const pole_answer *answer)
{
    for (uint32_t i = 0; i < answer->candidates && i < MOST_NEAREST; i++) {
        told_pole told;
        if (!read_told_pole(session, i, &told))
            break;
        if (i == 0)
            start_line(session, TONE_PLAIN, "最近似", "Nearest");
        else
            show_text(session, "；", "; ");
        show_code(session, told.pole.code);
        putc(' ', session->view.out);
        show_place(session, &told.pole);
        fprintf(session->view.out, " %s", share_text(told.candidate.confidence).text);
    }
    if (answer->candidates > 0)
        show_text(session, "：都不足为据\n", ": no ground to act on\n");
}

void text_unknown(const command_session *session, const pole_answer *answer)
{
    start_line(session, TONE_NONE, "查无", "NOT FOUND");
    show_text(session, "听到 ", "heard ");
    show_heard(session, answer);
    if (kind_heard(session, answer) == HEARD_POLE)
        show_text(session, "：表中有此号，但多半不是灯杆上的号\n",
                  ": in the table, but most likely no pole's number was read\n");
    else
        show_text(session, "：表中没有，也没有相近且可信的灯杆\n",
                  ": not in the table, and no pole is near enough to be believed\n");
    start_line(session, TONE_PLAIN, "可能", "Perhaps");
    show_text(session, "不是报警灯杆号（电力杆、变压器箱、门牌、电话），或听错两位以上\n",
              "not a police code (power pole, transformer box, house, telephone), or two digits "
              "wrong\n");
    show_nearest(session, answer);
    start_line(session, TONE_PLAIN, "未定位", "No place given.");
    show_text(session,
              "不给出坐标和派出所；手机定位附近的灯杆：polelookup near 纬度,经度（WGS 84）\n",
              "Poles around the phone: polelookup near LAT,LON (WGS 84)\n");
    show_ask(session, answer, NULL);
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
    show_ask(session, answer, NULL);
}
