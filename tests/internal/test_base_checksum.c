/* SPDX-License-Identifier: MIT
 *
 * The two checksums are part of the file format: their values are for ever, whichever code makes
 * them. CRC-32 is compared with its definition, bit by bit; XXH3-128 with the values that its
 * authors publish (cli/xsum_sanity_check.c). This program is built twice: with the library's
 * CRC-32 and with the project's own table. */
#include <stdlib.h>
#include <string.h>

#include "base/checksum.h"
#include "support/test_main.h"
#include "support/test_memory.h"
#include "support/test_random.h"

/* ISO 3309, reflected: the definition, not an algorithm for use. */
static uint32_t crc_by_definition(const uint8_t *bytes, size_t size)
{
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < size; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
    }
    return ~crc;
}

START_TEST(crc_has_the_published_check_value)
{
    ck_assert_uint_eq(pole_crc32("123456789", 9), 0xCBF43926);
    ck_assert_uint_eq(pole_crc32("", 0), 0);
    ck_assert_uint_eq(pole_crc32(NULL, 0), 0);
}
END_TEST

START_TEST(crc_agrees_with_its_definition_at_every_size_and_alignment)
{
    test_random random = test_random_begin("crc", 11);
    uint8_t bytes[700];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)test_random_u64(&random);
    for (size_t start = 0; start < 16; start++) {
        for (size_t size = 0; size <= sizeof bytes - 16; size++)
            ck_assert_uint_eq(pole_crc32(bytes + start, size),
                              crc_by_definition(bytes + start, size));
    }
}
END_TEST

START_TEST(crc_sees_any_burst_of_32_bits)
{
    test_random random = test_random_begin("crc bursts", 12);
    uint8_t bytes[256];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)test_random_u64(&random);
    const uint32_t sound = pole_crc32(bytes, sizeof bytes);
    for (int k = 0; k < 20000; k++) {
        uint8_t hurt[256];
        memcpy(hurt, bytes, sizeof hurt);
        const size_t at = test_random_below(&random, sizeof hurt - 3);
        uint32_t change = 0;
        while (change == 0)
            change = (uint32_t)test_random_u64(&random);
        for (int i = 0; i < 4; i++)
            hurt[at + i] ^= (uint8_t)(change >> 8 * i);
        ck_assert_uint_ne(pole_crc32(hurt, sizeof hurt), sound);
    }
}
END_TEST

/* The published values' input: the top bytes of a geometric series. */
static void fill_as_published(uint8_t *bytes, size_t size)
{
    uint64_t series = 2654435761u;
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (uint8_t)(series >> 56);
        series *= UINT64_C(11400714785074694797);
    }
}

static const struct {
    size_t size;
    uint64_t low;
    uint64_t high;
} published[] = {
    {0, 0x6001C324468D497F, 0x99AA06D3014798D8},    {1, 0xC44BDFF4074EECDB, 0xA6CD5E9392000F6A},
    {6, 0x3E7039BDDA43CFC6, 0x082AFE0B8162D12A},    {12, 0x061A192713F69AD9, 0x6E3EFD8FC7802B18},
    {24, 0x1E7044D28B1B901D, 0x0CE966E4678D3761},   {48, 0xF942219AED80F67B, 0xA002AC4E5478227E},
    {81, 0x5E8BAFB9F95FB803, 0x4952F58181AB0042},   {222, 0xF1AEBD597CEC6B3A, 0x337E09641B948717},
    {403, 0xCDEB804D65C6DEA4, 0x1B6DE21E332DD73D},  {512, 0x617E49599013CB6B, 0x18D2D110DCC9BCA1},
    {2048, 0xDD59E2C3A5F038E0, 0xF736557FD47073A5}, {2240, 0x6E73A90539CF2948, 0xCCB134FBFA7CE49D},
    {2367, 0xCB37AEB9E5D361ED, 0xE89C0F6FF369B427},
};

START_TEST(xxh3_has_the_published_values)
{
    uint8_t bytes[2367];
    fill_as_published(bytes, sizeof bytes);
    const pole_hash128 hash = pole_hash(bytes, published[_i].size);
    ck_assert_uint_eq(hash.low, published[_i].low);
    ck_assert_uint_eq(hash.high, published[_i].high);
}
END_TEST

START_TEST(a_hash_in_pieces_is_the_hash_of_the_whole)
{
    test_random random = test_random_begin("pieces", 13);
    test_memory memory;
    test_memory_init(&memory, 0);
    static uint8_t bytes[20000];
    fill_as_published(bytes, sizeof bytes);
    for (int k = 0; k < 300; k++) {
        const size_t size = test_random_below(&random, sizeof bytes + 1);
        pole_hasher *hasher = pole_hasher_new(&memory.allocator);
        ck_assert_ptr_nonnull(hasher);
        for (size_t at = 0; at < size;) {
            size_t piece = test_random_below(&random, k % 2 ? 700 : 9);
            if (piece > size - at)
                piece = size - at;
            pole_hasher_update(hasher, bytes + at, piece);
            at += piece;
        }
        const pole_hash128 whole = pole_hash(bytes, size);
        for (int twice = 0; twice < 2; twice++) { /* asking changes nothing */
            const pole_hash128 pieces = pole_hasher_value(hasher);
            ck_assert_uint_eq(pieces.low, whole.low);
            ck_assert_uint_eq(pieces.high, whole.high);
        }
        pole_hasher_free(hasher);
    }
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

START_TEST(a_hasher_without_memory_is_null)
{
    test_memory memory;
    test_memory_init(&memory, 1);
    ck_assert_ptr_null(pole_hasher_new(&memory.allocator));
    pole_hasher_free(NULL);
    pole_hasher *hasher = pole_hasher_new(NULL);
    ck_assert_ptr_nonnull(hasher);
    pole_hasher_free(hasher);
}
END_TEST

START_TEST(a_hash_reads_as_its_authors_write_it)
{
    char text[33];
    pole_hash_to_text(pole_hash("", 0), text);
    ck_assert_str_eq(text, "99aa06d3014798d86001c324468d497f");
    const pole_hash128 small = {0x0F, 0x01};
    pole_hash_to_text(small, text);
    ck_assert_str_eq(text, "0000000000000001000000000000000f");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base/checksum");
    TCase *tests = tcase_create("all");
    tcase_add_test(tests, crc_has_the_published_check_value);
    tcase_add_test(tests, crc_agrees_with_its_definition_at_every_size_and_alignment);
    tcase_add_test(tests, crc_sees_any_burst_of_32_bits);
    tcase_add_loop_test(tests, xxh3_has_the_published_values, 0,
                        (int)(sizeof published / sizeof published[0]));
    tcase_add_test(tests, a_hash_in_pieces_is_the_hash_of_the_whole);
    tcase_add_test(tests, a_hasher_without_memory_is_null);
    tcase_add_test(tests, a_hash_reads_as_its_authors_write_it);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
