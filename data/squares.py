"""Squares, and other land to walk on, are crossed the straight way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from data.extract import Extract
from data.matching import is_walkable
from data.posts import fresh_numbers
from geo.crs import to_metric
from geo.paths.sight import lines_of_sight

SAME_DEGREES = 1e-7
"""OpenStreetMap keeps seven decimals: what agrees so far is the same node."""

Ids = NDArray[np.int64]
Pairs = set[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Square:
    """One piece of land: its way, its shape, and per ring the nodes at its corners."""

    way: int
    shape: Polygon
    rings: tuple[Ids, ...]


def is_square(tags: Mapping[str, str]) -> bool:
    """
    Tell whether something that is walked on is land rather than a line.

    `place=square` alone is a name for a space, which may hold streets and houses.

    Examples
    --------
    >>> is_square({"highway": "pedestrian", "area": "yes"}), is_square({"highway": "footway"})
    (True, False)
    >>> is_square({"place": "square"}), is_square({"highway": "steps", "type": "multipolygon"})
    (False, True)
    """
    drawn = tags.get("area") == "yes" or tags.get("type") == "multipolygon"
    return drawn and is_walkable(tags)


def crossed(extract: Extract, crs: str) -> Extract:
    """
    Add straight stretches across every square, and the outlines that are no ways yet.

    Parameters
    ----------
    extract
        Whichever door it came through.
    crs
        The area's metric CRS.

    Returns
    -------
    extract
        With more stretches: between the nodes on a square's outline where other ways
        begin, as far as they see each other, and by its corners where they do not. A
        relation's number is below 0, and so is that of a corner which is no known node.
    """
    drawn = [is_square(tags) for tags in extract.features["tags"]]
    land = np.isin(extract.features.geom_type, ("Polygon", "MultiPolygon"))
    areas = extract.features[np.array(drawn, dtype=bool) & land]
    if areas.empty:
        return extract
    extract, squares = _outlined(extract, to_metric(areas, crs), areas)
    pairs = _pairs(extract)
    node, meets = np.unique(np.array(list(pairs)).reshape(-1, 2), return_counts=True)
    junctions = frozenset(node[meets > 2].tolist())
    added = []
    for square in squares:
        for u, v in _across(square, junctions):
            if (min(u, v), max(u, v)) not in pairs:
                pairs.add((min(u, v), max(u, v)))
                added.append((square.way, u, v))
    return _with(extract, added)


def _outlined(
    extract: Extract, areas: gpd.GeoDataFrame, degrees: gpd.GeoDataFrame
) -> tuple[Extract, list[_Square]]:
    """Return the squares, and an extract that knows their outlines as stretches of way."""
    extract, corners = _numbered(extract, degrees)
    pairs, added, squares, at = _pairs(extract), [], [], 0
    more: dict[int, Mapping[str, str]] = {}
    for name, shape, tags in zip(areas.index, areas.geometry, areas["tags"], strict=True):
        way = int(name[1:]) * (-1 if name[0] == "r" else 1)
        if way not in extract.ways.index:
            more[way] = tags
        for part in shapely.get_parts(shape):
            rings = []
            for ring in shapely.get_rings(part):
                many = shapely.get_num_coordinates(ring)
                ids, at = corners[at : at + many], at + many
                rings.append(ids)
                for u, v in zip(ids[:-1].tolist(), ids[1:].tolist(), strict=True):
                    if u != v and (min(u, v), max(u, v)) not in pairs:
                        pairs.add((min(u, v), max(u, v)))
                        added.append((way, u, v))
            squares.append(_Square(way, part, tuple(rings)))
    fresh = pd.DataFrame(
        {"tags": list(more.values())}, index=pd.Index(list(more), dtype="int64", name="way")
    )
    return _with(replace(extract, ways=pd.concat([extract.ways, fresh])), added), squares


def _numbered(extract: Extract, degrees: gpd.GeoDataFrame) -> tuple[Extract, Ids]:
    """Return the node at every corner of every ring, in order; unknown ones are made."""
    xy = shapely.get_coordinates(degrees.geometry.to_numpy())
    known = extract.nodes[["lon", "lat"]].to_numpy()
    spots, which = np.unique(_key(np.vstack([known, xy])), return_inverse=True)
    number = np.zeros(len(spots), dtype=np.int64)
    number[which[: len(known)]] = extract.nodes.index.to_numpy()
    taken = np.zeros(len(spots), dtype=bool)
    taken[which[: len(known)]] = True
    missing, first = np.unique(which[len(known) :], return_index=True)
    first = first[~taken[missing]]
    missing = missing[~taken[missing]]
    number[missing] = fresh_numbers(extract, len(missing))
    nodes = pd.DataFrame(
        xy[first], columns=["lon", "lat"], index=pd.Index(number[missing], name="node")
    )
    return replace(extract, nodes=pd.concat([extract.nodes, nodes])), number[
        which[len(known) :]
    ]


def _key(xy: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return one number for each spot."""
    lon, lat = np.round((xy + np.array([180.0, 90.0])) / SAME_DEGREES).astype(np.int64).T
    return np.asarray(lon * 1_800_000_001 + lat)


def _pairs(extract: Extract) -> Pairs:
    """Return the ends of every stretch, the lower number first."""
    ends = np.sort(extract.segments[["u", "v"]].to_numpy(), axis=1)
    return set(map(tuple, ends.tolist()))


def _across(square: _Square, junctions: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Return pairs of nodes between which one walks straight across a square."""
    ids = np.concatenate(square.rings).tolist()
    begins = np.array([node in junctions for node in ids], dtype=bool)
    for a, b in lines_of_sight(square.shape, begins):
        yield ids[a], ids[b]


def _with(extract: Extract, added: list[tuple[int, int, int]]) -> Extract:
    rows = pd.DataFrame(
        np.array(added, dtype="int64").reshape(-1, 3), columns=["way", "u", "v"]
    )
    return replace(extract, segments=pd.concat([extract.segments, rows], ignore_index=True))
