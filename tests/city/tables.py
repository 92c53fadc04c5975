# SPDX-License-Identifier: MIT
"""What the city's tests share: reading the tables, plane geometry, points in areas."""
import csv
import json
import math
import os
import subprocess
import tarfile
import tempfile

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ARCHIVE = os.path.join(SOURCE, 'data', 'city', 'city.tar.xz')


def committed():
    """The committed tables as {name: bytes}."""
    with tarfile.open(ARCHIVE) as archive:
        return {m.name: archive.extractfile(m).read() for m in archive.getmembers()}


def rows(data):
    return list(csv.DictReader(data.decode('utf-8').splitlines()))


def generate(generator, *options, status=0):
    """Runs the generator; returns ({name: bytes}, stderr)."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([generator, *options, '-o', folder], capture_output=True, text=True,
                              encoding='utf-8')
        if done.returncode != status:
            raise AssertionError(f'exit {done.returncode}, not {status}: {done.stderr}')
        files = {}
        for name in os.listdir(folder):
            with open(os.path.join(folder, name), 'rb') as file:
                files[name] = file.read()
        return files, done.stderr


def metres(lat, lon, lat0=45.75, lon0=126.63):
    """A flat map in metres that is good to a few parts in a thousand around a place."""
    return ((lon - lon0) * 111320 * math.cos(math.radians(lat0)), (lat - lat0) * 111140)


def place(row, **origin):
    return metres(float(row['lat']), float(row['lon']), **origin)


class Near:
    """Points filed under square cells."""

    def __init__(self, points, cell):
        self.cell = cell
        self.cells = {}
        for number, point in enumerate(points):
            self.cells.setdefault(self.key(point), []).append((point, number))

    def key(self, point):
        return (math.floor(point[0] / self.cell), math.floor(point[1] / self.cell))

    def around(self, point):
        """(distance, number) of all points up to a cell away, and of some a little further."""
        x, y = self.key(point)
        for i in (x - 1, x, x + 1):
            for j in (y - 1, y, y + 1):
                for other, number in self.cells.get((i, j), ()):
                    yield math.dist(point, other), number


class Areas:
    """The areas of a GeoJSON file, to ask who holds a point (even-odd rule, lon and lat straight)."""

    CELL = 0.004

    def __init__(self, data):
        self.features = json.loads(data)['features']
        self.rings = {}  # station: all its rings
        self.cells = {}
        for feature in self.features:
            station = feature['properties']['station_id']
            rings = [ring for polygon in self.polygons(feature) for ring in polygon]
            self.rings[station] = rings
            lons = [p[0] for ring in rings for p in ring]
            lats = [p[1] for ring in rings for p in ring]
            for i in range(math.floor(min(lons) / self.CELL), math.floor(max(lons) / self.CELL) + 1):
                for j in range(math.floor(min(lats) / self.CELL),
                               math.floor(max(lats) / self.CELL) + 1):
                    self.cells.setdefault((i, j), []).append(station)

    @staticmethod
    def polygons(feature):
        geometry = feature['geometry']
        return [geometry['coordinates']] if geometry['type'] == 'Polygon' \
            else geometry['coordinates']

    def holds(self, station, lon, lat):
        inside = False
        for ring in self.rings[station]:
            for (ax, ay), (bx, by) in zip(ring, ring[1:]):
                if (ay > lat) != (by > lat) and lon < (bx - ax) * (lat - ay) / (by - ay) + ax:
                    inside = not inside
        return inside

    def holders(self, lon, lat):
        key = (math.floor(lon / self.CELL), math.floor(lat / self.CELL))
        return [s for s in self.cells.get(key, ()) if self.holds(s, lon, lat)]


def side(ring):
    """Twice the signed area: above 0 when the ring runs anticlockwise."""
    x0, y0 = ring[0]
    return sum((ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
               for (ax, ay), (bx, by) in zip(ring, ring[1:]))
