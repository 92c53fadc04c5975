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
#define MOST_QUERY_BYTES 4096 /* of pole_hear() */

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

void text_unknown(const command_session *session, const pole_answer *answer, pole_span query)
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
    if (is_point(query))
        show_text(session, "是经纬度\n", "a place in degrees\n");
    else
        show_text(session, "不是报警灯杆号（电力杆、变压器箱、门牌、电话），或听错两位以上\n",
                  "not a police code (power pole, transformer box, house, telephone), or two "
                  "digits wrong\n");
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

static void show_why(const command_session *session, pole_reason reason, pole_span query)
{
    const text_view *view = &session->view;
    const size_t digits = count_digits(query);
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
        if (query.size_bytes > MOST_QUERY_BYTES)
            show_text(session, "太长，没有读", "too long: it was not read");
        else
            show_text(session, "里面的数字不像灯杆号（楼号、门牌、时间、电话之类）",
                      "its digits seem to be no pole's (a house, a floor, a time, a telephone)");
        break;
    default:
        if (digits == 0) { /* spoken ones */
            fprintf(view->out,
                    reason == POLE_REASON_TOO_FEW
                        ? pick(view, "数字太少，应为%s", "too few digits, where %s are expected")
                        : pick(view, "数字太多，应为%s", "too many digits, where %s are expected"),
                    expected.text);
            break;
        }
        fprintf(session->view.out, pick(view, "%s，应为%s", "%s, where %s are expected"),
                digits_text(view, digits).text, expected.text);
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
