/* SPDX-License-Identifier: MIT
 * The areas that stations answer for. */
#ifndef INDEX_AREAS_H
#define INDEX_AREAS_H
#include "base/memory.h"
#include "index/draft.h"
#endif
