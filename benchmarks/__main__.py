"""Measure the whole way, the app, files, the engine, or a county: `… -m benchmarks way`."""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from subprocess import CalledProcessError
from tempfile import TemporaryDirectory

from benchmarks.measure import Result, machine, table
from benchmarks.way import Subject, built, explored
from data.demos import demos

MOST_RUNS = 40
OSLO = "oslo/oslo-sentrum.osm.pbf"
"""In the folder that `MOTEPLASS_TEST_DATA` names."""

ASKED = {"kinds": "playground,park", "group": "school_children", "minutes": "10", "lang": "nb"}
"""What the app asks at first."""


def main(arguments: list[str] | None = None) -> int:
    """Measure, print the table, and write it as JSON if asked to."""
    options = _parser().parse_args(arguments)
    try:
        options.measure(options)
    except CalledProcessError as error:
        return error.returncode  # it has said why
    return 0


def _way(options: argparse.Namespace) -> None:
    """Measure from map data to the screen."""
    path, browser = ("", "not asked for") if options.no_browser else _browser()
    known = machine(browser)  # before we keep it busy ourselves
    results = []
    for subject in _subjects(options):
        results += _measured(subject, path, options.runs)
    print(table(results))
    print(f"\n{_conditions(known, options.runs)}")
    _write(options.json, {"machine": known, "results": [one.as_json() for one in results]})


def _app(options: argparse.Namespace) -> None:
    """Measure the app in use, in the browser and by many at once, on the real town."""
    path, browser = _browser()
    if not path:
        sys.exit(f"The app in use is {browser}.")
    from benchmarks.app import used  # noqa: PLC0415 - Playwright is optional
    from benchmarks.browser import Case  # noqa: PLC0415

    known = machine(browser)
    subject = _subjects(options)[-1]
    with TemporaryDirectory(prefix="benchmarks-", ignore_cleanup_errors=True) as folder:
        store = options.store or Path(folder, "store")
        if not options.store:
            print(f"{subject.code}: building", file=sys.stderr)
            built(subject, store, runs=1)
        print(f"{subject.code}: in use", file=sys.stderr)
        case = Case(subject, store, {**ASKED, "area": subject.code})
        results = used(path, case, Path(folder), options.runs)
    print(table(results))
    print(f"\n{_conditions(known, options.runs)}")
    _write(options.json, {"machine": known, "results": [one.as_json() for one in results]})


def _taking(options: argparse.Namespace) -> None:
    """Measure what is taken along: prints, reports, formats, the whole annex."""
    path, browser = _browser()
    from benchmarks.browser import Case  # noqa: PLC0415 - Playwright is optional
    from benchmarks.taking import taken  # noqa: PLC0415

    known = machine(browser)
    subject = _subjects(options)[-1]
    with TemporaryDirectory(prefix="benchmarks-", ignore_cleanup_errors=True) as folder:
        store = options.store or Path(folder, "store")
        if not options.store:
            print(f"{subject.code}: building", file=sys.stderr)
            built(subject, store, runs=1)
        case = Case(subject, store, {**ASKED, "area": subject.code})
        results = taken(path, case, Path(folder), options.runs)
    print(table(results))
    print(f"\n{_conditions(known, options.runs)}")
    _write(options.json, {"machine": known, "results": [one.as_json() for one in results]})


def _engine(options: argparse.Namespace) -> None:
    """Measure the searches against others', on the real town if there is one."""
    from benchmarks import engine  # noqa: PLC0415 - it needs NetworkX

    known = machine("not asked for")
    found = _subjects(options)
    subject = found[-1] if found[-1].file else found[0]
    with TemporaryDirectory(prefix="benchmarks-", ignore_cleanup_errors=True) as folder:
        print(f"{subject.code}: building, searching", file=sys.stderr)
        report, work = engine.measured(subject, Path(folder), quick=options.quick)
    print(table(report.rows))
    print(f"\n{_conditions(known, work['runs'])}")
    results = [one.as_json() for one in report.rows]
    _write(options.json, {**report.figures, "work": work, "machine": known, "results": results})


def _county(options: argparse.Namespace) -> None:
    """Measure the building of all municipalities of a county, by few and by many workers."""
    from benchmarks import county  # noqa: PLC0415 - it needs the real data

    known = machine("not asked for")
    data = Path(os.environ.get("MOTEPLASS_TEST_DATA", "")).resolve()
    with TemporaryDirectory(prefix="benchmarks-", ignore_cleanup_errors=True) as folder:
        found = county.run(Path(folder), data, tuple(options.workers))
    for what, seconds in found.items():
        print(f"{what}: {seconds:.0f} s")
    print(f"\n{_conditions(known, 1)}")
    _write(options.json, {"machine": known, "seconds": found})


def _write(file: Path | None, told: Mapping[str, object]) -> None:
    if file:
        text = json.dumps(told, ensure_ascii=False, allow_nan=False, indent=1)
        file.write_text(text, encoding="utf-8")


def _conditions(known: Mapping[str, object], runs: int) -> str:
    """Return in two lines what the figures depend on."""
    return (
        f"{known['date']}, {known['system']}, Python {known['python']}. Browser:"
        f" {known['browser']}.\n{known['cores']} cores, {known['memory_gb']} GB,"
        f" load before: {known['load_before']}. Runs: {runs}."
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(
        required=True, metavar="way | app | taking | engine | county"
    )
    way = commands.add_parser("way", help="from map data to the screen")
    way.set_defaults(measure=_way)
    way.add_argument("--runs", type=_runs, default=5, help="how often; usually 5")
    way.add_argument("--no-browser", action="store_true", help="leave out what needs Chromium")
    app = commands.add_parser("app", help="the app in use: in a browser, and by many")
    app.set_defaults(measure=_app)
    app.add_argument("--runs", type=_runs, default=10, help="how often; usually 10")
    app.add_argument("--store", type=Path, help="a folder of areas that are built already")
    taking = commands.add_parser("taking", help="prints, reports, formats, the whole annex")
    taking.set_defaults(measure=_taking)
    taking.add_argument("--runs", type=_runs, default=5, help="how often; usually 5")
    taking.add_argument("--store", type=Path, help="a folder of areas that are built already")
    engine = commands.add_parser("engine", help="the searches, against SciPy's and others'")
    engine.set_defaults(measure=_engine)
    engine.add_argument("--quick", action="store_true", help="less of it, and no country")
    county = commands.add_parser("county", help="Nordland, drawn from the real data")
    county.set_defaults(measure=_county)
    county.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="usually 1 2")
    county.add_argument("--json", type=Path, metavar="FILE", help="write figures here, too")
    for command in (way, app, taking, engine):
        what = command.add_mutually_exclusive_group()
        what.add_argument("--area", choices=list(demos()), help="only this demo area")
        what.add_argument("--osm", type=Path, metavar="FILE", help="only this map data")
        command.add_argument(
            "--json", type=Path, metavar="FILE", help="write figures here, too"
        )
    return parser


def _runs(text: str) -> int:
    """Return how often; each run walks a minute longer, and the slider ends at an hour."""
    runs = int(text)
    if not 1 <= runs <= MOST_RUNS:
        raise argparse.ArgumentTypeError(f"from 1 to {MOST_RUNS}")
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
