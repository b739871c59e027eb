"""
Towns drawn on the map, built through the real reader, with the right answer by hand.

An adult walks 78 m a minute, somebody in a wheelchair 36. (0, 0) is anywhere, x leads
east and y north, in metres.
"""

from math import hypot, inf, isinf

import pytest

from geo.model import Gait
from geo.paths.joining import JOIN_LIMIT_M
from geo.paths.mending import loose_ends
from geo.paths.walking import STAIRS
from tests.drawn import PEOPLE, at, built_town, house, minutes  # noqa: F401 - a fixture
from tests.towns import Drawing, box

LANE = {"highway": "residential", "surface": "asphalt"}
PATH = {"highway": "footway"}


@pytest.fixture
def town():
    return Drawing()


@pytest.mark.parametrize("fjord", [True, False])
def test_a_fjord(town, built, fjord):
    """The street on the other shore is 60 m off; the one on the own shore 145 m."""
    if fjord:  # land lies to the left of a coastline; the head of the fjord is in the east
        coast = [(-1900, 45), (1000, 45), (1000, 0), (-1900, 0)]
        town.way(coast, natural="coastline")
    town.way([(-900, -5), (1100, -5), (1100, 200), (-500, 200)], **LANE)
    town.node((300, -5), amenity="library")
    house(town, (300, 55))
    house(town, (-800, 55))  # 333 m from where the street of its shore ends
    here = built(town)
    round_the_head = 145 + 800 + 205 + 800
    assert round_the_head / 78 == 25
    straight_across = 60
    assert here.minutes((300, 55), "library") == minutes(25 if fjord else straight_across / 78)
    far = (60 + 1100) / 78  # to the street, and along it
    assert here.minutes((-800, 55), "library") == minutes(inf if fjord else far)
    assert here.ask("library").reach["everybody"].cut_off == pytest.approx(
        PEOPLE if fjord else 0, rel=0.01
    )


@pytest.mark.parametrize("fjord", [True, False])
def test_a_park_and_a_block_on_the_shore_turn_to_their_own_street(town, built, fjord):
    """Both lie 15 m from the street beyond the water, and 50 m from their own."""
    if fjord:
        town.way([(-1900, 10), (1900, 10)], natural="coastline")
    town.way([(-300, 0), (600, 0)], **LANE)
    town.way([(-300, 165), (600, 165)], **LANE)
    diamond = [(0, 15), (50, 65), (0, 115), (-50, 65)]
    town.area(diamond, leisure="park")
    town.area([(x + 178, y) for x, y in diamond], building="apartments")
    walk = built(town).ask("park").minutes.tolist()
    # From its corner straight to the street, 178 m along it, and to the corner of the park.
    assert walk == [minutes((50 + 178 + 50) / 78 if fjord else (15 + 178 + 15) / 78)]


@pytest.mark.parametrize("tags", [{}, {"highway": "service"}])
def test_a_ferry(town, built, tags):
    """Two quays, a crossing of 300 m between them, and the library on the far side."""
    town.way([(0, 0), (600, 0)], **LANE)
    town.way([(0, 300), (600, 300)], **LANE)
    town.way([(0, 0), (0, 300)], route="ferry", **tags)
    town.node((78, 300), amenity="library")
    house(town, (78, 10))
    house(town, (156, 310))
    here = built(town)
    assert here.minutes((78, 10), "library") == inf
    assert here.minutes((156, 310), "library") == minutes(88 / 78)
    assert here.ask("library").reach["everybody"].cut_off == pytest.approx(PEOPLE, rel=0.01)


@pytest.mark.parametrize("bridge", [True, False])
def test_an_island(town, built, bridge):
    """A lake with an island, a path of 90 m on it, and a street on the shore, 170 m off."""
    shore, island = town.area(box(0, 0, 400, 400)), town.area(box(150, 150, 250, 250))
    town.relation([(shore, "outer"), (island, "inner")], natural="water")
    town.way([(-300, -10), (200, -10), (700, -10)], **LANE)
    town.way([(200, 150), (200, 240)], **PATH)
    if bridge:
        town.way([(200, -10), (200, 150)], bridge="yes", **PATH)
    town.node((400, -10), amenity="library")
    house(town, (220, 180))
    house(town, (322, -10))
    here = built(town)
    over_the_bridge = 20 + 190 + 200  # from the door to the path, to the street, along it
    assert here.minutes((220, 180), "library") == minutes(
        over_the_bridge / 78 if bridge else inf
    )
    assert here.minutes((322, -10), "library") == minutes(1)
    found = here.ask("library", minutes=6).reach["everybody"]
    assert found.people == pytest.approx(2 * PEOPLE, rel=0.01)
    assert found.cut_off == pytest.approx(0 if bridge else PEOPLE, rel=0.01)
    assert found.share == pytest.approx(1 if bridge else 0.5, rel=0.01)


def test_a_bridge_over_a_motorway(town, built):
    """One bridge at x = 0; slip roads lead from both streets to the motorway at x = 300."""
    town.way([(-900, 0), (0, 0), (300, 0), (900, 0)], highway="motorway")
    town.way([(300, -150), (300, 0)], highway="motorway_link")
    town.way([(300, 0), (300, 150)], highway="motorway_link")
    town.way([(-500, -150), (0, -150), (300, -150), (500, -150)], **LANE)
    town.way([(-800, 150), (0, 150), (300, 150), (500, 150)], **LANE)
    town.way([(0, -150), (0, 150)], bridge="yes", **PATH)
    town.node((276, 140), amenity="library")
    house(town, (300, -100))
    house(town, (-700, -30))  # 180 m from the street beyond, 233 m from the end of its own
    here = built(town)
    by_the_bridge = 50 + 300 + 300 + 276 + 10
    assert by_the_bridge / 78 == 12
    assert here.minutes((300, -100), "library") == minutes(12)
    assert 180 < JOIN_LIMIT_M < hypot(200, 120)
    assert here.minutes((-700, -30), "library") == inf


def test_nobody_goes_down_from_a_bridge(town, built):
    """The bridge crosses a street at (0, 0), 78 m from the library; its end is 500 m off."""
    town.way([(-600, 0), (0, 0), (600, 0)], **LANE)
    town.way([(0.001, -500), (0.001, 500)], bridge="yes", **PATH)  # no node where they cross
    town.way([(0.001, 500), (600, 500), (600, 0)], **LANE)
    town.node((78, 0), amenity="library")
    house(town, (0.001, -78))
    down_and_back = 578 + 600 + 500 + 522
    assert built(town).minutes((0.001, -78), "library") == minutes(down_and_back / 78)


def park(town, *, gate):
    """Draw a fenced park between two streets, with its gate in the east."""
    corners = box(0, 0, 200, 100)
    edge = [*corners[:2], (200, 50), *corners[2:], corners[0]]
    town.way([(50, -20), (50, 20)], **PATH)  # over the fence: nobody has drawn a gate there
    town.way([(220, 50), (200, 50), (100, 50)], **PATH)
    town.way([(-400, -20), (50, -20), (220, -20), (220, 50), (220, 300)], **LANE)
    if gate:
        town.node((200, 50), barrier="gate")
    town.way(edge, barrier="fence")
    town.way(edge, leisure="park")
    house(town, (8, -30))
    return town


def test_a_park_with_one_gate(town, built):
    """Neither the fence opposite, nor the path that is drawn through it, is a way in."""
    to_the_gate = 10 + 212 + 70 + 20
    assert to_the_gate / 78 == 4
    here = built(park(town, gate=True))
    assert here.town.bundle.entrances.distance(at((200, 50))).tolist() == [
        pytest.approx(0, abs=0.1)
    ]
    assert here.minutes((8, -30), "park") == minutes(4)


def test_a_fence_without_any_gate_is_open_where_paths_lead_through(town, built):
    """Somebody drew the fence and nobody the gates: then both paths are ways in."""
    here = built(park(town, gate=False))
    assert len(here.town.bundle.entrances) == 2
    assert here.minutes((8, -30), "park") == minutes((10 + 42 + 20) / 78)


@pytest.mark.parametrize("own_way", [True, False], ids=["on its edge", "beside its edge"])
def test_a_fenced_school_yard(town, built, own_way):
    """The yard lies 8 m from the house, its gate on the far side, where the street is not."""
    yard = [(0, 0), (100, 0), (100, 50), (100, 100), (0, 100), (0, 0)]
    fence = [(1, 1), (99, 1), (99, 50), (99, 99), (1, 99), (1, 1)]
    town.node((100, 50) if own_way else (99, 50), barrier="gate")
    if own_way:
        town.way(yard, amenity="school", barrier="fence")
    else:
        town.way(yard, amenity="school")
        town.way(fence, barrier="fence")
    way_in = [(150, 50), (100, 50), (99, 50), (20, 50)]
    town.way(way_in, **PATH)
    town.way([(-100, 400), (-100, -300), (150, -300), (150, 50), (150, 400)], **LANE)
    house(town, (-8, 50))
    here = built(town)
    # By the street in the west, not by the path in the yard, 28 m behind the fence.
    round_to_the_gate = 92 + 350 + 250 + 350 + 50
    assert round_to_the_gate / 78 == 14
    assert here.minutes((-8, 50), "school") == minutes(14)
    assert len(here.town.bundle.entrances) == 1


def stairs_and_ramp(town, **ramp):
    """Draw two streets, 20 m of stairs between them at x = 0, and a ramp of 160 m."""
    town.way([(-600, 0), (0, 0)], **LANE)
    town.way([(-600, 20), (0, 20)], **LANE)
    town.way([(0, 0), (0, 20)], highway="steps")
    town.way([(0, 0), (70, 0), (70, 20), (0, 20)], **PATH, **ramp)
    town.node((-100, 20), amenity="library")
    house(town, (-100, 0))
    return town


@pytest.mark.parametrize(
    ("ramp", "known", "rolls"),
    [
        ({"surface": "asphalt"}, 10, 10),
        ({"wheelchair": "yes"}, 10, 10),
        ({}, inf, 10),  # nobody has said what it is made of
        ({"wheelchair": "limited"}, inf, 10),
        # Steeper than 1 : 15; there and back 8 % take 1.128 times as long (Tobler).
        ({"surface": "asphalt", "incline": "8%"}, inf, (100 + 160 * 1.1278 + 100) / 36),
        ({"surface": "asphalt", "incline": "12%"}, inf, inf),  # steeper than 1 : 10
        ({"wheelchair": "no"}, inf, inf),
    ],
)
def test_a_staircase_beside_a_ramp(town, built, ramp, known, rolls):
    here = built(stairs_and_ramp(town, **ramp))
    stairs = 100 + 20 * STAIRS + 100  # 240.9 m: each metre of stairs takes as long as 2.04
    assert pytest.approx(240.9, abs=0.05) == stairs
    assert here.minutes((-100, 0), "library") == minutes(stairs / 78)
    assert here.minutes((-100, 0), "library", certain=True) == minutes(stairs / 78)
    by_the_ramp = 100 + 160 + 100
    assert by_the_ramp / 36 == 10
    chair = {"walker": "wheelchair"}
    assert here.minutes((-100, 0), "library", **chair) == minutes(rolls)
    assert here.minutes((-100, 0), "library", certain=True, **chair) == minutes(known)
    found = here.ask("library", minutes=11, **chair)
    assert found.reach["everybody"].share == (0 if isinf(rolls) else 1)
    assert found.sure.share == (0 if isinf(known) else 1)


def test_a_long_ramp_makes_the_stairs_worth_while_and_a_short_one_does_not(town, built):
    """Stairs of 20 m take as long as 40.9 m on the level."""
    town.way([(-600, 0), (0, 0)], **LANE)
    town.way([(-600, 20), (0, 20)], **LANE)
    town.way([(0, 0), (0, 20)], highway="steps")
    town.way([(0, 0), (10, 0), (10, 20), (0, 20)], **PATH)  # 40 m
    town.node((-97, 20), amenity="library")
    house(town, (-97, 0))
    assert built(town).minutes((-97, 0), "library") == minutes(234 / 78)


def test_a_square(town, built):
    """60 by 80 m: straight across it is 100 m, along its edge 140 m."""
    town.area(box(0, 0, 60, 80), highway="pedestrian", area="yes")
    town.way([(-400, 0), (0, 0)], **PATH)
    town.way([(60, 80), (400, 80)], **PATH)
    town.node((72, 80), amenity="library")
    house(town, (-200, 0))
    across = 200 + hypot(60, 80) + 12
    assert across / 78 == 4
    assert built(town).minutes((-200, 0), "library") == minutes(4)


@pytest.mark.parametrize("mended", [True, False])
def test_a_dead_end_on_a_component_of_its_own(town, built, mended):
    """A lane of 260 m ends 3 m short of the street: whoever drew it missed the street."""
    town.way([(0, 0), (100, 0), (600, 0)], **LANE)
    lane = town.way([(100, 0 if mended else 3), (100, 263)], **LANE)
    town.node((198, 0), amenity="library")
    house(town, (110, 146))
    house(town, (110, 210))  # too far from the street
    here = built(town)
    network, bundle = here.town.network, here.town.bundle
    every = network.length_m > 0
    loose = loose_ends(network, every, bundle.paths, barriers=bundle.barriers.geometry)
    if mended:
        assert loose.empty
        assert here.minutes((110, 146), "library") == minutes((10 + 146 + 98) / 78)
        assert here.minutes((110, 210), "library") == minutes((10 + 210 + 98) / 78)
        return
    assert loose["ways"].tolist() == [lane[1:]]
    assert loose["length_m"].tolist() == [pytest.approx(260, abs=0.1)]
    assert loose["gap_m"].tolist() == [pytest.approx(3, abs=0.1)]
    assert loose.geometry[0].distance(at((100, 1.5))) < 0.1
    # Past the lane, straight to the street: 146 m, and 88 m along it.
    assert here.minutes((110, 146), "library") == minutes(3)
    assert here.minutes((110, 210), "library") == inf
    assert any("km of path" in note.text for note in bundle.area.warnings)
    assert (here.town.side(Gait()).homes.edge >= 0).sum() == 1
