"""Two groups on two maps that move together, or on one that a slider divides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import pandas as pd
import streamlit as st

from geo.tables import EVERYBODY
from layers.gap_layers import coarse
from layers.groups_text import of_group
from layers.layer import Layer
from layers.publish import publish
from views import cached, link
from views.asked import Asked
from views.text import element

AGAINST, COMPARE = "against", "compare"
"""Names of the choices, in the link and in the session."""

BESIDE, SLIDER = "", "slider"
"""What the second of them may be."""

COUNTERPART = {
    EVERYBODY: "older_80",
    "young_children": "older_80",
    "school_children": "older_80",
    "older_67_79": "school_children",
    "older_80": "school_children",
}
"""Whom to look at beside a group, if nobody says otherwise; for all others, everybody."""

HEIGHT = 440


def side_by_side(asked: Asked) -> None:
    """Draw the asked group and another one, each with its own sentence, and one legend."""
    say = asked.say
    st.html(element("h2", say("Two groups on the map")))
    left, right = st.columns(2)
    with left:
        other = replace(asked, question=replace(asked.question, group=_against(asked)))
    with right:
        divided = _compare(asked) == SLIDER
    pair = (asked, other)
    names = tuple(say(asked.catalogue.groups[one.question.group].label) for one in pair)
    from views.map import Window, draw_legend, draw_map, layers_of  # noqa: PLC0415 - the table comes first

    over = [_coarse(layers_of(one)) for one in pair]
    columns = st.columns(2)
    if divided:
        titles = [
            say("Left: {group}", group=names[0]),
            say("Right: {group}", group=names[1]),
        ]
        for column, title, one in zip(columns, titles, pair, strict=True):
            with column:
                _say(title, asked, one)
        window = Window(key="divided", height=HEIGHT, captions=(names[0], names[1]))
        draw_map(asked, over[0], window=window, right=over[1])
    else:
        for n, (column, one) in enumerate(zip(columns, pair, strict=True)):
            with column:
                _say(names[n], asked, one)
                draw_map(one, over[n], window=Window(f"group-{n}", HEIGHT, "groups"))
    draw_legend(asked, _both(over))


def _say(title: str, asked: Asked, one: Asked) -> None:
    """Say under a heading what the map of one group shows."""
    told = of_group(
        asked.answer,
        one.question.group,
        asked.catalogue,
        asked.say,
        about=(asked.bundle.places, asked.now),
    )
    st.html(element("h3", title) + f'<p class="m-side">{escape(told)}</p>')


def _coarse(over: cached.Published) -> cached.Published:
    """Publish cells without their people: two groups would tell of a few by a difference."""
    plain = [coarse(one) if one.key == "spots" else None for one, _ in over]
    return tuple(
        pair if one is None else (one, publish(cached.STATIC, one))
        for pair, one in zip(over, plain, strict=True)
    )


def _both(over: Sequence[cached.Published]) -> cached.Published:
    """Return the layers of two maps for one legend, with the classes of either."""
    layers: dict[str, tuple[Layer, str]] = {}
    for layer, url in (pair for published in over for pair in published):
        known = layers.setdefault(layer.key, (layer, url))[0]
        if set(layer.present) - set(known.present):
            parts = [one.table.drop_duplicates(one.value) for one in (known, layer)]
            layers[layer.key] = replace(known, table=pd.concat(parts)), url
    return tuple(layers.values())


def _against(asked: Asked) -> str:
    """Draw the choice of the other group, and return it."""
    say, group = asked.say, asked.question.group
    labels = {key: say(one.label) for key, one in asked.catalogue.groups.items()}
    del labels[group]
    told = link.told().get(AGAINST, "")
    st.session_state[AGAINST] = told if told in labels else COUNTERPART.get(group, EVERYBODY)
    return str(
        st.selectbox(
            say("Beside it"),
            list(labels),
            format_func=labels.__getitem__,
            key=AGAINST,
            on_change=_keep,
            args=(AGAINST,),
        )
    )


def _compare(asked: Asked) -> str:
    """Draw the choice of how to look at both, and return it."""
    say = asked.say
    labels = {BESIDE: say("Side by side"), SLIDER: say("One map with a slider")}
    told = link.told().get(COMPARE, BESIDE)
    st.session_state[COMPARE] = told if told in labels else BESIDE
    return str(
        st.radio(
            say("How to compare"),
            list(labels),
            format_func=labels.__getitem__,
            key=COMPARE,
            horizontal=True,
            on_change=_keep,
            args=(COMPARE,),
        )
    )


def _keep(name: str) -> None:
    """Put what was just chosen into the link, which is where it is kept."""
    link.say_so({name: str(st.session_state[name])})
