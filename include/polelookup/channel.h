/* SPDX-License-Identifier: MIT
 *
 * The model of errors between a pole and what was heard of it: how often a code is heard clean, and
 * which digits become which. Its tables, their meaning and sources: docs/channel.md. */
#ifndef POLELOOKUP_CHANNEL_H
#define POLELOOKUP_CHANNEL_H

#include <polelookup/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Immutable once made; shared freely between threads. */
typedef struct pole_channel pole_channel;

/* A channel that comes with the library: "everyday" (nine codes in ten are heard clean; a
 * judgement, until it is learned from confirmed pairs) or "heavy" (a stress: 28 in 100).
 * *channel: NULL on failure; to be freed with pole_channel_free(), which accepts NULL. allocator:
 * copied; NULL for the C library's. POLE_OK, POLE_NOT_FOUND, POLE_NO_MEMORY. */
POLE_API pole_status pole_channel_named(pole_span name, const pole_allocator *allocator,
                                        pole_channel **channel);

/* A channel from the text of its table. POLE_BAD_INPUT: error says what, in which line. name: told
 * in answers; the caller's word for it. */
POLE_API pole_status pole_channel_read(pole_span table, pole_span name,
                                       const pole_allocator *allocator, pole_channel **channel,
                                       pole_error *error);
POLE_API void pole_channel_free(pole_channel *channel);

typedef struct {
    uint32_t struct_size;
    uint32_t reserved;
    pole_span name; /* lives as long as the channel */
    pole_span id;   /* hash of the table's values: the same values, the same id */
    double clean;   /* share of codes heard clean */
} pole_channel_info;

POLE_API pole_status pole_channel_info_get(const pole_channel *channel, pole_channel_info *info);

#ifdef __cplusplus
}
#endif
#endif
