/* SPDX-License-Identifier: MIT
 * See doubt.h. */
#include "index/doubt.h"

#include <math.h>

#include "index/room.h"

#define ID_BYTES 32
/* What the sums of a full resolution and these few operations differ by, with room to spare. */
#define ROUNDING 1e-9

static double read_double(pole_section_reader *reader)
{
    const uint64_t bits = pole_section_u64(reader);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static void append_double(pole_buffer *out, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    pole_buffer_append_u64(out, bits);
}

static bool is_amount(double x)
{
    return x >= 0.0 && x < (double)INFINITY;
}

static bool read_head(pole_section_reader *reader, pole_doubts *head)
{
    const uint8_t *id = pole_section_take(reader, ID_BYTES, 1);
    if (id == NULL)
        return false;
    memcpy(head->channel_id, id, ID_BYTES);
    bool sound = true;
    for (unsigned i = 0; i < ID_BYTES; i++)
        sound = sound && ((id[i] >= '0' && id[i] <= '9') || (id[i] >= 'a' && id[i] <= 'f'));
    head->near_m = read_double(reader);
    head->clean = read_double(reader);
    head->none = read_double(reader);
    /* No share of codes heard clean can make all the rest "no pole was meant". */
    sound = sound && is_amount(head->near_m) && head->near_m > 0.0 && head->clean > 0.0 &&
            head->clean < 1.0 && head->none >= 0.0 && head->none < 1.0;
    for (unsigned i = 0; i < POLE_MAX_DIGITS; i++) {
        head->listed[i] = read_double(reader);
        head->unlisted[i] = read_double(reader);
        sound = sound && is_amount(head->listed[i]) && is_amount(head->unlisted[i]);
    }
    return sound && !reader->failed;
}

pole_status pole_doubt_attach(pole_doubts *doubts, const uint8_t *bytes, size_t size, uint32_t rows,
                              pole_error *error)
{
    pole_doubts view;
    memset(doubts, 0, sizeof *doubts);
    memset(&view, 0, sizeof view);
    pole_section_reader reader = pole_section_begin(bytes, size);
    if (!read_head(&reader, &view))
        return pole_section_damaged(error, "doubt", "its head is not sound");
    view.values = pole_section_take(&reader, rows, 4);
    if (!pole_section_ended(&reader))
        return pole_section_damaged(error, "doubt", "its length does not fit its content");
    bool sound = true;
    for (uint32_t row = 0; row < rows; row++) {
        const uint32_t value = pole_doubt_value(&view, row);
        sound &= value >> 16 <= (value & 0xFFFF);
        sound &= (value & 0xFFFF) != POLE_DOUBT_UNTOLD || value >> 16 == POLE_DOUBT_UNTOLD;
    }
    if (!sound)
        return pole_section_damaged(error, "doubt", "more is far than there is");
    if (strcmp(view.channel_id, POLE_DOUBT_CHANNEL) != 0)
        view.values = NULL;
    *doubts = view;
    return POLE_OK;
}

void pole_doubt_pack(const pole_draft_doubts *draft, uint32_t rows, pole_buffer *out)
{
    const pole_doubts *head = &draft->head;
    pole_buffer_append(out, head->channel_id, ID_BYTES);
    append_double(out, head->near_m);
    append_double(out, head->clean);
    append_double(out, head->none);
    for (unsigned i = 0; i < POLE_MAX_DIGITS; i++) {
        append_double(out, head->listed[i]);
        append_double(out, head->unlisted[i]);
    }
    for (uint32_t row = 0; row < rows; row++)
        pole_buffer_append_u32(out, draft->values[row]);
}

uint32_t pole_doubt_part(double sum)
{
    /* Not so for a sum that is no number. */
    if (!(sum >= 0.0 && sum < POLE_DOUBT_PARTS))
        return POLE_DOUBT_UNTOLD;
    const double part = floor(POLE_DOUBT_PARTS * (sum / (1.0 + sum)) + 0.5);
    return part < POLE_DOUBT_UNTOLD ? (uint32_t)part : POLE_DOUBT_UNTOLD;
}

double pole_doubt_none(const pole_doubts *doubts, uint8_t digits, double clean)
{
    const double share = (1.0 - clean) * doubts->none;
    return share / (1.0 - share) *
           (clean * doubts->listed[digits - 1] + (1.0 - clean) * doubts->unlisted[digits - 1]);
}

/* The sum that a k stands for; the farthest that it can lie above it. */
static double sum_of(uint32_t part)
{
    return part / (POLE_DOUBT_PARTS - part);
}

static double error_of(uint32_t part)
{
    return (part + 0.5) / (POLE_DOUBT_PARTS - part - 0.5) - sum_of(part);
}

bool pole_doubt_tell(const pole_doubts *doubts, pole_row row, double clean, double none,
                     pole_doubt_told *told)
{
    const uint32_t value = pole_doubt_value(doubts, row);
    const uint32_t rivals = value & 0xFFFF, far = value >> 16;
    if (rivals == POLE_DOUBT_UNTOLD)
        return false;
    const double others = (1.0 - clean) * sum_of(rivals);
    const double others_error = (1.0 - clean) * error_of(rivals);
    if (others + others_error >= clean)
        return false;
    const double all = clean + others + none;
    told->confidence = clean / all;
    told->far_share = (1.0 - clean) * sum_of(far) / all;
    told->no_pole = none / all;
    told->confidence_place = 1.0 - told->far_share - told->no_pole;
    /* Each is a part of the sum: the errors of both, over the least that the sum can be. */
    told->error = (others_error + (1.0 - clean) * error_of(far)) / (all - others_error) + ROUNDING;
    return true;
}

static bool is_near(double value, double limit, double error)
{
    return value - limit <= error && limit - value <= error;
}

pole_match pole_doubt_match(const pole_doubt_told *told, const pole_doubt_limits *limits)
{
    const double error = told->error;
    if (is_near(told->no_pole, 0.5, error) ||
        is_near(told->confidence, limits->exact_confidence, error) ||
        is_near(told->confidence_place, limits->exact_place, error) ||
        is_near(told->far_share, limits->far_alarm, error))
        return POLE_MATCH_NONE;
    if (told->no_pole >= 0.5)
        return POLE_UNKNOWN;
    return told->confidence >= limits->exact_confidence &&
                   told->confidence_place >= limits->exact_place
               ? POLE_EXACT
               : POLE_AMBIGUOUS;
}
