"""What a scenario brings, as tables: by group, by area, and who moves in."""

from __future__ import annotations

from math import isnan

from geo.answer import Catalogue
from geo.coverage import NOBODY, Reach
from geo.scenario.by_area import ELSEWHERE, Areas
from geo.scenario.difference import Difference
from geo.scenario.gained import AFTER, BEFORE, GAINS, LOSES, Change
from layers.scenario.parts import part_text, people_text, share_text, side_text
from layers.telling import people_between
from words.speaker import Speaker


def group_headings(say: Speaker) -> list[str]:
    """Return what stands above the columns of `group_rows`."""
    return [say("Group"), *_headings(say)]


def _headings(say: Speaker) -> list[str]:
    return [
        say("Live here"),
        say("Within reach before"),
        say("Within reach after"),
        say("Gain"),
        say("Lose"),
        say("Share before"),
        say("Share after"),
    ]


def group_rows(found: Difference, catalogue: Catalogue, say: Speaker) -> dict[str, list[str]]:
    """
    Return what changes for every group, by its key.

    Parameters
    ----------
    found
        The difference that a scenario makes.
    catalogue, say
        What groups are called; the language.

    Returns
    -------
    rows
        Under `group_headings`, of those who live there today; no number where one would
        give away a few people.
    """
    return {
        key: [say(catalogue.groups[key].label), *_row(one, say)]
        for key, one in found.groups.items()
    }


def _row(one: Change, say: Speaker) -> list[str]:
    """
    Return what changes for some people, under `_headings`.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> one = Change(Reach(90.0, 20.0, 0.0), Reach(90.0, 23.0, 0.0), gains=3.0, loses=0.0)
    >>> _row(one, speaker("en"))
    ['90', '20', 'Too few to tell', 'fewer than 5', '0', '22%', 'Too few to tell']
    """
    return [
        people_text(one, say),
        *(side_text(one, side, say) for side in (BEFORE, AFTER)),
        *(part_text(one, part, say) for part in (GAINS, LOSES)),
        *(share_text(one, side, say) for side in (BEFORE, AFTER)),
    ]


def area_headings(say: Speaker) -> list[str]:
    """Return what stands above the columns of `area_rows`."""
    return [say("Area"), *_headings(say)]


def area_rows(areas: Areas, say: Speaker) -> dict[str, list[str]]:
    """
    Return what changes for the asked group in every area, by its official number.

    Parameters
    ----------
    areas
        As `geo.scenario.by_area.by_area` returns them.
    say
        The language.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> one = Change(Reach(90.0, 20.0, 0.0), Reach(90.0, 60.0, 0.0), gains=40.0, loses=0.0)
    >>> rows = area_rows(Areas({"1": "Vik", "": ""}, {"1": one, "": one}), speaker("en"))
    >>> rows["1"][:5], rows[""][0]
    (['Vik', '90', '20', '60', '40'], 'Elsewhere')
    """
    named = {**areas.names, ELSEWHERE: say("Elsewhere")}
    return {key: [named[key], *_row(one, say)] for key, one in areas.changes.items()}


def newcomer_headings(say: Speaker) -> list[str]:
    """Return what stands above the columns of `newcomer_rows`."""
    return [say("Group"), say("Move in"), say("Within reach"), say("Beyond reach")]


def newcomer_rows(
    found: Difference, catalogue: Catalogue, say: Speaker
) -> dict[str, list[str]]:
    """
    Return who moves into new homes, by group; no row if nobody does.

    Parameters
    ----------
    found, catalogue, say
        As in `group_rows`.
    """
    if all(one.newcomers.people < NOBODY for one in found.groups.values()):
        return {}
    return {
        key: [say(catalogue.groups[key].label), *_newcomers(one.newcomers, say)]
        for key, one in found.groups.items()
    }


def _newcomers(come: Reach, say: Speaker) -> list[str]:
    band = come.told.band
    if isnan(come.people) and band is None:
        return [say("Unknown")] * 3
    few, nameless = say("Too few to tell"), come.withheld == "all"
    people, within, beyond = (
        (band.people, band.within, band.beyond) if band else (None, None, None)
    )
    return [
        few if nameless else people_between(come.people, people, say),
        few if come.hidden else people_between(come.within, within, say),
        few if come.hidden else people_between(come.beyond, beyond, say),
    ]
