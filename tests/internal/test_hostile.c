/* SPDX-License-Identifier: MIT
 * A checksum proves that a file is as it was written, not that an honest program wrote it. Here
 * sections are changed and the checksums made right again: such a file must be refused, or every
 * question about it must be answered within bounds and without end (run under a sanitizer, this
 * is the proof that no query can fail on content). */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "index/index.h"
#include "index/sections.h"
#include "plx/image_read.h"
#include "plx/image_write.h"
#include "support/small_city.h"
#include "support/test_main.h"
#include "support/test_random.h"

#define MOST_SECTIONS 32

/* The sections of an honest file, in memory of the test's own. */
typedef struct {
    byte_block file;
    pole_section sections[MOST_SECTIONS];
    size_t count;
} honest_file;

static honest_file honest(void)
{
    honest_file honest = {.file = small_city_bytes(0)};
    pole_image image;
    pole_error error;
    static pole_known_section known[POLE_SECTION_DOUBT];
    for (uint16_t i = 0; i < POLE_SECTION_DOUBT; i++)
        known[i] = (pole_known_section){(uint16_t)(i + 1), POLE_SECTION_VERSION, "section"};
    ck_assert_int_eq(pole_image_open(honest.file.bytes, honest.file.size, known, POLE_SECTION_DOUBT,
                                     &image, &error),
                     POLE_OK);
    ck_assert_uint_le(image.section_count, MOST_SECTIONS);
    for (uint32_t i = 0; i < image.section_count; i++)
        honest.sections[honest.count++] = pole_image_section(&image, i);
    return honest;
}

/* The file made of these sections, its checksums right. */
static pole_buffer forge(const pole_section *sections, size_t count)
{
    pole_buffer out;
    pole_error error;
    const pole_allocator memory = pole_allocator_default();
    pole_buffer_init(&out, &memory);
    ck_assert_int_eq(pole_image_write(sections, count, false, POLE_MAX_INDEX_BYTES, &out, &error),
                     POLE_OK);
    return out;
}

static void ask_around(const pole_index *index, pole_point at)
{
    pole_hit hits[32];
    pole_row rows[64];
    pole_station_hit stations[64];
    pole_area_edge edge;
    size_t count;
    const pole_box box = {at.lat_deg - 1, at.lon_deg - 1, at.lat_deg + 1, at.lon_deg + 1};
    (void)pole_nearest(index, at, 20, (double)INFINITY, hits, &count);
    (void)pole_within_radius(index, at, 5000, hits, 32, &count);
    (void)pole_within_box(index, &box, rows, 64, &count);
    (void)pole_stations_at(index, at, (pole_span){NULL, 0}, POLE_ROLE_ALL, 5, stations, 64, &count);
    (void)pole_area_edge_at(index, at, 1000, &edge);
}

/* How sure a code is: a share, or not told. */
static void ask_how_sure(const pole_index *index, pole_code code)
{
    static const double shares[] = {0.0, 1e-300, 0.28, 0.9, 0.9999999999999999};
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        double confidence, place;
        pole_match match;
        const pole_columns columns = {.struct_size = sizeof columns,
                                      .match = &match,
                                      .confidence = &confidence,
                                      .confidence_place = &place,
                                      .clean = shares[i]};
        ck_assert_int_eq(
            pole_index_find_many(index, &code.number, 1, code.digits, POLE_ANY_SCOPE, &columns),
            POLE_OK);
        if (isnan(confidence)
                ? match != POLE_MATCH_NONE && match != POLE_AMBIGUOUS
                : !(confidence > 0.0 && confidence <= 1.0 && place <= 1.0 + 1e-9 && place >= -1e-9))
            ck_abort_msg("match %d, confidence %g, place %g", match, confidence, place);
    }
}

static void ask_everything(pole_index *index)
{
    static const char *const codes[] = {"1234567", "10101", "0034501", "9999999", "00000"};
    pole_info info = {.struct_size = sizeof info};
    pole_resolution *resolution = NULL;
    ck_assert_int_eq(pole_index_info(index, &info), POLE_OK);
    ck_assert_int_eq(pole_resolution_new(NULL, &resolution), POLE_OK);
    for (pole_row row = 0; row < info.poles && row < 100; row++) {
        pole_point at;
        ck_assert_int_eq(pole_index_point(index, row, &at), POLE_OK);
        ck_assert_int_eq(pole_describe(index, row, NULL, resolution), POLE_OK);
        char *json = json_of(resolution);
        free(json);
        if (row % 4 == 0)
            ask_around(index, at);
        /* A row's code leads back to the row. */
        pole_row back;
        ck_assert_int_eq(pole_index_find(index, pole_index_code_of(index, row), &back), POLE_OK);
        ck_assert_uint_eq(back, row);
        ask_how_sure(index, pole_index_code_of(index, row));
    }
    pole_resolution_free(resolution);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        pole_resolution_free(resolve_text(index, codes[i], NULL));
    ask_around(index, (pole_point){0, 180});
    ask_around(index, (pole_point){-90, -180});
    for (uint32_t i = 0; i < info.stations; i++) {
        pole_station station = {.struct_size = sizeof station};
        ck_assert_int_eq(pole_index_station(index, i, &station), POLE_OK);
    }
    size_t needed;
    (void)pole_info_json(index, NULL, 0, &needed);
    pole_error error;
    (void)pole_index_verify(index, &error);
}

/* Opens a forged file; true when it was taken. */
static bool try_file(const pole_section *sections, size_t count)
{
    pole_index *index = NULL;
    pole_error error;
    pole_open_options options;
    pole_buffer file = forge(sections, count);
    pole_open_options_init(&options);
    options.flags = POLE_OPEN_BORROWED;
    /* In a block of its own size, so that reading past the end is seen. */
    void *bytes = malloc(file.size);
    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, file.bytes, file.size);
    const pole_status status = pole_index_open_memory(bytes, file.size, &options, &index, &error);
    if (status == POLE_OK)
        ask_everything(index);
    else
        ck_assert_msg(status == POLE_DAMAGED || status == POLE_NEWER_FORMAT ||
                          status == POLE_NO_MEMORY,
                      "%s: %s", pole_status_text(status), error.message);
    pole_index_close(index);
    free(bytes);
    pole_buffer_free(&file);
    return status == POLE_OK;
}

/* One or a few changes in one section: a bit, a byte, a number at its edges, a cut, a repeat. */
static size_t mutate(test_random *random, uint8_t *bytes, size_t size)
{
    static const uint32_t edges[] = {0, 1, 2, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFFE, 255};
    const uint64_t changes = 1 + test_random_below(random, 3);
    for (uint64_t i = 0; i < changes && size > 0; i++) {
        const size_t at = test_random_below(random, size);
        switch (test_random_below(random, 6)) {
        case 0:
            bytes[at] ^= (uint8_t)(1u << test_random_below(random, 8));
            break;
        case 1:
            bytes[at] = (uint8_t)test_random_u64(random);
            break;
        case 2:
            if (size >= 4)
                pole_store_u32(bytes + (at & ~(size_t)3) % (size - 3),
                               edges[test_random_below(random, 8)]);
            break;
        case 3:
            size = test_random_below(random, 8) ? size : at;
            break;
        case 4:
            if (size >= 8) {
                const size_t word = (at & ~(size_t)3) % (size - 3);
                pole_store_u32(bytes + word, pole_load_u32(bytes + word) +
                                                 (uint32_t)test_random_below(random, 3) - 1);
            }
            break;
        default:
            memmove(bytes + at, bytes + test_random_below(random, at + 1),
                    (size - at) < 8 ? size - at : 8);
            break;
        }
    }
    return size;
}

START_TEST(forged_sections_are_refused_or_harmless)
{
    test_random random = test_random_begin("forged_sections", 20080630 + (uint64_t)_i);
    honest_file file = honest();
    unsigned taken = 0;
    ck_assert(try_file(file.sections, file.count));
    for (int round = 0; round < 4000; round++) {
        pole_section sections[MOST_SECTIONS];
        memcpy(sections, file.sections, sizeof sections);
        pole_section *section = sections + test_random_below(&random, file.count);
        uint8_t *changed = malloc(section->size + 1);
        ck_assert_ptr_nonnull(changed);
        memcpy(changed, section->bytes, section->size);
        section->size = mutate(&random, changed, section->size);
        section->bytes = changed;
        taken += try_file(sections, file.count);
        free(changed);
    }
    printf("forged_sections: %u of 4000 were sound\n", taken);
    byte_block_free(&file.file);
}
END_TEST

START_TEST(a_missing_section_is_said)
{
    honest_file file = honest();
    for (size_t missing = 0; missing < file.count; missing++) {
        pole_section sections[MOST_SECTIONS];
        size_t count = 0;
        for (size_t i = 0; i < file.count; i++)
            if (i != missing)
                sections[count++] = file.sections[i];
        /* All but the doubts are required. */
        ck_assert(try_file(sections, count) == (file.sections[missing].kind == POLE_SECTION_DOUBT));
    }
    byte_block_free(&file.file);
}
END_TEST

static pole_status open_with(const honest_file *file, uint16_t kind, uint16_t version,
                             uint16_t flags, pole_error *error)
{
    pole_section sections[MOST_SECTIONS + 1];
    size_t count = 0;
    bool replaced = false;
    for (size_t i = 0; i < file->count; i++) {
        sections[count] = file->sections[i];
        if (sections[count].kind == kind) {
            sections[count].version = version;
            replaced = true;
        }
        count++;
    }
    if (!replaced)
        sections[count++] = (pole_section){kind, 0, version, flags, (const uint8_t *)"anything", 8};
    pole_buffer bytes = forge(sections, count);
    pole_index *index = NULL;
    const pole_status status = pole_index_open_memory(bytes.bytes, bytes.size, NULL, &index, error);
    pole_index_close(index);
    pole_buffer_free(&bytes);
    return status;
}

START_TEST(an_unknown_optional_section_is_skipped_a_required_one_refused)
{
    honest_file file = honest();
    pole_error error;
    ck_assert_int_eq(open_with(&file, 700, 1, 0, &error), POLE_OK);
    ck_assert_int_eq(open_with(&file, 700, 1, POLE_PLX_REQUIRED, &error), POLE_NEWER_FORMAT);
    ck_assert_msg(strstr(error.message, "700") != NULL, "%s", error.message);
    ck_assert_int_ne(error.hint[0], 0);
    ck_assert_int_eq(open_with(&file, POLE_SECTION_TREE, 2, 0, &error), POLE_NEWER_FORMAT);
    ck_assert_msg(strstr(error.message, "tree") != NULL && strstr(error.message, "2") != NULL &&
                      strstr(error.message, "1") != NULL,
                  "%s", error.message);
    byte_block_free(&file.file);
}
END_TEST

/* Opening checks that the stored stations of each pole exist, and that its doubts can be; that they
 * are the right ones is asked by verify, and no other byte than the right one passes. */
START_TEST(what_the_build_derived_is_derived_again_by_verify)
{
    static const uint16_t kinds[] = {POLE_SECTION_ASSIGNMENTS, POLE_SECTION_DOUBT};
    honest_file file = honest();
    size_t at = 0, found_out = 0;
    while (file.sections[at].kind != kinds[_i])
        at++;
    /* Another channel's doubts are no damage: these begin behind the id. */
    const size_t begin = kinds[_i] == POLE_SECTION_DOUBT ? 32 : 0;
    const size_t size = file.sections[at].size;
    uint8_t *changed = malloc(size);
    ck_assert_ptr_nonnull(changed);
    for (size_t i = 3 * begin; i < 3 * size; i++) {
        static const uint8_t flips[] = {1, 3, 0x80};
        pole_section sections[MOST_SECTIONS];
        pole_index *index = NULL;
        pole_error error;
        memcpy(sections, file.sections, sizeof sections);
        memcpy(changed, file.sections[at].bytes, size);
        changed[i / 3] ^= flips[i % 3];
        sections[at].bytes = changed;
        pole_buffer bytes = forge(sections, file.count);
        if (pole_index_open_memory(bytes.bytes, bytes.size, NULL, &index, &error) == POLE_OK) {
            ck_assert_int_eq(pole_index_verify(index, &error), POLE_DAMAGED);
            ck_assert_msg(strncmp(error.message, "pole ", 5) == 0 ||
                              strncmp(error.message, "the index: ", 11) == 0,
                          "%s", error.message);
            ck_assert_str_ne(error.hint, "");
            found_out++;
        }
        pole_index_close(index);
        pole_buffer_free(&bytes);
    }
    /* A byte of the edge, and at least one flip of each station, for each of the 15 poles. */
    ck_assert_uint_ge(found_out, 15 * 4);
    free(changed);
    byte_block_free(&file.file);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hostile");
    TCase *tests = tcase_create("hostile");
    tcase_add_loop_test(tests, forged_sections_are_refused_or_harmless, 0, 4);
    tcase_add_test(tests, a_missing_section_is_said);
    tcase_add_loop_test(tests, what_the_build_derived_is_derived_again_by_verify, 0, 2);
    tcase_add_test(tests, an_unknown_optional_section_is_skipped_a_required_one_refused);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
