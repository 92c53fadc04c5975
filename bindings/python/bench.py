# SPDX-License-Identifier: MIT
"""What Python costs over C: nanoseconds a call, and a row of columns.

    bench.py PREFIX [--rows N] [--rounds N] [--tsv FILE]

PREFIX: an installed polelookup, whose sample and shared library are used. The rounds of Python and
of bench.c alternate; the least of each counts. Both fill columns that are there already (out=); what
it costs when they are new, most of it for pages of memory, stands behind. Needs numpy, pyarrow,
pandas and a C compiler."""

import argparse
import collections
import os
import pathlib
import platform
import random
import subprocess
import tempfile
import time

import numpy
import pandas
import pyarrow

import polelookup
from polelookup.columns import COLUMNS

HERE = pathlib.Path(__file__).resolve().parent
SETS = {"row": COLUMNS[:1], "found": COLUMNS[:5], "judged": COLUMNS[:7]}
LIMITS = {"texts S7": 1.5, "numbers uint32": 1.5, "arrow texts": 1.5, "list of str": 3.0,
          "object array": 3.0, "pandas strings": 3.0}


def build(prefix, folder):
    program = folder / "bench"
    subprocess.run([os.environ.get("CC", "cc"), "-std=gnu11", "-O2", f"-I{HERE.parents[1]}/include",
                    HERE / "bench.c", f"-L{prefix}/lib", "-lpolelookup",
                    f"-Wl,-rpath,{prefix}/lib", "-o", program], check=True)
    return program


def least_ns(work, count):
    begin = time.perf_counter_ns()
    work()
    return (time.perf_counter_ns() - begin) / count


def single(index, codes):
    """Calls by name, each a loop over the codes; the empty loop is taken off."""

    def empty():
        for _ in codes:
            pass

    def subscript():
        for code in codes:
            index[code]

    def with_place():
        for code in codes:
            pole = index[code]
            pole.lat, pole.lon  # noqa: B018

    def contains():
        for code in codes:
            code in index  # noqa: B015

    return {"index[code]": subscript, "index[code], lat and lon": with_place,
            "code in index": contains}, empty


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("prefix", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--tsv", type=pathlib.Path)
    options = parser.parse_args()
    path = options.prefix / "share/polelookup/sample.plx"
    index = polelookup.open(path)
    chance = random.Random(20080630)
    known = [pole.code for pole in index.poles()]
    # New texts, in the order of the list, as a reader of a file makes them.
    codes = ["".join([*chance.choice(known)]) for _ in range(options.rows)]
    texts = numpy.array(codes, dtype="S7")
    ways = {"texts S7": texts, "numbers uint32": texts.astype(numpy.uint32),
            "arrow texts": pyarrow.array(codes), "list of str": codes,
            "object array": numpy.array(codes, dtype=object), "pandas strings":
            pandas.Series(codes, dtype="string"), "texts U7": numpy.array(codes)}
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        program = build(options.prefix, pathlib.Path(folder))
        file = pathlib.Path(folder) / "codes"
        file.write_bytes(texts.tobytes())
        calls, empty = single(index, codes)
        for name, columns in SETS.items():
            wanted = str(sum(1 << COLUMNS.index(column) for column in columns) | 2)
            ours, new = dict.fromkeys(ways, 1e18), dict.fromkeys(ways, 1e18)
            theirs = [1e18] * 3
            kept = index.lookup_many(codes, columns=columns)
            for _ in range(options.rounds):
                for way, column in ways.items():
                    for times, out in ((ours, kept), (new, None)):
                        times[way] = min(times[way], least_ns(
                            lambda column=column, columns=columns, out=out: index.lookup_many(
                                column, digits=7, columns=columns, best_guess=True, out=out),
                            options.rows))
                done = subprocess.run([program, path, file, wanted, "3"], check=True,
                                      capture_output=True, text=True)
                theirs = [min(pair) for pair in zip(theirs, map(float, done.stdout.split()),
                                                    strict=True)]
            for way, taken in ours.items():
                of_c = theirs[1] if way.startswith("numbers") else theirs[0]
                rows.append((f"{name}: {way}", "ns a row", taken, of_c, LIMITS.get(way), new[way]))
        spent = {name: min(least_ns(call, len(codes)) for _ in range(options.rounds))
                 for name, call in calls.items()}
        loop = min(least_ns(empty, len(codes)) for _ in range(options.rounds))
        rows += [(name, "ns a call", taken - loop, theirs[2], None, None)
                 for name, taken in spent.items()]
        ask = {"resolve(code)": lambda: index.resolve("2334504"),
               "resolve(code).to_dict()": lambda: index.resolve("2334504").to_dict(),
               "near(lat, lon, k=1)": lambda: index.near(45.68, 126.63, k=1)}
        for name, call in ask.items():
            taken = min(least_ns(lambda call=call: collections.deque(
                (call() for _ in range(300)), maxlen=0), 300) for _ in range(options.rounds))
            rows.append((name, "ns a call", taken, None, None, None))
    print(f"Python {platform.python_version()}, {options.rows} codes, ratio to C; single calls: at "
          "most 300 ns")
    for name, unit, taken, of_c, limit, new in rows:
        ratio = "" if of_c is None else f"{of_c:8.1f} in C {taken / of_c:6.2f}x"
        print(f"{name:32} {taken:9.1f} {unit:9} {ratio}"
              f"{'' if limit is None else f' (at most {limit})'}"
              f"{'' if new is None else f'; {new:.1f} in new columns'}")
    if options.tsv:
        options.tsv.write_text("".join(
            f"python\t{name}\t{unit}\t{taken:.1f}\t{'' if of_c is None else f'{of_c:.1f}'}\n"
            for name, unit, taken, of_c, *_ in rows))


if __name__ == "__main__":
    main()
