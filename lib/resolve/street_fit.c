/* SPDX-License-Identifier: MIT
 * See street_fit.h. */
#include "resolve/street_fit.h"

#include "resolve/street_type.h"

#define OTHER_CHARACTER 0.15f
#define OTHER_DIRECTION 2.5f
#define UNSAID_INSIDE 2.6f
#define UNSAID_AT_END 1.6f
#define UNSAID_LOOSE 1.2f
#define ADDED_INSIDE 3.0f
#define ADDED_AT_END 2.2f
#define ADDED_LOOSE 1.4f
#define ORDINAL_UNSAID 1.5f
#define ORDINAL_ADDED 2.5f
#define ORDINAL_CONFUSED 1.6f
#define ORDINAL_OTHER 3.0f
#define OTHER_SECTION 0.7f

/* Digits that are taken for one another on the telephone or by recognisers: yi/qi, liu/jiu,
 * er (liang)/ling, si/shi and what ten is written with. */
static float digit_cost(int a, int b)
{
    static const uint8_t confused[][2] = {{1, 7}, {6, 9}, {0, 2}, {3, 4}, {4, 10}};
    if (a == b)
        return 0;
    for (size_t i = 0; i < sizeof confused / sizeof *confused; i++)
        if ((confused[i][0] == a && confused[i][1] == b) ||
            (confused[i][0] == b && confused[i][1] == a))
            return ORDINAL_CONFUSED;
    return ORDINAL_OTHER;
}

float pole_ordinal_cost(int said, int table)
{
    if (said <= 10 && table <= 10)
        return digit_cost(said, table);
    float cost = 0;
    while (said > 0 || table > 0) {
        if (said == 0 || table == 0)
            return cost + ORDINAL_CONFUSED; /* 十四 and 四: a digit is left out */
        cost += digit_cost(said % 10, table % 10);
        said /= 10;
        table /= 10;
    }
    return cost;
}

static float unit_cost(const pole_name_unit *a, const pole_name_unit *b)
{
    if (a->character != 0 && a->character == b->character)
        return 0;
    if (a->sounds[0] == 0 && b->sounds[0] == 0)
        return a->character == 0 && b->character == 0 && a->number == b->number
                   ? 0
                   : POLE_SOUND_UNRELATED;
    float least = POLE_SOUND_UNRELATED;
    for (unsigned i = 0; i < POLE_MOST_SOUNDS && a->sounds[i]; i++)
        for (unsigned j = 0; j < POLE_MOST_SOUNDS && b->sounds[j]; j++) {
            const float cost = pole_sound_cost(a->sounds[i], b->sounds[j]);
            least = cost < least ? cost : least;
        }
    if (a->character != 0 && b->character != 0)
        least += OTHER_CHARACTER;
    if (a->loose && b->loose && least > OTHER_DIRECTION)
        return OTHER_DIRECTION;
    return least < POLE_SOUND_UNRELATED ? least : POLE_SOUND_UNRELATED;
}

static float alone_cost(const pole_street_name *name, unsigned at, float loose, float at_end,
                        float inside)
{
    if (name->units[at].loose)
        return loose;
    return at == 0 || at + 1u == name->count ? at_end : inside;
}

/* The least sum of edits (Wagner and Fischer, 1974), a row at a time. */
static float units_cost(const pole_street_name *said, const pole_street_name *table)
{
    float row[POLE_NAME_UNITS + 1], unsaid[POLE_NAME_UNITS];
    row[0] = 0;
    for (unsigned j = 0; j < table->count; j++) {
        unsaid[j] = alone_cost(table, j, UNSAID_LOOSE, UNSAID_AT_END, UNSAID_INSIDE);
        row[j + 1] = row[j] + unsaid[j];
    }
    for (unsigned i = 0; i < said->count; i++) {
        const float added = alone_cost(said, i, ADDED_LOOSE, ADDED_AT_END, ADDED_INSIDE);
        float diagonal = row[0];
        row[0] += added;
        for (unsigned j = 0; j < table->count; j++) {
            float least = diagonal + unit_cost(said->units + i, table->units + j);
            diagonal = row[j + 1];
            if (diagonal + added < least)
                least = diagonal + added;
            if (row[j] + unsaid[j] < least)
                least = row[j] + unsaid[j];
            row[j + 1] = least;
        }
    }
    return row[table->count];
}

float pole_street_fit(const pole_street_name *said, const pole_street_name *table)
{
    float cost = pole_type_cost(said->types, table->types);
    if (said->ordinal >= 0 && table->ordinal >= 0)
        cost += pole_ordinal_cost(said->ordinal, table->ordinal);
    else if (said->ordinal >= 0)
        cost += ORDINAL_ADDED;
    else if (table->ordinal >= 0)
        cost += ORDINAL_UNSAID;
    if (said->section != 0 && table->section != 0 && said->section != table->section)
        cost += OTHER_SECTION;
    const unsigned shorter = said->count < table->count ? said->count : table->count;
    const unsigned longer = said->count < table->count ? table->count : said->count;
    if (cost + UNSAID_LOOSE * (float)(longer - shorter) < POLE_FIT_NEVER)
        cost += units_cost(said, table);
    else
        cost = POLE_FIT_NEVER;
    return cost < POLE_FIT_NEVER ? cost : POLE_FIT_NEVER;
}
