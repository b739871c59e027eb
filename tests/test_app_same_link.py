"""The same link shows the same, whoever opens it: for a hundred questions, and going back."""

import os
import random
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.catalogue import groups, kinds, walkers
from geo.hours import MOMENTS
from geo.question import MAX_MINUTES, SWITCHES
from tests.page import html, page
from tests.visit import served, visiting

PATHS = ("", "groups", "gaps", "places", "whatif", "export")
KINDS = list(kinds())
YES_OR_NO = st.sampled_from(["", "1"])
ASKED = st.fixed_dictionaries(
    {
        "area": st.just("demo-karhula"),
        "lang": st.sampled_from(["nb", "nn", "en", "sv"]),
        "kinds": st.lists(st.sampled_from(list(kinds())), unique=True, max_size=4).map(
            ",".join
        ),
        "group": st.sampled_from(list(groups())),
        "walker": st.sampled_from(["", *walkers()]),
        "minutes": st.integers(1, MAX_MINUTES).map(str),
        "when": st.sampled_from(["", *(key for key in MOMENTS if key != "now")]),
        "base": st.sampled_from(["offline", "kartverket", "osm"]),
        "areas": YES_OR_NO,
        **dict.fromkeys(SWITCHES, YES_OR_NO),
    }
)
SEED = 20261122
IN_BROWSERS = int(os.environ.get("MOTEPLASS_LINKS", "12"))
"""How many questions two real browsers are asked: a hundred take some minutes."""


@pytest.fixture(autouse=True)
def drawer(tmp_path_factory, monkeypatch, karhula):
    """Keep what the page publishes out of the program's own folder."""
    monkeypatch.setattr("views.cached.STATIC", tmp_path_factory.mktemp("static"))


def state(at):
    """Return what a page shows: its words and the values of its widgets."""
    assert not at.exception
    assert not at.error
    kinds = ("selectbox", "multiselect", "slider", "toggle", "radio")
    values = {one.key: one.value for kind in kinds for one in at.get(kind) if one.key}
    return html(at), values, dict(at.query_params)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(asked=ASKED, path=st.sampled_from(PATHS))
def test_the_address_of_a_page_shows_that_page(asked, path):
    first = state(page(path, **asked))
    for name, value in asked.items():
        assert first[2][name] == value, name
    assert state(page(path, **first[2])) == first


@pytest.mark.browser
def test_a_second_browser_shows_the_same(browser, tmp_path, moteplass_home):
    rng = random.Random(SEED)
    with (
        served(moteplass_home, tmp_path / "log") as address,
        visiting(browser, address) as one,
        visiting(browser, address) as other,
    ):
        for _ in range(IN_BROWSERS):
            one.page.goto(f"{address}/{rng.choice(PATHS)}?{urlencode(_drawn(rng))}")
            first = _seen(one)
            other.page.goto(one.page.url)
            _until(other, first)
        assert (one.faults, other.faults) == ([], [])


@pytest.mark.browser
def test_back_and_forward_show_what_was_there(browser, tmp_path, moteplass_home):
    with served(moteplass_home, tmp_path / "log") as address, visiting(browser, address) as one:
        one.page.goto(f"{address}/?kinds=park&group=everybody&minutes=10&lang=en")
        seen = [_seen(one)]
        steps = (
            lambda: one.page.get_by_role("slider").first.press("ArrowRight"),
            lambda: one.choose("Group", "Youth, 16–19"),
            lambda: one.page.locator(".st-key-ways a").nth(2).click(),
            lambda: one.page.get_by_role("slider").first.press("ArrowRight"),
            lambda: one.choose("Språk / Language", "Svenska"),
            one.page.locator(".st-key-ways a").first.click,
        )
        for step in steps:
            step()
            one.page.wait_for_function("was => location.href !== was", arg=seen[-1][0])
            seen.append(_seen(one))
        for shown in reversed(seen[:-1]):
            one.page.go_back()
            _until(one, shown)
        for shown in seen[1:]:
            one.page.go_forward()
            _until(one, shown)
        assert one.faults == []


def _drawn(rng):
    """Return a question, as a link asks it."""
    return {
        "area": "demo-karhula",
        "lang": rng.choice(["nb", "nn", "en", "sv"]),
        "kinds": ",".join(rng.sample(["park", "playground", "school", "pitch"], 2)),
        "group": rng.choice(list(groups())),
        "walker": rng.choice(["", *walkers()]),
        "minutes": str(rng.randint(1, MAX_MINUTES)),
        "when": rng.choice(["", "saturday", "weekday_evening"]),
        **{name: rng.choice(["", "1"]) for name in SWITCHES},
    }


def _seen(visit):
    """Return the address and the answer, and what the widgets say, when all has come."""
    visit.settled()
    page = visit.page
    slider = page.get_by_role("slider").first.get_attribute("aria-valuetext")
    group = page.get_by_role("combobox").all_inner_texts()
    return page.url, visit.answer, slider, group


def _until(visit, shown):
    visit.page.wait_for_function("url => location.href === url", arg=shown[0])
    for _ in range(20):
        if (seen := _seen(visit)) == shown:
            return
        visit.page.wait_for_timeout(100)
    assert seen == shown
