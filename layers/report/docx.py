"""A report for Word: real headings and styles, so that it can be written on."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from functools import singledispatch

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import _Row

from layers.report import docx_parts as parts
from layers.report.contents import contents
from layers.report.docx_styles import LEAD, blank, lines, margins
from layers.report.plain import cleaned, cleaned_meta, shares
from layers.report.raster import as_png
from layers.report.tree import (
    HIGHEST_MM,
    TEXT_MM,
    Block,
    Bullets,
    Contents,
    Heading,
    Meta,
    PageBreak,
    Paragraph,
    Picture,
    Table,
    Title,
    headings,
)

WIDE = 6
"""A table of more columns is set in small letters."""


def docx(blocks: Sequence[Block], meta: Meta) -> bytes:
    """
    Write a report as a Word document (ISO/IEC 29500), A4 upright.

    Parameters
    ----------
    blocks
        As `layers.report.report.report` returns them. Whatever they say is text.
    meta
        What the file says of itself.

    Returns
    -------
    docx
        One file, without macros and without addresses. Its contents list the headings and
        lead to them; page numbers come with *Update field*, as only Word knows its pages.

    Raises
    ------
    ExportError
        If a picture cannot be drawn.

    Examples
    --------
    >>> docx([Title("Meeting places")], Meta("Meeting places", "", "2026-11-21", "nb"))[:2]
    b'PK'
    """
    whole = tuple(map(cleaned, blocks))
    told = cleaned_meta(meta)
    document = blank(told)
    _properties(document, told)
    listed = headings(whole)
    marks = iter(range(1, len(listed) + 1))
    for before, block in zip((None, *whole), whole, strict=False):
        if isinstance(block, Heading):
            made = document.add_heading(block.text, block.level)
            made.paragraph_format.page_break_before = isinstance(before, PageBreak) or None
            parts.bookmarked(made, next(marks))
        elif isinstance(block, Contents):
            contents(document, block.title, listed)
        else:
            _add(block, document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _properties(document: Document, meta: Meta) -> None:
    told, day = document.core_properties, datetime.fromisoformat(meta.day)
    told.title, told.subject = meta.title[:255], meta.description[:255]
    told.author = told.last_modified_by = meta.author
    told.language, told.comments, told.keywords = meta.tag, "", ""
    told.created = told.modified = day


@singledispatch
def _add(block: object, document: Document) -> None:
    raise TypeError(type(block), type(document))


@_add.register
def _(block: Title, document: Document) -> None:
    document.add_heading(block.text, 0)
    for line in block.lines:
        document.add_paragraph(line, style="Subtitle" if line == block.lines[0] else None)


@_add.register
def _(block: Paragraph, document: Document) -> None:
    document.add_paragraph(block.text, style=LEAD if block.lead else None)


@_add.register
def _(block: Bullets, document: Document) -> None:
    for item in block.items:
        document.add_paragraph(item, style="List Bullet")


@_add.register
def _(block: PageBreak, document: Document) -> None:
    """Leave it to the heading behind: a line of its own could fill a page by itself."""


@_add.register
def _(block: Picture, document: Document) -> None:
    holder = document.add_paragraph()
    holder.paragraph_format.keep_with_next = True
    width = Mm(min(block.width_mm, TEXT_MM))
    shape = holder.add_run().add_picture(io.BytesIO(as_png(block)), width=width)
    if shape.height > Mm(HIGHEST_MM):
        shape.width, shape.height = shape.width * Mm(HIGHEST_MM) // shape.height, Mm(HIGHEST_MM)
    shape._inline.docPr.set("descr", block.alt)
    shape._inline.docPr.set("name", block.caption[:60] or block.alt[:60])
    document.add_paragraph(block.caption, style="Caption")


@_add.register
def _(block: Table, document: Document) -> None:
    above = document.add_paragraph(block.caption, style="Caption")
    above.paragraph_format.keep_with_next = True
    made = document.add_table(rows=0, cols=len(block.columns), style="Normal Table")
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    parts.told(made, lines(), margins(), parts.element("tblCaption", val=block.caption))
    for column, share in zip(made.columns, shares(block), strict=True):
        column.width = Mm(TEXT_MM * share)
    for cells in (block.columns, *block.rows):
        _fill(made.add_row(), cells, block, head=cells is block.columns)
    parts.repeated(made.rows[0])
    document.add_paragraph().paragraph_format.space_after = Pt(4)


def _fill(row: _Row, cells: Sequence[str], table: Table, *, head: bool) -> None:
    """Write a row of a table; cells are asked for once, as that takes a while."""
    parts.unbroken(row)
    size = Pt(7.5 if len(table.columns) > WIDE else 9)
    for n, (cell, text, share) in enumerate(zip(row.cells, cells, shares(table), strict=True)):
        cell.width = Mm(TEXT_MM * share)
        paragraph = cell.paragraphs[0]
        room = paragraph.paragraph_format
        room.space_before, room.space_after, room.line_spacing = Pt(1), Pt(1), 1.0
        if n not in table.words:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(text)
        run.font.size, run.bold = size, head or None
        if head:
            parts.shaded(cell._tc.get_or_add_tcPr(), "E9EDF0")
