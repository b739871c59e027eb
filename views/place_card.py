"""The card of one place: what it is, who can walk there, and what each source says of it."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import numpy as np
import streamlit as st

from geo.bundle import Area, Source
from layers import place_card, place_sources
from layers.place_text import title
from views.asked import Asked
from views.place_index import at_moment, met_at
from views.text import element, items, movable, table
from views.ways import way


def draw(asked: Asked, place: str, *, counts: bool) -> None:
    """
    Draw the card of a place.

    `counts`: whether the question counts it.
    """
    say, bundle, kinds = asked.say, asked.bundle, asked.catalogue.kinds
    one = bundle.places.loc[[place]]
    row, (timed, now) = one.iloc[0], at_moment(asked.question)
    counted = say("Yes") if counts else say("No")
    facts = place_card.facts(one, timed, asked.catalogue, say, now=now)
    facts.append([say("Counted by the question"), counted])
    if not row["inside"]:
        facts.append([say("Where"), say("Outside the area, but near enough to walk to")])
    known = say("What is known of it")
    with st.spinner(say("Looking who can walk here …")):
        people = _people(asked, place)
    parts = [
        element("h3", title(row, say)),
        element("h4", say("Why it counts as somewhere to meet")),
        items(place_card.why(row, kinds, say)),
        element("h4", say("Who can walk here")),
        people,
        movable(table([say("What"), say("Value")], facts, caption=known, words=[1])),
        _sources(asked, place),
    ]
    st.html(
        f'<section class="m-card" aria-label="{escape(title(row, say), quote=True)}">'
        + "".join(parts)
        + "</section>"
    )
    _conflicts(asked, place)


def _people(asked: Asked, place: str) -> str:
    """Return who can walk there, as a sentence and a table."""
    say, places = asked.say, asked.bundle.places
    (met,) = met_at(asked, np.asarray(places.index == place))
    within = say.number(asked.question.minutes)
    caption = say("People within {minutes} min of this place", minutes=within)
    headings = [say("Group"), say("Can walk here")]
    rows = place_card.people(met, asked.catalogue, say)
    told = element("p", place_card.gathering(met, asked.question, say))
    return told + movable(table(headings, rows, caption=caption))


def _sources(asked: Asked, place: str) -> str:
    """Return what each source says, one beside the other."""
    say, bundle = asked.say, asked.bundle
    known = {key: replace(one, name=say(one.name)) for key, one in sources(bundle.area).items()}
    headings, rows = place_sources.registers(bundle, place, known, asked.catalogue.kinds, say)
    caption = say("What each source says of it")
    words = range(1, len(headings))
    return movable(table(headings, rows, caption=caption, words=words), caption)


def sources(area: Area) -> dict[str, Source]:
    """Return the sources of an area by the keys that its places and registers name them by."""
    # ruff: noqa: PLC0415 - readers of files are slow to import, and few visits open a card
    from data.files.applying import OWN, source_key
    from data.files.recipe import Recipe
    from data.register.limits import OSM
    from data.services.catalogue import SERVICES

    by_name = {one.name: one for one in area.sources}
    found = {
        source_key(Recipe("places", "", source=name)): one for name, one in by_name.items()
    }
    found |= {one.key: by_name[one.name] for one in SERVICES if one.name in by_name}
    if "OpenStreetMap" in by_name:
        found[OSM] = by_name["OpenStreetMap"]
    return {OWN: Source("A file of your own", "", "", "", 0)} | found


def _conflicts(asked: Asked, place: str) -> None:
    """Tell how many rows of registers may be this place, and lead to where that is decided."""
    say = asked.say
    waiting = place_sources.conflicts(asked.bundle, place)
    if waiting:
        st.info(
            say.many(
                "{n} row of a register may be this place: somebody has to decide.",
                "{n} rows of registers may be this place: somebody has to decide.",
                waiting,
            )
        )
        way("register", say("Decide in the register of places"), place=st.container())
