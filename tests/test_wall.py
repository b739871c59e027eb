"""The wall without a browser: what it says, where it is, and how stories are made there."""

from urllib.parse import parse_qsl

import pytest

from data import story_shelf
from data.stories import Step, Story
from geo.errors import SourceError
from geo.question import Question
from geo.scenario.edits import Add, Close
from geo.scenario.link import to_text
from geo.scenario.scenario import Scenario
from tests.page import answer, html, keep, page
from tests.towns import bundle, streets
from views import cached
from views.asked import Asked
from views.wall import ahead
from views.wall.place import Place
from words import speaker

EN = speaker("en")
EVERYBODY = {"everybody": 100.0, "older_80": 10.0}
HOSTILE = "<img src=x onerror=alert(1)> **b** {x} $y$"


@pytest.fixture(autouse=True)
def drawer(tmp_path, monkeypatch):
    """Keep what the page publishes out of the program's own folder, and let it be changed."""
    monkeypatch.setattr("views.cached.STATIC", tmp_path)
    monkeypatch.setattr("views.wall.page.STATIC", tmp_path)
    monkeypatch.setenv("MOTEPLASS_OPEN", "1")


@pytest.fixture
def village(moteplass_home):
    """Return a street with a hundred people at a library and at a school, with a story."""
    paths = streets([(-500, 0), (0, 0)], [(0, 0), (900, 0)], [(900, 0), (1700, 0)])
    homes = {(-70, 0): EVERYBODY, (830, 0): EVERYBODY, (1650, 0): EVERYBODY}
    drawn = bundle(paths, homes, {"n1": ("library", (0, 0)), "n2": ("school", (900, 0))})
    yield keep(drawn, "wallby")
    for name in story_shelf.names("wallby"):
        story_shelf.remove("wallby", name)


TALE = Story(
    "Books and school",
    (
        Step("Books", "kinds=library&group=everybody&minutes=5", "Who reads?"),
        Step(
            "A school", "kinds=school&group=everybody&minutes=5", "", "kinds=school&minutes=20"
        ),
        Step("Nothing", "kinds=moon&group=everybody&minutes=5"),
        Step(HOSTILE, "kinds=library&group=everybody&minutes=60", HOSTILE),
    ),
    "en",
)


@pytest.fixture
def tale(village):
    story_shelf.keep("wallby", "tale", TALE)


def wall(**params):
    at = page("wall", area="wallby", lang="en", **params)
    assert not at.exception
    return at


def told(at, name):
    """Return what the link says: a text, or a list with one where nobody has written it yet."""
    value = at.query_params[name]
    return value if isinstance(value, str) else value[0]


def press(at, name):
    """Press a button that the keys click."""
    at.button(key=f"wall-{name}").click().run()
    assert not at.exception
    return at


def test_a_story_is_played_step_by_step_and_the_link_tells_where(tale):
    at = wall(story="tale")
    assert "<h1" in html(at)
    assert ">Books</h1>" in html(at)
    assert "Who reads?" in html(at)
    assert "Books and school · 1 of 4" in html(at)
    assert answer(at).startswith('<strong class="m-figure">33%</strong> of the residents')
    assert (told(at, "step"), told(at, "kinds")) == ("1", "library")
    press(at, "previous")
    assert told(at, "step") == "1"
    press(at, "next")
    assert ">A school</h1>" in html(at)
    assert (told(at, "step"), told(at, "kinds")) == ("2", "school")
    press(at, "last")
    assert told(at, "step") == "4"
    press(at, "next")
    assert told(at, "step") == "4"
    press(at, "first")
    assert told(at, "step") == "1"


def test_before_and_after_are_two_answers_of_one_step(tale):
    at = wall(story="tale", step="2")
    before = answer(at)
    assert ">Before</p>" in html(at)
    press(at, "side")
    assert told(at, "step") == "2b"
    assert told(at, "minutes") == "20"
    assert ">After</p>" in html(at)
    assert answer(at) != before
    assert answer(wall(story="tale", step="2b")) == answer(at)
    press(at, "side")
    assert answer(at) == before
    press(press(at, "side"), "next")
    assert told(at, "step") == "3"  # and not its second question, which it has not


def test_a_step_that_cannot_be_asked_says_why_and_the_others_play_on(tale):
    at = wall(story="tale", step="3")
    assert "moon" in at.error[0].value
    assert ">Nothing</h1>" in html(at)
    press(at, "next")
    assert not at.error
    assert "100%" in answer(at)


CHANGED = Scenario((Close("n1"), Add("library", (1250.0, 40.0), "Nytt <b>")), "Ny start")
ELSEWHERE = Scenario((Close("w77"),))


@pytest.fixture
def what_if(village):
    """Keep a story whose second answer is of a scenario, and whose last is of another area."""
    today = "kinds=library&group=everybody&minutes=5"
    steps = (
        Step("Books", today, "", f"{today}&scenario={to_text(CHANGED)}"),
        Step("Today", today),
        Step("Not here", f"{today}&scenario={to_text(ELSEWHERE)}"),
    )
    story_shelf.keep("wallby", "what-if", Story("What if", steps, "en"))


def test_before_and_after_a_scenario_are_two_answers_of_one_step(what_if):
    at = wall(story="what-if")
    before = answer(at)
    assert before.startswith('<strong class="m-figure">33%</strong> of the residents')
    press(at, "side")
    assert answer(at).startswith("In the scenario “Ny start”: <strong")
    assert told(at, "scenario") == to_text(CHANGED)
    assert told(at, "step") == "1b"
    press(at, "next")
    assert answer(at) == before  # what was changed in one step is not changed in the next
    assert told(at, "scenario") == ""


def test_a_scenario_of_another_area_is_said_and_the_others_play_on(what_if):
    at = wall(story="what-if", step="3")
    assert "There is no place w77 here" in at.error[0].value
    assert not at.exception
    press(at, "previous")
    assert not at.error
    assert "33%" in answer(at)


def test_a_scenario_is_made_a_step_of_a_story(village):
    at = wall(kinds="library", group="everybody", minutes="5", scenario=to_text(CHANGED))
    assert answer(at).startswith("In the scenario “Ny start”: ")
    at.text_input(key="wall-title").input("Our village")
    next(b for b in at.button if b.label == "Begin it with this question").click().run()
    assert not at.exception
    [step] = story_shelf.find("wallby", "our-village").steps
    assert dict(parse_qsl(step.question))["scenario"] == to_text(CHANGED)
    assert "Scenario “Ny start”: not as it is today" in step.heading


def test_what_somebody_wrote_is_text(tale):
    shown = html(wall(story="tale", step="4"))
    assert "<img src=x" not in shown
    assert shown.count("&lt;img src=x onerror=alert(1)&gt; **b** {x} $y$") == 2
    assert '<h1 class="" lang="en">' in shown


@pytest.mark.parametrize("step", ["99", "0", "-3", "soon", "1" * 5000, "2b2", "<b>", "", "٣"])
def test_an_unknown_step_falls_back(tale, step):
    at = wall(story="tale", step=step)
    assert not at.error or "moon" in at.error[0].value
    assert told(at, "step") in {"1", "4"}


@pytest.mark.parametrize("story", ["nowhere", "../x", "<b>", "x" * 999])
def test_an_unknown_story_is_said_and_the_question_shown(tale, story):
    at = wall(story=story, kinds="library", group="everybody", minutes="5")
    assert "There is no story" in at.error[0].value
    assert answer(at).startswith('<strong class="m-figure">33%</strong>')
    assert told(at, "story") == ""


def test_a_damaged_story_is_said_with_its_step(tale):
    file = story_shelf.folder_of("wallby") / "tale.toml"
    file.write_text('title = "T"\n[[steps]]\nheading = "H"\n', encoding="utf-8")
    assert "step 1" in wall(story="tale").error[0].value
    with pytest.raises(SourceError, match="step 1"):
        story_shelf.find("wallby", "tale")


def test_a_story_is_made_of_questions(village):
    at = wall(kinds="library", group="everybody", minutes="5", areas="1")
    at.text_input(key="wall-title").input("Our village")
    next(b for b in at.button if b.label == "Begin it with this question").click().run()
    assert not at.exception
    assert story_shelf.names("wallby") == ["our-village"]
    at = wall(kinds="school", group="older_80", minutes="20", when="saturday")
    at.selectbox(key="wall-story").select("our-village").run()
    press(at, "add")
    story = story_shelf.find("wallby", "our-village")
    asked = [dict(parse_qsl(step.question)) for step in story.steps]
    assert asked == [
        {"kinds": "library", "group": "everybody", "minutes": "5", "areas": "1"},
        {"kinds": "school", "group": "older_80", "minutes": "20", "when": "saturday"},
    ]
    at.text_input(key="wall-heading-2").input(HOSTILE).run()
    at.text_input(key="wall-note-1").input("Look!").run()
    press(at, "up-2")
    press(at, "after-2")
    steps = story_shelf.find("wallby", "our-village").steps
    assert steps[0].heading == HOSTILE
    assert (steps[1].note, dict(parse_qsl(steps[1].after))["kinds"]) == ("Look!", "school")
    press(at, "remove-1")
    assert len(story_shelf.find("wallby", "our-village").steps) == 1
    press(at, "play")
    assert told(at, "story") == "our-village"
    assert "Look!" in html(at)


def test_who_may_only_read_plays_and_changes_nothing(tale, monkeypatch):
    monkeypatch.setattr("views.rights.may_change", lambda: False)
    at = wall(kinds="library")
    assert not [b for b in at.button if b.key in {"wall-add", "wall-delete"}]
    at.selectbox(key="wall-story").select("tale").run()
    press(at, "play")
    assert told(at, "story") == "tale"


def test_the_programs_own_story_plays_in_every_language(village):
    (name,) = story_shelf.ready()
    for language in ("nb", "en"):
        at = page("wall", area="wallby", story=name, lang=language)
        assert not at.exception
        say = speaker(language)
        assert say(story_shelf.ready()[name].steps[0].heading) in html(at)


def test_leaving_forgets_the_story_and_keeps_the_question(tale):
    at = wall(story="tale", step="2")
    (away,) = [one for one in at.get("page_link") if one.proto.label == EN("Leave")]
    asked = dict(parse_qsl(away.proto.query_string, keep_blank_values=True))
    assert (asked["story"], asked["step"], asked["kinds"]) == ("", "", "school")
    assert away.proto.page == ""


def test_what_comes_next_is_ready_before_it_is_asked_for(tale, village, monkeypatch):
    asked = []
    monkeypatch.setattr(ahead, "_layers", lambda one, view: asked.append(one.question.kinds))
    question = Question("wallby", ("library",))
    one = Asked(question, village, cached.catalogue(), EN, cached.asked_at(question))
    ahead.prepare(one, (Place(TALE, n) for n in (2, 3, 1, 2))).join()
    assert asked == [("school",), ("library",)]  # the moon is nobody's place
