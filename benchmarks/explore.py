"""Open, answer and publish an area in this process, by the app's own functions."""

from __future__ import annotations

import gzip
import json
import logging
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path as File
from tempfile import TemporaryDirectory

from benchmarks.measure import KB, MS, Result, result, seconds
from data import bundle
from geo.errors import BundleError, MoteplassError, ScenarioError
from geo.question import Question
from geo.scenario.applying import edited
from geo.scenario.edits import Add, Edit, Path
from geo.scenario.scenario import Scenario
from geo.town import prepare
from views import cached

LANGUAGE = "nb"
MINUTES = 10


def question_about(code: str) -> tuple[Question, Question]:
    """
    Return a question about the two commonest kinds of place, and one with a third.

    Raises
    ------
    BundleError
        If the area has no meeting places to ask for.
    """
    kinds = Counter(k for of in bundle.read(code).places["kinds"] for k in of.split(";"))
    common = [kind for kind, _ in sorted(kinds.items(), key=lambda one: (-one[1], one[0]))]
    if not common:
        raise BundleError("There are no meeting places in the data for this area.")
    known = list(cached.catalogue().kinds)
    first, more = (tuple(sorted(common[:n], key=known.index)) for n in (2, 3))
    asked = Question(code, first, minutes=MINUTES)
    return asked, replace(asked, kinds=more)


def _explore(code: str, runs: int) -> dict[str, object]:
    asked, more = question_about(code)
    results = [*_open(code, runs), *_answer(asked, more, runs), *_publish(asked, runs)]
    return {
        "question": asked.to_params(),
        "results": [(one.name, one.unit, one.values) for one in results],
    }


def _open(code: str, runs: int) -> list[Result]:
    read = bundle.read(code)
    return [
        result("open, read", MS, (seconds(partial(bundle.read, code)) for _ in range(runs))),
        result("open, prepare", MS, (seconds(partial(prepare, read)) for _ in range(runs))),
    ]


def _answer(asked: Question, more: Question, runs: int) -> list[Result]:
    """Ask as the app does, through what it remembers."""
    built = bundle.read_area(asked.area).built
    cached.town(asked.area, built)
    took: dict[str, list[float]] = {}
    for run in range(runs):
        for memory in (cached.side, cached.walk, cached.answered):
            memory.clear()
        for name, question in (
            ("cold", asked),
            ("one kind more", more),
            ("changed minutes", replace(asked, minutes=MINUTES + 1 + run)),
            ("another group", replace(asked, group="older_80")),
            ("snow and ice", replace(asked, winter=True)),
            ("in a wheelchair", replace(asked, walker="wheelchair")),
            ("Saturday", replace(asked, when="saturday")),
            ("the same again", asked),
        ):
            once = partial(cached.answered, question, built, cached.asked_at(question))
            took.setdefault(f"answer, {name}", []).append(seconds(once))
    for name, edits in (("a place", _places(asked, built)), ("a path", _paths(asked, built))):
        took[f"answer, {name} more"] = [
            seconds(partial(cached.answered, question, built, cached.asked_at(question)))
            for question in islice(_possible(asked, built, edits), runs)
        ]
    return [result(name, MS, values) for name, values in took.items()]


def _places(asked: Question, built: str) -> Iterator[Edit]:
    """Yield places to be added, each at somebody's door."""
    for door in cached.town(asked.area, built).bundle.homes.geometry:
        yield Add(asked.kinds[0], (door.x, door.y))


def _paths(asked: Question, built: str) -> Iterator[Edit]:
    """Yield paths of 100 m to be laid, each from the middle of one that is there."""
    for spot in cached.town(asked.area, built).bundle.paths.interpolate(0.5, normalized=True):
        yield Path(((spot.x, spot.y), (spot.x + 60, spot.y + 80)))


def _possible(asked: Question, built: str, edits: Iterable[Edit]) -> Iterator[Question]:
    """Yield the question after each of those edits that are possible."""
    for edit in edits:
        try:
            edited(cached.town(asked.area, built).bundle, edit, cached.catalogue().kinds)
        except ScenarioError:
            continue
        yield replace(asked, scenario=Scenario((edit,)))


def _publish(asked: Question, runs: int) -> list[Result]:
    """Write what the browser fetches: how long that takes, and how large it is."""
    built, now = bundle.read_area(asked.area).built, cached.asked_at(asked)
    below_s, above_s, sizes = [], [], []
    with TemporaryDirectory() as folder:
        for run in range(runs):
            cached.STATIC = File(folder, str(run))  # not the app's own, which may be in use
            for memory in (cached.base_layers, cached.answer_layers, cached.place_layers):
                memory.clear()
            base = partial(cached.base_layers, asked.area, built, LANGUAGE)
            drawn = partial(cached.answer_layers, asked, built, LANGUAGE, now)
            below_s.append(seconds(base))
            above_s.append(seconds(drawn))
        for layer, name in (*base(), *drawn()):
            content = (cached.STATIC / name).read_bytes()
            packed = gzip.compress(content, 6)
            sizes.append(result(f"layer {layer.key}", KB, [len(content)]))
            sizes.append(result(f"layer {layer.key}, gzip", KB, [len(packed)]))
    return [
        result("publish, base map", MS, below_s),
        result("publish, answer", MS, above_s),
        *sizes,
    ]


def main(argument: str) -> None:
    """Measure the area that a `code` in JSON names, and print the results as JSON."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)  # it misses its server
    task = json.loads(argument)
    try:
        print(json.dumps(_explore(task["code"], task["runs"])))
    except MoteplassError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(sys.argv[1])
