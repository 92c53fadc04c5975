/* SPDX-License-Identifier: MIT
 * A call as a pair of digits heard and digits meant, and the lines of a log of answers (--log,
 * docs/json.md) as such pairs: an answer says what was heard, a choice what was meant. */
#ifndef RESOLVE_LEARN_LOG_H
#define RESOLVE_LEARN_LOG_H

#include <stdbool.h>

#include "base/memory.h"

#define POLE_PAIR_HEARD 15 /* digits that fit into a pair */

typedef struct {
    uint64_t heard;  /* four bits a place, the last one lowest; 10: unreadable */
    uint32_t number; /* meant */
    uint8_t places;  /* 0: nothing was heard that fits */
    uint8_t digits;  /* 0: no pole was meant */
} pole_learned_pair;

/* False when the text holds no such digits. */
bool pole_pair_take_heard(pole_span heard, pole_learned_pair *pair);
bool pole_pair_take_meant(pole_span meant, pole_learned_pair *pair);

typedef enum { POLE_LOG_ANSWER, POLE_LOG_CHOICE } pole_log_kind;

typedef struct {
    uint8_t query_id[16];
    uint64_t order; /* in which the lines were added */
    pole_log_kind kind;
    bool is_confirmed; /* of a choice: it says by what. Of an answer, once settled: so does the last
                          choice about it */
    bool is_spare;     /* once settled: a choice that found its answer, or a line said again */
    pole_learned_pair pair;
} pole_log_entry;

/* Reads one line; keys that it does not know it skips. POLE_BAD_INPUT when it is no line of a log,
 * POLE_NO_MEMORY. */
pole_status pole_log_read(pole_span text, const pole_allocator *allocator, pole_log_entry *entry);

/* Gives each answer what was meant by the last choice with its query_id, in the order in which the
 * lines were added. Sorts the entries; may be called again when more were added. */
void pole_log_settle(pole_log_entry *entries, size_t count);

#endif
