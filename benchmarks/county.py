"""
A county of realistic size, built by one worker and by several.

Nobody gave us Nordland's map, so it is drawn from what there is: the real extract of central
Oslo is laid down in each of the 41 municipalities, all of it in Bodø and a piece that fits
their number of people in the others. Boundaries are the real ones.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from math import cos, radians, sqrt
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import osmium

from data.dwellings import ages
from data.ssbid import ssbid

STEP = 20_000_000_000
"""More than any number in the extract: what is laid down twice has numbers of its own."""

SMALLEST = 0.1
ROOT = Path(__file__).parent.parent


def draw(folder: Path, data: Path) -> list[str]:
    """Write map, boundaries and grid of the county; return the options that name them."""
    boundaries = data / "nordland" / "kommuner.geojson"
    land = gpd.read_file(boundaries).set_index("kommunenummer").sort_index()
    file = folder / "nordland.osm.pbf"
    elements = _elements(data / "oslo" / "oslo-sentrum.osm.pbf")
    homes = []
    with osmium.SimpleWriter(str(file)) as writer:
        for kind in ("node", "way", "relation"):
            for n, (number, row) in enumerate(land.iterrows(), 1):
                share = max(
                    SMALLEST, min(1.0, ages()[str(number)].total / ages()["1804"].total)
                )
                spot = row.geometry.representative_point()
                for element in _laid(elements, kind, (spot.x, spot.y), share, n * STEP):
                    getattr(writer, f"add_{kind}")(element)
                    if kind == "node" and "addr:housenumber" in element.tags:
                        homes.append(element.location)
    return [
        *("--osm", str(file), "--boundary", str(boundaries)),
        *("--file", str(_grid(folder, homes)), "--no-services"),
    ]


def _elements(extract: Path) -> dict[str, list[Any]]:
    """Return all elements of a file, in plain values."""
    found: dict[str, list[Any]] = {"node": [], "way": [], "relation": []}
    for one in osmium.FileProcessor(str(extract)):
        tags = dict(one.tags)
        if isinstance(one, osmium.osm.Node):
            found["node"].append((one.id, tags, (one.lon, one.lat)))
        elif isinstance(one, osmium.osm.Way):
            found["way"].append((one.id, tags, [node.ref for node in one.nodes]))
        elif isinstance(one, osmium.osm.Relation):
            members = [(m.type, m.ref, m.role) for m in one.members]
            found["relation"].append((one.id, tags, members))
    return found


def _laid(
    elements: dict[str, list[Any]], kind: str, spot: tuple[float, float], share: float, add: int
) -> Iterator[Any]:
    """Yield elements of one kind, moved to a spot; of nodes only those of a middle piece."""
    lon0, lat0 = 10.75, 59.92
    half_lon, half_lat = 0.03 * sqrt(share), 0.02 * sqrt(share)
    kept = {
        number
        for number, _, (lon, lat) in elements["node"]
        if abs(lon - lon0) <= half_lon and abs(lat - lat0) <= half_lat
    }
    wider = cos(radians(lat0)) / cos(radians(spot[1]))
    ways = {i for i, _, nodes in elements["way"] if sum(ref in kept for ref in nodes) > 1}
    mutable = osmium.osm.mutable
    for number, tags, rest in elements[kind]:
        if kind == "node" and number in kept:
            place = (spot[0] + (rest[0] - lon0) * wider, spot[1] + rest[1] - lat0)
            yield mutable.Node(id=number + add, location=place, tags=tags)
        elif kind == "way" and number in ways:
            yield mutable.Way(
                id=number + add, nodes=[r + add for r in rest if r in kept], tags=tags
            )
        elif kind == "relation" and all(k == "w" and ref in ways for k, ref, _ in rest):
            members = [(k, ref + add, role) for k, ref, role in rest]
            yield mutable.Relation(id=number + add, members=members, tags=tags)


def _grid(folder: Path, homes: list[Any]) -> Path:
    """Write a grid of people: three at each address of the map."""
    spots = gpd.points_from_xy(*np.array(homes).T, crs=4326).to_crs(25833)
    cells, addresses = np.unique(ssbid(spots.x, spots.y), return_counts=True)
    file = folder / "befolkning_250m_2026.csv"
    rows = [f"{cell};{3 * n}" for cell, n in zip(cells, addresses, strict=True)]
    file.write_text("\n".join(["ssbid250m;pop_tot", *rows]), encoding="utf-8")
    return file


def run(folder: Path, data: Path, workers: tuple[int, ...]) -> dict[str, float]:
    """Build the county once with each number of workers; return seconds by what was done."""
    began = time.monotonic()
    options = draw(folder, data)
    found = {"drawing": time.monotonic() - began}
    for many in workers:
        home = folder / f"store-{many}"
        shutil.rmtree(home, ignore_errors=True)
        asked = ["build", "18", *options, "--workers", str(many)]
        began = time.monotonic()
        subprocess.run(
            [sys.executable, "-m", "data", *asked],
            cwd=ROOT,
            check=True,
            env={**os.environ, "MOTEPLASS_HOME": str(home), "MOTEPLASS_LANGUAGE": "en"},
        )
        found[f"{many} workers"] = time.monotonic() - began
    return found
