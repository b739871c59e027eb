"""A town after an edit: what the edit does not touch is not worked out again."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import shapely

from geo.bounds import bounds
from geo.bundle import Bundle
from geo.model import Gait
from geo.paths.joining import JOIN_LIMIT_M, Geometries, Joined
from geo.paths.network import Bools, Ints, Network, build, islands, named
from geo.paths.profile import profile
from geo.scenario.applying import edited
from geo.scenario.edits import Edit
from geo.scenario.opening import Kinds
from geo.scenario.rejoining import rejoined, rows_before, stitched
from geo.search.hierarchy import hierarchy
from geo.tables import kinds_of
from geo.town import Side, Town


def changed(town: Town, edit: Edit, kinds: Kinds) -> Town:
    """
    Return a town after an edit, the same as if all of it were prepared anew.

    Only the order of its junctions may be another, which no figure depends on.

    Parameters
    ----------
    town
        As it is.
    edit, kinds
        As in `geo.scenario.applying.edited`.

    Raises
    ------
    ScenarioError
        If the edit is impossible here.

    Examples
    --------
    >>> from geo.bundle import Area, blank
    >>> from geo.scenario.edits import House
    >>> from geo.town import prepare
    >>> here = prepare(blank(Area("x", "X", "EPSG:25833", ""), shapely.box(0, 0, 90, 90)))
    >>> corner = ((0.0, 0.0), (60.0, 0.0), (0.0, 60.0))
    >>> changed(here, House(corner, (("everybody", 90.0),)), {}).homes.edge.tolist()
    [-1, -1, -1, -1, -1, -1]
    """
    return again(town, edited(town.bundle, edit, kinds))


def again(town: Town, bundle: Bundle) -> Town:
    """
    Return a town whose tables have become others; rows with the same label are the same.

    Parameters
    ----------
    town
        As it is.
    bundle
        Its tables after a change; those that did not change are the same ones.

    Examples
    --------
    >>> from geo.bundle import Area, blank
    >>> from geo.town import prepare
    >>> here = prepare(blank(Area("x", "X", "EPSG:25833", ""), shapely.box(0, 0, 90, 90)))
    >>> again(here, here.bundle).homes is here.homes
    True
    """
    was = town.bundle
    after = replace(town, bundle=bundle)
    if not bundle.paths.index.equals(was.paths.index):
        after = _grown(after, town)
    else:
        homes = rows_before(was.homes, bundle.homes)
        doors = rows_before(was.entrances, bundle.entrances)
        after = replace(
            after,
            homes=rejoined(after.network, bundle.homes, town.homes, homes, bundle),
            entrances=rejoined(after.network, bundle.entrances, town.entrances, doors, bundle),
        )
    if bundle.paths is not was.paths:
        along = profile(bundle.paths, bundle.terrain)
        after = replace(after, streets=named(bundle.paths), along=along)
    if bundle.places is not was.places or bundle.entrances is not was.entrances:
        rows = bundle.places.index.get_indexer(bundle.entrances["place_id"])
        after = replace(after, place_of=rows.astype(np.intp), kinds=kinds_of(bundle.places))
    if bundle.homes is not was.homes:
        after = replace(after, bands=bounds(bundle.homes, bundle.zones, bundle.incomes))
    return after


def side_again(town: Town, was: Town, before: Side, gait: Gait) -> Side:
    """
    Join as `Town.side`, but only those whom an edit has brought.

    Parameters
    ----------
    town, was
        After the edit, and before it: one, as a row's label may be given again later.
    before
        `was.side(gait)`.
    gait
        Whose side it is.

    Examples
    --------
    >>> from geo.bundle import Area, blank
    >>> from geo.scenario.edits import House
    >>> from geo.town import prepare
    >>> was = prepare(blank(Area("x", "X", "EPSG:25833", ""), shapely.box(0, 0, 90, 90)))
    >>> corner = ((0.0, 0.0), (60.0, 0.0), (0.0, 60.0))
    >>> town = changed(was, House(corner, (("everybody", 90.0),)), {})
    >>> len(side_again(town, was, was.side(Gait()), Gait()).homes.edge)
    6
    """
    if town.bundle.paths is not was.bundle.paths:
        return town.side(gait)
    usable = town.usable(gait)
    ends = []
    for points, old, joined, known in (
        (town.bundle.homes, was.bundle.homes, before.homes, town.homes),
        (town.bundle.entrances, was.bundle.entrances, before.entrances, town.entrances),
    ):
        kept = rows_before(old, points)
        new = np.flatnonzero(kept < 0)
        more = known.take(new)
        if len(new):
            more = town.joined(points.iloc[new], more, usable)
        ends.append(stitched(joined, kept, more))
    return Side(before.weighed, *ends)


def _grown(after: Town, was: Town) -> Town:
    """Return a town with paths that were laid, and everybody near them joined again."""
    bundle = after.bundle
    network = build(bundle.paths)
    old = rows_before(was.bundle.paths, bundle.paths)
    new_of = np.full(len(was.bundle.paths) + 1, -1, dtype=np.intp)  # -1, nowhere, stays so
    new_of[old[old >= 0]] = np.flatnonzero(old >= 0)
    lines = network.lines[_elsewhere(network, was.network, old)]
    ends = []
    for points, known in ((bundle.homes, was.homes), (bundle.entrances, was.entrances)):
        table = was.bundle.homes if points is bundle.homes else was.bundle.entrances
        kept = rows_before(table, points)
        renumbered = Joined(new_of[known.edge], known.along, known.gap_m)
        cut = (known.edge >= 0) & (renumbered.edge < 0)
        kept[np.append(cut, False)[kept]] = -1
        kept[_near(points, lines)] = -1
        ends.append(rejoined(network, points, renumbered, kept, bundle))
    return replace(
        after,
        network=network,
        ranked=hierarchy(network.u, network.v, network.xy, like=was.ranked),
        homes=ends[0],
        entrances=ends[1],
    )


def _elsewhere(network: Network, was: Network, old: Ints) -> Bools:
    """Tell which edges can be joined now and could not before, or the other way about."""
    now, then = (islands(one, np.ones(len(one.u), dtype=bool)) for one in (network, was))
    moved: Bools = (old < 0) | (now != then[old])
    return moved


def _near(points: gpd.GeoDataFrame, lines: Geometries) -> Ints:
    """Return the points that may be joined to one of some lines."""
    tree = shapely.STRtree(points.geometry.to_numpy())
    found: Ints = np.unique(tree.query(lines, predicate="dwithin", distance=JOIN_LIMIT_M)[1])
    return found
