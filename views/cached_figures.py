"""What is remembered of measures and norms: computed only when somebody opens them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pandas as pd
import streamlit as st

from data.catalogue import kinds
from data.norms import norms
from geo.figures.figures import Figures, figures
from geo.incomes import rank
from geo.model import Gait
from geo.norms.norm_walks import Held, hold
from geo.quality import quality
from geo.question import Question
from geo.scenario.scenario import TODAY, Scenario
from geo.timetable import OSLO
from geo.town import Side
from views import cached
from views.lasting import lasting


@st.cache_resource(max_entries=32, show_spinner=False)
@lasting
def figured(question: Question, built: str, now: datetime) -> Figures:
    """Compute the measures of a question once for all sessions; `now` as `asked_at` tells."""
    known = cached.town(question.area, built, question.scenario)

    def side(gait: Gait) -> Side:
        return cached.side(question.area, built, gait, question.scenario)

    order = rank(known.bundle.homes, known.bundle.incomes)
    return figures(known, question, cached.catalogue(), now=now, side=side, rank=order)


@st.cache_resource(max_entries=8, show_spinner=False)
@lasting
def held(code: str, built: str, scenario: Scenario = TODAY) -> Mapping[str, Held]:
    """Hold all norms against an area once for all sessions."""
    known = cached.town(code, built, scenario)
    return hold(known, norms(), side=lambda gait: cached.side(code, built, gait, scenario))


@st.cache_resource(max_entries=8, ttl=24 * 3600, show_spinner=False)
def graded(code: str, built: str) -> pd.DataFrame:
    """Measure how good an area's data is, once a day for all sessions."""
    known = cached.town(code, built).bundle
    today = datetime.now(OSLO).date()
    return quality(known.places, known.register, kinds(), land=known.boundary, today=today)
