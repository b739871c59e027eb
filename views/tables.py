"""The same facts as the map, in tables."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geo.answer import Answer, Catalogue
from geo.bundle import Bundle
from layers.circumstances import nothing
from layers.formats.text import safe
from layers.reach_tables import group_headings, group_rows, kind_headings, kind_rows
from layers.telling import state_text
from views.text import element, table
from words import Speaker


def groups(answer: Answer, catalogue: Catalogue, say: Speaker) -> None:
    """Show the key figures of every group."""
    rows = list(group_rows(answer, catalogue, say).values())
    caption = say("Who has {minutes} minutes or less on foot", minutes=answer.question.minutes)
    st.html(table(group_headings(say), rows, caption=caption))


def kinds(answer: Answer, catalogue: Catalogue, say: Speaker) -> None:
    """Show each kind alone: how many places, and the asked group's reach."""
    rows = list(kind_rows(answer, catalogue, say).values())
    if rows:
        group = say(catalogue.groups[answer.question.group].label)
        caption = say("Each kind alone, for: {group}", group=group)
        st.html(table(kind_headings(say), rows, caption=caption))


def places(answer: Answer, bundle: Bundle, catalogue: Catalogue, say: Speaker) -> None:
    """Show the places that count, to search and sort."""
    found = answer.places.sort_values("name", key=lambda name: name == "", kind="stable")
    st.html(element("h2", say.many("{n} meeting place", "{n} meeting places", len(found))))
    if found.empty:
        st.info(nothing(answer.question, say, places=bundle.places))
        return
    settings = {
        "indoor": say("Indoors"),
        "outdoor": say("Outdoors"),
        "both": say("Indoors and outdoors"),
    }
    labels = {key: say(kind.label) for key, kind in catalogue.kinds.items()}
    sheet = pd.DataFrame(
        {
            say("Name"): found["name"].replace("", say("Without a name")),
            say("Kind of place"): [
                ", ".join(labels.get(k, k) for k in of.split(";")) for of in found["kinds"]
            ],
            say("Indoors or outdoors"): found["setting"].map(settings),
            say("Opening hours"): found["opening_hours"].replace("", say("Unknown")),
        }
    )
    if answer.question.when:
        sheet[say("At the time asked about")] = state_text(found["state"], say)
    st.dataframe(safe(sheet), hide_index=True, width="stretch")
