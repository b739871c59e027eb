"""What metadata say of a file and of each of its layers, whichever standard they follow."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np

from geo.bundle import Source
from geo.crs import to_wgs84
from layers.export.export import Export
from layers.export.sheet import Sheet
from words.speaker import Speaker

MAKER = "Møteplass"
ALPHA3 = {
    "nb": "nob",
    "nn": "nno",
    "en": "eng",
    "sv": "swe",
    "se": "sme",
    "smj": "smj",
    "sma": "sma",
}
"""Languages of ours as ISO 639-2 and 639-3 call them."""
STEPS = 21
"""An edge of a box in metres is bent in degrees: at so many spots it is looked at."""

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Described:
    """
    What there is to say of a file, or of one layer or table in it.

    Parameters
    ----------
    key
        Identifier: begins as the file is named.
    parent
        That of the file a layer is in; `""` for the file.
    title, abstract
        In the reader's language; the abstract holds question, answer and warnings.
    language
        Of three letters.
    day
        ISO date of the export.
    area, crs
        Name of the area; its metric CRS, e.g. `"EPSG:25833"`.
    metres, degrees
        What it covers as left, bottom, right, top; None for a table without geometry.
    sources
        Whom to thank, and under which licence.
    lineage
        How figures came about, and what to beware of.
    """

    key: str
    parent: str
    title: str
    abstract: str
    language: str
    day: str
    area: str
    crs: str
    metres: Bounds | None
    degrees: Bounds | None
    sources: tuple[Source, ...]
    lineage: str


def rights(source: Source) -> str:
    """
    Return whom to thank, and the licence.

    Examples
    --------
    >>> rights(Source("OpenStreetMap", "ODbL 1.0", "© OpenStreetMap contributors", "2026", 1))
    '© OpenStreetMap contributors – OpenStreetMap, ODbL 1.0'
    """
    return f"{source.attribution} – {source.name}, {source.licence}"


def described(export: Export, sheet: Sheet | None, say: Speaker) -> Described:
    """
    Return what there is to say of an export, or of one of its sheets.

    Parameters
    ----------
    export
        What is written.
    sheet
        One of its sheets; None: the file as a whole, which covers what its sheets cover.
    say
        The language.
    """
    area = export.area
    tables = [one.table for one in ([sheet] if sheet else export.sheets) if one.located]
    metres = _covered([table for table in tables if len(table)])
    return Described(
        key=f"{export.stem}-{sheet.key}" if sheet else export.stem,
        parent=export.stem if sheet else "",
        title=f"{sheet.name} – {export.title}" if sheet else export.title,
        abstract="\n".join(f"{what}: {told}" for what, told in export.about),
        language=ALPHA3.get(say.language, "und"),
        day=export.day,
        area=area.name,
        crs=area.crs,
        metres=metres,
        degrees=_in_degrees(metres, area.crs) if metres else None,
        sources=area.sources,
        lineage="\n".join(say(one) for one in (*area.notes, *area.missing, *area.warnings)),
    )


def _covered(tables: list[gpd.GeoDataFrame]) -> Bounds | None:
    """Return the box around all tables."""
    if not tables:
        return None
    edges = [table.total_bounds.tolist() for table in tables]
    left, bottom, right, top = zip(*edges, strict=True)
    return min(left), min(bottom), max(right), max(top)


def _in_degrees(metres: Bounds, crs: str) -> Bounds:
    """Return a box in longitude and latitude that holds a box in metres, of whatever size."""
    left, bottom, right, top = metres
    x, y = np.meshgrid(np.linspace(left, right, STEPS), np.linspace(bottom, top, STEPS))
    spots = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x.ravel(), y.ravel()), crs=crs)
    west, south, east, north = to_wgs84(spots).total_bounds.tolist()
    return west, south, east, north
