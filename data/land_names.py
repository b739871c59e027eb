"""The names of all lands that can be asked for: municipalities and counties."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from data.http import Get
from data.services import swedish_kommuner
from data.services.kommune_names import municipalities
from geo.errors import Message, SourceError

LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "đ": "d", "ŋ": "n", "ŧ": "t", "ð": "d", "-": " ", "/": " "}
)
"""What cannot be taken apart into a letter and a mark, but is typed without it."""

Tell = Callable[[Message], None]


@dataclass(frozen=True, slots=True)
class Match:
    """
    What a search found.

    Parameters
    ----------
    number
        Four digits of a municipality, two of a county.
    name
        As shown: the Norwegian one where there are several.
    country
        `"no"` or `"se"`: a number may mean one thing in each.
    names
        All names.
    members
        The municipalities of a county; none for a municipality.
    """

    number: str
    name: str
    country: str
    names: tuple[str, ...]
    members: tuple[str, ...] = ()


def lands(countries: Iterable[str], *, get: Get, tell: Tell) -> list[Match]:
    """
    Return all municipalities and counties of some countries that have a name here.

    Parameters
    ----------
    countries
        Of `"no"` and `"se"`.
    get
        Fetches a URL, see `data.http`.
    tell
        Told of a list that could not be had, or not whole.

    Examples
    --------
    >>> def offline(url: str) -> bytes:
    ...     raise SourceError("There is no network.")
    >>> told: list[Message] = []
    >>> len(lands(["no"], get=offline, tell=told.append)), len(told)
    (43, 1)
    """
    return [one for country in countries for one in _LISTS[country](get, tell)]


def simple(name: str) -> str:
    """
    Return a name as anybody can type it.

    Examples
    --------
    >>> simple("  Bodø"), simple("Hábmer"), simple("Evenášši"), simple("Skjervøy - Skiervá")
    ('bodo', 'habmer', 'evenassi', 'skjervoy skierva')
    """
    apart = unicodedata.normalize("NFKD", name.casefold().translate(LETTERS))
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split())


def _norwegian(get: Get, tell: Tell) -> list[Match]:
    listed = municipalities(get=get)
    for message in listed.missing:
        tell(message)
    counties: dict[str, tuple[str, list[str]]] = {}
    found = []
    for one in listed.municipalities:
        counties.setdefault(one.county, (one.county_name, []))[1].append(one.number)
        found.append(Match(one.number, one.names[0], "no", one.names))
    found += [
        Match(number, name, "no", (name,), tuple(members))
        for number, (name, members) in counties.items()
        if len(members) > 1  # Oslo is both: it is built as a municipality
    ]
    return found


def _swedish(get: Get, tell: Tell) -> list[Match]:
    try:
        names = swedish_kommuner.names(get=get)
    except SourceError as error:
        tell(
            Message(
                "Swedish municipalities are not searched: {reason}", {"reason": error.message}
            )
        )
        return []
    return [Match(number, name, "se", (name,)) for number, name in names.items()]


_LISTS: dict[str, Callable[[Get, Tell], list[Match]]] = {"no": _norwegian, "se": _swedish}
