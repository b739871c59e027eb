"""The way from a file of map data to the layers of a map, each step in a fresh process."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.measure import MB, Result, S, in_child, result


@dataclass(frozen=True, slots=True)
class Subject:
    """
    An area to measure with.

    Parameters
    ----------
    code
        Of a demo area, or what to call the one in the file.
    file
        OpenStreetMap data; `""` for a demo area, which the app builds by itself.
    municipality
        Whose ages the file's area shares; `""`: whichever border is in the file.
    """

    code: str
    file: str = ""
    municipality: str = ""


def built(subject: Subject, home: Path, runs: int) -> list[Result]:
    """Build an area again and again, each time in a fresh process; leave it in `home`."""
    task = asdict(subject)
    whole_s, told = zip(
        *(in_child("benchmarks.build", task, home) for _ in range(runs)), strict=True
    )
    name = f"{subject.code}: build"
    return [
        result(f"{name}, whole command", S, whole_s),
        result(f"{name}, the work alone", S, (one["seconds"] for one in told)),
        result(f"{name}, peak memory", MB, (one["peak_bytes"] for one in told)),
    ]


def explored(subject: Subject, home: Path, runs: int) -> tuple[dict[str, str], list[Result]]:
    """Open, answer and publish an area of the store; return also what was asked, as a link."""
    _, told = in_child("benchmarks.explore", {"code": subject.code, "runs": runs}, home)
    return told["question"], [
        Result(f"{subject.code}: {name}", unit, tuple(values))
        for name, unit, values in told["results"]
    ]
