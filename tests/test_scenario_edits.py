"""
Every edit, on a town drawn in metres where the answer is mental arithmetic.

Two streets of 600 m lead east, 300 m apart, and one in the west joins them. One home lies
10 m north of each street, 500 m from the west; the library 100 m from it, on the southern one.
"""

from dataclasses import replace
from datetime import datetime
from math import inf, nan

import numpy as np
import pytest
import shapely

from geo.answer import answer
from geo.model import Gait
from geo.question import Question, Terms
from geo.scenario.applying import applied
from geo.scenario.edits import Add, Close, House, Mend, Move, Open, Path
from geo.scenario.placing import new_id
from geo.scenario.scenario import Scenario
from geo.tables import AGES, LOW_INCOME, LOW_INCOME_AREAS
from geo.town import prepare
from tests.edits import put, put_places
from tests.towns import LEVEL, WHEELS, box, bundle, catalogue, streets

NOW = datetime(2026, 11, 20, 12)
KNOWN = catalogue()
EVENING, SATURDAY = "weekday_evening", "saturday"
SOUTH, NORTH, WEST = [(0, 0), (600, 0)], [(0, 300), (600, 300)], [(0, 0), (0, 300)]
HOMES = {(500, 10): {"everybody": 40}, (500, 310): {"everybody": 60}}
LIBRARY = {"lib": ("library", (100, 0))}
SURE_IN_THE_DARK = Gait(slope="none", dark=True, certain=True)
IN_WINTER = Gait(slope="none", winter=True)
FROM_SOUTH, FROM_NORTH = 10 + 400, 10 + 500 + 300 + 100
DIAMOND = [(300, 10), (320, 30), (300, 50), (280, 30)]
"""A building whose southern corner is 10 m from the southern street, and 200 m from a home."""


def town(*more, places=LIBRARY, homes=HOMES, **told):
    """Draw the town, with more streets."""
    return bundle(streets(SOUTH, NORTH, WEST, *more, **told), homes, places)


def after(area, *edits):
    return applied(area, Scenario(edits), KNOWN.kinds)


def metres(area, kind="library", gait=LEVEL):
    """Return how far it is from every home to the nearest place of a kind."""
    found = prepare(area).walk(Terms(gait), KNOWN.kinds, NOW)[kind].distance_m
    return found.round(3).tolist()


def count(area, kind, **how):
    """Return how many places of a kind there are at the moment asked about."""
    asked = Question("toytown", (kind,), **how)
    return answer(prepare(area), asked, KNOWN, now=NOW).count[kind]


def lines(area):
    """Return the length of every path, and its number of the way it is mapped as."""
    return sorted(zip(area.paths["way"], area.paths["length_m"].round(3), strict=True))


def test_the_town_as_it_is():
    assert metres(town()) == [FROM_SOUTH, FROM_NORTH] == [410, 910]


# --- Add -------------------------------------------------------------------------------


def test_a_new_place_is_a_door_of_its_own():
    area = after(town(), Add("park", (300, 20), name="Hagen"))
    assert metres(area, "park") == [10 + 200 + 20, 10 + 500 + 300 + 300 + 20]
    new = area.places.loc["new-park-300.0-20.0"]
    assert (new["name"], new["kinds"], new["family"], new["sources"]) == (
        *("Hagen", "park", "park", "scenario"),
    )
    assert np.isnan(new["area_m2"])
    assert area.entrances["how"].tolist() == ["point", "point"]
    assert metres(area) == metres(town())


def test_a_new_place_in_a_building_has_its_door_where_the_street_is():
    area = put(town(), "backdrop", [shapely.Polygon(DIAMOND)], what="building")
    area = after(area, Add("library", (305, 35)))
    assert metres(area) == [10 + 200 + 10, FROM_NORTH]
    assert area.places.iloc[-1].geometry.equals(shapely.Polygon(DIAMOND))
    assert area.places["area_m2"].iloc[-1] == 40 * 40 / 2
    assert area.entrances["how"].tolist() == ["point", "facade"]
    assert area.entrances.geometry.iloc[-1].equals(shapely.Point(300, 10))


def test_its_door_turns_away_from_a_railway():
    """The street behind the railway is 15 m off, that before it 50 m."""
    area = put(
        town(),
        "backdrop",
        [shapely.Polygon([(300, 50), (340, 130), (300, 285)])],
        what="building",
    )
    area = put(area, "barriers", [shapely.LineString([(-50, 290), (650, 290)])], what="railway")
    area = after(area, Add("library", (310, 100)))
    assert area.entrances.geometry.iloc[-1].equals(shapely.Point(300, 50))
    assert metres(area)[0] == 10 + 200 + 50


def test_a_new_place_is_open_when_it_says():
    hours = "Mo-Fr 10:00-20:00"
    at = (300, 20)
    told, untold = (
        after(town(), Add("library", at, hours=h), Close("lib")) for h in (hours, "")
    )
    assert [count(told, "library", when=when) for when in ("", EVENING, SATURDAY)] == [1, 1, 0]
    assert count(untold, "library", when=EVENING) == 1
    sure = {"when": EVENING, "certain": True}
    assert (count(told, "library", **sure), count(untold, "library", **sure)) == (1, 0)


def test_two_places_of_different_kinds_share_a_spot():
    area = after(town(), Add("library", (300, 0)), Add("park", (300, 0)))
    assert metres(area) == [10 + 200, 10 + 500 + 300 + 100]
    assert metres(area, "park") == [10 + 200, 10 + 500 + 300 + 300]


# --- Move, Close -----------------------------------------------------------------------


def test_a_moved_place_is_as_far_as_its_new_spot_and_keeps_what_is_known_of_it():
    area = town()
    named = area.places.assign(name="Biblioteket", opening_hours="Sa 10:00-16:00")
    area = after(replace(area, places=named), Move("lib", (550, -20)))
    assert metres(area) == [10 + 50 + 20, 10 + 500 + 300 + 550 + 20]
    kept = ["name", "kinds", "opening_hours", "sources"]
    assert area.places[kept].equals(named[kept])
    assert len(area.entrances) == 1


def test_a_place_that_moves_into_a_building_is_that_building():
    area = put(town(), "backdrop", [shapely.Polygon(DIAMOND)], what="building")
    area = after(area, Move("lib", (300, 30)))
    assert metres(area) == [10 + 200 + 10, 10 + 500 + 300 + 300 + 10]
    assert area.places["area_m2"].tolist() == [800]


def test_a_park_that_moves_is_a_spot():
    area = put_places(town(), "park", [shapely.box(200, -10, 300, 90)])
    assert set(area.entrances["how"].iloc[1:]) == {"crossing"}
    area = after(area, Move("n1", (400, 30)))
    assert area.places.geometry.iloc[-1].equals(shapely.Point(400, 30))
    assert area.entrances["how"].tolist() == ["point", "point"]
    assert metres(area, "park")[0] == 10 + 100 + 30


def test_a_closed_place_leads_nobody_anywhere():
    area = after(town(places=LIBRARY | {"far": ("library", (0, 300))}), Close("lib"))
    assert metres(area) == [10 + 500 + 300, 10 + 500]
    area = after(area, Close("far"))
    assert metres(area) == [inf, inf]
    assert (len(area.places), len(area.entrances)) == (0, 0)


def test_an_added_place_moves_and_closes_like_any_other():
    new = Add("library", (500, 0))
    assert metres(after(town(), new))[0] == 10
    assert metres(after(town(), new, Move(new_id(new), (400, 0))))[0] == 10 + 100
    assert metres(after(town(), new, Close(new_id(new)))) == metres(town())
    assert metres(after(town(), new, Close(new_id(new)), new)) == metres(after(town(), new))


def test_where_a_place_was_there_is_room_for_another():
    area = after(town(), Move("lib", (500, 0)), Add("library", (100, 0)))
    assert metres(area) == [10, FROM_NORTH]
    assert metres(after(town(), Close("lib"), Add("library", (100, 0)))) == metres(town())
    assert metres(after(town(), Move("lib", (100, 0)))) == metres(town())


# --- Open ------------------------------------------------------------------------------


SCHOOL = {"s": ("school", (100, 0))}


def test_a_school_that_opens_in_the_evening():
    today = town(places=SCHOOL)
    opened = after(today, Open("s", "Mo-Fr 17:00-21:00"))
    moments = ("", EVENING, SATURDAY)
    assert [count(today, "school", when=when) for when in moments] == [1, 0, 0]
    assert [count(opened, "school", when=when) for when in moments] == [1, 1, 0]
    assert count(opened, "school", when=EVENING, certain=True) == 1


def test_a_school_that_is_a_community_centre_in_the_evening():
    area = after(town(places=SCHOOL), Open("s", "Mo-Fr 17:00-21:00", "community_centre"))
    assert metres(area, "community_centre") == metres(area, "school") == [410, 910]
    assert count(area, "community_centre", when=EVENING) == 1
    assert count(area, "community_centre", when=SATURDAY) == 0
    asked = Question("toytown", ("community_centre",), when=EVENING, minutes=6)
    found = answer(prepare(area), asked, KNOWN, now=NOW)
    assert found.minutes.round(2).tolist() == [round(410 / 78, 2), round(910 / 78, 2)]
    assert found.place.tolist() == ["s", "s"]
    assert (found.reach["everybody"].within, found.reach["everybody"].people) == (40, 100)


def test_a_place_that_is_opened_twice_is_as_it_was_opened_last():
    first = Open("s", "Mo-Fr 17:00-21:00", "community_centre")
    area = after(town(places=SCHOOL), first, Open("s", "Sa 10:00-16:00", "library"), first)
    assert area.places["kinds"].tolist() == ["school;community_centre;library"]
    assert area.places["kind"].tolist() == ["school"]
    assert area.places["opening_hours"].tolist() == ["Mo-Fr 17:00-21:00"]
    again = after(area, Open("s", "Sa 10:00-16:00", "school"))
    assert again.places["kinds"].tolist() == area.places["kinds"].tolist()


def test_an_opened_place_moves_with_its_hours():
    area = after(
        town(places=SCHOOL), Open("s", "Tu 19:00-20:00", "library"), Move("s", (300, 0))
    )
    assert metres(area)[0] == 10 + 200
    assert count(area, "library", when=EVENING, certain=True) == 1


# --- Path ------------------------------------------------------------------------------


ACROSS = Path(((500, 10), (500, 295)))
"""Both its ends lie beside a street, not on it."""


def test_a_path_is_led_on_to_the_streets_and_parts_them():
    area = after(town(), ACROSS)
    assert metres(area) == [410, 10 + 300 + 400]
    assert lines(area) == [(-1, 300), (0, 100), (0, 500), (1, 100), (1, 500), (2, 300)]
    assert area.paths["length_m"].equals(area.paths.length)
    new = area.paths.iloc[-1]
    assert new.geometry.equals(shapely.LineString([(500, 0), (500, 300)]))
    assert (new["surface"], new["lit"], new["wheelchair"], new["winter"], new["steps"]) == (
        *("firm", "yes", "yes", "open", False),
    )


def test_what_is_known_of_a_street_holds_for_both_parts_of_it():
    area = after(town(lit={0: "yes"}, surface={0: "rough"}), ACROSS)
    south = area.paths[area.paths["way"] == 0]
    assert len(south) == 2
    assert set(south["lit"]) == {"yes"}
    assert set(south["surface"]) == {"rough"}
    assert set(south["name"]) == {"Street 0"}
    assert metres(area, gait=SURE_IN_THE_DARK) == [410, 10 + 300 + 400]
    assert metres(town(lit={0: "yes"}), gait=SURE_IN_THE_DARK) == [410, inf]


def test_a_street_that_is_drawn_too_short_is_shared_out_by_its_shape():
    """The southern street is said to be 1,200 m long: winding, on a small map."""
    area = town()
    area = replace(area, paths=area.paths.assign(length_m=[1200.0, 600.0, 300.0]))
    assert metres(area)[0] == 10 + 800
    area = after(area, ACROSS)
    assert lines(area)[1:3] == [(0, 200), (0, 1000)]
    assert metres(area) == [10 + 800, 10 + 500 + 300 + 200]


def test_a_path_between_ends_of_streets_parts_nothing():
    area = after(town(), Path(((600, 0), (600, 300))))
    assert lines(area) == [(-1, 300), (0, 600), (1, 600), (2, 300)]
    assert metres(area) == [410, 10 + 100 + 300 + 500]


@pytest.mark.parametrize("off", [0.0, 0.3])
def test_what_meets_a_street_at_its_end_or_nearly_meets_its_junction(off):
    area = after(town(), Path(((600 - off, 0), (600 - off, 300))))
    assert len(area.paths) == 4
    assert metres(area)[1] == 10 + 100 + 300 + 500


def test_a_path_is_met_wherever_it_crosses_another():
    """A third street lies 100 m north of the southern one, joined to nothing until now."""
    homes = HOMES | {(450, 100): {"everybody": 5}}
    third = [(-300, 100), (600, 100)]
    today = town(third, homes=homes)
    assert metres(today) == [410, 910, inf]
    area = after(today, ACROSS)
    assert metres(area) == [410, 710, 50 + 100 + 400]
    assert [round(m) for way, m in lines(area) if way == -1] == [100, 200]
    assert [round(m) for way, m in lines(area) if way == 3] == [100, 800]


@pytest.mark.parametrize("structure", ["bridge", "tunnel"])
def test_a_path_on_the_ground_meets_no_bridge_and_no_tunnel(structure):
    third = [(-300, 100), (600, 100)]
    homes = HOMES | {(450, 100): {"everybody": 5}}
    today = town(third, homes=homes, structure={3: structure})
    assert metres(after(today, ACROSS)) == [410, 710, inf]
    below = Path(((500, 10), (500, 110)))  # it ends 10 m past the bridge, high above it
    assert metres(after(today, below))[2] == inf
    over = replace(below, bridge=True)
    assert metres(after(today, over))[2] == 50 + 100 + 400


def test_a_path_into_the_open_ends_there():
    homes = HOMES | {(310, 190): {"everybody": 5}}
    assert metres(town(homes=homes))[2] == 110 + 310 + 300 + 100
    area = after(town(homes=homes), Path(((300, 0), (300, 200))))
    assert metres(area)[2] == 10 + 190 + 200
    assert lines(area)[0] == (-1, 200)


def test_a_path_may_run_along_a_street():
    """From the west end it follows the southern street for 300 m, and leaves it."""
    area = after(town(), Path(((0, 0), (300, 0), (300, 300))))
    assert metres(area) == [410, 10 + 200 + 300 + 200]
    assert [m for way, m in lines(area) if way == -1] == [300, 300]
    assert metres(area, gait=SURE_IN_THE_DARK) == [inf, inf]  # the library is on the dark part


def test_a_path_through_a_crossing_meets_all_its_streets():
    star = [[(300, 150), (300 + x, 150 + y)] for x, y in ((-90, 0), (90, 0), (0, 90))]
    area = after(town(*star), Path(((300, 0), (300, 150), (400, 290))))
    middle = area.paths.loc[area.paths["way"] == 3, "u"].item()
    new = area.paths[area.paths["way"] == -1]
    assert (new[["u", "v"]] == middle).sum().sum() == 2
    assert len(new) == 2
    assert lines(area)[-3:] == [(3, 90), (4, 90), (5, 90)]


def test_two_streets_that_only_touch_in_one_spot_are_tied_there():
    """They cross without a junction: whoever drew them missed it, and the new path knows."""
    one, other = [(200, 150), (400, 150)], [(300, 50), (300, 250)]
    homes = {(300, 60): {"everybody": 5}}
    area = after(town(one, other, homes=homes), Path(((400, 10), (400, 80), (300, 150))))
    assert metres(area) == [90 + round(np.hypot(100, 70), 3) + 80 + 300]
    assert area.paths.is_valid.all() or area.paths.length.min() == 0


@pytest.mark.parametrize("bridge", [True, False])
def test_a_line_that_goes_a_little_past_the_street_ends_at_it(bridge):
    area = after(town(), Path(((500, -12), (500, 310)), bridge))
    assert [m for way, m in lines(area) if way == -1] == [300]
    assert metres(area)[1] == 10 + 300 + 400


def test_a_short_stub_ends_where_it_was_drawn():
    """20 m from the street it came from, it is not led back to it."""
    area = after(town(homes={(330, 20): {"everybody": 5}}), Path(((300, 0), (300, 20))))
    assert lines(area)[0] == (-1, 20)
    assert metres(area) == [20 + 230]  # the street is as near, and is there first
    assert metres(after(area, Path(((300, 20), (330, 20)))))[0] == 30 + 20 + 200


@pytest.mark.parametrize("kind", ["park", "school"])
def test_a_path_into_grounds_is_a_new_way_in(kind):
    """Nobody has drawn a way into the yard: its door is in the north, 40 m from the street."""
    yard = shapely.Polygon([(200, 50), (300, 50), (300, 150), (250, 260), (200, 150)])
    today = put_places(town(), kind, [yard])
    assert metres(today, kind) == [10 + 500 + 300 + 250 + 40, 10 + 250 + 40]
    area = after(today, Path(((250, 0), (250, 100))))
    assert metres(area, kind) == [10 + 250 + 50, 10 + 250 + 40]
    assert area.entrances["how"].tolist() == ["point", "facade", "crossing"]
    assert area.entrances["place_id"].tolist() == ["lib", "n1", "n1"]


def test_a_path_through_a_park_has_a_way_in_on_either_side():
    park = shapely.box(450, 100, 550, 200)
    area = after(put_places(town(), "park", [park]), ACROSS)
    assert metres(area, "park") == [100 - 10, 10 + 100]
    assert [how for how in area.entrances["how"] if how == "crossing"] == ["crossing"] * 2


# --- Bridges ---------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["water", "railway", "motorway"])
def test_a_bridge_leads_over_what_no_path_crosses(what):
    area = put(town(), "barriers", [shapely.LineString([(-100, 150), (700, 150)])], what=what)
    area = after(area, replace(ACROSS, bridge=True))
    assert metres(area) == [410, 710]
    assert area.paths["structure"].iloc[-1] == "bridge"


def test_a_bridge_meets_paths_at_its_ends_only():
    third = [(-300, 100), (600, 100)]
    homes = HOMES | {(450, 100): {"everybody": 5}}
    lake = [shapely.box(50, 50, 550, 250)]
    area = put(town(third, homes=homes), "backdrop", lake, what="water")
    area = after(area, replace(ACROSS, bridge=True))
    assert metres(area) == [410, 710, inf]
    assert lines(area)[0] == (-1, 300)


def test_a_bridge_may_begin_on_a_pier():
    """It leads 40 m out from the end of the street, over water as all that is drawn there."""
    area = town([(600, 0), (600, 40)], places={"lib": ("library", (600, 0))})
    area = put(area, "backdrop", [shapely.box(50, 5, 650, 250)], what="water")
    area = after(area, Path(((600, 45), (600, 295)), bridge=True))
    assert metres(area) == [10 + 100, 10 + 100 + 260 + 40]


@pytest.mark.parametrize(("last", "ways_in"), [((250, 120), 1), ((250, 295), 0)])
def test_a_bridge_is_a_way_into_a_park_only_where_it_ends(last, ways_in):
    park = shapely.box(200, 100, 300, 200)
    area = after(put_places(town(), "park", [park]), Path(((250, 5), last), bridge=True))
    assert (area.entrances["how"] == "crossing").sum() == ways_in


# --- Mend ------------------------------------------------------------------------------


def test_a_ramp_lets_wheels_pass():
    today = town(steps=[2])
    assert metres(today, gait=WHEELS) == [410, inf]
    area = after(today, Mend((20, 150), "ramp"))
    assert metres(area, gait=WHEELS) == [410, 910]
    assert metres(area) == [410, 910] != metres(today)
    assert not area.paths["steps"].any()
    sure = replace(WHEELS, certain=True)
    assert metres(area, gait=sure) == [inf, inf]  # of the other streets nobody knows


def test_light_makes_a_way_known_to_be_lit():
    today = town(lit={0: "yes", 1: "yes", 2: "no"})
    assert metres(today, gait=SURE_IN_THE_DARK) == [410, inf]
    assert metres(today, gait=replace(SURE_IN_THE_DARK, certain=False)) == [410, inf]
    area = after(today, Mend((0, 150), "light"))
    assert metres(area, gait=SURE_IN_THE_DARK) == [410, 910]


def test_a_way_that_is_cleared_can_be_walked_in_winter():
    today = town(winter={2: "closed"})
    snow = 1 + 60 * 1.31 / 1000  # so much longer takes a metre on snow
    walked = [10 + round(400 * snow, 3), inf]
    assert metres(today, gait=IN_WINTER) == walked
    area = after(today, Mend((5, 280), "clear"))
    walked[1] = round(10 + 900 * snow, 3)
    assert metres(area, gait=IN_WINTER) == pytest.approx(walked, abs=0.001)


def test_a_way_is_mended_from_end_to_end_also_where_it_was_parted():
    today = town(lit=dict.fromkeys(range(3), "no"))
    area = after(today, ACROSS, Mend((590, 5), "light"))
    assert area.paths.groupby("way")["lit"].first().to_dict() == {
        **{-1: "yes", 0: "yes", 1: "no", 2: "no"},
    }
    assert area.paths.groupby("way")["lit"].nunique().max() == 1
    first = after(today, Mend((590, 5), "light"), ACROSS)
    assert metres(first, gait=SURE_IN_THE_DARK) == metres(area, gait=SURE_IN_THE_DARK)


# --- House -----------------------------------------------------------------------------


SQUARE = tuple((float(x), float(y)) for x, y in box(300, 20, 400, 120))


def people(area, group):
    """Return how many of a group live in the new homes."""
    return area.homes.loc[area.homes.index.str.startswith("new-"), group].sum(skipna=False)


def test_new_homes_stand_in_a_grid():
    area = after(town(), House(SQUARE, (("everybody", 50),)))
    new = area.homes.iloc[2:]
    assert len(new) == 25
    assert set(new["everybody"].round(9)) == {2}
    assert sorted(set(new.geometry.x)) == sorted({n + 280 for n in set(new.geometry.y)})
    assert sorted(set(new.geometry.y)) == [30, 50, 70, 90, 110]
    assert metres(area)[2] == 30 + 210  # from the south-west corner, 210 m from the library
    assert area.homes["everybody"].sum() == pytest.approx(150)


@pytest.mark.parametrize("aside", [0, 3, 17.5])
def test_on_thin_land_new_homes_stand_all_along_it(aside):
    """A strip of 400 m by 4 m, wherever the grid lies."""
    strip = tuple((x + aside, y + aside) for x, y in box(100, 50, 500, 54))
    area = after(town(), House(strip, (("everybody", 80),)))
    new = area.homes.iloc[2:]
    assert 20 <= len(new) <= 42
    assert new["everybody"].sum() == pytest.approx(80)
    west = new["everybody"][new.geometry.x < 300 + aside].sum()
    assert west == pytest.approx(40, abs=4)
    assert shapely.covers(shapely.Polygon(strip), new.geometry.to_numpy()).all()


def test_homes_on_land_of_any_shape_have_the_people_of_their_share_of_it():
    corner = ((0.0, 20.0), (60.0, 20.0), (0.0, 80.0))  # half of a square of nine
    new = after(town(), House(corner, (("everybody", 90),))).homes.iloc[2:]
    assert sorted(new["everybody"].round(6)) == [10, 10, 10, 20, 20, 20]


def test_of_large_land_there_are_not_many_more_homes():
    land = tuple((float(x), float(y)) for x, y in box(-900, -900, 1000, 1000))
    new = after(town(), House(land, (("everybody", 4000),))).homes.iloc[2:]
    assert 300 <= len(new) <= 480
    assert new["everybody"].sum() == pytest.approx(4000)


AGED = {"everybody": 40, **dict.fromkeys(AGES, 4), "adults": 20, "low_income": 10}


def with_ages():
    """Half of the people are adults, a tenth each other age; a quarter has little."""
    return town(homes={(500, 10): AGED, (500, 310): AGED})


def test_ages_that_are_not_told_are_shared_as_in_the_whole_area():
    area = after(with_ages(), House(SQUARE, (("everybody", 100),)))
    assert people(area, "adults") == pytest.approx(50)
    assert people(area, "youth") == pytest.approx(10)
    assert people(area, LOW_INCOME) == pytest.approx(25)


def test_what_the_told_ages_leave_over_is_shared_by_the_others():
    told = (("everybody", 100), ("adults", 20), ("youth", 40), ("low_income", 60))
    area = after(with_ages(), House(SQUARE, told))
    assert people(area, "adults") == pytest.approx(20)
    assert people(area, "youth") == pytest.approx(40)
    others = [age for age in AGES if age not in {"adults", "youth"}]
    assert [people(area, age) for age in others] == pytest.approx([10] * 4)
    assert people(area, LOW_INCOME) == pytest.approx(60)


@pytest.mark.parametrize("area", [town(), with_ages()], ids=["unknown", "known"])
def test_where_told_ages_leave_nothing_over_there_is_nobody_else(area):
    third = 0.1 + 0.2  # a little more than 0.3, as machines count
    told = (("everybody", third), ("young_children", 0.1), ("older_80", 0.2))
    area = after(area, House(SQUARE, told))
    assert people(area, "adults") == 0
    assert people(area, "older_80") == pytest.approx(0.2)
    area = after(with_ages(), House(SQUARE, (("everybody", 0.3), *told[1:])))
    assert people(area, "adults") == 0


def test_all_ages_can_be_told():
    told = (("everybody", 60), *((age, 10) for age in AGES))
    area = after(town(), House(SQUARE, told))
    assert [people(area, age) for age in AGES] == pytest.approx([10] * 6)


def test_what_nobody_knows_of_the_area_is_not_known_of_new_homes():
    area = after(town(), House(SQUARE, (("everybody", 60), ("youth", 10))))
    assert people(area, "youth") == pytest.approx(10)
    assert np.isnan(people(area, "adults"))
    assert np.isnan(people(area, LOW_INCOME))


@pytest.mark.parametrize(
    ("area_class", "share"), [("low", 1), ("middle", 0), ("high", 0), ("unknown", nan)]
)
def test_an_area_of_low_income_is_told_by_where_homes_lie(area_class, share):
    land = [shapely.box(-100, -100, 450, 150)]
    area = put(town(), "incomes", land, ["i1"], area_class=area_class, of="persons")
    area = after(area, House(SQUARE, (("everybody", 60),)))
    assert people(area, LOW_INCOME_AREAS) == pytest.approx(60 * share, nan_ok=True)
    assert set(area.homes["income"].iloc[2:]) == {"i1"}
    told = after(
        area, House(tuple(box(0, 20, 20, 40)), (("everybody", 9), ("low_income_areas", 4)))
    )
    assert told.homes[LOW_INCOME_AREAS].iloc[-1] == pytest.approx(4)


def test_homes_where_no_income_is_known():
    area = after(town(), House(SQUARE, (("everybody", 60),)))
    assert np.isnan(people(area, LOW_INCOME_AREAS))
    assert set(area.homes["income"]) == {""}


def test_two_lands_that_share_a_corner_are_two():
    beside = tuple((float(x), float(y)) for x, y in box(200, 20, 300, 120))
    other = (SQUARE[0], *SQUARE[1:])
    area = after(
        town(),
        House(other, (("everybody", 50),)),
        House((beside[1], beside[2], beside[3], beside[0]), (("everybody", 50),)),
    )
    assert people(area, "everybody") == pytest.approx(100)


# --- Several, in any order -------------------------------------------------------------


def test_what_touches_different_things_can_be_done_in_any_order():
    edits = (
        Add("library", (400, 0)),
        Close("lib"),
        ACROSS,
        Mend((0, 150), "light"),
        House(SQUARE, (("everybody", 50),)),
    )
    chance = np.random.default_rng(3)
    expected = metres(after(town(), *edits))
    assert expected[:2] == [10 + 100, 10 + 300 + 100]
    for _ in range(4):
        area = after(town(), *(edits[n] for n in chance.permutation(len(edits))))
        assert metres(area) == expected
        assert area.homes["everybody"].sum() == pytest.approx(150)


def test_a_scenario_of_everything():
    area = after(
        town(winter={2: "closed"}),
        ACROSS,
        Add("park", (500, 150)),
        House(tuple(box(500, 140, 520, 160)), (("everybody", 8),)),
        Open("lib", "Tu 18:00-20:00", "community_centre"),
        Move("lib", (500, 100)),
        Mend((0, 150), "clear"),
    )
    assert metres(area, "park") == [150 - 10, 10 + 150, 10]
    assert metres(area, "community_centre") == [100 - 10, 10 + 200, 10 + 50]
    assert [count(area, "library", when=when) for when in (EVENING, SATURDAY)] == [1, 0]
    assert set(area.paths["winter"]) == {"open", "unknown"}


def test_the_area_that_is_edited_stays_as_it_was():
    area = put_places(town(), "park", [shapely.box(450, 100, 550, 200)])
    before = {
        name: getattr(area, name).copy() for name in ("places", "entrances", "homes", "paths")
    }
    after(
        area,
        ACROSS,
        Mend((0, 150), "ramp"),
        Open("lib", "24/7", "cafe"),
        Move("lib", (300, 0)),
        Close("n1"),
        House(SQUARE, (("everybody", 50),)),
    )
    for name, table in before.items():
        assert getattr(area, name).equals(table)
