/* SPDX-License-Identifier: MIT
 *
 * The words that every other header speaks: status, error, text, point, code, row, allocator.
 *
 * Conventions of all headers
 *   - Coordinates are WGS 84 (EPSG:4326), degrees, latitude first. Lengths are metres, bearings
 *     degrees clockwise from north, 0 <= bearing < 360.
 *   - Text is UTF-8; its length is in bytes; it is not NUL-ended unless a comment says so.
 *   - Every function that can fail returns a pole_status; results leave through out parameters,
 *     which are zeroed when the call fails unless a comment says otherwise. Arrays are filled up to
 *     the count given; what they hold behind it, or after a failure, means nothing.
 *   - A pointer that is NULL and may not be, a struct_size that is not set, or an option that this
 *     library does not know gives POLE_INVALID_ARGUMENT. Functions without a status do nothing
 *     then, or return 0, NAN, NULL or "".
 *   - Structs that may grow begin with `uint32_t struct_size`. For options, call the _init function
 *     of the struct; for records, set struct_size to sizeof(the struct) before the call. The
 *     library never reads nor writes beyond struct_size. A zero byte is each later field's default.
 *   - Three kinds of struct: frozen (said so), growing (begins with struct_size), opaque.
 *   - No function prints, exits, reads the environment or a clock, or starts a thread. (PROJ, GEOS
 *     and GDAL, behind the adapters, keep their own ways.)
 *   - An index is shared freely between threads, and functions that take nothing else are
 *     thread-safe. Every other object belongs to one thread at a time. */
#ifndef POLELOOKUP_TYPES_H
#define POLELOOKUP_TYPES_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(_WIN32) && defined(POLELOOKUP_SHARED)
#ifdef POLELOOKUP_BUILDING
#define POLE_API __declspec(dllexport)
#else
#define POLE_API __declspec(dllimport)
#endif
#elif defined(__GNUC__)
#define POLE_API __attribute__((visibility("default")))
#else
#define POLE_API
#endif

/* Whether a call worked. Numbers are fixed for ever; treat an unknown number as a failure.
 * What an answer means (exact, unknown, ...) is not a status: see pole_match in lookup.h. */
typedef int32_t pole_status;
enum {
    POLE_OK = 0,
    POLE_NOT_FOUND = 1,        /* no such pole, station, CRS, ... */
    POLE_SEVERAL = 2,          /* the code stands in more than one scope: name the scope */
    POLE_INVALID_ARGUMENT = 3, /* the caller's mistake: NULL, NaN, out of range, bad option */
    POLE_NO_MEMORY = 4,        /* the allocator said no */
    POLE_IO = 5,               /* the operating system said no */
    POLE_NOT_AN_INDEX = 6,     /* the file is something else */
    POLE_DAMAGED = 7,          /* the file is an index, and some of it is not as written */
    POLE_NEWER_FORMAT = 8,     /* the file is an index that this library is too old for */
    POLE_UNSUPPORTED = 9,      /* needs an adapter (EPSG codes, GEOS, GDAL) that is not there */
    POLE_LIMIT = 10,           /* a stated limit is exceeded, or the caller's buffer too small */
    POLE_MALFORMED_CODE = 11,  /* the text is no code of any length that the index knows */
    POLE_BAD_INPUT = 12,       /* a table, row or document is not well formed */
    POLE_REFUSED = 13,         /* a build stopped: strict, or nothing fit to write */
    POLE_STOPPED = 14          /* the caller ended it */
};

/* A short English sentence for a status, "unknown status" for an unknown number. Static text,
 * NUL-ended. Thread-safe; never NULL. */
POLE_API const char *pole_status_text(pole_status status);

/* The stable word for a status as it stands in JSON ("not_found", "damaged", ...). As above. */
POLE_API const char *pole_status_name(pole_status status);

/* What went wrong, for a person. Always the last parameter of a call, may be NULL. Frozen.
 * message is NUL-ended UTF-8 and never cut inside a character. */
typedef struct {
    pole_status status;
    uint32_t line;         /* from 1 in a table; 0: does not apply */
    uint32_t column;       /* from 1: the cell; 0: does not apply */
    uint32_t reserved;     /* 0 */
    uint64_t offset_bytes; /* in the file; 0 when it does not apply */
    char message[256];     /* what is wrong, where, with the value */
    char hint[128];        /* what to do; may be empty */
} pole_error;

/* Borrowed UTF-8. data is NULL only when size_bytes is 0. Frozen. */
typedef struct {
    const char *data;
    size_t size_bytes;
} pole_span;

/* A position. WGS 84, degrees: -90 <= lat_deg <= 90, -180 <= lon_deg <= 180. Frozen. */
typedef struct {
    double lat_deg;
    double lon_deg;
} pole_point;

/* A painted code: a number with its count of digits, so that leading zeros live ("0012345" is
 * 12345 in 7 digits, and is not "12345"), and the scope that it is unique in. Frozen. */
typedef struct {
    uint32_t number;  /* below 10 to the power of digits */
    uint16_t scope;   /* a scope of one index, as pole_index_scope() numbers them; 0 is always the
                         empty scope (urban); POLE_ANY_SCOPE: not known */
    uint8_t digits;   /* 1 to 9 */
    uint8_t reserved; /* 0 */
} pole_code;
#define POLE_ANY_SCOPE ((uint16_t)0xFFFF)
#define POLE_MAX_DIGITS 9

/* A pole's place in ONE open index, 0 to poles - 1, in order of scope, length and code. Not to be
 * kept across indexes: keep scope and code for that. */
typedef uint32_t pole_row;
#define POLE_NO_ROW ((pole_row)0xFFFFFFFFu)

/* A station's place in ONE open index, as above. */
typedef uint32_t pole_station_number;
#define POLE_NO_STATION ((pole_station_number)0xFFFFFFFFu)

/* Memory functions of the host. All three are needed; context is passed through. They must be
 * callable from any thread that calls the library with the object they were given to. Frozen.
 * allocate and resize return NULL when there is no memory; resize(context, NULL, n) allocates;
 * release(context, NULL) does nothing. A size is never 0. */
typedef struct {
    void *context;
    void *(*allocate)(void *context, size_t size_bytes);
    void *(*resize)(void *context, void *block, size_t size_bytes);
    void (*release)(void *context, void *block);
} pole_allocator;

/* Takes bytes away, in order. Returns POLE_OK, or a status that ends the writing. Frozen. */
typedef struct {
    void *context;
    pole_status (*write)(void *context, const void *bytes, size_t size_bytes);
} pole_sink;

/* Languages of what people read, hear and say. Fixed numbers. */
enum { POLE_LANGUAGE_ZH = 0, POLE_LANGUAGE_EN = 1, POLE_LANGUAGE_RU = 2 };

/* The library's version, "major.minor.patch", NUL-ended and static. */
POLE_API const char *pole_version(void);

#ifdef __cplusplus
}
#endif
#endif
