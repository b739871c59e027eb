"""Maps for the text of a report: one, or small ones side by side, with their legend below."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from layers.palette import INK
from layers.paper.assembly import Parts, legend, with_map
from layers.paper.fitting import largest
from layers.paper.frame import Frame
from layers.paper.inlining import inlined
from layers.paper.scale_bar import bar, length, scale_bar
from layers.paper.sheetful import Paper, PrintMap
from layers.paper.typesetting import FONT, typeset
from words.speaker import Speaker

HERE = Path(__file__).parent
GUTTER_MM = 4.0
EDGE_MM = 0.6
"""Room for the line around a map."""
LEGEND_MM = 48.0
"""Of a legend that stands beside a map, as it does if the ground is about as high as wide."""
BESIDE = 0.8
"""From this height on, as a share of the width."""
BAR_MM = 60.0
LETTERS_PT = 8.5
SHAPES = (0.5, 1.3)
"""How high a map is at least and at most, as a share of its width: beyond, land is shown."""


def figure(
    maps: Sequence[PrintMap], say: Speaker, *, columns: int = 1, width_mm: float = 160.0
) -> str:
    """
    Return maps of one scale as one SVG, with a bar, a legend, and whom to thank.

    The maps have the shape of the ground they show, within limits; the legend of a single map
    that is about as high as wide stands beside it, any other below.

    Parameters
    ----------
    maps
        At least one; captions and sentences are shown if there are several. Of any number:
        small ones go on below each other.
    say
        The language.
    columns
        So many side by side.
    width_mm
        Of the whole.

    Raises
    ------
    ExportError
        If a map has no land, or the picture cannot be set.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> drawn = figure([PrintMap((0, 0, 900, 900), ())], speaker("en"))
    >>> drawn.count("<svg") > 1, "@font-face" in drawn
    (True, True)
    """
    parts = Parts(Paper(), say, {"legend.typ": (HERE / "legend.typ").read_bytes()})
    wide, high = largest(maps)
    beside = len(maps) == 1 and high >= BESIDE * wide
    room = width_mm - EDGE_MM - (LEGEND_MM + GUTTER_MM if beside else 0)
    cell = (room - (columns - 1) * GUTTER_MM) / columns
    drawn, told = [], []
    for n, (part, frame) in enumerate(zip(maps, _frames(maps, cell - EDGE_MM), strict=True)):
        seen, files = with_map(part, frame, f"map-{n}", parts)
        drawn.append(seen)
        several = {"caption": part.caption, "sentence": part.sentence}
        told.append(files | (several if len(maps) > 1 else dict.fromkeys(several, "")))
    measure = bar(frame.scale, BAR_MM)
    parts.files["bar.svg"] = scale_bar(measure, say).encode()
    gathered = any(one.gathered for one in drawn)
    data: dict[str, Any] = {
        "title": maps[0].caption or say("Legend"),
        "language": say.locale.language,
        "font": FONT,
        "ink": INK,
        "size": LETTERS_PT,
        "width": width_mm,
        "cell": cell,
        "beside": beside,
        "columns": columns,
        "gutter": GUTTER_MM,
        "maps": told,
        "told-bar": length(measure.length_m, say),
        "thanks": _thanks(maps),
        "words": {"legend": say("Legend")},
        "legend": legend(maps, parts, seen=drawn, gather=gathered),
    }
    source = (HERE / "figure.typ").read_text(encoding="utf-8")
    [page] = typeset(source, parts.files | parts.signs.files, data, form="svg")
    return inlined(page).decode("utf-8")


def _frames(maps: Sequence[PrintMap], width_mm: float) -> list[Frame]:
    """Return frames of one scale, as high as the ground asks for."""
    wide, high = largest(maps)
    least, most = SHAPES
    height_mm = width_mm * min(most, max(least, high / wide))
    found = []
    for part in maps:
        left, bottom, right, top = part.bounds
        x, y = (left + right) / 2, (bottom + top) / 2
        around = (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        found.append(Frame.round(around, width_mm, height_mm))
    return found


def _thanks(maps: Sequence[PrintMap]) -> str:
    """Return whom to thank for what is drawn."""
    layers = [layer for part in maps for layer in (*part.base, *part.layers)]
    return " · ".join(dict.fromkeys(layer.attribution for layer in layers if layer.attribution))
