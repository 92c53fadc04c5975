# SPDX-License-Identifier: MIT
"""The generator's options make what they say, and what it refuses it names. Tests and benchmarks
take their cities from these options, so a wrong one would mislead all of them.
Usage: options_test.py GENERATOR"""
import collections
import json
import math
import os
import subprocess
import sys
import tempfile
import unittest

import tables

GENERATOR = sys.argv.pop(1)


def run(*options):
    return subprocess.run([GENERATOR, *options], capture_output=True, text=True, encoding='utf-8')


class Sizes(unittest.TestCase):
    def test_the_count_is_exact_and_codes_are_distinct(self):
        for count in (1000, 4321, 20000):
            files, _ = tables.generate(GENERATOR, '--poles', str(count))
            codes = [row['code'] for row in tables.rows(files['poles.csv'])]
            self.assertEqual(len(codes), count)
            self.assertEqual(codes, sorted(set(codes)))

    def test_a_country_has_eight_digits_and_stations_of_four(self):
        files, _ = tables.generate(GENERATOR, '--poles', '200001')
        poles = tables.rows(files['poles.csv'])
        codes = [row['code'] for row in poles]
        self.assertEqual(len(codes), 200001)
        self.assertEqual(codes, sorted(set(codes)))
        self.assertEqual({len(code) for code in codes}, {8})
        police = {row['id'] for row in tables.rows(files['stations.csv'])
                  if row['kind'] == 'police'}
        self.assertEqual({code[:4] for code in codes}, police)
        ids = [row['id'] for row in tables.rows(files['stations.csv'])]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertGreater(len({row['district'] for row in poles}), 9)

    def test_another_seed_is_another_city_and_the_same_seed_the_same(self):
        one, _ = tables.generate(GENERATOR, '--poles', '3000', '--seed', '1')
        again, _ = tables.generate(GENERATOR, '--seed', '1', '--poles', '3000')
        other, _ = tables.generate(GENERATOR, '--poles', '3000', '--seed', '2')
        self.assertEqual(one, again)
        for name in one:
            self.assertNotEqual(one[name], other[name])


class Counties(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        files, _ = tables.generate(GENERATOR, '--poles', '2000', '--counties')
        cls.poles = tables.rows(files['poles.csv'])
        cls.stations = tables.rows(files['stations.csv'])

    def test_nine_counties_have_five_digits_that_repeat_between_them(self):
        scopes = collections.defaultdict(set)
        for row in self.poles:
            scopes[row['scope']].add(row['code'])
            self.assertEqual(len(row['code']), 5 if row['scope'] else 7)
        self.assertEqual(sum(len(codes) for codes in scopes.values()), len(self.poles))
        self.assertEqual(len(scopes), 10)
        self.assertEqual(len(scopes['']), 2000)
        counts = collections.Counter(row['code'] for row in self.poles if row['scope'])
        self.assertGreater(sum(count > 1 for count in counts.values()) / len(counts), 0.4)
        self.assertGreater(max(counts.values()), 7)

    def test_a_county_lies_in_its_own_place(self):
        for scope, lat, lon in (('依兰县', 46.32, 129.57), ('五常市', 44.93, 127.17)):
            for row in self.poles:
                if row['scope'] == scope:
                    self.assertLess(abs(float(row['lat']) - lat), 0.1)
                    self.assertLess(abs(float(row['lon']) - lon), 0.1)

    def test_stations_of_counties_have_distinct_ids_and_a_prefix_of_one_digit(self):
        prefixes = {(row['scope'], row['prefix']) for row in self.stations
                    if row['kind'] == 'police'}
        self.assertEqual(len({row['id'] for row in self.stations}), len(self.stations))
        for row in self.poles:
            length = 1 if row['scope'] else 3
            self.assertIn((row['scope'], row['code'][:length]), prefixes)


class Skew(unittest.TestCase):
    def test_outer_districts_lie_far_away(self):
        files, _ = tables.generate(GENERATOR, '--poles', '20000', '--skew')
        even, _ = tables.generate(GENERATOR, '--poles', '20000')

        def reach(made):
            return max(math.hypot(*tables.place(row)) for row in tables.rows(made['poles.csv']))
        self.assertGreater(reach(files), 4 * reach(even))


class Streets(unittest.TestCase):
    LINE = [[126.60, 45.75], [126.61, 45.755], [126.62, 45.755]]

    def network(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'streets.geojson')
            with open(path, 'w', encoding='utf-8') as file:
                file.write(text)
            return tables.generate(GENERATOR, '--streets', path)

    def refused(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'streets.geojson')
            with open(path, 'w', encoding='utf-8') as file:
                file.write(text)
            done = run('--streets', path, '-o', folder)
            self.assertEqual(done.returncode, 1)
            self.assertEqual(os.listdir(folder), ['streets.geojson'])
            return done.stderr

    @staticmethod
    def collection(*features):
        return json.dumps({'type': 'FeatureCollection', 'features': [
            {'type': 'Feature', 'properties': {'name': name, 'id': 7, 'note': None},
             'geometry': {'type': kind, 'coordinates': coordinates}}
            for name, kind, coordinates in features]}, indent=1)

    def test_poles_follow_the_lines_and_bear_their_names(self):
        files, _ = self.network(self.collection(
            ('真名"街\\\U0001F600', 'LineString', self.LINE),
            ('北\t路', 'MultiLineString', [[[126.63, 45.76], [126.64, 45.76]],
                                        [[126.65, 45.76, 120.5], [126.66, 45.76, 121]]]),
            ('公园', 'Polygon', [[[126.70, 45.70], [126.71, 45.70], [126.71, 45.71],
                                [126.70, 45.70]]])))
        poles = tables.rows(files['poles.csv'])
        self.assertEqual({row['street'] for row in poles}, {'真名 街\\\U0001F600', '北 路'})
        first = [tables.metres(lat, lon) for lon, lat in self.LINE]
        for row in poles:
            if not row['street'].startswith('真') or row['status']:
                continue
            at = tables.place(row)
            away = min(self.distance(at, a, b) for a, b in zip(first, first[1:]))
            self.assertTrue(7 < away < 11, away)
        self.assertTrue(180 < len(poles) < 240, len(poles))

    @staticmethod
    def distance(p, a, b):
        dx, dy = b[0] - a[0], b[1] - a[1]
        share = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy)
        share = min(1, max(0, share))
        return math.dist(p, (a[0] + share * dx, a[1] + share * dy))

    def test_what_is_no_network_is_refused_with_its_line(self):
        good = self.collection(('街', 'LineString', self.LINE))
        self.assertIn(':1: not JSON', self.refused('hello'))
        self.assertIn('ends too early', self.refused(good[:-20]))
        self.assertIn('no feature with a LineString', self.refused(self.collection()))
        self.assertIn('longitude comes first', self.refused(self.collection(
            ('街', 'LineString', [[45.75, 126.60], [45.755, 126.61]]))))
        self.assertRegex(self.refused(good.replace('45.75\n', '4.575e1\n', 1)),
                         r':\d+: a number that is not plain decimal')
        self.assertIn('brackets do not match', self.refused(good.replace(']', '}', 1)))
        self.assertIn('nested too deep', self.refused('[' * 100))
        self.assertIn('does not end', self.refused(good[:good.index('LineString') + 4]))
        self.assertIn('escape', self.refused(good.replace('\\u', '\\q', 1)))

    def test_too_many_poles_for_the_network_are_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'streets.geojson')
            with open(path, 'w', encoding='utf-8') as file:
                file.write(self.collection(('街', 'LineString', self.LINE)))
            done = run('--streets', path, '--poles', '5000', '-o', folder)
            self.assertEqual(done.returncode, 1)
            self.assertIn('room for', done.stderr)


class Usage(unittest.TestCase):
    def test_help_fits_a_screen(self):
        done = run('--help')
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        lines = done.stdout.splitlines()
        self.assertLessEqual(len(lines), 24)
        self.assertLessEqual(max(map(len, lines)), 100)

    def test_wrong_options_are_named_and_end_with_2(self):
        for options, word in ((['--pols', '5'], '--pols'), ([], '-o FOLDER'),
                              (['-o'], 'missing after: -o'), (['--poles', '999', '-o', '/'], '999'),
                              (['--poles', '1e4', '-o', '/'], '1e4'),
                              (['--poles', '10000001', '-o', '/'], '10000001'),
                              (['--seed', '-1', '-o', '/'], '-1'),
                              (['--seed', '18446744073709551616', '-o', '/'], '--seed'),
                              (['--counties', '--poles', '300000', '-o', '/'], '--counties'),
                              (['--streets', 'x', '--skew', '-o', '/'], '--skew')):
            done = run(*options)
            self.assertEqual(done.returncode, 2, options)
            self.assertIn(word, done.stderr)
            self.assertEqual(done.stdout, '')

    def test_a_folder_that_is_not_there_is_named(self):
        done = run('--poles', '1000', '-o', '/nonexistent/folder')
        self.assertEqual(done.returncode, 1)
        self.assertIn('/nonexistent/folder/poles.csv', done.stderr)


if __name__ == '__main__':
    unittest.main()
