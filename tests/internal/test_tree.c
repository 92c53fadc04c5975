/* SPDX-License-Identifier: MIT
 * The tree's section alone: which of its two forms is written and how large it is, that its boxes
 * hold what is below them, and that whatever else stands in its place is refused, or is a tree that
 * gives right answers: there is nothing between the two. */
#include <math.h>

#include "index/tree_search.h"
#include "support/space_city.h"
#include "support/test_main.h"
#include "support/test_memory.h"

static pole_status attach(const space_city *city, const uint8_t *bytes, size_t size,
                          const pole_allocator *allocator, pole_tree *tree)
{
    pole_error error;
    const pole_status status = pole_tree_attach(tree, bytes, size, &city->index.positions,
                                                pole_processor_ask(), allocator, &error);
    ck_assert(status == POLE_OK || status == error.status);
    return status;
}

START_TEST(rows_along_streets_need_no_order_of_their_own)
{
    test_random random = test_random_begin("streets", 401);
    for (int kind = CITY_STREETS; kind <= CITY_SKEWED; kind++) {
        space_city city;
        space_city_make(&city, (city_kind)kind, 20000, &random);
        ck_assert_ptr_null(city.index.tree.rows_of_place);
        ck_assert_uint_le(city.tree.size, 2 * (size_t)city.count);
        space_city_free(&city);
    }
}
END_TEST

START_TEST(rows_that_say_nothing_of_space_get_an_order_of_their_own)
{
    test_random random = test_random_begin("shuffled", 402);
    space_city city;
    for (uint32_t count = 2000; count <= 200000; count *= 10) {
        space_city_make(&city, CITY_SHUFFLED, count, &random);
        ck_assert_ptr_nonnull(city.index.tree.rows_of_place);
        ck_assert_uint_eq(city.index.tree.leaf_count, count / 16);
        space_city_free(&city);
    }
}
END_TEST

START_TEST(the_same_poles_give_the_same_bytes)
{
    test_random random = test_random_begin("bytes", 403);
    for (int kind = 0; kind < CITY_KINDS; kind++) {
        space_city city;
        space_city_make(&city, (city_kind)kind, 3000, &random);
        const pole_draft_city draft = {.poles = city.poles, .pole_count = city.count};
        const pole_allocator memory = pole_allocator_default();
        pole_buffer again;
        pole_buffer_init(&again, &memory);
        ck_assert_int_eq(pole_tree_pack(&draft, &memory, &again), POLE_OK);
        ck_assert_uint_eq(again.size, city.tree.size);
        ck_assert_mem_eq(again.bytes, city.tree.bytes, again.size);
        pole_buffer_free(&again);
        space_city_free(&city);
    }
}
END_TEST

/* Whether child i of a node holds this extent, as floats from the centre. */
static bool holds(const pole_tree_node *node, unsigned i, float lat, float lon)
{
    return lat >= node->south[i] && lat <= node->north[i] && lon >= node->west[i] &&
           lon <= node->east[i];
}

START_TEST(every_box_holds_what_is_below_it)
{
    test_random random = test_random_begin("boxes", 404);
    for (int kind = 0; kind < CITY_KINDS; kind++) {
        space_city city;
        space_city_make(&city, (city_kind)kind, 1 + (uint32_t)test_random_below(&random, 6000),
                        &random);
        const pole_tree *tree = &city.index.tree;
        for (uint32_t leaf = 0; leaf < tree->leaf_count; leaf++) {
            const uint32_t word = pole_tree_leaf(tree, leaf);
            for (uint32_t i = 0; i < pole_leaf_places(word); i++) {
                const pole_row row = pole_tree_row(tree, pole_leaf_first(word) + i);
                const float lat =
                    (float)(pole_position_lat_e7(tree->positions, row) - tree->center_lat_e7);
                const float lon =
                    (float)(pole_position_lon_e7(tree->positions, row) - tree->center_lon_e7);
                uint32_t below = leaf;
                for (uint32_t level = tree->levels; level-- > 0; below /= POLE_TREE_FAN)
                    ck_assert(holds(tree->nodes + tree->first[level] + below / POLE_TREE_FAN,
                                    below % POLE_TREE_FAN, lat, lon));
            }
        }
        space_city_free(&city);
    }
}
END_TEST

/* All rows by the tree's leaves, each once; for a tree that was accepted. */
static void check_complete(const space_city *city, const pole_tree *tree)
{
    const pole_box_e7 world = {-900000000, -1800000000, 900000000, 1800000000};
    uint8_t *seen = calloc(city->count, 1);
    uint32_t leaf, count = 0;
    bool inside;
    pole_tree_walk walk;
    pole_tree_walk_begin(&walk, tree, &world);
    while (pole_tree_walk_next(&walk, &leaf, &inside))
        for (uint32_t i = 0; i < pole_leaf_places(leaf); i++) {
            const pole_row row = pole_tree_row(tree, pole_leaf_first(leaf) + i);
            ck_assert_uint_lt(row, city->count);
            ck_assert_uint_eq(seen[row], 0);
            seen[row] = 1;
            count++;
        }
    ck_assert_uint_eq(count, city->count);
    free(seen);
}

/* The nearest pole by the tree is as far as by asking all. */
static void check_answers(const space_city *city, const pole_tree *tree, test_random *random)
{
    const pole_point at = space_city_point(city, random);
    pole_hit hit;
    double least = INFINITY;
    pole_local from;
    pole_local_prepare(&from, at);
    for (uint32_t row = 0; row < city->count; row++)
        least = fmin(least,
                     pole_local_distance(&from, city->poles[row].lat_e7, city->poles[row].lon_e7));
    ck_assert_uint_eq(pole_tree_nearest(tree, at, 1, INFINITY, &hit), 1);
    ck_assert_double_eq_tol(hit.distance_m, least, 3e-6);
}

START_TEST(other_bytes_are_refused_or_are_a_right_tree)
{
    test_random random = test_random_begin("forged", 405 + (uint64_t)_i);
    space_city city;
    space_city_make(&city, (city_kind)_i, 200 + (uint32_t)test_random_below(&random, 300), &random);
    const pole_allocator memory = pole_allocator_default();
    const size_t size = city.tree.size;
    uint8_t *bytes = malloc(size + 8);
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
        memcpy(bytes, city.tree.bytes, size);
        for (uint64_t changes = 1 + test_random_below(&random, 3); changes > 0; changes--) {
            const size_t at = test_random_below(&random, size);
            const size_t other = test_random_below(&random, size / 4) * 4;
            switch (test_random_below(&random, 4)) {
            case 0:
                bytes[at] = (uint8_t)test_random_u64(&random);
                break;
            case 1:
                bytes[at] ^= (uint8_t)(1u << test_random_below(&random, 8));
                break;
            case 2: /* one word for another */
                memcpy(bytes + at / 4 * 4, city.tree.bytes + other, 4);
                break;
            default: /* two words change places */
                memcpy(bytes + at / 4 * 4, city.tree.bytes + other, 4);
                memcpy(bytes + other, city.tree.bytes + at / 4 * 4, 4);
                break;
            }
        }
        /* In a block of its own, so that a sanitizer sees one byte beyond. */
        uint8_t *exact = malloc(size);
        memcpy(exact, bytes, size);
        pole_tree tree;
        const pole_status status = attach(&city, exact, size, &memory, &tree);
        if (status == POLE_OK) {
            check_complete(&city, &tree);
            check_answers(&city, &tree, &random);
            pole_tree_detach(&tree, &memory);
        } else {
            ck_assert_int_eq(status, POLE_DAMAGED);
            refused++;
        }
        free(exact);
    }
    ck_assert_int_gt(refused, 1000);
    ck_assert_int_lt(refused, 3000);
    free(bytes);
    space_city_free(&city);
}
END_TEST

START_TEST(every_other_length_is_refused)
{
    test_random random = test_random_begin("lengths", 430);
    for (int kind = CITY_STREETS; kind <= CITY_SHUFFLED; kind++) {
        space_city city;
        space_city_make(&city, (city_kind)kind, 700, &random);
        const pole_allocator memory = pole_allocator_default();
        pole_tree tree;
        for (size_t size = 0; size < city.tree.size; size++) {
            uint8_t *cut = malloc(size + 1);
            memcpy(cut, city.tree.bytes, size);
            ck_assert_int_eq(attach(&city, cut, size, &memory, &tree), POLE_DAMAGED);
            free(cut);
        }
        uint8_t *longer = calloc(city.tree.size + 4, 1);
        memcpy(longer, city.tree.bytes, city.tree.size);
        for (size_t more = 1; more <= 4; more++)
            ck_assert_int_eq(attach(&city, longer, city.tree.size + more, &memory, &tree),
                             POLE_DAMAGED);
        free(longer);
        space_city_free(&city);
    }
}
END_TEST

START_TEST(no_memory_is_said_and_nothing_kept)
{
    test_random random = test_random_begin("memory", 431);
    for (int kind = CITY_STREETS; kind <= CITY_SHUFFLED; kind++) {
        space_city city;
        space_city_make(&city, (city_kind)kind, 900, &random);
        const pole_draft_city draft = {.poles = city.poles, .pole_count = city.count};
        for (size_t fail_at = 1;; fail_at++) {
            test_memory memory;
            test_memory_init(&memory, fail_at);
            pole_tree tree;
            const pole_status status =
                attach(&city, city.tree.bytes, city.tree.size, &memory.allocator, &tree);
            if (status == POLE_OK)
                pole_tree_detach(&tree, &memory.allocator);
            ck_assert_uint_eq(memory.live, 0);
            if (status == POLE_OK)
                break;
            ck_assert_int_eq(status, POLE_NO_MEMORY);
        }
        for (size_t fail_at = 1;; fail_at++) {
            test_memory memory;
            test_memory_init(&memory, fail_at);
            pole_buffer out;
            pole_buffer_init(&out, &memory.allocator);
            const pole_status status = pole_tree_pack(&draft, &memory.allocator, &out);
            const bool whole = status == POLE_OK && !out.failed;
            pole_buffer_free(&out);
            ck_assert_uint_eq(memory.live, 0);
            if (whole)
                break;
            ck_assert(status == POLE_NO_MEMORY || status == POLE_OK);
        }
        space_city_free(&city);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tree");
    TCase *tests = tcase_create("tree");
    tcase_add_test(tests, rows_along_streets_need_no_order_of_their_own);
    tcase_add_test(tests, rows_that_say_nothing_of_space_get_an_order_of_their_own);
    tcase_add_test(tests, the_same_poles_give_the_same_bytes);
    tcase_add_test(tests, every_box_holds_what_is_below_it);
    tcase_add_loop_test(tests, other_bytes_are_refused_or_are_a_right_tree, 0, CITY_KINDS);
    tcase_add_test(tests, every_other_length_is_refused);
    tcase_add_test(tests, no_memory_is_said_and_nothing_kept);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
