"""An area in figures: its residents by group, and its places by family, with sentences."""

from __future__ import annotations

from math import isnan

import streamlit as st

from data.catalogue import families
from geo.answer import Answer, Catalogue
from geo.bundle import Bundle
from geo.coverage import few
from geo.tables import EVERYBODY, LOW_INCOME, LOW_INCOME_AREAS
from layers.family_text import by_family, headings, known_from, rows
from layers.source_text import known
from layers.telling import people_between, unknown_text
from views.text import element, items, movable, table
from words import Speaker


def residents(answer: Answer, bundle: Bundle, catalogue: Catalogue, say: Speaker) -> None:
    """Show how many live here, by group, and how that is known."""
    everybody = answer.reach[EVERYBODY]
    told = []
    for key, reach in answer.reach.items():
        hidden, band = reach.withheld == "all", reach.told.band
        untold = hidden or band is not None or few(reach.people) or key == EVERYBODY
        share = "–" if untold else say.share(reach.people / (everybody.people or 1.0))
        told.append(
            [
                say(catalogue.groups[key].label),
                say("Too few to tell")
                if hidden
                else people_between(reach.people, band.people if band else None, say),
                share,
                "" if hidden else unknown_text(reach, say),
            ]
        )
    heads = [say("Group"), say("Live here"), say("Share of everybody"), say("Note")]
    residents = say("Residents by group")
    st.html(
        element("h2", say("Residents"))
        + element("p", _all_of_them(everybody.people, bundle, say))
        + items([*known_from(bundle.homes, say), *_incomes(answer, say)])
        + movable(table(heads, told, caption=residents, words={3}), residents)
    )


def _all_of_them(people: float, bundle: Bundle, say: Speaker) -> str:
    told = {"people": say.people(people), "name": bundle.area.name}
    if "building" in set(bundle.homes["basis"]):
        return say("About {people} people live in {name}.", **told)
    return say("{people} people live in {name}.", **told)


def _incomes(answer: Answer, say: Speaker) -> list[str]:
    """Say that nothing is known of incomes, where that is so."""
    reaches = [answer.reach[key] for key in (LOW_INCOME, LOW_INCOME_AREAS)]
    if all(isnan(reach.people) and reach.told.band is None for reach in reaches):
        return [say("Nothing is known of low income here.")]
    return []


def meeting_places(bundle: Bundle, say: Speaker) -> None:
    """Show how many places there are of each family, and for how many people."""
    people = float(bundle.homes[EVERYBODY].sum())
    counted = by_family(bundle.places, people)
    st.html(element("h2", say("Meeting places")))
    if counted.empty:
        st.info(say("There are no meeting places in the data for this area."))
        return
    total = int(counted["places"].sum())
    listed = rows(counted, people, families(), say)
    said = say.many(
        "There is {n} meeting place: {rate} per thousand residents. Most are of the family"
        " {family}.",
        "There are {n} meeting places: {rate} per thousand residents. Most are of the family"
        " {family}.",
        total,
        rate=listed[-1][-1],
        family=listed[0][0],
    )
    caption = say("Meeting places by family")
    st.html(
        element("p", said) + movable(table(headings(say), listed, caption=caption), caption)
    )


def sources(bundle: Bundle, say: Speaker) -> None:
    """Show what an area was made from, and what a reader has to know of it."""
    area = bundle.area
    listed = [
        [
            one.name,
            *(known(told, say) for told in (one.attribution, one.licence, one.date)),
            say.number(one.rows),
            one.url,
        ]
        for one in area.sources
    ]
    heads = [
        *(say("Source"), say("Whom to thank"), say("Licence")),
        *(say("Date"), say("Rows"), say("Address")),
    ]
    told = say.many(
        "The area is made from {n} source.", "The area is made from {n} sources.", len(listed)
    )
    drawn = element("h2", say("Sources")) + element("p", told)
    if listed:
        caption = say("What the figures rest on")
        drawn += movable(table(heads, listed, caption=caption, words={1, 2, 3, 5}), caption)
    if area.warnings:
        drawn += element("h2", say("Beware")) + items(say(one) for one in area.warnings)
    st.html(drawn)
