"""What is measured, how it is told, and on which machine."""

from __future__ import annotations

import json
import os
import platform
import re
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = (
    "geopandas",
    "shapely",
    "scipy",
    "osmium",
    "folium",
    "streamlit",
    "playwright",
    "numba",
    "networkx",
    "pandana",
)

S, MS, KB, MB = "s", "ms", "kB", "MB"
IN_ONE = {S: 1.0, MS: 1e-3, KB: 1e3, MB: 1e6}
"""Seconds or bytes in one of each unit."""


@dataclass(frozen=True, slots=True)
class Result:
    """
    Something measured several times, in one unit.

    Parameters
    ----------
    name
        What it is, with the area in front.
    unit
        One of `IN_ONE`.
    values
        One per run; none where it cannot be known on this machine.
    """

    name: str
    unit: str
    values: tuple[float, ...]

    def as_json(self) -> dict[str, Any]:
        """Return median, extremes and number of runs; `None` for what is not known."""
        of = self.values
        return {
            "name": self.name,
            "unit": self.unit,
            "median": statistics.median(of) if of else None,
            "min": min(of, default=None),
            "max": max(of, default=None),
            "runs": len(of),
        }


def result(name: str, unit: str, raw: Iterable[float | None]) -> Result:
    """
    Return a result from plain seconds or bytes.

    Examples
    --------
    >>> result("open", MS, [0.25, 0.5]).values
    (250.0, 500.0)
    >>> result("peak", MB, [None]).as_json()["median"] is None
    True
    """
    return Result(name, unit, tuple(one / IN_ONE[unit] for one in raw if one is not None))


def seconds(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = perf_counter()
    call()
    return perf_counter() - start


def in_child(module: str, task: Mapping[str, Any], home: Path) -> tuple[float, Any]:
    """
    Do a task in a process of its own.

    Parameters
    ----------
    module
        Reads the task as JSON from the command line, and prints its answer as JSON.
    task
        What to do.
    home
        The store of areas it works in.

    Returns
    -------
    seconds, answer
        Of the whole command, from its start to its end; and what it printed.
    """
    start = perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", module, json.dumps(task)],
        cwd=ROOT,
        env={**os.environ, "MOTEPLASS_HOME": str(home), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return perf_counter() - start, json.loads(done.stdout.splitlines()[-1])


def peak_bytes(process: str = "self") -> float | None:
    """
    Return the most memory that a process ever held, or `None` where nobody tells.

    Linux is asked through `/proc`: there `getrusage` of a child begins with what
    its parent held. It is asked elsewhere, and knows of ourselves only.
    """
    status = Path("/proc", process, "status")
    if status.exists():
        told = re.search(r"VmHWM:\s*(\d+) kB", status.read_text(encoding="utf-8"))
        return float(told[1]) * 1024 if told else None
    if sys.platform == "win32" or process != "self":
        return None
    import resource  # noqa: PLC0415 - there is none on Windows

    most = float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return most if sys.platform == "darwin" else most * 1024


def machine(browser: str) -> dict[str, Any]:
    """Return what the figures depend on besides the program."""
    memory_gb = None
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        memory_gb = round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9, 1)
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "memory_gb": memory_gb,
        "load_before": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in PACKAGES},
        "browser": browser,
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def table(results: Iterable[Result]) -> str:
    """
    Return all results as one table, which Markdown understands, too.

    Examples
    --------
    >>> print(table([Result("build", "s", (2.0, 1.0, 4.0)), Result("peak", "MB", ())]))
    | name  | median |  min |  max | unit |
    | ----- | -----: | ---: | ---: | ---- |
    | build |   2.00 | 1.00 | 4.00 | s    |
    | peak  |      – |    – |    – | MB   |
    """
    told = [one.as_json() for one in results]
    rows = [("name", "median", "min", "max", "unit")]
    rows += [
        (one["name"], *(_figure(one[key]) for key in rows[0][1:4]), one["unit"]) for one in told
    ]
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for name, *figures, unit in rows:
        cells = [f.rjust(w) for f, w in zip(figures, wide[1:4], strict=True)]
        lines.append(" | ".join((name.ljust(wide[0]), *cells, unit.ljust(wide[4]))))
    rule = ["-" * wide[0], *("-" * (w - 1) + ":" for w in wide[1:4]), "-" * wide[4]]
    lines.insert(1, " | ".join(rule))
    return "\n".join(f"| {line} |" for line in lines)


def _figure(value: float | None) -> str:
    """Return a number with three digits that mean something; never in powers of ten."""
    if value is None:
        return "–"
    return f"{value:,.{0 if value >= 100 else 1 if value >= 10 else 2}f}".replace(",", " ")
