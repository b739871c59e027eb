"""People by age in every basic statistical unit, with its land: one question gives both."""

from __future__ import annotations

import re

import geopandas as gpd
import pandas as pd
import shapely
from shapely import MultiPolygon, Polygon

from data.ageclasses import OLDEST, Class, grouped
from data.http import Get, host_of
from data.known import Known
from data.services.gml import Feature
from data.services.service import Land, Service
from data.services.wfs import GEONORGE, Layer, features, where
from geo.crs import WGS84
from geo.errors import Message, SourceError

LAYER = Layer(f"{GEONORGE}wfs.befolkningpagrunnkretsniva", "app:BefolkningPåGrunnkrets")

BORDERS = Layer(f"{GEONORGE}wfs.grunnkretser", "app:Grunnkrets")
"""Their land alone; it has those too where nobody lives."""

AGE = re.compile("befolkning([0-9]{1,3})(?:til([0-9]{1,3})(?:å|aa|a)r|(?:å|aa|a)rogover)")
"""`befolkning0Til04År`, `befolkning05Til09Aar`, `befolkning90ÅrOgOver`."""

INSIDE = 0.5


def read(land: Land, get: Get) -> Known:
    """
    Return the basic units of a land with their people by age.

    A class of age that is not given is unknown, not 0. Every 1 and 2 was changed to 0
    or 3 before the figures were published, so each has a band: see `grouped`. The column
    of growth is not read: it equals the total where numbers of units have changed.

    Raises
    ------
    SourceError
        As `data.services.wfs.features`, or if no class of age can be found.
    """
    units = _newest([one for one in features(LAYER, land, get) if _inside(one, land)])
    if not units:
        text = "{service}: nothing is published for {land}."
        missing = Message(text, {"service": SERVICE.name, "land": land.name})
        return Known(missing=(missing,))
    counts = pd.DataFrame(
        [_ages(one[0]) for one in units.values()], index=list(units), dtype=float
    )
    if counts.columns.empty:
        raise SourceError(
            "{host} gives no ages any more."
            " The service may have changed: look for a newer version of the program.",
            host=host_of(LAYER.url),
        )
    total = counts.index.map(lambda number: units[number][0].number("totalBefolkning"))
    people = pd.Series(total, index=counts.index, dtype=float)
    classes = {column: _class(column) for column in counts.columns}
    zones = gpd.GeoDataFrame(
        {
            "name": [one[0].text("grunnkretsnavn") for one in units.values()],
            "source": SERVICE.key,
            "people": people,
            **grouped(counts, classes, people, rounded=True),
        },
        geometry=[shapely.union_all([part.shape for part in one]) for one in units.values()],
        index=counts.index,
        crs=WGS84,
    )
    year = max(_year(one[0]) for one in units.values())
    source = SERVICE.source(date=f"{year}-01-01" if year else "", rows=len(zones))
    return Known(zones=zones, sources=(source,))


def outline(number: str, get: Get) -> Polygon | MultiPolygon:
    """
    Return the land of a municipality, put together from its basic units.

    Parameters
    ----------
    number
        Of the municipality, four digits.
    get
        Fetches a URL, see `data.http`.

    Raises
    ------
    SourceError
        If the service fails, or knows no land of that number.

    Examples
    --------
    >>> def unit(name: str, west: float) -> str:
    ...     ring = f"65 {west} 65 {west + 1} 66 {west + 1} 66 {west} 65 {west}"
    ...     return (
    ...         f'<member><Unit g:id="{name}"><kommunenummer>1812</kommunenummer><g:Polygon>'
    ...         f"<g:exterior><g:LinearRing><g:posList>{ring}</g:posList></g:LinearRing>"
    ...         "</g:exterior></g:Polygon></Unit></member>"
    ...     )
    >>> gml = 'xmlns:g="http://www.opengis.net/gml/3.2"'
    >>> answer = f"<FeatureCollection {gml}>{unit('a', 12)}{unit('b', 13)}</FeatureCollection>"
    >>> outline("1812", lambda url: answer.encode()).bounds
    (12.0, 65.0, 14.0, 66.0)
    """
    units = where(BORDERS, "kommunenummer", number, get)
    land = shapely.union_all([one.shape for one in units])
    if land.is_empty or not isinstance(land, Polygon | MultiPolygon):
        raise SourceError(
            "{host} knows no basic statistical units of municipality {number}.",
            host=host_of(BORDERS.url),
            number=number,
        )
    return land


def _inside(one: Feature, land: Land) -> bool:
    """Tell whether most of a unit lies in the land: outlines of two sources never agree."""
    common = shapely.intersection(one.shape, land.boundary)
    return bool(shapely.area(common) > INSIDE * shapely.area(one.shape))


def _newest(units: list[Feature]) -> dict[str, list[Feature]]:
    """Return the parts of each unit by its number of eight digits, those of the last year."""
    found: dict[str, list[Feature]] = {}
    for one in sorted(units, key=_year):
        if number := one.text("grunnkretsnummer").partition(".")[0]:
            parts = found.setdefault(number.zfill(8), [])
            if parts and _year(parts[0]) != _year(one):
                parts.clear()
            parts.append(one)
    return found


def _year(one: Feature) -> int:
    year = one.text("statistikkÅr", "statistikkAar", "statistikkAr")[:4]
    return int(year) if re.fullmatch("[0-9]{4}", year) else 0


def _ages(one: Feature) -> dict[str, float]:
    """Return people by the name of each class of age; one that is empty is `nan`."""
    names = [path.rpartition("/")[2] for path in one.paths]
    return {name: one.number(name) for name in names if AGE.fullmatch(name)}


def _class(name: str) -> Class:
    """Return first and last year of age of a class."""
    found = AGE.fullmatch(name)
    assert found is not None  # noqa: S101 - chosen by this pattern
    return int(found[1]), int(found[2]) if found[2] else OLDEST


SERVICE = Service(
    key="grunnkrets",
    name="Population by basic statistical unit and age",
    licence="NLOD",
    attribution="© Kartverket / Statistisk sentralbyrå",
    url="https://kartkatalog.geonorge.no/metadata/uuid/7eb907de-fdaa-4442-a8eb-e4bd06da9ca8",
    countries=("no",),
    days=30,
    read=read,
)
