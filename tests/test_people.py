"""From published totals to homes by group: none lost, none invented."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from data.dwellings import Ages
from data.homes import homes_of
from data.known import Known
from geo.bundle import Source
from geo.people.bands import band
from geo.people.buildings import FEW, residents
from geo.people.dwellers import Counted
from geo.people.sharing import homes
from geo.tables import AGES, GROUPS, ZONES
from tests.towns import CRS, SQUARE_M, streets

SHARES = dict(zip(AGES, (0.05, 0.15, 0.05, 0.5, 0.15, 0.1), strict=True))
HUNDRED = {age: 100 * share for age, share in SHARES.items()}
LAND = shapely.box(0, 0, 1000, 1000)
STREET = streets([(0, 50), (1000, 50)])
HALVES = (0, 0, 500, 1000), (500, 0, 1000, 1000)
"""West and east."""


def blocks(*levels, kind="flats"):
    """Draw buildings of 10 × 20 m."""
    return gpd.GeoDataFrame(
        {"type": kind, "levels": levels, "usual_levels": 3.0, "m2_per_person": 50.0},
        geometry=[shapely.box(0, 0, 10, 20)] * len(levels),
        crs=CRS,
    ).astype({"levels": float})


def at(*doors):
    """Return doors from pairs of a building and a spot."""
    table = gpd.GeoDataFrame(
        {"of": [of for of, _ in doors]},
        geometry=[shapely.Point(spot) for _, spot in doors],
        crs=CRS,
    )
    return table.astype({"of": str})


def doors(*of):
    return at(*[(one, (0, 0)) for one in of])


def cells(*boxes, people):
    return gpd.GeoDataFrame(
        {"people": np.array(people, dtype=float)},
        geometry=[shapely.box(*one) for one in boxes],
        crs=CRS,
    )


def zones(told, *boxes):
    """Return zones from rows of `people`, ages and what else is told; exact, if not said."""
    rows = []
    for row in told:
        full = dict.fromkeys(AGES, np.nan) | {"people": np.nan} | row
        ends = {f"{age}_{end}": full[age] for age in AGES for end in ("low", "high")}
        rows.append({"name": "", "source": "", **ends, **full})
    index = [f"z{n}" for n in range(len(rows))]
    land = [shapely.box(*one) for one in boxes]
    table = gpd.GeoDataFrame(rows, index=index, geometry=land, crs=CRS)
    return ZONES.check(table.astype({c: float for c in table if c.split("_")[0] in LOWEST}))


LOWEST = {"people", *(age.split("_")[0] for age in AGES)}


def share(found, counted=None, *, people=None, boundary=LAND, paths=STREET):
    """Return homes and what is said, of doors whose buildings hold `people` each."""
    known = pd.Series(people or dict.fromkeys(found["of"], 30.0), dtype=float)
    table, said = homes(found, known, counted or Counted(), boundary=boundary, paths=paths)
    return table, [str(one) for one in said]


def whole(people):
    return Counted(ages=people, whole=True)


def test_floor_area_by_floor_area_per_person():
    assert residents(blocks(1, 5)).tolist() == [4, 20]


def test_unknown_storeys_are_the_usual_ones_where_few_tell_theirs():
    told = [5] * (FEW - 1)
    assert residents(blocks(*told, np.nan)).iloc[-1] == 12


def test_unknown_storeys_are_the_neighbours_median_where_enough_tell_theirs():
    told = [5] * FEW
    assert residents(blocks(*told, np.nan)).iloc[-1] == 20


def test_neighbours_of_another_type_do_not_count():
    mixed = pd.concat([blocks(*[5] * FEW), blocks(np.nan, kind="houses")])
    assert residents(mixed).iloc[-1] == 12


def test_residents_are_split_evenly_over_the_doors():
    found, said = share(doors("a", "b", "a"), people={"a": 30, "b": 7})
    assert found["everybody"].tolist() == [15, 7, 15]
    assert found["building"].tolist() == ["a", "b", "a"]
    assert set(found["basis"]) == {"building"}
    assert said == []


def test_unknown_ages_stay_unknown():
    found, _ = share(doors("a"))
    assert found[list(AGES)].isna().all().all()
    assert found[["low_income", "low_income_areas"]].isna().all().all()


def test_known_ages_are_shared_out():
    found, _ = share(doors("a"), Counted(ages=SHARES), people={"a": 200})
    assert found.loc[0, list(AGES)].tolist() == pytest.approx([10, 30, 10, 100, 30, 20])


def test_nobody_lives_in_an_empty_town():
    found, _ = share(doors(), whole(HUNDRED))
    assert found.empty


def test_those_counted_live_where_there_are_doors():
    found, _ = share(doors("a"), whole(HUNDRED), people={"a": 30, "b": 30})
    assert found["everybody"].tolist() == [pytest.approx(100)]
    assert found["basis"].tolist() == ["municipality"]


def test_counted_people_are_not_scaled_out_of_nothing():
    found, said = share(doors("a"), whole(HUNDRED), people={"a": 0})
    assert found["everybody"].tolist() == [0]
    assert said == [
        "The homes add up to 0 people, but the municipality counts 100:"
        " its ages are used as shares."
    ]


def test_homes_of_a_cell_add_up_to_it_as_their_buildings_tell():
    spots = at(("a", (100, 0)), ("b", (200, 0)), ("c", (700, 0)))
    grid = Counted(cells(*HALVES, people=[80, 5]))
    found, said = share(spots, grid, people={"a": 30, "b": 10, "c": 999})
    assert found["everybody"].tolist() == [60, 20, 5]
    assert set(found["basis"]) == {"grid"}
    assert said == []


def test_of_a_cell_cut_by_the_boundary_its_share_of_the_land_counts():
    half = shapely.box(0, 0, 250, 1000)
    found, _ = share(doors("a"), Counted(cells(*HALVES, people=[80, 5])), boundary=half)
    assert found["everybody"].tolist() == [40]


def test_nobody_is_invented_where_the_grid_has_no_cell_or_an_empty_one():
    spots = at(("a", (100, 0)), ("b", (700, 0)), ("c", (900, 900)))
    grid = cells(HALVES[0], (500, 0, 1000, 500), people=[80, 0])
    found, said = share(spots, Counted(grid))
    assert found["everybody"].tolist() == [80, 0, 0]
    assert said == [
        "2 homes lie in cells of the grid where nobody lives: nobody is counted in them."
    ]


def test_people_without_a_building_live_at_the_path_nearest_to_the_middle():
    found, said = share(doors("a"), Counted(cells(*HALVES, people=[80, 5])))
    assert found["everybody"].tolist() == [80, 5]
    assert found["building"].tolist() == ["a", ""]
    assert found.geometry.iloc[1] == shapely.Point(750, 50)
    assert said == [
        "In 1 cells of the grid people live where no dwelling is mapped:"
        " they are counted at a path there."
    ]


def test_nobody_lives_in_a_tunnel():
    tunnel = STREET.assign(structure="tunnel")
    grid = Counted(cells(*HALVES, people=[80, 5]))
    found, _ = share(doors("a"), grid, paths=tunnel)
    assert found.geometry.iloc[1] == shapely.Point(750, 500)


def test_where_no_path_is_they_live_within_the_part_inside():
    found, _ = share(
        doors("a"),
        Counted(cells(*HALVES, people=[80, 5])),
        boundary=shapely.box(0, 0, 600, 1000),
        paths=streets([(0, 50), (100, 50)]),
    )
    assert found["everybody"].tolist() == [80, 1]
    assert found.geometry.iloc[1].within(shapely.box(500, 0, 600, 1000))


def test_buildings_of_no_size_share_a_cell_evenly():
    spots = at(("a", (100, 0)), ("b", (200, 0)))
    found, _ = share(spots, Counted(cells(HALVES[0], people=[80])), people={"a": 0, "b": 0})
    assert found["everybody"].tolist() == [40, 40]


def test_in_a_cell_that_is_not_known_the_buildings_tell():
    spots = at(("a", (100, 0)), ("b", (700, 0)))
    found, _ = share(spots, Counted(cells(*HALVES, people=[80, np.nan])))
    assert found["everybody"].tolist() == [80, 30]
    assert found["basis"].tolist() == ["grid", "building"]


def test_a_home_on_the_line_between_cells_lives_in_one_of_them():
    grid = Counted(cells(*HALVES, people=[80, 5]))
    found, _ = share(at(("a", (500, 10))), grid)
    assert found["everybody"].tolist() == [80, 5]


def test_a_grid_of_another_place_is_not_used():
    grid = cells((5000, 0, 5250, 250), people=[80])
    found, said = share(doors("a"), Counted(grid))
    assert found["everybody"].tolist() == [30]
    assert said == ["The grid counts nobody here: it is not used."]


QUARTERS = at(("a", (1, 100)), ("b", (1, 900)), ("c", (900, 100)), ("d", (900, 900)))
ROWS = (0, 0, 1000, 500), (0, 500, 1000, 1000)
"""South and north."""


def test_both_are_met_if_they_count_the_same_people():
    told = zones([{"people": 40}, {"people": 60}], *ROWS)
    counted = Counted(cells(*HALVES, people=[30, 70]), told)
    found, said = share(QUARTERS, counted)
    assert found["everybody"].tolist() == pytest.approx([12, 18, 28, 42])
    assert found["zone"].tolist() == ["z0", "z1", "z0", "z1"]
    assert said == []


def test_the_grid_decides_how_many_if_they_are_of_different_years():
    told = zones([{"people": 40}, {"people": 61}], *ROWS)
    counted = Counted(cells(*HALVES, people=[30, 70]), told)
    found, said = share(QUARTERS, counted)
    assert found["everybody"].tolist() == [15, 15, 35, 35]
    assert said == [
        "The grid counts 100 people where the zones count 101: the grid decides how"
        " many they are, the zones only how old."
    ]


def test_a_zone_that_the_area_cuts_has_no_say():
    told = zones([{"people": 40}, {"people": 9999}], ROWS[0], (0, 500, 1000, 1600))
    counted = Counted(cells(*HALVES, people=[30, 50]), told)
    found, said = share(QUARTERS, counted)
    assert found["everybody"].tolist() == pytest.approx([15, 15, 25, 25])
    assert said == []


def test_what_cannot_be_met_is_told():
    """Nobody was counted where the only home of the upper zone lies."""
    told = zones([{"people": 40}, {"people": 60}], *ROWS)
    counted = Counted(cells(*HALVES, people=[100, 0]), told)
    found, said = share(QUARTERS.iloc[[0, 3]], counted)
    assert found["everybody"].tolist() == [100, 0]
    assert said[-1] == (
        "Grid and zones cannot both be met, so the grid is: 2 zones end more than 0.5 %"
        " from their own figure, the worst 150 %."
    )


THREE = at(("a", (100, 0)), ("b", (200, 0)), ("c", (700, 0)))


def test_homes_of_a_zone_add_up_to_it():
    told = zones([{"people": 80}, {"people": 5}], *HALVES)
    found, _ = share(THREE, Counted(zones=told))
    assert found["everybody"].tolist() == [40, 40, 5]
    assert set(found["basis"]) == {"zone"}


def test_a_zone_without_a_total_has_the_sum_of_its_ages():
    told = zones([HUNDRED, {"people": 5}], *HALVES)
    found, _ = share(THREE, Counted(zones=told))
    assert found["everybody"].tolist() == pytest.approx([50, 50, 5])


def test_homes_without_a_known_zone_share_what_the_municipality_has_more():
    told = zones([{"people": 80}, {}], *HALVES)
    found, _ = share(THREE, Counted(zones=told, ages=HUNDRED, whole=True))
    assert found["everybody"].tolist() == pytest.approx([40, 40, 20])
    assert found["basis"].tolist() == ["zone", "zone", "municipality"]


def test_and_keep_their_estimate_where_the_area_is_a_part_of_it():
    told = zones([{"people": 80}, {}], *HALVES)
    found, _ = share(THREE, Counted(zones=told, ages=HUNDRED))
    assert found["everybody"].tolist() == [40, 40, 30]
    assert found["basis"].tolist() == ["zone", "zone", "building"]


@pytest.mark.parametrize(("people", "expected"), [(500, 30), (20, 20), (np.nan, 30)])
def test_a_zone_that_the_area_cuts_bounds_the_estimate(people, expected):
    told = zones([{"people": 80}, {"people": people}], HALVES[0], (500, 0, 2000, 1000))
    found, _ = share(THREE, Counted(zones=told))
    assert found["everybody"].tolist() == [40, 40, expected]
    assert found["basis"].tolist() == ["zone", "zone", "building"]


def test_a_zone_whose_border_is_drawn_a_little_differently_is_whole():
    told = zones([{"people": 80}, {"people": 5}], HALVES[0], (500, -1, 1001, 1002))
    found, _ = share(THREE, Counted(zones=told))
    assert found["everybody"].tolist() == [40, 40, 5]


def test_people_without_a_building_live_at_a_path():
    told = zones([{"people": 80}, {"people": 5}], *HALVES)
    found, said = share(THREE.iloc[:2], Counted(zones=told))
    assert found["everybody"].tolist() == [40, 40, 5]
    assert found["zone"].tolist() == ["z0", "z0", "z1"]
    assert said == [
        "In 1 zones people live where no dwelling is mapped: they are counted at a path there."
    ]


TWO = at(("a", (100, 0)), ("b", (700, 0)))


def aged(*told):
    return zones([dict.fromkeys(AGES, 0) | row for row in told], *HALVES)


def test_a_home_has_the_ages_of_its_zone():
    told = aged({"youth": 10, "adults": 30}, {"adults": 7})
    found, _ = share(TWO, Counted(zones=told))
    assert found["youth"].tolist() == [10, 0]
    assert found["adults"].tolist() == [30, 7]


def test_rounded_ages_make_a_whole():
    told = aged({"people": 44, "youth": 10, "adults": 30}, {"adults": 7})
    found, _ = share(TWO, Counted(zones=told))
    assert found.loc[0, ["youth", "adults"]].tolist() == [11, 33]


def test_an_age_that_is_suppressed_stays_unknown():
    told = aged({"people": 40, "youth": np.nan, "adults": 30}, {"adults": 7})
    found, _ = share(TWO, Counted(zones=told))
    assert found["youth"].isna().tolist() == [True, False]
    assert found["adults"].tolist() == [30, 7]


def test_where_nobody_lives_nobody_of_any_age_does():
    told = zones([{}, {"people": 0}], *HALVES)
    found, _ = share(TWO, Counted(zones=told, ages=HUNDRED))
    assert found.loc[1, list(AGES)].tolist() == [0] * len(AGES)


def test_zones_that_tell_no_age_at_all_leave_it_to_the_municipality():
    told = zones([{"people": 40}, {"people": 10}], *HALVES)
    found, _ = share(TWO, Counted(zones=told, ages=HUNDRED))
    assert found["adults"].tolist() == pytest.approx([20, 5])


def test_zones_are_raked_to_the_municipality_and_nobody_moves():
    """Its 2 youths of 20 are half of what the zones tell; its adults are the rest."""
    told = aged({"youth": 4, "adults": 6}, {"adults": 10})
    town = dict.fromkeys(AGES, 0) | {"youth": 2, "adults": 18}
    found, said = share(TWO, Counted(zones=told, ages=town, whole=True))
    assert found["everybody"].tolist() == [10, 10]
    assert found["youth"].tolist() == pytest.approx([2, 0])
    assert found["adults"].tolist() == pytest.approx([8, 10])
    assert said == []


def test_a_part_of_the_municipality_is_not_raked_to_it():
    told = aged({"youth": 4, "adults": 6}, {"adults": 10})
    town = dict.fromkeys(AGES, 0) | {"youth": 2, "adults": 18}
    found, _ = share(TWO, Counted(zones=told, ages=town))
    assert found["youth"].tolist() == [4, 0]


def test_the_municipality_of_another_year_tells_shares():
    told = aged({"youth": 4, "adults": 6}, {"adults": 10})
    town = dict.fromkeys(AGES, 0) | {"youth": 4, "adults": 36}
    found, said = share(TWO, Counted(zones=told, ages=town, whole=True))
    assert found["everybody"].tolist() == [10, 10]
    assert found["youth"].tolist() == pytest.approx([2, 0])
    assert said == [
        "The homes add up to 20 people, but the municipality counts 40:"
        " its ages are used as shares."
    ]


def test_a_suppressed_zone_leaves_its_part_of_the_municipality_to_it():
    """Both zones are like the town: what one does not tell is not given to the other."""
    told = aged({"youth": 1, "adults": 9}, dict.fromkeys(AGES, np.nan))
    told.loc["z1", "people"] = 10.0
    town = dict.fromkeys(AGES, 0) | {"youth": 2, "adults": 18}
    found, _ = share(TWO, Counted(zones=told, ages=town, whole=True))
    assert found.loc[0, ["youth", "adults"]].tolist() == pytest.approx([1, 9])
    assert found.loc[1, list(AGES)].isna().all()


def ends(group, land=None, **told):
    """Return the band of one home of ten people, in a zone of a hundred."""
    row = dict.fromkeys(GROUPS, np.nan) | {"everybody": 10.0, "zone": "", "income": ""}
    incomes = pd.DataFrame({"low": [0.1], "high": [0.3]}, index=["i"])
    lands = zones([land or {}], (0, 0, 1, 1))
    found = band(pd.DataFrame([row | told]), lands, incomes, group)
    return tuple(end.item() for end in found)


@pytest.mark.parametrize(
    ("group", "told", "expected"),
    [
        ("everybody", {}, (10, 10)),
        ("youth", {}, (0, 10)),  # nothing is known
        ("youth", {"youth": 3.0}, (3, 3)),  # the municipality's share
        ("youth", {"zone": "z0"}, (0, 10)),  # a zone that tells nothing
        ("low_income", {"low_income": 2.0, "income": "i"}, (1, 3)),
        ("low_income", {"income": "i"}, (1, 3)),  # suppressed, and bounded
        ("low_income", {}, (0, 10)),
        ("low_income_areas", {"low_income_areas": 10.0}, (10, 10)),
        ("low_income_areas", {}, (0, 10)),
    ],
)
def test_a_band_is_as_wide_as_what_is_not_known(group, told, expected):
    assert ends(group, **told) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("land", "youth", "expected"),
    [
        ({}, 0.5, (0.5, 0.5)),  # exact
        ({"youth_low": 4.0, "youth_high": 6.0}, 0.5, (0.4, 0.6)),  # rounded
        ({"youth_low": 4.0, "youth_high": 6.0}, 0.7, (0.4, 0.7)),  # and raked
        (
            {"youth": np.nan, "people": 100, "youth_low": 0, "youth_high": 5},
            np.nan,
            (0, 0.5),
        ),
    ],
)
def test_rounded_and_suppressed_ages_have_the_band_of_their_zone(land, youth, expected):
    found = ends("youth", HUNDRED | land, youth=youth, zone="z0")
    assert found == pytest.approx(expected)


AGED = Ages("Toytown", {age: int(n) for age, n in HUNDRED.items()}, Source("", "", "", "", 6))


def test_known_tables_come_in_any_coordinates():
    """A house, its street and its cell of 250 m, drawn in metres; the cell told in degrees."""
    east, north = SQUARE_M
    moved = {"xoff": east, "yoff": north}

    def drawn(table):
        return table.set_geometry(table.translate(**moved))

    house = gpd.GeoDataFrame(
        {"tags": [{"building": "house"}]}, geometry=[shapely.box(10, 10, 20, 20)], crs=CRS
    )
    cell = (0, 0, 250, 250)
    known = Known(
        ages=AGED,
        grid=drawn(cells(cell, people=[40])).to_crs(4326),
        zones=drawn(zones([HUNDRED], cell)).to_crs(4326),
    )
    (land,) = gpd.GeoSeries([shapely.box(*cell)]).translate(**moved)
    found, said = homes_of(drawn(house), drawn(STREET), land, known, whole=False)
    assert found.index.tolist() == ["h0"]
    assert found["everybody"].tolist() == pytest.approx([40])
    assert found["adults"].tolist() == pytest.approx([20])
    assert found[["basis", "zone"]].iloc[0].tolist() == ["grid", "z0"]
    assert len(said) == 1  # the zone counts 100


SIDE_M, WIDE = 250, 4
count = st.integers(1, 60)
spot = st.integers(1, SIDE_M * WIDE - 1).map(lambda n: n + 0.5)  # never on a line


@st.composite
def towns(draw):
    """Draw homes with their true people by age, and what was published of them."""
    n = draw(st.integers(1, 12))
    xy = draw(st.lists(st.tuples(spot, spot), min_size=n, max_size=n))
    people = np.array(
        draw(st.lists(st.lists(count, min_size=6, max_size=6), min_size=n, max_size=n)),
        dtype=float,
    )
    seed = draw(st.lists(st.floats(0.5, 100), min_size=n, max_size=n))
    cut = draw(st.integers(1, SIDE_M * WIDE - 1))  # zones cut the cells as they like
    names = [f"w{k}" for k in range(n)]
    return (
        at(*zip(names, xy, strict=True)),
        dict(zip(names, seed, strict=True)),
        people,
        ((0, 0, cut, 1000), (cut, 0, 1000, 1000)),
    )


def published(found, people, lands):
    """Count the people by age in each land."""
    x, y = found.geometry.x.to_numpy(), found.geometry.y.to_numpy()
    return np.array(
        [
            people[(x >= west) & (x < east) & (y >= south) & (y < north)].sum(axis=0)
            for west, south, east, north in lands
        ]
    )


SQUARES = [
    (x, y, x + SIDE_M, y + SIDE_M)
    for x in range(0, SIDE_M * WIDE, SIDE_M)
    for y in range(0, SIDE_M * WIDE, SIDE_M)
]


@settings(max_examples=40)
@given(towns())
def test_everything_published_is_conserved_at_its_own_level(town):
    spots, seed, people, lands = town
    by_cell = published(spots, people, SQUARES).sum(axis=1)
    by_zone = published(spots, people, lands)
    lived = [n for n, total in enumerate(by_cell) if total]  # empty cells are not told
    grid = cells(*[SQUARES[n] for n in lived], people=by_cell[lived])
    told = zones([dict(zip(AGES, row, strict=True)) for row in by_zone], *lands)
    town_ages = dict(zip(AGES, people.sum(axis=0), strict=True))
    found, said = share(spots, Counted(grid, told, town_ages, whole=True), people=seed)
    assert said == []
    assert (found[["everybody", *AGES]] >= 0).all().all()
    now = found[list(AGES)].to_numpy()
    assert now.sum(axis=1) == pytest.approx(found["everybody"].to_numpy())
    assert published(found, now, SQUARES).sum(axis=1) == pytest.approx(by_cell, abs=1e-9)
    assert published(found, now, lands) == pytest.approx(by_zone, rel=1e-4)
    assert now.sum(axis=0) == pytest.approx(people.sum(axis=0), rel=1e-6)


@settings(max_examples=40)
@given(towns(), st.booleans())
def test_a_whole_municipality_is_exact(town, zoned):
    spots, seed, people, lands = town
    by_zone = published(spots, people, lands)
    told = zones([dict(zip(AGES, row, strict=True)) for row in by_zone], *lands)
    ages = dict(zip(AGES, people.sum(axis=0), strict=True))
    counted = Counted(None, told if zoned else None, ages, whole=True)
    found, _ = share(spots, counted, people=seed)
    now = found[list(AGES)].to_numpy()
    assert now.sum(axis=0) == pytest.approx(people.sum(axis=0), rel=1e-9)
    if zoned:
        assert published(found, now, lands) == pytest.approx(by_zone, rel=1e-9)


@settings(max_examples=40)
@given(towns(), st.integers(1, 999), st.lists(count, min_size=16, max_size=16))
def test_of_cells_that_the_area_cuts_their_share_is_conserved(town, edge, people):
    """Most of these cells have no home, and some homes no people."""
    spots, seed, _, lands = town
    land = shapely.box(0, 0, edge, 1000)
    spots = spots[spots.intersects(land)]
    told = zones([HUNDRED, HUNDRED], *lands)
    counted = Counted(cells(*SQUARES[1:], people=people[1:]), told)
    found, _ = share(spots, counted, people=seed, boundary=land)
    expected = [
        n * max(0, min(edge, east) - west) / SIDE_M
        for n, (west, _, east, _) in zip(people, SQUARES, strict=True)
    ]
    at_cell = published(found, found[["everybody"]].to_numpy(), SQUARES).sum(axis=1)
    assert at_cell == pytest.approx(np.array([0.0, *expected[1:]]))
    assert found[list(AGES)].sum(axis=1).to_numpy() == pytest.approx(found["everybody"])
