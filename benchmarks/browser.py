"""The way from the server to the eye, in a browser that meets the app for the first time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from os import environ
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.measure import KB, MB, MS, Result, S, peak_bytes, result
from benchmarks.served import copied, serving, wait_until_up
from benchmarks.traffic import Traffic
from benchmarks.way import Subject

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ANSWER = ".m-answer"
MAP = "iframe[data-testid=stCustomComponentV1]"
MARKS = ".m-sign, .m-cluster"
PATIENCE_MS = 120_000


def executable() -> str:
    """Return the path of a Chromium or Chrome, or `""`; `MOTEPLASS_CHROMIUM` may name one."""
    named = environ.get("MOTEPLASS_CHROMIUM")
    if found := named or next(filter(None, map(shutil.which, NAMES)), None):
        return found
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else ""


@dataclass(frozen=True, slots=True)
class Case:
    """An area, a store that holds it, and a question as the parameters of a link."""

    subject: Subject
    store: Path
    asked: Mapping[str, str]

    def link(self, url: str) -> str:
        """Return the link that asks the question."""
        return f"{url}/?{urlencode(self.asked)}"


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """Start a browser without a window that asks nothing of the outside by itself."""
    quiet = ["--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=quiet)
        yield browser
        browser.close()


@contextmanager
def fresh_page(browser: Browser) -> Iterator[tuple[Page, Traffic]]:
    """Open a page that remembers nothing."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nb-NO")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    traffic = Traffic(context.new_cdp_session(page))
    traffic.watch()
    yield page, traffic
    context.close()


def started(browser: Browser, case: Case, folder: Path, runs: int) -> list[Result]:
    """
    Measure from the start of the server to the answer on the screen, first and later.

    For the first start nothing of ours is compiled, and the store is empty if the app
    can build the area by itself.
    """
    took: dict[str, list[float]] = {"first": [], "later": []}
    for run in range(runs):
        program, home = copied(folder / f"program-{run}"), folder / f"home-{run}"
        if case.subject.file:
            shutil.copytree(case.store, home)
        for values in took.values():
            start = perf_counter()
            with serving(program, home) as (url, _), fresh_page(browser) as (page, _):
                wait_until_up(url, program)
                page.goto(case.link(url), wait_until="commit")
                page.wait_for_selector(ANSWER)
                values.append(perf_counter() - start)
    name = f"{case.subject.code}: server to answer"
    return [result(f"{name}, {which} start", S, values) for which, values in took.items()]


def visited(browser: Browser, case: Case, folder: Path, runs: int) -> list[Result]:
    """Measure visits by fresh browsers, then changes of minutes, on a server in use."""
    program = copied(folder / "program")
    loads: dict[str, list[float]] = {}
    changes: dict[str, list[float]] = {}
    with serving(program, case.store) as (url, pid):
        wait_until_up(url, program)
        link = case.link(url)
        with fresh_page(browser) as (page, traffic):
            _load(page, traffic, link)  # so that the server knows area and answer
        for _ in range(runs):
            with fresh_page(browser) as (page, traffic):
                _note(loads, _load(page, traffic, link))
        with fresh_page(browser) as (page, traffic):
            _load(page, traffic, link)
            for _ in range(runs):
                _note(changes, _change(page, traffic))
        peak = peak_bytes(str(pid))
    code = case.subject.code
    return [
        *_told(f"{code}: visit", loads),
        *_told(f"{code}: changed minutes", changes),
        result(f"{code}: server, peak memory", MB, [peak]),
    ]


def _told(name: str, seen: Mapping[str, Sequence[float]]) -> list[Result]:
    """Return bytes as bytes and the rest as times."""
    return [
        result(f"{name}, {what}", KB if what.startswith("received") else MS, values)
        for what, values in seen.items()
    ]


def _note(kept: dict[str, list[float]], seen: Mapping[str, float]) -> None:
    for name, value in seen.items():
        kept.setdefault(name, []).append(value)


def _load(page: Page, traffic: Traffic, link: str) -> dict[str, float]:
    """Go there for the first time."""
    start = perf_counter()
    page.goto(link, wait_until="commit")
    page.wait_for_selector(ANSWER)
    answer_s = perf_counter() - start
    page.frame_locator(MAP).locator(MARKS).first.wait_for()
    marks_s = perf_counter() - start
    traffic.wait_until_quiet(page)
    return {"answer": answer_s, "places on the map": marks_s, **_received(traffic)}


def _change(page: Page, traffic: Traffic) -> dict[str, float]:
    """Walk a minute longer, with a key."""
    before = page.inner_text(ANSWER)
    traffic.forget()
    start = perf_counter()
    page.get_by_role("slider").press("ArrowRight")
    page.wait_for_function(
        "([where, before]) => document.querySelector(where)?.innerText !== before",
        arg=[ANSWER, before],
    )
    sentence_s = perf_counter() - start
    traffic.wait_until_quiet(page)
    return {"sentence": sentence_s, "all received": traffic.last - start, **_received(traffic)}


def _received(traffic: Traffic) -> dict[str, float]:
    whole = sum(traffic.bytes_of.values())
    parts = {f"received, {what}": size for what, size in traffic.bytes_of.items()}
    return {"received": whole, **parts}
