"""Pictures as dots, for what cannot show lines."""

from __future__ import annotations

from layers.paper.typesetting import typeset
from layers.report.tree import Picture

SOURCE = """
#set page(width: auto, height: auto, margin: 0pt)
#set text(font: "Source Sans Pro")
#image("picture.svg", width: {width}mm)
"""


def as_png(picture: Picture) -> bytes:
    r"""
    Return a picture as PNG, of 300 dots to the inch where it has to be drawn.

    Parameters
    ----------
    picture
        Its own PNG is taken if it has one.

    Raises
    ------
    ExportError
        If it cannot be drawn.

    Examples
    --------
    >>> svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'
    >>> as_png(Picture("Nothing", "", svg=svg, width_mm=5))[:4]
    b'\x89PNG'
    """
    if picture.png:
        return picture.png
    source = SOURCE.replace("{width}", f"{picture.width_mm:.1f}")
    return typeset(source, {"picture.svg": picture.svg.encode()}, {}, form="png")[0]
