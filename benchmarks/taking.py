"""
What is taken along, made in a process of its own: `python -m benchmarks.taking JSON`.

The task names an area of the store and a question; the answer is seconds, and bytes held.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any

from playwright.sync_api import Browser

from benchmarks.acting import acts, changed, hear
from benchmarks.browser import Case, chromium, fresh_page
from benchmarks.measure import MB, MS, Result, S, in_child, peak_bytes, result, seconds
from benchmarks.served import copied, serving, wait_until_up

DOCUMENTS = (
    "print A4",
    "print A4 again",
    "print A3",
    "picture A4",
    "report Word",
    "report PDF",
)


def taken(path: str, case: Case, folder: Path, runs: int) -> list[Result]:
    """
    Measure prints, reports and every format, the whole annex, and changes meanwhile.

    `path` is that of a browser, `""` for none; `folder`: where to put the program.
    """
    name = case.subject.code
    task = {"question": dict(case.asked)}
    told = [in_child("benchmarks.taking", task, case.store)[1] for _ in range(runs)]
    annex_s, annex = zip(
        *(
            in_child("benchmarks.taking", {**task, "annex": True}, case.store)
            for _ in range(runs)
        ),
        strict=True,
    )
    results = [result(f"{name}: {what}", S, (one[what] for one in told)) for what in told[0]]
    results += [
        result(f"{name}: whole annex, whole command", S, annex_s),
        result(f"{name}: whole annex, peak memory", MB, (one["peak_bytes"] for one in annex)),
    ]
    if path:
        program = copied(folder / "program")
        with serving(program, case.store) as (url, _), chromium(path) as browser:
            wait_until_up(url, program)
            results.append(_meanwhile(browser, case, case.link(url), runs))
    return results


def _meanwhile(browser: Browser, case: Case, link: str, runs: int) -> Result:
    """Change the group again and again while annexes are made one after the other."""
    ended = Event()
    task = {"question": dict(case.asked), "annex": True}

    def work() -> None:
        while not ended.is_set():
            in_child("benchmarks.taking", task, case.store)

    with fresh_page(browser) as (page, traffic):
        page.goto(link)
        frame = hear(page)
        traffic.wait_until_quiet(page)
        act = acts(page, "group")
        busy = Thread(target=work)
        busy.start()
        try:
            seen = [changed(page, frame, traffic, next(act))["new map"] for _ in range(runs)]
        finally:
            ended.set()
            busy.join()
    return result(f"{case.subject.code}: changed group while an annex is made", MS, seen)


def main(task: Mapping[str, Any]) -> dict[str, float | None]:
    """Carry out a task."""
    from data import bundle, store  # noqa: PLC0415 - the others are not to be timed with it
    from data.catalogue import families, groups, kinds, walkers  # noqa: PLC0415
    from data.norms import norms  # noqa: PLC0415
    from geo.catalogue import Catalogue  # noqa: PLC0415
    from geo.question import Question  # noqa: PLC0415
    from geo.timetable import OSLO  # noqa: PLC0415
    from layers.annex.binding import write  # noqa: PLC0415
    from layers.annex.whole import whole  # noqa: PLC0415
    from layers.export.full import Desk, full_export  # noqa: PLC0415
    from layers.record.record import record_of  # noqa: PLC0415
    from words import speaker  # noqa: PLC0415

    question = Question.from_params({"walker": "", **task["question"]})
    desk = Desk(Catalogue(kinds(), groups(), walkers(), families()), norms())
    case, export = full_export(
        question,
        bundle.read(question.area),
        desk,
        say=speaker("nb"),
        now=datetime.now(OSLO),
    )
    if not task.get("annex"):
        return {what: seconds(make) for what, make in _parts(case, export).items()}
    with TemporaryDirectory() as folder:
        record = record_of(case, export, store.folder(question.area))
        write(whole(case, export, record), Path(folder, "annex.zip"), day=export.day)
    return {"peak_bytes": peak_bytes()}


def _parts(case: Any, export: Any) -> dict[str, Callable[[], object]]:
    """Return what is made, by what it is: documents first, then every format."""
    from layers.annex.prints import answer_print  # noqa: PLC0415
    from layers.annex.reports import written  # noqa: PLC0415
    from layers.files import FORMATS, packed  # noqa: PLC0415
    from layers.onefile import of_answer  # noqa: PLC0415
    from layers.onefile.page import html  # noqa: PLC0415
    from layers.paper.page import Paper, pdf, png  # noqa: PLC0415
    from layers.report.docx import docx  # noqa: PLC0415
    from layers.report.pdf import pdf as report  # noqa: PLC0415

    say = case.say

    def printed(size: str) -> bytes:
        return pdf([answer_print(case, export)], Paper(size), say)

    return {
        "print A4": partial(printed, "a4"),
        "print A4 again": partial(printed, "a4"),
        "print A3": partial(printed, "a3"),
        "picture A4": lambda: png(answer_print(case, export), Paper("a4"), say),
        "report Word": lambda: docx(*written(case, export)),
        "report PDF": lambda: report(*written(case, export)),
        "one HTML file": lambda: html(of_answer.page(case, export), say),
        **{key: partial(packed, export, key, say) for key in FORMATS},
    }


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))))
