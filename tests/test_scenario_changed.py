"""Any sequence of edits, made one by one, equals the area that they make, prepared anew."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import datetime

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.answer import answer
from geo.bundle import CONTRACTS
from geo.errors import ScenarioError
from geo.model import Gait
from geo.paths.joining import JOIN_LIMIT_M, Joined
from geo.question import Question, Terms
from geo.scenario.applying import applied, edited
from geo.scenario.changed import changed, side_again
from geo.scenario.edits import Add, Close, House, Mend, Move, Path
from geo.scenario.placing import new_id
from geo.scenario.scenario import Scenario
from geo.search.hierarchy import hierarchy, weigh
from geo.search.tied import tie
from geo.town import prepare
from tests.edits import bundles, edits_of, put_places
from tests.towns import box, bundle, catalogue, streets

NOW = datetime(2026, 11, 20, 12)
KNOWN = catalogue()
KINDS = KNOWN.kinds
GAITS = {
    "on foot": Gait(),
    "wheelchair": Gait(wheels="wheelchair"),
    "certain in the dark": Gait(wheels="pram", dark=True, certain=True),
    "winter": Gait(winter=True),
}
ASKED = (
    Question("toytown", ("library", "park"), minutes=4, dark=True),
    Question("toytown", ("school", "library"), when="weekday_evening", certain=True),
    Question("toytown", ("community_centre", "park"), walker="wheelchair", group="youth"),
)
SAME = ("homes", "entrances", "network", "along", "place_of", "kinds", "bands", "streets")
"""All of a town but its bundle, and the order of its junctions, which is for speed alone."""


def told(value):
    """Return all of a value in words, to the last digit; `nan` is `nan`."""
    value = parts(value)
    if isinstance(value, Mapping):
        return {key: told(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return list(map(told, value))
    if isinstance(value, np.ndarray):
        cells = [repr(getattr(one, "wkb", one)) for one in value.ravel().tolist()]
        return str(value.dtype), value.shape, cells
    return repr(value)


def parts(value):
    """Return what a value is made of, if it is a table or of a class of ours."""
    if is_dataclass(value):
        return {one.name: getattr(value, one.name) for one in fields(value)}
    if isinstance(value, pd.DataFrame):
        return [value.index.to_numpy(), {name: value[name] for name in value}]
    if isinstance(value, pd.Series):
        return [value.index.to_numpy(), value.to_numpy()]
    return value


def told_of_town(town):
    return {name: told(getattr(town, name)) for name in SAME}


def told_of_walks(town):
    walks = {
        name: (
            town.walk(Terms(gait), KINDS, NOW),
            town.side(gait).homes,
            town.side(gait).entrances,
        )
        for name, gait in GAITS.items()
    }
    return told(walks)


def told_of_answers(town):
    found = [answer(town, asked, KNOWN, now=NOW) for asked in ASKED]
    names = ("minutes", "place", "reach", "sure", "by_kind", "count", "places")
    return told([[getattr(one, name) for name in names] for one in found])


def keeps_its_contracts(area, before):
    """Check the tables that were changed: contract, types, labels."""
    for name, contract in CONTRACTS.items():
        table, was = getattr(area, name), getattr(before, name)
        if table is not was:
            assert contract.check(table).dtypes.equals(was.dtypes)
            assert was.empty or table.index.dtype == was.index.dtype


def attempt(make, *of):
    """Return what comes of it, and why nothing did."""
    try:
        return make(*of), ""
    except ScenarioError as error:
        return None, str(error)


def all_of(area, *edits):
    """Make some edits in either way, and compare; return the town."""
    town = prepare(area)
    for edit in edits:
        town = changed(town, edit, KINDS)
    anew = prepare(applied(area, Scenario(edits), KINDS))
    assert told_of_town(town) == told_of_town(anew)
    assert told_of_walks(town) == told_of_walks(anew)
    return town


@settings(max_examples=25)
@given(st.data())
def test_any_edits_one_by_one_are_the_area_prepared_anew(data):
    area = data.draw(bundles())
    town, made = prepare(area), []
    for edit in data.draw(edits_of(area)):
        after, why = attempt(edited, town.bundle, edit, KINDS)
        grown, refused = attempt(changed, town, edit, KINDS)
        assert why == refused
        if after is not None:
            assert told_of_town(grown) == told_of_town(prepare(after))
            town, made = grown, [*made, edit]
    keeps_its_contracts(town.bundle, area)
    anew = prepare(applied(area, Scenario(tuple(made)), KINDS))
    assert told_of_town(town) == told_of_town(anew)
    assert told_of_walks(town) == told_of_walks(anew)
    assert told_of_answers(town) == told_of_answers(anew)


@settings(max_examples=15)
@given(st.data(), st.sampled_from(sorted(GAITS)))
def test_only_those_who_are_new_are_joined_again(data, who):
    gait = GAITS[who]
    town = prepare(data.draw(bundles()))
    side = town.side(gait)
    for edit in data.draw(edits_of(town.bundle)):
        after, _ = attempt(changed, town, edit, KINDS)
        if after is not None:
            side, town = side_again(after, town, side, gait), after
    anew = town.side(gait)
    assert told([side.homes, side.entrances]) == told([anew.homes, anew.entrances])
    assert told(side.weighed.edge) == told(anew.weighed.edge)
    terms = Terms(gait)
    assert told(town.walk(terms, KINDS, NOW, side)) == told(town.walk(terms, KINDS, NOW))


STREETS = streets([(0, 0), (600, 0)], [(0, 500), (600, 500)])
HOMES = {(100, 10): {"everybody": 10}, (400, 490): {"everybody": 10}}


def test_the_first_home_and_the_first_place_of_a_town():
    town = all_of(
        bundle(STREETS, {}, {}),
        Add("library", (100, 20)),
        House(tuple(box(300, 0, 320, 20)), (("everybody", 10),)),
    )
    walk = town.walk(Terms(Gait(slope="none")), KINDS, NOW)["library"]
    assert walk.distance_m.tolist() == [10 + 210 + 20]


def test_the_last_home_of_a_street_is_as_far_as_one_can_be():
    """It is joined at 200 m; then the street is cut right before it, and is as near."""
    homes = {(300, JOIN_LIMIT_M): {"everybody": 10}, (300, -JOIN_LIMIT_M): {"everybody": 10}}
    area = bundle(STREETS, homes, {"lib": ("library", (0, 0))})
    town = all_of(area, Path(((300, 0), (270, -100), (300, -199.9))))
    assert town.homes.gap_m.round(1).tolist() == [200, 0.1]


def test_an_island_that_is_bridged_can_be_joined():
    """A path of 100 m leads nowhere: its neighbour goes past it, 150 m, until it is tied."""
    lane = streets([(0, 0), (600, 0)], [(300, 50), (300, 150)])
    area = bundle(lane, {(310, 150): {"everybody": 10}}, {"lib": ("library", (300, 0))})
    assert prepare(area).homes.gap_m.tolist() == [150]
    town = all_of(area, Path(((300, 0), (300, 50))))
    assert town.homes.gap_m.tolist() == [10]


def test_a_dead_end_of_its_own_makes_an_island_of_none():
    """Of two lanes apart the longer is the town; then the other is made longer than that."""
    lanes = streets([(0, 0), (300, 0)], [(0, 60), (200, 60)])
    area = bundle(lanes, {(100, 50): {"everybody": 10}}, {"lib": ("library", (0, 0))})
    assert prepare(area).homes.gap_m.tolist() == [50]
    town = all_of(area, Path(((200, 60), (350, 60))))
    assert town.homes.gap_m.tolist() == [10]


def test_labels_that_were_given_up_and_given_again():
    """An added place has the doors that one before it had: they are not the same."""
    area = bundle(STREETS, HOMES, {"lib": ("library", (500, 0))})
    new, other = Add("library", (100, 0)), Add("park", (400, 500))
    town = all_of(area, new, Close(new_id(new)), other, Move("lib", (400, 500)), new)
    assert town.bundle.entrances.index.is_unique
    assert len(town.bundle.entrances) == 3
    gait = GAITS["wheelchair"]
    was = prepare(area)
    side = was.side(gait)
    for edit in (new, Close(new_id(new)), other):
        now = changed(was, edit, KINDS)
        side, was = side_again(now, was, side, gait), now
    assert told(side.entrances) == told(was.side(gait).entrances)


def test_streets_that_were_cut_are_cut_again():
    area = put_places(bundle(STREETS, HOMES, {}), "park", [shapely.box(250, 200, 350, 300)])
    paths = [Path(((x, 0.0), (x, 500.0))) for x in (300.0, 200.0, 250.0)]
    town = all_of(area, *paths, Mend((275, 0), "light"), Path(((275, 5), (275, 495))))
    cuts = town.bundle.paths.groupby("way").size().to_dict()
    assert cuts == {-4: 1, -3: 1, -2: 1, -1: 1, 0: 5, 1: 5}
    assert town.bundle.paths.index.is_unique
    assert town.streets["lit"].tolist().count("yes") == 5


def test_the_town_before_is_unharmed():
    area = bundle(STREETS, HOMES, {"lib": ("library", (500, 0))})
    town = prepare(area)
    before = told_of_town(town), told_of_walks(town)
    for edit in (Path(((300, 0), (300, 500))), Move("lib", (0, 0)), Mend((0, 0), "ramp")):
        changed(town, edit, KINDS)
    assert (told_of_town(town), told_of_walks(town)) == before
    assert town.bundle is area


@pytest.mark.parametrize("share", [0.5, 0.1, 1 / 3])
def test_where_one_stands_on_an_edge_does_not_depend_on_the_order_of_junctions(share):
    """Half of an odd number of grains is one more on one side: the same, whoever is higher."""
    xy, point = (
        np.array([[0.0, 0.0], [1.0, 0.0]]),
        Joined(*map(np.array, ([0], [share], [0.0]))),
    )
    street = hierarchy(np.array([0]), np.array([1]), xy)
    ends = {"low": street.high, "high": street.low, "turned": ~street.turned}
    length_m = np.array([7 / 64_000])
    one, other = (tie(weigh(of, length_m), point) for of in (street, replace(street, **ends)))
    assert one.to_low + one.to_high == other.to_low + other.to_high == 7
    assert one.to_low == other.to_high
