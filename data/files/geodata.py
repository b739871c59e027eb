"""Files of maps, read by GDAL: one driver each, from a folder of ours, nothing fetched."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from data.files.encodings import guessed
from data.files.geopackage import layers_of
from data.files.limits import MAX_DEPTH, MAX_ROWS, check_size, damaged, shown
from data.files.raw import Raw, Shapes, filled, named, texts
from geo.errors import SourceError

DRIVERS = {
    ".gpkg": ("GPKG",),
    ".geojson": ("GeoJSON",),
    ".shp": ("ESRI Shapefile",),
    ".kml": ("LIBKML", "KML"),
    ".gml": ("GML",),
}
"""Who may read a file of that suffix; the suffix is ours, given by what the file holds."""

OPTIONS: Mapping[str, Mapping[str, str]] = {".gml": {"DOWNLOAD_SCHEMA": "NO"}}
STYLE = frozenset(
    (
        *("id", "timestamp", "begin", "end", "altitudeMode", "tessellate", "extrude"),
        *("visibility", "drawOrder", "icon"),
    )
)
"""Columns that GDAL makes of how a KML file is drawn."""

NEEDED = (".shx", ".dbf")
SHIFTS = np.zeros(256, dtype=np.int8)
SHIFTS[[ord("["), ord("{")]] = 1
SHIFTS[[ord("]"), ord("}")]] = -1


def geodata(
    parts: Mapping[str, bytes], suffix: str, name: str, *, layer: str = "", encoding: str = ""
) -> Raw:
    """
    Return one layer of a file.

    Parameters
    ----------
    parts
        Contents by suffix: one, but for a shapefile, whose parts belong together.
    suffix
        The leading one, a key of `DRIVERS`.
    name
        As shown.
    layer
        Which one; `""` for the first.
    encoding
        Of a shapefile's texts, as remembered; `""` to guess where it has no `.cpg`.

    Raises
    ------
    SourceError
        If a part is missing, the layer is not there, or the file is damaged or too large.

    Examples
    --------
    >>> school = b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties":'
    >>> school += b' {"navn": "Vik"}, "geometry": {"type": "Point", "coordinates": [12, 65]}}]}'
    >>> raw = geodata({".geojson": school}, ".geojson", "skoler.geojson")
    >>> raw.cells["navn"].tolist(), raw.crs.to_string(), raw.shapes[0].wkt
    (['Vik'], 'EPSG:4326', 'POINT (12 65)')
    """
    if suffix == ".geojson":
        _check_depth(parts[suffix], name)
    if suffix == ".shp":
        encoding = encoding or _encoding(parts, name)
    with TemporaryDirectory(prefix="moteplass-", ignore_cleanup_errors=True) as folder:
        for part, content in parts.items():
            (Path(folder) / f"table{part}").write_bytes(content)
        path = Path(folder) / f"table{suffix}"
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return _read(path, name, layer, encoding)
        except (RuntimeError, ValueError, KeyError, OverflowError, MemoryError) as error:
            raise damaged(name) from error


def _read(path: Path, name: str, layer: str, encoding: str) -> Raw:
    suffix = path.suffix
    layers = layers_of(path, name) if suffix == ".gpkg" else []
    # The prefix keeps other readers of JSON off: one of them runs commands.
    told = f"GeoJSON:{path}" if suffix == ".geojson" else str(path)
    layers = layers or [str(one) for one in pyogrio.list_layers(told)[:, 0]]
    if not layers:
        raise SourceError("{file} has no layer.", file=shown(name))
    if layer and layer not in layers:
        raise SourceError(
            "{file} has no layer {layer}; it has {known}.",
            file=shown(name),
            layer=layer[:60],
            known=", ".join(layers[:20])[:300],
        )
    chosen = layer or layers[0]
    options = OPTIONS.get(suffix, {})
    info = pyogrio.read_info(told, layer=chosen, **options)
    if info["driver"] not in DRIVERS[suffix]:
        raise damaged(name)
    check_size(max(info["features"], 0), len(info["fields"]), name)
    table = pyogrio.raw.read(
        told,
        layer=chosen,
        encoding=encoding or None,
        force_2d=True,
        max_features=MAX_ROWS + 1,
        datetime_as_string=True,
        **options,
    )
    raw = _raw(table, name, styled=suffix == ".kml")
    chosen = "" if len(layers) == 1 else chosen
    return filled(replace(raw, layer=chosen, layers=tuple(layers), encoding=encoding))


def _raw(table: tuple[Any, Any, Any, Any], name: str, *, styled: bool) -> Raw:
    """Return what GDAL read, every cell as text."""
    meta, _, wkb, columns = table
    fields = [str(field) for field in meta["fields"]]
    kept = [at for at, one in enumerate(fields) if not styled or one not in STYLE]
    names = named(fields[at] for at in kept)
    cells = {one: texts(columns[at]) for one, at in zip(names, kept, strict=True)}
    many = len(wkb) if wkb is not None else len(next(iter(columns), ()))
    frame = pd.DataFrame(cells, index=range(many), dtype=object)
    rows = np.arange(1, many + 1)
    return Raw(shown(name), frame, rows, shapes=_shapes(wkb), crs=_crs(meta))


def _shapes(wkb: Any) -> Shapes | None:
    """Return the shapes, `None` for those that are empty; `None` if there are none at all."""
    if wkb is None:
        return None
    shapes = shapely.from_wkb(wkb, on_invalid="ignore")
    shapes[shapely.is_empty(shapes)] = None
    found: Shapes = shapes
    return found if shapely.is_geometry(found).any() else None


def _crs(meta: Mapping[str, Any]) -> CRS | None:
    try:
        return CRS.from_user_input(meta["crs"]) if meta["crs"] else None
    except CRSError:
        return None


def _encoding(parts: Mapping[str, bytes], name: str) -> str:
    """Return what to read a shapefile's texts as, once it is sure that all parts are there."""
    for needed in NEEDED:
        if needed not in parts:
            raise SourceError(
                "{file} lacks its {suffix} file: a shapefile is a set of files."
                " Choose all of them packed as one zip.",
                file=shown(name),
                suffix=needed,
            )
    return "" if ".cpg" in parts else guessed(parts[".dbf"].translate(None, b"\0"))


def _check_depth(data: bytes, name: str) -> None:
    """Refuse brackets in brackets that go too deep for those who read them one by one."""
    depth = 0
    for at in range(0, len(data), 1 << 24):
        steps = SHIFTS[np.frombuffer(data[at : at + (1 << 24)], dtype=np.uint8)]
        run = depth + np.cumsum(steps, dtype=np.int64)
        if run.max() > MAX_DEPTH:
            raise SourceError(
                "{file} has brackets within brackets more than {most} deep. It is not opened.",
                file=shown(name),
                most=MAX_DEPTH,
            )
        depth = int(run[-1])
