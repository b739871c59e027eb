"""The protocol of all services: a land to ask about, a way to ask, what is known then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shapely import MultiPolygon, Polygon

from data.http import Get
from data.known import UNTOLD, Known
from geo.bundle import Source


@dataclass(frozen=True, slots=True, eq=False)
class Land:
    """
    What a service is asked about.

    Parameters
    ----------
    number
        Of the municipality, or `""` if the land is none.
    name
        As shown.
    country
        `"no"`, `"se"` or `"fi"`.
    boundary
        In longitude and latitude.
    crs
        The area's metric CRS.
    """

    number: str
    name: str
    country: str
    boundary: Polygon | MultiPolygon
    crs: str


@dataclass(frozen=True, slots=True)
class Service:
    """
    One open service: who it is, and how it is read.

    Parameters
    ----------
    key
        Short name: the `source` of its rows, and how a command leaves it out.
    name
        What it holds, in English; translated where shown.
    licence, attribution
        Under what, and whom to thank.
    url
        Where it is.
    countries
        Where it knows anything: `"no"`, `"se"`, `"fi"`.
    days
        How long its answers stay good; 0: they are never kept.
    read
        Asks and reads. Raises `SourceError` in a sentence. An empty answer is an
        answer: a table of no rows.
    """

    key: str
    name: str
    licence: str
    attribution: str
    url: str
    countries: tuple[str, ...]
    days: int
    read: Callable[[Land, Get], Known]

    def source(self, *, date: str, rows: int) -> Source:
        """
        Return how a bundle names it.

        `date`: the figures' own, ISO, or `""` if it is not told; `rows`: how many.
        """
        return Source(self.name, self.licence, self.attribution, date or UNTOLD, rows, self.url)
