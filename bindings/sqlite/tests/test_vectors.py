# SPDX-License-Identifier: MIT
"""The conformance vectors (tests/vectors) through SQL. Not made here:

    find_many with "judged": the stored doubts of a code as they lie in the index; pole_match() gives
    the whole answer instead, resolved where the doubts do not decide.

A polygon reaches SQL as GeoJSON: rings that are none are bad_input there, where a program that hands
over arrays has invalid_argument."""

import collections
import json
import os
import pathlib
import re
import sys
import unittest

from support import PREFIX, SOURCE, connect, sqlite3

VECTORS = pathlib.Path(os.environ.get("POLELOOKUP_VECTORS", SOURCE / "tests/vectors"))
STATUS = re.compile(r"polelookup: (\w+): ")
STATES = ("active", "moved", "removed")


class Failed(Exception):
    """The stable name of a status."""


def words(text):
    return sorted(text.split(";")) if text else []


class Runner:
    """Answers of one index, as the vectors have them."""

    def __init__(self, index):
        self.db = connect(index)

    def rows(self, query, *values):
        cursor = self.db.execute(query, values)
        names = [d[0] for d in cursor.description]
        return [dict(zip(names, row)) for row in cursor.fetchall()]

    @staticmethod
    def found(row):
        if row["status"] not in STATES:
            raise Failed(row["status"])
        return row

    def info(self, _):
        told = json.loads(self.db.execute("SELECT pole_info()").fetchone()[0])
        scopes = [""]
        for scheme in told["schemes"]:
            if scheme["scope"] not in scopes:
                scopes.append(scheme["scope"])
        return {**told, "id": told["index"]["id"], "sample": told["index"]["sample"], "scopes": scopes}

    def parse(self, given):
        code = self.db.execute("SELECT pole_code(?)", (given["text"],)).fetchone()[0]
        if code is None:
            raise Failed("malformed_code")
        return {"code": code, "digits": len(code)}

    def find(self, given):
        call = (given["code"], given.get("scope"))
        row = self.found(self.rows("SELECT * FROM pole_lookup(?, ?)", *call)[0])
        scalars = self.rows(
            "SELECT pole_status(?1, ?2) AS status, pole_lat(?1, ?2) AS lat, pole_lon(?1, ?2) AS lon, "
            "pole_station(?1, ?2) AS station_id",
            *call,
        )[0]
        assert all(row[name] == value for name, value in scalars.items()), (row, scalars)
        return {**row, "state": row["status"], "station": row["station_id"]}

    def find_many(self, given):
        match = {"several": "ambiguous", "not_found": "unknown", "malformed_code": "no_code"}
        match.update(dict.fromkeys(STATES, "exact"))
        rows = self.rows(
            "SELECT p.status, lat, lon, station_id FROM json_each(?) JOIN pole_lookup(value, ?) p "
            "ORDER BY key",
            json.dumps(given["codes"]),
            given.get("scope"),
        )
        return {
            "match": [match[row["status"]] for row in rows],
            "lat": [row["lat"] for row in rows],
            "lon": [row["lon"] for row in rows],
            "station": [row["station_id"] for row in rows],
        }

    def codes(self, query, *values):
        return {"codes": [row["code"] for row in self.rows(query, *values)]}

    def alias(self, given):
        rows = self.rows("SELECT status, code FROM pole_alias(?)", given["alias"])
        if rows[0]["code"] is None:
            raise Failed(rows[0]["status"])
        return {"codes": [row["code"] for row in rows]}

    def nearest(self, given):
        call = [given[key] for key in ("lat", "lon", "k")]
        bound = given.get("max_m")
        mark = ", ?" if bound is not None else ""
        call += [bound] if bound is not None else []
        return {"hits": self.rows(f"SELECT * FROM pole_near(?, ?, ?{mark})", *call)}

    def within(self, given):
        call = [given[key] for key in ("lat", "lon", "radius_m")]
        return {"hits": self.rows("SELECT * FROM pole_within(?, ?, ?)", *call)}

    def box(self, given):
        call = [given[key] for key in ("south", "west", "north", "east")]
        return self.codes("SELECT code FROM pole_within_box(?, ?, ?, ?)", *call)

    @staticmethod
    def geojson(rings):
        # RFC 7946 closes its rings, and has longitude first.
        closed = [[[lon, lat] for lat, lon in ring + ring[:1]] for ring in rings]
        shape = {"type": "Polygon", "coordinates": closed}
        return json.dumps({"type": "Feature", "properties": None, "geometry": shape})

    def polygon(self, given):
        return self.codes("SELECT code FROM pole_within_polygon(?)", self.geojson(given["rings"]))

    def stations(self, given):
        if "code" in given:
            rows = self.rows("SELECT * FROM pole_stations(?, ?)", given["code"], given.get("scope"))
            self.found(rows[0])
        else:
            rows = self.rows(
                "SELECT * FROM pole_stations_at(?, ?, ?, ?)",
                given["lat"],
                given["lon"],
                given.get("kind"),
                given.get("nearest"),
            )
        rows = [row for row in rows if row["id"] is not None]
        return {"stations": [{**row, "chosen": bool(row["chosen"])} for row in rows]}

    def evidence(self, given):
        out = {}
        names = {"street": "said_street", "district": "said_district", "scope": "said_scope",
                 "also": "also", "then": "later", "clean": "clean", "near_m": "near_m",
                 "language": "caller_language", "limit": "candidates", "channel": "channel"}
        for name, value in given.items():
            if value is None or (name == "limit" and value == 0):
                continue
            if name == "hint":
                out.update({f"hint_{key}": part for key, part in value.items() if part is not None})
            elif name == "texts":
                out["nbest"] = json.dumps(value)
            elif name in ("digits", "box"):
                out[name] = json.dumps(value)
            elif name == "polygon":
                out[name] = self.geojson(value)
            elif name != "text":
                out[names[name]] = value
        return out

    def resolve(self, given):
        evidence = self.evidence(given)
        where = " AND ".join(f'r."{name}" = ?' for name in evidence) or "1"
        rows = self.rows(
            f"SELECT r.* FROM pole_resolve(?) r WHERE {where}", given.get("text"), *evidence.values()
        )
        first = rows[0]
        candidates = [
            {**row, "station": row["station_id"], "edits": json.loads(row["edits"])}
            for row in rows
            if row["candidate"] is not None
        ]
        far = {key: first[f"far_{key}"] for key in ("code", "scope", "distance_m", "confidence")}
        estimate = {key: first[f"estimate_{key}"] for key in ("code", "lat", "lon", "confidence")}
        question = {"kind": first["question"], "digit": first["question_digit"]}
        return {
            **first,
            "warnings": words(first["warnings"]),
            "corroborated_by": words(first["corroborated_by"]),
            "candidates": candidates,
            "far_rival": far if far["code"] is not None else None,
            "estimate": estimate if estimate["code"] is not None else None,
            "question": question if question["kind"] is not None else None,
        }

    def between(self, given):
        row = self.rows(
            "SELECT * FROM pole_between(?, ?, ?)", given["first"], given["second"], given.get("scope")
        )[0]
        middle = [row["middle_lat"], row["middle_lon"]]
        for name in ("same_street", "same_side"):
            row[name] = None if row[name] is None else bool(row[name])
        return {**row, "middle": None if middle[0] is None else middle, "warnings": words(row["warnings"])}


class Vectors(unittest.TestCase):
    @unittest.skipUnless((VECTORS / "compare.py").is_file(), f"no vectors in {VECTORS}")
    def test_all_cases(self):
        sys.path.insert(0, str(VECTORS))
        import compare

        runners, counts, wrong, without = {}, collections.Counter(), [], 0
        for case in compare.cases(VECTORS):
            if case["call"] == "find_many" and case["in"].get("judged"):
                without += 1
                continue
            got = self.answer(compare, runners, case)
            counts[case["call"]] += 1
            differences = compare.differences(case["out"], got)
            if differences:
                wrong.append(f"{case['id']} {case['in']}: {'; '.join(differences)}"[:600])
        for runner in runners.values():
            runner.db.close()
        print(", ".join(f"{count} {call}" for call, count in sorted(counts.items())))
        print(f"{sum(counts.values())} cases passed through SQL; {without} of find_many are judged, "
              "which SQL leaves to pole_match()")
        self.assertGreater(sum(counts.values()), 0)
        self.assertFalse(wrong, f"{len(wrong)} cases:\n" + "\n".join(wrong[:20]))

    @staticmethod
    def answer(compare, runners, case):
        try:
            if case["call"] == "open":
                with_bytes = connect()
                try:
                    data = compare.bytes_of(case["in"], SOURCE)
                    with_bytes.execute("SELECT pole_open(?)", (data,)).fetchall()
                finally:
                    with_bytes.close()
                return {}
            name = case["index"]
            if name not in runners:
                runners[name] = Runner(compare.path_of(name, PREFIX, SOURCE))
            return getattr(runners[name], case["call"])(case["in"])
        except Failed as failed:
            return {"error": str(failed)}
        except sqlite3.Error as error:
            found = STATUS.search(str(error))
            name = found.group(1) if found else str(error)
            of_polygon = case["call"] == "polygon" or "polygon" in case["in"]
            return {"error": "invalid_argument" if name == "bad_input" and of_polygon else name}
