#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the command's questions are worth: draws callers as evaluate.py does, answers each question
rightly, and asks again. Beside it the best that one question can be that asks for a digit, for all
digits but the pole's own, or for those, and has the chance of the right pole for its only aim.

usage: asking.py --index INDEX.plx --poles POLES.csv [options]; see --help. Standard library.
"""

import argparse
import collections
import json
import random
import subprocess
import sys

import channel as channels
import evaluate

LISTED = 100   # candidates that the best question is reckoned from
OWN_DIGITS = 2  # of a code of seven: the pole's own


class Caller:
    """Knows where he is; what he has answered goes into every later call of the command."""

    def __init__(self, options, neighbours, where, streets, draw):
        self.options, self.neighbours, self.where, self.streets = options, neighbours, where, streets
        self.truth, _, self.said, hint = draw
        self.evidence = ["--hint=%.7f,%.7f,%g" % hint] if hint else []

    def ask(self, more=()):
        run = subprocess.run(
            [self.options.command, "--json", "--lang", "zh", "-i", self.options.index, "-n",
             str(LISTED), "--channel", self.options.channel, *self.evidence, *more, self.said],
            capture_output=True, text=True)
        if run.returncode not in (0, 1, 3):
            sys.exit("asking: %s" % run.stderr)
        return json.loads(run.stdout)

    def digits(self, first, count):
        return [x for i in range(first - 1, first - 1 + count)
                for x in ("--digit", "%d=%s" % (i + 1, self.truth[i]))]

    def answer(self, told):
        """Answers the question of an answer; the kind that was asked."""
        question = told["question"]
        if question is None:
            return "nothing"
        kind = question["kind"]
        if kind in ("digit", "digits") and question["options"]:
            self.evidence += self.digits(question["digit"], len(question["options"][0]["answer"]))
        elif kind in ("read_back", "digits"):
            self.said = self.truth
        elif kind == "neighbour" and self.truth in self.neighbours:
            self.evidence += ["--also", self.neighbours[self.truth]]
        elif kind == "street" and self.streets.get(self.truth):
            self.evidence += ["--street", self.streets[self.truth]]
        elif kind == "place":  # "yes"; then what tells the two likeliest apart, as people are told
            codes = [c["code"] for c in told["candidates"][:2]]
            if len(codes) == 2 and len(codes[0]) == len(codes[1]) == len(self.truth):
                place = next(i for i in range(len(codes[0])) if codes[0][i] != codes[1][i])
                self.evidence += self.digits(place + 1, 1)
        return kind


def best_of_family(told, readable):
    """(first digit, how many) with the best expected chance of the right pole."""
    best = (-1.0, None)
    length = max((len(c["code"]) for c in told["candidates"]), default=0)
    family = [(i, 1) for i in range(1, length + 1)]
    family += [(1, length - OWN_DIGITS), (length - OWN_DIGITS + 1, OWN_DIGITS)]
    for first, count in family if length > OWN_DIGITS else []:
        if not all(readable(i) for i in range(first, first + count)):
            continue
        most = collections.defaultdict(float)
        for c in told["candidates"]:
            if len(c["code"]) == length:
                key = c["code"][first - 1:first - 1 + count]
                most[key] = max(most[key], c["confidence"])
        chance = sum(most.values())
        if chance > best[0] + 1e-12:
            best = (chance, (first, count))
    return best[1]


class Tally:
    def __init__(self):
        self.rows, self.pole, self.place = 0, 0, 0

    def add(self, told, truth, where):
        first = told["candidates"][0] if told["candidates"] else None
        self.rows += 1
        self.pole += first is not None and first["code"] == truth
        self.place += first is not None and evaluate.distance_m(
            (first["lat"], first["lon"]), where[truth]) <= 200

    def show(self, title):
        print("%-44s %6.1f%% %6.1f%%" % (title, 100.0 * self.pole / max(1, self.rows),
                                        100.0 * self.place / max(1, self.rows)))


def read_neighbours(poles, where):
    """The next pole that a caller would walk to: of his side, the nearer of the two."""
    known, neighbours = {code for code, _, _ in poles}, {}
    for code in known:
        beside = ["%0*d" % (len(code), int(code) + step) for step in (2, -2)]
        beside = [b for b in beside if b in known and b[:-OWN_DIGITS] == code[:-OWN_DIGITS]]
        near = [b for b in beside if evaluate.distance_m(where[b], where[code]) < 100]
        if near:
            neighbours[code] = min(near, key=lambda b: evaluate.distance_m(where[b], where[code]))
    return neighbours


def read_streets(path):
    import csv
    with open(path, newline="", encoding="utf-8-sig") as file:
        return {row["code"]: row.get("street", "") for row in csv.DictReader(file)
                if not row.get("scope")}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    add = parser.add_argument
    add("--index", required=True)
    add("--poles", required=True, help="CSV with code, lat, lon, street")
    add("--command", default="polelookup")
    add("--channel", default="heavy")
    add("--count", type=int, default=300)
    add("--seed", type=int, default=1)
    add("--hint", type=float, default=0.0, help="share of draws with a phone position")
    add("--questions", type=int, default=2)
    options = parser.parse_args()
    poles = evaluate.read_poles(options.poles)
    where = {code: (lat, lon) for code, lat, lon in poles}
    neighbours, streets = read_neighbours(poles, where), read_streets(options.poles)
    channel = channels.Channel(evaluate.table_of(options.channel))
    random_ = random.Random(options.seed)
    tallies = [Tally() for _ in range(options.questions + 1)]
    readable_tallies = {"before": Tally(), "asked": Tally(), "best": Tally()}
    kinds = [collections.Counter() for _ in range(options.questions)]
    for _ in range(options.count):
        draw = channels.draw(random_, channel, poles, where, options.hint)
        if draw[0] == "NONE":
            continue
        caller = Caller(options, neighbours, where, streets, draw)
        told = first = caller.ask()
        tallies[0].add(told, draw[0], where)
        for i in range(options.questions):
            kinds[i][caller.answer(told)] += 1
            told = caller.ask()
            tallies[i + 1].add(told, draw[0], where)
            if i == 0 and "?" not in draw[2]:
                readable_tallies["asked"].add(told, draw[0], where)
        if "?" not in draw[2]:
            plain = Caller(options, neighbours, where, streets, draw)
            readable_tallies["before"].add(first, draw[0], where)
            best = best_of_family(first, lambda i: True)
            readable_tallies["best"].add(plain.ask(plain.digits(*best) if best else []), draw[0],
                                         where)
    print("%d callers through %s, seed %d; %g%% with a hint\n%-44s %7s %7s" % (
        tallies[0].rows, options.channel, options.seed, 100 * options.hint, "", "pole", "place"))
    for i, tally in enumerate(tallies):
        tally.show("after %d questions" % i if i else "before any question")
        if i < options.questions:
            print("    asked: " + ", ".join("%s %d" % k for k in kinds[i].most_common()))
    print("of these with every digit read: %d" % readable_tallies["before"].rows)
    for name, title in (("before", "before any question"), ("asked", "after the one that was asked"),
                        ("best", "after the best for the pole alone")):
        readable_tallies[name].show("    " + title)


if __name__ == "__main__":
    main()
