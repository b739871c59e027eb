"""Download pieces of OpenStreetMap through osmnx: politely, boundedly, failing in words."""

from __future__ import annotations

import json
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import osmnx as ox
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from data.http import HOME, SECONDS_PER_DAY, USER_AGENT, host_of
from data.overpass_guard import Guard, failing_in_words
from geo.errors import Message, SourceError

TIMEOUT_S = 180
MAX_AGE_DAYS = 7
MARGIN_M = 2000.0
"""Places and paths this far beyond the boundary count too: people walk across it."""
MAX_AREA_KM2 = 25_000
MAX_QUESTION = 900_000
"""Characters. The service reads at most 1 MiB, and each tag repeats the outline thrice."""
PER_CORNER = 24

Values = Mapping[str, frozenset[str] | None]
"""Per key of OpenStreetMap the values wanted; `None` wants them all."""

_one_at_a_time = threading.Lock()
"""osmnx has one set of settings per process, and the service wants one question at a time."""


def outline(boundary: BaseGeometry, tags: Values) -> Polygon:
    """
    Return the land to ask for: the boundary and its margin, in few corners, without holes.

    Raises
    ------
    SourceError
        If it is no area, or larger than any municipality.

    Examples
    --------
    >>> town = shapely.Point(14.4, 67.28).buffer(0.1, quad_segs=2000)
    >>> asked = outline(town, {"amenity": frozenset(map(str, range(200)))})
    >>> asked.contains(town), len(asked.exterior.coords) < 65
    (True, True)
    """
    if not isinstance(boundary, Polygon | MultiPolygon) or boundary.is_empty:
        raise SourceError("The boundary of the area is not a polygon.")
    metric, crs = ox.projection.project_geometry(shapely.make_valid(boundary))
    area_km2 = shapely.area(shapely.convex_hull(metric)) / 1e6
    if area_km2 > MAX_AREA_KM2:
        raise SourceError(
            "The area spans {area} km²; at most {most} km² can be asked for."
            " Use a downloaded file instead.",
            area=round(area_km2),
            most=MAX_AREA_KM2,
        )
    parts = 3 * sum(1 if some is None else len(some) for some in tags.values())
    for tolerance_m in (50.0, 200.0, 800.0, 3200.0):
        coarse = shapely.simplify(metric, tolerance_m)
        wide: BaseGeometry = shapely.buffer(coarse, MARGIN_M + 2 * tolerance_m, quad_segs=4)
        if shapely.get_num_geometries(wide) > 1:
            wide = shapely.convex_hull(wide)  # osmnx asks for the hull of several parts
        edge = shapely.get_exterior_ring(shapely.simplify(wide, tolerance_m))
        if shapely.get_num_points(edge) * PER_CORNER * parts < MAX_QUESTION:
            break
    degrees, _ = ox.projection.project_geometry(
        Polygon(shapely.get_coordinates(edge)), crs=crs, to_latlong=True
    )
    return Polygon(shapely.get_coordinates(degrees))


def download(
    land: Polygon,
    tags: Values,
    *,
    folder: Path,
    url: str,
    tell: Callable[[float, Message], None],
) -> list[Path]:
    """
    Fetch features with `tags`, and every way that is a street or path.

    osmnx divides the land, asks, waits and keeps the answers. It is not asked to
    understand them: it drops or trips over what is drawn wrongly, and says nothing.

    Parameters
    ----------
    land
        In longitude and latitude.
    tags
        As `Values`.
    folder
        Where answers to this very question are kept, for `MAX_AGE_DAYS`.
    url
        Of the service, e.g. `"https://overpass-api.de/api"`.
    tell
        Told how far it has come, from 0 to 1.

    Returns
    -------
    answers
        Files of JSON, as the service wrote them.

    Raises
    ------
    SourceError
        If the service fails, is busy for long, or gives less than the whole.
    """
    host = host_of(url)
    share = 0.0

    def told(at: float, doing: Message) -> None:
        nonlocal share
        share = at
        tell(at, doing)

    guard = Guard(host, busy=lambda said: tell(share, said))
    with _one_at_a_time, failing_in_words(host), _polite_osmnx(folder, url, guard):
        _forget(folder.parent)
        if not folder.exists():
            _knock(url)
        try:
            _ask(land, tags, host, told)
        except json.JSONDecodeError:
            # A stop in the middle of writing left half an answer in the cache.
            shutil.rmtree(folder)
            _ask(land, tags, host, told)
        return sorted(folder.glob("*.json"))


def _ask(
    land: Polygon, tags: Values, host: str, tell: Callable[[float, Message], None]
) -> None:
    wanted: dict[str, bool | str | list[str]] = {
        key: True if some is None else sorted(some) for key, some in tags.items()
    }
    tell(0.0, Message("Asking {host} for places and buildings", {"host": host}))
    with suppress(InterruptedError):  # how osmnx says that it only fetched
        ox.features.features_from_polygon(land, wanted)
    tell(0.5, Message("Asking {host} for streets and paths", {"host": host}))
    with suppress(InterruptedError):
        ox.graph.graph_from_polygon(
            land,
            custom_filter='["highway"]',
            simplify=False,
            retain_all=True,
            truncate_by_edge=True,
        )


@contextmanager
def _polite_osmnx(folder: Path, url: str, guard: Guard) -> Iterator[None]:
    """Set osmnx up for us, and leave it as it was found."""
    ours = {
        "cache_folder": folder,
        "cache_only_mode": True,
        "doh_url_template": None,  # never ask a third party for addresses
        "http_referer": HOME,
        "http_user_agent": USER_AGENT,
        "overpass_rate_limit": True,
        "overpass_url": url,
        "requests_kwargs": {"hooks": {"response": guard}},
        "requests_timeout": TIMEOUT_S,
        "use_cache": True,
    }
    found = {name: getattr(ox.settings, name) for name in ours}
    resolve = socket.getaddrinfo  # osmnx pins the service's address for the whole process
    try:
        for name, value in ours.items():
            setattr(ox.settings, name, value)
        yield
    finally:
        for name, value in found.items():
            setattr(ox.settings, name, value)
        socket.getaddrinfo = resolve


def _knock(url: str) -> None:
    """Find out at once if nobody is there; osmnx would wait a minute first."""
    httpx.get(f"{url}/status", headers={"User-Agent": USER_AGENT}, timeout=30.0)


def _forget(cache: Path) -> None:
    """Remove answers that are too old, to this and to every other question."""
    oldest = time.time() - MAX_AGE_DAYS * SECONDS_PER_DAY
    for answer in cache.glob("*/*.json"):
        if answer.stat().st_mtime < oldest:
            answer.unlink(missing_ok=True)
