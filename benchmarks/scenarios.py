"""
Scenarios worked out in a process of its own: `python -m benchmarks.scenarios JSON`.

The task names an area of the store, a question and how often; the answer is how long every
kind of change took, what else can be asked, and spots at which a place can be added.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from pathlib import Path as Folder
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from benchmarks.measure import MS, Result, S, result, seconds
from data import bundle
from geo.crs import to_wgs84
from geo.errors import ScenarioError
from geo.model import Gait
from geo.question import Question
from geo.scenario.candidates import candidates, openable
from geo.scenario.dependence import dependence
from geo.scenario.edits import XY, Add, Close, Edit, House, Mend, Move, Open, Path
from geo.scenario.offering import offered
from geo.scenario.scenario import TODAY, Scenario
from geo.scenario.wanting import wanting
from geo.siting.choosing import most_within, shortest_walk
from geo.siting.fewest import fewest
from geo.tables import EVERYBODY
from geo.town import Side, Town
from views import cached
from views.whatif.remembered import change_layers, differs, edits_drawn, stands

SEED, LANGUAGE, EVENINGS = 7, "nb", "Mo-Fr 17:00-21:00"
CANDIDATES, CHOSEN, PATIENCE_S = 200, 5, 120.0
STAGES = ("town", "walks", "answer", "difference")


def edits(town: Town, asked: Question) -> Mapping[str, Iterator[Edit]]:
    """Yield one change after another, by what it is; not all of them are possible."""
    known, kind = town.bundle, asked.kinds[0]
    homes = shapely.get_coordinates(known.homes.geometry.array)
    row = np.random.default_rng(SEED).permutation(len(homes))
    at: list[XY] = [(round(x + 3, 1), round(y + 2, 1)) for x, y in homes[row].tolist()]
    counted = list(known.places.index[town.of_kind(kind) & known.places["inside"].to_numpy()])
    indoors = list(known.places.index[(known.places["setting"] != "outdoor").to_numpy()])
    paths = [((x, y), (x + 90, y + 60)) for x, y in at]
    lands = [((x, y), (x + 40, y), (x + 40, y + 40), (x, y + 40)) for x, y in at]
    return {
        "add": (Add(kind, one) for one in at),
        "move": (Move(place, one) for place, one in zip(cycle(counted), at, strict=False)),
        "close": map(Close, counted),
        "open": (Open(place, EVENINGS, kind) for place in indoors),
        "path": map(Path, paths),
        "footbridge": (Path(one, bridge=True) for one in paths),
        "mend": (Mend(one, "light") for one in at),
        "homes": (House(one, ((EVERYBODY, 100.0),)) for one in lands),
    }


def possible(asked: Question, built: str, some: Iterator[Edit]) -> Iterator[Edit]:
    """Yield those changes that can be made; to try one is not counted."""
    for edit in some:
        try:
            cached.town(asked.area, built, Scenario((edit,)))
        except ScenarioError:
            continue
        cached.town.__globals__["_edited"].clear()
        yield edit


def _changes(asked: Question, built: str, runs: int) -> Iterator[Result]:
    """Make changes of every kind, each in the area as it is today, as the page does."""
    town, now = cached.town(asked.area, built), cached.asked_at(asked)
    stands(asked, built, now)
    for what, some in edits(town, asked).items():
        took: dict[str, list[float]] = {}
        for edit in islice(possible(asked, built, some), runs):
            told = replace(asked, scenario=Scenario((edit,)))
            for stage, work in _stages(told, built).items():
                took.setdefault(stage, []).append(seconds(work))
        whole = [sum(one) for one in zip(*(took[stage] for stage in STAGES), strict=True)]
        for stage, values in {**took, "all but layers": whole}.items():
            yield result(f"{what}, {stage}", MS, values)


def _stages(asked: Question, built: str) -> dict[str, Callable[[], object]]:
    """Return what the page does after a change, in its order."""
    now, catalogue = cached.asked_at(asked), cached.catalogue()
    walkers = {catalogue.walker_of(asked, group) for group in catalogue.groups}
    sure = [None, True]
    terms = {asked.terms(walker, certain=told) for walker in walkers for told in sure}
    walk = cached.walks(asked, built, now)

    def layers() -> None:
        cached.place_layers(asked, built, LANGUAGE, now)
        change_layers(asked, built, LANGUAGE, now, TODAY)
        edits_drawn(asked, built, LANGUAGE)

    return {
        "town": partial(cached.town, asked.area, built, asked.scenario),
        "walks": lambda: [walk(one) for one in terms],
        "answer": partial(cached.answered, asked, built, now),
        "difference": partial(differs, asked, built, now, TODAY),
        "layers": layers,
    }


def _sought(asked: Question, built: str, runs: int) -> Iterator[Result]:
    """Rank all places by who has no other, and look for the best of many candidates."""
    town, now, catalogue = (
        *(cached.town(asked.area, built), cached.asked_at(asked)),
        cached.catalogue(),
    )

    def side(gait: Gait) -> Side:
        return cached.side(asked.area, built, gait)

    alone = partial(dependence, town, asked, catalogue, now=now, side=side)
    alone()  # and everybody is joined to the ways
    yield result("who has no other place", S, (seconds(alone) for _ in range(runs)))
    some = candidates(town, asked, catalogue, now=now, kinds=openable(catalogue.kinds))
    some = some.iloc[np.linspace(0, len(some) - 1, min(CANDIDATES, len(some))).astype(int)]
    offer = partial(offered, town, asked, catalogue, some, now=now, side=side)
    name = f"{CHOSEN} of {len(some)} candidates"
    yield result(f"{name}, walks to all", S, (seconds(offer) for _ in range(runs)))
    demand = wanting(offer(), (EVERYBODY,), within=asked.minutes)
    for what, choose in (
        ("most within reach", partial(most_within, demand, CHOSEN)),
        ("least walking", partial(shortest_walk, demand, CHOSEN)),
        ("as few as are enough", partial(fewest, demand)),
    ):
        took = []
        for _ in range(runs):
            start = perf_counter()
            found = choose(seconds=PATIENCE_S)
            took.append(perf_counter() - start)
            assert not found.stopped, what  # or it would be no best
        yield result(f"{name}, {what}", S, took)


def _spots(asked: Question, built: str, runs: int) -> list[tuple[float, float]]:
    """Return spots where a place can be added, as latitude and longitude."""
    known = cached.town(asked.area, built)
    found = islice(possible(asked, built, edits(known, asked)["add"]), runs)
    at = [shapely.Point(one.at) for one in found if isinstance(one, Add)]
    told = to_wgs84(gpd.GeoDataFrame(geometry=at, crs=known.bundle.area.crs)).geometry
    return list(zip(told.y.tolist(), told.x.tolist(), strict=True))


def main(task: Mapping[str, Any]) -> dict[str, object]:
    """Carry out a task."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)  # it misses its server
    asked = Question.from_params({"walker": "", **task["question"]})
    built, runs = bundle.read_area(asked.area).built, task["runs"]
    with TemporaryDirectory() as folder:
        cached.STATIC = Folder(folder)  # not the app's own, which may be in use
        results = [*_changes(asked, built, runs), *_sought(asked, built, runs)]
    return {
        "results": [(one.name, one.unit, one.values) for one in results],
        "spots": _spots(asked, built, 3 * runs),
    }


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))))
