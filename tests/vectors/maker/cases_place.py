# SPDX-License-Identifier: MIT
"""Poles and stations around places, by brute force over all of them with PROJ and GEOS."""
import shapely

from .geodesy import plain


def hits(found):
    return {
        "hits": [
            {"code": p.code, "scope": p.scope, "distance_m": metres, "bearing_deg": bearing}
            for p, metres, bearing in found
        ]
    }


def place(world, random, spread=0.01):
    """A place about some pole."""
    pole = random.choice(world.tables.poles)
    return (
        round(pole.lat + random.uniform(-spread, spread), random.choice([4, 6, 7])),
        round(pole.lon + random.uniform(-spread, spread), random.choice([4, 6, 7])),
    )


def nearests(world, random, count):
    for i in range(count):
        lat, lon = place(world, random, random.choice([0.0003, 0.003, 0.05]))
        if i % 40 == 0:  # from far away
            lat, lon = round(random.uniform(-89, 89), 3), round(random.uniform(-179, 179), 3)
        k = random.choice([1, 1, 2, 3, 5, 8])
        found = world.places.nearest(lat, lon, k + 1)
        if not plain(found):
            continue
        max_m = random.choice([None, None, 20.5, 100, 1000])
        found = [h for h in found[:k] if max_m is None or h[1] <= max_m]
        case = {"lat": lat, "lon": lon, "k": k, "max_m": max_m}
        yield case, hits(found)
    for wrong in (
        {"lat": 91, "lon": 126, "k": 1},
        {"lat": -90.5, "lon": 126, "k": 1},
        {"lat": 45, "lon": 181, "k": 1},
        {"lat": 45, "lon": -180.001, "k": 1},
        {"lat": 45, "lon": 126, "k": 0},
        {"lat": 45, "lon": 126, "k": 1025},
        {"lat": 45, "lon": 126, "k": 1, "max_m": -1},
    ):
        yield wrong, {"error": "invalid_argument"}


def withins(world, random, count):
    for _ in range(count):
        lat, lon = place(world, random, 0.002)
        radius = round(random.choice([10, 30, 60, 120]) * random.uniform(0.5, 1.5), 2)
        found = world.places.within(lat, lon, radius + 1e-3)
        if plain(found) and all(abs(h[1] - radius) > 1e-3 for h in found):
            yield {"lat": lat, "lon": lon, "radius_m": radius}, hits(found)
    yield {"lat": 45, "lon": 126, "radius_m": -1}, {"error": "invalid_argument"}
    yield {"lat": 95, "lon": 126, "radius_m": 10}, {"error": "invalid_argument"}


def boxes(world, random, count):
    for _ in range(count):
        lat, lon = place(world, random, 0.003)
        south, west = lat, lon
        north = round(lat + random.choice([0.0005, 0.001, 0.002]), 7)
        east = round(lon + random.choice([0.0005, 0.001, 0.002]), 7)
        codes = [
            p.code
            for p in world.tables.poles
            if south <= p.lat <= north and west <= p.lon <= east
        ]
        yield {"south": south, "west": west, "north": north, "east": east}, {"codes": codes}
    # Borders are included: a box of one pole's own place.
    for _ in range(count // 8 + 1):
        pole = random.choice(world.tables.poles)
        codes = [p.code for p in world.tables.poles if (p.lat, p.lon) == (pole.lat, pole.lon)]
        yield {"south": pole.lat, "west": pole.lon, "north": pole.lat, "east": pole.lon}, {
            "codes": codes
        }
    yield {"south": 46, "west": 126, "north": 45, "east": 127}, {"error": "invalid_argument"}


def polygons(world, random, count):
    for _ in range(count):
        lat, lon = place(world, random, 0.002)
        corners = sorted(random.uniform(0, 6.2832) for _ in range(random.choice([3, 4, 5, 7])))
        size = random.choice([0.0006, 0.0012, 0.002])
        import math

        ring = [
            [
                round(lat + size * 0.7 * random.uniform(0.4, 1) * math.sin(a), 6),
                round(lon + size * random.uniform(0.4, 1) * math.cos(a), 6),
            ]
            for a in corners
        ]
        rings = [ring]
        if random.random() < 0.3:  # a hole, as a ring like others
            rings.append(
                [[round(lat + (y - lat) * 0.3, 6), round(lon + (x - lon) * 0.3, 6)] for y, x in ring]
            )
        shapes = [shapely.Polygon([(x, y) for y, x in r]) for r in rings]
        if not all(s.is_valid and s.area > 1e-9 for s in shapes):
            continue
        if len(shapes) > 1 and not shapes[0].contains(shapes[1]):
            continue
        south, west, north, east = lat - 0.004, lon - 0.004, lat + 0.004, lon + 0.004
        codes, doubtful = [], False
        for p in world.tables.poles:
            if south <= p.lat <= north and west <= p.lon <= east:
                point = shapely.Point(p.lon, p.lat)
                doubtful |= any(s.boundary.distance(point) < 1e-8 for s in shapes)
                if sum(s.contains(point) for s in shapes) % 2:
                    codes.append(p.code)
        if not doubtful:
            yield {"rings": rings}, {"codes": codes}
    yield {"rings": [[[45, 126], [46, 126]]]}, {"error": "invalid_argument"}
    yield {"rings": [[[95, 126], [96, 126], [95, 127]]]}, {"error": "invalid_argument"}


def stations(world, random, count):
    for _ in range(count):
        pole = random.choice(world.tables.poles)
        if world.areas.doubtful(pole.lat, pole.lon):
            continue
        yield {"code": pole.code, "scope": pole.scope}, {"stations": world.areas.of_pole(pole)}
        lat, lon = place(world, random)
        if world.areas.doubtful(lat, lon):
            continue
        case = {"lat": lat, "lon": lon, "nearest": random.choice([1, 1, 2, 3, 5])}
        kinds = sorted({s.kind for s in world.tables.stations})
        kind = random.choice(kinds + ["police"] * 3)
        if kind != "police":
            case["kind"] = kind
        yield case, {"stations": world.areas.at(lat, lon, case["nearest"], kind)}
    yield {"lat": 45.7, "lon": 126.6, "kind": "no such kind"}, {"stations": []}
    yield {"lat": 91, "lon": 126.6}, {"error": "invalid_argument"}
    yield {"code": "nothing"}, {"error": "malformed_code"}
