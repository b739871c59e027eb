"""The record of an answer: enough to ask again, and to see whether the figures are the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import tomli_w

from geo.bundle import Source
from geo.question import Question
from geo.timetable import OSLO
from layers.export.case import Case
from layers.export.export import Export
from layers.record.figures import Figures, figures_of
from layers.record.origin import bundle_files, code_sha256, code_version, libraries, whole

FORMAT = (1, 1)
"""A newer minor number only adds; a newer major number is another language."""

AREAS = "reach_areas"
"""Key of the sheet that is made only if it was asked for."""

ENDING = "-record.toml"

HEADER = """\
# What this answer rests on. With the same area in the store, this asks the same again,
# writes the annex anew and tells whether every figure is the same:
#   python -m layers rerun THIS_FILE --out FOLDER
"""


@dataclass(frozen=True, slots=True)
class Code:
    """
    The program that answered.

    Parameters
    ----------
    version
        As the list of changes calls it.
    sha256
        Of all source files; see `layers.record.origin.source_sha256`.
    libraries
        Versions of Python and of what figures depend on, by name.
    """

    version: str
    sha256: str
    libraries: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Built:
    """
    The area that was asked about.

    Parameters
    ----------
    code, name, built
        As in `geo.bundle.Area`.
    files
        Fingerprint of each file of its folder, by name, as
        `layers.record.origin.bundle_files` takes them.
    sources
        What it rests on.
    """

    code: str
    name: str
    built: str
    files: Mapping[str, str]
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """
    One answer, so that it can be given again.

    Parameters
    ----------
    question
        As it was asked.
    now
        When, with its zone: opening hours and ages of data hang on it.
    language
        Of the words in the files.
    areas
        Whether the reach of the places was asked for as areas.
    code, bundle
        Who answered, and of what.
    sheets
        Fingerprints of all tables, by key, in the order of the export.
    """

    question: Question
    now: datetime
    language: str
    areas: bool
    code: Code
    bundle: Built
    sheets: Mapping[str, Figures]


def program() -> Code:
    """
    Return which program this is.

    Examples
    --------
    >>> program().libraries["python"].startswith("3.")
    True
    """
    return Code(code_version(), code_sha256(), libraries())


def record_of(case: Case, export: Export, folder: Path) -> Record:
    """
    Make the record of an answer.

    Parameters
    ----------
    case
        The answer, its area, moment and language.
    export
        All tables that are written of it.
    folder
        Where the area lies on disk.

    Raises
    ------
    BundleError
        If the folder cannot be read, or the area was built again meanwhile.
    """
    area = case.bundle.area
    files = bundle_files(folder, area)
    sheets = {sheet.key: figures_of(sheet) for sheet in export.sheets}
    return Record(
        case.answer.question,
        case.now.astimezone(OSLO),
        case.say.language,
        AREAS in sheets,
        program(),
        Built(area.code, area.name, area.built, files, area.sources),
        sheets,
    )


def as_toml(record: Record) -> str:
    """Return the text of a record; see `layers.record.file.read` for the way back."""
    built = record.bundle
    return HEADER + tomli_w.dumps(
        {
            "format": "{}.{}".format(*FORMAT),
            "now": record.now.isoformat(),
            "language": record.language,
            "areas": record.areas,
            "question": record.question.to_params(),
            "code": asdict(record.code),
            "bundle": {**asdict(built), "sha256": whole(built.files)},
            "sheets": {
                key: {"rows": one.rows, "sha256": one.sha256, "columns": dict(one.columns)}
                for key, one in record.sheets.items()
            },
        }
    )
