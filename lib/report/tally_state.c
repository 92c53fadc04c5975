/* SPDX-License-Identifier: MIT
 * A tally as bytes, for a run that was broken off.
 *
 * "POLETALY", u32 version, u32 CRC-32 of all that follows; the index's id (32 bytes), u32 poles,
 * u32 stations (both 0 without a report), u32 flags, u32 values; the sums, the values' two sums and
 * the calls by station as u64; the calls by pole as u32; then each value: 32 bytes of text, u64
 * rows. Little-endian. */
#include "base/bytes.h"
#include "base/checksum.h"
#include "base/status.h"
#include "report/tally.h"

#define VERSION 1u
#define HEAD_BYTES 16u
#define ID_BYTES 32u
#define FIXED_BYTES (HEAD_BYTES + ID_BYTES + 16u)
#define VALUE_BYTES 40u
#define SUMS (sizeof(pole_tally_sums) / sizeof(uint64_t))

static const char magic[] = "POLETALY";

enum { HAS_REPORT = 1, HAS_TIMES = 2 };

static pole_status get_id(const pole_tally *tally, uint8_t id[ID_BYTES])
{
    pole_info info = {.struct_size = sizeof info};
    const pole_status status = pole_index_info(tally->index, &info);
    memcpy(id, info.id, ID_BYTES);
    return status;
}

void pole_tally_save(const pole_tally *tally, pole_buffer *out)
{
    const size_t start = out->size;
    uint8_t id[ID_BYTES];
    if (get_id(tally, id) != POLE_OK)
        out->failed = true;
    pole_buffer_append(out, magic, 8);
    pole_buffer_append_u32(out, VERSION);
    pole_buffer_append_u32(out, 0);
    pole_buffer_append(out, id, ID_BYTES);
    pole_buffer_append_u32(out, tally->poles);
    pole_buffer_append_u32(out, tally->stations);
    pole_buffer_append_u32(out, (tally->has_report ? HAS_REPORT : 0u) |
                                    (tally->has_times ? HAS_TIMES : 0u));
    pole_buffer_append_u32(out, tally->values.count);
    uint64_t sums[SUMS];
    memcpy(sums, &tally->sums, sizeof sums);
    for (size_t i = 0; i < SUMS; i++)
        pole_buffer_append_u64(out, sums[i]);
    pole_buffer_append_u64(out, tally->values.other_rows);
    pole_buffer_append_u64(out, tally->values.not_codes);
    for (uint32_t i = 0; i < tally->stations; i++)
        pole_buffer_append_u64(out, tally->station_calls[i]);
    for (uint32_t i = 0; i < tally->poles; i++)
        pole_buffer_append_u32(out, tally->pole_calls[i]);
    for (uint32_t i = 0; i < tally->values.count; i++) {
        pole_buffer_append(out, tally->values.entries[i].text, 32);
        pole_buffer_append_u64(out, tally->values.entries[i].rows);
    }
    if (!out->failed)
        pole_store_u32(out->bytes + start + 12,
                       pole_crc32(out->bytes + start + HEAD_BYTES, out->size - start - HEAD_BYTES));
}

/* That the bytes are a whole tally of this index. */
static pole_status check(const pole_tally *tally, const uint8_t *bytes, size_t size,
                         pole_error *error)
{
    if (size < FIXED_BYTES || memcmp(bytes, magic, 8) != 0)
        return pole_fail(error, POLE_DAMAGED, "not the counts of a run");
    if (pole_load_u32(bytes + 8) != VERSION)
        return pole_fail(error, POLE_NEWER_FORMAT, "counts of a run in another version, %u",
                         (unsigned)pole_load_u32(bytes + 8));
    if (pole_crc32(bytes + HEAD_BYTES, size - HEAD_BYTES) != pole_load_u32(bytes + 12))
        return pole_fail(error, POLE_DAMAGED, "the counts of a run have changed since");
    uint8_t id[ID_BYTES];
    const pole_status status = get_id(tally, id);
    if (status != POLE_OK)
        return status;
    if (memcmp(id, bytes + HEAD_BYTES, ID_BYTES) != 0)
        return pole_fail(error, POLE_REFUSED, "the run was begun with another index");
    const uint8_t *counts = bytes + HEAD_BYTES + ID_BYTES;
    const bool has_report = (pole_load_u32(counts + 8) & HAS_REPORT) != 0;
    if (has_report != tally->has_report)
        return pole_fail(error, POLE_REFUSED, "the run was begun %s a report",
                         has_report ? "with" : "without");
    const uint32_t poles = pole_load_u32(counts), stations = pole_load_u32(counts + 4);
    const uint32_t values = pole_load_u32(counts + 12);
    const uint64_t needed = FIXED_BYTES + 8 * ((uint64_t)SUMS + 2 + stations) +
                            4 * (uint64_t)poles + VALUE_BYTES * (uint64_t)values;
    if (poles != tally->poles || stations != tally->stations || values > POLE_VALUES_MAX ||
        size != needed)
        return pole_fail(error, POLE_DAMAGED, "the counts of a run do not fit together");
    return POLE_OK;
}

static bool load_values(pole_values *values, const uint8_t *p, uint32_t count,
                        const pole_allocator *allocator)
{
    for (uint32_t i = 0; i < count; i++, p += VALUE_BYTES) {
        char text[32];
        memcpy(text, p, 32);
        text[31] = '\0';
        if (!pole_values_count(values, text, pole_load_u64(p + 32), allocator))
            return false;
    }
    return true;
}

pole_status pole_tally_load(pole_tally *tally, const uint8_t *bytes, size_t size, pole_error *error)
{
    const pole_status status = check(tally, bytes, size, error);
    if (status != POLE_OK)
        return status;
    const uint8_t *counts = bytes + HEAD_BYTES + ID_BYTES;
    const uint8_t *sums = bytes + FIXED_BYTES;
    const uint8_t *stations = sums + 8 * (SUMS + 2);
    const uint8_t *poles = stations + 8 * (size_t)tally->stations;
    if (!load_values(&tally->values, poles + 4 * (size_t)tally->poles, pole_load_u32(counts + 12),
                     &tally->allocator)) {
        pole_values_free(&tally->values, &tally->allocator);
        return pole_fail(error, POLE_NO_MEMORY, "no memory for the counts of a run");
    }
    uint64_t loaded[SUMS] = {0};
    for (size_t i = 0; i < SUMS; i++)
        loaded[i] = pole_load_u64(sums + 8 * i);
    memcpy(&tally->sums, loaded, sizeof loaded);
    tally->values.other_rows = pole_load_u64(sums + 8 * SUMS);
    tally->values.not_codes = pole_load_u64(sums + 8 * SUMS + 8);
    tally->has_times = (pole_load_u32(counts + 8) & HAS_TIMES) != 0;
    for (uint32_t i = 0; i < tally->stations; i++)
        tally->station_calls[i] = pole_load_u64(stations + 8 * (size_t)i);
    for (uint32_t i = 0; i < tally->poles; i++)
        tally->pole_calls[i] = pole_load_u32(poles + 4 * (size_t)i);
    return POLE_OK;
}
