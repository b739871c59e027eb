"""A source in one line, as prints and documents name it."""

from __future__ import annotations

from geo.bundle import Source
from words import Speaker


def known(value: str, say: Speaker) -> str:
    """
    Return what is told of a source in a cell of a table; never an empty one.

    Examples
    --------
    >>> from words import speaker
    >>> known("NLOD 2.0", speaker("en")), known("", speaker("en"))
    ('NLOD 2.0', 'Unknown')
    """
    return value.strip("?") or say("Unknown")


def source_text(source: Source, say: Speaker) -> str:
    """
    Return a source with its licence and date, and what is not told of them.

    Examples
    --------
    >>> from words import speaker
    >>> source_text(Source("Map", "ODbL 1.0", "© OSM", "2026-11-21", 1), speaker("en"))
    '© OSM – Map, ODbL 1.0, 2026-11-21'
    >>> source_text(Source("skoler.csv", "", "", "", 1), speaker("en"))
    'skoler.csv, licence not told, date not told'
    """
    name = " – ".join(dict.fromkeys(filter(None, (source.attribution, say(source.name)))))
    licence = source.licence or say("licence not told")
    return ", ".join((name, licence, source.date or say("date not told")))
