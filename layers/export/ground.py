"""The ground that maps of an answer show, and the land that lies under them."""

from __future__ import annotations

from layers import thematic
from layers.export.case import Case
from layers.export.export import Export
from layers.export.maps import thanked
from layers.export.on_screen import on_screen
from layers.layer import Layer
from layers.paper.frame import Bounds

SQUARES = ("spots", "walk_cells")
"""Sheets whose squares lie on a grid of their own, and reach over the edge of an area."""

EDGE = 0.01
"""Room between what has to be shown and the edge of a map, as a share of its longer side."""


def bounds(case: Case) -> Bounds:
    """Return what a map of the area has to show, in its metres."""
    left, bottom, right, top = map(float, case.bundle.boundary.total_bounds)
    return left, bottom, right, top


def around(case: Case, export: Export) -> Bounds:
    """
    Return what a map of an answer has to show, in metres: the area, and squares at its edge.

    Parameters
    ----------
    case, export
        The area; the layers whose squares reach over its boundary.
    """
    shown = [
        bounds(case),
        *(
            tuple(map(float, layer.table.total_bounds))
            for layer in on_screen(export, SQUARES).values()
            if not layer.table.empty
        ),
    ]
    left, bottom, right, top = zip(*shown, strict=True)
    edge = EDGE * max(max(right) - min(left), max(top) - min(bottom))
    return min(left) - edge, min(bottom) - edge, max(right) + edge, max(top) + edge


def land(case: Case) -> tuple[Layer, ...]:
    """Return the base map, from below to the top."""
    say, bundle = case.say, case.bundle
    thanks = thanked(bundle.area)
    return (
        *thematic.base(bundle.paths, bundle.backdrop, say=say, attribution=thanks),
        thematic.boundary(bundle.boundary, say=say),
    )
