#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the benchmarks recorded, on two pages: each budget beside ours and its peer, and how each
cost of ours grows with the city.

usage: summary.py RECORDS CITY...        the columns of the second page, in this order
"""

import collections
import sys

Row = collections.namedtuple("Row", "name unit median budget reach")


def read(path):
    """{(city, table): [Row]}, in order; of a table that was run twice the last."""
    tables = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            city, table, name, unit, *numbers = line.rstrip("\n").split("\t")
            rows = tables.setdefault((city, table), [])
            rows[:] = [row for row in rows if row.name != name]
            rows.append(Row(name, unit, *map(float, numbers)))
    return tables


def verdict(ours, peer):
    """By the ratio where there is one: nanoseconds hold on one machine alone. Under 10 % is no
    difference."""
    if peer:
        short = peer.reach / (peer.median / ours.median)
    else:
        short = ours.median / ours.budget if ours.budget else 0
    return "%.1f times short" % short if short > 1.1 else ""


def budgets(tables):
    print("\nBudgets (x: the peer's cost over ours; reach: what x should be)\n")
    print("  %-8s %-60s %9s %7s  %-26s %9s %5s %5s" % (
        "city", "", "ours", "budget", "peer", "", "x", "reach"))
    for (city, table), rows in tables.items():
        for i, ours in enumerate(rows):
            if ours.budget == 0:
                continue
            peers = [row for row in rows if row.reach > 0] if i == 0 else []
            what = table if i == 0 and ours.unit != "bytes" else "%s: %s" % (table, ours.name)
            line = "  %-8s %-60s %9.4g %7.4g" % (
                city, "%s (%s)" % (what[:54], ours.unit), ours.median, ours.budget)
            for peer in peers or [None]:
                if peer:
                    line += "  %-26s %9.4g %5.1f %5.1f" % (
                        peer.name[:26], peer.median, peer.median / ours.median, peer.reach)
                else:
                    line += " " * 51
                print(("%s  %s" % (line, verdict(ours, peer))).rstrip())
                line = " " * 88


def growth(tables, cities):
    print("\nGrowth: ours, by city\n")
    print("  %-72s" % "" + "".join(" %11s" % city for city in cities))
    lines = {}
    for (city, table), rows in tables.items():
        for i, row in enumerate(rows):
            if i == 0 or row.unit == "bytes" or row.name.startswith(("polelookup", " ")):
                what = table if i == 0 and row.unit != "bytes" else (
                    "%s: %s" % (table, row.name.strip()))
                lines.setdefault("%s (%s)" % (what[:66], row.unit), {})[city] = row.median
    for what, values in lines.items():
        print("  %-72s" % what + "".join(
            " %11s" % ("%.4g" % values[city] if city in values else "-") for city in cities))


def main(path, *cities):
    tables = read(path)
    budgets(tables)
    growth(tables, cities)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
