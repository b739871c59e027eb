"""Measure the whole way, from map data to the screen: `python -m benchmarks way --help`."""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Result, machine, table
from benchmarks.way import Subject, built, explored
from data.build import demos

OSLO = "oslo/oslo-sentrum.osm.pbf"
"""In the folder that `MOTEPLASS_TEST_DATA` names."""


def main(arguments: list[str] | None = None) -> int:
    """Measure, print the table, and write it as JSON if asked to."""
    options = _parser().parse_args(arguments)
    path, browser = ("", "not asked for") if options.no_browser else _browser()
    results = []
    for subject in _subjects(options):
        results += _measured(subject, path, options.runs)
    known = machine(browser)
    print(table(results))
    print(f"\nBrowser: {browser}. Runs: {options.runs}. {known['date']}, {known['system']},")
    print(f"{known['cores']} cores, {known['memory_gb']} GB, Python {known['python']}.")
    if options.json:
        told = {"machine": known, "results": [one.as_json() for one in results]}
        text = json.dumps(told, ensure_ascii=False, allow_nan=False, indent=1)
        options.json.write_text(text, encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    way = parser.add_subparsers(required=True, metavar="way").add_parser("way")
    what = way.add_mutually_exclusive_group()
    what.add_argument("--area", choices=list(demos()), help="only this demo area")
    what.add_argument("--osm", type=Path, metavar="FILE", help="only this OpenStreetMap file")
    way.add_argument("--json", type=Path, metavar="FILE", help="write the figures here, too")
    way.add_argument("--runs", type=_at_least_one, default=5, help="how often; usually 5")
    way.add_argument("--no-browser", action="store_true", help="leave out what needs Chromium")
    return parser


def _at_least_one(text: str) -> int:
    runs = int(text)
    if runs < 1:
        raise argparse.ArgumentTypeError("measure at least once")
    return runs


def _subjects(options: argparse.Namespace) -> list[Subject]:
    """Return the area asked for, else all that this machine has."""
    if options.area:
        return [Subject(options.area)]
    if options.osm:
        return [Subject("file", str(options.osm.resolve()))]
    oslo = Path(os.environ.get("MOTEPLASS_TEST_DATA", ""), OSLO).resolve()
    real = [Subject("oslo", str(oslo), "0301")] if oslo.is_file() else []
    return [*map(Subject, demos()), *real]


def _browser() -> tuple[str, str]:
    """Return the path of a browser and what to say of it; no path if there is none."""
    if importlib.util.find_spec("playwright") is None:
        return "", "not measured, for Playwright is not installed"
    from benchmarks.browser import chromium, executable  # noqa: PLC0415 - Playwright is optional

    path = executable()
    if not path:
        return "", "not measured, for there is no Chromium (MOTEPLASS_CHROMIUM may name one)"
    with chromium(path) as browser:
        return path, f"Chromium {browser.version}"


def _measured(subject: Subject, browser: str, runs: int) -> list[Result]:
    """Take one area all the way, in a store and a program of its own."""
    with TemporaryDirectory(prefix="benchmarks-", ignore_cleanup_errors=True) as folder:
        store = Path(folder, "store")
        print(f"{subject.code}: building", file=sys.stderr)
        results = built(subject, store, runs)
        print(f"{subject.code}: opening, answering, publishing", file=sys.stderr)
        asked, more = explored(subject, store, runs)
        results += more
        if browser:
            print(f"{subject.code}: in the browser", file=sys.stderr)
            results += _seen(Path(folder), subject, asked, browser, runs)
    return results


def _seen(
    folder: Path, subject: Subject, asked: dict[str, str], path: str, runs: int
) -> list[Result]:
    from benchmarks.browser import Case, chromium, started, visited  # noqa: PLC0415

    case = Case(subject, folder / "store", asked)
    with chromium(path) as browser:
        return [
            *started(browser, case, folder / "starts", runs),
            *visited(browser, case, folder / "visits", runs),
        ]


if __name__ == "__main__":
    sys.exit(main())
