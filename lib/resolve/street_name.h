/* SPDX-License-Identifier: MIT
 * A street's name, as a table or a caller has it, cut to what is compared: the name proper as
 * syllables, the type (街, 路, 大街, ...), the ordinal (北三道街: 3) and the section (南段).
 *
 * One text may hold several names: the two streets of a crossing, or, in a table, another name in
 * brackets or behind a slash or " - " ("果戈里大街（原奋斗路）", "海城街 - Haicheng Street"); the
 * index has no column of former names, so these are the only ones it can hold. The words are in
 * data/words/streets.tsv. */
#ifndef RESOLVE_STREET_NAME_H
#define RESOLVE_STREET_NAME_H

#include "resolve/street_units.h"

#define POLE_NAME_UNITS 16 /* of a name; more are left out */
#define POLE_NAME_FORMS 12 /* of a text */

typedef struct {
    pole_name_unit units[POLE_NAME_UNITS]; /* the name proper */
    uint8_t count;
    uint16_t types;   /* bits, those that the word can mean; 0: none was said */
    int16_t ordinal;  /* -1: none */
    uint32_t section; /* 东, 中, ... of 东段; 0: none */
} pole_street_name;

/* Cuts a text to the names that it can mean, foremost the likeliest; returns how many, 0 when there
 * is nothing that could be a name. said: a caller's text, which may say where and near what, may
 * begin with the district, and whose type may be written by ear; else a table's. */
unsigned pole_street_names(pole_span text, bool said, const pole_type_words *words,
                           pole_street_name names[POLE_NAME_FORMS]);

#endif
