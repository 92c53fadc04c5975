/* SPDX-License-Identifier: MIT
 * How doubtful each pole's code is when it is heard without a fault: what else the caller can have
 * meant, under the channel "everyday" in Mandarin, for any share of codes heard clean. Optional,
 * and no part of the identity: it follows from the other sections.
 *
 * Of a pole whose code is heard as it stands let R be the sum, over all other poles, of the chance
 * that their codes are heard so where they are not heard clean, and F the same over those that are
 * not near it. With c the share heard clean and N what speaks for no pole,
 *     D = c + (1 - c) R + N,  confidence = c / D,  far share = (1 - c) F / D,  no pole = N / D,
 * and the place is as sure as what is left. N depends on c and on the code's length alone: with
 * x = (1 - c) none, it is x / (1 - x) (c listed[length] + (1 - c) unlisted[length]).
 *
 * Section: 32 bytes channel id (hex digits); f64 near (metres), f64 clean (the channel's own
 * share), f64 none; nine times, for codes of 1 to 9 digits, f64 listed, f64 unlisted (0 where no
 * code has that length); 4 bytes a row: u16 for R, u16 for F, each the k for which k / (65536 - k)
 * is nearest; or both 65535: these two do not tell how doubtful the pole is. F's k is not above
 * R's. */
#ifndef INDEX_DOUBT_H
#define INDEX_DOUBT_H

#include <polelookup/lookup.h>

#include "base/bytes.h"
#include "base/memory.h"

/* The id of the channel "everyday" of this release; doubts of another are not believed. */
#define POLE_DOUBT_CHANNEL "a3c8d26910a4c232482a57c83eb84365"

#define POLE_DOUBT_PARTS 65536.0
#define POLE_DOUBT_UNTOLD 65535u

typedef struct {
    char channel_id[33]; /* "": nothing is stored */
    double near_m;
    double clean;
    double none;
    double listed[POLE_MAX_DIGITS]; /* by length - 1 */
    double unlisted[POLE_MAX_DIGITS];
    const uint8_t *values; /* NULL: nothing is stored, or nothing that is believed */
} pole_doubts;

/* What a build stores. */
typedef struct {
    pole_doubts head;       /* without values */
    const uint32_t *values; /* R's k + 65536 * F's k, by row */
} pole_draft_doubts;

/* POLE_OK when they rest on another channel: then there are no values. */
pole_status pole_doubt_attach(pole_doubts *doubts, const uint8_t *bytes, size_t size, uint32_t rows,
                              pole_error *error);
void pole_doubt_pack(const pole_draft_doubts *draft, uint32_t rows, pole_buffer *out);

/* The k of a sum; POLE_DOUBT_UNTOLD when it is too large. */
uint32_t pole_doubt_part(double sum);

static inline uint32_t pole_doubt_value(const pole_doubts *doubts, pole_row row)
{
    return pole_load_u32(doubts->values + 4 * (size_t)row);
}

/* How doubtful a code is. */
typedef struct {
    double confidence;
    double confidence_place;
    double far_share;
    double no_pole;
    double error; /* none of the four is off by more */
} pole_doubt_told;

/* N, for a share heard clean above 0 and below 1. */
double pole_doubt_none(const pole_doubts *doubts, uint8_t digits, double clean);

/* none: from pole_doubt_none(). False where the stored values do not tell, or another pole may be
 * likelier than the one whose code was heard. About 20 ns. */
bool pole_doubt_tell(const pole_doubts *doubts, pole_row row, double clean, double none,
                     pole_doubt_told *told);

/* Where an answer turns. */
typedef struct {
    double exact_confidence;
    double exact_place;
    double far_alarm;
} pole_doubt_limits;

/* POLE_EXACT, POLE_AMBIGUOUS or POLE_UNKNOWN; POLE_MATCH_NONE where the error leaves it open, or
 * leaves open on which side of the alarm the far share is. */
pole_match pole_doubt_match(const pole_doubt_told *told, const pole_doubt_limits *limits);

#endif
