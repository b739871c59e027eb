"""What a scenario is taken along as: nobody can take its figures for those of today."""

import re
from dataclasses import replace
from datetime import datetime
from html import unescape

import pytest

from data.norms import norms
from geo.errors import ScenarioError
from geo.question import Question
from geo.scenario.edits import Add, Close, House, Mend, Move, Open, Path
from geo.scenario.placing import new_id
from geo.scenario.rows import VERBS
from geo.scenario.scenario import Scenario
from layers.annex.method_card import card
from layers.annex.prints import pages
from layers.annex.readme import note
from layers.annex.reports import written
from layers.annex.text import as_text
from layers.comparison.blocks import blocks
from layers.comparison.comparison import compared
from layers.comparison.sheets import export as compared_export
from layers.export.full import Desk, full_export
from layers.files import FORMATS, packed
from layers.onefile.of_answer import page
from layers.onefile.page import html
from layers.record.record import Built, Code, Record
from layers.sentences import answered, asked
from tests.answers import NOW, hostile_town
from tests.test_comparison import case as compared_case
from tests.test_export_sheets import check
from tests.towns import SQUARE_M, catalogue
from words import LANGUAGES, speaker

EN = speaker("en")
EAST, NORTH = SQUARE_M
NAME = "=A <b>new</b> middle"
PARK = Add("park", (EAST + 1250.0, NORTH + 40.0), "=Torget", "24/7")
EDITS = (
    PARK,
    Close("n1"),
    Move("n2", (EAST + 300.0, NORTH + 50.0)),
    Open("n3", "Mo-Fr 17:00-21:00", "community_centre"),
    Path(((EAST + 900.0, NORTH), (EAST + 900.0, NORTH + 1800.0))),
    Path(((EAST + 100.0, NORTH), (EAST + 100.0, NORTH + 85.0)), bridge=True),
    Mend((EAST + 50.0, NORTH + 1.0), "light"),
    House(
        tuple((EAST + x, NORTH + y) for x, y in ((0, 20), (90, 20), (90, 90), (0, 90))),
        (("everybody", 200.0),),
    ),
)
CHANGED = Scenario(EDITS, NAME)
DESK = Desk(catalogue(), norms())


def asked_of(scenario=CHANGED, say=EN, **how):
    """Return the case and the export of a question about the hostile town, changed."""
    question = Question("toytown", ("park",), scenario=scenario, **how)
    return full_export(question, hostile_town(), DESK, say=say, now=NOW)


@pytest.fixture(scope="module")
def taken():
    return asked_of()


def test_every_edit_is_a_row_in_words_and_in_metres(taken):
    case, export = taken
    table = export.sheet("changes").table
    assert table["number"].tolist() == [1, 2, 3, 4, 5, 6, 7, 8]
    assert len(set(table["what"])) == len({*VERBS, "bridge"}) == 8
    assert table["text"].tolist() == case.changes(EN)
    assert table["place_id"].tolist() == [new_id(PARK), "n1", "n2", "n3", "", "", "", ""]
    assert table["kind"].tolist()[:4] == ["Park", "", "", "Community house"]
    assert table["hours"].tolist()[:4] == ["24/7", "", "", "Mo-Fr 17:00-21:00"]
    assert table["wkt"].tolist()[:4] == [
        "POINT (475250 7463040)",
        "",
        "POINT (474300 7463050)",
        "",
    ]
    assert table["wkt"].iloc[4] == "LINESTRING (474900 7463000, 474900 7464800)"
    assert table["wkt"].iloc[7].startswith("POLYGON ((474000 7463020, ")
    assert new_id(PARK) in export.sheet("places").table["id"].tolist()
    assert "n1" not in export.sheet("places").table["id"].tolist()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cell_is_a_number_or_a_word(language):
    for how in ({}, {"group": "youth", "when": "saturday", "certain": True}):
        check(asked_of(say=speaker(language), **how)[1])


def test_the_question_has_the_scenario_as_links_have_it_and_by_its_name(taken):
    _, export = taken
    table = export.sheet("question").table.set_index("parameter")
    assert Question.from_params(table["value"].to_dict()).scenario == CHANGED
    assert table.loc["scenario", ["label", "text"]].tolist() == ["Scenario", NAME]
    unnamed = asked_of(Scenario(EDITS[:2]))[1].sheet("question").table
    assert unnamed["text"].iloc[-1] == "2 changes"
    today = asked_of(Scenario())[1]
    assert today.sheet("question").table["text"].iloc[-1] == "None: as it is today"
    assert "changes" not in {sheet.key for sheet in today.sheets}
    assert not any("cenario" in text for text in (today.title, *sum(today.about, ())))


def test_files_of_a_scenario_have_names_and_titles_of_their_own(taken):
    _, export = taken
    assert export.stem == "moteplass-toytown-scenario-2026-11-21"
    assert export.title == "Meeting places in =Toytown (scenario)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_and_its_answer_say_that_it_is_a_scenario(language):
    say = speaker(language)
    case, export = asked_of(say=say)
    question = case.answer.question
    line = asked(question, case.catalogue, say, now=NOW)
    assert say("Scenario “{name}”: not as it is today", name=NAME) in line
    said = answered(case.answer, case.catalogue, say, places=case.bundle.places, now=NOW)
    begin = say("in the scenario “{name}”", name=NAME)
    assert said.startswith(begin[:1].upper() + begin[1:])
    told = dict(export.about)
    assert line in told.values()
    assert [text for what, text in export.about if what == say("Change")] == case.changes(say)


@pytest.mark.parametrize(
    "scenario",
    [
        Scenario(tuple(Close(f"n{n}") for n in range(1, 11)), NAME),  # no park is left
        Scenario((Close("n1"),), NAME),
    ],
)
@pytest.mark.parametrize("group", ["everybody", "youth", "older_67_79", "young_children"])
def test_an_answer_that_tells_no_number_says_so_too(scenario, group):
    case, _ = asked_of(scenario, group=group)
    said = answered(case.answer, case.catalogue, EN, places=case.bundle.places, now=NOW)
    assert said.startswith(f"In the scenario “{NAME}”: ")


def texts(taken):
    """Return what every document says, by its name."""
    case, export = taken
    record = Record(
        case.answer.question,
        NOW,
        "en",
        False,
        Code("1", "a" * 64, {}),
        Built("a", "A", "2026-11-21", {}),
        {},
    )
    whole, _ = written(case, export)
    return {
        "card": as_text(card(case, record)),
        "note": note(case, (), EN),
        "report": as_text(whole),
        "prints": "\n".join(f"{one.title}\n{one.question}" for one in pages(case, export)),
        "page": html(page(case, export), EN).decode("utf-8"),
    }


def plain(text):
    """Return a text with every line break and mark-up of HTML undone."""
    return re.sub(r"\s+", " ", unescape(text))


def test_every_document_says_that_it_is_no_town_of_today(taken):
    label = f"Scenario “{NAME}”: not as it is today"
    for name, text in texts(taken).items():
        assert label in plain(text), name
        if name != "prints":
            for line in taken[0].changes(EN):
                assert re.sub(r"\s+", " ", line) in plain(text), (name, line)
    today = texts(asked_of(Scenario()))
    assert not any("not as it is today" in text for text in today.values())


def test_a_note_in_another_language_tells_the_changes_in_it(taken):
    case, _ = taken
    nb = speaker("nb")
    told = plain(note(case, (), nb))
    assert all(re.sub(r"\s+", " ", line) in told for line in case.changes(nb))
    assert case.changes(nb) != case.changes(EN)


def test_every_format_has_the_changes(taken):
    _, export = taken
    for key in FORMATS:
        assert packed(export, key, EN)


def test_beside_other_areas_the_one_that_is_changed_is_called_so():
    town = hostile_town()
    other = replace(town, area=replace(town.area, code="b", name="B"))
    question = Question("toytown", ("park",), scenario=CHANGED)
    beside = compared([compared_case(one, question) for one in (town, other)])
    assert beside.first.question.scenario == CHANGED
    assert [*beside.names.values()] == ["=Toytown (scenario)", "B"]
    assert "cenario" not in beside.first.asked
    assert beside.first.sentence.startswith("In the scenario “")
    assert "cenario" not in beside.areas[1].sentence
    assert "(scenario)" in str(blocks(beside, EN))
    names = compared_export(beside, EN).sheet("groups").table["area_name"]
    assert set(names) == {"=Toytown (scenario)", "B"}


def test_what_is_impossible_is_said_by_its_number():
    with pytest.raises(ScenarioError, match="Change 2: There is no place n99"):
        asked_of(Scenario((Close("n1"), Close("n99"))))


def test_the_moment_does_not_matter_for_the_name():
    late = datetime.fromisoformat("2026-11-21T23:30+00:00")
    question = Question("toytown", ("park",), scenario=CHANGED)
    _, export = full_export(question, hostile_town(), DESK, say=EN, now=late)
    assert export.stem == "moteplass-toytown-scenario-2026-11-22"
