"""Export: the answer as files to take along, and the question as a link."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import streamlit as st

from layers.paper.sheetful import Paper
from layers.sentences import asked as in_words
from views import freshness, link
from views.asked import Asked
from views.explore import sentence
from views.question.showing import drawn_areas
from views.taking import offers
from views.taking.annex import annex
from views.taking.downloads import buttons
from views.taking.online import printed
from views.text import element
from words import Speaker


def page(asked: Asked) -> None:
    """Offer what can be taken along, under what it tells in words."""
    say = asked.say
    sentence(asked)
    if not asked.question.kinds:
        st.info(say("Choose a kind of meeting place at the side: then there is an answer."))
        return
    areas = drawn_areas()
    _told(asked, areas=areas)
    annex(asked, areas=areas)
    st.html(element("h2", say("Documents")))
    buttons(offers.of_answer(offers.documents(say), asked, areas=areas), say)
    st.html(element("h2", say("Maps on paper")))
    paper, base = _paper(say), printed()
    if base:
        st.html(element("p", say("The large map lies on the base map chosen at the side.")))
    buttons(offers.of_answer(offers.prints(paper, say, base), asked, areas=areas), say)
    st.html(element("h2", say("Layers and tables")))
    buttons(offers.of_answer(offers.layers(say), asked, areas=areas), say)
    _link(asked)


def _told(asked: Asked, *, areas: bool) -> None:
    """Say what is exported."""
    say = asked.say
    told = in_words(asked.question, asked.catalogue, say, now=asked.now)
    reach = (
        say("The reach of the places is in the files as areas: that takes some seconds more.")
        if areas
        else say("Show the reach of the places as areas, at the side, to have it in the files.")
    )
    rests = say("Sources, licences, the day and what to beware of stand in every file.")
    st.html(
        element("h2", say("What is exported"))
        + "".join(element("p", text) for text in (told, f"{reach} {rests}"))
    )
    if old := freshness.aged(asked.bundle.area, asked.now.date(), say):
        st.html(element("p", old))


def _paper(say: Speaker) -> Paper:
    """Let the size and direction of the paper be chosen."""
    names = {"a4": "A4", "a3": "A3"}
    ways = {False: say("Upright"), True: say("Across")}
    one, other, _ = st.columns(3)
    with one:
        size = st.radio(
            say("Paper"), list(names), format_func=names.get, horizontal=True, key="paper"
        )
    with other:
        across = st.radio(
            say("Direction"), list(ways), format_func=ways.get, horizontal=True, key="across"
        )
    return Paper(size, across=across)


def _link(asked: Asked) -> None:
    """Show the link that asks the same elsewhere."""
    say = asked.say
    st.html(
        element("h2", say("The link"))
        + element("p", say("Whoever opens it asks the same question, of the data of that day."))
    )
    where = urlsplit(st.context.url or "")
    base = f"{where.scheme}://{where.netloc}" if where.netloc else ""
    path = where.path.removesuffix("/export").rstrip("/")
    st.code(f"{base}{path}/?{urlencode(link.told())}", language=None, wrap_lines=True)
