# SPDX-License-Identifier: MIT
"""Values, databases and settings that nobody would expect: the answer is right or an error."""

import os
import pathlib
import random
import subprocess
import sys
import tempfile

from support import GOLDEN, SAMPLE, Case, connect, sqlite3

TABLES = {
    "pole_lookup": 2,
    "pole_lookup_all": 2,
    "pole_alias": 1,
    "pole_near": 4,
    "pole_within": 3,
    "pole_within_box": 4,
    "pole_within_polygon": 1,
    "pole_stations": 2,
    "pole_stations_at": 4,
    "pole_resolve": 13,
    "pole_match": 10,
    "pole_between": 3,
}
SCALARS = {
    "pole_status": 2,
    "pole_lat": 2,
    "pole_lon": 2,
    "pole_station": 2,
    "pole_code": 1,
    "pole_describe_json": 2,
    "pole_resolve_json": 5,
    "pole_open": 1,
}


class Values(Case):
    def test_text_with_a_nul_is_no_code(self):
        for text in ("1234567\0", "\0", "1234567\0junk", "12345\x0067"):
            self.assertEqual(self.one("SELECT pole_status(?)", text), "malformed_code", repr(text))
            self.assertIsNone(self.one("SELECT pole_lat(?)", text))

    def test_a_nul_in_a_saying_is_a_word(self):
        rows = self.rows("SELECT status, code FROM pole_resolve(?)", "1234567\0")
        self.assertEqual(rows[0][1], "1234567")
        rows = self.rows("SELECT status, code FROM pole_resolve(?)", "1234\x00567")
        self.assertNotEqual(rows[0][0], None)

    def test_a_blob_is_no_text(self):
        self.fails("is a BLOB", "SELECT pole_lat(?)", b"1234567")
        self.fails("is a BLOB", "SELECT * FROM pole_resolve(x'')")
        self.fails("is a BLOB", "SELECT * FROM pole_resolve('1', NULL, NULL, NULL, NULL, NULL, x'ff')")

    def test_bytes_that_are_not_utf8_are_no_code(self):
        self.assertEqual(self.one("SELECT pole_status(CAST(x'ff313233' AS TEXT))"), "malformed_code")
        self.assertEqual(self.one("SELECT status FROM pole_resolve(CAST(x'fffe' AS TEXT))"), "no_code")

    def test_huge_values_are_answered(self):
        huge = "1234567 " * 500_000
        self.assertEqual(self.one("SELECT pole_status(?)", huge), "malformed_code")
        self.assertEqual(self.one("SELECT pole_status(?)", huge, ), "malformed_code")
        self.assertEqual(self.one("SELECT status FROM pole_resolve(?)", huge), "no_code")
        self.assertEqual(self.one("SELECT status FROM pole_alias(?)", huge), "not_found")
        self.fails("no county is called", "SELECT * FROM pole_resolve('1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, ?)", huge)
        self.fails("bad_input|limit", "SELECT * FROM pole_within_polygon(?)", "[" * 1_000_000)
        self.fails("bad_input", "SELECT pole_resolve_json('1', 'box', ?)", "[" * 1_000_000)

    def test_any_values_are_answered_or_refused(self):
        seed = int(os.environ.get("POLE_TEST_SEED", "110"))
        print(f"seed {seed}")
        numbers = random.Random(seed)
        values = [None, "", "1234567", "10101", "宾县", "一二三四五六七", 0, -1, 7, 1.5, 45.77, 126.61, 1e308,
                  float("inf"), float("-inf"), 2**63 - 1, -(2**63), b"", b"\0", b"1234567", "\0", "1" * 5000,
                  "{}", "[]", '{"1":1}', "[45,126,46,127]", "zh", "heavy", "\ud7ff\U0010ffff", "NaN"]
        answered = 0
        for _ in range(4000):
            name = numbers.choice([*TABLES, *SCALARS])
            count = numbers.randint(0, TABLES.get(name, SCALARS.get(name)))
            call = f"{name}({', '.join('?' * count)})"
            query = f"SELECT * FROM {call}" if name in TABLES else f"SELECT {call}"
            try:
                self.rows(query, *(numbers.choice(values) for _ in range(count)))
                answered += 1
            except sqlite3.Error as error:
                self.assertRegex(
                    str(error), "polelookup: |wrong number of arguments|NUL|too big", (query, name)
                )
        self.assertGreater(answered, 500)
        self.assertEqual(self.one("SELECT pole_lat('1234567')"), 45.7765, "all is well behind it")


class Databases(Case):
    def test_a_database_in_utf16_has_the_same_answers(self):
        for encoding in ("UTF-16le", "UTF-16be"):
            db = sqlite3.connect(":memory:")
            self.addCleanup(db.close)
            db.execute(f"PRAGMA encoding = '{encoding}'")
            db.execute("CREATE TABLE calls(said TEXT, county TEXT)")
            db.executemany(
                "INSERT INTO calls VALUES (?, ?)",
                [("１２３４５６７", None), ("0034501", None), ("10101", "巴彦"), ("bad 号", None)],
            )
            db.enable_load_extension(True)
            db.load_extension(os.environ["POLELOOKUP_EXTENSION"])
            db.execute("SELECT pole_open(?)", (str(GOLDEN),)).fetchall()
            self.assertEqual(db.execute("PRAGMA encoding").fetchone()[0], encoding)
            rows = db.execute("SELECT p.status, p.street, pole_lat(said, county) FROM calls "
                              "JOIN pole_lookup(said, county) p").fetchall()
            self.assertEqual(
                rows,
                [
                    ("active", "通江街", 45.7765),
                    ("active", "友谊路", 45.778),
                    ("active", "人民大街", 46.086),
                    ("malformed_code", None, None),
                ],
            )
            self.assertEqual(db.execute("SELECT code FROM pole_resolve('一二三四五六七')").fetchone(), ("1234567",))
            self.assertEqual(db.execute("SELECT code FROM pole_alias('城西线12号')").fetchone(), ("1234567",))

    def test_an_index_of_a_table_cannot_be_built_on_what_may_change(self):
        self.db.execute("CREATE TABLE t(code TEXT)")
        for query in (
            "CREATE INDEX i ON t(pole_lat(code))",
            "CREATE TABLE u(code TEXT, lat AS (pole_lat(code)))",
        ):
            self.fails("non-deterministic", query)

    def test_no_file_is_opened_from_a_view_or_a_trigger(self):
        self.db.execute(f"CREATE VIEW v AS SELECT pole_open('{SAMPLE}')")
        self.fails("unsafe use", "SELECT * FROM v")
        self.db.execute("CREATE TABLE t(x)")
        self.db.execute(f"CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT pole_open('{SAMPLE}'); END")
        self.fails("unsafe use", "INSERT INTO t VALUES (1)")
        self.assertEqual(self.one("SELECT pole_lat('1234567')"), 45.7765)

    def test_a_strangers_schema_does_not_read_the_index(self):
        self.db.execute("CREATE VIEW a AS SELECT pole_lat('1234567') AS x")
        self.db.execute("CREATE VIEW b AS SELECT lat AS x FROM pole_lookup('1234567')")
        self.db.execute("CREATE VIEW c AS SELECT pole_version() AS x")
        for view in "ab":
            self.assertEqual(self.one(f"SELECT x FROM {view}"), 45.7765)
        self.db.execute("PRAGMA trusted_schema = OFF")
        for view in "ab":
            self.fails("unsafe use", f"SELECT x FROM {view}")
        self.assertIsNotNone(self.one("SELECT x FROM c"))
        self.assertEqual(self.one("SELECT pole_lat('1234567')"), 45.7765)

    def test_triggers_ask_the_index(self):
        self.db.executescript(
            "CREATE TABLE calls(code TEXT, lat REAL, station TEXT);"
            "CREATE TRIGGER g AFTER INSERT ON calls BEGIN "
            "UPDATE calls SET lat = pole_lat(code), station = (SELECT station_id FROM pole_lookup(calls.code)) "
            "WHERE rowid = new.rowid; END;"
            "INSERT INTO calls(code) VALUES ('1234567'), ('10101'), ('x');"
        )
        self.assertEqual(self.rows("SELECT lat, station FROM calls"), [(45.7765, "123"), (None, None), (None, None)])

    def test_a_column_of_the_function_itself_is_no_argument(self):
        self.db.execute("CREATE TABLE calls(code TEXT)")
        self.db.execute("INSERT INTO calls VALUES ('1234567')")
        self.fails("needs its table", "SELECT (SELECT lat FROM pole_lookup(code)) FROM calls")

    def test_an_index_from_a_table_of_blobs(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "calls.db")
            db = connect(path=str(path))
            db.execute("CREATE TABLE indexes(name TEXT, bytes BLOB)")
            db.execute("INSERT INTO indexes VALUES ('golden', ?)", (GOLDEN.read_bytes(),))
            db.commit()
            db.execute("SELECT pole_open(bytes) FROM indexes WHERE name = 'golden'").fetchall()
            self.assertEqual(db.execute("SELECT pole_lat('1234567')").fetchone(), (45.7765,))
            db.close()


class Loading(Case):
    def load(self):
        self.db.enable_load_extension(True)
        self.db.load_extension(os.environ["POLELOOKUP_EXTENSION"])

    def test_loaded_again_it_begins_anew(self):
        self.load()
        self.fails("no index is open", "SELECT pole_lat('1234567')")
        self.db.execute("SELECT pole_open(?)", (str(SAMPLE),)).fetchall()
        self.assertEqual(self.one("SELECT lat FROM pole_lookup('1234567')"), 45.7864457)

    def test_loaded_again_under_a_running_statement_it_harms_nothing(self):
        running = self.db.execute(
            "SELECT pole_lat('1234567'), code FROM pole_near(45.7765, 126.6161, 6)"
        )
        first = running.fetchone()
        self.assertEqual(first, (45.7765, "1234567"))
        try:
            self.load()
        except sqlite3.Error as error:
            self.assertRegex(str(error), "active statements|cannot be registered|error during init")
        self.assertEqual([row[0] for row in running.fetchall()], [45.7765] * 5)
        self.load()
        self.db.execute("SELECT pole_open(?)", (str(GOLDEN),)).fetchall()
        self.assertEqual(self.one("SELECT lat FROM pole_lookup('1234567')"), 45.7765)
        self.assertEqual(self.one("SELECT pole_lat('1234567')"), 45.7765)

    def test_a_connection_closes_under_a_running_statement(self):
        db = connect(GOLDEN)
        running = db.execute("SELECT pole_lat('1234567'), code FROM pole_near(45.7765, 126.6161, 6)")
        running.fetchone()
        db.close()
        with self.assertRaises(sqlite3.Error):
            running.fetchone()


SHORT_OF_MEMORY = """
from support import SAMPLE, connect, sqlite3
import sys
# A limit can be lowered and not raised, so each has a process of its own.
db = connect()
db.execute(f"PRAGMA hard_heap_limit = {sys.argv[1]}").fetchall()
for query in (
    f"SELECT pole_open('{SAMPLE}')",
    "SELECT json FROM pole_resolve('7234567')",
    "SELECT json FROM pole_between('2334504', '2334502')",
    "SELECT count(*) FROM pole_within(45.7, 126.6, 1e6)",
    "SELECT pole_status('2334504')",
):
    try:
        print("done", db.execute(query).fetchall()[0][0])
    except (sqlite3.Error, MemoryError) as error:
        print("failed", type(error).__name__, error)
db.close()
"""


class Memory(Case):
    INDEX = None

    def test_when_memory_is_short_it_is_an_error_and_never_a_wrong_answer(self):
        told = []
        for limit in (150_000, 1_000_000, 2_300_000, 2_500_000, 3_000_000, 100_000_000):
            run = subprocess.run(
                [sys.executable, "-c", SHORT_OF_MEMORY, str(limit)],
                cwd=pathlib.Path(__file__).parent,
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
            self.assertEqual((run.returncode, run.stderr), (0, ""), limit)
            lines = run.stdout.splitlines()
            self.assertEqual(len(lines), 5)
            told.append(lines)
        whole = told[-1]
        self.assertTrue(all(line.startswith("done") for line in whole), whole)
        for lines in told:
            for line, want in zip(lines, whole):
                if line.startswith("done"):
                    self.assertEqual(line, want)
                else:
                    self.assertRegex(line, "MemoryError|memory|no index is open")
        self.assertIn("failed", "".join(told[0]))
