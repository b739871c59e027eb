"""The map of a scenario: what it changes and brings, or before beside after."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from layers.publish import publish
from layers.scenario.edit_layers import sketch
from views import cached, link
from views.asked import Asked
from views.map import Window, draw_legend, draw_map, layers_of
from views.text import element
from views.whatif.choices import DO
from views.whatif.comparing import against
from views.whatif.forms import Form
from views.whatif.pointing import points, spot
from views.whatif.remembered import change_layers, edits_drawn

SHOWN = "maps"
"""Name in the link, and key in the session, of which maps are shown."""

HEIGHT = 560

DRAWN = ("path", "house")
"""What is drawn corner by corner, see `views.whatif.forms`."""


def drawn_map(asked: Asked, form: Form, *, both: bool) -> None:
    """Draw one map or `both`, which hand every spot that is pointed at to the form."""

    def act(lat: float, lon: float) -> None:
        form.pointed(asked, spot(lat, lon, asked.bundle.area.crs))

    if both:
        _two(asked, Window("after", HEIGHT, "whatif", pointed=act, silent=form.anywhere))
        return
    over = _over(asked)
    draw_map(asked, over, window=Window("whatif", HEIGHT, pointed=act, silent=form.anywhere))
    draw_legend(asked, over)


def _over(asked: Asked) -> cached.Published:
    """Return the layers of the one map: what changes if anything does, else the answer."""
    question, other = asked.question, against(asked)
    told = (question, asked.built, asked.say.language, asked.now)
    if not question.kinds or question.scenario == other:
        return (*layers_of(asked), *_sketched(asked))
    places = cached.place_layers(*told)
    return (
        *change_layers(*told, other),
        *edits_drawn(*told[:3]),
        *places,
        *_sketched(asked),
    )


def _sketched(asked: Asked) -> cached.Published:
    """Return what is being drawn, if anything is."""
    doing = st.session_state.get(DO)
    if doing not in DRAWN or not points():
        return ()
    closed = doing == "house"
    layers = sketch(points(), asked.bundle.area.crs, closed=closed, say=asked.say)
    return tuple((layer, publish(cached.STATIC, layer)) for layer in layers)


def side_by_side(asked: Asked) -> bool:
    """Draw the choice between one map of what changes and two; return whether it is two."""
    say = asked.say
    labels = {"": say("What changes"), "beside": say("Before and after, side by side")}
    told = st.session_state.get(SHOWN, link.told().get(SHOWN, ""))
    st.session_state[SHOWN] = told if told in labels else ""
    chosen = st.radio(
        say("The map shows"),
        list(labels),
        format_func=labels.__getitem__,
        key=SHOWN,
        horizontal=True,
    )
    link.say_so({SHOWN: chosen})
    return chosen == "beside" and asked.question.scenario != against(asked)


def _two(asked: Asked, window: Window) -> None:
    """Draw two maps that move together: what it is compared with, and the scenario."""
    say, question, other = asked.say, asked.question, against(asked)
    was = replace(
        asked,
        question=replace(question, scenario=other),
        bundle=cached.town(question.area, asked.built, other).bundle,
    )
    names = (other.name or say("Before"), question.scenario.name or say("After"))
    over = layers_of(was), (*layers_of(asked), *_sketched(asked))
    windows = replace(window, key="before", pointed=None, silent=False), window
    for n, column in enumerate(st.columns(2)):
        with column:
            st.html(element("h2", names[n]))
            draw_map((was, asked)[n], over[n], window=windows[n])
    draw_legend(asked, (*over[0], *over[1]))
