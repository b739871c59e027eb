"""The best places, found once for all sessions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import streamlit as st

from geo.question import Question
from geo.scenario.offering import Offered
from geo.scenario.wanting import wanting
from geo.siting.choosing import most_within, shortest_walk, step_by_step
from geo.siting.curve import AtCount, by_count
from geo.siting.fewest import fewest
from geo.siting.siting import Siting
from views.lasting import lasting
from views.whatif.offers import offers
from views.whatif.sought import Sought

SECONDS, CURVE_SECONDS = 4.0, 4.0
"""How long the best is looked for at most; after that it is told how far it may be off."""

FARTHEST_MIN = 30
"""Where walking is to be saved, longer walks count as so long: nobody walks them for this."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What was found: candidates, the best of them, those one by one, and the curve."""

    offer: Offered
    best: Siting
    step_by_step: Siting
    curve: tuple[AtCount, ...]


@st.cache_resource(max_entries=16, show_spinner=False)
@lasting
def found(question: Question, built: str, now: datetime, sought: Sought) -> Found:
    """Look once for all sessions for the best places."""
    wide = replace(question, minutes=max(question.minutes, FARTHEST_MIN))
    offer = offers(wide if sought.aim == "walk" else question, built, now, sought.among)
    demand = wanting(offer, sought.groups, within=question.minutes)
    if sought.aim == "fewest":
        best = fewest(demand, seconds=SECONDS)
        count = max(len(best.steps), 1)
        return Found(offer, best, step_by_step(demand, count), ())
    choose = shortest_walk if sought.aim == "walk" else most_within
    best = choose(demand, sought.count, seconds=SECONDS)
    curve = by_count(demand, sought.count, seconds=CURVE_SECONDS, aim=sought.aim)
    return Found(offer, best, step_by_step(demand, sought.count, aim=sought.aim), curve)
