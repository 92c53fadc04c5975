# SPDX-License-Identifier: MIT
"""Who answers for a place: GEOS (through shapely) on the exported areas, PROJ for distances."""
import shapely
import shapely.geometry

from .geodesy import Places, inverse


class Areas:
    def __init__(self, tables):
        self.tables = tables
        self.areas = [
            (tables.station_of_id[name], shapely.geometry.shape(geometry))
            for name, geometry in tables.areas
        ]
        for _, shape in self.areas:
            shapely.prepare(shape)
        # Areas go by station, and the first one that holds a place has it.
        self.areas.sort(key=lambda area: area[0].number)

    def doubtful(self, lat, lon):
        """So near to a border that rounding could decide."""
        point = shapely.Point(lon, lat)
        return any(shape.boundary.distance(point) < 1e-6 for _, shape in self.areas)

    def responsible(self, lat, lon, kind="police"):
        point = shapely.Point(lon, lat)
        for station, shape in self.areas:
            owner = self.tables.open_station(station)
            if owner.kind == kind and shape.covers(point):
                return owner
        return None

    def nearest(self, lat, lon, k, kind="police"):
        stations = [s for s in self.tables.stations if s.kind == kind and not s.successor]
        return [hit[0] for hit in Places(stations).nearest(lat, lon, k)] if stations else []

    def coded(self, pole):
        """The station whose prefix the code begins with, the longest such."""
        fit = [
            s
            for s in self.tables.stations
            if s.kind == "police"
            and s.prefix
            and s.scope == pole.scope
            and pole.code.startswith(s.prefix)
        ]
        return self.tables.open_station(max(fit, key=lambda s: len(s.prefix))) if fit else None

    @staticmethod
    def _told(lat, lon, roles):
        order = {"responsible": 0, "coded": 1, "nearest": 2}
        chosen = min(range(len(roles)), key=lambda i: (order[roles[i][0]], i), default=None)
        return [
            {
                "id": station.id,
                "role": role,
                "chosen": i == chosen,
                "distance_m": inverse(lat, lon, station.lat, station.lon)[0],
            }
            for i, (role, station) in enumerate(roles)
        ]

    def of_pole(self, pole):
        roles = [
            ("coded", self.coded(pole)),
            ("responsible", self.responsible(pole.lat, pole.lon)),
        ] + [("nearest", s) for s in self.nearest(pole.lat, pole.lon, 1)]
        return self._told(pole.lat, pole.lon, [r for r in roles if r[1] is not None])

    def at(self, lat, lon, k, kind="police"):
        roles = [("responsible", self.responsible(lat, lon, kind))]
        roles += [("nearest", s) for s in self.nearest(lat, lon, k, kind)]
        return self._told(lat, lon, [r for r in roles if r[1] is not None])

    def chosen(self, pole):
        return next((s["id"] for s in self.of_pole(pole) if s["chosen"]), None)
