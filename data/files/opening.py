"""From a file, whatever it is, to a table: what it holds decides, not what it is called."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path, PurePosixPath

from data.files.archives import LEADING, SHEETS, Members, unpacked
from data.files.delimited import delimited
from data.files.encodings import guessed
from data.files.geodata import geodata
from data.files.limits import Given, content, shown
from data.files.markup import root_of
from data.files.raw import Raw
from data.files.sheets import workbook
from data.files.spread import kind_of_archive
from geo.errors import Message, SourceError

SHAPEFILE = b"\x00\x00\x27\x0a"
HEADS = (
    (b"PK\x03\x04", "zip"),
    (b"SQLite format 3\x00", ".gpkg"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "sheets"),
    (SHAPEFILE, ".shp"),
)
RASTER, PICTURE = Message("a picture or a raster"), Message("a picture")
NO_ZIP = Message("an archive that is no zip")
FOREIGN = (
    (b"II*\x00", RASTER),
    (b"MM\x00*", RASTER),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"%PDF", Message("a PDF")),
    (b"Rar!", NO_ZIP),
    (b"7z\xbc\xaf", NO_ZIP),
    (b"\x1f\x8b", NO_ZIP),
    (b"fgb", Message("a FlatGeobuf file")),
    (b"PAR1", Message("a Parquet file")),
)
GEOJSON = re.compile(rb'"type"\s*:\s*"(FeatureCollection|Feature)"')
BLANK = b"\xef\xbb\xbf \t\r\n"
PARTS = (".shx", ".dbf", ".prj", ".cpg")
LOOKED_AT = 4096


def opened(
    given: Given, name: str, *, layer: str = "", encoding: str = "", separator: str = ""
) -> Raw:
    r"""
    Return one table of a file.

    Parameters
    ----------
    given, name
        A path, or what was uploaded; its name, of which only the last part is used.
    layer
        The layer, the sheet, or the file in an archive; `""` for the first.
    encoding, separator
        Of a text file, as remembered; `""` to guess.

    Raises
    ------
    SourceError
        If it is too large, damaged, harmful, or nothing that is read here.

    Examples
    --------
    >>> opened(b"navn;lat;lon\nVik;65,3;12,2\n", "C:/skoler.csv").cells.shape
    (1, 3)
    """
    data = content(given, name)
    kind = kind_of(data, name)
    if kind == "zip":
        if kind_of_archive(data, name) == "sheets":
            return workbook(data, name, layer=layer)
        return _from_archive(unpacked(data, name), name, layer, (encoding, separator))
    parts = {kind: data}
    if kind == ".shp" and isinstance(given, Path):
        parts |= _siblings(given, name)
    return _read(parts, kind, name, layer, (encoding, separator))


def kind_of(data: bytes, name: str) -> str:
    r"""
    Tell what a file is by how it begins: a suffix, `"zip"`, `"sheets"` or `".csv"` for text.

    Raises
    ------
    SourceError
        If it is something that is not read here, or harmful.

    Examples
    --------
    >>> kind_of(b"navn;tall", "a.xlsx"), kind_of(b"SQLite format 3\x00", "a.csv")
    ('.csv', '.gpkg')
    """
    for head, kind in HEADS:
        if data.startswith(head):
            return kind
    for head, what in FOREIGN:
        if data.startswith(head):
            raise SourceError(
                "{file} is {what}. Read here are GeoPackage, GeoJSON, zipped Shapefile,"
                " KML, KMZ, GML, CSV and Excel. Heights have a place of their own.",
                file=shown(name),
                what=what,
            )
    first = data[:LOOKED_AT].lstrip(BLANK)
    if first.startswith(b"<") or first.replace(b"\0", b"").lstrip(b"\xff\xfe").startswith(b"<"):
        return _kind_of_markup(data, name)
    return _kind_of_json(data, name) if first.startswith((b"{", b"[")) else ".csv"


def _kind_of_markup(data: bytes, name: str) -> str:
    root = root_of(data, name)
    if root == "kml":
        return ".kml"
    if root.endswith("FeatureCollection") or b"opengis.net/gml" in data[:LOOKED_AT]:
        return ".gml"
    raise SourceError(
        "{file} is XML, but neither KML nor GML: it begins with {root}.",
        file=shown(name),
        root=root[:40],
    )


def _kind_of_json(data: bytes, name: str) -> str:
    if guessed(data[:LOOKED_AT]).startswith("utf-16") or not GEOJSON.search(data):
        raise SourceError("{file} is JSON, but no GeoJSON.", file=shown(name))
    return ".geojson"


def _siblings(path: Path, name: str) -> dict[str, bytes]:
    """Return the other parts of a shapefile, which lie beside it under the same name."""
    found = {}
    for suffix in PARTS:
        for beside in (path.with_suffix(suffix), path.with_suffix(suffix.upper())):
            if suffix not in found and beside.exists() and beside.stat().st_size:
                found[suffix] = content(beside, name)
    return found


def _from_archive(members: Members, name: str, layer: str, told: tuple[str, str]) -> Raw:
    """Return a table of an archive; where it holds several, each of them is a layer."""
    found = {
        f"{stem}{suffix}": (parts, suffix)
        for stem, parts in members.items()
        for suffix in (*LEADING, *SHEETS)
        if suffix in parts
    }
    if not found:
        raise SourceError("{file} holds no file that is read here.", file=shown(name))
    names = {shown(one): one for one in found}
    lone = len(found) == 1
    if layer and not lone and layer not in names:
        raise SourceError(
            "{file} has no layer {layer}; it has {known}.",
            file=shown(name),
            layer=layer[:60],
            known=", ".join(names)[:300],
        )
    chosen = names[layer] if layer and not lone else next(iter(found))
    parts, suffix = found[chosen]
    kind = kind_of(parts[suffix], name) if parts[suffix] else ".csv"
    content(parts[suffix], PurePosixPath(chosen).name)
    if kind == "zip":
        raw = workbook(parts[suffix], name, layer=layer if lone else "")
    else:
        both = {**parts, kind: parts[suffix]} if kind == ".shp" else {kind: parts[suffix]}
        raw = _read(both, kind, name, layer if lone else "", told)
    return raw if lone else replace(raw, layer=shown(chosen), layers=tuple(names))


def _read(
    parts: dict[str, bytes], kind: str, name: str, layer: str, told: tuple[str, str]
) -> Raw:
    if kind == ".csv":
        return delimited(parts[kind], name, encoding=told[0], separator=told[1])
    if kind == "sheets":
        return workbook(parts[kind], name, layer=layer)
    return geodata(parts, kind, name, layer=layer, encoding=told[0])
