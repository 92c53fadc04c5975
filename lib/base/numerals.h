/* SPDX-License-Identifier: MIT
 * Which characters are digits, and which stand between the digits of one number. */
#ifndef BASE_NUMERALS_H
#define BASE_NUMERALS_H

#include <stdbool.h>
#include <stdint.h>

/* 0 to 9 for an ASCII or full-width digit, -1 for anything else. */
static inline int pole_numeral(uint32_t character)
{
    if (character >= '0' && character <= '9')
        return (int)(character - '0');
    if (character >= 0xFF10 && character <= 0xFF19)
        return (int)(character - 0xFF10);
    return -1;
}

/* Spaces, hyphens, dots and the like that people put between the groups of a number. */
static inline bool pole_is_separator(uint32_t character)
{
    switch (character) {
    case ' ':
    case '\t':
    case '-':
    case '.':
    case '_':
    case 0x00A0: /* no-break space */
    case 0x00B7: /* middle dot */
    case 0x2010: /* hyphens and dashes */
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212: /* minus */
    case 0x3000: /* ideographic space */
    case 0x30FB: /* katakana middle dot */
    case 0xFF0D: /* full-width hyphen, full stop, low line */
    case 0xFF0E:
    case 0xFF3F:
        return true;
    default:
        return false;
    }
}

#endif
