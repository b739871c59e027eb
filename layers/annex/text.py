"""Documents as plain text, for whoever has nothing but an editor."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from layers.formats.text import REPLACED
from layers.report.tree import Block, Bullets, Heading, Paragraph, Title

WIDTH = 88
"""Characters of a line."""

STEERING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
"""What steers the terminal that a text is shown in: all but the end of a line."""


def as_text(blocks: Sequence[Block]) -> str:
    r"""
    Return a title, headings, paragraphs and lists as plain text; other blocks are left out.

    Parameters
    ----------
    blocks
        Whatever they say is text. Spaces and line ends in it are one space each; what steers
        a terminal is `layers.formats.text.REPLACED`.

    Examples
    --------
    >>> as_text((Title("Card", ("Bodø",)), Heading(1, "Walks"), Bullets(("On foot",))))
    'CARD\nBodø\n\nWalks\n-----\n- On foot\n'
    """
    text = "\n".join(_plain(block) for block in blocks).lstrip("\n") + "\n"
    return STEERING.sub(REPLACED, text)


def _plain(block: Block) -> str:
    match block:
        case Title(text, lines):
            return "\n".join([text.upper(), *lines])
        case Heading(_, text):
            return f"\n{text}\n{'-' * len(text)}"
        case Paragraph(text):
            return _wrapped(text)
        case Bullets(items):
            return "\n".join(_wrapped(item, "- ") for item in items)
    return ""


def _wrapped(text: str, mark: str = "") -> str:
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )
