"""Who writes what in an annex: every format, print and document that the program has."""

from __future__ import annotations

from layers.annex.binding import Part
from layers.annex.parts import DOCUMENTS, Matter, parts
from layers.annex.print_parts import print_parts
from layers.annex.reports import report_parts
from layers.export.case import Case
from layers.export.export import Export
from layers.files import FORMATS
from layers.onefile import of_answer
from layers.record.record import Record


def whole(case: Case, export: Export, record: Record) -> tuple[Part, ...]:
    """
    Return all parts of an annex; nothing is made yet.

    Parameters
    ----------
    case, export, record
        The answer; its tables; what it rests on.

    Returns
    -------
    parts
        What is read first comes first: notes, method card and record, report, prints, the
        map as one file, then the formats for other programs.
    """
    browser = Part(
        "map",
        lambda folder: of_answer.write(case, export, folder),
        *DOCUMENTS["html"],
    )
    more = (*report_parts(case, export), *print_parts(case, export), browser)
    writers = {key: one.write for key, one in FORMATS.items()}
    return parts(Matter(case, export, record, writers, more))
