"""What leaves the program: words beside every empty cell, and few people never counted."""

from dataclasses import replace
from math import inf, nan

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box

from geo.answer import answer
from geo.between import Band
from geo.coverage import Reach
from geo.question import Question
from geo.tables import GROUPS
from geo.town import prepare
from layers.export.export import export
from layers.telling import people_text, reach_text
from tests.answers import NOW, exported, hostile_town
from tests.towns import catalogue
from words import speaker

SAY = speaker("en")


MAPS = [
    *("paths", "boundary", "spots", "walk_cells", "homes", "gathered", "meetings"),
    *("place_areas", "places"),
]
TABLES = [
    *("groups", "measures", "indices", "lorenz", "norms"),
    *("sources", "question", "about", "columns"),
]


def tables_of(*asked, **how):
    """Return the tables of an export by the keys of their sheets."""
    return {sheet.key: sheet.table for sheet in exported(*asked, **how).sheets}


def test_there_is_a_sheet_of_everything_that_is_on_the_map():
    known = exported("en")
    assert [sheet.key for sheet in known.sheets] == MAPS + TABLES
    assert [sheet.key for sheet in known.sheets if sheet.drawn] == MAPS
    assert [sheet.key for sheet in known.sheets if sheet.located] == MAPS
    tables = tables_of("en")
    assert {tables[key].crs.to_string() for key in MAPS} == {"EPSG:25833"}
    assert (len(tables["places"]), len(tables["homes"]), len(tables["spots"])) == (10, 4, 3)
    assert set(tables["places"].geom_type) == {"Point"}


def test_areas_are_written_if_they_were_asked_for():
    reach = gpd.GeoDataFrame({"minutes": [10]}, geometry=[box(0, 0, 9, 9)], crs="EPSG:25833")
    known = exported("en", reach_areas=reach)
    table = known.sheet("reach_areas").table
    told = table[["class", "from_minutes", "minutes", "text"]].to_numpy().tolist()
    assert told == [["to_10", 0, 10, "Up to 10 minutes"]]
    with pytest.raises(KeyError, match="reach_areas"):
        exported("en").sheet("reach_areas")


def test_areas_of_longer_walks_have_what_those_add():
    squares = [box(0, 0, 3, 3), box(0, 0, 9, 9)]
    reach = gpd.GeoDataFrame({"minutes": [5, 10]}, geometry=squares, crs="EPSG:25833")
    table = exported("en", reach_areas=reach).sheet("reach_areas").table
    assert table["from_minutes"].tolist() == [0, 5]
    assert table.area.tolist() == [9.0, 72.0]


def test_places_tell_whether_they_are_open_then_if_that_was_asked():
    assert set(tables_of("en")["places"]["state"]) == {""}
    places = tables_of("en", when="saturday")["places"]  # hours that nobody can read
    assert set(places["state"]) == {"Opening hours unknown"}
    places = tables_of("nb", "school", when="saturday", schools=True)["places"]
    assert set(places["state"]) == {speaker("nb")("Open")}


def test_an_unreachable_home_has_no_minutes_but_a_word():
    homes = tables_of("en")["homes"]
    assert homes["minutes"].fillna(-1).tolist() == [1.0, 10.3, 16.1, -1]
    words = ["Within reach", "Beyond reach", "Beyond reach", "No way on foot"]
    assert homes["reach"].tolist() == words
    assert homes["place"].tolist()[-1] == homes["place_id"].tolist()[-1] == ""
    assert set(homes["basis"]) == {"Building"}


def test_homes_tell_nobody_how_many_live_there():
    assert not set(GROUPS) & set(tables_of("en")["homes"].columns)


def test_without_such_a_place_nobody_reaches_one():
    tables = tables_of("en", "sauna")
    assert tables["places"].empty
    assert set(tables["homes"]["reach"]) == {"No way on foot"}
    assert tables["homes"]["minutes"].isna().all()


def test_few_people_in_a_cell_are_a_word_and_no_number():
    spots = tables_of("en")["spots"]
    # All 82 beyond are told of, so that a lone few would be the rest.
    assert spots["people"].fillna(-1).tolist() == [40, -1, -1]
    assert sorted(spots["people_text"]) == ["Too few to tell", "about 40", "fewer than 5"]
    spots = tables_of("en", group="youth")["spots"]
    assert spots["people"].isna().all()
    assert set(spots["people_text"]) == {"fewer than 5"}


def test_unknown_people_in_a_cell_are_a_word_and_no_number():
    spots = tables_of("en", group="young_children")["spots"]
    assert spots["people"].isna().all()
    assert set(spots["people_text"]) == {"Unknown"}


def test_groups_are_told_with_their_gap_to_everybody():
    groups = tables_of("en")["groups"]
    assert groups["group"].tolist() == [group.label for group in catalogue().groups.values()]
    everybody = groups.loc["everybody"]
    assert everybody[["people", "within", "beyond", "cut_off"]].tolist() == [122, 40, 82, 40]
    assert everybody[["share_percent", "gap_points"]].tolist() == [33, 0]
    ends = [name for name in groups.columns if "_low" in name or "_high" in name]
    assert len(ends) == 6
    assert groups[ends].isna().all(axis=None)  # nothing is rounded or suppressed here
    unknown = groups.loc["young_children"]
    assert unknown.drop(["key", "group", "note"]).isna().all()
    assert unknown["note"] == "Unknown"
    youth = groups.loc["youth"]  # ten, three of them within
    assert youth["people"] == 10
    assert youth.drop(["key", "group", "note", "people"]).isna().all()
    assert youth["note"] == "Too few to tell"
    assert everybody["note"] == ""


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("minutes", [1, 10, 11, 60])
def test_nowhere_are_one_to_four_people_a_number(group, minutes):
    known = exported("en", group=group, minutes=minutes)
    counts = known.sheet("groups").table[["people", "within", "beyond", "cut_off"]].stack()
    people = [*counts, *known.sheet("spots").table["people"]]
    assert [n for n in people if 0 < n < 5] == []


def test_the_header_tells_when_and_under_what_conditions():
    asked = {"when": "weekday_evening", "schools": True, "winter": True, "dark": True}
    told = dict(exported("en", certain=True, **asked).about)["Question"]
    assert told.endswith(
        "Walking as: adult. Weekday evening: Tuesday, November 24, 2026 at 19:00."
        " Schools are open to others after school hours. Snow and ice. In the dark."
        " Count only what is known"
    )
    assert "Schools" not in dict(exported("en", schools=True).about)["Question"]


@pytest.mark.parametrize("language", ["nb", "nn", "en", "sv"])
def test_the_header_tells_question_answer_sources_and_doubts(language):
    say = speaker(language)
    about = exported(language).about
    told = dict(about)
    assert told[say("Area")] == "=Toytown (toytown)"
    assert told[say("Date")] == told[say("Area built")] == "2026-11-21"
    assert say("Everybody") in told[say("Question")]
    assert "33" in told[say("Answer")]
    sources = [text for what, text in about if what == say("Source")]
    assert sources[0].startswith("© OpenStreetMap contributors – OpenStreetMap, ODbL 1.0")
    assert len(sources) == 2
    doubts = [text for what, text in about if what == say("Beware")]
    assert doubts[0] == say("Residents are estimated from buildings, not counted.")
    assert doubts[1] == "There are 2 doubts."


def test_a_walk_is_within_reach_up_to_the_limit_and_no_longer():
    walks = pd.Series([10.0, 10.001, inf, nan])
    words = ["Within reach", "Beyond reach", "No way on foot", "Unknown"]
    assert reach_text(walks, 10, SAY).tolist() == words


def test_people_in_words():
    people = pd.Series([0.0, 4.99, 5.0, nan])
    assert people_text(people, SAY) == ["fewer than 5", "fewer than 5", "about 5", "Unknown"]


def banded(group, reach):
    """Return an export whose answer has this reach of a group."""
    town, known = hostile_town(), catalogue()
    question = Question("toytown", ("park",))
    found = answer(prepare(town), question, known, now=NOW)
    changed = replace(found, reach={**found.reach, group: reach})
    return export(changed, town, known, say=SAY, now=NOW).sheet("groups").table.loc[group]


def test_what_is_rounded_or_suppressed_has_its_ends_in_columns():
    row = banded("low_income", Reach(nan, nan, nan, Band((3.0, 20.2), (40.6, 60.0))))
    assert row[["people", "within", "share_percent"]].isna().all()
    assert row[["within_low", "within_high"]].tolist() == [0, 21]  # three are a few
    assert row[["beyond_low", "beyond_high"]].tolist() == [40, 60]
    assert row[["share_low_percent", "share_high_percent"]].tolist() == [0, 34]
    assert row["note"] == "Rests on rounded or suppressed numbers"
    row = banded("low_income", Reach(70.0, 15.0, 0.0, Band((10.0, 20.0), (50.0, 60.0))))
    assert row[["people", "within", "within_low", "within_high"]].tolist() == [70, 15, 10, 20]


def test_what_is_hidden_has_no_ends_either():
    row = banded("low_income", Reach(70.0, 3.0, 0.0, Band((0.0, 6.0), (60.0, 80.0))))
    assert row.drop(["key", "group", "note", "people"]).isna().all()
    assert row["note"] == "Too few to tell"
