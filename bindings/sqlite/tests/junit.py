# SPDX-License-Identifier: MIT
"""Runs test modules of unittest and writes their counts as a JUnit report:
junit.py REPORT.xml MODULE..."""

import pathlib
import sys
import time
import unittest
from xml.sax.saxutils import quoteattr


class Result(unittest.TextTestResult):
    """Keeps every test with its time and what came of it."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.cases = []
        self.begun = 0.0

    def startTest(self, test):
        super().startTest(test)
        self.begun = time.monotonic()

    def note(self, test, kind, message):
        self.cases.append((test.id(), time.monotonic() - self.begun, kind, message))

    def addSuccess(self, test):
        super().addSuccess(test)
        self.note(test, None, "")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.note(test, "failure", str(err[1]))

    def addError(self, test, err):
        super().addError(test, err)
        self.note(test, "error", str(err[1]))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.note(test, "skipped", reason)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.note(subtest, "failure", str(err[1]))


def write(path, cases):
    count = {kind: sum(case[2] == kind for case in cases) for kind in ("failure", "error", "skipped")}
    with open(path, "w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        out.write(
            f'<testsuite name="sqlite" tests="{len(cases)}" failures="{count["failure"]}" '
            f'errors="{count["error"]}" skipped="{count["skipped"]}">\n'
        )
        for name, seconds, kind, message in cases:
            out.write(f'  <testcase name={quoteattr(name)} time="{seconds:.3f}"')
            shown = "".join(c for c in message if c >= " ")[:500]
            inner = f"<{kind} message={quoteattr(shown)}/>" if kind else ""
            out.write(f">{inner}</testcase>\n" if kind else "/>\n")
        out.write("</testsuite>\n")


def main():
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
    report, modules = sys.argv[1], sys.argv[2:]
    suite = unittest.defaultTestLoader.loadTestsFromNames(modules)
    result = unittest.TextTestRunner(resultclass=Result, verbosity=1).run(suite)
    write(report, result.cases)
    if not result.cases:
        print("no test was run")
    return 0 if result.cases and result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
