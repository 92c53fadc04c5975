#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A clean log through the command and through DuckDB's join of log and poles: the same places.

DuckDB comes from PyPI into the build folder; without a network the test is left out, and says so.

usage: test_logs_duckdb.py COMMAND CITY_GENERATOR BUILD_FOLDER
"""

import os
import random
import subprocess
import sys
import tempfile
import unittest
import venv

import log_city
from log_city import ADDED, rows_of

ROWS = 200000
SEED = int(os.environ.get("POLE_TEST_SEED") or "2187280", 0)
JOIN = """
import duckdb, sys
calls, poles, out = sys.argv[1:]
read = "read_csv('%s', header=true, all_varchar=true)"
duckdb.sql(f'''copy (select c.id, c.code, p.lat, p.lon
    from {read % calls} c left join {read % poles} p using (code)
    order by c.id) to '{out}' (header false)''')
"""


def python_with_duckdb(folder):
    """The path of an interpreter, or None and why."""
    place = os.path.join(folder, "venv-duckdb")
    python = os.path.join(place, "bin", "python")
    if not os.path.exists(python):
        try:
            venv.create(place, with_pip=True)
        except subprocess.CalledProcessError as error:  # Debian without python3-venv
            return None, str(error)
    for command in (["-c", "import duckdb"], ["-m", "pip", "install", "-q", "duckdb"],
                    ["-c", "import duckdb"]):
        run = subprocess.run([python, *command], capture_output=True, check=False)
        if run.returncode == 0 and "import" in command[-1]:
            return python, None
    return None, run.stderr.decode()[-300:]


class AgainstDuckDB(unittest.TestCase):
    def test_a_clean_log_is_joined_alike(self):
        python, why = python_with_duckdb(self.build_folder)
        if python is None:
            print("\nLEFT OUT: duckdb cannot be installed: %s" % why, file=sys.stderr)
            self.skipTest("no duckdb")
        print("POLE_TEST_SEED=%d" % SEED)
        with tempfile.TemporaryDirectory(prefix="polelookup-logs-") as folder:
            path = lambda name: os.path.join(folder, name)
            subprocess.run([self.generator, "-o", folder], check=True, stdout=subprocess.DEVNULL)
            subprocess.run([self.command, "build", "-q", "--poles", path("poles.csv"),
                            "--stations", path("stations.csv"), "--areas", path("areas.geojson"),
                            "--scheme", "district:1,station:2,street:2,pole:2", "-o",
                            path("city.plx")], check=True)
            with open(path("poles.csv"), encoding="utf-8", newline="") as file:
                codes = [row[0] for row in rows_of(file.read())[1:]]
            rng = random.Random(SEED)
            with open(path("calls.csv"), "w", encoding="utf-8") as file:
                file.write("id,code\n")
                for i in range(ROWS):
                    code = rng.choice(codes) if rng.random() < 0.97 else "%07d" % rng.randrange(10**7)
                    file.write("%07d,%s\n" % (i, code))
            subprocess.run([python, "-c", JOIN, path("calls.csv"), path("poles.csv"),
                            path("joined.csv")], check=True)
            out = subprocess.run([self.command, "geocode", "-q", "-i", path("city.plx"),
                                  "--threads", "2", path("calls.csv")], check=True,
                                 capture_output=True, env=log_city.environment()).stdout
            with open(path("joined.csv"), encoding="utf-8", newline="") as file:
                self.compare(rows_of(out.decode())[1:], rows_of(file.read()))

    def compare(self, ours, theirs):
        self.assertEqual([row[:2] for row in ours], [row[:2] for row in theirs])
        counts = {}
        for row, (_, code, lat, lon) in zip(ours, theirs):
            told = dict(zip(ADDED, row[2:]))
            status = told["match_status"]
            counts[status, bool(lat)] = counts.get((status, bool(lat)), 0) + 1
            if status == "exact":
                self.assertEqual([told["match_code"], told["match_lat"], told["match_lon"]],
                                 [code, lat, lon])
                self.assertTrue(told["station_id"])
            elif lat:
                # In the table, but too easily another that was misheard: no place.
                self.assertEqual(status, "ambiguous")
                self.assertEqual(told["match_code"] + told["match_lat"] + told["station_id"], "")
            elif status == "corrected":
                self.assertNotEqual(told["match_code"], code)
        print(counts)
        self.assertGreater(counts["exact", True], 0.8 * len(ours))
        self.assertNotIn(("exact", False), counts)


if __name__ == "__main__":
    AgainstDuckDB.command, AgainstDuckDB.generator, AgainstDuckDB.build_folder = map(
        os.path.abspath, sys.argv[1:4])
    unittest.main(argv=sys.argv[:1], verbosity=2)
