#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""All vectors against the C library:

    run_library.py LIBRARY PREFIX [FOLDER]

LIBRARY is libpolelookup.so, PREFIX/share/polelookup/sample.plx the sample. FOLDER holds the
vectors (this one)."""
import collections
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import compare  # noqa: E402
from library import Failed, Library  # noqa: E402


def main():
    compare.check_itself()
    library = Library(sys.argv[1])
    prefix, source = sys.argv[2], HERE.parent.parent
    folder = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else HERE
    indexes, counts, failed = {}, collections.Counter(), 0
    for case in compare.cases(folder):
        if case["call"] == "open":
            try:
                library.open(compare.bytes_of(case["in"], source)).close()
                got = {}
            except Failed as error:
                got = {"error": str(error)}
        else:
            name = case["index"]
            if name not in indexes:
                path = compare.path_of(name, prefix, source)
                indexes[name] = library.open(path.read_bytes())
            got = indexes[name].ask(case["call"], case["in"])
        counts[case["call"]] += 1
        wrong = compare.differences(case["out"], got)
        if not case["out"] and got:
            wrong = [f"out: {got!r}, not {{}}"]
        if wrong:
            failed += 1
            print(f"{case['id']}: {case['in']}", *wrong, sep="\n    ")
    for index in indexes.values():
        index.close()
    print(", ".join(f"{count} {call}" for call, count in sorted(counts.items())))
    print(f"{sum(counts.values())} cases, {failed} failed")
    return 1 if failed or not counts else 0


if __name__ == "__main__":
    sys.exit(main())
