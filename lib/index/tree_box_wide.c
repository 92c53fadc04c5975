/* SPDX-License-Identifier: MIT
 * tree_box.c once more, for processors with AVX2: see tree_hot.h. */
#define POLE_WIDE 1

#include "index/tree_box.c"
