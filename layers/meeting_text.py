"""Who can meet where, in words: places and the people who can walk to them."""

from __future__ import annotations

from math import isnan

import geopandas as gpd

from geo.answer import Catalogue
from geo.coverage import few
from geo.figures.meetings import told
from words import Speaker

NOISE = 6
"""Decimals of a share that are no noise: those exactly like the area are not nearly so."""


def headings(say: Speaker) -> list[str]:
    """Return what stands above the columns of `rows`."""
    return [
        say("Place"),
        say("Kind of place"),
        say("People who can walk here"),
        say("Children, 0–15"),
        say("Older people, 67 or more"),
        say("Evenness of ages"),
        say("Would have to be of another age"),
    ]


def rows(meetings: gpd.GeoDataFrame, catalogue: Catalogue, say: Speaker) -> list[list[str]]:
    """
    Return places with who can meet there, a row each, under `headings`.

    Parameters
    ----------
    meetings
        As `geo.figures.meetings.meetings` gives them, or the first of them.
    catalogue, say
        What kinds are called; the language.

    Returns
    -------
    rows
        Words and figures; a few people are never told as a number.
    """
    shown = told(meetings)
    return [
        [
            place["name"] or say("Without a name"),
            _kinds(place["kinds"], catalogue, say),
            say.people(place["people"])
            if few(place["people"])
            else _part(place["people"], may["people"], say),
            _part(place["children"], may["children"], say),
            _part(place["older"], may["older"], say),
            say.share(may["evenness"]),
            say.share(_of_another(may["likeness"])),
        ]
        for (_, place), (_, may) in zip(meetings.iterrows(), shown.iterrows(), strict=True)
    ]


def foremost(
    meetings: gpd.GeoDataFrame, catalogue: Catalogue, say: Speaker, *, within: int
) -> str:
    """
    Return a sentence about the place that most can walk to, or `""` if nothing may be told.

    Parameters
    ----------
    meetings, catalogue, say
        As in `rows`.
    within
        The limit in minutes.
    """
    shown = told(meetings.head(1))
    if shown.empty or shown["people"].isna().any() or shown["people"].iloc[0] == 0:
        return ""
    place = shown.iloc[0]
    sentence = say(
        "Most can walk to {place}: about {n} people within {within} min.",
        place=place["name"] or _kinds(place["kinds"], catalogue, say),
        n=say.people(place["people"]),
        within=say.number(within),
    )
    if isnan(place["children"]) or isnan(place["likeness"]):
        return sentence
    ages = say(
        "Among them are, as estimated, {children} children and {older} older people; {share} of"
        " them would have to be of another age for them to be like the area.",
        children=say.people(place["children"]),
        older=say.people(place["older"]),
        share=say.share(_of_another(place["likeness"])),
    )
    return f"{sentence} {ages}"


def _kinds(kinds: str, catalogue: Catalogue, say: Speaker) -> str:
    known = catalogue.kinds
    return ", ".join(say(known[key].label) for key in kinds.split(";") if key in known)


def _of_another(likeness: float) -> float:
    """Return who would have to be of another group, without the noise of sums."""
    return round(1 - likeness, NOISE)


def _part(people: float, shown: float, say: Speaker) -> str:
    """Return a part of those who can meet, or why it is not told."""
    if isnan(people):
        return say("Unknown")
    return say("Too few to tell") if isnan(shown) else say.people(people)
