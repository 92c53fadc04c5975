#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What evidence does when it is wrong: the same draws without evidence, with right evidence, and with
evidence that is wrong for all of them. False accepts (the first candidate is wrong at a confidence of
0.9 or more) must not rise by more than half a point above those without evidence.

usage: wrong_evidence.py --index INDEX.plx --poles POLES.csv [options]; see --help. Standard library.
POLES.csv is the table that the index was built from, with code, lat, lon, street.
"""

import argparse
import concurrent.futures
import csv
import json
import math
import os
import random
import subprocess

import asking
import channel as channels
import evaluate

ACCEPT = 0.9
AXIS_M, FLATTENING_E2 = 6378245.0, 0.00669342162296594323  # of the datum's published formula


def gcj02_of(lat, lon):
    """WGS 84 to GCJ-02, as the project's lib/geo/datum.c has it from the same published formula."""
    x, y = lon - 105.0, lat - 35.0
    pi, sin = math.pi, math.sin
    root = math.sqrt(abs(x))
    wave = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    dlat = (-100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + wave
            + (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
            + (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3)
    dlon = (300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + wave
            + (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
            + (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3)
    curve = 1 - FLATTENING_E2 * sin(math.radians(lat)) ** 2
    dlat *= 180 / (AXIS_M * (1 - FLATTENING_E2) / (curve * math.sqrt(curve)) * pi)
    dlon *= 180 / (AXIS_M / math.sqrt(curve) * math.cos(math.radians(lat)) * pi)
    return lat + dlat, lon + dlon


def hint_option(lat, lon, radius):
    return ["--hint=%.7f,%.7f,%g" % (lat, lon, radius)]


class Modes:
    """Each mode: a draw to the options that it gives the command."""

    def __init__(self, poles, streets, seed):
        self.poles, self.streets, self.random = poles, streets, random.Random(seed)
        self.beside = asking.read_neighbours(poles, {code: (lat, lon) for code, lat, lon in poles})

    def nothing(self, draw):
        return []

    def hint(self, draw):
        return hint_option(*draw[3])

    def hint_in_gcj02(self, draw):
        return hint_option(*gcj02_of(*draw[3][:2]), draw[3][2])

    def hint_of_somebody_else(self, draw):
        code, lat, lon = self.random.choice(self.poles)
        radius = draw[3][2]
        return hint_option(lat + self.random.gauss(0, radius) / channels.LAT_M,
                           lon + self.random.gauss(0, radius) / channels.lon_m(lat), radius)

    def next_pole(self, draw):
        return ["--also=" + self.beside[draw[0]]] if draw[0] in self.beside else []

    def pole_of_elsewhere(self, draw):
        return ["--also=" + self.random.choice(self.poles)[0]]

    def street(self, draw):
        street = self.streets.get(draw[0])
        return ["--street=" + street] if street else []

    def street_that_is_another(self, draw):
        street = self.streets[self.random.choice(self.poles)[0]]
        return ["--street=" + street] if street else []


def ask(options, draw, evidence):
    run = subprocess.run([options.command, "--json", "-i", options.index, "-n", "1",
                          "--channel", options.channel, *evidence, "--", draw[2]],
                         capture_output=True, text=True, check=False)
    answer = json.loads(run.stdout)
    first = answer["candidates"][0] if answer["candidates"] else None
    right = first["code"] == draw[0] if first else draw[0] == "NONE"
    sure = first is not None and first["confidence"] >= ACCEPT
    return right, sure, answer["status"]


def main():
    source = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    add = parser.add_argument
    add("--index", required=True)
    add("--poles", required=True)
    add("--command", default=os.path.join(source, "build/bin/polelookup"))
    add("--channel", default="heavy")
    add("--count", type=int, default=1000)
    add("--seed", type=int, default=1)
    options = parser.parse_args()
    poles = evaluate.read_poles(options.poles)
    with open(options.poles, newline="", encoding="utf-8-sig") as file:
        streets = {row["code"]: row["street"] for row in csv.DictReader(file)}
    dice = random.Random(options.seed)
    drawing = channels.Channel(evaluate.table_of(options.channel))
    draws = [channels.draw(dice, drawing, poles, set(streets), 1.0) for _ in range(options.count)]
    modes = Modes(poles, streets, options.seed)
    print("%d draws through %s, seed %d" % (options.count, options.channel, options.seed))
    print("%-24s %7s %9s %7s   exact, of these wrong; corrected, of these wrong" % (
        "evidence", "top 1", "accepted", "false"))
    for name in ("nothing", "hint", "hint_in_gcj02", "hint_of_somebody_else", "street",
                 "street_that_is_another", "next_pole", "pole_of_elsewhere"):
        mode = getattr(modes, name)
        asked = [(draw, mode(draw)) for draw in draws]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            answers = list(pool.map(lambda pair: ask(options, *pair), asked))
        share = 100.0 / len(answers)
        count = {status: [sum(1 for a in answers if a[2] == status),
                          sum(1 for a in answers if a[2] == status and not a[0])]
                 for status in ("exact", "corrected")}
        print("%-24s %6.1f%% %8.1f%% %6.2f%%   %d, %d; %d, %d" % (
            name.replace("_", " "), share * sum(a[0] for a in answers),
            share * sum(a[1] for a in answers), share * sum(a[1] and not a[0] for a in answers),
            *count["exact"], *count["corrected"]), flush=True)


if __name__ == "__main__":
    main()
