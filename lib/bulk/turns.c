/* SPDX-License-Identifier: MIT
 * See turns.h. */
#include "bulk/turns.h"

#include <string.h>

#ifdef POLELOOKUP_WITH_THREADS

bool pole_turns_init(pole_turns *turns)
{
    memset(turns, 0, sizeof *turns);
    if (pthread_mutex_init(&turns->reading, NULL) != 0)
        return false;
    if (pthread_mutex_init(&turns->lock, NULL) != 0) {
        pthread_mutex_destroy(&turns->reading);
        return false;
    }
    if (pthread_cond_init(&turns->passed, NULL) != 0) {
        pthread_mutex_destroy(&turns->lock);
        pthread_mutex_destroy(&turns->reading);
        return false;
    }
    return true;
}

void pole_turns_free(pole_turns *turns)
{
    pthread_cond_destroy(&turns->passed);
    pthread_mutex_destroy(&turns->lock);
    pthread_mutex_destroy(&turns->reading);
}

void pole_turns_begin_reading(pole_turns *turns)
{
    pthread_mutex_lock(&turns->reading);
}

void pole_turns_end_reading(pole_turns *turns)
{
    pthread_mutex_unlock(&turns->reading);
}

static void lock(pole_turns *turns)
{
    pthread_mutex_lock(&turns->lock);
}

static void unlock(pole_turns *turns)
{
    pthread_mutex_unlock(&turns->lock);
}

static void wake_all(pole_turns *turns)
{
    pthread_cond_broadcast(&turns->passed);
}

static void wait(pole_turns *turns)
{
    pthread_cond_wait(&turns->passed, &turns->lock);
}

void pole_turns_run(void *(*work)(void *worker), void *const *workers, size_t count)
{
    pthread_t threads[POLE_MOST_THREADS];
    size_t started = 0;
    while (started + 1 < count &&
           pthread_create(&threads[started], NULL, work, workers[started]) == 0)
        started++;
    work(workers[count - 1]);
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
}

#else

bool pole_turns_init(pole_turns *turns)
{
    memset(turns, 0, sizeof *turns);
    return true;
}

void pole_turns_free(pole_turns *turns)
{
    (void)turns;
}

void pole_turns_begin_reading(pole_turns *turns)
{
    (void)turns;
}

void pole_turns_end_reading(pole_turns *turns)
{
    (void)turns;
}

static void lock(pole_turns *turns)
{
    (void)turns;
}

static void unlock(pole_turns *turns)
{
    (void)turns;
}

static void wake_all(pole_turns *turns)
{
    (void)turns;
}

/* Nobody else could pass the turn. */
static void wait(pole_turns *turns)
{
    turns->status = POLE_INVALID_ARGUMENT;
}

void pole_turns_run(void *(*work)(void *worker), void *const *workers, size_t count)
{
    work(workers[count - 1]);
}

#endif

bool pole_turns_take(pole_turns *turns, uint64_t number)
{
    lock(turns);
    while (turns->turn != number && turns->status == POLE_OK)
        wait(turns);
    const bool taken = turns->status == POLE_OK;
    unlock(turns);
    return taken;
}

void pole_turns_pass(pole_turns *turns)
{
    lock(turns);
    turns->turn++;
    wake_all(turns);
    unlock(turns);
}

void pole_turns_fail(pole_turns *turns, pole_status status)
{
    lock(turns);
    if (turns->status == POLE_OK)
        turns->status = status;
    wake_all(turns);
    unlock(turns);
}

void pole_turns_stop(pole_turns *turns)
{
    lock(turns);
    turns->stopping = true;
    unlock(turns);
}

bool pole_turns_go_on(pole_turns *turns)
{
    lock(turns);
    const bool on = turns->status == POLE_OK && !turns->stopping;
    unlock(turns);
    return on;
}
