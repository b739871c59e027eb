"""Sheets of an export: rows as they are drawn, columns that have names, nobody given away."""

import re
from dataclasses import replace
from datetime import datetime
from math import inf, isnan, nan

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from shapely import box

from data.norms import norms
from geo.answer import answer
from geo.areas.reachable import reachable
from geo.bundle import Source
from geo.figures.figures import figures
from geo.norms.norm_walks import hold
from geo.question import Question
from geo.tables import AGES, EVERYBODY, GROUPS, HOMES, INCOMES, PLACES
from geo.timetable import OSLO
from geo.town import prepare
from layers.export.columns import COLUMNS, columns
from layers.export.export import ORDER, export, with_sheets
from layers.export.measures import with_measures
from layers.export.sheet import Column, Sheet
from tests.answers import NOW, exported, hostile_town
from tests.few_sums import OTHER, PEOPLE
from tests.few_town import EDGE, FAR, MIDDLE, NORTH, NOWHERE, WEST, planted, town, zoned
from tests.towns import CRS, catalogue
from words import speaker

LANGUAGES = ["nb", "nn", "sv", "en"]
SAY = speaker("en")
CROWD = (40, 30, 20, 200, 50, 25)
NO_NUMBER = {
    speaker(language)(text)
    for language in LANGUAGES
    for text in ("Unknown", "No way on foot", "No known way on foot")
}


def whole(known, question, say=SAY, now=NOW, *, areas=True):
    """Return all sheets of a question, as the program makes them."""
    ready, of = prepare(known), catalogue()
    found = answer(ready, question, of, now=now)
    reach = reachable(ready, question, of, now=now) if areas else None
    made = export(found, known, of, say=say, now=now, reach_areas=reach)
    measured = figures(ready, question, of, now=now)
    return with_measures(made, measured, hold(ready, norms()), of, say)


def asked(known, *kinds, say=SAY, areas=True, **how):
    return whole(known, Question(known.area.code, kinds, **how), say, areas=areas)


def check(known):
    """Walk every cell of every sheet."""
    keys = [sheet.key for sheet in known.sheets]
    assert len(set(keys)) == len(keys)
    assert keys == sorted(keys, key=[*ORDER, "columns"].index)
    for sheet in known.sheets:
        check_columns(sheet)
        check_cells(sheet)
        if sheet.layer:
            check_layer(sheet, known.area.crs)
    check_key(known)


def check_columns(sheet):
    names = [str(name) for name in sheet.table.columns if name != "geometry"]
    assert names == list(sheet.columns), sheet.key
    assert all(column.label.strip() for column in sheet.columns.values()), sheet.key
    labels = [column.label for column in sheet.columns.values()]
    assert len(set(labels)) == len(labels), sheet.key


def check_cells(sheet):
    for name in sheet.columns:
        cells = sheet.table[name]
        if not pd.api.types.is_numeric_dtype(cells):
            assert all(isinstance(cell, str) for cell in cells), (sheet.key, name)
            assert not set(cells.str.lower()) & {"inf", "nan", "none", "∞", "null"}
            continue
        numbers = cells.to_numpy(dtype=float)
        assert not np.isinf(numbers).any(), (sheet.key, name)
        assert name in PEOPLE | OTHER, f"say of {name} whether it counts people"
        if name in PEOPLE:
            assert not ((numbers > 0) & (numbers < 5)).any(), (sheet.key, name)
    if {"reach", "minutes"} <= set(sheet.columns):
        none = sheet.table["reach"].isin(NO_NUMBER)
        assert (sheet.table["minutes"].isna() == none).all(), sheet.key
    if "people_text" in sheet.columns:
        words = sheet.table["people_text"].tolist()
        assert not any(re.search(r"^\D*\b[1-4]$", one) for one in words)


def check_layer(sheet, crs):
    """Rows are written in the class that they are drawn in, and where they are drawn."""
    layer = sheet.layer
    assert layer.value in sheet.columns, sheet.key
    assert sheet.table[layer.value].tolist() == layer.table[layer.value].tolist(), sheet.key
    assert set(sheet.table[layer.value]) <= {entry.key for entry in layer.classes}
    assert sheet.table.crs == layer.table.crs == crs
    if sheet.key not in {"zones", "spots"} or len(sheet.table):
        same = sheet.table.geometry.to_numpy() == layer.table.geometry.to_numpy()
        assert same.all(), sheet.key
    if layer.icon:
        assert sheet.table[layer.icon].tolist() == layer.table[layer.icon].tolist()


def check_key(known):
    table = known.sheet("columns").table
    told = set(zip(table["sheet"], table["column"], strict=True))
    assert told == {(sheet.key, name) for sheet in known.sheets for name in sheet.columns}
    assert len(told) == len(table)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["park", "sauna"])
def test_every_cell_of_a_hostile_town_is_a_number_or_a_word(language, kind):
    check(exported(language, kind))
    check(exported(language, kind, group="young_children", when="saturday", certain=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_of_the_demo_has_a_name(language, karhula):
    known = asked(karhula, "library", "park", say=speaker(language), group="school_children")
    check(known)
    keys = {sheet.key for sheet in known.sheets}
    changed = {"changes", "change", "change_groups", "change_areas"}  # but here nothing is
    assert keys | changed == {*ORDER, "columns"} == {*COLUMNS}


def test_every_column_of_oslo_has_a_name(oslo):
    known = asked(oslo, "library", "park", say=speaker("nb"), when="saturday")
    check(known)
    assert len(known.sheet("homes").table) > 5000


# Nothing there.


def bare(known):
    """Return the same land, where nobody lives and nothing is."""
    none = {"entrances": known.entrances[:0], "homes": HOMES.none(CRS)}
    return replace(known, places=PLACES.none(CRS), **none)


def test_land_without_homes_and_places_has_every_sheet():
    land = bare(hostile_town())
    found = answer(prepare(land), Question("toytown", ("park",)), catalogue(), now=NOW)
    nowhere = gpd.GeoDataFrame({"minutes": []}, geometry=[], crs=CRS)
    known = export(found, land, catalogue(), say=SAY, now=NOW, reach_areas=nowhere)
    check(known)
    drawn = ("spots", "walk_cells", "homes", "place_areas", "places", "reach_areas")
    assert [len(known.sheet(key).table) for key in drawn] == [0] * 6
    assert len(known.sheet("boundary").table) == 1


def test_a_question_without_kinds_has_every_sheet():
    known = exported("en")
    found = answer(prepare(hostile_town()), Question("toytown", ()), catalogue(), now=NOW)
    made = export(found, hostile_town(), catalogue(), say=SAY, now=NOW)
    check(made)
    missing = {sheet.key for sheet in known.sheets} - {sheet.key for sheet in made.sheets}
    assert missing == {"gathered", "meetings", "measures", "indices", "lorenz", "norms"}


# What is drawn.


def test_rows_are_drawn_in_the_class_of_their_walk():
    known = exported("en")
    homes, cells = known.sheet("homes"), known.sheet("walk_cells")
    assert homes.table["class"].tolist() == ["half", "double", "double", "cut_off"]
    assert homes.layer.classes[0].label == "Up to 5 minutes"
    assert sorted(cells.table["minutes"].fillna(-1)) == [-1, 1.0, 10.3, 16.1]
    assert sorted(cells.table["reach"]) == sorted(homes.table["reach"])
    assert cells.table["cell"][0] == "474000_7463000"
    assert cells.table.area.round().tolist() == [170**2] * 4  # 40 m less on every side


def test_cells_that_are_not_told_are_of_a_class_that_says_no_number():
    spots = exported("en").sheet("spots")  # 40 are told, 2 are not, and 40 for their sake
    assert spots.table["class"].tolist() == ["from_20", "few", "few"]
    (few,) = (entry for entry in spots.layer.present if entry.key == "few")
    assert few.label == "Too few to tell, or unknown"
    assert spots.layer.table["people"].tolist() == ["about 40", few.label, few.label]


def test_places_are_signs_by_family_with_the_icon_of_their_kind():
    known = exported("nb", "park", "school")
    places = known.sheet("places")
    assert (places.layer.value, places.layer.icon) == ("family", "icon")
    kinds, say = catalogue().kinds, speaker("nb")
    assert set(places.table["icon"]) == {kinds["park"].icon}
    (family,) = places.layer.present
    assert family.label == say(catalogue().families["park"].label)
    assert set(places.table["family_name"]) == {family.label}
    assert set(places.table.geom_type) == {"Point"}


def test_places_with_an_outline_are_drawn_in_the_colour_of_their_family(karhula):
    known = asked(karhula, "park", areas=False)
    land, signs = known.sheet("place_areas"), known.sheet("places")
    assert set(land.table.geom_type) <= {"Polygon", "MultiPolygon"}
    assert len(land.table) >= 1
    colours = {entry.key: entry.colour for entry in signs.layer.classes}
    assert {entry.colour for entry in land.layer.present} == {colours["park"]}


def test_paths_tell_in_words_what_is_known_of_them():
    paths = exported("en").sheet("paths")
    row = paths.table.iloc[0]
    told = (row["street"], row["length_m"], row["structure"])
    assert told == ("path", 9000.0, "On the ground")
    assert set(paths.table[["wheelchair", "pram", "lit", "winter"]].to_numpy().ravel()) <= {
        *("Yes", "No", "Unknown")
    }
    assert [entry.key for entry in paths.layer.classes] == ["path", "street", "main", "steps"]


def test_places_where_people_can_meet_are_told_apart_by_how_many_can():
    known = exported("en", minutes=60)
    meetings = known.sheet("meetings")
    assert meetings.table["people_text"].tolist()[0] == "about 82"
    assert set(meetings.table["class"]) == {"from_0"}
    hidden = asked(town({MIDDLE: (0, 0, 0, 3, 0, 0), NOWHERE: CROWD}), "park", areas=False)
    table = hidden.sheet("meetings").table
    assert (table["class"].tolist(), table["people"].isna().all()) == (["few"], True)


# Zones.


def incomes(known, **columns):
    """Return an area with two zones: one of the crowd, and one of which nothing is told."""
    corner = known.boundary.geometry.iloc[0].bounds
    table = gpd.GeoDataFrame(
        {
            "name": ["Vik", "Nes"],
            "source": "SSB",
            "measure": "EU-60",
            "of": "persons",
            "value": [12.5, nan],
            "share": [0.125, nan],
            "low": [0.125, 0.0],
            "high": [0.125, 1.0],
            "area_class": ["low", "unknown"],
            **columns,
        },
        geometry=[box(*corner), box(0, 0, 9, 9)],
        index=["a", "b"],
        crs=CRS,
    )
    homes = known.homes.assign(income="a")
    return replace(known, homes=homes, incomes=INCOMES.check(table))


def test_a_zone_has_its_published_share_and_the_walk_of_its_residents():
    zones = asked(incomes(hostile_town()), "park", areas=False).sheet("zones")
    table = zones.table.set_index("id")
    assert table.loc["a", ["share_percent", "value"]].tolist() == [12.5, 12.5]
    assert table.loc["a", ["minutes", "walk", "note"]].tolist() == [10.3, "11 minutes", ""]
    assert table["class"].tolist() == ["low_far", "unknown"]
    told = table.loc["b"]
    assert isnan(told["share_percent"])
    assert isnan(told["minutes"])
    assert told["note"] == "Suppressed by who published it"
    assert told["walk"] == "Too few to tell"
    assert zones.layer.key == "bivariate"


def test_a_rounded_share_and_an_amount_of_money_are_said_to_be_so():
    rounded = incomes(hostile_town(), low=[0.1, 0.0], high=[0.15, 1.0])
    table = asked(rounded, "park", areas=False).sheet("zones").table
    assert table["note"].tolist()[0] == "Rounded by who published it"
    money = incomes(hostile_town(), of="other", value=[31000.0, nan], share=nan, low=0.0)
    money = replace(money, incomes=money.incomes.assign(high=1.0))
    row = asked(money, "park", areas=False).sheet("zones").table.iloc[0]
    assert (row["value"], isnan(row["share_percent"]), row["note"]) == (31000.0, True, "")


def test_zones_without_incomes_are_outlines_and_tell_of_nobody():
    drawn = zoned(town({MIDDLE: CROWD, NOWHERE: CROWD}), {MIDDLE: ["youth"], NOWHERE: []})
    zones = asked(drawn, "park", areas=False).sheet("zones")
    assert zones.table["note"].tolist() == ["Some ages are suppressed", ""]
    assert not any(pd.api.types.is_numeric_dtype(zones.table[name]) for name in zones.columns)
    assert "zones" not in {sheet.key for sheet in exported("en").sheets}


# What it is and rests on.


def test_an_export_is_named_by_its_area_and_its_day():
    known = exported("en")
    assert (known.stem, known.day) == ("moteplass-toytown-2026-11-21", "2026-11-21")
    assert known.title == "Meeting places in =Toytown"
    late = datetime(2026, 11, 21, 23, 30, tzinfo=OSLO).astimezone(tz=None)
    made = whole(hostile_town(), Question("toytown", ("park",)), now=late, areas=False)
    assert made.day == "2026-11-21"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_question_is_told_as_links_have_it_and_in_words(language):
    say = speaker(language)
    known = exported(language, "park", "school", group="youth", walker="adult", winter=True)
    table = known.sheet("question").table.set_index("parameter")
    question = Question(
        "toytown", ("park", "school"), group="youth", walker="adult", winter=True
    )
    assert Question.from_params(table["value"].to_dict()) == question
    of = catalogue()
    assert table.loc["group", "text"] == say(of.groups["youth"].label)
    assert table.loc["walker", "text"] == say(of.walkers["adult"].label)
    assert table.loc["winter", ["label", "text"]].tolist() == [say("Snow and ice"), say("Yes")]
    assert table.loc["when", "text"] == say("Any time")


def test_sources_are_told_one_by_one_and_thanked_by_every_layer_of_them():
    known = exported("en")
    table = known.sheet("sources").table
    assert table["licence"].tolist() == ["ODbL 1.0", "NLOD 2.0"]
    assert table["rows"].tolist() == [1, 1]
    assert known.sheet("places").layer.attribution == "© OpenStreetMap contributors, =SSB"
    alone = replace(hostile_town(), area=replace(hostile_town().area, sources=()))
    nothing = asked(alone, "park", areas=False)
    assert nothing.sheet("sources").table.empty
    check(nothing)
    lone = Source("A", "CC0", "", "2026", 0)
    thankless = replace(hostile_town(), area=replace(hostile_town().area, sources=(lone,)))
    assert asked(thankless, "park", areas=False).sheet("homes").layer.attribution == ""


def test_about_is_the_same_as_a_table():
    known = exported("en")
    table = known.sheet("about").table
    assert list(zip(table["what"], table["text"], strict=True)) == list(known.about)


# The registry.


def test_a_column_or_a_sheet_that_nobody_named_may_not_leave():
    with pytest.raises(KeyError, match="secret"):
        columns("places", pd.DataFrame({"secret": [1]}), SAY)
    with pytest.raises(KeyError, match="strangers"):
        columns("strangers", pd.DataFrame(), SAY)


def test_a_label_has_its_unit():
    known = exported("en")
    assert known.sheet("homes").columns["minutes"] == Column(
        "On foot to the nearest place", "min"
    )
    assert known.sheet("places").columns["area_m2"].unit == "m²"
    key = known.sheet("columns").table
    row = key[(key["sheet"] == "places") & (key["column"] == "area_m2")].iloc[0]
    assert row[["label", "unit"]].tolist() == ["Size as mapped", "m²"]


def test_a_sheet_of_the_same_key_is_replaced_and_a_new_one_comes_last_but_the_key():
    known = exported("en")
    about = pd.DataFrame({"what": ["x"], "text": ["y"]})
    named = {"what": Column("What"), "text": Column("Text")}
    more = [Sheet("about", "About", about, named), Sheet("else", "Else", about, named)]
    made = with_sheets(known, more, SAY)
    assert [sheet.key for sheet in made.sheets][-3:] == ["about", "else", "columns"]
    assert made.sheet("about").table.shape == (1, 2)
    assert "else" in set(made.sheet("columns").table["sheet"])
    assert len(known.sheets) == len(made.sheets) - 1  # the first is as it was


# A few.


def lines(known):
    """Return every row of every sheet, as it is written and as it is drawn, in no order."""
    return {
        (sheet.key, n): sorted(map(str, table.itertuples(index=False)))
        for sheet in known.sheets
        for n, table in enumerate([sheet.table, *([sheet.layer.table] if sheet.layer else [])])
    }


@pytest.mark.parametrize("group", [EVERYBODY, "youth"])
def test_no_sheet_tells_three_people_from_four(group):
    how = {"group": group, "minutes": 5}
    kinds = ("park", "library", "sauna", "place_of_worship")
    one, other = (
        lines(asked(planted(moved=moved), *kinds, **how, areas=False)) for moved in (0, 1)
    )
    assert [key for key in one if one[key] != other[key]] == []


# Any town.

some = st.sampled_from([0, 0, 0, 0.3, 1, 2, 3, 4, 4.9, 5, 5.2, 7, 12, 60, 450])
SPOTS = (MIDDLE, EDGE, FAR, NORTH, WEST, NOWHERE)


@st.composite
def exports(draw):
    """Draw a town of a few and of many, what is asked of it, and in which language."""
    homes = draw(st.dictionaries(st.sampled_from(SPOTS), st.tuples(*[some] * 6), min_size=1))
    classes = st.sampled_from(["low", "middle", "high", "unknown"])
    given_classes = st.fixed_dictionaries(dict.fromkeys(homes, classes))
    drawn = town(homes, classes=draw(given_classes) if draw(st.booleans()) else None)
    if draw(st.booleans()):
        ages = st.lists(st.sampled_from(AGES), min_size=1, max_size=2, unique=True)
        drawn = zoned(drawn, {next(iter(homes)): draw(ages)})
    if draw(st.booleans()):
        at = draw(st.integers(0, len(homes) - 1))
        drawn = replace(drawn, homes=drawn.homes.copy())
        drawn.homes.iloc[at, drawn.homes.columns.get_loc(draw(st.sampled_from(AGES)))] = nan
    kinds = draw(st.lists(st.sampled_from(["park", "library", "sauna", "school"]), max_size=3))
    question = Question(
        drawn.area.code,
        tuple(dict.fromkeys(kinds)) or ("park",),
        group=draw(st.sampled_from([EVERYBODY, *GROUPS])),
        minutes=draw(st.sampled_from([1, 5, 6, 12, 60])),
        certain=draw(st.booleans()),
    )
    return drawn, question


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # every town takes long to ask
)
@given(exports(), st.booleans())
def test_no_cell_of_any_town_is_infinite_or_a_few_people(drawn, areas):
    known, question = drawn
    check(whole(known, question, areas=areas))


def test_the_walk_through_the_cells_sees_what_it_looks_for():
    known = exported("en")
    for key, name, value in (
        ("homes", "minutes", inf),
        ("spots", "people", 3.0),
        ("groups", "within", 4.0),
        ("homes", "minutes", 99.0),
        ("homes", "reach", None),
        ("indices", "text", "inf"),
        ("walk_cells", "class", "half"),
    ):
        sheet = known.sheet(key)
        wrong = sheet.table.copy()
        wrong.iloc[-1, wrong.columns.get_loc(name)] = value
        with pytest.raises(AssertionError):
            check(with_sheets(known, [replace(sheet, table=wrong)], SAY))
    check(known)
