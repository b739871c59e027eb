"""Export: the answer as files to take along, and the question as a link."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import streamlit as st

from layers.sentences import asked as in_words
from views import downloads, freshness, link
from views.asked import Asked
from views.explore import sentence
from views.question.showing import drawn_areas
from views.text import element


def page(asked: Asked) -> None:
    """Draw a button for each format, under what is exported in words."""
    say = asked.say
    sentence(asked)
    if not asked.question.kinds:
        st.info(say("Choose a kind of meeting place at the side: then there is an answer."))
        return
    told = in_words(asked.question, asked.catalogue, say, now=asked.now)
    areas = drawn_areas()
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
    downloads.buttons(asked, areas=areas)
    _link(asked)


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
