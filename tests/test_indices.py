"""What the measures say: sentences, cells, files, and the section of the page."""

from dataclasses import replace
from datetime import datetime
from math import inf, isnan, nan

import geopandas as gpd
import numpy as np
import pytest
import shapely
from streamlit.testing.v1 import AppTest

from geo.coverage import FEWEST, Reach
from geo.figures.figures import Figures, figures
from geo.figures.having import Access
from geo.figures.uneven import uneven
from geo.question import Question
from geo.tables import GROUPS
from geo.timetable import OSLO
from geo.town import prepare
from layers import meeting_text
from layers.figures_file import sheets, tables
from layers.indices import of_group
from layers.unevenness import gathering, of_all
from tests.page import CROWD, html, keep
from tests.page import tables as drawn
from tests.towns import CRS, bundle, catalogue, streets
from words import speaker

NOW = datetime(2026, 11, 24, 12, tzinfo=OSLO)
EN = speaker("en")
ALL = Reach(100.0, 100.0, 0.0)
NONE = Reach(100.0, 0.0, 100.0)
ACCESS = {
    "people": 100.0,
    "half_min": 4.2,
    "most_min": 9.0,
    "choice_min": 11.5,
    "places": 3.0,
    "weighted": 1.25,
    "sorts": 1.0,
    "per_thousand": 0.456,
    "indoors": Reach(100.0, 60.0, 40.0),
    "outdoors": Reach(100.0, 80.0, 20.0),
    "only_outdoors": Reach(100.0, 30.0, 70.0),
}
NO_MEETINGS = gpd.GeoDataFrame(
    {
        c: []
        for c in (
            *("name", "kinds", "people", "children", "older", "evenness", "likeness"),
            *("rest", "mixed"),
        )
    },
    geometry=[],
    crs=CRS,
)


def cells(*rows):
    """Return cells from pairs of people and street."""
    boxes = [shapely.box(250 * n, 0, 250 * n + 250, 250) for n in range(len(rows))]
    people = [n for n, _ in rows]
    columns = {"people": people, "near": [near for _, near in rows]}
    columns["told"] = [n >= FEWEST for n in people]
    return gpd.GeoDataFrame(columns, geometry=boxes, crs=CRS)


def found(*, group="everybody", rank=None, access=None, **changed):
    """Return figures made up for their sentences."""
    one = Access(**ACCESS | (access or {}))
    values, people = np.array([0.0, 1.0, 2.0]), np.array([50.0, 100.0, 50.0])
    spread = uneven(values, people, rank)
    return Figures(
        **{
            "question": Question("toytown", ("library", "park"), group),
            "access": dict.fromkeys(catalogue().groups, one),
            "spread": {"places": spread, "weighted": spread},
            "meetings": NO_MEETINGS,
            "beyond": Reach(100.0, 60.0, 10.0),
            "gathered": cells((30.0, "Storgata"), (8.0, "Storgata"), (7.0, "")),
            "both": True,
        }
        | changed
    )


def said(of):
    return {one.key: one for one in [*of_group(of, catalogue(), EN), *of_all(of, EN)]}


def test_what_the_measures_say_of_a_group():
    told = said(found())
    assert told["nearest"].sentence == (
        "Half of the residents have at most 5 min on foot to the nearest library or park."
        " Nine in ten have at most 9 min."
    )
    assert told["nearest"].told == "5"  # rounded up
    assert told["dual"].sentence == (
        "After 12 min on foot half of the residents have 3 places to choose from."
    )
    assert told["cumulative"].sentence == (
        "At least half of the residents have 3 places or more within 10 min."
    )
    assert told["variety"].sentence == (
        "At least half of the residents have 1 sort of places or more within 10 min."
    )
    assert told["gravity"].sentence.startswith("A place 5 min away counts half")
    assert told["e2sfca"].sentence.startswith(
        "If everybody shares what they can reach, half of the residents have at most 0.46"
    )
    assert told["only_outdoors"].sentence == (
        "About 30 of the residents have somewhere outdoors but nowhere indoors."
    )
    assert told["only_outdoors"].told == "30%"


def test_no_way_is_said_in_words():
    told = said(found(access={"most_min": inf, "choice_min": inf}))
    assert told["nearest"].sentence.endswith("More than one in ten have no way there.")
    assert told["dual"].told == "Never"
    assert told["dual"].sentence.startswith("More than half of the residents never have 3")
    none = said(found(access={"half_min": inf, "most_min": inf}))
    assert none["nearest"].sentence == (
        "More than half of the residents have no way on foot to such a place."
    )
    assert none["nearest"].told == "No way on foot"
    assert not any("inf" in one.told + one.sentence for one in none.values())


def test_where_only_what_is_known_counts_a_missing_way_is_unknown():
    asked = Question("toytown", ("park",), certain=True)
    none = said(replace(found(access={"half_min": inf, "most_min": inf}), question=asked))
    assert none["nearest"].told == "No known way on foot"
    assert none["nearest"].sentence == (
        "For more than half of the residents no way on foot to such a place is known."
    )
    some = said(replace(found(access={"most_min": inf}), question=asked))
    assert some["nearest"].sentence.endswith("For more than one in ten no way there is known.")


def test_nothing_within_reach_is_no_number_of_places():
    nothing = {"places": 0.0, "weighted": 0.0, "sorts": 0.0, "per_thousand": 0.0}
    told = said(found(access=nothing))
    for key in ("cumulative", "variety", "e2sfca"):
        assert told[key].told == "0"
        assert told[key].sentence == (
            "At least half of the residents have no place within 10 min."
        )


def test_to_lack_places_indoors_says_nothing_where_none_was_asked_for():
    assert "only_outdoors" not in said(found(both=False))


@pytest.mark.parametrize(
    ("people", "word"), [(nan, "Unknown"), (0.2, "–"), (3.0, "Too few to tell")]
)
def test_what_is_not_known_or_of_a_few_says_nothing(people, word):
    part = Reach(people, people, 0.0)
    parts = dict.fromkeys(("indoors", "outdoors", "only_outdoors"), part)
    unknown = (
        dict.fromkeys(("half_min", "most_min", "choice_min"), nan) if isnan(people) else {}
    )
    told = of_group(found(access={"people": people} | parts | unknown), catalogue(), EN)
    assert {one.told for one in told} == {word}
    assert {one.sentence for one in told} == {""}
    assert all(isnan(one.value) for one in told)


def test_how_uneven_it_is_in_words():
    """Three homes of 50, 100 and 50 people have 0, 1 and 2: the least half has a quarter."""
    told = said(found())
    assert told["gini_places"].sentence == (
        "The half of all residents who have least access have 25% of it all. If all had the"
        " same, it would be 50%."
    )
    assert told["gini_places"].told == "0.38"
    assert told["palma_places"].told == "5.3"  # 2 against 15 in 80
    assert "5.3 times as much" in told["palma_places"].sentence


def test_nobody_having_anything_is_not_even():
    spread = uneven([0.0], [100.0])
    told = said(found(spread={"places": spread, "weighted": spread}))
    assert told["gini_places"].told == told["palma_places"].told == "–"
    assert told["gini_places"].sentence == "Nobody has a place within reach."
    most = uneven([0.0, 1.0], [90.0, 60.0])
    told = said(found(spread={"places": most, "weighted": most}))
    assert told["palma_places"].told == "∞"
    assert told["palma_places"].sentence == (
        "The four tenths of all residents who have least access have none."
    )


@pytest.mark.parametrize(
    ("rank", "value", "sentence"),
    [
        (None, "Unknown", "there are no incomes."),
        ([1.0, 2.0, 3.0], "0.38", "Those with high incomes have more."),
        ([3.0, 2.0, 1.0], "-0.38", "Those with low incomes have more."),
        ([1.0, 1.0, 1.0], "0", "Those with high and with low incomes have equally much."),
        ([1.0, nan, nan], "Unknown", "where most residents live, the incomes are not known."),
        (
            [1.0, 2.0, nan],
            "0.33",
            "25% of all residents are left out: the incomes where they live are not known.",
        ),
    ],
)
def test_who_has_more_by_income(rank, value, sentence):
    index = said(found(rank=rank))["concentration"]
    assert index.told.replace("−", "-") == value
    assert index.sentence.endswith(sentence)


def test_where_those_beyond_gather_in_words():
    assert gathering(found(), EN) == (
        "In 3 cells of 250 m more live beyond reach than chance would put there (estimated)."
        " Most of them near: Storgata."
    )
    assert gathering(found(gathered=cells()), EN) == (
        "Those beyond reach live scattered: no cell stands out."
    )
    assert gathering(found(gathered=cells(), beyond=ALL), EN) == "Nobody lives beyond reach."
    assert gathering(found(beyond=Reach(100, 97, 0)), EN) == "Too few to tell"
    assert gathering(found(beyond=Reach(nan, nan, nan)), EN) == "Unknown"
    assert "Near" not in gathering(found(gathered=cells((9.0, ""))), EN)


# --- Who can meet, files and the page --------------------------------------------------

MIXED = CROWD | {"school_children": 30.0, "youth": 9.0, "older_80": 8.0}
HAMLET = bundle(
    streets([(-500, 0), (0, 0)], [(0, 0), (900, 0)]),
    {(78, 0): MIXED, (800, 0): MIXED},
    {"n1": ("park;playground", (0, 0)), "n2": ("library", (880, 0))},
)


def measured(*kinds, town=HAMLET, **how):
    question = Question("toytown", kinds or ("park", "library"), **how)
    return figures(prepare(town), question, catalogue(), now=NOW)


def test_who_can_meet_in_words():
    met = measured(minutes=2).meetings
    assert meeting_text.rows(met, catalogue(), EN)[0][:5] == [
        "Without a name",
        "Park, Playground",
        "139",
        "42",
        "28",
    ]
    assert meeting_text.foremost(met, catalogue(), EN, within=2).startswith(
        "Most can walk to Park, Playground: about 139 people within 2 min. Among them are, as"
        " estimated, 42 children and 28 older people; 0% of them would"
    )


def test_ages_that_are_few_or_unknown_are_no_numbers():
    few = bundle(HAMLET.paths, {(78, 0): CROWD}, {"n1": ("park", (0, 0))})
    (row,) = meeting_text.rows(measured(town=few, minutes=2).meetings, catalogue(), EN)
    assert row[2] == "100"
    assert row[3:5] == ["Too few to tell"] * 2  # a few of one age: the other tells how many
    lone = bundle(HAMLET.paths, {(78, 0): {"everybody": 40.0}}, {"n1": ("park", (0, 0))})
    met = measured(town=lone, minutes=2).meetings
    (row,) = meeting_text.rows(met, catalogue(), EN)
    assert row[2:] == ["40", "Unknown", "Unknown", "–", "–"]
    assert meeting_text.foremost(met, catalogue(), EN, within=2).endswith("within 2 min.")
    met.loc[:, "people"] = 3.0
    assert meeting_text.foremost(met, catalogue(), EN, within=2) == ""
    assert meeting_text.rows(met, catalogue(), EN)[0][2] == "fewer than 5"


def test_files_hold_no_infinity_and_no_few():
    few = bundle(HAMLET.paths, {(78, 0): CROWD, (0, 1900): CROWD}, {"n1": ("park", (0, 0))})
    of = measured(town=few, minutes=5)
    books = sheets(of, catalogue(), EN)
    groups = books["measures"].set_index("group")
    assert groups.loc["Everybody", "half_min"] == 1
    assert np.isnan(groups.loc["Everybody", "nine_in_ten_min"])
    assert groups.loc["Everybody", "note"] == "Empty: no way on foot, or too few to tell"
    assert np.isnan(groups.loc["Schoolchildren, 6–15", "half_min"])
    assert groups.loc["Schoolchildren, 6–15", "note"] == "Too few to tell"
    assert groups.loc["Everybody", "outdoors_percent"] == 50
    for sheet in books.values():
        numbers = sheet.select_dtypes("number").to_numpy()
        assert not np.isinf(numbers).any()
    assert books["indices"]["measure"].is_unique
    assert books["lorenz"]["places"].iloc[-1] == 1
    layers = tables(of, catalogue(), EN)
    assert layers["meetings"]["people_text"].tolist() == ["about 100"]
    assert set(layers["meetings"].geom_type) == {"Point"}
    told = ["cell", "people", "people_text", "near", "geometry"]
    assert layers["gathered"].columns.tolist() == told


def test_cells_of_a_few_are_no_numbers_in_files():
    layer = tables(found(gathered=cells((3.0, "Storgata"), (30.0, ""))), catalogue(), EN)
    assert np.isnan(layer["gathered"]["people"].iloc[0])
    assert layer["gathered"]["people_text"].tolist() == ["fewer than 5", "about 30"]


PAGE = """
from data.bundle import read
from geo.question import Question
from geo.tables import GROUPS
from views.measures import measures
from words import speaker

question = Question("measured", {kinds!r}, {group!r}, minutes=5)
measures(question, read("measured"), speaker("en"))
"""


def page(*kinds, group="everybody"):
    return AppTest.from_string(PAGE.format(kinds=kinds, group=group), default_timeout=60).run()


@pytest.fixture(scope="module")
def measured_town(moteplass_home):
    evil = bundle(
        HAMLET.paths,
        {(78, 0): MIXED, (800, 0): MIXED, (0, 1900): CROWD},
        {"n1": ("park", (0, 0)), "n2": ("library", (880, 0))},
    )
    evil.places["name"] = ["<script>alert(1)</script>", "Library"]
    return keep(evil, "measured")


def test_nothing_is_computed_before_the_section_is_opened(measured_town, monkeypatch):
    def refuse(*_):
        raise AssertionError

    monkeypatch.setattr("views.measures.figured", refuse)
    at = page("park", "library")
    assert not at.exception
    assert drawn(at) == []


def test_the_section_shows_every_measure(measured_town):
    at = page("park", "library", group="school_children")
    at.toggle(key="measures").set_value(True).run()
    assert not at.exception
    says, walks, amounts, meet, *_ = drawn(at)
    told = said(
        figures(
            prepare(measured_town),
            Question("measured", ("park", "library"), "school_children", minutes=5),
            catalogue(),
            now=NOW,
        )
    )
    assert [row[1] for row in says[1:]] == [one.told for one in told.values()]
    assert [row[0] for row in says[1:]] == [one.name for one in told.values()]
    assert [row[2] for row in says[1:]] == [one.sentence for one in told.values()]
    assert len(walks) == len(amounts) == 1 + len(GROUPS)
    assert meet[1][0] in {"Library", "<script>alert(1)</script>"}
    assert "<script>" not in html(at)


def test_a_question_without_places_is_shown_too(measured_town):
    at = page("cinema")
    at.toggle(key="measures").set_value(True).run()
    assert not at.exception
    assert drawn(at)[1][1] == ["Everybody", *["No way on foot"] * 2, "Never"]
