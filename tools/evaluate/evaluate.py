#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Draws poles, distorts their codes as a channel does, asks the command, and prints how often it is
right, how often it is wrong with confidence, and what the best possible program would have reached.

usage: evaluate.py --index INDEX.plx --poles POLES.csv [options]
POLES.csv is the table that the index was built from (code, lat, lon). See --help. Standard library.
"""

import argparse
import collections
import csv
import json
import math
import os
import random
import subprocess
import sys
import tempfile

import channel as channels

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
Answer = collections.namedtuple("Answer", "status candidates confidence_place")


def read_poles(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        return [(row["code"], float(row["lat"]), float(row["lon"]))
                for row in csv.DictReader(file) if not row.get("scope")]


def distance_m(a, b):
    lat = math.radians((a[0] + b[0]) / 2)
    return math.hypot((a[0] - b[0]) * 111132.0, (a[1] - b[1]) * 111320.0 * math.cos(lat))


# ---- The command's answers ----

def ask(options, queries, more=()):
    command = [options.command, "--json", "-i", options.index, "-n", "10",
               "--channel", options.assume, "--caller-lang", "zh", *more]
    if options.assume_clean:
        command += ["--clean", str(options.assume_clean)]
    run = subprocess.run(command + ["-"], input="".join(q + "\n" for q in queries),
                         capture_output=True, text=True)
    lines = run.stdout.splitlines()
    if run.returncode not in (0, 1, 3) or len(lines) != len(queries):
        sys.exit("evaluate: %s\n%s" % (" ".join(command), run.stderr))
    return [json.loads(line) for line in lines]


def answer_of(told):
    return Answer(told["status"], [(c["code"], c["confidence"] or 0.0, (c["lat"], c["lon"]))
                                   for c in told["candidates"]], told["confidence_place"] or 0.0)


def ask_all(options, draws):
    """One process for all draws without a hint, one for each of the others."""
    answers = [None] * len(draws)
    plain = [i for i, d in enumerate(draws) if d[3] is None]
    for i, told in zip(plain, ask(options, [draws[i][2] for i in plain]) if plain else []):
        answers[i] = answer_of(told)
    for i, (_, _, observed, hint) in enumerate(draws):
        if hint:
            more = ("--hint=%.7f,%.7f,%g" % hint,)
            answers[i] = answer_of(ask(options, [observed], more)[0])
    return answers


# ---- The best possible ----

def likelihoods(options, poles, draws):
    """A line for each draw: "row:likelihood" of every pole that explains it."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "codes")
        with open(path, "w", encoding="ascii") as file:
            file.write("".join(code + "\n" for code, _, _ in poles))
        run = subprocess.run([options.optimum, options.assume_table, str(options.assume_clean or 0),
                              path], input="".join(d[2] + "\n" for d in draws),
                             capture_output=True, text=True, check=True)
    return run.stdout.split("\n")


def optimum(channel, poles, draws, lines):
    codes = [code for code, _, _ in poles]
    known = set(codes)
    lengths = {n: (sum(len(c) == n for c in codes) / len(codes), sum(len(c) == n for c in known))
               for n in {len(c) for c in known}}
    spread = Spread(poles)
    return [best_answer(poles, draw, line,
                        channels.none_likelihood(channel, lengths, draw[2], known), spread)
            for draw, line in zip(draws, lines)]


class Spread:
    """How the poles lie: where the phone is when no pole was meant."""
    SIDE = 0.01  # degrees

    def __init__(self, poles):
        self.count, self.cells = len(poles), collections.defaultdict(list)
        for i, (_, lat, lon) in enumerate(poles):
            self.cells[int(lat / self.SIDE), int(lon / self.SIDE)].append((i, lat, lon))

    def density(self, hint):
        """Mean over all poles of hint_density(); of wide hints, over each tenth pole."""
        step = 10 if hint[2] >= 1000 else 1
        far_lat = 5 * hint[2] / channels.LAT_M
        far_lon = 5 * hint[2] / channels.lon_m(hint[0])
        total = 0.0
        for y in range(int((hint[0] - far_lat) / self.SIDE), int((hint[0] + far_lat) / self.SIDE) + 1):
            for x in range(int((hint[1] - far_lon) / self.SIDE),
                           int((hint[1] + far_lon) / self.SIDE) + 1):
                total += sum(hint_density(hint, lat, lon)
                             for i, lat, lon in self.cells.get((y, x), ()) if i % step == 0)
        return total * step / self.count


def believe(poles, draw, line):
    """(weight, code, place) of every pole that can have been meant, the likeliest first."""
    believed = []
    for part in line.split():
        row, likelihood = part.split(":")
        code, lat, lon = poles[int(row)]
        weight = float(likelihood)
        if draw[3]:
            weight *= hint_density(draw[3], lat, lon)
        if weight > 0:
            believed.append((weight, code, (lat, lon)))
    return sorted(believed, key=lambda b: (-b[0], b[1]))


def best_answer(poles, draw, line, none, spread):
    believed = believe(poles, draw, line)
    none *= len(poles)
    if draw[3] and none > 0:
        none *= spread.density(draw[3])
    total = sum(b[0] for b in believed) + none
    if not total > 0:
        return Answer("unknown", [], 0.0)
    near = sum(b[0] for b in believed if distance_m(b[2], believed[0][2]) <= 200) / total
    return Answer("", [(code, weight / total, at) for weight, code, at in believed[:10]], near)


def hint_density(hint, lat, lon):
    """Per square metre; draws come without wrong hints, so there is no share of them."""
    north = (hint[0] - lat) * channels.LAT_M
    east = (hint[1] - lon) * channels.lon_m(lat)
    sigma = hint[2]
    return math.exp(-(north * north + east * east) / (2 * sigma * sigma)) / (
        2 * math.pi * sigma * sigma)


# ---- Scores ----

class Score:
    def __init__(self, accept):
        self.accept, self.rows = accept, 0
        self.classes = collections.OrderedDict()
        self.false, self.accepted = collections.Counter(), 0
        self.bins = [[0, 0.0, 0] for _ in range(10)]
        self.place = {"answered": [0, 0], "sure of the place": [0, 0]}

    def add(self, draw, answer, where):
        truth, which = draw[:2]
        codes = [c[0] for c in answer.candidates]
        confidence = answer.candidates[0][1] if codes else 0.0
        is_right = codes[:1] == [truth]
        hits = self.classes.setdefault(which, [0, 0, 0, 0])
        self.rows += 1
        hits[0] += 1
        for place, most in enumerate((1, 3, 10)):
            hits[1 + place] += (not codes or confidence < 0.5) if truth == "NONE" else (
                truth in codes[:most])
        if not codes:
            return
        if confidence >= self.accept:
            self.accepted += 1
            self.false[which] += not is_right
        self.add_bin(confidence, is_right)
        far = truth == "NONE" or distance_m(answer.candidates[0][2], where[truth]) > 200
        for name, counts in self.place.items():
            if name == "answered" or answer.confidence_place >= 0.95:
                counts[0] += 1
                counts[1] += far

    def add_bin(self, confidence, is_right):
        one = self.bins[min(9, int(confidence * 10))]
        one[0] += 1
        one[1] += confidence
        one[2] += is_right

    def calibration_error(self):
        answered = sum(b[0] for b in self.bins)
        return sum(abs(b[1] - b[2]) for b in self.bins) / answered if answered else 0.0

    def totals(self):
        with_pole = [v for name, v in self.classes.items() if name != "none"]
        return [sum(v[i] for v in with_pole) for i in range(4)]

    def show(self, title):
        print("\n%s\n%-12s %6s %7s %7s %7s %7s" % (title, "class", "draws", "top 1", "top 3", "top 10",
                                                  "false"))
        for name in channels.CLASSES:
            if name in self.classes:
                hits = self.classes[name]
                print("%-12s %6d %6.1f%% %6.1f%% %6.1f%% %6.2f%%" % (
                    (name, hits[0]) + tuple(100.0 * h / hits[0] for h in hits[1:]) +
                    (100.0 * self.false[name] / hits[0],)))
        totals = self.totals()
        print("%-12s %6d %6.2f%% %6.2f%% %6.2f%%   (draws of a pole)" % (
            ("all", totals[0]) + tuple(100.0 * t / max(1, totals[0]) for t in totals[1:])))
        false = sum(self.false.values())
        print("accepted at %g: %d, of these wrong %d (%.2f%% of all draws); calibration error %.4f" %
              (self.accept, self.accepted, false, 100.0 * false / self.rows,
               self.calibration_error()))
        for name, (count, far) in self.place.items():
            print("first candidate over 200 m off, or no pole meant, %s: %d of %d (%.2f%%)" % (
                name, far, count, 100.0 * far / max(1, count)))


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    add = parser.add_argument
    add("--index", required=True)
    add("--poles", required=True, help="CSV with code, lat, lon")
    add("--command", default="polelookup")
    add("--optimum", help="the program polelookup-optimum: also print the best possible")
    add("--channel", default="heavy", help="that draws: everyday, heavy or a table")
    add("--clean", type=float, help="its share of clean codes")
    add("--assume", help="the channel that the command is told; --channel when left out")
    add("--assume-clean", type=float)
    add("--count", type=int, default=1000)
    add("--seed", type=int, default=1)
    add("--hint", type=float, default=0.0, help="share of draws with a phone position")
    add("--hint-is", choices=("right", "elsewhere", "gcj02"), default="right",
        help="elsewhere: the caller calls for somebody else; gcj02: read as WGS 84")
    add("--accept", type=float, default=0.9)
    options = parser.parse_args(arguments)
    if options.assume is None:
        options.assume, options.assume_clean = options.channel, options.clean
    options.table, options.assume_table = table_of(options.channel), table_of(options.assume)
    return options


def table_of(name):
    own = os.path.join(SOURCE, "data", "channel", name + ".tsv")
    return own if os.path.exists(own) else name


def main():
    options = parse(None)
    drawing = channels.Channel(options.table, clean=options.clean)
    assumed = channels.Channel(options.assume_table, clean=options.assume_clean)
    poles = read_poles(options.poles)
    where = {code: (lat, lon) for code, lat, lon in poles}
    random_ = random.Random(options.seed)
    draws = [spoil_hint(random_, options.hint_is, poles, channels.draw(random_, drawing, poles,
                                                                      where, options.hint))
             for _ in range(options.count)]
    print("%d draws through %s, seed %d, of %d poles; %g%% with a hint (%s); assumed: %s" % (
        len(draws), options.channel, options.seed, len(poles), 100 * options.hint, options.hint_is,
        options.assume))
    show_score("polelookup", options, draws, where, ask_all(options, draws))
    # Who believes a wrong hint wholly is not the best possible.
    is_fair = options.optimum and options.hint_is == "right"
    if is_fair:
        show_score("the best possible", options, draws, where,
                   optimum(assumed, poles, draws, likelihoods(options, poles, draws)))


def spoil_hint(random_, manner, poles, draw):
    if draw[3] is None or manner == "right":
        return draw
    lat, lon, radius = draw[3]
    if manner == "elsewhere":
        _, lat, lon = random_.choice(poles)
    else:  # what GCJ-02 is in Harbin, to some metres
        lat, lon = lat + 660 / channels.LAT_M, lon + 150 / channels.lon_m(lat)
    return draw[:3] + ((lat, lon, radius),)


def show_score(title, options, draws, where, answers):
    score = Score(options.accept)
    for draw, answer in zip(draws, answers):
        score.add(draw, answer, where)
    score.show(title)


if __name__ == "__main__":
    main()
