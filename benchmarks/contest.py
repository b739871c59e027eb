"""Ourselves and the others on the same streets, one after the other, with the same answers."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import floor

import numpy as np

from benchmarks.measure import Result, S, result, seconds
from benchmarks.ours import ours_matrix, ours_nearest, prepared
from benchmarks.peers import (
    Done,
    networkx_matrix,
    scipy_matrix,
    scipy_nearest,
)
from benchmarks.streets import PART_M, WALKERS, Streets, level_m
from benchmarks.with_pandana import has_pandana, pandana_counts, pandana_nearest
from geo.search.hierarchy import weigh
from geo.search.matrix import Metres

TIMES = "×"
SPEED_M_S = 1.3
TOLERANCE_M = 1e-3


@dataclass(frozen=True, slots=True)
class Effort:
    """
    How much is done.

    Parameters
    ----------
    runs
        Of what is fast; the others run once.
    minutes
        The longest walk in the matrix.
    walkers, kinds
        How many of them pandana looks for the nearest of.
    places
        How many NetworkX searches from.
    counts
        How many kinds pandana counts, each by an `aggregate` for itself.
    at_once
        Whether it also counts all of them after a `precompute`.
    """

    runs: int
    minutes: int
    walkers: int
    kinds: int
    places: int
    counts: int
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """Rows for the table, each with the area in front; and some figures by their name."""

    code: str
    rows: list[Result] = field(default_factory=list)
    figures: dict[str, float | None] = field(default_factory=dict)

    def add(self, name: str, took: Sequence[Done], *, prepare: bool = False) -> float:
        """Add a row for work, or for what comes before it; return the median of seconds."""
        took_s = [one.prepare_s if prepare else one.seconds for one in took]
        return self.add_s(name if took[0].share == 1 else f"{name}, sampled", took_s)

    def add_s(self, name: str, took_s: Sequence[float]) -> float:
        """Add a row of seconds, and return their median."""
        self.rows.append(result(f"{self.code}: {name}", S, took_s))
        return statistics.median(took_s)

    def ratio(self, name: str, theirs_s: float, ours_s: float, figure: str = "") -> None:
        """Add a row that tells how many times as long others take."""
        self.rows.append(Result(f"{self.code}: {name}", TIMES, (theirs_s / ours_s,)))
        if figure:
            self.figures[figure] = theirs_s / ours_s

    def without_pandana(self, what: str, figure: str) -> None:
        """Add a row that tells why there is no figure."""
        self.rows.append(Result(f"{self.code}: {what}, pandana, not installed", S, ()))
        self.figures[figure] = None


def nearest(report: Report, streets: Streets, effort: Effort, prefix: str = "") -> None:
    """
    Go from every junction to the nearest door of each kind, for each walker.

    What is worked out anew for each walker is part of our work; SciPy's matrices
    and pandana's contraction, as much the walker's own, are not part of theirs.

    Raises
    ------
    AssertionError
        If somebody's way differs from SciPy's by more than `TOLERANCE_M`.
    """
    walkers = range(len(WALKERS))
    pairs = [(walker, kind) for walker in walkers for kind in range(streets.kinds)]
    ranked = prepared(streets)
    ours_nearest(streets, ranked, [0])  # compiles what is not compiled yet
    again = range(effort.runs)
    prepare_s = report.add_s(
        "prepare, ours", [seconds(lambda: prepared(streets)) for _ in again]
    )
    ours = [ours_nearest(streets, ranked, walkers) for _ in again]
    ours_s = report.add("nearest, ours", ours)
    report.add("nearest, ours, weighing alone", ours, prepare=True)
    scipy = [scipy_nearest(streets, pairs) for _ in again]
    _same_ways(scipy[-1], ours[-1])
    matrices_s = report.add("prepare, SciPy", scipy, prepare=True)
    scipy_s = report.add("nearest, SciPy", scipy)
    report.ratio("nearest, SciPy ÷ ours", scipy_s, ours_s, f"{prefix}nearest_vs_scipy")
    prepared_s = prepare_s + ours_s
    report.ratio("nearest and prepare, SciPy ÷ ours", matrices_s + scipy_s, prepared_s)
    figure = f"{prefix}nearest_vs_pandana"
    if not has_pandana():
        report.without_pandana("nearest", figure)
        return
    step = max(1, streets.kinds // effort.kinds)
    some = [(w, kind) for w, kind in pairs if w < effort.walkers and kind % step == 0]
    ways_m = np.concatenate([scipy[-1].found[pair] for pair in some])
    farthest_m = float(ways_m[np.isfinite(ways_m)].max())
    pandana = [pandana_nearest(streets, some, len(some) / len(pairs), farthest_m)]
    _same_ways(scipy[-1], pandana[-1])
    contracted_s = report.add("prepare, pandana", pandana, prepare=True)
    pandana_s = report.add("nearest, pandana", pandana)
    report.ratio("nearest, pandana ÷ ours", pandana_s, ours_s, figure)
    report.ratio("nearest and prepare, pandana ÷ ours", contracted_s + pandana_s, prepared_s)


def matrix(report: Report, streets: Streets, effort: Effort) -> None:
    """
    Go from every junction to every place within the cut-off, and count them by kind.

    The cut-off lies between two lengths that a way can have: nothing is a tie.

    Raises
    ------
    AssertionError
        If a count differs from SciPy's, or a way from NetworkX's by `TOLERANCE_M`.
    """
    cutoff_m = (floor(effort.minutes * 60 * SPEED_M_S / PART_M) + 0.5) * PART_M
    weighed = weigh(prepared(streets), level_m(streets, 0))
    ours_matrix(streets, weighed, cutoff_m)  # compiles what is not compiled yet
    ours = [ours_matrix(streets, weighed, cutoff_m) for _ in range(effort.runs)]
    name = f"matrix, {effort.minutes} min"
    table_s = report.add_s(f"{name}, ours", [table_s for _, _, table_s in ours])
    counted_s = report.add(f"{name}, ours, with counts", [done for done, _, _ in ours])
    scipy = [scipy_matrix(streets, cutoff_m)]
    _same_counts(scipy[0], ours[-1][0])
    scipy_s = report.add(f"{name}, SciPy, with counts", scipy)
    report.ratio(f"{name}, SciPy ÷ ours", scipy_s, counted_s, "matrix_vs_scipy")
    doors = int(streets.place.max()) + 1
    places = np.unique(np.linspace(0, doors - 1, effort.places).astype(np.intp))
    networkx = [networkx_matrix(streets, cutoff_m, places)]
    for place, way_m in networkx[0].found.items():
        _same_walks(ours[-1][1][:, [place]], way_m)
    networkx_s = report.add(f"{name}, NetworkX", networkx)
    report.ratio(f"{name}, NetworkX ÷ ours", networkx_s, table_s, "matrix_vs_networkx")
    if not has_pandana():
        report.without_pandana(name, "matrix_vs_pandana")
        return
    ways = {"aggregate": range(0, streets.kinds, max(1, streets.kinds // effort.counts))}
    if effort.at_once:
        ways["precompute"] = range(streets.kinds)
    for way, kinds in ways.items():
        pandana = [pandana_counts(streets, cutoff_m, kinds, at_once=way == "precompute")]
        _same_counts(scipy[0], pandana[0])
        pandana_s = report.add(f"{name}, pandana, {way}", pandana)
        figure = "matrix_vs_pandana" + "_at_once" * (way == "precompute")
        report.ratio(f"{name}, pandana, {way} ÷ ours", pandana_s, counted_s, figure)


def _same_ways(one: Done, other: Done) -> None:
    """Compare those walkers and kinds that the other has; `inf` is only like `inf`."""
    for pair, way_m in other.found.items():
        np.testing.assert_allclose(one.found[pair], way_m, rtol=0, atol=TOLERANCE_M)


def _same_counts(one: Done, other: Done) -> None:
    for kind, count in other.found.items():
        np.testing.assert_array_equal(count, one.found[kind])


def _same_walks(column: Metres, way_m: Mapping[int, float]) -> None:
    """Compare the walks to one place with those that NetworkX found from there."""
    home = np.repeat(np.arange(column.shape[0]), np.diff(column.indptr))
    np.testing.assert_array_equal(home, sorted(way_m))
    theirs_m = [way_m[junction] for junction in home.tolist()]
    np.testing.assert_allclose(column.data, theirs_m, rtol=0, atol=TOLERANCE_M)
