"""Downloads: the answer for a GIS, for the web, for a spreadsheet. Made on click."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import geopandas as gpd
import streamlit as st

from geo.errors import Message, MoteplassError
from layers.export import Export, export
from layers.export_measures import with_measures
from layers.files import csv, geojson, geopackage
from views import cached
from views.asked import Asked
from views.cached_figures import figured, held
from views.text import element, markdown
from words import Speaker

EVERY_S = 0.5
"""How often the page looks whether a file is made."""

MB = 1e6


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what its button says, what is in it, and how it is written."""

    label: str
    holds: str
    write: Callable[[Export, Speaker], bytes]
    ending: str
    mime: str


@dataclass(slots=True)
class Making:
    """How far a file has come that somebody asked for; it is made apart from the page."""

    asked: bool = False
    size: int = 0
    fault: Message | None = None

    @property
    def waits(self) -> bool:
        """Whether it is being made."""
        return self.asked and not self.size and self.fault is None


def formats(say: Speaker) -> list[Format]:
    """Return the formats, each with what is in its file."""
    return [
        Format(
            say("GeoPackage for GIS"),
            say(
                "One file for QGIS or ArcGIS, in metres: places, homes with minutes, where"
                " people are beyond reach, the boundary, and every table."
            ),
            geopackage,
            ".gpkg",
            "application/geopackage+sqlite3",
        ),
        Format(
            say("GeoJSON"),
            say(
                "The same map layers for maps on the web, in longitude and latitude: one file"
                " for each, in a zip."
            ),
            geojson,
            "-geojson.zip",
            "application/zip",
        ),
        Format(
            say("Spreadsheets (CSV)"),
            say(
                "Groups, places, measures and norms as tables for Excel: one file for each, in"
                " a zip."
            ),
            csv,
            "-csv.zip",
            "application/zip",
        ),
    ]


def buttons(asked: Asked, *, areas: bool) -> None:
    """
    Draw one button per format; areas, measures and norms are computed on click.

    `areas`: whether the reach of the places is in the files.
    """
    say = asked.say
    stem = f"moteplass-{asked.question.area}-{asked.now.date().isoformat()}"
    st.html(element("h2", say("Take it with you")))
    known = formats(say)
    for column, one in zip(st.columns(len(known)), known, strict=True):
        with column, st.container(border=True):
            _offered(asked, one, stem, areas=areas)


def _offered(asked: Asked, one: Format, stem: str, *, areas: bool) -> None:
    """Say what is in a file, offer it, and say how it goes once it was asked for."""
    say = asked.say
    making = _making(one, (asked.question, asked.built, say.language, areas))
    st.html(element("h3", one.label) + element("p", one.holds))

    def content() -> bytes:
        try:
            made = one.write(_told(asked, areas=areas), say)
        except MoteplassError as error:
            making.fault = error.message
            raise
        making.size = len(made)
        return made

    st.download_button(
        one.label,
        content,
        f"{stem}{one.ending}",
        one.mime,
        on_click=_ask,
        args=(making,),
        width="stretch",
        key=f"export{one.ending}",
    )
    every = EVERY_S if making.waits else None
    st.fragment(_state, run_every=every)(making, say, polled=every is not None)


def _making(one: Format, what: object) -> Making:
    """Return how far the file of this very question has come in this session."""
    key = f"making{one.ending}"
    known = st.session_state.get(key)
    if known is None or known[0] != what:
        known = st.session_state[key] = (what, Making())
    making: Making = known[1]
    return making


def _ask(making: Making) -> None:
    making.asked, making.size, making.fault = True, 0, None


def _state(making: Making, say: Speaker, *, polled: bool) -> None:
    """Say that a file is being made, how large it is, or why there is none."""
    if polled and not making.waits:
        st.rerun()
    if making.fault:
        st.error(markdown(say(making.fault)))
    elif making.asked:
        size = say("{n} MB", n=say.number(max(making.size / MB, 0.1), 1))
        told = say("Made: {size}", size=size) if making.size else say("Being made …")
        st.html(f'<p role="status">{escape(told)}</p>')


def _told(asked: Asked, *, areas: bool) -> Export:
    """Return all that is in the files."""
    question, built, now = asked.question, asked.built, asked.now
    reach: gpd.GeoDataFrame | None = cached.areas(question, built, now) if areas else None
    told = export(
        asked.answer,
        asked.bundle,
        asked.catalogue,
        say=asked.say,
        now=now,
        reach_areas=reach,
    )
    found = figured(question, built, now), held(question.area, built)
    return with_measures(told, *found, asked.catalogue, asked.say)
