"""Public buildings in use, from the points of buildings in the land register."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from data.catalogue import kinds
from data.http import Get
from data.known import Known
from data.services.entries import Entry, known
from data.services.gml import Feature
from data.services.service import Land, Service
from data.services.wfs import GEONORGE, Layer, features
from data.toml_rows import rows
from geo.crs import WGS84, to_metric

LAYER = Layer(f"{GEONORGE}wfs.matrikkelen-bygningspunkt", "app:Bygning")
KINDS_FILE = Path(__file__).parents[1] / "building_kinds.toml"

IN_USE = ("TB", "FA", "MB", "MT", "MF", "FS")
"""Taken into use, or finished; others are planned, moved, refused or torn down."""

ONE_PLACE_M = 100.0
"""A school of several houses has a number for each of them."""


@cache
def building_kinds(path: Path = KINDS_FILE) -> dict[str, str]:
    """
    Return the kind of place by the code of the building's type.

    Raises
    ------
    CatalogueError
        Naming the file and the row that is wrong.

    Examples
    --------
    >>> building_kinds()["662"]
    'community_centre'
    """
    found = {}
    for row in rows(path):
        row.only("type", "kind", "why")
        row.text("type")
        row.text("why")
        found[row.key] = row.one_of("kind", kinds())
    return found


def read(land: Land, get: Get) -> Known:
    """
    Return public buildings in use, one row for those of a type that stand close together.

    Raises
    ------
    SourceError
        As `data.services.wfs.features`.
    """
    groups: dict[str, list[Feature]] = {code: [] for code in building_kinds()}
    for one in features(LAYER, land, get):
        code = one.text("bygningstype")
        if code in groups and one.text("bygningsstatus") in IN_USE:
            groups[code].append(one)
    return known(
        SERVICE,
        [
            _entry(several, building_kinds()[code])
            for code, ones in groups.items()
            for several in _clusters(ones, land.crs)
        ],
    )


def _entry(several: list[Feature], kind: str) -> Entry:
    """Return one row for buildings that are one place: at the first one's point."""
    first = several[0]
    return Entry(
        ref=_number(first),
        name="",
        kind=kind,
        shape=first.shape,
        updated=max(one.day("oppdateringsdato") for one in several),
    )


def _clusters(ones: list[Feature], crs: str) -> list[list[Feature]]:
    """Return buildings in groups, each near another of its group; lowest number first."""
    ones = sorted(ones, key=_number)
    if not ones:
        return []
    points = gpd.GeoDataFrame(geometry=[one.shape for one in ones], crs=WGS84)
    groups: dict[int, list[Feature]] = {}
    for one, label in zip(ones, _labels(to_metric(points, crs)).tolist(), strict=True):
        groups.setdefault(label, []).append(one)
    return list(groups.values())


def _labels(points: gpd.GeoDataFrame) -> NDArray[np.int32]:
    """Return the number of each point's group: all within `ONE_PLACE_M` of another in it."""
    xy = shapely.get_coordinates(points.centroid.to_numpy())
    pairs = KDTree(xy).query_pairs(ONE_PLACE_M, output_type="ndarray")
    one = np.ones(len(pairs))
    near = coo_array((one, (pairs[:, 0], pairs[:, 1])), shape=(len(xy), len(xy)))
    labels: NDArray[np.int32] = connected_components(near, directed=False)[1]
    return labels


def _number(one: Feature) -> str:
    return one.text("bygningsnummer") or one.id


SERVICE = Service(
    key="matrikkelen",
    name="Public buildings in the land register",
    licence="CC BY 4.0",
    attribution="© Kartverket",
    url="https://kartkatalog.geonorge.no/?text=matrikkelen%20bygningspunkt",
    countries=("no",),
    days=30,
    read=read,
)
