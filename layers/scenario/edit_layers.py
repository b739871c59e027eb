"""What a scenario changes, as layers over the map: where, and what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import shapely

from geo.bundle import Bundle
from geo.scenario.edits import XY, Add, Close, Edit, House, Mend, Move, Open, Path
from geo.scenario.scenario import Scenario
from layers import palette
from layers.layer import Class, Drawing, Layer
from words import Speaker

NEW, GONE, OTHER = "new", "gone", "other"
"""What an edit makes of what it touches: something new, something that is no more, a change."""

Row = tuple[str, Any, str]
"""Class, geometry and words of an edit."""


def edit_layers(
    scenario: Scenario, told: Sequence[str], bundle: Bundle, *, say: Speaker
) -> tuple[Layer, ...]:
    """
    Show where a scenario changes something.

    Parameters
    ----------
    scenario
        Its edits.
    told
        Each of them in words.
    bundle
        The area before them.
    say
        The language.

    Returns
    -------
    layers
        Of land, of lines and of spots; only those that there are.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from words import speaker
    >>> town = SimpleNamespace(area=SimpleNamespace(crs="EPSG:25832"))
    >>> laid = Scenario((Path(((0.0, 0.0), (90.0, 0.0)), bridge=True),))
    >>> [lines] = edit_layers(laid, ["A footbridge of 90 m"], town, say=speaker("en"))
    >>> lines.table["what"].tolist(), lines.table["told"].tolist()
    (['new'], ['A footbridge of 90 m'])
    """
    rows = [
        row
        for edit, words in zip(scenario.edits, told, strict=True)
        if (row := _row(edit, words, bundle)) is not None
    ]
    drawn = (
        ("changed_land", Drawing.CELLS, ("Polygon",)),
        ("changed_paths", Drawing.LINES, ("LineString",)),
        ("changed_places", Drawing.CIRCLES, ("Point",)),
    )
    made = []
    for key, drawing, shapes in drawn:
        some = [row for row in rows if row[1].geom_type in shapes]
        if some:
            made.append(_layer(key, drawing, some, bundle, say))
    return tuple(made)


def sketch(points: Sequence[XY], crs: str, *, closed: bool, say: Speaker) -> tuple[Layer, ...]:
    """
    Show what is being drawn, before it is a change.

    Parameters
    ----------
    points
        One corner or more, in metres.
    crs
        Their coordinate system.
    closed
        Whether they are the corners of some land.
    say
        The language.

    Returns
    -------
    layers
        The line between the corners, if there are two; and the corners.

    Examples
    --------
    >>> from words import speaker
    >>> land = [(0.0, 0.0), (90.0, 0.0), (0.0, 60.0)]
    >>> line, corners = sketch(land, "EPSG:25832", closed=True, say=speaker("en"))
    >>> line.table.geometry.iloc[0].is_closed, len(corners.table)
    (True, 3)
    """
    name = say("What is being drawn")
    line = [*points, points[0]] if closed and len(points) > 2 else points
    corners: tuple[Drawing, float, list[Any]]
    corners = (Drawing.CIRCLES, 6.0, [shapely.Point(xy) for xy in points])
    course = (Drawing.LINES, 4.0, [shapely.LineString(line)] if len(line) > 1 else [])
    return tuple(
        Layer(
            key="sketch",
            name=name,
            table=gpd.GeoDataFrame(
                {"what": "sketch", "told": name}, range(len(shapes)), geometry=shapes, crs=crs
            ),
            value="what",
            classes=(Class("sketch", name, palette.OWN, "ring", size, palette.OWN),),
            drawing=drawing,
            title="told",
        )
        for drawing, size, shapes in (course, corners)
        if shapes
    )


def _row(edit: Edit, words: str, bundle: Bundle) -> Row | None:
    match edit:
        case Add(at=at):
            return NEW, shapely.Point(at), words
        case Move(at=at):
            return OTHER, shapely.Point(at), words
        case Close(place=place) | Open(place=place):
            spot = _spot(place, bundle)
            return spot and (GONE if isinstance(edit, Close) else OTHER, spot, words)
        case Path(line=line):
            return NEW, shapely.LineString(line), words
        case Mend(at=at):
            return OTHER, _way(at, bundle), words
        case House(outline=outline):
            return NEW, shapely.Polygon(outline), words


def _spot(place: str, bundle: Bundle) -> Any:
    """Return where a place is before it is closed or opened; `None` if it is added here."""
    if place not in bundle.places.index:
        return None
    return bundle.places.geometry.loc[place].representative_point()


def _way(at: XY, bundle: Bundle) -> Any:
    """Return the stretch of way nearest to a spot."""
    [[_], [row]] = bundle.paths.sindex.nearest(shapely.Point(at), return_all=False)
    return bundle.paths.geometry.iloc[row]


def _layer(
    key: str, drawing: Drawing, rows: Sequence[Row], bundle: Bundle, say: Speaker
) -> Layer:
    what, shapes, words = zip(*rows, strict=True)
    table = gpd.GeoDataFrame(
        {"what": what, "told": words}, geometry=list(shapes), crs=bundle.area.crs
    )
    return Layer(
        key=key,
        name=say("What is changed"),
        table=table,
        value="what",
        classes=_classes(drawing, say),
        drawing=drawing,
        title="told",
    )


def _classes(drawing: Drawing, say: Speaker) -> tuple[Class, ...]:
    size = 5.0 if drawing is Drawing.LINES else 11.0 if drawing is Drawing.CIRCLES else 2.0
    new = "circle" if drawing is Drawing.CIRCLES else "ring"  # circles have no dashes
    return (
        Class(OTHER, say("Changed"), palette.OWN, "ring", size=size, edge=palette.OWN),
        Class(NEW, say("New"), palette.OWN, new, size=size, edge=palette.OWN, dash="6 4"),
        Class(
            GONE, say("No more"), palette.INK, "ring", size=size, edge=palette.INK, dash="2 3"
        ),
    )
