"""
Drawn towns on a hill, in the dark, in snow and on a Saturday, with the right answer by hand.

An adult walks 78 m a minute, somebody in a wheelchair 36. All is asked on Friday the 20th
of November 2026, at noon.
"""

from math import exp, inf

import numpy as np
import pytest

from geo.paths.slopes import STEEPEST
from tests.drawn import built_town, house, minutes, raster_of_land  # noqa: F401 - fixtures
from tests.towns import Drawing

LANE = {"highway": "residential", "surface": "asphalt"}
PATH = {"highway": "footway"}
HOME = (0, 0)


@pytest.fixture
def town():
    return Drawing()


def street(town):
    """Draw a straight street with a library 780 m east of a home: ten minutes if level."""
    town.way([(-300, 0), (1000, 0)], **LANE)
    town.node((780, 0), amenity="library")
    house(town, HOME)
    return town


def tobler(slope):
    """Return the mean of there and back, against level ground."""
    there, back = exp(3.5 * abs(slope + 0.05)), exp(3.5 * abs(-slope + 0.05))
    return (there + back) / 2 / exp(3.5 * 0.05)


@pytest.mark.parametrize(
    ("slope", "factor"),
    [
        (0.0, 1.0),
        (0.05, 1.015),  # up 1.191, down 0.839
        (0.10, 1.210),  # up 1.419, down 1
        (-0.10, 1.210),  # the other way round it is the same: nobody lives in one direction
        (STEEPEST, 4.117),
        (2 * STEEPEST, 4.117),  # a cliff counts as the steepest that was measured
    ],
)
def test_a_hill(town, built, land, slope, factor):
    assert tobler(max(-STEEPEST, min(slope, STEEPEST))) == pytest.approx(factor, abs=0.001)
    here = built(street(town), terrain=land(lambda x, y: slope * x))
    assert here.minutes(HOME, "library") == pytest.approx(10 * factor, rel=0.001)


def test_over_the_top_and_down_again_is_as_steep_as_up(town, built, land):
    """A ridge halfway, 39 m high: the ends lie level, and the way between does not."""
    here = built(street(town), terrain=land(lambda x, y: 0.1 * (400 - abs(x - 390))))
    assert here.minutes(HOME, "library") == pytest.approx(12.10, abs=0.03)


def test_a_hill_to_the_side_of_a_level_street_costs_nothing(town, built, land):
    here = built(street(town), terrain=land(lambda x, y: 0.2 * y))
    assert here.minutes(HOME, "library") == minutes(10)


@pytest.mark.parametrize(
    ("slope", "known"), [(0.05, True), (0.08, False), (0.12, False), (0.3, False)]
)
def test_a_wheelchair_on_a_hill(town, built, land, slope, known):
    """A raster may lie in a hillside: beyond 1 : 15 it takes away certainty, and no more."""
    here = built(street(town), terrain=land(lambda x, y: slope * x))
    up_and_down = 780 / 36 * tobler(slope)
    chair = {"walker": "wheelchair"}
    assert here.minutes(HOME, "library", **chair) == pytest.approx(up_and_down, rel=0.001)
    assert here.minutes(HOME, "library", certain=True, **chair) == pytest.approx(
        up_and_down if known else inf, rel=0.001
    )


@pytest.mark.parametrize("bridge", [True, False])
def test_a_bridge_over_a_valley(town, built, land, bridge):
    """From 200 to 580 m the way is a bridge, or goes down into a valley 45 m deep and up."""
    town.way([(-300, 0), (200, 0)], **LANE)
    town.way([(200, 0), (580, 0)], **LANE, **({"bridge": "yes"} if bridge else {}))
    town.way([(580, 0), (1000, 0)], **LANE)
    town.node((780, 0), amenity="library")
    house(town, HOME)
    # Its sides begin 40 m from the ends of the bridge, and fall 0.3 m a metre.
    here = built(town, terrain=land(lambda x, y: np.minimum(0, 0.3 * (abs(x - 390) - 150))))
    through_the_valley = (480 + 300 * tobler(0.3)) / 78
    assert through_the_valley == pytest.approx(15.5, abs=0.05)
    walk = here.minutes(HOME, "library")
    # A raster of 10 m rounds off the bottom and the edges of the valley.
    assert walk == (minutes(10) if bridge else pytest.approx(15.2, abs=0.3))


HERE = (-78, 0)


def two_ways(town, **short):
    """Draw a lit street with a way round of 390 m, and 136 m of a short way beside it."""
    town.way([(-300, 0), (0, 0), (0, 117), (136, 117), (136, 0), (600, 0)], lit="yes", **LANE)
    town.way([(0, 0), (136, 0)], **PATH, **short)
    town.node((156, 0), amenity="library")
    house(town, HERE)
    return town


SHORT, ROUND = 78 + 136 + 20, 78 + 117 + 136 + 117 + 20

SNOW = 1.0786
"""A kilometre takes a minute more on snow: 60 s at 1.31 m/s are 78.6 m."""


@pytest.mark.parametrize(
    ("tags", "by_day", "in_the_dark", "surely_lit"),
    [
        ({"lit": "no"}, 3, 6, 6),
        ({"lit": "yes"}, 3, 3, 3),
        ({}, 3, 3, 6),  # nobody knows
    ],
)
def test_in_the_dark(town, built, tags, by_day, in_the_dark, surely_lit):
    assert (SHORT / 78, ROUND / 78) == (3, 6)
    here = built(two_ways(town, **tags))
    assert here.minutes(HERE, "library") == minutes(by_day)
    assert here.minutes(HERE, "library", dark=True) == minutes(in_the_dark)
    assert here.minutes(HERE, "library", dark=True, certain=True) == minutes(surely_lit)
    assert here.minutes(HERE, "library", certain=True) == minutes(by_day)
    found = here.ask("library", dark=True, minutes=4)
    assert found.reach["everybody"].share == (in_the_dark <= 4)
    assert found.sure.share == (surely_lit <= 4)


@pytest.mark.parametrize(
    ("tags", "in_snow"),
    [
        ({}, 3 * SNOW),  # what is cleared is hardly ever mapped
        ({"winter_service": "yes"}, 3 * SNOW),
        ({"winter_service": "no"}, 6 * SNOW),
        ({"piste:type": "nordic"}, 6 * SNOW),  # ski tracks are for skis
        ({"seasonal": "summer"}, 6 * SNOW),
    ],
)
def test_in_winter(town, built, tags, in_snow):
    here = built(two_ways(town, **tags))
    assert here.minutes(HERE, "library") == minutes(3)
    assert here.minutes(HERE, "library", winter=True) == minutes(in_snow)
    assert here.minutes(HERE, "library", winter=True, certain=True) == minutes(in_snow)


def test_a_home_on_a_way_that_is_closed_joins_the_next_one(town, built):
    """The house lies on the ski track; in winter it is 40 m to the street instead."""
    town.way([(0, 0), (600, 0)], **{"highway": "path", "piste:type": "nordic"})
    town.way([(0, 0), (0, -40), (600, -40), (600, 0)], **LANE)
    town.node((178, -40), amenity="library")
    house(town, (100, 0))
    here = built(town)
    by_the_track = 100 + 40 + 178
    assert here.minutes((100, 0), "library") == minutes(by_the_track / 78)
    over_the_snow = 40 + 78 * SNOW  # the bit to the street is no way, and has no snow
    assert here.minutes((100, 0), "library", winter=True) == minutes(over_the_snow / 78)


@pytest.mark.parametrize(
    ("asked", "walk", "state"),
    [
        ({}, 1, ["open", "open", "open"]),  # whenever it may be
        ({"when": "now"}, 1, ["open", "open", "unknown"]),  # Friday at noon
        ({"when": "weekday_evening"}, 3, ["open", "unknown"]),  # the near one closes at 16
        ({"when": "saturday"}, 4, ["unknown"]),  # only the one that does not tell is left
        ({"when": "saturday", "certain": True}, inf, []),
        ({"when": "weekday_evening", "certain": True}, 3, ["open"]),
    ],
)
def test_opening_hours(town, built, asked, walk, state):
    """Three libraries at 1, 3 and 4 minutes."""
    town.way([(-300, 0), (600, 0)], **LANE)
    town.node((78, 0), amenity="library", opening_hours="Mo-Fr 08:00-16:00")
    town.node((234, 0), amenity="library", opening_hours="Mo-Fr 10:00-20:00")
    town.node((312, 0), amenity="library")
    house(town, HOME)
    here = built(town)
    assert here.minutes(HOME, "library", **asked) == minutes(walk)
    found = here.ask("library", **asked)
    assert found.places["state"].tolist() == state
    assert found.count == {"library": len(state)}


def test_what_is_sure_on_a_saturday(town, built):
    """The café 1 minute away does not tell its hours; the park 6 minutes away is a park."""
    town.way([(-300, 0), (600, 0)], **LANE)
    town.node((78, 0), amenity="cafe")
    town.node((467, 0), leisure="park")
    house(town, HOME)
    here = built(town)
    five = here.ask("cafe", "park", when="saturday", minutes=5)
    assert (five.reach["everybody"].share, five.sure.share) == (1, 0)
    six = here.ask("cafe", "park", when="saturday", minutes=6)
    assert (six.reach["everybody"].share, six.sure.share) == (1, 1)
    assert six.places[["kind", "state"]].to_numpy().tolist() == [
        ["cafe", "unknown"],
        ["park", "open"],
    ]


@pytest.mark.parametrize(
    ("asked", "walk"),
    [
        ({}, 2),  # whenever it may be
        ({"when": "now"}, 2),  # at noon on a Friday its pupils meet there
        ({"when": "weekday_evening"}, 6),
        ({"when": "weekday_evening", "schools": True}, 2),
        ({"when": "saturday", "schools": True, "certain": True}, 2),
        ({"when": "school_holiday"}, 6),
        ({"when": "school_holiday", "schools": True}, 2),
    ],
)
def test_if_schools_were_open(town, built, asked, walk):
    """A school 2 minutes away, a park 6 minutes away."""
    town.way([(-300, 0), (600, 0)], **LANE)
    town.node((156, 0), amenity="school")
    town.node((468, 0), leisure="park")
    house(town, HOME)
    assert built(town).minutes(HOME, "school", "park", **asked) == minutes(walk)


@pytest.mark.parametrize(
    ("group", "metres_a_minute"),
    [
        ("everybody", 78),
        ("young_children", 54),
        ("school_children", 72),
        ("youth", 78),
        ("adults", 78),
        ("older_67_79", 66),
        ("older_80", 54),
    ],
)
def test_each_group_walks_at_its_own_pace(town, built, group, metres_a_minute):
    here = built(street(town), municipality="1804")
    assert here.minutes(HOME, "library", group=group) == minutes(780 / metres_a_minute)
