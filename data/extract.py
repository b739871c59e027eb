"""What any door to OpenStreetMap hands over: features, walkable ways, and what was wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import Message

Progress = Callable[[float, Message], None]
"""Told how far a long task has come, from 0 to 1, and what it is doing."""


def silent(share: float, doing: Message) -> None:
    """Report progress to nobody."""


def part(progress: Progress, start: float, end: float) -> Progress:
    """
    Return what tells of a part of a task as its share of the whole.

    Examples
    --------
    >>> told = []
    >>> half = part(lambda share, doing: told.append(share), 0.5, 1.0)
    >>> half(0.5, Message("Half of the second half"))
    >>> told
    [0.75]
    """
    return lambda share, doing: progress(start + (end - start) * share, doing)


@dataclass(frozen=True, slots=True, eq=False)
class Extract:
    """
    One piece of OpenStreetMap, the same whichever door it came through.

    Parameters
    ----------
    features
        What may be a place, a home, an entrance or a backdrop. Index: the kind
        of element and its number, e.g. `"w123"`. Columns: `tags`, a dict; `updated`,
        the ISO date of its last edit, or `""` where the source does not tell; and
        the geometry in longitude and latitude; closed ways that enclose an
        area, and multipolygons, are polygons, and all geometry is valid.
    ways
        Tags of the ways somebody could walk on: index the way's number, column `tags`.
    segments
        Straight stretches of those ways: columns `way`, and `u` and `v`, numbers of nodes.
    nodes
        Where those nodes are: index the node's number, columns `lon` and `lat`.
    boundary
        The land asked for, in longitude and latitude.
    date
        How fresh the data is: ISO date, or `""` where the source does not tell.
    warnings
        What had to be mended, and what could not be.
    municipalities
        Official numbers of the municipalities whose borders are in the data.
    posts
        Tags of what stands on those ways, such as a gate or a kerb: by number of node.
    """

    features: gpd.GeoDataFrame
    ways: pd.DataFrame
    segments: pd.DataFrame
    nodes: pd.DataFrame
    boundary: BaseGeometry
    date: str
    warnings: tuple[Message, ...]
    municipalities: tuple[str, ...] = ()
    posts: Mapping[int, Mapping[str, str]] = field(default_factory=dict)


def clipped(found: Extract, land: BaseGeometry) -> Extract:
    """
    Leave out what only came along: members of relations and ends of ways far away.

    Parameters
    ----------
    found
        Whichever door it came through.
    land
        In longitude and latitude. What touches it stays, whole.
    """
    shapely.prepare(land)
    near = shapely.contains_xy(land, found.nodes["lon"], found.nodes["lat"])
    inside = set(found.nodes.index[near])
    ends = found.segments[["u", "v"]].isin(inside).to_numpy()
    segments = found.segments.take(np.flatnonzero(ends.any(axis=1))).reset_index(drop=True)
    return replace(
        found,
        features=found.features[shapely.intersects(land, found.features.geometry.array)],
        segments=segments,
        ways=found.ways[found.ways.index.isin(segments["way"])],
        nodes=found.nodes[found.nodes.index.isin(np.unique(segments[["u", "v"]]))],
    )
