"""Step 2 of a new area: files of the planner's own, each looked at, corrected, confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from data import uploads
from data.drafts import LENDS
from data.files.door import Look
from data.files.report import Report
from data.order import Order
from data.osm_file import ENDINGS
from data.services.service import Land
from geo.errors import Message
from views.making import file_looks, file_report, one_file
from views.making.file_form import what_words
from views.making.new_land import HEIGHTS
from views.making.uploading import uploaded
from views.text import items, markdown, table
from words import Speaker

CHOSEN = "own-chosen"
NO_PART = ("boundary", "unknown")
"""What a file may be that a build makes nothing of."""


@dataclass(frozen=True, slots=True)
class State:
    """What is known of the files together."""

    where: Land | Message
    looks: Mapping[Path, Look | Message]
    reports: Mapping[str, Report | Message]

    def fault(self, file: Path) -> Message | None:
        """Return why a build could not use a file, if that is so."""
        seen = self.looks[file]
        if isinstance(seen, Message):
            return seen
        if seen.recipe.what in NO_PART:
            return Message("Choose what it is, and confirm it.")
        told = self.reports.get(file.name)
        if isinstance(told, Report) or told in (None, LENDS):
            return None
        return None if "address" in seen.recipe.columns else told  # looked up when it is built

    def doubts(self, file: Path) -> int:
        """Return how many doubts nobody has looked at; borders that were found are none."""
        seen = self.looks[file]
        if isinstance(seen, Message):
            return 0
        found = isinstance(self.reports.get(file.name), Report)
        return sum(not (found and hint.about == "borders") for hint in seen.doubts)


def asked(order: Order, say: Speaker) -> tuple[Path, ...]:
    """Take files, show what each seems to be, and return those that are to be used."""
    label = say(
        "Schools, meeting places, population, incomes, districts: several files at once"
    )
    uploaded("own", label, order.code, (), say)
    files = [file for file in uploads.kept(order.code) if _own(file, order)]
    if not files:
        formats = "GeoPackage, GeoJSON, Shapefile (zip), KML, GML, CSV, Excel"
        none = say("No file is needed: without one, the area is made of open data alone.")
        st.html(items([none, say("Read here are: {formats}.", formats=formats)]))
        return ()
    with st.spinner(say("The files are being looked at.")):
        state = _state(files, order)
    used = tuple(file for file in files if _wanted(file) and state.fault(file) is None)
    _overview(state, used, say)
    if isinstance(state.where, Message):
        text = "Where the area lies is not known yet, so positions are not checked: {reason}"
        st.warning(markdown(say(text, reason=say(state.where))))
    with st.container(border=True):
        file = _chosen(files, say)
        one_file.panel(file, state.looks[file], state.where, order, say)
        if report := state.reports.get(file.name):
            file_report.summary(file.name, report, "own", say)
    return used


def _own(file: Path, order: Order) -> bool:
    """Tell whether a file is no map, no heights and not the outline."""
    taken = {order.osm, order.boundary, order.terrain}
    return file not in taken and not file.name.lower().endswith((*ENDINGS, *HEIGHTS))


def _state(files: list[Path], order: Order) -> State:
    where = file_looks.land(order)
    looks = {file: file_looks.looked(file, where, one_file.layer(file)) for file in files}
    fit = tuple(
        file
        for file, seen in looks.items()
        if isinstance(seen, Look) and seen.recipe.what not in NO_PART and _wanted(file)
    )
    if isinstance(where, Message) or not fit:
        return State(where, looks, {})
    return State(where, looks, file_looks.reports(fit, where))


def _wanted(file: Path) -> bool:
    return bool(st.session_state.get(one_file.use_key(file), True))


def _overview(state: State, used: tuple[Path, ...], say: Speaker) -> None:
    """Show all files at once: what each seems to be, and what is to be done."""
    words = what_words(say)
    rows = []
    for file, seen in state.looks.items():
        what, count = (
            ("–", "–")
            if isinstance(seen, Message)
            else (words[seen.recipe.what], say.number(seen.rows))
        )
        rows.append([file.name, what, count, _said(state, file, file in used, say)])
    heads = [say("File"), say("What it is"), say("Rows"), say("State")]
    st.html(table(heads, rows, caption=say("Your files"), words={1, 3}))


def _said(state: State, file: Path, used: bool, say: Speaker) -> str:
    """Return in words how far a file has come."""
    seen = state.looks[file]
    if fault := state.fault(file):
        return say("Not used: {reason}", reason=say(fault))
    if not used:
        return say("Not used, as you chose")
    if isinstance(seen, Look) and seen.remembered is not None and seen.remembered.confirmed:
        return say("Confirmed")
    if doubts := state.doubts(file):
        return say.many("To be checked: {n} doubt", "To be checked: {n} doubts", doubts)
    return say("Guessed without doubt, not confirmed yet")


def _chosen(files: list[Path], say: Speaker) -> Path:
    known = {file.name: file for file in files}
    if st.session_state.get(CHOSEN) not in known:
        st.session_state[CHOSEN] = st.session_state.get("own-last", files[0].name)
    if st.session_state[CHOSEN] not in known:
        st.session_state[CHOSEN] = files[0].name
    name = st.selectbox(say("Look at a file"), list(known), key=CHOSEN, persist_state="session")
    return known[str(name)]
