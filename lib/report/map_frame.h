/* SPDX-License-Identifier: MIT
 * One map as SVG paths: a frame that places fall into, the streets as lines through the poles of
 * each side in the order of their codes, and heat as dots. */
#ifndef REPORT_MAP_FRAME_H
#define REPORT_MAP_FRAME_H

#include "report/map_parts.h"
#include "report/page.h"

/* Where a map's picture is cut from the world, and its size in units of the picture. */
typedef struct {
    const pole_map_parts *parts;
    uint32_t part;
    int64_t west, north;
    int64_t span; /* what is as wide as the picture */
    int32_t width, height;
} pole_map_frame;

/* The frame of a part: all its poles and a margin, at least a kilometre wide and not much higher
 * than wide. */
pole_map_frame pole_map_frame_of(const pole_map_parts *parts, uint32_t part, int32_t width);

typedef struct {
    int32_t x;
    int32_t y;
} pole_map_point;

pole_map_point pole_map_point_of(const pole_map_frame *frame, pole_map_place at);

/* The data of a path that goes on relative to where it is. */
typedef struct {
    pole_page *page;
    pole_map_point at;
} pole_map_pen;

void pole_map_pen_move(pole_map_pen *pen, pole_map_point to); /* m: where a line or dot begins */
void pole_map_pen_line(pole_map_pen *pen, pole_map_point to); /* l */
void pole_map_pen_dot(pole_map_pen *pen, pole_map_point to);  /* a line of no length */

/* The streets of the frame's part. */
void pole_map_streets(pole_map_pen *pen, const pole_map_frame *frame);

/* The length of a scale bar, in metres (1, 2 or 5 times a power of ten; at most a quarter of the
 * width), and in units of the picture. */
void pole_map_scale(const pole_map_frame *frame, uint32_t *metres, int32_t *units);

#endif
