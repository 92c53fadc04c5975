#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the vectors of this folder again, the same bytes for the same seed:

    generate.py PREFIX [--into FOLDER] [--check]

PREFIX is an installed polelookup. Needs pyproj, shapely and numpy (tests only)."""
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

from maker import cases_lookup, cases_open, cases_place, cases_resolve, counties  # noqa: E402
from maker.areas import Areas  # noqa: E402
from maker.geodesy import Places  # noqa: E402
from maker.tables import Tables  # noqa: E402

from compare import path_of  # noqa: E402
from library import Library  # noqa: E402

SEED = 20080630


class World:
    """One index, and all that is known of it."""

    def __init__(self, prefix, library, name):
        path = path_of(name, prefix, SOURCE)
        self.name, self.path, self.size = name, str(path), path.stat().st_size
        self.command = str(prefix / "bin" / "polelookup")
        self.index = library.open(path.read_bytes())
        self.tables = Tables(self.command, self.path)
        self.areas = Areas(self.tables)
        self.places = Places(self.tables.poles)


def plan(worlds, library):
    """(call, world, cases): every file, in order."""
    s = worlds["sample"]
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
        yield "alias", world, lookup.aliases(world, next(seeds), 20)
        yield "nearest", world, place.nearests(world, next(seeds), 600 if world is s else 60)
        yield "within", world, place.withins(world, next(seeds), 300 if world is s else 30)
        yield "box", world, place.boxes(world, next(seeds), 150 if world is s else 20)
        yield "polygon", world, place.polygons(world, next(seeds), 150 if world is s else 20)
        yield "stations", world, place.stations(world, next(seeds), 150 if world is s else 20)
        yield "between", world, lookup.betweens(world, next(seeds), 60 if world is s else 20)
        yield "resolve", world, cases_resolve.resolves(world, next(seeds))


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
            case["out"] = out
            if "recorded" in marks:
                case["recorded"] = True
            of.append(json.dumps(case, ensure_ascii=False, separators=(",", ":")) + "\n")
    return {name: "".join(of) for name, of in files.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("prefix", type=pathlib.Path)
    parser.add_argument("--into", type=pathlib.Path, default=HERE)
    parser.add_argument("--check", action="store_true", help="compare with the files, write none")
    options = parser.parse_args()
    os.environ["LC_ALL"] = "C.UTF-8"
    library = Library(options.prefix / "lib" / "libpolelookup.so")
    command = str(options.prefix / "bin" / "polelookup")
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
    made = lines({name: World(options.prefix, library, name) for name in names}, library)
    for name, text in made.items():
        path = options.into / name
        print(f"{name}: {text.count(chr(10))} cases, {len(text.encode())} bytes")
        if options.check:
            if path.read_bytes() != text.encode():
                different += 1
                print(f"{name} is not what this makes")
        else:
            path.write_bytes(text.encode())
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
