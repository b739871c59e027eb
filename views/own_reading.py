"""From a file that somebody chose to a layer of their own."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from data.files.door import look
from data.files.limits import MB
from data.files.limits import shown as named
from data.previews import MOST, Placed, placed
from data.services.service import Land
from data.uploads import safe_name
from geo.bundle import Bundle
from geo.crs import to_wgs84
from geo.errors import Message, SourceError
from views.own_layer import MOST_MB, MOST_ROWS, Own

COUNTRIES = {"EPSG:3006": "se", "EPSG:3067": "fi"}
"""Whose coordinates a file may be in where it does not say so, by the area's own."""

MOST_CORNERS = 200_000
"""Of all shapes together: with more, a browser takes seconds to fetch and to paint them."""


def read(name: str, content: bytes, bundle: Bundle) -> Own:
    """
    Read a file to be drawn over an area.

    Parameters
    ----------
    name, content
        As uploaded.
    bundle
        The area: coordinates without a system are tried for those that lie near it.

    Raises
    ------
    SourceError
        If it is too large, cannot be read, or has no row with a position.
    """
    if len(content) > MOST_MB * MB:
        raise SourceError(
            "{file} has {mb} MB; a layer of your own may have {most}."
            " Cut out your municipality first, as in QGIS, and save that.",
            file=named(name),
            mb=round(len(content) / MB),
            most=MOST_MB,
        )
    land = _land(bundle)
    with TemporaryDirectory() as folder:  # the door reads files; it is gone at once
        file = Path(folder) / safe_name(name)
        file.write_bytes(content)
        seen = look(file, file.name, land=land)
        if seen.rows > MOST_ROWS:
            raise SourceError(
                "{file} has {n} rows; a layer of your own may have {most}.",
                file=named(name),
                n=seen.rows,
                most=MOST_ROWS,
            )
        found = placed(file, seen.recipe, land)
    _check(found, name)
    notes = [
        *_notes(found),
        *(hint.reason for hint in seen.doubts if hint.about in ("crs", "swapped")),
    ]
    part = seen.recipe.layer if len(seen.layers) > 1 else ""
    if len(seen.layers) > 1:
        text = "The file has {n} layers: {layer} is drawn. Save another one alone to see it."
        part = part or seen.layers[0]
        notes.append(Message(text, {"n": len(seen.layers), "layer": part}))
    title = f"{named(name)}, {part}" if part else named(name)
    return Own(title, found.rows, found.placed, found.table, tuple(notes))


def _land(bundle: Bundle) -> Land:
    area = bundle.area
    shape = to_wgs84(bundle.boundary).union_all()
    return Land("", area.name, COUNTRIES.get(area.crs, "no"), shape, area.crs)


def _check(found: Placed, name: str) -> None:
    """Refuse what nothing can be seen of, or too much."""
    if not found.placed:
        raise SourceError(
            "{file} has no row with a position. A layer needs shapes or coordinates.",
            file=named(name),
        )
    if found.table.count_coordinates().sum() > MOST_CORNERS:
        raise SourceError(
            "The shapes of {file} are too detailed to be drawn: they have more than {most}"
            " corners. Simplify them first, as in QGIS.",
            file=named(name),
            most=MOST_CORNERS,
        )


def _notes(found: Placed) -> list[Message]:
    notes = []
    if found.odd:
        text = (
            "{n} rows have coordinates that are no numbers, or lie outside the Nordic"
            " countries. Is the coordinate system right, and the order of the coordinates?"
        )
        notes.append(Message(text, {"n": found.odd}))
    if found.away_km > 0:
        text = (
            "None of them lies in the area: the nearest is {km} km away."
            " Is the coordinate system right, and is it the right file?"
        )
        notes.append(Message(text, {"km": round(found.away_km, 1)}))
    if found.placed > len(found.table):
        text = "{n} of them are drawn, spread over the file: at most {most} are."
        notes.append(Message(text, {"n": len(found.table), "most": MOST}))
    return notes
