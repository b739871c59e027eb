"""Signs of places inside a style: SVG in base64, so that no file has to lie beside it."""

from __future__ import annotations

from base64 import b64encode

from layers.export.sheet import Sheet
from layers.layer import Class
from layers.symbols import sign

SIGN_PX = 32.0
"""Side of a sign at street level and closer; further off it shrinks, as nothing is gathered."""


def icons(sheet: Sheet, entry: Class) -> tuple[str, ...]:
    """
    Return the symbols that rows of a class have; `""`: the class's own.

    What is written may lack the column that the drawing has: then the family's symbol
    stands for all of them.
    """
    layer = sheet.layer
    if layer is None or not layer.icon or layer.icon not in sheet.table:
        return ("",)
    rows = sheet.table[layer.icon][sheet.table[layer.value] == entry.key]
    return tuple(sorted(set(rows.astype(str)))) or ("",)


def encoded(entry: Class, icon: str = "") -> str:
    """
    Return a sign as SVG in base64.

    Examples
    --------
    >>> from base64 import b64decode
    >>> b64decode(encoded(Class("park", "Park", "#2d7d32", icon="tree")))[:4]
    b'<svg'
    """
    drawn = sign(entry.shape, entry.colour, icon or entry.icon, entry.letter)
    return b64encode(drawn.encode()).decode("ascii")


def quoted(text: str) -> str:
    r"""
    Return a text as an expression of QGIS.

    Examples
    --------
    >>> print(quoted("Ole's"), quoted("a\\b"))
    'Ole''s' 'a\\b'
    """
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def column(name: str) -> str:
    """
    Return the name of a column as an expression of QGIS.

    Examples
    --------
    >>> column("class")
    '"class"'
    """
    return '"' + name.replace('"', '""') + '"'
