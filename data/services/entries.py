"""Rows of registers: what each source says of one place, put in the columns all share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import geopandas as gpd
from shapely import Geometry

from data.known import Known
from data.services.service import Service
from geo.crs import WGS84

COLUMNS = ("ref", "name", "kind", "address", "wheelchair", "opening_hours", "updated")


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """
    One row of a register.

    Parameters
    ----------
    ref
        The source's own number for it.
    name, kind
        As shown; key in `place_kinds.toml`, or `""` if it tells of a place and is none.
    shape
        In longitude and latitude.
    address, wheelchair, opening_hours, updated
        `""` where not known; `updated` is an ISO date.
    """

    ref: str
    name: str
    kind: str
    shape: Geometry
    address: str = ""
    wheelchair: str = ""
    opening_hours: str = ""
    updated: str = ""


def known(service: Service, entries: Iterable[Entry]) -> Known:
    """
    Return entries as rows of a register, with their source: as old as the newest of them.

    Examples
    --------
    >>> from shapely import Point
    >>> about = Service("toy", "Toys", "CC0", "", "", ("no",), 7, lambda land, get: Known())
    >>> told = known(about, [Entry("1", "Vik", "school", Point(12, 65), updated="2024-11-15")])
    >>> told.register[["source", "name", "kind"]].to_numpy().tolist()
    [['toy', 'Vik', 'school']]
    >>> told.sources[0].date, told.sources[0].rows
    ('2024-11-15', 1)
    """
    rows = list(entries)
    columns: dict[str, list[object]] = {"source": [service.key] * len(rows)}
    columns |= {column: [getattr(row, column) for row in rows] for column in COLUMNS}
    table = gpd.GeoDataFrame(columns, geometry=[row.shape for row in rows], crs=WGS84)
    newest = max((row.updated for row in rows), default="")
    return Known(register=table, sources=(service.source(date=newest, rows=len(rows)),))
