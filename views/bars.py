"""A table with a picture in it: the share within reach as a bar in its own cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from geo.between import Pair
from views.text import movable


@dataclass(frozen=True, slots=True)
class Row:
    """
    A row of a table with a bar.

    Parameters
    ----------
    cells
        As text, the heading of the row first.
    share
        Between what the share lies; `None` where nothing may be drawn.
    here
        Whether it is the row that was asked about.
    """

    cells: Sequence[str]
    share: Pair | None
    here: bool = False


def barred(
    headings: Sequence[str],
    rows: Sequence[Row],
    *,
    caption: str,
    column: int,
    mark: Pair | None,
) -> str:
    """
    Return an accessible HTML table with bars; they repeat in signs what the text says.

    Parameters
    ----------
    headings, rows, caption
        What it says, as plain text.
    column
        Whose cells get bars, from 0.
    mark
        A share to compare with, drawn across every bar.

    Examples
    --------
    >>> drawn = barred(["Who", "%"], [Row(["<b>", "60%"], (0.5, 0.7))], caption="", column=1,
    ...     mark=None)
    >>> drawn.partition("<tbody>")[2].partition("</tbody>")[0]  # doctest: +NORMALIZE_WHITESPACE
    '<tr><th scope="row">&lt;b&gt;</th><td class="m-barred">60%<span class="m-bar"
    aria-hidden="true"><i style="width:50%"></i><i class="m-unsure"
    style="left:50%;width:20%"></i></span></td></tr>'
    """
    head = "".join(
        f'<th scope="col"{_barred(n == column)}>{escape(text)}</th>'
        for n, text in enumerate(headings)
    )
    body = "".join(_row(row, column, mark) for row in rows)
    drawn = (
        f'<table class="m-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
    return movable(drawn, caption)


def _row(row: Row, column: int, mark: Pair | None) -> str:
    first, *rest = row.cells
    cells = "".join(
        f"<td{_barred(n == column)}>{escape(text)}"
        f"{_bar(row.share, mark) if n == column else ''}</td>"
        for n, text in enumerate(rest, 1)
    )
    here = ' class="m-here"' if row.here else ""
    return f'<tr{here}><th scope="row">{escape(first)}</th>{cells}</tr>'


def _barred(here: bool) -> str:
    return ' class="m-barred"' if here else ""


def _bar(share: Pair | None, mark: Pair | None) -> str:
    """Return a bar: full up to the least, striped up to the most, and the mark across."""
    if share is None:
        return ""
    low, high = (round(100 * end) for end in share)
    parts = [f'<i style="width:{low}%"></i>']
    if high > low:
        parts.append(f'<i class="m-unsure" style="left:{low}%;width:{high - low}%"></i>')
    if mark is not None:
        parts.append(f'<i class="m-all" style="left:{round(50 * sum(mark))}%"></i>')
    return f'<span class="m-bar" aria-hidden="true">{"".join(parts)}</span>'
