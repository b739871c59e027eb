"""Which places are looked for: by what they are best, how many, among which, for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from views.asked import Asked
from views.whatif import offering
from views.whatif.offers import Among
from words import Speaker

AIM, COUNT, AMONG, GROUPS = "siting-aim", "siting-count", "siting-among", "siting-groups"
"""Keys in the session."""

MOST = 10

Best = Literal["within", "walk", "fewest"]


@dataclass(frozen=True, slots=True)
class Sought:
    """
    What is to be found.

    Parameters
    ----------
    aim
        What is to be most, or the fewest that are enough.
    count
        How many places.
    among
        What to choose from.
    groups
        Who is to be served.
    """

    aim: Best
    count: int
    among: Among
    groups: tuple[str, ...]


def sought(asked: Asked) -> Sought:
    """Draw what can be asked for."""
    say: Speaker = asked.say
    aims: dict[Best, str] = {
        "within": say("Most people within reach"),
        "walk": say("Least walking in all"),
        "fewest": say("As few places as are enough for all who can be within reach"),
    }
    among = {"bench": say("Buildings that could be opened"), "grid": say("Spots in a grid")}
    aim = st.radio(say("What is best?"), list(aims), format_func=aims.__getitem__, key=AIM)
    count = st.slider(say("How many places"), 1, MOST, 3, key=COUNT, disabled=aim == "fewest")
    of = st.radio(
        say("Among"), list(among), format_func=among.__getitem__, key=AMONG, horizontal=True
    )
    candidates = offering.choose_among(asked) if of == "bench" else Among(grid=True)
    labels = {key: say(group.label) for key, group in asked.catalogue.groups.items()}
    st.session_state.setdefault(GROUPS, [asked.question.group])
    groups = st.multiselect(
        say("For whom"), list(labels), format_func=labels.__getitem__, key=GROUPS
    )
    return Sought(aim, count, candidates, tuple(groups) or (asked.question.group,))
