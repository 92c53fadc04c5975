/* SPDX-License-Identifier: MIT
 * What may be heard of a table's codes, drawn through a channel that is told literally. */
#ifndef SUPPORT_READING_QUERIES_H
#define SUPPORT_READING_QUERIES_H

#include "speech/heard.h"
#include "support/channel_oracle.h"
#include "support/reading_city.h"

/* Nothing heard yet. */
void heard_clear(pole_heard *heard);

/* A reading of digits and '?'. */
void reading_set(pole_reading *reading, const char *text, double weight);

/* An observation of some pole of class i, counted round; text holds 16 bytes. */
void observe_any_class(const reading_city *from, const oracle_channel *channel, unsigned i,
                       test_random *random, char *text);

/* Query i, by turns: hard, soft, said again, said again otherwise, several readings. */
void heard_make(pole_heard *heard, const reading_city *from, const oracle_channel *channel,
                unsigned i, unsigned soft_every, test_random *random);

#endif
