"""Workbooks: what their cells show, never what their formulas or links would fetch."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import replace

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from data.files.limits import damaged, shown
from data.files.raw import Raw, text_of
from data.files.spread import check_spread
from data.files.tabulating import tabulated
from geo.errors import SourceError


def workbook(data: bytes, name: str, *, layer: str = "") -> Raw:
    """
    Return one sheet of a workbook (.xlsx, .xls or .ods).

    Parameters
    ----------
    data, name
        The file.
    layer
        Name of the sheet; `""` for the first visible one that has more than one row.

    Raises
    ------
    SourceError
        If it is damaged or locked, has no such sheet, or a sheet whose corners lie so
        far apart that the empty cells between them would fill the memory.
    """
    if data.startswith(b"PK"):
        check_spread(data, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = [
            one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible
        ]
        sheet = _chosen(book, visible, name, layer)
        raw = tabulated(_lines(sheet), name)
    except CalamineError as error:
        raise damaged(name) from error
    except BaseException as error:
        # The reader is written in Rust; what it did not foresee is no Exception here.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(name) from error
    return replace(raw, layer=sheet.name if len(visible) > 1 else "", layers=tuple(visible))


def _chosen(book: CalamineWorkbook, visible: list[str], name: str, layer: str) -> CalamineSheet:
    if layer and layer not in visible:
        raise SourceError(
            "{file} has no sheet {layer}; it has {known}.",
            file=shown(name),
            layer=layer[:60],
            known=", ".join(visible[:20])[:300],
        )
    for one in [layer] if layer else visible:
        sheet = book.get_sheet_by_name(one)
        if layer or sheet.height > 1:
            return sheet
    raise SourceError("{file} has no rows.", file=shown(name))


def _lines(sheet: CalamineSheet) -> Iterator[list[str]]:
    """Yield every row of the sheet from its first, empty ones too: their numbers count."""
    for row in sheet.iter_rows():
        yield [_text(cell) for cell in row]


def _text(cell: object) -> str:
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return text_of(cell)
