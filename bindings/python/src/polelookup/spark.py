# SPDX-License-Identifier: MIT
"""Logs that one machine is too small for: the same matches by Apache Spark.

    import polelookup.spark

    matched = polelookup.spark.geocode(calls, "harbin.plx")

A row gets what `polelookup geocode` gives it. Each Python process of a worker opens the index once
and keeps it; which index it is, is told by its content id, so that a table that was rebuilt
meanwhile is never mixed with the old one.
"""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import polelookup

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType

__all__ = ["geocode"]


class _Place(NamedTuple):
    """Where a worker finds the index."""

    id: str
    name: str  #: among the files that Spark ships, or a path
    shipped: bool


def geocode(df: DataFrame, index: str | os.PathLike[str], *, ship: bool = True,
            column: str | None = None, evidence: Mapping[str, str | None] | None = None,
            columns: Sequence[str] | None = None, best_guess: bool = False,
            station_role: str | None = None) -> DataFrame:
    """The rows of df with their matches beside them; the options are those of
    polelookup.geocode(). Lazy, as all of Spark; the options are checked at once.

    index: a path on the driver. ship: Spark brings the file to the workers; False: all of them find
    it under the same path (a shared folder, an image), and whoever finds another index there
    fails. The package polelookup must be installed where the workers' Python is.
    """
    options = {"column": column, "evidence": None if evidence is None else dict(evidence),
               "columns": None if columns is None else list(columns), "best_guess": best_guess,
               "station_role": station_role}
    path = os.path.abspath(os.fspath(index))
    with polelookup.open(path) as opened:
        schema = _schema(df, opened, options)
        place = _Place(opened.id, path, False)
    if ship:
        place = _ship(df.sparkSession, path, place.id)

    # By name, not by value: the workers' copy of this module keeps what it opened.
    def matched(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        return _matched(batches, place, options)

    return df.mapInArrow(matched, schema)


def _schema(df: DataFrame, index: polelookup.Index, options: Mapping[str, Any]) -> StructType:
    """What comes out, by matching no row at all."""
    import pyarrow
    from pyspark.sql import types
    from pyspark.sql.pandas.types import to_arrow_schema

    empty = to_arrow_schema(df.schema).empty_table()
    out = pyarrow.RecordBatchReader.from_stream(polelookup.geocode(empty, index, **options))
    added = list(out.schema)[len(df.schema.fields):]
    taken = {name.lower() for name in df.columns}
    for field in added:
        if field.name.lower() in taken:
            raise ValueError(f"the column '{field.name}' is there in other letter case, which Spark "
                             "does not tell apart: rename it")
    kinds = {pyarrow.string(): types.StringType(), pyarrow.float64(): types.DoubleType()}
    return types.StructType(df.schema.fields + [
        types.StructField(field.name, kinds[field.type]) for field in added])


#: The folders of what was shipped, by application and content.
_shipped: dict[tuple[str, str], _Place] = {}


def _ship(session: SparkSession, path: str, content_id: str) -> _Place:
    """Has Spark bring the file to the workers. Under a name of its content: Spark keeps the first
    file of a name, and would go on serving the old one after a rebuild."""
    context = session.sparkContext
    key = (context.applicationId or "", content_id)
    if key not in _shipped:
        name = f"polelookup-{content_id}.plx"
        folder = tempfile.mkdtemp(prefix="polelookup-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        shutil.copyfile(path, os.path.join(folder, name))
        context.addFile(os.path.join(folder, name))
        _shipped[key] = _Place(content_id, name, True)
    return _shipped[key]


@functools.cache
def _opened(place: _Place) -> polelookup.Index:
    """The index, opened once in a process."""
    path = place.name
    if place.shipped:
        from pyspark import SparkFiles
        path = SparkFiles.get(place.name)
    index = polelookup.open(path)
    if index.id != place.id:
        found = index.id
        index.close()
        raise ValueError(f"{path} is another index on this worker: {found}, not {place.id}")
    return index


def _matched(batches: Iterator[pyarrow.RecordBatch], place: _Place,
             options: Mapping[str, Any]) -> Iterator[pyarrow.RecordBatch]:
    """What one task does."""
    import pyarrow

    index = _opened(place)
    for batch in batches:
        yield pyarrow.record_batch(polelookup.geocode(batch, index, **options))
