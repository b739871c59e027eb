"""The wall in a real browser, with no network anywhere: keys, stories, and the whole screen."""

import os
import re
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from data import story_shelf
from data.build import build_demo
from tests.visit import ROOT, _wait, visiting
from words import speaker

pytestmark = pytest.mark.browser

NB = speaker("nb")
STORY = "ten-questions"
GUARD = """
import os, socket

def _refuse(address):
    host = address[0] if isinstance(address, tuple) else ""
    if host not in ("", "localhost", "127.0.0.1", "::1", "0.0.0.0"):
        with open(os.environ["MOTEPLASS_TEST_OUTSIDE"], "a") as file:
            file.write(f"{address}\\n")
        raise OSError(101, "Network is unreachable")

class Guarded(socket.socket):
    def connect(self, address):
        _refuse(address)
        return super().connect(address)

    def connect_ex(self, address):
        _refuse(address)
        return super().connect_ex(address)

    def sendto(self, *given):
        _refuse(given[-1])
        return super().sendto(*given)

_known = socket.getaddrinfo

def _looked_up(host, *given, **named):
    _refuse((host or "",))
    return _known(host, *given, **named)

socket.socket, socket.getaddrinfo = Guarded, _looked_up
"""
"""Put into the server's process: only this machine is reached; who else was asked is noted."""

PARTS = ("data", "geo", "layers", "views", "words", ".streamlit", "app.py")


@contextmanager
def running(place):
    """Run the program that lies somewhere, as `start.py` does; yield its address."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "views", "--server.headless", "true"]
    with (place / "server.txt").open("wb") as lines:
        server = subprocess.Popen(
            [*command, "--server.port", str(port)],
            cwd=place,
            stdout=lines,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(server, port, place / "server.txt")
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="module")
def cold(tmp_path_factory):
    """
    Run the app where it has never run: nothing published, nothing remembered, no network.

    Yields its address, and the file that names whom the server asked.
    """
    place = tmp_path_factory.mktemp("cold")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, place / part)
        else:
            shutil.copy2(ROOT / part, place / part)
    (place / "guard").mkdir()
    (place / "guard" / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    outside = place / "outside.txt"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTEPLASS_HOME", str(place / "home"))
        build_demo("demo-karhula")
        patch.setenv("MOTEPLASS_TEST_OUTSIDE", str(outside))
        known = os.environ.get("PYTHONPATH", "").replace(str(ROOT), str(place))
        patch.setenv("PYTHONPATH", os.pathsep.join([str(place / "guard"), known]))
        warm = [
            sys.executable,
            "-m",
            "geo.search.warm",
        ]  # as `start.py` does at the first start
        subprocess.run(warm, cwd=place, check=True)
        with running(place) as address:
            yield address, outside
    assert not outside.exists() or not outside.read_text("utf-8")


@pytest.fixture
def visit(browser, cold):
    """Open a browser on a wall; in the end nobody outside was asked, nothing went wrong."""
    with visiting(browser, cold[0]) as someone:
        someone.page.set_viewport_size({"width": 1920, "height": 1080})
        yield someone
        assert (someone.outside, someone.faults) == ([], [])


def at_step(visit, n, after=""):
    """Wait until a step is shown, map and all."""
    where = visit.page.locator(".m-where")
    expect(where).to_contain_text(NB("{n} of {all}", n=n, all=10))
    expect(visit.page).to_have_url(re.compile(f"step={n}{after}(&|$)"))
    visit.settled()


def drawn(visit):
    """Wait until the map has drawn something, base or answer; return how many layers."""
    return visit.map("Object.values(map._layers).filter((l) => l.layer || l.feature).length")


def test_ten_steps_play_with_the_network_gone_and_the_cache_cold(visit, cold):
    assert [file.name for file in (Path(cold[1]).parent / "static").glob("*.geojson")] == []
    page = visit.open(f"wall?area=demo-karhula&story={STORY}&lang=nb")
    said, steps = [], story_shelf.ready()[STORY].steps
    for n, step in enumerate(steps, 1):
        at_step(visit, n)
        expect(page.locator("h1")).to_have_text(NB(step.heading))
        said.append((page.locator("h1").inner_text(), visit.answer))
        assert len(visit.answer) > 20
        assert drawn(visit)
        expect(page.locator(".m-legend img").first).to_be_visible()
        page.keyboard.press("PageDown")
    at_step(visit, 10)
    assert len(set(said)) == 10
    assert not cold[1].exists()


def test_the_guard_of_that_test_would_have_told(tmp_path):
    told = tmp_path / "outside.txt"
    environment = {**os.environ, "MOTEPLASS_TEST_OUTSIDE": str(told)}
    for line in (
        "import socket; socket.create_connection(('192.0.2.1', 80), 1)",
        "import socket; socket.getaddrinfo('example.org', 80)",
    ):
        code = f"{GUARD}\n{line}"
        ran = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, check=False
        )
        assert b"Network is unreachable" in ran.stderr
    assert told.read_text("utf-8").count("\n") == 2


def test_keys_work_on_the_page_and_in_the_map(visit):
    page = visit.open(f"wall?area=demo-karhula&story={STORY}&lang=nb&step=2")
    at_step(visit, 2)
    for key, n in (
        *(("ArrowRight", 3), ("PageUp", 2), ("Space", 3), ("ArrowLeft", 2)),
        *(("End", 10), ("Home", 1), ("PageDown", 2)),
    ):
        page.keyboard.press(key)
        at_step(visit, n)
    visit.inside.locator(".leaflet-container").focus()
    before = visit.view()
    page.keyboard.press("ArrowRight")  # moves the map
    visit.map(f"Math.abs(map.getCenter().lng - {before[2]}) > 1e-6")
    visit.map("!map._panAnim?._inProgress")
    at_step(visit, 2)
    moved = visit.view()
    page.keyboard.press("PageDown")
    at_step(visit, 3)
    assert visit.view() == moved  # a step keeps the view
    page.keyboard.press("b")
    at_step(visit, 3, "b")
    page.keyboard.press(".")
    at_step(visit, 3)
    page.keyboard.press("?")
    expect(page.get_by_text("Page Down", exact=False).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-testid=stPopoverBody]")).to_have_count(0)
    at_step(visit, 3)
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(r"/\?"))
    expect(page).to_have_url(re.compile("group=young_children"))
    expect(page.locator(".st-key-ways")).to_be_visible()


def test_back_and_forward_and_a_link_find_the_step(visit, browser, cold):
    page = visit.open(f"wall?area=demo-karhula&story={STORY}&lang=nb")
    at_step(visit, 1)
    for n in (2, 3):
        page.keyboard.press("PageDown")
        at_step(visit, n)
    page.go_back()
    at_step(visit, 2)
    page.go_forward()
    at_step(visit, 3)
    with visiting(browser, cold[0]) as other:
        other.open(page.url.removeprefix(f"{cold[0]}/"))
        at_step(other, 3)
        assert other.answer == visit.answer


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (3840, 2160)])
def test_the_map_is_as_high_as_the_screen_and_nothing_is_round_it(visit, size):
    page = visit.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    visit.open(f"wall?area=demo-karhula&story={STORY}&lang=nb")
    at_step(visit, 1)
    frame = page.locator(".st-key-wall-map iframe").bounding_box()
    panel = page.locator(".st-key-wall-panel").bounding_box()
    assert abs(frame["height"] - size[1]) <= 2
    assert abs(panel["width"] + frame["width"] - size[0]) <= 2
    assert frame["width"] > 0.6 * size[0]
    for hidden in ("stHeader", "stSidebar", "stToolbar"):
        assert not page.get_by_test_id(hidden).filter(visible=True).count()
    expect(page.locator(".st-key-ways")).to_be_hidden()
    inside = visit.map("Object.values(map.getSize())")
    assert inside == visit.map(
        "[frame.contentWindow.innerWidth, frame.contentWindow.innerHeight]"
    )
    letters = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    assert letters >= max(16, 0.01 * size[0])


def test_the_page_can_be_read_at_twice_the_size(visit):
    page = visit.page
    page.set_viewport_size({"width": 640, "height": 512})
    visit.open(f"wall?area=demo-karhula&story={STORY}&lang=nb")
    at_step(visit, 1)
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 640
    page.get_by_role("button", name=NB("Next"), exact=True).click()
    at_step(visit, 2)
