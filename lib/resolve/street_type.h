/* SPDX-License-Identifier: MIT
 * Kinds of street, as bits: a word may mean several ("street" is 街 or 大街). */
#ifndef RESOLVE_STREET_TYPE_H
#define RESOLVE_STREET_TYPE_H

#include <stdint.h>

enum {
    POLE_TYPE_JIE = 1 << 0,
    POLE_TYPE_DAJIE = 1 << 1,
    POLE_TYPE_LU = 1 << 2,
    POLE_TYPE_DADAO = 1 << 3,
    POLE_TYPE_GONGLU = 1 << 4,
    POLE_TYPE_GAOSU = 1 << 5,
    POLE_TYPE_HUTONG = 1 << 6,
    POLE_TYPE_XIANG = 1 << 7,
    POLE_TYPE_LI = 1 << 8,
    POLE_TYPE_QIAO = 1 << 9,
    POLE_TYPE_GUANGCHANG = 1 << 10,
    POLE_TYPE_QU = 1 << 11 /* of a district's name */
};

/* The types that a word of data/words/streets.tsv ("JIE", "STREET") means; 0: unknown. */
uint16_t pole_street_type_named(const char *meaning);

/* How two sets of types go together, in nats: 0 when one can be the other. Symmetric. */
float pole_type_cost(uint16_t a, uint16_t b);

#endif
