"""Text that came from outside, made safe for the two markups of a page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from html import escape

MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~:$&])")
SEEN = re.compile(r"(?i)(https?(?=\\?:)|www(?=\\?\.)|material(?=/)|@)")
"""Where Streamlit's Markdown sees an address or an icon in plain text, escaped or not."""
JOINER = "\u2060"
"""Nothing to see, and no break."""


def markdown(text: str) -> str:
    r"""
    Return text that Markdown shows as it is: no links, pictures or formulas.

    Examples
    --------
    >>> print(markdown("![x](ftp://a.b/c)"))
    \!\[x\]\(ftp\://a\.b/c\)
    """
    return SEEN.sub(rf"\1{JOINER}", MARKS.sub(r"\\\1", text))


def element(name: str, text: str) -> str:
    """
    Return text within an HTML element.

    Examples
    --------
    >>> element("h2", "1 < 2")
    '<h2>1 &lt; 2</h2>'
    """
    return f"<{name}>{escape(text)}</{name}>"


def items(texts: Iterable[str]) -> str:
    """
    Return an HTML list.

    Examples
    --------
    >>> items(["<b>", "two"])
    '<ul><li>&lt;b&gt;</li><li>two</li></ul>'
    """
    return "<ul>" + "".join(element("li", text) for text in texts) + "</ul>"


def movable(drawn: str, label: str = "") -> str:
    """
    Return HTML that may be wider than its place: it is moved sideways; with a label, by keys.

    Examples
    --------
    >>> movable("<p>1</p>", "<Who>")
    '<div class="m-scroll" tabindex="0" role="region" aria-label="&lt;Who&gt;"><p>1</p></div>'
    """
    named = f' tabindex="0" role="region" aria-label="{escape(label)}"' if label else ""
    return f'<div class="m-scroll"{named}>{drawn}</div>'


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    caption: str,
    words: Collection[int] = (),
) -> str:
    """
    Return an accessible HTML table: first column as row headings, the rest as figures.

    Parameters
    ----------
    headings, rows, caption
        What it says, as plain text.
    words
        Numbers of the columns that hold words instead, from 0.

    Examples
    --------
    >>> drawn = table(["Group", "People"], [["<b>All</b>", "12"]], caption="Who")
    >>> drawn.partition("<tbody>")[2]
    '<tr><th scope="row">&lt;b&gt;All&lt;/b&gt;</th><td>12</td></tr></tbody></table>'
    """
    kind = [' class="m-words"' if n in words else "" for n in range(len(headings))]
    head = "".join(
        f'<th scope="col"{of}>{escape(text)}</th>'
        for text, of in zip(headings, kind, strict=True)
    )
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(
            f"<td{of}>{escape(text)}</td>" for text, of in zip(row[1:], kind[1:], strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<table class="m-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
