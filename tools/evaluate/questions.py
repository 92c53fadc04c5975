# SPDX-License-Identifier: MIT
"""Callers who answer what they are asked, rightly; and the asker who could not be better.

A digit that a caller could not read he cannot read when he is asked again either: of a group that
holds one he tells the others, and to that digit alone he says that he does not know."""

import collections

OWN_DIGITS = 2  # of a code of seven: the pole's own


def worn_places(truth, observed):
    """The places that cannot be read, from 0. None where digits were lost or put in: which of them
    were is not known."""
    if len(observed) != len(truth):
        return set()
    return {i for i, digit in enumerate(observed) if digit == "?"}


class Caller:
    """Stands at a pole and answers questions about it; what he has answered goes into every later
    call of the command."""

    def __init__(self, draw, neighbours, streets):
        self.truth, _, self.said, hint = draw
        self.worn = worn_places(self.truth, self.said)
        self.beside, self.street = neighbours.get(self.truth), streets.get(self.truth)
        self.options = ["--hint=%.7f,%.7f,%g" % hint] if hint else []

    def read_digits(self, first, count):
        """Those from `first` on (from 1) that he can read."""
        return ["--digit=%d=%s" % (i + 1, self.truth[i])
                for i in range(first - 1, min(first - 1 + count, len(self.truth)))
                if i not in self.worn]

    def answer(self, question):
        """What was asked, with what it was about."""
        if question is None:
            return "nothing"
        kind, first, count = question["kind"], question["digit"], question.get("digit_count") or 1
        if kind in ("digit", "digits", "place") and first:  # at the pole? yes: then these digits
            self.options += self.read_digits(first, count)
            return "%s %d" % (kind, first) if count == 1 else "%s %d-%d" % (
                kind, first, first + count - 1)
        if kind in ("digits", "read_back", "place"):
            self.said = "".join("?" if i in self.worn else d for i, d in enumerate(self.truth))
        elif kind == "neighbour" and self.beside:
            self.options.append("--also=" + self.beside)
        elif kind == "street" and self.street:
            self.options.append("--street=" + self.street)
        return kind


def parts_of(length):
    """What the best asker may ask for: a digit, all but the pole's own, or those; from 0."""
    return [(i, i + 1) for i in range(length)] + [(0, length - OWN_DIGITS),
                                                 (length - OWN_DIGITS, length)]


def best_asker(believed, truth, worn, most):
    """believed: (weight, code, place) of all poles that are possible. Asks each time for what makes
    a right guess likeliest; the poles guessed after each question, the first one before any."""
    guesses = [max(believed, default=None, key=weight_of)]
    believed = [b for b in believed if len(b[1]) == len(truth)]
    for _ in range(most):
        places = [[i for i in range(*part) if i not in worn] for part in parts_of(len(truth))]
        best = max(places, key=lambda asked: right_guesses(believed, asked))
        believed = [b for b in believed if all(b[1][i] == truth[i] for i in best)]
        guesses.append(max(believed, default=None, key=weight_of))
    return guesses


def weight_of(believed):
    return believed[0]


def right_guesses(believed, places):
    likeliest = collections.defaultdict(float)
    for weight, code, _ in believed:
        answer = "".join(code[i] for i in places)
        likeliest[answer] = max(likeliest[answer], weight)
    return sum(likeliest.values())
