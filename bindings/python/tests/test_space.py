# SPDX-License-Identifier: MIT
"""Poles and stations around a place: against a search of all poles, and the command's answers."""

import json
import math
import os
import random

import pytest

import polelookup

SEED = int(os.environ.get("POLE_TEST_SEED", "20080630"))


@pytest.fixture()
def points():
    print("POLE_TEST_SEED", SEED)
    chance = random.Random(SEED)
    return [(chance.uniform(45.6, 45.8), chance.uniform(126.5, 126.8)) for _ in range(30)]


def test_hits_are_those_of_the_command(index, command, points):
    for lat, lon in points[:8]:
        expected = [json.loads(line) for line in command.run(
            "near", "--json", "--lang", "zh", "--index", command.index_path, "-k", "5",
            f"{lat!r},{lon!r}").splitlines()]
        hits = index.near(lat, lon, k=5)
        assert [hit.to_dict() for hit in hits] == expected
        [first] = index.near(lat, lon, k=1)
        assert first[:2] == hits[0][:2] and first.pole.row == hits[0].pole.row


def test_within_a_radius_are_all_that_are_nearest_up_to_it(index, points):
    for lat, lon in points:
        near = index.near(lat, lon, k=200)
        assert [hit.distance_m for hit in near] == sorted(hit.distance_m for hit in near)
        radius = near[120].distance_m
        within = index.within(lat, lon, radius)
        assert within[:121] == near[:121]
        assert all(hit.distance_m <= radius + 1e-6 for hit in within)
        assert index.near(lat, lon, k=200, max_m=radius) == within
    assert index.near(0.0, 0.0, k=1, max_m=1.0) == index.within(0.0, 0.0, 1.0) == []


def test_a_box_and_a_polygon_hold_what_lies_in_them(index, points):
    poles = [(pole.lat, pole.lon, pole.code) for pole in index.poles()]
    for lat, lon in points[:6]:
        south, west, north, east = lat, lon, lat + 0.02, lon + 0.03
        expected = [code for y, x, code in poles if south <= y <= north and west <= x <= east]
        assert [pole.code for pole in index.box(south, west, north, east)] == expected
        ring = [(south, west), (south, east), (north, east), (north, west)]
        assert [pole.code for pole in index.polygon([ring])] == [
            code for y, x, code in poles
            if round(south, 7) <= y <= round(north, 7) and round(west, 7) <= x <= round(east, 7)]
        hole = [(south + 0.005, west + 0.005), (south + 0.005, east - 0.005),
                (north - 0.005, east - 0.005), (north - 0.005, west + 0.005)]
        inner = {pole.code for pole in index.polygon([hole])}
        left = [pole.code for pole in index.polygon([ring, hole])]
        assert set(left) >= set(expected) - inner and len(left) < len(expected) or not inner
        feature = {"type": "Polygon", "coordinates": [
            [[x, y] for y, x in part + part[:1]] for part in (ring, hole)]}
        feature = {"type": "Feature", "properties": {}, "geometry": feature}
        assert [pole.code for pole in index.polygon(feature)] == left
        assert [pole.code for pole in index.polygon(json.dumps(feature))] == left


def test_many_points_get_what_one_gets(index, points):
    lats, lons = [lat for lat, _ in points] + [0.0], [lon for _, lon in points] + [0.0]
    many = index.near_many(lats, lons, k=3, max_m=300.0)
    for i, (lat, lon) in enumerate(zip(lats, lons, strict=True)):
        hits = index.near(lat, lon, k=3, max_m=300.0)
        assert many.count[i] == len(hits) and many.hits(i) == hits
        for j, hit in enumerate(hits):
            assert many.row[3 * i + j] == hit.pole.row
            assert many.distance_m[3 * i + j] == hit.distance_m
            assert many.bearing_deg[3 * i + j] == hit.bearing_deg
        for j in range(len(hits), 3):
            assert many.row[3 * i + j] == 4294967295
            assert math.isnan(many.distance_m[3 * i + j])
    assert len(many) == len(lats) and many.sample and many.hits(-1) == []
    with pytest.raises(IndexError):
        many.hits(len(lats))
    with pytest.raises(ValueError):
        index.near_many([45.0], [126.0, 127.0])


@pytest.mark.parametrize("ask", [lambda i: i.near(91.0, 0.0), lambda i: i.near(0.0, 0.0, k=0),
                                 lambda i: i.near(0.0, 0.0, k=1025),
                                 lambda i: i.near(math.nan, 0.0),
                                 lambda i: i.within(45.0, 126.0, -1.0),
                                 lambda i: i.within(45.0, 126.0, math.inf),
                                 lambda i: i.box(2.0, 0.0, 1.0, 1.0),
                                 lambda i: i.polygon([[(45.0, 126.0), (46.0, 126.0)]]),
                                 lambda i: i.near_many([45.0], [math.nan]),
                                 lambda i: i.near_many([45.0], [126.0], k=0),
                                 lambda i: i.stations_at(91.0, 0.0),
                                 lambda i: i.stations_at(45.0, 126.0, nearest=-1),
                                 lambda i: i.area_edge(45.0, 126.0, -1.0)])
def test_what_is_no_place_is_refused(index, ask):
    with pytest.raises(ValueError):
        ask(index)


def test_what_is_no_polygon_is_refused(index):
    with pytest.raises(polelookup.Error) as caught:
        index.polygon("{")
    assert caught.value.name == "bad_input"
    for wrong in ([[(1.0, 2.0), (3.0,)]], [[1.0, 2.0]], 7, [[("a", "b")] * 3]):
        with pytest.raises((TypeError, ValueError)):
            index.polygon(wrong)


def test_the_stations_of_a_place_are_those_of_the_command(index, command, points):
    for lat, lon in points[:5]:
        expected = json.loads(command.run("station", "--json", "--index", command.index_path, "-k",
                                          "3", f"{lat!r},{lon!r}"))
        hits = index.stations_at(lat, lon, nearest=3)
        assert [(hit.role, hit.station.id, hit.chosen) for hit in hits] == [
            (one["role"], one["id"], one["chosen"]) for one in expected["stations"]]
        for hit, one in zip(hits, expected["stations"], strict=True):
            assert hit.distance_m == pytest.approx(one["distance_m"], abs=0.051)
        edge = index.area_edge(lat, lon)
        assert edge is not None and index.area_edge(lat, lon, 0.0) is None
        assert edge.station == index.station(edge.station.id)
        nearest = index.stations_at(lat, lon, roles=["nearest"])
        assert [hit.role for hit in nearest] == ["nearest"]
    assert index.stations_at(45.7, 126.6, kind="camel") == ()


def test_the_stations_of_a_pole_have_roles_and_one_is_chosen(index):
    pole = index["2334504"]
    assert [hit.role for hit in pole.stations if hit.chosen] == [pole.station.role]
    assert pole.station.station.id == "233" and pole.station.station.phone
    assert {hit.role for hit in pole.stations} == {"coded", "responsible", "nearest"}


def test_a_station_is_found_by_its_id(index):
    every = index.stations()
    assert len(every) == index.info()["stations"]
    assert all(index.station(one.id) == one for one in every)
    with pytest.raises(polelookup.NotFoundError):
        index.station("no such")
