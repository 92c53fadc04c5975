/* SPDX-License-Identifier: MIT
 * See texts.h. Open addressing with linear probing, at most half full. */
#include "build/texts.h"

#include "base/checksum.h"
#include "build/sort.h"

#define MAX_BYTES ((size_t)1 << 30)
#define FIRST_SLOTS 1024u

static uint32_t hash_of(pole_span text)
{
    return (uint32_t)pole_hash(text.data, text.size_bytes).low;
}

pole_status pole_texts_init(pole_texts *texts, const pole_allocator *allocator)
{
    memset(texts, 0, sizeof *texts);
    texts->allocator = *allocator;
    pole_buffer_init(&texts->bytes, allocator);
    texts->slots = pole_allocate_zeroed(allocator, FIRST_SLOTS, sizeof *texts->slots);
    if (texts->slots == NULL)
        return POLE_NO_MEMORY;
    texts->slot_count = FIRST_SLOTS;
    pole_text_number empty;
    return pole_texts_add(texts, pole_span_of(""), &empty);
}

void pole_texts_free(pole_texts *texts)
{
    if (texts->allocator.release == NULL)
        return;
    pole_buffer_free(&texts->bytes);
    pole_release(&texts->allocator, texts->places);
    pole_release(&texts->allocator, texts->slots);
    memset(texts, 0, sizeof *texts);
}

pole_span pole_texts_at(const pole_texts *texts, pole_text_number number)
{
    const pole_text_place *place = texts->places + number;
    if (place->size == 0) /* there may be no byte at all yet */
        return pole_span_of("");
    return (pole_span){(const char *)texts->bytes.bytes + place->start, place->size};
}

pole_text_number pole_texts_find(const pole_texts *texts, pole_span text, uint32_t *hash)
{
    *hash = hash_of(text);
    const size_t mask = texts->slot_count - 1;
    for (size_t slot = *hash & mask; texts->slots[slot] != 0; slot = (slot + 1) & mask) {
        const pole_text_number number = texts->slots[slot] - 1;
        if (texts->places[number].hash == *hash &&
            pole_span_equal(pole_texts_at(texts, number), text))
            return number;
    }
    return POLE_NO_TEXT;
}

static void take_slot(uint32_t *slots, size_t slot_count, uint32_t hash, pole_text_number number)
{
    size_t slot = hash & (slot_count - 1);
    while (slots[slot] != 0)
        slot = (slot + 1) & (slot_count - 1);
    slots[slot] = number + 1;
}

static bool grow_slots(pole_texts *texts)
{
    const size_t wanted = texts->slot_count * 2;
    uint32_t *slots = pole_allocate_zeroed(&texts->allocator, wanted, sizeof *slots);
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < texts->count; i++)
        take_slot(slots, wanted, texts->places[i].hash, (pole_text_number)i);
    pole_release(&texts->allocator, texts->slots);
    texts->slots = slots;
    texts->slot_count = wanted;
    return true;
}

pole_status pole_texts_insert(pole_texts *texts, pole_span text, uint32_t hash,
                              pole_text_number *number)
{
    if (text.size_bytes > MAX_BYTES - texts->bytes.size || texts->count >= MAX_BYTES)
        return POLE_LIMIT;
    if (2 * (texts->count + 1) > texts->slot_count && !grow_slots(texts))
        return POLE_NO_MEMORY;
    if (!pole_grow_array(&texts->allocator, (void **)&texts->places, &texts->capacity,
                         texts->count + 1, sizeof *texts->places))
        return POLE_NO_MEMORY;
    const uint32_t start = (uint32_t)texts->bytes.size;
    if (text.size_bytes > 0)
        pole_buffer_append(&texts->bytes, text.data, text.size_bytes);
    if (texts->bytes.failed)
        return POLE_NO_MEMORY;
    *number = (pole_text_number)texts->count;
    texts->places[texts->count++] = (pole_text_place){start, (uint32_t)text.size_bytes, hash};
    take_slot(texts->slots, texts->slot_count, hash, *number);
    return POLE_OK;
}

pole_status pole_texts_add(pole_texts *texts, pole_span text, pole_text_number *number)
{
    uint32_t hash;
    *number = pole_texts_find(texts, text, &hash);
    return *number != POLE_NO_TEXT ? POLE_OK : pole_texts_insert(texts, text, hash, number);
}

static int compare_texts(const void *context, uint32_t a, uint32_t b)
{
    const pole_texts *texts = context;
    return pole_span_compare(pole_texts_at(texts, a), pole_texts_at(texts, b));
}

pole_status pole_texts_sort(const pole_texts *texts, const uint8_t *used, pole_span **sorted,
                            uint32_t *sorted_count, pole_text_number **new_number)
{
    *sorted = NULL;
    *new_number = NULL;
    *sorted_count = 0;
    uint32_t *order = pole_allocate_array(&texts->allocator, texts->count, sizeof *order);
    pole_span *spans = pole_allocate_array(&texts->allocator, texts->count, sizeof *spans);
    pole_text_number *map = pole_allocate_zeroed(&texts->allocator, texts->count, sizeof *map);
    pole_status status = order && spans && map ? POLE_OK : POLE_NO_MEMORY;
    uint32_t count = 0;
    if (status == POLE_OK) {
        for (uint32_t i = 0; i < texts->count; i++)
            if (i == 0 || used[i])
                order[count++] = i;
        status = pole_sort_numbers(order, count, compare_texts, texts, &texts->allocator);
    }
    if (status == POLE_OK) {
        for (uint32_t i = 0; i < count; i++) {
            spans[i] = pole_texts_at(texts, order[i]);
            map[order[i]] = i;
        }
        *sorted = spans;
        *sorted_count = count;
        *new_number = map;
    } else {
        pole_release(&texts->allocator, spans);
        pole_release(&texts->allocator, map);
    }
    pole_release(&texts->allocator, order);
    return status;
}
