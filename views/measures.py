"""The measures of access, by their names: how far, how much, how evenly, and who can meet."""

from __future__ import annotations

import streamlit as st

from geo.answer import Catalogue
from geo.bundle import Bundle
from geo.figures.figures import Figures
from geo.question import Question
from layers import meeting_text
from layers.figure_text import choice_text, figure_text, minutes_text, share_text
from layers.indices import of_group
from layers.telling import people_text
from layers.unevenness import gathering, of_all
from views import cached
from views.cached_figures import figured
from views.text import element, table
from words import Speaker

OPEN = "measures"
"""Key of the choice in the session; no link has it."""

SHOWN = 10
"""Rows of the lists on the page; all of them are in the downloads."""


def measures(question: Question, bundle: Bundle, say: Speaker) -> None:
    """Draw the section; nothing is computed before it is opened."""
    st.html(element("h2", say("Measures")))
    if not st.toggle(say("Show the measures of access"), key=OPEN):
        return
    now = cached.asked_at(question)
    with st.spinner(say("Measuring …")):
        found = figured(question, bundle.area.built, now)
    catalogue = cached.catalogue()
    _indices(found, catalogue, say)
    _walks(found, catalogue, say)
    _amounts(found, catalogue, say)
    _meetings(found, catalogue, say)
    gathered(found, say)


def _indices(found: Figures, catalogue: Catalogue, say: Speaker) -> None:
    """Show what every measure says, in a figure and in a sentence."""
    rows = [
        [index.name, index.told, index.sentence]
        for index in (*of_group(found, catalogue, say), *of_all(found, say))
    ]
    group = say(catalogue.groups[found.question.group].label)
    caption = say("What the measures say here, for: {group}", group=group)
    headings = [say("Measure"), say("Figure"), say("What it says here")]
    st.html(table(headings, rows, caption=caption, words={2}))


def _walks(found: Figures, catalogue: Catalogue, say: Speaker) -> None:
    rows = []
    for key, access in found.access.items():
        shown = access.told
        rows.append(
            [
                say(catalogue.groups[key].label),
                *(
                    minutes_text(access.people, minutes, say, certain=found.question.certain)
                    for minutes in (shown.half_min, shown.most_min)
                ),
                choice_text(access.people, shown.choice_min, say),
            ]
        )
    headings = [
        say("Group"),
        say("Half have at most"),
        say("Nine in ten have at most"),
        say("Half have three to choose from after"),
    ]
    caption = say("How many minutes on foot to the nearest places")
    st.html(table(headings, rows, caption=caption))


def _amounts(found: Figures, catalogue: Catalogue, say: Speaker) -> None:
    rows = []
    for key, access in found.access.items():
        shown = access.told
        amounts = (shown.places, shown.weighted, shown.sorts, shown.per_thousand)
        told = [figure_text(access.people, amount, say) for amount in amounts]
        settings = [share_text(reach, say) for reach in (shown.indoors, shown.outdoors)]
        rows.append([say(catalogue.groups[key].label), *told, *settings])
    headings = [
        say("Group"),
        say("Number of places"),
        say("Places, near ones for more"),
        say("Sorts of places"),
        say("Places per thousand people"),
        say("Share with somewhere indoors"),
        say("Share with somewhere outdoors"),
    ]
    minutes = say.number(found.question.minutes)
    caption = say("What half of each group have or more, within {minutes} min", minutes=minutes)
    st.html(table(headings, rows, caption=caption))


def _meetings(found: Figures, catalogue: Catalogue, say: Speaker) -> None:
    """Show the places that most can walk to, and how mixed they are."""
    top = found.meetings.head(SHOWN)
    if top.empty:
        return
    within = found.question.minutes
    st.html(
        table(
            meeting_text.headings(say),
            meeting_text.rows(top, catalogue, say),
            caption=say("Who can meet where"),
            words={1},
        )
        + element("p", meeting_text.foremost(top, catalogue, say, within=within))
    )


def gathered(found: Figures, say: Speaker) -> None:
    """Show where those beyond reach gather."""
    caption, sentence = say("Where those beyond reach gather"), gathering(found, say)
    cells = found.gathered.head(SHOWN)
    if cells.empty:
        st.html(element("p", f"{caption}: {sentence}"))
        return
    near = [street or say("Without a street name") for street in cells["near"]]
    people = people_text(cells["people"], say, cells["told"])
    rows = list(map(list, zip(near, people, strict=True)))
    headings = [say("Near"), say("People beyond reach")]
    st.html(table(headings, rows, caption=caption) + element("p", sentence))
