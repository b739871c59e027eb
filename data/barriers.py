"""What stands between a door and a path: water, motorways, railways, fences."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from data.toml_rows import Rule, read
from geo.tables import BARRIERS

BARRIERS_FILE = Path(__file__).with_name("barriers.toml")

GATE = "gate"
SORTS = ("water", "motorway", "railway", "fence", GATE)

ANY = "*"

GATE_M = 1.5
"""How far a fence is open to either side of a gate."""

AT_FENCE_M = 0.5
"""A gate belongs to a fence if it lies so near: most are a node of it."""

PIECE = 50
"""Longest barrier in points: long ones are cut, so that little has to be looked through."""

Tags = Mapping[str, str]
Rules = tuple[tuple[Rule, ...], tuple[Rule, ...]]


@cache
def barrier_rules(path: Path = BARRIERS_FILE) -> dict[str, Rules]:
    """
    Return for every sort of barrier what makes one, and what rules it out.

    Raises
    ------
    CatalogueError
        Naming the file and the row that is wrong.

    Examples
    --------
    >>> list(barrier_rules())
    ['water', 'motorway', 'railway', 'fence', 'gate']
    """
    file = read(path)
    file.only(*SORTS)
    found = {}
    for sort in SORTS:
        row = file.table(sort)
        row.only("osm", "unless", "why")
        row.text("why")
        found[sort] = row.rules("osm"), row.rules("unless")
    return found


def barrier_of(tags: Tags) -> str:
    """
    Return the sort of barrier that something is, `"gate"`, or `""`.

    Examples
    --------
    >>> barrier_of({"waterway": "river"}), barrier_of({"waterway": "canal", "tunnel": "yes"})
    ('water', '')
    >>> barrier_of({"barrier": "fence"}), barrier_of({"barrier": "gate"})
    ('fence', 'gate')
    """
    if tags.keys().isdisjoint(_keys()):
        return ""
    for sort, (rules, unless) in barrier_rules().items():
        if _fits(tags, rules) and not _fits(tags, unless):
            return sort
    return ""


def barrier_tags() -> dict[str, frozenset[str]]:
    """
    Return the tags, and their values, that every possible barrier has one of.

    Examples
    --------
    >>> "motorway" in barrier_tags()["highway"], barrier_tags()["motorroad"]
    (True, frozenset({'yes'}))
    """
    asked: dict[str, frozenset[str]] = {}
    for rules, _ in barrier_rules().values():
        for rule in rules:
            key, values = next((k, v) for k, v in rule.items() if ANY not in v)
            asked[key] = asked.get(key, frozenset()) | values
    return asked


@cache
def _keys() -> frozenset[str]:
    return frozenset(barrier_tags())


def _fits(tags: Tags, rules: tuple[Rule, ...]) -> bool:
    return any(
        all(key in tags and (ANY in good or tags[key] in good) for key, good in rule.items())
        for rule in rules
    )


def barriers_of(
    features: gpd.GeoDataFrame,
) -> tuple[gpd.GeoDataFrame, gpd.GeoSeries]:
    """
    Pick what nobody crosses, and the gates through which one may.

    Parameters
    ----------
    features
        As `data.extract.Extract`, but in metres.

    Returns
    -------
    barriers, gates
        As `geo.tables.BARRIERS`, of land and water the outlines, fences open for
        `GATE_M` on either side of a gate; and points, on or off a fence.
    """
    sort = np.array([barrier_of(tags) for tags in features["tags"]], dtype=object)
    shapes = features.geometry.to_numpy()
    point = shapely.get_type_id(shapes) == 0
    gates = shapes[(sort == GATE) & point]
    barring = ~point & (sort != "") & (sort != GATE)
    lines, what = _lines(shapes[barring], sort[barring])
    lines, what = _parts(_opened(lines, what, gates), what)
    drawn, of = pieces(lines)
    table = gpd.GeoDataFrame({"what": what[of].astype(str)}, geometry=drawn, crs=features.crs)
    return BARRIERS.check(table), gpd.GeoSeries(gates, crs=features.crs)


Shapes = NDArray[np.object_]


def _lines(shapes: Shapes, what: Shapes) -> tuple[Shapes, Shapes]:
    """Draw land and water by their outlines."""
    land = shapely.get_dimensions(shapes) == 2
    drawn = shapes.copy()
    drawn[land] = shapely.boundary(shapes[land])
    return _parts(drawn, what)


def _parts(shapes: Shapes, what: Shapes) -> tuple[Shapes, Shapes]:
    parts, of = shapely.get_parts(shapes, return_index=True)
    whole = ~shapely.is_empty(parts)
    return parts[whole], what[of[whole]]


def _opened(lines: Shapes, what: Shapes, gates: Shapes) -> Shapes:
    """Cut an opening into a fence at every gate."""
    fences = np.flatnonzero(what == "fence")
    gate, hit = shapely.STRtree(lines[fences]).query(gates, "dwithin", distance=AT_FENCE_M)
    opened = lines.copy()
    for fence in np.unique(hit):
        room = shapely.union_all(shapely.buffer(gates[gate[hit == fence]], GATE_M))
        opened[fences[fence]] = shapely.difference(opened[fences[fence]], room)
    return opened


def pieces(lines: Shapes) -> tuple[Shapes, NDArray[np.intp]]:
    """
    Cut lines into pieces of at most `PIECE` points, each beginning where the last ended.

    Returns
    -------
    pieces, of
        And of which line each is.

    Examples
    --------
    >>> coast = shapely.LineString([(n, 0) for n in range(PIECE + 9)])
    >>> shapely.get_num_coordinates(pieces(np.array([coast]))[0]).tolist()
    [50, 10]
    """
    xy, line = shapely.get_coordinates(lines, return_index=True)
    count = np.bincount(line, minlength=len(lines))
    start = np.cumsum(count) - count
    at = np.arange(len(xy)) - start[line]  # how far along its line each point is
    ends = np.flatnonzero((at % (PIECE - 1) == 0) & (at > 0) & (at < count[line] - 1))
    order = np.sort(np.concatenate([np.arange(len(xy)), ends]), kind="stable")
    begins = np.zeros(len(order), dtype=bool)
    begins[start + np.searchsorted(ends, start)] = True
    begins[ends + np.arange(1, len(ends) + 1)] = True
    piece = np.cumsum(begins) - 1
    made = shapely.linestrings(xy[order], indices=piece)
    return np.asarray(made, dtype=object), line[order[begins]].astype(np.intp)
