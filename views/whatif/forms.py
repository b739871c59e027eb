"""What can be changed, a form for each: what it asks for, and the change it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from geo.errors import Message
from geo.scenario.edits import XY, Add, Close, Edit, Mend, Move, Open
from layers.scenario.opening import HOURS
from views.asked import Asked
from views.text import markdown
from views.whatif import choices
from views.whatif.attempt import attempt, refuse
from views.whatif.drawing import corner, draw_house, draw_path
from views.whatif.pointing import NO_SPOT, written
from words import Speaker

HOURS_KEY, NAME, WHERE, MENDING = (
    *("scenario-hours", "scenario-name", "scenario-where", "scenario-mend"),
)
"""Keys in the session of what is chosen in a form."""


@dataclass(frozen=True, slots=True)
class Form:
    """
    A way to change something.

    Parameters
    ----------
    label
        What it is called in the choice of changes.
    draw
        Draws what it asks for.
    pointed
        What it does with a spot that somebody points at on the map.
    anywhere
        Whether any spot will do: else it is places that are meant.
    """

    label: str
    draw: Callable[[Asked], None]
    pointed: Callable[[Asked, XY], object]
    anywhere: bool = True


def forms(say: Speaker) -> Mapping[str, Form]:
    """Return the ways to change something, the most usual first."""
    return {
        "open": Form(say("Open a place to others"), _open, _to_open, anywhere=False),
        "close": Form(say("Close a place"), _close, _to_close, anywhere=False),
        "add": Form(say("Add a place"), _add, _added),
        "move": Form(say("Move a place"), _move, _moved),
        "path": Form(say("Lay a path or a footbridge"), draw_path, corner),
        "mend": Form(say("Mend a way"), _mend, _mended),
        "house": Form(say("Build homes"), draw_house, corner),
    }


def _open(asked: Asked) -> None:
    say = asked.say
    if not asked.question.when:
        st.info(say("Opening hours count at a moment only; today the question is of any time."))
        st.button(say("Ask about a weekday evening"), on_click=_in_the_evening)
    place = choices.choose_place(asked, choices.indoors(asked))
    hours = st.selectbox(
        say("Open"),
        [*HOURS],
        format_func=lambda key: f"{say(HOURS[key])} ({key})",
        key=HOURS_KEY,
    )
    own = set(asked.bundle.places.at[place, "kinds"].split(";")) if place else set()
    of = [kind for kind in choices.kinds_asked(asked, indoors=True) if kind not in own]
    kind = "" if own & set(asked.question.kinds) else next(iter(of), "")
    if of and place and not own & set(asked.question.kinds):
        kind = choices.choose_kind(say("It then counts as"), of, asked, none=say("What it is"))
    _button(asked, say("Open it"), lambda: Open(place, hours, kind), ready=bool(place))


def _to_open(asked: Asked, at: XY) -> None:
    choices.choose_nearest(asked, at, choices.indoors(asked))


def _in_the_evening() -> None:
    """Ask about a moment at which most public buildings are closed."""
    st.session_state["when"] = "weekday_evening"


def _close(asked: Asked) -> None:
    say, of = asked.say, choices.counted(asked)
    if not of:
        st.info(say("No place counts in the question: choose kinds at the side."))
        return
    place = choices.choose_place(asked, of)
    _button(asked, say("Close it"), lambda: Close(place), ready=bool(place))


def _to_close(asked: Asked, at: XY) -> None:
    choices.choose_nearest(asked, at, choices.counted(asked))


def _add(asked: Asked) -> None:
    say = asked.say
    choices.choose_kind(say("Kind of place"), choices.kinds_asked(asked), asked)
    st.text_input(say("Name"), key=NAME, max_chars=80)
    st.markdown(markdown(say("Point at the map where it shall be.")))
    _where(asked, _added)


def _added(asked: Asked, at: XY) -> object:
    state = st.session_state
    return attempt(asked, Add(state[choices.KIND], at, " ".join(state.get(NAME, "").split())))


def _move(asked: Asked) -> None:
    say, of = asked.say, choices.counted(asked)
    if choices.choose_place(asked, of):
        st.markdown(markdown(say("Point at the map where it shall be.")))
        _where(asked, _moved)


def _moved(asked: Asked, at: XY) -> None:
    place = st.session_state.get(choices.PLACE)
    if not place:
        _to_close(asked, at)
    elif attempt(asked, Move(place, at)):
        st.session_state[choices.PLACE] = None


def _mend(asked: Asked) -> None:
    say = asked.say
    what = {
        "ramp": say("Passable without steps"),
        "light": say("Lit in the dark"),
        "clear": say("Cleared in winter"),
    }
    st.selectbox(say("What is better then"), [*what], format_func=what.__getitem__, key=MENDING)
    st.markdown(
        markdown(say("Point at the way on the map. All of it is mended, as it is mapped."))
    )
    _where(asked, _mended)


def _mended(asked: Asked, at: XY) -> object:
    return attempt(asked, Mend(at, st.session_state.get(MENDING, "ramp")))


def _where(asked: Asked, act: Callable[[Asked, XY], object]) -> None:
    """Let a spot be written, for who does not point."""

    def put() -> None:
        at = written(st.session_state.get(WHERE, ""), asked.bundle.area.crs)
        if at is None:
            refuse(NO_SPOT)
            return
        act(asked, at)

    with st.expander(asked.say("Write the position instead")):
        st.text_input(asked.say("Latitude and longitude"), key=WHERE, max_chars=60)
        st.button(asked.say("Put it there"), on_click=put)


def _button(asked: Asked, label: str, edit: Callable[[], Edit], *, ready: bool) -> None:
    """Draw the button that makes a change, once all that it needs is chosen."""

    def make() -> None:
        if not ready:
            refuse(Message("Choose a place first."))
            return
        if attempt(asked, edit()):
            st.session_state[choices.PLACE] = None

    st.button(label, type="primary", on_click=make)
