# SPDX-License-Identifier: MIT
"""The channel told literally (docs/channel.md, "How an observation comes about"): all that can be
heard of a code, each with its chance. Codes of five digits and more, as the indexes here have."""
import itertools

CLASSES = (
    "clean sub_phon sub_vis sub_key transp jump_transp twin jump_twin teen omit haplo stutter "
    "insert sub2 omit_sub erase1 erase2 erase3 erase_sub partial none"
).split()
MATRICES = ("phonetic", "visual", "keypad")
DIGITS = "0123456789"


def normal(values):
    total = sum(values)
    return [v / total for v in values]


class Channel:
    def __init__(self, path, language="zh", clean=None):
        self.gap, self.unlisted = 0.02, True
        weights, matrices, common = {}, {}, {}
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if line.startswith("#") or not line.strip():
                continue
            if cells[0] == "gap":
                self.gap = float(cells[1])
            if cells[0] == "none":
                self.unlisted = cells[1] == "unlisted"
            if cells[0] not in ("class", "matrix"):
                continue
            name, _, of = cells[1].partition(":")
            if cells[0] == "class" and of == "":
                common[name] = float(cells[2])
            if of not in ("", language):
                continue
            if cells[0] == "class":
                weights[name] = float(cells[2])
            else:
                matrices[name, cells[2]] = normal([float(w) for w in cells[3:13]])
        # The clean share is one for all languages.
        own = common["clean"] / sum(common[c] for c in CLASSES)
        clean = own if clean is None else clean
        rest = sum(weights[c] for c in CLASSES if c != "clean")
        self.w = {c: weights[c] / rest * (1 - clean) for c in CLASSES}
        self.w["clean"] = clean
        self.m = matrices
        self.mix = {}
        subs = [self.w[c] for c in ("sub_phon", "sub_vis", "sub_key")]
        for a in DIGITS:
            rows = [matrices[m, a] for m in MATRICES]
            self.mix[a] = [sum(s * r[b] for s, r in zip(subs, rows)) / sum(subs) for b in range(10)]

    def emit(self, t, length, unread):
        """(heard, chance): those of so many places and so many unreadable ones."""
        n = len(t)
        assert n >= 5
        if unread == 0:
            if length == n:
                yield from self._same_length(t)
            elif length == n + 1:
                yield from self._longer(t)
            elif length == n - 1:
                yield from self._omit(t)
        elif length == n:
            yield from self._erased(t)
        if length < n or unread:
            yield from self._partial(t)

    def chance(self, t, heard):
        """P(heard | t)."""
        emitted = self.emit(t, len(heard), heard.count("?"))
        return sum(chance for text, chance in emitted if text == heard)

    def _substituted(self, t, at, row, chance):
        for b in range(10):
            if row[b] > 0:
                yield t[:at] + DIGITS[b] + t[at + 1 :], chance * row[b]

    def _sub(self, t, matrix, weight):
        for i, a in enumerate(t):
            yield from self._substituted(t, i, self.m[matrix, a], weight / len(t))

    def _sites(self, t, which):
        """For each place where the class can act, what comes of it there, with its share."""
        jump = which.startswith("jump")
        for i in range(len(t) - 1 - jump):
            j = i + 1 + jump
            a, b, inner = t[i], t[j], t[i + 1 : j]
            if which.endswith("transp") and a != b:
                yield [(t[:i] + b + inner + a + t[j + 1 :], 1.0)]
            if which.endswith("twin") and a == b and not (jump and inner == a):
                row = self.m["phonetic", a]
                yield [
                    (t[:i] + d + inner + d + t[j + 1 :], row[k]) for k, d in enumerate(DIGITS)
                ]
            if which == "teen" and a > "1" and b == "0":
                yield [(t[:i] + "1" + a + t[j + 1 :], 1.0)]
            elif which == "teen" and a == "1" and b > "1":
                yield [(t[:i] + b + "0" + t[j + 1 :], 1.0)]
            if which == "haplo" and a == b:
                yield [(t[:i] + t[j:], 1.0)]

    def _same_length(self, t):
        n, w = len(t), self.w
        yield t, w["clean"]
        for which, matrix in zip(("sub_phon", "sub_vis", "sub_key"), MATRICES):
            yield from self._sub(t, matrix, w[which])
        for which in ("transp", "jump_transp", "twin", "jump_twin", "teen"):
            sites = list(self._sites(t, which))
            for site in sites:
                for heard, share in site:
                    yield heard, w[which] / len(sites) * share
            if not sites:
                yield from self._sub(t, "phonetic", w[which])
        for i, j in itertools.combinations(range(n), 2):
            for b in range(10):
                one = self.mix[t[i]][b]
                if one > 0:
                    s = t[:i] + DIGITS[b] + t[i + 1 :]
                    each = w["sub2"] * 2 / (n * (n - 1))
                    yield from self._substituted(s, j, self.mix[t[j]], each * one)

    def _longer(self, t):
        n, w = len(t), self.w
        for i in range(n + 1):
            for d in DIGITS:
                yield t[:i] + d + t[i:], w["insert"] / (n + 1) / 10
        for i in range(n):
            yield t[:i] + t[i] + t[i:], w["stutter"] / n

    def _omit(self, t):
        n, w = len(t), self.w
        sites = list(self._sites(t, "haplo"))
        for site in sites:
            for heard, share in site:
                yield heard, w["haplo"] / len(sites) * share
        alone = w["omit"] + (0 if sites else w["haplo"])
        for i in range(n):
            s = t[:i] + t[i + 1 :]
            yield s, alone / n
            for j in range(n - 1):
                yield from self._substituted(s, j, self.mix[s[j]], w["omit_sub"] / n / (n - 1))

    def _erased(self, t):
        n, w = len(t), self.w

        def without(*places):
            return "".join("?" if i in places else d for i, d in enumerate(t))

        for i in range(n):
            yield without(i), w["erase1"] / n
            for j in range(n):
                if j != i:
                    yield without(i, j), w["erase2"] / (n * (n - 1))
                    each = w["erase_sub"] / (n * (n - 1))
                    yield from self._substituted(without(i), j, self.mix[t[j]], each)
        for i in range(n - 2):
            yield without(i, i + 1, i + 2), w["erase3"] / (n - 2)

    def _partial(self, t):
        n, weight = len(t), self.w["partial"]
        for k in (2, 3):
            for rest in (t[k:], t[:-k]):
                yield rest, weight * 5 / 6 / 4
        third = weight / 6 / 3
        yield from self._worn(t, True, third)
        for i in range(n):
            yield from self._worn(t[:i] + t[i + 1 :], False, third / n)
        for k in (2, 3):
            for rest in (t[k:], t[:-k]):
                yield from self._worn(rest, False, third / 4)

    @staticmethod
    def _worn(left, whole, weight):
        """Any set of places unreadable, but not all, nor what the erasures make of a whole code."""
        m = len(left)
        sets = []
        for count in range(1, m):
            for places in itertools.combinations(range(m), count):
                run = places[-1] - places[0] == 2
                if not (whole and (count < 3 or (count == 3 and run))):
                    sets.append(places)
        for places in sets:
            heard = "".join("?" if i in places else d for i, d in enumerate(left))
            yield heard, weight / len(sets)
