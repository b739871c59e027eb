"""What is read on the wall: a heading, the answer with its figure, the legend, the sources."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.stories import View
from layers.circumstances import setting
from layers.naming import share_of
from layers.reaching import reached
from layers.sentences import answered as in_words
from views.asked import Asked
from views.ways import way
from words import Speaker

LEAVING = {"story": "", "step": ""}
"""What the link forgets when somebody leaves the wall."""


def element(name: str, kind: str, text: str, language: str = "") -> str:
    """
    Return an element of the wall with text in it, or `""` if there is none.

    `language`: that of the text, if it is another than the page's.
    """
    lang = f' lang="{escape(language)}"' if language else ""
    return f'<{name} class="{kind}"{lang}>{escape(text)}</{name}>' if text else ""


def answer(asked: Asked) -> str:
    """Return the answer as HTML: its first sentence, the share in large figures."""
    say = asked.say
    whole = in_words(
        asked.answer, asked.catalogue, say, places=asked.bundle.places, now=asked.now
    )
    notes = " ".join(say(note) for note in asked.bundle.area.notes)
    told = f'<p class="m-answer" role="status">{_short(asked, whole)}</p>'
    return told + element("p", "m-small", notes)


def _short(asked: Asked, whole: str) -> str:
    """Return the beginning of the answer, its figure marked; all of it if it has none."""
    question, say = asked.question, asked.say
    if not question.kinds or asked.answer.places.empty:
        return escape(whole)
    before = setting(question, asked.catalogue, say, asked.now)
    sentence = reached(asked.answer, asked.catalogue, say)
    figure = share_of(asked.answer.reach[question.group].share, say)
    if not whole.startswith(before + sentence) or not sentence.startswith(figure):
        return escape(whole)
    marked = f'<strong class="m-figure">{escape(figure)}</strong>'
    return escape(before) + marked + escape(sentence[len(figure) :])


def draw(asked: Asked, legend: DeltaGenerator, *, look_at: View | None, answered: bool) -> None:
    """
    Draw the map, and its legend where there is room for it.

    Parameters
    ----------
    asked
        What to draw.
    legend
        Where to draw the legend.
    look_at
        Where to look; `None`: where the map looks already.
    answered
        Whether there is an answer; else only the land is drawn.
    """
    from views.map import Window, draw_legend, draw_map, layers_of  # noqa: PLC0415 - as Explore

    over = layers_of(asked) if answered else ()
    with legend:
        draw_legend(asked, over)
    with st.container(key="wall-map"):
        draw_map(asked, over, window=Window("wall", 900, look_at=look_at))


def leave(say: Speaker, params: Mapping[str, str]) -> None:
    """Draw the way back to the map of what is shown, as `params` ask it."""
    place = st.container(key="wall-leave", width="content")
    way("", say("Leave"), {**params, **LEAVING}, place=place)


def helped(say: Speaker) -> None:
    """Draw what the keys do."""
    keys = {
        say("Right arrow, Page Down, space"): say("next step"),
        say("Left arrow, Page Up"): say("previous step"),
        "Home, End": say("first or last step"),
        say("B or full stop"): say("before or after, where a step has both"),
        "F, F5": say("full screen, and back"),
        "Escape": say("leave full screen; then leave the wall"),
        "?": say("this list"),
    }
    rows = "".join(
        f"<dt>{escape(key)}</dt><dd>{escape(does)}</dd>" for key, does in keys.items()
    )
    told = say(
        "A presenter's remote sends the same keys. While the map has the focus, arrows move"
        " the map; Page Down and Page Up go on as before."
    )
    with st.container(key="wall-help", width="content"), st.popover("?", help=say("The keys")):
        st.html(f"<dl>{rows}</dl>{element('p', '', told)}")
