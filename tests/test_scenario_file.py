"""A scenario as a file: what is written is read again, and anybody's file is read with care."""

import tomllib
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data import scenario_file
from data.catalogue import kinds
from data.scenario_file import MOST_BYTES, opened, read, save, written
from data.stories import words
from geo.errors import ScenarioError, SourceError
from geo.scenario.edits import MENDED, Add, Close, House, Mend, Move, Open, Path
from geo.scenario.link import LONGEST_WORD, of_text, to_text
from geo.scenario.rows import MOST_EDITS, MOST_POINTS, VERBS, line_of
from geo.scenario.scenario import Scenario
from geo.tables import GROUPS

HOURS = ("", "Mo-Fr 17:00-21:00", "24/7", "Tu,Th 18:00-20:30; PH off")

metres = st.integers(-(10**9), 10**9).map(lambda n: n / 10)
spots = st.tuples(metres, metres)
lines = st.lists(spots, min_size=2, max_size=6).map(tuple)
texts = st.text(max_size=60).map(line_of)
ids = st.from_regex(r"[nwr][0-9]{1,9}", fullmatch=True)
sorts = st.sampled_from(sorted(kinds()))
people = st.lists(st.sampled_from(GROUPS), unique=True).flatmap(
    lambda some: st.tuples(
        *(st.tuples(st.just(one), st.floats(0, 1e5)) for one in GROUPS if one in some)
    )
)
edits = st.one_of(
    st.builds(Add, sorts, spots, texts, st.sampled_from(HOURS)),
    st.builds(Move, ids, spots),
    st.builds(Close, ids),
    st.builds(Open, ids, st.sampled_from(HOURS), sorts | st.just("")),
    st.builds(Path, lines, st.booleans()),
    st.builds(Mend, spots, st.sampled_from(sorted(MENDED))),
    st.builds(House, lines, people),
)
scenarios = st.builds(Scenario, st.lists(edits, min_size=1, max_size=6).map(tuple), texts)


@given(scenarios)
def test_what_is_written_is_read_again(scenario):
    assume(words(scenario.name) == scenario.name)
    assert read(written(scenario, "1804"), "a.toml", "1804") == scenario
    assert of_text(to_text(scenario)) == scenario


@given(scenarios)
def test_a_file_is_the_same_when_it_is_written_again(scenario):
    once = written(read(written(scenario, "1804"), "a.toml", "1804"), "1804")
    assert written(read(once, "a.toml", "1804"), "1804") == once
    assert tomllib.loads(once.decode())["area"] == "1804"


def test_every_verb_is_drawn():
    assert {*VERBS.values()} == {Add, Move, Close, Open, Path, Mend, House}


def test_a_file_can_be_read_by_people():
    told = Scenario(
        (
            Open("w1", "Mo-Fr 17:00-21:00"),
            House(((0.0, 0.0), (9.5, 0.0), (9.5, 9.5)), (("everybody", 40.0), ("youth", 4.5))),
        ),
        "Evening «school»",
    )
    assert written(told, "1804").decode("utf-8").splitlines() == [
        "# A scenario of Møteplass: what is changed in an area, to see what that would bring.",
        "# Positions are metres in the area's own coordinate system.",
        'area = "1804"',
        'name = "Evening «school»"',
        "",
        "[[edits]]",
        'do = "open"',
        'place = "w1"',
        'hours = "Mo-Fr 17:00-21:00"',
        "",
        "[[edits]]",
        'do = "house"',
        "outline = [[0.0, 0.0], [9.5, 0.0], [9.5, 9.5]]",
        "people = { everybody = 40.0, youth = 4.5 }",
    ]


def test_a_text_editor_of_windows_changes_nothing():
    told = Scenario((Close("w1"),), "Å stenge")
    content = ("\ufeff" + written(told, "1804").decode().replace("\n", "\r\n")).encode()
    assert read(content, "a.toml", "1804") == told


def toml(row, top='area = "1804"'):
    return f"{top}\n[[edits]]\n{row}".encode()


GOOD = 'do = "close"\nplace = "w1"\n'
POINTS = ", ".join(["[0.0, 1.0]"] * (MOST_POINTS + 1))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "at the top: needs area as text"),
        (b'area = "1804"', "s.toml is no scenario: nothing is changed in it"),
        (b'area = "1804"\nedits = "many"', "nothing is changed in it"),
        (b'area = "1804"\nedits = []', "nothing is changed in it"),
        (b"\xff\xfe\x00", "s.toml cannot be read: it is no text in UTF-8"),
        (b'area = "1804"\n\n[[edits]\n', "s.toml cannot be read: line 3 is not understood"),
        (b"PK\x03\x04\x00\x00", "s.toml cannot be read"),
        (b"a=" + b"[" * 100_000, "s.toml cannot be read"),
        (b"n = " + b"9" * 10_000, "s.toml cannot be read"),
        (b"#" * (MOST_BYTES + 1), "2048 kB; at most 2048 are read"),
        (toml(GOOD, top=""), "at the top: needs area as text"),
        (toml(GOOD, top="area = 1804"), "at the top: needs area as text"),
        (toml(GOOD, top='area = "0301"'), "a scenario of the area 0301, not of 1804"),
        (toml(GOOD, top=f'area = "{"x" * 150}"'), "of the area xxxx"),
        (toml(GOOD, top=f'area = "1804"\nname = "{"x" * 161}"'), "name has 161 characters"),
        (toml(GOOD, top='area = "1804"\nname = 3'), "at the top: needs name as text"),
        (toml(GOOD, top='area = "1804"\nmood = "x"'), "at the top: mood is unknown"),
        (b'area = "1804"\nedits = [1]', "s.toml, change 1: There is no change called"),
        (toml('do = "burn"'), "change 1: There is no change called burn: choose from add"),
        (
            toml(GOOD) + b"[[edits]]\n" + b'do = "close"',
            "change 2: A change cannot be read: close: place",
        ),
        (toml(GOOD + "at = [0, 1]"), "close: at is missing or wrong"),
        (toml('do = "close"\nplace = 3'), "close: place is missing or wrong"),
        (toml(f'do = "close"\nplace = "{"x" * 161}"'), "close: place is missing or wrong"),
        (toml('do = "open"\nplace = "w1"\nhours = "now and then"'), "open: hours is missing"),
        (toml('do = "mend"\nat = [0, 1]\nwhat = "gold"'), "mend: what is missing or wrong"),
        (toml('do = "add"\nkind = "park"\nat = [0, nan]'), "add: at is missing or wrong"),
        (toml('do = "add"\nkind = "park"\nat = [nan, 0]'), "add: at is missing or wrong"),
        (toml('do = "add"\nkind = "park"\nat = [inf, 0]'), "add: at is missing or wrong"),
        (toml('do = "add"\nkind = "park"\nat = ["1", 0]'), "add: at is missing or wrong"),
        (toml('do = "add"\nkind = "park"\nat = 2026-11-21'), "add: at is missing or wrong"),
        (toml('do = "path"\nline = [[0, 1]]'), "path: line is missing or wrong"),
        (toml(f'do = "path"\nline = [{POINTS}]'), "path: line is missing or wrong"),
        (
            toml('do = "path"\nline = [[0, 1], [0, 9]]\nbridge = "yes"'),
            "path: bridge is missing",
        ),
        (
            toml('do = "house"\noutline = [[0, 1], [0, 9]]\npeople = { cats = 9 }'),
            "house: people is missing or wrong",
        ),
        (
            toml('do = "house"\noutline = [[0, 1], [0, 9]]\npeople = { everybody = -9 }'),
            "house: people is missing or wrong",
        ),
        (
            toml('do = "house"\noutline = [[0, 1], [0, 9]]\npeople = { everybody = nan }'),
            "house: people is missing or wrong",
        ),
        (
            toml(GOOD) + (b"[[edits]]\n" + GOOD.encode()) * MOST_EDITS,
            f"s.toml has {MOST_EDITS + 1} changes; at most {MOST_EDITS} are read",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_line_or_change(content, said):
    with pytest.raises(SourceError) as raised:
        read(content, "../../s.toml", "1804")
    assert said in str(raised.value)
    assert str(raised.value).startswith("s.toml")
    assert len(str(raised.value)) < 300


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_file_is_a_scenario_or_a_sentence(content):
    for told in (content, toml(GOOD) + content):
        with suppress(SourceError):  # and nothing else
            assert read(told, "s.toml", "1804").edits


def test_what_no_link_can_hold_is_neither_written_nor_read(monkeypatch):
    spread = tuple((n * 137.3 % 9973, n * n * 7.7 % 9967) for n in range(MOST_POINTS))
    long = Scenario(tuple(Path(tuple((x + n, y * n) for x, y in spread)) for n in range(1, 9)))
    assert len(to_text(long)) > LONGEST_WORD
    with pytest.raises(ScenarioError, match="fewer corners"):
        written(long, "1804")
    monkeypatch.setattr(scenario_file, "require_short", lambda text: None)
    content = written(long, "1804")
    monkeypatch.undo()
    with pytest.raises(SourceError, match=r"^s\.toml: The scenario is too long"):
        read(content, "s.toml", "1804")
    with pytest.raises(ScenarioError, match="fewer corners"):
        of_text(to_text(long))


def test_the_largest_that_a_link_holds_is_no_larger_than_a_file_may_be():
    corner = (-12345678.123456789, -87654321.123456789)
    same = Scenario((Path((corner,) * MOST_POINTS),) * MOST_EDITS)
    assert len(to_text(same)) < LONGEST_WORD
    assert read(written(same, "1804"), "a.toml", "1804") == same


def test_a_name_is_text_on_one_line():
    content = toml(GOOD, top='area = "1804"\nname = "a\\u202e\\n<b>\\u0000"')
    assert read(content, "a.toml", "1804").name == "a <b>"


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    told, file = Scenario((Close("w1"),)), tmp_path / "a.toml"
    assert save(told, "1804", file) == file
    assert opened(file, "1804") == told

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(SourceError, match=r"a\.toml cannot be read or written \(No space left"):
        save(replace(told, name="New"), "1804", file)
    assert opened(file, "1804") == told
    assert [one.name for one in tmp_path.iterdir()] == ["a.toml"]


def test_what_is_no_file_is_a_sentence(tmp_path):
    for file in (tmp_path, tmp_path / "none.toml", tmp_path / "a\x00b"):
        with pytest.raises(SourceError, match="cannot be read or written"):
            opened(file, "1804")
    with (tmp_path / "large.toml").open("wb") as large:
        large.truncate(MOST_BYTES * 1000)
    with pytest.raises(SourceError, match="at most 2048 are read"):
        opened(tmp_path / "large.toml", "1804")
