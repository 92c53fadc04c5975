/* SPDX-License-Identifier: MIT
 * See codes.h. */
#include "index/codes.h"

#include "base/run_search.h"
#include "index/room.h"

#define PAGE_CODES POLE_PAGE_CODES
#define BLOCK_PAGES POLE_BLOCK_PAGES

static pole_status damaged(pole_error *error, const char *what)
{
    return pole_section_damaged(error, "codes", what);
}

static uint32_t power_of_ten(uint8_t digits)
{
    uint32_t power = 1;
    while (digits-- > 0)
        power *= 10;
    return power;
}

/* The levels of the tree of digits: each but the last two digits has one. */
static uint32_t count_levels(uint8_t digits)
{
    const uint32_t levels = digits > 2 ? digits - 2u : 0;
    return levels < POLE_CODES_LEVELS ? levels : POLE_CODES_LEVELS;
}

/* A page's number has digits - 2 digits; each is marked below those before it. */
static void mark_page(pole_codes *codes, uint32_t number)
{
    uint32_t first = 0, width = 1, divisor = codes->limit / PAGE_CODES / 10;
    for (uint32_t level = count_levels(codes->digits); level > 0; level--) {
        codes->nexts[first + number / divisor / 10] |= (uint16_t)(1u << (number / divisor % 10));
        first += width;
        width *= 10;
        divisor /= 10;
    }
}

/* The blocks that live pages lie in; page numbers are known to rise. */
static uint32_t count_blocks(const uint8_t *numbers, uint32_t pages)
{
    uint32_t blocks = 0, last = UINT32_MAX;
    for (uint32_t i = 0; i < pages; i++) {
        const uint32_t block = pole_load_u32(numbers + 4 * (size_t)i) / BLOCK_PAGES;
        blocks += block != last;
        last = block;
    }
    return blocks;
}

static bool numbers_rise(const uint8_t *numbers, uint32_t pages, uint32_t limit)
{
    for (uint32_t i = 0; i < pages; i++) {
        const uint32_t number = pole_load_u32(numbers + 4 * (size_t)i);
        if (number > (limit - 1) / PAGE_CODES ||
            (i > 0 && number <= pole_load_u32(numbers + 4 * (size_t)i - 4)))
            return false;
    }
    return true;
}

static bool allocate(pole_codes *codes, uint32_t blocks, const pole_allocator *allocator)
{
    const size_t tops = codes->limit / PAGE_CODES / BLOCK_PAGES + 1;
    codes->top = pole_allocate_zeroed(allocator, tops, sizeof *codes->top);
    codes->blocks =
        pole_allocate_zeroed(allocator, ((size_t)blocks + 1) * BLOCK_PAGES, sizeof *codes->blocks);
    codes->pages =
        pole_allocate_zeroed(allocator, (size_t)codes->page_count + 1, sizeof *codes->pages);
    codes->page_numbers =
        pole_allocate_array(allocator, codes->page_count, sizeof *codes->page_numbers);
    size_t nodes = 0;
    for (uint32_t level = count_levels(codes->digits); level > 0; level--)
        nodes = 10 * nodes + 1;
    codes->nexts = pole_allocate_zeroed(allocator, nodes, sizeof *codes->nexts);
    return codes->top && codes->blocks && codes->pages && codes->page_numbers && codes->nexts;
}

/* Fills the directory. False when a page is empty, too full, or the rows do not add up. */
static bool spread_out(pole_codes *codes, const uint8_t *numbers, const uint8_t *bitmaps)
{
    uint32_t block = 0;
    pole_row row = codes->first_row;
    for (uint32_t i = 0; i < codes->page_count; i++) {
        const uint32_t number = pole_load_u32(numbers + 4 * (size_t)i);
        pole_code_page *page = codes->pages + i + 1;
        page->bits[0] = pole_load_u64(bitmaps + 16 * (size_t)i);
        page->bits[1] = pole_load_u64(bitmaps + 16 * (size_t)i + 8);
        const uint32_t low = (uint32_t)__builtin_popcountll(page->bits[0]);
        const uint32_t high = (uint32_t)__builtin_popcountll(page->bits[1]);
        const uint64_t highest_place = codes->limit < PAGE_CODES ? codes->limit : PAGE_CODES;
        if (low + high == 0 || low + high > codes->first_row + codes->rows - row ||
            (highest_place > 64 ? page->bits[1] >> (highest_place - 64) : page->bits[1]) != 0 ||
            (highest_place < 64 && page->bits[0] >> highest_place != 0))
            return false;
        page->first[0] = row;
        page->first[1] = row + low;
        row += low + high;
        codes->page_numbers[i] = number;
        uint32_t *top = codes->top + number / BLOCK_PAGES;
        if (*top == 0)
            *top = ++block * BLOCK_PAGES;
        codes->blocks[*top + number % BLOCK_PAGES] = i + 1;
        mark_page(codes, number);
    }
    return row == codes->first_row + codes->rows;
}

pole_status pole_codes_attach(pole_codes *codes, const uint8_t *bytes, size_t size,
                              const pole_scheme_entry *entry, const pole_allocator *allocator,
                              pole_error *error)
{
    memset(codes, 0, sizeof *codes);
    pole_section_reader reader = pole_section_begin(bytes, size);
    codes->page_count = pole_section_u32(&reader);
    codes->rows = pole_section_u32(&reader);
    const uint8_t *numbers = pole_section_take(&reader, codes->page_count, 4);
    const uint8_t *bitmaps = pole_section_take(&reader, codes->page_count, 16);
    codes->limit = power_of_ten(entry->digits);
    codes->first_row = entry->first_row;
    codes->scope = entry->scope;
    codes->digits = entry->digits;
    if (!pole_section_ended(&reader) || numbers == NULL || bitmaps == NULL)
        return damaged(error, "its length does not fit its content");
    if (codes->rows != entry->rows)
        return damaged(error, "it counts other rows than the scheme");
    if (!numbers_rise(numbers, codes->page_count, codes->limit))
        return damaged(error, "its pages are out of order");
    if (!allocate(codes, count_blocks(numbers, codes->page_count), allocator))
        return pole_fail(error, POLE_NO_MEMORY, "no memory for the codes");
    if (!spread_out(codes, numbers, bitmaps))
        return damaged(error, "its pages do not hold the rows that it counts");
    return POLE_OK;
}

void pole_codes_detach(pole_codes *codes, const pole_allocator *allocator)
{
    pole_release(allocator, codes->top);
    pole_release(allocator, codes->blocks);
    pole_release(allocator, codes->pages);
    pole_release(allocator, codes->page_numbers);
    pole_release(allocator, codes->nexts);
    memset(codes, 0, sizeof *codes);
}

void pole_codes_pack(const pole_draft_city *city, uint32_t entry, pole_buffer *out)
{
    const pole_scheme_entry *scheme = city->schemes + entry;
    const pole_draft_pole *poles = city->poles + scheme->first_row;
    uint32_t pages = 0;
    for (uint32_t i = 0; i < scheme->rows; i++)
        pages += i == 0 || poles[i].number / PAGE_CODES != poles[i - 1].number / PAGE_CODES;
    pole_buffer_append_u32(out, pages);
    pole_buffer_append_u32(out, scheme->rows);
    for (uint32_t i = 0; i < scheme->rows; i++)
        if (i == 0 || poles[i].number / PAGE_CODES != poles[i - 1].number / PAGE_CODES)
            pole_buffer_append_u32(out, poles[i].number / PAGE_CODES);
    uint64_t bits[2] = {0, 0};
    for (uint32_t i = 0; i < scheme->rows; i++) {
        const uint32_t place = poles[i].number % PAGE_CODES;
        bits[place >> 6] |= (uint64_t)1 << (place & 63);
        if (i + 1 < scheme->rows &&
            poles[i].number / PAGE_CODES == poles[i + 1].number / PAGE_CODES)
            continue;
        pole_buffer_append_u64(out, bits[0]);
        pole_buffer_append_u64(out, bits[1]);
        bits[0] = bits[1] = 0;
    }
}

/* The place of the nth (from 0) set bit. */
static uint32_t nth_bit(uint64_t bits, uint32_t n)
{
    while (n-- > 0)
        bits &= bits - 1;
    return (uint32_t)__builtin_ctzll(bits);
}

static uint32_t page_start(const void *codes, uint32_t i)
{
    const pole_codes *of = codes;
    return of->pages[i + 1].first[0] - of->first_row;
}

uint32_t pole_codes_number(const pole_codes *codes, pole_row row)
{
    const uint32_t at =
        pole_run_of(codes, page_start, codes->page_count, codes->rows, row - codes->first_row);
    const pole_code_page *page = codes->pages + at + 1;
    const uint32_t half = row >= page->first[1];
    return codes->page_numbers[at] * PAGE_CODES + 64 * half +
           nth_bit(page->bits[half], row - page->first[half]);
}

/* How many codes are below number: a rank. */
static uint32_t codes_below(const pole_codes *codes, uint32_t number)
{
    const uint32_t wanted = number / PAGE_CODES;
    uint32_t low = 0, high = codes->page_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (codes->page_numbers[middle] < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == codes->page_count)
        return codes->rows;
    const pole_code_page *page = codes->pages + low + 1;
    const uint32_t before = page->first[0] - codes->first_row;
    if (codes->page_numbers[low] != wanted)
        return before;
    const uint32_t place = number % PAGE_CODES, half = place >> 6;
    const uint64_t mask = ((uint64_t)1 << (place & 63)) - 1;
    return page->first[half] - codes->first_row +
           (uint32_t)__builtin_popcountll(page->bits[half] & mask);
}

uint32_t pole_codes_range(const pole_codes *codes, uint32_t low, uint32_t high, pole_row *first)
{
    const uint32_t before = codes_below(codes, low);
    *first = codes->first_row + before;
    return codes_below(codes, high) - before;
}
