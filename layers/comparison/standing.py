"""How groups and kinds of place stand in one area: figures as told, and where to draw them."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, inf, isinf, isnan, nan

from geo.answer import Answer
from geo.between import Pair
from geo.coverage import NOBODY, Reach
from geo.figures.offer import THOUSAND
from geo.tables import EVERYBODY
from layers.export.case import Case
from layers.figure_text import figure_text, minutes_text
from layers.reach_tables import group_rows
from layers.standing import ends
from layers.telling import people_ends
from words import Speaker
from words.speaker import UNKNOWN

DECIMALS = 3
"""Of places per thousand people in files."""


@dataclass(frozen=True, slots=True)
class Standing:
    """
    How a group stands in an area.

    Parameters
    ----------
    key, label
        The group.
    cells
        What may be told of who lives here, is within and beyond reach, and of the share.
    share
        Between which whole per cent the share lies, as `layers.standing.ends` returns it.
    middle
        The share as it is told, in whole per cent; `nan` if only its ends are.
    half_min, half_text
        The walk that half of them have at most, in whole minutes rounded up: `inf` if there
        is no way, `nan` if it is not told; and in words.
    """

    key: str
    label: str
    cells: tuple[str, ...]
    share: Pair | None
    middle: float
    half_min: float
    half_text: str


def standings(case: Case) -> tuple[Standing, ...]:
    """Return how each group stands, in the order of the catalogue."""
    rows = group_rows(case.answer, case.catalogue, case.say)
    return tuple(_standing(key, rows[key], case) for key in case.answer.reach)


def _standing(key: str, row: list[str], case: Case) -> Standing:
    reach, say = case.answer.reach[key], case.say
    label, people, *rest = row
    told = [say("Unknown") if people == UNKNOWN else people, *rest[:3]]
    if told[-1] == UNKNOWN:
        told[-1] = no_share(reach, say)
    minutes, text = _half(key, case)
    share = reach.told.share
    return Standing(
        key,
        label,
        tuple(told),
        share=ends(reach),
        middle=nan if isnan(share) or ends(reach) is None else round(100 * share) / 100,
        half_min=minutes,
        half_text=text,
    )


def no_share(reach: Reach, say: Speaker) -> str:
    """
    Return in words why there is no share.

    Examples
    --------
    >>> from words import speaker
    >>> some = Reach(0.0, 0.0, 0.0), Reach(3.0, 1.0, 0.0), Reach(nan, nan, 0.0)
    >>> [no_share(one, speaker("en")) for one in some]
    ['Nobody lives here', 'Too few to tell', 'Unknown']
    """
    if reach.people < NOBODY:
        return say("Nobody lives here")
    return say("Too few to tell") if reach.hidden else say("Unknown")


def _half(key: str, case: Case) -> tuple[float, str]:
    """Return the walk that half of a group have at most, as far as it is told."""
    say = case.say
    if case.answer.places.empty:
        return nan, say("No such place here")
    access = case.figures.access.get(key)
    if access is None or case.answer.reach[key].withheld == "all":
        reach = case.answer.reach[key]
        return nan, say("Too few to tell") if reach.withheld else say("Unknown")
    half, people = access.told.half_min, access.people
    text = minutes_text(people, half, say, certain=case.answer.question.certain)
    if text == UNKNOWN:
        return nan, say("Nobody lives here")
    return (half if isnan(half) or isinf(half) else float(ceil(half))), text


@dataclass(frozen=True, slots=True)
class Offered:
    """
    How many places of a kind an area has.

    Parameters
    ----------
    key, label
        The kind.
    places
        Those that count and lie inside the area. A place of several kinds is one of each.
    per_thousand
        Of everybody who lives there; `nan` if that is not told, or nobody does.
    told
        The same in digits, or the word that stands in their place.
    """

    key: str
    label: str
    places: int
    per_thousand: float
    told: str


def offered(case: Case) -> tuple[Offered, ...]:
    """Return how many places of each asked kind there are, in the order they were asked."""
    return tuple(
        Offered(key, case.say(case.catalogue.kinds[key].label), n, *_rate(n, case))
        for key, n in case.answer.count.items()
    )


def _rate(places: int, case: Case) -> tuple[float, str]:
    return rate(places, everybody(case.answer), case.say)


def everybody(answer: Answer) -> Reach:
    """Return the reach of everybody, of whom the number is told unless they are a few."""
    return answer.reach[EVERYBODY]


def rate(places: int, every: Reach, say: Speaker) -> tuple[float, str]:
    """
    Return places per thousand people, as a number and in digits or words.

    Of people as files tell them, in whole numbers: the rate tells no more than the two do.

    Parameters
    ----------
    places
        How many.
    every
        Everybody, with a band if they are no surer.
    say
        The language.

    Examples
    --------
    >>> from words import speaker
    >>> from geo.between import Band
    >>> say, band = speaker("en"), Band((900.0, 900.0), (100.0, 350.0))
    >>> rate(3, Reach(1999.7, 0.0, 0.0), say), rate(3, Reach(0.0, 0.0, 0.0), say)[1]
    ((1.5, '1.5'), 'Nobody lives here')
    >>> rate(3, Reach(1200.0, 900.0, 0.0, band), say)
    (2.5, '2.5 (between 2.4 and 3)')
    """
    people, band = every.told.people, every.told.band
    if every.people < NOBODY:
        return nan, say("Nobody lives here")
    value = THOUSAND * places / round(people) if people >= NOBODY else nan
    told = figure_text(every.people, value, say) if band is None or not isnan(value) else ""
    if band is None:
        return round(value, DECIMALS), told
    low, high = people_ends(band.people)
    most = THOUSAND * places / low if low else inf
    if isinf(most):
        return round(value, DECIMALS), told or say("Unknown")
    least = THOUSAND * places / high
    between = say(
        "between {low} and {high}",
        low=figure_text(high, least, say),
        high=figure_text(low, most, say),
    )
    text = say("{figure} ({between})", figure=told, between=between) if told else between
    return round(value, DECIMALS), text
