/* SPDX-License-Identifier: MIT
 * A channel as the readings use it: classes of errors with their weights, and which digit becomes
 * which. It draws an observation from a code so: a class is drawn; if the code has no place where
 * that class can act, a simpler class takes its weight; then the place is drawn, each alike; then
 * the digits, by the matrices. docs/channel.md tells every class and row of the table. */
#ifndef RESOLVE_CHANNEL_H
#define RESOLVE_CHANNEL_H

#include <polelookup/channel.h>

#include "base/memory.h"

typedef enum {
    POLE_CLASS_CLEAN,
    POLE_CLASS_SUB_PHON,
    POLE_CLASS_SUB_VIS,
    POLE_CLASS_SUB_KEY,
    POLE_CLASS_TRANSP,
    POLE_CLASS_JUMP_TRANSP,
    POLE_CLASS_TWIN,
    POLE_CLASS_JUMP_TWIN,
    POLE_CLASS_TEEN,
    POLE_CLASS_OMIT,
    POLE_CLASS_HAPLO,
    POLE_CLASS_STUTTER,
    POLE_CLASS_INSERT,
    POLE_CLASS_SUB2,
    POLE_CLASS_OMIT_SUB,
    POLE_CLASS_ERASE1,
    POLE_CLASS_ERASE2,
    POLE_CLASS_ERASE3,
    POLE_CLASS_ERASE_SUB,
    POLE_CLASS_PARTIAL,
    POLE_CLASS_NONE, /* no pole was meant */
    POLE_CLASSES
} pole_class;

/* The word of a class in a table. Static, NUL-ended. */
const char *pole_class_name(pole_class which);

enum { POLE_MATRIX_PHONETIC, POLE_MATRIX_VISUAL, POLE_MATRIX_KEYPAD, POLE_MATRIX_MIX };
#define POLE_MATRICES 4
#define POLE_CHANNEL_LANGUAGES 3 /* POLE_LANGUAGE_ZH, _EN, _RU */

/* rows[true digit][digit that it becomes]: each row adds up to 1, nothing becomes itself. */
typedef struct {
    double rows[10][10];
} pole_confusion;

/* How one language's callers are heard. */
typedef struct {
    double weights[POLE_CLASSES]; /* add up to 1 */
    pole_confusion matrices[POLE_MATRICES];
    double columns[POLE_MATRICES][10][10]; /* the same by the digit that was heard */
} pole_channel_language;

struct pole_channel {
    pole_allocator allocator;
    pole_span name;
    char id[33];
    bool none_is_unlisted;       /* a number that is no pole's is never a code of the table */
    double gap;                  /* prior of a number that the table lacks, between two poles of its
                                    street and side, relative to that of one pole */
    double class_total;          /* what the table's weights of classes add up to */
    double shared[POLE_CLASSES]; /* a second saying repeats the very mistake with this chance */
    pole_channel_language languages[POLE_CHANNEL_LANGUAGES];
};

/* A channel for one resolution. Borrows from the channel. */
typedef struct {
    const pole_channel *channel;
    const pole_channel_language *language;
    double weights[POLE_CLASSES]; /* add up to 1 */
} pole_channel_prepared;

/* clean: the share of codes heard clean, above 0 and below 1; 0: the channel's own. Another share
 * than the channel's moves the other classes in proportion. language: POLE_LANGUAGE_...
 * POLE_INVALID_ARGUMENT for a share or language that is none. */
pole_status pole_channel_prepare(const pole_channel *channel, double clean, int32_t language,
                                 pole_channel_prepared *prepared);

/* Reads a table into *channel, whose name and memory it leaves alone; needs no memory. Fails as
 * pole_channel_read() does. */
pole_status pole_channel_parse(pole_span table, pole_channel *channel, pole_error *error);

/* Fills *channel, which the caller owns and need not free, with "everyday" or "heavy"; needs no
 * memory. POLE_NOT_FOUND for another name. About 30 us. */
pole_status pole_channel_builtin(pole_span name, pole_channel *channel);

/* The text of its table; without data for another name. */
pole_span pole_channel_builtin_table(pole_span name);

/* Makes the mixed matrix of a second error from the three others and their classes' weights, and
 * the columns of all. */
void pole_channel_derive(pole_channel_language *language);

#endif
