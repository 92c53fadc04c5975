/* SPDX-License-Identifier: MIT
 * A run over a log: what is prepared for it, and what its workers share. */
#ifndef BULK_GEOCODER_H
#define BULK_GEOCODER_H

#include "bulk/emit.h"
#include "bulk/review.h"
#include "bulk/turns.h"
#include "report/tally.h"

struct pole_geocoder {
    pole_allocator allocator;
    pole_index *index; /* retained */
    pole_geocode_options options;
    pole_matcher_options matching;
    pole_resolve_options resolve;
    pole_encoding from, to; /* as asked for */
    bool was_run;
    const pole_sink *output;
    pole_blocks blocks;
    pole_log_plan plan;
    pole_decisions decisions;
    bool shows_code;          /* no column that it stands in is left out */
    uint32_t hidden_evidence; /* POLE_EVIDENCE_... of which a column is left out */
    pole_emission emission;
    pole_turns turns;
    pole_tally *tally;
    bool is_resumed;
    bool was_stopped; /* and can be resumed */
    struct {
        pole_hash128 options, index, input;
    } resumed;
    bool has_begun;   /* what stands before the first row is written */
    bool any_feature; /* GeoJSON: the first is written */
    /* Changed by who has the turn. */
    pole_geocode_summary summary;
    pole_geocode_summary settled; /* behind the last block that was written whole */
};

/* One thread's part of a run. */
typedef struct {
    pole_geocoder *run;
    pole_block block;
    pole_log_rows rows;
    pole_matcher *matcher;
    pole_emitter emitter;
    pole_buffer out;
    pole_buffer unmatched;
    pole_buffer review;
    uint64_t decided_rows; /* not yet counted */
    bool has_turn;
} pole_worker;

pole_status pole_worker_init(pole_worker *worker, pole_geocoder *run, pole_error *error);
void pole_worker_free(pole_worker *worker);

/* Works until the input ends; what went wrong stands in the run's turns. A pole_worker. */
void *pole_worker_work(void *given);

/* Writes what a worker made; it has the turn, or is alone. */
pole_status pole_worker_flush(pole_worker *worker);

#endif
