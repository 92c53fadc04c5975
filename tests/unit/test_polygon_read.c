/* SPDX-License-Identifier: MIT
 * A search polygon read from GeoJSON: what a file says is taken as it says it or refused with its
 * line; a polygon that is silently another one would silently find other poles. */
#include <check.h>
#include <string.h>

#include <polelookup/near.h>

#include "support/test_main.h"
#include "support/test_memory.h"

#define TRIANGLE "[[126.6,45.7],[126.7,45.7],[126.7,45.8],[126.6,45.7]]"
#define HOLE "[[126.65,45.71],[126.69,45.71],[126.69,45.75],[126.65,45.71]]"
#define POLYGON(rings) "{\"type\":\"Polygon\",\"coordinates\":[" rings "]}"
#define FEATURE(geometry) "{\"type\":\"Feature\",\"properties\":null,\"geometry\":" geometry "}"
#define COLLECTION(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"

#define ROOM 64

typedef struct {
    pole_point points[ROOM];
    size_t ring_sizes[ROOM];
    size_t point_count;
    size_t ring_count;
    pole_error error;
} polygon_reading;

static pole_status read_text(polygon_reading *reading, const char *text)
{
    memset(reading, 0, sizeof *reading);
    return pole_polygon_read(text, strlen(text), NULL, reading->points, ROOM, &reading->point_count,
                             reading->ring_sizes, ROOM, &reading->ring_count, &reading->error);
}

START_TEST(a_polygon_keeps_its_rings_and_its_order_of_axes)
{
    static const char *const texts[] = {FEATURE(POLYGON(TRIANGLE "," HOLE)),
                                        COLLECTION(FEATURE(POLYGON(TRIANGLE "," HOLE)))};
    for (size_t i = 0; i < 2; i++) {
        polygon_reading r;
        ck_assert_int_eq(read_text(&r, texts[i]), POLE_OK);
        ck_assert_uint_eq(r.ring_count, 2);
        ck_assert_uint_eq(r.point_count, 8);
        ck_assert_uint_eq(r.ring_sizes[0], 4);
        ck_assert_uint_eq(r.ring_sizes[1], 4);
        ck_assert_double_eq(r.points[2].lat_deg, 45.8);
        ck_assert_double_eq(r.points[2].lon_deg, 126.7);
        ck_assert_double_eq(r.points[4].lat_deg, 45.71);
    }
}
END_TEST

START_TEST(several_polygons_of_one_feature_are_rings_of_one)
{
    polygon_reading r;
    ck_assert_int_eq(read_text(&r, FEATURE("{\"type\":\"MultiPolygon\",\"coordinates\":[["
                                           "[[1,2],[3,2],[3,4],[1,2]]],[[[5,6],[7,6],[7,8],[5,6]]"
                                           "]]}")),
                     POLE_OK);
    ck_assert_uint_eq(r.ring_count, 2);
    ck_assert_double_eq(r.points[4].lon_deg, 5);
}
END_TEST

START_TEST(a_small_buffer_learns_how_much_is_needed_and_is_left_alone)
{
    const char *text = FEATURE(POLYGON(TRIANGLE "," HOLE));
    const pole_point untouched = {-1, -1};
    pole_point points[7];
    size_t sizes[2], point_count = 0, ring_count = 0;
    for (size_t i = 0; i < 7; i++)
        points[i] = untouched;
    ck_assert_int_eq(pole_polygon_read(text, strlen(text), NULL, points, 7, &point_count, sizes, 2,
                                       &ring_count, NULL),
                     POLE_LIMIT);
    ck_assert_uint_eq(point_count, 8);
    ck_assert_uint_eq(ring_count, 2);
    ck_assert_mem_eq(&points[0], &untouched, sizeof untouched);
    ck_assert_int_eq(pole_polygon_read(text, strlen(text), NULL, NULL, 0, &point_count, NULL, 0,
                                       &ring_count, NULL),
                     POLE_LIMIT);
    ck_assert_uint_eq(point_count, 8);
}
END_TEST

static const char *const refused[] = {
    "",
    "code,lat,lon\n",
    POLYGON(TRIANGLE) "]",
    "{\"type\":\"FeatureCollection\",\"features\":[]}",
    FEATURE("null"),
    FEATURE("{\"type\":\"Point\",\"coordinates\":[126.6,45.7]}"),
    FEATURE("{\"type\":\"LineString\",\"coordinates\":" TRIANGLE "}"),
    FEATURE("{\"type\":\"Polygon\",\"coordinates\":[]}"),
    FEATURE(POLYGON("[[126.6,45.7],[126.7,45.7],[126.6,45.7]]")),
    FEATURE(POLYGON("[[126.6,45.7],[126.7,45.7],[126.7,45.8]]")),
    FEATURE(POLYGON("[[126.6,45.7],[126.7,45.7],[126.7,45.8],[126.6,45.70001]]")),
    FEATURE(POLYGON("[[126.6,\"45.7\"],[126.7,45.7],[126.7,45.8],[126.6,45.7]]")),
    FEATURE(POLYGON("[[45.7,126.6],[45.7,126.7],[45.8,126.7],[45.7,126.6]]")),
    FEATURE(POLYGON("[[500000,5070000],[500100,5070000],[500100,5070100],[500000,5070000]]")),
    COLLECTION(FEATURE(POLYGON(TRIANGLE)) "," FEATURE(POLYGON(HOLE))),
    "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":"
    "\"urn:ogc:def:crs:EPSG::4530\"}},\"features\":[" FEATURE(POLYGON(TRIANGLE)) "]}",
};

START_TEST(what_is_no_single_polygon_in_degrees_is_refused_with_a_reason)
{
    polygon_reading r;
    const char *text = refused[_i];
    ck_assert_msg(read_text(&r, text) == POLE_BAD_INPUT, "%s gives %s", text, r.error.message);
    ck_assert_int_eq(r.error.status, POLE_BAD_INPUT);
    ck_assert_uint_gt(strlen(r.error.message), 0);
    ck_assert_uint_eq(r.point_count, 0);
    ck_assert_uint_eq(r.ring_count, 0);
}
END_TEST

START_TEST(a_crs_that_is_wgs84_by_name_is_taken)
{
    polygon_reading r;
    ck_assert_int_eq(read_text(&r, "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\","
                                   "\"properties\":{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}},"
                                   "\"features\":[" FEATURE(POLYGON(TRIANGLE)) "]}"),
                     POLE_OK);
    ck_assert_uint_eq(r.point_count, 4);
}
END_TEST

START_TEST(an_error_names_the_line)
{
    polygon_reading r;
    ck_assert_int_eq(read_text(&r, "{\"type\":\"Feature\",\"properties\":null,\n\"geometry\":\n"
                                   "{\"type\":\"Point\",\"coordinates\":[1,2]}}"),
                     POLE_BAD_INPUT);
    ck_assert_uint_eq(r.error.line, 3);
}
END_TEST

START_TEST(each_refused_request_for_memory_is_reported_and_nothing_is_kept)
{
    const char *text = COLLECTION(FEATURE(POLYGON(TRIANGLE "," HOLE)));
    pole_status status = POLE_NO_MEMORY;
    size_t fail_at = 0;
    while (status == POLE_NO_MEMORY) {
        test_memory memory;
        pole_point points[ROOM];
        size_t sizes[ROOM], point_count, ring_count;
        test_memory_init(&memory, ++fail_at);
        status = pole_polygon_read(text, strlen(text), &memory.allocator, points, ROOM,
                                   &point_count, sizes, ROOM, &ring_count, NULL);
        ck_assert_uint_eq(memory.live, 0);
    }
    ck_assert_int_eq(status, POLE_OK);
    ck_assert_uint_gt(fail_at, 2);
}
END_TEST

START_TEST(json_nested_too_deep_needs_no_room)
{
    static char text[4096];
    polygon_reading r;
    strcpy(text, "{\"type\":\"Feature\",\"properties\":");
    memset(text + strlen(text), '[', 1500);
    memset(text + strlen(text), ']', 1500);
    strcat(text, ",\"geometry\":" POLYGON(TRIANGLE) "}");
    ck_assert_int_eq(read_text(&r, text), POLE_LIMIT);
    ck_assert_uint_eq(r.point_count, 0);
    ck_assert_uint_eq(r.ring_count, 0);
    ck_assert_int_eq(r.error.status, POLE_LIMIT);
    ck_assert_str_ne(r.error.message, "");
}
END_TEST

START_TEST(a_wrong_call_reads_nothing)
{
    const char *text = FEATURE(POLYGON(TRIANGLE));
    pole_point points[ROOM];
    size_t sizes[ROOM], point_count = 9, ring_count = 9;
    ck_assert_int_eq(pole_polygon_read(NULL, 3, NULL, points, ROOM, &point_count, sizes, ROOM,
                                       &ring_count, NULL),
                     POLE_INVALID_ARGUMENT);
    ck_assert_uint_eq(point_count, 0);
    ck_assert_uint_eq(ring_count, 0);
    ck_assert_int_eq(pole_polygon_read(text, strlen(text), NULL, NULL, ROOM, &point_count, sizes,
                                       ROOM, &ring_count, NULL),
                     POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_polygon_read(text, strlen(text), NULL, points, ROOM, &point_count, NULL,
                                       ROOM, &ring_count, NULL),
                     POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_polygon_read(text, strlen(text), NULL, points, ROOM, NULL, sizes, ROOM,
                                       &ring_count, NULL),
                     POLE_INVALID_ARGUMENT);
    ck_assert_int_eq(pole_polygon_read(text, strlen(text), NULL, points, ROOM, &point_count, sizes,
                                       ROOM, NULL, NULL),
                     POLE_INVALID_ARGUMENT);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("polygon_read");
    TCase *tests = tcase_create("polygon_read");
    tcase_add_test(tests, a_polygon_keeps_its_rings_and_its_order_of_axes);
    tcase_add_test(tests, several_polygons_of_one_feature_are_rings_of_one);
    tcase_add_test(tests, a_small_buffer_learns_how_much_is_needed_and_is_left_alone);
    tcase_add_loop_test(tests, what_is_no_single_polygon_in_degrees_is_refused_with_a_reason, 0,
                        sizeof refused / sizeof refused[0]);
    tcase_add_test(tests, a_crs_that_is_wgs84_by_name_is_taken);
    tcase_add_test(tests, an_error_names_the_line);
    tcase_add_test(tests, json_nested_too_deep_needs_no_room);
    tcase_add_test(tests, a_wrong_call_reads_nothing);
    tcase_add_test(tests, each_refused_request_for_memory_is_reported_and_nothing_is_kept);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
