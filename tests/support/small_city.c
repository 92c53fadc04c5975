/* SPDX-License-Identifier: MIT
 * See small_city.h. */
#include "support/small_city.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

pole_span span_of(const char *text)
{
    const pole_span span = {text, strlen(text)};
    return span;
}

static pole_status append(void *context, const void *bytes, size_t size)
{
    byte_block *block = context;
    if (block->capacity - block->size < size) {
        const size_t capacity = 2 * block->capacity + size;
        void *grown = realloc(block->bytes, capacity);
        if (grown == NULL)
            return POLE_NO_MEMORY;
        block->bytes = grown;
        block->capacity = capacity;
    }
    memcpy(block->bytes + block->size, bytes, size);
    block->size += size;
    return POLE_OK;
}

pole_sink byte_block_sink(byte_block *block)
{
    const pole_sink sink = {block, append};
    return sink;
}

void byte_block_free(byte_block *block)
{
    free(block->bytes);
    memset(block, 0, sizeof *block);
}

typedef struct {
    const char *code, *scope, *street, *alias, *successor;
    double lat_deg, lon_deg;
    int32_t state;
} sample_pole;

static const sample_pole poles[] = {
    {"1234563", "", "通江街", NULL, NULL, 45.7760000, 126.6160000, 0},
    {"1234565", "", "通江街", NULL, NULL, 45.7762500, 126.6160500, 0},
    {"1234566", "", "通江街", NULL, NULL, 45.7762600, 126.6162500, 0},
    {"1234567", "", "通江街", "城西线12号", NULL, 45.7765000, 126.6161000, 0},
    {"1234569", "", "通江街", NULL, "1234571", 45.7767500, 126.6161500, 2},
    {"1234571", "", "通江街", NULL, NULL, 45.7770000, 126.6162000, 0},
    {"1234601", "", "霞曼街", NULL, NULL, 45.7766000, 126.6170000, 0},
    {"1234602", "", "霞曼街", "1234567", NULL, 45.7766500, 126.6174000, 0},
    {"0034501", "", "友谊路", NULL, NULL, 45.7780000, 126.6150000, 0},
    {"2334502", "", "南直路", NULL, NULL, 45.7712345, 126.6412345, 0},
    {"2334504", "", "南直路", NULL, NULL, 45.7715000, 126.6412500, 0},
    {"10101", "宾县", "迎宾路", NULL, NULL, 45.7590000, 127.4860000, 0},
    {"10103", "宾县", "迎宾路", NULL, NULL, 45.7592500, 127.4860000, 1},
    {"10101", "巴彦", "人民大街", NULL, NULL, 46.0860000, 127.4030000, 0},
    {"20202", "巴彦", "人民大街", NULL, NULL, 46.0870000, 127.4030000, 0},
};

static void add_poles(pole_builder *builder)
{
    for (size_t i = 0; i < sizeof poles / sizeof *poles; i++) {
        const sample_pole *pole = poles + i;
        pole_error error;
        pole_record record = {.struct_size = sizeof record};
        record.at.lat_deg = pole->lat_deg;
        record.at.lon_deg = pole->lon_deg;
        record.scope = span_of(pole->scope);
        record.street = span_of(pole->street);
        record.district = span_of(*pole->scope ? "" : "道里区");
        record.state = pole->state;
        record.surveyed_days = pole->state ? 14060 : POLE_NO_DATE;
        if (pole->alias) {
            record.alias = span_of(pole->alias);
            record.alias_owner = span_of("电力");
        }
        if (pole->successor)
            record.successor = span_of(pole->successor);
        ck_assert_msg(pole_builder_add_pole(builder, span_of(pole->code), &record, &error) ==
                          POLE_OK,
                      "%s: %s", pole->code, error.message);
    }
}

static void add_station(pole_builder *builder, const char *id, const char *name, const char *kind,
                        double lat_deg, double lon_deg)
{
    pole_error error;
    pole_station station = {.struct_size = sizeof station};
    station.id = span_of(id);
    station.name = span_of(name);
    station.kind = span_of(kind);
    station.phone = span_of("0451-555012");
    station.at.lat_deg = lat_deg;
    station.at.lon_deg = lon_deg;
    if (strcmp(kind, "police") == 0)
        station.prefix = span_of(id);
    ck_assert_msg(pole_builder_add_station(builder, &station, &error) == POLE_OK, "%s",
                  error.message);
}

static void add_area(pole_builder *builder, const char *id, double south, double west, double north,
                     double east)
{
    const pole_point ring[] = {{south, west}, {south, east}, {north, east}, {north, west}};
    const size_t sizes[] = {4};
    pole_error error;
    ck_assert_msg(pole_builder_add_area(builder, span_of(id), ring, sizes, 1, &error) == POLE_OK,
                  "%s", error.message);
}

byte_block small_city_bytes(int is_sample)
{
    pole_build_options options;
    pole_builder *builder = NULL;
    pole_error error;
    byte_block block = {NULL, 0, 0};
    pole_build_options_init(&options);
    options.scheme = "district:1,station:2,street:2,pole:2;*/station:1,street:2,pole:2";
    options.is_sample = (uint32_t)is_sample;
    options.source_date_epoch_s = 1214784000;
    options.name = "small city";
    ck_assert_msg(pole_builder_new(&options, &builder, &error) == POLE_OK, "%s", error.message);
    add_poles(builder);
    add_station(builder, "123", "通江派出所", "police", 45.7720, 126.6200);
    add_station(builder, "233", "南直派出所", "police", 45.7690, 126.6500);
    add_station(builder, "F1", "道里消防站", "fire", 45.7750, 126.6180);
    /* The border runs through 通江街: 1234571 lies in the area of 233. */
    add_area(builder, "123", 45.7700, 126.6100, 45.7768, 126.6300);
    add_area(builder, "233", 45.7768, 126.6100, 45.7790, 126.6300);
    const pole_sink sink = byte_block_sink(&block);
    ck_assert_msg(pole_builder_finish_to(builder, &sink, NULL, &error) == POLE_OK, "%s",
                  error.message);
    pole_builder_free(builder);
    return block;
}

pole_index *small_city_open(int is_sample)
{
    byte_block block = small_city_bytes(is_sample);
    pole_index *index = NULL;
    pole_error error;
    ck_assert_msg(pole_index_open_memory(block.bytes, block.size, NULL, &index, &error) == POLE_OK,
                  "%s", error.message);
    byte_block_free(&block);
    return index;
}

pole_resolution *resolve_text(const pole_index *index, const char *text, const char *scope)
{
    pole_heard *heard = NULL;
    pole_resolution *resolution = NULL;
    pole_hear_options hear;
    pole_resolve_options options;
    const pole_text one = {span_of(text), 1.0};
    pole_hear_options_init(&hear);
    hear.lengths = pole_index_lengths(index);
    pole_resolve_options_init(&options);
    options.limit = 10;
    if (scope)
        options.scope = span_of(scope);
    ck_assert_int_eq(pole_heard_new(NULL, &heard), POLE_OK);
    ck_assert_int_eq(pole_resolution_new(NULL, &resolution), POLE_OK);
    ck_assert_int_eq(pole_hear(&one, 1, &hear, heard), POLE_OK);
    ck_assert_int_eq(pole_resolve(index, heard, &options, resolution), POLE_OK);
    pole_heard_free(heard);
    return resolution;
}

char *json_of(const pole_resolution *resolution)
{
    size_t needed = 0;
    ck_assert_int_eq(pole_resolution_json(resolution, NULL, NULL, 0, &needed), POLE_LIMIT);
    char *text = malloc(needed);
    ck_assert_ptr_nonnull(text);
    ck_assert_int_eq(pole_resolution_json(resolution, NULL, text, needed, &needed), POLE_OK);
    return text;
}
