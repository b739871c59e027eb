"""Which Norwegian municipalities there are, and all their names, from the mapping authority."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from data.http import Get, host_of, through
from data.text import plain
from geo.errors import Message, SourceError

SERVICE = "https://api.kartverket.no/kommuneinfo/v1/fylkerkommuner"
FALLBACK = Path(__file__).with_name("kommune_names.toml")


@dataclass(frozen=True, slots=True)
class Municipality:
    """
    A municipality as it is called.

    Parameters
    ----------
    number
        Four digits.
    names
        The Norwegian one first, which is shown; then Sámi and Kven ones.
    county, county_name
        Two digits; its name.
    """

    number: str
    names: tuple[str, ...]
    county: str
    county_name: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Municipalities, by number; `missing` says so if they are not all."""

    municipalities: tuple[Municipality, ...]
    missing: tuple[Message, ...] = ()


def municipalities(*, get: Get) -> Listed:
    """
    Return all municipalities, or those that are known without asking if nobody answers.

    Examples
    --------
    >>> county = {"fylkesnummer": "18", "fylkesnavn": "Nordland"}
    >>> hamaroy = {
    ...     "kommunenummer": "1875",
    ...     "kommunenavnNorsk": "Hamarøy",
    ...     "gyldigeNavn": [{"navn": "Hábmer", "sprak": "Lule Sami", "prioritet": 1}],
    ... }
    >>> answer = json.dumps([county | {"kommuner": [hamaroy]}]).encode()
    >>> municipalities(get={SERVICE: answer}.__getitem__).municipalities[0].names
    ('Hamarøy', 'Hábmer')
    """
    try:
        return Listed(through(get, lambda get: _listed(get(SERVICE))))
    except SourceError as error:
        known, day = _fallback()
        missing = Message(
            "The list of Norwegian municipalities could not be had, so only {n} of them are"
            " known by name, as of {date}: {reason}",
            {"n": len(known), "date": day, "reason": error.message},
        )
        return Listed(known, (missing,))


def _listed(answer: bytes) -> tuple[Municipality, ...]:
    try:
        found = [
            Municipality(
                number=_digits(one["kommunenummer"], 4),
                names=_names(one),
                county=_digits(county["fylkesnummer"], 2),
                county_name=plain(county["fylkesnavn"]),
            )
            for county in json.loads(answer)
            for one in county["kommuner"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _no_list() from error
    if not found:
        raise _no_list()
    return tuple(sorted(found, key=lambda one: one.number))


def _names(one: dict[str, Any]) -> tuple[str, ...]:
    others = (name.get("navn") for name in one.get("gyldigeNavn") or ())
    told = (one["kommunenavnNorsk"], one.get("kommunenavn"), *others)
    names = tuple(dict.fromkeys(plain(name) for name in told if name))
    if not names:
        raise ValueError(one)
    return names


def _digits(number: str, many: int) -> str:
    if not re.fullmatch(f"[0-9]{{{many}}}", number):
        raise ValueError(number)
    return number


def _no_list() -> SourceError:
    return SourceError(
        "{host} gave no usable list of municipalities."
        " The service may have changed: look for a newer version of the program.",
        host=host_of(SERVICE),
    )


@cache
def _fallback() -> tuple[tuple[Municipality, ...], str]:
    """Return the municipalities of `kommune_names.toml`, and the day they are of."""
    counties = tomllib.loads(FALLBACK.read_text(encoding="utf-8"))
    day = counties.pop("date")
    known = (
        Municipality(number, tuple(names), county, about["name"])
        for county, about in counties.items()
        for number, names in about["municipalities"].items()
    )
    return tuple(known), day
