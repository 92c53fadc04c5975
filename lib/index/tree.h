/* SPDX-License-Identifier: MIT
 * The poles in space: a packed R-tree over runs of rows. */
#ifndef INDEX_TREE_H
#define INDEX_TREE_H

#include "base/memory.h"
#include "index/positions.h"

typedef struct pole_tree pole_tree;
#endif
