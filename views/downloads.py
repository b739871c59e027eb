"""Downloads: the answer for a GIS, for the web, for a spreadsheet. Made on click."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import geopandas as gpd
import streamlit as st

from geo.answer import Answer, Catalogue
from geo.bundle import Bundle
from layers.export import Export, export
from layers.export_measures import with_measures
from layers.files import csv, geojson, geopackage
from views.cached_figures import figured, held
from views.text import element
from words import Speaker


def buttons(
    answer: Answer,
    bundle: Bundle,
    catalogue: Catalogue,
    say: Speaker,
    *,
    now: datetime,
    areas: Callable[[], gpd.GeoDataFrame | None],
) -> None:
    """Draw one button per format; areas, measures and norms are computed on click."""
    stem = f"moteplass-{bundle.area.code}-{now.date().isoformat()}"

    def made(write: Callable[[Export, Speaker], bytes]) -> Callable[[], bytes]:
        def content() -> bytes:
            reach = areas()
            told = export(answer, bundle, catalogue, say=say, now=now, reach_areas=reach)
            area = bundle.area
            found = figured(answer.question, area.built, now), held(area.code, area.built)
            return write(with_measures(told, *found, catalogue, say), say)

        return content

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
