"""Pages of maps as data for their template: texts, sizes, and where everything lies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from layers.palette import INK
from layers.paper import grid
from layers.paper.fitting import MARGIN_MM, largest
from layers.paper.frame import LARGEST_SCALE, ROUND
from layers.paper.sheetful import Paper, Print, PrintMap
from layers.paper.typesetting import FONT
from words.speaker import Speaker

LONGEST_WORD = 28
"""Letters; longer ones may be broken anywhere, for the narrowest column holds no more."""
SCALES = sorted(
    scale
    for scale in {step * 10.0**power for step in ROUND for power in range(3, 10)}
    if scale >= LARGEST_SCALE
)
"""All that a map may have, the largest first."""
BREAK = "\u200b"
BAR_MM = {False: 76.0, True: 104.0}
"""Room for a scale bar, on paper for a desk and for a wall."""


def sheet(paper: Paper) -> dict[str, Any]:
    """
    Return the sizes of a sheet and of the letters on it.

    Letters are as large as there is room for, from the first of `sizes` to the last; what
    hangs on a wall has larger ones. Eight points are the least (ours).

    Examples
    --------
    >>> sheet(Paper("a4"))["sizes"][-1], sheet(Paper("a3"))["sizes"][-1]
    (8.0, 9.0)
    """
    large = paper.large
    return {
        "width": paper.width_mm,
        "height": paper.height_mm,
        "across": paper.across,
        "margin": MARGIN_MM,
        "panel": 92.0 if large else 66.0,
        "columns": 4 if large or paper.across else 3,
        "sizes": [13.0, 12.0, 11.0, 10.0, 9.0] if large else [10.0, 9.5, 9.0, 8.5, 8.0],
        "smallest": 9.0 if large else 8.0,
        "title": 2.0,
        "least": 0.5,
    }


def told(value: Any) -> Any:
    r"""
    Return texts in which words of no language can be broken at the end of a line.

    Examples
    --------
    >>> told(["Vik", "x" * 30])
    ['Vik', 'xxxxxxxxxx\u200bxxxxxxxxxx\u200bxxxxxxxxxx']
    """
    if isinstance(value, dict):
        return {key: told(one) for key, one in value.items()}
    if isinstance(value, list):
        return [told(one) for one in value]
    if not isinstance(value, str):
        return value
    return re.sub(rf"\S{{{LONGEST_WORD},}}", _breakable, value)


def _breakable(word: re.Match[str]) -> str:
    return BREAK.join(re.findall(".{1,10}", word[0]))


def document(prints: Sequence[Print], paper: Paper, say: Speaker) -> dict[str, Any]:
    """Return what all pages of a document share."""
    first = prints[0]
    return {
        "title": first.title,
        "maker": first.maker,
        "language": say.locale.language,
        "font": FONT,
        "ink": INK,
        "paper": sheet(paper),
        "edge": grid.MARGIN_MM,
        "scales": SCALES,
        "words": {"legend": say("Legend")},
        "north": say("Grid north is up"),
        "pages": say("Page {n} of {all}", n="{n}", all="{all}"),
        "foot": say("Made with Møteplass, {day}", day=say.date(first.day)),
        "plan": None,
    }


def page(one: Print, say: Speaker) -> dict[str, Any]:
    """Return the texts of a page, without its legend and its maps' files."""
    several = len(one.maps) > 1
    wide, high = largest(one.maps)
    facts = [
        (say("Question"), [one.question]),
        (say("Beware"), list(one.caveats)),
        (say("Sources"), list(one.sources)),
    ]
    texts: dict[str, Any] = told(
        {
            "title": one.title,
            "maker": one.maker,
            "sentence": one.sentence,
            "wide": wide,
            "high": high,
            "coordinates": _coordinates(one, say),
            "facts": [{"label": label, "lines": lines} for label, lines in facts if any(lines)],
            "maps": [
                {
                    "caption": part.caption if several else "",
                    "sentence": part.sentence if several else "",
                    "alt": _alt(one, part),
                    "picture": None,
                }
                for part in one.maps
            ],
        }
    )
    return texts


def _coordinates(one: Print, say: Speaker) -> str:
    """Return what the numbers at the edge of a map are, and where north is."""
    layers = [layer for part in one.maps for layer in (*part.base, *part.layers)]
    if not layers:
        return say("Grid north is up")
    crs = layers[0].table.crs.to_string()
    return say("Grid north is up. Coordinates in metres: {crs}", crs=grid.crs_name(crs))


def _alt(one: Print, part: PrintMap) -> str:
    """Return what a reader is told who does not see a map; PDF/UA asks for something."""
    words = ": ".join(filter(None, (part.caption, part.sentence)))
    return words or one.sentence or one.title
