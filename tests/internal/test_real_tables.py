#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Real tables, as cities publish them, read with nothing told: every cell and every vertex must be
what Python's csv and json modules read. The data is looked for at $POLELOOKUP_REAL_DATA, else where
the command line says; without it the tests are skipped.

usage: test_real_tables.py TABLE_DUMP REAL_DATA_FOLDER [UNITTEST OPTION ...]
"""

import csv
import glob
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest


class RealTables(unittest.TestCase):
    dump = None
    data = None

    def setUp(self):
        if not os.path.isdir(self.data):
            self.skipTest("no real data at " + self.data)
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def unpack(self, path):
        """The file, unpacked into the temporary folder; its path there."""
        name = os.path.basename(path)
        to = os.path.join(self.folder.name, name[:-3] if name.endswith(".gz") else name)
        with (gzip.open if name.endswith(".gz") else open)(path, "rb") as source:
            with open(to, "wb") as target:
                shutil.copyfileobj(source, target)
        return to

    def read(self, path):
        done = subprocess.run([self.dump, path], capture_output=True, check=False)
        lines = [json.loads(line) for line in done.stdout.decode().split("\n") if line]
        self.assertEqual(done.returncode, 0, lines[-1:])
        return lines[:-1], lines[-1]

    def read_real(self, *names):
        return self.read(self.unpack(os.path.join(self.data, *names)))

    def test_every_csv_equals_pythons_reading(self):
        paths = [path for pattern in ("*.csv", "*.csv.gz", "*.CSV.gz")
                 for path in glob.glob(os.path.join(self.data, "*", pattern))]
        self.assertGreater(len(paths), 10)
        for path in paths:
            with self.subTest(path=os.path.relpath(path, self.data)):
                plain = self.unpack(path)
                rows, summary = self.read(plain)
                encoding = "gb18030" if "gb18030" in path else "utf-8-sig"
                with open(plain, encoding=encoding, newline="") as file:
                    wanted = list(csv.reader(file))
                self.assertEqual(summary["columns"], wanted[0])
                self.assertEqual([row["cells"] for row in rows], wanted[1:])
                self.assertEqual({row["faults"] for row in rows}, {0})
                self.assertEqual(summary["size_bytes"], os.path.getsize(plain))
                self.assertEqual(summary["mtime_s"], int(os.path.getmtime(plain)))

    def test_the_same_rows_in_gb18030_and_in_utf8(self):
        utf8, utf8_summary = self.read_real("harbin_poi", "poi.csv.gz")
        path = self.unpack(os.path.join(self.data, "harbin_poi", "poi.gb18030.crlf.csv.gz"))
        gb, summary = self.read(path)
        self.assertEqual(len(utf8), 10000)
        self.assertEqual([row["cells"] for row in gb], [row["cells"] for row in utf8])
        self.assertEqual(summary["encoding"], "GB18030")
        self.assertEqual(summary["columns"], utf8_summary["columns"])
        with open(path, "rb") as file:
            raw = file.read()
        for row in gb:
            at = row["offsets"][0]
            self.assertTrue(at == 0 or raw[at - 2:at] == b"\r\n")
            for cell, offset in zip(row["cells"], row["offsets"]):
                begins = raw[offset:offset + 1]
                self.assertTrue(begins == b'"' or raw.startswith(cell.encode("gb18030"), offset))

    def test_a_byte_order_mark_is_no_part_of_the_first_name(self):
        rows, summary = self.read_real("dc_downtown_streetlights", "streetlights.csv.gz")
        self.assertEqual(summary["columns"][0], "OID_")
        self.assertEqual((len(summary["columns"]), len(rows)), (67, 3963))
        ids = [row["cells"][summary["columns"].index("FACILITYID")] for row in rows]
        self.assertEqual(sum(len(code) == 7 for code in ids), 24)

    def test_line_ends_in_cells_are_kept_and_lines_counted(self):
        rows, summary = self.read_real("chicago_police", "police_stations_multiline.csv")
        self.assertEqual(len(rows), 23)
        place = summary["columns"].index("LOCATION")
        self.assertEqual(sum("\n" in row["cells"][place] for row in rows), 22)
        last = 1
        for row in rows:
            self.assertEqual(row["line"], last + 1)
            last = row["line_end"]

    def test_leading_zeros_stay(self):
        rows, _ = self.read_real("oakland_streetlights", "StreetLights.CSV.gz")
        numbers = [row["cells"][1] for row in rows]
        self.assertEqual(sum(number.startswith("0") for number in numbers), 29697)
        self.assertEqual(sum(number == "" for number in numbers), 30)

    def test_every_geojson_equals_pythons_reading(self):
        vertices = {}
        paths = glob.glob(os.path.join(self.data, "*", "*.geojson.gz"))
        self.assertGreater(len(paths), 4)
        for path in paths:
            name = os.path.relpath(path, self.data)
            with self.subTest(path=name):
                plain = self.unpack(path)
                rows, summary = self.read(plain)
                with open(plain, encoding="utf-8") as file:
                    # Numbers stay as they are written.
                    wanted = json.load(file, parse_float=str, parse_int=str)["features"]
                self.assertEqual(len(rows), len(wanted))
                for row, feature in zip(rows, wanted):
                    self.assertEqual(row["faults"], 0)
                    self.check_feature(row, summary["columns"], feature)
                vertices[name.split(os.sep)[0]] = sum(len(row["positions"]) // 2 for row in rows)
        self.assertEqual(vertices["harbin_districts"], 7548)
        self.assertEqual(vertices["chicago_police"], 27564)

    def check_feature(self, row, columns, feature):
        properties = feature["properties"]
        cells = {name: cell for name, cell in zip(columns, row["cells"]) if cell is not None}
        self.assertEqual(set(cells), {k for k, v in properties.items() if v is not None})
        for name, value in properties.items():
            if isinstance(value, (list, dict)):
                self.assertEqual(json.loads(cells[name], parse_float=str, parse_int=str), value)
            elif value is not None:
                self.assertEqual(cells[name], value)
        geometry = feature["geometry"]
        self.assertEqual(row["type"], geometry["type"])
        levels = {"Point": 0, "LineString": 1, "MultiPoint": 1, "Polygon": 2,
                  "MultiLineString": 2, "MultiPolygon": 3}[geometry["type"]]
        groups = geometry["coordinates"]
        for _ in range(3 - levels):
            groups = [groups]
        rings = [ring for polygon in groups for ring in polygon]
        flat = [float(number) for ring in rings for position in ring for number in position[:2]]
        self.assertEqual([float(number) for number in row["positions"]], flat)
        ends = [sum(map(len, rings[:i + 1])) for i in range(len(rings))]
        self.assertEqual(row["ring_ends"], ends if levels > 0 else [])
        ends = [sum(map(len, groups[:i + 1])) for i in range(len(groups))]
        self.assertEqual(row["polygon_ends"], ends if levels > 0 else [])


if __name__ == "__main__":
    RealTables.dump = sys.argv.pop(1)
    RealTables.data = sys.argv.pop(1)
    RealTables.data = os.environ.get("POLELOOKUP_REAL_DATA") or RealTables.data
    csv.field_size_limit(1 << 30)
    unittest.main(verbosity=2)
