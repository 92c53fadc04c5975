# SPDX-License-Identifier: MIT
"""What the extension promises outside SQL: the list of functions is whole, the README's example
prints what it says, and no name of the library leaves the module.

    test_contract.py REPORT
"""
import os
import pathlib
import re
import subprocess
import sys
import unittest

import psycopg2

import testing

BINDING = pathlib.Path(__file__).resolve().parent.parent
HEADERS = pathlib.Path(os.environ["POLELOOKUP_PREFIX"], "include/polelookup")


class Contract(unittest.TestCase):
    def test_every_c_function_is_listed(self):
        declared = set()
        for header in HEADERS.glob("*.h"):
            text = re.sub(r"/\*.*?\*/", " ", header.read_text(encoding="utf-8"), flags=re.S)
            declared |= set(re.findall(r"^POLE_API\s[^;{]*?\b(pole_\w+)\s*\(", text, flags=re.M))
        rows = [
            line.split("\t")
            for line in (BINDING / "functions.tsv").read_text(encoding="utf-8").splitlines()
            if line and not line.startswith("#")
        ]
        self.assertGreater(len(declared), 100)
        self.assertEqual(sorted(row[0] for row in rows), sorted(declared))
        sql = "".join(p.read_text(encoding="utf-8") for p in (BINDING / "sql").glob("*.sql"))
        for row in rows:
            if row[1] == "-":
                self.assertGreater(len(row[2]), 8, row[0])
            elif row[1].startswith("pole_"):
                self.assertRegex(sql, rf"CREATE FUNCTION {row[1]}\(", row[0])

    def test_readme_prints_what_it_says(self):
        readme = (BINDING / "README.md").read_text(encoding="utf-8")
        sessions = re.findall(r"```\n(sample=# .*?)```", readme, flags=re.S)
        self.assertGreaterEqual(len(sessions), 2)
        for session in sessions:
            blocks = re.split(r"^sample=# ", session, flags=re.M)[1:]
            for block in blocks:
                statement, printed = re.match(r"(.*?;)\n(.*)\Z", block, flags=re.S).groups()
                statement = re.sub(r"^sample-# ", "", statement, flags=re.M)
                got = subprocess.run(
                    ["psql", "-X", "-d", "readme", "-c", statement],
                    capture_output=True, text=True, check=False,
                )
                self.assertEqual(
                    (got.stdout + got.stderr).strip(), printed.strip(), statement
                )

    def test_example_runs(self):
        got = subprocess.run(
            ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", "readme", "-f",
             str(BINDING / "example/dispatch.sql")],
            capture_output=True, text=True, check=False,
        )
        self.assertEqual(got.returncode, 0, got.stderr)
        want = (BINDING / "example/dispatch.out").read_text(encoding="utf-8")
        self.assertEqual(got.stdout, want)

    def test_no_name_of_the_library_leaves_the_module(self):
        module = pathlib.Path(testing.bindir()).parent / "lib/polelookup.so"
        names = subprocess.run(
            ["nm", "-D", "--defined-only", str(module)], capture_output=True, text=True, check=True
        ).stdout.split("\n")
        names = [line.split()[-1] for line in names if line]
        self.assertIn("pgpole_lookup", names)
        leaked = [n for n in names if n.startswith("pole_")]
        self.assertEqual(leaked, [])


def setUpModule():
    with testing.connect("postgres") as connection:
        testing.run(connection, "CREATE DATABASE readme")
    with testing.connect("readme") as connection:
        testing.run(connection, "CREATE EXTENSION polelookup")


if __name__ == "__main__":
    assert psycopg2
    sys.exit(testing.main("contract", sys.argv[1]))
