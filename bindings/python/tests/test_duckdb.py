# SPDX-License-Identifier: MIT
"""DuckDB's SQL functions give the rows of the command."""

import duckdb
import pyarrow
import pytest

import polelookup
import polelookup.duckdb
from conftest import ADDED, CODES, SMALL, added_of, rows_like


@pytest.fixture()
def connection(index):
    made = duckdb.connect()
    polelookup.duckdb.register(made, index)
    yield made
    made.close()


def rows(relation):
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def test_a_function_of_the_code_gives_what_geocode_adds(index, connection):
    """More rows than one vector of DuckDB has."""
    codes = rows_like(CODES, 5000)
    calls = pyarrow.table({"n": list(range(5000)), "code": codes})
    got = rows(connection.sql("SELECT m.* FROM (SELECT n, pole_match(code) AS m FROM calls) "
                              "ORDER BY n"))
    assert list(got[0]) == ADDED
    assert got == pyarrow.table(index.match(pyarrow.array(codes))).to_pylist()
    assert connection.sql("SELECT pole_match('2334504').station_id").fetchall() == [("233",)]
    assert connection.sql("SELECT pole_match(NULL).match_status").fetchall() == [("no_code",)]


def test_a_hint_counts_as_in_a_table_with_it(index, connection):
    codes = rows_like(CODES, 300)
    calls = pyarrow.table({
        "n": list(range(300)), "code": codes,
        "hint_lat": [None if i % 3 else 45.6765 for i in range(300)],
        "hint_lon": [None if i % 3 else 126.6275 for i in range(300)],
        "hint_radius_m": [None if i % 5 else 300.0 for i in range(300)]})
    got = rows(connection.sql(
        "SELECT m.* FROM (SELECT n, pole_match_hint(code, hint_lat, hint_lon, hint_radius_m) AS m "
        "FROM calls) ORDER BY n"))
    assert got == added_of(pyarrow.table(polelookup.geocode(calls, index)).to_pylist())
    assert got != pyarrow.table(index.match(pyarrow.array(codes))).to_pylist()


def test_a_function_keeps_its_index_until_it_is_registered_again(connection, build):
    ask = "SELECT pole_match('2334504').match_street"
    assert connection.sql(ask).fetchall() == [("红旗街",)]
    with polelookup.open(build(SMALL)) as other:
        polelookup.duckdb.register(connection, other)
    assert connection.sql(ask).fetchall() == [(None,)]
