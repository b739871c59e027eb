"""The whole annex: ordered with one button, made beside the page, taken when it is ready."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import streamlit as st

from data.workshop import Job, Workshop
from geo.errors import Message
from layers.export.export import stem
from views.asked import Asked
from views.taking.downloads import megabytes
from views.taking.order import AnnexOrder, sweep
from views.text import element, markdown
from words import Speaker

EVERY_S = 1.0
"""How often the page looks how far an annex has come."""

MOST_WAITING = 10
"""So many may wait; whoever comes later is asked to try again."""

ORDERED = "annexes"
"""What this visit ordered: by question and area, as the clock goes on meanwhile."""

SILENT = Message(
    "The work ended without a word (code {code}). Perhaps the machine has too little"
    " memory: close other programs, and try again."
)


class Binder(Workshop[AnnexOrder]):
    """Makes annexes one after the other, each known by its question."""

    module = "views.taking.apart"
    silent = SILENT

    def key(self, order: AnnexOrder) -> str:
        """Return what the annex is known by."""
        return order.key

    def plain(self, order: AnnexOrder) -> Mapping[str, Any]:
        """Return an order as JSON can tell it."""
        return order.plain()

    def prepare(self, order: AnnexOrder) -> None:
        """Make room: nobody waits for annexes of yesterday."""
        sweep(but=order.key)

    def clear(self, order: AnnexOrder) -> None:
        """Remove what is half made."""
        order.clear()


@st.cache_resource(show_spinner=False)
def binder() -> Binder:
    """Return what makes annexes for all sessions, one after the other."""
    return Binder()


def annex(asked: Asked, *, areas: bool) -> None:
    """
    Offer the annex of the question; say how it goes, and hand it over when it is made.

    `areas`: whether the reach of the places is in it.
    """
    say = asked.say
    what = (asked.question, asked.built, say.language, areas)
    mine = st.session_state.setdefault(ORDERED, {})
    new = AnnexOrder.of(asked.question, asked.built, say.language, asked.now, areas=areas)
    order, own = mine.get(what, new), what in mine
    st.html(
        element("h2", say("The whole annex"))
        + element(
            "p",
            say(
                "One zip for a plan: report, maps to print, map for the browser, layers for"
                " GIS, tables, method and sources, with a note on what each file is. It takes"
                " about half a minute for a town."
            ),
        )
    )
    job = binder().job_of(order.key)
    if job is not None and not job.done:
        _watch(order, say, own=own)
    elif not _ready(order, asked):
        if own:
            _ended(order, job, say)
        if st.button(say("Make the annex"), type="primary", key="annex-make"):
            mine[what] = new
            _order(new, say)


def _order(order: AnnexOrder, say: Speaker) -> None:
    """Let it be made, unless very many wait already."""
    if len(binder().under_way()) >= MOST_WAITING:
        st.warning(say("Many annexes are being made. Try again in some minutes."))
        return
    binder().order(order)
    st.rerun()


def _ended(order: AnnexOrder, job: Job[AnnexOrder] | None, say: Speaker) -> None:
    """Say once why there is none, to whoever ordered it."""
    if job is not None and job.fault:
        st.error(markdown(say("It could not be made. {reason}", reason=say(job.fault))))
    elif job is not None and job.stopped:
        st.info(say("The work was stopped. Nothing is left of it."))
    binder().forget(order.key)


def _watch(order: AnnexOrder, say: Speaker, *, own: bool) -> None:
    """Show how far it has come, until it has ended; let who ordered it stop it."""

    @st.fragment(run_every=EVERY_S)
    def bar() -> None:
        job = binder().job_of(order.key)
        if job is None or job.done:
            st.rerun()
        n = binder().before(job)
        waits = say.many(
            "Waiting: {n} annex is made first", "Waiting: {n} annexes are made first", n
        )
        st.progress(job.share, text=markdown(waits if n else say(job.doing)))

    bar()
    if own and st.button(say("Stop"), key="annex-stop"):
        binder().stop(order.key)
        st.rerun()
    st.caption(say("You may look at other pages meanwhile; the work goes on."))


def _ready(order: AnnexOrder, asked: Asked) -> bool:
    """Hand it over if it is there; it is read when it is asked for, not before."""
    say = asked.say
    try:
        size = megabytes(order.file.stat().st_size, say)
    except OSError:
        return False
    question, then = asked.question, datetime.fromisoformat(order.now)
    st.download_button(
        say("Download the annex ({size})", size=size),
        order.file.read_bytes,
        f"{stem(question.area, then, supposed=bool(question.scenario))}.zip",
        "application/zip",
        type="primary",
        key="annex-take",
    )
    return True
