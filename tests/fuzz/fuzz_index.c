/* SPDX-License-Identifier: MIT
 *
 * Any bytes as an index file. Checksums would turn all but the unchanged file away, so they and
 * the places of the sections are made right first: what is left to find are contents that a
 * malicious or mistaken writer could give. An index that opens must answer every query. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <polelookup/polelookup.h>

#include "base/bytes.h"
#include "plx/layout.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define ROOM 65536
#define MOST_ROWS 64

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void repair_sections(uint8_t *file, size_t size, uint32_t count)
{
    size_t end = POLE_PLX_HEADER_SIZE + (size_t)count * POLE_PLX_ENTRY_SIZE;
    for (uint32_t i = 0; i < count; i++) {
        uint8_t *entry = file + POLE_PLX_HEADER_SIZE + (size_t)i * POLE_PLX_ENTRY_SIZE;
        size_t offset = (size_t)pole_plx_align(end);
        if (offset > size)
            return;
        size_t length = size - offset;
        if (i + 1 < count && pole_load_u64(entry + POLE_PLX_AT_SIZE) < length)
            length = (size_t)pole_load_u64(entry + POLE_PLX_AT_SIZE);
        memset(file + end, 0, offset - end);
        pole_store_u16(entry + POLE_PLX_AT_VERSION, 1);
        pole_store_u16(entry + POLE_PLX_AT_SECTION_FLAGS,
                       pole_load_u16(entry + POLE_PLX_AT_SECTION_FLAGS) & 3);
        pole_store_u64(entry + POLE_PLX_AT_OFFSET, offset);
        pole_store_u64(entry + POLE_PLX_AT_SIZE, length);
        pole_store_u32(entry + POLE_PLX_AT_CRC, pole_crc32(file + offset, length));
        pole_store_u32(entry + POLE_PLX_AT_ENTRY_ZEROS, 0);
        end = offset + length;
    }
}

static void repair(uint8_t *file, size_t size)
{
    if (size < POLE_PLX_HEADER_SIZE + POLE_PLX_ENTRY_SIZE)
        return;
    uint32_t count = pole_load_u32(file + POLE_PLX_AT_SECTION_COUNT) & 31;
    if (count > (size - POLE_PLX_HEADER_SIZE) / POLE_PLX_ENTRY_SIZE)
        count = 1;
    memcpy(file, POLE_PLX_MAGIC, POLE_PLX_MAGIC_SIZE);
    pole_store_u16(file + POLE_PLX_AT_MAJOR, POLE_PLX_MAJOR);
    pole_store_u32(file + POLE_PLX_AT_FLAGS, pole_load_u32(file + POLE_PLX_AT_FLAGS) & 1);
    pole_store_u64(file + POLE_PLX_AT_FILE_SIZE, size);
    pole_store_u64(file + POLE_PLX_AT_TABLE_OFFSET, POLE_PLX_HEADER_SIZE);
    pole_store_u32(file + POLE_PLX_AT_SECTION_COUNT, count);
    memset(file + POLE_PLX_AT_HEADER_ZEROS, 0, POLE_PLX_AT_HEADER_CRC - POLE_PLX_AT_HEADER_ZEROS);
    repair_sections(file, size, count);
    pole_store_u32(file + POLE_PLX_AT_TABLE_CRC,
                   pole_crc32(file + POLE_PLX_HEADER_SIZE, (size_t)count * POLE_PLX_ENTRY_SIZE));
    pole_store_u32(file + POLE_PLX_AT_HEADER_CRC, pole_crc32(file, POLE_PLX_AT_HEADER_CRC));
}

static void ask_about(const pole_index *index, pole_row row, pole_resolution *answer, char *text)
{
    pole_record record = {.struct_size = sizeof record};
    pole_row found[4], same;
    pole_hit near[8];
    pole_station_hit stations[4];
    pole_area_edge edge;
    size_t count = 0;
    must(pole_index_record(index, row, &record) == POLE_OK);
    must(isfinite(record.at.lat_deg) && fabs(record.at.lat_deg) <= 90);
    must(isfinite(record.at.lon_deg) && fabs(record.at.lon_deg) <= 180);
    must(pole_index_find(index, record.code, &same) == POLE_OK && same == row);
    must(pole_code_format(index, record.code, 1, text, ROOM, &count) == POLE_OK);
    must(pole_nearest(index, record.at, 8, INFINITY, near, &count) == POLE_OK && count > 0);
    must(pole_stations_of(index, row, POLE_ROLE_ALL, stations, 4, &count) == POLE_OK);
    must(pole_area_edge_at(index, record.at, 100, &edge) == POLE_OK);
    must(pole_describe(index, row, NULL, answer) == POLE_OK);
    must(pole_resolution_json(answer, NULL, text, ROOM, &count) == POLE_OK || count > ROOM);
    (void)pole_index_find_alias(index, record.alias, found, 4, &count);
}

static void ask_everything(const pole_index *index)
{
    static char text[ROOM];
    static pole_row rows[MOST_ROWS];
    pole_info info = {.struct_size = sizeof info};
    pole_resolution *answer = NULL;
    size_t count = 0;
    must(pole_index_info(index, &info) == POLE_OK);
    must(pole_resolution_new(NULL, &answer) == POLE_OK);
    for (pole_row row = 0; row < info.poles && row < MOST_ROWS; row++)
        ask_about(index, row, answer, text);
    if (info.poles > MOST_ROWS)
        ask_about(index, info.poles - 1, answer, text);
    for (pole_station_number i = 0; i < info.stations && i < MOST_ROWS; i++) {
        pole_station station = {.struct_size = sizeof station};
        must(pole_index_station(index, i, &station) == POLE_OK);
    }
    const pole_box everywhere = {-90, -180, 90, 180};
    const pole_status status = pole_within_box(index, &everywhere, rows, MOST_ROWS, &count);
    must(count == info.poles && (status == POLE_OK || status == POLE_LIMIT));
    must(pole_info_json(index, text, ROOM, &count) == POLE_OK || count > ROOM);
    (void)pole_index_verify(index, NULL);
    pole_resolution_free(answer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *file = malloc(size + 1);
    if (file == NULL)
        return 0;
    memcpy(file, data, size);
    repair(file, size);
    pole_index *index = NULL;
    pole_error error;
    const pole_status status = pole_index_open_memory(file, size, NULL, &index, &error);
    must((status == POLE_OK) == (index != NULL));
    if (index != NULL)
        ask_everything(index);
    pole_index_close(index);
    free(file);
    return 0;
}
