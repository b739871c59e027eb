"""Norms from the command line: `python -m layers norms --help`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from geo.answer import Catalogue
from geo.bundle import Bundle
from geo.errors import ExportError, QuestionError
from geo.norms.norm_walks import Held, hold
from geo.norms.norms import Norm
from geo.town import prepare
from layers.formats.text import safe
from layers.norms import method, said
from layers.norms_file import norm_sheet
from words import Speaker

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def register(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], say: Speaker
) -> None:
    """Add the command `norms` to a parser."""
    norms = commands.add_parser("norms", help=say("hold published norms against an area"))
    norms.add_argument("area")
    norms.add_argument("--norm", default="", metavar="KEY", help=say("only this one"))
    norms.add_argument("--csv", type=Path, metavar="FILE", help=say("write a spreadsheet too"))


def run(
    options: argparse.Namespace,
    bundle: Bundle,
    norms: Mapping[str, Norm],
    catalogue: Catalogue,
    say: Speaker,
) -> Iterator[str]:
    """
    Hold the norms that were asked for against an area.

    Parameters
    ----------
    options
        As `register` reads them: `norm`, a key or `""` for all; `csv`, a file or `None`.
    bundle
        The area.
    norms, catalogue
        All norms by key; what their groups are called.
    say
        The language: of a spreadsheet too, and of how its numbers are written.

    Yields
    ------
    line
        What to print: every norm in a line, how it is measured, and the file written.

    Raises
    ------
    QuestionError
        If there is no such norm.
    ExportError
        If the file cannot be written.
    """
    if options.norm and options.norm not in norms:
        raise QuestionError(
            "There is no norm {key}: choose from {known}.",
            key=options.norm[:40],
            known=", ".join(norms),
        )
    asked = {key: norm for key, norm in norms.items() if options.norm in ("", key)}
    held = hold(prepare(bundle), asked)
    for key, one in held.items():
        yield f"{key}: {' '.join(said(one, catalogue, say))}"
    yield from method(say)
    if options.csv:
        yield str(_write(held, options.csv, catalogue, say))


def _write(held: Mapping[str, Held], file: Path, catalogue: Catalogue, say: Speaker) -> Path:
    """Write a spreadsheet, as those of an export are written; the whole file or none."""
    comma = say.language != "en"  # how spreadsheets of that country read numbers
    text = safe(norm_sheet(held, catalogue, say)).to_csv(
        index=False,
        sep=";" if comma else ",",
        decimal="," if comma else ".",
        lineterminator="\r\n",
    )
    scratch = file.with_name(file.name + ".part")
    try:
        scratch.write_bytes(text.encode("utf-8-sig"))
        return scratch.replace(file)
    except OSError as error:
        with suppress(OSError):
            scratch.unlink()
        raise ExportError(
            "{folder} could not be written ({reason}). Choose another folder, or close files"
            " from it that are open in another program.",
            folder=str(file),
            reason=error.strerror or str(error)[:200],
        ) from error
