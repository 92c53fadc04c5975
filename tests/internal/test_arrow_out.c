/* SPDX-License-Identifier: MIT
 *
 * A text column of Arrow counts its bytes in 32 bits: what does not fit is refused before it is
 * read, however much memory there is. */
#include <check.h>
#include <math.h>

#include "arrow/arrow_out.h"
#include "support/test_main.h"

static pole_arrow_growing column;

static void setup(void)
{
    const pole_allocator memory = pole_allocator_default();
    ck_assert(pole_arrow_growing_init(&column, true, 3, &memory));
}

static void teardown(void)
{
    pole_arrow_growing_free(&column);
}

START_TEST(text_beyond_2_gib_is_refused_and_the_column_stays)
{
    struct ArrowArray array;
    const pole_span some = {"0123456789", 10};
    const pole_span room_left = {"0123456789", (size_t)INT32_MAX - 9};
    const pole_span more = {"0123456789", SIZE_MAX};
    ck_assert_int_eq(pole_arrow_append_text(&column, some), POLE_OK);
    ck_assert_int_eq(pole_arrow_append_text(&column, room_left), POLE_LIMIT);
    ck_assert_int_eq(pole_arrow_append_text(&column, more), POLE_LIMIT);
    ck_assert_int_eq(pole_arrow_append_text(&column, some), POLE_OK);
    ck_assert(pole_arrow_growing_finish(&column, &array));
    ck_assert_int_eq(array.length, 2);
    ck_assert_int_eq(((const int32_t *)array.buffers[1])[2], 20);
    array.release(&array);
}
END_TEST

START_TEST(a_bitmap_is_there_only_when_something_is_null)
{
    struct ArrowArray array;
    const pole_allocator memory = pole_allocator_default();
    pole_arrow_growing numbers;
    ck_assert(pole_arrow_growing_init(&numbers, false, 2, &memory));
    pole_arrow_append_number(&numbers, 1.5);
    pole_arrow_append_number(&numbers, (double)NAN);
    ck_assert(pole_arrow_growing_finish(&numbers, &array));
    pole_arrow_growing_free(&numbers);
    ck_assert_int_eq(array.null_count, 1);
    ck_assert_uint_eq(((const uint8_t *)array.buffers[0])[0], 1);
    array.release(&array);
    const pole_span some = {"0", 1};
    ck_assert_int_eq(pole_arrow_append_text(&column, some), POLE_OK);
    ck_assert(pole_arrow_growing_finish(&column, &array));
    ck_assert_ptr_null(array.buffers[0]);
    array.release(&array);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("arrow_out");
    TCase *tcase = tcase_create("arrow_out");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, text_beyond_2_gib_is_refused_and_the_column_stays);
    tcase_add_test(tcase, a_bitmap_is_there_only_when_something_is_null);
    suite_add_tcase(suite, tcase);
    return test_main(suite);
}
