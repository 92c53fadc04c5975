/* SPDX-License-Identifier: MIT
 * Little-endian loads and stores from unaligned bytes, checked sums, bit counts. */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* A hot path must be inlined into functions compiled for another processor than the rest, and
 * where the compiler would not think it worth while. */
#if defined(__GNUC__)
#define POLE_ALWAYS_INLINE static inline __attribute__((always_inline))
#define POLE_NEVER_INLINE __attribute__((noinline))
#else
#define POLE_ALWAYS_INLINE static inline
#define POLE_NEVER_INLINE
#endif

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define POLE_LE16(x) __builtin_bswap16(x)
#define POLE_LE32(x) __builtin_bswap32(x)
#define POLE_LE64(x) __builtin_bswap64(x)
#else
#define POLE_LE16(x) (x)
#define POLE_LE32(x) (x)
#define POLE_LE64(x) (x)
#endif

static inline uint16_t pole_load_u16(const uint8_t *p)
{
    uint16_t v;
    memcpy(&v, p, sizeof v);
    return POLE_LE16(v);
}
static inline uint32_t pole_load_u32(const uint8_t *p)
{
    uint32_t v;
    memcpy(&v, p, sizeof v);
    return POLE_LE32(v);
}
static inline uint64_t pole_load_u64(const uint8_t *p)
{
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return POLE_LE64(v);
}
static inline int32_t pole_load_i32(const uint8_t *p)
{
    return (int32_t)pole_load_u32(p);
}
static inline void pole_store_u16(uint8_t *p, uint16_t v)
{
    v = POLE_LE16(v);
    memcpy(p, &v, sizeof v);
}
static inline void pole_store_u32(uint8_t *p, uint32_t v)
{
    v = POLE_LE32(v);
    memcpy(p, &v, sizeof v);
}
static inline void pole_store_u64(uint8_t *p, uint64_t v)
{
    v = POLE_LE64(v);
    memcpy(p, &v, sizeof v);
}

/* a * b, false on overflow. */
static inline bool pole_multiply_size(size_t a, size_t b, size_t *product)
{
    return !__builtin_mul_overflow(a, b, product);
}

#endif
