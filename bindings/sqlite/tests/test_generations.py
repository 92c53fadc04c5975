# SPDX-License-Identifier: MIT
"""One index a statement: pole_open() while statements run. 1234567 stands at 45.7765 in the golden
index and at 45.7864457 in the sample, so that a mixture would show."""

import gc
import pathlib
import threading
import unittest

from support import GOLDEN, SAMPLE, connect, sqlite3

OLD, NEW = 45.7765, 45.7864457
# Python fetches a row ahead, so what begins late begins in the last of five rows.
FIVE = (
    "FROM (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 "
    "UNION ALL SELECT 5)"
)


class Reload(unittest.TestCase):
    def setUp(self):
        self.db = connect(GOLDEN)
        self.addCleanup(self.db.close)

    def open(self, path=SAMPLE):
        self.db.execute("SELECT pole_open(?)", (str(path),)).fetchall()

    def now(self):
        return self.db.execute("SELECT pole_lat('1234567')").fetchone()[0]

    def begin(self, query):
        """A statement that stands on its first row."""
        running = self.db.execute(query)
        return running, running.fetchone()

    def test_the_next_statement_asks_the_new_index(self):
        self.assertEqual(self.now(), OLD)
        self.open()
        self.assertEqual(self.now(), NEW)
        self.open(GOLDEN)
        self.assertEqual(self.now(), OLD)

    def test_a_running_statement_of_functions_keeps_its_index(self):
        running, first = self.begin(f"SELECT pole_lat('123456' || (n * 0 + 7)) {FIVE}")
        self.open()
        self.assertEqual(self.now(), NEW)
        self.assertEqual([first, *running.fetchall()], [(OLD,)] * 5)
        self.assertEqual(self.now(), NEW)

    def test_different_functions_of_a_statement_ask_one_index(self):
        running, first = self.begin(
            f"SELECT pole_lat('1234567'), CASE n WHEN 5 THEN pole_status('1234569') END {FIVE}"
        )
        self.assertEqual(first, (OLD, None))
        self.open()  # where 1234569 is active
        self.assertEqual(running.fetchall(), [(OLD, None)] * 3 + [(OLD, "removed")])

    def test_a_running_table_keeps_its_index(self):
        running, first = self.begin(
            "SELECT p.lat FROM (SELECT '1234567' AS c UNION ALL SELECT '1234567 ' UNION ALL "
            "SELECT ' 1234567') JOIN pole_lookup(c) p"
        )
        self.open()
        self.assertEqual(self.now(), NEW)
        self.assertEqual([first, *running.fetchall()], [(OLD,)] * 3)

    def test_a_running_resolution_keeps_its_index(self):
        running, first = self.begin("SELECT json FROM pole_resolve('1234567') WHERE candidates = 5")
        self.open()
        for (text,) in [first, *running.fetchall()]:
            self.assertIn('"sample":false', text)

    def test_functions_and_tables_of_a_statement_ask_one_index(self):
        running, first = self.begin(
            f"SELECT pole_lat('1234567'), (SELECT lat FROM pole_lookup('123456' || (n * 0 + 7))) {FIVE}"
        )
        self.open()
        self.assertEqual([first, *running.fetchall()], [(OLD, OLD)] * 5)

    def test_a_table_that_begins_late_asks_its_statements_index(self):
        running, first = self.begin(
            f"SELECT pole_lat('1234567'), CASE WHEN n > 4 THEN "
            f"(SELECT lat FROM pole_lookup('123456' || (n * 0 + 7))) END {FIVE}"
        )
        self.assertEqual(first, (OLD, None))
        self.open()
        self.assertEqual(running.fetchall(), [(OLD, None)] * 3 + [(OLD, OLD)])

    def test_a_function_that_begins_late_asks_its_statements_index(self):
        running, first = self.begin(
            f"SELECT p.lat, CASE WHEN n > 4 THEN pole_lat('1234567') END {FIVE} "
            "JOIN pole_lookup('1234567') p"
        )
        self.assertEqual(first, (OLD, None))
        self.open()
        self.assertEqual(self.now(), NEW)
        self.assertEqual(running.fetchall(), [(OLD, None)] * 3 + [(OLD, OLD)])

    def test_statements_side_by_side_keep_the_index_of_their_begin(self):
        table = f"SELECT p.lat {FIVE} JOIN pole_lookup('123456' || (n * 0 + 7)) p"
        late = f"SELECT (SELECT lat FROM pole_lookup('123456' || (n * 0 + 7))) {FIVE}"
        begun = []
        for path, want in ((GOLDEN, OLD), (SAMPLE, NEW), (GOLDEN, OLD), (SAMPLE, NEW)):
            self.open(path)
            begun += [(*self.begin(table), want), (*self.begin(late), want)]
        for running, first, want in begun:
            self.assertEqual([first, *running.fetchall()], [(want,)] * 5)

    def test_what_cannot_be_told_apart_is_refused_and_never_mixed(self):
        running, _ = self.begin(f"SELECT pole_lat('1234567') {FIVE}")
        self.open()
        inner = []

        def within():
            try:
                inner.append(self.now())
            except sqlite3.Error as error:
                inner.append(str(error))

        self.db.create_function("within", 0, within)
        self.db.execute("SELECT within()").fetchall()
        self.assertRegex(inner[0], "stopped: the index was replaced while")
        self.assertEqual(running.fetchall(), [(OLD,)] * 4)
        self.db.execute("SELECT within()").fetchall()
        self.assertEqual(inner[1], NEW)

    def test_a_statement_that_asked_nothing_yet_asks_the_new_index(self):
        running, first = self.begin(f"SELECT CASE WHEN n > 4 THEN pole_lat('1234567') END {FIVE}")
        self.assertEqual(first, (None,))
        self.open()
        self.assertEqual(running.fetchall(), [(None,)] * 3 + [(NEW,)])

    def test_a_prepared_statement_asks_the_index_of_each_run(self):
        query = "SELECT lat FROM pole_lookup(?)"
        for path, want in ((GOLDEN, OLD), (SAMPLE, NEW), (GOLDEN, OLD)):
            self.open(path)
            self.assertEqual(self.db.execute(query, ("1234567",)).fetchall(), [(want,)])

    def test_opening_within_a_statement_counts_from_the_next(self):
        row = self.db.execute(
            "SELECT pole_lat('1234567'), pole_open(?) IS NULL, pole_lat('1234567')", (str(SAMPLE),)
        ).fetchone()
        self.assertEqual(row, (OLD, 0, OLD))
        self.assertEqual(self.now(), NEW)

    def test_statements_left_unfinished_leave_nothing_behind(self):
        def used():
            gc.collect()
            for line in pathlib.Path("/proc/self/status").read_text().splitlines():
                if line.startswith("VmRSS:"):
                    return int(line.split()[1])
            return 0

        def round_of_reloads(count):
            for i in range(count):
                running, _ = self.begin(f"SELECT pole_lat('1234567') {FIVE}")
                self.open(SAMPLE if i % 2 else GOLDEN)
                running.close()

        round_of_reloads(20)
        before = used()
        round_of_reloads(100)
        self.assertLess(used() - before, 20 * 2000, "kB: some hundred indexes would be 100 MB")


class Threads(unittest.TestCase):
    def test_each_thread_reloads_its_own_connection(self):
        wrong = []

        def work():
            db = connect()
            try:
                for i in range(30):
                    path, want = ((GOLDEN, OLD), (SAMPLE, NEW))[i % 2]
                    db.execute("SELECT pole_open(?)", (str(path),)).fetchall()
                    rows = db.execute("SELECT lat FROM pole_lookup('1234567')").fetchall()
                    if rows != [(want,)]:
                        wrong.append(rows)
            except Exception as error:  # told by the main thread
                wrong.append(error)
            finally:
                db.close()

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])

    def test_threads_share_a_connection_as_sqlite_lets_them(self):
        db = connect(SAMPLE, check_same_thread=False)
        wrong = []

        def work():
            for _ in range(200):
                rows = db.execute("SELECT code, sample FROM pole_resolve('2334504')").fetchall()
                if not rows or rows[0] != ("2334504", 1):
                    wrong.append(rows)

        threads = [threading.Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        db.close()
        self.assertEqual(wrong, [])
