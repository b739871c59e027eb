"""A table of contents for Word: a field, and the headings it will list."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document

from layers.report import docx_parts as parts
from layers.report.tree import Heading

CODE = f'TOC \\o "1-{parts.LEVELS}" \\h \\z \\u'
"""Headings of these levels, each leading to its page."""


def contents(document: Document, title: str, listed: Sequence[Heading]) -> None:
    """
    Add a table of contents that is filled already.

    Word offers to update it, and asks nothing when the file is opened; entries lead to
    their headings meanwhile.

    Parameters
    ----------
    document
        To its end.
    title
        What stands above.
    listed
        All headings of the document, also those too deep to be listed: they are numbered
        as `docx_parts.bookmarked` marks them.
    """
    made = [document.add_paragraph(title, style="TOC Heading")]
    shown = [
        (number, heading)
        for number, heading in enumerate(listed, 1)
        if heading.level <= parts.LEVELS
    ]
    for place, (number, heading) in enumerate(shown):
        entry = document.add_paragraph(style=f"toc {heading.level}")
        if not place:
            parts.begin(entry, CODE)
        parts.leading_to(entry, heading.text, f"_Toc{number:08}")
        made.append(entry)
    if shown:
        parts.end(made[-1])
    _framed(made[0]._p.getparent(), [one._p for one in made])


def _framed(body: object, paragraphs: Sequence[object]) -> None:
    """Put contents into the frame by which Word knows them, and offers to update them."""
    frame, about, kind = (parts.element(tag) for tag in ("sdt", "sdtPr", "docPartObj"))
    kind.append(parts.element("docPartGallery", val="Table of Contents"))
    kind.append(parts.element("docPartUnique"))
    about.append(kind)
    inside = parts.element("sdtContent")
    frame.extend([about, inside])
    body.replace(paragraphs[0], frame)  # type: ignore[attr-defined]
    inside.extend(paragraphs)
