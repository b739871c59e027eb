"""An answer given again from its record: `python -m layers rerun --help`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from geo.answer import require_known
from geo.bundle import Bundle
from geo.errors import BundleError, ExportError, SourceError
from layers.annex import command as annex_command
from layers.export.full import Desk, full_export
from layers.record.differences import area_text, figures_text, program_text
from layers.record.file import MOST_BYTES, read
from layers.record.origin import bundle_files, whole
from layers.record.record import Record, program
from words import Speaker, speaker

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

Opened = Callable[[str], tuple[Bundle, Path]]
"""Opens an area by its code: what is in it, and the folder it lies in."""


class OtherFiguresError(ExportError):
    """An answer was given again, and some figures are others: an outcome, told as a fault."""

    exit_code = 3


def register(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], say: Speaker
) -> None:
    """Add the command `rerun` to a parser."""
    rerun = commands.add_parser(
        "rerun", help=say("answer again as a record tells, and compare every figure")
    )
    rerun.add_argument("record", type=Path, metavar="RECORD")
    rerun.add_argument("--out", type=Path, required=True, metavar="DIR")
    rerun.add_argument(
        "--anyway",
        action="store_true",
        help=say("even if the area has been built again since then"),
    )


def run(options: argparse.Namespace, opened: Opened, desk: Desk, say: Speaker) -> Iterator[str]:
    """
    Answer again at the recorded moment, write the annex again, and compare.

    Parameters
    ----------
    options
        As `register` reads them: `record`, a file; `out`, a folder; `anyway`.
    opened, desk
        The area's files; what questions may speak of.
    say
        The language of what is told; that of the files is the record's.

    Yields
    ------
    line
        Whether the program and the area are the same; the annex that was written; and that
        all figures are identical.

    Raises
    ------
    SourceError, BundleError, QuestionError
        If the record or its area cannot be read.
    BundleError
        If the area was built again since then and that is not accepted.
    OtherFiguresError
        At the end, if figures differ: naming the sheets and their columns.
    ExportError
        If the annex cannot be written.
    """
    told = _record(options.record)
    require_known(told.question, desk.catalogue)
    bundle, folder = opened(told.question.area)
    files = bundle_files(folder, bundle.area)
    yield from program_text(told.code, program(), say)
    yield area_text(told, files, bundle.area.built, say)
    if whole(files) != whole(told.bundle.files) and not options.anyway:
        raise BundleError(
            "The figures of {code} cannot be the same on purpose. To answer again all the same,"
            " add --anyway.",
            code=told.bundle.code,
        )
    case, export = full_export(
        told.question,
        bundle,
        desk,
        say=speaker(told.language),
        now=told.now,
        areas=told.areas,
    )
    record, file = annex_command.annexed(case, export, folder, options.out, say)
    yield str(file)
    other = figures_text(told.sheets, record.sheets, say)
    yield from other
    if other:
        raise OtherFiguresError("The figures are not the same.")
    yield say("All figures are identical.")


def _record(file: Path) -> Record:
    """Read a record, but never a file too large to be one."""
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise SourceError(
            "{file} cannot be read ({reason}).",
            file=str(file),
            reason=error.strerror or type(error).__name__,
        ) from error
    return read(content, file.name)
