"""How a report looks in Word: its styles, so that a planner changes all of it at once."""

from __future__ import annotations

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from layers import palette
from layers.report.docx_parts import element, field, spoken
from layers.report.tree import TEXT_MM, Meta

FONT = "Calibri"
"""Where it is missing, LibreOffice has one of the same width (Carlito)."""

MARGIN_MM = 25.0
"""On every side of A4 upright."""

LEAD = "Lead"
"""The style of sentences that stand out."""

SIZES = {"Title": 27, "Heading 1": 17, "Heading 2": 13, "Heading 3": 11, "Caption": 9}
ROOM = {"Title": (0, 4), "Heading 1": (20, 6), "Heading 2": (14, 5), "Heading 3": (10, 3)}
"""Points above and below."""


def blank(meta: Meta) -> Document:
    """
    Return a document without content, in our styles and with the properties of a report.

    Parameters
    ----------
    meta
        What the file says of itself.
    """
    document = docx.Document()
    _page(document)
    spoken(document, meta.tag)
    for name, size in {"Normal": 10.5, "List Bullet": 10.5, **SIZES}.items():
        _set(document.styles[name], size)
    for name, (above, below) in ROOM.items():
        told = document.styles[name].paragraph_format
        told.space_before, told.space_after = Pt(above), Pt(below)
    _plain_title(document.styles["Title"])
    _set(document.styles["Subtitle"], 13)
    document.styles["Subtitle"].font.italic = False
    document.styles["Caption"].font.bold = False
    document.styles["Caption"].font.color.rgb = _colour(palette.BOUNDARY)
    _added(document, LEAD, 12).font.bold = True
    for level in (1, 2):
        entry = _added(document, f"toc {level}", 10).paragraph_format
        entry.left_indent = Mm(5 * (level - 1))
        entry.space_after, entry.line_spacing = Pt(1), 1.0
        entry.tab_stops.add_tab_stop(Mm(TEXT_MM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    _set(document.styles["TOC Heading"], SIZES["Heading 1"])
    _foot(document, meta)
    return document


def _page(document: Document) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(MARGIN_MM)
    page.top_margin = page.bottom_margin = Mm(MARGIN_MM)


def _colour(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#").upper())


def _set(style: ParagraphStyle, size: float) -> None:
    """Give a style our font, for all scripts: its theme would bring another."""
    style.font.size, style.font.name = Pt(size), FONT
    style.font.color.rgb = _colour(palette.INK)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.attrib.pop(qn(f"w:{script}Theme"), None)
        fonts.set(qn(f"w:{script}"), FONT)


def _plain_title(style: ParagraphStyle) -> None:
    """Take away the line below a title that python-docx's own style has."""
    properties = style.element.get_or_add_pPr()
    for line in properties.findall(qn("w:pBdr")):
        properties.remove(line)
    style.font.bold = True


def _added(document: Document, name: str, size: float) -> ParagraphStyle:
    made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(made, ParagraphStyle)  # noqa: S101 - so that types are known
    made.base_style = document.styles["Normal"]
    _set(made, size)
    return made


def _foot(document: Document, meta: Meta) -> None:
    """Put the title and the number of the page at the foot of each."""
    foot = document.sections[0].footer.paragraphs[0]
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_MM), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{meta.title}\t{meta.page} ".replace("  ", " "))
    field(foot, "PAGE", "1")
    foot.add_run(" / ")
    field(foot, "NUMPAGES", "1")
    _set(document.styles["Footer"], 8.5)
    tabs = document.styles["Footer"].element.get_or_add_pPr().find(qn("w:tabs"))
    if tabs is not None:
        tabs.getparent().remove(tabs)


def lines(colour: str = "C4CACD") -> BaseOxmlElement:
    """Return the lines of a table: thin ones between its rows, and none upright."""
    made = element("tblBorders")
    for side in ("top", "bottom", "insideH"):
        made.append(element(side, val="single", sz="4", space="0", color=colour))
    return made


def margins(twips: str = "50") -> BaseOxmlElement:
    """Return the room at the sides of a table's cells: little, for words need theirs."""
    made = element("tblCellMar")
    for side in ("left", "right"):
        made.append(element(side, w=twips, type="dxa"))
    return made
