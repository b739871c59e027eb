"""Pages of maps put together: texts, drawings and legends, and the files they lie in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from layers.layer import Drawing, Layer
from layers.paper.drawing import Drawn, draw
from layers.paper.fitting import cropped, frames, under
from layers.paper.frame import Frame
from layers.paper.grid import grid
from layers.paper.layout import BAR_MM, page
from layers.paper.paper_legend import Signs, groups
from layers.paper.scale_bar import bar, length, ratio, scale_bar
from layers.paper.sheetful import Paper, Print, PrintMap
from words.speaker import Speaker


@dataclass(slots=True)
class Parts:
    """What a document is made of while it is put together."""

    paper: Paper
    say: Speaker
    files: dict[str, bytes]
    signs: Signs = field(default_factory=Signs)


def unmapped(one: Print, parts: Parts) -> dict[str, Any]:
    """Return a page with the longest legend that it may have, and no maps yet."""
    say, layers = parts.say, _layers(one.maps)
    signs = any(layer.drawing is Drawing.SYMBOLS for layer in layers)
    return page(one, say) | {
        "legend": legend(one.maps, parts, gather=signs),
        "scale": _scale(10_000_000, parts),
        "bar": "bar.svg",
        "told-bar": "",
    }


def mapped(one: Print, plan: dict[str, Any], number: int, parts: Parts) -> dict[str, Any]:
    """Return a page with its maps, all of one scale, and the legend of what is drawn."""
    made, say = page(one, parts.say), parts.say
    found = frames(one, plan)
    drawn = [
        with_map(part, frame, f"map-{number}-{n}", parts)
        for n, (part, frame) in enumerate(zip(one.maps, found, strict=True))
    ]
    made["maps"] = [told | files for told, (_, files) in zip(made["maps"], drawn, strict=True)]
    measure = bar(found[0].scale, BAR_MM[parts.paper.large])
    parts.files[f"bar-{number}.svg"] = scale_bar(measure, say).encode()
    return made | {
        "legend": legend(
            one.maps,
            parts,
            seen=[seen for seen, _ in drawn],
            gather=any(seen.gathered for seen, _ in drawn),
        ),
        "scale": _scale(found[0].scale, parts),
        "bar": f"bar-{number}.svg",
        "told-bar": say(
            "A bar that is {length} long on the ground", length=length(measure.length_m, say)
        ),
    }


def with_map(
    part: PrintMap, frame: Frame, stem: str, parts: Parts
) -> tuple[Drawn, dict[str, Any]]:
    """Draw a map into the files of a document; return it, and where it is found."""
    base = () if part.picture else part.base
    drawn = draw([*base, *part.layers], frame, part.labels, ground=part.picture is None)
    parts.files |= {
        f"{stem}.svg": drawn.svg.encode(),
        f"{stem}-edge.svg": grid(frame).encode(),
    }
    told: dict[str, Any] = {
        "width": frame.width_mm,
        "height": frame.height_mm,
        "file": f"{stem}.svg",
        "edge": f"{stem}-edge.svg",
    }
    if part.picture:
        picture = cropped(part.picture, frame)
        parts.files[f"{stem}.png"] = picture.png
        told["picture"] = {"file": f"{stem}.png", **under(picture, frame)}
    return drawn, told


def legend(
    maps: Sequence[PrintMap], parts: Parts, *, gather: bool, seen: Sequence[Drawn] = ()
) -> list[dict[str, Any]]:
    """Return one legend for some maps; of all scales as long as none is drawn."""
    classes: dict[str, set[str]] = {}
    for drawn in seen:
        for key, shown in drawn.classes.items():
            classes.setdefault(key, set()).update(shown)
    return groups(
        _layers(maps),
        parts.signs,
        parts.say,
        drawn=classes if seen else None,
        gathered=gather,
    )


def _layers(maps: Sequence[PrintMap]) -> list[Layer]:
    """Return the layers that the legend of some maps explains, from below to the top."""
    return [
        layer for part in maps for layer in (*(() if part.picture else part.base), *part.layers)
    ]


def _scale(scale: float, parts: Parts) -> str:
    say = parts.say
    return say("{ratio} on {paper}", ratio=ratio(scale, say), paper=parts.paper.size.upper())
