"""Stories: read whatever anybody wrote, kept whole, changed by two at once."""

import tomllib
from contextlib import suppress
from threading import Thread
from urllib.parse import parse_qsl, urlencode

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import story_shelf
from data.catalogue import groups, kinds, walkers
from data.stories import ASKED, VIEWED, Step, Story, name_for, question_in, words, written
from data.story_file import LONGEST, MOST_BYTES, MOST_STEPS, read
from geo.answer import Catalogue, require_known
from geo.errors import BundleError, SourceError
from geo.question import Question
from geo.scenario.edits import Path
from geo.scenario.scenario import Scenario
from words.__main__ import ROOT

PARKS = Story("Parks", (Step("Who?", "kinds=park", "Look", "kinds=park&dark=1"),), "nb")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Give every test a store of its own."""
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path))
    return tmp_path / "stories"


def toml(steps, top='title = "T"'):
    return f"{top}\n[[steps]]\n{steps}".encode()


GOOD = 'heading = "H"\nquestion = "kinds=park"\n'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "s.toml is no story: it has no steps"),
        (b"\xff\xfe\x00", "s.toml cannot be read: it is no text in UTF-8"),
        (b'title = "T"\n\n[[steps]\n', "line 3 is not understood"),
        (b"PK\x03\x04\x00\x00", "s.toml cannot be read"),
        (b"a=" + b"[" * 100_000, "s.toml cannot be read"),
        (b"n = " + b"9" * 10_000, "s.toml cannot be read"),
        (b'steps = "many"', "it has no steps"),
        (b"title = 'T'\nsteps = [1]", "step 1: this is no table"),
        (toml(GOOD, top=""), "at the top: needs title as text"),
        (toml(GOOD, top="title = 3"), "at the top: needs title as text"),
        (toml(GOOD, top='title = " \\u202e "'), "at the top: needs title as text"),
        (toml(GOOD, top='title = "T"\nname = "x"'), "at the top: name is unknown"),
        (toml(GOOD) + b"[[steps]]\n" + b'heading = "H"', "step 2: needs question, or link"),
        (toml('question = "kinds=park"'), "step 1: needs heading as text"),
        (toml('heading = "H"\nquestion = "https://x.no/?area=1"'), "needs question, or link"),
        (toml('heading = "H"\nquestion = ["kinds"]'), "needs question as text"),
        (toml(GOOD + 'nots = "x"'), "nots is unknown: choose from heading, note"),
        (toml(GOOD + f'note = "{"x" * 601}"'), "note has 601 characters; at most 600"),
        (toml(GOOD + "look_at = [1, 2, 3]"), "needs look_at as four numbers"),
        (toml(GOOD + "look_at = [11, 59, 10, 60]"), "needs look_at as four numbers"),
        (toml(GOOD + "look_at = [10, 59, 11, nan]"), "needs look_at as four numbers"),
        (toml(GOOD + "look_at = [10, 59, inf, 60]"), "needs look_at as four numbers"),
        (toml(GOOD + 'look_at = [10, 59, 11, "60"]'), "needs look_at as four numbers"),
        (toml(GOOD) + (b"[[steps]]\n" + GOOD.encode()) * MOST_STEPS, "201 steps; at most 200"),
        (b"#" * (MOST_BYTES + 1), "256 kB; at most 256 are read"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_line_or_step(content, said):
    with pytest.raises(SourceError) as raised:
        read(content, "../../s.toml")
    assert said in str(raised.value)
    assert str(raised.value).startswith("s.toml")
    assert len(str(raised.value)) < 300


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_file_is_a_story_or_a_sentence(content):
    for told in (content, toml(GOOD) + content):
        with suppress(SourceError):  # and nothing else
            assert read(told, "s.toml").steps


ANY = st.text(min_size=1, max_size=80)
STEPS = st.builds(
    Step,
    ANY,
    st.just("kinds=park&minutes=5"),
    ANY,
    st.sampled_from(["", "kinds=park&winter=1"]),
    st.none() | st.just((10.0, 59.25, 11.5, 60.0)),
)


@given(ANY, st.lists(STEPS, min_size=1, max_size=3).map(tuple))
def test_what_is_written_is_read_again_as_plain_text(title, steps):
    hypothesis.assume(all(map(words, (title, *(step.heading for step in steps)))))
    once = read(written(Story(title, steps)), "s.toml")
    assert read(written(once), "s.toml") == once
    assert len(once.steps) == len(steps)
    assert not {"\n", "\x00", "\u202e"} & set("".join(s.heading + s.note for s in once.steps))


@given(st.dictionaries(st.sampled_from([*ASKED, *VIEWED]), ANY, min_size=1), ANY)
def test_of_a_link_only_the_question_is_kept(params, other):
    query = urlencode({**params, "area": other, "base": "osm", "story": other, "x": other})
    for link in (query, f"https://evil.example/wall?{query}", f"http://[?{query}#x"):
        assert dict(parse_qsl(question_in(link))) == params


def test_a_question_is_kept_whole_however_many_kinds_and_changes_it_has():
    laid = Path(tuple((n * 137.3 % 9973, n * n * 7.7 % 9967) for n in range(500)))
    question = Question("1804", tuple(kinds()), scenario=Scenario((laid,), "Til sjøen"))
    told = question_in(urlencode(question.to_params()))
    assert len(told) > 4000
    story = Story("Far", (Step("Before", "kinds=park", "", told),))
    assert read(written(story), "s.toml") == story
    [step] = read(written(story), "s.toml").steps
    known = {"area": "1804", "walker": "", "when": ""} | dict(parse_qsl(step.after))
    assert Question.from_params(known) == question


def test_a_story_is_kept_beside_the_areas_and_read_again(home):
    story_shelf.keep("1804", "parks", PARKS)
    assert story_shelf.find("1804", "parks") == PARKS
    assert story_shelf.names("1804") == ["parks"]
    assert story_shelf.find("1805", "parks") is None
    assert [file.name for file in home.rglob("*.toml")] == ["parks.toml"]
    assert not list(home.rglob(".new-*"))
    story_shelf.remove("1804", "parks")
    assert story_shelf.names("1804") == []


def test_a_failed_write_leaves_the_earlier_story(monkeypatch):
    story_shelf.keep("1804", "parks", PARKS)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(SourceError, match=r"parks cannot be .* \(No space left"):
        story_shelf.keep("1804", "parks", Story("New", PARKS.steps))
    assert story_shelf.find("1804", "parks") == PARKS


def test_two_who_change_a_story_at_once_both_do():
    def add(story):
        return Story(story.title, (*story.steps, Step("Who?", "kinds=park")))

    def work():
        for _ in range(10):
            story_shelf.changed("1804", "parks", add)

    story_shelf.keep("1804", "parks", PARKS)
    both = [Thread(target=work) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(story_shelf.find("1804", "parks").steps) == 21


def test_a_story_has_an_end():
    full = Story("Parks", PARKS.steps * MOST_STEPS)
    story_shelf.keep("1804", "parks", full)
    with pytest.raises(SourceError, match="The story is full: 200 steps"):
        story_shelf.keep("1804", "parks", Story("Parks", PARKS.steps * (MOST_STEPS + 1)))
    assert story_shelf.find("1804", "parks") == full


@pytest.mark.parametrize("name", ["", "..", "../x", "a/b", "a\\b", "con", "x" * 41, "Å", ".a"])
def test_a_hostile_name_is_no_story_and_never_a_path(home, name):
    assert story_shelf.find("1804", name) is None
    story_shelf.remove("1804", name)
    with pytest.raises(ValueError, match=r".*"):
        story_shelf.keep("1804", name, PARKS)
    with pytest.raises(BundleError, match="An area's code is"):
        story_shelf.keep("../x", "parks", PARKS)
    assert not home.exists()


def test_names_of_titles_are_files_everywhere():
    taken = set()
    for title in ("Møteplasser", "Møteplasser", "", "CON", "../..", "Áššu – ŋ", "x" * 99):
        taken.add(name_for(title, taken))
    assert len(taken) == 7
    for name in taken:
        story_shelf.keep("1804", name, PARKS)


def test_the_programs_own_story_can_be_asked_anywhere_and_never_be_overwritten():
    catalogue = Catalogue(kinds(), groups(), walkers())
    (name,) = story_shelf.ready()
    story = story_shelf.ready()[name]
    assert len(story.steps) == 10
    assert any(step.after for step in story.steps)
    for step in story.steps:
        for told in filter(None, (step.question, step.after)):
            params = dict(pair.split("=") for pair in told.replace("%2C", ",").split("&"))
            question = Question.from_params({"area": "a", "walker": "", **params})
            require_known(question, catalogue)
        assert "{" not in step.heading + step.note  # they are translated, without gaps
        assert len(step.note) < LONGEST["note"] / 4
    with pytest.raises(ValueError, match=name):
        story_shelf.keep("1804", name, PARKS)


def test_the_programs_own_file_is_as_it_is_written():
    for file in (ROOT / "data" / "examples" / "stories").glob("*.toml"):
        raw = tomllib.loads(file.read_text("utf-8"))
        assert {"title", "steps"} == set(raw)
