# SPDX-License-Identifier: MIT
"""A channel's table (docs/channel.md), and observations drawn through it. Knows nothing of the
library: it is what the library is judged by."""

import math
import random

CLASSES = ("clean sub_phon sub_vis sub_key transp jump_transp twin jump_twin teen omit haplo "
           "stutter insert sub2 omit_sub erase1 erase2 erase3 erase_sub partial none").split()
MATRIX_OF = {"sub_phon": "phonetic", "sub_vis": "visual", "sub_key": "keypad"}
WORN, WORN_FROM = 1 / 6, 5  # share of `partial`, and how long a code must be
RADII = [(50, 10), (150, 25), (500, 35), (1500, 20), (3000, 10)]
LAT_M = 111132.0


def lon_m(lat):
    return 111320.0 * math.cos(math.radians(lat))


class Channel:
    def __init__(self, path, language="", clean=None):
        weights, self.matrices, self.none_is_unlisted, self.radii = {}, {}, True, []
        own = {}
        for line in open(path, encoding="utf-8"):
            cells = line.rstrip("\r\n").split("\t")
            if cells[0] == "none":
                self.none_is_unlisted = cells[1] == "unlisted"
            elif cells[0] == "radius":
                self.radii.append((float(cells[1]), float(cells[2])))
            if cells[0] not in ("class", "matrix"):
                continue
            name, _, spoken = cells[1].partition(":")
            if spoken not in ("", language):
                continue
            key = (cells[0], name, cells[2] if cells[0] == "matrix" else "")
            if spoken == "" and key in own:
                continue
            own.update({key: True} if spoken else {})
            if cells[0] == "class":
                weights[name] = float(cells[2])
            else:
                row = [float(x) for x in cells[3:13]]
                self.matrices.setdefault(name, {})[cells[2]] = {
                    str(b): x / sum(row) for b, x in enumerate(row) if x > 0}
        total = sum(weights.values())
        self.weights = {name: weight / total for name, weight in weights.items()}
        if clean is not None:
            others = (1 - clean) / (1 - self.weights["clean"])
            self.weights = {name: weight * others for name, weight in self.weights.items()}
            self.weights["clean"] = clean
        subs = sum(self.weights[name] for name in MATRIX_OF)
        self.matrices["mix"] = {
            a: {b: sum(self.weights[c] * self.matrices[m][a].get(b, 0)
                       for c, m in MATRIX_OF.items()) / subs
                for b in "0123456789"} for a in "0123456789"}
        self.radii = self.radii or RADII

    def become(self, random_, matrix, digit):
        row = self.matrices[matrix][digit]
        return random_.choices(list(row), list(row.values()))[0]


def sites(which, code):
    """The places where a class can act: what it makes of the code there, or the places."""
    n = len(code)
    found = []
    for i in range(n):
        a, b, c = code[i], code[i + 1:i + 2], code[i + 2:i + 3]
        if which == "transp" and b and a != b:
            found.append(code[:i] + b + a + code[i + 2:])
        elif which == "jump_transp" and c and a != c:
            found.append(code[:i] + c + b + a + code[i + 3:])
        elif which == "twin" and a == b:
            found.append((i, i + 1))
        elif which == "jump_twin" and a == c and a != b:
            found.append((i, i + 2))
        elif which == "haplo" and a == b:
            found.append(code[:i] + code[i + 1:])
        elif which == "teen" and b == "0" and a > "1":
            found.append(code[:i] + "1" + a + code[i + 2:])
        elif which == "teen" and a == "1" and b > "1":
            found.append(code[:i] + b + "0" + code[i + 2:])
    return found


SITED = ("transp", "jump_transp", "twin", "jump_twin", "teen", "haplo")


def put(code, place, text):
    return code[:place] + text + code[place + 1:]


def is_erasure(unread):
    return len(unread) < 3 or (len(unread) == 3 and unread[2] - unread[0] == 2)


def unread_sets(left, whole):
    """The sets of places that can be unreadable of a worn code's `left` places."""
    for mask in range(1, 2 ** left - 1):
        unread = [i for i in range(left) if mask >> i & 1]
        if not (whole and is_erasure(unread)):
            yield unread


def wear(random_, code):
    left, missing = code, random_.randrange(3)
    if missing == 1:
        left = put(code, random_.randrange(len(code)), "")
    elif missing == 2:
        left = cut(random_, code)
    unread = random_.choice(list(unread_sets(len(left), missing == 0)))
    return "".join("?" if i in unread else digit for i, digit in enumerate(left))


def cut(random_, code):
    k = random_.choice((2, 3))
    return code[k:] if random_.random() < 0.5 else code[:-k]


def distort(random_, channel, code):
    """(class that did apply, observed). For codes of four digits or more."""
    n = len(code)
    names = [name for name in CLASSES if name != "none"]
    which = random_.choices(names, [channel.weights[name] for name in names])[0]
    if which in SITED:
        places = sites(which, code)
        if places and which in ("twin", "jump_twin"):
            i, j = random_.choice(places)
            digit = channel.become(random_, "phonetic", code[i])
            return which, put(put(code, i, digit), j, digit)
        if places:
            return which, random_.choice(places)
        which = "omit" if which == "haplo" else "sub_phon"
    i = random_.randrange(n)
    if which in MATRIX_OF:
        return which, put(code, i, channel.become(random_, MATRIX_OF[which], code[i]))
    if which == "omit":
        return which, put(code, i, "")
    if which == "stutter":
        return which, put(code, i, 2 * code[i])
    if which == "insert":
        i = random_.randrange(n + 1)
        return which, code[:i] + random_.choice("0123456789") + code[i:]
    if which in ("sub2", "erase_sub", "erase2"):
        j = random_.choice([k for k in range(n) if k != i])
        second = "?" if which == "erase2" else channel.become(random_, "mix", code[j])
        first = channel.become(random_, "mix", code[i]) if which == "sub2" else "?"
        return which, put(put(code, i, first), j, second)
    if which == "omit_sub":
        short = put(code, i, "")
        j = random_.randrange(n - 1)
        return which, put(short, j, channel.become(random_, "mix", short[j]))
    if which == "erase1":
        return which, put(code, i, "?")
    if which == "erase3":
        i = random_.randrange(n - 2)
        return which, code[:i] + "???" + code[i + 3:]
    if which == "partial":
        is_worn = n >= WORN_FROM and random_.random() < WORN
        return which, wear(random_, code) if is_worn else cut(random_, code)
    return "clean", code


def draw(random_, channel, poles, codes, hint_share):
    """(code or "NONE", class, observed, hint or None). poles: (code, lat, lon)."""
    code, lat, lon = random_.choice(poles)
    if random_.random() >= channel.weights["none"]:
        which, observed = distort(random_, channel, code)
        truth = code
    else:
        which, truth = "none", "NONE"
        while True:
            observed = "".join(random_.choices("0123456789", k=len(code)))
            if not channel.none_is_unlisted:
                observed = distort(random_, channel, observed)[1]
                break
            if observed not in codes:
                break
    hint = None
    if random_.random() < hint_share:
        radii, weights = zip(*channel.radii)
        radius = random_.choices(radii, weights)[0]
        hint = (lat + random_.gauss(0, radius) / LAT_M, lon + random_.gauss(0, radius) / lon_m(lat),
                radius)
    return truth, which, observed, hint


def chance_of_shape(channel, length, observed):
    """That any number of `length` digits is heard in so many places, with these unreadable."""
    w, n, many = dict(channel.weights), length, len(observed) - length
    unread = [i for i, digit in enumerate(observed) if digit == "?"]
    worn = WORN * w["partial"] if n >= WORN_FROM else 0
    w["partial"] -= worn
    if not unread:
        if many == 0:
            return sum(w[c] for c in CLASSES[:9]) + w["sub2"]
        return {1: w["stutter"] + w["insert"], -1: w["omit"] + w["haplo"] + w["omit_sub"],
                -2: w["partial"] / 2, -3: w["partial"] / 2}.get(many, 0)
    if many > 0 or many < -3:
        return 0
    if many < 0 or not is_erasure(unread):
        sets = sum(1 for _ in unread_sets(len(observed), many == 0))
        return worn / 3 / (1 if many >= -1 else 2) / sets if len(unread) < len(observed) else 0
    if len(unread) == 1:
        return (w["erase1"] + w["erase_sub"]) / n
    if len(unread) == 2:
        return w["erase2"] * 2 / (n * (n - 1))
    return w["erase3"] / (n - 2)


def none_likelihood(channel, lengths, observed, codes):
    """P(observed, no pole was meant). lengths: {digits: (share of poles, different numbers)}."""
    total = 0
    for length, (share, numbers) in lengths.items():
        if channel.none_is_unlisted:
            if len(observed) == length and "?" not in observed and observed not in codes:
                total += share / (10 ** length - numbers)
        else:
            total += share * chance_of_shape(channel, length, observed) / (
                1 - channel.weights["none"]) / 10 ** (len(observed) - observed.count("?"))
    return channel.weights["none"] * total
