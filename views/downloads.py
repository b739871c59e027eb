"""Downloads: the answer for a GIS, for the web, for a spreadsheet. Made on click."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st

from geo.answer import Answer, Catalogue
from geo.bundle import Bundle
from layers.export import Export, export
from layers.files import csv, geojson, geopackage
from views.text import element
from words import Speaker


def buttons(answer: Answer, bundle: Bundle, catalogue: Catalogue, say: Speaker) -> None:
    """Draw one button per format."""
    today = datetime.now(UTC).date().isoformat()
    stem = f"moteplass-{bundle.area.code}-{today}"

    def made(write: Callable[[Export, Speaker], bytes]) -> Callable[[], bytes]:
        return lambda: write(export(answer, bundle, catalogue, say=say, today=today), say)

    st.html(element("h2", say("Take it with you")))
    formats = (
        (
            say("GeoPackage for GIS"),
            geopackage,
            f"{stem}.gpkg",
            "application/geopackage+sqlite3",
        ),
        (say("GeoJSON"), geojson, f"{stem}-geojson.zip", "application/zip"),
        (say("Spreadsheets (CSV)"), csv, f"{stem}-csv.zip", "application/zip"),
    )
    for column, (label, write, name, mime) in zip(
        st.columns(len(formats)), formats, strict=True
    ):
        column.download_button(
            label, made(write), name, mime, on_click="ignore", width="stretch", key=name[-12:]
        )
