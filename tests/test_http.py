"""Asking politely: what is waited for, what is kept, what stands in if a service fails."""

from __future__ import annotations

import json
import os
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest

from data import patience
from data.http import Fetcher, client, through
from geo.errors import NotFoundError, SourceError
from tests.faults import FAULTS, UNREADABLE, always, fetcher
from tests.loopback import Said

URL = "https://example.org/a"
PAGES = ("https://example.org/1", "https://example.org/2")
MONTH_S = 31 * 86_400


class Service:
    """Answers a list of things in turn; an error is raised instead of sent."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []
        self.waits = []

    def __call__(self, request):
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def fetcher(self, cache):
        return Fetcher(cache, client(httpx.MockTransport(self)), self.waits.append)


def says(*words):
    return [httpx.Response(200, json=word) for word in words]


def aged(folder: Path, seconds: float = MONTH_S) -> str:
    """Make everything kept older, and return the day it then is of."""
    then = time.time() - seconds
    for kept in folder.iterdir():
        os.utime(kept, (then, then))
    return datetime.fromtimestamp(then, UTC).date().isoformat()


def both(get):
    return [json.loads(get(url)) for url in PAGES]


def test_we_say_who_asks(tmp_path):
    service = Service(httpx.Response(200, content=b"yes"))
    assert service.fetcher(tmp_path)(URL) == b"yes"
    assert service.asked[0].headers["User-Agent"].startswith("Moteplass/")


def test_an_answer_is_kept_for_a_month(tmp_path):
    service = Service(httpx.Response(200, content=b"old"), httpx.Response(200, content=b"new"))
    get = service.fetcher(tmp_path)
    assert [get(URL), get(URL)] == [b"old", b"old"]
    aged(tmp_path)
    assert get(URL) == b"new"
    assert get.aged == []
    assert len(list(tmp_path.iterdir())) == 1


def test_how_long_an_answer_is_good_is_for_each_service_to_say(tmp_path):
    service = Service(*says("old", "new"))
    get = service.fetcher(tmp_path)
    get.lasting(7)(URL)
    aged(tmp_path, 8 * 86_400)
    assert get.lasting(9)(URL) == b'"old"'
    assert get.lasting(7)(URL) == b'"new"'


@pytest.mark.parametrize(
    "trouble",
    [
        httpx.Response(429),
        httpx.Response(503),
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("slow"),
        httpx.RemoteProtocolError("closed"),
    ],
)
def test_what_passes_is_waited_for(tmp_path, trouble):
    service = Service(trouble, trouble, httpx.Response(200, content=b"yes"))
    assert service.fetcher(tmp_path)(URL) == b"yes"
    assert service.waits == [2, 4]


def test_the_service_may_say_how_long_to_wait(tmp_path):
    service = Service(
        httpx.Response(429, headers={"Retry-After": "7"}),
        httpx.Response(503, headers={"Retry-After": "86400"}),
        httpx.Response(200),
    )
    service.fetcher(tmp_path)(URL)
    assert service.waits == [7, patience.LONGEST_WAIT_S]


def test_the_service_may_say_until_when_to_wait(tmp_path):
    then = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    service = Service(httpx.Response(429, headers={"Retry-After": then}), *says("yes"))
    service.fetcher(tmp_path)(URL)
    assert 10 < service.waits[0] <= 20


def test_questions_to_one_host_are_kept_apart_and_others_do_not_wait(tmp_path):
    service = Service(*says(1, 2, 3))
    get = service.fetcher(tmp_path)
    both(get)
    get.lasting(1)("https://example.com/")  # shares the pace, but is another host
    assert service.waits == [pytest.approx(patience.SPACING_S, abs=0.1)]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([httpx.Response(503)] * 9, r"example.org does not answer as it should \(HTTP 503\)"),
        ([httpx.ConnectError("no")] * 9, r"does not answer as it should \(ConnectError\)"),
        ([httpx.Response(404)], "example.org has nothing at https://example.org/a"),
        ([httpx.Response(403)], r"example.org refused the question \(HTTP 403\)"),
        ([httpx.Response(200, content=b"x" * 2000)], "sent more than 0 MB"),
    ],
)
def test_what_does_not_pass_is_said_and_not_kept(tmp_path, monkeypatch, answers, said):
    monkeypatch.setattr(patience, "MAX_BYTES", 1000)
    service = Service(*answers)
    with pytest.raises(SourceError, match=said):
        service.fetcher(tmp_path)(URL)
    assert len(service.asked) <= patience.TRIES
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("said", "sentence"), FAULTS)
def test_a_real_fault_is_said_and_not_kept(tmp_path, monkeypatch, said, sentence):
    started = time.monotonic()
    with (
        fetcher(tmp_path, monkeypatch, always(said)) as (get, asked),
        pytest.raises(SourceError, match=f"example.org {sentence}"),
    ):
        get(URL)
    assert time.monotonic() - started < 4  # the drip alone would take five
    assert len(asked) in ({0} if said is None else {1, patience.TRIES})
    assert not list(tmp_path.rglob("*.new"))


@pytest.mark.parametrize("said", UNREADABLE)
def test_what_cannot_be_read_is_not_kept(tmp_path, monkeypatch, said):
    with fetcher(tmp_path, monkeypatch, always(said)) as (get, asked):
        for _ in range(2):
            with pytest.raises((ValueError, KeyError, TypeError)):
                get.reading(lambda get: json.loads(get(URL))["rows"])
        assert len(asked) == 2
    assert not list((tmp_path / "answers").iterdir())


@pytest.mark.parametrize("trouble", [httpx.Response(503), httpx.ConnectError("no")])
def test_an_older_answer_stands_in_for_a_failing_service(tmp_path, trouble):
    service = Service(*says("old"), *[trouble] * 4)
    get = service.fetcher(tmp_path)
    get(URL)
    day = aged(tmp_path)
    assert get(URL) == b'"old"'
    assert get.aged == [day]


def test_an_older_answer_stands_in_for_one_that_cannot_be_read(tmp_path):
    service = Service(*says("old"), httpx.Response(200, text="<html>"), *says("new"))
    get = service.fetcher(tmp_path)
    get(URL)
    day = aged(tmp_path)
    assert through(get, lambda get: json.loads(get(URL))) == "old"
    assert get.aged == [day]
    assert through(get, lambda get: json.loads(get(URL))) == "new"


def test_old_and_new_pages_do_not_mix(tmp_path):
    service = Service(*says("old 1", "old 2", "new 1"), *[httpx.Response(503)] * 4)
    get = service.fetcher(tmp_path)
    get.reading(both)
    aged(tmp_path)
    assert get.reading(both) == ["old 1", "old 2"]


def test_what_came_before_a_service_failed_is_not_asked_for_again(tmp_path):
    service = Service(*says(1), *[httpx.Response(503)] * 4, *says(2))
    get = service.fetcher(tmp_path)
    with pytest.raises(SourceError, match="HTTP 503"):
        get.reading(both)
    assert get.reading(both) == [1, 2]
    assert [r.url.path for r in service.asked] == ["/1", *["/2"] * 5]


def test_what_is_gone_has_no_stand_in(tmp_path):
    service = Service(*says("old"), httpx.Response(404))
    get = service.fetcher(tmp_path)
    get(URL)
    aged(tmp_path)
    with pytest.raises(NotFoundError):
        get(URL)
    assert get.aged == []


def test_kept_answers_that_cannot_be_read_any_more_are_asked_for_again(tmp_path):
    service = Service(*says("old", {"a": 1}))
    get = service.fetcher(tmp_path)
    get(URL)
    with pytest.raises(TypeError):
        get.reading(lambda get: json.loads(get(URL))["a"])
    assert get.reading(lambda get: json.loads(get(URL))["a"]) == 1


def test_a_folder_that_nobody_can_write_to_is_done_without(tmp_path):
    (tmp_path / "file").touch()
    get = Service(*says(1, 2)).fetcher(tmp_path / "file" / "answers")
    assert [get(URL), get(URL)] == [b"1", b"2"]


def test_a_fault_may_pass_while_we_wait(tmp_path, monkeypatch):
    answers = [Said(status=503), Said(b"half", promised=99), Said(b'"yes"')]
    with fetcher(tmp_path, monkeypatch, lambda path, query: answers.pop(0)) as (get, asked):
        assert get(URL) == b'"yes"'
    assert asked == ["/example.org/a"] * 3
