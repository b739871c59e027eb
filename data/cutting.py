"""Cut one municipality out of a large file of OpenStreetMap data, such as a county's."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import osmium
import shapely
from filelock import FileLock
from numpy.typing import NDArray
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from data.extract import Extract, Progress, clipped, silent
from data.matching import is_walkable
from data.osm_file import UNREADABLE, read_file
from data.wanted import wanted
from geo.errors import Message, SourceError

MARGIN_DEGREES = (0.04, 0.018)
"""About 2 km east or west and north or south, in Norway: walks may lead over the border."""

Spots = tuple[NDArray[np.int64], NDArray[np.float64]]


def spots_of(file: Path, cache: Path) -> Spots:
    """
    Return every node of a file: read once, and kept beside other answers.

    Parameters
    ----------
    file
        Of OpenStreetMap data.
    cache
        Folder to keep the table in; processes that ask at once wait for one another.

    Returns
    -------
    numbers, degrees
        Of each node its number, and its longitude and latitude.

    Raises
    ------
    SourceError
        If the file cannot be read.
    """
    about = file.stat()
    told = f"{file.resolve()} {about.st_size} {about.st_mtime_ns}"
    kept = cache / f"nodes-{hashlib.sha256(told.encode()).hexdigest()[:20]}.npy"
    cache.mkdir(parents=True, exist_ok=True)
    with FileLock(kept.with_suffix(".lock")):
        if not kept.exists():
            half = kept.with_suffix(".half.npy")
            np.save(half, _nodes(file))
            os.replace(half, kept)  # noqa: PTH105 - a name, not a path
    table = np.load(kept, mmap_mode="r")
    return table["number"], np.column_stack([table["lon"], table["lat"]])


def _nodes(file: Path) -> NDArray[np.void]:
    kind = np.dtype([("number", "i8"), ("lon", "f8"), ("lat", "f8")])
    try:
        nodes: Iterable[Any] = osmium.FileProcessor(str(file), osmium.osm.NODE)
        return np.fromiter(((n.id, n.lon, n.lat) for n in nodes), dtype=kind)
    except UNREADABLE as error:
        raise SourceError(
            "{file} cannot be read: it is damaged, cut short, or not OpenStreetMap data."
            " Download it again. ({reason})",
            file=file.name,
            reason=str(error)[:200],
        ) from error


def cut(file: Path, boundary: BaseGeometry, out: Path, *, cache: Path) -> None:
    """
    Write what lies within a boundary, and about 2 km around it, as a file of its own.

    Ways and areas that reach beyond are kept whole.

    Parameters
    ----------
    file
        A file of OpenStreetMap data, sorted as such files are.
    boundary
        In longitude and latitude.
    out
        The file to write; it may not exist yet.
    cache
        As in `spots_of`.

    Raises
    ------
    SourceError
        If the file cannot be read, or holds nothing of that land.
    """
    numbers, degrees = spots_of(file, cache)
    land = widened(boundary)
    shapely.prepare(land)
    inside = numbers[shapely.contains_xy(land, degrees)]
    if not len(inside):
        raise SourceError(
            "{file} holds nothing of the land that was asked for: choose the extract of its"
            " county or country.",
            file=file.name,
        )
    nodes = osmium.FileProcessor(str(file), osmium.osm.NODE)
    wanted = osmium.filter.IdFilter(inside.tolist())
    with osmium.ForwardReferenceWriter(
        str(out), str(file), back_references=True, forward_relation_depth=1
    ) as writer:
        for node in nodes.with_filter(wanted):
            writer.add(node)


def read_cut(
    file: Path, boundary: BaseGeometry, *, cache: Path, progress: Progress = silent
) -> Extract:
    """
    Read one municipality out of a large file.

    Parameters
    ----------
    file, boundary, cache
        As in `cut`.
    progress
        Told how far it has come.

    Raises
    ------
    SourceError
        As `cut`.
    """
    progress(0.0, Message("Cutting the area out of {file}", {"file": file.name}))
    with TemporaryDirectory() as scratch:
        piece = Path(scratch) / "piece.osm.pbf"
        cut(file, boundary, piece, cache=cache)
        found = read_file(
            piece,
            keep_feature=wanted,
            keep_way=is_walkable,
            progress=lambda share, doing: progress(0.4 + 0.6 * share, doing),
        )
    return replace(clipped(found, widened(boundary)), boundary=boundary)


def widened(boundary: BaseGeometry) -> BaseGeometry:
    """Return a boundary in degrees with the land around it that walks may lead through."""
    lon, lat = MARGIN_DEGREES
    stretched = affinity.scale(boundary, 1 / lon, 1 / lat, origin=(0, 0))
    coarse = shapely.simplify(stretched, 0.1).buffer(1.1, quad_segs=4)
    return affinity.scale(coarse, lon, lat, origin=(0, 0))
