"""Mend what is drawn wrongly; say what was mended and what could not be."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.errors import Message

FENCED = ("amenity", "building", "landuse", "leisure", "tourism")
"""Keys of what is land even if its edge is a fence."""

NAMED = 5
"""Broken features that a warning names; the rest are counted."""


def without_area(tags: Mapping[str, str]) -> bool:
    """
    Tell whether a closed way is a line in a ring, not the land inside it.

    Examples
    --------
    >>> without_area({"highway": "footway"}), without_area({"leisure": "park"})
    (True, False)
    >>> without_area({"highway": "pedestrian", "area": "yes"})
    False

    A fence that is drawn once, as the edge of what it fences, is land.

    >>> without_area({"barrier": "fence", "amenity": "school"})
    False
    """
    area = tags.get("area")
    rings = ("highway", "piste:type", "waterway", "railway")
    if tags.get("natural") == "coastline":
        return True
    mere_fence = "barrier" in tags and not any(key in tags for key in FENCED)
    return area == "no" or (area != "yes" and (mere_fence or any(k in tags for k in rings)))


def mended(
    features: gpd.GeoDataFrame, *, suspect: NDArray[np.bool_]
) -> tuple[gpd.GeoDataFrame, tuple[Message, ...]]:
    """
    Make every geometry valid, and report what changed.

    Parameters
    ----------
    features
        As in `data.extract.Extract`, on an index of ids; its column `tags` gives names.
    suspect
        Rows that the source's own rules could not assemble: lines that should have
        been the edge of an area, and areas put together from their parts.

    Returns
    -------
    features, warnings
        Polygons stay polygons. What encloses nothing is left out and named.

    Examples
    --------
    >>> from shapely import Polygon
    >>> bow = Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    >>> table = gpd.GeoDataFrame({"tags": [{"name": "Bow"}]}, index=["w1"], geometry=[bow])
    >>> whole, said = mended(table, suspect=np.array([False]))
    >>> whole.geometry["w1"].area, said[0].values["names"]
    (2.0, 'Bow (w1)')
    """
    shapes = features.geometry.to_numpy().copy()
    shapes[suspect] = [_ring(shape) for shape in shapes[suspect]]
    wrong = ~shapely.is_valid(shapes) | suspect
    shapes[wrong] = [_polygonal(shape) for shape in shapely.make_valid(shapes[wrong])]
    single = (shapely.get_type_id(shapes) == 6) & (shapely.get_num_geometries(shapes) == 1)
    shapes[single] = shapely.get_geometry(shapes[single], 0)
    lost = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    warnings = []
    if (wrong & ~lost).any():
        text = "{n} areas were drawn wrongly or cut at the edge, and have been mended: {names}"
        warnings.append(Message(text, _named(features[wrong & ~lost])))
    if lost.any():
        text = "{n} areas could not be drawn from what the source gives: {names}"
        warnings.append(Message(text, _named(features[lost])))
    whole = features.set_geometry(gpd.GeoSeries(shapes, index=features.index, crs=features.crs))
    return whole[~lost], tuple(warnings)


def _ring(shape: BaseGeometry) -> BaseGeometry | None:
    """Close a line into the area it goes round; three corners are the least."""
    if shape.geom_type != "LineString":
        return shape
    return shapely.Polygon(shape.coords) if shapely.get_num_points(shape) > 3 else None


def _polygonal(shape: BaseGeometry | None) -> BaseGeometry | None:
    """Keep what has an area, of a geometry that may have fallen into pieces."""
    if shape is None or shape.geom_type in ("Polygon", "MultiPolygon"):
        return shape
    parts = [p for p in getattr(shape, "geoms", []) if p.geom_type.endswith("Polygon")]
    return shapely.union_all(parts) if parts else None


def _named(broken: gpd.GeoDataFrame) -> dict[str, object]:
    """Return how many they are, and what the first of them are called."""
    names = [
        f"{tags.get('name', '')} ({osm_id})".strip()
        for osm_id, tags in broken["tags"].head(NAMED).items()
    ]
    return {"n": len(broken), "names": ", ".join(names) + " …" * (len(broken) > NAMED)}
