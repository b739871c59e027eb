"""What was built: how much of it there is, what is missing, and the way to its pages."""

from __future__ import annotations

import streamlit as st

from data.bundle import read_area
from data.order import Order
from geo.errors import Message, MoteplassError
from geo.tables import EVERYBODY
from views import areas, cached
from views.language import KEY as LANGUAGE
from views.making import file_looks, file_report
from views.steps import heading
from views.text import element, items, markdown
from views.ways import page_at
from words import Speaker


def shown(order: Order, key: str, say: Speaker) -> None:
    """Show how an area turned out, or say why it cannot be opened."""
    try:
        bundle = cached.town(order.code, read_area(order.code).built).bundle
    except MoteplassError as error:
        st.error(markdown(say(error.message)))
        return
    told = {
        "name": bundle.area.name,
        "people": say.people(bundle.homes[EVERYBODY].sum()),
        "places": say.number(len(bundle.places)),
    }
    st.success(markdown(say("{name} is ready: {people} residents, {places} places.", **told)))
    if bundle.area.missing:
        st.html(
            element("h3", say("Sources that did not answer"))
            + items(say(one) for one in bundle.area.missing)
            + element("p", say("Build the area again when they do."))
        )
    ways(order.code, key, say)
    if order.files:
        heading(say("What became of your files"), 3)
        where = file_looks.land(order)
        if not isinstance(where, Message):
            file_report.all_of(file_looks.reports(order.files, where, ask=True), key, say)
    if bundle.area.warnings:
        with st.expander(say("Beware")):
            st.html(items(say(one) for one in bundle.area.warnings))


def ways(code: str, key: str, say: Speaker) -> None:
    """Offer the pages of an area."""
    pages = {"": say("Open the map"), "area": say("Look at its data")}
    for column, (path, label) in zip(st.columns(len(pages) + 2), pages.items(), strict=False):
        to = f"{key}-to-{path}-{code}"
        if column.button(label, key=to, on_click=_look_at, args=(code,), width="stretch"):
            asked = {areas.KEY: code, LANGUAGE: say.language}
            st.switch_page(page_at(path), query_params=asked)


def _look_at(code: str) -> None:
    st.session_state[areas.KEY] = code
