# SPDX-License-Identifier: MIT
"""The vectors that every binding answers (tests/vectors), asked in SQL.

    test_vectors.py REPORT

$POLELOOKUP_VECTORS: another folder of them. All calls can be made in SQL; a call that is not known
here fails."""
import collections
import os
import pathlib
import re
import sys

import psycopg2

import report
from testing import connect, one, run

SOURCE = pathlib.Path(__file__).resolve().parents[3]
VECTORS = pathlib.Path(os.environ.get("POLELOOKUP_VECTORS", SOURCE / "tests/vectors"))
FOLDER = pathlib.Path(os.environ["POLELOOKUP_TEST_INDEX"])
PREFIX = os.environ["POLELOOKUP_PREFIX"]

sys.path.insert(0, str(VECTORS))
import compare  # noqa: E402


class Failed(Exception):
    """A failure of the library, by its stable name."""


def rows(session, statement, arguments=()):
    """The rows of a statement as dictionaries."""
    try:
        with session.cursor() as cursor:
            cursor.execute(statement, arguments)
            names = [column.name for column in cursor.description]
            return [dict(zip(names, row)) for row in cursor.fetchall()]
    except psycopg2.Error as error:
        found = re.match(r"polelookup: (\w+): ", str(error))
        if not found:
            raise
        raise Failed(found[1]) from error


def only(row, keys):
    return {key: row[key] for key in keys.split()}


def of_scope(given):
    """The second argument of a function with and without a scope."""
    scope = given.get("scope")
    return (", %s", (scope,)) if scope is not None else ("", ())


def ask_info(session, _):
    (info,) = rows(session, "SELECT * FROM pole_index_info()")
    major, minor = info["format"].split(".")
    info.update(
        format_major=int(major), format_minor=int(minor),
        bounds=[info["south"], info["west"], info["north"], info["east"]],
    )
    return info


def ask_parse(session, given):
    (row,) = rows(session, "SELECT pole_code(%s) AS code, pole_status(%s) AS status",
                  (given["text"], given["text"]))
    if row["code"] is None:
        raise Failed(row["status"])
    return {"code": row["code"], "digits": len(row["code"])}


STATES = ("active", "moved", "removed")


def ask_find(session, given):
    more, scope = of_scope(given)
    ((status,),) = run(session, f"SELECT pole_status(%s{more})", (given["code"], *scope))
    found = rows(session, f"SELECT * FROM pole_lookup(%s{more})", (given["code"], *scope))
    if status not in STATES:
        assert (len(found) > 1) == (status == "several"), (status, found)
        raise Failed(status)
    (row,) = found
    assert row["state"] == status, (status, row)
    row["surveyed"] = row["surveyed"] and row["surveyed"].isoformat()
    return row


def ask_find_many(session, given):
    more, scope = of_scope(given)
    found, sure = (rows(session, "SELECT * FROM pole_lookup_many"
                                 f"(%s::text[]{more}{guess}) ORDER BY number",
                        (given["codes"], *scope))
                   for guess in (", best_guess => true", ""))
    assert [row["code"] for row in found] == given["codes"]
    for guessed, row in zip(found, sure, strict=True):
        if row["match"] != "exact":
            guessed = {**guessed, "lat": None, "lon": None, "station": None}
        assert row == guessed, (row, guessed)
    answer = {key: [row[key] for row in found] for key in ("match", "lat", "lon", "station",
                                                            "confidence")}
    if not given.get("judged"):
        # Without the judgement, the match is what pole_status() says of a code.
        words = {**dict.fromkeys(STATES, "exact"), "several": "ambiguous", "not_found": "unknown",
                 "malformed_code": "no_code"}
        statuses = run(session, f"SELECT pole_status(code{more}) FROM unnest(%s::text[]) "
                                "WITH ORDINALITY AS t (code, i) ORDER BY i",
                       (*scope, given["codes"]))
        answer["match"] = [words[status] for (status,) in statuses]
    return answer


def ask_alias(session, given):
    found = rows(session, "SELECT code FROM pole_alias(%s)", (given["alias"],))
    if not found:
        raise Failed("not_found")
    return {"codes": [row["code"] for row in found]}


def hits(found):
    return {"hits": [only(row, "code scope distance_m bearing_deg") for row in found]}


def ask_nearest(session, given):
    arguments = [given["lat"], given["lon"], given["k"]]
    if given.get("max_m") is not None:
        arguments.append(given["max_m"])
    marks = ", ".join(["%s::float8", "%s::float8", "%s", "%s::float8"][: len(arguments)])
    return hits(rows(session, f"SELECT * FROM pole_near({marks})", arguments))


def ask_within(session, given):
    return hits(rows(session, "SELECT * FROM pole_within(%s, %s, %s)",
                     (given["lat"], given["lon"], given["radius_m"])))


def ask_box(session, given):
    found = rows(session, "SELECT code FROM pole_within_box(%s, %s, %s, %s)",
                 [given[side] for side in ("south", "west", "north", "east")])
    return {"codes": [row["code"] for row in found]}


def geojson(rings):
    """A polygon as RFC 7946 has it, its rings closed; numbers as they are written in the case."""
    closed = [ring if ring[:1] == ring[-1:] else ring + ring[:1] for ring in rings]
    coordinates = [[[lon, lat] for lat, lon in ring] for ring in closed]
    return compare.json.dumps({"type": "Polygon", "coordinates": coordinates})


def ask_polygon(session, given):
    found = rows(session, "SELECT code FROM pole_within_polygon(%s::jsonb)",
                 (geojson(given["rings"]),))
    return {"codes": [row["code"] for row in found]}


def ask_stations(session, given):
    if "code" in given:
        more, scope = of_scope(given)
        found = rows(session, f"SELECT * FROM pole_stations(%s{more})", (given["code"], *scope))
    else:
        found = rows(session, "SELECT * FROM pole_stations(%s::float8, %s::float8, %s, %s)",
                     (given["lat"], given["lon"], given.get("kind") or "police",
                      given.get("nearest", 1)))
    return {"stations": [only(row, "id role chosen distance_m") for row in found]}


def evidence(given):
    """A question as named arguments."""
    texts = given.get("texts") or [{"text": given.get("text"), "weight": 1.0}]
    hint = given.get("hint") or {}
    digits = {int(at): digit for at, digit in (given.get("digits") or {}).items()}
    named = {
        "heard": texts[0]["text"],
        "hint_lat": hint.get("lat"), "hint_lon": hint.get("lon"),
        "hint_radius_m": hint.get("radius_m"), "hint_level": hint.get("level"),
        "hint_crs": hint.get("crs"),
        "street": given.get("street"), "district": given.get("district"),
        "scope": given.get("scope"), "also": given.get("also"), "later": given.get("then"),
        "digits": "".join(str(digits.get(i, "?")) for i in range(1, max(digits) + 1))
                  if digits else None,
        "box": given.get("box"), "clean": given.get("clean"), "near_m": given.get("near_m"),
        "channel": given.get("channel"), "caller_language": given.get("language"),
        "max_candidates": given.get("limit"),
        "polygon": geojson(given["polygon"]) if given.get("polygon") else None,
    }
    if len(texts) > 1:
        named["others"] = [text["text"] for text in texts[1:]]
    if "texts" in given:
        named["weights"] = [float(text["weight"]) for text in texts]
    named = {name: value for name, value in named.items() if value is not None}
    types = {"box": "::float8[]", "weights": "::float8[]", "polygon": "::jsonb", "others": "::text[]"}
    call = ", ".join(f"{name} => %({name})s{types.get(name, '')}" for name in named)
    return call, named


def ask_resolve(session, given):
    call, named = evidence(given)
    found = rows(session, f"SELECT * FROM pole_resolve({call}) ORDER BY rank", named)
    json = one(session, f"SELECT pole_resolve_json({call})", named)
    head = found[0]
    places = [row for row in found if row["rank"] > 0]
    candidates = [only(row, "code scope matched confidence lat lon station") for row in places]
    assert len(candidates) == len(json["candidates"]) and head["status"] == json["status"]
    for candidate, told in zip(candidates, json["candidates"]):
        candidate["edits"] = told["edits"]
    estimate = [row for row in found if row["radius_m"] is not None]
    far = head["far_code"] and {"code": head["far_code"], "scope": head["far_scope"],
                                "distance_m": head["far_distance_m"],
                                "confidence": head["far_confidence"]}
    return {
        **only(head, "status heard reason confidence confidence_place no_pole"),
        "warnings": sorted(head["warnings"]),
        "corroborated_by": sorted(head["corroborated_by"]),
        "candidates": candidates,
        "far_rival": far,
        "estimate": {"code": head["heard"], **only(estimate[0], "lat lon confidence")}
                    if estimate else None,
        "question": head["question"] and {"kind": head["question"],
                                          "digit": head["question_digit"]},
    }


def ask_between(session, given):
    more, scope = of_scope(given)
    (row,) = rows(session, f"SELECT * FROM pole_between(%s, %s{more})",
                  (given["first"], given["second"], *scope))
    row["middle"] = None if row["middle_lat"] is None else [row["middle_lat"], row["middle_lon"]]
    return row


ASK = {name[4:]: function for name, function in list(globals().items()) if name.startswith("ask_")}


def put(data, name):
    new = FOLDER / f"{name}.new"
    new.write_bytes(data)
    os.chmod(new, 0o644)
    os.replace(new, FOLDER / f"{name}.plx")
    return FOLDER / f"{name}.plx"


def answer(session, case):
    try:
        if case["call"] == "open":
            path = put(compare.bytes_of(case["in"], SOURCE), "opened")
            run(session, "SELECT set_config('polelookup.index', %s, false)", (str(path),))
            rows(session, "SELECT id FROM pole_index_info()")
            return {}
        path = FOLDER / f"{case['index']}.plx"
        if not path.exists():
            put(compare.path_of(case["index"], PREFIX, SOURCE).read_bytes(), case["index"])
        run(session, "SELECT set_config('polelookup.index', %s, false)", (str(path),))
        return ASK[case["call"]](session, case["in"])
    except Failed as error:
        return {"error": str(error)}
    except (psycopg2.Error, LookupError, AssertionError) as error:
        return {"error": f"{type(error).__name__}: {error}"}


def as_arrays(case, got):
    """SQL has polygons as GeoJSON: its reader refuses as bad_input what the library's arrays refuse
    as invalid_argument."""
    has_polygon = case["call"] == "polygon" or "polygon" in case["in"]
    if has_polygon and got == {"error": "bad_input"}:
        return {"error": "invalid_argument"}
    return got


def main():
    results, counts = [], collections.Counter()
    with connect("postgres") as session:
        run(session, "CREATE DATABASE vectors")
    with connect("vectors") as session:
        run(session, "CREATE EXTENSION polelookup")
        for case in compare.cases(VECTORS):
            got = answer(session, case)
            got = as_arrays(case, got)
            wrong = compare.differences(case["out"], got)
            if not case["out"] and got:
                wrong = [f"out: {got!r}, not {{}}"]
            if wrong:
                print(case["id"], case["in"], *wrong, sep="\n    ")
            counts[case["call"]] += 1
            results.append((case["id"], "\n".join(wrong) if wrong else None, None))
    print(", ".join(f"{count} {call}" for call, count in sorted(counts.items())))
    failures = report.write(sys.argv[1], "vectors", results or [("vectors", "there are none", None)])
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
