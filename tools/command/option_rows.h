/* SPDX-License-Identifier: MIT
 * The table of options: each one's name, what it takes, where that goes, which commands have it. */
#ifndef COMMAND_OPTION_ROWS_H
#define COMMAND_OPTION_ROWS_H

#include "options.h"

typedef enum {
    TAKES_NOTHING,
    TAKES_TEXT,
    TAKES_TEXTS,
    TAKES_COUNT,
    TAKES_METRES,
    TAKES_SHARE,
    TAKES_BOX,
    TAKES_DELIMITER,
    TAKES_WORD,
    NOT_YET /* of the contract, and not in this release */
} option_takes;

typedef struct {
    const char *word;
    int32_t value;
} word_value;

typedef struct {
    const char *name;
    char letter; /* '\0': none */
    uint8_t takes;
    uint16_t commands;
    uint16_t offset;         /* of the field in command_options */
    uint16_t maximum;        /* of a count, from 1 */
    const word_value *words; /* of a word */
} option_row;

/* An option by its name (without the dashes) or its letter; NULL: there is none. Of several with
 * one name, that of the command. */
const option_row *find_option(uint32_t command, const char *name, size_t size);
const option_row *find_option_letter(char letter);

/* The option of a command whose name is nearest to a word; NULL: none is near. */
const char *nearest_option(uint32_t command, const char *word, size_t size);

/* An option as it is written: "--name", or "-k" where it has no name. */
typedef struct {
    char text[32];
} option_name;
option_name name_of_option(const option_row *row);

/* "it belongs to near, station" */
void name_commands(uint32_t commands, char *text, size_t capacity);

#endif
