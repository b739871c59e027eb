"""Before and after: who gains, who loses, where, and on whom it falls."""

from dataclasses import replace
from math import inf, isnan, nan

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.coverage import Reach
from geo.figures.figures import figures
from geo.scenario.by_area import ELSEWHERE, by_area
from geo.scenario.by_cell import by_cell
from geo.scenario.changed import changed
from geo.scenario.difference import difference
from geo.scenario.edits import Close
from geo.scenario.fairness import fairness
from geo.scenario.figured import measured, met
from geo.tables import AGES, EVERYBODY, INCOMES, LOW_INCOME_AREAS, ZONES
from geo.town import prepare
from tests.differing import (
    EAST,
    FAR,
    MIDDLE,
    MINUTE_M,
    NEAR,
    NOW,
    WEST,
    compared,
    moved,
    stand,
    town,
    with_new,
)
from tests.few_town import people
from tests.towns import CRS, catalogue, streets

HOMES = {NEAR: {EVERYBODY: 20.0}, MIDDLE: {EVERYBODY: 30.0}, FAR: {EVERYBODY: 50.0}}
CROWD = (40, 30, 20, 200, 50, 25)


def told(found, key=EVERYBODY):
    one = found.groups[key].told
    return one.before.within, one.after.within, one.gains, one.loses


def test_who_comes_within_reach_of_a_new_place_gains():
    found = compared(town(HOMES, WEST), town(HOMES, WEST, EAST))
    assert told(found) == (20.0, 70.0, 50.0, 0.0)
    assert found.asked.told.before.share == 0.2
    assert found.asked.newcomers.people == 0
    assert not found.same


def test_who_lived_near_a_place_that_closes_loses():
    both = prepare(town(HOMES, WEST, EAST))
    found = compared(both, changed(both, Close("n1"), {}))
    assert told(found) == (70.0, 20.0, 0.0, 50.0)


def test_a_place_that_moves_gives_and_takes():
    found = compared(town(HOMES, WEST), town(HOMES, EAST))
    assert told(found) == (20.0, 50.0, 50.0, 20.0)


def test_nothing_changes_for_anybody():
    found = compared(town(HOMES, WEST), town(HOMES, WEST))
    assert told(found) == (20.0, 20.0, 0.0, 0.0)
    assert found.same


def test_a_walk_exactly_as_long_as_the_limit_gains():
    homes = {(10 * MINUTE_M, 0.0): {EVERYBODY: 20.0}, FAR: {EVERYBODY: 20.0}}
    found = compared(town(homes, EAST), town(homes, EAST, WEST))
    assert told(found) == (20.0, 40.0, 20.0, 0.0)


def test_every_group_gains_at_its_own_pace():
    homes = {(600.0, 0.0): people(CROWD), FAR: people(CROWD)}
    found = compared(town(homes, EAST), town(homes, EAST, WEST), walker="")
    gains = {key: found.groups[key].gains for key in AGES}
    expected = dict(zip(AGES, CROWD, strict=True))
    assert gains == expected | {"young_children": 0, "older_80": 0}  # 0.9 m/s: 540 m


def test_a_few_who_gain_are_not_told_as_a_difference_either():
    homes = HOMES | {FAR: {EVERYBODY: 3.0}, (1600.0, 0.0): {EVERYBODY: 50.0}}
    found = compared(town(homes, WEST), town(homes, WEST, EAST))
    assert found.asked.gains == 3.0
    within, *others = told(found)
    assert within == 20.0
    assert [isnan(n) for n in others] == [True, True, False]


def test_unknown_stays_unknown_and_what_is_known_of_it_does_not():
    homes = HOMES | {FAR: {EVERYBODY: 50.0, "youth": 9.0}}
    found = compared(town(homes, WEST), town(homes, WEST, EAST))
    youth, adults = (found.groups[key].told for key in ("youth", "adults"))
    assert isnan(youth.before.people)
    assert (youth.gains, youth.loses) == (9.0, 0.0)  # where it changes, they are known
    assert isnan(adults.gains)
    assert adults.loses == 0.0  # nobody gets beyond, whoever lives there


def test_suppressed_numbers_gain_between_two_ends():
    homes = HOMES | {
        NEAR: {EVERYBODY: 20.0, "youth": 6.0},
        MIDDLE: {EVERYBODY: 30.0, "youth": 7},
    }
    zones = lands(ZONES, "Vest", "Midt", "Øst")
    zones.loc["z2", ["people", "youth_low", "youth_high"]] = [50.0, 0.0, 12.0]
    one, other = (
        replace(known, zones=zones, homes=known.homes.assign(zone=["", "", "z2"]))
        for known in (town(homes, WEST), town(homes, WEST, EAST))
    )
    youth = compared(one, other).groups["youth"]
    assert isnan(youth.gains)
    assert youth.gains_in == (0.0, 12.0)
    assert youth.told.gains_in == (0.0, 12.0)
    assert (youth.loses, youth.loses_in) == (0.0, None)


def test_a_home_without_a_way_gets_one_and_loses_one():
    apart = streets([(0, 0), (1000, 0)], [(2000, 0), (3000, 0)])
    bridged = streets([(0, 0), (1000, 0)], [(1000, 0), (2000, 0)], [(2000, 0), (3000, 0)])
    homes = {NEAR: {EVERYBODY: 20.0}, (2001.0, 0.0): {EVERYBODY: 20.0}}
    one, other = (town(homes, WEST, paths=paths) for paths in (apart, bridged))
    built, broken = compared(one, other, minutes=30), compared(other, one, minutes=30)
    assert built.walks["change"].tolist() == [0.0, -inf]
    assert broken.walks["change"].tolist() == [0.0, inf]
    assert told(built) == (20.0, 40.0, 20.0, 0.0)
    assert told(broken) == (40.0, 20.0, 0.0, 20.0)
    never = compared(one, one, minutes=30)
    assert never.walks["change"].tolist() == [0.0, 0.0]
    assert never.same


def test_who_moves_in_gains_nothing_and_is_counted_apart():
    homes = {NEAR: {EVERYBODY: 40.0}, (200.0, 0.0): {EVERYBODY: 2.0}, FAR: {EVERYBODY: 9.0}}
    after = with_new(town(HOMES, WEST, EAST), town(homes, WEST))
    found = compared(town(HOMES, WEST), after)
    assert told(found) == (20.0, 70.0, 50.0, 0.0)
    new = found.asked.newcomers
    assert (new.people, new.within, new.beyond) == (51.0, 51.0, 0.0)
    assert isnan(found.groups["youth"].newcomers.people)
    assert len(found.walks) == len(HOMES)


def test_a_few_newcomers_are_not_told():
    new = town({NEAR: {EVERYBODY: 9.0}, MIDDLE: {EVERYBODY: 3.0}}, WEST)
    found = compared(town(HOMES, WEST), with_new(town(HOMES, WEST), new))
    assert found.asked.newcomers.people == 12.0
    assert isnan(found.asked.told.newcomers.within)


def test_what_an_answer_withholds_is_withheld_here():
    homes = {NEAR: people(CROWD), FAR: people((40, 3, *CROWD[2:]))}
    found = compared(town(homes, WEST), town(homes, WEST, EAST))
    hidden = {key for key in AGES if found.before.reach[key].hidden}
    assert hidden == {"school_children", "youth"}  # a few, and who keeps them company
    assert {key for key in AGES if isnan(found.groups[key].told.gains)} == hidden
    assert found.groups["adults"].told.gains == 200.0


def test_what_is_hidden_after_is_not_told_by_who_gains():
    homes = {NEAR: people(CROWD), MIDDLE: people((40, 3, *CROWD[2:])), FAR: people(CROWD)}
    found = compared(town(homes, WEST), town(homes, WEST, EAST))
    one = found.groups["school_children"]
    assert not found.before.reach["school_children"].hidden
    assert (one.gains, one.lack) == (30.0, 3.0)
    assert isnan(one.told.gains)


def lands(table, *names):
    """Return a square of land round each home, with a name."""
    spots = (NEAR, MIDDLE, FAR)[: len(names)]
    shapes = [shapely.Point(spot).buffer(60, cap_style="square") for spot in spots]
    index = [f"z{n}" for n in range(len(names))]
    return table.check(
        gpd.GeoDataFrame(table_columns(table, names), geometry=shapes, index=index, crs=CRS)
    )


def table_columns(table, names):
    blank = {name: nan for name in table.columns if name not in {"name", "source"}}
    return blank | {"name": list(names), "source": "SSB"}


def zoned_town(*places):
    known = town(HOMES, *places)
    return replace(
        known,
        zones=lands(ZONES, "Vestbyen", "", "Østbyen"),
        homes=known.homes.assign(zone=["z0", "", "z2"]),
    )


def test_areas_tell_where_those_live_who_gain():
    before, after = stand(zoned_town(WEST)), stand(zoned_town(WEST, EAST))
    areas = by_area(before, after, difference(before, after))
    gains = {areas.names[key]: one.told.gains for key, one in areas.changes.items()}
    assert gains == {"Østbyen": 50.0, "": 0.0, "Vestbyen": 0.0}
    assert areas.names["z1"] == "z1"  # without a name, its number
    assert next(iter(areas.changes)) == "z2"
    assert ELSEWHERE in areas.changes


def test_where_no_area_is_known_there_is_no_row():
    before, after = stand(town(HOMES, WEST)), stand(town(HOMES, EAST))
    assert by_area(before, after, difference(before, after)).changes == {}


def test_an_area_of_a_few_is_not_what_is_left():
    homes = {NEAR: {EVERYBODY: 20.0}, (2900.0, 0.0): {EVERYBODY: 3.0}, FAR: {EVERYBODY: 50.0}}
    of = ["z0", "z1", "z2"]
    one, other = (
        replace(
            known,
            zones=lands(ZONES, "Vest", "Midt", "Øst"),
            homes=known.homes.assign(zone=of),
        )
        for known in (town(homes, WEST), town(homes, WEST, EAST))
    )
    before, after = stand(one), stand(other)
    found = difference(before, after)
    assert found.asked.told.gains == 53.0
    shown = by_area(before, after, found).changes
    assert {key for key, area in shown.items() if isnan(area.told.gains)} >= {"z1", "z2"}


def test_cells_tell_the_walk_of_the_middle_one_and_no_few():
    homes = {
        (300.0, 10.0): {EVERYBODY: 20.0},
        (2800.0, 10.0): {EVERYBODY: 8.0},
        (2850.0, 10.0): {EVERYBODY: 9.0},
        (2300.0, 10.0): {EVERYBODY: 3.0},
    }
    before, after = stand(town(homes, WEST)), stand(town(homes, WEST, EAST))
    cells = by_cell(before.homes, difference(before, after))
    assert cells["before"].round().tolist() == [4.0, 30.0, 37.0]
    assert cells["after"].round().tolist() == [4.0, 9.0, 2.0]
    assert cells["change"].round().tolist() == [0.0, -21.0, -35.0]
    assert sorted(cells["gains"].fillna(-1)) == [-1.0, -1.0, 0.0]  # 17 beside 3: neither
    assert cells["loses"].tolist() == [0.0, 0.0, 0.0]


def incomes(known, *classes):
    """Return a town whose homes lie in an area of a class of income each."""
    table = lands(ZONES, *map(str, classes))[["name", "source", "geometry"]]
    told = {"measure": "EU-60", "of": "persons", "value": 10.0}
    table = table.assign(**told, share=0.1, low=0.1, high=0.1, area_class=list(classes))
    homes = known.homes.assign(income=[f"z{n}" for n in range(len(classes))])
    poor = [float(one == "low") for one in classes]
    homes[LOW_INCOME_AREAS] = homes[EVERYBODY] * poor
    return replace(known, homes=homes, incomes=INCOMES.check(table))


def test_a_gain_falls_on_areas_of_low_income():
    sides = [
        stand(incomes(town(HOMES, *places), "high", "low", "low"))
        for places in ((WEST,), (WEST, EAST))
    ]
    fair = fairness(*sides, difference(*sides))
    assert {key: one.gains for key, one in fair.classes.items()} == {
        "low": 50.0, "middle": 0.0, "high": 0.0, "unknown": 0.0,
    }  # fmt: skip
    assert (fair.to_low, fair.live_low, fair.unknown) == (1.0, 0.8, 0.0)


def test_unknown_incomes_are_said_to_be_unknown():
    sides = [stand(town(HOMES, *places)) for places in ((WEST,), (WEST, EAST))]
    fair = fairness(*sides, difference(*sides))
    assert fair.classes["unknown"].told.gains == 50.0
    assert (isnan(fair.to_low), fair.unknown) == (True, 1.0)


def test_the_fifth_with_the_longest_walk_gets_its_part():
    homes = {NEAR: {EVERYBODY: 80.0}, MIDDLE: {EVERYBODY: 100.0}, FAR: {EVERYBODY: 20.0}}
    sides = [stand(town(homes, *places)) for places in ((WEST,), (WEST, ("park", MIDDLE)))]
    fair = fairness(*sides, difference(*sides))
    # 40 of 200 are the fifth: 20 far away, who gain nothing, and 20 of the 100 who do.
    assert fair.to_worst == pytest.approx(0.2)
    assert fair.told_to_worst == fair.to_worst
    east = [stand(town(homes, *places)) for places in ((WEST,), (WEST, EAST))]
    assert fairness(*east, difference(*east)).to_worst == pytest.approx(1.0)


def test_nobody_gains_so_nobody_is_favoured():
    sides = [stand(town(HOMES, WEST)), stand(town(HOMES, WEST))]
    assert isnan(fairness(*sides, difference(*sides)).to_worst)


def measures(known, *kinds):
    standing = stand(known, kinds=kinds or ("park",))
    question = standing.answer.question
    return figures(standing.town, question, catalogue(), now=NOW)


def test_measures_stand_side_by_side():
    homes = {NEAR: people(CROWD), FAR: people(CROWD)}
    library = ("library", (78.0, 0.0))
    before = measures(town(homes, EAST), "park", "library")
    after = measures(town(homes, EAST, WEST, library), "park", "library")
    table = measured(before, after)
    assert table.loc[EVERYBODY, ["sorts_before", "sorts_after"]].tolist() == [0.0, 1.0]
    assert table.loc["youth", ["half_min_before", "half_min_after"]].tolist() == [1.0, 0.0]
    assert list(table.index) == list(before.access)


def test_who_can_meet_before_and_after():
    homes = {NEAR: people(CROWD), FAR: people(CROWD)}
    before = measures(town(homes, EAST))
    after = measures(with_new(town(homes, EAST, WEST), town({FAR: people((0, 0, 0, 3, 0, 0))})))
    table = met(before.meetings, after.meetings)
    assert table["there"].to_dict() == {"n0": "both", "n1": "after"}
    assert table.loc["n0", "people_before"] == 365.0
    assert isnan(table.loc["n0", "people_after"])  # three more than before
    assert table.loc["n1", "people_after"] == 365.0
    gone = met(after.meetings, before.meetings)
    assert gone.loc["n1", "there"] == "before"
    assert isnan(gone.loc["n1", "people_after"])


def test_homes_of_another_scenario_are_left_out():
    extra = town({MIDDLE: {EVERYBODY: 40.0}}, WEST)
    one = with_new(town(HOMES, WEST), extra)
    found = compared(one, town(HOMES, EAST))
    assert told(found) == (20.0, 50.0, 50.0, 20.0)
    assert len(found.walks) == len(HOMES)
    sides = stand(one), stand(town(HOMES, EAST))
    cells = by_cell(sides[0].homes, difference(*sides))
    assert cells["net"].tolist() == [-20.0, 0.0, 50.0]
    assert fairness(*sides, difference(*sides)).whole.gains == 50.0


@pytest.mark.parametrize(
    ("one", "hidden"),
    [
        (moved(20, 30, 10, 40), set()),
        (moved(20, 3, 0, 40), {"after"}),
        (moved(20, 0, 3, 40), {"after"}),
        (moved(20, 3, 3, 40), {"after"}),
        (moved(3, 30, 10, 40), {"after", "loses"}),
        (moved(20, 30, 10, 3), {"after", "gains"}),
        (moved(3, 30, 10, 3), {"after", "gains", "loses"}),
        (moved(3, 3, 10, 40), {"after", "loses"}),
        (moved(3, 0, 0, 40), {"before", "after"}),
        (moved(3, 30, 0, 40), {"before", "after", "gains", "loses"}),
        (moved(20, 30, 0, 3), {"before", "after", "gains", "loses"}),
        (moved(nan, 30, 0, 40), set()),
    ],
)
def test_a_few_are_never_what_is_left(one, hidden):
    assert one.hidden == hidden
    for part in ("gains", "loses"):
        assert isnan(getattr(one.told, part)) or not 0.5 <= getattr(one.told, part) < 5


def test_a_band_that_is_hidden_has_no_ends():
    rough = moved(20, 30, 0, 3, gains_in=(25.0, 33.0))
    assert rough.told.gains_in is None
    known = moved(20, 30, 0, 40, gains_in=(3.0, 33.0))
    assert known.told.gains_in == (0.0, 33.0)


def test_nobody_is_changed_by_being_told():
    one = moved(20, 3, 0, 40)
    assert one.told.before == Reach(63.0, 20.0, 0.0)
    assert one.gains == 3
    assert np.isfinite(one.after.within)
