# SPDX-License-Identifier: MIT
"""An open index: poles by code and by place, answers, whole columns."""

from __future__ import annotations

import functools
import json
import math
import os
from array import array
from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Literal, Protocol, Self, TypeAlias, TypeVar

from . import _core
from ._core import Channel
from .answers import (Answer, AreaEdge, Between, Hit, Pole, Station, StationHit, _edge, _hits,
                      language_number)
from .columns import COLUMNS, Lookup, Nearest
from .errors import InvalidArgumentError, MalformedCodeError, NotFoundError

__all__ = ["ArrowArray", "ArrowStream", "Hint", "Index", "MatchedArray", "MatchedStream", "geocode",
           "open", "open_bytes"]

#: LAT, LON, RADIUS_M, LEVEL: the last two may be left out; or the same as one text.
Hint: TypeAlias = str | Sequence[float]
#: Rings of (lat, lon), or GeoJSON as a text or an object (whose order is longitude, latitude).
Polygon: TypeAlias = Sequence[Sequence[tuple[float, float]]] | str | Mapping[str, Any]
#: A text, or an n-best list: texts, or texts with their weights.
Said: TypeAlias = str | Sequence[str | tuple[str, float]]
Role: TypeAlias = Literal["coded", "responsible", "road", "nearest"]
_Other = TypeVar("_Other")

_ROLES = {"coded": 1, "responsible": 2, "road": 4, "nearest": 8}
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


@functools.cache
def _named_channel(name: str) -> Channel:
    return Channel(name)


class Index(_core.Index):
    """An open index, made by `open()`: a mapping of codes to poles, and much more. May be used by
    several threads at once, and closed or reloaded while another still works with it; both sides of
    a fork may go on with it."""

    __slots__ = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None,
                 traceback: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        name = repr(self.path) if self.path else "in memory"
        if self.closed:
            return f"<polelookup.Index {name}, closed>"
        return f"<{'SAMPLE ' * self.sample}polelookup.Index {name}, {len(self)} poles>"

    def reload(self) -> bool:
        """Opens the file again, and puts it in place of what was open at once for all threads.
        Whether its content is another. What was found before stays as it was. On an Error all stays
        as it was."""
        if self.path is None:
            raise ValueError("an index that was opened from memory cannot be read again")
        with _core.open_index(self.path, self.mapped) as fresh:
            changed = fresh.identity() != self.identity()
            self.take(fresh)
        return changed

    def snapshot(self) -> Index:
        """Another handle on what is open now, which no reload changes: for several questions that
        are to have one index."""
        return self.snapshot_of()

    @property
    def id(self) -> str:
        """The content id: the same poles, stations and areas have the same id, however built."""
        return self.identity()[0]

    @property
    def sample(self) -> bool:
        """Whether it is of an invented city: no place of it is real."""
        return self.identity()[1]

    @property
    def scopes(self) -> tuple[str, ...]:
        """The names of the counties; the first is empty: the urban districts."""
        return self.scope_names()

    def info(self) -> dict[str, Any]:
        """What the index holds, from what, when: `polelookup info --json`."""
        found: dict[str, Any] = json.loads(self.info_json())
        return found

    def get(self, code: str, default: _Other | None = None) -> Pole | _Other | None:
        """The pole that has the code, or the default; SeveralError when several counties have it.
        """
        try:
            return self.find(code)
        except (NotFoundError, MalformedCodeError):
            return default

    def poles(self) -> Iterator[Pole]:
        """All poles, in order of row: of scope, length and code."""
        one = self.snapshot()
        return (one.pole_at(row) for row in range(len(one)))

    # Space

    def near(self, lat: float, lon: float, k: int = 8, max_m: float | None = None) -> list[Hit]:
        """The k nearest poles (at most 1024), nearest first, none farther than max_m."""
        return [Hit(*hit) for hit in self.nearest(lat, lon, k,
                                                  math.inf if max_m is None else max_m)]

    def near_many(self, lats: Sequence[float], lons: Sequence[float], k: int = 1,
                  max_m: float | None = None) -> Nearest:
        """The k nearest poles of many points, as arrays, and the index that their rows are of."""
        if len(lats) != len(lons):
            raise ValueError("as many latitudes as longitudes are needed")
        points = array("d", bytes(16 * len(lats)))
        points[0::2], points[1::2] = array("d", lats), array("d", lons)
        one = self.snapshot()
        return Nearest(one, k, one.nearest_rows(points, k, math.inf if max_m is None else max_m))

    def within(self, lat: float, lon: float, radius_m: float) -> list[Hit]:
        """All poles within the radius, nearest first."""
        return [Hit(*hit) for hit in self.within_radius(lat, lon, radius_m)]

    def polygon(self, rings: Polygon) -> list[Pole]:
        """All poles in a polygon, its border included, in order of row."""
        return self.polygon_poles(_read_rings(rings))

    # Stations

    def station(self, station_id: str) -> Station:
        """A station by its id; NotFoundError."""
        found = self.station_of(station_id)
        assert found is not None
        return Station(*found)

    def stations(self) -> list[Station]:
        """All stations, in order of number."""
        found: list[Station] = []
        one = self.snapshot()
        while (station := one.station_of(len(found))) is not None:
            found.append(Station(*station))
        return found

    def stations_at(self, lat: float, lon: float, *, kind: str = "police", nearest: int = 1,
                    roles: Sequence[Role] | None = None) -> tuple[StationHit, ...]:
        """The stations of any place: the one responsible, and so many of the nearest. Those of a
        pole: `pole.stations`."""
        bits = 15 if roles is None else sum({_ROLES[role] for role in roles})
        return _hits(self.station_hits_at(lat, lon, kind, bits, nearest))

    def area_edge(self, lat: float, lon: float, max_m: float = 20000.0) -> AreaEdge | None:
        """The nearest area of another police station than the one responsible, not farther than
        max_m."""
        return _edge(self.area_edge_at(lat, lon, max_m))

    # Answers

    def describe(self, code: str, scope: str | None = None, crs: str | None = None) -> Answer:
        """All that is known of a pole: cross streets, neighbours, stations."""
        return self.find(code, scope).describe(crs)

    def resolve(self, text: Said, *, hint: Hint | None = None, hint_crs: str | None = None,
                street: str | None = None, district: str | None = None, scope: str | None = None,
                also: str | None = None, then: str | None = None,
                digits: Mapping[int, int] | None = None,
                box: Sequence[float] | None = None, polygon: Polygon | None = None,
                channel: str | Channel = "everyday", clean: float = 0.0, near_m: float = 0.0,
                exact_confidence: float = 0.0, exact_place: float = 0.0,
                corrected_confidence: float = 0.0, corrected_place: float = 0.0, limit: int = 3,
                crs: str | None = None, language: str = "zh", caller_language: str = "zh",
                brief: bool = False) -> Answer:
        """From what was heard to the poles that it can mean.

        text: what was said, in figures or words; several texts are an n-best list. hint: where the
        phone says it is, (lat, lon), (lat, lon, radius_m) or (lat, lon, radius_m, level), or the
        same as text "45.77,126.64,500"; hint_crs: gcj02, bd09. also: a second pole in sight, as
        heard; then: a later one, the caller having moved. digits: {3: 1} when the third was asked
        for and is 1. box: (south, west, north, east). channel: "everyday", "heavy", or a Channel;
        clean: its share of codes heard clean. near_m and the thresholds: 0 for the defaults (200;
        0.90, 0.95, 0.70, 0.90). limit: of candidates. crs: also give x, y in gcj02 or bd09.
        language: of the words for the dispatcher; caller_language: zh, en or ru. brief: without
        question, neighbours and cross streets, which take a third of the time.
        """
        for name in (language, caller_language):
            language_number(name)
        found = self.resolution(
            _read_said(text), hint=None if hint is None else _read_hint(hint), hint_crs=hint_crs,
            street=street, district=district, scope=scope, also=also, then=then,
            digits=None if digits is None else tuple(digits.items()),
            box=None if box is None else _read_box(box),
            polygon=None if polygon is None else _read_rings(polygon), crs=crs,
            channel=_read_channel(channel), clean=clean, near_m=near_m,
            thresholds=(exact_confidence, exact_place, corrected_confidence, corrected_place),
            limit=limit, caller_language=language_number(caller_language), brief=brief)
        return Answer(found, language, caller_language)

    def between(self, first: str, second: str, *, scope: str | None = None,
                channel: str | Channel = "everyday", clean: float = 0.0, language: str = "zh",
                caller_language: str = "zh") -> Between:
        """How two poles lie to each other, of which a caller read both; or that they contradict
        each other."""
        language_number(language)
        found = self.between_two(first, second, scope=scope, channel=_read_channel(channel),
                                 clean=clean, caller_language=language_number(caller_language))
        return Between(found, language, caller_language)

    # Columns

    def lookup_many(self, codes: Any, *, digits: int | None = None, scope: str | None = None,
                    columns: Sequence[str] = COLUMNS[:7], best_guess: bool = False,
                    clean: float = 0.0, out: Lookup | None = None) -> Lookup:
        """Many bare codes at once, without copying them where they are an array.

        codes: texts in a list, a numpy array (S7, U7, object), a pandas Series, an Arrow array; or
        whole numbers in any of these, with digits= telling how long they are written (12345 is
        0012345 in seven). None and null are no code. What is spoken or written in any other way is
        a matter of match() and geocode(), which also take evidence.

        columns: some of row, status, lat, lon, station, confidence, confidence_place, far_share.
        With one of the last three a code is judged as resolve() does, and one that is not sure has
        a status and no place, unless best_guess. Without them "exact" says that the code is in the
        table, mishearing not assessed: Lookup.judged.

        out: what an earlier call gave for as many codes and the same columns; its arrays are filled
        again, which spares new memory, most of the cost of a large batch.
        """
        unknown = set(columns) - set(COLUMNS)
        if unknown:
            raise ValueError(f"no such columns: {', '.join(sorted(unknown))}")
        wanted = sum(1 << COLUMNS.index(name) for name in set(columns))
        one = self.snapshot()
        found = one.lookup(_read_codes(codes), digits or 0, scope, wanted, best_guess, clean,
                           None if out is None else out.content)
        judged = wanted >= 1 << COLUMNS.index("confidence")
        if out is None:
            return Lookup(one, found, judged)
        out.index, out.judged = one, judged
        return out

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
            schema, values = data.__arrow_c_array__()
            return MatchedArray(self.match_array(
                schema, values, keep_input=keep_input, column=column, map=mapped, columns=chosen,
                best_guess=best_guess, station_role=station_role))
        if hasattr(data, "__arrow_c_stream__"):
            return MatchedStream(self.match_stream(
                data.__arrow_c_stream__(), keep_input=keep_input, column=column, map=mapped,
                columns=chosen, best_guess=best_guess, station_role=station_role))
        raise TypeError(f"{type(data).__name__} speaks no Arrow: it has neither __arrow_c_array__ "
                        "nor __arrow_c_stream__")


_core.register_types(Index, Pole)


def open(path: str | os.PathLike[str], *, mapped: bool = False) -> Index:  # noqa: A001
    """Opens an index file (.plx), reading and checking all of it. Raises Error. mapped: maps it
    instead, which is faster, but a process dies by SIGBUS if another one cuts the file short."""
    return _core.open_index(os.fspath(path), mapped)


def open_bytes(content: bytes | bytearray | memoryview) -> Index:
    """Opens the content of an index file, which is copied. Raises Error."""
    return _core.open_index(content)


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
        raise InvalidArgumentError("a hint is (lat, lon), (lat, lon, radius_m) or "
                                   "(lat, lon, radius_m, level)")
    lat, lon, radius_m, level = values + [_HINT_RADIUS_M, 0.0][len(values) - 2:]
    if not radius_m > 0.0 or not 0.0 <= level < 1.0:
        raise InvalidArgumentError(
            "the radius of a hint is more than 0 metres, its level less than 1")
    return lat, lon, radius_m, level, given


def _read_said(text: Said) -> str | tuple[tuple[str, float], ...]:
    if isinstance(text, str):
        return text
    return tuple((one, 1.0) if isinstance(one, str) else (one[0], float(one[1])) for one in text)


def _read_box(box: Sequence[float]) -> tuple[float, float, float, float]:
    if len(box) != 4:
        raise ValueError("a box is (south, west, north, east)")
    return box[0], box[1], box[2], box[3]


def _read_rings(rings: Polygon) -> str | tuple[tuple[tuple[float, float], ...], ...]:
    if isinstance(rings, str):
        return rings
    if isinstance(rings, Mapping):
        return json.dumps(rings)
    return tuple(tuple((lat, lon) for lat, lon in ring) for ring in rings)


def _read_channel(channel: str | Channel) -> Channel | None:
    if isinstance(channel, Channel):
        return channel
    return None if channel == "everyday" else _named_channel(channel)


def _read_codes(codes: Any) -> Any:
    """The codes as the extension reads them: a list or tuple, what has a buffer, Arrow's capsules.
    """
    if isinstance(codes, (list, tuple)):
        return array("q", codes) if codes and isinstance(codes[0], int) else codes
    if hasattr(codes, "to_numpy") and hasattr(codes, "dtype"):
        codes = _read_series(codes)
    if hasattr(codes, "__arrow_c_array__"):
        return codes.__arrow_c_array__()
    if hasattr(codes, "__arrow_c_stream__"):
        return codes.__arrow_c_stream__()
    if hasattr(codes, "__array__"):
        codes = codes.__array__()
    if isinstance(codes, (str, bytes, bytearray)):
        raise TypeError("a column of codes is needed, not one text")
    try:
        memoryview(codes)
    except TypeError:
        return list(codes)
    return codes


def _read_series(series: Any) -> Any:
    """A pandas Series (or what is like one) as it lies in memory: Arrow's, or numpy's."""
    values = getattr(series, "array", None)
    if values is None:
        return series
    if getattr(series.dtype, "storage", None) == "python":  # pandas' strings as objects
        missing = series.hasnans
        return series.to_numpy(dtype=object, na_value=None) if missing else values.__array__()
    if hasattr(values, "__arrow_array__"):
        return values.__arrow_array__()
    return series.to_numpy()
