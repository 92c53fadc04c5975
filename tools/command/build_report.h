/* SPDX-License-Identifier: MIT
 * What a build found and did, told while it runs and at its end. */
#ifndef COMMAND_BUILD_REPORT_H
#define COMMAND_BUILD_REPORT_H

#include <polelookup/build.h>

#include "options.h"

#define FINDING_KINDS 32 /* more than there are; what is beyond counts as the last */

/* Counts by kind. Zeroed to begin, but for what is of the options. */
typedef struct {
    message_voice voice;
    bool strict; /* the first refused row is the build's error, and is told as that alone */
    uint64_t refused[FINDING_KINDS];
    uint64_t taken[FINDING_KINDS]; /* remarks about rows that are in the index */
} build_findings;

/* For pole_build_options.on_finding; context is a build_findings. Writes the first of each kind to
 * standard error, "file:line: column: message (value) - hint", and counts all. */
void take_finding(void *context, const pole_finding *finding);

/* Says how many were not shown, and where they are. rejects: the file of refused rows, or NULL. */
void tell_unshown(const build_findings *findings, const char *rejects);

/* The report, for people or as one JSON object, on standard output. */
void show_report(const command_options *options, const pole_build_report *report,
                 const build_findings *findings);
void put_report_json(const pole_build_report *report, const build_findings *findings);

#endif
