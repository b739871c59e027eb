"""Parts of a Word document that python-docx has no words for: fields, marks, languages."""

from __future__ import annotations

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

LEVELS = 2
"""So deep do contents go."""


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """
    Return a new element of WordprocessingML (ISO/IEC 29500).

    Examples
    --------
    >>> element("tblHeader", val="true").get(qn("w:val"))
    'true'
    """
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def field(paragraph: Paragraph, code: str, shown: str) -> None:
    """
    Add a field, such as a page number: Word works it out, other readers see `shown`.

    Parameters
    ----------
    paragraph
        To its end.
    code
        What Word is to work out, e.g. `"PAGE"`.
    shown
        What stands there until it has.
    """
    begin(paragraph, code)
    paragraph.add_run(shown)
    end(paragraph)


def begin(paragraph: Paragraph, code: str) -> None:
    """Begin a field; what follows up to `end` is what it shows."""
    for child in (
        element("fldChar", fldCharType="begin"),
        _instruction(code),
        element("fldChar", fldCharType="separate"),
    ):
        paragraph.add_run()._r.append(child)


def end(paragraph: Paragraph) -> None:
    """End the field that was begun last."""
    paragraph.add_run()._r.append(element("fldChar", fldCharType="end"))


def _instruction(code: str) -> BaseOxmlElement:
    told = element("instrText")
    told.set(qn("xml:space"), "preserve")
    told.text = f" {code} "
    return told


def bookmarked(paragraph: Paragraph, number: int) -> str:
    """Mark a paragraph so that contents lead to it; return the name of the mark."""
    name = f"_Toc{number:08}"
    start = element("bookmarkStart", id=str(number), name=name)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(element("bookmarkEnd", id=str(number)))
    return name


def leading_to(paragraph: Paragraph, text: str, mark: str) -> None:
    """Add a text that leads to a mark in the same document."""
    link = element("hyperlink", anchor=mark, history="1")
    run = Run(OxmlElement("w:r"), paragraph)
    run.text = text
    link.append(run._r)
    paragraph._p.append(link)


def repeated(row: _Row) -> None:
    """Repeat a row at the head of a table on every page."""
    row._tr.get_or_add_trPr().append(element("tblHeader", val="true"))


def unbroken(row: _Row) -> None:
    """Let no page end within a row."""
    row._tr.get_or_add_trPr().append(element("cantSplit", val="true"))


TABLE = (
    *("tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize"),
    *("tblStyleColBandSize", "tblW", "jc", "tblCellSpacing", "tblInd", "tblBorders", "shd"),
    *("tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription"),
)
"""Properties of a table in the order of ISO/IEC 29500-1, 17.4.60: Word asks for it."""


def told(table: Table, *properties: BaseOxmlElement) -> None:
    """Tell properties of a table, such as its lines, among those that it has."""
    known = table._tbl.tblPr
    known.extend(properties)
    order = {qn(f"w:{name}"): n for n, name in enumerate(TABLE)}
    known[:] = sorted(known, key=lambda one: order[one.tag])


def spoken(document: Document, tag: str) -> None:
    """
    Say in which language a document is, for spelling and for readers aloud.

    Parameters
    ----------
    document
        Any.
    tag
        E.g. `"nb-NO"`.
    """
    properties = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
    run = properties.find(qn("w:rPr"))
    for old in run.findall(qn("w:lang")):
        run.remove(old)
    run.append(element("lang", val=tag, eastAsia=tag, bidi="ar-SA"))
    for old in document.settings.element.findall(qn("w:themeFontLang")):
        old.set(qn("w:val"), tag)


def shaded(cell_properties: BaseOxmlElement, colour: str) -> None:
    """Give a cell a ground of a colour, as `"e9edf0"`."""
    cell_properties.append(element("shd", val="clear", color="auto", fill=colour))
