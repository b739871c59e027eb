"""A layer as the one file that a browser needs to draw it: marks, style and card."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from geo.crs import to_wgs84
from layers.layer import Drawing, Layer
from layers.palette import CELL_OPACITY
from layers.symbols import sign

DEGREE = 1e-5
"""Five decimals are at most 1.1 m: nobody sees more, and everybody fetches every digit."""
CLOSE_M = 0.5
"""Corners of the background that stand out less than this are dropped."""
SQUARE_M = 1000.0
"""The background comes in squares of this side, so that only what is in view is drawn."""


def encode(layer: Layer) -> bytes:
    """
    Return a layer as compact GeoJSON in longitude and latitude.

    Only what the drawing and the card need is written; style and labels stand in
    a member `layer` of the collection, which RFC 7946 allows. Rows come in the
    order of their classes, so that later classes lie on top. A background is one
    feature per class and square kilometre.

    Raises
    ------
    CrsError
        If the table is not in metres.

    Examples
    --------
    >>> from shapely import Point
    >>> from layers.layer import Class
    >>> home = gpd.GeoDataFrame({"is": ["near"]}, geometry=[Point(5e5, 7e6)], crs="EPSG:25832")
    >>> near = Class("near", "Near", "#0b4f8a")
    >>> layer = Layer("w", "W", home, "is", (near,), Drawing.CIRCLES, card=(("is", "Is"),))
    >>> json.loads(encode(layer))["features"][0]["properties"]
    {'is': 'near'}
    """
    table = _gathered(layer) if layer.background else layer.table
    if layer.drawing is Drawing.SYMBOLS:
        table = table.set_geometry(table.representative_point())
    together = shapely.geometrycollections(table.geometry.to_numpy())
    geometries = _geometries(shapely.to_wkb(together), str(table.crs))
    members = _members(layer, table)
    features = [
        f'{{"type":"Feature",{members[n]},"geometry":{geometries[n]}}}'
        for n in _order(layer, table)
        if geometries[n]
    ]
    style = _json(_style(layer, table))
    body = ",\n".join(features)
    return f'{{"type":"FeatureCollection","layer":{style},"features":[\n{body}\n]}}'.encode()


def _json(value: Any) -> str:
    """Return compact JSON; a number that JSON does not know is an error of ours."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


@lru_cache(maxsize=16)
def _geometries(together: bytes, crs: str) -> list[str]:
    """
    Return the members of a collection, which is WKB, as GeoJSON; what is empty as `""`.

    Remembered, as homes and places stay where they are whatever is asked about them.
    """
    members = shapely.get_parts(shapely.from_wkb(together))
    table = to_wgs84(gpd.GeoDataFrame(geometry=members, crs=_crs(crs)))
    rounded = shapely.set_precision(table.geometry.array, DEGREE, mode="pointwise")
    told = shapely.to_geojson(rounded).tolist()
    empty = shapely.is_empty(rounded).tolist()
    return ["" if nothing else text for text, nothing in zip(told, empty, strict=True)]


_crs = lru_cache(maxsize=8)(CRS.from_user_input)
"""Remembered: each coordinate system is read anew in every thread that meets it."""


def _order(layer: Layer, table: gpd.GeoDataFrame) -> list[int]:
    """Return the rows in the order of their classes."""
    rank = {entry.key: n for n, entry in enumerate(layer.classes)}
    found = np.argsort([rank[key] for key in table[layer.value].tolist()], kind="stable")
    rows: list[int] = found.tolist()
    return rows


def _gathered(layer: Layer) -> gpd.GeoDataFrame:
    """Return a row per class and square: few enough to keep, small enough to leave out."""
    lines = layer.drawing is Drawing.LINES
    prepare, join = (
        (_lines, shapely.multilinestrings) if lines else (_polygons, shapely.multipolygons)
    )
    rows = []
    for entry in layer.present:
        parts = prepare(layer.table.geometry[layer.table[layer.value] == entry.key].array)
        left, bottom, right, top = shapely.bounds(parts).T
        squares = pd.Series(parts).groupby(
            [(left + right) // (2 * SQUARE_M), (bottom + top) // (2 * SQUARE_M)]
        )
        rows += [(entry.key, join(square.to_numpy())) for _, square in squares]
    keys, shapes = zip(*rows, strict=True) if rows else ((), ())
    return gpd.GeoDataFrame({layer.value: keys}, geometry=[*shapes], crs=layer.table.crs)


def _lines(shapes: Any) -> Any:
    """Return the parts of lines, joined where just two of them meet."""
    merged = shapely.line_merge(shapely.multilinestrings(shapely.get_parts(shapes)))
    return shapely.simplify(shapely.get_parts(merged), CLOSE_M)


def _polygons(shapes: Any) -> Any:
    """
    Return the parts of polygons, all wound alike.

    They are not united, which would take seconds for a town: rings run one way
    around land and the other way around holes, so overlaps are filled once.
    """
    return shapely.orient_polygons(shapely.simplify(shapely.get_parts(shapes), CLOSE_M))


def _members(layer: Layer, table: gpd.GeoDataFrame) -> list[str]:
    """Return what stands beside each geometry: properties, and an id for what has a name."""
    columns = list(
        dict.fromkeys(filter(None, (layer.value, layer.title, layer.icon, *dict(layer.card))))
    )
    rows = list(zip(*(table[column].astype(str).tolist() for column in columns), strict=True))
    told = {  # once each: thousands of homes share a few dozen
        row: f'"properties":{_json(dict(zip(columns, row, strict=True)))}' for row in set(rows)
    }
    texts = [told[row] for row in rows]
    if not layer.title:
        return texts
    return [
        f'"id":{_json(str(key))},{text}' for key, text in zip(table.index, texts, strict=True)
    ]


def _style(layer: Layer, table: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return what the browser has to know about the whole layer."""
    style: dict[str, Any] = {
        "drawing": layer.drawing.value,
        "background": layer.background,
        "value": layer.value,
        "title": layer.title,
        "card": layer.card,
        "attribution": layer.attribution,
        "opacity": CELL_OPACITY if layer.drawing is Drawing.CELLS else 1,
        "classes": {
            entry.key: {
                "label": entry.label,
                "colour": entry.colour,
                "shape": entry.shape,
                "size": entry.size,
                "edge": entry.edge,
                "dash": entry.dash,
                "from_zoom": entry.from_zoom,
                "below_zoom": entry.below_zoom,
                "solid": entry.solid,
            }
            for entry in layer.present
        },
    }
    if layer.drawing is Drawing.SYMBOLS:
        style["icon"] = layer.icon
        style["signs"] = _signs(layer, table)
    return style


def _signs(layer: Layer, table: gpd.GeoDataFrame) -> dict[str, dict[str, str]]:
    """Return the signs that occur, by class and icon; without a column the class has one."""
    icons = table[layer.icon].tolist() if layer.icon else [""] * len(table)
    occur = sorted(set(zip(table[layer.value].tolist(), icons, strict=True)))
    return {
        entry.key: {
            icon: sign(entry.shape, entry.colour, icon or entry.icon, entry.letter)
            for key, icon in occur
            if key == entry.key
        }
        for entry in layer.present
    }
