"""The annex from the command line: `python -m layers annex --help`."""

from __future__ import annotations

import sys
from pathlib import Path

from geo.errors import Message
from layers.annex.binding import write
from layers.export.case import Case
from layers.export.export import Export
from layers.record.record import Record, record_of
from words import Speaker


def annexed(
    case: Case, export: Export, folder: Path, out: Path, say: Speaker
) -> tuple[Record, Path]:
    """
    Write the annex of an answer, and tell on the way how far it has come.

    Parameters
    ----------
    case, export
        The answer and its tables.
    folder
        Where the area lies on disk.
    out
        The folder to write in.
    say
        The language of what is told meanwhile, to standard error.

    Returns
    -------
    record, file
        What the answer rests on; the zip.

    Raises
    ------
    BundleError, ExportError
        If the area cannot be read, or the zip cannot be written.
    """
    from layers.annex.whole import whole  # noqa: PLC0415 - slow; other commands need it not

    record = record_of(case, export, folder)

    def progress(done: int, all_of: int, label: Message) -> None:
        print(f"{done}/{all_of} {say(label)}", file=sys.stderr)

    file = out / f"{export.stem}.zip"
    write(whole(case, export, record), file, day=export.day, progress=progress)
    return record, file
