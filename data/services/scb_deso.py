"""Sweden's demographic areas (DeSO): residents by age, and low economic standard."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from data.ageclasses import grouped
from data.http import Get
from data.known import Known
from data.services.areas import SLIVER, incomes, years, zones
from data.services.geoserver import Layer, areas
from data.services.pxweb import ask, spread
from data.services.registers import changed
from data.services.service import Land, Service
from data.text import plain
from geo.errors import Message

DESO = Layer("https://geodata.scb.se/geoserver/stat/wfs", "stat:DeSO_2025", "desokod")
CODES = "vs_DeSO2025"
"""The same areas in the tables, where every number is followed by `_DeSO2025`."""

TABLES = "https://statistikdatabasen.scb.se/api/v2/tables"
AGES, STANDARD = f"{TABLES}/TAB6574", f"{TABLES}/TAB6685"
TOTAL = "totalt"
MEASURE = "Low economic standard: share of persons below 60 % of the median"


def ages(land: Land, get: Get) -> Known:
    """
    Read residents by age of every demographic area, on 31 December of the newest year.

    Classes are published as five years of age, and from 80 on. Where they do not fit
    our groups, as 65–69 does not, `data.ageclasses.grouped` splits them and gives a band.
    Nothing but these published classes is added up: since 2025 every cell carries a small
    random noise (cell key method), so that classes and totals may differ by a few. How
    much noise there is was not found published, and it is not in the bands.

    Parameters
    ----------
    land
        In Sweden. Areas that overlap it by less than `SLIVER` are its neighbours'.
    get
        Fetches a URL, see `data.http`.

    Returns
    -------
    known
        With `zones`. An area without figures is `nan`; if none has any, `missing` says so.

    Raises
    ------
    SourceError
        If a service fails or has changed.
    """
    found = _areas(land, get)
    cells = _cells(found, AGES, get, {"Alder": ["*"], "Kon": ["1+2"]}, "000007Y7")
    counts = spread(cells, "Region", "Alder", AGES).reindex(found.index)
    if TOTAL not in counts and not found.empty:
        raise changed(AGES)
    people = counts.pop(TOTAL) if TOTAL in counts else pd.Series(index=found.index, dtype=float)
    classes = {code: years(code, AGES) for code in map(str, counts)}
    table = zones(
        found, grouped(counts, classes, people), people, source=AGES_BY_AREA.key, name="desokod"
    )
    date = f"{_newest(cells)}-12-31"
    return Known(
        zones=table,
        sources=(AGES_BY_AREA.source(date=date, rows=len(table)),),
        missing=_missing(people, land),
    )


def low_standard(land: Land, get: Get) -> Known:
    """
    Read the share of persons with low economic standard in every demographic area.

    Parameters
    ----------
    land, get
        As `ages`.

    Returns
    -------
    known
        With `incomes`, in percent. An area without a figure, which is what the service
        has for a year of other areas as well, is `nan`, its share between 0 and 1; if
        none has any, `missing` says so.

    Raises
    ------
    SourceError
        If a service fails or has changed.
    """
    found = _areas(land, get)
    cells = _cells(found, STANDARD, get, {"Alder": ["tot"]}, "000008AC")
    by_area = spread(cells, "Region", "Tid", STANDARD).reindex(found.index)
    value = (
        by_area.iloc[:, -1] if by_area.shape[1] else pd.Series(index=found.index, dtype=float)
    )
    if not value.dropna().between(0, 100).all():
        raise changed(STANDARD)
    table = incomes(
        found, value, source=LOW_STANDARD.key, name="desokod", measure=MEASURE, of="persons"
    )
    return Known(
        incomes=table,
        sources=(LOW_STANDARD.source(date=_newest(cells), rows=len(table)),),
        missing=_missing(value, land),
    )


def _areas(land: Land, get: Get) -> gpd.GeoDataFrame:
    found = areas(DESO, land, get)
    if not found.index.str.fullmatch("[0-9]{4}[A-Z][0-9]{4}").all():
        raise changed(DESO.url)
    return found[found["inside"] >= SLIVER].assign(desokod=lambda table: table.index)


def _cells(
    found: gpd.GeoDataFrame, table: str, get: Get, chosen: dict[str, list[str]], contents: str
) -> pd.DataFrame:
    """Ask about all areas of the municipalities that were found, by their bare numbers."""
    if found.empty:
        return pd.DataFrame(columns=["Region", "Alder", "Tid", "value"])
    municipalities = sorted(set(found.index.str[:4]))
    chosen = {"Region": [f"{number}*" for number in municipalities], **chosen}
    chosen |= {"ContentsCode": [contents], "Tid": ["top(1)"]}
    cells = ask(table, chosen, get, codelists={"Region": CODES})
    if "Region" not in cells or "Tid" not in cells:
        raise changed(table)
    return cells.assign(Region=cells["Region"].str.partition("_")[0])


def _newest(cells: pd.DataFrame) -> str:
    return str(max(cells["Tid"], default=""))


def _missing(values: pd.Series, land: Land) -> tuple[Message, ...]:
    if values.empty or values.notna().any():
        return ()
    return (
        Message(
            "Statistics Sweden gives no figures for the areas of {name}:"
            " they may be areas of another year.",
            {"name": plain(land.name)},
        ),
    )


AGES_BY_AREA = Service(
    key="scb_ages",
    name="Statistics Sweden, population by age and demographic area (TAB6574)",
    licence="CC0 1.0",
    attribution="Källa: SCB",
    url="https://www.scb.se/deso",
    countries=("se",),
    days=30,
    read=ages,
)
LOW_STANDARD = Service(
    key="scb_income",
    name="Statistics Sweden, low economic standard by demographic area (TAB6685)",
    licence="CC0 1.0",
    attribution="Källa: SCB",
    url="https://www.scb.se/deso",
    countries=("se",),
    days=30,
    read=low_standard,
)
