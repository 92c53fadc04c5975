/* SPDX-License-Identifier: MIT
 * Every pole that what was heard can mean, and how well each explains it: P(heard | pole) under a
 * channel, exactly, summed over the classes of errors and all places where each can act.
 *
 * Poles are found by walking the tree of digits of each scope and length, along all errors at once
 * (dynamic programming over the digits of the code): a branch is left as soon as no error can
 * still lead to what was heard. All that lie off those branches have a likelihood of 0. */
#ifndef RESOLVE_READINGS_H
#define RESOLVE_READINGS_H

#include "index/index.h"
#include "resolve/channel.h"
#include "speech/heard.h"

typedef struct {
    pole_row row;
    double likelihood; /* above 0; P(heard, not "no pole" | this pole) */
} pole_likely;

/* What one reading gives each pole: see readings_walk.h. */
typedef struct {
    struct pole_term *list;
    size_t count;
    size_t capacity;
} pole_terms;

/* A result, and the memory that is used again for the next one. Zero it but for the allocator. */
typedef struct {
    pole_allocator allocator;
    pole_likely *poles; /* by row, rising; each once */
    size_t count;
    double none;       /* P(heard, no pole was meant). Each pole being as likely as any other before
                          anything was heard, its posterior is likelihood / (sum of all likelihoods +
                          none * poles of the index) */
    uint32_t in_table; /* bit r: reading r, as its likeliest digits stand, is a code of the table */
    size_t capacity;
    pole_likely *merged;
    size_t merged_capacity;
    pole_terms terms[2];
} pole_likely_list;

void pole_likely_list_init(pole_likely_list *list, const pole_allocator *allocator);
void pole_likely_list_free(pole_likely_list *list);

/* Fills the list with all poles whose likelihood is above 0. A place that is soft counts by its
 * weights; a place without digits was heard to be unreadable. Said several times: the second and
 * later sayings repeat the first one's mistake (all of them, by one draw) with the class's shared
 * chance, else they are sayings of their own. POLE_OK, or POLE_NO_MEMORY (then the list is empty).
 */
pole_status pole_readings_find(const pole_index *index, const pole_channel_prepared *channel,
                               const pole_heard *heard, pole_likely_list *list);

/* The likelihood of one code, in the table or not: for a number between two poles. */
double pole_readings_of_code(const pole_channel_prepared *channel, const pole_heard *heard,
                             uint32_t number, uint8_t digits);

#endif
