# SPDX-License-Identifier: MIT
"""Poles laid along the real streets of central Harbin stand beside a line of their street's name.
The data is no part of the project: the test is skipped, and says so, where it is not there.
Usage: real_streets_test.py GENERATOR"""
import collections
import math
import os
import sys
import tempfile
import unittest

import streets_geojson
import tables

GENERATOR = sys.argv.pop(1)
REAL = os.environ.get('POLELOOKUP_REAL_DATA') or os.path.join(
    os.path.dirname(tables.SOURCE), 'shared', 'data', 'real')
ROADS = os.path.join(REAL, 'harbin_osm', 'roads.csv.gz')


class RealStreets(unittest.TestCase):
    def test_poles_stand_beside_their_street(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'streets.geojson')
            streets_geojson.convert(ROADS, path)
            files, _ = tables.generate(GENERATOR, '--streets', path)
        poles = tables.rows(files['poles.csv'])
        self.assertGreater(len(poles), 30000)
        self.assertEqual(len({row['code'] for row in poles}), len(poles))
        points = collections.defaultdict(list)  # of a street, every 10 m
        for feature in streets_geojson.features(ROADS):
            line = [tables.metres(lat, lon) for lon, lat in feature['geometry']['coordinates']]
            for (ax, ay), (bx, by) in zip(line, line[1:]):
                steps = int(math.dist((ax, ay), (bx, by)) / 10) + 1
                for k in range(steps + 1):
                    points[feature['properties']['name']].append(
                        (ax + (bx - ax) * k / steps, ay + (by - ay) * k / steps))
        near = {name: tables.Near(line, 30) for name, line in points.items()}
        far, active = 0, [row for row in poles[::5] if not row['status']]
        for row in active:
            name, at = row['street'], tables.place(row)
            far += min((d for d, _ in near[name].around(at)), default=99) > 14
        self.assertLess(far / len(active), 0.002)  # at sharp corners the sides jump


if __name__ == '__main__':
    if not os.path.exists(ROADS):
        print(f'SKIPPED: no {ROADS}: set POLELOOKUP_REAL_DATA to the folder of real data')
        sys.exit(77)
    unittest.main()
