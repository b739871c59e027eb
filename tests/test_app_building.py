"""Building apart from the server: progress, one after the other, stopped, ended with it."""

from __future__ import annotations

import io
import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import psutil
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from data import bundle as stored
from data import store
from data.apart import build_ordered
from data.builder import Builder
from data.order import Order
from data.process import ROOT, carried_out, heard, written
from data.workshop import Job
from geo.errors import Message
from tests.page import APP, NB, html, keep
from tests.towns import Drawing, box, bundle, streets
from views.making import building
from views.text import markdown

PATIENCE_S = 240


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Give every test a store and a builder of its own, and no network."""
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MOTEPLASS_MIRROR", "http://127.0.0.1:9")
    monkeypatch.setattr("views.cached.STATIC", tmp_path / "static")
    building.builder.clear()
    return tmp_path / "home"


@pytest.fixture
def vik(tmp_path):
    """Draw a house on a street with a park, and order it."""
    drawing = Drawing()
    drawing.way([(0, 0), (400, 0), (900, 0)], highway="secondary", name="Storgata")
    drawing.area(box(50, 10, 70, 30), building="apartments")
    drawing.area(box(300, 100, 380, 180), leisure="park")
    file = tmp_path / "vik.osm"
    file.write_text(drawing.xml())
    return Order("vik", "Vik", osm=file)


@pytest.fixture
def endless(monkeypatch):
    """Order what takes until somebody stops it: it asks a service that never answers."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        monkeypatch.setenv("MOTEPLASS_MIRROR", f"http://127.0.0.1:{port}")
        yield Order("endless", number="1804")


def until(true):
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def left_in(home):
    """Return what lies among the areas, locks left out."""
    return sorted(
        one.name for one in (home / "areas").glob("*") if not one.name.startswith(".lock")
    )


def test_a_sentence_comes_through_whole():
    inner = Message("Boundaries of municipalities")
    told = Message("{a} {b} {c}", {"a": inner, "b": ("x", "y"), "c": 2.5})
    assert heard(json.loads(json.dumps(written(told)))) == told
    counted = Message("{n} {file}", {"n": np.int64(7), "file": Path("a/b.osm")})
    assert heard(written(counted)).values == {"n": 7, "file": str(Path("a/b.osm"))}


def test_a_build_tells_how_far_it_has_come_and_how_it_ended(vik):
    out = io.StringIO()
    carried_out(json.dumps(vik.to_dict()), build_ordered, out)
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert told[-1] == {"fault": None}
    shares = [one["share"] for one in told[:-1]]
    assert shares == sorted(shares)
    assert heard(told[0]["doing"]) == Message("Reading {file}", {"file": "vik.osm"})
    assert stored.read_area("vik").name == "Vik"


def test_a_fault_of_ours_is_told_as_one_with_its_trace_for_the_terminal(capsys):
    out = io.StringIO()
    carried_out("no order", build_ordered, out)
    fault = heard(json.loads(out.getvalue())["fault"])
    assert fault.text == "This is a fault of the program: {reason}."
    assert fault.values["reason"].startswith("JSONDecodeError")
    assert "Traceback" in capsys.readouterr().err


def test_a_process_of_its_own_builds_and_comes_to_an_end(vik):
    builder = Builder()
    job = builder.order(vik)
    assert builder.order(vik) is job  # no second time while it is built
    until(lambda: job.done)
    assert (job.fault, job.stopped, job.share) == (None, False, 1.0)
    assert len(stored.read("vik").places) == 1
    assert builder.under_way() == []
    again = builder.order(vik)
    assert again is not job
    until(lambda: again.done)


def test_a_sentence_of_a_process_is_the_one_that_it_raised(tmp_path):
    builder = Builder()
    gone = tmp_path / "gone.osm"
    job = builder.order(Order("vik", osm=gone))
    until(lambda: job.done)
    assert job.fault == Message("There is no file {file}.", {"file": str(gone)})
    assert store.codes() == []


def test_a_stopped_build_leaves_nothing_and_the_earlier_area_as_it_was(endless, vik, home):
    keep(bundle(streets(((0, 0), (9, 0))), {}, {}), "endless")
    before = stored.read_area("endless")
    builder = Builder()
    first, second, third = (
        builder.order(one) for one in (endless, vik, Order("nes", osm=vik.osm))
    )
    assert [builder.before(one) for one in (first, second, third)] in ([0, 1, 2], [1, 2, 3])
    until(lambda: "Asking" in first.doing.text)
    (process,) = children()
    assert [builder.before(one) for one in (first, second, third)] == [0, 1, 2]
    builder.stop("nes")  # it waits: nobody had begun
    assert (third.done, third.stopped) == (True, True)
    (home / "areas/.new-endless-abcd1234").mkdir()  # begun before it was ended
    builder.stop("endless")
    until(lambda: first.done)
    assert first.stopped
    assert first.fault is None
    assert not process.is_running()
    assert stored.read_area("endless") == before
    until(lambda: second.done)
    assert left_in(home) == ["endless", "vik"]


def children() -> list[psutil.Process]:
    """Return the processes that build for us."""
    return [one for one in psutil.Process().children() if "data.apart" in one.cmdline()]


def test_a_process_that_dies_without_a_word_is_told(endless, home):
    builder = Builder()
    job = builder.order(endless)
    until(lambda: "Asking" in job.doing.text)
    (process,) = children()
    process.kill()
    until(lambda: job.done)
    assert not job.stopped
    assert job.fault.text.startswith("The build ended without a word")
    assert left_in(home) == []


def test_no_process_is_an_error_in_words(monkeypatch, vik):
    monkeypatch.setattr(sys, "executable", str(vik.osm.parent / "no-python"))
    builder = Builder()
    job = builder.order(vik)
    until(lambda: job.done)
    assert job.fault.text == "The work could not be started ({reason})."


GIVER = """
import sys, time
from data.builder import Builder
from data.order import Order
job = Builder().order(Order("endless", number="1804"))
while "Asking" not in job.doing.text:
    time.sleep(0.02)
import psutil
print(psutil.Process().children()[0].pid, flush=True)
time.sleep(600)
"""


def test_a_build_ends_when_its_server_is_killed(endless):
    with subprocess.Popen(
        [sys.executable, "-c", GIVER],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        child = psutil.Process(int(server.stdout.readline()))
        assert child.is_running()
        server.kill()
    until(lambda: not child.is_running())


def opened(path="new"):
    at = AppTest.from_file(str(APP), default_timeout=PATIENCE_S)
    at.query_params["area"] = "vik"
    at._page_hash = calc_hash(path)
    return at


def test_the_page_shows_what_is_built_and_stops_it(endless, vik, home):
    building.builder().order(vik)
    until(lambda: building.job_of("vik").done)
    building.start(endless)
    building.start(vik)
    at = opened().run()
    assert not at.exception
    assert NB("{code} is being built", code="endless") in html(at)
    assert not [one for one in at.button if one.key == "delete-vik"]  # not while it is built
    waiting = NB.many(
        "Waiting: {n} area is built first", "Waiting: {n} areas are built first", 1
    )
    assert markdown(waiting) in [one.proto.text for one in at.get("progress")]
    at.button(key="stop-list-vik").click().run()
    at.button(key="stop-list-endless").click().run()
    until(lambda: building.job_of("endless").done)
    at.run()
    assert not at.exception
    assert building.under_way() == []
    assert left_in(home) == ["vik"]
    assert at.button(key="delete-vik")


def test_a_job_begins_with_a_word():
    assert str(Job(Order("x")).doing) == "The work is being started"


def test_whoever_looks_at_an_area_that_is_built_anew_is_told_once(vik, home):
    known = bundle(
        streets(((0, 0), (9, 0))), {(0, 0): {"everybody": 9}}, {"n1": ("park", (9, 0))}
    )
    keep(known, "vik", built="2026-03-01T10:00:00+00:00")
    at = opened("area").run()
    assert not at.exception
    said = NB(
        "The area was built anew on {date} at {time}. The figures are from that now.",
        date=NB.date("2026-03-02"),
        time="12:30",
    )
    assert said not in [one.value for one in at.info]
    keep(known, "vik", built="2026-03-02T11:30:00+00:00")
    at.run()
    assert [one.value for one in at.info].count(said) == 1
    at.run()
    assert said not in [one.value for one in at.info]
