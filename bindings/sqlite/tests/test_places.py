# SPDX-License-Identifier: MIT
"""Poles around a place, and stations, against every pole of the index and plain loops."""

import json
import math
import random
import os

from support import GOLDEN, SAMPLE, Case


def square(south, west, north, east):
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return json.dumps({"type": "Feature", "properties": None, "geometry": shape})


class Near(Case):
    INDEX = SAMPLE

    def setUp(self):
        super().setUp()
        seed = int(os.environ.get("POLE_TEST_SEED", "20081130"))
        print(f"seed {seed}")
        self.random = random.Random(seed)
        self.poles = self.rows(
            "SELECT code, lat, lon FROM pole_within_box(45.70, 126.55, 45.80, 126.65)"
        )
        self.assertGreater(len(self.poles), 1000)

    def test_a_box_holds_what_lies_in_it_and_no_more(self):
        for _ in range(20):
            south = self.random.uniform(45.71, 45.78)
            west = self.random.uniform(126.56, 126.63)
            north, east = south + 0.01, west + 0.01
            want = [c for c, lat, lon in self.poles if south <= lat <= north and west <= lon <= east]
            box = self.rows("SELECT code FROM pole_within_box(?, ?, ?, ?)", south, west, north, east)
            self.assertEqual([c for (c,) in box], want)

    def test_a_polygon_that_is_a_box_holds_the_same(self):
        sides = (45.72, 126.60, 45.73, 126.61)
        self.assertEqual(
            self.rows("SELECT code FROM pole_within_polygon(?)", square(*sides)),
            self.rows("SELECT code FROM pole_within_box(?, ?, ?, ?)", *sides),
        )

    def test_near_and_within_agree_with_each_other_and_come_in_order(self):
        for _ in range(20):
            at = (self.random.uniform(45.72, 45.78), self.random.uniform(126.57, 126.63))
            near = self.rows("SELECT code, distance_m FROM pole_near(?, ?, 20)", *at)
            self.assertEqual(len(near), 20)
            self.assertEqual([d for _, d in near], sorted(d for _, d in near))
            within = self.rows("SELECT code, distance_m FROM pole_within(?, ?, ?)", *at, near[-1][1])
            self.assertEqual(within[:20], near)
            bounded = self.rows("SELECT code FROM pole_near(?, ?, 20, ?)", *at, near[9][1])
            self.assertEqual(len(bounded), 10)

    def test_distances_are_those_of_a_sphere_within_half_a_percent(self):
        at = (45.75, 126.60)
        for lat, lon, told in self.rows(
            "SELECT lat, lon, distance_m FROM pole_within(?, ?, 500)", *at
        ):
            dy = math.radians(lat - at[0])
            dx = math.radians(lon - at[1]) * math.cos(math.radians(at[0]))
            self.assertAlmostEqual(told, 6371008.8 * math.hypot(dx, dy), delta=0.005 * told + 0.01)

    def test_unknown_places_have_no_row(self):
        for table in (
            "pole_near(NULL, 126, 1)",
            "pole_within(45, NULL, 1)",
            "pole_within_box(1, 2, NULL, 3)",
            "pole_within_polygon(NULL)",
            "pole_stations_at(NULL, 1)",
            "pole_near(0, 0, 5, 1000)",
            "pole_within(0, 0, 1000)",
        ):
            self.assertEqual(self.rows(f"SELECT * FROM {table}"), [], table)

    def test_what_is_no_place_is_an_error(self):
        for table, pattern in (
            ("pole_near(126.6, 45.7, 1)", "latitude comes first"),
            ("pole_near(45, 9e999, 1)", "latitude comes first"),
            ("pole_near('here', 126, 1)", "latitude is not a number"),
            ("pole_near(x'00', 126, 1)", "latitude is not a number"),
            ("pole_near(45, 126, 0)", "k is not a whole number"),
            ("pole_near(45, 126, 1025)", "k is not a whole number"),
            ("pole_near(45, 126, 1.5)", "k is not a whole number"),
            ("pole_near(45, 126, 1, -1)", "max_m"),
            ("pole_within(45, 126, -1)", "radius_m"),
            ("pole_within(45, 126, 9e999)", "radius_m"),
            ("pole_within_polygon('{')", "polelookup: bad_input"),
            ("pole_within_polygon('')", "polelookup: bad_input"),
            ("pole_stations_at(91, 0)", "latitude comes first"),
        ):
            self.fails(pattern, f"SELECT * FROM {table}")

    def test_numbers_written_as_text_are_numbers(self):
        self.assertEqual(
            self.rows("SELECT code FROM pole_near('45.7', '126.6', '3')"),
            self.rows("SELECT code FROM pole_near(45.7, 126.6, 3)"),
        )
        self.assertEqual(
            self.rows("SELECT of_lat FROM pole_near WHERE of_lat IN ('45.7') AND of_lon = 126.6 AND k = 3"),
            [("45.7",)] * 3,
            "and what was asked stays as it was",
        )

    def test_poles_around_each_row_of_a_table(self):
        self.db.execute("CREATE TABLE phones AS SELECT 45.7 AS lat, 126.6 AS lon UNION SELECT 45.75, 126.6")
        got = self.rows(
            "SELECT phones.lat, count(*) FROM phones JOIN pole_near(phones.lat, phones.lon, 4) GROUP BY 1"
        )
        self.assertEqual(got, [(45.7, 4), (45.75, 4)])

    def test_the_whole_city_fits(self):
        self.assertEqual(self.one("SELECT count(*) FROM pole_within(45.7, 126.6, 1e6)"), 115900)


class Stations(Case):
    INDEX = GOLDEN

    def test_roles_of_a_pole_with_one_chosen(self):
        rows = self.rows("SELECT role, id, chosen, status FROM pole_stations('1234567')")
        self.assertEqual(
            rows,
            [
                ("coded", "123", 0, "active"),
                ("responsible", "123", 1, "active"),
                ("nearest", "123", 0, "active"),
            ],
        )

    def test_no_pole_is_a_row_that_says_why(self):
        query = "SELECT status, role, id, distance_m FROM pole_stations(?)"
        self.assertEqual(self.rows(query, "7654321"), [("not_found", None, None, None)])
        self.assertEqual(self.rows(query, "10101"), [("several", None, None, None)])
        self.assertEqual(self.rows(query, None), [(None, None, None, None)])

    def test_stations_of_a_place_are_in_order(self):
        rows = self.rows("SELECT role, id, chosen FROM pole_stations_at(45.7765, 126.6161, NULL, 3)")
        self.assertEqual(rows[0], ("responsible", "123", 1))
        self.assertEqual([role for role, _, _ in rows[1:]], ["nearest"] * (len(rows) - 1))
        self.assertEqual(sum(chosen for _, _, chosen in rows), 1)
        self.assertEqual(self.rows("SELECT * FROM pole_stations_at(45.77, 126.61, 'camera')"), [])
