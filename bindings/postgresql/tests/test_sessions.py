# SPDX-License-Identifier: MIT
"""What takes more than one session, or a file that changes: one generation a statement, reload
without restart, parallel workers, errors that leak nothing, other encodings.

    test_sessions.py REPORT

Nothing here goes by time: sessions wait for each other on advisory locks."""
import os
import pathlib
import sys
import threading
import unittest

import psycopg2
from psycopg2 import errors

import testing
from testing import connect, one, run

FOLDER = pathlib.Path(os.environ["POLELOOKUP_TEST_INDEX"])
PREFIX = pathlib.Path(os.environ["POLELOOKUP_PREFIX"])
SOURCE = pathlib.Path(__file__).resolve().parents[3]
SAMPLE = (PREFIX / "share/polelookup/sample.plx").read_bytes()
GOLDEN = (SOURCE / "tests/golden/format-1.0.plx").read_bytes()
IDS = {}


def put(data, name="moving.plx"):
    """Replaces the index as a build does: a new file, renamed over the old one."""
    new = FOLDER / (name + ".new")
    new.write_bytes(data)
    os.chmod(new, 0o644)
    os.replace(new, FOLDER / name)


def index_id(connection):
    return one(connection, "SELECT id FROM pole_index_info()")


def wait_for(observer, condition):
    """Until a session is seen in that state; the server itself ends a test that hangs."""
    while not one(observer, f"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE {condition})"):
        run(observer, "SELECT pg_sleep(0.01)")


def setUpModule():
    with connect("postgres") as connection:
        run(connection, "CREATE DATABASE sessions")
    with connect("sessions") as connection:
        run(connection, "CREATE EXTENSION polelookup")
        run(connection, "CREATE TABLE calls (code text)")
        run(connection,
            "INSERT INTO calls SELECT n::text FROM generate_series(2000000, 2399999) AS n")
        run(connection, "ANALYZE calls")
    put(SAMPLE)
    with connect("postgres") as connection:
        run(connection, f"ALTER DATABASE sessions SET polelookup.index = '{FOLDER}/moving.plx'")
        run(connection, "ALTER DATABASE sessions SET statement_timeout = '120s'")
    for name, data in (("sample", SAMPLE), ("golden", GOLDEN)):
        put(data)
        with connect("sessions") as connection:
            IDS[name] = index_id(connection)


class Counties(unittest.TestCase):
    def test_a_code_of_several_counties_has_a_row_for_each(self):
        put(GOLDEN)
        with connect("sessions") as session:
            self.assertEqual(one(session, "SELECT pole_status('10101')"), "several")
            self.assertEqual(one(session, "SELECT count(*) FROM pole_lookup('10101')"), 2)
            self.assertEqual(one(session, "SELECT count(*) FROM pole_lookup('10101', '宾县')"), 1)

    def test_an_empty_scope_finds_in_the_urban_districts_and_as_evidence_is_not_known(self):
        put(GOLDEN)
        with connect("sessions") as session:
            self.assertEqual(one(session, "SELECT pole_status('10101', '')"), "not_found")
            for call in ("SELECT * FROM pole_resolve('10101'{})", "SELECT * FROM pole_match('10101'{})"):
                bare, empty, named = (run(session, call.format(scope)) for scope in (
                    "", ", scope => ''", ", scope => '宾县'"))
                self.assertEqual(empty, bare)
                self.assertNotEqual(named, bare)


class Numbers(unittest.TestCase):
    def test_a_hint_is_what_was_given_whatever_the_session_prints(self):
        put(GOLDEN)
        call = "SELECT * FROM pole_match('1234567', 45.7701234, 126.6161234, 300)"
        with connect("sessions") as session:
            wanted = run(session, call)
            run(session, "SET extra_float_digits = -12")
            got = run(session, call)
            run(session, "RESET extra_float_digits")
            self.assertEqual(str(got)[:40], str(wanted)[:40])


class Generations(unittest.TestCase):
    def setUp(self):
        put(SAMPLE)

    def test_the_next_statement_sees_a_replaced_file(self):
        with connect("sessions") as session:
            self.assertEqual(index_id(session), IDS["sample"])
            put(GOLDEN)
            self.assertEqual(index_id(session), IDS["golden"])
            put(SAMPLE)
            self.assertEqual(index_id(session), IDS["sample"])

    def test_a_transaction_sees_a_replaced_file_too(self):
        with connect("sessions") as session:
            run(session, "BEGIN ISOLATION LEVEL REPEATABLE READ")
            self.assertEqual(index_id(session), IDS["sample"])
            put(GOLDEN)
            self.assertEqual(index_id(session), IDS["golden"])
            run(session, "ROLLBACK")

    def test_a_prepared_statement_sees_a_replaced_file(self):
        with connect("sessions") as session:
            run(session, "SET plan_cache_mode = force_generic_plan")
            run(session, "PREPARE find(text) AS SELECT pole_status($1)")
            self.assertEqual(one(session, "EXECUTE find('7041215')"), "active")
            put(GOLDEN)
            self.assertEqual(one(session, "EXECUTE find('7041215')"), "not_found")

    def test_a_statement_keeps_the_index_it_began_with(self):
        # The file is replaced while the statement waits between its two looks.
        with connect("sessions") as holder, connect("sessions") as reader:
            run(holder, "SELECT pg_advisory_lock(1)")
            rows = []
            thread = threading.Thread(
                target=lambda: rows.extend(
                    run(reader, """
                SELECT (SELECT id FROM pole_index_info()), pole_status('7041215')
                UNION ALL SELECT CASE WHEN pg_advisory_lock(1) IS NOT NULL
                    THEN (SELECT id FROM pole_index_info()) END, pole_status('7041215')""")))
            thread.start()
            wait_for(holder, "wait_event = 'advisory'")
            put(GOLDEN)
            self.assertEqual(index_id(holder), IDS["golden"])
            run(holder, "SELECT pg_advisory_unlock(1)")
            thread.join()
            self.assertEqual(rows, [(IDS["sample"], "active")] * 2)
            self.assertEqual(index_id(reader), IDS["golden"])

    def test_a_cursor_keeps_the_index_it_began_with(self):
        with connect("sessions") as session:
            run(session, "BEGIN")
            run(session, "DECLARE c CURSOR FOR SELECT pole_status('7041215'), id "
                         "FROM generate_series(1, 3), LATERAL pole_index_info()")
            self.assertEqual(run(session, "FETCH c"), [("active", IDS["sample"])])
            put(GOLDEN)
            self.assertEqual(index_id(session), IDS["golden"])
            self.assertEqual(run(session, "FETCH c"), [("active", IDS["sample"])])
            # Functions that are first called now belong to the same statement.
            self.assertEqual(one(session, "SELECT pole_status('7041215')"), "not_found")
            self.assertEqual(run(session, "FETCH c"), [("active", IDS["sample"])])
            run(session, "COMMIT")

    def test_functions_inside_a_statement_read_its_index(self):
        with connect("sessions") as holder, connect("sessions") as reader:
            run(holder, """CREATE OR REPLACE FUNCTION look_twice() RETURNS text[] LANGUAGE plpgsql
                AS $$DECLARE a text := pole_status('7041215'); b text;
                BEGIN PERFORM pg_advisory_lock(2); SELECT pole_status('7041215') INTO b;
                RETURN ARRAY[a, b, pole_status('7041215')]; END$$""")
            for statement in ("SELECT look_twice()",
                              "DO $$BEGIN IF look_twice() <> '{active,active,active}' THEN "
                              "RAISE 'two indexes in one DO'; END IF; END$$"):
                put(SAMPLE)
                run(holder, "SELECT pg_advisory_lock(2)")
                got = []
                thread = threading.Thread(target=lambda: got.append(attempt(reader, statement)))
                thread.start()
                wait_for(holder, "wait_event = 'advisory'")
                put(GOLDEN)
                run(holder, "SELECT pg_advisory_unlock(2)")
                thread.join()
                self.assertIn(got[0], ([(["active"] * 3,)], None))
                run(reader, "SELECT pg_advisory_unlock_all()")

    def test_reload_opens_what_looks_the_same(self):
        with connect("sessions") as session:
            self.assertEqual(index_id(session), IDS["sample"])
            run(session, "SELECT pole_reload()")
            self.assertEqual(index_id(session), IDS["sample"])

    def test_the_setting_of_the_server_reaches_new_sessions(self):
        # As the README installs it; PostgreSQL lets nobody set what no loaded library declares.
        put(GOLDEN, "server.plx")
        with connect("postgres") as session:
            run(session, "DROP DATABASE IF EXISTS installed")
            run(session, "CREATE DATABASE installed")
        with connect("installed") as session:
            run(session, "CREATE EXTENSION polelookup")
            run(session, f"ALTER SYSTEM SET polelookup.index = '{FOLDER}/server.plx'")
            try:
                run(session, "SELECT pg_reload_conf()")
                while one(session, "SHOW polelookup.index") != f"{FOLDER}/server.plx":
                    run(session, "SELECT pg_sleep(0.01)")
                self.assertEqual(index_id(session), IDS["golden"])
                with connect("installed") as other:
                    self.assertEqual(index_id(other), IDS["golden"])
            finally:
                run(session, "ALTER SYSTEM RESET polelookup.index")
                run(session, "SELECT pg_reload_conf()")

    def test_a_bad_file_is_an_error_and_a_good_one_ends_it(self):
        with connect("sessions") as session:
            self.assertEqual(index_id(session), IDS["sample"])
            put(SAMPLE[:1000])
            with self.assertRaises(errors.DataCorrupted) as caught:
                index_id(session)
            self.assertIn("polelookup: damaged", str(caught.exception))
            os.remove(FOLDER / "moving.plx")
            with self.assertRaises(errors.IoError):
                index_id(session)
            put(SAMPLE)
            self.assertEqual(index_id(session), IDS["sample"])

    def test_many_reloads_do_not_grow_the_session(self):
        with connect("sessions") as session:
            pid = one(session, "SELECT pg_backend_pid()")
            for turn in range(60):
                put(SAMPLE)
                run(session, "SELECT count(*) FROM pole_resolve('7041215'), pole_match('7041215'),"
                             "pole_between('7041215', '7041217')")
                if turn == 10:
                    before = resident(pid)
            # 49 indexes of 2 MB and more would show.
            self.assertLess(resident(pid), before + (20 << 20))


def attempt(session, statement):
    try:
        return run(session, statement)
    except psycopg2.Error as error:
        return error


def resident(pid):
    pages = pathlib.Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


PARALLEL = """
    SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
    SET max_parallel_workers_per_gather = 2"""


class Parallel(unittest.TestCase):
    def setUp(self):
        put(SAMPLE)

    def test_workers_and_a_single_process_agree(self):
        query = "SELECT count(pole_lat(code)), sum(pole_lat(code)::numeric), " \
                "count(DISTINCT pole_station(code)) FROM calls"
        with connect("sessions") as session:
            run(session, "SET max_parallel_workers_per_gather = 0")
            alone = run(session, query)
            run(session, PARALLEL)
            plan = run(session, f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {query}")
            text = "\n".join(row[0] for row in plan)
            self.assertIn("Gather", text)
            self.assertNotIn("Workers Launched: 0", text)
            self.assertEqual(run(session, query), alone)
            self.assertGreater(alone[0][0], 1000)

    def test_resolutions_run_in_workers(self):
        query = "SELECT m.match_status, count(*), sum(m.match_lat::numeric) FROM calls AS c, " \
                "LATERAL pole_match(c.code) AS m WHERE c.code < '2010000' GROUP BY 1 ORDER BY 1"
        with connect("sessions") as session:
            run(session, "SET max_parallel_workers_per_gather = 0")
            alone = run(session, query)
            run(session, PARALLEL)
            plan = "\n".join(r[0] for r in run(session, f"EXPLAIN {query}"))
            self.assertIn("Gather", plan)
            self.assertEqual(run(session, query), alone)
            self.assertGreater(len(alone), 1)

    def test_the_first_statement_of_a_session_tells_its_workers(self):
        # The library is not loaded when it begins.
        with connect("sessions") as session:
            run(session, PARALLEL)
            self.assertGreater(one(session, "SELECT count(pole_lat(code)) FROM calls"), 1000)

    def test_a_worker_with_another_index_fails(self):
        # The leader has chosen its index, and waits in a sub-select before the workers start;
        # the file is replaced meanwhile.
        with connect("sessions") as holder, connect("sessions") as reader:
            run(reader, PARALLEL)
            run(reader, "SET parallel_leader_participation = off")
            query = "SELECT count(pole_lat(code)) FROM calls " \
                    "WHERE code <> (SELECT pg_advisory_lock(3)::text)"
            plan = "\n".join(r[0] for r in run(reader, f"EXPLAIN {query}"))
            self.assertIn("Gather", plan)
            self.assertIn("InitPlan", plan)
            run(holder, "SELECT pg_advisory_lock(3)")
            got = []
            thread = threading.Thread(target=lambda: got.append(attempt(reader, query)))
            thread.start()
            wait_for(holder, "wait_event = 'advisory'")
            put(GOLDEN)
            run(holder, "SELECT pg_advisory_unlock(3)")
            thread.join()
            self.assertIsInstance(got[0], errors.SerializationFailure)
            self.assertIn("was replaced", str(got[0]))
            # As the hint says: the statement run again works, on the new index.
            run(reader, "SELECT pg_advisory_unlock_all()")
            self.assertLess(one(reader, "SELECT count(pole_lat(code)) FROM calls"), 10)

    def test_a_parallel_plan_that_asks_nothing_needs_no_index(self):
        with connect("sessions") as session:
            run(session, "SELECT pole_status('7041215')")
            os.remove(FOLDER / "moving.plx")
            run(session, PARALLEL)
            self.assertIn("Gather", "\n".join(
                r[0] for r in run(session, "EXPLAIN SELECT count(*) FROM calls")))
            self.assertEqual(one(session, "SELECT count(*) FROM calls"), 400000)
            with self.assertRaises(errors.IoError):
                run(session, "SELECT count(pole_lat(code)) FROM calls")


class Errors(unittest.TestCase):
    def setUp(self):
        put(SAMPLE)

    def test_errors_in_calls_leak_nothing(self):
        block = """DO $$BEGIN FOR i IN 1..20000 LOOP
            BEGIN PERFORM pole_resolve('2334504', also => '2334502', polygon => '[1]');
            EXCEPTION WHEN invalid_parameter_value THEN NULL; END;
            BEGIN PERFORM pole_resolve('2334504', hint_lat => 1, hint_lon => 2, hint_crs => 'x');
            EXCEPTION WHEN OTHERS THEN NULL; END; END LOOP; END$$"""
        with connect("sessions") as session:
            pid = one(session, "SELECT pg_backend_pid()")
            run(session, block)
            before = resident(pid)
            for _ in range(3):
                run(session, block)
            self.assertLess(resident(pid), before + (8 << 20))
            self.assertEqual(one(session, "SELECT pole_status('7041215')"), "active")

    def test_a_statement_can_be_cancelled(self):
        with connect("sessions") as session:
            run(session, "SET statement_timeout = 50")
            with self.assertRaises(errors.QueryCanceled):
                run(session, "SELECT count(*) FROM generate_series(1, 100000000) AS n, "
                             "LATERAL pole_near(45.7, 126.6, 100 + n % 2)")
            run(session, "SET statement_timeout = 0")
            self.assertEqual(index_id(session), IDS["sample"])


class Encodings(unittest.TestCase):
    def make(self, encoding):
        name = f"in_{encoding.lower()}"
        with connect("postgres") as connection:
            run(connection, f"CREATE DATABASE {name} TEMPLATE template0 ENCODING '{encoding}' "
                            "LOCALE 'C'")
        with connect(name) as connection:
            run(connection, "CREATE EXTENSION polelookup")
        return name

    def test_a_chinese_encoding_converts_both_ways(self):
        with connect(self.make("EUC_CN")) as session:
            self.assertEqual(run(session, "SELECT street, district FROM pole_lookup('２３３４５０４')"),
                             [("红旗街", "南岗区")])
            self.assertEqual(
                run(session, "SELECT status, code FROM pole_resolve('二三三四五零四', street => '红旗街')"
                             " WHERE rank = 1"), [("exact", "2334504")])
            self.assertEqual(one(session, "SELECT pole_resolve_json('2334504') -> 'candidates' -> 0"
                                          " ->> 'street'"), "红旗街")

    def test_an_encoding_without_chinese_refuses(self):
        with connect(self.make("LATIN1")) as session:
            self.assertEqual(one(session, "SELECT round(pole_lat('2334504')::numeric, 7)::text"),
                             "45.6762803")
            with self.assertRaises(errors.UntranslatableCharacter):
                run(session, "SELECT street FROM pole_lookup('2334504')")
            self.assertEqual(one(session, "SELECT pole_station('2334504')"), "233")

    def test_a_database_of_bytes_holds_utf8(self):
        with connect(self.make("SQL_ASCII")) as session:
            session.set_client_encoding("SQL_ASCII")
            with session.cursor() as cursor:
                cursor.execute("SELECT convert_to(street, 'SQL_ASCII') FROM pole_lookup('2334504')")
                self.assertEqual(bytes(cursor.fetchone()[0]), "红旗街".encode())


if __name__ == "__main__":
    sys.exit(testing.main("sessions", sys.argv[1]))
