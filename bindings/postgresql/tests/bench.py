# SPDX-License-Identifier: MIT
"""Measures what the README says: ten million rows, in one process and in a parallel plan, and single
calls. The best of five runs each; a run is the server's own time (EXPLAIN ANALYZE), without the
scan's (the same statement without the function). Never pass or fail."""
import os

from testing import connect, one, run

ROWS = int(os.environ.get("BENCH_ROWS", 10_000_000))
CALLS = {
    "pole_lat(code)": "count(pole_lat(code))",
    "pole_status(code)": "count(pole_status(code))",
    "pole_station(code)": "count(pole_station(code))",
    "pole_point(code)": "count(pole_point(code))",
    "pole_confidence(code)": "count(pole_confidence(code))",
}


def time_ms(session, statement):
    times = []
    for _ in range(5):
        (plan,) = one(session, f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement}")
        times.append(plan["Execution Time"])
    return min(times), "Gather" in str(plan)


def main():
    with connect("postgres") as session:
        run(session, "CREATE EXTENSION polelookup")
        run(session, "CREATE UNLOGGED TABLE log (code text NOT NULL)")
        # Three in four are codes of the table, in no order.
        run(session, """CREATE TEMP TABLE known AS SELECT row_number() OVER () - 1 AS i, code
            FROM (SELECT lpad(n::text, 7, '0') AS code FROM generate_series(0, 9999999) AS n) AS c
            WHERE pole_lat(code) IS NOT NULL""")
        run(session, "ANALYZE known")
        run(session, f"""INSERT INTO log
            SELECT CASE WHEN n % 4 = 0 THEN lpad((n % 10000000)::text, 7, '0') ELSE code END
            FROM generate_series(1, {ROWS}) AS n
            JOIN known ON i = n::bigint * 7919 % (SELECT count(*) FROM known)""")
        run(session, "VACUUM ANALYZE log")
        run(session, "SET jit = off")
        print(f"{ROWS} rows; {os.cpu_count()} processors; best of 5")
        for workers in (0, 1):
            run(session, f"SET max_parallel_workers_per_gather = {workers}")
            scan, _ = time_ms(session, "SELECT count(code) FROM log")
            print(f"{workers + 1} process(es): scan alone {scan:.0f} ms")
            for name, call in CALLS.items():
                total, parallel = time_ms(session, f"SELECT {call} FROM log")
                assert parallel == (workers > 0), "not the plan that was meant"
                each = 1e6 * (total - scan) * (workers + 1) / ROWS
                print(f"  {name:24} {total:7.0f} ms, {ROWS / total / 1e3 / (workers + 1):5.2f} M rows/s "
                      f"a process, of it the function {each:5.0f} ns a row")
        run(session, "SET max_parallel_workers_per_gather = 0")
        few = 20_000
        run(session, f"CREATE TEMP TABLE few AS SELECT code FROM log LIMIT {few}")
        for name, source in {
            "pole_lookup(code)": "LATERAL pole_lookup(code) AS l",
            "pole_match(code)": "LATERAL pole_match(code) AS l",
            "pole_near(lat, lon, 5)": "LATERAL pole_near(45.7 + length(code) / 1e3, 126.6, 5) AS l",
            "pole_resolve(code)": "LATERAL pole_resolve(code) AS l",
        }.items():
            total, _ = time_ms(session, f"SELECT count(l) FROM few, {source}")
            print(f"  {name:24} {1e3 * total / few:7.2f} us a call")
        total, _ = time_ms(session, "SELECT count(l) FROM (SELECT array_agg(code) AS codes FROM few) AS f, "
                                    "LATERAL pole_lookup_many(codes) AS l")
        print(f"  {'pole_lookup_many(codes)':24} {1e6 * total / few:7.0f} ns an element")


if __name__ == "__main__":
    main()
