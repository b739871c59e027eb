"""Signs of a legend on paper: as beside the web map, with the hatches that only paper has."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from layers.layer import Class, Drawing, Layer
from layers.legend import drawn
from layers.palette import INK, LAND
from layers.paper.grey import hatch, hatches
from layers.paper.showable import FONT

FAMILY = 'font-family="[^"]*"'
UNITS = 21.0
"""Hundredths of a millimetre on paper in one of the 24 units of a swatch."""

DISC = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24">'
    f'<circle cx="12" cy="12" r="9" fill="#fff" stroke="{INK}" stroke-width="2"/>'
    f'<text x="12" y="15.9" font-family="{FONT}" font-weight="700" font-size="12"'
    f' text-anchor="middle" fill="{INK}">5</text></svg>'
)
"""What stands for several places, e.g. five."""


@dataclass(slots=True)
class Signs:
    """
    Pictures of a legend, each once, as files that Typst reads.

    Examples
    --------
    >>> signs = Signs()
    >>> signs.name("<svg/>"), signs.name("<svg />"), signs.name("<svg/>"), len(signs.files)
    ('sign-0.svg', 'sign-1.svg', 'sign-0.svg', 2)
    """

    files: dict[str, bytes] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def name(self, svg: str) -> str:
        """Return the name of the file of a picture."""
        if svg not in self._names:
            self._names[svg] = f"sign-{len(self._names)}.svg"
            self.files[self._names[svg]] = svg.encode("utf-8")
        return self._names[svg]


def swatch(entry: Class, layer: Layer) -> str:
    """
    Return a class as it looks on paper: as beside the web map, and with its hatches.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from layers.layer import Drawing
    >>> table = gpd.GeoDataFrame({"what": []}, geometry=[], crs="EPSG:25832")
    >>> water = Class("water", "Water", "#bcd7e3")
    >>> layer = Layer("land", "Land", table, "what", (water,), Drawing.AREAS)
    >>> "pattern" in swatch(water, layer)
    True
    """
    plain = re.sub(r'font-family="[^"]*"', f'font-family="{FONT}"', drawn(entry, layer.drawing))
    spacing_mm = hatches(layer).get(entry.key)
    if not spacing_mm:
        return plain
    cells = layer.drawing is Drawing.CELLS
    lines = hatch(
        "hatch", (entry.edge or entry.colour) if cells else LAND, spacing_mm, slanted=cells
    )
    box = " ".join(f"{UNITS * at:g}" for at in (3, 5, 21, 5, 21, 19, 3, 19))
    over = (
        f'<g transform="scale({1 / UNITS:g})"><defs>{lines}</defs>'
        f'<path d="M{box}z" fill="url(#hatch)"/></g>'
    )
    return plain.replace("</svg>", f"{over}</svg>")
