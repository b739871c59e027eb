"""A municipality by its number or any of its names; a county offers its municipalities."""

from __future__ import annotations

import streamlit as st

from data.http import Get
from data.land_names import Match, lands
from data.lands import find, municipalities_of
from data.order import Order
from geo.errors import Message, SourceError
from views.quickly import quickly
from views.text import markdown
from words import Speaker, order

TEXT, MATCH, MEMBER = "new-text", "new-match", "new-member"
REMEMBERED_S = 60
COUNTRIES = ("no", "se")


@st.cache_resource(max_entries=len(COUNTRIES), ttl=REMEMBERED_S, show_spinner=False)
def _missing(country: str) -> tuple[Message, ...]:
    """Tell whether the list of a country can be had: asking in vain takes long."""
    missing: list[Message] = []
    lands([country], get=quickly(), tell=missing.append)
    return tuple(missing)


@st.cache_resource(max_entries=64, ttl=REMEMBERED_S, show_spinner=False)
def found(text: str) -> tuple[tuple[Match, ...], tuple[Message, ...]]:
    """Look for a name in all countries, without asking again where nobody answered."""
    matches: list[Match] = []
    told: list[Message] = []
    for country in COUNTRIES:
        missing = _missing(country)
        get = _refused(missing[0]) if missing else quickly()
        matches += find(text, get=get, countries=[country])
        told += missing
    return tuple(matches), tuple(told)


def _refused(message: Message) -> Get:
    def get(url: str) -> bytes:  # noqa: ARG001 - whatever is asked
        raise SourceError(message.text, **message.values)

    return get


@st.cache_resource(max_entries=16, ttl=REMEMBERED_S, show_spinner=False)
def members(number: str) -> dict[str, str]:
    """Return the municipalities of a county by number."""
    return municipalities_of(number, get=quickly())


def asked(say: Speaker) -> Order:
    """Ask for a municipality; return an order with its number, or an empty one."""
    text = st.text_input(
        say("Name or number of a municipality or a county"),
        key=TEXT,
        help=say("In Norway or Sweden; Sámi and Kven names will do, and so will a part."),
        persist_state="session",
    )
    if not text.strip():
        st.info(say("Type for example Bodø, Hábmer, 1804 or Nordland."))
        return Order("")
    with st.spinner(say("Looking for {text}", text=markdown(text[:40]))):
        matches, missing = found(text.strip())
    for message in missing:
        st.warning(markdown(say(message)))
    if not matches:
        st.info(
            say(
                "No municipality is called {text}. Try a part of the name, or the number.",
                text=markdown(text[:40]),
            )
        )
        return Order("")
    chosen = _chosen(matches, say)
    return (
        _of_county(chosen, say)
        if chosen.members
        else Order(chosen.number, chosen.name, number=chosen.number, country=chosen.country)
    )


def _chosen(matches: tuple[Match, ...], say: Speaker) -> Match:
    """Let one be chosen, each with all its names."""
    known = {f"{one.country} {one.number}": one for one in matches}
    if st.session_state.get(MATCH) not in known:
        st.session_state[MATCH] = next(iter(known))
    key = st.selectbox(
        say.many("{n} match", "{n} matches", len(known)),
        list(known),
        format_func=lambda key: _label(known[key], say),
        key=MATCH,
        persist_state="session",
    )
    return known[str(key)]


def _label(one: Match, say: Speaker) -> str:
    country = {"no": say("Norway"), "se": say("Sweden")}.get(one.country, one.country)
    names = " – ".join(dict.fromkeys((one.name, *one.names)))
    told = f"{names} ({one.number}, {country})"
    if one.members:
        told += say(": county with {n} municipalities", n=len(one.members))
    return told


def _of_county(county: Match, say: Speaker) -> Order:
    """Offer the municipalities of a county, and tell how to build all of them."""
    st.info(
        say(
            "Here one area is made at a time. All {n} municipalities are built by:",
            n=len(county.members),
        )
        + f" `python -m data build {county.number}`"
    )
    try:
        names = members(county.number)
    except SourceError as error:
        st.warning(markdown(say(error.message)))
        names = {number: number for number in county.members}
    if st.session_state.get(MEMBER) not in names:
        st.session_state[MEMBER] = next(iter(names))
    number = st.selectbox(
        say("Municipality in {county}", county=markdown(county.name)),
        sorted(names, key=lambda number: order.key(names[number], say.language)),
        format_func=lambda number: f"{names[number]} ({number})",
        key=MEMBER,
        persist_state="session",
    )
    return Order(str(number), names[str(number)], number=str(number), country=county.country)
