/* SPDX-License-Identifier: MIT
 * The codes of one scope and length: which numbers exist, and the row of each.
 *
 * Section: u32 pages, u32 rows; u32[pages] page numbers, rising; then 16 bytes a page: bit i of
 * the little-endian 128 is set when the code page * 100 + i exists (bits 100 to 127 are zero, at
 * least one is set). Rows go in order of code. A page is a street in Harbin's scheme.
 *
 * In memory a directory leads from a code to its page in two steps: `top` by the code / 10,000 to
 * a block of 100 pages, the block by the next two digits to a page. The first block and the first
 * page are empty, so that a search never branches. */
#ifndef INDEX_CODES_H
#define INDEX_CODES_H

#include "base/bytes.h"
#include "base/memory.h"
#include "index/draft.h"

/* The hot path must be inlined into functions compiled for another processor than the rest. */
#if defined(__GNUC__)
#define POLE_ALWAYS_INLINE static inline __attribute__((always_inline))
#else
#define POLE_ALWAYS_INLINE static inline
#endif

typedef struct {
    uint64_t bits[2];
    pole_row first[2]; /* row of the first code in each half */
} pole_code_page;

typedef struct {
    uint32_t limit; /* 10 to the power of digits: every number is below */
    uint32_t page_count;
    uint32_t rows;
    pole_row first_row;
    uint16_t scope;
    uint32_t *top;          /* (limit + 9999) / 10000 elements: where a block begins */
    uint32_t *blocks;       /* 100 elements a block; the first block is empty */
    pole_code_page *pages;  /* page_count + 1; page 0 is empty */
    uint32_t *page_numbers; /* of pages 1 to page_count, by place less one */
} pole_codes;

pole_status pole_codes_attach(pole_codes *codes, const uint8_t *bytes, size_t size,
                              const pole_scheme_entry *entry, const pole_allocator *allocator,
                              pole_error *error);
void pole_codes_detach(pole_codes *codes, const pole_allocator *allocator);
/* The codes of one entry of the scheme. */
void pole_codes_pack(const pole_draft_city *city, uint32_t entry, pole_buffer *out);

/* The number of a row that is among these codes. O(log pages). */
uint32_t pole_codes_number(const pole_codes *codes, pole_row row);

/* The page of a code, and the code's place in it. number must be below limit. */
POLE_ALWAYS_INLINE const pole_code_page *pole_codes_page(const pole_codes *codes, uint32_t number,
                                                         uint32_t *place)
{
    const uint32_t page = number / 100, block = page / 100;
    *place = number - page * 100;
    return codes->pages + codes->blocks[codes->top[block] + (page - block * 100)];
}

/* The row of a place in its page; POLE_NO_ROW when there is none. */
POLE_ALWAYS_INLINE pole_row pole_code_page_find(const pole_code_page *page, uint32_t place)
{
    const uint32_t half = place >> 6;
    const uint64_t bit = (uint64_t)1 << (place & 63);
    const uint64_t bits = page->bits[half];
    const pole_row row = page->first[half] + (pole_row)__builtin_popcountll(bits & (bit - 1));
    return (bits & bit) ? row : POLE_NO_ROW;
}

/* number must be below limit. */
POLE_ALWAYS_INLINE pole_row pole_codes_find(const pole_codes *codes, uint32_t number)
{
    uint32_t place;
    const pole_code_page *page = pole_codes_page(codes, number, &place);
    return pole_code_page_find(page, place);
}

/* How many codes are in [low, high), low <= high <= limit, and the row of the first. The poles of
 * a station or street are such a range. O(log pages). */
uint32_t pole_codes_range(const pole_codes *codes, uint32_t low, uint32_t high, pole_row *first);

#endif
