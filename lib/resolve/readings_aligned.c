/* SPDX-License-Identifier: MIT
 * As many places heard as the code has digits: heard clean, one or two digits substituted, two
 * digits that changed places or changed together, or digits that could not be read. A digit that
 * does not fit its place is a miss; no class explains more than two. */
#include "resolve/readings_walk.h"

/* Sums, over the ways that so many digits can have been substituted so far, of the product of how
 * well each digit fits. */
typedef struct {
    double clean;
    double phonetic;    /* one digit, by that matrix */
    double read_typed;  /* one digit, by visual or keypad, times the class's weight */
    double read_shared; /* the same times the shared chance */
    double mix;         /* one digit, by the mixed matrix */
    double mix2;        /* two digits */
    uint8_t misses;
    uint8_t miss[2]; /* where */
} aligned_state;

typedef struct {
    double all, shared;
} class_sum;

static void add(class_sum *sum, const pole_fitting *fitting, pole_class which, double probability)
{
    sum->all += fitting->weights[which] * probability;
    sum->shared += fitting->shared[which] * probability;
}

/* The code that the walk stands on. */
typedef struct {
    const pole_fitting *fitting;
    const uint8_t *digit;
    pole_site_counts sites;
    /* How well its digits fit, but the two that an error at some place changed: a product of
     * those before, those between and those behind. */
    double before[POLE_MAX_DIGITS + 1];
    double behind[POLE_MAX_DIGITS + 1];
} whole_code;

static void look_at(whole_code *code, const pole_fitting *fitting, const uint8_t *digit)
{
    const uint32_t n = fitting->digits;
    code->fitting = fitting;
    code->digit = digit;
    code->sites = pole_count_sites(digit, n);
    code->before[0] = code->behind[n] = 1;
    for (uint32_t i = 0; i < n; i++)
        code->before[i + 1] = code->before[i] * fitting->fits[i].hit[digit[i]];
    for (uint32_t i = n; i > 0; i--)
        code->behind[i - 1] = code->behind[i] * fitting->fits[i - 1].hit[digit[i - 1]];
}

/* What the classes that change two places at once give, acting at i and i + 1. */
static void add_adjacent(class_sum *sum, const whole_code *code, uint32_t i)
{
    const pole_fitting *fitting = code->fitting;
    const pole_fit *fit = fitting->fits + i;
    const uint8_t a = code->digit[i], b = code->digit[i + 1];
    const double rest = code->before[i] * code->behind[i + 2];
    if (!(rest > 0))
        return;
    if (a != b)
        add(sum, fitting, POLE_CLASS_TRANSP,
            rest * fit[0].hit[b] * fit[1].hit[a] / code->sites.transp);
    else
        add(sum, fitting, POLE_CLASS_TWIN,
            rest * pole_twin_fit(fitting, a, fit, fit + 1) / code->sites.twin);
    if (a > 1 && b == 0)
        add(sum, fitting, POLE_CLASS_TEEN, rest * fit[0].hit[1] * fit[1].hit[a] / code->sites.teen);
    else if (a == 1 && b > 1)
        add(sum, fitting, POLE_CLASS_TEEN, rest * fit[0].hit[b] * fit[1].hit[0] / code->sites.teen);
}

/* The same at i and i + 2. */
static void add_jump(class_sum *sum, const whole_code *code, uint32_t i)
{
    const pole_fitting *fitting = code->fitting;
    const pole_fit *fit = fitting->fits + i;
    const uint8_t a = code->digit[i], b = code->digit[i + 2];
    const double rest = code->before[i] * fit[1].hit[code->digit[i + 1]] * code->behind[i + 3];
    if (!(rest > 0))
        return;
    if (a != b)
        add(sum, fitting, POLE_CLASS_JUMP_TRANSP,
            rest * fit[0].hit[b] * fit[2].hit[a] / code->sites.jump_transp);
    else if (a != code->digit[i + 1])
        add(sum, fitting, POLE_CLASS_JUMP_TWIN,
            rest * pole_twin_fit(fitting, a, fit, fit + 2) / code->sites.jump_twin);
}

static bool fits(const pole_fit *fit, uint8_t digit)
{
    return (fit->hits >> digit & 1) != 0;
}

/* Whether digits a and b, heard at p and q with a miss each, can be one error of both. */
static bool can_be_one_error(const pole_fit *p, const pole_fit *q, uint8_t a, uint8_t b,
                             bool are_neighbours)
{
    if (a == b)
        return (p->hits & q->hits) != 0; /* twins */
    if (fits(p, b) && fits(q, a))
        return true; /* exchanged */
    return are_neighbours && ((b == 0 && fits(p, 1) && fits(q, a)) ||
                              (a == 1 && fits(p, b) && fits(q, 0))); /* teens */
}

static void add_two_misses(class_sum *sum, const pole_fitting *fitting, const uint8_t *digit,
                           const aligned_state *state)
{
    const uint32_t p = state->miss[0], q = state->miss[1];
    if (q - p > 2 ||
        !can_be_one_error(fitting->fits + p, fitting->fits + q, digit[p], digit[q], q - p == 1))
        return;
    whole_code code;
    look_at(&code, fitting, digit);
    if (q - p == 1)
        add_adjacent(sum, &code, p);
    else
        add_jump(sum, &code, p);
}

/* One digit misheard; the classes that cannot act on this code are such, too. */
static void add_phonetic(class_sum *sum, const pole_fitting *fitting, const pole_site_counts *sites,
                         double probability)
{
    const double others = pole_weight_without_sites(fitting, sites);
    add(sum, fitting, POLE_CLASS_SUB_PHON, probability);
    sum->all += others * probability;
    sum->shared += others * fitting->channel->channel->shared[POLE_CLASS_SUB_PHON] * probability;
}

static class_sum sum_read(const pole_fitting *fitting, const uint8_t *digit,
                          const aligned_state *state)
{
    const uint32_t n = fitting->digits;
    class_sum sum = {0, 0};
    add(&sum, fitting, POLE_CLASS_SUB2, state->mix2 * fitting->pair);
    if (state->misses == 2) {
        add_two_misses(&sum, fitting, digit, state);
        return sum;
    }
    const pole_site_counts sites = pole_count_sites(digit, n);
    add(&sum, fitting, POLE_CLASS_CLEAN, state->clean);
    add_phonetic(&sum, fitting, &sites, state->phonetic * fitting->place);
    sum.all += state->read_typed * fitting->place;
    sum.shared += state->read_shared * fitting->place;
    /* An error of two places shows as two misses, unless a soft place hides one. */
    if (state->misses + fitting->soft < 2)
        return sum;
    whole_code code;
    look_at(&code, fitting, digit);
    for (uint32_t i = 0; i + 1 < n; i++) {
        add_adjacent(&sum, &code, i);
        if (i + 2 < n)
            add_jump(&sum, &code, i);
    }
    return sum;
}

static class_sum sum_unread(const pole_fitting *fitting, const aligned_state *state)
{
    const pole_unread_chance *chance = &fitting->unread_chance;
    class_sum sum = {chance->all * state->clean, chance->shared * state->clean};
    if (fitting->unread == 1)
        add(&sum, fitting, POLE_CLASS_ERASE_SUB, state->mix * fitting->pair / 2);
    return sum;
}

static inline void step(const aligned_state *from, const pole_fit *fit, uint8_t digit,
                        uint8_t place, aligned_state *to)
{
    const double hit = fit->hit[digit];
    const bool miss = !fits(fit, digit);
    const uint8_t misses = (uint8_t)(from->misses + miss);
    to->misses = misses;
    to->miss[0] = miss && misses == 1 ? place : from->miss[0];
    to->miss[1] = miss && misses == 2 ? place : from->miss[1];
    to->mix2 = from->mix2 * hit + from->mix * fit->mix[digit];
    if (misses == 2) { /* no fewer than two substitutions */
        to->clean = to->phonetic = to->read_typed = to->read_shared = to->mix = 0;
        return;
    }
    to->clean = from->clean * hit;
    to->phonetic = from->phonetic * hit + from->clean * fit->phonetic[digit];
    to->read_typed = from->read_typed * hit + from->clean * fit->read_typed[digit];
    to->read_shared = from->read_shared * hit + from->clean * fit->read_shared[digit];
    to->mix = from->mix * hit + from->clean * fit->mix[digit];
}

/* Places of a page that may be a code's last two digits, by how many misses are left. */
typedef struct {
    uint64_t bits[3][2];
} page_masks;

/* Ten bits at place 10 * row. */
static void add_row(uint64_t *bits, uint64_t ten, unsigned row)
{
    const unsigned first = 10 * row;
    if (first >= 64) {
        bits[1] |= ten << (first - 64);
    } else {
        bits[0] |= ten << first;
        if (first > 54)
            bits[1] |= ten >> (64 - first);
    }
}

static page_masks mask_pages(const pole_fitting *fitting)
{
    const uint32_t n = fitting->digits;
    const uint32_t last = fitting->fits[n - 1].hits;
    const uint32_t row_hits = n > 1 ? fitting->fits[n - 2].hits : 1;
    page_masks masks;
    memset(&masks, 0, sizeof masks);
    for (unsigned row = 0; row < 10; row++) {
        const bool hit = (row_hits >> row & 1) != 0;
        if (n == 1 && row > 0)
            break;
        add_row(masks.bits[0], hit ? last : 0, row);
        add_row(masks.bits[1], hit ? 0x3FF : last, row);
        add_row(masks.bits[2], 0x3FF, row);
    }
    return masks;
}

/* All codes of a page. from: before its two digits. */
static void walk_page(pole_walk *walk, const pole_fitting *fitting, const page_masks *masks,
                      const pole_code_page *page, const aligned_state *from, uint8_t misses_left)
{
    const uint32_t n = fitting->digits;
    const uint64_t *mask = masks->bits[misses_left];
    aligned_state middle = *from, end;
    uint32_t row = n > 1 ? 10 : 0; /* whose state is in the middle */
    for (unsigned half = 0; half < 2; half++)
        for (uint64_t left = page->bits[half] & mask[half]; left != 0; left &= left - 1) {
            const uint32_t bit = (uint32_t)__builtin_ctzll(left);
            const uint32_t place = 64 * half + bit;
            if (place / 10 != row) {
                row = place / 10;
                walk->digit[n - 2] = (uint8_t)row;
                step(from, fitting->fits + n - 2, (uint8_t)row, (uint8_t)(n - 2), &middle);
            }
            walk->digit[n - 1] = (uint8_t)(place - 10 * row);
            step(&middle, fitting->fits + n - 1, walk->digit[n - 1], (uint8_t)(n - 1), &end);
            const class_sum sum = fitting->unread > 0 ? sum_unread(fitting, &end)
                                                      : sum_read(fitting, walk->digit, &end);
            const uint64_t lower = page->bits[half] & (((uint64_t)1 << bit) - 1);
            pole_walk_found(walk, page->first[half] + (pole_row)__builtin_popcountll(lower),
                            sum.all, sum.shared);
        }
}

/* The page below the digits walked so far; for the one code alone, a page of it. */
static const pole_code_page *page_below(pole_walk *walk, uint32_t n)
{
    if (walk->codes != NULL)
        return pole_codes_page(walk->codes, n > 2 ? walk->prefix[n - 2] : 0);
    const uint32_t place = (n > 1 ? 10u * walk->only[n - 2] : 0) + walk->only[n - 1];
    walk->single.bits[place >> 6] = (uint64_t)1 << (place & 63);
    return &walk->single;
}

void pole_walk_aligned(pole_walk *walk, const pole_fitting *fitting)
{
    const uint32_t n = fitting->digits;
    const uint8_t most_misses = fitting->unread == 0 ? 2 : fitting->unread == 1 ? 1 : 0;
    const page_masks masks = mask_pages(fitting);
    aligned_state states[POLE_MAX_DIGITS + 1] = {{1, 0, 0, 0, 0, 0, 0, {0, 0}}};
    uint32_t depth = 0;
    if (fitting->unread > 1 && !(fitting->unread_chance.all > 0))
        return;
    if (n <= 2) {
        walk_page(walk, fitting, &masks, page_below(walk, n), states, most_misses);
        return;
    }
    walk->pending[0] = pole_walk_next(walk, 0, n);
    if (most_misses == 0)
        walk->pending[0] &= fitting->fits[0].hits;
    for (;;) {
        if (!pole_walk_take(walk, depth)) {
            if (depth-- == 0)
                return;
            continue;
        }
        const aligned_state *from = states + depth;
        const pole_fit *fit = fitting->fits + depth;
        const uint8_t digit = walk->digit[depth];
        const uint8_t misses_left = (uint8_t)(most_misses - from->misses - !fits(fit, digit));
        if (depth + 3 < n) {
            /* Most branches end here, before any sum is made. */
            walk->pending[depth + 1] = pole_walk_next(walk, depth + 1, n);
            if (misses_left == 0)
                walk->pending[depth + 1] &= fit[1].hits;
            if (walk->pending[depth + 1] == 0)
                continue;
        }
        step(from, fit, digit, (uint8_t)depth, states + depth + 1);
        if (depth + 3 < n)
            depth++;
        else
            walk_page(walk, fitting, &masks, page_below(walk, n), states + n - 2, misses_left);
    }
}
