"""Text from outside is only text: bounded, and without characters that deceive the eye."""

from __future__ import annotations

import unicodedata

LONGEST = 160
KEPT = "\u200c\u200d"  # joiners, which Persian, Hindi and emoji cannot do without


def plain(text: str) -> str:
    r"""
    Return `text` on one line, composed, bounded, without control characters.

    Marks that turn the direction of writing are left out: they would turn the
    rest of the line with them. Letters keep their own direction.

    Examples
    --------
    >>> plain("  Café\n<b>Sol</b>  ")
    'Café <b>Sol</b>'
    >>> len(plain("x" * 10_000))
    160
    """
    spaced = "".join(
        " " if c.isspace() else c for c in unicodedata.normalize("NFC", text[: 8 * LONGEST])
    )
    shown = (
        c
        for c in spaced
        if c in KEPT or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    line = " ".join("".join(shown).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
