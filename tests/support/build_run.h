/* SPDX-License-Identifier: MIT
 *
 * One build, told as a test wants to look at it: tables given as text, every finding kept, the
 * rejects and the index as bytes. */
#ifndef SUPPORT_BUILD_RUN_H
#define SUPPORT_BUILD_RUN_H

#include "support/small_city.h"

typedef struct {
    pole_finding_kind kind;
    int refused;
    unsigned table, line, column;
    char file[64], column_name[64], value[208], message[520], hint[160];
} kept_finding;

typedef struct {
    pole_build_options options; /* to be set between init and the first table */
    pole_builder *builder;
    char folder[128]; /* of the tables, as files */
    kept_finding *findings;
    size_t finding_count;
    byte_block rejects;
    pole_sink rejects_sink;
    byte_block index;
    pole_build_report report;
    pole_error error; /* of the last call */
    pole_status status;
} build_run;

/* A fixed build time, no rejects. */
void build_run_init(build_run *run);
/* Asks for the rejects too. */
void build_run_want_rejects(build_run *run);
/* Files and memory. */
void build_run_end(build_run *run);

/* Writes the table to a file of this name and adds it. Makes the builder first; once a call has
 * failed, the rest does nothing. Returns run->status. */
pole_status build_run_add(build_run *run, uint32_t table, const char *file_name, const char *text);
pole_status build_run_add_bytes(build_run *run, uint32_t table, const char *file_name,
                                const void *bytes, size_t size);

/* Builds into run->index. */
pole_status build_run_finish(build_run *run);

/* Opens what was built; close it. Fails the test when nothing was. */
pole_index *build_run_open(const build_run *run);

/* How many findings are of this kind, and the first of them (NULL: none). */
size_t build_run_count(const build_run *run, pole_finding_kind kind);
const kept_finding *build_run_first(const build_run *run, pole_finding_kind kind);

/* An export as text; free(). */
char *export_text(const pole_index *index, uint32_t table, uint32_t format);

#endif
