"""An area in figures: its residents by group, and its places by family, with sentences."""

from __future__ import annotations

from math import isnan

import geopandas as gpd
import pandas as pd
import streamlit as st

from data.catalogue import families
from geo.answer import Answer, Catalogue
from geo.bundle import Bundle
from geo.coverage import few
from geo.tables import EVERYBODY, LOW_INCOME, LOW_INCOME_AREAS
from layers.telling import people_between, unknown_text
from views.text import element, items, table
from words import Speaker


def residents(answer: Answer, bundle: Bundle, catalogue: Catalogue, say: Speaker) -> None:
    """Show how many live here, by group, and how that is known."""
    everybody = answer.reach[EVERYBODY]
    rows = []
    for key, reach in answer.reach.items():
        hidden, band = reach.withheld == "all", reach.told.band
        untold = hidden or band is not None or few(reach.people) or key == EVERYBODY
        share = "–" if untold else say.share(reach.people / (everybody.people or 1.0))
        rows.append(
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
    st.html(
        element("h2", say("Residents"))
        + element("p", _all_of_them(everybody.people, bundle, say))
        + items([*_known_from(bundle, say), *_incomes(answer, say)])
        + _wide(table(heads, rows, caption=say("Residents by group"), words={3}))
    )


def _all_of_them(people: float, bundle: Bundle, say: Speaker) -> str:
    told = {"people": say.people(people), "name": bundle.area.name}
    if "building" in set(bundle.homes["basis"]):
        return say("About {people} people live in {name}.", **told)
    return say("{people} people live in {name}.", **told)


def _known_from(bundle: Bundle, say: Speaker) -> list[str]:
    """Say whether residents were counted or estimated, and where; no figure is told here."""
    words = {
        "grid": say("Counted in the cells of a grid, and shared among the homes of each."),
        "zone": say("Counted in zones, and shared among the homes of each."),
        "municipality": say("Counted in the municipality, and shared among its homes."),
        "building": say("Estimated from the buildings: nobody has counted them."),
    }
    there = bundle.homes.loc[bundle.homes[EVERYBODY] > 0, "basis"].unique()
    return [text for key, text in words.items() if key in there]


def _incomes(answer: Answer, say: Speaker) -> list[str]:
    """Say that nothing is known of incomes, where that is so."""
    reaches = [answer.reach[key] for key in (LOW_INCOME, LOW_INCOME_AREAS)]
    if all(isnan(reach.people) and reach.told.band is None for reach in reaches):
        return [say("Nothing is known of low income here.")]
    return []


def by_family(places: gpd.GeoDataFrame, people: float) -> pd.DataFrame:
    """
    Count places by family, and by whether they are indoors.

    Parameters
    ----------
    places
        As `geo.tables.PLACES`; only those inside the area count. One of several kinds
        counts in the family of the leading one.
    people
        Residents of the area.

    Returns
    -------
    counted
        One row per family, the largest first: `places`, `indoor`, `outdoor`, `both`, and
        `per_thousand` residents, which is `nan` where nobody lives.
    """
    inside = places[places["inside"]]
    counted = pd.crosstab(inside["family"], inside["setting"])
    counted = counted.reindex(columns=["indoor", "outdoor", "both"], fill_value=0)
    counted.insert(0, "places", counted.sum(axis=1))
    counted["per_thousand"] = 1000 * counted["places"] / (people or float("nan"))
    return counted.sort_values("places", ascending=False, kind="stable")


def meeting_places(bundle: Bundle, say: Speaker) -> None:
    """Show how many places there are of each family, and for how many people."""
    people = float(bundle.homes[EVERYBODY].sum())
    counted = by_family(bundle.places, people)
    st.html(element("h2", say("Meeting places")))
    if counted.empty:
        st.info(say("There are no meeting places in the data for this area."))
        return
    total = int(counted["places"].sum())
    rows = _families(counted, people, say)
    heads = [
        say("Family"),
        say("Places"),
        say("Indoors"),
        say("Outdoors"),
        say("Indoors and outdoors"),
        say("Places per thousand residents"),
    ]
    said = say.many(
        "There is {n} meeting place: {rate} per thousand residents. Most are of the family"
        " {family}.",
        "There are {n} meeting places: {rate} per thousand residents. Most are of the family"
        " {family}.",
        total,
        rate=rows[-1][-1],
        family=rows[0][0],
    )
    st.html(
        element("p", said) + _wide(table(heads, rows, caption=say("Meeting places by family")))
    )


def _families(counted: pd.DataFrame, people: float, say: Speaker) -> list[list[str]]:
    """Return a row of texts for each family, and one for all of them."""
    labels = {key: say(one.label) for key, one in families().items()}
    whole = counted.sum().to_frame(say("All")).T
    whole["per_thousand"] = 1000 * whole["places"] / (people or float("nan"))
    names = [labels.get(str(key), str(key)) for key in counted.index] + [say("All")]
    figures = pd.concat([counted, whole])
    counts = zip(
        *(figures[key] for key in ("places", "indoor", "outdoor", "both")), strict=True
    )
    return [
        [name, *map(say.number, numbers), say.number(rate, 1)]
        for name, numbers, rate in zip(names, counts, figures["per_thousand"], strict=True)
    ]


def sources(bundle: Bundle, say: Speaker) -> None:
    """Show what an area was made from, and what a reader has to know of it."""
    area, unknown = bundle.area, say("Unknown")
    rows = [
        [
            one.name,
            one.attribution or unknown,
            one.licence.strip("?") or unknown,
            one.date.strip("?") or unknown,
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
        "The area is made from {n} source.", "The area is made from {n} sources.", len(rows)
    )
    drawn = element("h2", say("Sources")) + element("p", told)
    if rows:
        caption = say("What the figures rest on")
        drawn += _wide(table(heads, rows, caption=caption, words={1, 2, 3, 5}))
    if area.warnings:
        drawn += element("h2", say("Beware")) + items(say(one) for one in area.warnings)
    st.html(drawn)


def _wide(drawn: str) -> str:
    """Let a table that is wider than the screen be moved by itself, by keys as well."""
    caption = drawn.partition("<caption>")[2].partition("</caption>")[0]
    return (
        f'<div class="m-scroll" tabindex="0" role="region" aria-label="{caption}">{drawn}</div>'
    )
