"""What goes into a document: text that no reader stumbles over, whoever wrote it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, replace
from typing import Any

from layers.report.tree import Block, Meta, Table

LONGEST_WORD, LONGEST_RUN = 120, 50
"""Letters of a word that are shown, and after how many it may be broken."""

BREAK = "\u200b"
"""Nothing to see: a line may end there."""

UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Categories of Unicode that are no text: control and what turns the direction of others."""

KEPT = {"\u00ad", "\u200b", "\u200d"}
"""Where a word may be broken, and what joins two signs into one."""


def plain(text: str) -> str:
    r"""
    Return text on one line, without control characters, and with no endless word.

    Examples
    --------
    >>> plain("a\x00b\n\tc \u202ed"), plain("x" * 500)[-1], len(plain("x" * 500))
    ('a b c d', '…', 123)
    >>> plain("1\u00a0234 %") == "1\u00a0234 %"  # a number stays on one line
    True
    """
    seen = "".join(
        " " if unicodedata.category(one) in UNSEEN and one not in KEPT else one for one in text
    )
    return " ".join(map(_word, filter(None, seen.split(" "))))


def _word(word: str) -> str:
    if len(word) <= LONGEST_RUN:
        return word
    more = "…" if len(word) > LONGEST_WORD else ""
    return BREAK.join(re.findall(f".{{1,{LONGEST_RUN}}}", word[:LONGEST_WORD])) + more


def cleaned(block: Block) -> Block:
    r"""
    Return a block whose texts are all `plain`.

    Examples
    --------
    >>> from layers.report.tree import Bullets
    >>> cleaned(Bullets(("a\x07", "b")))
    Bullets(items=('a', 'b'))
    """
    told = {
        part.name: _plain_in(getattr(block, part.name))
        for part in fields(block)
        if part.name != "svg"
    }
    return replace(block, **told)


def cleaned_meta(meta: Meta) -> Meta:
    """Return what a file says of itself, its texts made plain."""
    return replace(
        meta,
        title=plain(meta.title),
        description=plain(meta.description),
        author=plain(meta.author),
    )


def _plain_in(value: Any) -> Any:
    """Return what a field of a block holds, its texts made plain."""
    if isinstance(value, tuple):
        return tuple(map(_plain_in, value))
    return plain(value) if isinstance(value, str) else value


def shares(table: Table) -> list[float]:
    """
    Return how wide the columns of a table are, as shares of the whole.

    A column is at least as wide as its longest word; long texts get more than short ones.

    Examples
    --------
    >>> told = Table("", ("Name", "N"), (("a few words", "1"), ("more", "2")))
    >>> [round(share, 2) for share in shares(told)]
    [0.73, 0.27]
    """
    columns = zip(table.columns, *table.rows, strict=True)
    short = SHORT if len(table.columns) <= MANY else SHORT / 2
    needs = [_need(cells, short) for cells in columns]
    return [need / sum(needs) for need in needs]


SHORT, LONG, MOST = 24.0, 0.2, 70.0
"""A cell of so many letters gets its room; of what is longer, this share of it, up to most."""

LEAST = 2.5
"""Letters that any column has room for, and that stand between two."""

MANY = 6
"""With more columns than this, each has to do with less."""


def _need(cells: tuple[str, ...], short: float) -> float:
    head, *body = cells
    word = max(len(one) for cell in cells for one in re.split(r"[ \u200b]", cell))
    longest = max([min(len(head), short / 2), *map(len, body)])  # headings may have many lines
    whole = longest if longest <= short else short + LONG * (longest - short)
    return max(word, min(whole, MOST), LEAST) + LEAST
