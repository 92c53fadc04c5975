#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Logs as GeoPackage and FlatGeobuf: each row is there, its texts as they were (a time stays the text
that it was), its place where the CSV has it. GeoPackage is read by SQLite alone, FlatGeobuf by
building poles from it.

usage: test_logs_vector.py COMMAND [UNITTEST OPTION ...]
"""

import csv
import os
import sqlite3
import stat
import struct
import subprocess
import sys
import unittest

import log_city

LOG = ('fid,code,time,备注\n07,1234567,2008-06-30 13:05,"a, ""b"""\n08,123456?,2008/6/30,\n'
       "09,,,x\n10,1237701,,y\n").encode()


def point_of(blob):
    """Longitude and latitude of a GeoPackage point (OGC 12-128r14, 2.1.3): header, then WKB."""
    envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[blob[3] >> 1 & 7]
    wkb = blob[8 + envelope:]
    return struct.unpack("<dd" if wkb[0] else ">dd", wkb[5:21])


class Vector(log_city.Case):
    def write(self, form):
        path = os.path.join(self.place.name, "out." + form)
        self.rest = os.path.join(self.place.name, "rest.csv")
        self.city.geocode(["-q", "--to", form, "-o", path, "--unmatched", self.rest, "-"],
                          given=LOG)
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        self.assertEqual([n for n in os.listdir(self.place.name) if ".part" in n], [])
        return path

    def test_a_geopackage_has_each_row_with_its_texts_and_place(self):
        out, _ = self.city.geocode(["-q", "-"], given=LOG)
        wanted = list(csv.DictReader(out.decode().splitlines()))
        with sqlite3.connect(self.write("gpkg")) as database:
            database.row_factory = sqlite3.Row
            rows = database.execute("select * from calls").fetchall()
            crs = database.execute("select srs_id from gpkg_geometry_columns").fetchone()[0]
        self.assertEqual(crs, 4326)
        self.assertEqual(len(rows), len(wanted))
        for row, line in zip(rows, wanted):
            for name in ("fid", "code", "time", "备注", "match_status", "match_warnings"):
                self.assertEqual(row[name] or "", line[name])
            if line["match_lat"]:
                lon, lat = point_of(row["geom"])
                self.assertAlmostEqual(lat, float(line["match_lat"]), 7)
                self.assertAlmostEqual(lon, float(line["match_lon"]), 7)
            else:
                self.assertIsNone(row["geom"])

    def test_a_flatgeobuf_can_be_read_again(self):
        path = self.write("fgb")
        with open(path, "rb") as file:
            self.assertEqual(file.read(3), b"fgb")
        index = os.path.join(self.place.name, "again.plx")
        run = subprocess.run([self.command, "build", "--poles", path, "--map", "code=match_code",
                              "--json", "-o", index], env=log_city.environment(),
                             capture_output=True, check=False)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn(b'"poles":2', run.stdout)
        with open(self.rest, "rb") as file: # which has no features without a place
            self.assertEqual([line[:3] for line in file.readlines()], [b"fid", b"08,", b"09,"])

    def test_a_flatgeobuf_alone_would_lose_rows(self):
        _, err = self.city.geocode(["--to", "fgb", "-o", os.path.join(self.place.name, "x.fgb"), "-"],
                                   given=LOG, statuses=(2,))
        self.assertIn(b"--unmatched", err)

    def test_it_needs_a_file(self):
        _, err = self.city.geocode(["--to", "gpkg", "-"], given=LOG, statuses=(2,))
        self.assertIn(b"-o", err)


if __name__ == "__main__":
    Vector.command = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)
