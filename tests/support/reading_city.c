/* SPDX-License-Identifier: MIT
 * See reading_city.h. */
#include "support/reading_city.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/numerals.h"
#include "support/small_city.h"

char (*reading_codes(const pole_index *index, uint32_t *count))[12]
{
    *count = index->scheme.rows;
    char(*codes)[12] = calloc(*count, sizeof *codes);
    ck_assert_ptr_nonnull(codes);
    for (uint32_t row = 0; row < *count; row++) {
        const pole_code code = pole_index_code_of(index, row);
        pole_digits_write(code.number, code.digits, codes[row]);
    }
    return codes;
}

void reading_city_free(reading_city *made)
{
    pole_index_close(made->index);
    free(made->codes);
}

pole_builder *reading_city_begin(const char *scheme)
{
    pole_build_options options;
    pole_builder *builder = NULL;
    pole_error error;
    pole_build_options_init(&options);
    options.scheme = scheme;
    options.source_date_epoch_s = 0;
    ck_assert_msg(pole_builder_new(&options, &builder, &error) == POLE_OK, "%s", error.message);
    return builder;
}

void reading_city_add(pole_builder *builder, const char *code, const char *scope)
{
    pole_error error;
    pole_record record = {.struct_size = sizeof record};
    record.at = (pole_point){45.77, 126.6};
    record.scope = span_of(scope);
    record.surveyed_days = POLE_NO_DATE;
    ck_assert_msg(pole_builder_add_pole(builder, span_of(code), &record, &error) == POLE_OK,
                  "%s: %s", code, error.message);
}

void reading_city_finish(pole_builder *builder, reading_city *made)
{
    byte_block block = {NULL, 0, 0};
    pole_error error;
    const pole_sink sink = byte_block_sink(&block);
    ck_assert_msg(pole_builder_finish_to(builder, &sink, NULL, &error) == POLE_OK, "%s",
                  error.message);
    pole_builder_free(builder);
    ck_assert_int_eq(pole_index_open_memory(block.bytes, block.size, NULL, &made->index, &error),
                     POLE_OK);
    byte_block_free(&block);
    made->codes = reading_codes(made->index, &made->count);
    memset(made->numbers, 0, sizeof made->numbers);
    for (uint32_t i = 0; i < made->count; i++) {
        bool repeats = false;
        for (uint32_t j = 0; j < i && !repeats; j++)
            repeats = strcmp(made->codes[i], made->codes[j]) == 0;
        made->numbers[strlen(made->codes[i])] += !repeats;
    }
}

void reading_city_urban(reading_city *made, test_random *random, uint32_t wanted)
{
    pole_builder *builder = reading_city_begin("pole:7");
    for (uint32_t i = 0; i < wanted;) {
        const unsigned station = (unsigned)test_random_below(random, 30) * 37 % 1000;
        const unsigned street = (unsigned)test_random_below(random, 40);
        const unsigned first = (unsigned)test_random_below(random, 60);
        for (unsigned p = 0; p < 20 && i < wanted; p++, i++) {
            char code[24];
            snprintf(code, sizeof code, "%03u%02u%02u", station, street, (first + p) % 100);
            reading_city_add(builder, code, "");
        }
    }
    reading_city_finish(builder, made);
}

void reading_city_mixed(reading_city *made, test_random *random)
{
    pole_builder *builder = reading_city_begin(
        "pole:1;pole:2;pole:3;pole:4;pole:5;pole:6;pole:7;pole:8;pole:9;*/pole:5;*/pole:7");
    for (unsigned n = 1; n <= 9; n++)
        for (unsigned i = 0; i < (n == 1 ? 6 : n == 2 ? 30 : 120); i++) {
            char code[16];
            unsigned at = 0;
            for (; at < n; at++) /* few digits, so that they are alike */
                code[at] = (char)('0' + test_random_below(random, i % 2 ? 3 : 10));
            code[at] = '\0';
            reading_city_add(builder, code, "");
            if (n == 5 || n == 7) {
                reading_city_add(builder, code, "宾县");
                if (i % 3 == 0)
                    reading_city_add(builder, code, "巴彦");
            }
        }
    reading_city_finish(builder, made);
}
