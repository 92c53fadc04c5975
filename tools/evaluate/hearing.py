#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How well the command hears: reads a table of utterances, asks `polelookup --json` for each, and
prints the score by class and by language.

usage: hearing.py [-v] UTTERANCES.tsv [COMMAND [ARGUMENT...]]

UTTERANCES.tsv has a header and the columns text, expected, class, language, tab-separated.
expected: the digits, ? for an unreadable one, or NONE. -v prints each row that is wrong. A wrong
answer that looks like a whole code (as many digits as most rows expect, none unknown) is counted
apart: it would send a car somewhere. Ends with 0 when every row is right, else 1.
"""

import collections
import json
import subprocess
import sys


def read_table(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        head, *lines = [line.rstrip("\r\n").split("\t") for line in file if line.strip()]
    wanted = ["text", "expected", "class", "language"]
    if head != wanted:
        sys.exit("%s: the columns are %s, not %s" % (path, ", ".join(head), ", ".join(wanted)))
    return [dict(zip(wanted, line)) for line in lines]


def hear(command, texts):
    """One line a query in, one object a line out, whatever the exit status says."""
    given = "".join(text + "\n" for text in texts)
    done = subprocess.run([*command, "--json", "-"], input=given, capture_output=True, text=True,
                          encoding="utf-8")
    answers = [json.loads(line)["heard"] or "NONE" for line in done.stdout.splitlines()]
    if len(answers) != len(texts):
        sys.exit("%d answers to %d texts: %s" % (len(answers), len(texts), done.stderr.strip()))
    return answers


class Score:
    def __init__(self):
        self.rows, self.right, self.dangerous = 0, 0, 0

    def add(self, right, dangerous):
        self.rows += 1
        self.right += right
        self.dangerous += dangerous

    def __str__(self):
        return "%5d rows  %6.1f %% right  %3d wrong whole codes" % (
            self.rows, 100 * self.right / self.rows, self.dangerous)


def main(arguments):
    verbose = arguments[:1] == ["-v"]
    arguments = arguments[verbose:]
    if not arguments or arguments[0].startswith("-"):
        sys.exit(__doc__)
    rows = read_table(arguments[0])
    answers = hear(arguments[1:] or ["polelookup"], [row["text"] for row in rows])
    lengths = collections.Counter(len(row["expected"]) for row in rows if row["expected"] != "NONE")
    whole = lengths.most_common(1)[0][0] if lengths else 7
    tables = [("class", {}), ("language", {})]
    total = Score()
    for row, answer in zip(rows, answers):
        right = answer == row["expected"]
        dangerous = not right and len(answer) == whole and answer.isdigit()
        for column, scores in tables:
            scores.setdefault(row[column], Score()).add(right, dangerous)
        total.add(right, dangerous)
        if verbose and not right:
            print("wanted %s, heard %s: %s" % (row["expected"], answer, row["text"]))
    for column, scores in tables:
        for name, score in scores.items():
            print("%-14s %s" % (name, score))
        print()
    print("%-14s %s" % ("all", total))
    return 0 if total.right == total.rows else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
