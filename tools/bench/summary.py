#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the benchmarks recorded, on two pages: each budget beside ours and the best peer, and how
each cost of ours grows with the city.

usage: summary.py RECORDS CITY...        the columns of the second page, in this order
"""

import sys


def read(path):
    """{(city, table): [(contender, unit, median, budget)]}, in order; the last run of a table."""
    tables = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            city, table, name, unit, median, budget = line.rstrip("\n").split("\t")
            rows = tables.setdefault((city, table), [])
            rows[:] = [row for row in rows if row[0] != name]
            rows.append((name, unit, float(median), float(budget)))
    return tables


def budgets(tables):
    print("\nBudgets (best peer: the fastest in the table that is no limit; x: peer over ours)\n")
    print("  %-9s %-62s %9s %9s %9s %7s" % ("city", "", "ours", "budget", "best peer", "x"))
    for (city, table), rows in tables.items():
        for i, (name, unit, ours, budget) in enumerate(rows):
            if budget == 0 or (i > 0 and unit != "bytes"):
                continue
            peers = [median for peer, _, median, _ in rows[1:]
                     if not peer.startswith(("polelookup", "limit", " "))]
            what = table if unit != "bytes" else "%s: %s" % (table, name)
            line = "  %-9s %-62s %9.4g %9.4g" % (city, "%s (%s)" % (what, unit), ours, budget)
            if peers and unit != "bytes":
                line += " %9.4g %7.1f" % (min(peers), min(peers) / ours)
            else:
                line += " %9s %7s" % ("", "")
            print(line + ("" if ours <= budget else "  over by %.0f %%" % (100 * ours / budget - 100)))


def growth(tables, cities):
    print("\nGrowth: ours, by city\n")
    print("  %-72s" % "" + "".join(" %11s" % city for city in cities))
    lines = {}
    for (city, table), rows in tables.items():
        for i, (name, unit, median, _) in enumerate(rows):
            if i == 0 or unit == "bytes" or name.startswith(("polelookup", " ")):
                what = table if i == 0 and unit != "bytes" else "%s: %s" % (table, name.strip())
                lines.setdefault("%s (%s)" % (what, unit), {})[city] = median
    for what, values in lines.items():
        print("  %-72s" % what[:72] +
              "".join(" %11s" % ("%.4g" % values[city] if city in values else "-")
                      for city in cities))


def main(path, *cities):
    tables = read(path)
    budgets(tables)
    growth(tables, cities)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
