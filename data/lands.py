"""Find a land to build: as a planner types its name or number, or from a file of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process
from shapely import MultiPolygon, Polygon

from data.countries import crs_of
from data.http import Get
from data.land_names import Match, Tell, lands, simple
from data.services import grunnkrets, kommuner, swedish_kommuner
from data.services.kommune_names import municipalities
from data.services.service import Land
from geo.errors import Message, SourceError

MOST = 20
NO_NAMES = frozenset({"kommune", "kommun", "fylke", "fylkeskommune"})
ALIKE = 80.0
"""Per cent of `fuzz.ratio` at which a misspelt name is still taken for one that is known."""


def find(
    text: str, *, get: Get, countries: Sequence[str] = ("no", "se"), tell: Tell | None = None
) -> tuple[Match, ...]:
    """
    Find municipalities and counties by number or by any of their names.

    Capitals, accents and the strokes of ø and đ do not matter. A number or a whole name
    finds what is called so, and nothing else. Then come names that begin so, and names
    with another word that does; only if there is none of these, names that are nearly
    the same. A number may be right though not
    all lists could be had: then it is a match without a name.

    Parameters
    ----------
    text
        As typed. At most `MOST` matches come back, none for an empty text.
    get
        Fetches a URL, see `data.http`.
    countries
        Where to look.
    tell
        Told of a list that could not be had.

    Examples
    --------
    >>> def offline(url: str) -> bytes:
    ...     raise SourceError("There is no network.")
    >>> [match.name for match in find("habmer", get=offline, countries=["no"])]
    ['Hamarøy']
    >>> [match.number for match in find("nordland", get=offline, countries=["no"])]
    ['18']
    """
    wanted = _wanted(text)
    if not wanted:
        return ()
    missing: list[Message] = []
    known = lands(countries, get=get, tell=missing.append)
    if tell:
        for message in missing:
            tell(message)
    ranked = [(rank, one) for one in known if (rank := _rank(wanted, one)) is not None]
    if not ranked and missing and re.fullmatch("[0-9]{4}", wanted):
        return tuple(Match(wanted, wanted, country, (wanted,)) for country in countries)
    if not ranked:
        return _alike(wanted, known)
    ranked.sort(key=lambda pair: pair[0])
    whole = [one for (rank, _), one in ranked if rank == 0]
    return tuple(whole or [one for _, one in ranked[:MOST]])


def municipalities_of(text: str, *, get: Get) -> dict[str, str]:
    """
    Return the municipalities of a Norwegian county by number, with their names.

    Parameters
    ----------
    text
        Its number of two digits, or its name.
    get
        Fetches a URL, see `data.http`.

    Raises
    ------
    SourceError
        If there is no such county, or it is not known without asking and nobody answers.

    Examples
    --------
    >>> def offline(url: str) -> bytes:
    ...     raise SourceError("There is no network.")
    >>> len(municipalities_of("Nordland", get=offline))
    41
    """
    wanted = _wanted(text)
    known = municipalities(get=get)
    found = {
        one.number: one.names[0]
        for one in known.municipalities
        if wanted == one.county or wanted in map(simple, one.county_name.split(" - "))
    }
    if not found and known.missing:
        raise SourceError(known.missing[0].text, **known.missing[0].values)
    if not found:
        raise SourceError(
            "There is no single county called {name}. Known are: {known}.",
            name=text,
            known=", ".join(sorted({one.county_name for one in known.municipalities})),
        )
    return found


def land_of(number: str, country: str, get: Get) -> Land:
    """
    Return a municipality as services are asked about it.

    Raises
    ------
    SourceError
        If there is no such municipality, or a service fails or has changed.

    Examples
    --------
    >>> land_of("2505", "dk", lambda url: b"")
    Traceback (most recent call last):
    geo.errors.SourceError: Municipalities of dk cannot be built: only those of no and se.
    """
    if country == "no":
        name, boundary = kommuner.municipality(number, get=get)
    elif country == "se":
        boundary = swedish_kommuner.boundary(number, get=get)
        try:
            name = swedish_kommuner.names(get=get).get(number, number)
        except SourceError:  # a name is not worth a whole build
            name = number
    else:
        raise SourceError(
            "Municipalities of {country} cannot be built: only those of {known}.",
            country=country,
            known="no and se",
        )
    return _land(number, name, country, boundary)


def pieced_together(number: str, get: Get) -> Land:
    """
    Return a Norwegian municipality put together from its basic statistical units.

    It stands in where the boundary itself cannot be had, and is called as the list of
    municipalities says, or by its number.

    Raises
    ------
    SourceError
        As `data.services.grunnkrets.outline`.
    """
    boundary = grunnkrets.outline(number, get)
    names = {one.number: one.names[0] for one in municipalities(get=get).municipalities}
    return _land(number, names.get(number, number), "no", boundary)


def _land(number: str, name: str, country: str, boundary: Polygon | MultiPolygon) -> Land:
    point = boundary.representative_point()
    return Land(number, name, country, boundary, crs_of(country, point.x, point.y))


def _wanted(text: str) -> str:
    return " ".join(word for word in simple(text).split() if word not in NO_NAMES)


def _rank(wanted: str, one: Match) -> tuple[int, str] | None:
    """Return how well it fits, least first, or `None` if it does not."""
    if wanted == one.number:
        return (0, one.number)
    ranks = []
    for name in map(simple, one.names):
        if name == wanted:
            ranks.append(0)
        elif name.startswith(wanted):
            ranks.append(1)
        elif f" {wanted}" in name:
            ranks.append(2)
    return (min(ranks), simple(one.name)) if ranks else None


def _alike(wanted: str, known: list[Match]) -> tuple[Match, ...]:
    names = [(simple(name), at) for at, one in enumerate(known) for name in one.names]
    close = process.extract(
        wanted,
        [name for name, _ in names],
        scorer=fuzz.ratio,
        score_cutoff=ALIKE,
        limit=MOST,
    )
    return tuple(dict.fromkeys(known[names[at][1]] for _, _, at in close))
