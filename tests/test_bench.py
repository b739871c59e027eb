"""What opening some places would add: by hand, and as the answer with that place added."""

from dataclasses import replace
from datetime import datetime
from math import isnan, nan

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.answer import answer
from geo.errors import CrsError, QuestionError, TableError
from geo.question import Question
from geo.scenario.bench import bench, told
from geo.scenario.candidates import candidates, openable, walks_to
from geo.scenario.changed import again
from geo.scenario.offering import offered
from geo.scenario.own_list import OWN, sides_again, with_own
from geo.scenario.tables import below, numbered
from geo.tables import AGES, BACKDROP, EVERYBODY, GROUPS, LOW_INCOME_AREAS
from geo.town import prepare
from geo.visitors import visitors
from tests.lattice import crowded, plans
from tests.towns import CRS, bundle, catalogue, streets

NOW = datetime(2026, 11, 20, 12)
KNOWN = catalogue()
STREET = streets([(0, 0), (1500, 0)], [(1500, 0), (3000, 0)], [(0, 1500), (900, 1500)])
PLACES = {
    "a": ("library", (0, 0)),
    "church": ("place_of_worship", (1500, 0)),
    "school": ("school", (1990, 0)),
    "park": ("park", (1500, 0)),
    "far": ("place_of_worship", (500, 1500)),
}
LIBRARY = Question("toytown", ("library",))


def town_of(homes, places=PLACES):
    """Return a street; `homes`: people at each spot, everybody an adult."""
    people = {
        at: dict.fromkeys(GROUPS, 0.0) | {EVERYBODY: n, "adults": n} for at, n in homes.items()
    }
    return prepare(bundle(STREET, people, places))


def offer_of(homes, places=PLACES, question=LIBRARY):
    town = town_of(homes, places)
    found = candidates(town, question, KNOWN, now=NOW)
    return offered(town, question, KNOWN, found, now=NOW)


HOMES = {(100, 0): 40.0, (1100, 0): 30.0, (1700, 0): 20.0, (2500, 0): 12.0, (600, 1500): 7.0}
"""The first has a library; the second is near the church; the third has church and school."""


# What could be opened


def test_rooms_that_do_not_count_today_could_be_opened():
    found = candidates(town_of(HOMES), LIBRARY, KNOWN, now=NOW)
    assert found["row"].to_dict() == {"church": 1, "school": 2, "far": 4}
    assert found["kind"].tolist() == ["place_of_worship", "school", "place_of_worship"]


def test_what_counts_already_is_no_candidate():
    asked = replace(LIBRARY, kinds=("library", "place_of_worship"))
    assert candidates(town_of(HOMES), asked, KNOWN, now=NOW).index.tolist() == ["school"]


def test_what_is_closed_then_could_be_open():
    town = town_of(HOMES)
    places = town.bundle.places.assign(opening_hours=["Mo-Fr 10:00-16:00", *[""] * 4]).astype(
        {"opening_hours": str}
    )
    shut = replace(town, bundle=replace(town.bundle, places=places))
    asked = replace(LIBRARY, when="saturday")
    assert "a" in candidates(shut, asked, KNOWN, now=NOW).index
    assert "a" not in candidates(shut, LIBRARY, KNOWN, now=NOW).index


def test_kinds_can_be_chosen_and_need_not_exist():
    found = candidates(town_of(HOMES), LIBRARY, KNOWN, now=NOW, kinds=("park", "castle"))
    assert found.index.tolist() == ["park"]
    assert candidates(town_of(HOMES), LIBRARY, KNOWN, now=NOW, kinds=()).empty


def test_what_lies_outside_the_area_is_for_others_to_open():
    places = PLACES | {"outside": ("place_of_worship", (2900, 0))}
    assert "outside" not in candidates(town_of(HOMES, places), LIBRARY, KNOWN, now=NOW).index


def test_rooms_are_what_the_catalogue_says():
    found = openable(KNOWN.kinds)
    assert {"school", "library", "place_of_worship", "community_centre", "townhall"} <= set(
        found
    )
    assert not {"park", "playground", "pitch", "beach", "miniature_golf"} & set(found)
    assert [key for key in KNOWN.kinds if key in found] == list(found)


def test_walks_to_candidates_are_minutes_within_the_limit():
    town = town_of(HOMES)
    found = candidates(town, LIBRARY, KNOWN, now=NOW)
    times = walks_to(town, found, LIBRARY, KNOWN)
    assert times.minutes.toarray().round(3).tolist() == [
        [0, 0, 0], [5.128, 0, 0], [2.564, 3.718, 0], [0, 6.538, 0], [0, 0, 1.282],
    ]  # fmt: skip
    turned = walks_to(town, found.iloc[::-1], LIBRARY, KNOWN)
    assert turned.minutes.toarray()[:, ::-1].tolist() == times.minutes.toarray().tolist()
    slow = walks_to(town, found, LIBRARY, KNOWN, group="young_children")
    assert slow.minutes[1, 0] == pytest.approx(400 / 54)


# Somebody's own list


def sites(*shapes, **columns):
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=CRS)


def test_own_buildings_are_candidates_with_doors():
    outline = shapely.box(1090, 10, 1110, 30)
    town = town_of(HOMES)
    grown = with_own(town, sites(outline, shapely.Point(1950, 20), name=["Mill", "Shop"]))
    found = candidates(grown, LIBRARY, KNOWN, now=NOW, kinds=())
    assert found[["name", "kind"]].to_dict("index") == {
        "own-1": {"name": "Mill", "kind": OWN}, "own-2": {"name": "Shop", "kind": OWN},
    }  # fmt: skip
    assert grown.bundle.entrances.geometry.y.tolist()[-2:] == [10, 20]
    table = told(bench(offered(grown, LIBRARY, KNOWN, found, now=NOW)))
    assert table["more"].to_dict() == {"own-1": 50, "own-2": 32}
    assert town.bundle.places.index.tolist() == list(PLACES)


def test_own_points_are_the_buildings_that_they_stand_in():
    town = town_of(HOMES)
    building = gpd.GeoDataFrame(
        {"what": ["building"]}, geometry=[shapely.box(1000, 5, 1200, 60)], crs=CRS
    )
    known = replace(town.bundle, backdrop=BACKDROP.check(building.astype({"what": str})))
    grown = with_own(prepare(known), sites(shapely.Point(1100, 50)))
    assert grown.bundle.places.geometry.iloc[-1].area == 200 * 55
    assert grown.bundle.entrances.geometry.y.iloc[-1] == 5


def test_own_lists_can_be_added_to_one_another_and_be_empty():
    town = town_of(HOMES)
    once = with_own(town, sites(shapely.Point(1100, 0)))
    twice = with_own(once, sites(shapely.Point(1950, 0), shapely.Point(600, 1500)))
    assert twice.bundle.places.index.tolist()[-3:] == ["own-1", "own-2", "own-3"]
    assert twice.bundle.entrances.index.is_unique
    assert with_own(town, sites()).bundle.places.index.tolist() == list(PLACES)


def test_what_is_no_place_is_no_own_building():
    town = town_of(HOMES)
    for other in (4326, 25832):
        with pytest.raises(CrsError):
            with_own(town, sites(shapely.Point(10, 60)).set_crs(other, allow_override=True))
    with pytest.raises(TableError):
        with_own(town, sites(shapely.MultiPoint([(0, 0), (1, 1)])))
    with pytest.raises(TableError):
        with_own(town, sites(None))


def test_an_own_building_that_no_path_leads_to_serves_nobody():
    grown = with_own(town_of(HOMES), sites(shapely.Point(1100, 900)))
    found = candidates(grown, LIBRARY, KNOWN, now=NOW, kinds=())
    assert bench(offered(grown, LIBRARY, KNOWN, found, now=NOW)).table["more"].tolist() == [0]


def test_only_new_entrances_are_joined_again():
    town = town_of(HOMES)
    grown = with_own(town, sites(shapely.Point(1100, 5)))
    found = candidates(grown, LIBRARY, KNOWN, now=NOW)
    one = offered(grown, LIBRARY, KNOWN, found, now=NOW)
    other = offered(
        grown, LIBRARY, KNOWN, found, now=NOW, side=sides_again(grown, town, town.side)
    )
    pd.testing.assert_frame_equal(bench(one).table, bench(other).table)


# What they would add


def test_whoever_lacks_a_place_and_would_have_one_gains():
    found = bench(offer_of(HOMES))
    assert found.table["alone"].to_dict() == {"church": 50, "school": 32, "far": 7}
    assert found.table["more"].tolist() == found.table["alone"].tolist()
    assert found.offer.before[EVERYBODY].within == found.after[EVERYBODY].within == 40


def test_whoever_is_served_by_what_is_chosen_gains_no_more():
    found = bench(offer_of(HOMES), ["church"])
    assert found.table["more"].to_dict() == {"school": 12, "far": 7, "church": 0}
    assert found.table["alone"].to_dict() == {"school": 32, "far": 7, "church": 50}
    assert found.table["chosen"].to_dict() == {"school": 0, "far": 0, "church": 1}
    assert {key: step.within for key, step in found.steps.items()} == {"church": 50}
    assert found.after[EVERYBODY].within == 90


def test_the_order_of_choosing_shares_the_gain_not_the_sum():
    one, other = (
        bench(offer_of(HOMES), order) for order in (["school", "church"], ["church", "school"])
    )
    assert [step.within for step in one.steps.values()] == [32, 30]
    assert [step.within for step in other.steps.values()] == [50, 12]
    assert one.after[EVERYBODY] == other.after[EVERYBODY]
    assert one.table["more"].to_dict() == other.table["more"].to_dict()


def test_equals_stand_in_the_order_of_their_ids():
    places = {"a": PLACES["a"], **dict.fromkeys(("w2", "n9", "r1"), ("school", (1500, 0)))}
    assert bench(offer_of(HOMES, places)).table.index.tolist() == ["n9", "r1", "w2"]


def test_exactly_the_limit_is_within():
    homes = {(1500 - 780, 0): 9.0, (1500 - 781, 0): 8.0}
    places = {"church": PLACES["church"]}
    assert bench(offer_of(homes, places)).table["more"].tolist() == [9]


def test_nothing_to_choose_from_and_nobody_to_serve():
    found = bench(offer_of(HOMES, {"a": PLACES["a"]}))
    assert found.table.empty
    assert (found.steps, found.after[EVERYBODY].within) == ({}, 40)
    assert bench(offer_of({})).table["more"].tolist() == [0, 0, 0]


@pytest.mark.parametrize("chosen", [["castle"], ["church", "church"], ["a"]])
def test_what_is_no_candidate_cannot_be_chosen(chosen):
    with pytest.raises(QuestionError, match=chosen[-1]):
        bench(offer_of(HOMES), chosen)


def test_who_gains_in_low_income_areas():
    poor = {(1100, 0): 30.0, (1700, 0): 0.0}
    people = {
        at: {EVERYBODY: n, LOW_INCOME_AREAS: poor.get(at, nan)} for at, n in HOMES.items()
    }
    town = prepare(bundle(STREET, people, PLACES))
    table = candidates(town, LIBRARY, KNOWN, now=NOW)
    found = bench(offered(town, LIBRARY, KNOWN, table, now=NOW)).table
    assert found["low"].to_dict() == pytest.approx(
        {"church": 30, "school": nan, "far": nan}, nan_ok=True
    )


def test_unknown_people_stay_unknown_where_they_would_gain():
    people = {at: {EVERYBODY: n} | ({"youth": n} if at[0] < 2000 else {})
              for at, n in HOMES.items()}  # fmt: skip
    town = prepare(bundle(STREET, people, PLACES))
    asked = replace(LIBRARY, group="youth")
    table = candidates(town, asked, KNOWN, now=NOW)
    found = bench(offered(town, asked, KNOWN, table, now=NOW)).table
    assert found["more"].to_dict() == pytest.approx(
        {"church": 50, "school": nan, "far": 7}, nan_ok=True
    )


# What may be told


def test_a_few_who_gain_are_never_told():
    shown = told(bench(offer_of(HOMES | {(600, 1500): 4.0})))
    assert isnan(shown.loc["far", "more"])
    assert isnan(shown.loc["far", "alone"])
    assert shown.loc["church", "more"] == 50


def test_a_few_who_would_lack_a_place_still_are_not_what_is_left():
    homes = {(100, 0): 40.0, (1100, 0): 30.0, (600, 1500): 4.0}
    assert told(bench(offer_of(homes)))["more"].to_dict() == pytest.approx(
        {"church": nan, "school": 0, "far": nan}, nan_ok=True
    )


def test_a_few_who_have_a_place_already_are_not_what_is_left():
    """Who can walk to the church is told elsewhere: less those who gain, it is three."""
    homes = {(750, 0): 3.0, (1100, 0): 30.0, (2900, 0): 50.0, (10, 0): 9.0}
    assert isnan(told(bench(offer_of(homes))).loc["church", "more"])


def test_where_a_step_is_of_a_few_it_is_not_told_how_all_ends():
    found = bench(offer_of(HOMES | {(600, 1500): 4.0}), ["church", "far"])
    assert [step.hidden for step in found.steps.values()] == [False, True]
    assert found.after[EVERYBODY].hidden


# Against the answer in a town with the place added

QUESTIONS = st.builds(
    Question,
    area=st.just("toytown"),
    kinds=st.lists(
        st.sampled_from(["library", "school", "park"]), min_size=1, max_size=2, unique=True
    ).map(tuple),
    group=st.sampled_from(GROUPS),
    walker=st.sampled_from(["", "adult", "older_80", "wheelchair"]),
    minutes=st.integers(1, 20),
    when=st.sampled_from(["", "saturday"]),
    certain=st.booleans(),
)


def opened(town, ids, kind):
    """Return a town with places of a kind at the doors of some, open at all times."""
    known = town.bundle
    places = known.places.loc[ids].assign(kind=kind, kinds=kind, opening_hours="24/7")
    places.index = [f"opened {one}" for one in ids]
    doors = known.entrances[known.entrances["place_id"].isin(ids)]
    doors = doors.assign(place_id="opened " + doors["place_id"])
    more = replace(
        known,
        places=below(known.places, places.astype({"kind": str, "kinds": str})),
        entrances=below(known.entrances, numbered(known.entrances, doors)),
    )
    return again(town, more)


@settings(max_examples=30)
@given(plans(), QUESTIONS, st.data())
def test_gains_are_those_of_the_answer_with_the_place_added(plan, question, data):
    town = plan.town()
    table = candidates(town, question, KNOWN, now=NOW)
    offer = offered(town, question, KNOWN, table, now=NOW)
    chosen = data.draw(
        st.lists(st.sampled_from(table.index.tolist()), max_size=3, unique=True)
        if len(table)
        else st.just([])
    )
    found = bench(offer, chosen)
    before = answer(town, question, KNOWN, now=NOW)

    def within(ids):
        there = opened(town, ids, question.kinds[0])
        reach = answer(there, question, KNOWN, now=NOW).reach
        return {key: one.within for key, one in reach.items()}

    base, today = within(chosen), {key: one.within for key, one in before.reach.items()}
    asked = question.group
    for place, row in found.table.iterrows():
        assert row["alone"] == pytest.approx(within([place])[asked] - today[asked])
        if place not in chosen:
            more = within([*chosen, place])
            for group, one in found.reach[place].items():
                assert one.within == pytest.approx(more[group] - base[group])
            assert row["more"] == found.reach[place][asked].within
    for n, place in enumerate(chosen):
        step = within(chosen[: n + 1])[asked] - within(chosen[:n])[asked]
        assert found.steps[place].within == pytest.approx(step)
    assert {key: one.within for key, one in found.after.items()} == pytest.approx(base)
    assert {key: one.within for key, one in offer.before.items()} == pytest.approx(today)


SEEDS = st.integers(0, 2**32)
CLOSE_BY = st.builds(
    Question,
    area=st.just("toytown"),
    kinds=st.just(("library",)),
    group=st.sampled_from(GROUPS),
    walker=st.sampled_from(["", "adult"]),
    minutes=st.integers(2, 7),
)


def small(people):
    return not isnan(people) and 1 <= round(people, 6) <= 4


def leaks(town, found):
    """Return every few that can be worked out from what is told of a bench."""
    offer, shown = found.offer, told(found)
    question, asked = offer.question, offer.question.group
    before, after = offer.before[asked].told, found.after[asked].told
    for name in ("alone", "more", "low"):
        yield from shown[name]
    yield from shown["more"] - shown["low"]
    yield from before.beyond - shown["alone"]
    yield from after.beyond - shown["more"]
    yield from shown["alone"] - shown["more"]
    steps = np.array([step.told.within for step in found.steps.values()])
    yield from steps
    yield after.within - before.within
    yield before.beyond - np.nansum(steps) if len(steps) else nan
    if not isnan(after.within):
        yield after.within - before.within - np.nansum(steps)
    rows = np.zeros(len(town.bundle.places), dtype=bool)
    rows[offer.table["row"]] = True
    can = visitors(town, question, KNOWN, rows, side=town.side)
    for place, who in zip(offer.table.index, can, strict=True):
        of = {key: one.told.within for key, one in found.reach[place].items()}
        yield from of.values()
        yield from (who[key].told.within - n for key, n in of.items())
        if question.walker:
            yield of[EVERYBODY] - sum(of[key] for key in AGES if not isnan(of[key]))
            yield from (of[EVERYBODY] - of[key] for key in (LOW_INCOME_AREAS, asked))


@settings(max_examples=60)
@given(SEEDS, CLOSE_BY, st.data())
def test_no_few_can_be_worked_out(seed, question, data):
    town = crowded(seed, ("library", "school", "place_of_worship")).town()
    table = candidates(town, question, KNOWN, now=NOW)
    offer = offered(town, question, KNOWN, table, now=NOW)
    chosen = data.draw(
        st.lists(st.sampled_from(table.index.tolist()), max_size=2, unique=True)
        if len(table)
        else st.just([])
    )
    found = bench(offer, chosen)
    assert [n for n in leaks(town, found) if small(n)] == []
