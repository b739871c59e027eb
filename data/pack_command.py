"""The commands `python -m data pack` and `unpack`: an area in one file, to carry along."""

from __future__ import annotations

import argparse
from pathlib import Path

from data.files.limits import MB, content
from data.packing import pack
from data.story_file import read
from data.unpacking import unpack
from words import Speaker


def add_pack_options(parser: argparse.ArgumentParser, say: Speaker) -> None:
    """Declare what `pack` can be told."""
    parser.add_argument("area", help=say("the code of an area that is built"))
    parser.add_argument(
        "--story",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help=say("a story to take along; may be given several times"),
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help=say("the file to write, or its folder")
    )


def add_unpack_options(parser: argparse.ArgumentParser, say: Speaker) -> None:
    """Declare what `unpack` can be told."""
    parser.add_argument("file", type=Path, help=say("a file that `pack` wrote"))
    parser.add_argument(
        "--replace",
        action="store_true",
        help=say("put it in the place of an area that is there already"),
    )


def run_pack(options: argparse.Namespace, say: Speaker) -> None:
    """
    Pack an area, and say where.

    Raises
    ------
    MoteplassError
        As `data.packing.pack`; `SourceError` if a story cannot be read.
    """
    more = [read(content(file, file.name), file.name) for file in options.story]
    done = pack(options.area, options.out, more)
    n = done.stories
    print(
        say(
            "{name}, built {date}, is packed in {file} ({mb} MB), with {stories}.",
            name=done.name,
            date=say.date(done.built),
            file=done.file,
            mb=say.number(done.size / MB, 1),
            stories=say.many("{n} story", "{n} stories", n),
        )
    )


def run_unpack(options: argparse.Namespace, say: Speaker) -> None:
    """
    Unpack an area, and say what came and what stayed.

    Raises
    ------
    MoteplassError
        As `data.unpacking.unpack`.
    """
    done = unpack(options.file, replace=options.replace)
    n = len(done.stories)
    print(
        say(
            "{name} ({code}), built {date}, is in its place, with {stories}.",
            name=done.name,
            code=done.code,
            date=say.date(done.built),
            stories=say.many("{n} story", "{n} stories", n),
        )
    )
    for name in done.kept:
        print(say("There already, and kept as it is: {file}", file=name))
