"""Export an answer from the command line: `python -m layers export --help`."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from data.build import ready
from data.catalogue import groups, kinds, walkers
from geo.answer import Catalogue, answer, require_known
from geo.errors import MoteplassError
from geo.model import Question
from geo.town import prepare
from layers.export import export
from layers.files import write
from words import Speaker, preferred, speaker


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return 0, or 1 after a sentence about what went wrong."""
    say = speaker(preferred())
    options = _parser(say).parse_args(arguments)
    try:
        for file in _export(options, say):
            print(file)
    except MoteplassError as error:
        print(say(error.message), file=sys.stderr)
        return 1
    return 0


def _parser(say: Speaker) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m layers", description=say("Export an answer."))
    commands = parser.add_subparsers(required=True, metavar="export")
    out = commands.add_parser("export", help=say("write GeoPackage, GeoJSON and CSV"))
    out.add_argument("area")
    out.add_argument("--out", type=Path, required=True, metavar="DIR")
    out.add_argument("--kinds", required=True, help=say("kinds of place, with commas between"))
    out.add_argument("--group", default="everybody")
    out.add_argument(
        "--walker", default="", help=say("how everybody walks; else each group at its pace")
    )
    out.add_argument("--minutes", default="10")
    return parser


def _export(options: argparse.Namespace, say: Speaker) -> list[Path]:
    catalogue = Catalogue(kinds(), groups(), walkers())
    question = Question.from_params(vars(options))
    require_known(question, catalogue)
    read = ready(question.area)
    found = answer(prepare(read), question, catalogue)
    today = datetime.now(UTC).date().isoformat()
    return write(export(found, read, catalogue, say=say, today=today), options.out, say)


if __name__ == "__main__":
    sys.exit(main())
