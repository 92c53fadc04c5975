#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The command on real tables, which are no part of the project: dirt that nobody would invent.

The tables are looked for in $POLELOOKUP_REAL_DATA, else in ../shared/data/real beside the
checkout; where they are absent every test is skipped, and says so. What is asserted are facts of
the tables that were found by other means (counts, recorded districts, another map's positions).

usage: test_real_data.py COMMAND
"""
import csv
import gzip
import io
import json
import math
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import unittest

COMMAND = None
HERE = pathlib.Path(__file__).resolve()
REAL = pathlib.Path(os.environ.get("POLELOOKUP_REAL_DATA")
                    or HERE.parents[2].parent / "shared/data/real")


def rows_of(path):
    """A CSV table, gzipped or not, as dictionaries."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def metres(lat1, lon1, lat2, lon2):
    """Along a sphere: good to half a per cent, for the rough comparisons here."""
    p1, p2 = math.radians(lat1), math.radians(lat2)
    h = (math.sin((p2 - p1) / 2) ** 2
         + math.cos(p1) * math.cos(p2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2)
    return 2 * 6371008.8 * math.asin(math.sqrt(h))


class RealData(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.index = self.folder / "index.plx"

    def need(self, name):
        path = REAL / name
        if not path.exists():
            self.skipTest(f"SKIPPED LOUDLY: no real data at {path}")
        return path

    def unpack(self, name, to=None):
        path = self.need(name)
        target = self.folder / (to or path.name.removesuffix(".gz"))
        data = path.read_bytes()
        target.write_bytes(gzip.decompress(data) if path.suffix == ".gz" else data)
        return target

    def write(self, name, header, rows):
        target = self.folder / name
        with open(target, "w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out)
            writer.writerow(header)
            writer.writerows(rows)
        return target

    def run_command(self, *args, text=None, status=0):
        done = subprocess.run([COMMAND, *map(str, args)], input=text, capture_output=True,
                              encoding="utf-8", errors="replace",
                              env={**os.environ, "LC_ALL": "C.UTF-8"})
        allowed = status if isinstance(status, tuple) else (status,)
        self.assertIn(done.returncode, allowed, done.stderr[-2000:] + done.stdout[-500:])
        return done

    def build(self, *args, status=0):
        return self.run_command("build", *args, "-o", self.index, status=status)

    def info(self):
        return json.loads(self.run_command("info", "--json", self.index).stdout)

    def answers(self, queries, *args):
        done = self.run_command("-i", self.index, "--json", *args, "-", text="\n".join(queries) + "\n",
                                status=(0, 1, 3))
        lines = done.stdout.splitlines()
        self.assertEqual(len(lines), len(queries))
        return [json.loads(line) for line in lines]

    def rejects(self):
        return rows_of(self.folder / "rejects.csv")


class Washington(RealData):
    """67 columns behind a byte order mark; ids of five digits and of seven characters, many of
    them with letters, which no keypad and no caller can tell from digits."""
    COLUMNS = ("--map", "code=FACILITYID", "--map", "lat=YCOORD", "--map", "lon=XCOORD",
               "--map", "street=STREETNAME", "--map", "status=ASSETSTATUS_DESC")

    def ids(self):
        return {row["FACILITYID"]: row for row in
                rows_of(self.need("dc_downtown_streetlights/streetlights.csv.gz"))}

    def test_ids_that_are_no_codes_are_reported_one_by_one(self):
        ids = self.ids()
        codes = {code for code in ids if len(code) == 5 and code.isdigit()}
        self.assertEqual((len(ids), len(codes)), (3963, 2802))
        table = self.unpack("dc_downtown_streetlights/streetlights.csv.gz")
        self.build("--poles", table, *self.COLUMNS, "--scheme", "pole:5",
                   "--rejects", self.folder / "rejects.csv", status=3)
        self.assertEqual(self.info()["poles"], len(codes))
        rejects = self.rejects()
        self.assertEqual({row["value"] for row in rejects}, set(ids) - codes)
        for row in rejects:
            self.assertEqual((row["reason"], row["column_name"]), ("malformed_code", "FACILITYID"))
            self.assertEqual(json.loads(row["row"])[13], row["value"])

    def test_codes_are_found_where_the_table_has_them(self):
        ids = self.ids()
        table = self.unpack("dc_downtown_streetlights/streetlights.csv.gz")
        self.build("--poles", table, *self.COLUMNS, "--scheme", "pole:5", status=3)
        codes = sorted(code for code in ids if len(code) == 5 and code.isdigit())
        for answer in self.answers(codes):
            row = ids[answer["heard"]]
            self.assertEqual(answer["status"], "exact")
            self.assertLess(abs(answer["candidates"][0]["lat"] - float(row["YCOORD"])), 0.6e-7)
            self.assertLess(abs(answer["candidates"][0]["lon"] - float(row["XCOORD"])), 0.6e-7)


class Chicago(RealData):
    """Recorded calls with the district that took them, and the districts' borders."""

    def test_responsible_is_the_recorded_district_and_nearest_often_is_not(self):
        calls = [row for row in rows_of(self.need("chicago_police/crimes_2014_09.csv.gz"))
                 if row["Latitude"] and row["Longitude"]]
        poles = self.write("calls.csv", ["code", "lat", "lon"],
                           [[f"{i:05d}", row["Latitude"], row["Longitude"]]
                            for i, row in enumerate(calls)])
        stations = self.unpack("chicago_police/police_stations.csv")
        areas = self.unpack("chicago_police/police_districts.geojson.gz")
        self.build("--poles", poles, "--stations", stations, "--areas", areas, "--scheme", "pole:5",
                   "--map", "stations.id=DISTRICT", "--map", "stations.name=DISTRICT_NAME",
                   "--map", "areas.station_id=dist_num", status=(0, 3))
        responsible = nearest = 0
        for i, answer in enumerate(self.answers([f"{i:05d}" for i in range(len(calls))])):
            roles = {s["role"]: s["id"] for s in answer["candidates"][0]["stations"]}
            recorded = str(int(calls[i]["District"]))
            responsible += roles.get("responsible") == recorded
            nearest += roles["nearest"] == recorded
        share = responsible / len(calls), nearest / len(calls)
        print(f"chicago: {len(calls)} calls; the responsible station is the recorded district in "
              f"{share[0]:.4%}, the nearest one in {share[1]:.2%}")
        self.assertGreaterEqual(share[0], 0.999)
        self.assertLess(share[1], 0.80)
        self.assertGreater(share[1], 0.70)


class SanJose(RealData):
    """63,184 lights without ids, 937 of them on top of another."""

    def test_laid_with_codes_every_light_is_found_at_its_place(self):
        rows = rows_of(self.need("sanjose_streetlights/streetlights.csv.gz"))
        poles = self.write("poles.csv", ["code", "lat", "lon"],
                           [[f"{1000000 + i:07d}", row["LATITUDE"], row["LONGITUDE"]]
                            for i, row in enumerate(rows)])
        self.build("--poles", poles)
        self.assertEqual(self.info()["poles"], len(rows))
        self.run_command("verify", self.index)
        for i in range(0, len(rows), 997):
            row = rows[i]
            done = self.run_command("near", "-i", self.index, "--json", "-k", 3,
                                    f"{row['LATITUDE']},{row['LONGITUDE']}")
            hits = [json.loads(line) for line in done.stdout.splitlines()]
            self.assertEqual(hits[0]["distance_m"], 0.0)
            self.assertEqual(sorted(hit["distance_m"] for hit in hits),
                             [hit["distance_m"] for hit in hits])
            at_zero = [hit["pole"]["code"] for hit in hits if hit["distance_m"] == 0.0]
            self.assertTrue(f"{1000000 + i:07d}" in at_zero or len(at_zero) == 3)


class Perth(RealData):
    """Web Mercator metres under the names X and Y, where degrees are expected."""
    COLUMNS = ("--map", "code=TREE_ID", "--map", "x=X", "--map", "y=Y", "--scheme",
               "pole:1;pole:2;pole:3;pole:4;pole:5")

    def test_metres_are_refused_with_the_cure(self):
        table = self.unpack("perth_trees/Trees_in_the_City.csv.gz")
        done = self.build("--poles", table, *self.COLUMNS, status=4)
        self.assertFalse(self.index.exists())
        self.assertIn("--from-crs", done.stderr)

    def test_with_the_crs_stated_all_are_taken(self):
        table = self.unpack("perth_trees/Trees_in_the_City.csv.gz")
        self.build("--poles", table, *self.COLUMNS, "--from-crs", "EPSG:3857", status=(0, 3))
        self.assertEqual(self.info()["poles"], 16681)
        south, west, north, east = self.info()["bounds"]
        self.assertTrue(-32.1 < south < north < -31.8 and 115.7 < west < east < 116.0)


class HarbinDatum(RealData):
    """Two datums in one table: rows from one map lie 500 m beside the same places of another."""

    def offsets(self, *crs):
        rows = [row for row in rows_of(self.need("harbin_poi/poi.csv.gz"))
                if row["source"] == "amap"]
        known = {}
        for row in rows_of(self.need("harbin_osm/points.csv.gz")):
            known.setdefault(row["name"], []).append((float(row["lat"]), float(row["lon"])))
        poles = self.write("poi.csv", ["code", "lng", "lat", "note"],
                           [[f"{i:05d}", row["lng"], row["lat"], row["name"]]
                            for i, row in enumerate(rows)])
        self.build("--poles", poles, "--scheme", "pole:5", *crs, status=(0, 3))
        found = []
        for i, answer in enumerate(self.answers([f"{i:05d}" for i in range(len(rows))])):
            at = answer["candidates"][0] if answer["candidates"] else None
            places = known.get(rows[i]["name"])
            if at and places:
                found.append(min(metres(at["lat"], at["lon"], *place) for place in places))
        return [d for d in found if d < 1500]

    def test_stated_gcj02_lands_on_the_other_maps_places(self):
        wrong, right = self.offsets(), self.offsets("--from-crs", "gcj02")
        print(f"harbin_poi: {len(right)} places known to both maps: median {statistics.median(wrong):.0f} m "
              f"off as WGS 84, {statistics.median(right):.0f} m as GCJ-02")
        self.assertGreater(statistics.median(wrong), 400)
        self.assertLess(statistics.median(right), 60)

    def test_gb18030_with_crlf_gives_the_same_index(self):
        ids = []
        for name in ("poi.csv.gz", "poi.gb18030.crlf.csv.gz"):
            data = gzip.decompress(self.need(f"harbin_poi/{name}").read_bytes())
            encoding = "gb18030" if "gb18030" in name else "utf-8"
            lines = data.decode(encoding).splitlines(keepends=True)
            coded = [("code," if i == 0 else f"{i:05d},") + line for i, line in enumerate(lines)]
            table = self.folder / "table.csv"
            table.write_bytes("".join(coded).encode(encoding))
            self.build("--poles", table, "--scheme", "pole:5", "--map", "note=name", status=(0, 3))
            ids.append(self.info()["index"]["id"])
        self.assertEqual(ids[0], ids[1])


class Singapore(RealData):
    """Numbers with letters, numbers that repeat within one road."""

    def test_letters_are_refused_and_repeats_are_never_chosen_between(self):
        rows = rows_of(self.need("singapore_lampposts/lampposts.csv.gz"))
        table = self.unpack("singapore_lampposts/lampposts.csv.gz")
        lengths = ";".join(f"*/pole:{n}" for n in range(1, 10))
        self.build("--poles", table, "--map", "code=lamppost_no", "--map", "scope=road_code",
                   "--map", "street=road_name", "--scheme", lengths,
                   "--rejects", self.folder / "rejects.csv", status=3)
        lettered = sum(not row["lamppost_no"].isdigit() for row in rows)
        self.assertEqual(lettered, 3602)
        reasons = [row["reason"] for row in self.rejects()]
        self.assertEqual(reasons.count("malformed_code"), lettered)
        by_key = {}
        for row in rows:
            if row["lamppost_no"].isdigit():
                place = (round(float(row["lat"]), 7), round(float(row["lon"]), 7))
                by_key.setdefault((row["road_code"], row["lamppost_no"]), []).append(place)
        alone = sum(len(set(places)) == 1 for places in by_key.values())
        self.assertEqual(self.info()["poles"], alone)


class Logs(RealData):
    """Tables of real life as logs: whatever they are like, each row comes out once, each cell as it
    was, and what is matched is the pole that the table has there."""

    def geocode(self, table, *args, encoding="utf-8"):
        """The rows of a table and those of its output, read by Python; the added columns apart."""
        out = self.folder / "out.csv"
        done = self.run_command("geocode", "-i", self.index, "--threads", "2", "--json", *args,
                                table, "-o", out)
        summary = json.loads(done.stderr.splitlines()[-1])
        with open(table, encoding=encoding, newline="") as file:
            given = list(csv.reader(file))
        with open(out, encoding=encoding, newline="") as file:
            made = list(csv.reader(file))
        width = len(given[0])
        self.assertEqual([row[:width] for row in made], given)
        self.assertEqual(summary["rows"], len(given) - 1)
        self.assertEqual(sum(summary["statuses"].values()), summary["rows"])
        return given, [dict(zip(made[0][width:], row[width:])) for row in made[1:]], summary

    def test_washington_finds_its_own_poles(self):
        table = self.unpack("dc_downtown_streetlights/streetlights.csv.gz")
        self.build("--poles", table, *Washington.COLUMNS, "--scheme", "pole:5", status=3)
        given, added, _ = self.geocode(table, "--column", "FACILITYID")
        names = given[0]
        exact = 0
        for row, match in zip(given[1:], added):
            code = row[names.index("FACILITYID")]
            if len(code) == 5 and code.isdigit():
                self.assertEqual((match["match_status"], match["match_code"]), ("exact", code))
                self.assertLess(abs(float(match["match_lat"])
                                    - float(row[names.index("YCOORD")])), 0.6e-7)
                exact += 1
            else:
                self.assertNotEqual(match["match_status"], "exact")
        self.assertEqual(exact, 2802)

    def test_chicagos_calls_go_to_the_district_that_took_them(self):
        calls = [row for row in rows_of(self.need("chicago_police/crimes_2014_09.csv.gz"))
                 if row["Latitude"] and row["Longitude"]]
        poles = self.write("poles.csv", ["code", "lat", "lon"],
                           [[f"{i:05d}", row["Latitude"], row["Longitude"]]
                            for i, row in enumerate(calls)])
        stations = rows_of(self.need("chicago_police/police_stations.csv"))
        table = self.write("stations.csv", ["id", "name", "lat", "lon"],
                           [[row["DISTRICT"], row["ADDRESS"], row["LATITUDE"], row["LONGITUDE"]]
                            for row in stations if row["DISTRICT"].isdigit()])
        areas = json.loads(gzip.decompress(
            self.need("chicago_police/police_districts.geojson.gz").read_bytes()))
        for feature in areas["features"]:
            feature["properties"] = {"station_id": next(
                str(int(v)) for k, v in feature["properties"].items()
                if k.lower() in ("dist_num", "district") and str(v).isdigit())}
        areas["features"] = [f for f in areas["features"]
                             if f["properties"]["station_id"] in
                             {row["DISTRICT"] for row in stations}]
        geojson = self.folder / "areas.geojson"
        geojson.write_text(json.dumps(areas))
        self.build("--poles", poles, "--stations", table, "--areas", geojson, "--scheme", "pole:5",
                   status=(0, 3))
        log = self.write("log.csv", ["pole_code", *calls[0]],
                         [[f"{i:05d}", *row.values()] for i, row in enumerate(calls)])
        _, added, _ = self.geocode(log)
        right = sum(match["station_id"] == str(int(call["District"]))
                    for match, call in zip(added, calls))
        placed = sum(match["match_status"] == "exact" for match in added)
        print(f"Chicago: {placed} of {len(calls)} calls matched, {right} to the recorded district")
        self.assertGreaterEqual(right, 0.999 * placed)

    def test_oaklands_numbers_are_text_and_stay_so(self):
        table = self.unpack("oakland_streetlights/StreetLights.CSV.gz")
        poles = self.write("poles.csv", ["code", "lat", "lon"],
                           [[f"{i:05d}", 37.8 + i * 1e-5, -122.2] for i in range(0, 5000, 7)])
        self.build("--poles", poles, "--scheme", "pole:5")
        given, added, summary = self.geocode(table, "--column", "STNO", encoding="utf-8")
        known = {f"{i:05d}" for i in range(0, 5000, 7)}
        for row, match in zip(given[1:], added):
            if match["match_status"] == "exact":
                self.assertIn(match["match_code"], known)
                self.assertEqual(match["match_code"], row[1].strip())
        self.assertGreater(summary["statuses"]["exact"], 0)

    def test_harbins_places_in_gb18030_come_back_in_it(self):
        data = gzip.decompress(self.need("harbin_poi/poi.gb18030.crlf.csv.gz").read_bytes())
        lines = data.decode("gb18030").splitlines(keepends=True)
        coded = [("code," if i == 0 else f"{i:05d},") + line for i, line in enumerate(lines)]
        table = self.folder / "log.csv"
        table.write_bytes("".join(coded).encode("gb18030"))
        self.build("--poles", table, "--scheme", "pole:5", "--map", "street=name", status=(0, 3))
        given, added, _ = self.geocode(table, encoding="gb18030")
        names = given[0]
        found = [(row, match) for row, match in zip(given[1:], added)
                 if match["match_status"] == "exact"]
        self.assertGreater(len(found), 0.3 * len(added)) # dense codes are doubtful
        for row, match in found:
            self.assertEqual(match["match_street"], row[names.index("name")].strip())
            self.assertLess(abs(float(match["match_lat"]) - float(row[names.index("lat")])), 0.6e-7)


if __name__ == "__main__":
    COMMAND = sys.argv.pop(1)
    unittest.main(verbosity=2)
