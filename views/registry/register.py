"""The register of places: what each source knows, and the questions left to a planner."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.register.decided import OUT, OWN, SAME, Decision, Decisions, Key
from data.register.deciding import decide_again, gone
from data.register.decisions import keep, read, undo
from data.register.limits import OSM, rank
from geo.bundle import Bundle
from layers.register_files import status_words
from views import freshness, rights
from views.areas import opened
from views.registry.register_downloads import buttons, licences
from views.registry.register_questions import Asked, asked, compared
from views.text import element, markdown, table
from words import Speaker

SHOWN = 10
"""Questions on the page at a time; whoever answers one sees the next."""

STATES = ("matched", "alone", "conflict", "left_out")


def page(code: str, say: Speaker) -> None:
    """Draw the page of an area's register."""
    bundle = opened(code, say)
    st.html(element("h1", say("The register of places in {name}", name=bundle.area.name)))
    if bundle.register.empty:
        st.info(
            say(
                "Only OpenStreetMap is known here. Build the area with national registers or"
                " files of your own, and they are compared with it, place by place."
            )
        )
        return
    decisions, faults = read(code)
    if said := [say(fault) for fault in (*faults, *gone(bundle, decisions))]:
        st.warning("\n\n".join(markdown(text) for text in said))
    _summary(bundle, say)
    if not rights.reading_only(say):
        _carry_out(code, bundle, decisions, say)
        _questions(code, bundle, decisions, say)
    _decided(code, bundle, decisions, say)
    buttons(bundle, say)


def _summary(bundle: Bundle, say: Speaker) -> None:
    """Say of each source how many of its rows were found."""
    rows = bundle.register[bundle.register["source"] != OSM]
    count = pd.crosstab(rows["source"], rows["status"]).reindex(columns=STATES, fill_value=0)
    names, words = licences(say), status_words(say)
    st.html(
        table(
            [say("Source"), *(words[state] for state in STATES)],
            [
                [names.get(source, source), *(say.number(n) for n in count.loc[source])]
                for source in sorted(count.index, key=rank)
            ],
            caption=say("What became of the rows of each source"),
        )
    )


def _carry_out(code: str, bundle: Bundle, decisions: Decisions, say: Speaker) -> None:
    """Offer to bring the area up to date with the decisions."""
    waiting = len(pending(bundle, decisions))
    if not waiting:
        return
    st.info(
        say.many(
            "{n} decision is kept, but the map does not show it yet.",
            "{n} decisions are kept, but the map does not show them yet.",
            waiting,
        )
    )
    if st.button(say("Carry out the decisions"), type="primary", key="carry-out"):
        rights.require()
        with st.spinner(say("The area is being brought up to date.")):
            decide_again(code)
        freshness.mine(code)
        st.rerun()


def pending(bundle: Bundle, decisions: Decisions) -> set[Key]:
    """Return the rows about which the area and the decisions do not say the same."""
    rows = bundle.register
    done = {
        (row.source, row.ref): (row.status, row.place_id)
        for row in rows[rows["decided"]].itertuples()
    }
    known = set(zip(rows["source"], rows["ref"], strict=True))
    status = {SAME: "matched", OWN: "alone", OUT: "left_out"}
    wanted = {
        key: (status[one.what], one.place) for key, one in decisions.items() if key in known
    }
    # Of a place that is no longer there one cannot tell; the warnings do.
    lost = {
        key for key, (_, place) in wanted.items() if place not in {"", *bundle.places.index}
    }
    changed = {key for key in done.keys() | wanted.keys() if done.get(key) != wanted.get(key)}
    return changed - lost


def _questions(code: str, bundle: Bundle, decisions: Decisions, say: Speaker) -> None:
    """Ask what the rules cannot tell."""
    found = asked(bundle, decisions)
    known = set(zip(bundle.register["source"], bundle.register["ref"], strict=True))
    answered = len(decisions.keys() & known)
    total = answered + len(found)
    st.html(element("h2", say("Is it the same place?")))
    if not total:
        st.success(say("There is nothing to decide: every row was found or stands alone."))
        return
    st.progress(answered / total, say("{n} of {total} decided", n=answered, total=total))
    for question in found[:SHOWN]:
        _question(code, bundle, question, say)
    if len(found) > SHOWN:
        more = len(found) - SHOWN
        after = say.many(
            "{n} more question comes after these.",
            "{n} more questions come after these.",
            more,
        )
        st.html(element("p", after))


def _question(code: str, bundle: Bundle, question: Asked, say: Speaker) -> None:
    """Set what the sources say side by side, and take the answer."""
    key = "-".join(question.key)
    with st.container(border=True):
        st.html(element("h3", question.name or say("Without a name")))
        headings, rows = compared(bundle, question, licences(say), say)
        words = range(1, len(headings))
        st.html(table(headings, rows, caption=say("What the sources say"), words=words))
        if question.repeats:
            more = say.many(
                "{n} more row says the same, and goes with the answer.",
                "{n} more rows say the same, and go with the answer.",
                question.repeats,
            )
            st.html(element("p", more))
        place = _which(question, headings[2:], key, say)
        answers = _answers(say)
        for column, (what, label) in zip(st.columns(3), answers.items(), strict=True):
            help_ = markdown(question.name)
            if column.button(label, key=f"{what}-{key}", help=help_, width="stretch"):
                rights.require()
                keep(code, Decision(*question.key, what, place if what == SAME else ""))
                st.rerun()


def _answers(say: Speaker) -> dict[str, str]:
    same, own = say("It is the same place"), say("It is a place of its own")
    return {SAME: same, OWN: own, OUT: say("Leave it out")}


def _which(question: Asked, headings: list[str], key: str, say: Speaker) -> str:
    """Return the place that an answer would mean; ask if there are several."""
    if len(question.rivals) == 1:
        return question.rivals[0]
    letters = dict(zip(question.rivals, headings, strict=True))
    return str(
        st.radio(
            say("Which place?"),
            question.rivals,
            format_func=letters.__getitem__,
            key=f"which-{key}",
            horizontal=True,
        )
    )


def _decided(code: str, bundle: Bundle, decisions: Decisions, say: Speaker) -> None:
    """List what was decided, each with a way back; also what finds nothing to decide about."""
    if not decisions:
        return
    rows = bundle.register
    names = dict(zip(zip(rows["source"], rows["ref"], strict=True), rows["name"], strict=True))
    known = licences(say)
    words = _answers(say)
    with st.expander(say.many("{n} decision", "{n} decisions", len(decisions))):
        for key, one in sorted(decisions.items(), key=lambda told: told[1].date, reverse=True):
            left, right = st.columns([5, 1], vertical_alignment="center")
            about = names.get(key) or one.ref
            place = bundle.places["name"].get(one.place, one.place)
            told = (about, known.get(one.source, one.source), words[one.what], place, one.date)
            left.html(element("p", " – ".join(filter(None, (*told, one.note)))))
            if not rights.may_change():
                continue
            undo_key, tip = f"undo-{'-'.join(key)}", markdown(about)
            if right.button(say("Undo"), key=undo_key, help=tip, width="stretch"):
                rights.require()
                undo(code, key)
                st.rerun()
