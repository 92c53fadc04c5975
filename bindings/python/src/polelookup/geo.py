# SPDX-License-Identifier: MIT
"""GeoDataFrames, where geopandas is there: poles, and logs with the place of each match.

    import polelookup.geo

    polelookup.geo.poles(index.near(45.68, 126.63, k=20)).explore()
    polelookup.geo.geocode(calls, index).to_file("calls.gpkg")

Coordinates are WGS 84 (EPSG:4326). What is not sure enough to be a match has no geometry.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polelookup

if TYPE_CHECKING:
    import geopandas
    import pandas

__all__ = ["geocode", "poles"]

_CRS = "EPSG:4326"


def _geopandas() -> Any:
    try:
        import geopandas
    except ImportError as error:
        raise ImportError("polelookup.geo needs geopandas: pip install geopandas") from error
    return geopandas


def poles(found: Iterable[polelookup.Pole | polelookup.Hit]) -> geopandas.GeoDataFrame:
    """A row a pole: the fields of the table and the id of the station to send; of hits also
    `distance_m` and `bearing_deg`."""
    frames = _geopandas()
    rows = []
    for one in found:
        pole = one.pole if isinstance(one, polelookup.Hit) else one
        station = pole.station
        row = {**pole.to_dict(), "station": None if station is None else station.station.id}
        if isinstance(one, polelookup.Hit):
            row.update(distance_m=one.distance_m, bearing_deg=one.bearing_deg)
        rows.append(row)
    points = frames.points_from_xy([row["lon"] for row in rows], [row["lat"] for row in rows])
    return frames.GeoDataFrame(rows, geometry=points, crs=_CRS)


def geocode(frame: pandas.DataFrame, index: polelookup.Index | str | os.PathLike[str], *,
            column: str | None = None, evidence: Mapping[str, str | None] | None = None,
            columns: Sequence[str] | None = None, best_guess: bool = False,
            station_role: str | None = None) -> geopandas.GeoDataFrame:
    """The frame with its matches beside it, as polelookup.geocode() gives them, and the place of
    each as its geometry. Needs pyarrow."""
    frames = _geopandas()
    import pyarrow

    if columns is not None:
        columns = [*columns, *{"match_lat", "match_lon"}.difference(columns)]
    if not isinstance(index, polelookup.Index):
        index = polelookup.open(index)
    table = pyarrow.Table.from_pandas(frame, preserve_index=False)
    added = pyarrow.table(index.match(table, column=column, evidence=evidence, columns=columns,
                                      best_guess=best_guess, station_role=station_role))
    out = frame.copy(deep=False)
    places = {}
    for name, values in zip(added.column_names, added.columns, strict=True):
        series = values.to_pandas()
        series.index = frame.index
        places[name] = series
        while name in out.columns:
            name += "_2"
        out[name] = series
    points = frames.points_from_xy(places["match_lon"], places["match_lat"])
    missing = places["match_lat"].isna().to_numpy()
    geometry = frames.GeoSeries(points, index=frame.index, crs=_CRS)
    return frames.GeoDataFrame(out, geometry=geometry.mask(missing), crs=_CRS)
