"""A question survives its URL; nonsense is refused in words."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import QuestionError
from geo.model import MAX_MINUTES, Question, Walker

words = st.text(min_size=1, max_size=20).filter(lambda text: "," not in text)
questions = st.builds(
    Question,
    area=st.text(max_size=20),
    kinds=st.lists(words, max_size=5).map(tuple),
    group=st.text(max_size=20),
    walker=st.text(max_size=20),
    minutes=st.integers(1, MAX_MINUTES),
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
    walker = Walker("w", "W", speed_m_s=speed_m_s, steps=True, source="-")
    near, far = sorted([one_m, other_m])
    assert walker.minutes(near) <= walker.minutes(far) < walker.minutes(float("inf"))
