"""The data: how good it is, kind by kind, and what the area as a whole is known for."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.catalogue import kinds
from geo.answer import Catalogue
from geo.bundle import Bundle
from geo.quality import doubts as doubts_of
from geo.question import Question
from layers.formats.text import safe
from layers.quality_text import facts_rows, headings, rows
from views.cached_figures import graded
from views.text import element, items, movable, table
from words import Speaker

UNBROKEN = "\u2011"
"""A hyphen at which no line ends."""


def facts(bundle: Bundle, say: Speaker) -> None:
    """Show the figures that hold for the area as a whole, if there are any."""
    if bundle.area.facts:
        heads = [say("Figure"), say("Value"), say("Year"), say("Source")]
        caption = say("The area as a whole")
        rows = facts_rows(bundle.area.facts, say)
        st.html(table(heads, rows, caption=caption, words={3}))


def kinds_known(bundle: Bundle, say: Speaker) -> None:
    """Show what is known of each kind of place, as a table that can be fetched."""
    code = bundle.area.code
    found = graded(code, bundle.area.built)
    st.html(element("h2", say("Data quality")))
    if found.empty:
        st.info(say("There are no meeting places in the data for this area."))
        return
    told = rows(found, kinds(), say)
    whole = [[cell.replace("-", UNBROKEN) for cell in row] for row in told]  # dates in one line
    caption = say("What is known of each kind of place")
    st.html(movable(table(headings(say), whole, caption=caption), caption))
    sheet = safe(pd.DataFrame(told, columns=headings(say)))
    st.download_button(
        say("Download the table (CSV)"),
        sheet.to_csv(index=False, sep=";").encode("utf-8-sig"),
        file_name=f"moteplass-{code}-data.csv",
        mime="text/csv",
        on_click="ignore",
    )


def missing(bundle: Bundle, say: Speaker) -> None:
    """Name the sources that did not answer when the area was built."""
    if bundle.area.missing:
        st.html(
            element("h2", say("Sources that did not answer"))
            + items(say(one) for one in bundle.area.missing)
            + element("p", say("Build the area again when they do."))
        )


def doubts(question: Question, bundle: Bundle, catalogue: Catalogue, say: Speaker) -> None:
    """Say beside an answer where the data it rests on is thin."""
    found = graded(question.area, bundle.area.built)
    wheels = bool(catalogue.walker_of(question).wheels)
    told = doubts_of(found, question, catalogue.kinds, wheels=wheels)
    told = (*bundle.area.missing, *told)
    if told:
        st.html(f'<div class="m-doubts">{items(say(one) for one in told)}</div>')
