"""How large the maps of a page are, and what ground each of them shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from math import ceil, floor
from typing import Any

from PIL import Image

from geo.errors import ExportError
from layers.paper.frame import Frame
from layers.paper.sheetful import BasePicture, Print, PrintMap

MARGIN_MM = 12.0
"""Around a page: more than any printer leaves white."""
UNUSABLE = (
    *(OSError, ValueError, SyntaxError, SystemError, ZeroDivisionError),
    Image.DecompressionBombError,
)
"""What Pillow raises of a picture that is broken, empty, or a trap."""


def largest(maps: Sequence[PrintMap]) -> tuple[float, float]:
    """
    Return the width and height in metres that hold each of some maps; at least a metre.

    Examples
    --------
    >>> largest([PrintMap((0, 0, 900, 200), ()), PrintMap((50, 0, 60, 500), ())])
    (900, 500)
    """
    sides = [
        (right - left, top - bottom)
        for left, bottom, right, top in (one.bounds for one in maps)
    ]
    return max(1.0, *(side[0] for side in sides)), max(1.0, *(side[1] for side in sides))


def frames(one: Print, plan: Mapping[str, Any]) -> list[Frame]:
    """
    Return the frames of the maps of a page, all of one scale.

    Examples
    --------
    >>> maps = PrintMap((0, 0, 900, 900), ()), PrintMap((5000, 0, 7000, 500), ())
    >>> page = Print("", "", "", "", (), maps, "2026-11-22")
    >>> [frame.scale for frame in frames(page, {"width": 100, "height": 100})]
    [20000.0, 20000.0]
    """
    wide, high = largest(one.maps) if len(one.maps) > 1 else (0.0, 0.0)
    found = []
    for left, bottom, right, top in (part.bounds for part in one.maps):
        x, y = (left + right) / 2, (bottom + top) / 2
        half = max(wide, right - left) / 2, max(high, top - bottom) / 2
        around = (x - half[0], y - half[1], x + half[0], y + half[1])
        found.append(Frame.round(around, plan["width"], plan["height"]))
    return found


def under(picture: BasePicture, frame: Frame) -> dict[str, float]:
    """
    Return where a picture lies on the paper of a map, in millimetres from its upper left.

    Examples
    --------
    >>> frame = Frame((0, 0, 2000, 1000), 200, 100)
    >>> under(BasePicture(b"", (-500, 0, 2000, 1500)), frame)
    {'left': -50.0, 'top': -50.0, 'width': 250.0, 'height': 150.0}
    """
    left, bottom, right, top = picture.bounds
    mm = 1000 / frame.scale
    return {
        "left": (left - frame.bounds[0]) * mm,
        "top": (frame.bounds[3] - top) * mm,
        "width": (right - left) * mm,
        "height": (top - bottom) * mm,
    }


def cropped(picture: BasePicture, frame: Frame) -> BasePicture:
    """
    Return the pixels of a picture that a map needs, and what ground they show.

    What lies outside would be enlarged for print all the same, which takes minutes if it is
    far larger than the map.

    Parameters
    ----------
    picture
        North up.
    frame
        Of the map.

    Raises
    ------
    ExportError
        If it is no PNG, or none of it lies on the map.

    Examples
    --------
    >>> Image.new("L", (100, 100)).save(made := BytesIO(), "png")
    >>> whole = BasePicture(made.getvalue(), (-5000, -5000, 5000, 5000))
    >>> cropped(whole, Frame((0, 0, 2000, 1000), 200, 100)).bounds
    (0.0, 0.0, 2000.0, 1000.0)
    """
    left, bottom, right, top = picture.bounds
    try:
        with Image.open(BytesIO(picture.png), formats=["PNG"]) as opened:
            wide, high = (right - left) / opened.width, (top - bottom) / opened.height
            box = (
                max(0, floor((frame.bounds[0] - left) / wide)),
                max(0, floor((top - frame.bounds[3]) / high)),
                min(opened.width, ceil((frame.bounds[2] - left) / wide)),
                min(opened.height, ceil((top - frame.bounds[1]) / high)),
            )
            opened.crop(box).save(made := BytesIO(), "png")
    except UNUSABLE as error:
        raise ExportError("The picture under the map cannot be used.") from error
    shown = (
        left + box[0] * wide,
        top - box[3] * high,
        left + box[2] * wide,
        top - box[1] * high,
    )
    return BasePicture(made.getvalue(), shown)
