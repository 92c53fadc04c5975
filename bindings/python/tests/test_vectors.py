# SPDX-License-Identifier: MIT
"""The questions and answers that every binding shares (tests/vectors), one test a case."""

import json
import math
import os
import pathlib
import warnings

import pytest

import polelookup
from conftest import ROOT

FOLDER = pathlib.Path(os.environ.get("POLELOOKUP_VECTORS", ROOT / "tests" / "vectors"))
GOLDEN = ROOT / "tests" / "golden" / "format-1.0.plx"
TOLERANCE = {"lat": 1e-9, "lon": 1e-9, "middle": 1e-9, "bounds": 1e-9, "distance_m": 1e-6,
             "bearing_deg": 1e-4, "confidence": 1e-9, "confidence_place": 1e-9, "no_pole": 1e-9}


def read_cases():
    cases = [json.loads(line) for path in sorted(FOLDER.glob("*.jsonl"))
             for line in path.read_text(encoding="utf-8").splitlines()]
    if not cases:
        warnings.warn(f"SKIPPED: no vectors in {FOLDER}", stacklevel=1)
    return cases


@pytest.fixture(scope="module")
def opened(index_path):
    """An index by the name that cases have for it."""
    known = {}

    def find(name):
        if name not in known:
            paths = {"sample": index_path, "golden": GOLDEN}
            known[name] = polelookup.open(paths.get(name, FOLDER / f"{name}.plx"))
        return known[name]

    yield find
    for index in known.values():
        index.close()


def open_changed(given):
    content = bytearray((GOLDEN if given["of"] == "golden"
                         else FOLDER / f"{given['of']}.plx").read_bytes())
    for offset, byte in given.get("set", []):
        content[offset] = byte
    content = content[:given.get("cut", len(content))] + bytes(given.get("append", 0))
    with polelookup.open_bytes(content):
        return {}


def station_of(hits):
    return next((hit.station.id for hit in hits if hit.chosen), None)


def ask_info(index, given):
    info = index.info()
    return {**info, "id": index.id, "scopes": list(index.scopes), "sample": index.sample}


def ask_parse(index, given):
    code, digits = index.parse(given["text"])
    return {"code": code, "digits": digits}


def ask_find(index, given):
    pole = index.find(given["code"], given.get("scope"))
    found = {name: value or None for name, value in pole.to_dict().items()}
    return {**found, "scope": pole.scope, "station": pole.station and pole.station.station.id}


def ask_find_many(index, given):
    columns = ["status", "lat", "lon", "station"] + ["confidence"] * given.get("judged", False)
    found = index.lookup_many(given["codes"], scope=given.get("scope"), columns=columns,
                              best_guess=True).to_dict()
    return {"match": found.pop("status"), **found}


def ask_alias(index, given):
    poles = index.find_alias(given["alias"])
    return {"codes": [pole.code for pole in poles]} if poles else {"error": "not_found"}


def hits_of(hits):
    return {"hits": [{"code": hit.pole.code, "scope": hit.pole.scope,
                      "distance_m": hit.distance_m, "bearing_deg": hit.bearing_deg}
                     for hit in hits]}


def ask_nearest(index, given):
    return hits_of(index.near(given["lat"], given["lon"], given["k"], given.get("max_m")))


def ask_within(index, given):
    return hits_of(index.within(given["lat"], given["lon"], given["radius_m"]))


def ask_box(index, given):
    return {"codes": [pole.code for pole in index.box(
        given["south"], given["west"], given["north"], given["east"])]}


def ask_polygon(index, given):
    return {"codes": [pole.code for pole in index.polygon(given["rings"])]}


def ask_stations(index, given):
    hits = (index.find(given["code"], given.get("scope")).stations if "code" in given else
            index.stations_at(given["lat"], given["lon"], kind=given.get("kind", "police"),
                              nearest=given.get("nearest", 1)))
    return {"stations": [{"id": hit.station.id, "role": hit.role, "chosen": hit.chosen,
                          "distance_m": hit.distance_m} for hit in hits]}


def edit_of(edit):
    return {"kind": edit.kind, "position": edit.position, "heard": edit.heard or None,
            "meant": edit.meant or None}


def candidate_of(one):
    return {"code": one.code, "scope": one.scope, "matched": one.matched,
            "confidence": one.confidence, "lat": one.lat, "lon": one.lon,
            "station": station_of(one.stations), "edits": [edit_of(edit) for edit in one.edits]}


def ask_resolve(index, given):
    options = {name: given[name] for name in (
        "street", "district", "scope", "also", "then", "box", "polygon", "clean", "near_m", "limit",
        "channel") if name in given}
    if "hint" in given:
        hint = given["hint"]
        options["hint"] = (hint["lat"], hint["lon"], hint["radius_m"], hint.get("level", 0.0))
        options["hint_crs"] = hint.get("crs")
    if "digits" in given:
        options["digits"] = {int(at): digit for at, digit in given["digits"].items()}
    text = given.get("text") or ""
    if "texts" in given:
        text = [(one["text"], one["weight"]) for one in given["texts"]]
    a = index.resolve(text, caller_language=given.get("language", "zh"), **options)
    rival, estimate, question = a.far_rival, a.estimate, a.question
    return {
        "status": a.status, "heard": a.heard, "reason": a.reason, "confidence": a.confidence,
        "confidence_place": a.confidence_place, "no_pole": a.no_pole,
        "warnings": sorted(a.warnings), "corroborated_by": sorted(a.corroborated_by),
        "candidates": [candidate_of(one) for one in a.candidates],
        "far_rival": rival and {"code": rival.pole.code, "scope": rival.pole.scope,
                                "distance_m": rival.distance_m, "confidence": rival.confidence},
        "estimate": estimate and {"code": estimate.code, "lat": estimate.lat, "lon": estimate.lon,
                                  "confidence": estimate.confidence},
        "question": question and {"kind": question.kind, "digit": question.digit or None},
    }


def ask_between(index, given):
    b = index.between(given["first"], given["second"], scope=given.get("scope"))
    return {"relation": b.relation, "distance_m": b.distance_m, "bearing_deg": b.bearing_deg,
            "same_street": b.same_street, "same_side": b.same_side,
            "poles_between": b.poles_between, "middle": b.middle and list(b.middle),
            "warnings": sorted(b.warnings)}


CALLS = {name[len("ask_"):]: call for name, call in globals().items() if name.startswith("ask_")}


def differences(wanted, got, name="", path=""):
    """Where an answer is not what it must be; what is wanted may leave keys out."""
    if isinstance(wanted, dict) and isinstance(got, dict):
        for key, value in wanted.items():
            yield from differences(value, got.get(key, "absent"), key, f"{path}.{key}")
    elif isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        for i, (one, other) in enumerate(zip(wanted, got, strict=True)):
            yield from differences(one, other, name, f"{path}[{i}]")
    elif name in TOLERANCE and isinstance(wanted, (int, float)) and isinstance(got, (int, float)):
        apart = abs(wanted - got)
        if name == "bearing_deg":
            apart = min(apart, 360.0 - apart)
        if not apart <= TOLERANCE[name] or math.isnan(got):
            yield f"{path}: {got!r}, not {wanted!r}"
    elif wanted != got or isinstance(wanted, bool) != isinstance(got, bool):
        yield f"{path}: {got!r}, not {wanted!r}"


def answer(case, opened):
    try:
        if case["call"] == "open":
            return open_changed(case["in"])
        # An unknown call is a KeyError: the test fails.
        return CALLS[case["call"]](opened(case["index"]), case["in"])
    except polelookup.Error as error:
        return {"error": error.name}


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case["id"])
def test_the_answer_is_that_of_every_language(case, opened):
    got = answer(case, opened)
    assert ("error" in got) == ("error" in case["out"]), got
    assert list(differences(case["out"], got)) == []


def test_a_wrong_answer_is_seen():
    """The comparison itself: each difference that may be, and none that may not."""
    right = {"lat": 45.0, "bearing_deg": 0.0, "codes": ["1"], "n": 1, "x": None}
    assert list(differences(right, {**right, "lat": 45.0 + 5e-10, "bearing_deg": 359.99999,
                                    "more": 1})) == []
    for wrong in ({"lat": 45.00000001}, {"bearing_deg": 1.0}, {"codes": ["1", "2"]},
                  {"codes": ["2"]}, {"n": True}, {"x": 0}, {"lat": None}, {"lat": math.nan}):
        assert list(differences(right, {**right, **wrong})) != []
