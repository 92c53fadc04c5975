# SPDX-License-Identifier: MIT
"""GeoDataFrames of poles and of matched logs."""

import sys

import pandas
import pytest

import polelookup
import polelookup.geo
from conftest import CODES, rows_like

needs_geopandas = pytest.mark.skipif(
    not __import__("importlib.util").util.find_spec("geopandas"),
    reason="SKIPPED: geopandas is not installed")


@needs_geopandas
def test_hits_are_points_where_their_poles_stand(index):
    hits = index.near(45.68, 126.63, k=20)
    frame = polelookup.geo.poles(hits)
    assert frame.crs == "EPSG:4326" and list(frame["code"]) == [hit.pole.code for hit in hits]
    assert [(point.x, point.y) for point in frame.geometry] == [
        (hit.pole.lon, hit.pole.lat) for hit in hits]
    assert list(frame["distance_m"]) == [hit.distance_m for hit in hits]
    assert list(frame["station"]) == [hit.pole.station.station.id for hit in hits]
    assert frame["sample"].all()
    alone = polelookup.geo.poles(hit.pole for hit in hits)
    assert "distance_m" not in alone and len(alone) == 20


@needs_geopandas
def test_a_log_gets_the_places_of_its_matches_and_no_others(index, index_path):
    codes = rows_like(CODES, 200)
    log = pandas.DataFrame({"code": codes, "call": range(200), "match_lat": "mine"},
                           index=range(1000, 1200))
    frame = polelookup.geo.geocode(log, index)
    import pyarrow
    expected = pyarrow.table(index.match(pyarrow.array(codes))).to_pylist()
    assert list(frame.index) == list(log.index) and list(frame["call"]) == list(range(200))
    assert list(frame["match_lat"]) == ["mine"] * 200
    for point, status, row in zip(frame.geometry, frame["match_status"], expected, strict=True):
        assert status == row["match_status"]
        if row["match_lat"] is None:
            assert point is None
        else:
            assert (point.y, point.x) == (row["match_lat"], row["match_lon"])
    assert 0 < frame.geometry.isna().sum() < 200
    few = polelookup.geo.geocode(log[["code"]], index_path, columns=["match_code"])
    assert few.geometry.isna().equals(frame.geometry.isna())


def test_without_geopandas_the_package_says_what_it_needs(index, monkeypatch):
    monkeypatch.setitem(sys.modules, "geopandas", None)
    with pytest.raises(ImportError, match="pip install geopandas"):
        polelookup.geo.poles(index.near(45.68, 126.63))


def test_a_pole_is_a_feature_for_whatever_reads_features(index):
    feature = index["2334504"].__geo_interface__
    assert feature["type"] == "Feature" and feature["properties"]["code"] == "2334504"
    assert feature["geometry"] == {"type": "Point", "coordinates": (126.6272838, 45.6762803)}
