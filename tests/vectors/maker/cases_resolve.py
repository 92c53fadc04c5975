# SPDX-License-Identifier: MIT
"""What was heard and what it means. Where the oracle (posterior.py) can tell, the shares, the
candidates, their order and stations, the far rival and, without evidence, the status are its own;
`question`, `warnings`, `corroborated_by` and most `edits` are as the library told them."""
import pathlib
import sys

import compare

from . import posterior
from .channel import DIGITS, Channel
from .geodesy import inverse

CHANNELS = pathlib.Path(__file__).resolve().parents[3] / "data" / "channel"
SPOKEN = dict(zip(DIGITS, "洞幺两三四五六拐八勾"))
ENGLISH = dict(zip(DIGITS, "zero one two three four five six seven eight nine".split()))
LEAST = 1e-4  # believed of a pole that is told
RUSSIAN = dict(zip(DIGITS, "ноль один два три четыре пять шесть семь восемь девять".split()))


class Spot:
    """A place between poles, where the belief's first place is one."""

    def __init__(self, world, lat, lon):
        self.lat, self.lon = lat, lon
        owner = world.areas.responsible(lat, lon)
        self.responsible = owner and owner.id
        self.doubtful = world.areas.doubtful(lat, lon)


class Oracle:
    def __init__(self, world):
        self.world, self.table = world, posterior.Table(world)
        self.channels = {}

    def channel(self, given):
        key = given.get("channel", "everyday"), given.get("language", "zh"), given.get("clean")
        if key not in self.channels:
            name, language, clean = key
            self.channels[key] = Channel(CHANNELS / f"{name}.tsv", language, clean)
        return self.channels[key]

    def edits(self, heard, pole):
        """Of the plain ones; None for the others."""
        code = pole.code
        if len(heard) != len(code):
            return None
        wrong = [i for i in range(len(code)) if heard[i] != code[i]]
        if len(wrong) > 1 and any(heard[i] != "?" for i in wrong):
            return None
        return [
            {
                "kind": "unknown" if heard[i] == "?" else "substitution",
                "position": i + 1,
                "heard": heard[i],
                "meant": code[i],
            }
            for i in wrong
        ]

    def place(self, belief, near_m):
        """(confidence_place, far rival) about the first place; None where a border decides."""
        table, world = self.table, self.world
        first_share, first = belief.poles[0] if belief.poles else (0.0, None)
        spot = belief.place and Spot(world, *belief.place)
        at_spot = belief.estimate > first_share
        if at_spot:
            here, responsible = spot, spot.responsible
        else:
            here, responsible = first, table.responsible[first.row]
        place, rival = belief.estimate if at_spot else 0.0, None
        for share, pole in belief.poles:
            metres, _ = inverse(here.lat, here.lon, pole.lat, pole.lon)
            if table.responsible[pole.row] == responsible and metres <= near_m + 1e-6:
                place += share
            elif rival is None:
                rival = {
                    "code": pole.code,
                    "scope": pole.scope,
                    "distance_m": metres,
                    "confidence": share,
                }
        if belief.estimate > 0 and not at_spot and spot.responsible == responsible:
            if inverse(here.lat, here.lon, spot.lat, spot.lon)[0] <= near_m + 1e-6:
                place += belief.estimate
        return place, rival

    @staticmethod
    def listed(belief, given, heard, evidence):
        """The likeliest; of less than LEAST none but the first; and the pole that the digits
        name, where evidence prefers others."""
        listed = belief.poles[: given.get("limit", 3)]
        listed = [(s, p) for i, (s, p) in enumerate(listed) if i == 0 or s >= LEAST]
        named = sorted([x for x in belief.poles if x[1].code == heard], key=lambda x: x[1].row)
        if evidence and named and named[0] not in listed:
            room = given.get("limit", 3) - 1
            listed = listed[: max(room, 1)] + named[:1]
        return listed

    def status(self, heard, belief, place, named):
        if not belief.poles and belief.estimate <= 0 or belief.no_pole >= 0.5:
            return "unknown"
        first, pole = belief.poles[0] if belief.poles else (0.0, None)
        if belief.estimate > first:
            return "interpolated"
        if named:
            return "ambiguous"
        if pole.code == heard:
            return "exact" if first >= 0.9 and place >= 0.95 else "ambiguous"
        return "corrected" if first >= 0.7 and place >= 0.9 else "ambiguous"

    def tell(self, given, readings):
        """What the oracle says of a resolution."""
        channel = self.channel(given)
        belief = posterior.believe(self.table, channel, readings, given)
        heard = readings[0][0]
        aliases = self.world.tables.aliases
        named = {p.row for text, _ in readings for p in aliases.get(text, [])}
        # So near to the first pole's share that the order could be another one.
        first = belief.poles[0][0] if belief.poles else 0.0
        if abs(first - belief.estimate) < 1e-6 or abs(belief.no_pole - 0.5) < 1e-6:
            return None
        if any(abs(share - LEAST) < 1e-8 for share, _ in belief.poles):
            return None
        out = {"heard": heard, "no_pole": belief.no_pole, "confidence": max(first, belief.estimate)}
        place, rival = 0.0, None
        if belief.poles or belief.estimate > 0:
            place, rival = self.place(belief, given.get("near_m", 200.0))
        out["confidence_place"], out["far_rival"] = place, rival
        if not belief.poles and belief.estimate <= 0:
            for key in ("confidence", "confidence_place"):
                del out[key]
        evidence = {"hint", "also", "digits", "scope", "box"} & given.keys()
        if not evidence and len(readings) == 1:
            out["status"] = self.status(heard, belief, place, named)
        if belief.estimate > 0:
            out["estimate"] = {"code": heard, "confidence": belief.estimate}
        else:
            out["estimate"] = None
        out["candidates"] = []
        for share, pole in self.listed(belief, given, heard, bool(evidence)):
            by_alias = pole.row in named and pole.code != heard
            told = {
                "code": pole.code,
                "scope": pole.scope,
                "matched": "alias" if by_alias else "code",
                "confidence": share,
                "lat": pole.lat,
                "lon": pole.lon,
            }
            if not self.world.areas.doubtful(pole.lat, pole.lon):
                told["station"] = self.world.areas.chosen(pole)
            edits = None if by_alias or len(readings) > 1 else self.edits(heard, pole)
            if edits is not None:
                told["edits"] = edits
            out["candidates"].append(told)
        return out


def merged(got, want):
    """The library's words where the oracle has none."""
    out = {**got, **want}
    if len(got.get("candidates", [])) == len(want["candidates"]):
        pairs = zip(got["candidates"], want["candidates"])
        out["candidates"] = [{**g, **w} for g, w in pairs]
    if want["estimate"] and got.get("estimate"):
        out["estimate"] = {**got["estimate"], **want["estimate"]}
    return out


def asked(oracle, given, readings=None):
    """A case whose answer the oracle knows."""
    got = oracle.world.index.ask("resolve", given)
    if readings is None:
        # Not heard as it is written; a mark at an end may be a question's.
        if got["heard"] != given["text"] or "?" in given["text"][0] + given["text"][-1]:
            return given, got, "recorded"
        readings = [(given["text"], 1.0)]
    want = oracle.tell(given, readings)
    if want is None:
        return given, got, "recorded"
    out = merged(got, want)
    for wrong in compare.differences(out, got):
        print(f"DIFFERENT {oracle.world.name} {given}: {wrong}", file=sys.stderr)
    return given, out


def misheard(random, code):
    """The code, with what may have become of it."""
    n, i = len(code), random.randrange(len(code))
    how = random.randrange(12)
    if how < 3:
        return code
    if how < 6:
        return code[:i] + random.choice(DIGITS) + code[i + 1 :]
    if how == 6:
        i = random.randrange(n - 1)
        return code[:i] + code[i + 1] + code[i] + code[i + 2 :]
    if how == 7:
        return code[:i] + code[i + 1 :]
    if how == 8:
        return code[:i] + random.choice(DIGITS) + code[i:]
    if how == 9:
        i = random.randrange(1, n)
        return code[:i] + "?" + code[i + 1 :]
    if how == 10:
        i, k = random.sample(range(n), 2)
        return "".join(random.choice(DIGITS) if j in (i, k) else d for j, d in enumerate(code))
    return random.choice([code[2:], code[:-2], code[:2] + "?" + code[3:-1] + "?"])


def by_oracle(oracle, random, count):
    """Codes as heard, alone and with each kind of evidence that the oracle knows."""
    poles = oracle.table.poles
    for i in range(count):
        pole = random.choice(poles)
        given = {"text": misheard(random, pole.code), "limit": random.choice([1, 2, 3, 3, 5])}
        kind = i % 14
        if kind == 5:
            at = random.randrange(1, len(pole.code) + 1)
            digit = random.choice([int(pole.code[at - 1])] * 3 + [random.randrange(10)])
            given["digits"] = {str(at): digit}
        elif kind == 6:
            given["clean"] = random.choice([0.28, 0.5, 0.75, 0.97, 0.99])
        elif kind == 7:
            given["channel"] = "heavy"
        elif kind == 8:
            given["language"] = random.choice(["en", "ru"])
        elif kind == 9:
            given["near_m"] = random.choice([50, 100, 500])
        elif kind == 10:
            reach = random.choice([0.0005, 0.003, 0.02])
            box = [pole.lat - reach, pole.lon - reach, pole.lat + reach, pole.lon + reach]
            given["box"] = [round(v, 6) for v in box]
        elif kind == 11 and len(oracle.world.tables.scopes) > 1:
            given["scope"] = random.choice([s for s in oracle.world.tables.scopes if s])
        elif kind == 12:
            away = random.choice([0.0002, 0.001, 0.02])
            given["hint"] = {
                "lat": round(pole.lat + random.uniform(-away, away), 6),
                "lon": round(pole.lon + random.uniform(-away, away), 6),
                "radius_m": random.choice([30, 100, 500, 1500]),
                "crs": "EPSG:4326",
            }
            level = random.choice([None, 0.5, 0.95])
            if level:
                given["hint"]["level"] = level
        elif kind == 13:
            near = oracle.world.places.nearest(pole.lat, pole.lon, 4)
            second = random.choice([hit[0] for hit in near] + [random.choice(poles)])
            given["also"] = misheard(random, second.code)
            if "?" in given["also"] or len(given["also"]) not in oracle.world.tables.lengths:
                given["also"] = second.code
        yield asked(oracle, given)


def missing(oracle, random, count):
    """Numbers that a street lacks: between its poles, and beside its last ones."""
    table = oracle.table
    numbers = {}
    for p in table.poles:
        numbers.setdefault((p.scope, p.code[:-2]), set()).add(p.code[-2:])
    streets = sorted(numbers)
    random.shuffle(streets)
    left = count
    for scope, street in streets:
        there = numbers[scope, street]
        for n in range(1, min(int(max(there)) + 3, 100)):
            code = f"{street}{n:02d}"
            if left > 0 and f"{n:02d}" not in there and code not in oracle.world.tables.by_code:
                left -= 1
                yield asked(oracle, {"text": code})


def n_best(oracle, random, count):
    for _ in range(count):
        code = random.choice(oracle.table.poles).code
        other = misheard(random, code)
        if other == code or not other.isdigit() or len(other) != len(code):
            continue
        weight = random.choice([0.6, 0.75, 0.9])
        rest = round(1 - weight, 2)
        texts = [{"text": code, "weight": weight}, {"text": other, "weight": rest}]
        yield asked(oracle, {"texts": texts}, [(code, weight), (other, rest)])


def recorded(oracle, given):
    return given, oracle.world.index.ask("resolve", given), "recorded"


def spoken(oracle, random, count):
    """Digits in words: what was heard is known; how sure each is, the library's to say."""
    for _ in range(count):
        code = random.choice(oracle.table.poles).code
        given = random.choice(
            [
                {"text": "".join(SPOKEN[d] for d in code)},
                {"text": "我在" + "".join(SPOKEN[d] for d in code) + "号灯杆这儿"},
                {"text": " ".join(ENGLISH[d] for d in code), "language": "en"},
                {"text": "the pole says " + " ".join(ENGLISH[d] for d in code), "language": "en"},
                {"text": " ".join(RUSSIAN[d] for d in code), "language": "ru"},
                {"text": f"{code}，再说一遍，{code}"},
                {"text": f"{misheard(random, code)}，再说一遍，{code}"},
                {"text": f"灯杆编号{code[:3]}-{code[3:]}"},
            ]
        )
        given, out, mark = recorded(oracle, given)
        if "再说" not in given["text"] and out["heard"] != code:
            print(f"DIFFERENT {given}: heard {out['heard']}", file=sys.stderr)
        yield given, out, mark


def with_names(oracle, random, count):
    """Streets, districts, a later pole, hints of unknown datum, polygons: recorded."""
    poles = oracle.table.poles
    for i in range(count):
        pole, other = random.sample(poles, 2)
        given = {"text": misheard(random, pole.code)}
        of = random.choice([pole, pole, other])
        if i % 6 == 0:
            given["street"] = of.cells["street"]
        elif i % 6 == 1:
            given["street"] = random.choice(["没有这条街", of.cells["street"][:1], "nowhere"])
        elif i % 6 == 2:
            given["district"] = of.cells["district"] or "道里区"
        elif i % 6 == 3:
            given["then"] = of.code
        elif i % 6 == 4:
            hint = {"lat": round(of.lat + 0.0007, 6), "lon": round(of.lon, 6), "radius_m": 200}
            given["hint"] = {**hint, **random.choice([{}, {"level": 0.68}])}
        else:
            a, b = round(of.lat, 4), round(of.lon, 4)
            ring = [[a - 0.002, b - 0.002], [a + 0.003, b], [a - 0.001, b + 0.004]]
            given["polygon"] = [[[round(v, 6) for v in at] for at in ring]]
        yield recorded(oracle, given)


def no_codes(oracle):
    for text in (
        *("", "   ", "救命啊", "help me please", "13800138000", "045155512345", "12", "三号楼", "1"),
        *("1234567890123456789012", "我在一个路灯下面", "ноль", "no number here", "110", "?"),
    ):
        yield recorded(oracle, {"text": text})
    poles = [p.code for p in oracle.table.poles if p.scope == ""]
    yield recorded(oracle, {"text": f"{poles[0]} 还是 {poles[-1]}"})
    yield recorded(oracle, {"text": f"{poles[3]} or {poles[-2]}", "language": "en"})


def mistakes(oracle):
    code = oracle.table.poles[0].code
    for more in (
        {"scope": "no such county"},
        {"clean": 1.0},
        {"clean": -0.1},
        {"near_m": -1},
        {"digits": {"10": 1}},
        {"hint": {"lat": 91, "lon": 126, "radius_m": 100}},
        {"hint": {"lat": 45, "lon": 126, "radius_m": -100}},
        {"hint": {"lat": 45, "lon": 126, "radius_m": 100, "level": 1.5}},
        {"box": [46, 126, 45, 127]},
        {"box": [45, 126, 91, 127]},
        {"polygon": [[[45, 126], [46, 126]]]},
    ):
        yield {"text": code, **more}, {"error": "invalid_argument"}
    yield {"texts": [{"text": code, "weight": 0}]}, {"error": "invalid_argument"}
    yield {"text": code, "channel": "no such channel"}, {"error": "not_found"}


def resolves(world, random, counts):
    oracle = Oracle(world)
    plain, lists, words, names = counts
    yield from by_oracle(oracle, random, plain)
    yield from missing(oracle, random, lists)
    yield from n_best(oracle, random, lists)
    yield from spoken(oracle, random, words)
    yield from with_names(oracle, random, names)
    yield from no_codes(oracle)
    yield from mistakes(oracle)
