/* SPDX-License-Identifier: MIT
 * The commands: each takes the options read for it and returns the exit status. */
#ifndef COMMAND_COMMANDS_H
#define COMMAND_COMMANDS_H

#include "options.h"

int run_lookup(const command_options *options);
int run_near(const command_options *options);
int run_within(const command_options *options);
int run_station(const command_options *options);
int run_between(const command_options *options);
int run_build(const command_options *options);
int run_verify(const command_options *options);
int run_info(const command_options *options);
int run_export(const command_options *options);
int run_learn(const command_options *options);
int run_geocode(const command_options *options);

/* The help of a command (COMMAND_...) in a language: one screen. Static. */
const char *help_text(uint32_t command, int32_t language);
const char *help_text_zh(uint32_t command);

#endif
