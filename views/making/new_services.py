"""Step 3 of a new area: which open services are asked, and what is asked of whom."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from data.http import host_of
from data.order import Order
from data.services.catalogue import SERVICES
from data.services.service import Service
from views.text import items, table
from words import Speaker

ASK, WITHOUT = "new-services", "new-without"


def asked(order: Order, say: Speaker) -> Order:
    """Ask whether services are asked, and which are not; say what goes out at all."""
    municipality = bool(order.number)
    default = (
        f"{ASK}-{municipality}"  # on for a municipality, off for what is not known by number
    )
    ask = st.toggle(
        say("Ask the open services"), value=municipality, key=default, persist_state="session"
    )
    here = [one for one in SERVICES if order.country in one.countries]
    without: list[str] = []
    if ask:
        without = _without(here, order.country, say)
        _tell(here, without, say)
    st.html(items(_besides(replace(order, services=ask), say)))
    return replace(order, services=ask, without=tuple(without))


def _without(here: list[Service], country: str, say: Speaker) -> list[str]:
    names = {one.key: say(one.name) for one in here}
    return list(
        st.multiselect(
            say("Leave out"),
            list(names),
            format_func=names.__getitem__,
            key=f"{WITHOUT}-{country}",
            placeholder=say("None: all are asked"),
            persist_state="session",
        )
    )


def _tell(here: list[Service], without: list[str], say: Speaker) -> None:
    rows = [
        [say(one.name), one.attribution, host_of(one.url), one.licence]
        for one in here
        if one.key not in without
    ]
    with st.expander(say.many("{n} service is asked", "{n} services are asked", len(rows))):
        heads = [say("What it holds"), say("Whom to thank"), say("Asked at"), say("Licence")]
        st.html(table(heads, rows, caption=say("What is asked of whom"), words={1, 2, 3}))


def _besides(order: Order, say: Speaker) -> list[str]:
    """Say what else a build asks of others, in words."""
    told = [] if order.services else [say("No register and no statistics are asked.")]
    if order.number and not order.boundary:
        who = "SCB" if order.country == "se" else "Kartverket"
        told.append(say("The boundary of the municipality is asked of {who}.", who=who))
    if order.osm is None and (order.number or order.boundary):
        told.append(say("Today's map is asked of OpenStreetMap's Overpass service."))
    if order.files:
        text = (
            "Addresses in your files that have no coordinates are looked up at Kartverket;"
            " nothing else of your files leaves this machine."
        )
        told.append(say(text))
    return told
