"""Groups: who reaches a meeting place and who does not, side by side."""

from __future__ import annotations

import streamlit as st

from data.countries import NATIONAL
from geo.income_notes import ECOLOGICAL, income_notes
from geo.tables import EVERYBODY, LOW_INCOME, LOW_INCOME_AREAS
from layers.groups_text import compared, of_group
from layers.mixture_text import why
from layers.reach_tables import group_headings, group_rows
from layers.sentences import answered as in_words
from layers.standing import ends
from views import incomes
from views.asked import Asked
from views.bars import Row, barred
from views.headed import headed
from views.measures import measures
from views.side_by_side import side_by_side
from views.text import element, items

BARRED = 4
"""The column of the table that has bars: the share within reach."""


def page(asked: Asked) -> None:
    """Draw what every group has within reach, two of them on maps, and what measures say."""
    answer, say, bundle = asked.answer, asked.say, asked.bundle
    title = say("{area}: groups side by side", area=bundle.area.name)
    notes = [say(note) for note in bundle.area.notes]
    if not asked.question.kinds or answer.places.empty:
        told = in_words(answer, asked.catalogue, say, places=bundle.places, now=asked.now)
        headed(title, told, notes)
        if asked.question.kinds:
            measures(asked.question, bundle, say)
        return
    headed(title, compared(answer, asked.catalogue, say), notes)
    _table(asked)
    side_by_side(asked)
    _low_income(asked)
    measures(asked.question, bundle, say)


def _table(asked: Asked) -> None:
    """Show every group in figures and as a bar, and say what makes them differ."""
    answer, say = asked.answer, asked.say
    every = ends(answer.reach[EVERYBODY])
    rows = [
        Row(cells, ends(answer.reach[key]), here=key == asked.question.group)
        for key, cells in group_rows(answer, asked.catalogue, say).items()
    ]
    caption = say("Who has {minutes} minutes or less on foot", minutes=answer.question.minutes)
    drawn = barred(group_headings(say), rows, caption=caption, column=BARRED, mark=every)
    signs = [say("A bar is the share within reach, from none to all.")]
    if any(row.share and row.share[0] < row.share[1] for row in rows):
        signs.append(say("Its striped end: the share may be as little or as much as that."))
    if every is not None:
        signs.append(say("The line across it: the share of all residents."))
    reason = why(asked.bundle.homes, asked.question.walker, say)
    st.html(drawn + element("p", " ".join(signs)) + element("p", reason))


def _low_income(asked: Asked) -> None:
    """Show low income where it is known; else say so, and which file to ask for."""
    bundle, say = asked.bundle, asked.say
    if not bundle.incomes.empty:
        incomes.section(asked.question, asked.built, say, now=asked.now)
        told = [
            of_group(
                asked.answer, group, asked.catalogue, say, about=(bundle.places, asked.now)
            )
            for group in (LOW_INCOME, LOW_INCOME_AREAS)
        ]
        beware = say(ECOLOGICAL)
        told = [one.removesuffix(beware).strip() for one in told]
        st.html(items(told) + element("p", beware))
        return
    country = next((key for key, crs in NATIONAL.items() if crs == bundle.area.crs), "no")
    missing = income_notes(bundle.incomes, bundle.area.facts, country=country)
    way = say("On the page “New area” such a file can be read in when an area is built.")
    told = [*(say(note) for note in missing), way]
    st.html(
        element("h2", say("Low income")) + "".join(element("p", sentence) for sentence in told)
    )
