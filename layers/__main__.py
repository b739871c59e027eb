"""Export an answer, or hold norms against an area: `python -m layers --help`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from data.build import ready
from data.catalogue import groups, kinds, walkers
from data.norms import norms
from geo.answer import Catalogue, answer, require_known
from geo.areas.reachable import reachable
from geo.errors import MoteplassError
from geo.figures.figures import figures
from geo.hours import MOMENTS
from geo.incomes import rank
from geo.norms.norm_walks import hold
from geo.question import YES, Question
from geo.timetable import OSLO
from geo.town import prepare
from layers import norms_command
from layers.export import export
from layers.export_measures import with_measures
from layers.files import write
from words import Speaker, preferred, speaker


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return 0, or 1 after a sentence about what went wrong."""
    say = speaker(preferred())
    options = _parser(say).parse_args(arguments)
    try:
        for line in options.run(options, say):
            print(line)
    except MoteplassError as error:
        print(say(error.message), file=sys.stderr)
        return 1
    return 0


def _parser(say: Speaker) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m layers",
        description=say("Export an answer, or hold norms against an area."),
    )
    commands = parser.add_subparsers(required=True, metavar="export | norms")
    out = commands.add_parser("export", help=say("write GeoPackage, GeoJSON and CSV"))
    out.add_argument("area")
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
        ("areas", say("also write the reach of the places as areas")),
    ):
        out.add_argument(f"--{name}", action="store_const", const=YES, default="", help=text)
    out.set_defaults(run=_export)
    norms_command.register(commands, say)
    commands.choices["norms"].set_defaults(run=_norms)
    return parser


def _norms(options: argparse.Namespace, say: Speaker) -> Iterable[str]:
    return norms_command.run(options, ready(options.area), norms(), _catalogue(), say)


def _catalogue() -> Catalogue:
    return Catalogue(kinds(), groups(), walkers())


def _export(options: argparse.Namespace, say: Speaker) -> list[Path]:
    catalogue = _catalogue()
    question = Question.from_params(vars(options))
    require_known(question, catalogue)
    read = ready(question.area)
    town, now = prepare(read), datetime.now(OSLO)
    found = answer(town, question, catalogue, now=now)
    reach = reachable(town, question, catalogue, now=now) if options.areas else None
    made = export(found, read, catalogue, say=say, now=now, reach_areas=reach)
    order = rank(read.homes, read.incomes)
    measured = figures(town, question, catalogue, now=now, rank=order)
    whole = with_measures(made, measured, hold(town, norms()), catalogue, say)
    return write(whole, options.out, say)


if __name__ == "__main__":
    sys.exit(main())
