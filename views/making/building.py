"""Step 4 of a new area: the build, which goes on while other pages are looked at."""

from __future__ import annotations

from time import sleep

import streamlit as st

from data.build import require
from data.builder import Builder
from data.demos import demos
from data.order import Order
from data.workshop import Job
from geo.errors import MoteplassError, SourceError
from views import rights
from views.making import built
from views.making.new_land import is_code
from views.text import items, markdown
from words import Speaker

EVERY_S = 0.5
"""How often the page looks how far a build has come."""


@st.cache_resource(show_spinner=False)
def builder() -> Builder:
    """Return what builds for all sessions, one area after the other."""
    return Builder()


def job_of(code: str) -> Job[Order] | None:
    """Return the last build of an area since the program was started."""
    return builder().job_of(code)


def under_way() -> list[str]:
    """Return the codes of the areas that are being built or wait for it."""
    return builder().under_way()


def start(order: Order) -> None:
    """
    Begin to build, unless that area is being built.

    Raises
    ------
    RightsError
        If whoever asks may change nothing.
    """
    rights.require()
    builder().order(order)


def stop(code: str) -> None:
    """
    Stop the build of an area; what was there before is then as it was.

    Raises
    ------
    RightsError
        As `start`.
    """
    rights.require()
    builder().stop(code)


def demo(code: str, say: Speaker) -> None:
    """
    Build a demo area before the eyes of whoever came to see it; anybody may.

    Raises
    ------
    SourceError
        If it cannot be built.
    """
    job = builder().order(Order(code))
    bar = st.progress(0.0, text=say("The area is being built. This is done once."))
    while not job.done:
        bar.progress(job.share, text=markdown(say(job.doing)))
        sleep(EVERY_S / 5)
    bar.empty()
    if job.fault:
        raise SourceError(job.fault.text, **job.fault.values)


def offered(order: Order, say: Speaker) -> None:
    """Offer to build what was ordered; say what is still missing, or how it goes."""
    job = job_of(order.code)
    if job is not None and not job.done:
        watch(order.code, "new", say)
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


def watch(code: str, key: str, say: Speaker) -> None:
    """Show how far a build has come, until it has ended; let it be stopped."""

    @st.fragment(run_every=EVERY_S)
    def bar() -> None:
        job = job_of(code)
        if job is None or job.done:
            st.rerun()
        st.progress(job.share, text=markdown(_waits(job, say) or say(job.doing)))

    bar()
    if not rights.may_change():
        return
    if st.button(say("Stop the build"), key=f"stop-{key}-{code}", help=markdown(code)):
        stop(code)
        st.rerun()
    st.caption(say("You may look at other pages meanwhile; the build goes on."))


def _waits(job: Job[Order], say: Speaker) -> str:
    """Say how many are built before, if there are any."""
    n = builder().before(job)
    first = say.many(
        "Waiting: {n} area is built first", "Waiting: {n} areas are built first", n
    )
    return first if n else ""


def ended(job: Job[Order], key: str, say: Speaker) -> None:
    """Say how a build ended."""
    if job.stopped:
        st.info(say("The build was stopped. What was there before is as it was."))
        return
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
