"""Lines and land, drawn corner by corner on the map."""

from __future__ import annotations

from html import escape

import streamlit as st

from geo.errors import Message
from geo.scenario.edits import XY, Edit, House, Path
from geo.scenario.rows import MOST_POINTS
from geo.tables import AGES, EVERYBODY
from views.asked import Asked
from views.text import markdown
from views.whatif.attempt import attempt, refuse
from views.whatif.pointing import NO_SPOT, points, written

BRIDGE, PEOPLE, CORNER = "scenario-bridge", "scenario-people", "scenario-corner"
"""Keys in the session."""

LEAST_LINE, LEAST_LAND = 2, 3
"""Corners that a line and some land have at least."""


def corner(asked: Asked, at: XY) -> None:  # noqa: ARG001 - as all that is done with a spot
    """Add a corner to what is being drawn."""
    if len(points()) < MOST_POINTS:
        points().append(at)


def draw_path(asked: Asked) -> None:
    """Ask for the course of a path."""
    say = asked.say
    st.markdown(
        markdown(
            say(
                "Point at the map where it begins, at each bend, and where it ends. It joins"
                " the paths that it meets."
            )
        )
    )
    st.toggle(
        say("It is a footbridge"),
        key=BRIDGE,
        help=say("It leads over water, roads and railway, and is joined at its ends only."),
    )
    _corners(asked)
    bridge = bool(st.session_state.get(BRIDGE))
    _finish(asked, say("Lay it"), Path(tuple(points()), bridge), LEAST_LINE)


def draw_house(asked: Asked) -> None:
    """Ask for the land that new homes stand on, and who will live there."""
    say = asked.say
    st.markdown(
        markdown(say("Point at the corners of the land on the map, one after another."))
    )
    everybody = st.number_input(
        say("New residents"), min_value=1, max_value=100_000, value=100, key=PEOPLE
    )
    people: list[tuple[str, float]] = [(EVERYBODY, float(everybody))]
    with st.expander(say("Their ages, if you know them")):
        st.caption(markdown(say("Ages you leave empty are shared as in the whole area.")))
        for age in AGES:
            told = st.number_input(
                say(asked.catalogue.groups[age].label),
                min_value=0,
                max_value=100_000,
                value=None,
                key=f"{PEOPLE}-{age}",
            )
            if told is not None:
                people.append((age, float(told)))
    _corners(asked)
    _finish(asked, say("Build them"), House(tuple(points()), tuple(people)), LEAST_LAND)


def _corners(asked: Asked) -> None:
    """Say how many corners there are, and let one be written or all be taken away."""
    say = asked.say

    def add() -> None:
        at = written(st.session_state.get(CORNER, ""), asked.bundle.area.crs)
        if at is None:
            refuse(NO_SPOT)
        else:
            corner(asked, at)

    told = say.many("{n} corner", "{n} corners", len(points()))
    st.html(f'<p role="status">{escape(told)}</p>')
    with st.expander(say("Write the position instead")):
        st.text_input(say("Latitude and longitude"), key=CORNER, max_chars=60)
        st.button(say("Add this corner"), on_click=add)


def _finish(asked: Asked, label: str, edit: Edit, least: int) -> None:
    say = asked.say

    def make() -> None:
        if len(points()) < least:
            refuse(Message("Point at {n} corners or more first.", {"n": least}))
        elif attempt(asked, edit):
            points().clear()

    row = st.container(horizontal=True)
    row.button(label, type="primary", on_click=make)
    row.button(say("Start the drawing again"), on_click=points().clear)
