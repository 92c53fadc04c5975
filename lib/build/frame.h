/* SPDX-License-Identifier: MIT
 * How the coordinates of a table become 1e-7 degrees of WGS 84, and what looks wrong with them.
 *
 * What is wrong is refused, never mended: metres where degrees were stated, exchanged axes, no
 * number, 0,0, outside the bounds. WGS 84 (and CGCS2000, taken as such) goes from decimal text to
 * integers without a double between. */
#ifndef BUILD_FRAME_H
#define BUILD_FRAME_H

#include <polelookup/crs.h>
#include <polelookup/near.h>

#include "build/findings.h"
#include "geo/ring.h"

/* Made by pole_frame_init, freed by pole_frame_free; zero it to begin. */
typedef struct {
    pole_crs *crs;
    bool is_stated; /* by the user; else EPSG:4326 by default */
    bool is_exact;  /* WGS 84 or CGCS2000 */
    bool is_geographic;
    bool has_bounds;
    int32_t south_e7, west_e7, north_e7, east_e7; /* east < west: across the antimeridian */
} pole_frame;

/* crs: NULL for the default. bounds: NULL for none. Fails as pole_crs_new(), or with
 * POLE_INVALID_ARGUMENT for bounds that are none. */
pole_status pole_frame_init(pole_frame *frame, pole_span crs, const pole_box *bounds,
                            const pole_adapters *adapters, const pole_allocator *allocator,
                            pole_error *error);
void pole_frame_free(pole_frame *frame);

/* One position as a table gives it. x: easting or longitude. */
typedef struct {
    pole_span x_text, y_text; /* read when `is_text` */
    double x, y;
    bool is_text;
} pole_given_position;

typedef enum {
    POLE_PLACE_SOUND,
    POLE_PLACE_ZERO, /* sound, but x and y are both 0, as an unknown position often is */
    POLE_PLACE_EMPTY_X,
    POLE_PLACE_EMPTY_Y,
    POLE_PLACE_BAD_X,
    POLE_PLACE_BAD_Y,
    POLE_PLACE_METRIC,     /* metres, degrees stated */
    POLE_PLACE_DEGREES,    /* degrees, metres stated */
    POLE_PLACE_SWAPPED,    /* only makes sense with x and y exchanged */
    POLE_PLACE_RANGE,      /* no such degrees */
    POLE_PLACE_OUTSIDE_CRS /* the CRS does not reach there */
} pole_place_fault;

/* Reads a position; bounds are not looked at. */
pole_place_fault pole_frame_read(const pole_frame *frame, const pole_given_position *given,
                                 pole_vertex *at);

/* Reads the position of a pole or station, bounds and 0,0 looked at, and refuses its row as
 * pole_refuse() does where it is not sound. The roles say which columns x and y came from. */
pole_status pole_frame_take(const pole_frame *frame, pole_reporter *reporter,
                            const pole_row_place *place, pole_column_role x_role,
                            pole_column_role y_role, const pole_given_position *given,
                            pole_vertex *at);

/* Refuses a row for a fault of one of its positions. */
pole_status pole_refuse_position(const pole_frame *frame, pole_reporter *reporter,
                                 const pole_row_place *place, pole_column_role x_role,
                                 pole_column_role y_role, const pole_given_position *given,
                                 pole_place_fault fault);

#endif
