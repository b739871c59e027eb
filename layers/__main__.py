"""Export an answer, give one again, hold norms: `python -m layers --help`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from data import scenario_file, store
from data.build import ready
from data.catalogue import families, groups, kinds, walkers
from data.norms import norms
from geo.answer import Catalogue, require_known
from geo.bundle import Bundle
from geo.errors import MoteplassError
from geo.hours import MOMENTS
from geo.question import YES, Question
from geo.scenario.link import to_text
from geo.scenario.scenario import TODAY
from geo.timetable import OSLO
from layers import norms_command
from layers.annex import command as annex_command
from layers.comparison import command as compare_command
from layers.export.case import Case
from layers.export.export import Export
from layers.export.full import Desk, full_export
from layers.files import FORMATS, write
from layers.record import rerun_command
from words import Speaker, preferred, speaker


def main(arguments: list[str] | None = None) -> int:
    """
    Run one command.

    Returns
    -------
    code
        0; 1 after a sentence about what went wrong; 3 if an answer that was given again has
        other figures.
    """
    say = speaker(preferred())
    options = _parser(say).parse_args(arguments)
    try:
        for line in options.run(options, say):
            print(line)
    except MoteplassError as error:
        print(say(error.message), file=sys.stderr)
        return getattr(error, "exit_code", 1)
    return 0


def _parser(say: Speaker) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m layers",
        description=say("Write answers as files, compare areas, hold norms against them."),
    )
    commands = parser.add_subparsers(
        required=True, metavar="export | annex | compare | rerun | norms"
    )
    for name, text, run in (
        ("export", say("write files for GIS and spreadsheets"), _export),
        ("annex", say("write all files, prints and documents as one zip"), _annex),
    ):
        out = commands.add_parser(name, help=text)
        out.add_argument("area")
        _ask(out, say)
        areas = say("also write the reach of the places as areas")
        out.add_argument("--areas", action="store_const", const=YES, default="", help=areas)
        changed = say("a file of changes: the area as it would be after them")
        out.add_argument("--scenario", type=Path, metavar="FILE", help=changed)
        out.set_defaults(run=run)
    known = ", ".join(FORMATS)
    commands.choices["export"].add_argument(
        "--formats",
        default="",
        help=say("formats, with commas between: {known}", known=known),
    )
    compare = compare_command.register(commands, say)
    _ask(compare, say)
    compare.set_defaults(run=_compare)
    rerun_command.register(commands, say)
    commands.choices["rerun"].set_defaults(run=_rerun)
    norms_command.register(commands, say)
    commands.choices["norms"].set_defaults(run=_norms)
    return parser


def _ask(out: argparse.ArgumentParser, say: Speaker) -> None:
    """Add what a question consists of, and where its files go."""
    out.add_argument("--out", type=Path, required=True, metavar="DIR")
    out.add_argument("--kinds", required=True, help=say("kinds of place, with commas between"))
    out.add_argument("--group", default="everybody")
    out.add_argument(
        "--walker", default="", help=say("how everybody walks; else each group at its pace")
    )
    out.add_argument("--minutes", default="10")
    out.add_argument(
        "--when",
        default="",
        help=say("when places have to be open: {moments}", moments=", ".join(MOMENTS)),
    )
    for name, text in (
        ("schools", say("schools are open to others after school hours")),
        ("winter", say("there is snow and ice")),
        ("dark", say("it is dark")),
        ("certain", say("count only what is known")),
    ):
        out.add_argument(f"--{name}", action="store_const", const=YES, default="", help=text)


def _norms(options: argparse.Namespace, say: Speaker) -> Iterable[str]:
    return norms_command.run(options, ready(options.area), norms(), _catalogue(), say)


def _catalogue() -> Catalogue:
    return Catalogue(kinds(), groups(), walkers(), families())


def _desk() -> Desk:
    return Desk(_catalogue(), norms())


def _opened(code: str) -> tuple[Bundle, Path]:
    return ready(code), store.folder(code)


def _asked(options: argparse.Namespace, say: Speaker) -> tuple[Case, Export]:
    """Answer the question that the options ask, now."""
    file, desk = options.scenario, _desk()
    scenario = scenario_file.opened(file, options.area) if file else TODAY
    question = Question.from_params({**vars(options), "scenario": to_text(scenario)})
    require_known(question, desk.catalogue)
    bundle, now = ready(question.area), datetime.now(OSLO)
    return full_export(question, bundle, desk, say=say, now=now, areas=bool(options.areas))


def _export(options: argparse.Namespace, say: Speaker) -> Iterable[Path]:
    keys = [*filter(None, options.formats.split(","))] or None
    case, export = _asked(options, say)
    yield from write(export, options.out, say, keys)
    yield from _scenario(case, export, options.out)


def _annex(options: argparse.Namespace, say: Speaker) -> Iterable[Path]:
    case, export = _asked(options, say)
    folder = store.folder(case.bundle.area.code)
    _, file = annex_command.annexed(case, export, folder, options.out, say)
    yield file
    yield from _scenario(case, export, options.out)


def _scenario(case: Case, export: Export, out: Path) -> Iterable[Path]:
    """Put what was changed beside its figures: the app reads it, and so do these commands."""
    question = case.answer.question
    if question.scenario:
        file = out / f"{export.stem}.toml"
        yield scenario_file.save(question.scenario, question.area, file)


def _compare(options: argparse.Namespace, say: Speaker) -> Iterable[Path]:
    return compare_command.run(options, ready, _catalogue(), say, now=datetime.now(OSLO))


def _rerun(options: argparse.Namespace, say: Speaker) -> Iterable[str]:
    return rerun_command.run(options, _opened, _desk(), say)


if __name__ == "__main__":
    sys.exit(main())
