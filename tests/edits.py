"""Small towns with everything that an edit may meet, and edits anywhere in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import nan

import geopandas as gpd
import numpy as np
import shapely
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from data.catalogue import kinds
from geo.bundle import Bundle
from geo.doors import doors
from geo.paths.terrain import Terrain
from geo.scenario.edits import MENDED, Add, Close, Edit, House, Mend, Move, Open, Path
from geo.scenario.placing import new_id
from geo.scenario.tables import below, numbered
from geo.tables import AGES, EVERYBODY, LOW_INCOME
from tests.towns import CRS, XY, bundle, streets

STEP = 120
"""Metres between crossings: four stretches on their own are an island."""

SORTS = ("library", "park", "school", "community_centre", "playground")
HOURS = ("Mo-Fr 08:00-15:00", "Tu 18:00-21:00", "off")
BARRED = ("fence", "water", "railway", "motorway")
BELOW = ("water", "building", "green")

EMPTY = bundle(streets([(0, 0), (1, 0)]), {}, {})

HILL = Terrain(
    (np.hypot(*np.mgrid[-25:25, -25:25]) * 0.8).astype(np.float32), -50.0, 350.0, cell_m=10.0
)
"""A bowl under the middle of the town: 8 % everywhere."""

tens = st.integers(-4, 40).map(lambda n: 10.0 * n)
tenths = st.integers(-500, 4500).map(lambda n: n / 10)
spots = st.tuples(tens, tens) | st.tuples(tenths, tenths)
"""Half of them where many things are as near as others."""


@st.composite
def paths(draw) -> gpd.GeoDataFrame:
    """Draw streets of a lattice, some of them twice, and others anywhere."""
    at = [(x, y) for x in range(4) for y in range(3)]
    pairs = [(one, other) for one in at for other in at if one < other]
    near = [pair for pair in pairs if abs(np.subtract(*pair)).sum() == 1]
    grid = [[(STEP * x, STEP * y) for x, y in pair] for pair in near]
    lines = draw(st.lists(st.sampled_from(grid), min_size=2, max_size=16))
    lines += draw(st.lists(st.lists(spots, min_size=2, max_size=3, unique=True), max_size=3))
    some = st.sets(st.integers(0, len(lines) - 1), max_size=3)
    told = {
        "lit": dict.fromkeys(draw(some), "yes") | dict.fromkeys(draw(some), "no"),
        "wheelchair": dict.fromkeys(draw(some), "yes") | dict.fromkeys(draw(some), "no"),
        "winter": dict.fromkeys(draw(some), "closed"),
        "structure": dict.fromkeys(draw(some), "bridge") | dict.fromkeys(draw(some), "tunnel"),
        "name": dict.fromkeys(draw(some), ""),
    }
    return streets(*lines, steps=draw(some), **told)


def boxes() -> st.SearchStrategy[shapely.Polygon]:
    """Draw land on whole tens of metres."""
    side = st.integers(1, 12).map(lambda n: 10.0 * n)
    return st.builds(lambda x, y, w, h: shapely.box(x, y, x + w, y + h), tens, tens, side, side)


def put(
    area: Bundle,
    name: str,
    shapes: Sequence[BaseGeometry],
    index: Sequence[str] | None = None,
    **told: object,
) -> Bundle:
    """Return an area with more rows in a table; what is not told of them is unknown."""
    table: gpd.GeoDataFrame = getattr(area, name)
    unknown = {
        c: nan if of.kind == "f" else "" for c, of in table.dtypes.drop("geometry").items()
    }
    labels = index or range(len(table), len(table) + len(shapes))
    rows = gpd.GeoDataFrame(unknown | told, geometry=list(shapes), index=labels, crs=CRS)
    return replace(area, **{name: below(table, rows)})


def put_places(area: Bundle, kind: str, shapes: Sequence[BaseGeometry]) -> Bundle:
    """Return an area with more places of a kind: grounds, or points as their own doors."""
    first = len(area.places)
    ids = [f"n{first + n}" for n in range(len(shapes))]
    of = kinds()[kind]
    told = {"kind": kind, "kinds": kind, "family": of.family, "setting": of.setting}
    area_m2 = [shape.area or nan for shape in shapes]
    area = put(area, "places", shapes, ids, area_m2=area_m2, inside=True, **told)
    sites = area.places.loc[ids, ["geometry"]].assign(is_building=False)
    found = doors(sites, gpd.GeoSeries([], crs=CRS), area.paths, barriers=area.barriers)
    new = numbered(area.entrances, found.rename(columns={"of": "place_id"}))
    return replace(area, entrances=below(area.entrances, new))


@st.composite
def bundles(draw) -> Bundle:
    """Draw an area: paths, barriers, water, green and buildings, homes and places."""
    area = replace(EMPTY, paths=draw(paths()), terrain=draw(st.sampled_from([None, HILL])))
    lines = st.lists(spots, min_size=2, max_size=3, unique=True).map(shapely.LineString)
    walls = draw(st.lists(st.tuples(st.sampled_from(BARRED), lines), max_size=4))
    area = put(area, "barriers", [s for _, s in walls], what=[what for what, _ in walls])
    land = draw(st.lists(st.tuples(st.sampled_from(BELOW), boxes()), max_size=4))
    area = put(area, "backdrop", [s for _, s in land], what=[what for what, _ in land])
    poor = {"share": 0.2, "low": 0.1, "high": 0.3, "area_class": "low", "of": "persons"}
    area = put(area, "incomes", [draw(boxes())], ["t1"], **poor)
    where = draw(st.lists(spots, max_size=8, unique=True))
    people = dict.fromkeys(AGES, 2.0) | {
        EVERYBODY: 12.0,
        LOW_INCOME: draw(st.sampled_from([2.0, nan])),
    }
    homes = [f"h{n}" for n in range(len(where))]
    area = put(
        area, "homes", list(map(shapely.Point, where)), homes, basis="building", **people
    )
    for kind in SORTS[: draw(st.integers(0, len(SORTS)))]:
        area = put_places(area, kind, [shapely.Point(draw(spots))])
    return put_places(area, "park", [shape for what, shape in land if what == "green"])


@st.composite
def edits_of(draw, area: Bundle) -> list[Edit]:
    """Draw edits of an area, possible or not, those of what others have added among them."""
    known, found = [*area.places.index, "nowhere"], []
    met = shapely.get_coordinates([*area.homes.geometry, *area.paths.geometry])
    kind, where = st.sampled_from(SORTS), st.sampled_from(list(map(tuple, met))) | spots
    line = st.lists(where, min_size=2, max_size=4).map(tuple)
    for _ in range(draw(st.integers(1, 6))):
        place = st.sampled_from(known)
        edit = draw(
            st.builds(Add, kind, where)
            | st.builds(Move, place, where)
            | st.builds(Close, place)
            | st.builds(Open, place, st.sampled_from(HOURS), kind | st.just(""))
            | st.builds(Path, line, st.booleans())
            | st.builds(Path, st.tuples(where, where), st.booleans())
            | st.builds(Mend, where, st.sampled_from(sorted(MENDED)))
            | st.builds(House, boxes().map(_outline), st.just(((EVERYBODY, 40.0),)))
        )
        found.append(edit)
        if isinstance(edit, Add):
            known.append(new_id(edit))
    return found


def _outline(land: shapely.Polygon) -> tuple[XY, ...]:
    return tuple(land.exterior.coords[:-1])
