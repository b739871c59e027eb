"""The best next places: so many that serve most, beside what is found one by one."""

from __future__ import annotations

import streamlit as st

from geo.scenario.wanting import wanting
from geo.siting.choosing import picked
from layers.scenario import siting_text
from layers.scenario.bench_text import called
from views.asked import Asked
from views.text import element, markdown, movable, table
from views.whatif import offering
from views.whatif.attempt import attempt_all
from views.whatif.found import Found, found
from views.whatif.offers import edits
from views.whatif.sought import Sought, sought

SOUGHT = "siting-sought"
"""Key in the session of what was looked for last."""

EVENING = "Mo-Fr 17:00-21:00"


def section(asked: Asked) -> None:
    """Draw what is to be found, and what was."""
    say = asked.say
    wanted = sought(asked)
    if st.button(say("Find the best places"), type="primary"):
        st.session_state[SOUGHT] = wanted
    if st.session_state.get(SOUGHT) != wanted:
        return
    with st.spinner(say("Looking for the best places: a few seconds …")):
        best = found(asked.question, asked.built, asked.now, wanted)
    _shown(asked, wanted, best)


def _shown(asked: Asked, wanted: Sought, best: Found) -> None:
    """Draw the best places, others beside them, and what each more brings."""
    say = asked.say
    if not best.best.steps:
        st.info(say("None of these brings anybody within reach who is not there already."))
        return
    names = list(called(best.offer.table, asked.catalogue, say).values())
    if wanted.among.grid:
        names = [say("Spot {n}", n=n + 1) for n in range(len(names))]
    caption = say("The best places")
    drawn = siting_text.rows(best.best, names, say)
    st.html(movable(table(siting_text.headings(say), drawn, caption=caption), caption))
    if best.best.stopped:
        st.warning(markdown(say("Time was up: there may be better ones, see the last column.")))
    ways = {say("One after the other"): best.step_by_step}
    ids = list(best.offer.table.index)
    mine = [ids.index(one) for one in st.session_state.get(offering.CHOSEN, []) if one in ids]
    if mine:
        demand = wanting(best.offer, wanted.groups, within=asked.question.minutes)
        ways[say("What you chose")] = picked(demand, mine)
    walk = wanted.aim == "walk"
    caption = say("The best beside other ways to choose")
    drawn = siting_text.way_rows(best.best, ways, say, walk=walk)
    st.html(movable(table(siting_text.way_headings(say), drawn, caption=caption), caption))
    if best.curve:
        caption = say("What one place brings, two, and so on")
        drawn = siting_text.curve_rows(best.curve, say)
        st.html(
            movable(table(siting_text.curve_headings(say), drawn, caption=caption), caption)
        )
    beware = say(
        "It counts those who lack a place today. Whose the building or land is, nobody asked."
    )
    st.html(element("p", beware))
    chosen = [str(ids[n]) for n in best.best.chosen]
    made = edits(asked, best.offer.table, chosen, "" if wanted.among.grid else EVENING)
    scenario = asked.question.scenario.then(*made)
    st.button(
        say("Put the best ones into the scenario"), on_click=attempt_all, args=(asked, scenario)
    )
