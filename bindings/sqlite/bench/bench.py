#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a call costs, beside what SQLite does with a table of its own:

    bench.py EXTENSION PREFIX [ROWS]

A table of ROWS random codes (1,000,000; 97 % of them in the sample) is read through each query five
times, in turns; told are the median, the least and the most, in ns a row, less what reading the
codes alone takes. Not a test: nothing passes or fails here."""

import os
import platform
import random
import sqlite3
import statistics
import sys
import time

QUERIES = {
    "read the codes": "SELECT sum(length(code)) FROM calls",
    "pole_lat(code)": "SELECT sum(pole_lat(code)) FROM calls",
    "pole_status(code)": "SELECT count(pole_status(code)) FROM calls",
    "pole_station(code)": "SELECT count(pole_station(code)) FROM calls",
    "JOIN pole_lookup(code), lat": "SELECT sum(p.lat) FROM calls JOIN pole_lookup(calls.code) p",
    "JOIN pole_match(code), lat": "SELECT sum(m.lat) FROM calls JOIN pole_match(calls.code) m",
    "peer: JOIN of an indexed table": "SELECT sum(p.lat) FROM calls LEFT JOIN poles p ON p.code = calls.code",
    "peer: the same, WITHOUT ROWID": "SELECT sum(p.lat) FROM calls LEFT JOIN keyed p ON p.code = calls.code",
    "peer: by number (rowid)": "SELECT sum(p.lat) FROM calls LEFT JOIN numbered p ON p.id = calls.number",
}
ROUNDS = 5


def prepare(extension, prefix, rows):
    db = sqlite3.connect(":memory:")
    db.enable_load_extension(True)
    db.load_extension(extension)
    db.execute("SELECT pole_open(?)", (os.path.join(prefix, "share/polelookup/sample.plx"),)).fetchall()
    db.executescript(
        "CREATE TABLE poles(code TEXT, lat REAL, lon REAL, station TEXT);"
        "INSERT INTO poles SELECT code, lat, lon, station_id FROM pole_within(45.7, 126.6, 1e6);"
        "CREATE UNIQUE INDEX by_code ON poles(code);"
        "CREATE TABLE keyed(code TEXT PRIMARY KEY, lat REAL, lon REAL) WITHOUT ROWID;"
        "INSERT INTO keyed SELECT code, lat, lon FROM poles;"
        "CREATE TABLE numbered(id INTEGER PRIMARY KEY, lat REAL, lon REAL);"
        "INSERT INTO numbered SELECT CAST(code AS INTEGER), lat, lon FROM poles;"
        "CREATE TABLE calls(code TEXT, number INTEGER);"
    )
    numbers = random.Random(1)
    codes = [row[0] for row in db.execute("SELECT code FROM poles")]
    drawn = (
        numbers.choice(codes) if numbers.random() < 0.97 else f"{numbers.randrange(10**7):07}"
        for _ in range(rows)
    )
    db.executemany("INSERT INTO calls VALUES (?, ?)", ((code, int(code)) for code in drawn))
    db.execute("ANALYZE")
    return db


def main():
    rows = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000
    db = prepare(sys.argv[1], sys.argv[2], rows)
    taken = {name: [] for name in QUERIES}
    for _ in range(ROUNDS):
        for name, query in QUERIES.items():
            begun = time.perf_counter()
            db.execute(query).fetchall()
            taken[name].append((time.perf_counter() - begun) / rows * 1e9)
    base = statistics.median(taken["read the codes"])
    print(f"SQLite {sqlite3.sqlite_version}, {platform.machine()}, {rows} rows, ns a row")
    for name, times in taken.items():
        less = 0.0 if name == "read the codes" else base
        told = (statistics.median(times) - less, min(times) - less, max(times) - less)
        print(f"{name:32}{told[0]:8.0f}  ({told[1]:.0f} to {told[2]:.0f})")
    resolve_rows = min(rows, 2000)
    begun = time.perf_counter()
    db.execute(
        f"SELECT count(r.code) FROM (SELECT code FROM calls LIMIT {resolve_rows}) c JOIN pole_resolve(c.code) r"
    ).fetchall()
    print(f"{'JOIN pole_resolve(code), us':32}{(time.perf_counter() - begun) / resolve_rows * 1e6:8.0f}")


if __name__ == "__main__":
    main()
