"""A question survives its URL; nonsense is refused in words."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import QuestionError
from geo.model import Gait, Walker
from geo.question import MAX_MINUTES, SWITCHES, Question, Terms

words = st.text(min_size=1, max_size=20).filter(lambda text: "," not in text)
questions = st.builds(
    Question,
    area=st.text(max_size=20),
    kinds=st.lists(words, max_size=5).map(tuple),
    group=st.text(max_size=20),
    walker=st.text(max_size=20),
    minutes=st.integers(1, MAX_MINUTES),
    when=st.text(max_size=20),
    **dict.fromkeys(SWITCHES, st.booleans()),
)
START = Question("toytown", ("park",)).to_params()


@given(questions)
def test_a_question_survives_its_url(question):
    params = question.to_params()
    assert all(isinstance(text, str) for text in params.values())
    assert Question.from_params(params) == question


@given(questions)
def test_a_question_is_a_key(question):
    assert {question: 1}[Question.from_params(question.to_params())] == 1


def test_other_parameters_are_ignored():
    assert Question.from_params(START | {"embed": "true"}) == Question("toytown", ("park",))


def test_no_kinds_are_no_kinds():
    assert Question.from_params(START | {"kinds": ""}).kinds == ()
    assert Question.from_params(START | {"kinds": ",park,,"}).kinds == ("park",)


@pytest.mark.parametrize(
    "minutes", ["", "soon", "1e1", "10.0", "0", "-1", "61", "9" * 5000, "<b>", "\x00", "½"]
)
def test_minutes_that_nobody_walks_are_refused(minutes):
    with pytest.raises(QuestionError, match="whole number from 1 to 60"):
        Question.from_params(START | {"minutes": minutes})


@given(st.text())
def test_any_text_is_minutes_or_refused(text):
    with suppress(QuestionError):
        assert 1 <= Question.from_params(START | {"minutes": text}).minutes <= MAX_MINUTES


@pytest.mark.parametrize("minutes", [1, MAX_MINUTES])
def test_the_limits_themselves_may_be_asked(minutes):
    assert Question("toytown", (), minutes=minutes).minutes == minutes


@given(st.floats(0.1, 3), st.floats(0, 1e5), st.floats(0, 1e5))
def test_longer_is_never_faster(speed_m_s, one_m, other_m):
    walker = Walker("w", "W", speed_m_s=speed_m_s, slope="none", wheels="", source="-")
    near, far = sorted([one_m, other_m])
    assert walker.minutes(near) <= walker.minutes(far) < walker.minutes(float("inf"))


def test_an_old_link_asks_as_it_always_did():
    """Links from before there were moments and switches say nothing of them."""
    old = {name: START[name] for name in ("area", "kinds", "group", "walker", "minutes")}
    assert Question.from_params(old) == Question("toytown", ("park",))


@pytest.mark.parametrize("name", SWITCHES)
def test_a_switch_is_on_only_if_the_link_says_so(name):
    on = Question("toytown", ("park",), **{name: True})
    assert on.to_params() == START | {name: "1"}
    for text in ("", "0", "true", "yes", "<b>"):
        assert Question.from_params(START | {name: text}) == Question("toytown", ("park",))


ROLLING = Walker("w", "W", speed_m_s=1.0, slope="minetti", wheels="pram", source="-")


def test_the_terms_are_those_of_the_question_and_of_whoever_walks():
    asked = Question("toytown", (), when="saturday", schools=True, winter=True, certain=True)
    gait = Gait(slope="minetti", wheels="pram", certain=True, winter=True, dark=False)
    assert asked.terms(ROLLING) == Terms(gait, when="saturday", schools=True, certain=True)


@given(questions, st.booleans())
def test_certainty_may_be_asked_for_beside_the_question(question, certain):
    terms = question.terms(ROLLING, certain=certain)
    assert terms.gait.certain == certain
    assert terms.certain == (certain and bool(question.when))
    assert question.terms(ROLLING).gait.certain == question.certain
    assert {terms: 1}[question.terms(ROLLING, certain=certain)] == 1


def test_where_nothing_is_uncertain_there_is_nothing_to_be_sure_of():
    on_foot = Walker("adult", "Adult", speed_m_s=1.3, slope="tobler", wheels="", source="-")
    plain, dark = Question("toytown", ()), Question("toytown", (), dark=True)
    assert plain.terms(on_foot, certain=True) == plain.terms(on_foot, certain=False)
    assert dark.terms(on_foot, certain=True) != dark.terms(on_foot, certain=False)


def test_who_walks_alike_shares_a_gait_whatever_the_speed():
    fast = Walker("fast", "Fast", speed_m_s=2.0, slope="tobler", wheels="", source="-")
    slow = Walker("slow", "Slow", speed_m_s=0.5, slope="tobler", wheels="", source="-")
    asked = Question("toytown", (), dark=True)
    assert asked.terms(fast) == asked.terms(slow)
    assert asked.terms(fast) != asked.terms(ROLLING)
    assert fast.minutes(600.0) * 4 == slow.minutes(600.0) == 20
