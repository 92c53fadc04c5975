/* SPDX-License-Identifier: MIT
 * See arrow_in.h. Formats and buffers: "The Arrow C data interface" and "Arrow Columnar Format". */
#include "arrow/arrow_in.h"

#include "base/decimal.h"

static bool storage_of(const char *format, pole_arrow_storage *storage)
{
    static const struct {
        const char *format;
        pole_arrow_storage storage;
    } known[] = {
        {"n", {POLE_ARROW_NULLS, 0}},  {"u", {POLE_ARROW_TEXT, 4}},
        {"U", {POLE_ARROW_TEXT, 8}},   {"vu", {POLE_ARROW_VIEWS, 16}},
        {"c", {POLE_ARROW_SIGNED, 1}}, {"C", {POLE_ARROW_UNSIGNED, 1}},
        {"s", {POLE_ARROW_SIGNED, 2}}, {"S", {POLE_ARROW_UNSIGNED, 2}},
        {"i", {POLE_ARROW_SIGNED, 4}}, {"I", {POLE_ARROW_UNSIGNED, 4}},
        {"l", {POLE_ARROW_SIGNED, 8}}, {"L", {POLE_ARROW_UNSIGNED, 8}},
        {"f", {POLE_ARROW_REAL, 4}},   {"g", {POLE_ARROW_REAL, 8}},
    };
    for (size_t i = 0; format && i < sizeof known / sizeof *known; i++) {
        if (strcmp(format, known[i].format) == 0) {
            *storage = known[i].storage;
            return true;
        }
    }
    return false;
}

bool pole_arrow_type_of(const struct ArrowSchema *schema, bool real, pole_arrow_type *type)
{
    memset(type, 0, sizeof *type);
    type->has_dictionary = schema->dictionary != NULL;
    if (type->has_dictionary) {
        if (!storage_of(schema->format, &type->index) ||
            (type->index.kind != POLE_ARROW_SIGNED && type->index.kind != POLE_ARROW_UNSIGNED) ||
            schema->dictionary->dictionary != NULL)
            return false;
        schema = schema->dictionary;
    }
    return storage_of(schema->format, &type->cells) &&
           (real || type->cells.kind != POLE_ARROW_REAL);
}

static bool lane_of(const struct ArrowArray *array, pole_arrow_storage storage,
                    pole_arrow_lane *lane)
{
    static const int64_t buffers[] = {
        [POLE_ARROW_NULLS] = 0,  [POLE_ARROW_TEXT] = 3,     [POLE_ARROW_VIEWS] = 3,
        [POLE_ARROW_SIGNED] = 2, [POLE_ARROW_UNSIGNED] = 2, [POLE_ARROW_REAL] = 2};
    const int64_t needed = buffers[storage.kind];
    memset(lane, 0, sizeof *lane);
    lane->storage = storage;
    lane->offset = array->offset;
    lane->length = array->length;
    if (array->length < 0 || array->offset < 0 || array->offset > INT64_MAX / 32 - array->length ||
        (storage.kind == POLE_ARROW_VIEWS ? array->n_buffers < needed : array->n_buffers != needed))
        return false;
    if (needed == 0)
        return true;
    if (array->buffers == NULL)
        return false;
    lane->validity = array->null_count == 0 ? NULL : array->buffers[0];
    lane->values = array->buffers[1];
    if (storage.kind == POLE_ARROW_TEXT)
        lane->bytes = array->buffers[2];
    if (storage.kind == POLE_ARROW_VIEWS) {
        lane->blocks = array->buffers + 2;
        lane->block_count = array->n_buffers - 3;
        lane->block_sizes = array->buffers[array->n_buffers - 1];
    }
    return array->length == 0 || lane->values != NULL;
}

bool pole_arrow_column_of(const struct ArrowArray *array, const pole_arrow_type *type,
                          pole_arrow_column *column)
{
    memset(column, 0, sizeof *column);
    column->has_dictionary = type->has_dictionary;
    if (!type->has_dictionary)
        return lane_of(array, type->cells, &column->cells);
    return array->dictionary != NULL && array->dictionary->release != NULL &&
           lane_of(array, type->index, &column->index) &&
           lane_of(array->dictionary, type->cells, &column->cells);
}

/* Buffers need not be aligned: a slice of a file that was mapped may begin anywhere. */
static int64_t signed_at(const pole_arrow_lane *lane, int64_t i)
{
    const uint8_t *at = (const uint8_t *)lane->values + i * lane->storage.width_bytes;
    int8_t one;
    int16_t two;
    int32_t four;
    int64_t eight;
    switch (lane->storage.width_bytes) {
    case 1:
        memcpy(&one, at, sizeof one);
        return one;
    case 2:
        memcpy(&two, at, sizeof two);
        return two;
    case 4:
        memcpy(&four, at, sizeof four);
        return four;
    default:
        memcpy(&eight, at, sizeof eight);
        return eight;
    }
}

static uint64_t unsigned_at(const pole_arrow_lane *lane, int64_t i)
{
    const uint64_t extended = (uint64_t)signed_at(lane, i);
    const unsigned bits = 8U * lane->storage.width_bytes;
    return bits == 64 ? extended : extended & (((uint64_t)1 << bits) - 1);
}

static bool text_at(const pole_arrow_lane *lane, int64_t i, pole_span *cell)
{
    const int64_t begin = signed_at(lane, i);
    const int64_t end = signed_at(lane, i + 1);
    if (begin < 0 || end < begin || (end > begin && lane->bytes == NULL))
        return false;
    if (end > begin)
        *cell = (pole_span){lane->bytes + begin, (size_t)(end - begin)};
    return true;
}

/* Sixteen bytes: the length, then up to twelve bytes of text, or four of it, a block and an offset
 * therein. */
static bool view_at(const pole_arrow_lane *lane, int64_t i, pole_span *cell)
{
    const char *view = (const char *)lane->values + i * 16;
    int32_t size, block, begin;
    int64_t block_size;
    memcpy(&size, view, sizeof size);
    if (size < 0)
        return false;
    if (size <= 12) {
        if (size > 0)
            *cell = (pole_span){view + 4, (size_t)size};
        return true;
    }
    memcpy(&block, view + 8, sizeof block);
    memcpy(&begin, view + 12, sizeof begin);
    if (block < 0 || block >= lane->block_count || begin < 0 || lane->block_sizes == NULL ||
        lane->blocks[block] == NULL)
        return false;
    memcpy(&block_size, lane->block_sizes + block, sizeof block_size);
    if (begin > block_size || size > block_size - begin)
        return false;
    *cell = (pole_span){(const char *)lane->blocks[block] + begin, (size_t)size};
    return true;
}

/* Nine decimals of a degree are a tenth of a millimetre. */
static void write_real(const pole_arrow_lane *lane, int64_t i, char *number, pole_span *cell)
{
    const uint8_t *at = (const uint8_t *)lane->values + i * lane->storage.width_bytes;
    float single;
    double value;
    if (lane->storage.width_bytes == sizeof single) {
        memcpy(&single, at, sizeof single);
        value = (double)single;
    } else {
        memcpy(&value, at, sizeof value);
    }
    if (!isnan(value))
        *cell = (pole_span){number, pole_double_to_text(value, 9, number)};
}

static void write_signed(int64_t value, char *number, pole_span *cell)
{
    const size_t sign = value < 0;
    const uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    number[0] = '-';
    *cell = (pole_span){number, sign + pole_u64_to_text(size, number + sign)};
}

static bool lane_cell(const pole_arrow_lane *lane, int64_t row, char *number, pole_span *cell)
{
    const int64_t i = lane->offset + row;
    *cell = (pole_span){NULL, 0};
    if (lane->storage.kind == POLE_ARROW_NULLS || !pole_arrow_is_valid(lane->validity, i))
        return true;
    switch (lane->storage.kind) {
    case POLE_ARROW_TEXT:
        return text_at(lane, i, cell);
    case POLE_ARROW_VIEWS:
        return view_at(lane, i, cell);
    case POLE_ARROW_SIGNED:
        write_signed(signed_at(lane, i), number, cell);
        return true;
    case POLE_ARROW_UNSIGNED:
        *cell = (pole_span){number, pole_u64_to_text(unsigned_at(lane, i), number)};
        return true;
    default:
        write_real(lane, i, number, cell);
        return true;
    }
}

bool pole_arrow_cell(const pole_arrow_column *column, int64_t row, char *number, pole_span *cell)
{
    if (column->has_dictionary) {
        const pole_arrow_lane *index = &column->index;
        const int64_t i = index->offset + row;
        *cell = (pole_span){NULL, 0};
        if (!pole_arrow_is_valid(index->validity, i))
            return true;
        const bool is_signed = index->storage.kind == POLE_ARROW_SIGNED;
        if (is_signed && signed_at(index, i) < 0)
            return false;
        const uint64_t entry = is_signed ? (uint64_t)signed_at(index, i) : unsigned_at(index, i);
        if (entry >= (uint64_t)column->cells.length)
            return false;
        row = (int64_t)entry;
    }
    return lane_cell(&column->cells, row, number, cell);
}
