# SPDX-License-Identifier: MIT
"""The committed sample is a city: numbered in Harbin's manner, dense, on land, with areas that
tile. What people are shown as an example must not be nonsense, and what tests are built on must
hold the cases they count on. Everything is measured here anew, from the tables alone."""
import collections
import math
import random
import re
import statistics
import unittest

import tables

FILES = tables.committed()
POLES = tables.rows(FILES['poles.csv'])
STATIONS = tables.rows(FILES['stations.csv'])
CODES = {row['code']: row for row in POLES}
PLACES = [tables.place(row) for row in POLES]
AREAS = tables.Areas(FILES['areas.geojson'])
BRIDGES = {'阳明滩大桥', '松花江公路大桥', '松浦大桥', '东江大桥'}
# digit, name, box of lat and lon in which the district's middle pole must lie
DISTRICTS = [
    ('1', '道里区', 45.68, 45.79, 126.45, 126.66), ('2', '南岗区', 45.65, 45.78, 126.53, 126.70),
    ('3', '道外区', 45.76, 45.83, 126.62, 126.78), ('4', '香坊区', 45.65, 45.77, 126.62, 126.78),
    ('5', '平房区', 45.57, 45.64, 126.56, 126.70), ('6', '松北区', 45.76, 45.86, 126.48, 126.68),
    ('7', '呼兰区', 45.84, 46.04, 126.54, 126.68), ('8', '阿城区', 45.49, 45.60, 126.90, 127.05),
    ('9', '双城区', 45.33, 45.43, 126.24, 126.38)]


def sides():
    """Poles of one side of one street number, in order."""
    groups = collections.defaultdict(list)
    for number, row in enumerate(POLES):
        groups[row['code'][:5], int(row['code']) % 2].append(number)
    return groups


SIDES = sides()


class Table(unittest.TestCase):
    def test_text_is_plain_utf8_with_lf(self):
        for name, data in FILES.items():
            data.decode('utf-8')
            self.assertNotIn(b'\r', data, name)
            self.assertFalse(data.startswith(b'\xef\xbb\xbf'), name)
            self.assertTrue(data.endswith(b'\n'), name)

    def test_there_are_115900_poles_with_distinct_sorted_codes_of_seven_digits(self):
        codes = [row['code'] for row in POLES]
        self.assertEqual(len(codes), 115900)
        self.assertEqual(codes, sorted(set(codes)))
        self.assertTrue(all(re.fullmatch('[1-9][0-9]{6}', code) for code in codes))
        self.assertFalse(any(code[1:3] == '00' or code[3:5] == '00' or code[5:] == '00'
                             for code in codes))

    def test_the_examples_are_among_them(self):
        self.assertEqual(CODES['1234567']['street'], '通江街')
        self.assertEqual(CODES['1234567']['district'], '道里区')
        self.assertEqual(CODES['2334502']['street'], CODES['2334504']['street'])
        for code in ('1234567', '2334502', '2334504'):
            self.assertEqual(CODES[code]['status'], '')

    def test_positions_have_seven_decimals_and_none_is_taken_twice(self):
        for row in POLES:
            self.assertRegex(row['lat'], r'^4[56]\.\d{7}$')
            self.assertRegex(row['lon'], r'^12[67]\.\d{7}$')
        self.assertEqual(len({(row['lat'], row['lon']) for row in POLES}), len(POLES))

    def test_a_street_number_has_one_name_and_its_district_the_first_digit(self):
        names = {}
        digits = {name: digit for digit, name, *_ in DISTRICTS}
        for row in POLES:
            self.assertEqual(names.setdefault(row['code'][:5], row['street']), row['street'])
            self.assertEqual(digits[row['district']], row['code'][0])

    def test_districts_lie_where_the_real_ones_lie(self):
        for _, name, south, north, west, east in DISTRICTS:
            lats = [float(row['lat']) for row in POLES if row['district'] == name]
            lons = [float(row['lon']) for row in POLES if row['district'] == name]
            self.assertGreater(len(lats), 4000, name)
            self.assertTrue(south < statistics.median(lats) < north, name)
            self.assertTrue(west < statistics.median(lons) < east, name)

    def test_a_few_hundred_poles_have_a_history(self):
        states = collections.Counter(row['status'] for row in POLES)
        self.assertEqual(set(states), {'', 'moved', 'removed'})
        self.assertTrue(100 < states['moved'] < 400 and 100 < states['removed'] < 400)
        successors = [row for row in POLES if row['successor']]
        self.assertGreater(len(successors), 50)
        for row in successors:
            self.assertEqual(row['status'], 'removed')
            self.assertEqual(CODES[row['successor']]['status'], '')
        aliases = [row for row in POLES if row['alias']]
        self.assertTrue(200 < len(aliases) < 1000)
        self.assertEqual({row['alias_owner'] for row in aliases}, {'电力', '铁塔'})
        self.assertFalse(any(row['alias_owner'] for row in POLES if not row['alias']))
        self.assertTrue(all(re.fullmatch(r'20[012]\d-\d\d-\d\d', row['surveyed'])
                            for row in POLES))


class Numbering(unittest.TestCase):
    def test_a_code_has_about_26_neighbours_at_one_wrong_digit(self):
        count = 0
        for code in CODES:
            for at in range(7):
                head, tail = code[:at], code[at + 1:]
                count += sum(head + digit + tail in CODES for digit in '0123456789') - 1
        self.assertTrue(20 < count / len(CODES) < 30, count / len(CODES))

    def test_sides_count_on_in_steps_of_two_without_a_gap(self):
        for (street, odd), numbers in SIDES.items():
            poles = [int(POLES[n]['code'][5:]) for n in numbers]
            self.assertEqual(poles, list(range(1 if odd else 2, poles[-1] + 1, 2)), street)

    def test_neighbours_on_a_side_stand_about_30_m_apart(self):
        gaps = [math.dist(PLACES[a], PLACES[b])
                for numbers in SIDES.values() for a, b in zip(numbers, numbers[1:])]
        close = sum(25 <= gap <= 35 for gap in gaps) / len(gaps)
        self.assertGreater(close, 0.9)
        self.assertTrue(29 < statistics.median(gaps) < 31)
        self.assertGreater(sum(gap < 60 for gap in gaps) / len(gaps), 0.99)

    def test_odd_and_even_lie_on_two_sides_12_to_40_m_apart(self):
        same, other, widths = 0, 0, []
        for (street, odd), numbers in SIDES.items():
            evens = SIDES.get((street, 0), [])
            if not odd or len(numbers) < 6 or len(evens) < 6:
                continue
            turns = []
            for a, b in zip(numbers, numbers[1:]):
                ax, ay = PLACES[a]
                dx, dy = PLACES[b][0] - ax, PLACES[b][1] - ay
                length = math.hypot(dx, dy)
                if length > 40 or POLES[a]['status'] or POLES[b]['status']:
                    continue
                ex, ey = min((PLACES[e] for e in evens), key=lambda p: math.dist(p, (ax, ay)))
                along = (dx * (ex - ax) + dy * (ey - ay)) / length
                left = (dx * (ey - ay) - dy * (ex - ax)) / length
                if abs(along) < 20:
                    turns.append(left > 0)
                    widths.append(abs(left))
            most = max(turns.count(True), turns.count(False))
            same += most
            other += len(turns) - most
        self.assertGreater(same, 40000)
        self.assertLess(other / (same + other), 0.005)
        widths.sort()
        self.assertGreater(widths[len(widths) // 100], 10)
        self.assertLess(widths[-len(widths) // 100], 42)

    def test_no_two_poles_stand_in_one_place(self):
        near = tables.Near(PLACES, 10)
        for number, point in enumerate(PLACES):
            for distance, other in near.around(point):
                if other != number:
                    self.assertGreater(distance, 1.5, POLES[number]['code'])

    def test_many_streets_bend(self):
        """Of the sides of about a kilometre, half leave the straight line by more than 14 m."""
        straight = 0
        long_sides = [n for n in SIDES.values() if len(n) >= 30]
        for numbers in long_sides:
            walked = sum(math.dist(PLACES[a], PLACES[b]) for a, b in zip(numbers, numbers[1:]))
            straight += math.dist(PLACES[numbers[0]], PLACES[numbers[-1]]) / walked > 0.9995
        self.assertLess(straight / len(long_sides), 0.6)


class River(unittest.TestCase):
    def test_only_bridges_cross_it(self):
        north = [n for n, row in enumerate(POLES)
                 if row['district'] == '松北区' and row['street'] not in BRIDGES]
        south = [n for n, row in enumerate(POLES)
                 if row['district'] in ('道里区', '道外区') and row['street'] not in BRIDGES]
        near = tables.Near([PLACES[n] for n in south], 500)
        for n in north:
            for distance, _ in near.around(PLACES[n]):
                self.assertGreater(distance, 500, POLES[n]['code'])

    def test_bridges_stand_in_the_gap(self):
        """Some of a bridge's poles are further than 250 m from any other street's."""
        land = tables.Near([p for p, row in zip(PLACES, POLES) if row['street'] not in BRIDGES], 250)
        for bridge in BRIDGES:
            over = [p for p, row in zip(PLACES, POLES) if row['street'] == bridge and
                    all(distance > 250 for distance, _ in land.around(p))]
            self.assertGreater(len(over), 5, bridge)


class Stations(unittest.TestCase):
    POLICE = {row['id']: row for row in STATIONS if row['kind'] == 'police'}

    def test_there_are_about_120_police_stations_and_some_of_other_kinds(self):
        kinds = collections.Counter(row['kind'] for row in STATIONS)
        self.assertTrue(110 <= kinds['police'] <= 140)
        self.assertEqual((kinds['fire'], kinds['hospital']), (12, 8))
        self.assertEqual(len({row['id'] for row in STATIONS}), len(STATIONS))
        self.assertEqual(len({row['name'] for row in STATIONS}), len(STATIONS))

    def test_each_prefix_is_a_station_and_holds_its_share(self):
        counts = collections.Counter(code[:3] for code in CODES)
        self.assertEqual(set(counts), set(self.POLICE))
        self.assertTrue(all(300 < count < 1300 for count in counts.values()), counts)
        self.assertTrue(750 < statistics.mean(counts.values()) < 1050)

    def test_no_telephone_rings(self):
        phones = [row['phone'] for row in STATIONS]
        self.assertEqual(len(set(phones)), len(phones))
        self.assertTrue(all(re.fullmatch(r'0451-\d{7}', phone) for phone in phones))

    def test_merged_stations_name_a_living_successor(self):
        merged = [row for row in self.POLICE.values() if row['successor']]
        self.assertTrue(1 <= len(merged) <= 6)
        for row in merged:
            self.assertEqual(self.POLICE[row['successor']]['successor'], '')
            self.assertNotIn(row['id'], AREAS.rings)

    def test_a_station_stands_in_its_area(self):
        for name, row in self.POLICE.items():
            if not row['successor']:
                self.assertEqual(AREAS.holders(float(row['lon']), float(row['lat'])), [name])


class Borders(unittest.TestCase):
    def test_each_living_station_has_one_area(self):
        living = [row['id'] for row in STATIONS if row['kind'] == 'police' and not row['successor']]
        self.assertEqual([f['properties']['station_id'] for f in AREAS.features], living)

    def test_rings_are_closed_and_turn_as_rfc_7946_says(self):
        for feature in AREAS.features:
            for polygon in AREAS.polygons(feature):
                for number, ring in enumerate(polygon):
                    self.assertEqual(ring[0], ring[-1])
                    self.assertEqual(len({tuple(p) for p in ring}), len(ring) - 1)
                    self.assertEqual(tables.side(ring) > 0, number == 0)

    def test_neighbours_share_their_border_corner_for_corner(self):
        """Every edge of a border is the other area's edge, run the other way, or the rim's; a
        corner in the middle of another's edge would leave both edges without a partner."""
        edges = set()
        for rings in AREAS.rings.values():
            for ring in rings:
                for a, b in zip(ring, ring[1:]):
                    edge = (*a, *b)
                    self.assertNotIn(edge, edges)
                    edges.add(edge)
        rim = [edge for edge in edges if (edge[2], edge[3], edge[0], edge[1]) not in edges]
        self.assertLess(len(rim) / len(edges), 0.4)
        starts = collections.Counter((edge[0], edge[1]) for edge in rim)
        self.assertEqual(set(starts.values()), {1})
        self.assertEqual(set(starts), {(edge[2], edge[3]) for edge in rim})

    def test_no_point_has_two_areas(self):
        """Random points of the whole map (the seed is fixed: the table is fixed)."""
        draw = random.Random(7)
        held = 0
        for _ in range(20000):
            holders = AREAS.holders(draw.uniform(126.48, 126.74), draw.uniform(45.66, 45.83))
            self.assertLess(len(holders), 2)
            held += len(holders)
        self.assertGreater(held, 10000)

    def test_borders_are_drawn_with_40_to_120_corners_mostly(self):
        corners = [sum(len(polygon[0]) - 1 for polygon in AREAS.polygons(f))
                   for f in AREAS.features]
        self.assertGreater(sum(40 <= n <= 120 for n in corners) / len(corners), 0.6)
        self.assertLess(max(corners), 300)

    def test_there_are_holes_and_areas_in_pieces(self):
        polygons = [p for f in AREAS.features for p in AREAS.polygons(f)]
        self.assertGreater(len(polygons), len(AREAS.features))
        self.assertTrue(any(len(p) > 1 for p in polygons))

    def test_one_pole_in_twenty_lies_in_anothers_area_and_a_few_in_none(self):
        other, none = 0, collections.Counter()
        for row in POLES[::3]:
            holders = AREAS.holders(float(row['lon']), float(row['lat']))
            self.assertLess(len(holders), 2, row['code'])
            if not holders:
                none[row['street']] += 1
            elif holders[0] != row['code'][:3]:
                other += 1
        self.assertTrue(0.035 < other * 3 / len(POLES) < 0.065, other)
        self.assertTrue(10 < sum(none.values()) < 200, none)
        self.assertTrue(set(none) & BRIDGES)


if __name__ == '__main__':
    unittest.main()
