"""Taking along: the annex made apart and handed over, single files, and what hinders them."""

from __future__ import annotations

import io
import json
import os
import time
import zipfile

import psutil
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from data import bundle as stored
from data.process import carried_out, heard
from geo.errors import Message
from layers.files import FORMATS
from tests.page import APP, NB, keep
from tests.towns import bundle, streets
from views.taking import annex
from views.taking.apart import make_annex
from views.taking.order import KEPT_S, AnnexOrder, sweep

PATIENCE_S = 240
PARAMS = (("area", "annexville"), ("group", "everybody"), ("kinds", "park"), ("minutes", "10"))
BUILT = "2026-03-01T10:00:00+00:00"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Give every test a store and a binder of its own."""
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("views.cached.STATIC", tmp_path / "static")
    annex.binder.clear()
    town = bundle(
        streets(((0, 0), (400, 0))),
        {(10, 0): {"everybody": 900.0}, (390, 0): {"everybody": 60.0}},
        {"n1": ("park", (0, 0))},
    )
    keep(town, "annexville", built=BUILT)
    return tmp_path / "home"


def order(**changes):
    told = {
        "question": (*PARAMS, ("walker", "")),
        "built": stored.read_area("annexville").built,
        "language": "nb",
        "now": "2026-11-22T10:00:00+01:00",
        **changes,
    }
    return AnnexOrder(**told)


def until(true):
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def makers():
    """Return the processes that make annexes for us."""
    return [one for one in psutil.Process().children() if "views.taking.apart" in one.cmdline()]


def opened(**params):
    at = AppTest.from_file(str(APP), default_timeout=PATIENCE_S)
    for key, text in {**dict(PARAMS), **params}.items():
        at.query_params[key] = text
    at._page_hash = calc_hash("export")
    return at.run()


def test_the_same_question_of_the_same_data_is_one_annex():
    assert order().key == order().key
    others = [
        order(language="sv"),
        order(built="2027-01-01T00:00:00+00:00"),
        order(areas=True),
        order(now="2026-11-23T10:00:00+01:00"),
        order(question=(*PARAMS, ("walker", "wheelchair"))),
    ]
    assert len({order().key, *(one.key for one in others)}) == 6


def test_an_annex_is_made_and_tells_how_far_it_has_come():
    out = io.StringIO()
    carried_out(json.dumps(order().plain()), make_annex, out)
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert told[-1] == {"fault": None}
    shares = [one["share"] for one in told[:-1]]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert heard(told[0]["doing"]) == Message("Answering the question")
    with zipfile.ZipFile(order().file) as packed:
        names = packed.namelist()
        assert packed.testzip() is None
    endings = {name.rsplit(".", 1)[1] for name in names}
    assert endings >= {"docx", "pdf", "png", "svg", "html", "gpkg", "xlsx", "toml", "txt"}


def test_an_area_built_anew_meanwhile_is_said():
    out = io.StringIO()
    carried_out(json.dumps(order(built="2020").plain()), make_annex, out)
    fault = heard(json.loads(out.getvalue().splitlines()[-1])["fault"])
    assert "built anew" in fault.text
    assert not order(built="2020").file.exists()


def test_a_stopped_annex_leaves_nothing():
    binder = annex.Binder()
    job = binder.order(order())
    assert binder.order(order()) is job
    until(lambda: job.share > 0 or job.done)
    binder.stop(order().key)
    until(lambda: job.done)
    assert job.stopped
    assert job.fault is None
    assert not order().folder.exists()
    assert not [
        one for one in psutil.Process().children() if "views.taking.apart" in one.cmdline()
    ]


def test_a_process_that_dies_is_told():
    binder = annex.Binder()
    job = binder.order(order())
    until(lambda: job.share > 0)
    (process,) = makers()
    process.kill()
    until(lambda: job.done)
    assert job.fault.text == annex.SILENT.text
    assert not order().folder.exists()


def test_an_annex_of_yesterday_is_swept():
    old, new = order(language="sv"), order()
    for one in (old, new):
        one.folder.mkdir(parents=True)
        one.file.write_bytes(b"x")
    past = time.time() - KEPT_S - 60
    os.utime(old.folder, (past, past))
    os.utime(new.folder, (past, past))
    sweep(but=new.key)
    assert not old.folder.exists()
    assert new.file.exists()


def test_the_page_makes_the_annex_and_hands_it_over():
    at = opened()
    assert not at.exception
    at.button(key="annex-make").click().run()
    assert not at.exception
    assert at.button(key="annex-stop")
    (key,) = annex.binder().under_way()
    job = annex.binder().job_of(key)
    until(lambda: job.done)
    assert job.fault is None
    at.run()
    labels = [one.proto.label for one in at.get("download_button")]
    assert any(
        label.startswith(NB("Download the annex ({size})", size="")[:10]) for label in labels
    )
    assert not [one for one in at.button if one.key == "annex-make"]
    assert len(labels) == 1 + 6 + len(FORMATS)


def test_the_page_stops_the_annex():
    at = opened()
    at.button(key="annex-make").click().run()
    (key,) = annex.binder().under_way()
    job = annex.binder().job_of(key)
    at.button(key="annex-stop").click().run()
    said = [one.value for one in at.info]
    until(lambda: job.done)
    at.run()
    said += [one.value for one in at.info]
    assert said == [NB("The work was stopped. Nothing is left of it.")]  # and said once
    assert at.button(key="annex-make")


def test_what_hindered_the_annex_is_said_and_it_may_be_tried_again():
    at = opened()
    at.button(key="annex-make").click().run()
    (key,) = annex.binder().under_way()
    job = annex.binder().job_of(key)
    annex.binder().stop(key)
    until(lambda: job.done)
    job.stopped, job.fault = False, Message("Disk <b>full</b>.")
    at.run()
    (said,) = (one.value for one in at.error)
    assert "Disk" in said
    assert "<b>" not in said.replace("\\<b\\>", "")
    assert at.button(key="annex-make")


def test_paper_is_chosen_on_the_page():
    at = opened()
    at.radio(key="paper").set_value("a3").run()
    at.radio(key="across").set_value(True).run()
    assert not at.exception
    assert at.radio(key="paper").value == "a3"


def test_only_who_ordered_an_annex_stops_it():
    mine, other = opened(), opened()
    mine.button(key="annex-make").click().run()
    other.run()
    assert not [one for one in other.button if one.key == "annex-stop"]
    assert mine.button(key="annex-stop")
    mine.button(key="annex-stop").click().run()


def test_very_many_annexes_wait_no_longer(monkeypatch):
    monkeypatch.setattr(annex, "MOST_WAITING", 0)
    at = opened()
    at.button(key="annex-make").click().run()
    assert [one.value for one in at.warning][-1:] == [
        NB("Many annexes are being made. Try again in some minutes.")
    ]
    assert annex.binder().under_way() == []


def test_the_oldest_annexes_are_swept_when_all_are_too_much(monkeypatch):
    monkeypatch.setattr("views.taking.order.MOST_BYTES", 15)
    every = [order(language=language) for language in ("nb", "nn", "en")]
    for n, one in enumerate(every):
        one.folder.mkdir(parents=True)
        one.file.write_bytes(b"0123456789")
        os.utime(one.folder, (time.time() - 100 + n,) * 2)
    sweep(but="")
    assert [one.file.exists() for one in every] == [False, False, True]
