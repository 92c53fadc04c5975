/* SPDX-License-Identifier: MIT
 * The answer as a value: its memory, filled by describe.c and resolve, read through
 * <polelookup/resolution.h>. */
#ifndef LOOKUP_RESOLUTION_H
#define LOOKUP_RESOLUTION_H

#include <polelookup/resolution.h>

#include "index/index.h"

#define POLE_DEFAULT_LIMIT 3
#define POLE_MOST_CANDIDATES 100

#define POLE_MOST_EDITS 16
#define POLE_MOST_OPTIONS 12
#define POLE_MOST_OPTION_ROWS 8
#define POLE_MOST_EVIDENCE 16

typedef struct {
    pole_candidate told; /* its pointers are set when it is read */
    pole_record pole;
    pole_neighbour neighbours[2];
    pole_station_hit stations[4];
    pole_edit edits[POLE_MOST_EDITS];
} pole_stored_candidate;

typedef struct {
    pole_estimate told;
    pole_station_hit stations[4];
} pole_stored_estimate;

/* An option's answer points into texts, or to a name of the index. A resolution never moves. */
typedef struct {
    pole_question told;
    pole_question_option options[POLE_MOST_OPTIONS];
    pole_row rows[POLE_MOST_OPTIONS][POLE_MOST_OPTION_ROWS];
    char texts[POLE_MOST_OPTIONS][POLE_MAX_DIGITS + 1];
} pole_stored_question;

struct pole_resolution {
    pole_allocator allocator;
    pole_index *index;  /* retained; NULL before the first answer */
    pole_answer answer; /* query and heard point into texts */
    pole_buffer texts;
    pole_stored_candidate *candidates;
    size_t capacity;
    pole_far_rival far_rival;      /* row POLE_NO_ROW: there is none */
    pole_stored_estimate estimate; /* confidence 0: there is none */
    pole_stored_question question;
    pole_evidence_used evidence[POLE_MOST_EVIDENCE]; /* their spans point into texts */
    pole_heard_code readings[POLE_MOST_HEARD_CODES];
    size_t reading_count;
    char channel_name[64], channel_id[40];
    /* What the room above keeps between answers, and how it is let go. */
    void *work;
    void (*free_work)(const pole_allocator *allocator, void *work);
    char crs_name[128];  /* "" when no other CRS was asked for */
    unsigned crs_places; /* decimals of x and y: as fine as 1e-7 degree, and no finer */
};

/* Forgets the last answer, keeps the memory, and takes hold of the index. The texts are copied.
 * Every confidence is NAN. */
pole_status pole_resolution_begin(pole_resolution *resolution, const pole_index *index,
                                  pole_span query, pole_span heard);

/* After a call that failed: no answer, no index held; the memory stays. NULL is allowed. */
void pole_resolution_forget(pole_resolution *resolution);

/* Adds a pole, told in full (brief: without neighbours and cross streets); sets the warnings that
 * belong to it. alias: the one that named it; NULL when its code did. crs: NULL when x and y are
 * not wanted. */
pole_status pole_resolution_add(pole_resolution *resolution, pole_row row,
                                const pole_draft_alias *alias, pole_crs *crs, bool brief);

/* A limit as given in options to one that is used. */
uint32_t pole_resolution_limit(uint32_t given);

#endif
