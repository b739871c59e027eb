"""The scenario that is worked on: kept in the link, so that going back takes a change back."""

from __future__ import annotations

import streamlit as st

from geo.scenario.link import of_text, to_text
from geo.scenario.scenario import Scenario
from views import link

SCENARIO, AREA = "scenario", "area"
"""Names in the link."""

PAST, FUTURE = "scenario-past", "scenario-future"
"""Keys in the session of what can be undone, and done again: as the link has them."""

REMEMBERED = 100


def scenario(area: str) -> Scenario:
    """
    Return the scenario of the link, if it is of this area; else one of no changes.

    Raises
    ------
    ScenarioError
        If the link is damaged.
    """
    told = link.told()
    here = told.get(AREA, area) == area
    return of_text(told.get(SCENARIO, "") if here else "")


def change(new: Scenario) -> None:
    """Work on another scenario from now on; what was can be had again by `undo`."""
    _past().append(_now())
    del _past()[:-REMEMBERED]
    _future().clear()
    link.say_so({SCENARIO: to_text(new)})


def undo() -> None:
    """Have again what was before the last change."""
    _step(_past(), _future())


def redo() -> None:
    """Have again what was undone last."""
    _step(_future(), _past())


def can_undo() -> bool:
    """Whether something was changed in this session."""
    return any(one != _now() for one in _past())


def can_redo() -> bool:
    """Whether something was undone, and nothing was changed since."""
    return any(one != _now() for one in _future())


def _step(out: list[str], into: list[str]) -> None:
    now = _now()
    while out and out[-1] == now:  # the browser's own way back has been there
        out.pop()
    if out:
        into.append(now)
        link.say_so({SCENARIO: out.pop()})


def _now() -> str:
    return link.told().get(SCENARIO, "")


def _past() -> list[str]:
    return _of_area(PAST)


def _future() -> list[str]:
    return _of_area(FUTURE)


def _of_area(key: str) -> list[str]:
    """Return what is remembered of the area looked at: elsewhere it would mean nothing."""
    found: list[str] = st.session_state.setdefault(f"{key}-{link.told().get(AREA)}", [])
    return found
