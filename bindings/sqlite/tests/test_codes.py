# SPDX-License-Identifier: MIT
"""Codes to poles: scalar functions, pole_lookup and its kin. What names no pole has no place and a
status that says why; what names several has no place either."""

import json
import unittest

from support import GOLDEN, SAMPLE, Case, connect, sqlite3


class Scalars(Case):
    def test_a_code_has_its_place_and_station(self):
        row = self.rows(
            "SELECT pole_status(c), pole_lat(c), pole_lon(c), pole_station(c) "
            "FROM (SELECT '1234567' AS c)"
        )
        self.assertEqual(row, [("active", 45.7765, 126.6161, "123")])

    def test_ways_of_writing_are_one_code(self):
        for text in ("1234567", "１２３４５６７", " 123 45-67 ", "1.23.45.67"):
            self.assertEqual(self.one("SELECT pole_code(?)", text), "1234567")
            self.assertEqual(self.one("SELECT pole_lat(?)", text), 45.7765)

    def test_leading_zeros_are_digits(self):
        self.assertEqual(self.one("SELECT pole_lat('0034501')"), 45.778)
        self.assertEqual(self.one("SELECT pole_status('34501')"), "not_found")

    def test_what_is_no_pole_has_no_place_and_says_why(self):
        for code, status in (
            ("9999999", "not_found"),
            ("12345", "not_found"),
            ("123456", "malformed_code"),
            ("", "malformed_code"),
            ("12345678901234567890", "malformed_code"),
            ("abc", "malformed_code"),
            ("10101", "several"),
        ):
            row = self.rows(
                "SELECT pole_status(?1), pole_lat(?1), pole_lon(?1), pole_station(?1)", code
            )
            self.assertEqual(row, [(status, None, None, None)], code)

    def test_a_county_tells_codes_apart(self):
        self.assertEqual(self.one("SELECT pole_lat('10101', '宾县')"), 45.759)
        self.assertEqual(self.one("SELECT pole_lat('10101', '巴彦')"), 46.086)
        self.assertEqual(self.one("SELECT pole_status('10101', '')"), "not_found")
        self.assertEqual(self.one("SELECT pole_status('10101', '双城')"), "not_found")
        self.assertEqual(self.one("SELECT pole_status('10101', NULL)"), "several")

    def test_a_pole_that_is_gone_says_so(self):
        self.assertEqual(self.one("SELECT pole_status('1234569')"), "removed")
        self.assertEqual(self.one("SELECT pole_status('10103', '宾县')"), "moved")

    def test_null_gives_null(self):
        for call in (
            "pole_status(NULL)",
            "pole_lat(NULL)",
            "pole_lon(NULL, '宾县')",
            "pole_station(NULL)",
            "pole_code(NULL)",
            "pole_describe_json(NULL)",
            "pole_resolve_json(NULL)",
            "pole_open(NULL)",
        ):
            self.assertIsNone(self.one(f"SELECT {call}"), call)

    def test_a_number_is_refused_with_the_cure(self):
        for value in (1234567, 34501, 0, -1, 1.5, 2**63 - 1):
            self.fails(r"invalid_argument: the code is a number.*printf", "SELECT pole_lat(?)", value)

    def test_a_pole_is_described_as_the_command_does(self):
        found = json.loads(self.one("SELECT pole_describe_json('1234567')"))
        self.assertEqual(found["pole"]["code"], "1234567")
        self.assertIsNone(self.one("SELECT pole_describe_json('7654321')"))


class Lookup(Case):
    def test_a_row_has_the_record(self):
        names = "status, code, scope, lat, lon, street, district, station_id, station_role, alias, sample"
        self.assertEqual(
            self.rows(f"SELECT {names} FROM pole_lookup('1234567')"),
            [
                ("active", "1234567", "", 45.7765, 126.6161, "通江街", "道里区", "123",
                 "responsible", "城西线12号", 0)
            ],
        )
        self.assertEqual(
            self.rows("SELECT status, successor, surveyed FROM pole_lookup('1234569')"),
            [("removed", "1234571", "2008-06-30")],
        )

    def test_every_code_of_a_join_has_just_one_row(self):
        self.db.execute("CREATE TABLE calls(id INTEGER PRIMARY KEY, said TEXT, county TEXT)")
        calls = [("1234567", None), ("10101", None), ("10101", "巴彦"), (None, None), ("7", None)]
        self.db.executemany("INSERT INTO calls(said, county) VALUES (?, ?)", calls)
        want = [
            (1, "active", 45.7765),
            (2, "several", None),
            (3, "active", 46.086),
            (4, None, None),
            (5, "malformed_code", None),
        ]
        got = self.rows("SELECT id, status, lat FROM calls JOIN pole_lookup(said, county) ORDER BY id")
        self.assertEqual(got, want)
        got = self.rows("SELECT id, status, lat FROM pole_lookup(said, county), calls ORDER BY id")
        self.assertEqual(got, want, "the order of the tables in the join does not matter")
        got = self.rows(
            "SELECT id, p.status, lat FROM calls LEFT JOIN pole_lookup p "
            "ON p.of_code = calls.said AND p.of_scope = calls.county ORDER BY id"
        )
        self.assertEqual(got, want)

    def test_an_integer_column_is_refused_in_a_join(self):
        self.db.execute("CREATE TABLE calls(code INTEGER)")
        self.db.execute("INSERT INTO calls VALUES ('0034501')")
        self.fails("the code is a number, 34501", "SELECT * FROM calls JOIN pole_lookup(calls.code)")
        self.assertEqual(
            self.rows("SELECT lat FROM calls JOIN pole_lookup(printf('%07d', calls.code))"),
            [(45.778,)],
        )

    def test_all_scopes_are_told_when_asked_for(self):
        self.assertEqual(
            self.rows("SELECT status, scope, lat FROM pole_lookup_all('10101')"),
            [("several", "宾县", 45.759), ("several", "巴彦", 46.086)],
        )
        self.assertEqual(
            self.rows("SELECT status, lat FROM pole_lookup_all('10101', '巴彦')"),
            [("active", 46.086)],
        )
        self.assertEqual(self.rows("SELECT status FROM pole_lookup_all('7654321')"), [("not_found",)])
        self.assertEqual(self.rows("SELECT status FROM pole_lookup_all(NULL)"), [(None,)])

    def test_another_owners_number_finds_its_pole(self):
        self.assertEqual(
            self.rows("SELECT status, code FROM pole_alias(' 城西线12号 ')"), [("active", "1234567")]
        )
        self.assertEqual(self.rows("SELECT code FROM pole_alias('1234567')"), [("1234602",)])
        self.assertEqual(self.rows("SELECT status, code FROM pole_alias('x')"), [("not_found", None)])

    def test_a_missing_argument_is_an_error_that_names_all(self):
        self.fails(r"pole_lookup misses an argument.*of_code, of_scope", "SELECT * FROM pole_lookup")
        self.fails(r"pole_near misses an argument.*of_lat, of_lon, k", "SELECT * FROM pole_near(45, 126)")
        self.fails("too many arguments", "SELECT * FROM pole_lookup('1', '2', '3')")

    def test_two_values_for_one_argument_have_no_row(self):
        query = "SELECT * FROM pole_lookup('1234567') WHERE of_code = "
        self.assertEqual(self.rows(query + "'1234565'"), [])
        self.assertEqual(len(self.rows(query + "'1234567'")), 1)

    def test_a_list_of_codes_is_looked_up_one_by_one(self):
        got = self.rows("SELECT code FROM pole_lookup WHERE of_code IN ('0034501', '2334502')")
        self.assertEqual(sorted(got), [("0034501",), ("2334502",)], "no zero is lost on the way")

    def test_tables_are_read_only(self):
        self.fails("may not be modified|read.only", "DELETE FROM pole_lookup WHERE of_code = '1234567'")

    def test_the_sample_says_so_in_every_row(self):
        db = connect(SAMPLE)
        self.addCleanup(db.close)
        for table in (
            "pole_lookup('2334504')",
            "pole_lookup('9')",
            "pole_lookup(NULL)",
            "pole_near(45.7, 126.6, 2)",
            "pole_stations('2334504')",
            "pole_stations_at(45.7, 126.6)",
            "pole_resolve('2334504')",
            "pole_resolve('hello')",
            "pole_match('2334504')",
            "pole_match('hello')",
            "pole_between('2334504', '2334502')",
        ):
            rows = db.execute(f"SELECT sample FROM {table}").fetchall()
            self.assertTrue(rows, table)
            self.assertEqual(set(rows), {(1,)}, table)


class Opening(unittest.TestCase):
    def test_nothing_is_asked_before_an_index_is_open(self):
        db = connect()
        self.addCleanup(db.close)
        for query in (
            "SELECT pole_lat('1234567')",
            "SELECT * FROM pole_near(45, 126, 1)",
            "SELECT pole_info()",
            "SELECT pole_resolve_json('1234567')",
        ):
            with self.assertRaisesRegex(sqlite3.Error, "no index is open.*pole_open"):
                db.execute(query).fetchall()

    def test_opening_tells_what_was_opened(self):
        db = connect()
        self.addCleanup(db.close)
        told = db.execute("SELECT pole_open(?)", (str(SAMPLE),)).fetchone()[0]
        self.assertTrue(json.loads(told)["index"]["sample"])
        self.assertEqual(db.execute("SELECT pole_info()").fetchone()[0], told)

    def test_bytes_are_opened_like_a_file(self):
        db = connect()
        self.addCleanup(db.close)
        db.execute("SELECT pole_open(?)", (GOLDEN.read_bytes(),)).fetchall()
        self.assertEqual(db.execute("SELECT pole_lat('1234567')").fetchone(), (45.7765,))

    def test_what_cannot_be_opened_leaves_the_old_index(self):
        db = connect(GOLDEN)
        self.addCleanup(db.close)
        damaged = bytearray(GOLDEN.read_bytes())
        damaged[len(damaged) // 2] ^= 1
        for what, pattern in (
            ("/nowhere/x.plx", "polelookup: io: "),
            (__file__, "polelookup: not_an_index: "),
            (bytes(damaged), "polelookup: damaged: "),
            (b"", "polelookup: not_an_index: "),
            ("a\0b", "NUL"),
            (7, "is a number"),
        ):
            with self.assertRaisesRegex(sqlite3.Error, pattern):
                db.execute("SELECT pole_open(?)", (what,)).fetchall()
            self.assertEqual(db.execute("SELECT pole_lat('1234567')").fetchone(), (45.7765,))

    def test_errors_have_sqlites_codes(self):
        db = connect(GOLDEN)
        self.addCleanup(db.close)
        damaged = bytearray(GOLDEN.read_bytes())
        damaged[len(damaged) // 2] ^= 1
        for query, value, code in (
            ("SELECT pole_open(?)", "/nowhere/x.plx", "SQLITE_CANTOPEN"),
            ("SELECT pole_open(?)", b"no index", "SQLITE_NOTADB"),
            ("SELECT pole_open(?)", bytes(damaged), "SQLITE_CORRUPT"),
            ("SELECT pole_lat(?)", 1234567, "SQLITE_ERROR"),
            ("SELECT * FROM pole_near(?, 126, 0)", 45, "SQLITE_ERROR"),
        ):
            with self.assertRaises(sqlite3.Error) as caught:
                db.execute(query, (value,)).fetchall()
            name = getattr(caught.exception, "sqlite_errorname", code)  # Python 3.11 and later
            self.assertEqual(name, code, query)

    def test_connections_have_indexes_of_their_own(self):
        first, second = connect(GOLDEN), connect(SAMPLE)
        self.addCleanup(first.close)
        self.addCleanup(second.close)
        query = "SELECT pole_lat('1234567')"
        self.assertEqual(first.execute(query).fetchone(), (45.7765,))
        self.assertEqual(second.execute(query).fetchone(), (45.7864457,))
        second.close()
        self.assertEqual(first.execute(query).fetchone(), (45.7765,))

    def test_the_version_is_the_librarys(self):
        db = connect()
        self.addCleanup(db.close)
        self.assertRegex(db.execute("SELECT pole_version()").fetchone()[0], r"^\d+\.\d+\.\d+$")


if __name__ == "__main__":
    unittest.main()
