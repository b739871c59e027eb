"""Buttons for single files, each made when it is asked for, and how far it has come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from threading import BoundedSemaphore

import streamlit as st

from geo.errors import Message, MoteplassError, unforeseen
from views.text import element, markdown
from words import Speaker

EVERY_S = 2.0
"""
How often the page looks whether a file is made: seldom, as Streamlit forgets a file that no
page holds after the second time that any page is run, and the browser has to be faster.
"""

AT_ONCE = BoundedSemaphore(2)
"""Files are made two at a time: each takes much memory, and all of them share this process."""

SHARES = (2, 5)
"""Widths of a button and of what it says beside it."""

MB = 1e6


@dataclass(frozen=True, slots=True)
class File:
    """
    A file that somebody may take along.

    Parameters
    ----------
    key
        Tells files of a page apart.
    label, holds
        What its button says, and what is in it.
    name, mime
        Its name and media type.
    make
        Writes it, when it is asked for.
    of
        What it is of: asked otherwise, it is another file.
    """

    key: str
    label: str
    holds: str
    name: str
    mime: str
    make: Callable[[], bytes]
    of: object


@dataclass(slots=True)
class Making:
    """
    How far a file has come that somebody asked for; it is made apart from the page.

    Of a click the page hears as well as the making, whichever first: `ahead` counts by how
    many the making is, so that each click is noted once.
    """

    asked: bool = False
    ahead: int = 0
    size: int = 0
    fault: Message | None = None

    @property
    def waits(self) -> bool:
        """Whether it is being made."""
        return self.asked and not self.size and self.fault is None


def buttons(files: Sequence[File], say: Speaker) -> None:
    """Draw one button per file, each beside what is in it."""
    for one in files:
        with st.container(key=f"offer-{one.key}"):
            _button(one, say)


def _button(one: File, say: Speaker) -> None:
    """Say what is in a file, offer it, and say how it goes once it was asked for."""
    making = _making(one)

    def content() -> bytes:
        making.ahead += 1
        if making.ahead > 0:
            _ask(making)
        try:
            with AT_ONCE:
                made = one.make()
        except Exception as error:
            making.fault = _fault(error)
            raise
        making.size = len(made)
        return made

    left, right = st.columns(SHARES, vertical_alignment="center")
    with left:
        st.download_button(
            one.label,
            content,
            one.name,
            one.mime,
            on_click=_clicked,
            args=(making,),
            width="stretch",
            key=f"take-{one.key}",
        )
    with right:
        st.html(element("span", one.holds))
        every = EVERY_S if making.waits else None
        st.fragment(_state, run_every=every)(making, say, polled=every is not None)


def _making(one: File) -> Making:
    """Return how far the file of this very question has come in this session."""
    key = f"making-{one.key}"
    known = st.session_state.get(key)
    if known is None or known[0] != one.of:
        known = st.session_state[key] = (one.of, Making())
    making: Making = known[1]
    return making


def _clicked(making: Making) -> None:
    """Note that a file was asked for, unless the making has noted it."""
    making.ahead -= 1
    if making.ahead < 0:
        _ask(making)


def _ask(making: Making) -> None:
    making.asked, making.size, making.fault = True, 0, None


def _fault(error: Exception) -> Message:
    """Return what went wrong as a sentence."""
    return error.message if isinstance(error, MoteplassError) else unforeseen(error)


def _state(making: Making, say: Speaker, *, polled: bool) -> None:
    """Say that a file is being made, how large it is, or why there is none."""
    if polled and not making.waits:
        st.rerun()
    if making.fault:
        st.error(markdown(say(making.fault)))
    elif making.asked:
        size = megabytes(making.size, say)
        told = say("Made: {size}", size=size) if making.size else say("Being made …")
        st.html(f'<p role="status">{escape(told)}</p>')


def megabytes(size: int, say: Speaker) -> str:
    """Return how large a file of so many bytes is."""
    return say("{n} MB", n=say.number(max(size / MB, 0.1), 1))
