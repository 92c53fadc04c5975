# SPDX-License-Identifier: MIT
"""What the library refuses, as exceptions that keep the stable word and number of its status."""

from __future__ import annotations

__all__ = ["Error", "InvalidArgumentError", "MalformedCodeError", "NotFoundError", "SeveralError"]


class Error(Exception):
    """What the library refused. Its base is the one for all; the subclasses are also what Python
    raises in such a case."""

    status: int  #: the library's number
    name: str  #: the stable word for it: "not_found", "damaged", "io", ...

    __str__ = Exception.__str__  # KeyError's own would print the message in quotes


class NotFoundError(Error, KeyError):
    """No such pole, station, county, ..."""


class MalformedCodeError(Error, KeyError):
    """The text is no code of any length that the index knows."""


class SeveralError(Error, LookupError):
    """The code stands in several counties: name one (`scope=`), or see `find_all()`."""


class InvalidArgumentError(Error, ValueError):
    """A number that is out of range, an option that is not known."""

    status = 3
    name = "invalid_argument"


#: For the extension module.
BY_NAME: dict[str, type[Error]] = {
    "not_found": NotFoundError,
    "malformed_code": MalformedCodeError,
    "several": SeveralError,
    "invalid_argument": InvalidArgumentError,
}
