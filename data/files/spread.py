"""How far apart the corners of a sheet lie: its reader fills all between with empty cells."""

from __future__ import annotations

import re
from xml.parsers import expat

from data.files.archives import opened_archive
from data.files.limits import MAX_CELLS, damaged, shown
from geo.errors import SourceError

CELL = re.compile(rb'<(?:\w+:)?(?:c|row)\b[^>]*?\sr="([A-Z]{0,3})([0-9]{1,7})"')
LETTERS = 26


def check_spread(data: bytes, name: str) -> None:
    """
    Refuse a workbook, packed as .xlsx or .ods are, whose reader would fill the memory.

    Raises
    ------
    SourceError
        If a sheet has more than `MAX_CELLS` between its corners, or the file is damaged.
    """
    with opened_archive(data, name) as archive:
        for info in archive.infolist():
            if info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml"):
                cells = _between_corners(archive.read(info))
            elif info.filename == "content.xml":
                cells = _Repeats().cells(archive.read(info), name)
            else:
                continue
            if cells > MAX_CELLS:
                raise SourceError(
                    "{file} has a sheet of {n} cells, most of them empty; at most {most}"
                    " are read. Delete what stands far off the table, and save it again.",
                    file=shown(name),
                    n=cells,
                    most=MAX_CELLS,
                )


def kind_of_archive(data: bytes, name: str) -> str:
    """
    Tell what an archive is: `"sheets"` for a workbook, or `"files"`.

    Raises
    ------
    SourceError
        If it is damaged, or too much in it.
    """
    with opened_archive(data, name) as archive:
        members = {info.filename for info in archive.infolist()}
    book = "xl/workbook.xml" in members or {"mimetype", "content.xml"} <= members
    return "sheets" if book else "files"


def _between_corners(content: bytes) -> int:
    """Return width times height of a sheet of .xlsx."""
    wide = high = 0
    for letters, row in CELL.findall(content):
        column = 0
        for letter in letters:
            column = column * LETTERS + letter - ord("A") + 1
        wide, high = max(wide, column), max(high, int(row))
    return wide * high


class _Repeats:
    """
    Adds up what the repetitions of an OpenDocument sheet stand for.

    Empty cells and rows at the end are repeated to the edge of the sheet by every
    program, and are read by none: only those before something else count.
    """

    def __init__(self) -> None:
        self.most = self.wide = self.high = 0
        self.row = self.row_times = self.cell = self.filled = 0

    def cells(self, content: bytes, name: str) -> int:
        """Return the largest number of cells of any of its sheets."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, ValueError) as error:
            raise damaged(name) from error
        return self.most

    def _start(self, tag: str, about: dict[str, str]) -> None:
        if tag == "table:table":
            self.wide = self.high = self.row = 0
        elif tag == "table:table-row":
            self.row_times = _times(about, "table:number-rows-repeated")
            self.cell = self.filled = 0
        elif tag in {"table:table-cell", "table:covered-table-cell"}:
            self.cell += _times(about, "table:number-columns-repeated")
            if "office:value-type" in about:
                self.filled = self.cell

    def _end(self, tag: str) -> None:
        if tag == "table:table-row":
            self.row += self.row_times
            if self.filled:
                self.wide, self.high = max(self.wide, self.filled), self.row
        elif tag == "table:table":
            self.most = max(self.most, self.wide * self.high)


def _times(about: dict[str, str], key: str) -> int:
    told = about.get(key, "1")[:9]
    return int(told) if told.isdecimal() else 1
