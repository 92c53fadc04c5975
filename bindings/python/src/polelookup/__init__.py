# SPDX-License-Identifier: MIT
"""A lamp pole's spoken code to its place and its police station.

    import polelookup

    with polelookup.open("harbin.plx") as index:
        index["2334504"]                     # a pole by its code, found and no more
        index.resolve("二三三四五零四")         # what a caller can have meant, how sure that is
        index.lookup_many(["2334504", ...])  # columns of many bare codes
        polelookup.geocode(table, index)     # a whole log: any Arrow table, batch by batch

A code that is found was found, no more. Whether it is the code that the caller meant is the
question of resolve(), match() and geocode().
"""

from __future__ import annotations

from . import _core
from ._core import Channel
from .answers import (Answer, AreaEdge, Between, Candidate, Correction, CrossStreet, Edit, Estimate,
                      Evidence, FarRival, Hit, Neighbour, Pole, Question, QuestionOption, Reading,
                      Station, StationHit)
from .columns import MATCHES, Lookup, Nearest
from .errors import (Error, InvalidArgumentError, MalformedCodeError, NotFoundError,
                     SeveralError)
from .index import Hint, Index, MatchedArray, MatchedStream, geocode, open, open_bytes

__all__ = ["MATCHES", "Answer", "AreaEdge", "Between", "Candidate", "Channel", "Correction",
           "CrossStreet", "Edit", "Error", "Estimate", "Evidence", "FarRival", "Hint", "Hit",
           "Index", "InvalidArgumentError", "Lookup", "MalformedCodeError", "MatchedArray",
           "MatchedStream", "Nearest", "Neighbour", "NotFoundError", "Pole", "Question",
           "QuestionOption", "Reading", "SeveralError", "Station", "StationHit", "geocode", "open",
           "open_bytes"]
__version__ = _core.version
