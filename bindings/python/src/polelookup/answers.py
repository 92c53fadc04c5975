# SPDX-License-Identifier: MIT
"""What comes out: poles, stations, hits, answers. All keep their index alive; what is not known is
None."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from . import _core

__all__ = ["Answer", "AreaEdge", "Between", "Candidate", "Correction", "CrossStreet", "Edit",
           "Estimate", "Evidence", "FarRival", "Hit", "Neighbour", "Pole", "Question",
           "QuestionOption", "Reading", "Station", "StationHit"]

LANGUAGES = {"zh": 0, "en": 1, "ru": 2}
_NO_PLACE = "no place"


def language_number(language: str) -> int:
    """ValueError for a language that is not spoken here."""
    if language not in LANGUAGES:
        raise ValueError(f"'{language}' is none of the languages: {', '.join(LANGUAGES)}")
    return LANGUAGES[language]


class Station(NamedTuple):
    """A station as the table has it. WGS 84 degrees; texts are empty where the table says nothing."""

    id: str
    name: str
    kind: str
    phone: str
    lat: float
    lon: float
    group: str
    district: str
    prefix: str  #: the digits that the codes of its poles begin with
    scope: str  #: of these codes
    successor: str  #: id of the station that took over


class StationHit(NamedTuple):
    """A station in a role: coded, responsible, road or nearest."""

    station: Station
    role: str
    chosen: bool  #: the one to send
    distance_m: float
    bearing_deg: float  #: at the place, towards the station
    road_m: float | None
    road_s: float | None


class AreaEdge(NamedTuple):
    """The nearest area of another station."""

    distance_m: float
    station: Station


def _hits(found: Sequence[tuple[Any, ...]]) -> tuple[StationHit, ...]:
    return tuple(StationHit(Station(*hit[0]), *hit[1:]) for hit in found)


def _edge(found: tuple[float, tuple[Any, ...]] | None) -> AreaEdge | None:
    return None if found is None else AreaEdge(found[0], Station(*found[1]))


def _chosen(hits: Sequence[StationHit]) -> StationHit | None:
    return next((hit for hit in hits if hit.chosen), None)


def _station_text(hit: StationHit | None) -> str:
    return "no station" if hit is None else f"station {hit.station.id} {hit.station.name}".rstrip()


def _sure(share: float) -> str:
    """A posterior is never told as 1."""
    return f"{min(share, 0.99):.2f}"


class Pole(_core.Pole):
    """A pole that was found, and no more: whether it is the one that the caller meant is the
    question of `resolve()`. Its fields are read from the index when they are asked for."""

    __slots__ = ()

    @property
    def stations(self) -> tuple[StationHit, ...]:
        """Its police stations, a role each; exactly one is chosen, if there is any."""
        return _hits(self.station_hits())

    @property
    def station(self) -> StationHit | None:
        """The one to send: responsible by its area, else coded in the digits, else nearest."""
        return _chosen(self.stations)

    def describe(self, crs: str | None = None) -> Answer:
        """All that is known of it, as an answer with one candidate; its confidence is None, since
        nothing was heard that could be doubted. crs: also give x and y in gcj02 or bd09."""
        return Answer(self.resolution(crs), "zh", "zh")

    def to_dict(self) -> dict[str, Any]:
        """The row of the table."""
        surveyed = self.surveyed
        return {"scope": self.scope, "code": self.code, "lat": self.lat, "lon": self.lon,
                "street": self.street, "district": self.district, "note": self.note,
                "state": self.state, "successor": self.successor,
                "surveyed": None if surveyed is None else surveyed.isoformat(),
                "alias": self.alias, "alias_owner": self.alias_owner, "sample": self.sample}

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        return {"type": "Feature", "properties": self.to_dict(),
                "geometry": {"type": "Point", "coordinates": (self.lon, self.lat)}}

    def __repr__(self) -> str:
        where = ", ".join(part for part in (self.scope, self.district, self.street) if part)
        state = "" if self.state == "active" else f"; {self.state.upper()}"
        return (f"<{'SAMPLE ' * self.sample}Pole {self.grouped} {where} "
                f"({self.lat:.7f}, {self.lon:.7f}), {_station_text(self.station)}{state}; "
                "found, not confirmed>")


class Hit(NamedTuple):
    """A pole and how it lies from the point asked."""

    pole: Pole
    distance_m: float
    bearing_deg: float  #: at the point asked, towards the pole

    def to_dict(self, language: str = "zh") -> dict[str, Any]:
        """The object that `polelookup near --json` prints."""
        found: dict[str, Any] = json.loads(self.json(language))
        return found

    def json(self, language: str = "zh") -> str:
        return self.pole.resolution().hit_json(self.distance_m, self.bearing_deg,
                                               language_number(language))


class Neighbour(NamedTuple):
    """The next pole on the same side of the street."""

    pole: Pole
    distance_m: float
    bearing_deg: float


class CrossStreet(NamedTuple):
    name: str
    distance_m: float | None  #: to its nearest pole


class Edit(NamedTuple):
    """How what was heard differs from the code meant. Positions count from 1."""

    kind: str  #: substitution, transposition, twin, omission, insertion, doubling, unknown
    position: int | None
    heard_position: int | None
    heard: str
    meant: str


class Candidate(NamedTuple):
    """A pole that the answer can mean."""

    pole: Pole
    matched: str  #: code or alias
    confidence: float | None
    edits: tuple[Edit, ...]  #: none when the code was heard as it is
    stations: tuple[StationHit, ...]
    area_edge: AreaEdge | None  #: another station's area within 50 m
    neighbours: tuple[Neighbour, ...]
    cross_streets: tuple[CrossStreet, ...]
    distance_to_first_m: float | None
    distance_to_hint_m: float | None
    x: float | None  #: in the CRS asked for
    y: float | None
    crs: str
    alias: str  #: the one that named the pole, where an alias did
    alias_owner: str

    @property
    def code(self) -> str:
        return self.pole.code

    @property
    def scope(self) -> str:
        return self.pole.scope

    @property
    def lat(self) -> float:
        return self.pole.lat

    @property
    def lon(self) -> float:
        return self.pole.lon

    @property
    def station(self) -> StationHit | None:
        """The one to send."""
        return _chosen(self.stations)


class FarRival(NamedTuple):
    """The likeliest pole that is not near the first candidate."""

    pole: Pole
    confidence: float
    distance_m: float  #: from the first candidate
    station: Station | None
    digits: tuple[int, ...]  #: the places that tell the two codes apart, from 1


class Estimate(NamedTuple):
    """A place for a code that the table lacks, between two poles of its street and side."""

    code: str
    scope: str
    lat: float
    lon: float
    radius_m: float
    confidence: float
    between: tuple[Pole, Pole]
    stations: tuple[StationHit, ...]
    area_edge: AreaEdge | None

    @property
    def station(self) -> StationHit | None:
        return _chosen(self.stations)


class QuestionOption(NamedTuple):
    """An answer to the question, and the poles that it would leave."""

    answer: str
    poles: tuple[Pole, ...]


class Question(NamedTuple):
    """What to ask next."""

    kind: str  #: read_back, digit, digits, neighbour, side, street, county, object, place
    digit: int  #: from 1: the digit asked for, or the first of several; 0: none is
    digit_count: int
    digits: int  #: how many a code has here; 0: not said
    choice: tuple[int, ...]  #: the two digits to choose from; empty: the question is open
    text: str  #: for the dispatcher
    say: str  #: for the caller, in his language
    options: tuple[QuestionOption, ...]


class Evidence(NamedTuple):
    """A piece of evidence as it was used."""

    kind: str
    agrees: bool | None  #: with the first candidate; None: it speaks neither for nor against it
    given: str
    lat: float | None  #: of a hint, WGS 84
    lon: float | None
    sigma_m: float | None
    crs: str
    outside: Pole | None  #: of box and polygon: the likeliest pole that they forbid
    outside_share: float | None


class Reading(NamedTuple):
    """A code that may have been said; `?` for an unknown digit."""

    code: str
    weight: float


class _Told:
    """What answers about codes have in common."""

    def __init__(self, resolution: _core.Resolution, language: str, caller_language: str) -> None:
        self._resolution = resolution
        self._language = language
        self._caller_language = caller_language

    @functools.cached_property
    def _head(self) -> _core._Head:
        return self._resolution.head()

    @functools.cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """The poles that it can mean, the likeliest first."""
        return tuple(self._candidate(i) for i in range(self._head[5]))

    def _candidate(self, i: int) -> Candidate:
        found = self._resolution.candidate(i)
        return Candidate(
            found[0], found[1], found[2], tuple(Edit(*edit) for edit in found[3]), _hits(found[4]),
            _edge(found[5]), tuple(Neighbour(*one) for one in found[6]),
            tuple(CrossStreet(*street) for street in found[7]), *found[8:])

    @property
    def sample(self) -> bool:
        """Whether the index is of an invented city: no place of it is real."""
        return "sample_data" in self._head[4]

    def json(self, language: str | None = None) -> str:
        """The object that the command prints with --json (docs/json.md). language: of the words for
        the dispatcher, "zh" or "en"; the one that was given before, if None."""
        return self._resolution.json(language_number(language or self._language),
                                     language_number(self._caller_language))

    def to_dict(self, language: str | None = None) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.json(language))
        return found

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, type(self)):
            return NotImplemented
        return self.json() == other.json()

    __hash__ = None  # type: ignore[assignment]


class Answer(_Told):
    """From what was heard to the poles that it can mean, how sure that is, and what to ask.

    `place` and `station` are there only where the status stands for one place; `candidates` are
    always there. Each answer keeps some 50 KB: take what you need from it, or use `match()` and
    `geocode()` for whole logs.
    """

    @property
    def status(self) -> str:
        """exact, corrected, ambiguous, interpolated, unknown or no_code."""
        return self._head[0]

    @property
    def reason(self) -> str | None:
        """Why there is no code."""
        return self._head[1]

    @property
    def query(self) -> str:
        """As given; runs of eight or more digits that are no code are masked."""
        return self._head[2]

    @property
    def heard(self) -> str | None:
        """The digits of the likeliest reading, `?` for an unknown one."""
        return self._head[3] or None

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The codes that may have been said, the likeliest first."""
        return tuple(Reading(*one) for one in self._head[16])

    @property
    def several_codes(self) -> bool:
        """Whether the text holds several codes, and nothing says which is meant."""
        return self._head[17]

    @property
    def confidence(self) -> float | None:
        """How sure the first candidate's code is."""
        return self._head[7]

    @property
    def confidence_place(self) -> float | None:
        """How sure it is that the caller's pole is near it: what matters for sending a car."""
        return self._head[8]

    @property
    def no_pole(self) -> float | None:
        """How likely it is that no pole was meant."""
        return self._head[9]

    @property
    def far_share(self) -> float | None:
        """What is believed of places that are not near the first candidate."""
        return self._head[10]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person must hear of: sample_data, uncorroborated, hint_conflict, ..."""
        return self._head[4]

    @property
    def corroborated_by(self) -> tuple[str, ...]:
        """The kinds of evidence that speak for the first candidate."""
        return self._head[11]

    @property
    def candidates_found(self) -> int:
        """How many there are, listed or not."""
        return self._head[6]

    @property
    def channel(self) -> str:
        """The model of errors that was assumed."""
        return self._head[13]

    @property
    def channel_id(self) -> str:
        return self._head[14]

    @property
    def clean(self) -> float | None:
        """The share of codes heard clean that was assumed."""
        return self._head[15]

    @functools.cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        return tuple(Evidence(*self._resolution.evidence(i)) for i in range(self._head[12]))

    @functools.cached_property
    def far_rival(self) -> FarRival | None:
        found = self._resolution.far_rival()
        if found is None:
            return None
        station = None if found[3] is None else Station(*found[3])
        return FarRival(found[0], found[1], found[2], station, found[4])

    @functools.cached_property
    def estimate(self) -> Estimate | None:
        found = self._resolution.estimate()
        if found is None:
            return None
        code, scope, lat, lon, radius_m, confidence, between, hits, edge = found
        return Estimate(code, scope, lat, lon, radius_m, confidence, between, _hits(hits),
                        _edge(edge))

    @functools.cached_property
    def question(self) -> Question | None:
        """None: nothing needs to be asked."""
        found = self._resolution.question()
        if found is None:
            return None
        kind, digit, digit_count, digits, choice, words, options = found
        return Question(kind, digit, digit_count, digits, choice,
                        words[language_number(self._language)],
                        words[language_number(self._caller_language)],
                        tuple(QuestionOption(*option) for option in options))

    @property
    def place(self) -> tuple[float, float] | None:
        """Where to go, (lat, lon), if the status is exact, corrected or interpolated; else None: an
        ambiguous answer has places, among the candidates, and not one place."""
        if self.status in ("exact", "corrected"):
            return self.candidates[0].lat, self.candidates[0].lon
        if self.status == "interpolated" and self.estimate is not None:
            return self.estimate.lat, self.estimate.lon
        return None

    @property
    def station(self) -> StationHit | None:
        """Whom to send, where there is one place."""
        if self.status in ("exact", "corrected"):
            return self.candidates[0].station
        if self.status == "interpolated" and self.estimate is not None:
            return self.estimate.station
        return None

    def __repr__(self) -> str:
        sure = "" if self.confidence is None else f", sure {_sure(self.confidence)}"
        if self.confidence_place is not None:
            sure += f" (place {_sure(self.confidence_place)})"
        place = self.place
        if place is None:
            listed = " or ".join(f"{one.pole.code} {one.pole.street}".strip()
                                 for one in self.candidates)
            where = f": {listed or _NO_PLACE}" + f" ({_NO_PLACE})" * bool(listed)
        else:
            first = self.candidates[0].pole if self.status != "interpolated" else None
            named = "estimate" if first is None else f"{first.grouped} {first.street}".rstrip()
            where = f": {named} ({place[0]:.7f}, {place[1]:.7f}), {_station_text(self.station)}"
        doubts = [one for one in self.warnings if one != "sample_data"]
        asked = "" if self.question is None else f"; ask {self.question.kind}"
        return (f"<{'SAMPLE ' * self.sample}Answer {self.status}, heard {self.heard or self.reason}"
                f"{where}{sure}{'; ' * bool(doubts)}{', '.join(doubts)}{asked}>")


class Correction(NamedTuple):
    """A pole that one of the two codes may have meant instead."""

    query: int  #: which of the two, 0 or 1
    candidate: Candidate
    distance_m: float | None  #: to the pole that the other code names


class Between(_Told):
    """How two poles lie to each other, or that they contradict each other."""

    @functools.cached_property
    def _found(self) -> _core._BetweenTuple:
        return self._resolution.between()

    @property
    def relation(self) -> str:
        """stretch, corner, same, apart or unknown."""
        return self._found[0]

    @property
    def poles(self) -> tuple[Candidate | None, Candidate | None]:
        first, second = self._found[1:3]
        return (None if first is None else self.candidates[first],
                None if second is None else self.candidates[second])

    @property
    def distance_m(self) -> float | None:
        return self._found[3]

    @property
    def bearing_deg(self) -> float | None:
        """At the first, towards the second."""
        return self._found[4]

    @property
    def same_street(self) -> bool | None:
        return self._found[5]

    @property
    def same_side(self) -> bool | None:
        return self._found[6]

    @property
    def side_deg(self) -> float | None:
        """The side of the street that both are on, as a bearing across it."""
        return self._found[7]

    @property
    def poles_between(self) -> int | None:
        return self._found[8]

    @property
    def middle(self) -> tuple[float, float] | None:
        """Of a stretch or corner; (lat, lon)."""
        return self._found[9]

    @property
    def radius_m(self) -> float | None:
        """About the middle."""
        return self._found[10]

    @property
    def warnings(self) -> tuple[str, ...]:
        return self._found[11]

    @property
    def sample(self) -> bool:
        return "sample_data" in self.warnings

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """The likeliest first."""
        return tuple(Correction(query, self.candidates[candidate], distance_m)
                     for query, candidate, distance_m in self._found[12])

    def __repr__(self) -> str:
        codes = " and ".join("no pole" if one is None else one.code for one in self.poles)
        far = "" if self.distance_m is None else f", {self.distance_m:.0f} m"
        return f"<{'SAMPLE ' * self.sample}Between {codes}: {self.relation}{far}>"
