"""What places are looked for: widgets and link say the same, under the same names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from data.catalogue import families
from geo.finding import LONGEST, Wanted
from geo.question import YES
from geo.tables import LOW_INCOME_AREAS
from layers.place_text import hours, meeting, settings, step_free
from views import link
from views.asked import Asked
from views.place_index import Known
from views.text import markdown
from words import Speaker
from words.order import key

NO = "0"
"""How a link says that a switch is off which is on if nothing is said."""

FOLDED = ("setting", "hours", "stepfree", "meet")
NAMES = ("q", "family", *FOLDED, "only")
"""In the link and in the session; what is folded away unless the link says something of it."""

UNFOLDED = "places-unfolded"
"""Whether that was unfolded at first; afterwards it is the reader's choice."""


@dataclass(frozen=True, slots=True)
class Filters:
    """
    What is looked for.

    Parameters
    ----------
    wanted
        What a place is to be like.
    meet
        Who is to reach it, as in `geo.visitors.told`; `""`: whoever.
    only
        Whether only places that the question counts are looked at.
    """

    wanted: Wanted
    meet: str
    only: bool

    def link(self, *, switch: bool) -> dict[str, str]:
        """Return what a link says of it; of the switch nothing if there was none."""
        wanted, only = self.wanted, YES if self.only else NO
        return {
            "q": wanted.text,
            **{name: getattr(wanted, name) for name in ("family", "setting", "hours")},
            "stepfree": wanted.stepfree,
            "meet": self.meet,
            **({"only": only} if switch else {}),
        }


def filters(asked: Asked, known: Known, when: str) -> Filters:
    """
    Draw what can be looked for, and return what is.

    `when`: the moment that opening hours are held against.
    """
    say, anyhow = asked.say, asked.say("Whatever it may be")
    st.session_state["q"] = _said("q")[:LONGEST]
    one, two, three = st.columns([4, 3, 3], vertical_alignment="bottom")
    text = one.text_input(say("Search in names and kinds"), key="q", max_chars=LONGEST)
    with two:
        family = _choice(
            "family", say("Family"), {"": say("All families")} | _families(known, say)
        )
    with three:
        only = _only(asked)
    unfolded = st.session_state.setdefault(UNFOLDED, any(map(_said, FOLDED)))
    with st.expander(say("Ask for more"), expanded=unfolded):
        columns = st.columns(4)
    choices = {
        "setting": (say("Indoors or outdoors"), settings(say)),
        "hours": (say("Opening hours"), hours(when, say)),
        "stepfree": (say("Step-free"), step_free(say)),
        "meet": (say("Who can walk there"), _who(asked)),
    }
    told = {}
    for column, (name, (label, options)) in zip(columns, choices.items(), strict=True):
        with column:
            told[name] = _choice(name, label, {"": anyhow} | options)
    meet = told.pop("meet")
    return Filters(Wanted(str(text or "").strip(), family, **told), meet, only)


def _families(known: Known, say: Speaker) -> dict[str, str]:
    """Return the families that the area has, in the order of their names."""
    called = {
        one: say(of.label) for one, of in families().items() if one in known.index.families
    }
    return dict(sorted(called.items(), key=lambda of: key(of[1], say.language)))


def _said(name: str) -> str:
    """Return what the session, else the link, says."""
    return str(st.session_state.get(name, link.told().get(name, "")) or "")


def _choice(name: str, label: str, options: Mapping[str, str]) -> str:
    told = _said(name)
    st.session_state[name] = told if told in options else ""
    return str(st.selectbox(label, list(options), format_func=options.__getitem__, key=name))


def _who(asked: Asked) -> dict[str, str]:
    """Return who may be asked for; not those of whom nobody knows where they live."""
    options = meeting(asked.question.group, asked.catalogue, asked.say)
    if asked.bundle.homes[LOW_INCOME_AREAS].isna().all():
        del options[LOW_INCOME_AREAS]
    return options


def _only(asked: Asked) -> bool:
    """Draw the switch for what the question counts; without kinds it counts nothing."""
    say = asked.say
    if not asked.question.kinds:
        return False
    told = st.session_state.get("only", link.told().get("only", YES) != NO)
    st.session_state["only"] = bool(told)
    return bool(
        st.toggle(
            say("Only those the question counts"),
            key="only",
            help=say("Places of the kinds chosen at the side, as far as they are open then."),
        )
    )


def forget() -> None:
    """Look for all places again."""
    for name in NAMES:
        st.session_state[name] = "" if name != "only" else False


def advice(found: Filters, asked: Asked) -> str:
    """Return what to change where nothing is found."""
    say, wanted = asked.say, found.wanted
    said = []
    if wanted.text:
        words = markdown(wanted.text)
        said.append(say("No name and no kind of these has “{text}” in it.", text=words))
    if found.only:
        said.append(say("Only the kinds chosen at the side are looked at: switch that off."))
    if any((wanted.family, wanted.setting, wanted.hours, wanted.stepfree, found.meet)):
        said.append(say("Ask for less above: set one of the lists to whatever it may be."))
    return " ".join(said) or say("There are no meeting places in the data for this area.")
