# SPDX-License-Identifier: MIT
"""How an answer is compared with a case (README.md, "How values are compared"), and the cases."""
import json
import math
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
TOLERANCES = {
    "lat": 1e-9,
    "lon": 1e-9,
    "middle": 1e-9,
    "bounds": 1e-9,
    "distance_m": 1e-6,
    "bearing_deg": 1e-4,
    "confidence": 1e-9,
    "confidence_place": 1e-9,
    "no_pole": 1e-9,
}


def cases(folder=HERE):
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def bytes_of(given, source):
    """The file of an `open` case."""
    data = bytearray(pathlib.Path(source, "tests/golden/format-1.0.plx").read_bytes())
    for at, byte in given.get("set", []):
        data[at] = byte
    data = data[: given["cut"]] if "cut" in given else data
    return bytes(data) + bytes(given.get("append", 0))


def path_of(name, prefix, source):
    if name == "sample":
        return pathlib.Path(prefix, "share/polelookup/sample.plx")
    if name == "golden":
        return pathlib.Path(source, "tests/golden/format-1.0.plx")
    return HERE / f"{name}.plx"


def differences(want, got, tolerances=None, key="", at="out"):
    """What differs, a text each; keys that `want` does not have are not looked at."""
    tolerances = TOLERANCES if tolerances is None else tolerances
    if isinstance(want, dict):
        if not isinstance(got, dict):
            return [f"{at}: {got!r}, not {want!r}"]
        if "error" in got and "error" not in want:
            return [f"{at}: the error {got['error']}"]
        missing = [f"{at}.{k}: is not there" for k in want if k not in got]
        return missing + [
            d
            for k in want
            if k in got
            for d in differences(want[k], got[k], tolerances, k, f"{at}.{k}")
        ]
    if isinstance(want, list):
        if not isinstance(got, list) or len(got) != len(want):
            return [f"{at}: {got!r}, not {want!r}"]
        pairs = enumerate(zip(want, got))
        return [
            d for i, (w, g) in pairs for d in differences(w, g, tolerances, key, f"{at}[{i}]")
        ]
    number = (int, float)
    if key in tolerances and isinstance(want, number) and not isinstance(want, bool):
        if not isinstance(got, number) or isinstance(got, bool) or math.isnan(got):
            return [f"{at}: {got!r}, not {want!r}"]
        off = abs(want - got)
        if key == "bearing_deg":
            off = min(off, 360 - off)
        return [] if off <= tolerances[key] else [f"{at}: {got!r}, not {want!r}"]
    same = type(want) is type(got) and want == got
    return [] if same else [f"{at}: {got!r}, not {want!r}"]


def check_itself():
    """That what differs is seen, and what is alike passes."""
    hit = {"code": "1", "distance_m": 2.0, "bearing_deg": 359.99999}
    for want, got, count in (
        ({"hits": [hit]}, {"hits": [{**hit, "bearing_deg": 0.0, "more": 1}]}, 0),
        ({"hits": [hit]}, {"hits": [{**hit, "distance_m": 2.0000011}]}, 1),
        ({"hits": [hit]}, {"hits": [hit, hit]}, 1),
        ({"hits": [hit]}, {"hits": []}, 1),
        ({"hits": [hit]}, {"error": "io"}, 1),
        ({"lat": 45.0}, {"lat": 45.0000000011}, 1),
        ({"confidence": None}, {"confidence": 0.5}, 1),
        ({"confidence": 0.5}, {"confidence": None}, 1),
        ({"confidence": [0.5, None]}, {"confidence": [0.5 + 5e-10, None]}, 0),
        ({"code": "0012345"}, {"code": 12345}, 1),
        ({"sample": True}, {"sample": 1}, 1),
        ({"street": None}, {}, 1),
        ({"error": "several"}, {"error": "not_found"}, 1),
        ({"error": "several"}, {"code": "1"}, 1),
        ({}, {"code": "1"}, 0),
    ):
        assert len(differences(want, got)) == count, (want, got, differences(want, got))
