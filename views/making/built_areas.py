"""The areas that are built: each may be built again, or deleted."""

from __future__ import annotations

import streamlit as st

from data import store, uploads
from data.bundle import read_area
from data.demos import demos
from data.order_file import order_of
from geo.errors import MoteplassError
from views import areas, rights
from views.making import building
from views.steps import heading
from views.text import element, markdown
from words import Speaker

DELETING = "built-deleting"
"""Key of the area about which was asked whether it is to be deleted."""


def listed(say: Speaker) -> None:
    """List the areas of the store, the demo areas left out: they are built as needed."""
    heading(say("Areas that are built"))
    codes = [code for code in store.codes() if code not in demos()]
    for code in building.under_way():
        if code not in {*codes, *demos()}:
            with st.container(border=True):
                heading(say("{code} is being built", code=code), 3)
                building.watch(code, "list", say)
    if not codes:
        st.info(say("No area of your own is built yet."))
    for code in codes:
        with st.container(border=True):
            _one(code, say)


def _one(code: str, say: Speaker) -> None:
    try:
        area = read_area(code)
    except MoteplassError as error:
        st.warning(markdown(say(error.message)))
    else:
        told = say(
            "{name} ({code}), built {date}",
            name=area.name,
            code=code,
            date=say.date(area.built),
        )
        heading(told, 3)
        for one in area.missing:
            st.html(element("p", say("Missing: {what}", what=say(one))))
    job = building.job_of(code)
    if job is not None and not job.done:
        building.watch(code, "list", say)
        return
    if rights.may_change():
        _choices(code, say)
    if job is not None and st.session_state.get(f"again-{code}-asked"):
        building.ended(job, f"again-{code}", say)


def _choices(code: str, say: Speaker) -> None:
    """Offer to build an area again, or to delete it."""
    order = order_of(code)
    again, delete, _ = st.columns([1, 1, 2])
    if order is None:
        st.html(element("p", say("It is not known what it was built from.")))
    elif again.button(
        say("Build again"), key=f"again-{code}", help=markdown(code), width="stretch"
    ):
        building.start(order)
        st.session_state[f"again-{code}-asked"] = True
        st.rerun()
    if delete.button(
        say("Delete …"), key=f"delete-{code}", help=markdown(code), width="stretch"
    ):
        st.session_state[DELETING] = code
    if st.session_state.get(DELETING) == code:
        _really(code, say)


def _really(code: str, say: Speaker) -> None:
    """Ask a second time."""
    st.warning(markdown(say("Is {code} to be deleted? This cannot be undone.", code=code)))
    files = st.checkbox(
        say("Also the files that were uploaded for it"), key=f"delete-files-{code}"
    )
    yes, no, _ = st.columns([1, 1, 2])
    if no.button(say("Keep it"), key=f"keep-{code}", width="stretch"):
        del st.session_state[DELETING]
        st.rerun()
    if yes.button(
        say("Delete it"), key=f"really-{code}", on_click=_leave, args=(code,), width="stretch"
    ):
        try:
            rights.require()
            uploads.removed(code, files=files)
        except MoteplassError as error:
            st.error(markdown(say(error.message)))
            return
        del st.session_state[DELETING]
        st.rerun()


def _leave(code: str) -> None:
    """Look at another area before the one that is looked at goes."""
    if st.session_state.get(areas.KEY) == code:
        st.session_state[areas.KEY] = areas.START
