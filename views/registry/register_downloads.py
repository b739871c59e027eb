"""The register of places to take along, and what OpenStreetMap lacks. Made on click."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data.catalogue import kinds
from data.register.limits import OSM
from data.services.catalogue import SERVICES
from geo.bundle import Bundle
from layers.register_files import geopackage, sheet, told
from layers.register_lacking import caution, lacking, lacking_geojson
from views.text import element
from words import Speaker

File = tuple[str, Callable[[], bytes], str, str]
"""What a button says, what makes the file, the end of its name, and its type."""


def licences(say: Speaker) -> dict[str, str]:
    """Return what each source is called, and its licence, by its key."""
    known = {one.key: f"{say(one.name)}, {one.licence}" for one in SERVICES}
    return {OSM: "OpenStreetMap, ODbL 1.0", **known}


def buttons(bundle: Bundle, say: Speaker) -> None:
    """Draw one button for each file."""
    st.html(element("h2", say("Take it with you")))
    columns = st.columns(2)
    for n, (label, content, name, mime) in enumerate(_files(bundle, say)):
        columns[n % 2].download_button(
            label,
            content,
            f"moteplass-{bundle.area.code}-{name}",
            mime,
            on_click="ignore",
            width="stretch",
        )
    st.html(element("p", caution(say)))


def _files(bundle: Bundle, say: Speaker) -> tuple[File, ...]:
    area, names = bundle.area, licences(say)
    known = (bundle, kinds(), names, say)
    about = {
        say("Area"): f"{area.name} ({area.code})",
        say("Area built"): area.built[:10],
        say("Sources"): "; ".join(
            f"{one.attribution} – {one.name}, {one.licence}, {one.date}" for one in area.sources
        ),
    }
    return (
        (
            say("The register with every source (GeoPackage)"),
            lambda: geopackage(told(*known), about),
            "register.gpkg",
            "application/geopackage+sqlite3",
        ),
        (
            say("What OpenStreetMap lacks (GeoJSON)"),
            lambda: lacking_geojson(*known),
            "lacking.geojson",
            "application/geo+json",
        ),
        (
            say("The register with every source (CSV)"),
            lambda: sheet(told(*known), say),
            "register.csv",
            "text/csv",
        ),
        (
            say("What OpenStreetMap lacks (CSV)"),
            lambda: sheet(lacking(*known), say),
            "lacking.csv",
            "text/csv",
        ),
    )
