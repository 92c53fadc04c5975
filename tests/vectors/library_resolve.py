# SPDX-License-Identifier: MIT
"""Resolving through the C library: what is heard, what is known, and the answer as the vectors
have it. The second half of library.py."""
import ctypes
from ctypes import byref, c_size_t, c_void_p

import structs as s
from library import LANGUAGES, known


def bits_of(bits, name):
    return sorted(name(1 << i).decode() for i in range(32) if bits >> i & 1)


class Resolver:
    """One question: its objects live until it is let go."""

    def __init__(self, index):
        self.index, self.c, self.good = index, index.c, index.good
        self.span = index.library.span
        self.heards, self.channel = [], c_void_p()
        self.resolution = c_void_p()

    def __del__(self):
        for heard in self.heards:
            self.c.pole_heard_free(heard)
        self.c.pole_resolution_free(self.resolution)
        self.c.pole_channel_free(self.channel)

    def hear(self, texts):
        heard = c_void_p()
        self.good(self.c.pole_heard_new(None, byref(heard)))
        self.heards.append(heard)
        options = s.HearOptions()
        self.c.pole_hear_options_init(byref(options))
        options.lengths = self.c.pole_index_lengths(self.index.p)
        list_ = (s.Text * len(texts))(*(s.Text(self.span(t), w) for t, w in texts))
        self.good(self.c.pole_hear(list_, c_size_t(len(texts)), byref(options), heard))
        return heard

    def evidence(self, given):
        e = s.Evidence()
        self.c.pole_evidence_init(byref(e))
        digits = sorted((int(at), digit) for at, digit in given.get("digits", {}).items())
        e.digits = (s.KnownDigit * max(len(digits), 1))(*(s.KnownDigit(*d) for d in digits))
        e.digit_count = len(digits)
        hint = given.get("hint")
        if hint:
            e.hint = s.Point(hint["lat"], hint["lon"])
            e.hint_radius_m = hint["radius_m"]
            e.hint_level = hint.get("level", 0)
            e.hint_crs = self.span(hint.get("crs"))
        e.street = self.span(given.get("street"))
        e.district = self.span(given.get("district"))
        if given.get("also") is not None:
            e.also = self.hear([(given["also"], 1.0)])
        if given.get("then") is not None:
            e.then = self.hear([(given["then"], 1.0)])
        if "box" in given:
            e.box = ctypes.pointer(s.Box(*given["box"]))
        if "polygon" in given:
            e.polygon, e.polygon_rings, e.polygon_ring_count = self.index.rings(given["polygon"])
        return e

    def options(self, given):
        o = s.ResolveOptions()
        self.c.pole_resolve_options_init(byref(o))
        o.limit = given.get("limit", 0)
        o.scope = self.span(given.get("scope"))
        o.clean = given.get("clean", 0)
        o.near_m = given.get("near_m", 0)
        o.caller_language = LANGUAGES[given.get("language", "zh")]
        o.evidence = ctypes.pointer(self.evidence(given))
        if "channel" in given:
            self.good(
                self.c.pole_channel_named(self.span(given["channel"]), None, byref(self.channel))
            )
            o.channel = self.channel
        return o

    def resolve(self, given):
        texts = given.get("texts") or [{"text": given["text"], "weight": 1.0}]
        heard = self.hear([(t["text"], t["weight"]) for t in texts])
        options = self.options(given)
        self.good(self.c.pole_resolution_new(None, byref(self.resolution)))
        self.good(self.c.pole_resolve(self.index.p, heard, byref(options), self.resolution))
        return self.answer()

    def candidate(self, i):
        c, r = s.Candidate(), s.Record()
        self.good(
            self.c.pole_resolution_candidate(self.resolution, c_size_t(i), byref(c), byref(r))
        )
        hits = self.index.station_hits(c.stations, c.station_count)
        return {
            "code": r.code.text(),
            "scope": r.scope.text() or "",
            "matched": {1: "code", 2: "alias"}[c.matched],
            "confidence": known(c.confidence),
            "lat": r.at.lat_deg,
            "lon": r.at.lon_deg,
            "station": next((h["id"] for h in hits if h["chosen"]), None),
            "edits": [
                {
                    "kind": self.c.pole_edit_name(e.kind).decode(),
                    "position": e.position or None,
                    "heard": e.heard.decode() or None,
                    "meant": e.meant.decode() or None,
                }
                for e in c.edits[: c.edit_count]
            ],
        }

    def rival(self):
        r = s.FarRival()
        if self.c.pole_resolution_far_rival(self.resolution, byref(r)) != 0:
            return None
        return {
            "code": r.code.text(),
            "scope": self.index.scope_name(r.code.scope),
            "distance_m": r.distance_m,
            "confidence": r.confidence,
        }

    def estimate(self):
        e = s.Estimate()
        if self.c.pole_resolution_estimate(self.resolution, byref(e)) != 0:
            return None
        return {
            "code": e.code.text(),
            "lat": e.at.lat_deg,
            "lon": e.at.lon_deg,
            "confidence": e.confidence,
        }

    def question(self):
        q = s.Question()
        self.good(self.c.pole_resolution_question(self.resolution, byref(q)))
        if q.kind == 0:
            return None
        return {"kind": self.c.pole_question_name(q.kind).decode(), "digit": q.digit or None}

    def answer(self):
        a = s.Answer()
        self.good(self.c.pole_resolution_answer(self.resolution, byref(a)))
        reason = self.c.pole_reason_name(a.reason)
        return {
            "status": self.c.pole_match_name(a.match).decode(),
            "heard": a.heard.text(),
            "reason": reason and reason.decode(),
            "confidence": known(a.confidence),
            "confidence_place": known(a.confidence_place),
            "no_pole": known(a.no_pole),
            "warnings": bits_of(a.warnings, self.c.pole_warning_name),
            "corroborated_by": bits_of(a.corroborated_by, self.c.pole_evidence_name),
            "candidates": [self.candidate(i) for i in range(a.candidates)],
            "far_rival": self.rival(),
            "estimate": self.estimate(),
            "question": self.question(),
        }

    def between(self, given):
        first, second = (self.hear([(given[k], 1.0)]) for k in ("first", "second"))
        options, answer = s.BetweenOptions(), s.BetweenAnswer()
        self.c.pole_between_options_init(byref(options))
        options.scope = self.span(given.get("scope"))
        self.good(self.c.pole_resolution_new(None, byref(self.resolution)))
        self.good(
            self.c.pole_between(
                *(self.index.p, first, second, byref(options), self.resolution, byref(answer))
            )
        )
        three = {1: True, 0: False, -1: None}
        middle = [known(answer.middle.lat_deg), known(answer.middle.lon_deg)]
        return {
            "relation": self.c.pole_relation_name(answer.relation).decode(),
            "distance_m": known(answer.distance_m),
            "bearing_deg": known(answer.bearing_deg),
            "same_street": three[answer.same_street],
            "same_side": three[answer.same_side],
            "poles_between": None if answer.poles_between < 0 else answer.poles_between,
            "middle": None if middle[0] is None else middle,
        }
