"""What stands in a cell where no number may stand: a word that says why."""

from __future__ import annotations

from math import isnan

import numpy as np
import pandas as pd

from geo.coverage import FEWEST, Reach
from geo.timetable import CLOSED, OPEN
from words import Speaker


def people_text(people: pd.Series[float], say: Speaker) -> list[str]:
    """Return estimated people in words; a few are never told as a number."""
    few = say("fewer than {n}", n=FEWEST)
    words = [few if n < FEWEST else say("about {n}", n=say.people(n)) for n in people]
    return [
        say("Unknown") if unknown else word
        for unknown, word in zip(people.isna(), words, strict=True)
    ]


def no_way(say: Speaker, *, certain: bool) -> str:
    """Return in words that somebody cannot get there, or if asked that nobody knows how."""
    return say("No known way on foot") if certain else say("No way on foot")


def reach_text(
    minutes: pd.Series[float], within: int, say: Speaker, *, certain: bool = False
) -> np.ndarray:
    """Return in words whether each walk is within reach; what is no number is told apart."""
    return np.select(
        [minutes.isna(), np.isinf(minutes), minutes <= within],
        [say("Unknown"), no_way(say, certain=certain), say("Within reach")],
        say("Beyond reach"),
    )


def state_text(states: pd.Series[str], say: Speaker) -> pd.Series[str]:
    """Return in words whether places are open at the moment asked about."""
    words = {OPEN: say("Open"), CLOSED: say("Closed")}
    return states.map(words).fillna(say("Opening hours unknown"))


def unknown_text(reach: Reach, say: Speaker) -> str:
    """Return in words why figures of a group are missing, or `""` if none is."""
    if isnan(reach.people):
        return say("Unknown")
    return say("Too few to tell") if reach.hidden else ""
