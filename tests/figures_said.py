"""What services of figures say, in their true shape: json-stat2 tables and areas as GeoJSON."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence

from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from tests.loopback import Said


def table(
    codes: Mapping[str, Sequence[str]],
    value: Sequence[float | None],
    status: Mapping[str, str] | None = None,
) -> Said:
    """Say a table; the last variable turns fastest."""
    assert math.prod(map(len, codes.values())) == len(value)
    dimension = {
        name: {
            "label": name,
            "category": {
                "index": {code: n for n, code in enumerate(some)},
                "label": {code: code for code in some},
            },
        }
        for name, some in codes.items()
    }
    body = {
        "version": "2.0",
        "class": "dataset",
        "id": [*codes],
        "size": [len(some) for some in codes.values()],
        "dimension": dimension,
        "value": value,
        "updated": "2026-02-25T07:00:00Z",
    }
    return Said(json.dumps(body | ({"status": status} if status else {})).encode())


def areas(
    *some: tuple[BaseGeometry | None, Mapping[str, object]], matched: int | None = None
) -> Said:
    """Say areas, each with what is told of it, as a GeoServer does."""
    features = [
        {
            "type": "Feature",
            "id": f"layer.{n}",
            "geometry": shape and mapping(shape),
            "geometry_name": "geom",
            "properties": properties,
        }
        for n, (shape, properties) in enumerate(some)
    ]
    told = len(features) if matched is None else matched
    body = {
        "type": "FeatureCollection",
        "features": features,
        "numberMatched": told,
        "totalFeatures": told,
        "numberReturned": len(features),
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4326"}},
    }
    return Said(json.dumps(body).encode())
