"""The list of gaps: each a button that moves the map there and tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import geopandas as gpd
import streamlit as st

from geo.gaps import Gap, gaps, lives_in, within_anyway
from geo.question import Question
from layers.gap_layers import chosen as edge
from layers.gap_text import card, names, rows, street
from layers.gaps_text import not_listed
from layers.publish import publish
from views import cached, link
from views.asked import Asked
from views.lasting import lasting
from views.text import element, items, markdown
from words import Speaker, speaker

SPOT = "spot"
"""Name in the link of the gap that was chosen: the key of `geo.gaps.Gap`."""

SHOWN, AT_A_TIME = "gaps-shown", 15
"""Key in the session of how many gaps are listed; and how many more with every click."""

HEIGHT = 520
"""Of the map, and of the list beside it, which scrolls so that the map stays in sight."""

AROUND_M = 350.0
"""What is shown round a gap, so that one sees where it is."""

HERE = "border: 2px solid var(--m-mark); background: var(--m-shade); border-left-width: 8px"
"""
Look of the button of the gap that is shown. A style beside it, for a button of another type
would be another button, and lose the focus.
"""


@st.cache_resource(max_entries=64, show_spinner=False)
def _gaps(question: Question, built: str, now: datetime) -> Mapping[str, Gap]:
    """Find the gaps of a question once for all sessions."""
    homes = cached.town(question.area, built, question.scenario).bundle.homes
    return gaps(cached.answered(question, built, now), homes)


@st.cache_resource(max_entries=256, show_spinner=False)
def _anyway(question: Question, built: str, now: datetime, key: str) -> Mapping[str, float]:
    """Find what half of those in a gap have within reach anyway, once for all sessions."""
    homes, found = (
        cached.town(question.area, built, question.scenario).bundle.homes,
        cached.catalogue(),
    )
    walker = found.walker_of(question)
    here = lives_in(
        _gaps(question, built, now)[key], cached.answered(question, built, now), homes
    )
    walks = cached.walk(question.area, built, question.terms(walker), now, question.scenario)
    others = {kind: walk for kind, walk in walks.items() if kind not in question.kinds}
    people = homes[question.group].where(here, 0.0)
    return within_anyway(others, walker, people, within=question.minutes)


@st.cache_resource(max_entries=256, ttl=3600, show_spinner=False)
@lasting
def _edge(
    question: Question, built: str, language: str, now: datetime, key: str
) -> tuple[cached.Published, tuple[float, float, float, float]]:
    """Publish the edge of a gap; return it, and what to show to see where it is."""
    from layers.map import extent  # noqa: PLC0415 - heavy

    crs = cached.town(question.area, built, question.scenario).bundle.area.crs
    gap = _gaps(question, built, now)[key]
    layer = edge(gap, crs, say=speaker(language))
    around = gpd.GeoDataFrame(geometry=[gap.square.buffer(AROUND_M)], crs=crs)
    return ((layer, publish(cached.STATIC, layer)),), extent(around)


def gaps_of(asked: Asked) -> Mapping[str, Gap]:
    """Return the gaps that may be told of, by key, most people first; none without places."""
    if asked.answer.places.empty:
        return {}  # homes without a place to go to are no gaps
    return _gaps(asked.question, asked.built, asked.now)


def listed(asked: Asked) -> list[Gap]:
    """Return the gaps that are shown now: the first ones, and up to the one of the link."""
    found = gaps_of(asked)
    shown = int(st.session_state.get(SHOWN, AT_A_TIME))
    rank = [*found].index(chosen.key) + 1 if (chosen := _chosen(asked)) else 0
    return list(found.values())[: max(shown, rank)]


def _chosen(asked: Asked) -> Gap | None:
    """Return the gap that the link names, if there is such a one."""
    return gaps_of(asked).get(link.told().get(SPOT, ""))


@st.fragment
def gaps_on_map(asked: Asked) -> None:
    """Draw map, card and list; a click in the list draws these anew, and nothing else."""
    left, right = st.columns([7, 4])
    with left:
        _map(asked, _chosen(asked))
    with right:
        _list(asked, listed(asked), _chosen(asked))


def _map(asked: Asked, gap: Gap | None) -> None:
    """Draw the map where the chosen gap is, what is told of it, and the legend."""
    from views.map import Window, draw_legend, draw_map, layers_of  # noqa: PLC0415 - heavy

    over = layers_of(asked)
    window = Window(key="gaps", height=HEIGHT)
    if gap:
        of = (asked.question, asked.built, asked.say.language, asked.now)
        square, where = _edge(*of, gap.key)
        over += square
        window = replace(window, look_at=where)
    draw_map(asked, over, window=window)
    if gap:
        _card(asked, gap)
    draw_legend(asked, over)


def _card(asked: Asked, gap: Gap) -> None:
    """Tell of one gap."""
    question, say = asked.question, asked.say
    anyway = _anyway(question, asked.built, asked.now, gap.key)
    called = names(asked.bundle.places, asked.catalogue, say)
    place = called.get(gap.place, "")
    told = card(gap, question, asked.catalogue, say, place=place, anyway=anyway)
    st.html(
        '<section class="m-gap" role="status">'
        + element("h2", say("Near: {street}", street=street(gap, say)))
        + items(told)
        + "</section>"
    )
    st.button(say("Choose no gap"), key="gap-none", on_click=_choose, args=("",))


def _list(asked: Asked, shown: list[Gap], chosen: Gap | None) -> None:
    """Draw a button for each gap, and one for more of them."""
    say, found = asked.say, gaps_of(asked)
    st.html(element("h2", say("The largest gaps")))
    called = names(asked.bundle.places, asked.catalogue, say)
    told = rows(shown, called, say, certain=asked.question.certain)
    with st.container(key="gaps", height=HEIGHT):
        if chosen:
            st.html(f"<style>.st-key-gap-{chosen.key} button {{{HERE}}}</style>")
        for rank, (gap, row) in enumerate(zip(shown, told, strict=True), 1):
            _button(rank, gap, row, say)
        if rest := len(found) - len(shown):
            n = min(rest, AT_A_TIME)
            label = say.many("Show {n} more", "Show {n} more", n)
            st.button(label, key="gap-more", on_click=_more, args=(len(shown),))
    if hidden := not_listed(asked.answer, say):
        st.html(element("p", hidden))


def _button(rank: int, gap: Gap, row: list[str], say: Speaker) -> None:
    """Draw a gap as a button: where, how many, how far, and to which place."""
    near, people, walk, place = row
    first = say("{n}. {street}", n=rank, street=near)
    more = say("{people} people · {walk} · {place}", people=people, walk=walk, place=place)
    st.button(
        f"**{markdown(first)}**  \n{markdown(more)}",
        key=f"gap-{gap.key}",
        width="stretch",
        on_click=_choose,
        args=(gap.key,),
    )


def _choose(key: str) -> None:
    """Put a gap into the link, which is where the choice is kept."""
    link.say_so({SPOT: key})


def _more(shown: int) -> None:
    st.session_state[SHOWN] = shown + AT_A_TIME
