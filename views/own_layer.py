"""A layer of somebody's own: a file drawn with the question's map, in one session only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
import streamlit as st

from geo.crs import to_metric
from geo.errors import Message, MoteplassError
from layers import palette
from layers.layer import Layer
from layers.preview import inline, preview
from views.asked import Asked
from views.text import element, items, markdown
from words import Speaker

OWN, SHOWN, UNFOLDED = "own-layer", "own-layer-shown", "own-layer-unfolded"
TURN, FAULT, DRAWN = "own-layer-turn", "own-layer-fault", "own-layer-drawn"
"""Keys in the session, which ends with it; none of them is ever in the link."""

ENDINGS = ("gpkg", "geojson", "json", "zip", "kml", "kmz", "gml", "csv")
LEAST_SIZE = 2.5
"""Pixels: a line or an edge is seen over an answer."""

MOST_MB = 20
MOST_ROWS = 100_000

Layers = tuple[tuple[Layer, str], ...]
"""Layers and where the browser finds them: `own:` and the key of what the page holds."""


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """
    A file as it is drawn.

    Parameters
    ----------
    name
        Of the file, and of the part of it that is drawn.
    rows, placed
        How many rows it has, and how many of them have a position.
    table
        Those that are drawn, in metres: `row`, `name` and shape.
    notes
        What was not understood, and what is left out.
    """

    name: str
    rows: int
    placed: int
    table: gpd.GeoDataFrame
    notes: tuple[Message, ...] = ()


def offered(asked: Asked) -> None:
    """Let somebody choose a file, show or hide it, and take it away again."""
    say = asked.say
    folder = st.expander(say("A layer of your own"), key=UNFOLDED, on_change="rerun")
    if not folder.open:
        return  # most visits never need it: what chooses files is large
    with folder:
        about = say(
            "A file of yours, drawn on the maps of this visit. It goes to your browser alone,"
            " is in no link and counts in no figure."
        )
        bounds = say(
            "GeoPackage, GeoJSON, Shapefile (zip), KML, GML, or CSV with coordinates:"
            " at most {mb} MB and {rows} rows.",
            mb=MOST_MB,
            rows=say.number(MOST_ROWS),
        )
        st.html(element("p", about) + element("p", bounds))
        _take(asked)
        if fault := st.session_state.get(FAULT):
            st.error(markdown(say(fault)))
        if own := st.session_state.get(OWN):
            _told(own, asked)


def _take(asked: Asked) -> None:
    """Read a file that was chosen; the widget is emptied, for the session holds the rest."""
    turn = st.session_state.setdefault(TURN, 0)
    file = st.file_uploader(
        asked.say("Choose a file to draw"),
        type=ENDINGS,
        key=f"own-layer-file-{turn}",
        max_upload_size=MOST_MB,
    )
    if file is None:
        return
    from views.own_reading import read  # noqa: PLC0415 - most visits never need it

    st.session_state[TURN] = turn + 1
    st.session_state.pop(FAULT, None)
    try:
        with st.spinner(asked.say("The file is being read.")):
            st.session_state[OWN] = read(file.name, file.getvalue(), asked.bundle)
        st.session_state[SHOWN] = True
    except MoteplassError as error:
        st.session_state[FAULT] = error.message
    st.rerun()


def _told(own: Own, asked: Asked) -> None:
    """Say what is drawn, and what is not."""
    say = asked.say
    told = [
        say("{placed} of {rows} rows have a position.", **_counts(own, say)),
        say(
            "{inside} of them lie in the area.",
            inside=say.number(_inside(own, asked.bundle.boundary).sum()),
        ),
        *(say(note) for note in own.notes),
    ]
    name = say("Your own layer: {name}", name=own.name)
    st.html(f'<div role="status">{element("p", name)}{items(told)}</div>')
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        st.session_state[SHOWN] = shown()
        st.toggle(say("Show it on the maps"), key=SHOWN, persist_state="session")
    with right:
        st.button(say("Remove it"), key="own-layer-remove", width="stretch", on_click=_remove)


def _counts(own: Own, say: Speaker) -> dict[str, str]:
    return {"placed": say.number(own.placed), "rows": say.number(own.rows)}


def _remove() -> None:
    for key in (OWN, FAULT, DRAWN):
        st.session_state.pop(key, None)


def shown() -> bool:
    """Tell whether there is a layer of somebody's own, and it is to be seen."""
    return OWN in st.session_state and bool(st.session_state.get(SHOWN, True))


def layers(asked: Asked) -> tuple[Layers, Layers]:
    """
    Return what lies below an answer, and what lies on top; put the data into the page.

    To be called once for each map; the page holds the same data once more for each, which
    Streamlit sends once.
    """
    if not shown():
        return (), ()
    drawn = _drawn(st.session_state[OWN], asked)
    for _, key, data in drawn:
        st.html(f'<div hidden data-own="{key}" data-layer="{data}"></div>')
    made = [(layer, f"own:{key}") for layer, key, _ in drawn]
    areas = tuple(one for one in made if one[0].key == "areas")
    return areas, tuple(one for one in made if one[0].key != "areas")


def named(asked: Asked) -> tuple[Layer, ...]:
    """Return the layers for a legend."""
    return tuple(layer for layer, *_ in _drawn(st.session_state[OWN], asked)) if shown() else ()


def _drawn(own: Own, asked: Asked) -> list[tuple[Layer, str, str]]:
    """Return layers, their keys and data, remembered for the session alone."""
    of = (id(own), asked.question.area, asked.built, asked.say.language)
    known = st.session_state.get(DRAWN)
    if known is None or known[0] != of:
        table = own.table.assign(inside=_inside(own, asked.bundle.boundary))
        found = preview(table, say=asked.say)
        made = [_ours(layer, own, asked.say, lone=len(found) == 1) for layer in found]
        data = [inline(layer) for layer in made]
        keys = [sha256(text.encode()).hexdigest()[:16] for text in data]
        known = st.session_state[DRAWN] = (of, list(zip(made, keys, data, strict=True)))
    return list(known[1])


def _inside(own: Own, boundary: gpd.GeoDataFrame) -> npt.NDArray[np.bool_]:
    """Tell which rows lie in an area."""
    whole = to_metric(boundary, own.table.crs).union_all()
    shapely.prepare(whole)
    return np.asarray(shapely.intersects(whole, own.table.geometry.array))


def _ours(layer: Layer, own: Own, say: Speaker, *, lone: bool) -> Layer:
    """Return a layer of a file under its name, in a colour that no other layer has."""
    kinds = {"areas": say("areas"), "lines": say("lines"), "points": say("points")}
    name = say("Your own layer: {name}", name=own.name)
    if not lone:
        name = say("{name} ({kind})", name=name, kind=kinds[layer.key])
    classes = tuple(
        replace(entry, colour=palette.OWN, size=max(entry.size, LEAST_SIZE))
        for entry in layer.classes
    )
    return replace(layer, name=name, classes=classes)
