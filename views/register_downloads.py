"""The register of places to take along, and what OpenStreetMap lacks. Made on click."""

from __future__ import annotations

import streamlit as st

from data.catalogue import kinds
from data.register.limits import OSM
from data.services.catalogue import SERVICES
from geo.bundle import Bundle
from layers.register_files import geopackage, sheet, told
from layers.register_lacking import caution, lacking, lacking_geojson
from views.text import element
from words import Speaker


def licences(say: Speaker) -> dict[str, str]:
    """Return what each source is called, and its licence, by its key."""
    known = {one.key: f"{say(one.name)}, {one.licence}" for one in SERVICES}
    return {OSM: "OpenStreetMap, ODbL 1.0", **known}


def buttons(bundle: Bundle, say: Speaker) -> None:
    """Draw one button for each file."""
    area, names = bundle.area, licences(say)
    known = (bundle, kinds(), names, say)
    about = {
        say("Area"): f"{area.name} ({area.code})",
        say("Area built"): area.built[:10],
        say("Sources"): "; ".join(
            f"{one.attribution} – {one.name}, {one.licence}, {one.date}" for one in area.sources
        ),
    }
    stem = f"moteplass-{area.code}"
    st.html(element("h2", say("Take it with you")))
    whole, lacks = st.columns(2)
    whole.download_button(
        say("The register with every source (GeoPackage)"),
        lambda: geopackage(told(*known), about),
        f"{stem}-register.gpkg",
        "application/geopackage+sqlite3",
        on_click="ignore",
        width="stretch",
    )
    whole.download_button(
        say("The register with every source (CSV)"),
        lambda: sheet(told(*known), say),
        f"{stem}-register.csv",
        "text/csv",
        on_click="ignore",
        width="stretch",
    )
    lacks.download_button(
        say("What OpenStreetMap lacks (GeoJSON)"),
        lambda: lacking_geojson(*known),
        f"{stem}-lacking.geojson",
        "application/geo+json",
        on_click="ignore",
        width="stretch",
    )
    lacks.download_button(
        say("What OpenStreetMap lacks (CSV)"),
        lambda: sheet(lacking(*known), say),
        f"{stem}-lacking.csv",
        "text/csv",
        on_click="ignore",
        width="stretch",
    )
    st.html(element("p", caution(say)))
