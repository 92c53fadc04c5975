/* SPDX-License-Identifier: MIT
 *
 * The content id: its canonical stream and its bytes, which writer and reader share. */
#include "plx/layout.h"

#include "base/bytes.h"

void pole_plx_id_begin(pole_hasher *hasher, bool sample)
{
    uint8_t bytes[4];
    pole_store_u32(bytes, sample ? 1 : 0);
    pole_hasher_update(hasher, bytes, sizeof bytes);
}

void pole_plx_id_add(pole_hasher *hasher, const pole_section *section)
{
    if ((section->flags & POLE_PLX_COUNTED) == 0)
        return;
    uint8_t head[16] = {0};
    pole_store_u16(head, section->kind);
    pole_store_u16(head + 2, section->instance);
    pole_store_u16(head + 4, section->version);
    pole_store_u64(head + 8, section->size);
    pole_hasher_update(hasher, head, sizeof head);
    pole_hasher_update(hasher, section->bytes, section->size);
}

void pole_plx_store_id(uint8_t *bytes, pole_hash128 id)
{
    for (unsigned i = 0; i < 8; i++) {
        bytes[i] = (uint8_t)(id.high >> (56 - 8 * i));
        bytes[8 + i] = (uint8_t)(id.low >> (56 - 8 * i));
    }
}

pole_hash128 pole_plx_load_id(const uint8_t *bytes)
{
    pole_hash128 id = {0, 0};
    for (unsigned i = 0; i < 8; i++) {
        id.high = id.high << 8 | bytes[i];
        id.low = id.low << 8 | bytes[8 + i];
    }
    return id;
}
