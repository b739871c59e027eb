"""What published norms say of an area, and what the figures do not check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import isnan

from geo.answer import Catalogue
from geo.company import among
from geo.coverage import Reach, few
from geo.norms.norm_walks import Held
from geo.tables import AGES, EVERYBODY
from layers.figure_text import missing, share_text
from layers.naming import aged
from words import Speaker


def groups_of(held: Held, catalogue: Catalogue, say: Speaker) -> str:
    """Return whom a norm speaks of, by their labels."""
    labels = [say(catalogue.groups[key].label) for key in held.measured.norm.groups]
    return "; ".join(labels)


def told(held: Held) -> Reach:
    """
    Return what may be told of those a norm speaks of, beside all residents and their ages.

    Nothing if it is not told how many of some age they are, or if all others within or
    beyond are a few: what is left of everybody would tell how many.
    """
    about, found = held.measured.about, among(held.measured.reach)
    if held.measured.norm.groups == (EVERYBODY,):
        return about
    every = found[EVERYBODY].told
    others = every.within - about.within, every.beyond - about.beyond
    ages = [found[age] for age in AGES]
    nameless = any(few(age.people) or age.withheld == "all" for age in ages)
    return replace(about, withheld="all") if nameless or any(map(few, others)) else about


def beyond_text(reach: Reach, say: Speaker) -> str:
    """Return how many are beyond a limit, or why it is not told."""
    return missing(reach.people, reach.told.within, say) or say.people(reach.beyond)


def buildings_text(held: Held, say: Speaker) -> str:
    """Return the share of residential buildings within a norm's limit."""
    return say.share(held.measured.building_share)


def said(held: Held, catalogue: Catalogue, say: Speaker) -> list[str]:
    """
    Say for whom a norm is met, and what was not looked at.

    Parameters
    ----------
    held
        A norm, held against a town.
    catalogue
        What its groups are called.
    say
        The language.

    Returns
    -------
    sentences
        One by one: what it asks and for how many it is so, if that may be told; what
        stays out; what is not checked; and where it is from.
    """
    norm = held.measured.norm
    return [
        say(norm.text),
        *_met(held, catalogue, say),
        *unsure(held, say),
        say("Not checked: {caveat}", caveat=say(norm.caveat)),
        say("Source: {source}", source=say(norm.source)),
    ]


def _met(held: Held, catalogue: Catalogue, say: Speaker) -> list[str]:
    """Say how many have it; nothing of a few, or of unknown people."""
    about, norm = told(held), held.measured.norm
    if not held.places:
        return [say("There is no such place here.")]
    if missing(about.people, about.told.within, say) or isnan(held.measured.building_share):
        return []
    return [
        say(
            "{share} of those it speaks of ({groups}) and {buildings} of residential buildings"
            " have this: {label}.",
            share=say.share(about.share),
            groups=", ".join(aged(catalogue.groups[key], say) for key in norm.groups),
            buildings=buildings_text(held, say),
            label=say(norm.label),
        )
    ]


def unsure(held: Held, say: Speaker) -> list[str]:
    """Say how many places are left out as nobody knows how large they are."""
    if not held.unknown_area:
        return []
    return [
        say.many(
            "{n} more place has no outline in the map data: its size is not known, and it does"
            " not count.",
            "{n} more places have no outline in the map data: their size is not known, and they"
            " do not count.",
            held.unknown_area,
        )
    ]


def headings(say: Speaker) -> list[str]:
    """Return what stands above the columns of `rows`."""
    return [
        say("Norm"),
        say("Whom it speaks of"),
        say("Of these have it"),
        say("Of all residents have it"),
        say("Of residential buildings have it"),
        say("People beyond"),
        say("Places that count"),
    ]


def rows(held: Mapping[str, Held], catalogue: Catalogue, say: Speaker) -> list[list[str]]:
    """
    Return a table of norms, a row each, under `headings`.

    Parameters
    ----------
    held, catalogue, say
        As in `said`; many norms by their keys.

    Returns
    -------
    rows
        Words and figures; a few people are never told as a number.
    """
    return [
        [
            say(one.measured.norm.label),
            groups_of(one, catalogue, say),
            share_text(told(one), say),
            share_text(one.measured.reach[EVERYBODY], say),
            buildings_text(one, say),
            beyond_text(told(one), say),
            say.number(one.places),
        ]
        for one in held.values()
    ]


def method(say: Speaker) -> list[str]:
    """Say how norms are measured here, whichever they are."""
    return [
        say("Dwellings are not known: residents and residential buildings are counted."),
        say(
            "Metres are those of the map, along paths from door to door, over stairs too;"
            " hills, pace and opening hours play no part."
        ),
    ]
