# SPDX-License-Identifier: MIT
"""Connections with the extension, for all tests. The environment says what is tested:
POLELOOKUP_EXTENSION (the file), POLELOOKUP_PREFIX (an installed polelookup), POLELOOKUP_MODULE (a
module like sqlite3 that holds the SQLite to test in)."""

import importlib
import os
import pathlib
import unittest

sqlite3 = importlib.import_module(os.environ.get("POLELOOKUP_MODULE", "sqlite3"))
EXTENSION = os.environ["POLELOOKUP_EXTENSION"]
PREFIX = pathlib.Path(os.environ["POLELOOKUP_PREFIX"])
BINDING = pathlib.Path(__file__).resolve().parent.parent
SOURCE = BINDING.parent.parent
SAMPLE = PREFIX / "share/polelookup/sample.plx"
GOLDEN = SOURCE / "tests/golden/format-1.0.plx"


def connect(index=None, path=":memory:", **options):
    """A connection with the extension and, if named, an index."""
    db = sqlite3.connect(path, **options)
    db.enable_load_extension(True)
    db.load_extension(EXTENSION)
    db.enable_load_extension(False)
    if index is not None:
        db.execute("SELECT pole_open(?)", (str(index),)).fetchall()
    return db


class Case(unittest.TestCase):
    """A test with a connection of its own: to the golden index, or what INDEX says."""

    INDEX = GOLDEN
    maxDiff = None

    def setUp(self):
        self.db = connect(self.INDEX)
        self.addCleanup(self.db.close)

    def one(self, query, *values):
        """The only value of the only row."""
        rows = self.db.execute(query, values).fetchall()
        self.assertEqual(len(rows), 1, rows)
        self.assertEqual(len(rows[0]), 1, rows)
        return rows[0][0]

    def rows(self, query, *values):
        return self.db.execute(query, values).fetchall()

    def fails(self, pattern, query, *values):
        with self.assertRaisesRegex(sqlite3.Error, pattern) as caught:
            self.db.execute(query, values).fetchall()
        return caught.exception
