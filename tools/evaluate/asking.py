#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the command's questions are worth: draws callers as evaluate.py does, answers each question
rightly, and asks again. With --optimum also what the best asker reaches who asks for a digit, for all
digits but the pole's own, or for those, by brute force over the belief in every pole.

usage: asking.py --index INDEX.plx --poles POLES.csv [options]; see --help. Standard library.
"""

import argparse
import collections
import csv
import json
import random
import subprocess
import sys

import channel as channels
import evaluate
import questions


class Command:
    def __init__(self, options):
        self.start = [options.command, "--json", "--lang", "zh", "--caller-lang", "zh", "-i",
                      options.index, "--channel", options.channel]

    def ask(self, caller):
        run = subprocess.run([*self.start, *caller.options, caller.said], capture_output=True,
                             text=True)
        if run.returncode not in (0, 1, 3):
            sys.exit("asking: %s" % run.stderr)
        return json.loads(run.stdout)


def first_of(told):
    first = told["candidates"][0] if told["candidates"] else None
    return (first["code"], (first["lat"], first["lon"])) if first else None


class Tally:
    """How often the right pole, and the right place, was first."""

    def __init__(self):
        self.rows, self.pole, self.place = 0, 0, 0

    def add(self, guess, truth, where):
        self.rows += 1
        self.pole += guess is not None and guess[0] == truth
        self.place += guess is not None and evaluate.distance_m(guess[1], where[truth]) <= 200

    def shares(self):
        return "%6.2f%% %6.2f%%" % (100.0 * self.pole / max(1, self.rows),
                                    100.0 * self.place / max(1, self.rows))


class Tallies:
    """The command's and the best asker's, before and after each question."""

    def __init__(self, most):
        self.told = [Tally() for _ in range(most + 1)]
        self.best = [Tally() for _ in range(most + 1)]

    def add(self, told, best, truth, where):
        for tally, guess in zip(self.told, told):
            tally.add(guess, truth, where)
        for tally, guess in zip(self.best, best or ()):
            tally.add(guess, truth, where)

    def show(self, title):
        print("%s: %d" % (title, self.told[0].rows))
        for i, tally in enumerate(self.told):
            print("    %-32s %s%s" % ("after %d questions" % i if i else "before any", tally.shares(),
                                      "   " + self.best[i].shares() if self.best[0].rows else ""))


def read_neighbours(poles, where):
    """The next pole that a caller would walk to: of his side, the nearer of the two."""
    known, neighbours = {code for code, _, _ in poles}, {}
    for code in known:
        beside = ["%0*d" % (len(code), int(code) + step) for step in (2, -2)]
        beside = [b for b in beside
                  if b in known and b[:-questions.OWN_DIGITS] == code[:-questions.OWN_DIGITS]]
        near = [b for b in beside if evaluate.distance_m(where[b], where[code]) < 100]
        if near:
            neighbours[code] = min(near, key=lambda b: evaluate.distance_m(where[b], where[code]))
    return neighbours


def read_streets(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        return {row["code"]: row.get("street", "") for row in csv.DictReader(file)
                if not row.get("scope")}


def converse(command, caller, most):
    """What the command said before and after each question, and what it asked."""
    told, asked = [command.ask(caller)], []
    for _ in range(most):
        asked.append(caller.answer(told[-1]["question"]))
        told.append(command.ask(caller))
    return told, asked


def show_failed(draw, told, asked):
    print("%s heard as %s (%s%s)" % (draw[0], draw[2], draw[1],
                                     ", within %g m" % draw[3][2] if draw[3] else ""))
    for i, answer in enumerate(told):
        print("    %s" % "; ".join("%s %.3f" % (c["code"], c["confidence"])
                                   for c in answer["candidates"][:3]) +
              "; place %.3f" % (answer["confidence_place"] or 0) +
              (" -> asked: " + asked[i] if i < len(asked) else ""))


def parse():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    add = parser.add_argument
    add("--index", required=True)
    add("--poles", required=True, help="CSV with code, lat, lon, street")
    add("--command", default="polelookup")
    add("--optimum", help="the program polelookup-optimum: also print the best asker")
    add("--channel", default="heavy")
    add("--count", type=int, default=500)
    add("--seed", type=int, default=1)
    add("--hint", type=float, default=0.0, help="share of draws with a phone position")
    add("--questions", type=int, default=2)
    add("--failed", action="store_true", help="print the callers whose pole was not found")
    options = parser.parse_args()
    options.assume_table, options.assume_clean = evaluate.table_of(options.channel), None
    return options


def main():
    options = parse()
    poles = evaluate.read_poles(options.poles)
    where = {code: (lat, lon) for code, lat, lon in poles}
    neighbours, streets = read_neighbours(poles, where), read_streets(options.poles)
    channel = channels.Channel(options.assume_table)
    random_ = random.Random(options.seed)
    draws = [channels.draw(random_, channel, poles, where, options.hint)
             for _ in range(options.count)]
    draws = [draw for draw in draws if draw[0] != "NONE"]
    lines = evaluate.likelihoods(options, poles, draws) if options.optimum else None
    command, everyone, readers = Command(options), Tallies(options.questions), Tallies(
        options.questions)
    kinds = [collections.Counter() for _ in range(options.questions)]
    for i, draw in enumerate(draws):
        caller = questions.Caller(draw, neighbours, streets)
        told, asked = converse(command, caller, options.questions)
        best = questions.best_asker(evaluate.believe(poles, draw, lines[i]), draw[0], caller.worn,
                                    options.questions) if lines else ()
        guesses = [first_of(answer) for answer in told], [b and b[1:] for b in best]
        everyone.add(*guesses, draw[0], where)
        if not caller.worn:
            readers.add(*guesses, draw[0], where)
        for counter, kind in zip(kinds, asked):
            counter[kind.split()[0] + (" (several)" if "-" in kind else "")] += 1
        if options.failed and (guesses[0][-1] or ("",))[0] != draw[0]:
            show_failed(draw, told, asked)
    print("callers through %s, seed %d; %g%% with a hint%s\n%-36s    pole   place%s" % (
        options.channel, options.seed, 100 * options.hint, "", "",
        "    best asker" if lines else ""))
    everyone.show("all")
    readers.show("of these with every digit read")
    for i, counter in enumerate(kinds):
        print("question %d: %s" % (i + 1, ", ".join("%s %d" % k for k in counter.most_common())))


if __name__ == "__main__":
    main()
