# SPDX-License-Identifier: MIT
"""Columns of many codes: one array a field, of numpy where it is there, else of the standard
library."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from . import _core
from .answers import Hit, Station

if TYPE_CHECKING:
    import pandas

    from .index import Index

__all__ = ["MATCHES", "Lookup", "Nearest"]

#: The word of each number in `Lookup.status`.
MATCHES = ("none", "exact", "corrected", "ambiguous", "interpolated", "unknown", "no_code",
           "malformed")
COLUMNS = ("row", "status", "lat", "lon", "station", "confidence", "confidence_place", "far_share")
_FORMATS = ("I", "i", "d", "d", "I", "d", "d", "d")
NO_NUMBER = 0xFFFFFFFF


def as_array(content: bytearray, code: str) -> Any:
    """An array over the content, without copying it. code: struct's."""
    try:
        import numpy
    except ImportError:
        return memoryview(content).cast(code)  # type: ignore[call-overload]
    return numpy.frombuffer(content, dtype=numpy.dtype(code))


class Lookup:
    """What `lookup_many()` found: columns as long as the codes, None where not asked for.

    row: the pole's place in this index, 4294967295 for none; status: see `MATCHES` and
    `statuses()`; lat, lon: WGS 84 degrees, NaN for none; station: the number of the one to send,
    4294967295 for none, see `station_ids()`; confidence, confidence_place, far_share: NaN where
    they were not assessed.

    "unknown" without a confidence is a code that the table lacks: `resolve()` may know which pole
    was meant. "none" is a row that the stored doubts do not decide: `resolve()` it, too. Where
    `judged` is false, "exact" says that the code is in the table, and no more: nobody asked whether
    it was misheard.
    """

    row: Any
    status: Any
    lat: Any
    lon: Any
    station: Any
    confidence: Any
    confidence_place: Any
    far_share: Any

    def __init__(self, index: Index, content: tuple[bytearray | None, ...], judged: bool) -> None:
        self.index = index  #: as it was when the codes were looked up
        self.judged = judged
        self.content = content  #: the memory of the columns
        for name, code, column in zip(COLUMNS, _FORMATS, content, strict=True):
            setattr(self, name, None if column is None else as_array(column, code))

    def __len__(self) -> int:
        return len(self.status)

    @property
    def sample(self) -> bool:
        """Whether the index is of an invented city: no place of it is real."""
        return self.index.sample

    def statuses(self) -> list[str]:
        """The status column in words."""
        return [MATCHES[number] for number in self.status.tolist()]

    def station_ids(self) -> list[str | None]:
        """The station column as ids."""
        ids = _station_ids(self.index)
        return [None if number == NO_NUMBER else ids[number]
                for number in self._wanted("station").tolist()]

    def poles(self) -> list[_core.Pole | None]:
        """The row column as poles."""
        return [None if row == NO_NUMBER else self.index.pole_at(row)
                for row in self._wanted("row").tolist()]

    def _wanted(self, name: str) -> Any:
        column = getattr(self, name)
        if column is None:
            raise ValueError(f"the column '{name}' was not asked for")
        return column

    def to_dict(self) -> dict[str, list[Any]]:
        """The columns as lists; words for statuses, ids for stations, None for what is not there.
        """
        out: dict[str, list[Any]] = {"status": self.statuses()}
        for name in COLUMNS:
            column = getattr(self, name)
            if column is None or name == "status":
                continue
            if name == "station":
                out[name] = self.station_ids()
            elif name == "row":
                out[name] = [None if row == NO_NUMBER else row for row in column.tolist()]
            else:
                out[name] = [None if value != value else value for value in column.tolist()]
        return out

    def to_pandas(self, index: Any = None) -> pandas.DataFrame:
        """The columns as a DataFrame: status and station as categories, no rows of this index.
        index: of the frame, such as that of the series of codes."""
        import numpy
        import pandas

        status = pandas.Categorical.from_codes(numpy.asarray(self.status), list(MATCHES))
        columns: dict[str, Any] = {"status": status}
        for name in ("lat", "lon", "confidence", "confidence_place", "far_share"):
            if getattr(self, name) is not None:
                columns[name] = getattr(self, name)
        if self.station is not None:
            numbers = numpy.asarray(self.station).astype(numpy.int64)
            numbers[numbers == NO_NUMBER] = -1
            columns["station"] = pandas.Categorical.from_codes(numbers, _station_ids(self.index))
        return pandas.DataFrame(columns, index=index)

    def __repr__(self) -> str:
        counts = ", ".join(f"{count} {MATCHES[number]}" for number, count in
                           sorted(Counter(self.status.tolist()).items()))
        how = "judged" if self.judged else "found, not judged"
        return f"<{'SAMPLE ' * self.sample}Lookup of {len(self)}: {counts or 'nothing'}; {how}>"


class Nearest:
    """What `near_many()` found: k values a point, nearest first, and `count` of one a point, how
    many of them there are.

    row: the pole's place in `index`, which is the index as it was when it was asked: after a reload
    the same number may be another pole; 4294967295 behind the last. distance_m, bearing_deg: NaN
    there.
    """

    def __init__(self, index: Index, k: int, content: tuple[bytearray, ...]) -> None:
        self.index = index  #: as it was when the points were asked
        self.k = k
        self.row, self.distance_m, self.bearing_deg, self.count = (
            as_array(column, code) for column, code in zip(content, "IddI", strict=True))

    def __len__(self) -> int:
        return len(self.count)

    @property
    def sample(self) -> bool:
        """Whether the index is of an invented city: no place of it is real."""
        return self.index.sample

    def hits(self, point: int) -> list[Hit]:
        """The hits of one of the points, as `near()` gives them."""
        first = range(len(self))[point] * self.k
        return [Hit(self.index.pole_at(int(self.row[i])), float(self.distance_m[i]),
                    float(self.bearing_deg[i]))
                for i in range(first, first + int(self.count[point]))]

    def __repr__(self) -> str:
        return f"<{'SAMPLE ' * self.sample}Nearest of {len(self)} points, k={self.k}>"


def _station_ids(index: Index) -> list[str]:
    ids: list[str] = []
    while (found := index.station_of(len(ids))) is not None:
        ids.append(Station(*found).id)
    return ids
