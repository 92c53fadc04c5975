/* SPDX-License-Identifier: MIT
 * A run over a log: what the command line says of it, and its files. */
#ifndef COMMAND_GEOCODE_RUN_H
#define COMMAND_GEOCODE_RUN_H

#include <polelookup/bulk.h>

#include "evidence_options.h"
#include "part_file.h"
#include "read_file.h"
#include "session.h"

#define MOST_COLUMNS 16
#define MOST_EVIDENCE 32

/* What is written: the table, and what is asked for beside it. */
enum { OUTPUT, UNMATCHED, REVIEW, REPORT, OUTPUTS };

typedef struct {
    const command_options *options;
    command_session session;
    evidence_options evidence;
    pole_resolve_options resolve;
    pole_matcher_options matcher;
    pole_geocode_options geocode;
    file_bytes state;  /* of the stopped run */
    char columns[512]; /* the options' list, cut at its commas */
    const char *column_names[MOST_COLUMNS + 1];
    char evidence_texts[4096];
    const char *evidence_names[MOST_EVIDENCE + 1];
    int input;
    int input_failure;    /* errno; 0 */
    uint64_t input_bytes; /* 0: not known */
    part_file files[OUTPUTS];
    double began_s, shown_s;
    bool shows_progress;
    uint32_t fail_on;
} geocode_run;

/* Fills what the library is asked for, but for on_progress. EXIT_FINE, or after an error told. */
int read_geocode_options(geocode_run *run);
/* GDAL's name of the form asked for; NULL: the library writes it. */
const char *geocode_driver(const command_options *options);
/* The path of an output (OUTPUT, ...); NULL: it is not wanted. */
const char *geocode_path(const command_options *options, unsigned output);
/* Two names of one file, or of one that is read, would lose rows: EXIT_FINE, or told. */
int check_geocode_paths(const geocode_run *run, const char *input);
/* Where the state of a stopped run is kept. */
void geocode_state_path(const geocode_run *run, char path[PATH_MAX + 16]);
/* That state, where a run is gone on with. EXIT_FINE, or told. */
int read_geocode_state(geocode_run *run);
/* Begins the outputs, or goes on behind what a stopped run left. EXIT_FINE, or told. */
int open_geocode_outputs(geocode_run *run, const pole_geocode_summary *came);

#endif
