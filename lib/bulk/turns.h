/* SPDX-License-Identifier: MIT
 * Threads that read one input in turn and write one output in the same order. A build without
 * threads (POLELOOKUP_WITH_THREADS=OFF) has one worker, who always has the turn. */
#ifndef BULK_TURNS_H
#define BULK_TURNS_H

#include <stdbool.h>

#include <polelookup/types.h>

#ifdef POLELOOKUP_WITH_THREADS
#include <pthread.h>
#endif

typedef struct {
#ifdef POLELOOKUP_WITH_THREADS
    pthread_mutex_t reading; /* held by who reads */
    pthread_mutex_t lock;    /* of what follows */
    pthread_cond_t passed;
#endif
    uint64_t turn;      /* whose number may write */
    pole_status status; /* the first failure; then all stop */
    bool stopping;      /* nothing more is read */
} pole_turns;

bool pole_turns_init(pole_turns *turns);
void pole_turns_free(pole_turns *turns);

void pole_turns_begin_reading(pole_turns *turns);
void pole_turns_end_reading(pole_turns *turns);

/* Waits until all before `number` have passed. False: somebody failed, and nobody writes any more.
 */
bool pole_turns_take(pole_turns *turns, uint64_t number);
void pole_turns_pass(pole_turns *turns);

/* Keeps the first failure, and lets nobody wait. */
void pole_turns_fail(pole_turns *turns, pole_status status);
void pole_turns_stop(pole_turns *turns);
/* Whether to go on reading. */
bool pole_turns_go_on(pole_turns *turns);

/* Runs work(workers[i]) for all of them, the last by the caller. Workers whose thread cannot be
 * started do not work: one is enough. */
#define POLE_MOST_THREADS 256u
void pole_turns_run(void *(*work)(void *worker), void *const *workers, size_t count);

#endif
