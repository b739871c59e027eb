"""Streets to measure on: those of an area, with its doors."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, fields
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import KDTree

from data import bundle
from geo.paths.network import Floats, Ints, build

KINDS = 12
"""Kinds of place to look for: the commonest of the area."""

WALKERS = ((0.0, 1.0), (4.0, 1.5), (8.0, 3.0), (12.0, 8.0))
"""Of each walker: what a metre of climb costs more, and a metre of stairs costs, in metres."""

HILL_M = 30.0
HILL_WIDTH_M = 400.0
PART_M = 1 / 8
"""Ways are multiples of it: float32, whole millimetres and our own grains then add up alike."""


@dataclass(frozen=True, slots=True, eq=False)
class Streets:
    """
    Edges, and doors that stand right in a junction, so that every program can use them.

    Parameters
    ----------
    u, v
        Junctions at the ends of every edge, from 0. There are loops and parallels.
    length_m, steps
        Of every edge; whether it is stairs.
    xy
        Where each junction lies, in metres.
    door, kind, place
        Of every door: its junction, a kind from 0, a place from 0. A place of two
        kinds is two places. Doors are in the order of their places, and these of
        their kinds.
    """

    u: Ints
    v: Ints
    length_m: Floats
    steps: NDArray[np.bool_]
    xy: Floats
    door: Ints
    kind: Ints
    place: Ints

    @property
    def junctions(self) -> int:
        """How many junctions there are."""
        return len(self.xy)

    @property
    def kinds(self) -> int:
        """How many kinds there are: `KINDS`, or all that the area has."""
        return int(self.kind.max(initial=-1)) + 1

    def save(self, file: Path) -> None:
        """Write everything to a file that `load` understands."""
        np.savez(file, **{one.name: getattr(self, one.name) for one in fields(self)})


def load(file: Path) -> Streets:
    """Return what was saved."""
    with np.load(file) as saved:
        return Streets(**{name: saved[name] for name in saved.files})


def streets_of(
    paths: gpd.GeoDataFrame, places: gpd.GeoDataFrame, entrances: gpd.GeoDataFrame
) -> Streets:
    """Return the streets of an area; each entrance stands in its nearest junction."""
    network = build(paths)
    of = places["kinds"].str.split(";").explode()
    common = of.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    number = pd.Series(range(KINDS)[: len(common)], index=common.index[:KINDS], dtype=np.intp)
    kind = of[of.isin(number.index)].map(number).rename("kind")
    at = KDTree(network.xy).query(shapely.get_coordinates(entrances.geometry.to_numpy()))[1]
    doors = pd.DataFrame({"place_id": entrances["place_id"].to_numpy(), "at": at})
    doors = doors.merge(kind, left_on="place_id", right_index=True).drop_duplicates()
    doors["place"] = doors.groupby(["kind", "place_id"]).ngroup()
    doors = doors.sort_values(["place", "at"])
    return Streets(
        network.u,
        network.v,
        network.length_m,
        paths["steps"].to_numpy(dtype=bool),
        network.xy,
        *(doors[name].to_numpy(dtype=np.intp) for name in ("at", "kind", "place")),
    )


def level_m(streets: Streets, walker: int) -> Floats:
    """
    Return what each edge costs one of the `WALKERS`, the same both ways.

    The hills are invented: they only see to it that four walkers have four networks.
    """
    slope, stairs = WALKERS[walker]
    x, y = streets.xy.T / HILL_WIDTH_M
    height_m = HILL_M * np.sin(x) * np.cos(y)
    rise_m = np.abs(height_m[streets.u] - height_m[streets.v])
    cost_m = np.where(streets.steps, stairs, 1.0) * streets.length_m + slope * rise_m
    return np.asarray(np.maximum(np.round(cost_m / PART_M), 1) * PART_M)


def main(argument: str) -> None:
    """Save the streets of the area that `code` in JSON names, to the `file` it names."""
    task = json.loads(argument)
    read = bundle.read(task["code"])
    streets_of(read.paths, read.places, read.entrances).save(Path(task["file"]))
    print(json.dumps({}))


if __name__ == "__main__":
    main(sys.argv[1])
