"""The map as one HTML file, read as text: whole, escaped, and closed to the outside."""

import hashlib
import json
import re
from base64 import b64encode
from dataclasses import replace
from datetime import datetime

import lxml.html
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.catalogue import families, groups, kinds, walkers
from data.norms import norms
from geo.catalogue import Catalogue
from geo.question import Question
from geo.timetable import OSLO
from layers.export.full import Desk, full_export
from layers.export.sheet import Column, Sheet
from layers.geojson import encode
from layers.onefile.of_answer import page as page_of
from layers.onefile.of_answer import write
from layers.onefile.page import html
from layers.onefile.scripts import scripts, style
from layers.onefile.tables import written
from tests.onefile_page import HOSTILE, NAMES, town
from words import speaker
from words.languages import LANGUAGES

SAY = speaker("en")
MEGABYTE = 1e6
NAMED = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).filter(str.strip)
ASKED = {"group": "everybody", "minutes": "10", "walker": ""}
NOW = datetime(2026, 11, 22, 12, tzinfo=OSLO)


def read(page, say=SAY):
    return lxml.html.document_fromstring(html(page, say).decode())


def texts(elements):
    return [one.text_content() for one in elements]


def held(tree):
    """Return what the page gives to its scripts, by id."""
    return {one.get("id"): json.loads(one.text) for one in tree.iterfind(".//script[@type]")}


def tables(tree):
    """Return the tables below the map; a legend may be one, too."""
    return tree.findall(".//div[@id='tables']//table")


def taken_along(bundle, language, asked, *, areas=False):
    desk = Desk(Catalogue(kinds(), groups(), walkers(), families()), norms())
    question = Question.from_params({"area": bundle.area.code, "kinds": asked, **ASKED})
    return full_export(question, bundle, desk, say=speaker(language), now=NOW, areas=areas)


def test_a_browser_runs_our_scripts_and_nothing_else():
    tree = read(town(SAY))
    meta = tree.find(".//meta[@http-equiv='Content-Security-Policy']")
    policy = dict(rule.split(" ", 1) for rule in meta.get("content").split("; "))
    run = [one.text for one in tree.iterfind(".//script") if one.get("type") is None]
    known = [b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in run]
    assert run == list(scripts())
    assert policy.pop("script-src").split() == [f"'sha256-{one}'" for one in known]
    assert policy == {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "img-src": "data:",
        "worker-src": "blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_the_policy_stands_before_all_that_it_governs():
    head = html(town(SAY), SAY).decode()
    assert head.index("Content-Security-Policy") < min(
        head.index(start) for start in ("<style", "<script", "<link", "<title")
    )


def test_no_element_names_another_file():
    tree = read(town(SAY))
    named = {
        value
        for one in tree.iter()
        for name, value in one.attrib.items()
        if name in {"src", "href", "action", "data", "srcset", "poster", "background"}
    }
    assert {value for value in named if not value.startswith("data:")} == {"#tables"}


def test_styles_hold_their_pictures():
    assert re.findall(r"@import|url\((?!data:|'data:|#)[^)]*\)", style()) == []
    assert "</style" not in style()


def test_no_script_ends_the_element_it_stands_in():
    for script in scripts():
        assert not re.search(r"</script|<!--", script, re.IGNORECASE)
        assert "\r" not in script


def test_names_that_mean_harm_are_text():
    tree = read(town(SAY))
    assert tree.findtext(".//title") == HOSTILE
    assert texts(tree.iterfind(".//h1")) == [HOSTILE]
    assert {one.get("onerror") for one in tree.iter()} == {None}
    cells = texts(tree.iterfind(".//td")) + texts(tree.iterfind(".//tbody/tr/th"))
    assert cells.count(HOSTILE) == len(NAMES) + 2  # hours, a park, a group
    assert texts(tree.iterfind(".//section[@class='m-about']//dd")) == [
        HOSTILE,
        "Another",
        HOSTILE,
    ]
    assert not any("49" in one for one in cells)


def test_layers_are_those_of_the_web_map_to_the_last_letter():
    page = town(SAY)
    drawn = [*page.base, *page.layers]
    known = held(read(page))
    known.pop("settings")
    assert known == {f"layer-{n}": json.loads(encode(one)) for n, one in enumerate(drawn)}


@settings(max_examples=25)
@given(st.lists(NAMED, min_size=1, max_size=3))
def test_any_name_comes_back(names):
    tree = read(town(SAY, tuple(names)))
    told = [name.strip() for name in names]
    rows = tables(tree)[0].iterfind("tbody/tr/th")
    assert sorted(texts(rows)) == sorted(told)
    features = held(tree)["layer-5"]["features"]
    assert [one["properties"]["title"] for one in features] == told


def test_every_layer_has_a_switch_from_the_top_down():
    tree = read(town(SAY))
    switches = [
        (label.text_content().strip(), label.find("input").get("checked") is not None)
        for label in tree.iterfind(".//fieldset//label")
    ]
    assert switches == [
        ("Meeting places", True),
        ("The walk to the nearest place", True),
        ("Residents beyond reach", False),
        ("Boundary", True),
        ("Streets and paths", True),
        ("Land and water", True),
    ]
    off = tree.xpath("//section[@class='m-legend']/div[@data-of='3'][@hidden]")
    assert "50 to 99 people" in off[0].text_content()


def test_a_layer_without_rows_has_no_switch():
    page = town(SAY)
    cells = page.layers[0]
    empty = replace(cells, table=cells.table.iloc[:0])
    tree = read(replace(page, layers=(empty, *page.layers[1:]), hidden=(empty,)))
    assert cells.name not in tree.find(".//fieldset").text_content()
    assert len(held(tree)) == 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_its_language(language):
    say = speaker(language)
    tree = read(town(say), say)
    assert tree.get("lang") == language
    assert say.date("2026-11-22") in texts(tree.iterfind(".//time"))


def test_a_table_has_a_caption_and_headings():
    first, second = tables(read(town(SAY)))
    assert texts(first.iterfind("caption")) == ["Meeting places"]
    assert texts(first.iterfind("thead//th[@scope='col']"))[:2] == ["Name", "Kind of place"]
    assert len(first.findall("tbody/tr/th[@scope='row']")) == len(NAMES)
    assert texts(second.iterfind("tbody//td")) == ["50 %"]


def test_places_stand_in_the_order_of_the_readers_alphabet():
    say = speaker("nb")
    rows = tables(read(town(say), say))[0].iterfind("tbody/tr/th")
    assert [text for text in texts(rows) if text != HOSTILE] == ["Ærfugl", "Ørret", "Åsen"]


def test_numbers_are_written_as_the_language_does_and_gaps_are_dashes():
    table = pd.DataFrame(
        {"of": ["a", None], "n": [1234.56, float("nan")], "is": [True, False], "few": [1, 2]}
    )
    columns = {name: Column(name) for name in table}
    shown = written(Sheet("t", "T", table, columns), speaker("nb"))
    assert shown.rows == (("a", "1\xa0234,6", "Ja", "1"), ("–", "–", "Nei", "2"))
    assert shown.numeric == (False, True, False, True)


def test_the_same_page_is_the_same_file():
    assert html(town(SAY), SAY) == html(town(SAY), SAY)


@pytest.mark.parametrize("language", ["nb", "en"])
def test_an_answer_is_told_in_full(karhula, tmp_path, language):
    case, export = taken_along(karhula, language, "park,school,playground")
    write(case, export, tmp_path)
    file = tmp_path / f"{export.stem}-map.html"
    tree = lxml.html.document_fromstring(file.read_bytes().decode())
    say, page = case.say, page_of(case, export)
    assert tree.findtext(".//title") == export.title
    assert dict(export.about)[say("Answer")] in tree.text_content()
    assert dict(export.about)[say("Question")] in tree.text_content()
    for source in karhula.area.sources:
        assert source.licence in tree.find(".//section[@class='m-about']").text_content()
    rows = [len(table.findall("tbody/tr")) for table in tables(tree)]
    assert rows == [len(case.answer.places), len(case.answer.reach)]
    assert {one.key for one in page.hidden}.isdisjoint({"places", "walk", "walk_cells"})
    assert "inf" not in {cell.strip() for cell in texts(tree.iterfind(".//td"))}


def test_the_middle_of_oslo_is_small_enough_to_send(oslo):
    case, export = taken_along(oslo, "nb", "library,park,school,playground", areas=True)
    assert len(html(page_of(case, export), case.say)) < 6 * MEGABYTE
