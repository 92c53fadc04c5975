/* SPDX-License-Identifier: MIT
 * CRC-32 (ISO 3309, as in zlib) against damage and XXH3-128 for identity. */
#ifndef BASE_CHECKSUM_H
#define BASE_CHECKSUM_H

#include <polelookup/types.h>

uint32_t pole_crc32(const void *bytes, size_t size);

/* A 128-bit name of content, and its 32 lower-case hex digits. */
typedef struct {
    uint64_t low;
    uint64_t high;
} pole_hash128;

/* Hashes in pieces: init, update ..., finish. Opaque bytes, so that the hash library's own state
 * does not show; begin with pole_hasher_new (NULL: no memory) and end with pole_hasher_free. */
typedef struct pole_hasher pole_hasher;
pole_hasher *pole_hasher_new(const pole_allocator *allocator);
void pole_hasher_update(pole_hasher *hasher, const void *bytes, size_t size);
pole_hash128 pole_hasher_value(const pole_hasher *hasher);
void pole_hasher_free(pole_hasher *hasher);

pole_hash128 pole_hash(const void *bytes, size_t size);
void pole_hash_to_text(pole_hash128 hash, char out[33]);

#endif
