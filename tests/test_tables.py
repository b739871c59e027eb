"""Every breach of a contract has its sentence."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import LineString, Point, box

from geo.bundle import CONTRACTS
from geo.errors import CrsError, TableError
from tests.towns import bundle, lines_between, streets

STREET = streets([(0, 0), (600, 0)], [(600, 0), (900, 0)])
TOWN = replace(
    bundle(
        STREET,
        {(0, 0): {"everybody": 5.0}, (100, 0): {"everybody": 2.0}},
        {"n1": ("park", (300, 0)), "n2": ("library", (500, 0))},
    ),
    barriers=lines_between("railway", [(0, 9), (600, 9)], [(600, 9), (900, 9)]),
)


@pytest.fixture(params=["places", "entrances", "homes", "paths", "barriers", "boundary"])
def one(request):
    """Return a table that keeps its contract, to be spoiled, and the contract."""
    return getattr(TOWN, request.param).copy(), CONTRACTS[request.param]


def spoiled(table, **columns):
    return getattr(TOWN, table).assign(**columns)


def refused(name, table, said):
    with pytest.raises(TableError, match=f"Table {name}: .*{said}"):
        CONTRACTS[name].check(table)


def test_a_good_table_passes_unchanged(one):
    table, contract = one
    assert contract.check(table).equals(table)


def test_a_missing_column_is_named():
    for name, contract in CONTRACTS.items():
        for column in contract.columns:
            refused(name, getattr(TOWN, name).drop(columns=column), column)


def test_an_unknown_column_is_dropped(one):
    table, contract = one
    assert contract.check(table.assign(colour="red")).equals(table)


@pytest.mark.parametrize(
    ("name", "column", "values"),
    [
        ("places", "setting", ["indoor", "seaside"]),
        ("places", "area_m2", [1.0, -1.0]),
        ("places", "inside", [1, 0]),
        ("places", "name", [None, "Parken"]),
        ("places", "kind", [1, 2]),
        ("entrances", "how", ["mapped", "guessed"]),
        ("homes", "everybody", [5.0, np.nan]),
        ("homes", "everybody", [5.0, -0.1]),
        ("homes", "youth", [-1.0, np.nan]),
        ("homes", "everybody", [5, 2]),
        ("homes", "basis", ["grid", "guess"]),
        ("paths", "u", [1.5, 2.0]),
        ("paths", "steps", [0, 1]),
        ("paths", "length_m", [-1.0, 5.0]),
        ("paths", "length_m", [np.nan, 5.0]),
        ("paths", "surface", ["firm", "lava"]),
        ("paths", "wheelchair", ["yes", "limited"]),
        ("paths", "pram", [None, "no"]),
        ("paths", "lit", [True, False]),
        ("paths", "winter", ["open", "yes"]),
        ("paths", "structure", ["ground", "ferry"]),
        ("paths", "incline", [-0.06, np.nan]),
        ("barriers", "what", ["railway", "hedge"]),
    ],
)
def test_a_wrong_value_is_named_with_its_column(name, column, values):
    refused(name, spoiled(name, **{column: values}), column)


def test_a_column_twice_is_refused(one):
    table, contract = one
    if contract.columns:
        double = pd.concat([table[[next(iter(contract.columns))]], table], axis=1)
        refused(contract.name, double.set_geometry("geometry", crs=table.crs), "column")


def test_labels_are_unique():
    twice = TOWN.homes.set_axis(["h1", "h1"])
    refused("homes", twice, "index is not unique")


@pytest.mark.parametrize(
    ("shapes", "said"),
    [
        ([Point(0, 0), LineString([(0, 0), (1, 1)])], "LineString"),
        ([Point(0, 0), box(0, 0, 1, 1)], "Polygon"),
        ([Point(0, 0), Point()], "missing"),
        ([Point(0, 0), None], "missing"),
    ],
)
def test_a_wrong_geometry_is_named(shapes, said):
    refused(
        "homes",
        TOWN.homes.set_geometry(gpd.GeoSeries(shapes, TOWN.homes.index, crs=TOWN.area.crs)),
        said,
    )


def test_degrees_and_silence_are_refused(one):
    table, contract = one
    for crs in (4326, None):
        with pytest.raises(CrsError):
            contract.check(table.set_crs(crs, allow_override=True))


def test_the_sentence_is_short_and_on_one_line():
    with pytest.raises(TableError) as raised:
        CONTRACTS["places"].check(spoiled("places", setting=["x" * 5000, "\n" * 50]))
    assert len(str(raised.value)) < 400
    assert "\n" not in str(raised.value)


def test_the_callers_table_is_left_alone(one):
    table, contract = one
    table = table.assign(colour="red")
    before = table.copy(deep=True)
    contract.check(table)
    assert table.equals(before)
