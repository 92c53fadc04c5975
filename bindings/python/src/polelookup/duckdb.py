# SPDX-License-Identifier: MIT
"""SQL functions for DuckDB, which hands whole vectors over as Arrow arrays.

    import polelookup.duckdb

    polelookup.duckdb.register(connection, index)
    connection.sql("SELECT call, pole_match(code).station_id FROM calls")
    connection.sql("SELECT pole_match_hint(code, lat, lon, 500).* FROM calls")

Each gives a STRUCT of the columns of `polelookup geocode`: what is not sure enough to be a match has
a status, and no place. Needs pyarrow. Whole tables also go through polelookup.geocode(), without
any function.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polelookup

if TYPE_CHECKING:
    import duckdb
    import pyarrow

__all__ = ["register"]

_HINT = ("code", "hint_lat", "hint_lon", "hint_radius_m")


def register(connection: duckdb.DuckDBPyConnection, index: polelookup.Index, *,
             prefix: str = "pole_match", best_guess: bool = False) -> None:
    """Makes pole_match(code) and pole_match_hint(code, lat, lon, radius_m) of a connection. The
    index is the one that is open now, for every statement: register again after a reload, to
    replace them."""
    one = index.snapshot()

    def match(codes: Any) -> Any:
        return _matches(one, {"code": codes}, best_guess)

    def match_hint(codes: Any, lat: Any, lon: Any, radius_m: Any) -> Any:
        return _matches(one, dict(zip(_HINT, (codes, lat, lon, radius_m), strict=True)), best_guess)

    result = _sql_type(one)
    for name, function, parameters in (
            (prefix, match, ["VARCHAR"]),
            (f"{prefix}_hint", match_hint, ["VARCHAR", "DOUBLE", "DOUBLE", "DOUBLE"])):
        _replace(connection, name, function, parameters, result)


def _replace(connection: Any, name: str, function: Any, parameters: Sequence[str],
             result: str) -> None:
    import duckdb

    try:
        connection.remove_function(name)
    except duckdb.InvalidInputException:
        pass  # there was none
    connection.create_function(name, function, parameters, result, type="arrow",
                               null_handling="special")


def _matches(index: polelookup.Index, columns: Mapping[str, Any], best_guess: bool) -> Any:
    import pyarrow

    table = pyarrow.table(dict(columns))
    matched = pyarrow.table(index.match(table, column="code", best_guess=best_guess))
    return matched.to_struct_array().combine_chunks()


def _sql_type(index: polelookup.Index) -> str:
    """STRUCT(match_status VARCHAR, ...), by matching nothing."""
    import pyarrow

    schema: pyarrow.Schema = pyarrow.table(index.match(
        pyarrow.table({"code": pyarrow.array([], pyarrow.string())}))).schema
    kinds = {pyarrow.string(): "VARCHAR", pyarrow.float64(): "DOUBLE"}
    return "STRUCT({})".format(", ".join(f"{field.name} {kinds[field.type]}" for field in schema))
