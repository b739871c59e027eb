"""The state of the program: its parts, areas, room and languages, and what to look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from queue import Empty, Queue
from threading import Thread
from time import monotonic

import streamlit as st

from data.store import home
from views import health_checks, rights
from views.health_checks import Check, Row
from views.text import element, table
from words import Speaker, speaker

PATIENCE_S = 3.0
"""So long all checks together may take: what hangs is told as what hangs."""

REMEMBERED_S = 10
"""Whoever asks again and again is answered from memory."""


def page(code: str, say: Speaker) -> None:  # noqa: ARG001 - all pages are asked alike
    """Draw a table for each part of the program."""
    found = _found(say.language)
    wrong = sum(not row.fine for rows in found.values() for row in rows)
    told = (
        say.many("{n} thing is to be looked at.", "{n} things are to be looked at.", wrong)
        if wrong
        else say("All is in order.")
    )
    st.html(
        element("h1", say("State of the program"))
        + f'<p class="m-answer" role="status">{told}</p>'
    )
    for title, rows in found.items():
        st.html(_drawn(title, rows, say))
    if rights.may_change():
        st.html(element("p", say("Areas lie in {folder}", folder=str(home()))))


def _drawn(title: str, rows: list[Row], say: Speaker) -> str:
    words = {True: say("In order"), False: say("Look at this")}
    cells = [[row.what, row.found, words[row.fine]] for row in rows]
    heads = [say("What"), say("Found"), say("State")]
    return table(heads, cells, caption=title, words={1, 2})


@st.cache_resource(max_entries=8, ttl=REMEMBERED_S, show_spinner=False)
def _found(language: str) -> dict[str, list[Row]]:
    """Make all checks at once; each in its own thread, so that none waits for another."""
    say = speaker(language)
    checks = health_checks.checks(say) | {say("Who uses it"): lambda: use(say)}
    return within(PATIENCE_S, checks, say)


def within(
    patience_s: float, checks: Mapping[str, Check], say: Speaker
) -> dict[str, list[Row]]:
    """
    Return what checks find in some seconds; of those that take longer, that they do.

    Parameters
    ----------
    patience_s
        For all together.
    checks
        By title. One that fails is told as what has to be looked at.
    say
        The language.
    """
    told: Queue[tuple[str, list[Row]]] = Queue()
    for title, check in checks.items():
        Thread(target=_made, args=(title, check, told.put, say), daemon=True).start()
    found: dict[str, list[Row]] = {}
    until = monotonic() + patience_s
    while len(found) < len(checks):
        try:
            title, rows = told.get(timeout=max(until - monotonic(), 0.001))
        except Empty:
            break
        found[title] = rows
    late = say("No answer in {n} seconds", n=say.number(patience_s))
    return {title: found.get(title, [Row(title, late, fine=False)]) for title in checks}


def _made(
    title: str, check: Check, tell: Callable[[tuple[str, list[Row]]], None], say: Speaker
) -> None:
    try:
        rows = check()
    except Exception as error:  # whatever it is: this page is where it is looked for
        told = say("The check failed: {reason}", reason=type(error).__name__)
        rows = [Row(title, told, fine=False)]
    tell((title, rows))


def use(say: Speaker) -> list[Row]:
    """Look at who uses the program now, what is being built, and whether one signs in."""
    from views.making.building import under_way  # noqa: PLC0415 - only this page asks

    waiting = under_way()
    return [
        Row(say("Open windows"), say.number(_sessions())),
        Row(say("Areas being built or waiting"), ", ".join(waiting) or say("None")),
        Row(say("Sign-in"), say("Set up") if rights.ways_in() else say("Not set up")),
    ]


def _sessions() -> float:
    """Return how many sessions there are; `nan` where the server does not tell."""
    from streamlit import runtime  # noqa: PLC0415 - as above

    if not runtime.exists():
        return float("nan")
    manager = getattr(runtime.get_instance(), "_session_mgr", None)
    count = getattr(manager, "num_active_sessions", None)
    return float(count()) if count else float("nan")
