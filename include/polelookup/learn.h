/* SPDX-License-Identifier: MIT
 *
 * From confirmed calls to a channel's table: how often codes are heard clean here, and which digits
 * become which. */
#ifndef POLELOOKUP_LEARN_H
#define POLELOOKUP_LEARN_H

#include <polelookup/channel.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct pole_learner pole_learner;

/* Begins with a channel, by the text of its table, or by its name when the text is "everyday" or
 * "heavy". What is learned starts from it, as if it were 200 pairs, and 20 for each row of a
 * matrix: a few pairs move little, and no confusion that it thinks possible ever becomes
 * impossible. *learner: NULL on failure; to be freed with pole_learner_free(), which accepts NULL.
 * allocator: copied; NULL for the C library's. POLE_OK, POLE_BAD_INPUT, POLE_NO_MEMORY,
 * POLE_INVALID_ARGUMENT. */
POLE_API pole_status pole_learner_new(pole_span table, const pole_allocator *allocator,
                                      pole_learner **learner, pole_error *error);
POLE_API void pole_learner_free(pole_learner *learner);

/* A call: the digits as they were first heard ('?' for an unreadable one, at most 15), and those of
 * the pole that was meant; empty: none was. is_confirmed: 1 when that was found out by something
 * else than the digits and the answer to them, such as a car that arrived. What nobody confirmed is
 * counted and not learned from: else each answer would confirm itself, and every code heard would
 * count as heard clean. POLE_OK, POLE_BAD_INPUT when either is no such text, POLE_NO_MEMORY. */
POLE_API pole_status pole_learner_add(pole_learner *learner, pole_span heard, pole_span meant,
                                      int32_t is_confirmed);

/* A line of a log of answers (polelookup --log, docs/json.md): an answer, which says what was
 * heard, or a choice with the same query_id, which says what was meant and by what that was found
 * out. The last choice about an answer makes it a confirmed pair; an answer without one, or with
 * one that says by nothing, is counted as one that nobody confirmed. Lines may come in any order,
 * out of several logs; an answer that comes twice counts once. POLE_OK, POLE_BAD_INPUT when it is
 * no such line, POLE_NO_MEMORY. Some microseconds. */
POLE_API pole_status pole_learner_add_line(pole_learner *learner, pole_span line);

/* What was added so far. */
typedef struct {
    uint32_t struct_size;
    uint32_t reserved;
    uint64_t confirmed;   /* pairs that are learned from */
    uint64_t unconfirmed; /* pairs and answers that nobody confirmed */
    uint64_t unheard; /* answers that were confirmed, where no code was heard, or too long a one */
    uint64_t unanswered; /* choices whose answers were not added */
} pole_learned_counts;

/* counts->struct_size must be set. */
POLE_API pole_status pole_learner_counts(pole_learner *learner, pole_learned_counts *counts);

/* Writes the table, fit for pole_channel_read(). It tells how many pairs each figure rests on:
 * expected ones, since a 1 heard for a 7 may be misheard or misread. Rows for one language, shared
 * shares and the rest stay as they were. Takes about 50 us a pair. */
POLE_API pole_status pole_learner_write(pole_learner *learner, const pole_sink *sink);

#ifdef __cplusplus
}
#endif
#endif
