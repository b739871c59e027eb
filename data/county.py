"""A county, or any set of municipalities: an order for each, and how each went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import pyogrio

from data.order import Order
from geo.errors import Message, SourceError

NUMBER = ("kommunenummer", "kommunenr", "kommunkod", "number")
NAME = ("kommunenavn", "navn", "name")
"""Columns that tell a municipality's number and its name, the most usual first."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    How the building of one area went.

    Parameters
    ----------
    order
        What was to be built.
    people, places
        What it holds now; 0 if it failed.
    seconds
        How long it took; 0 if it was there already.
    earlier
        Whether it was there already, built from the very same.
    fault
        Why it failed, or `None`.
    missing
        How many of the sources asked did not answer.
    """

    order: Order
    people: float = 0.0
    places: int = 0
    seconds: float = 0.0
    earlier: bool = False
    fault: Message | None = None
    missing: int = 0


def orders(like: Order, names: Mapping[str, str]) -> tuple[Order, ...]:
    """
    Return an order for each municipality.

    Parameters
    ----------
    like
        What they are built from, all alike.
    names
        Of the municipalities, by number.

    Examples
    --------
    >>> both = orders(Order("18", osm=Path("18.osm.pbf")), {"1804": "Bodø", "1812": "Sømna"})
    >>> [(order.code, order.name, order.number) for order in both]
    [('1804', 'Bodø', '1804'), ('1812', 'Sømna', '1812')]
    """
    return tuple(
        replace(like, code=number, number=number, name=name) for number, name in names.items()
    )


def orders_within(like: Order, county: str, folder: Path) -> tuple[Order, ...]:
    """
    Return an order for each municipality of a county whose boundary is in a file.

    Parameters
    ----------
    like
        What they are built from; its `boundary` holds polygons with columns for number
        and name, as the mapping authority's.
    county
        First two digits of the numbers.
    folder
        Where the boundary of each is put, as a file of its own.

    Returns
    -------
    orders
        By number.

    Raises
    ------
    SourceError
        If the file cannot be read, has no such columns, or none of that county.
    """
    boundaries = like.boundary or Path()
    table = _read(boundaries)
    number, name = _column(table, NUMBER, boundaries), _column(table, NAME, boundaries)
    numbers = table[number].astype(str).str.removesuffix(".0").str.zfill(4)
    table = table.set_index(numbers.rename("number")).sort_index()
    table = table[table.index.str.startswith(county)]
    if table.empty:
        raise SourceError(
            "{file} has no municipality of county {county}.",
            file=boundaries.name,
            county=county,
        )
    folder.mkdir(parents=True, exist_ok=True)
    pieces = {n: _kept(folder / f"{n}.geojson", part) for n, part in table.groupby(level=0)}
    names = {str(n): str(part.iloc[0]) for n, part in table[name].groupby(level=0)}
    return tuple(replace(order, boundary=pieces[order.number]) for order in orders(like, names))


def _read(file: Path) -> gpd.GeoDataFrame:
    try:
        return pyogrio.read_dataframe(file)
    except (pyogrio.errors.DataSourceError, OSError) as error:
        raise SourceError(
            "{file} cannot be read as a file of boundaries ({reason}).",
            file=file.name,
            reason=str(error)[:200],
        ) from error


def _column(table: gpd.GeoDataFrame, names: Sequence[str], file: Path) -> str:
    columns = {str(name).casefold(): str(name) for name in table.columns}
    found = next((columns[one] for one in names if one in columns), None)
    if found is None:
        raise SourceError(
            "{file} needs a column called one of these: {names}.",
            file=file.name,
            names=", ".join(names),
        )
    return found


def _kept(file: Path, part: gpd.GeoDataFrame) -> Path:
    """Write a boundary, unless that very one is there: then its date stays, too."""
    text = part[["geometry"]].to_json(drop_id=True)
    if not file.exists() or file.read_text("utf-8") != text:
        file.write_text(text, "utf-8")
    return file
