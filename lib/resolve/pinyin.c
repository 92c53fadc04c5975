/* SPDX-License-Identifier: MIT
 * See pinyin.h. */
#include "resolve/pinyin.h"

#include <string.h>

/* In the order in which they are looked for: the longer before the one it begins with. */
#define INITIALS(EACH)                                                                             \
    EACH(ZH, "zh")                                                                                 \
    EACH(CH, "ch")                                                                                 \
    EACH(SH, "sh")                                                                                 \
    EACH(B, "b")                                                                                   \
    EACH(P, "p")                                                                                   \
    EACH(M, "m")                                                                                   \
    EACH(F, "f")                                                                                   \
    EACH(D, "d")                                                                                   \
    EACH(T, "t")                                                                                   \
    EACH(N, "n")                                                                                   \
    EACH(L, "l")                                                                                   \
    EACH(G, "g")                                                                                   \
    EACH(K, "k")                                                                                   \
    EACH(H, "h")                                                                                   \
    EACH(J, "j")                                                                                   \
    EACH(Q, "q")                                                                                   \
    EACH(X, "x")                                                                                   \
    EACH(R, "r")                                                                                   \
    EACH(Z, "z")                                                                                   \
    EACH(C, "c")                                                                                   \
    EACH(S, "s")                                                                                   \
    EACH(NONE, "")

/* A final, how it is written behind an initial, and how without one. */
#define FINALS(EACH)                                                                               \
    EACH(A, "a", "a")                                                                              \
    EACH(O, "o", "o")                                                                              \
    EACH(E, "e", "e")                                                                              \
    EACH(AI, "ai", "ai")                                                                           \
    EACH(EI, "ei", "ei")                                                                           \
    EACH(AO, "ao", "ao")                                                                           \
    EACH(OU, "ou", "ou")                                                                           \
    EACH(AN, "an", "an")                                                                           \
    EACH(EN, "en", "en")                                                                           \
    EACH(ANG, "ang", "ang")                                                                        \
    EACH(ENG, "eng", "eng")                                                                        \
    EACH(ONG, "ong", "ong")                                                                        \
    EACH(ER, "er", "er")                                                                           \
    EACH(I, "i", "yi")                                                                             \
    EACH(IA, "ia", "ya")                                                                           \
    EACH(IE, "ie", "ye")                                                                           \
    EACH(IAO, "iao", "yao")                                                                        \
    EACH(IU, "iu", "you")                                                                          \
    EACH(IAN, "ian", "yan")                                                                        \
    EACH(IN, "in", "yin")                                                                          \
    EACH(IANG, "iang", "yang")                                                                     \
    EACH(ING, "ing", "ying")                                                                       \
    EACH(IONG, "iong", "yong")                                                                     \
    EACH(U, "u", "wu")                                                                             \
    EACH(UA, "ua", "wa")                                                                           \
    EACH(UO, "uo", "wo")                                                                           \
    EACH(UAI, "uai", "wai")                                                                        \
    EACH(UI, "ui", "wei")                                                                          \
    EACH(UAN, "uan", "wan")                                                                        \
    EACH(UN, "un", "wen")                                                                          \
    EACH(UANG, "uang", "wang")                                                                     \
    EACH(UENG, "ueng", "weng")                                                                     \
    EACH(V, "v", "yu")                                                                             \
    EACH(VE, "ve", "yue")                                                                          \
    EACH(VAN, "van", "yuan")                                                                       \
    EACH(VN, "vn", "yun")

#define INITIAL_ENUM(name, text) INITIAL_##name,
enum { INITIALS(INITIAL_ENUM) INITIAL_COUNT };
#define FINAL_ENUM(name, behind, bare) FINAL_##name,
enum { FINAL_ABSENT, FINALS(FINAL_ENUM) FINAL_COUNT };

#define INITIAL_TEXT(name, text) text,
static const char initial_texts[INITIAL_COUNT][3] = {INITIALS(INITIAL_TEXT)};
#define FINAL_BEHIND(name, behind, bare) behind,
static const char final_texts[FINAL_COUNT][5] = {"", FINALS(FINAL_BEHIND)};
#define FINAL_BARE(name, behind, bare) bare,
static const char bare_texts[FINAL_COUNT][5] = {"", FINALS(FINAL_BARE)};

/* Which finals an initial stands before. */
#define BIT(final) (UINT64_C(1) << FINAL_##final)
#define SOUNDS(initial, finals) [INITIAL_##initial] = (finals),
static const uint64_t finals_of[INITIAL_COUNT] = {
#include "resolve/sounds.inc"
};

/* The tables give a character by its three bytes of UTF-8. */
#define UTF8(bytes)                                                                                \
    (uint16_t)(((bytes) >> 4 & 0xF000u) | ((bytes) >> 2 & 0x0FC0u) | ((bytes)&0x003Fu))

/* In order of the characters; one with several readings stands several times. */
#define HAN(bytes, initial, final) UTF8(bytes),
static const uint16_t han_characters[] = {
#include "resolve/pinyin.inc"
};
#undef HAN
#define HAN(bytes, initial, final) INITIAL_##initial * 64 + FINAL_##final,
static const pole_sound han_sounds[] = {
#include "resolve/pinyin.inc"
};
#undef HAN
#define HAN(bytes, simplified) UTF8(bytes),
static const uint16_t traditional_forms[] = {
#include "resolve/traditional.inc"
};
#undef HAN
#define HAN(bytes, simplified) UTF8(simplified),
static const uint16_t simplified_forms[] = {
#include "resolve/traditional.inc"
};
#undef HAN
#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* The place of the first element that is not below `character`. */
static size_t first_from(const uint16_t *characters, size_t count, uint32_t character)
{
    size_t low = 0, high = count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (characters[middle] < character)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t pole_han_simplified(uint32_t character)
{
    const size_t count = COUNT(traditional_forms);
    const size_t at = first_from(traditional_forms, count, character);
    return at < count && traditional_forms[at] == character ? simplified_forms[at] : character;
}

unsigned pole_han_sounds(uint32_t character, pole_sound sounds[POLE_MOST_SOUNDS])
{
    const size_t count = COUNT(han_characters);
    size_t at = first_from(han_characters, count, character);
    unsigned found = 0;
    memset(sounds, 0, POLE_MOST_SOUNDS * sizeof *sounds);
    while (at < count && han_characters[at] == character && found < POLE_MOST_SOUNDS)
        sounds[found++] = han_sounds[at++];
    return found;
}

static pole_sound sound_of(unsigned initial, unsigned final)
{
    return finals_of[initial] >> final & 1 ? (pole_sound)(initial * 64 + final) : 0;
}

static bool is_text(const char *text, const char *letters, size_t size)
{
    return strlen(text) == size && memcmp(text, letters, size) == 0;
}

/* The sound of one written syllable; 0 when there is none. */
static pole_sound read_syllable(const char *letters, size_t size)
{
    for (unsigned final = 1; final < FINAL_COUNT; final++)
        if (is_text(bare_texts[final], letters, size))
            return sound_of(INITIAL_NONE, final);
    for (unsigned initial = 0; initial < INITIAL_NONE; initial++) {
        const size_t begin = strlen(initial_texts[initial]);
        if (size <= begin || memcmp(letters, initial_texts[initial], begin) != 0)
            continue;
        for (unsigned final = 1; final < FINAL_COUNT; final++) {
            if (!is_text(final_texts[final], letters + begin, size - begin))
                continue;
            /* Behind j, q and x, a u is meant with its dots, and written without. */
            unsigned meant = final;
            if (initial == INITIAL_J || initial == INITIAL_Q || initial == INITIAL_X)
                meant = final == FINAL_U     ? FINAL_V
                        : final == FINAL_UAN ? FINAL_VAN
                        : final == FINAL_UN  ? FINAL_VN
                                             : final;
            return sound_of(initial, meant);
        }
        /* "jue", "lue": no final is written so without the dots. */
        return is_text("ue", letters + begin, size - begin) ? sound_of(initial, FINAL_VE) : 0;
    }
    return 0;
}

#define LONGEST_SYLLABLE 6 /* zhuang */
#define LONGEST_WORD 48

size_t pole_pinyin_cut(const char *letters, size_t size, pole_sound *sounds, size_t capacity)
{
    uint8_t fewest[LONGEST_WORD + 1]; /* syllables from here on; 255: it cannot be cut */
    uint8_t length[LONGEST_WORD + 1] = {0};
    pole_sound first[LONGEST_WORD + 1] = {0};
    if (size == 0 || size > LONGEST_WORD)
        return 0;
    fewest[size] = 0;
    for (size_t at = size; at-- > 0;) {
        fewest[at] = 255;
        for (size_t n = LONGEST_SYLLABLE < size - at ? LONGEST_SYLLABLE : size - at; n > 0; n--) {
            if (fewest[at + n] == 255 || fewest[at + n] + 1 >= fewest[at])
                continue;
            const pole_sound sound = read_syllable(letters + at, n);
            if (sound == 0)
                continue;
            fewest[at] = (uint8_t)(fewest[at + n] + 1);
            length[at] = (uint8_t)n;
            first[at] = sound;
        }
    }
    if (fewest[0] == 255 || fewest[0] > capacity)
        return 0;
    size_t count = 0;
    for (size_t at = 0; at < size; at += length[at])
        sounds[count++] = first[at];
    return count;
}

/* Hundredths of a unit; 0: unrelated. */
#define NEAR(kind, a, b, cost) [kind##_##a][kind##_##b] = (cost), [kind##_##b][kind##_##a] = (cost)
#define I(a, b, cost) NEAR(INITIAL, a, b, cost)
#define F(a, b, cost) NEAR(FINAL, a, b, cost)
#define INITIAL_UNRELATED 180
#define FINAL_UNRELATED 200

static const uint8_t initial_costs[INITIAL_COUNT][INITIAL_COUNT] = {
    /* merged in dialects */
    I(ZH, Z, 30), I(CH, C, 30), I(SH, S, 30), I(N, L, 40), I(F, H, 60), I(R, L, 70), I(R, NONE, 60),
    /* with and without breath */
    I(B, P, 90), I(D, T, 90), I(G, K, 90), I(J, Q, 90), I(Z, C, 90), I(ZH, CH, 90), I(Z, CH, 120),
    I(ZH, C, 120),
    /* nearly the same place or manner */
    I(J, X, 100), I(Q, X, 100), I(C, S, 100), I(CH, SH, 100), I(Z, S, 110), I(ZH, SH, 110),
    I(J, Z, 100), I(J, ZH, 90), I(Q, CH, 90), I(Q, C, 100), I(X, SH, 80), I(X, S, 90), I(K, H, 100),
    I(G, H, 120), I(H, NONE, 120), I(M, N, 100), I(B, D, 120), I(P, T, 120), I(D, G, 130),
    I(T, K, 130), I(M, B, 130)};

static const uint8_t final_costs[FINAL_COUNT][FINAL_COUNT] = {
    /* merged in dialects, or written alike */
    F(AN, ANG, 30), F(EN, ENG, 30), F(IN, ING, 30), F(IAN, IANG, 40), F(UAN, UANG, 40),
    F(UENG, ONG, 20), F(O, UO, 10), F(O, E, 40), F(UO, E, 60), F(ENG, ONG, 50), F(I, V, 50),
    F(IE, VE, 50), F(E, ER, 60), F(U, V, 60),
    /* a glide more or less */
    F(IAN, VAN, 60), F(IN, VN, 60), F(UI, EI, 60), F(ONG, IONG, 60), F(UANG, ANG, 70),
    F(UN, VN, 70), F(UAN, VAN, 70), F(ENG, ING, 70), F(IU, OU, 70), F(IANG, ANG, 80),
    F(IAN, AN, 80), F(UAN, AN, 80), F(UA, A, 80), F(IA, A, 80), F(UAI, AI, 80), F(IAO, AO, 80),
    F(EN, IN, 80), F(EN, UN, 80), F(UN, ONG, 80), F(U, OU, 80), F(U, O, 80), F(VE, UO, 110),
    /* nearly the same vowel */
    F(AI, EI, 90), F(UO, OU, 90), F(IAO, IU, 90), F(ANG, ONG, 90), F(AO, OU, 100), F(AN, EN, 100),
    F(ANG, ENG, 100), F(IAN, IN, 100), F(IANG, ING, 100), F(IAN, IE, 100), F(I, EI, 100),
    F(I, IE, 100), F(AI, AN, 110), F(A, E, 110), F(I, IN, 120), F(I, E, 120), F(IE, EI, 120),
    F(VE, VAN, 120)};

static unsigned part_cost(unsigned a, unsigned b, unsigned related, unsigned unrelated)
{
    return a == b ? 0 : related ? related : unrelated;
}

float pole_sound_cost(pole_sound a, pole_sound b)
{
    if (a == 0 || b == 0)
        return POLE_SOUND_UNRELATED;
    const unsigned i = a / 64, j = b / 64, f = a % 64, g = b % 64;
    const unsigned cost = part_cost(i, j, initial_costs[i][j], INITIAL_UNRELATED) +
                          part_cost(f, g, final_costs[f][g], FINAL_UNRELATED);
    const float nats = (float)cost / 100.0f;
    return nats < POLE_SOUND_UNRELATED ? nats : POLE_SOUND_UNRELATED;
}
