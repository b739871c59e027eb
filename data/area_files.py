"""Files of areas as people draw them: GeoJSON, GeoPackage, KML and zipped shapefiles."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import geopandas as gpd
import pyogrio
import shapely
from lxml import etree
from pyproj import CRS
from pyproj.exceptions import CRSError

from geo.crs import WGS84
from geo.errors import SourceError

MAX_BYTES = 50 * 1024 * 1024
MAX_AREAS = 10_000
GPKG_STARTS = b"SQLite format 3\0"
SHAPEFILE_STARTS = (9994).to_bytes(4, "big")
DAMAGE = (
    *(ValueError, KeyError, TypeError, AttributeError, RecursionError, RuntimeError),
    *(BadZipFile, CRSError, etree.XMLSyntaxError, shapely.errors.ShapelyError),
)
"""What is raised by what cannot be read; pyogrio's errors are `RuntimeError`s."""


def drawn(path: Path) -> gpd.GeoSeries:
    """
    Return what is drawn in a file, in all its layers, with its CRS if it says one.

    GDAL looks at what is in a file and not at its ending, and some of the formats it
    knows name other files and addresses. So it only gets what is of the right kind.

    Parameters
    ----------
    path
        `.geojson` or `.json`, `.gpkg`, `.kml`, or `.zip` with one shapefile.

    Returns
    -------
    drawn
        At most one more than `MAX_AREAS` of each layer. Empty if nothing is drawn.

    Raises
    ------
    SourceError
        If the file is of another kind, damaged or too large.

    Examples
    --------
    >>> drawn(Path("plan.dwg"))
    Traceback (most recent call last):
    geo.errors.SourceError: plan.dwg cannot be read: use .geojson, .json, .gpkg, .kml, .zip.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise SourceError(
            "{file} cannot be read: use {known}.", file=path.name, known=", ".join(_READERS)
        )
    try:
        if path.stat().st_size > MAX_BYTES:
            raise too_large(path)
        return reader(path)
    except OSError as error:
        raise SourceError(
            "{file} cannot be read: {reason}.", file=path.name, reason=error.strerror or error
        ) from error
    except DAMAGE as error:
        raise damaged(path) from error


def damaged(path: Path) -> SourceError:
    """
    Return the error for a file that cannot be understood.

    Examples
    --------
    >>> print(damaged(Path("plan.kml")))
    plan.kml is damaged, or not what its ending says.
    """
    return SourceError("{file} is damaged, or not what its ending says.", file=path.name)


def too_large(path: Path) -> SourceError:
    """
    Return the error for a file that is far more than an outline.

    Examples
    --------
    >>> print(too_large(Path("plan.kml")))
    plan.kml is too large for the outline of one area: simplify it.
    """
    return SourceError(
        "{file} is too large for the outline of one area: simplify it.", file=path.name
    )


def _geojson(path: Path) -> gpd.GeoSeries:
    """Read it without GDAL, which looks at what is in a file and not at its ending."""
    top = json.loads(path.read_text(encoding="utf-8-sig"))
    crs = WGS84  # RFC 7946, section 4; older files name another one
    if "crs" in top:
        crs = CRS.from_user_input(top["crs"]["properties"]["name"])
    if top["type"] == "FeatureCollection":
        shapes = [one["geometry"] for one in top["features"]]
    else:
        shapes = [top["geometry"] if top["type"] == "Feature" else top]
    return gpd.GeoSeries(
        [shapely.from_geojson(json.dumps(one)) for one in shapes if one], crs=crs
    )


def _geopackage(path: Path) -> gpd.GeoSeries:
    with path.open("rb") as file:
        if file.read(len(GPKG_STARTS)) != GPKG_STARTS:
            raise ValueError(path)
    return _layers(path)


def _kml(path: Path) -> gpd.GeoSeries:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    tree = etree.parse(path, parser)
    if tree.docinfo.doctype or etree.QName(tree.getroot()).localname != "kml":
        raise ValueError(path)
    return _layers(path)


def _zipped(path: Path) -> gpd.GeoSeries:
    with ZipFile(path) as packed:
        if sum(one.file_size for one in packed.infolist()) > 4 * MAX_BYTES:
            raise too_large(path)
        (inner,) = (one for one in packed.namelist() if one.lower().endswith(".shp"))
        with packed.open(inner) as file:
            if file.read(4) != SHAPEFILE_STARTS:
                raise ValueError(path)
    return _layers(f"/vsizip/{{{path.resolve()}}}/{inner}")


_READERS: dict[str, Callable[[Path], gpd.GeoSeries]] = {
    ".geojson": _geojson,
    ".json": _geojson,
    ".gpkg": _geopackage,
    ".kml": _kml,
    ".zip": _zipped,
}


def _layers(source: Path | str) -> gpd.GeoSeries:
    """Read what is drawn in all layers that have anything drawn."""
    layers = [name for name, kind in pyogrio.list_layers(source) if kind is not None]
    tables = [
        pyogrio.read_dataframe(source, layer=name, columns=[], max_features=MAX_AREAS + 1)
        for name in layers
    ]
    if len({table.crs for table in tables}) > 1:
        raise ValueError(source)
    shapes = [shape for table in tables for shape in table.geometry]
    return gpd.GeoSeries(shapes, crs=tables[0].crs if tables else WGS84)
