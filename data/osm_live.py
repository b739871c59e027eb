"""The live door to OpenStreetMap: what is there today, from an Overpass service."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import osmium
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from data.extract import Extract, Progress, clipped, silent
from data.http import host_of, mirrored
from data.osm_file import read_file
from geo.errors import Message, SourceError

SERVICE = "https://overpass-api.de/api"


def read_live(
    boundary: BaseGeometry,
    *,
    tags: dict[str, frozenset[str] | None],
    keep_way: Callable[[Mapping[str, str]], bool],
    cache: Path,
    progress: Progress = silent,
    overpass_url: str = SERVICE,
) -> Extract:
    """
    Read the land within a boundary, and about 2 km around it, as it is mapped today.

    Parameters
    ----------
    boundary
        In longitude and latitude.
    tags
        What becomes a feature: per key the values wanted, `None` for any.
    keep_way
        Tells from its tags whether somebody could walk on a way.
    cache
        Folder for answers, which are asked for again after a week.
    progress
        Told how far it has come.
    overpass_url
        Of the service, without its last part.

    Returns
    -------
    extract
        Its date is that of the oldest answer. Tables are empty where nothing is mapped.

    Raises
    ------
    SourceError
        If the area is no area or far too large, or the service fails.
    """
    from data.overpass import download, outline  # noqa: PLC0415 - osmnx loads for a second

    url = mirrored(overpass_url).rstrip("/")
    land = outline(boundary, tags)
    folder = cache / "overpass" / _key(url, land, tags)
    answers = download(
        land,
        tags,
        folder=folder,
        url=url,
        tell=lambda share, doing: progress(0.8 * share, doing),
    )
    progress(0.8, Message("Reading what {host} sent", {"host": host_of(overpass_url)}))
    with TemporaryDirectory() as temporary:
        file = Path(temporary) / "live.osm.pbf"
        date = _write(answers, file, corner=land.exterior.coords[0], host=host_of(overpass_url))
        found = read_file(
            file,
            keep_feature=lambda has: any(
                key in has and (some is None or has[key] in some) for key, some in tags.items()
            ),
            keep_way=keep_way,
            progress=lambda share, doing: progress(0.85 + 0.15 * share, doing),
        )
    return replace(clipped(found, land), boundary=boundary, date=date)


def _key(url: str, land: Polygon, tags: Mapping[str, frozenset[str] | None]) -> str:
    """Name a question: another boundary, service or catalogue is another question."""
    asked = [url, land.wkt, sorted((key, sorted(some or "*")) for key, some in tags.items())]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:20]


def _write(answers: list[Path], file: Path, *, corner: tuple[float, ...], host: str) -> str:
    """
    Write all answers as one file of OpenStreetMap data, and return the oldest date.

    The file door then reads it, so that areas are put together and mended in the
    same way whichever door they came through.
    """
    dates: list[str] = []
    elements: dict[str, dict[int, dict[str, Any]]] = {"node": {}, "way": {}, "relation": {}}
    try:
        for path in answers:
            answer = json.loads(path.read_text(encoding="utf-8"))
            dates.append(str(answer.get("osm3s", {}).get("timestamp_osm_base", "")))
            for element in answer["elements"]:
                elements[element["type"]][element["id"]] = element
        here = max(elements["node"], default=0) + 1
        # A mark on the land, so that also an area where nothing is mapped is somewhere.
        lon, lat = corner[:2]
        elements["node"][here] = {"lon": lon, "lat": lat, "tags": {"note": "corner"}}
        with osmium.SimpleWriter(str(file)) as writer:
            for kind, add in (
                ("node", writer.add_node),
                ("way", writer.add_way),
                ("relation", writer.add_relation),
            ):
                for number, element in sorted(elements[kind].items()):
                    add(_element(kind, number, element))
    except (KeyError, TypeError, ValueError, AttributeError, RuntimeError) as error:
        raise SourceError(
            "The map service {host} sent map data in a form that is not known."
            " Look for a newer version of the program.",
            host=host,
        ) from error
    return min(dates, default="")[:10]


def _element(kind: str, number: int, element: dict[str, Any]) -> Any:
    tags = {key: str(value) for key, value in element.get("tags", {}).items()}
    if kind == "node":
        place = (element["lon"], element["lat"])
        return osmium.osm.mutable.Node(id=number, location=place, tags=tags)
    if kind == "way":
        return osmium.osm.mutable.Way(id=number, nodes=element.get("nodes", []), tags=tags)
    members = [(m["type"][0], m["ref"], m["role"]) for m in element.get("members", [])]
    return osmium.osm.mutable.Relation(id=number, members=members, tags=tags)
