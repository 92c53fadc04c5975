# SPDX-License-Identifier: MIT
"""Reports in JUnit's form: tests, failures, errors and skipped stand in the first element."""
import re
import sys
from xml.sax.saxutils import escape, quoteattr


def write(path, suite, cases):
    """cases: (name, why it failed or None, why it was skipped or None)."""
    cases = list(cases)
    failures = sum(1 for _, failed, _ in cases if failed is not None)
    skips = sum(1 for _, _, skipped in cases if skipped is not None)
    with open(path, "w", encoding="utf-8") as report:
        report.write('<?xml version="1.0" encoding="utf-8"?>\n')
        report.write(
            f'<testsuite name={quoteattr(suite)} tests="{len(cases)}" failures="{failures}"'
            f' errors="0" skipped="{skips}">\n'
        )
        for name, failed, skipped in cases:
            report.write(f"<testcase name={quoteattr(name)}>")
            if failed is not None:
                report.write(f"<failure>{escape(failed)}</failure>")
            if skipped is not None:
                report.write(f"<skipped message={quoteattr(skipped)}/>")
            report.write("</testcase>\n")
        report.write("</testsuite>\n")
    print(f"{suite}: {len(cases)} tests, {failures} failed, {skips} skipped")
    return failures


def regress(log, path):
    """From what pg_regress printed."""
    line = re.compile(r"^test (\S+)\s+\.\.\. (ok|FAILED)")
    with open(log, encoding="utf-8") as text:
        found = [m for m in map(line.match, text) if m]
    cases = [(m[1], None if m[2] == "ok" else "see regression.diffs", None) for m in found]
    return write(path, "pg_regress", cases or [("pg_regress", "did not run", None)])


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] != "regress":
        sys.exit("usage: report.py regress LOG REPORT")
    sys.exit(1 if regress(sys.argv[2], sys.argv[3]) else 0)
