"""Norms held against a town: one search, a table, a command, a section of the page."""

import argparse
from dataclasses import replace
from math import isnan

import pandas as pd
import pytest
import shapely
from streamlit.testing.v1 import AppTest

from data.norms import norms
from geo.errors import ExportError, QuestionError
from geo.norms.norm_walks import hold
from geo.norms.norms import Norm
from geo.town import prepare
from layers.norms import headings, method, rows, said
from layers.norms_command import register, run
from layers.norms_file import norm_sheet
from tests.page import CROWD, html, keep, tables
from tests.towns import bundle, catalogue, streets
from words import speaker

EN, NB = speaker("en"), speaker("nb")
STEEP = streets([(-500, 0), (0, 0)], [(0, 0), (900, 0)], [(900, 0), (900, 200)], steps=[1])
FAMILY = CROWD | {"young_children": 20.0, "school_children": 30.0, "youth": 2.0}
HOMES = {(100, 0): FAMILY, (300, 0): FAMILY, (900, 200): FAMILY, (0, 1900): FAMILY}
"""100, 300 and 1,100 m from the park; and where there is no way."""


def town(*, area=None, **changed):
    """Return a town with a park at (0, 0), and a school at the end of the stairs."""
    places = {"n1": ("park", (0, 0)), "n2": ("school", (900, 0))}
    drawn = bundle(STEEP, HOMES, places)
    if area:
        side = area**0.5
        outline = shapely.box(-side / 2, -side / 2, side / 2, side / 2)
        drawn.places.geometry = [outline, *drawn.places.geometry[1:]]
        drawn.places.loc["n1", "area_m2"] = area
    return replace(drawn, **changed) if changed else drawn


def norm(key="near", **changed):
    usual = {"label": "A park", "text": "A park should be near.", "source": "A book"}
    usual |= {"caveat": "Nothing else.", "kinds": ("park",), "unless": (), "min_area_m2": 0.0}
    return Norm(key=key, **usual | {"limit_m": 300.0, "groups": ("everybody",)} | changed)


def held(*of, area=None):
    return hold(prepare(town(area=area)), {one.key: one for one in of})


def test_metres_are_walked_along_paths_stairs_and_all():
    found = held(norm(), norm("far", limit_m=1100.0), norm("nearer", limit_m=299.0))
    within = {key: one.measured.about.within for key, one in found.items()}
    assert within == {"near": 200, "far": 300, "nearer": 100}  # exactly 300 m is within
    assert found["near"].measured.about.cut_off == 100
    assert found["near"].measured.building_share == 0.5


def test_each_norm_has_its_own_places():
    found = held(norm(), norm("school", kinds=("school",), limit_m=200.0))
    assert found["school"].measured.about.within == 100  # from the top of the path
    assert (found["near"].places, found["school"].places) == (1, 1)


def test_a_place_of_unknown_size_is_left_out_and_said():
    large = norm(min_area_m2=5000.0)
    unknown, known, small = (held(large, area=area)["near"] for area in (None, 6400.0, 4900.0))
    assert (unknown.places, unknown.unknown_area) == (0, 1)
    assert unknown.measured.about.within == 0
    assert (known.places, known.unknown_area, known.measured.about.within) == (1, 0, 200)
    assert (small.places, small.unknown_area) == (0, 0)
    told = " ".join(said(unknown, catalogue(), EN))
    assert "There is no such place here." in told
    assert "1 more place has no outline in the map data" in told


def test_a_town_without_norms_or_places_is_held_too():
    assert held() == {}
    ghost = prepare(bundle(streets(), {}, {}))
    (found,) = hold(ghost, {"near": norm()}).values()
    assert isnan(found.measured.building_share)
    assert rows({"near": found}, catalogue(), EN)[0][2:5] == ["–", "–", "–"]


def test_a_norm_is_said_with_what_it_does_not_check():
    child = norm(groups=("young_children", "school_children"))
    (found,) = held(child).values()
    assert said(found, catalogue(), EN) == [
        "A park should be near.",
        "50% of those it speaks of (the young children aged 0–5, the schoolchildren aged 6–15)"
        " and 50% of residential buildings have this: A park.",
        "Not checked: Nothing else.",
        "Source: A book",
    ]


def test_a_row_per_norm():
    found = held(norm(), norm("youth", groups=("youth",)), norm("child", groups=("older_80",)))
    table = rows(found, catalogue(), EN)
    assert [len(row) for row in table] == [len(headings(EN))] * 3
    assert table[0][1:] == ["Everybody", "50%", "50%", "50%", "200", "1"]
    assert table[2][2] == "50%"
    assert method(EN)[0].startswith("Dwellings are not known")


def test_a_few_are_never_told():
    """Of the oldest 4.8 live within, and 4.8 beyond."""
    two = bundle(STEEP, dict(list(HOMES.items())[1:3]), {"n1": ("park", (0, 0))})
    few = hold(prepare(two), {"near": norm(groups=("older_80",))})
    assert rows(few, catalogue(), EN)[0][2] == "Too few to tell"
    assert rows(few, catalogue(), EN)[0][5] == "Too few to tell"
    assert not any("%" in text for text in said(few["near"], catalogue(), EN))
    sheet = norm_sheet(few, catalogue(), EN).iloc[0]
    assert isnan(sheet["share_percent"])
    assert isnan(sheet["people_beyond"])
    assert sheet["note"] == "Too few to tell"


def test_unknown_ages_stay_unknown():
    lone = bundle(STEEP, {(100, 0): {"everybody": 40.0}}, {"n1": ("park", (0, 0))})
    found = hold(prepare(lone), {"near": norm(groups=("youth",))})
    assert rows(found, catalogue(), EN)[0][2:6] == ["Unknown", "100%", "100%", "Unknown"]
    assert norm_sheet(found, catalogue(), EN).iloc[0]["note"] == "Unknown"


# --- The command -----------------------------------------------------------------------


def command(*arguments, say=EN, of=None):
    parser = argparse.ArgumentParser()
    register(parser.add_subparsers(), say)
    options = parser.parse_args(["norms", "toytown", *map(str, arguments)])
    return list(run(options, town(), of or norms(), catalogue(), say))


def test_the_command_says_every_norm():
    told = command()
    assert [line.partition(":")[0] for line in told[: len(norms())]] == list(norms())
    assert told[len(norms()) :] == method(EN)


def test_the_command_holds_one_norm_by_its_name():
    (line, *rest) = command("--norm", "rule_300")
    assert line.startswith("rule_300: Everybody should live at most 300 m from")
    assert "50% of those it speaks of (the residents)" in line
    assert rest == method(EN)


def test_a_norm_that_does_not_exist_is_said():
    with pytest.raises(QuestionError, match="There is no norm cats: choose from recreation"):
        command("--norm", "cats")


@pytest.mark.parametrize(("say", "sep", "decimal"), [(EN, ",", "."), (NB, ";", ",")])
def test_the_spreadsheet_is_that_of_the_country(tmp_path, say, sep, decimal):
    file = tmp_path / "norms.csv"
    evil = {"near": norm(label="=1+1")}
    assert command("--csv", file, say=say, of=evil)[-1] == str(file)
    sheet = pd.read_csv(file, sep=sep, decimal=decimal)
    assert sheet["share_percent"].tolist() == [50]
    assert sheet["label"].tolist() == ["'=1+1"]
    assert [one.name for one in tmp_path.iterdir()] == ["norms.csv"]


@pytest.mark.parametrize("where", ["missing/norms.csv", "file/norms.csv"])
def test_a_file_that_cannot_be_written_is_said(tmp_path, where):
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match="could not be written"):
        command("--csv", tmp_path / where)


# --- The page --------------------------------------------------------------------------

PAGE = """
from data.bundle import read
from views.norms import norms
from words import speaker

norms(read("held"), speaker("en"))
"""


def test_the_section_shows_every_norm_when_it_is_opened(moteplass_home):
    keep(town(), "held")
    at = AppTest.from_string(PAGE, default_timeout=60).run()
    assert not at.exception
    assert tables(at) == []
    at.toggle(key="norms").set_value(True).run()
    assert not at.exception
    (table,) = tables(at)
    assert table[0] == headings(EN)
    assert [row[0] for row in table[1:]] == [one.label for one in norms().values()]
    assert html(at).count("Not checked: ") == len(norms())
    assert "Dwellings are not known" in html(at)
