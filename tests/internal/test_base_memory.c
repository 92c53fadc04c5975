/* SPDX-License-Identifier: MIT
 *
 * Sizes come from files and tables: no product of two may wrap round, and running out of memory
 * anywhere must leave what there was intact. */
#include <stdint.h>
#include <string.h>

#include "base/memory.h"
#include "support/test_main.h"
#include "support/test_memory.h"

START_TEST(a_size_that_overflows_is_no_memory)
{
    const pole_allocator memory = pole_allocator_default();
    ck_assert_ptr_null(pole_allocate_array(&memory, SIZE_MAX / 2, 3));
    ck_assert_ptr_null(pole_allocate_array(&memory, 3, SIZE_MAX / 2));
    ck_assert_ptr_null(pole_allocate_zeroed(&memory, SIZE_MAX, SIZE_MAX));
    void *array = NULL;
    size_t capacity = 0;
    ck_assert(!pole_grow_array(&memory, &array, &capacity, SIZE_MAX / 4, 16));
    ck_assert_ptr_null(array);
    ck_assert_uint_eq(capacity, 0);
}
END_TEST

START_TEST(a_count_of_zero_gives_a_block)
{
    test_memory memory;
    test_memory_init(&memory, 0);
    void *a = pole_allocate_array(&memory.allocator, 0, 8);
    void *b = pole_allocate_zeroed(&memory.allocator, 8, 0);
    ck_assert_ptr_nonnull(a);
    ck_assert_ptr_nonnull(b);
    pole_release(&memory.allocator, a);
    pole_release(&memory.allocator, b);
    pole_release(&memory.allocator, NULL);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

START_TEST(zeroed_memory_is_zero)
{
    test_memory memory;
    test_memory_init(&memory, 0);
    uint8_t *bytes = pole_allocate_zeroed(&memory.allocator, 1000, 3);
    for (size_t i = 0; i < 3000; i++)
        ck_assert_uint_eq(bytes[i], 0);
    pole_release(&memory.allocator, bytes);
}
END_TEST

START_TEST(the_default_stands_in_for_no_allocator)
{
    test_memory memory;
    test_memory_init(&memory, 0);
    ck_assert_ptr_eq(pole_allocator_or_default(&memory.allocator).context, &memory);
    const pole_allocator standard = pole_allocator_or_default(NULL);
    void *block = standard.allocate(standard.context, 10);
    ck_assert_ptr_nonnull(block);
    block = standard.resize(standard.context, block, 1000);
    ck_assert_ptr_nonnull(block);
    standard.release(standard.context, block);
    standard.release(standard.context, NULL);
}
END_TEST

START_TEST(growing_keeps_the_content_and_doubles)
{
    test_memory memory;
    test_memory_init(&memory, 0);
    void *array = NULL;
    size_t capacity = 0;
    for (uint32_t i = 0; i < 100000; i++) {
        ck_assert(pole_grow_array(&memory.allocator, &array, &capacity, i + 1, sizeof i));
        ((uint32_t *)array)[i] = i;
    }
    for (uint32_t i = 0; i < 100000; i++)
        ck_assert_uint_eq(((uint32_t *)array)[i], i);
    ck_assert_uint_le(memory.calls, 20);
    pole_release(&memory.allocator, array);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

START_TEST(growing_that_fails_changes_nothing)
{
    test_memory memory;
    test_memory_init(&memory, 2);
    void *array = NULL;
    size_t capacity = 0;
    ck_assert(pole_grow_array(&memory.allocator, &array, &capacity, 10, 1));
    memset(array, 7, 10);
    void *const before = array;
    const size_t had = capacity;
    ck_assert(!pole_grow_array(&memory.allocator, &array, &capacity, 1000, 1));
    ck_assert_ptr_eq(array, before);
    ck_assert_uint_eq(capacity, had);
    ck_assert_uint_eq(((uint8_t *)array)[9], 7);
    pole_release(&memory.allocator, array);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

START_TEST(a_buffer_holds_what_was_appended_little_end_first)
{
    test_memory memory;
    test_memory_init(&memory, 0);
    pole_buffer buffer;
    pole_buffer_init(&buffer, &memory.allocator);
    pole_buffer_append_byte(&buffer, 0x01);
    pole_buffer_append_u16(&buffer, 0x0302);
    pole_buffer_append_u32(&buffer, 0x07060504);
    pole_buffer_append_u64(&buffer, UINT64_C(0x0F0E0D0C0B0A0908));
    pole_buffer_append_text(&buffer, "\x10\x11");
    pole_buffer_append(&buffer, NULL, 0);
    ck_assert_uint_eq(buffer.size, 17);
    for (size_t i = 0; i < buffer.size; i++)
        ck_assert_uint_eq(buffer.bytes[i], i + 1);
    pole_buffer_align(&buffer, 8);
    ck_assert_uint_eq(buffer.size, 24);
    for (size_t i = 17; i < 24; i++)
        ck_assert_uint_eq(buffer.bytes[i], 0);
    pole_buffer_align(&buffer, 8);
    ck_assert_uint_eq(buffer.size, 24);
    uint8_t *const kept = buffer.bytes;
    pole_buffer_clear(&buffer);
    ck_assert_uint_eq(buffer.size, 0);
    ck_assert_ptr_eq(buffer.bytes, kept);
    ck_assert_ptr_eq(pole_buffer_extend(&buffer, 3), kept);
    ck_assert_uint_eq(buffer.size, 3);
    pole_buffer_free(&buffer);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

START_TEST(the_first_failure_of_a_buffer_sticks)
{
    test_memory memory;
    test_memory_init(&memory, 2);
    pole_buffer buffer;
    pole_buffer_init(&buffer, &memory.allocator);
    pole_buffer_append_text(&buffer, "kept");
    ck_assert_ptr_null(pole_buffer_extend(&buffer, 100000));
    ck_assert(buffer.failed);
    pole_buffer_append_text(&buffer, "x"); /* would fit */
    ck_assert_ptr_null(pole_buffer_extend(&buffer, 1));
    ck_assert_uint_eq(buffer.size, 4);
    ck_assert_mem_eq(buffer.bytes, "kept", 4);
    pole_buffer_clear(&buffer);
    pole_buffer_append_text(&buffer, "again");
    ck_assert(!buffer.failed);
    ck_assert_uint_eq(buffer.size, 5);
    ck_assert_ptr_null(pole_buffer_extend(&buffer, SIZE_MAX - 2));
    ck_assert(buffer.failed);
    pole_buffer_free(&buffer);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

START_TEST(spans_compare_as_bytes_the_shorter_first)
{
    const pole_span none = {NULL, 0};
    const pole_span a = pole_span_of("a");
    const pole_span ab = pole_span_of("ab");
    const pole_span high = pole_span_of("\xE7\x81\xAF");
    ck_assert(pole_span_equal(none, pole_span_of("")));
    ck_assert(pole_span_equal(ab, pole_span_of("ab")));
    ck_assert(!pole_span_equal(a, ab));
    ck_assert_int_lt(pole_span_compare(none, a), 0);
    ck_assert_int_lt(pole_span_compare(a, ab), 0);
    ck_assert_int_gt(pole_span_compare(ab, a), 0);
    ck_assert_int_gt(pole_span_compare(high, ab), 0); /* bytes are unsigned */
    ck_assert_int_eq(pole_span_compare(ab, pole_span_of("ab")), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base/memory");
    TCase *tests = tcase_create("all");
    tcase_add_test(tests, a_size_that_overflows_is_no_memory);
    tcase_add_test(tests, a_count_of_zero_gives_a_block);
    tcase_add_test(tests, zeroed_memory_is_zero);
    tcase_add_test(tests, the_default_stands_in_for_no_allocator);
    tcase_add_test(tests, growing_keeps_the_content_and_doubles);
    tcase_add_test(tests, growing_that_fails_changes_nothing);
    tcase_add_test(tests, a_buffer_holds_what_was_appended_little_end_first);
    tcase_add_test(tests, the_first_failure_of_a_buffer_sticks);
    tcase_add_test(tests, spans_compare_as_bytes_the_shorter_first);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
