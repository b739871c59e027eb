"""No count under five people leaves the program as a number, by any door."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from streamlit import cache_resource

from data import __main__ as data_room
from geo.between import FEWEST
from geo.bundle import Fact
from geo.income_notes import income_notes
from geo.people.sharing import _years
from geo.tables import AGES, EVERYBODY, INCOMES
from layers import __main__ as layers_room
from layers.files import FORMATS
from tests import few_pages
from tests.few_doors import CHANGED, DOORS, asked
from tests.few_sums import OTHER, PEOPLE, found, numbers, small
from tests.few_town import (
    EAST,
    EDGE,
    FAR,
    MIDDLE,
    NORTH,
    NOWHERE,
    SOUTH,
    WEST,
    planted,
    town,
    zoned,
)
from tests.towns import CRS
from views.taking import offers
from words import speaker

ROOT = Path(__file__).parents[1]
ROOMS = ("geo", "layers", "views", "words", "data")
EN, NB = speaker("en"), speaker("nb")
CROWD = (40, 30, 20, 200, 50, 25)
TWICE = tuple(2 * n for n in CROWD)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Keep what is built and published to the test."""
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "store"))
    monkeypatch.setattr("views.cached.STATIC", tmp_path / "static")
    return tmp_path


@pytest.fixture
def blind(monkeypatch):
    """Let the program hide nobody: what it tells then is what it would if it forgot to."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in ROOMS:
            for known, sightless in (
                ("few", lambda people: False),
                ("_few", lambda people: people < 0),
                ("FEWEST", 0.0),
                ("FEWEST_LIVING", 0.0),
            ):
                if hasattr(module, known):
                    monkeypatch.setattr(module, known, sightless)


def differing(one, other):
    """Return the parts of what a door says in which two towns differ."""
    return sorted(
        part for part in one.keys() | other.keys() if one.get(part) != other.get(part)
    )


# Every door, in a town where a few live everywhere and in another that differs in them only.


OPENED = [(door, say) for door in DOORS for say in ((NB,) if door.slow else (NB, EN))]


@pytest.mark.parametrize(
    ("door", "say"), OPENED, ids=[f"{door.name}-{say.language}" for door, say in OPENED]
)
def test_no_door_tells_three_people_from_four(door, say):
    assert differing(door.open(planted(), say), door.open(planted(moved=True), say)) == []


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_a_door_that_hid_nobody_would_be_found(blind, door):
    told = differing(door.open(planted(), EN), door.open(planted(moved=True), EN))
    assert bool(told) != bool(door.silent)
    for endings in SURELY_TOLD.get(door.name, ()):
        assert any(part.endswith(endings) for part in told), endings
    if door.name == "commands":
        assert {part.partition(" ")[0] for part in told} >= {"export", "annex", "compare"}


TABLES = ("groups", "spots", "meetings", "measures", "norms")
SURELY_TOLD = {
    "files": (
        *(f".gpkg {table}" for table in TABLES),
        *(f"{table}.csv" for table in TABLES),
        *(f"{table}.sdmx.csv" for table in TABLES),
        *("spots.geojson", "meetings.geojson", "spots.dbf", "meetings.dbf"),
        *("spots.fgb", "meetings.fgb", ".kml", "sharedStrings.xml"),
    ),
    "documents": ("blocks", "document.xml", ".pdf", ".html"),
    "commands": ("check", "norms.csv", ".gpkg groups", "-record.toml", "document.xml"),
}
"""Ends of names of parts that would tell of a few, if nobody hid them."""


def later(known):
    """Return the same town built a second later: what was remembered of it is forgotten."""
    return replace(known, area=replace(known.area, built="2026-11-20T12:00:01+00:00"))


def said(known, say, home):
    """Return what all pages of a town say, and what they publish."""
    pages = {page: few_pages.opened(known, say, page) for page in few_pages.PAGES}
    told = {
        f"{page} {part}": text
        for page, at in pages.items()
        for part, text in few_pages.said(at).items()
    }
    files = sorted((home / "static").glob("*.geojson"))
    told |= few_pages.published(files)
    for file in files:
        file.unlink()
    return told, [*pages.values()]


def forget():
    """Forget what pages remember of towns that hid nobody."""
    cache_resource.clear()


@pytest.mark.parametrize("say", [NB, EN], ids=lambda say: say.language)
def test_no_page_tells_three_people_from_four(home, say):
    one, pages = said(planted(), say, home)
    other, _ = said(later(planted(moved=True)), say, home)
    assert differing(one, other) == []
    heads = {heading for at in pages for rows in few_pages.sheets(at) for heading in rows[0]}
    strange = heads - {say(text) for text in few_pages.PEOPLE | few_pages.OTHER}
    assert not strange, "say of each column whether it counts people"
    cells = [cell for at in pages for cell in few_pages.people(at, say)]
    assert len(cells) > 30
    assert [(head, n) for head, n in cells if small(n)] == []


def test_a_page_that_hid_nobody_would_be_found(home, blind):
    forget()
    one, pages = said(planted(), EN, home)
    other, _ = said(later(planted(moved=True)), EN, home)
    forget()
    told = differing(one, other)
    assert {" html", "groups html", "gaps html", "area html"} <= set(told)
    assert any(part.startswith("spots") for part in told)
    heads = {head for at in pages for head, n in few_pages.people(at, EN) if small(n)}
    assert heads >= {"Live here", "Within reach", "People who can walk here", "Value"}


# With a pencil: what is not told must not follow from what is.


def beside_one_age():
    return asked(town({MIDDLE: (*CROWD[:5], 4), NOWHERE: (*CROWD[:5], 0)}), EN)


def beside_one_age_within():
    return asked(town({MIDDLE: (40, 3, *CROWD[2:]), NOWHERE: CROWD}), EN, walker="adult")


def beside_one_cell():
    return asked(town({MIDDLE: CROWD, NOWHERE: CROWD, NORTH: (0, 0, 0, 3, 0, 0)}), EN)


def a_few_within():
    homes = {WEST: (0, 0, 0, 3, 0, 0), NOWHERE: CROWD, (300, 900): CROWD}
    return asked(town(homes), EN)


def a_few_beyond():
    return asked(town({MIDDLE: CROWD, NOWHERE: (0, 0, 0, 3, 0, 0)}), EN)


def a_few_at_one_kind_only():
    homes = {MIDDLE: CROWD, EDGE: (0, 0, 0, 3, 0, 0), NOWHERE: CROWD}
    return asked(town(homes), EN, kinds=("park", "library"))


def a_few_at_both_kinds():
    homes = {MIDDLE: CROWD, EDGE: CROWD, FAR: (0, 0, 0, 3, 0, 0), NOWHERE: CROWD}
    return asked(town(homes), EN, kinds=("park", "library"), minutes=6)


def a_few_who_cannot_meet():
    homes = {MIDDLE: CROWD, NORTH: (0, 0, 0, 3, 0, 0)}
    return asked(town(homes), EN, kinds=("park",))


def an_age_among_those_who_meet():
    homes = {MIDDLE: (40, 3, *CROWD[2:]), NOWHERE: CROWD}
    return asked(town(homes), EN, kinds=("park",))


def a_few_of_one_income():
    homes = {MIDDLE: CROWD, NORTH: (0, 0, 0, 3, 0, 0), NOWHERE: TWICE}
    return asked(town(homes, classes={MIDDLE: "low", NOWHERE: "high", NORTH: "middle"}), EN)


def a_few_not_poor():
    homes = {MIDDLE: CROWD, NORTH: (0, 0, 0, 3, 0, 0), NOWHERE: CROWD}
    return asked(town(homes, classes={MIDDLE: "low", NOWHERE: "low", NORTH: "high"}), EN)


def a_few_beside_unknown_incomes():
    homes = {MIDDLE: CROWD, NORTH: (0, 0, 0, 3, 0, 0), NOWHERE: CROWD}
    return asked(town(homes, classes={MIDDLE: "low", NOWHERE: "unknown", NORTH: "middle"}), EN)


def a_few_of_unknown_income():
    homes = {MIDDLE: CROWD, EDGE: (0, 0, 0, 3, 0, 0), NOWHERE: CROWD}
    return asked(town(homes, classes={MIDDLE: "low", NOWHERE: "high", EDGE: "unknown"}), EN)


def a_few_others_within_a_norm():
    return asked(town({MIDDLE: (40, 30, 0, 3, 0, 0), NOWHERE: (40, 30, 0, 40, 0, 0)}), EN)


def a_few_in_a_suppressed_zone():
    childless = (40, 0, *CROWD[2:])
    known = town({MIDDLE: childless, NOWHERE: childless, EDGE: (5, 3, 5, 20, 5, 5)})
    return asked(zoned(known, {EDGE: ["school_children"]}), EN)


def beside_one_age_in_a_scenario():
    known = town({MIDDLE: (*CROWD[:5], 4), NOWHERE: (*CROWD[:5], 0)})
    return asked(known, EN, scenario=CHANGED)


ALONE = {
    "geo.asking.among": dict,
    "geo.figures.figures.among": dict,
    "geo.figures.having.among": lambda found, reached: dict(found),
}
"""As if nobody kept a few company."""

ALONE_KINDS = "layers.reach_tables._alone"

CASES = {
    beside_one_age: (ALONE, "groups: ages"),
    beside_one_age_within: (ALONE, "groups: ages"),
    beside_one_cell: (
        {"geo.spots.tellable": lambda people, near: people >= FEWEST},
        "spots: in cells",
    ),
    a_few_within: (
        {"geo.spots.tellable": lambda people, near: people >= FEWEST},
        "spots: in cells",
    ),
    a_few_beyond: (
        {"geo.answer.Answer.gap": lambda self, key: -0.01},
        "a gap to a share",
    ),
    a_few_at_one_kind_only: (
        {ALONE_KINDS: lambda answer: set()},
        "others only",
    ),
    a_few_at_both_kinds: ({ALONE_KINDS: lambda answer: set()}, "of both"),
    a_few_who_cannot_meet: (
        {
            "geo.figures.meetings.told": lambda table: table,
            "layers.figures_file.told": lambda table: table,
        },
        "cannot come",
    ),
    an_age_among_those_who_meet: (
        {"layers.figures_file.told": lambda table: table},
        "but young_children",
    ),
    a_few_of_one_income: ({"geo.crossed.ELSEWHERE": ()}, "incomes: classes"),
    a_few_not_poor: (ALONE, "all but low_income_areas"),
    a_few_beside_unknown_incomes: (ALONE, "all but at most"),
    a_few_of_unknown_income: ({"geo.between._widened": lambda pair: pair}, "between"),
    a_few_others_within_a_norm: (
        {
            f"layers.{one}.told": lambda held: held.measured.about
            for one in ("norms", "norms_file")
        },
        "others than those",
    ),
    a_few_in_a_suppressed_zone: (ALONE, "groups: ages"),
    beside_one_age_in_a_scenario: (ALONE, "groups: ages"),
}
"""Towns with a few who could be worked out; what hides them; what is found without that."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_nobody_can_be_worked_out(case):
    assert found(case()) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_they_could_be_worked_out_if_it_were_forgotten(case, monkeypatch):
    forgotten, finding = CASES[case]
    for path, without in forgotten.items():
        monkeypatch.setattr(path, without)
    assert any(finding in one for one in found(case()))


SPOTS = (MIDDLE, EDGE, FAR, NORTH, SOUTH, WEST, EAST, NOWHERE)
counts = st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5, 7, 12, 20, 60])


@st.composite
def questions(draw):
    """Draw a town of a few and of many, and what is asked of it."""
    homes = draw(st.dictionaries(st.sampled_from(SPOTS), st.tuples(*[counts] * 6), min_size=2))
    classes = st.sampled_from(["low", "middle", "high", "unknown"])
    drawn = town(
        homes,
        classes=draw(st.fixed_dictionaries(dict.fromkeys(homes, classes)))
        if draw(st.booleans())
        else None,
    )
    if draw(st.booleans()):
        ages = st.lists(st.sampled_from(AGES), min_size=1, max_size=2, unique=True)
        drawn = zoned(drawn, {next(iter(homes)): draw(ages)})
    how = {
        "kinds": draw(
            st.sampled_from([("park",), ("park", "library"), ("park", "library", "sauna")])
        ),
        "group": draw(st.sampled_from([EVERYBODY, EVERYBODY, *AGES, "low_income_areas"])),
        "walker": draw(st.sampled_from(["", "adult", "adult"])),
        "minutes": draw(st.sampled_from([5, 6, 12])),
    }
    return drawn, how


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # every town takes long to ask
)
@given(questions())
def test_nobody_can_be_worked_out_in_any_town(question):
    drawn, how = question
    assert found(asked(drawn, EN, **how)) == []


def test_every_number_of_an_export_is_one_of_people_or_is_known_to_be_none():
    made = asked(planted(), EN, group=EVERYBODY)
    columns = {column for _, column, _ in numbers(made)}
    assert columns <= PEOPLE | OTHER, "say of each column whether it counts people"
    assert len(columns & PEOPLE) >= 5


@pytest.mark.parametrize("case", [planted, *CASES], ids=lambda case: case.__name__)
def test_an_empty_cell_has_a_word_beside_it(case):
    town = case()
    made = town if case in CASES else asked(town, EN, group=EVERYBODY)
    for key in ("groups", "measures", "norms"):
        rows = made.export.sheet(key).table
        ends = [column for column in rows if re.search("_(low|high)(_|$)", column)]
        empty = rows.select_dtypes("number").drop(columns=ends, errors="ignore").isna()
        silent = rows[empty.any(axis=1) & (rows["note"] == "")]
        assert silent.empty, (key, silent.dropna(axis=1).columns)


# Doors that are new have to be walked, too.

MAKING = {
    "layers.files": {"packed", "write"},
    "layers.figures_file": {"sheets", "tables"},
    "layers.groups_file": {"by_group"},
    "layers.norms_file": {"norm_sheet"},
    "layers.geojson": {"encode"},
    "layers.thematic": {"spots"},
    "layers.walks": {"walk", "walk_cells"},
    "layers.place_text": {"sheet"},
    "layers.family_text": {"by_family"},
    "layers.legend": {"alike"},
    "layers.places": {"places"},
    "layers.areas": {"areas"},
    "layers.base": {"base", "boundary"},
    "layers.preview": {"preview", "streets"},
    "layers.bivariate": {"bivariate"},
    "layers.gap_layers": {"chosen", "coarse"},
    "layers.register_files": {"told", "sheet", "geopackage"},
    "layers.register_lacking": {"lacking", "lacking_geojson"},
}
"""What of the layers makes a file, a table or a layer: all is opened by `tests.few_doors`."""

MADE = re.compile("bytes|Layer|Crossed|DataFrame|Path|Export")


def makers(module):
    """Return the functions of a module that make something which can leave the program."""
    return {
        name
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and MADE.search(str(inspect.signature(function).return_annotation))
    }


def test_all_that_makes_a_file_or_a_layer_is_walked():
    modules = [f"layers.{path.stem}" for path in (ROOT / "layers").glob("[a-z]*.py")]
    found_ = {name: makers(importlib.import_module(name)) for name in modules}
    assert {name: made for name, made in found_.items() if made} == MAKING


TAKEN = {
    "layers.annex.binding": {"write"},
    "layers.annex.command": {"annexed"},
    "layers.comparison.command": {"run"},
    "layers.comparison.document": {"pdf"},
    "layers.comparison.sheets": {"export"},
    "layers.export.brought": {"with_difference"},
    "layers.export.changes": {"with_changes"},
    "layers.export.export": {"export"},
    "layers.export.full": {"full_export"},
    "layers.export.measures": {"with_measures"},
    "layers.formats.text": {"safe"},
    "layers.onefile.page": {"html"},
    "layers.paper.page": {"pdf", "png", "svg"},
    "layers.report.docx": {"docx"},
    "layers.report.pdf": {"pdf", "told"},
    "layers.scenario.bench_layer": {"bench_layer"},
    "layers.scenario.change_layer": {"change_layer"},
    "layers.scenario.dependence_layer": {"dependence_layer", "dependents_layer"},
    "layers.scenario.edit_layers": {"edit_layers", "sketch"},
}
"""What pages and commands take out of the packages of the layers."""


def test_all_that_pages_and_commands_take_from_packages_is_walked():
    found_ = {}
    users = [*(ROOT / "views").rglob("*.py"), *(ROOT / "layers").rglob("*command.py")]
    for path in (*users, ROOT / "layers" / "__main__.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("layers."):
                taken(node.module, {alias.name for alias in node.names}, found_)
    assert found_ == TAKEN


def taken(module, names, found_):
    """Add what is imported from a package and makes something."""
    known = importlib.import_module(module)
    for name in names:
        if not hasattr(known, name):
            importlib.import_module(f"{module}.{name}")
        if inspect.ismodule(inner := getattr(known, name)):
            taken(inner.__name__, makers(inner), found_)
    if module.count(".") > 1 and (made := makers(known) & names):
        found_.setdefault(module, set()).update(made)


def test_every_format_is_offered_and_walked():
    assert [one.key for one in offers.layers(EN)] == [*offers.FIRST]
    assert {*offers.FIRST} == {*FORMATS}


def commands(parser):
    (action,) = (one for one in parser._actions if hasattr(one, "choices") and one.choices)
    return set(action.choices)


def test_every_command_is_walked():
    """
    `look` tells of a file what stands in it, to whoever has that file: it counts nobody.

    `pack` and `unpack` carry an area as it lies in the store, from one program to another.
    """
    unseen = {"look", "pack", "unpack"}
    assert commands(layers_room._parser(EN)) == {
        *("export", "annex", "compare", "rerun", "norms")
    }
    assert commands(data_room._parser(EN)) - unseen == {"build", "list", "check"}


OFFERING = re.compile(r"download_button|taking\.downloads import .*\bbuttons\b")


def test_every_page_and_download_is_walked():
    """The page of a new area tells of files what stands in them, to whoever has them."""
    source = (ROOT / "views" / "frame.py").read_text("utf-8")
    pages = set(re.findall(r'"(\w*)": Page\(', source))
    assert pages - {"new", "accessibility", "health"} == set(few_pages.PAGES)
    downloading = {
        path.stem
        for path in (ROOT / "views").rglob("*.py")
        if re.search(
            r"download_button|taking\.downloads import .*\bbuttons\b", path.read_text("utf-8")
        )
    }
    of_files = {"file_report", "stories", "changes"}  # uploaded by somebody, or written here
    walked = {"annex", "comparing_files", "downloads", "page"}  # by `tests.few_doors`
    walked |= {"quality", "register_downloads", "place_list"}
    assert downloading - of_files == walked


COUNTING = re.compile(
    r"\{\w+\} (people|residents|persons|children|inhabitants)|\{\w+\} of \{group\}"
)


def test_every_sentence_that_counts_people_is_known():
    """Those that are not made by a speaker's `people` stand here, and are tested below."""
    raw = {
        f"{path.parent.name}/{path.name}"
        for room in ("geo", "data")
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and "\n" not in node.value
        and COUNTING.search(node.value)
    }
    assert raw == {"people/sharing.py", "people/totals.py", "data/build_command.py"}


def test_what_a_build_says_counts_no_few():
    assert _years(3.0, 900.0) == _years(900.0, 4.0) == ()
    few_poor = Fact("low_income_people", "Persons below EU-60", 3.0, "people", "SSB", "2024")
    notes = [EN(note) for note in income_notes(INCOMES.none(CRS), [few_poor])]
    assert not any("3" in note for note in notes)
    many = [replace(few_poor, value=30.0)]
    assert any("30 people" in EN(note) for note in income_notes(INCOMES.none(CRS), many))
