"""The data: how good it is, kind by kind, and what the area as a whole is known for."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.catalogue import kinds
from geo.answer import Catalogue
from geo.bundle import Bundle
from geo.quality import doubts as doubts_of
from geo.question import Question
from layers.files import safe
from layers.quality_text import facts_rows, headings, rows
from views.areas import opened
from views.cached_figures import graded
from views.text import element, items, table
from words import Speaker

UNBROKEN = "\u2011"
"""A hyphen at which no line ends."""


def page(code: str, say: Speaker) -> None:
    """Draw the page of an area's data."""
    bundle = opened(code, say)
    area, found = bundle.area, graded(code, bundle.area.built)
    title = say("The data of {name}", name=area.name)
    built = say("Built {date}", date=say.date(area.built))
    st.html(element("h1", title) + element("p", built))
    _missing(bundle, say)
    if area.facts:
        heads = [say("Figure"), say("Value"), say("Year"), say("Source")]
        st.html(
            table(
                heads,
                facts_rows(area.facts, say),
                caption=say("The area as a whole"),
                words={3},
            )
        )
    if found.empty:
        st.info(say("There are no meeting places in the data for this area."))
        return
    told = rows(found, kinds(), say)
    whole = [[cell.replace("-", UNBROKEN) for cell in row] for row in told]  # dates in one line
    st.html(table(headings(say), whole, caption=say("What is known of each kind of place")))
    sheet = safe(pd.DataFrame(told, columns=headings(say)))
    st.download_button(
        say("Download the table (CSV)"),
        sheet.to_csv(index=False, sep=";").encode("utf-8-sig"),
        file_name=f"moteplass-{code}-data.csv",
        mime="text/csv",
    )


def _missing(bundle: Bundle, say: Speaker) -> None:
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
