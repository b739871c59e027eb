"""Step 4 of a new area: the build, which goes on while other pages are looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock, Thread

import streamlit as st

from data.build import build, require
from data.demos import demos
from data.order import Order
from geo.errors import Message, MoteplassError
from views.making import built
from views.making.new_land import is_code
from views.text import items, markdown
from words import Speaker

EVERY_S = 0.5
"""How often the page looks how far a build has come."""


@dataclass(slots=True)
class Job:
    """A build that was started: how far it has come, and how it ended."""

    order: Order
    share: float = 0.0
    doing: Message = field(
        default_factory=lambda: Message("Waiting until another area is built")
    )
    fault: Message | None = None
    crash: Exception | None = None
    done: bool = False

    def progress(self, share: float, doing: Message) -> None:
        """Take down how far it has come."""
        self.share, self.doing = min(max(share, 0.0), 1.0), doing


@st.cache_resource(show_spinner=False)
def _jobs() -> dict[str, Job]:
    """Return the last build of each area, for all sessions."""
    return {}


@st.cache_resource(show_spinner=False)
def _turn() -> Lock:
    """Return what lets one area be built at a time: each takes all the memory it needs."""
    return Lock()


def job_of(code: str) -> Job | None:
    """Return the last build of an area since the program was started."""
    return _jobs().get(code)


def start(order: Order) -> None:
    """Begin to build, unless that area is being built."""
    known = _jobs().get(order.code)
    if known is None or known.done:
        job = _jobs()[order.code] = Job(order)
        Thread(target=_build, args=(job, _turn()), daemon=True).start()


def _build(job: Job, turn: Lock) -> None:
    """Build in a thread of its own: a click on the page must not end it half-way."""
    try:
        with turn:
            build(job.order, progress=job.progress)
    except MoteplassError as error:
        job.fault = error.message
    except Exception as error:  # raised again where it is seen
        job.crash = error
    finally:
        job.done = True


def offered(order: Order, say: Speaker) -> None:
    """Offer to build what was ordered; say what is still missing, or how it goes."""
    job = job_of(order.code)
    if job is not None and not job.done:
        watch(order.code, say)
        return
    lacking = _lacking(order, say)
    if lacking:
        st.html(items(lacking))
    else:
        st.html(items(_summary(order, say)))
    if st.button(
        say("Build the area"), type="primary", key="new-build", disabled=bool(lacking)
    ):
        try:
            require(order)
        except MoteplassError as error:
            st.error(markdown(say(error.message)))
            return
        start(order)
        st.rerun()
    if job is not None:
        ended(job, "new", say)


def watch(code: str, say: Speaker) -> None:
    """Show how far a build has come, until it has ended."""

    @st.fragment(run_every=EVERY_S)
    def bar() -> None:
        job = job_of(code)
        if job is None or job.done:
            st.rerun()
        st.progress(job.share, text=markdown(say(job.doing)))

    bar()
    st.caption(say("You may look at other pages meanwhile; the build goes on."))


def ended(job: Job, key: str, say: Speaker) -> None:
    """Say how a build ended."""
    if job.crash:
        raise job.crash
    if job.fault:
        st.error(markdown(say("It could not be built. {reason}", reason=say(job.fault))))
        st.html(items([say("What you typed is still here: change it, or try again later.")]))
        return
    built.shown(job.order, key, say)


def _lacking(order: Order, say: Speaker) -> list[str]:
    told = []
    if not is_code(order.code) or order.code in demos():
        told.append(say("The area has no short name yet, see step 1."))
    if not (order.number or order.boundary or order.osm):
        told.append(say("Nothing says where the area is yet, see step 1."))
    return told


def _summary(order: Order, say: Speaker) -> list[str]:
    """Say what is about to be built, and from what."""
    told = [
        say(
            "{name}, under the short name {code}",
            name=order.name or order.code,
            code=order.code,
        ),
        say("Map: {file}", file=order.osm.name)
        if order.osm
        else say("Map: today's OpenStreetMap, which may take some minutes"),
    ]
    if order.files:
        told.append(
            say("Your files: {files}", files=", ".join(one.name for one in order.files))
        )
    told.append(
        say("Open services: asked") if order.services else say("Open services: not asked")
    )
    return told
