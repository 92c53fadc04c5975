# SPDX-License-Identifier: MIT
"""A lamp pole's spoken code to its place and its police station.

    import polelookup

    with polelookup.open("harbin.plx") as index:
        index["2334504"]                     # a pole by its code, found and no more
        index.resolve("二三三四五零四")         # what a caller can have meant, how sure that is
        polelookup.geocode(table, index)     # a whole log: any Arrow table, batch by batch

A code that is found was found, no more. Whether it is the code that the caller meant is the
question of resolve(), match() and geocode().
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, NamedTuple, Protocol, Self, TypeAlias

from . import _core
from ._core import Error

__all__ = ["Error", "Index", "MatchedArray", "MatchedStream", "Pole", "geocode", "open"]
__version__ = _core.version

#: LAT, LON, RADIUS_M, LEVEL: the last two may be left out; or the same as one text.
Hint: TypeAlias = str | Sequence[float]

_STATES = ("active", "moved", "removed")
_LANGUAGES = {"zh": 0, "en": 1}
_HINT_RADIUS_M = 500.0


class ArrowArray(Protocol):
    """What has `__arrow_c_array__`: pyarrow.Array, pyarrow.RecordBatch, nanoarrow.Array, ..."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]:
        ...


class ArrowStream(Protocol):
    """What has `__arrow_c_stream__`: pyarrow.Table and RecordBatchReader, Polars' and pandas'
    frames, DuckDB's relations, ..."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        ...


class Pole(NamedTuple):
    """A pole as the table has it. WGS 84 degrees; texts are empty where the table says nothing."""

    scope: str  #: the county; empty: urban
    code: str
    lat: float
    lon: float
    street: str
    district: str
    note: str
    state: str  #: active, moved, removed
    successor: str
    surveyed: datetime.date | None
    alias: str
    alias_owner: str


class MatchedArray:
    """Matches of an array: give it to whatever reads `__arrow_c_array__`, such as
    `pyarrow.record_batch()`. Once: the memory is handed over, not copied."""

    def __init__(self, capsules: tuple[object, object]) -> None:
        self._capsules: tuple[object, object] | None = capsules

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]:
        capsules, self._capsules = self._capsules, None
        if capsules is None:
            raise ValueError("these matches were handed over already")
        return capsules


class MatchedStream:
    """Matches of a stream, made batch by batch as they are asked for: give it to whatever reads
    `__arrow_c_stream__`, such as `pyarrow.RecordBatchReader.from_stream()`, `polars.DataFrame()`,
    or SQL in DuckDB. Once."""

    def __init__(self, capsule: object) -> None:
        self._capsule: object | None = capsule

    def __arrow_c_schema__(self) -> object:
        return _core.stream_schema(self._whole())

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        capsule = self._whole()
        self._capsule = None
        return capsule

    def _whole(self) -> object:
        if self._capsule is None:
            raise ValueError("this stream was handed over already")
        return self._capsule


class Index:
    """An open index. Made by open(); may be used by several threads at once, and closed while
    another still works with it."""

    def __init__(self, handle: _core.Index, path: str) -> None:
        self._handle = handle
        self.path = path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None,
                 traceback: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<polelookup.Index {self.path!r}>"

    def close(self) -> None:
        """Lets go. What was made of the index stays: answers, matches, streams."""
        self._handle.close()

    @property
    def id(self) -> str:
        """The content id: the same poles, stations and areas have the same id, however built."""
        return self._handle.id()

    def info(self) -> dict[str, Any]:
        """What the index holds, from what, when: `polelookup info --json`."""
        found: dict[str, Any] = json.loads(self._handle.info())
        return found

    def __getitem__(self, code: str) -> Pole:
        """The pole that has the code; KeyError, or Error when several counties have it."""
        return self.pole(code)

    def __contains__(self, code: object) -> bool:
        try:
            self.pole(code)  # type: ignore[arg-type]
        except KeyError:
            return False
        except Error as error:
            return bool(error.name == "several")
        return True

    def pole(self, code: str, scope: str | None = None) -> Pole:
        """The same, in one county; "": urban."""
        if not isinstance(code, str):
            raise TypeError("a code is a text: leading zeros matter")
        found = self._handle.find(code, scope)
        days = found[9]
        surveyed = None if days is None else datetime.date.fromordinal(
            datetime.date(1970, 1, 1).toordinal() + days)
        return Pole(*found[:7], _STATES[found[7]], found[8], surveyed, *found[10:])

    def resolve(self, text: str, *, hint: Hint | None = None, hint_crs: str | None = None,
                street: str | None = None, district: str | None = None, scope: str | None = None,
                also: str | None = None, limit: int = 3, language: str = "zh") -> dict[str, Any]:
        """From what was heard to the poles that it can mean: the object that
        `polelookup --json` prints (docs/json.md).

        hint: where the phone says it is, (lat, lon), (lat, lon, radius_m) or (lat, lon, radius_m,
        level), or the same as text "45.77,126.64,500". also: a second pole in sight, as heard.
        language: of the words for people, "zh" or "en".
        """
        given = None if hint is None else _read_hint(hint)
        answer: dict[str, Any] = json.loads(self._handle.resolve(
            text, hint=given, hint_crs=hint_crs, street=street, district=district, scope=scope,
            also=also, limit=limit, language=_LANGUAGES[language]))
        return answer

    def match(self, data: ArrowArray | ArrowStream, *, keep_input: bool = False,
              column: str | None = None, evidence: Mapping[str, str | None] | None = None,
              columns: Sequence[str] | None = None, best_guess: bool = False,
              station_role: str | None = None) -> MatchedArray | MatchedStream:
        """Matches of a whole column or table, without copying it: a row each, with the columns that
        `polelookup geocode` adds.

        data: an Arrow array (of codes, or a record batch), or a stream of such. column: the field
        of the codes, else it is found by its name. evidence: the fields of hint_lat, hint_lon,
        hint_radius_m, hint_level, hint_crs, street, district, scope, also, where they have other
        names; None: such a field is not to be used. columns: those to add, in order. keep_input:
        the input's columns stand before them. best_guess: also tell the likeliest pole of what is
        ambiguous or unknown. station_role: coded, responsible or nearest, instead of the one to
        send.
        """
        mapped = None if evidence is None else tuple(
            f"{role}={field or ''}" for role, field in evidence.items())
        chosen = None if columns is None else tuple(columns)
        if hasattr(data, "__arrow_c_array__"):
            schema, array = data.__arrow_c_array__()
            return MatchedArray(self._handle.match_array(
                schema, array, keep_input=keep_input, column=column, map=mapped, columns=chosen,
                best_guess=best_guess, station_role=station_role))
        if hasattr(data, "__arrow_c_stream__"):
            return MatchedStream(self._handle.match_stream(
                data.__arrow_c_stream__(), keep_input=keep_input, column=column, map=mapped,
                columns=chosen, best_guess=best_guess, station_role=station_role))
        raise TypeError(f"{type(data).__name__} speaks no Arrow: it has neither __arrow_c_array__ "
                        "nor __arrow_c_stream__")


def open(path: str | os.PathLike[str]) -> Index:  # noqa: A001
    """Opens an index file (.plx), reading and checking all of it. Raises Error."""
    name = os.fspath(path)
    return Index(_core.open_index(name), name)


def geocode(data: ArrowArray | ArrowStream, index: Index | str | os.PathLike[str], *,
            column: str | None = None, evidence: Mapping[str, str | None] | None = None,
            columns: Sequence[str] | None = None, best_guess: bool = False,
            station_role: str | None = None) -> MatchedArray | MatchedStream:
    """A log with its matches beside it, as `polelookup geocode` writes it: the input's columns (the
    same memory), then those of Index.match(). A name that the input has already gets a suffix."""
    if isinstance(index, Index):
        return index.match(data, keep_input=True, column=column, evidence=evidence,
                           columns=columns, best_guess=best_guess, station_role=station_role)
    with open(index) as opened:
        return geocode(data, opened, column=column, evidence=evidence, columns=columns,
                       best_guess=best_guess, station_role=station_role)


def _read_hint(hint: Hint) -> tuple[float, float, float, float, str]:
    """A hint as numbers, and as it is echoed in the answer."""
    if isinstance(hint, str):
        given, values = hint, [float(part) for part in hint.split(",")]
    else:
        values = [float(part) for part in hint]
        given = ",".join(format(part, "g") if part == int(part) else repr(part) for part in values)
    if not 2 <= len(values) <= 4:
        raise ValueError("a hint is (lat, lon), (lat, lon, radius_m) or "
                         "(lat, lon, radius_m, level)")
    lat, lon, radius_m, level = values + [_HINT_RADIUS_M, 0.0][len(values) - 2:]
    if not radius_m > 0.0 or not 0.0 <= level < 1.0:
        raise ValueError("the radius of a hint is more than 0 metres, its level less than 1")
    return lat, lon, radius_m, level, given
