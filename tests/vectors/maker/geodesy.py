# SPDX-License-Identifier: MIT
"""Distances by PROJ's geodesics over every pole: no tree, no formula of the library's own."""
import numpy
import pyproj

GEOD = pyproj.Geod(ellps="WGS84")


def inverse(lat, lon, other_lat, other_lon):
    """(metres, bearing at the first place towards the other, 0 to below 360)."""
    azimuth, _, metres = GEOD.inv(lon, lat, other_lon, other_lat)
    return metres, 0.0 if metres == 0 else azimuth % 360.0


def haversine(lat, lon, lats, lons):
    """Metres on a sphere: within 0.6 % of the geodesic."""
    a, b = numpy.radians(lat), numpy.radians(lats)
    h = (
        numpy.sin((b - a) / 2) ** 2
        + numpy.cos(a) * numpy.cos(b) * numpy.sin(numpy.radians(lons - lon) / 2) ** 2
    )
    return 2 * 6371008.8 * numpy.arcsin(numpy.sqrt(numpy.minimum(h, 1)))


class Places:
    """Things at places; the sphere leaves out the hopeless ones, PROJ decides."""

    def __init__(self, things):
        self.things = list(things)
        self.lats = numpy.array([t.lat for t in self.things])
        self.lons = numpy.array([t.lon for t in self.things])

    def _measured(self, lat, lon, numbers):
        hits = []
        for i in numbers:
            metres, bearing = inverse(lat, lon, self.lats[i], self.lons[i])
            hits.append((metres, i, bearing))
        hits.sort()
        return [(self.things[i], metres, bearing) for metres, i, bearing in hits]

    def nearest(self, lat, lon, k):
        rough = haversine(lat, lon, self.lats, self.lons)
        k = min(k, len(rough))
        bound = numpy.partition(rough, k - 1)[k - 1] * 1.02 + 1
        return self._measured(lat, lon, numpy.nonzero(rough <= bound)[0])[:k]

    def within(self, lat, lon, metres):
        rough = haversine(lat, lon, self.lats, self.lons)
        hits = self._measured(lat, lon, numpy.nonzero(rough <= metres * 1.02 + 1)[0])
        return [hit for hit in hits if hit[1] <= metres]


def plain(hits):
    """Whether no two of them are so near in distance that their order could be doubted, and no
    bearing so short that it could."""
    gaps = [b[1] - a[1] for a, b in zip(hits, hits[1:])]
    return all(gap > 1e-4 for gap in gaps) and all(hit[1] > 0.5 for hit in hits)
