/* SPDX-License-Identifier: MIT
 * See street_type.h. */
#include "resolve/street_type.h"

#include <stddef.h>
#include <string.h>

uint16_t pole_street_type_named(const char *meaning)
{
    static const struct {
        const char *name;
        uint16_t types;
    } named[] = {{"JIE", POLE_TYPE_JIE},
                 {"DAJIE", POLE_TYPE_DAJIE},
                 {"LU", POLE_TYPE_LU},
                 {"DADAO", POLE_TYPE_DADAO},
                 {"GONGLU", POLE_TYPE_GONGLU},
                 {"GAOSU", POLE_TYPE_GAOSU},
                 {"HUTONG", POLE_TYPE_HUTONG},
                 {"XIANG", POLE_TYPE_XIANG},
                 {"LI", POLE_TYPE_LI},
                 {"QIAO", POLE_TYPE_QIAO},
                 {"GUANGCHANG", POLE_TYPE_GUANGCHANG},
                 {"QU", POLE_TYPE_QU},
                 {"STREET", POLE_TYPE_JIE | POLE_TYPE_DAJIE},
                 {"AVENUE", POLE_TYPE_DAJIE | POLE_TYPE_DADAO | POLE_TYPE_LU},
                 {"ROAD", POLE_TYPE_LU | POLE_TYPE_GONGLU | POLE_TYPE_DADAO},
                 {"LANE", POLE_TYPE_HUTONG | POLE_TYPE_XIANG | POLE_TYPE_LI}};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (strcmp(named[i].name, meaning) == 0)
            return named[i].types;
    return 0;
}

/* Not said costs little: people say 中央 for 中央大街. */
#define TYPE_UNSAID 0.3f
#define TYPE_AKIN 0.8f
#define TYPE_OTHER 1.6f

float pole_type_cost(uint16_t a, uint16_t b)
{
    static const uint16_t kin[] = {POLE_TYPE_JIE | POLE_TYPE_DAJIE,
                                   POLE_TYPE_LU | POLE_TYPE_DADAO | POLE_TYPE_GONGLU |
                                       POLE_TYPE_GAOSU,
                                   POLE_TYPE_HUTONG | POLE_TYPE_XIANG | POLE_TYPE_LI};
    if (a & b || (a == 0 && b == 0))
        return 0;
    if (a == 0 || b == 0)
        return TYPE_UNSAID;
    for (size_t i = 0; i < sizeof kin / sizeof *kin; i++)
        if (a & kin[i] && b & kin[i])
            return TYPE_AKIN;
    return TYPE_OTHER;
}
