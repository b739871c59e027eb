"""Areas side by side: figures of each from itself alone, and what they rest on beside them."""

import pickle
import re
from dataclasses import replace
from itertools import pairwise
from math import isnan, nan
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.caveats import of_groups, of_places
from geo.bundle import CONTRACTS, Area, Source
from geo.errors import ExportError, Message
from geo.question import Question
from layers.comparison.asking import ask
from layers.comparison.axis import shares, walks
from layers.comparison.basis import EDGE, EXAMPLE
from layers.comparison.blocks import blocks, group_tables, kind_tables, summary
from layers.comparison.comparison import compared, together
from layers.comparison.dots import Dot, Row, lanes, pages
from layers.comparison.plot import plot
from layers.comparison.plots import asked_plot, groups_plot, walks_plot
from layers.comparison.sheets import export
from layers.comparison.unlike import unlike
from layers.report.tree import Picture
from tests.answers import NOW, hostile_town
from tests.towns import SQUARE_M, bundle, catalogue, streets
from words import speaker

EN = speaker("en")
STREET = streets([(-9000, 0), (0, 0)], [(0, 0), (2000, 0)])
HERE = {"n1": ("park", (0, 0)), "n2": ("library;park", (400, 0))}
NEAR, FAR, NOWHERE = (78.0, 0.0), (1250.0, 0.0), (900.0, 1900.0)
QUESTION = Question("", ("park", "library"), minutes=10)


def town(code, homes, places=HERE, **about):
    """Return a town of some people, under a code of its own, where it lies in the world."""
    told = {
        spot: people if isinstance(people, dict) else {"everybody": people}
        for spot, people in homes.items()
    }
    drawn = bundle(STREET, told, places)
    tables = {name: getattr(drawn, name) for name in CONTRACTS}
    for table in tables.values():
        table.geometry = table.translate(*SQUARE_M)
    area = replace(drawn.area, code=code, name=code.title(), **about)
    return replace(drawn, area=area, **tables)


def case(known, question=QUESTION, say=EN):
    return ask(question, known, catalogue(), say=say, now=NOW)


def side_by_side(*towns, **how):
    return compared([case(one, **how) for one in towns])


VIK = town("vik", {NEAR: 30.0, FAR: 10.0})
NES = town("nes", {NEAR: 100.0, NOWHERE: 300.0}, {"n1": ("park", (0, 0))})


# What is told of each.


def test_every_area_has_the_figures_of_its_own_people():
    both = side_by_side(VIK, NES)
    rows = {row[0]: row[1:6] for row in summary(both, EN).rows}
    assert rows["Vik"] == ("40", "30", "10", "75%", "1")  # 78 m; 850 m are beyond 10 minutes
    assert rows["Nes"] == ("400", "100", "300", "25%", "No way on foot")


def test_places_are_told_per_thousand_of_those_who_live_there():
    kinds = {one.key: one for one in side_by_side(VIK).first.kinds}
    assert (kinds["park"].places, kinds["park"].per_thousand) == (2, 50.0)
    assert (kinds["library"].places, kinds["library"].told) == (1, "25")


def test_the_question_is_asked_of_each_area_by_its_code():
    both = side_by_side(VIK, NES)
    assert [one.question.area for one in both.areas] == ["vik", "nes"]
    assert len({one.asked for one in both.areas}) == 1


def test_groups_that_nobody_knows_are_words():
    [*tables] = group_tables(side_by_side(VIK), EN)
    told = dict(zip(tables[0].columns, tables[0].rows[0], strict=True))
    assert told["Everybody"] == "75%"
    assert told["Young children, 0–5"] == "Unknown"


def test_a_few_are_told_nowhere():
    known = town("few", {NEAR: 100.0, FAR: 3.0})
    made = side_by_side(known, VIK)
    few = made.areas[0].standing
    assert few.cells == ("103", *["Too few to tell"] * 3)
    assert few.share is None
    assert isnan(few.middle)
    groups = export(made, EN).sheet("groups").table
    row = groups[groups["row"] == "few:everybody"].iloc[0]
    assert row[["within", "beyond", "share_percent"]].isna().all()
    assert row["note"] == "Too few to tell"
    assert "Few: Too few to tell" in asked_plot(made, EN)[0].alt


def test_people_withheld_for_others_have_no_walk_either():
    ages = {"everybody": 60.0, "youth": 3.0, "adults": 50.0, "older_80": 7.0}
    none = dict.fromkeys(("young_children", "school_children", "older_67_79"), 0.0)
    made = side_by_side(town("few", {NEAR: ages | none}))
    known = {one.key: one for one in made.first.groups}
    assert known["older_80"].cells == ("Too few to tell",) * 4  # 60 less 50 less 7 are 3
    assert known["older_80"].half_text == "Too few to tell"
    assert isnan(known["older_80"].half_min)
    assert known["adults"].half_text == "1"


def test_an_area_without_homes_or_places_says_so_in_words():
    bare, empty = town("bare", {NEAR: 40.0}, {}), town("empty", {NEAR: 0.0})
    made = side_by_side(bare, empty, VIK)
    told = {one.area.code: one for one in made.areas}
    assert told["bare"].standing.half_text == "No such place here"
    assert told["bare"].standing.cells[3] == "0%"
    assert [one.places for one in told["bare"].kinds] == [0, 0]
    assert told["empty"].standing.cells[3] == "Nobody lives here"
    assert told["empty"].standing.half_text == "Nobody lives here"
    assert {one.told for one in told["empty"].kinds} == {"Nobody lives here"}
    assert told["empty"].grounds[0].told == "Nobody lives here"
    assert all(np.isfinite(one.standing.middle) or one is told["empty"] for one in made.areas)


# None depends on the others.


def shown(made, code):
    """Return all that a comparison tells of one area, to the last bit."""
    [n] = [n for n, one in enumerate(made.areas) if one.area.code == code]
    tables = (summary(made, EN), *group_tables(made, EN), *kind_tables(made, EN))
    sheets = export(made, EN).sheets
    rows = {
        one.key: one.table[one.table["area"] == code].reset_index(drop=True).to_csv()
        for one in sheets
        if "area" in one.table
    }
    assert set(rows) == {"groups", "kinds", "basis", "sources"}
    plots = (asked_plot(made, EN), walks_plot(made, EN), groups_plot(made, EN))
    drawn = [row for each in plots for one in each for row in drawn_rows(one.svg)]
    own = [drawn[n + len(made.areas) * each] for each in range(3)]
    return pickle.dumps((made.areas[n].groups, made.areas[n].kinds)), (
        [table.rows[n] for table in tables],
        [table.columns for table in tables],
        rows,
        own,
    )


def drawn_rows(svg):
    """Return what is drawn in each row of a plot, wherever the row lies."""
    found = ElementTree.fromstring(svg).findall("{http://www.w3.org/2000/svg}g")
    return [b"".join(ElementTree.tostring(part) for part in row) for row in found]


COUNTS = [0.0, 0.3, 3.0, 5.0, 12.0, 40.5, 1234.5]
PEOPLE = st.fixed_dictionaries(
    {"everybody": st.sampled_from(COUNTS), "youth": st.sampled_from([*COUNTS, nan])}
)
SPOTS = st.sampled_from([NEAR, FAR, NOWHERE, (700.0, 0.0), (-400.0, 0.0)])
PLACES = st.dictionaries(
    st.sampled_from(["n1", "n2", "n3"]),
    st.tuples(
        st.sampled_from(["park", "library", "park;library", "cafe"]),
        st.sampled_from([(0, 0), (400, 0), (1900, 0), (-4000, 0)]),
    ),
)
HOMES = st.dictionaries(SPOTS, PEOPLE, min_size=1)
TOWNS = st.lists(st.tuples(HOMES, PLACES), min_size=2, max_size=4)


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(drawn=TOWNS, data=st.data())
def test_figures_are_the_same_whoever_stands_beside_and_in_whatever_order(drawn, data):
    known = [town(f"town-{n}", *one) for n, one in enumerate(drawn)]
    cases = {one.area.code: case(one) for one in known}
    order = data.draw(st.permutations([*cases]))
    all_of_them = compared([cases[code] for code in order])
    for one in known:
        again = compared([case(one)])  # asked anew, of a town made ready anew
        assert shown(again, one.area.code) == shown(all_of_them, one.area.code)


def test_what_is_told_of_an_area_does_change_with_itself():
    other = town("vik", {NEAR: 30.0, FAR: 11.0})
    assert shown(side_by_side(VIK, NES), "vik") != shown(side_by_side(other, NES), "vik")


@given(st.floats(1, 60), st.integers(1, 60))
def test_axes_are_of_the_question_alone(value, minutes):
    assert shares(EN).end == 1
    assert walks(minutes, EN).end == 2 * minutes
    assert walks(minutes, EN).x(0) < walks(minutes, EN).x(value) <= walks(minutes, EN).x(1e9)


def test_areas_stand_as_they_were_named():
    names = [row[0] for row in summary(side_by_side(NES, VIK), EN).rows]
    assert names == ["Nes", "Vik"]


# How many, and what cannot be compared.


def test_one_area_alone_is_a_comparison():
    made = side_by_side(VIK)
    assert unlike(made, EN) == ()
    assert len(summary(made, EN).rows) == 1


def test_thirteen_areas_stand_in_thirteen_rows():
    some = [town(f"town-{n:02}", {NEAR: 10.0 * n, FAR: 10.0}) for n in range(1, 14)]
    made = side_by_side(*some)
    assert [row[0] for row in summary(made, EN).rows] == [f"Town-{n:02}" for n in range(1, 14)]
    assert len(drawn_rows(asked_plot(made, EN)[0].svg)) == 13
    groups = export(made, EN).sheet("groups").table
    assert groups["row"].is_unique
    assert len(groups) == 13 * len(made.first.groups)


def test_areas_of_one_name_are_told_apart_by_their_code():
    other = replace(NES, area=replace(NES.area, name="Vik"))
    assert [*side_by_side(VIK, other).names.values()] == ["Vik (vik)", "Vik (nes)"]


@pytest.mark.parametrize(
    ("cases", "text"),
    [
        (lambda: [], "Choose at least one area to compare."),
        (lambda: [case(VIK), case(VIK)], "The area vik is there twice."),
        (
            lambda: [case(VIK), case(NES, replace(QUESTION, minutes=11))],
            "Areas can be compared only if all were asked the same question.",
        ),
        (
            lambda: [case(VIK), case(NES, say=speaker("nb"))],
            "Areas can be compared only if all were asked the same question.",
        ),
        (
            lambda: [case(VIK, Question("", ()))],
            "Choose at least one kind of meeting place.",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(cases, text):
    with pytest.raises(ExportError, match=re.escape(text)):
        compared(cases())


def test_nothing_together_is_refused():
    with pytest.raises(ExportError):
        together([])


# What the figures rest on.


def test_what_is_not_alike_is_told_with_the_names():
    other = town("nes", {NEAR: 100.0}, missing=(Message("SSB did not answer."),))
    other.homes["basis"] = "grid"
    told = unlike(side_by_side(VIK, other), EN)
    assert "Residents: Estimated from buildings (Vik); Counted (Nes)." in told
    assert "Sources that did not answer: None (Vik); 1 (Nes)." in told
    assert not any(one.startswith("Area built") for one in told)


def test_the_date_of_the_map_stands_beside_each_area():
    source = Source(
        "OpenStreetMap", "ODbL 1.0", "© OpenStreetMap contributors", "2019-04-14", 1
    )
    old = replace(VIK, area=replace(VIK.area, sources=(source,)))
    made = side_by_side(old, NES)
    assert [row[7] for row in summary(made, EN).rows] == ["2019-04-14", "Not known"]
    assert "Date of the map: 2019-04-14 (Vik); Not known (Nes)." in unlike(made, EN)


def test_notes_and_missing_sources_stand_with_their_area():
    note, missing = Message("Residents are estimated."), Message("SSB did not answer.")
    known = replace(VIK, area=replace(VIK.area, notes=(note,), missing=(missing,)))
    made = side_by_side(known, NES)
    assert made.areas[0].notes[:2] == (str(note), str(missing))
    assert str(missing) not in made.areas[1].notes
    basis = export(made, EN).sheet("basis").table
    assert basis.loc[basis["text"] == str(missing), "area"].tolist() == ["vik"]


def test_example_figures_and_the_edge_are_known_by_the_words_of_the_builder():
    class Incomes:
        incomes = True
        ages = None

    homes = VIK.homes
    told = of_groups(homes, Incomes(), lent=True)
    assert any(EXAMPLE in one.text for one in told)
    assert any(EDGE in one.text for one in of_places(VIK.places, whole=False))
    assert not any(EDGE in one.text for one in of_places(VIK.places, whole=True))
    cut = replace(VIK, area=replace(VIK.area, warnings=of_places(VIK.places, whole=False)))
    assert any(
        one.startswith("Places beyond the edge") for one in unlike(side_by_side(cut, NES), EN)
    )


# Plots.


def test_a_dot_stands_where_its_share_is_and_a_letter_in_it():
    svg = ElementTree.fromstring(asked_plot(side_by_side(VIK), EN)[0].svg)
    circle = next(svg.iter("{http://www.w3.org/2000/svg}circle"))
    assert float(circle.get("cx")) == shares(EN).x(0.75)
    letters = [one.text for one in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert "A" in letters
    assert "75%" in letters


def test_a_band_has_a_line_and_an_unknown_middle_is_hollow():
    sure = plot([Row("Vik", (Dot("A", 0.5, (0.5, 0.5)),), "")], shares(EN))
    banded = plot([Row("Vik", (Dot("A", 0.5, (0.4, 0.7)),), "")], shares(EN))
    hollow = plot([Row("Vik", (Dot("A", nan, (0.4, 0.6)),), "")], shares(EN))
    assert banded.count("<line") - sure.count("<line") == 3
    assert "stroke-dasharray" in hollow
    assert "stroke-dasharray" not in banded
    assert f'cx="{shares(EN).x(0.5):.2f}"' in hollow


def test_a_walk_beyond_the_axis_is_an_arrow():
    svg = plot([Row("Vik", (Dot("A", 21.0), Dot("B", 20.0)), "21")], walks(10, EN))
    assert (svg.count("<polygon"), svg.count("<circle")) == (1, 1)


@given(st.lists(st.floats(0, 1), max_size=20))
def test_dots_of_a_lane_do_not_lie_on_each_other(values):
    found = lanes([Dot("A", value) for value in values], shares(EN))
    assert sum(map(len, found)) == len(values)
    for lane in found:
        at = sorted(shares(EN).x(dot.at) for dot in lane)
        assert all(b - a > 4.1 for a, b in pairwise(at))


def test_more_rows_than_a_page_holds_are_drawn_in_another_plot():
    rows = [Row(f"{n}", (), "") for n in range(50)]
    found = pages(rows, shares(EN))
    assert [row for some in found for row in some] == rows
    assert len(found) > 1


# Whatever names are.


def test_hostile_names_are_text_everywhere():
    evil = replace(hostile_town().area, name='<svg onload="x">\x00=1 ' + "x" * 300)
    made = side_by_side(replace(hostile_town(), area=evil), VIK)
    for block in blocks(made, EN):
        if isinstance(block, Picture):
            ElementTree.fromstring(block.svg)
            assert "<svg onload" not in block.svg


def test_sheets_hold_no_infinite_number_and_every_column_is_explained():
    made = export(side_by_side(NES, VIK), EN)
    for one in made.sheets:
        assert [*one.columns] == [*one.table.columns]
        numbers = one.table.select_dtypes("number").to_numpy()
        assert not np.isinf(numbers).any()
    groups = made.sheet("groups").table
    nes = groups[groups["row"] == "nes:everybody"].iloc[0]
    assert isnan(nes["half_min"])
    assert nes["half_min_text"] == "No way on foot"


def test_without_sources_there_is_an_empty_sheet():
    assert isinstance(VIK.area, Area)
    assert export(side_by_side(VIK, NES), EN).sheet("sources").table.empty
