/* SPDX-License-Identifier: MIT
 * The areas and borders around a place, taken down once for the many poles that stand near it: a
 * build asks about a hundred thousand, a street at a time. */
#ifndef INDEX_AREAS_SURVEY_H
#define INDEX_AREAS_SURVEY_H

#include "index/areas.h"

#define POLE_SURVEY_RANGE_M 200.0 /* how far from its middle a survey is good */
#define POLE_SURVEY_EDGE_M 255.0  /* how far borders are looked for */
#define POLE_SURVEY_SIDES 128
#define POLE_SURVEY_AREAS 16

/* Four sides as floats: where they begin and where to they run, in 1e-7 degrees from the
 * survey's middle. */
typedef struct {
    float y[4], x[4], dy[4], dx[4];
} pole_survey_sides;

/* A place, and metres for 1e-7 degree that are nowhere within a kilometre of it too few. */
typedef struct {
    pole_vertex at;
    float most_lat_m, most_lon_m;
} pole_spot;

pole_spot pole_spot_of(const pole_local *from, pole_vertex at);

/* How far at most a place is from the spot, when that is less than a kilometre. */
static inline float pole_spot_away(const pole_spot *spot, pole_vertex at)
{
    const float y = (float)((int64_t)at.lat_e7 - spot->at.lat_e7) * spot->most_lat_m;
    const float x = (float)((int64_t)at.lon_e7 - spot->at.lon_e7) * spot->most_lon_m;
    return sqrtf(y * y + x * x);
}

typedef struct {
    const pole_areas *areas;
    pole_text_number kind;
    pole_spot middle;
    bool usable;  /* false: too many borders, or too long ones; ask pole_areas_edge() */
    bool covered; /* an area of another station covers the middle */
    /* Metres per 1e-7 degree at the middle, and what the latitude changes. */
    float lat_m, lon_m, lon_m_per_lat;
    float reach_lat_e7, reach_lon_e7; /* borders are looked for so far from the middle */
    float bend;           /* what a metre north takes off a metre east, half of it: 1/m */
    uint32_t responsible; /* station at the middle, or POLE_NO_STATION */
    float clear_m;        /* no border at all is nearer to the middle */
    float edge_m;         /* and none of another station */
    uint32_t area_count;
    uint32_t near[POLE_SURVEY_AREAS]; /* areas of other stations */
    uint32_t other_count, own_count;  /* quadruples of sides */
    pole_survey_sides others[POLE_SURVEY_SIDES / 4], own[POLE_SURVEY_SIDES / 4];
} pole_area_survey;

/* from: the middle, prepared; at: the same, rounded to 1e-7 degree. */
void pole_area_survey_make(pole_area_survey *survey, const pole_areas *areas, pole_text_number kind,
                           const pole_local *from, pole_vertex at);

/* The station responsible at a place that is away_m from the middle, at most POLE_SURVEY_RANGE_M;
 * POLE_NO_STATION. Exact. */
uint32_t pole_area_survey_station(const pole_area_survey *survey, pole_vertex at, float away_m);

/* The distance from a place, for which the station is that of the middle, to the next area of
 * another station: within POLE_SURVEY_ERROR_M; 0 when one covers the place; more than
 * POLE_SURVEY_EDGE_M when none is nearer. The same on every machine. */
#define POLE_SURVEY_ERROR_M 0.02f
float pole_area_survey_edge(const pole_area_survey *survey, pole_vertex at, float away_m);

#endif
