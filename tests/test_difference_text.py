"""What a scenario brings, in words, in tables and on a map."""

import json
from dataclasses import replace
from itertools import combinations
from math import inf, nan
from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import box

from geo.coverage import Reach
from geo.figures.figures import figures
from geo.question import Question
from geo.scenario.by_area import Areas, by_area
from geo.scenario.by_cell import by_cell
from geo.scenario.difference import Difference, difference
from geo.scenario.fairness import Fairness, fairness
from geo.scenario.figured import met
from geo.tables import AGES, EVERYBODY, LOW_INCOME
from layers import palette
from layers.geojson import encode
from layers.layer import Drawing
from layers.legend import legend
from layers.paper.grey import alike
from layers.scenario import fairness_text, figures_text, files, tables
from layers.scenario.change_layer import change_layer
from layers.scenario.sentence import said
from tests.differing import (
    EAST,
    FAR,
    MIDDLE,
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
from tests.test_bivariate import VISION, on_land, seen
from tests.towns import catalogue
from words import speaker

SAY = speaker("en")
KNOWN = catalogue()
WHAT = "If a park opens in the east"
CROWD = (40, 30, 20, 200, 50, 25)
HOMES = {NEAR: {EVERYBODY: 20.0}, MIDDLE: {EVERYBODY: 30.0}, FAR: {EVERYBODY: 50.0}}


def differing(one, group=EVERYBODY, *, same=False, **others):
    """Return a difference that is a change of one group, and of others."""
    asked = Question("toytown", ("park",), group=group)
    reach = {group: one.before}
    found = SimpleNamespace(question=asked, reach=reach)
    walks = pd.DataFrame({"change": [0.0 if same else -1.0]})
    return Difference(found, found, {EVERYBODY: one, group: one} | others, walks)


def sentence(one, group=EVERYBODY, **others):
    return said(differing(one, group, **others), WHAT, KNOWN, SAY)


def test_a_new_place_in_one_sentence():
    found = compared(town(HOMES, WEST), town(HOMES, WEST, EAST))
    assert said(found, WHAT, KNOWN, SAY) == (
        "If a park opens in the east, about 50 more of the residents have 10 minutes or less"
        " on foot to the nearest park; nobody among them loses. The share within reach goes"
        " from 20% to 70%."
    )


def test_nothing_changes_at_all():
    found = compared(town(HOMES, WEST), town(HOMES, WEST), group="everybody")
    assert said(found, WHAT, KNOWN, SAY) == (
        "If a park opens in the east, nothing changes for the residents."
    )


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (
            moved(20, 0, 0, 40),
            "nobody of the residents comes within 10 minutes on foot of the nearest park, and"
            " nobody gets farther away than that, but some walks get shorter or longer.",
        ),
        (
            moved(20, 3, 0, 40),
            "fewer than 5 more of the residents have 10 minutes or less on foot to the nearest"
            " park; nobody among them loses.",
        ),
        (
            moved(20, 0, 30, 50),
            "about 30 of the residents no longer have 10 minutes or less on foot to the"
            " nearest park; nobody among them gains. The share within reach goes from 50% to"
            " 20%.",
        ),
        (
            moved(20, 40, 30, 110),
            "about 40 of the residents come within 10 minutes on foot of the nearest park, and"
            " about 30 get farther away than that. The share within reach goes from 25% to"
            " 30%.",
        ),
        (
            moved(20, 40, 3, 110),
            "about 40 of the residents come within 10 minutes on foot of the nearest park, and"
            " fewer than 5 get farther away than that.",
        ),
        (
            moved(3, 40, 30, 110),
            "about 40 of the residents come within 10 minutes on foot of the nearest park. How"
            " many lose is not told, as that would give away a few.",
        ),
        (
            moved(20, 40, 30, 3),
            "about 30 of the residents no longer have 10 minutes or less on foot to the"
            " nearest park. How many gain is not told, as that would give away a few.",
        ),
        (
            moved(20, 40, 0, 50, withheld=frozenset({"gains", "after"})),
            "nobody of the residents loses. How many gain is not told, as that would give away"
            " a few.",
        ),
        (
            moved(20, 0, 40, 50, withheld=frozenset({"loses", "after"})),
            "nobody of the residents gains. How many lose is not told, as that would give away"
            " a few.",
        ),
        (
            moved(3, 40, 0, 50),
            "it is not told how many of the residents gain or lose, as so few of them are"
            " within reach, or beyond.",
        ),
        (
            moved(20, 40, 0, 50, withheld=frozenset({"gains", "loses", "after"})),
            "it is not told how many of the residents gain or lose, as that would give away a"
            " few others.",
        ),
        (
            moved(nan, nan, nan, nan),
            "it is not known how many of the residents gain or lose: how many of them live"
            " where is not known.",
        ),
        (
            moved(2000, 5, 0, 3000),
            "about 5 more of the residents have 10 minutes or less on foot to the nearest"
            " park; nobody among them loses. The share within reach is 40% before and after.",
        ),
    ],
)
def test_every_case_has_its_own_sentence(one, expected):
    assert sentence(one) == f"{WHAT}, {expected}"


def test_a_group_is_called_by_its_name():
    assert sentence(moved(20, 30, 0, 50), "older_80").startswith(
        f"{WHAT}, about 30 more of the older people aged 80 or more have 10 minutes or less"
    )


def test_a_limit_of_one_minute_is_a_minute():
    found = differing(moved(20, 30, 0, 50))
    question = replace(found.question, minutes=1)
    sides = SimpleNamespace(question=question, reach=found.before.reach)
    one = said(replace(found, before=sides), WHAT, KNOWN, SAY)
    assert "have 1 minute or less on foot" in one


def test_without_kinds_there_is_nothing_to_say():
    found = compared(town(HOMES, WEST), town(HOMES, EAST), kinds=())
    assert said(found, WHAT, KNOWN, SAY) == "Choose at least one kind of meeting place."


def test_numbers_that_are_rough_say_between_what_they_lie():
    one = moved(20, 30, 0, 50, gains_in=(22.0, 41.0))
    assert f"{WHAT}, about 30 (between 22 and 41) more of the residents" in sentence(one)
    unknown = replace(moved(20, 30, 0, 50), gains=nan, gains_in=(22.0, 41.0))
    assert f"{WHAT}, between 22 and 41 more of the residents" in sentence(unknown)


def ages(**gaining):
    """Return the change of every age: a hundred people, of whom so many gain."""
    return {key: moved(20, gaining.get(key, 0), 0, 80 - gaining.get(key, 0)) for key in AGES}


def test_the_age_that_gains_most_is_named():
    every = moved(120, 60, 0, 420)
    text = sentence(every, **ages(older_80=41, adults=19))
    assert text.endswith(
        "Of all ages the older people aged 80 or more gain most for how many they are: about 41"
        " of them."
    )


@pytest.mark.parametrize(
    "of",
    [
        ages(older_80=10, older_67_79=10),  # nobody alone is best off
        ages(**dict.fromkeys(AGES, 10)),
        ages(older_80=41) | {"adults": moved(20, 40, 0, 3)},  # who is hidden may gain more
        ages(older_80=41) | {"adults": moved(nan, nan, nan, nan)},
        ages(older_80=11) | {"adults": moved(200, 100, 0, 700)},  # hardly more than everybody
    ],
)
def test_no_age_is_named_where_it_is_not_sure(of):
    assert "Of all ages" not in sentence(moved(120, 60, 0, 420), **of)


def test_a_named_age_needs_everybody_to_be_asked_about():
    assert "Of all ages" not in sentence(moved(20, 30, 0, 50), "youth", **ages(older_80=41))


@pytest.mark.parametrize(
    ("come", "expected"),
    [
        (Reach(0.0, 0.0, 0.0), ""),
        (
            Reach(40.0, 30.0, 0.0),
            " Of about 40 newcomers (everybody) about 30 are within reach.",
        ),
        (Reach(40.0, 0.0, 0.0), " Of about 40 newcomers (everybody) nobody is within reach."),
        (Reach(40.0, 40.0, 0.0), " All of about 40 newcomers (everybody) are within reach."),
        (
            Reach(40.0, 37.0, 0.0),
            " So few of the newcomers are within reach, or beyond, that it is not told.",
        ),
        (
            Reach(nan, nan, nan),
            " How many of those who move in are everybody is not known.",
        ),
    ],
)
def test_newcomers_have_a_sentence_of_their_own(come, expected):
    one = moved(20, 0, 0, 40, newcomers=come)
    assert said(differing(one, same=True), WHAT, KNOWN, SAY) == (
        f"{WHAT}, nothing changes for the residents.{expected}"
    )


def test_caution_is_said_of_low_incomes():
    text = sentence(moved(20, 30, 0, 50), LOW_INCOME)
    assert text.endswith("what is true of areas need not be true of people.")


def test_the_table_of_groups_tells_no_few():
    homes = {NEAR: people(CROWD), FAR: people((40, 3, *CROWD[2:]))}
    found = compared(town(homes, WEST), town(homes, WEST, EAST))
    rows = tables.group_rows(found, KNOWN, SAY)
    assert len(tables.group_headings(SAY)) == len(rows[EVERYBODY]) == 8
    assert rows["adults"] == [
        *("Adults, 20–66", "400", "200", "400", "200", "0", "50%", "100%"),
    ]
    secret = ["Too few to tell"] * 6
    assert rows["school_children"][1:] == ["33", *secret]
    assert rows["youth"][1:] == ["40", *secret]
    unknown = "Unknown"
    assert rows["low_income"][1:] == [*[unknown] * 4, "0", unknown, unknown]  # nobody loses
    table = files.by_group(found, KNOWN, SAY).set_index("key")
    assert table.loc["adults", ["people", "gains", "share_after_percent"]].tolist() == [
        *(400.0, 200.0, 100.0),
    ]
    assert np.isnan(table.loc["youth", "gains"])
    notes = table["note"]
    assert notes["youth"].startswith("Gain: too few to tell. Lose: too few to tell")
    assert notes["low_income"] == "Unknown"
    assert notes["adults"] == ""


def test_an_empty_cell_of_a_file_has_a_word_beside_it():
    some = (moved(20, 3, 0, 40), moved(3, 40, 30, 110), moved(nan, nan, nan, nan))
    none = moved(0, 0, 0, 0)
    shown = Areas({"a": "A"}, {"a": moved(20, 30, 0, 50)})
    for one in (*some, none):
        table = files.by_area(replace(shown, changes={"a": one}), SAY)
        assert table["note"].item() != ""
    assert files.by_area(shown, SAY)["note"].item() == ""
    assert files.by_area(replace(shown, changes={"a": some[0]}), SAY)["note"].item() == (
        "Gain: fewer than 5. Within reach after: too few to tell"
    )


def test_a_share_just_short_of_all_is_not_all():
    shown = Areas({"a": "A"}, {"a": moved(20, 5000, 0, 7)})
    table = files.by_area(shown, SAY)
    assert table["share_after_percent"].item() == 99.0
    assert tables.area_rows(shown, SAY)["a"][-1] == ">99%"


def test_areas_are_told_by_name_and_those_in_none_apart():
    before, after = stand(town(HOMES, WEST)), stand(town(HOMES, WEST, EAST))
    assert tables.area_rows(by_area(before, after, difference(before, after)), SAY) == {}
    shown = Areas({"z1": "Vik", "": ""}, {"z1": moved(20, 30, 0, 50), "": moved(0, 5, 0, 9)})
    rows = tables.area_rows(shown, SAY)
    assert len(tables.area_headings(SAY)) == len(rows["z1"])
    assert [row[0] for row in rows.values()] == ["Vik", "Elsewhere"]


def test_newcomers_have_a_table_of_their_own():
    new = town({NEAR: people(CROWD), (200.0, 0.0): people((0, 3, 0, 0, 0, 0))}, WEST)
    before = town(HOMES, WEST)
    assert tables.newcomer_rows(compared(before, before), KNOWN, SAY) == {}
    rows = tables.newcomer_rows(compared(before, with_new(before, new)), KNOWN, SAY)
    assert rows[EVERYBODY] == ["Everybody", "368", "368", "0"]
    assert len(tables.newcomer_headings(SAY)) == 4
    assert rows["school_children"] == ["Schoolchildren, 6–15", "33", "33", "0"]
    assert rows["low_income"][1:] == ["Unknown", "Unknown", "Unknown"]


def fair(**classes):
    none = moved(0, 0, 0, 0)
    of = dict.fromkeys(("low", "middle", "high", "unknown"), none) | classes
    cells = [(one.stay, one.gains, one.loses, one.lack) for one in of.values()]
    whole = moved(*np.sum(cells, axis=0).tolist())
    return whole, Fairness(whole, of, 0.4)


def judged(whole, found):
    return fairness_text.sentences(differing(whole), found, KNOWN, SAY)


def test_on_whom_a_gain_falls():
    whole, found = fair(low=moved(20, 60, 0, 20), high=moved(100, 40, 0, 160))
    assert judged(whole, found) == [
        "60% of the gain goes to areas of low income, where 25% of the residents live.",
        "40% of the gain goes to the fifth of the residents with the longest walk before; if"
        " it fell evenly, that would be 20%.",
    ]
    rows = fairness_text.rows(found, SAY)
    assert rows["low"] == ["Low income", "100", "20%", "60", "0", "60%"]
    assert list(rows) == ["low", "high"]
    assert len(fairness_text.headings(SAY)) == 6


def test_unknown_incomes_are_said():
    whole, found = fair(
        low=moved(20, 60, 0, 20), high=moved(100, 40, 0, 160), unknown=moved(9, 100, 0, 9)
    )
    text = judged(whole, found)[1]
    assert text == "The incomes where another 50% of those live who gain are not known."
    whole, found = fair(unknown=moved(9, 100, 0, 9))
    text = judged(whole, found)[0]
    assert text == "Whether areas of low income gain more is not known here."
    whole, found = fair(low=moved(20, 3, 0, 20), high=moved(100, 40, 0, 160))
    text = judged(whole, found)[0]
    assert text == "Whether areas of low income gain more is not told: too few gain there."


def test_where_nobody_gains_nothing_is_fair_or_unfair():
    whole, found = fair(low=moved(20, 0, 0, 20))
    text = "Nobody of the residents gains, so there is no gain to share."
    assert judged(whole, found) == [text]
    few = moved(20, 3, 0, 200)
    assert judged(few, Fairness(few, found.classes, 0.5))[-1].endswith(": too few gain.")
    many = moved(20, 300, 0, 200)
    unknown = Fairness(many, found.classes, nan)
    assert judged(many, unknown)[-1].endswith("is not known.")


def test_people_with_low_income_stand_beside_all():
    whole, found = fair(low=moved(20, 60, 0, 20), high=moved(100, 40, 0, 160))
    some = differing(whole, **{LOW_INCOME: moved(20, 30, 0, 50)})
    assert fairness_text.sentences(some, found, KNOWN, SAY)[1] == (
        "Of the people with low income about 30% gain; of all residents 25%."
    )


def test_the_whole_of_it_holds_together():
    sides = [stand(town(HOMES, *places)) for places in ((WEST,), (WEST, EAST))]
    found = difference(*sides)
    text = fairness_text.sentences(found, fairness(*sides, found), KNOWN, SAY)
    assert text[-1].startswith("40% of the gain")  # 20 of 50, who had the longest walk


def test_measures_before_and_after_in_a_table():
    homes = {NEAR: people(CROWD), FAR: people((40, 3, *CROWD[2:]))}
    sides = [stand(town(homes, *places)) for places in ((WEST,), (WEST, EAST))]
    before, after = (figures(side.town, side.answer.question, KNOWN, now=NOW) for side in sides)
    rows = figures_text.measure_rows(before, after, KNOWN, SAY)
    assert len(figures_text.measure_headings(SAY)) == len(rows[EVERYBODY]) == 7
    assert rows[EVERYBODY] == ["Everybody", "1", "1", "1", "1", "1", "1"]
    assert rows["low_income"][1:] == ["Unknown"] * 6
    shown = figures_text.meeting_rows(met(before.meetings, after.meetings), KNOWN, SAY)
    assert len(figures_text.meeting_headings(SAY)) == len(shown["n0"])
    assert shown["n1"][2:4] == ["–", "338"]
    assert shown["n0"][2:4] == ["365", "365"]
    assert "Too few to tell" in shown["n1"]


CELLS = {
    "connected": (inf, 4.0),
    "much_shorter": (20.0, 4.2),
    "shorter": (9.0, 8.0),
    "same": (9.0, 8.1),
    "longer": (8.0, 9.0),
    "much_longer": (4.0, 20.0),
    "cut_off": (4.0, inf),
    "unknown": (nan, 4.0),
}


def drawn(**how):
    squares = [box(5e5 + 250 * n, 7e6, 5e5 + 250 * n + 250, 7e6 + 250) for n in range(8)]
    before, after = (np.array(side) for side in zip(*CELLS.values(), strict=True))
    told = {"before": before, "after": after, "change": after - before, "gains": 3.0}
    cells = gpd.GeoDataFrame(told, geometry=squares, crs="EPSG:25833")
    return change_layer(cells, say=SAY, **how)


def test_squares_are_classed_by_the_change_of_the_walk():
    layer = drawn()
    assert layer.table["class"].tolist() == [key for key in CELLS if key != "same"]
    assert layer.table["before"].tolist()[:2] == ["No way on foot", "20 minutes"]
    assert layer.table["after"].tolist()[-2:] == ["No way on foot", "4 minutes"]
    assert layer.table.area.round().unique().tolist() == [170.0**2]
    assert {entry.key for entry in layer.classes} == {*CELLS} - {"same"}
    known = {entry.key: entry.label for entry in drawn(certain=True).classes}
    assert known["cut_off"] == "No known way any more"


def test_a_file_of_it_counts_nobody():
    features = json.loads(encode(drawn()))["features"]
    assert {key for one in features for key in one["properties"]} == {
        *("class", "change", "before", "after"),
    }
    text = legend([drawn()], SAY)
    assert "5 minutes shorter or more" in text
    assert "1–5 minutes longer" in text


@pytest.mark.parametrize("vision", VISION)
def test_everybody_tells_shorter_from_longer(vision):
    apart = [
        np.linalg.norm(seen(one, vision) - seen(other, vision))
        for one, other in combinations(palette.CHANGE.values(), 2)
    ]
    assert min(apart) >= 12


def test_the_scale_darkens_towards_both_ends():
    light = {key: seen(colour, "normal")[0] for key, colour in palette.CHANGE.items()}
    assert light["connected"] + 5 < light["much_shorter"] < light["shorter"] - 5
    assert light["cut_off"] + 5 < light["much_longer"] < light["longer"] - 5


def test_shorter_and_longer_differ_without_colour():
    classes = drawn().classes
    for one, other in combinations(classes, 2):
        assert not alike(one, other, Drawing.CELLS), (one.key, other.key)
    dashed = {entry.key for entry in classes if entry.dash}
    assert dashed == {"longer", "much_longer", "cut_off", "unknown"}
    for entry in classes:
        mixed = "#" + "".join(f"{channel:02x}" for channel in on_land(entry.colour).astype(int))
        assert entry.shape == "ring" or palette.contrast(entry.edge, mixed) >= 3


def test_the_map_of_a_town_is_drawn_from_its_difference():
    before, after = stand(town(HOMES, WEST)), stand(town(HOMES, WEST, EAST))
    layer = change_layer(by_cell(before.homes, difference(before, after)), say=SAY)
    assert layer.table["class"].tolist() == ["much_shorter"]
    nothing = change_layer(by_cell(before.homes, difference(before, before)), say=SAY)
    assert nothing.table.empty
    assert nothing.present == ()
