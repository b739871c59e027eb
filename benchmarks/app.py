"""The app in use on one area: the first map, changes, a map that is moved, many at once."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter

from playwright.sync_api import Browser, Page

from benchmarks.acting import acts, changed, frame_of, frames_s, hear
from benchmarks.browser import ANSWER, Case, chromium, fresh_page
from benchmarks.crowd import met
from benchmarks.measure import KB, MS, Result, result
from benchmarks.served import copied, serving, wait_until_up

CHANGES = ("kind", "group", "walker", "minutes")


def used(path: str, case: Case, folder: Path, runs: int) -> list[Result]:
    """
    Measure visits, changes and moves in the browser at `path`, then a crowd.

    Each on a server that has just been started; `folder`: where to put the program.
    """
    program, name = copied(folder / "program"), case.subject.code
    with serving(program, case.store) as (url, _), chromium(path) as browser:
        wait_until_up(url, program)
        link = case.link(url)
        results = [*_visits(browser, name, link, runs), *_changes(browser, name, link, runs)]
        with fresh_page(browser) as (page, traffic):
            _open(page, link)
            traffic.wait_until_quiet(page)
            results += _frames(name, frames_s(page, frame_of(page), runs))
    with serving(program, case.store) as (url, pid):
        wait_until_up(url, program)
        return results + met(name, url, pid, case.asked, runs)


def _open(page: Page, link: str) -> tuple[float, float]:
    """Go there; return the seconds to the sentence, and to places on the map."""
    start = perf_counter()
    page.goto(link, wait_until="commit")
    page.wait_for_selector(ANSWER)
    answer_s = perf_counter() - start
    frame_of(page)
    return answer_s, perf_counter() - start


def _visits(browser: Browser, name: str, link: str, runs: int) -> list[Result]:
    seen: list[tuple[float, float]] = []
    for _ in range(runs + 1):
        with fresh_page(browser) as (page, traffic):
            seen.append(_open(page, link))
            traffic.wait_until_quiet(page)
    answer_s, map_s = zip(*seen[1:], strict=True)  # at first the server learns the area
    return [
        result(f"{name}: first visit, sentence", MS, answer_s),
        result(f"{name}: first visit, places on the map", MS, map_s),
    ]


def _changes(browser: Browser, name: str, link: str, runs: int) -> list[Result]:
    results = []
    for what in CHANGES:
        with fresh_page(browser) as (page, traffic):
            _open(page, link)
            frame = hear(page)
            traffic.wait_until_quiet(page)
            act = acts(page, what)
            seen = [changed(page, frame, traffic, next(act)) for _ in range(runs)]
        took_s, size = ([one[key] for one in seen] for key in ("new map", "received"))
        results.append(result(f"{name}: changed {what}, new map", MS, took_s))
        results.append(result(f"{name}: changed {what}, received", KB, size))
    return results


def _frames(name: str, seen: Mapping[str, Sequence[Sequence[float]]]) -> list[Result]:
    return [
        one
        for what, runs in seen.items()
        for one in (
            result(f"{name}: {what}, frame", MS, map(statistics.median, runs)),
            result(f"{name}: {what}, longest frame", MS, map(max, runs)),
        )
    ]
