"""
Outlines of signs, one for each family of meeting places.

All drawn for this project, in a box of 32 × 32.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SHAPES: Mapping[str, str] = MappingProxyType(
    {
        "bookmark": "M6 2.5h20v27l-10-5-10 5z",
        "circle": "M16 2a14 14 0 1 1 0 28a14 14 0 1 1 0-28z",
        "cross": "M10 2h12v8h8v12h-8v8H10v-8H2V10h8z",
        "diamond": "M16 1 31 16 16 31 1 16z",
        "drop": "M16 1.5c5 6.5 12 11 12 17.5a12 11.5 0 0 1-24 0C4 12.5 11 8 16 1.5z",
        "hexagon": "M9 3h14l7.8 13L23 29H9L1.2 16z",
        "octagon": "M10 2.5h12l7.5 7.5v12L22 29.5H10L2.5 22V10z",
        "oval": "M16 5c8.3 0 14.8 4.9 14.8 11S24.3 27 16 27 1.2 22.1 1.2 16 7.7 5 16 5z",
        "pentagon": "M16 1.5 31 12.5 25.2 29.8H6.8L1 12.5z",
        "rounded": "M12.5 3h7a9.5 9.5 0 0 1 9.5 9.5v7a9.5 9.5 0 0 1-9.5 9.5h-7"
        "A9.5 9.5 0 0 1 3 19.5v-7A9.5 9.5 0 0 1 12.5 3z",
        "shield": "M16 1.5c4 2.5 8 3.3 12 3.3v10.4c0 7.3-5 12-12 15.3"
        "C9 27.2 4 22.5 4 15.2V4.8c4 0 8-.8 12-3.3z",
        "square": "M4 4h24v24H4z",
        "trapezoid": "M8.5 5h15l7.3 23H1.2z",
        "triangle": "M16 .8 31.5 29.5H.5z",
    }
)

FRAMES: Mapping[str, tuple[float, float, float]] = MappingProxyType(
    {
        "bookmark": (8, 6, 1),
        "cross": (8.4, 8.4, 0.95),
        "diamond": (8.4, 8.4, 0.95),
        "drop": (8, 10.5, 1),
        "pentagon": (8, 9, 1),
        "trapezoid": (8, 9, 1),
        "triangle": (9.4, 13, 0.82),
    }
)
"""Where the symbol sits in a shape whose middle is not its centre: left, top, scale."""
