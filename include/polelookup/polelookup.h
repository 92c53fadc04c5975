/* SPDX-License-Identifier: MIT
 * All of the library's headers. */
#ifndef POLELOOKUP_POLELOOKUP_H
#define POLELOOKUP_POLELOOKUP_H

#include <polelookup/adapters.h>
#include <polelookup/arrow.h>
#include <polelookup/between.h>
#include <polelookup/build.h>
#include <polelookup/bulk.h>
#include <polelookup/channel.h>
#include <polelookup/crs.h>
#include <polelookup/index.h>
#include <polelookup/json.h>
#include <polelookup/learn.h>
#include <polelookup/lookup.h>
#include <polelookup/match.h>
#include <polelookup/near.h>
#include <polelookup/resolution.h>
#include <polelookup/resolve.h>
#include <polelookup/speech.h>
#include <polelookup/station.h>
#include <polelookup/types.h>

#endif
