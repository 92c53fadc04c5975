#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the vectors of this folder again, the same bytes for the same seed:

    generate.py [--check] COMMAND LIBRARY PREFIX

COMMAND is polelookup, LIBRARY libpolelookup.so, PREFIX/share/polelookup/sample.plx the sample.
--check compares with the files instead. Needs pyproj, shapely and numpy, for the tests alone;
without them it says so and exits with 77. POLE_ORACLE_PYTHON names a Python that has them."""
import argparse
import json
import os
import pathlib
import random
import shutil
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent.parent
sys.path.insert(0, str(HERE))

other = os.environ.pop("POLE_ORACLE_PYTHON", None)
if other:
    os.execv(other, [other, "-B", *sys.argv])
try:
    import numpy  # noqa: F401
    import pyproj  # noqa: F401
    import shapely  # noqa: F401
except ImportError as missing:
    print(f"SKIPPED: the oracles of the vectors are not there: {missing}")
    sys.exit(77)

from maker import cases_lookup, cases_open, cases_place, cases_resolve, counties  # noqa: E402
from maker.areas import Areas  # noqa: E402
from maker.geodesy import Places  # noqa: E402
from maker.tables import Tables  # noqa: E402

from compare import TOLERANCES, differences, path_of  # noqa: E402
from library import Library  # noqa: E402

SEED = 20080630


class World:
    """One index, and all that is known of it."""

    def __init__(self, command, library, prefix, name):
        path = path_of(name, prefix, SOURCE)
        self.name, self.path, self.size = name, str(path), path.stat().st_size
        self.command = command
        self.index = library.open(path.read_bytes())
        self.tables = Tables(self.command, self.path)
        self.areas = Areas(self.tables)
        self.places = Places(self.tables.poles)


def plan(worlds, library):
    """(call, world, cases): every file, in order."""
    s = worlds["sample"]
    # Resolutions by the oracle, of n-best lists, of words, with names and the like.
    counts = {"sample": (300, 20, 60, 60), "golden": (30, 5, 6, 12), "counties": (420, 30, 60, 90)}
    seeds = (random.Random(SEED + i) for i in range(1000))
    lookup, place = cases_lookup, cases_place
    yield "open", None, cases_open.opens(
        SOURCE / "tests/golden/format-1.0.plx", library, next(seeds)
    )
    for world in worlds.values():
        yield "info", world, cases_open.infos(world)
        yield "parse", world, lookup.parses(world, next(seeds), 100 if world is s else 30)
        yield "find", world, lookup.finds(world, next(seeds), 400 if world is s else 20)
        yield "find", world, lookup.shared_finds(world)
        yield "find_many", world, lookup.find_manys(
            world, next(seeds), 20 if world is s else 3, 40 if world is s else 10
        )
        yield "find_many", world, lookup.judged_manys(
            world, next(seeds), 6 if world is s else 2, 40 if world is s else 20
        )
        yield "alias", world, lookup.aliases(world, next(seeds), 20)
        yield "nearest", world, place.nearests(world, next(seeds), 600 if world is s else 60)
        yield "within", world, place.withins(world, next(seeds), 300 if world is s else 30)
        yield "box", world, place.boxes(world, next(seeds), 150 if world is s else 20)
        yield "polygon", world, place.polygons(world, next(seeds), 150 if world is s else 20)
        yield "stations", world, place.stations(world, next(seeds), 150 if world is s else 20)
        yield "between", world, lookup.betweens(world, next(seeds), 60 if world is s else 20)
        yield "resolve", world, cases_resolve.resolves(world, next(seeds), counts[world.name])


DECIMALS = {"confidence": 12, "confidence_place": 12, "no_pole": 12, "distance_m": 8}
DECIMALS.update(bearing_deg=6)


def rounded(value, key=""):
    """Figures without the noise behind what is compared."""
    if isinstance(value, dict):
        return {k: rounded(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [rounded(v, key) for v in value]
    if isinstance(value, float):
        return round(value, DECIMALS.get(key, 10))
    return value


def lines(worlds, library):
    """{file: text}"""
    files = {}
    for call, world, cases in plan(worlds, library):
        of = files.setdefault(f"{call}.jsonl", [])
        for given, out, *marks in cases:
            case = {"id": f"{call}-{len(of) + 1:04d}", "call": call}
            if world is not None:
                case["index"] = world.name
            case["in"] = {k: v for k, v in given.items() if v is not None}
            case["out"] = rounded(out)
            if "recorded" in marks:
                case["recorded"] = True
            of.append(json.dumps(case, ensure_ascii=False, separators=(",", ":")) + "\n")
    return {name: "".join(of) for name, of in files.items()}


def alike(kept, made, name):
    """Whether the files are the same but for the last decimals, which another PROJ may have."""
    kept, made = kept.splitlines(), made.splitlines()
    wrong = [f"{len(kept)} cases, not {len(made)}"] if len(kept) != len(made) else []
    for old, new in zip(kept, made):
        if old != new:
            old, new = json.loads(old), json.loads(new)
            less = {key: tolerance / 10 for key, tolerance in TOLERANCES.items()}
            for a, b in ((old, new), (new, old)):
                wrong += [f"{a['id']} {d}" for d in differences(a, b, less)]
    for line in wrong[:20]:
        print(f"{name} is not what this makes: {line}")
    return not wrong


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    parser.add_argument("command")
    parser.add_argument("library")
    parser.add_argument("prefix", type=pathlib.Path)
    options = parser.parse_args()
    os.environ["LC_ALL"] = "C.UTF-8"
    library, command = Library(options.library), options.command
    different = 0
    with tempfile.TemporaryDirectory() as folder:
        made_index = pathlib.Path(folder, "counties.plx")
        counties.build(command, pathlib.Path(folder), made_index)
        if not options.check:
            shutil.copyfile(made_index, HERE / "counties.plx")
        elif Tables.id_of(command, made_index) != Tables.id_of(command, HERE / "counties.plx"):
            different += 1
            print("counties.plx is not what this makes")
    names = ("sample", "golden", "counties")
    worlds = {name: World(command, library, options.prefix, name) for name in names}
    made = lines(worlds, library)
    for name, text in made.items():
        path = HERE / name
        print(f"{name}: {text.count(chr(10))} cases, {len(text.encode())} bytes")
        if options.check:
            different += not alike(path.read_text(encoding="utf-8"), text, name)
        else:
            path.write_bytes(text.encode())
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
