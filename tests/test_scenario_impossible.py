"""What cannot be changed so, and the sentence that says why; rows and links from strangers."""

import json
import tracemalloc
import zlib
from base64 import urlsafe_b64encode
from math import inf, nan

import pytest
import shapely

from geo.errors import ScenarioError
from geo.scenario.applying import applied, edited
from geo.scenario.changed import changed
from geo.scenario.edits import Add, Close, House, Mend, Move, Open, Path
from geo.scenario.link import of_rows, of_text, to_text
from geo.scenario.placing import new_id
from geo.scenario.rows import LONGEST, MOST_EDITS, MOST_POINTS, of_row
from geo.scenario.scenario import Scenario
from geo.tables import AGES
from geo.town import prepare
from tests.edits import put
from tests.towns import box, bundle, catalogue, streets

KINDS = catalogue().kinds
SQUARE = ((0.0, 20.0), (100.0, 20.0), (100.0, 90.0), (0.0, 90.0))
PEOPLE = (("everybody", 50.0),)


def town():
    """Draw two streets: a fjord in the east, a block, a railway and a fence between them."""
    area = bundle(
        streets([(0, 0), (600, 0)], [(0, 300), (600, 300)], lit={0: "yes"}),
        {(500, 10): {"everybody": 40}},
        {"lib": ("library", (100, 0)), "yard": ("park", (100, 250))},
    )
    fjord, block = shapely.box(700, -900, 1500, 900), shapely.box(200, 100, 260, 200)
    area = put(area, "backdrop", [fjord, block], what=["water", "building"])
    walls = {"railway": [(-50, 150), (190, 150)], "motorway": [(270, 150), (400, 150)]}
    walls |= {"water": [(400, 150), (590, 150)], "fence": [(595, 150), (650, 150)]}
    return put(
        area, "barriers", list(map(shapely.LineString, walls.values())), what=list(walls)
    )


TOWN = town()
READY = prepare(TOWN)

IN_WATER, OUTSIDE = "This lies in water.", "This lies outside the area."
LAND = "New homes need land of 20 m² to 4 km², drawn without crossing itself."
SUMS = (
    "Tell how many will live there in all; the ages together are no more, and just as many"
    " if all are told."
)
NO_MORE = "There is no place {} here any more."
LENGTH = "A new path is 1 to 5000 metres long, not {}."
MEETS_NONE = "The path meets no other: begin or end it at most 30 metres from one."
CROSSES = "The path crosses {}: make it a bridge."


def across(x):
    return Path(((x, 5.0), (x, 295.0)))


IMPOSSIBLE = [
    (Add("park", (800, 0)), IN_WATER),
    (Add("library", (5000, 0)), OUTSIDE),
    (Add("park", (2000.1, 0)), OUTSIDE),
    (Add("pub", (300, 0)), "There is no kind pub."),
    (Add("<b>" * 99, (300, 0)), f"There is no kind {'<b>' * 13}<."),
    (Add("library", (100.5, 0)), "There is such a place here already: –."),
    (Add("park", (230, 150)), "There is a building here: a place outdoors cannot be in it."),
    (Move("lib", (800, 0)), IN_WATER),
    (Move("lib", (-1001, 0)), OUTSIDE),
    (Move("nowhere", (300, 0)), NO_MORE.format("nowhere")),
    (Move("yard", (230, 150)), "There is a building here: a place outdoors cannot be in it."),
    (Close("nowhere"), NO_MORE.format("nowhere")),
    (Close("x" * 200), NO_MORE.format("x" * 60)),
    (Open("nowhere", "24/7"), NO_MORE.format("nowhere")),
    (Open("lib", "24/7", "pub"), "There is no kind pub."),
    (Path(((300, 0), (300, 0))), LENGTH.format(0)),
    (Path(((300, 0), (300.4, 0))), LENGTH.format(0)),
    (Path(((-900, 0), (1900, 0), (-900, 100))), LENGTH.format(5602)),
    (Path(((300, 31), (300, 131))), MEETS_NONE),
    (Path(((300, 31), (300, 131)), bridge=True), MEETS_NONE),
    (
        Path(((0, 0), (300, 90), (300, -90), (0, 50))),
        "The path crosses itself: draw it as two.",
    ),
    (
        Path(((0, 0), (300, 90), (200, 90), (300, 90))),
        "The path crosses itself: draw it as two.",
    ),
    (across(230), "The path leads through a building: draw it round."),
    (across(50), CROSSES.format("a railway")),
    (across(300), CROSSES.format("a motorway")),
    (across(500), CROSSES.format("water")),
    (Path(((600, 0), (800, 0))), IN_WATER),
    (Path(((600, 0), (800, 0)), bridge=True), IN_WATER),
    (Path(((600, 0), (1990, 0), (2100, 90)), bridge=True), OUTSIDE),
    (Path(((0, 0), (-1100, 0), (0, 300))), OUTSIDE),
    (
        Path(((300, 0), (350, 90), (400, 90), (300, 0))),
        "The path leads back to where it began.",
    ),
    (Mend((300, 31), "light"), "There is no path within 30 metres of this."),
    (Mend((300, 10), "light"), "This way is known to be so already."),
    (House(((0, 0), (100, 100)), PEOPLE), LAND),
    (House(((0, 0), (100, 100), (200, 200)), PEOPLE), LAND),
    (House(((0, 0), (100, 100), (100, 0), (0, 100)), PEOPLE), LAND),
    (House(((0, 0), (4, 0), (4, 4)), PEOPLE), LAND),
    (House(tuple(box(-999, -999, 1999, 1999)), PEOPLE), LAND),
    (House(tuple(box(650, 0, 720, 50)), PEOPLE), IN_WATER),
    (House(tuple(box(-1010, 0, -950, 50)), PEOPLE), OUTSIDE),
    (House(SQUARE, ()), SUMS),
    (House(SQUARE, (("everybody", 0),)), SUMS),
    (House(SQUARE, (("adults", 10),)), SUMS),
    (House(SQUARE, (("everybody", 10), ("adults", 11))), SUMS),
    (House(SQUARE, (("everybody", 10), ("low_income", 11))), SUMS),
    (House(SQUARE, (("everybody", 10), ("adults", 6), ("youth", 6))), SUMS),
    (House(SQUARE, (("everybody", 10), *((age, 1) for age in AGES))), SUMS),
]


@pytest.mark.parametrize(("edit", "why"), IMPOSSIBLE, ids=lambda one: str(one)[:50])
def test_every_impossible_edit_has_its_sentence(edit, why):
    for make, of in ((edited, TOWN), (changed, READY)):
        with pytest.raises(ScenarioError) as error:
            make(of, edit, KINDS)
        assert str(error.value) == why


def test_what_is_just_possible():
    """On the edge of the area, on the shore, up to a wall, through a fence, over it all."""
    for edit in (
        Add("park", (2000, 2000)),
        Add("park", (700, 0)),
        Add("library", (101.1, 0)),
        Path(((600, 0), (700, 0))),
        Path(((230, 0), (230, 100))),
        Path(((180, 0), (200, 100), (200, 200), (198, 300))),
        Path(((300, 0), (301, 0))),
        across(600),
        Path(((500, 0), (500, 300)), bridge=True),
        Mend((300, 30), "clear"),
        House(tuple(box(650, 0, 700, 50)), PEOPLE),
        House(tuple(box(0, 50, 4, 55)), PEOPLE),
    ):
        assert edited(TOWN, edit, KINDS) is not TOWN


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (Add("park", (300, 0)), "There is such a place here already: –."),
        (Add("park", (300, 0), "Parken"), "There is such a place here already: Parken."),
        (Close("lib"), NO_MORE.format("lib")),
        (Mend((300, 5), "ramp"), "This way is known to be so already."),
        (House(SQUARE, PEOPLE), "There are such new homes here already."),
    ],
)
def test_an_edit_cannot_be_made_twice(edit, why):
    with pytest.raises(ScenarioError) as error:
        applied(TOWN, Scenario((Add("library", (400, 0)), edit, edit)), KINDS)
    assert str(error.value) == f"Change 3: {why}"


@pytest.mark.parametrize(
    "edit", [Move("lib", (300, 0)), Open("lib", "Sa 10:00-12:00", "cafe"), across(600)]
)
def test_where_an_edit_is_made_twice_after_all_no_walk_is_another(edit):
    once, twice = (changed(READY, edit, KINDS) for _ in range(2))
    twice = changed(twice, edit, KINDS)
    for name in ("homes", "entrances"):
        assert getattr(twice, name).gap_m.tolist() == getattr(once, name).gap_m.tolist()
    assert twice.kinds.keys() == once.kinds.keys()


def test_in_a_new_place_s_stead_there_is_room_again_but_not_on_top_of_what_moved_there():
    new = Add("library", (400, 0))
    away = Move(new_id(new), (500, 0))
    with pytest.raises(ScenarioError, match="There is such a place here already"):
        applied(TOWN, Scenario((new, away, Add("library", (500, 0.5)))), KINDS)
    with pytest.raises(ScenarioError, match="There is such a place here already"):
        applied(TOWN, Scenario((new, Move("lib", (400, 0.5)))), KINDS)
    with pytest.raises(ScenarioError, match="There is such a place here already"):
        applied(
            TOWN, Scenario((Open("yard", "24/7", "library"), Add("library", (100, 250)))), KINDS
        )


def test_what_was_closed_cannot_be_changed_any_more():
    for edit in (Move("lib", (300, 0)), Open("lib", "24/7"), Close("lib")):
        with pytest.raises(
            ScenarioError, match="Change 2: There is no place lib here any more"
        ):
            applied(TOWN, Scenario((Close("lib"), edit)), KINDS)


def test_where_there_is_nothing_yet():
    """No paths, no homes, no places: only paths need others."""
    bare = bundle(streets([(0, 0), (1, 0)]).iloc[:0], {}, {})
    for edit in (Path(((300, 0), (300, 90))), Mend((0, 0), "light")):
        with pytest.raises(ScenarioError, match="path"):
            edited(bare, edit, KINDS)
    ready = prepare(bare)
    for edit in (Add("library", (300, 0)), House(SQUARE, PEOPLE), Add("park", (0, 0))):
        ready = changed(ready, edit, KINDS)
    assert (len(ready.homes.edge), len(ready.entrances.edge)) == (len(ready.bundle.homes), 2)


# --- Rows ------------------------------------------------------------------------------


AT = [300, 0]


def unreadable(verb, name):
    return f"A change cannot be read: {verb}: {name} is missing or wrong."


@pytest.mark.parametrize(
    "row", [None, 7, "close", [], {}, {"do": None}, {"do": "Close"}, {"do": ["close"]}]
)
def test_a_row_of_no_known_change(row):
    with pytest.raises(
        ScenarioError, match=r"There is no change called .*: choose from add, move"
    ):
        of_row(row)


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"do": "close"}, "place"),
        ({"do": "close", "place": 7}, "place"),
        ({"do": "close", "place": ["lib"]}, "place"),
        ({"do": "close", "place": "x" * (LONGEST + 1)}, "place"),
        ({"do": "close", "place": "lib", "at": AT}, "at"),
        ({"do": "close", "place": "lib", "__class__": "x"}, "__class__"),
        ({"do": "close", "place": "lib", "{0.__class__}": "x"}, "{0.__class__}"),
        ({"do": "add", "at": AT}, "kind"),
        ({"do": "add", "kind": "park"}, "at"),
        ({"do": "add", "kind": "park", "at": AT, "name": None}, "name"),
        ({"do": "add", "kind": "park", "at": AT, "hours": "whenever"}, "hours"),
        ({"do": "add", "kind": "park", "at": AT, "hours": "Mo-Fr 25:00-99:00"}, "hours"),
        ({"do": "open", "place": "lib"}, "hours"),
        ({"do": "open", "place": "lib", "hours": "24/7", "kind": True}, "kind"),
        ({"do": "mend", "at": AT, "what": "roof"}, "what"),
        ({"do": "mend", "at": AT, "what": ["ramp"]}, "what"),
        ({"do": "mend", "at": AT, "what": {"ramp": 1}}, "what"),
        *(
            ({"do": "move", "place": "lib", "at": at}, "at")
            for at in (
                *(None, "300,0", 300, [], [300], [300, 0, 0], ["300", "0"], {"x": 1, "y": 2}),
                *([nan, 0], [0, nan], [inf, 0], [0, -inf], [1e9, 0], [0, 10**400]),
                *([True, 0], [0, False], [[300], [0]], [None, 0], "12"),
            )
        ),
        *(
            ({"do": "path", "line": line}, "line")
            for line in (
                *(None, "line", [], [AT], AT, {"0": AT}, [AT, None], [AT, [0, nan]]),
                *([AT, [AT, AT]], [AT] * (MOST_POINTS + 1)),
            )
        ),
        *(
            ({"do": "path", "line": [AT, [0, 0]], "bridge": bridge}, "bridge")
            for bridge in (None, 0, 1, "yes", [])
        ),
        ({"do": "house", "outline": [AT], "people": {"everybody": 5}}, "outline"),
        *(
            ({"do": "house", "outline": [AT, [0, 0], [9, 9]], "people": people}, "people")
            for people in (
                *(None, 7, [], [["everybody", 5]], {"somebody": 5}, {"everybody": "5"}),
                *({"everybody": nan}, {"everybody": -1}, {"everybody": inf}, {"youth": True}),
                *({"everybody": 1e6}, {"everybody": None}, {"everybody": [5]}),
            )
        ),
    ],
    ids=lambda one: str(one)[:60],
)
def test_a_row_that_cannot_be_read_is_named(row, name):
    with pytest.raises(ScenarioError) as error:
        of_row(row)
    assert str(error.value) == unreadable(row["do"], name)


def test_a_name_of_a_change_is_shown_as_a_short_line():
    with pytest.raises(ScenarioError) as error:
        of_row({"do": "bu\u202e\nrn" + "!" * 99})
    assert str(error.value).startswith("There is no change called bu rn" + "!" * 35 + ":")


def test_too_many_changes():
    with pytest.raises(ScenarioError, match="A scenario has at most 50 changes, not 10000"):
        of_rows([{"do": "close", "place": "lib"}] * 10_000, "")
    most = of_rows([{"do": "close", "place": "lib"}] * MOST_EDITS, "")
    assert len(most.edits) == MOST_EDITS


# --- Links -----------------------------------------------------------------------------


DAMAGED = "The scenario in the link is damaged: copy the whole link again."
TOO_LONG = "The scenario is too long: draw lines and land with fewer corners."


def word(told):
    """Pack anything as a scenario is packed."""
    raw = told if isinstance(told, bytes) else json.dumps(told).encode()
    return urlsafe_b64encode(zlib.compress(raw, 9)).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "text",
    [
        *("x", "xx", "xxx", "xxxx", "====", "æøå", "\ud800", "../../etc/passwd", "%00", " "),
        *("javascript:alert(1)", "<script>", "x" * 20_000),
        *map(word, (None, 7, "name", {}, [], [7], [None], [["name"]], b"", b"[", b"\xff\xfe")),
        word(b"[" * 900 + b"]" * 900),
        word(b"[" * 9000 + b"]" * 9000),
        word(b'["", ' + b"9" * 5000 + b"]"),
        word(["", {"do": "close", "place": "lib"}])[:-8],
        word(["", {"do": "close", "place": "lib"}])[3:],
    ],
    ids=lambda one: ascii(one)[:30],
)
def test_a_link_that_holds_no_scenario_is_damaged(text):
    with pytest.raises(ScenarioError) as error:
        of_text(text)
    assert str(error.value) == DAMAGED


@pytest.mark.parametrize("depth", range(50, 1000, 50))
def test_a_nested_row_is_refused_however_deep_it_is(depth):
    nested = b"[" * depth + b"]" * depth
    for row in (nested, b'{"do": %s}' % nested, b'{"do": "path", "line": %s}' % nested):
        with pytest.raises(ScenarioError):
            of_text(word(b'["", %s]' % row))


@pytest.mark.parametrize("what", [b" ", b"[", b'{"do":"close","place":"x"},'])
def test_a_small_link_that_would_be_a_large_scenario_is_never_unpacked(what):
    bomb = word(b'["",' + what * (12_000_000 // len(what)))
    tracemalloc.start()
    with pytest.raises(ScenarioError) as error:
        of_text(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert str(error.value) in {DAMAGED, TOO_LONG}
    assert peak < 5_000_000


def test_a_link_of_ten_thousand_changes():
    many = Scenario((Close("lib"),) * 10_000)
    with pytest.raises(ScenarioError, match="at most 50 changes"):
        of_text(to_text(many))


def test_json_that_only_python_reads_is_no_number():
    for number in (b"NaN", b"Infinity", b"-Infinity", b"1e999", b"true", b"null"):
        for at in (b"[%s, 0]" % number, b"[0, %s]" % number):
            with pytest.raises(ScenarioError, match="move: at is missing or wrong"):
                of_text(word(b'["", {"do": "move", "place": "lib", "at": %s}]' % at))
