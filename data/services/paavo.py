"""Finland's areas: residents by age and incomes by postal code, and people per square."""

from __future__ import annotations

import re

import geopandas as gpd
import pandas as pd

from data.ageclasses import OLDEST, grouped
from data.http import Get
from data.known import Known
from data.services.areas import SLIVER, incomes, zones
from data.services.geoserver import Layer, areas
from data.services.registers import changed
from data.services.service import Land, Service
from geo.errors import Message

DATE = "2024-12-31"
"""The release of 2021 had figures of 2019, say its fields; this one is taken to be alike."""

HOST = "https://geo.stat.fi/geoserver"
POSTAL = Layer(f"{HOST}/postialue/wfs", "postialue:pno_tilasto_2026", "postinumeroalue")
SQUARES = Layer(f"{HOST}/vaestoruutu/wfs", "vaestoruutu:vaki2025_1km", "grd_id")
CLASS = "he_([0-9]+)_([0-9]*)"
"""Columns of people by age: `he_0_2`, and `he_85_` for an open end."""

MEASURE = "Median income of persons, euros a year"


def postal_areas(land: Land, get: Get) -> Known:
    """
    Read residents by age and the median income of every postal code area.

    Figures of small areas are left out by the service, which writes -1: they are
    `nan`, and may be anything up to the total. Classes that do not fit our groups, as 3–6
    and 65–69, are split with a band, see `data.ageclasses.grouped`. The income is an
    amount, not a share of those with low income: `of` is `"other"`.

    Parameters
    ----------
    land
        In Finland. Areas that overlap it by less than `SLIVER` are its neighbours'.
    get
        Fetches a URL, see `data.http`.

    Returns
    -------
    known
        With `zones` and `incomes`.

    Raises
    ------
    SourceError
        If the service fails or has changed.
    """
    found = areas(POSTAL, land, get)
    found = found[found["inside"] >= SLIVER]
    people, value = _numbers(found, "he_vakiy", POSTAL), _numbers(found, "hr_mtu", POSTAL)
    spans = {name: re.fullmatch(CLASS, name) for name in map(str, found)}
    classes = {
        name: (int(span[1]), int(span[2] or OLDEST)) for name, span in spans.items() if span
    }
    if (not classes or "nimi" not in found) and not found.empty:
        raise changed(POSTAL.url)
    found = found.assign(nimi=found.get("nimi", ""))
    counts = pd.DataFrame(
        {name: _numbers(found, name, POSTAL) for name in classes}, found.index
    )
    return Known(
        zones=zones(
            found, grouped(counts, classes, people), people, source=PAAVO.key, name="nimi"
        ),
        incomes=incomes(
            found, value, source=PAAVO.key, name="nimi", measure=MEASURE, of="other"
        ),
        sources=(PAAVO.source(date=DATE, rows=len(found)),),
    )


def squares(land: Land, get: Get) -> Known:
    """
    Read how many live in every square of one kilometre.

    Ages are left out for squares of fewer than ten, but all have their total. A square
    that is not there is empty.

    Parameters
    ----------
    land
        In Finland.
    get
        Fetches a URL, see `data.http`.

    Returns
    -------
    known
        With `grid`. A square without a number is left out, and `missing` says so.

    Raises
    ------
    SourceError
        If the service fails or has changed.
    """
    found = areas(SQUARES, land, get)
    people = _numbers(found, "vaesto", SQUARES)
    told = people.notna()
    grid = gpd.GeoDataFrame({"people": people[told]}, geometry=found.geometry[told])
    unknown = Message(
        "{n} squares of Statistics Finland have no number of people: nobody is put there.",
        {"n": int((~told).sum())},
    )
    return Known(
        grid=grid.set_crs(found.crs),
        sources=(GRID.source(date="2025", rows=len(grid)),),
        missing=() if told.all() else (unknown,),
    )


def _numbers(found: gpd.GeoDataFrame, column: str, layer: Layer) -> pd.Series:
    """Return a column of numbers; what is negative or no number is not known."""
    if found.empty:
        return pd.Series(index=found.index, dtype=float)
    if column not in found:
        raise changed(layer.url)
    numbers: pd.Series = pd.to_numeric(found[column], errors="coerce").astype(float)
    return numbers.where(numbers >= 0)


PAAVO = Service(
    key="paavo",
    name="Statistics Finland, Paavo: open data by postal code area",
    licence="CC BY 4.0",
    attribution="Source: Statistics Finland, Paavo, 2026",
    url="https://stat.fi/org/avoindata/paikkatietoaineistot/paavo_en.html",
    countries=("fi",),
    days=30,
    read=postal_areas,
)
GRID = Service(
    key="finland_grid",
    name="Statistics Finland, population grid 1 km",
    licence="CC BY 4.0",
    attribution="Source: Statistics Finland, Population grid data, 2025",
    url="https://stat.fi/org/avoindata/paikkatietoaineistot/vaestoruutuaineisto_1km_en.html",
    countries=("fi",),
    days=30,
    read=squares,
)
