"""How fast the searches are: against others, and for a whole country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.contest import Effort, Report, matrix, nearest
from benchmarks.copies import copied
from benchmarks.measure import Result, in_child
from benchmarks.streets import WALKERS, Streets, load
from benchmarks.way import Subject

FULL = Effort(
    runs=5, minutes=30, walkers=len(WALKERS), kinds=12, places=40, counts=2, at_once=True
)
QUICK = Effort(runs=3, minutes=20, walkers=1, kinds=3, places=10, counts=1)
LARGE = Effort(runs=1, minutes=30, walkers=1, kinds=2, places=0, counts=0)

MILLION = 1_000_000
COUNTRY = (100_000, 300_000, MILLION, 2_000_000, 5_000_000)
"""Junctions of a country, and of smaller ones that tell how time grows."""

GB = "GB"
FIGURES = (
    "nearest_vs_scipy",
    "nearest_vs_pandana",
    "matrix_vs_scipy",
    "matrix_vs_pandana",
    "matrix_vs_pandana_at_once",
    "matrix_vs_networkx",
    "million_nearest_vs_scipy",
    "million_nearest_vs_pandana",
    "country_s",
    "country_gb",
    "scaling_exponent",
)
"""What is always in the JSON; `None` where it was not measured, or cannot be."""


def measured(subject: Subject, folder: Path, *, quick: bool) -> tuple[Report, dict[str, Any]]:
    """
    Build an area in a folder, and measure on its streets.

    Parameters
    ----------
    subject
        The area.
    folder
        For what is built; the user's own areas are not touched.
    quick
        Whether to leave out what takes minutes: a million junctions, the country.

    Returns
    -------
    report, work
        What was measured; and what the work was.

    Raises
    ------
    AssertionError
        If somebody's answers differ.
    """
    file = _streets_file(subject, folder)
    streets, effort = load(file), QUICK if quick else FULL
    report = Report(subject.code, figures=dict.fromkeys(FIGURES))
    nearest(report, streets, effort)
    matrix(report, streets, effort)
    if not quick:
        large = Report(f"{subject.code}, a million junctions", report.rows, report.figures)
        nearest(large, copied(streets, MILLION), LARGE, "million_")
        _country(report, file, folder)
    return report, _work(streets, effort)


def _streets_file(subject: Subject, folder: Path) -> Path:
    """Build the area in a fresh process, and return a file with its streets."""
    file = folder / "streets.npz"
    in_child("benchmarks.build", asdict(subject), folder / "store")
    task = {"code": subject.code, "file": str(file)}
    in_child("benchmarks.streets", task, folder / "store")
    return file


def _work(streets: Streets, effort: Effort) -> dict[str, Any]:
    return {
        "junctions": streets.junctions,
        "edges": len(streets.u),
        "walkers": len(WALKERS),
        "kinds": streets.kinds,
        "doors": len(streets.door),
        "places": int(streets.place.max(initial=-1)) + 1,
        "matrix_minutes": effort.minutes,
        "runs": effort.runs,
    }


def _country(report: Report, file: Path, folder: Path) -> None:
    """Take one walker to all kinds in networks of growing size, each in a fresh process."""
    told = []
    for junctions in COUNTRY:
        task = {"file": str(file), "junctions": junctions}
        told.append(in_child("benchmarks.ours", task, folder / "store")[1])
        _tell(report, told[-1])
    whole = told[-1]
    gb = whole["peak_bytes"] and whole["peak_bytes"] / 1e9
    exponent = growth({one["junctions"]: _seconds(one) for one in told})
    report.rows.append(Result("country, all: exponent of junctions", "", (exponent,)))
    report.figures.update(country_s=_seconds(whole), country_gb=gb, scaling_exponent=exponent)


def _tell(report: Report, one: Mapping[str, float]) -> None:
    """Add the rows of one size: the parts, the whole, and the memory."""
    name = f"country, {one['junctions'] / 1e6:.1f} million junctions"
    parts = {
        "prepare": one["prepare_s"],
        "weigh": one["weigh_s"],
        "nearest": one["nearest_s"],
        "all": _seconds(one),
    }
    report.rows.extend(Result(f"{name}, {part}", "s", (s,)) for part, s in parts.items())
    peak = one["peak_bytes"]
    report.rows.append(Result(f"{name}, peak memory", GB, (peak / 1e9,) if peak else ()))


def _seconds(one: Mapping[str, float]) -> float:
    """Return the whole time, from streets in memory to ways."""
    return one["prepare_s"] + one["weigh_s"] + one["nearest_s"]


def growth(seconds: Mapping[int, float]) -> float:
    """
    Return the exponent of the power of size that times follow best (least squares of logs).

    Examples
    --------
    >>> round(growth({10: 1.0, 100: 20.0, 1000: 400.0}), 3)
    1.301
    """
    size = np.log(list(seconds))
    return float(np.polyfit(size, np.log(list(seconds.values())), 1)[0])
