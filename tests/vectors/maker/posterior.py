# SPDX-License-Identifier: MIT
"""What is believed of what was heard, by brute force over every pole that can be meant: the
channel told literally, times what else is known (docs/resolving.md), summed up to one."""
import math

import numpy
import shapely

from .geodesy import inverse

WRONG_HINT, DISTRUST, KERNEL_M, SAMPLES = 0.05, 0.08, 500.0, 1024
WRONG_SIGHT, SIGHT_M = 0.05, 150.0
WRONG_DIGIT, WRONG_SCOPE = 0.01, 0.03
ALIAS = 0.1


class Belief:
    """poles: [(share, pole)], the likeliest first; what is left is no_pole and the estimate."""


class Table:
    """All codes of a world, by length, for finding those that can be meant at all."""

    def __init__(self, world):
        self.world, self.poles = world, world.tables.poles
        self.by_length = {}
        for pole in self.poles:
            self.by_length.setdefault(len(pole.code), []).append(pole)
        self.digits = {
            n: numpy.array([[ord(d) for d in p.code] for p in of], dtype=numpy.uint8)
            for n, of in self.by_length.items()
        }
        tree = shapely.STRtree([shapely.Point(p.lon, p.lat) for p in self.poles])
        self.responsible = [None] * len(self.poles)
        for station, shape in reversed(world.areas.areas):
            owner = world.tables.open_station(station)
            if owner.kind == "police":
                for row in tree.query(shape, predicate="covers"):
                    self.responsible[row] = owner.id

    def candidates(self, heard):
        """Every pole of which the channel could make this, and some more."""
        y = numpy.array([ord(d) for d in heard], dtype=numpy.uint8)
        known = y != ord("?")
        unread = not known.all()

        def wrong(codes, y, known):
            return ((codes != y) & known).sum(axis=1)

        for n, of in self.by_length.items():
            codes, m = self.digits[n], len(heard)
            fits = numpy.zeros(len(of), dtype=bool)
            if m == n:
                fits = wrong(codes, y, known) <= (1 if unread else 2)
            elif m == n + 1:
                for i in range(m):
                    fits |= wrong(codes, numpy.delete(y, i), numpy.delete(known, i)) == 0
            elif m == n - 1:
                for i in range(n):
                    fits |= wrong(numpy.delete(codes, i, axis=1), y, known) <= (0 if unread else 1)
            elif m in (n - 2, n - 3):
                fits = wrong(codes[:, :m], y, known) == 0
                fits |= wrong(codes[:, n - m :], y, known) == 0
            for i in numpy.nonzero(fits)[0]:
                yield of[i]

    def likelihoods(self, channel, readings):
        """{row: P(what was heard | pole)} of (text, weight) pairs whose weights add up to 1."""
        out = {}
        for heard, weight in readings:
            for pole in self.candidates(heard):
                chance = weight * channel.chance(pole.code, heard)
                if chance > 0:
                    out[pole.row] = out.get(pole.row, 0.0) + chance
        return out

    def nobody(self, channel, heard):
        """P(heard | no pole was meant)."""
        total = 0.0
        for n, of in self.by_length.items():
            share = len(of) / len(self.poles)
            if channel.unlisted:
                listed = len({p.code for p in of})
                if len(heard) == n and heard.isdigit() and heard not in self.world.tables.by_code:
                    total += share / (10**n - listed)
                continue
            # As often of this shape as the code of a pole, and any digits alike.
            mask = [c == "?" for c in heard]
            emitted = channel.emit("0123456789"[:n], len(heard), sum(mask))
            shape = sum(p for text, p in emitted if [c == "?" for c in text] == mask)
            total += share * shape / (1 - channel.w["none"]) / 10 ** (len(mask) - sum(mask))
        return total * channel.w["none"]


def sigma_of(hint):
    level = hint.get("level", 0.39)
    factor = 1.0 if level == 0.39 else math.sqrt(-2 * math.log(1 - level))
    return max(5.0, hint["radius_m"] / factor)


class HintRatio:
    """A phone's position in WGS 84, known to be so."""

    def __init__(self, table, hint):
        self.at, self.sigma = (hint["lat"], hint["lon"]), sigma_of(hint)
        wide = max(KERNEL_M, self.sigma)
        step = (len(table.poles) + SAMPLES - 1) // SAMPLES
        sample = table.poles[::step]
        spread = sum(self.density(p, wide) for p in sample) / len(sample)
        self.spread = max(spread, 1e-10)

    def density(self, pole, sigma):
        metres, _ = inverse(*self.at, pole.lat, pole.lon)
        return math.exp(-(metres**2) / (2 * sigma**2)) / (2 * math.pi * sigma**2)

    def __call__(self, pole):
        there = self.density(pole, self.sigma)
        return (1 - WRONG_HINT) * there / self.spread + WRONG_HINT


class SightRatio:
    """A second pole in sight, as heard."""

    def __init__(self, table, channel, heard):
        self.table = table
        self.seen = table.likelihoods(channel, [(heard, 1.0)])
        self.all = sum(self.seen.values())
        world = table.world
        self.rows = {(p.scope, p.code): p for p in table.poles}
        self.places = world.places

    def beside(self, pole):
        """The next that stand, of the same parity in the same street, lower and higher."""
        street, number = pole.code[:-2], int(pole.code[-2:])
        for step in (-2, 2):
            n = number + step
            while 0 <= n <= 99:
                other = self.rows.get((pole.scope, f"{street}{n:02d}"))
                if other is not None and other.cells["status"] == "active":
                    yield other
                    break
                n += step

    def __call__(self, pole):
        around = [
            hit[0]
            for hit in self.places.within(pole.lat, pole.lon, SIGHT_M + 1e-6)
            if hit[0] is not pole
        ]
        mean = 0.0
        if around:
            mean = sum(self.seen.get(p.row, 0.0) for p in around) / len(around)
        nexts = [
            p
            for p in self.beside(pole)
            if inverse(pole.lat, pole.lon, p.lat, p.lon)[0] <= SIGHT_M
        ]
        if nexts:
            mean = 0.5 * sum(self.seen.get(p.row, 0.0) for p in nexts) / len(nexts) + 0.5 * mean
        if self.all == 0:
            return 1.0
        return WRONG_SIGHT + (1 - WRONG_SIGHT) * mean / (self.all / len(self.table.poles))


def names_ratio(table, given, pole):
    """Answered digits and the county."""
    ratio = 1.0
    for at, digit in given.get("digits", {}).items():
        right = int(at) <= len(pole.code) and pole.code[int(at) - 1] == str(digit)
        ratio *= 10 * ((1 - WRONG_DIGIT) if right else WRONG_DIGIT / 9)
    if "scope" in given:
        share = sum(p.scope == given["scope"] for p in table.poles) / len(table.poles)
        here = pole.scope == given["scope"]
        ratio *= (1 - WRONG_SCOPE) / share if here else WRONG_SCOPE / (1 - share)
    return ratio


def allowed(given, pole):
    if "box" in given:
        south, west, north, east = given["box"]
        return south <= pole.lat <= north and west <= pole.lon <= east
    return True


def bracket(table, scope, code):
    """The place of a missing number between two poles, as (lat, lon); None."""
    street, number = code[:-2], int(code[-2:])
    side = [
        p
        for p in table.by_length[len(code)]
        if p.scope == scope and p.code[:-2] == street and int(p.code[-2:]) % 2 == number % 2
    ]
    below = max((p for p in side if p.code < code), key=lambda p: p.code, default=None)
    above = min((p for p in side if p.code > code), key=lambda p: p.code, default=None)
    if below is None or above is None:
        return None
    low, high = int(below.code[-2:]), int(above.code[-2:])
    if (high - low) // 2 - 1 > 3 or inverse(below.lat, below.lon, above.lat, above.lon)[0] > 150:
        return None
    if below.cells["status"] != "active" or above.cells["status"] != "active":
        return None
    part = (number - low) / (high - low)
    return (
        below.lat + part * (above.lat - below.lat),
        below.lon + part * (above.lon - below.lon),
    )


def believe(table, channel, readings, given):
    """The belief after all that is given; the place evidence is pooled."""
    likely = table.likelihoods(channel, readings)
    aliases = table.world.tables.aliases
    named = {p.row for heard, _ in readings for p in aliases.get(heard, [])}
    for row in named:
        likely[row] = likely.get(row, 0.0) + ALIAS * channel.w["clean"]
    nobody = sum(w * table.nobody(channel, heard) for heard, w in readings)
    nobody *= len(table.poles)
    kinds = []
    if "hint" in given:
        kinds.append(HintRatio(table, given["hint"]))
    if "also" in given:
        kinds.append(SightRatio(table, channel, given["also"]))
    weighed = []
    for row, chance in sorted(likely.items()):
        pole = table.poles[row]
        if allowed(given, pole):
            chance *= names_ratio(table, given, pole)
            weighed.append((pole, chance, [kind(pole) for kind in kinds]))
    gap, place = 0.0, None
    heard = readings[0][0]
    if len(readings) == 1 and heard.isdigit() and len(heard) in table.by_length:
        if heard not in table.world.tables.by_code:
            for scope in sorted({p.scope for p in table.by_length[len(heard)]}):
                place = place or bracket(table, scope, heard)
            if place is not None:
                gap = channel.gap * channel.chance(heard, heard)
    out = Belief()
    shares, out.no_pole, out.estimate = {}, 0.0, 0.0
    for trusted in range(1 << len(kinds)):
        pool = 1.0
        for i in range(len(kinds)):
            pool *= 1 - DISTRUST if trusted >> i & 1 else DISTRUST
        in_pool = [
            chance * math.prod(r for i, r in enumerate(ratios) if trusted >> i & 1)
            for _, chance, ratios in weighed
        ]
        total = nobody + gap + math.fsum(in_pool)
        if total <= 0:
            out.no_pole += pool
            continue
        for (pole, _, _), weight in zip(weighed, in_pool):
            shares[pole.row] = shares.get(pole.row, 0.0) + pool * weight / total
        out.estimate += pool * gap / total
        out.no_pole += pool * nobody / total
    out.poles = ordered(table, shares)
    out.place = place
    return out


def same(a, b):
    return abs(a - b) <= 1e-11 * max(a, b)


def ordered(table, shares):
    """The likeliest first; of the same share by row, but the first is one that stands."""
    poles = sorted(((s, table.poles[r]) for r, s in shares.items()), key=lambda x: -x[0])
    out, i = [], 0
    while i < len(poles):
        k = i
        while k < len(poles) and same(poles[k][0], poles[i][0]):
            k += 1
        tied = sorted(poles[i:k], key=lambda x: x[1].row)
        if i == 0:
            tied.sort(key=lambda x: x[1].cells["status"] != "active")
            tied[1:] = sorted(tied[1:], key=lambda x: x[1].row)
        out += tied
        i = k
    return out


def near(table, first, near_m=200.0):
    """A test of whether a pole is near the first one."""
    def holds(pole):
        if table.responsible[pole.row] != table.responsible[first.row]:
            return False
        return inverse(first.lat, first.lon, pole.lat, pole.lon)[0] <= near_m + 1e-6

    return holds


