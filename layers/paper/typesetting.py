"""The one door to Typst, which sets pages: our templates and fonts, and text as data."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import typst

from geo.errors import ExportError
from layers.paper.dots import with_density
from layers.paper.showable import FONT, FONT_FOLDER, letters, showable

__all__ = ["DPI", "FONT", "FONT_FOLDER", "Form", "letters", "measured", "showable", "typeset"]

DPI = 300
"""Of pictures: what printers ask for."""

Form = Literal["pdf", "svg", "png"]
BY_FORM: Mapping[Form, Mapping[str, Any]] = {
    "pdf": {"pdf_standards": ["ua-1"]},
    "svg": {},
    "png": {"ppi": DPI},
}
_log = logging.getLogger(__name__)


def typeset(
    source: str,
    files: Mapping[str, bytes],
    data: Any,
    *,
    form: Form = "pdf",
    day: str = "",
) -> tuple[bytes, ...]:
    """
    Set pages, with fonts that come with the program and nothing from outside.

    Parameters
    ----------
    source
        A Typst document of ours, never of a user: it reads `json("data.json")`, so that
        whatever somebody typed is text in it.
    files
        What the document reads beside that, by name: pictures and templates.
    data
        Anything that JSON can hold. What the font cannot show is replaced: see `showable`.
    form
        `"pdf"`: one file of all pages, tagged as PDF/UA-1 (ISO 14289-1) asks.
        `"svg"`, `"png"`: one file for each page, the latter of 300 dots to the inch.
    day
        ISO date that the file bears; without it, that of the moment.

    Returns
    -------
    files
        At least one.

    Raises
    ------
    ExportError
        If the pages cannot be set. What Typst says of it is for the log, not for readers.

    Examples
    --------
    >>> source = '''
    ... #let data = json("data.json")
    ... #set document(title: data.title)
    ... #set text(font: "Source Sans Pro", lang: "nb")
    ... #data.title
    ... '''
    >>> pages = typeset(source, {}, {"title": "#Bodø *and* $more$"})
    >>> len(pages), pages[0][:5]
    (1, b'%PDF-')
    """
    options: dict[str, Any] = dict(BY_FORM[form])
    if day:
        options["timestamp"] = datetime.fromisoformat(day[:10]).replace(tzinfo=UTC)
    with TemporaryDirectory(prefix="moteplass-", ignore_cleanup_errors=True) as folder:
        main = _laid_out(Path(folder), source, files, data)
        try:
            made, warnings = typst.compile_with_warnings(
                main, font_paths=_fonts(), root=folder, format=form, **options
            )
        except (typst.TypstError, RuntimeError, ValueError) as error:
            raise _failure(error) from error
    for warning in warnings:
        _log.warning("Typst: %s", warning.message)
    pages = tuple(made) if isinstance(made, list) else (made,)
    return tuple(with_density(page, DPI) for page in pages) if form == "png" else pages


def measured(source: str, files: Mapping[str, bytes], data: Any, label: str) -> list[Any]:
    """
    Return what a document says of its own layout, in `metadata` under a label.

    Parameters
    ----------
    source, files, data
        As for `typeset`.
    label
        Of the metadata, without its brackets.

    Raises
    ------
    ExportError
        If the pages cannot be set.

    Examples
    --------
    >>> source = '#context [#metadata(measure[a b].height.pt() > 0)<high>]'
    >>> measured(source, {}, {}, "high")
    [True]
    """
    with TemporaryDirectory(prefix="moteplass-", ignore_cleanup_errors=True) as folder:
        main = _laid_out(Path(folder), source, files, data)
        try:
            found = typst.query(
                main, f"<{label}>", field="value", font_paths=_fonts(), root=folder
            )
        except (typst.TypstError, RuntimeError, ValueError) as error:
            raise _failure(error) from error
    return list(json.loads(found))


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_FOLDER)]
    )


def _laid_out(folder: Path, source: str, files: Mapping[str, bytes], data: Any) -> str:
    """Write what Typst reads into a folder that it cannot leave; return its main file."""
    for name, content in files.items():
        drawn = name.endswith(".svg")
        (folder / name).write_bytes(
            showable(content.decode("utf-8")).encode("utf-8") if drawn else content
        )
    (folder / "data.json").write_text(json.dumps(showable(data)), encoding="utf-8")
    main = folder / "main.typ"
    main.write_text(source, encoding="utf-8")
    return str(main)


def _failure(error: Exception) -> ExportError:
    _log.error("Typst: %s", error)
    return ExportError("The page could not be set. The map itself can be saved as a layer.")
