"""
The accessibility statement.

Its parts are those of statements at uustatus.no, where the law has the public sector
write theirs: how far the requirements are met, what breaches mean, whom to tell, where to
complain, and criterion by criterion what falls short and why.
"""

from __future__ import annotations

import os
from html import escape

import streamlit as st

from views.lacking import LACKS, Lack
from views.text import element, items
from words import Speaker

OWNER, CONTACT = "MOTEPLASS_OWNER", "MOTEPLASS_CONTACT"
"""Environment variables: who offers the program to others, and how to reach them."""

REQUIREMENTS = 48
"""Criteria of WCAG 2.1 at A and AA that bind the public sector: 50 without 1.2.3 and 1.2.4."""

TESTED = "2026-11-22"
"""When the program was last gone through by hand, and the list of what falls short with it."""


def page(code: str, say: Speaker) -> None:
    """Draw the statement; it is the same for all areas."""
    del code
    st.html(
        f'<div class="m-read">{_status(say)}{_contact(say)}{_complaint(say)}'
        f"{_lacks(say)}{_tested(say)}</div>"
    )


def _status(say: Speaker) -> str:
    """Say what the statement is of, and how far the requirements are met."""
    return "".join(
        (
            element("h1", say("Accessibility statement")),
            element("p", _owner(say)),
            element("h2", say("How far does the program meet the requirements?")),
            element(
                "p",
                say(
                    "The program is partly in accordance with the requirements for universal"
                    " design of ICT. As far as is known it breaches {n} of {whole}"
                    " requirements.",
                    n=say.number(len(LACKS)),
                    whole=say.number(REQUIREMENTS),
                ),
            ),
            element(
                "p",
                say(
                    "The requirements are the success criteria of WCAG 2.1 at levels A and AA"
                    " which the Norwegian regulations on universal design of ICT lay down for"
                    " the public sector."
                ),
            ),
            element("h2", say("What do the breaches mean for users?")),
            element("p", say("They matter most to those who use the program")),
            items(
                (
                    say("without sight"),
                    say("with limited sight"),
                    say("with limited movement or strength"),
                    say("with limited cognition"),
                )
            ),
        )
    )


def _owner(say: Speaker) -> str:
    """Say who answers for the program here."""
    owner = os.environ.get(OWNER, "").strip()
    if owner:
        return say(
            "This statement is about Møteplass, a map program on the web, as offered by"
            " {owner}.",
            owner=owner,
        )
    return say(
        "This statement is about Møteplass, a map program that runs on your own machine here:"
        " nobody offers it to others. A municipality that does so gives its name and contact"
        " ({owner} and {contact}), and publishes a statement of its own at uustatus.no; this"
        " one tells what to write there.",
        owner=OWNER,
        contact=CONTACT,
    )


def _contact(say: Speaker) -> str:
    """Say whom to tell of a breach."""
    contact = os.environ.get(CONTACT, "").strip()
    told = (
        say("Write to or call: {contact}", contact=contact)
        if contact
        else say("Tell whoever gave you the program. No contact has been entered here.")
    )
    return "".join(
        (
            element("h2", say("Tell of breaches")),
            items(
                (
                    say("Have you met something in the program that shuts you out?"),
                    say("Do you need contents in another form, such as a table or a file?"),
                    say("Do you have an idea how the program could be better?"),
                )
            ),
            element("p", told),
            element("p", say("You are to have an answer within a reasonable time.")),
        )
    )


def _complaint(say: Speaker) -> str:
    """Say where to complain, and who sees to it that the law is followed."""
    return "".join(
        (
            element("h2", say("Complain")),
            element(
                "p",
                say(
                    "The Norwegian Anti-Discrimination Tribunal (Diskrimineringsnemnda) deals"
                    " with complaints about breaches, also when an answer fails to come or"
                    " comes late."
                ),
            ),
            element(
                "p",
                say(
                    "The Authority for Universal Design of ICT (Uu-tilsynet, uutilsynet.no)"
                    " supervises that the regulations are followed."
                ),
            ),
        )
    )


def _lacks(say: Speaker) -> str:
    """Tell criterion by criterion what falls short."""
    return element("h2", say("What falls short")) + "".join(_lack(one, say) for one in LACKS)


def _lack(one: Lack, say: Speaker) -> str:
    level = say("level {level}", level=one.level)
    parts = {
        say("The breach"): one.what,
        say("What it means"): one.means,
        say("What to do meanwhile"): one.instead,
        say("Why it is so"): one.why,
    }
    told = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(say(text))}</dd>" for name, text in parts.items()
    )
    return element("h3", f"{one.number} {say(one.title)} ({level})") + f"<dl>{told}</dl>"


def _tested(say: Speaker) -> str:
    """Say how all this is known, and what is not."""
    return "".join(
        (
            element("h2", say("How it was tested")),
            items(
                (
                    say(
                        "At every change of the program, axe-core looks at each page in each"
                        " language, light and dark, with the maps on them."
                    ),
                    say(
                        "A question is asked, the answer read, a place opened and a file"
                        " exported by keyboard alone, with the focus visible at each step."
                    ),
                    say(
                        "The pages are looked at as on a phone, at 320 pixels' width, with text"
                        " twice as large, and with wider spacing of text."
                    ),
                    say(
                        "People with disabilities have not tested the program, and nobody has"
                        " listened to it with a screen reader. Files that can be downloaded,"
                        " and maps of others, have not been examined."
                    ),
                )
            ),
            element("p", say("Last gone through {date}", date=say.date(TESTED))),
        )
    )
