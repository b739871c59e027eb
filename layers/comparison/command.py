"""Areas compared from the command line: `python -m layers compare --help`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from geo.answer import require_known
from geo.bundle import Bundle
from geo.catalogue import Catalogue
from geo.errors import ExportError
from geo.question import Question
from layers import files
from layers.comparison.asking import ask
from layers.comparison.comparison import stands, together
from layers.comparison.document import pdf
from layers.comparison.maps import small_map
from layers.comparison.sheets import FORMATS, export
from layers.paper.sheetful import Paper
from words import Speaker

Opened = Callable[[str], Bundle]
"""Opens an area by its code."""


def register(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], say: Speaker
) -> argparse.ArgumentParser:
    """Add the command `compare` to a parser; what a question consists of is added by others."""
    compare = commands.add_parser(
        "compare", help=say("ask the same of several areas, and write them side by side")
    )
    compare.add_argument("areas", nargs="+", metavar="AREA")
    return compare


def run(
    options: argparse.Namespace,
    opened: Opened,
    catalogue: Catalogue,
    say: Speaker,
    *,
    now: datetime,
) -> Iterator[Path]:
    """
    Compare areas, and write tables, plots and maps of them.

    Parameters
    ----------
    options
        `areas`, codes in the order of the comparison; the question as
        `geo.question.Question.from_params` reads it; `out`, a folder.
    opened
        Opens an area. One after another: none is kept open longer than it is asked.
    catalogue
        What questions may speak of.
    say
        The language of the files.
    now
        When it is asked.

    Yields
    ------
    file
        Each that was written.

    Raises
    ------
    QuestionError
        If the question speaks of what does not exist.
    ExportError
        If areas cannot be compared, or the folder cannot be written to.
    """
    question = Question.from_params({**vars(options), "area": options.areas[0]})
    require_known(question, catalogue)
    found, maps = [], {}
    for code in dict.fromkeys(options.areas):
        case = ask(question, opened(code), catalogue, say=say, now=now)
        found.append(stands(case))
        maps[code] = small_map(case)
    comparison = together(found)
    made = export(comparison, say)
    document = pdf(comparison, maps, Paper(), say)
    yield from files.write(made, options.out, say, FORMATS)
    yield _written(options.out / f"{made.stem}.pdf", document)


def _written(file: Path, content: bytes) -> Path:
    """Write a file, the whole of it or nothing."""
    scratch = file.with_name(f"{file.name}.part")
    try:
        scratch.write_bytes(content)
        return scratch.replace(file)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise ExportError(
            "{folder} could not be written ({reason}). Choose another folder, or close files"
            " from it that are open in another program.",
            folder=str(file),
            reason=error.strerror or str(error)[:200],
        ) from error
