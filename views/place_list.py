"""The list of the places that were found, by name; the card of one opens under its line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

import pandas as pd
import streamlit as st

from geo.paths.network import Bools, Floats, Ints
from layers.place_text import labels, named_kinds, sheet, title
from layers.register_files import sheet as spreadsheet
from layers.symbols import symbol
from layers.telling import people_text
from views import place_card
from views.asked import Asked
from views.place_filters import Filters, advice, forget
from views.place_index import Known
from views.text import element, markdown

PLACE = "place"
"""Name in the link of the place whose card is open: its id."""

SHOWN, AT_A_TIME = "places-shown", 25
"""Key in the session of how many are listed; and how many more with every click."""

FOUND = "places-found"
"""Key in the session of what was looked for when so many were listed."""

LONGEST_NAME = 120
"""Characters of a name in the list: the card has all of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """
    What is listed; arrays are in the order of the known places.

    Parameters
    ----------
    known
        All places of the area.
    shown, counts
        Which were found; which the question counts.
    people
        How many of those looked for can walk to each; `nan` if it is not told.
    filters
        What is looked for.
    place
        Id of the place whose card is open, or `""`.
    """

    known: Known
    shown: Bools
    counts: Bools
    people: Floats
    filters: Filters
    place: str


def listed(asked: Asked, what: Listed) -> None:
    """Draw the list, a page of it at a time, and the card of the chosen place."""
    say, known = asked.say, what.known
    rows = known.rank[what.shown[known.rank]]
    number = len(rows)
    st.html(element("h2", say("The places by name")))
    if not number:
        st.info(advice(what.filters, asked))
        st.button(say("Show all places"), on_click=forget)
    first = rows[: _number(what.filters)]
    ids = [str(one) for one in known.places.index[first]]
    if what.place and what.place not in ids:
        _card(asked, what)
    signs, texts = _signs(asked, what, first), _texts(asked, what, first)
    with st.container(key="places-list"):
        for one, image, text in zip(ids, signs, texts, strict=True):
            _line(asked, what, one, image, text)
    if number > len(first):
        more = min(AT_A_TIME, number - len(first))
        label = say.many("Show {n} more", "Show {n} more", more)
        st.button(label, key="places-more", on_click=_show, args=(len(first) + more,))
    if number:
        _download(asked, known, rows)


def _line(asked: Asked, what: Listed, place: str, image: str, text: str) -> None:
    """Draw the line of a place: its sign, and a button that opens its card or closes it."""
    opened = place == what.place
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(image, width="content")
        st.button(
            text,
            key=f"to-place-{place}",
            type="tertiary",
            on_click=_choose,
            args=("" if opened else place,),
        )
    if opened:
        _card(asked, what)


def _card(asked: Asked, what: Listed) -> None:
    """Draw the card of the chosen place, and a way out of it."""
    with st.container(border=True, key="place-card"):
        there = what.known.places.index == what.place
        place_card.draw(asked, what.place, counts=bool(what.counts[there].any()))
        st.button(asked.say("Close the card"), key="close-card", on_click=_choose, args=("",))


def _choose(place: str) -> None:
    st.session_state[PLACE] = place


def _number(filters: Filters) -> int:
    """Return how many are listed: a page, again whenever something else is looked for."""
    if st.session_state.get(FOUND) != filters:
        st.session_state[FOUND], st.session_state[SHOWN] = filters, AT_A_TIME
    return int(st.session_state[SHOWN])


def _show(number: int) -> None:
    st.session_state[SHOWN] = number


def _signs(asked: Asked, what: Listed, rows: Ints) -> list[str]:
    """Return the signs of places as images; the text beside each says what it is."""
    kinds, places = asked.catalogue.kinds, what.known.places.iloc[rows]
    return [
        '<img class="m-place" alt="" src="data:image/svg+xml,'
        + quote(symbol(family, kinds[kind].icon if kind in kinds else "dot"))
        + '">'
        for family, kind in zip(places["family"], places["kind"], strict=True)
    ]


def _texts(asked: Asked, what: Listed, rows: Ints) -> Sequence[str]:
    """Return what the lines of places say: name, kinds and, if asked for, who comes."""
    say, places = asked.say, what.known.places.iloc[rows]
    called = labels(asked.catalogue.kinds, say)
    texts = [
        f"{title(place, say)[:LONGEST_NAME]} – {named_kinds(place['kinds'], called)}"
        for place in places[["name", "kinds"]].to_dict("records")
    ]
    if what.filters.meet:
        people = people_text(pd.Series(what.people[rows]), say)
        texts = [f"{text} – {told}" for text, told in zip(texts, people, strict=True)]
    return [markdown(text) for text in texts]


def _download(asked: Asked, known: Known, rows: Ints) -> None:
    """Offer what is listed as a spreadsheet."""
    say = asked.say
    st.download_button(
        say("Download the list (CSV)"),
        lambda: spreadsheet(sheet(known.places.iloc[rows], known.index, rows, say), say),
        file_name=f"moteplass-{asked.question.area}-places.csv",
        mime="text/csv",
        on_click="ignore",
    )
