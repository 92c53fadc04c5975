# SPDX-License-Identifier: MIT
"""What the Python tests share: connections to the test's server, and unittest with a report."""
import contextlib
import os
import shutil
import sys
import unittest

import psycopg2

import report


def bindir():
    return os.path.dirname(os.path.realpath(shutil.which("postgres")))


@contextlib.contextmanager
def connect(database, user="postgres"):
    """A session of its own, each statement its own transaction."""
    connection = psycopg2.connect(dbname=database, user=user)
    connection.autocommit = True
    try:
        yield connection
    finally:
        connection.close()


def run(connection, statement, arguments=None):
    """All rows of a statement; None where it gives none."""
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        return cursor.fetchall() if cursor.description else None


def one(connection, statement, arguments=None):
    """The only value of the only row."""
    ((value,),) = run(connection, statement, arguments)
    return value


class _Result(unittest.TextTestResult):
    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.names = []

    def startTest(self, test):
        super().startTest(test)
        self.names.append(str(test))


def main(suite, path):
    """Runs the tests of the program, writes the report, gives the exit status."""
    tests = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2, resultclass=_Result).run(tests)
    bad = {str(t): why for t, why in result.failures + result.errors}
    skipped = {str(t): why for t, why in result.skipped}
    names = result.names + [name for name in bad if name not in result.names]
    failures = report.write(path, suite, [(n, bad.get(n), skipped.get(n)) for n in names])
    return 1 if failures or not result.names else 0
