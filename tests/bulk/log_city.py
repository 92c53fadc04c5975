# SPDX-License-Identifier: MIT
"""A small city for tests of whole logs: its index, and what the command says of a single code.

The answers to single codes (`polelookup --json`) are the judge of the columns that are added to
the rows of a log."""

import csv
import io
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

TABLES = pathlib.Path(__file__).resolve().parent.parent / "cli" / "tables"
ADDED = ["match_status", "match_code", "match_lat", "match_lon", "match_street",
         "match_confidence", "station_id", "station_name", "station_distance_m", "station_role",
         "match_scope", "match_warnings"]
STATUSES = ["exact", "corrected", "interpolated", "ambiguous", "unknown", "no_code", "malformed"]
CONFIDENCE = ADDED.index("match_confidence")
SCHEME = "district:1,station:2,street:2,pole:2;*/station:1,street:2,pole:2"


def environment(**more):
    kept = {name: os.environ[name] for name in os.environ
            if name.endswith("SAN_OPTIONS") or name == "PATH"}
    return {**kept, "HOME": "/nonexistent", "SOURCE_DATE_EPOCH": "1214784000", "LC_ALL": "C",
            **more}


class City:
    """Its tables are the small city's and one long street, whose name holds a comma, with poles
    left out."""

    def __init__(self, command, folder):
        self.command = command
        self.folder = folder
        self.index = os.path.join(folder, "city.plx")
        self.known = {}
        rows = (TABLES / "poles.csv").read_text(encoding="utf-8")
        for pole in range(1, 99, 2):
            if pole not in (31, 33, 57):
                rows += '12377%02d,%.7f,126.63,,"长街, 东段",道里区,,,,,,\n' % (
                    pole, 45.79 + 0.000135 * pole)
        poles = os.path.join(folder, "poles.csv")
        with open(poles, "w", encoding="utf-8") as file:
            file.write(rows)
        self.build("-q")

    def build(self, *options, index=None):
        subprocess.run([self.command, "build", "--poles", os.path.join(self.folder, "poles.csv"),
                        "--stations", TABLES / "stations.csv", "--areas", TABLES / "areas.geojson",
                        "--name", "小城", "--scheme", SCHEME, *options, "-o", index or self.index],
                       check=True, env=environment(), stdout=subprocess.DEVNULL)

    def ask(self, values, *options):
        """What the command says of single codes, as objects."""
        found = []
        for at in range(0, len(values), 64):
            run = subprocess.run([self.command, "--json", "-n", "1", "-i", self.index, *options,
                                  "--", *values[at:at + 64]],
                                 capture_output=True, env=environment(), check=False)
            found += [json.loads(line) for line in run.stdout.decode().split("\n")[:-1]]
        assert len(found) == len(values), run.stderr
        return found

    def learn(self, values):
        """Asks for all of these bytes that were not asked for before."""
        new = sorted({value for value in values if value not in self.known and b"\0" not in value})
        for value, answer in zip(new, self.ask(new)):
            self.known[value] = added_cells(answer)

    def geocode(self, arguments, given=None, index=None, statuses=(0,), **how):
        """One run; what it wrote, what it said."""
        run = subprocess.run([self.command, "geocode", "-i", index or self.index, *arguments],
                             input=given, capture_output=True, env=environment(), check=False,
                             **how)
        assert run.returncode in statuses, (arguments, run.returncode, run.stderr[:2000])
        return run.stdout, run.stderr


class Case(unittest.TestCase):
    """Tests over one city, in a folder that goes with them."""
    command = None

    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory(prefix="polelookup-logs-")
        cls.addClassCleanup(cls.place.cleanup)
        cls.city = City(cls.command, cls.place.name)


def added_cells(answer):
    """The texts of ADDED for an answer: docs/design.md tells which."""
    sure = answer["status"] in ("exact", "corrected")
    place = answer["candidates"][0] if sure else {}
    if answer["status"] == "interpolated":
        place = {**answer["estimate"], "code": "", "street": None, "scope": ""}
    station = next((s for s in place.get("stations", []) if s["chosen"]), {})
    confidence = answer["confidence"]
    if answer["status"] == "interpolated":
        confidence = place["confidence"]
    return [answer["status"], place.get("code", ""),
            "%.7f" % place["lat"] if place else "", "%.7f" % place["lon"] if place else "",
            place.get("street") or "", "" if confidence is None else "%.4f" % confidence,
            station.get("id", ""), station.get("name", ""),
            "%.1f" % station["distance_m"] if station else "", station.get("role", ""),
            place.get("scope", ""), ";".join(w["code"] for w in answer["warnings"])]


def rows_of(text, delimiter=",", quote='"'):
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote))


csv.field_size_limit(1 << 30)
