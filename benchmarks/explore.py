"""Open, answer and publish an area in this process, by the app's own functions."""

from __future__ import annotations

import gzip
import json
import logging
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import KB, MS, Result, result, seconds
from data import bundle
from geo.answer import answer
from geo.changes import side_again, walk_again, with_places
from geo.errors import BundleError, MoteplassError
from geo.question import Question, Terms
from geo.search.access import Nearest
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
    took["answer, a place more"] = [seconds(_with_a_place(asked, built)) for _ in range(runs)]
    return [result(name, MS, values) for name, values in took.items()]


def _with_a_place(asked: Question, built: str) -> Callable[[], object]:
    """Return what adds a place at somebody's door and answers once more."""
    town, now, catalogue = (
        cached.town(asked.area, built),
        cached.asked_at(asked),
        cached.catalogue(),
    )
    kinds = {key: catalogue.kinds[key] for key in asked.kinds}
    bundle = town.bundle
    like = bundle.places[town.of_kind(asked.kinds[0])].iloc[:1].set_axis(["new"])
    door = bundle.homes.geometry.iloc[:1]
    place = like.set_geometry(door.set_axis(["new"]))
    entrance = bundle.entrances.iloc[:1].assign(place_id="new", how="point")
    entrance = entrance.set_geometry(door.set_axis(entrance.index))

    sides = {terms: cached.side(asked.area, built, terms.gait) for terms in _terms(asked)}
    known = {terms: town.walk(terms, kinds, now, side) for terms, side in sides.items()}

    def answered() -> object:
        grown = with_places(town, place, entrance)

        def walk(terms: Terms) -> dict[str, Nearest]:
            side = side_again(grown, sides[terms], terms.gait)
            return walk_again(grown, (town, known[terms]), terms, kinds, now, side)

        return answer(grown, asked, catalogue, now=now, walk=walk)

    return answered


def _terms(asked: Question) -> set[Terms]:
    """Return all terms that an answer asks for."""
    walkers = cached.catalogue().walkers.values()
    return {asked.terms(one, certain=sure) for one in walkers for sure in (None, True)}


def _publish(asked: Question, runs: int) -> list[Result]:
    """Write what the browser fetches: how long that takes, and how large it is."""
    built, now = bundle.read_area(asked.area).built, cached.asked_at(asked)
    below_s, above_s, sizes = [], [], []
    with TemporaryDirectory() as folder:
        for run in range(runs):
            cached.STATIC = Path(folder, str(run))  # not the app's own, which may be in use
            cached.base_layers.clear()
            cached.answer_layers.clear()
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
