# SPDX-License-Identifier: MIT
"""Codes and aliases against the exported table, read here and nowhere else."""
import sys

from .geodesy import inverse

STATES = {"active": "active", "moved": "moved", "removed": "removed"}
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def told(world, pole):
    """What find says of a pole."""
    cells = pole.cells
    return {
        "code": pole.code,
        "scope": pole.scope,
        "lat": pole.lat,
        "lon": pole.lon,
        **{
            key: cells[key] or None
            for key in ("street", "district", "note", "successor", "surveyed", "alias")
        },
        "alias_owner": cells["alias_owner"] or None,
        "state": STATES[cells["status"]],
        "station": world.areas.chosen(pole),
    }


def steady(world, pole):
    return not world.areas.doubtful(pole.lat, pole.lon)


def found(world, code, scope=None, sure=True):
    pole = world.tables.find(code, scope)
    if isinstance(pole, str):
        return {"error": pole}
    out = told(world, pole)
    if not sure or not steady(world, pole):
        del out["station"]
    return out


def absent_code(world, random, digits):
    while True:
        code = f"{random.randrange(10 ** digits):0{digits}d}"
        if code not in world.tables.by_code:
            return code


def near_miss(world, random, pole):
    """The code with one digit changed: a pole or not."""
    place = random.randrange(len(pole.code))
    digit = random.choice([d for d in "0123456789" if d != pole.code[place]])
    return pole.code[:place] + digit + pole.code[place + 1 :]


def finds(world, random, count):
    poles = world.tables.poles
    for _ in range(count):
        pole = random.choice(poles)
        yield {"code": pole.code}, found(world, pole.code)
    for _ in range(count // 4):
        code = near_miss(world, random, random.choice(poles))
        yield {"code": code}, found(world, code)
        digits = random.choice(sorted(world.tables.lengths))
        code = absent_code(world, random, digits)
        yield {"code": code}, found(world, code)
    for scope in world.tables.scopes + ["nowhere"]:
        for _ in range(3):
            code = random.choice(poles).code
            yield {"code": code, "scope": scope}, found(world, code, scope)
            of = [p for p in poles if p.scope == scope]
            if of:
                code = random.choice(of).code
                yield {"code": code, "scope": scope}, found(world, code, scope)
    for digits in set(range(1, 12)) - world.tables.lengths:
        code = "".join(random.choice("0123456789") for _ in range(digits))
        yield {"code": code}, {"error": "malformed_code"}
    for code in ("", " ", "12345a7", "1234567x", "+123456", "123456.789", "一二三四五六七"):
        yield {"code": code}, {"error": "malformed_code"}


def shared_finds(world):
    """Every code that several scopes have, with each scope and without one."""
    for code, poles in world.tables.by_code.items():
        if len(poles) > 1:
            yield {"code": code}, {"error": "several"}
            for pole in poles:
                yield {"code": code, "scope": pole.scope}, found(world, code, pole.scope)


def parses(world, random, count):
    lengths = sorted(world.tables.lengths)
    for _ in range(count):
        digits = random.choice(lengths)
        code = "".join(random.choice("0123456789") for _ in range(digits))
        gap = random.choice([" ", "-", ".", "_", "－", "　", "．", "＿", "  "])
        place = random.randrange(1, digits)
        text = random.choice(
            [
                code,
                code[:place] + gap + code[place:],
                " " + code + "  ",
                code.translate(FULL_WIDTH),
                gap.join(code),
                code[:place].translate(FULL_WIDTH) + code[place:],
            ]
        )
        yield {"text": text}, {"code": code, "digits": digits}
    for text in ("", "-", "abc", "12", "1234567890", "123456７八", "１", "0x12345", "12345/67"):
        yield {"text": text}, {"error": "malformed_code"}
    for _ in range(count // 4):
        digits = random.choice([n for n in range(1, 14) if n not in lengths])
        text = "".join(random.choice("0123456789") for _ in range(digits))
        yield {"text": text}, {"error": "malformed_code"}


def find_many_case(world, codes, scope, digits):
    out = {"match": [], "lat": [], "lon": [], "station": []}
    for code in codes:
        pole = None
        if not (code.isascii() and code.isdigit()) or digits not in world.tables.lengths:
            match = "no_code"
        else:
            pole = world.tables.find(code, scope)
            match = {"not_found": "unknown", "several": "ambiguous"}.get(str(pole), "exact")
            pole = None if isinstance(pole, str) else pole
        out["match"].append(match)
        out["lat"].append(pole and pole.lat)
        out["lon"].append(pole and pole.lon)
        out["station"].append(pole and world.areas.chosen(pole))
    return {"codes": codes, **({} if scope is None else {"scope": scope})}, out


def find_manys(world, random, count, rows):
    poles = [p for p in world.tables.poles if steady(world, p)] if len(
        world.tables.poles) < 1000 else world.tables.poles
    for _ in range(count):
        first = random.choice(poles)
        digits = len(first.code)
        same = [p for p in random.sample(poles, min(len(poles), rows * 3)) if len(p.code) == digits]
        codes = [first.code] + [p.code for p in same if steady(world, p)][:rows]
        for _ in range(rows // 4):
            codes.append(absent_code(world, random, digits))
        codes.append("x" * digits)
        codes.append("1" * (digits - 1) + " ")
        random.shuffle(codes)
        scope = random.choice([None, None, first.scope])
        if steady(world, first):
            yield find_many_case(world, codes, scope, digits)


def judged_manys(world, random, count, rows):
    """Confidences of whole batches, from the doubts that the build stored; what resolving says of
    each code one by one must be the same, and within 1e-4 of it."""
    for _ in range(count):
        (given, _out), = find_manys(world, random, 1, rows)
        given["judged"] = True
        given.pop("scope", None)
        out = world.index.ask("find_many", given)
        for code, match, sure in zip(given["codes"], out["match"], out["confidence"]):
            if match in ("none", "no_code") or sure is None:
                continue
            got = world.index.ask("resolve", {"text": code})
            if got["status"] != match or abs(got["confidence"] - sure) > 1e-4:
                print(f"DIFFERENT {code}: {match} {sure}, resolved {got}", file=sys.stderr)
        yield given, out, "recorded"


def aliases(world, random, count):
    known = sorted(world.tables.aliases)
    for alias in random.sample(known, min(count, len(known))):
        codes = [p.code for p in sorted(set(world.tables.aliases[alias]), key=lambda p: p.row)]
        yield {"alias": alias}, {"codes": codes}
        yield {"alias": f"  {alias} "}, {"codes": codes}
        if alias + "0" not in known:
            yield {"alias": alias + "0"}, {"error": "not_found"}
    for alias in ("", "no such number", "1", "9999999999"):
        if alias not in known:
            yield {"alias": alias}, {"error": "not_found"}


def betweens(world, random, count):
    """Two codes of the table, said plainly: where they are, PROJ says."""
    poles = world.tables.poles
    for _ in range(count):
        first, second = random.sample(poles, 2)
        metres, bearing = inverse(first.lat, first.lon, second.lat, second.lon)
        if metres > 200 and all(len(world.tables.by_code[p.code]) == 1 for p in (first, second)):
            yield {"first": first.code, "second": second.code}, {
                "relation": "apart",
                "distance_m": metres,
                "bearing_deg": bearing,
            }
    # In sight of each other: what they are to each other is recorded, the distance is PROJ's.
    for _ in range(count):
        first = random.choice(poles)
        hits = world.places.nearest(first.lat, first.lon, 6)
        second = random.choice([h[0] for h in hits])
        given = {"first": first.code, "second": second.code}
        if first.scope and first.scope == second.scope:
            given["scope"] = first.scope
        out = world.index.ask("between", given)
        if out.get("distance_m") is not None and first is not second:
            metres, bearing = inverse(first.lat, first.lon, second.lat, second.lon)
            out.update(distance_m=metres, bearing_deg=bearing)
        yield given, out, "recorded"
    for given in (
        {"first": poles[0].code, "second": absent_code(world, random, 7)},
        {"first": "nothing", "second": poles[0].code},
        {"first": poles[0].code, "second": poles[1].code, "scope": "no such county"},
    ):
        yield given, world.index.ask("between", given), "recorded"
