/* SPDX-License-Identifier: MIT
 * Which of the two forms of a search runs. */
#include "index/tree_hot.h"

#ifdef POLELOOKUP_WITH_AVX2

bool pole_tree_can_be_wide(pole_processor processor)
{
    return processor >= POLE_PROCESSOR_AVX2;
}

/* The other form's, which tree_hot.h declares when it is compiled for it. */
size_t pole_tree_nearest_wide(const pole_tree *tree, pole_point at, size_t k, double max_m,
                              pole_hit *hits);
size_t pole_tree_within_radius_wide(const pole_tree *tree, pole_point at, double radius_m,
                                    pole_hit *hits, size_t capacity);
bool pole_tree_box_few_wide(const pole_tree *tree, const pole_box_e7 *box,
                            pole_row rows[POLE_BOX_FEW], size_t *count);

size_t pole_tree_nearest(const pole_tree *tree, pole_point at, size_t k, double max_m,
                         pole_hit *hits)
{
    return tree->wide ? pole_tree_nearest_wide(tree, at, k, max_m, hits)
                      : pole_tree_nearest_plain(tree, at, k, max_m, hits);
}

size_t pole_tree_within_radius(const pole_tree *tree, pole_point at, double radius_m,
                               pole_hit *hits, size_t capacity)
{
    return tree->wide ? pole_tree_within_radius_wide(tree, at, radius_m, hits, capacity)
                      : pole_tree_within_radius_plain(tree, at, radius_m, hits, capacity);
}

bool pole_tree_box_few(const pole_tree *tree, const pole_box_e7 *box, pole_row rows[POLE_BOX_FEW],
                       size_t *count)
{
    return tree->wide ? pole_tree_box_few_wide(tree, box, rows, count)
                      : pole_tree_box_few_plain(tree, box, rows, count);
}

#else

bool pole_tree_can_be_wide(pole_processor processor)
{
    (void)processor;
    return false;
}

bool pole_tree_box_few(const pole_tree *tree, const pole_box_e7 *box, pole_row rows[POLE_BOX_FEW],
                       size_t *count)
{
    return pole_tree_box_few_plain(tree, box, rows, count);
}

size_t pole_tree_nearest(const pole_tree *tree, pole_point at, size_t k, double max_m,
                         pole_hit *hits)
{
    return pole_tree_nearest_plain(tree, at, k, max_m, hits);
}

size_t pole_tree_within_radius(const pole_tree *tree, pole_point at, double radius_m,
                               pole_hit *hits, size_t capacity)
{
    return pole_tree_within_radius_plain(tree, at, radius_m, hits, capacity);
}

#endif
