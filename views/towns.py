"""Towns that are remembered: areas as they are built, and as scenarios make them."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from data import bundle
from data.catalogue import kinds
from geo.errors import BundleError
from geo.model import Gait
from geo.scenario.applying import numbered
from geo.scenario.changed import changed, side_again
from geo.scenario.scenario import TODAY, Scenario
from geo.town import Side, Town, prepare
from views.lasting import lasting


def town(code: str, built: str, scenario: Scenario = TODAY) -> Town:
    """
    Return an area, as a scenario makes it; nobody may change what this returns.

    Raises
    ------
    BundleError
        If it was built anew since then: what is remembered of it is of other homes.
    ScenarioError
        If an edit is impossible there.
    """
    return _edited(code, built, Scenario(scenario.edits)) if scenario else _read(code, built)


@st.cache_resource(max_entries=24, show_spinner=False)
@lasting
def _edited(code: str, built: str, scenario: Scenario) -> Town:
    """Make one more edit in what the others before it have left, once for all sessions."""
    before = town(code, built, scenario.before_last)
    with numbered(len(scenario.edits)):
        return changed(before, scenario.edits[-1], kinds())


@st.cache_resource(max_entries=4, show_spinner=False)
@lasting
def _read(code: str, built: str) -> Town:
    """Open an area once for all sessions."""
    read = bundle.read(code)
    if read.area.built != built:
        raise BundleError("The area was built anew meanwhile. Load the page, and ask again.")
    return prepare(read)


@st.cache_resource(max_entries=16, show_spinner=False)
@lasting
def side(code: str, built: str, gait: Gait, scenario: Scenario = TODAY) -> Side:
    """Meet an area once per gait."""
    known = town(code, built, scenario)
    if scenario:
        before = town(code, built, scenario.before_last)
        if before.bundle.paths is known.bundle.paths:
            met = side(code, built, gait, scenario.before_last)
            return side_again(known, before, met, gait)
    if gait.certain:
        return known.side(gait, side(code, built, replace(gait, certain=False), scenario))
    return known.side(gait)
