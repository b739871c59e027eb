"""A map on paper: layers, signs and names as one vector drawing in millimetres."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite

import geopandas as gpd
from shapely import Point

from geo.crs import to_wgs84
from geo.errors import CrsError, ExportError
from layers.layer import Drawing, Layer
from layers.palette import LAND
from layers.paper.frame import Frame, View, zoom
from layers.paper.labels import Label, written
from layers.paper.lettering import lettering
from layers.paper.marks import marks, shown
from layers.paper.signs import Mark, arranged
from layers.paper.stamps import stamps

__all__ = ["Drawn", "Frame", "draw"]


@dataclass(frozen=True, slots=True)
class Drawn:
    """
    A map, and what its legend has to know of it.

    Parameters
    ----------
    svg
        The drawing, as large as its frame.
    zoom
        Of the web map that equals its scale.
    gathered
        Whether discs with a number stand for several places.
    labelled
        How many places have their name beside them.
    classes
        Keys of the classes that the scale has room for, by key of their layer.
    """

    svg: str
    zoom: float
    gathered: bool
    labelled: int
    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def draw(
    layers: Sequence[Layer],
    frame: Frame,
    labels: Sequence[Label] | None = None,
    *,
    ground: bool = True,
) -> Drawn:
    """
    Return layers as one SVG in millimetres, cut off at the edge of the frame.

    Classes come and go with the scale as they do with the zoom of the web map that equals it
    (see `frame.zoom`): squares on small scales, single homes on large ones. What cannot be
    told apart without colours is hatched (see `grey.hatches`). Names are written on top of
    everything; there is no other text but numbers and letters of signs. Words are in
    Source Sans Pro, which has to be at hand where the drawing is read.

    Parameters
    ----------
    layers
        From below to the top, all in the metric CRS of the frame. May be empty.
    frame
        What to show, and how large.
    labels
        The most important first, as `labels.of_places` returns them; none without.
    ground
        Whether bare land is coloured; without it, a picture below shows through.

    Raises
    ------
    CrsError
        If the layers are not all in the same CRS.
    ExportError
        If the frame lies outside of the world of that CRS.

    Examples
    --------
    >>> from layers.layer import Class
    >>> home = gpd.GeoDataFrame({"is": ["near"]}, geometry=[Point(250, 250)], crs="EPSG:25832")
    >>> classes = (Class("near", "Near", "#0b4f8a"),)
    >>> layer = Layer("homes", "Homes", home, "is", classes, Drawing.CIRCLES)
    >>> drawn = draw([layer], Frame((0, 0, 1000, 1000), 100, 100))
    >>> drawn.svg[:36], 'd="M2500 7500h0"' in drawn.svg, drawn.classes
    ('<svg xmlns="http://www.w3.org/2000/s', True, {'homes': ('near',)})
    """
    view = View(frame, _zoom(layers, frame))
    body, signs = [], list[Mark]()
    for layer in layers:
        if layer.drawing is Drawing.SYMBOLS:
            stand = arranged(layer, view)
            signs += stand
            body.append(stamps(stand, layer.key))
        else:
            body.append(marks(layer, view))
    names = written(labels or (), signs, frame)
    body.append(lettering(names))
    return Drawn(
        svg=_document("".join(body), frame, LAND if ground else "none"),
        zoom=view.zoom,
        gathered=any(mark.look is None for mark in signs),
        labelled=len(names),
        classes={layer.key: tuple(c.key for c in shown(layer, view)) for layer in layers},
    )


def _document(body: str, frame: Frame, ground: str) -> str:
    """Return a whole SVG whose unit is the millimetre."""
    size = f'width="{frame.width_mm:g}{{0}}" height="{frame.height_mm:g}{{0}}"'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' {size.format("mm")} viewBox="0 0 {frame.width_mm:g} {frame.height_mm:g}">'
        f'<defs><clipPath id="frame"><rect {size.format("")}/></clipPath></defs>'
        f'<g clip-path="url(#frame)"><rect {size.format("")} fill="{ground}"/>{body}</g></svg>'
    )


def _zoom(layers: Sequence[Layer], frame: Frame) -> float:
    """Return the zoom that equals the scale where the frame lies."""
    systems = list({layer.table.crs.to_string(): layer.table.crs for layer in layers}.values())
    if len(systems) > 1:
        raise CrsError("The layers of a map must all be in the same coordinate system.")
    if not systems:
        return zoom(frame.scale, 60)  # nothing is drawn that it decides about
    left, bottom, right, top = frame.bounds
    middle = gpd.GeoDataFrame(
        geometry=[Point((left + right) / 2, (bottom + top) / 2)], crs=systems[0]
    )
    latitude = float(to_wgs84(middle).geometry.y.iloc[0])
    if not isfinite(latitude):
        raise ExportError("A map needs land to show, and paper to be drawn on.")
    return zoom(frame.scale, latitude)
