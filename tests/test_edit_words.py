"""Edits in words: lines of a list, and the clause a sentence begins with."""

from dataclasses import replace

import pytest

from geo.scenario.edits import Add, Close, House, Mend, Move, Open, Path
from geo.scenario.placing import new_id
from geo.scenario.rows import as_row, of_row
from geo.scenario.scenario import TODAY, Scenario
from layers.scenario.edit_words import HOURS, condition, listed
from layers.scenario.opening import WHEN
from tests.towns import bundle, catalogue, streets
from words import LANGUAGES, speaker

SAY = speaker("en")
KNOWN = catalogue()
EVENINGS = "Mo-Fr 17:00-21:00"
PARK = Add("park", (300.0, 40.0), "Torget")
LINE = ((0.0, 0.0), (0.0, 120.0))
LAND = ((0.0, 0.0), (90.0, 0.0), (90.0, 90.0))


@pytest.fixture(scope="module")
def town():
    """Return two streets, the second without a name, with a school, a library, and swings."""
    places = {
        "n1": ("school", (100, 0)),
        "n2": ("library", (500, 0)),
        "n3": ("playground", (600, 0)),
    }
    drawn = bundle(streets([(0, 0), (900, 0)], [(0, 500), (900, 500)]), {}, places)
    drawn.places["name"] = ["Vik skole", "Vik bibliotek", ""]
    drawn.paths["name"] = ["Storgata", ""]
    return drawn


def told(town, *edits, say=SAY):
    return listed(Scenario(edits), town, KNOWN, say)


def clause(town, *edits, name="", say=SAY):
    return condition(Scenario(edits, name), town, KNOWN, say)


@pytest.mark.parametrize(
    ("edit", "line", "begins"),
    [
        (
            Open("n1", EVENINGS),
            "Vik skole is open to others: weekday evenings (Mo-Fr 17:00-21:00)",
            "If Vik skole opens on weekday evenings",
        ),
        (
            Open("n1", "Mo 18:00-20:00", "community_centre"),
            "Vik skole is open to others as community house: Mo 18:00-20:00",
            "If Vik skole opens at other hours (Mo 18:00-20:00) as community house",
        ),
        (
            Open("n2", "Mo-Su 07:00-23:00"),
            "Vik bibliotek is open: every day from 7 to 23, without staff (Mo-Su 07:00-23:00)",
            "If Vik bibliotek opens every day from 7 to 23, without staff",
        ),
        (
            Open("n3", ""),
            "Playground without a name is open: opening hours unknown",
            "If playground without a name opens at hours that are not told",
        ),
        (Close("n2"), "Vik bibliotek closes", "If Vik bibliotek closes"),
        (
            PARK,
            "New meeting place: Torget, park",
            "If there is a new meeting place (Torget, park)",
        ),
        (
            Add("library", (0.0, 0.0), hours="24/7"),
            "New meeting place: library; open: always (24/7)",
            "If there is a new meeting place (library)",
        ),
        (Move("n2", (730.0, 0.0)), "Vik bibliotek moves 230 m", "If Vik bibliotek moves 230 m"),
        (Path(LINE), "A new path of 120 m", "If a path of 120 m is laid"),
        (
            Path(LINE, bridge=True),
            "A footbridge of 120 m",
            "If a footbridge of 120 m is built",
        ),
        (
            Mend((50.0, 9.0), "ramp"),
            "Storgata: without steps",
            "If Storgata gets a ramp for its steps",
        ),
        (Mend((50.0, 9.0), "light"), "Storgata: lit", "If Storgata is lit"),
        (
            Mend((50.0, 509.0), "clear"),
            "A way without a name: cleared in winter",
            "If a way without a name is cleared in winter",
        ),
        (
            House(LAND, (("everybody", 200.0), ("youth", 20.0))),
            "New homes for 200 people",
            "If new homes for 200 people are built",
        ),
        (
            House(LAND, (("everybody", 1.0),)),
            "New homes for 1 person",
            "If new homes for 1 person are built",
        ),
    ],
)
def test_an_edit_is_a_line_and_a_clause(town, edit, line, begins):
    assert told(town, edit) == [line]
    assert clause(town, edit) == begins


def test_two_edits_are_joined_and_more_are_counted_or_named(town):
    two = (Open("n1", EVENINGS), Close("n2"))
    joined = "If Vik skole opens on weekday evenings and Vik bibliotek closes"
    assert clause(town, *two) == clause(town, *two, name="Evening school") == joined
    assert clause(town, *two, PARK) == "With the 3 changes"
    assert clause(town, *two, PARK, name="A new middle") == "With the scenario “A new middle”"
    assert condition(TODAY, town, KNOWN, SAY) == "As it is today"


def test_edits_speak_of_what_others_before_them_have_left(town):
    unnamed = Add("library", (300.0, 40.0))
    assert told(
        town,
        PARK,
        Move(new_id(PARK), (300.0, 140.0)),
        Move(new_id(PARK), (300.0, 190.0)),
        Close(new_id(PARK)),
        unnamed,
        Open(new_id(unnamed), "24/7"),
        Path(((50.0, 10.0), (50.0, 300.0))),
        Mend((52.0, 12.0), "ramp"),
        Mend((50.0, 4.0), "ramp"),
    ) == [
        "New meeting place: Torget, park",
        "Torget moves 100 m",
        "Torget moves 50 m",
        "Torget closes",
        "New meeting place: library",
        "Library (new) is open: always (24/7)",
        "A new path of 290 m",
        "The new path: without steps",
        "Storgata: without steps",
    ]


def test_what_is_impossible_has_its_line_so_that_it_can_be_taken_out(town):
    gone = (Close("n9"), Open("n9", "24/7"), Move("n9", (0.0, 0.0)), Add("moon", (0.0, 0.0)))
    assert told(town, *gone, Mend((0.0, 9000.0), "light")) == [
        "Place n9 closes",
        "Place n9 is open: always (24/7)",
        "Place n9 moves",
        "New meeting place: moon",
        "A way without a name: lit",
    ]


def test_names_are_text_as_somebody_wrote_them(town):
    hostile = "<b>{x}</b> [a](http://evil.example) {name} %s **b**"
    places = town.places.assign(name=hostile)
    known = replace(town, places=places)
    assert told(known, Close("n1")) == [f"{hostile} closes"]
    assert hostile in clause(known, Open("n1", EVENINGS))
    assert told(known, Add("park", (0.0, 0.0), hostile)) == [
        f"New meeting place: {hostile}, park"
    ]


def test_the_usual_hours_can_be_read_and_have_words():
    assert list(HOURS) == list(WHEN)
    for hours in HOURS:
        edit = Open("n1", hours)
        assert of_row(as_row(edit)) == edit


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_tells_every_edit(town, language):
    say = speaker(language)
    edits = (
        *(Open("n1", hours) for hours in ("", *HOURS, "Mo 18:00-20:00")),
        Open("n2", EVENINGS, "community_centre"),
        PARK,
        Add("park", (0.0, 0.0), hours=EVENINGS),
        Move("n3", (0.0, 0.0)),
        Close("n1"),
        *(Path(LINE, bridge=over) for over in (True, False)),
        *(Mend((50.0, 9.0), what) for what in ("ramp", "light", "clear")),
        *(House(LAND, (("everybody", people),)) for people in (1.0, 1234.0)),
    )
    lines = told(town, *edits, say=say)
    begins = [clause(town, edit, say=say) for edit in edits]
    assert not any("{" in text for text in (*lines, *begins))
    assert len(set(lines)) == len(lines)
