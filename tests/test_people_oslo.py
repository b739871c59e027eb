"""The middle of Oslo: homes add up to the real grid, and are as old as their district."""

from __future__ import annotations

import time

import geopandas as gpd
import numpy as np
import osmium
import pandas as pd
import pytest
import shapely
from tobler.area_weighted import area_interpolate

from geo.people.dwellers import Counted
from geo.people.lands import inside
from geo.people.sharing import homes
from geo.tables import AGES, EVERYBODY, ZONES

IN_CELLS, BY_AREA = 162_395, 163_668
"""Residents of the cells whose middle is in the extract; and with cut cells by their area."""

LAST_YEAR = (-1, 5, 15, 19, 66, 79, 200)
"""The highest age before each group, and of the last."""


@pytest.fixture(scope="module")
def folder(test_data):
    return test_data / "oslo"


@pytest.fixture(scope="module")
def land(folder, oslo):
    """Return the box of the extract, with its water."""
    corner = osmium.io.Reader(str(folder / "oslo-sentrum.osm.pbf")).header().box()
    low, high = corner.bottom_left, corner.top_right
    box = shapely.box(low.lon, low.lat, high.lon, high.lat)
    return gpd.GeoSeries([box], crs=4326).to_crs(oslo.area.crs).item()


@pytest.fixture(scope="module")
def grid(folder, oslo):
    table = gpd.read_file(folder / "befolkning_250m_2023_oslo.shp")
    # The file's own .prj names no datum that PROJ would shift: it is ETRS89 / UTM 33.
    table = table.set_crs(25833, allow_override=True).to_crs(oslo.area.crs)
    return table[["geometry"]].assign(people=table["pop_tot"].astype(float))


@pytest.fixture(scope="module")
def districts(folder, oslo):
    """Return the districts with their people of 2024 and their ages of 2026."""
    land = gpd.read_file(folder / "oslo_bydeler_befolkning_2024.gpkg").set_index("bydelsnr")
    told = pd.read_csv(folder / "befolkning_alder_kjonn_bydel_2026.csv")
    told = told[told["sex"] == "total"].assign(
        district=told["location_code"].str[-6:],
        age=pd.cut(told["age"], LAST_YEAR, labels=AGES).astype(str),
    )
    ages = told.pivot_table("pop_jan1_n", "district", "age", "sum").loc[land.index, list(AGES)]
    # The file of 2024 says 0 for two districts where others live: it has no figure there.
    people = land["befolkning_2024"].astype(float).replace(0, np.nan)
    ends = {f"{age}_{end}": ages[age] for age in AGES for end in ("low", "high")}
    table = gpd.GeoDataFrame(
        {"name": land["bydel"], "source": "Oslo", "people": people, **ages, **ends},
        geometry=land.geometry,
        crs=land.crs,
    )
    return ZONES.check(table.to_crs(oslo.area.crs))


@pytest.fixture(scope="module")
def doors(oslo):
    """Return the doors, and what the buildings tell, as the area was built without a grid."""
    return gpd.GeoDataFrame({"of": oslo.homes["building"]}, geometry=oslo.homes.geometry)


@pytest.fixture(scope="module")
def estimated(oslo):
    return oslo.homes.groupby("building")[EVERYBODY].sum()


@pytest.fixture(scope="module")
def counted(oslo, land, doors, estimated, grid, districts):
    """Return the homes, raked to the grid, and how many seconds that took."""
    start = time.perf_counter()
    found, said = homes(
        doors, estimated, Counted(grid, districts), boundary=land, paths=oslo.paths
    )
    return found, said, time.perf_counter() - start


def test_homes_add_up_to_the_grid(land, grid, counted):
    found, _, seconds = counted
    middle = grid.centroid.within(land)
    assert (middle.sum(), grid["people"][middle].sum()) == (202, IN_CELLS)
    print(f"\n{found[EVERYBODY].sum():.0f} people, {BY_AREA} by area; {seconds:.2f} s")  # noqa: T201
    assert found[EVERYBODY].sum() == pytest.approx(BY_AREA, rel=1e-4)
    assert seconds < 2


def test_every_cell_is_met(land, grid, counted):
    found, _, _ = counted
    share = inside(grid.geometry.to_numpy(), land)
    joined = gpd.sjoin(found, grid[["geometry"]], predicate="within")
    lived = joined.groupby("index_right")[EVERYBODY].sum().reindex(grid.index, fill_value=0)
    assert lived.to_numpy() == pytest.approx(grid["people"].to_numpy() * share, abs=1e-6)


def test_area_weighting_by_another_program_finds_as_many(oslo, land, grid, counted):
    found, _, _ = counted
    box = gpd.GeoDataFrame(geometry=[land], crs=oslo.area.crs)
    by_area = area_interpolate(grid, box, extensive_variables=["people"], allocate_total=False)
    assert found[EVERYBODY].sum() == pytest.approx(by_area["people"].item(), rel=1e-6)


def test_districts_have_about_as_many_as_their_area_of_the_grid(land, grid, districts, counted):
    """Cells on a border are split by land there and by buildings here, so edges differ."""
    found, _, _ = counted
    parts = districts.intersection(land)
    parts = parts[~parts.is_empty].to_frame("geometry")
    by_area = area_interpolate(
        grid, parts, extensive_variables=["people"], allocate_total=False
    )["people"].set_axis(parts.index)
    ours = found.groupby("zone")[EVERYBODY].sum().reindex(parts.index, fill_value=0)
    large = by_area > 10_000
    assert large.sum() == 5
    assert ours[large].to_numpy() == pytest.approx(by_area[large].to_numpy(), rel=0.1)
    assert ours.sum() == pytest.approx(by_area.sum(), rel=1e-3)


def test_homes_are_as_old_as_their_district(districts, counted):
    found, _, _ = counted
    ours = found.groupby("zone")[[EVERYBODY, *AGES]].sum()
    assert len(ours) == 8
    table = districts.loc[ours.index, list(AGES)]
    shares = ours[list(AGES)].div(ours[EVERYBODY], axis="index")
    expected = table.div(table.sum(axis="columns"), axis="index")
    assert shares.to_numpy() == pytest.approx(expected.to_numpy(), abs=1e-12)


def test_a_district_that_is_whole_and_of_the_same_count_is_met_exactly(
    oslo, land, doors, estimated, grid, districts
):
    """Only the centre is whole in the extract; of the grid's own year its table would agree."""
    alone, _ = homes(doors, estimated, Counted(grid), boundary=land, paths=oslo.paths)
    centre = districts.loc[["030116"]]
    lived = alone[EVERYBODY][alone.within(centre.geometry.item())].sum()
    ages = centre[list(AGES)] * ((lived + 5) / centre[list(AGES)].sum(axis=1).item())
    table = centre.assign(people=lived + 5, **ages)
    found, said = homes(doors, estimated, Counted(grid, table), boundary=land, paths=oslo.paths)
    centre_now = found[found["zone"] == "030116"]
    assert not [one for one in said if "decides" in str(one) or "both" in str(one)]
    assert centre_now[EVERYBODY].sum() == pytest.approx(lived + 5, rel=1e-6)
    assert centre_now[list(AGES)].sum().to_numpy() == pytest.approx(
        ages.to_numpy()[0], rel=1e-6
    )
    assert found[EVERYBODY].sum() == pytest.approx(alone[EVERYBODY].sum())


def test_what_does_not_fit_is_told(counted):
    _, said, _ = counted
    assert [str(one) for one in said] == [
        "In 28 cells of the grid people live where no dwelling is mapped:"
        " they are counted at a path there.",
        "10 homes lie in cells of the grid where nobody lives: nobody is counted in them.",
        # Of 2023 and of 2026, in the only district that is whole in the extract.
        "The grid counts 1697 people where the zones count 1486: the grid decides how many"
        " they are, the zones only how old.",
    ]
