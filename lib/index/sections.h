/* SPDX-License-Identifier: MIT
 * The sections of an index file, by number. The bytes of each are described in the header of its
 * room; docs/index-format.md is the same for readers outside. */
#ifndef INDEX_SECTIONS_H
#define INDEX_SECTIONS_H

enum {
    POLE_SECTION_SCHEME = 1,
    POLE_SECTION_STRINGS = 2,
    POLE_SECTION_CODES = 3, /* one instance for each entry of the scheme */
    POLE_SECTION_POSITIONS = 4,
    POLE_SECTION_TREE = 5,
    POLE_SECTION_ATTRIBUTES = 6,
    POLE_SECTION_ALIASES = 7,
    POLE_SECTION_STATIONS = 8,
    POLE_SECTION_AREAS = 9,
    POLE_SECTION_ASSIGNMENTS = 10,
    POLE_SECTION_PROVENANCE = 11, /* not part of the identity */
    POLE_SECTION_DOUBT = 12       /* optional, not part of the identity */
};

/* The version of every section that this library writes, and the newest that it reads. */
#define POLE_SECTION_VERSION 1

#endif
