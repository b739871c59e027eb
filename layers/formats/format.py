"""What a format is: how it is written, and how it is handed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from layers.export.export import Export
from words import Speaker

Write = Callable[[Export, Path, Speaker], None]
"""Writes files named `{export.stem}…` into an existing folder."""

ZIP = "application/zip"


@dataclass(frozen=True, slots=True)
class Format:
    """
    A format that an export can be written in.

    Parameters
    ----------
    key
        As in commands and links, e.g. `"geojson"`.
    write
        What writes it.
    ending
        Of the one file that is handed over, after the stem.
    mime
        Its media type.
    packed
        Whether that file is an archive of what `write` writes; else it is the only
        file that `write` writes.
    """

    key: str
    write: Write
    ending: str
    mime: str
    packed: bool = False
