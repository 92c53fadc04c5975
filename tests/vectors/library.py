# SPDX-License-Identifier: MIT
"""Asks the C library itself, through its public functions: one method a call of the vectors."""
import ctypes
import datetime
import math
from ctypes import byref, c_double, c_int32, c_size_t, c_uint16, c_uint32, c_void_p

import structs as s

LANGUAGES = {"zh": 0, "en": 1, "ru": 2}
STATES = ("active", "moved", "removed")
ALL_ROLES = 15


class Failed(Exception):
    """A status that is not POLE_OK; its text is the stable name."""


def known(number):
    return None if math.isnan(number) else number


class Library:
    def __init__(self, path):
        self.c = s.load(path)
        self.kept = []  # what spans point to during a call

    def good(self, status):
        if status != 0:
            raise Failed(self.c.pole_status_name(status).decode())

    def span(self, text):
        if not text:
            return s.Span(None, 0)
        data = ctypes.create_string_buffer(text.encode())
        self.kept.append(data)
        return s.Span(ctypes.cast(data, c_void_p), len(data) - 1)

    def open(self, data):
        index = c_void_p()
        self.good(
            self.c.pole_index_open_memory(data, c_size_t(len(data)), None, byref(index), None)
        )
        return Index(self, index)


class Index:
    def __init__(self, library, pointer):
        self.library, self.c, self.p = library, library.c, pointer

    def close(self):
        self.c.pole_index_close(self.p)

    def ask(self, call, given):
        """The `out` of a case."""
        self.library.kept = []
        try:
            return getattr(self, call)(given)
        except Failed as failed:
            return {"error": str(failed)}

    def good(self, status):
        self.library.good(status)

    def scope_name(self, number):
        span = s.Span()
        self.good(self.c.pole_index_scope(self.p, number, byref(span)))
        return span.text() or ""

    def scope_of(self, given):
        number = c_uint16(s.ANY_SCOPE)
        if given.get("scope") is not None:
            self.good(
                self.c.pole_index_find_scope(
                    self.p, self.library.span(given["scope"]), byref(number)
                )
            )
        return number.value

    def record(self, row):
        record = s.Record()
        self.good(self.c.pole_index_record(self.p, c_uint32(row), byref(record)))
        return record

    def station_id(self, number):
        if number == s.NO_STATION:
            return None
        station = s.Station()
        self.good(self.c.pole_index_station(self.p, c_uint32(number), byref(station)))
        return station.id.text()

    def row_of(self, given):
        code = s.Code()
        self.good(
            self.c.pole_code_parse(self.p, self.library.span(given["code"]), byref(code))
        )
        code.scope = self.scope_of(given)
        row = c_uint32()
        self.good(self.c.pole_index_find(self.p, code, byref(row)))
        return row.value

    def info(self, _given):
        info = s.Info()
        self.good(self.c.pole_index_info(self.p, byref(info)))
        return {
            "id": info.id.decode(),
            "name": info.name.text(),
            "poles": info.poles,
            "stations": info.stations,
            "areas": info.areas,
            "scopes": [self.scope_name(i) for i in range(info.scopes)],
            "sample": bool(info.is_sample),
            "format_major": info.format_major,
            "format_minor": info.format_minor,
            "file_bytes": info.file_bytes,
            "bounds": [
                info.southwest.lat_deg,
                info.southwest.lon_deg,
                info.northeast.lat_deg,
                info.northeast.lon_deg,
            ],
        }

    def parse(self, given):
        code = s.Code()
        self.good(
            self.c.pole_code_parse(self.p, self.library.span(given["text"]), byref(code))
        )
        return {"code": code.text(), "digits": code.digits}

    def find(self, given):
        row = self.row_of(given)
        r = self.record(row)
        surveyed = None
        if r.surveyed_days != s.NO_DATE:
            surveyed = datetime.date(1970, 1, 1) + datetime.timedelta(days=r.surveyed_days)
        return {
            "code": r.code.text(),
            "scope": r.scope.text() or "",
            "lat": r.at.lat_deg,
            "lon": r.at.lon_deg,
            **{k: getattr(r, k).text() for k in ("street", "district", "note", "successor")},
            "alias": r.alias.text(),
            "alias_owner": r.alias_owner.text(),
            "state": STATES[r.state],
            "surveyed": surveyed and surveyed.isoformat(),
            "station": next(
                (h["id"] for h in self.stations_of(row) if h["chosen"]), None
            ),
        }

    def find_many(self, given):
        codes = given["codes"]
        digits, count = len(codes[0]), len(codes)
        columns = s.Columns()
        columns.rows = (c_uint32 * count)()
        columns.match = (c_int32 * count)()
        columns.lat_deg = (c_double * count)()
        columns.lon_deg = (c_double * count)()
        columns.stations = (c_uint32 * count)()
        if given.get("judged"):
            columns.confidence = (c_double * count)()
        self.good(
            self.c.pole_index_find_texts(
                self.p,
                "".join(codes).encode(),
                digits,
                count,
                digits,
                self.scope_of(given),
                byref(columns),
            )
        )
        out = {
            "match": [self.c.pole_match_name(columns.match[i]).decode() for i in range(count)],
            "lat": [known(columns.lat_deg[i]) for i in range(count)],
            "lon": [known(columns.lon_deg[i]) for i in range(count)],
            "station": [self.station_id(columns.stations[i]) for i in range(count)],
        }
        if given.get("judged"):
            out["confidence"] = [known(columns.confidence[i]) for i in range(count)]
        return out

    def alias(self, given):
        rows, needed = (c_uint32 * 64)(), c_size_t()
        self.good(
            self.c.pole_index_find_alias(
                self.p, self.library.span(given["alias"]), rows, 64, byref(needed)
            )
        )
        return {"codes": [self.record(rows[i]).code.text() for i in range(needed.value)]}

    def hits(self, hits, count):
        out = []
        for hit in hits[:count]:
            r = self.record(hit.row)
            out.append(
                {
                    "code": r.code.text(),
                    "scope": r.scope.text() or "",
                    "distance_m": hit.distance_m,
                    "bearing_deg": hit.bearing_deg,
                }
            )
        return {"hits": out}

    def nearest(self, given):
        hits, count = (s.Hit * 1024)(), c_size_t()
        max_m = given.get("max_m")
        self.good(
            self.c.pole_nearest(
                self.p,
                s.Point(given["lat"], given["lon"]),
                given["k"],
                math.inf if max_m is None else max_m,
                hits,
                byref(count),
            )
        )
        return self.hits(hits, count.value)

    def within(self, given):
        hits, count = (s.Hit * 4096)(), c_size_t()
        self.good(
            self.c.pole_within_radius(
                self.p,
                s.Point(given["lat"], given["lon"]),
                given["radius_m"],
                hits,
                4096,
                byref(count),
            )
        )
        return self.hits(hits, count.value)

    def codes(self, rows, count):
        return {"codes": [self.record(rows[i]).code.text() for i in range(count)]}

    def box(self, given):
        rows, count = (c_uint32 * 4096)(), c_size_t()
        box = s.Box(*(given[k] for k in ("south", "west", "north", "east")))
        self.good(
            self.c.pole_within_box(self.p, byref(box), rows, c_size_t(4096), byref(count))
        )
        return self.codes(rows, count.value)

    @staticmethod
    def rings(rings):
        points = [s.Point(lat, lon) for ring in rings for lat, lon in ring]
        sizes = [len(ring) for ring in rings]
        return (s.Point * len(points))(*points), (c_size_t * len(sizes))(*sizes), len(sizes)

    def polygon(self, given):
        rows, needed = (c_uint32 * 4096)(), c_size_t()
        points, sizes, count = self.rings(given["rings"])
        self.good(
            self.c.pole_within_polygon(
                *(self.p, points, sizes, c_size_t(count), rows, c_size_t(4096), byref(needed))
            )
        )
        return self.codes(rows, needed.value)

    def station_hits(self, hits, count):
        return [
            {
                "id": self.station_id(hit.number),
                "role": self.c.pole_role_name(hit.role).decode(),
                "chosen": bool(hit.chosen),
                "distance_m": hit.distance_m,
            }
            for hit in hits[:count]
        ]

    def stations_of(self, row):
        hits, count = (s.StationHit * 4)(), c_size_t()
        self.good(
            self.c.pole_stations_of(
                *(self.p, c_uint32(row), c_uint32(ALL_ROLES), hits, c_size_t(4), byref(count))
            )
        )
        return self.station_hits(hits, count.value)

    def stations(self, given):
        if "code" in given:
            return {"stations": self.stations_of(self.row_of(given))}
        hits, count = (s.StationHit * 64)(), c_size_t()
        self.good(
            self.c.pole_stations_at(
                self.p,
                s.Point(given["lat"], given["lon"]),
                self.library.span(given.get("kind")),
                ALL_ROLES,
                given.get("nearest", 1),
                hits,
                64,
                byref(count),
            )
        )
        return {"stations": self.station_hits(hits, count.value)}

    def resolve(self, given):
        from library_resolve import Resolver  # which needs this file's names

        return Resolver(self).resolve(given)

    def between(self, given):
        from library_resolve import Resolver

        return Resolver(self).between(given)
