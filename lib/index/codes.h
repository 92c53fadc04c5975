/* SPDX-License-Identifier: MIT
 * The codes of one scope and length: which numbers exist, and the row of each.
 *
 * Section: u32 pages, u32 rows; u32[pages] page numbers, rising; then 16 bytes a page: bit i of
 * the little-endian 128 is set when the code page * 100 + i exists (bits 100 to 127 are zero, at
 * least one is set). Rows go in order of code. A page is a street in Harbin's scheme.
 *
 * In memory a directory leads from a page's number to the page in two steps: `top` by the number /
 * 128 to a block, the block by the rest to a page. The first block and the first page are empty, so
 * that a search never branches. (Blocks of 100, which would be a station's streets, cost a division
 * more, which is a tenth of a search; bitmaps of pages in the place of blocks a fifth.)
 *
 * A tree of digits stands over the pages, for walks that follow many misheard codes at once. */
#ifndef INDEX_CODES_H
#define INDEX_CODES_H

#include "base/bytes.h"
#include "base/memory.h"
#include "index/draft.h"

typedef struct {
    uint64_t bits[2];
    pole_row first[2]; /* row of the first code in each half */
} pole_code_page;

#define POLE_PAGE_CODES 100
#define POLE_BLOCK_PAGES 128

typedef struct {
    uint32_t limit; /* 10 to the power of digits: every number is below */
    uint32_t page_count;
    uint32_t rows;
    pole_row first_row;
    uint16_t scope;
    uint32_t *top;          /* where a block begins; limit / 100 / 128 + 1 elements */
    uint32_t *blocks;       /* 128 elements a block */
    pole_code_page *pages;  /* page_count + 1 */
    uint32_t *page_numbers; /* of pages 1 to page_count, by place less one */
    uint16_t *nexts;        /* see pole_codes_next() */
    uint8_t digits;
} pole_codes;

pole_status pole_codes_attach(pole_codes *codes, const uint8_t *bytes, size_t size,
                              const pole_scheme_entry *entry, const pole_allocator *allocator,
                              pole_error *error);
void pole_codes_detach(pole_codes *codes, const pole_allocator *allocator);
/* The codes of one entry of the scheme. */
void pole_codes_pack(const pole_draft_city *city, uint32_t entry, pole_buffer *out);

/* The number of a row that is among these codes. O(log pages). */
uint32_t pole_codes_number(const pole_codes *codes, pole_row row);

/* The page of the codes from 100 * number; the empty one when there are none. number: at most
 * limit / 100. */
POLE_ALWAYS_INLINE const pole_code_page *pole_codes_page(const pole_codes *codes, uint32_t number)
{
    const uint32_t block = codes->top[number / POLE_BLOCK_PAGES];
    return codes->pages + codes->blocks[block + number % POLE_BLOCK_PAGES];
}

/* Whether a place of the page, 0 to 99, is a code; if so, its row. */
POLE_ALWAYS_INLINE bool pole_code_page_find(const pole_code_page *page, uint32_t place,
                                            pole_row *row)
{
    const uint32_t half = place >> 6;
    const uint64_t bit = (uint64_t)1 << (place & 63);
    const uint64_t bits = page->bits[half];
    *row = page->first[half] + (pole_row)__builtin_popcountll(bits & (bit - 1));
    return (bits & bit) != 0;
}

/* Whether a code exists; if so, its row. number: at most limit. */
POLE_ALWAYS_INLINE bool pole_codes_find(const pole_codes *codes, uint32_t number, pole_row *row)
{
    const uint32_t page = number / POLE_PAGE_CODES, place = number - page * POLE_PAGE_CODES;
    return pole_code_page_find(pole_codes_page(codes, page), place, row);
}

/* Levels of the tree of digits that are kept; below, every digit is taken for possible until the
 * page is reached, so that nine digits do not cost megabytes. */
#define POLE_CODES_LEVELS 6

/* Which digits can follow the first `count` of a code, whose number is prefix: bit d for digit d.
 * count + 2 < digits: for the last two, the page says it. */
POLE_ALWAYS_INLINE uint32_t pole_codes_next(const pole_codes *codes, uint32_t count,
                                            uint32_t prefix)
{
    static const uint32_t firsts[POLE_CODES_LEVELS] = {0, 1, 11, 111, 1111, 11111};
    return count < POLE_CODES_LEVELS ? codes->nexts[firsts[count] + prefix] : 0x3FF;
}

/* The places 10 * row to 10 * row + 9 of a page, as ten bits. row: 0 to 9. */
POLE_ALWAYS_INLINE uint32_t pole_code_page_row(const pole_code_page *page, uint32_t row)
{
    const uint32_t first = 10 * row;
    if (first >= 64)
        return (uint32_t)(page->bits[1] >> (first - 64)) & 0x3FF;
    const uint64_t low = page->bits[0] >> first;
    return (uint32_t)(first > 54 ? low | page->bits[1] << (64 - first) : low) & 0x3FF;
}

/* How many codes are in [low, high), low <= high <= limit, and the row of the first. The poles of
 * a station or street are such a range. O(log pages). */
uint32_t pole_codes_range(const pole_codes *codes, uint32_t low, uint32_t high, pole_row *first);

#endif
