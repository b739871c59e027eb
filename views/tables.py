"""The same facts as the map, in tables."""

from __future__ import annotations

from dataclasses import replace
from math import isnan

import pandas as pd
import streamlit as st

from geo.answer import Answer, Catalogue
from geo.bundle import Bundle
from geo.coverage import Reach, few
from layers.circumstances import nothing
from layers.files import safe
from layers.telling import (
    people_between,
    share_between,
    state_text,
)
from views.text import element, table
from words import Speaker


def groups(answer: Answer, catalogue: Catalogue, say: Speaker) -> None:
    """Show the key figures of every group."""
    rows = list(group_rows(answer, catalogue, say).values())
    caption = say("Who has {minutes} minutes or less on foot", minutes=answer.question.minutes)
    st.html(table(group_headings(say), rows, caption=caption))


def group_headings(say: Speaker) -> list[str]:
    """Return what stands above the columns of `group_rows`."""
    return [
        say("Group"),
        say("Live here"),
        say("Within reach"),
        say("Beyond reach"),
        say("Share within"),
        say("Against everybody"),
    ]


def group_rows(answer: Answer, catalogue: Catalogue, say: Speaker) -> dict[str, list[str]]:
    """Return the key figures of every group, by its key."""
    return {
        key: [
            say(catalogue.groups[key].label),
            *_numbers(reach, _points(answer.gap(key), say), say),
        ]
        for key, reach in answer.reach.items()
    }


def _numbers(reach: Reach, gap: str, say: Speaker) -> list[str]:
    """Return who lives here, is within and beyond, and what share; with bands if unsure."""
    band = reach.told.band
    people, within, beyond = (
        (band.people, band.within, band.beyond) if band else (None, None, None)
    )
    return [
        say("Too few to tell")
        if reach.withheld == "all"
        else people_between(reach.people, people, say),
        *_told(
            reach,
            people_between(reach.within, within, say),
            people_between(reach.beyond, beyond, say),
            share_between(reach, say),
            gap,
            say=say,
        ),
    ]


def _told(reach: Reach, *figures: str, say: Speaker) -> list[str]:
    """Return the figures of a group; none of them where one would give away a few people."""
    return [say("Too few to tell") if reach.hidden else figure for figure in figures]


def _points(gap: float, say: Speaker) -> str:
    """Return a gap in percentage points, with its sign."""
    points = gap if isnan(gap) else round(100 * gap)
    if isnan(points) or not points:
        return say.number(points)
    return f"{'+' if points > 0 else '−'}{say.number(abs(points))}"


def kinds(answer: Answer, catalogue: Catalogue, say: Speaker) -> None:
    """Show each kind alone: how many places, and the asked group's reach."""
    alone = _alone(answer)
    rows = [
        [
            say(catalogue.kinds[key].label),
            say.number(answer.count[key]),
            *_told(
                reach,
                people_between(reach.within, band.within if band else None, say),
                share_between(reach, say),
                say=say,
            ),
        ]
        for key, one in answer.by_kind.items()
        for reach in [replace(one, withheld="parts") if key in alone else one]
        for band in [reach.told.band]
    ]
    if rows:
        group = say(catalogue.groups[answer.question.group].label)
        headings = [
            say("Kind of place"),
            say("Places"),
            say("Within reach"),
            say("Share within"),
        ]
        st.html(
            table(headings, rows, caption=say("Each kind alone, for: {group}", group=group))
        )


def _alone(answer: Answer) -> set[str]:
    """
    Return the kinds whose reach would give away a few, beside the reach of all kinds.

    Those who reach other kinds only; and of two kinds, those who reach both.
    """
    near = answer.reach[answer.question.group].told.within
    within = {key: one.told.within for key, one in answer.by_kind.items()}
    if len(within) == 2 and few(sum(within.values()) - near):
        return set(within)
    return {key for key, some in within.items() if few(near - some)}


def places(answer: Answer, bundle: Bundle, catalogue: Catalogue, say: Speaker) -> None:
    """Show the places that count, to search and sort."""
    found = answer.places.sort_values("name", key=lambda name: name == "", kind="stable")
    st.html(element("h2", say.many("{n} meeting place", "{n} meeting places", len(found))))
    if found.empty:
        st.info(nothing(answer.question, say, places=bundle.places))
        return
    settings = {
        "indoor": say("Indoors"),
        "outdoor": say("Outdoors"),
        "both": say("Indoors and outdoors"),
    }
    labels = {key: say(kind.label) for key, kind in catalogue.kinds.items()}
    sheet = pd.DataFrame(
        {
            say("Name"): found["name"].replace("", say("Without a name")),
            say("Kind of place"): [
                ", ".join(labels.get(k, k) for k in of.split(";")) for of in found["kinds"]
            ],
            say("Indoors or outdoors"): found["setting"].map(settings),
            say("Opening hours"): found["opening_hours"].replace("", say("Unknown")),
        }
    )
    if answer.question.when:
        sheet[say("At the time asked about")] = state_text(found["state"], say)
    st.dataframe(safe(sheet), hide_index=True, width="stretch")
