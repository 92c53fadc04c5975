# SPDX-License-Identifier: MIT
"""Callers who answer what they are asked, rightly; and the asker who could not be better."""

import collections


def street_side(poles):
    """For each code the next one of its street and side, where the table has it."""
    codes = {code for code, _, _ in poles}
    beside = {}
    for code in codes:
        for step in (2, -2):
            place = int(code[-2:]) + step
            if 0 <= place <= 99 and code[:-2] + "%02d" % place in codes:
                beside.setdefault(code, code[:-2] + "%02d" % place)
    return beside


class Caller:
    """Stands at a pole and answers questions about it."""

    def __init__(self, truth, observed, beside):
        self.truth, self.said, self.beside = truth, observed, beside
        self.options, self.asked = [], collections.Counter()

    def answer(self, question):
        """False when the answer tells nothing that the command can take."""
        kind = question["kind"] if question else None
        self.asked[kind] += 1
        first, count = (question or {}).get("digit"), (question or {}).get("digit_count") or 1
        if kind in ("digit", "digits") and first:
            self.options += ["--digit=%d=%s" % (place, self.truth[place - 1])
                             for place in range(first, min(first + count, len(self.truth) + 1))]
        elif kind in ("digits", "read_back"):
            self.said = self.truth
        elif kind == "neighbour" and self.truth in self.beside:
            self.options.append("--also=" + self.beside[self.truth])
        else:
            return False
        return True


def ask_with_questions(run, draws, beside, most):
    """The first candidates after each question, by draw, and what was asked. run: (texts, options)
    to the command's objects, or None when it was given an option that it does not take."""
    first, asked = [], collections.Counter()
    for truth, _, observed, hint in draws:
        caller = Caller(truth, observed, beside)
        base = ["--hint=%.7f,%.7f,%g" % hint] if hint else []
        told = run([observed], base)[0]
        candidates = []
        for _ in range(most):
            if caller.answer(told["question"]):
                told = run([caller.said], base + caller.options)[0]
            candidates.append(told["candidates"][0]["code"] if told["candidates"] else None)
        asked.update(caller.asked)
        first.append(candidates)
    return first, asked


def best_asker(believed, truth, most):
    """believed: (weight, code, place) of all poles that are possible. Asks for one digit, the first
    five or the last two, each time what makes a right guess likeliest; the code guessed after each
    question."""
    guesses = []
    for _ in range(most):
        length = len(truth)
        believed = [b for b in believed if len(b[1]) == length]
        parts = [(i, i + 1) for i in range(length)] + [(0, length - 2), (length - 2, length)]
        best = max(parts, key=lambda part: right_guesses(believed, part))
        believed = [b for b in believed if b[1][slice(*best)] == truth[slice(*best)]]
        guesses.append(max(believed)[1] if believed else None)
    return guesses


def right_guesses(believed, part):
    likeliest = collections.defaultdict(float)
    for weight, code, _ in believed:
        answer = code[part[0]:part[1]]
        likeliest[answer] = max(likeliest[answer], weight)
    return sum(likeliest.values())
