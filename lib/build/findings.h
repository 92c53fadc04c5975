/* SPDX-License-Identifier: MIT
 * What was found in the tables: told to the caller, counted, and, for a refused row, written to
 * the rejects. Nothing that a builder leaves out passes by here unseen. */
#ifndef BUILD_FINDINGS_H
#define BUILD_FINDINGS_H

#include "build/rejects.h"
#include "formats/columns.h"

#define POLE_NO_SOURCE UINT32_MAX

/* Where a row came from. */
typedef struct {
    uint32_t source; /* of the builder's list; POLE_NO_SOURCE: added by a call */
    uint32_t line;   /* of the file; of calls, the how manieth of its table */
} pole_origin;

/* A row as findings speak of it. Borrowed. */
typedef struct {
    uint32_t table; /* POLE_TABLE_... */
    pole_origin origin;
    pole_span file;                 /* base name; empty: added by a call */
    const pole_span *names;         /* of the columns */
    size_t name_count;              /* 0: not at hand */
    const pole_column_roles *roles; /* NULL: not at hand */
    const pole_table_row *row;      /* its cells; NULL: not at hand, see kept */
    pole_span kept;                 /* its cells as pole_row_to_json() wrote them */
} pole_row_place;

/* What is wrong with it. */
typedef struct {
    pole_finding_kind kind;
    pole_column_role role; /* POLE_COLUMN_ROLES: the row as a whole */
    pole_span value;
    const char *hint; /* what to do; NULL: nothing to say */
    uint32_t column;  /* from 1: this cell, whatever its role; 0: the role's */
} pole_complaint;

static inline pole_complaint pole_complain(pole_finding_kind kind, pole_column_role role,
                                           pole_span value, const char *hint)
{
    return (pole_complaint){kind, role, value, hint, 0};
}

typedef struct {
    pole_allocator allocator;
    void (*on_finding)(void *context, const pole_finding *finding);
    void *context;
    bool strict;
    pole_rejects rejects;
    uint64_t rows_read;
    uint64_t rows_refused;
    uint64_t rows_collapsed;
    uint64_t remarks;
    uint64_t refused_poles; /* rows of pole tables */
    uint64_t collapsed_poles;
    pole_finding_kind refused_as;   /* the kind of all of them; 0: none yet; -1: several */
    char refused_hint[128];         /* the one that all of them had; "": they differ */
    pole_finding_kind last_refused; /* kind of the last refusal in any table */
    pole_error error;               /* the last refusal, or what ended the build, in full */
} pole_reporter;

/* A row is not taken. POLE_BAD_INPUT: the build goes on without it. POLE_REFUSED: strict, the
 * build stops; reporter->error says why. Others: the rejects could not be written. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
pole_status
pole_refuse(pole_reporter *reporter, const pole_row_place *place, const pole_complaint *complaint,
            const char *format, ...);

/* A row is taken, but. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
void pole_remark(pole_reporter *reporter, const pole_row_place *place,
                 const pole_complaint *complaint, const char *format, ...);

/* A row repeats another (POLE_FINDING_COLLAPSED). Counted apart from the remarks. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
void pole_collapse(pole_reporter *reporter, const pole_row_place *place, const char *format, ...);

/* About a file as a whole (place->origin.line is 0). Not counted. refused: nothing of it is taken,
 * and reporter->error says so. Always returns POLE_BAD_INPUT. */
#if defined(__GNUC__)
__attribute__((format(printf, 5, 6)))
#endif
pole_status
pole_report_file(pole_reporter *reporter, const pole_row_place *place,
                 const pole_complaint *complaint, bool refused, const char *format, ...);

/* A text for a message: cut at 64 bytes, what is not fit to show as '?'. */
typedef struct {
    char text[72];
} pole_shown;
pole_shown pole_show(pole_span text);

#endif
