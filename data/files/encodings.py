"""From the bytes of a text file to its characters."""

from __future__ import annotations

import codecs
import re

from data.files.limits import shown
from geo.errors import SourceError

NORDIC = frozenset("æøåÆØÅäöÄÖéÉèÈáÁšŠžŽđĐŋŊčČŧŦüÜôÔóÓ–’«»§°½²€")
"""Letters of Norwegian, Swedish, Finnish and Sámi, and signs of good typography."""

OLD = ("cp1252", "cp865", "mac_roman")
"""What Windows, DOS and the first Macintoshes wrote in the Nordic countries."""

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
SAMPLE = 200_000
FEW_CONTROLS, SHARE_OF_CONTROLS = 4, 0.01
NULLS = 0.2
"""Share of bytes that are 0 in western text written with two bytes per letter: near a half."""


def decoded(data: bytes, name: str, encoding: str = "") -> tuple[str, str]:
    """
    Return the text of a file, and what it was written in.

    A mark at its head decides; else UTF-8 if every byte fits; else UTF-16 if every
    second byte is 0; else the old code page that makes most of its rare characters
    Nordic ones. Detectors for the world's languages guess wrong where a short file
    holds one `ø`.

    Parameters
    ----------
    data, name
        The file.
    encoding
        As remembered; `""` to guess.

    Raises
    ------
    SourceError
        If it is no text, or not in the encoding that was remembered.

    Examples
    --------
    >>> decoded("Bodø".encode(), "a.csv"), decoded("Bodø".encode("cp865"), "a.csv")
    (('Bodø', 'utf-8'), ('Bodø', 'cp865'))
    """
    guess = encoding or guessed(data)
    try:
        told = data.decode(guess)
    except (UnicodeError, LookupError) as error:
        raise SourceError(
            "{file} cannot be read as {encoding}: choose another encoding,"
            " or save the file as UTF-8.",
            file=shown(name),
            encoding=guess[:20],
        ) from error
    controls = len(CONTROLS.findall(told[:SAMPLE]))
    if controls > FEW_CONTROLS and controls > SHARE_OF_CONTROLS * min(len(told), SAMPLE):
        raise SourceError("{file} is no text, whatever its name says.", file=shown(name))
    return told, guess


def guessed(data: bytes) -> str:
    """
    Guess the encoding of a text.

    Examples
    --------
    >>> guessed("Bodø".encode("utf-16-le")), guessed(b"plain"), guessed("Å".encode("cp1252"))
    ('utf-16-le', 'utf-8', 'cp1252')
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding
    head = data[:SAMPLE]
    even, odd = (head[at::2].count(0) / max(len(head) / 2, 1) for at in (0, 1))
    if max(even, odd) > NULLS > min(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return max(OLD, key=lambda encoding: _likely(data, encoding))
    return "utf-8"


def _likely(data: bytes, encoding: str) -> float:
    """Return the share of characters beyond ASCII that are Nordic; -1 if it does not fit."""
    rare = bytes(byte for byte in data if byte > 127)[:SAMPLE]
    try:
        told = rare.decode(encoding)
    except UnicodeDecodeError:
        return -1.0
    return sum(letter in NORDIC for letter in told) / max(len(told), 1)
