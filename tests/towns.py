"""Small towns drawn in code, in metres, so that every answer is mental arithmetic."""

from __future__ import annotations

import bz2
import gzip
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import nan
from pathlib import Path
from xml.sax.saxutils import quoteattr

import geopandas as gpd
import numpy as np
import osmium
import shapely
from pyproj import Transformer

from data.catalogue import families, groups, kinds, walkers
from geo.answer import Catalogue
from geo.bundle import Area, Bundle
from geo.model import Gait
from geo.paths.joining import join
from geo.paths.network import build
from geo.paths.walking import level_m
from geo.search.access import Nearest, nearest
from geo.search.hierarchy import hierarchy, weigh
from geo.tables import (
    BACKDROP,
    BARRIERS,
    BOUNDARY,
    ENTRANCES,
    GROUPS,
    HOMES,
    INCOMES,
    PATHS,
    PLACES,
    REGISTER,
    ZONES,
)

CRS = "EPSG:25833"
SQUARE_M = (474_000.0, 7_463_000.0)
"""Where (0, 0) of every drawn town lies: a spot in Bodø."""

LEVEL, WHEELS = Gait(slope="none"), Gait(slope="none", wheels="wheelchair")
"""On foot, and in a wheelchair: a metre is a metre."""

NOTHING = {table.name: table.none(CRS) for table in (BACKDROP, ZONES, INCOMES, REGISTER)}
"""What a drawn town knows nothing of."""

XY = tuple[float, float]
_to_degrees = Transformer.from_crs(CRS, 4326, always_xy=True).transform


def lonlat(xy: XY) -> XY:
    """Return where a spot of a drawn town lies, in degrees as OpenStreetMap rounds them."""
    lon, lat = _to_degrees(SQUARE_M[0] + xy[0], SQUARE_M[1] + xy[1])
    return round(lon, 7), round(lat, 7)


def box(west: float, south: float, east: float, north: float) -> list[XY]:
    """Return the corners of a box, to be closed."""
    return [(west, south), (east, south), (east, north), (west, north)]


class Drawing:
    """
    A piece of OpenStreetMap, drawn in metres east and north of (0, 0).

    What is drawn through the same spot shares the node there; what only crosses
    in the air, as a bridge does, shares none.
    """

    def __init__(self) -> None:
        self._nodes: dict[XY, int] = {}
        self._tags: dict[int, Mapping[str, str]] = {}
        self._lines: list[str] = []
        self._ways = 0
        self._relations = 0

    def node(self, xy: XY, **tags: str) -> str:
        """Draw a point, and return its id."""
        number = self._nodes.setdefault(xy, len(self._nodes) + 1)
        self._tags[number] = tags
        return f"n{number}"

    def way(self, line: Iterable[XY], *, missing: Sequence[int] = (), **tags: str) -> str:
        """Draw a line; `missing`: nodes after its end that the file lacks."""
        refs = [self._nodes.setdefault(xy, len(self._nodes) + 1) for xy in line]
        inside = "".join(f'<nd ref="{ref}"/>' for ref in [*refs, *missing])
        self._ways += 1
        self._lines.append(f'<way id="{self._ways}" version="1">{inside}{_told(tags)}</way>')
        return f"w{self._ways}"

    def area(self, corners: Sequence[XY], **tags: str) -> str:
        """Draw a closed way."""
        return self.way([*corners, corners[0]], **tags)

    def relation(self, members: Iterable[tuple[str, str]], **tags: str) -> str:
        """Draw a multipolygon of ways: pairs of an id, as `"w1"`, and a role."""
        inside = "".join(
            f'<member type="way" ref="{i[1:]}" role="{role}"/>' for i, role in members
        )
        self._relations += 1
        tags = {"type": "multipolygon"} | tags
        self._lines.append(
            f'<relation id="{self._relations}" version="1">{inside}{_told(tags)}</relation>'
        )
        return f"r{self._relations}"

    def xml(self) -> str:
        """Return the file's text: nodes, ways, relations."""
        nodes = []
        for xy, number in self._nodes.items():
            lon, lat = lonlat(xy)
            told = _told(self._tags.get(number, {}))
            nodes.append(
                f'<node id="{number}" version="1" lon="{lon:.7f}" lat="{lat:.7f}">{told}</node>'
            )
        ordered = sorted(self._lines, key=lambda line: line.startswith("<relation"))
        return f'<osm version="0.6">{"".join([*nodes, *ordered])}</osm>'

    def save(self, path: Path) -> Path:
        """Write the drawing, in whichever form the file's ending says."""
        text = self.xml().encode()
        if path.name.endswith(".pbf"):
            plain = path.with_name(path.name + ".osm")
            plain.write_bytes(text)
            with osmium.SimpleWriter(str(path), overwrite=True) as writer:
                for element in osmium.FileProcessor(str(plain)):
                    writer.add(element)
            plain.unlink()
        else:
            pack = {".gz": gzip.compress, ".bz2": bz2.compress}.get(path.suffix, bytes)
            path.write_bytes(pack(text))
        return path


def _told(tags: Mapping[str, str]) -> str:
    return "".join(f"<tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in tags.items())


def streets(
    *lines: Sequence[XY], steps: Iterable[int] = (), **told: Mapping[int, object]
) -> gpd.GeoDataFrame:
    """
    Return paths that meet where they end in the same spot.

    `steps`: which are stairs; `told`: what else is known of some of them, by column,
    such as `lit={0: "yes"}`. The rest is not known; no wheels roll on stairs.
    """
    stairs = [n in set(steps) for n in range(len(lines))]
    ends = [end for line in lines for end in (line[0], line[-1])]
    number = {xy: n for n, xy in enumerate(dict.fromkeys(ends), 100)}
    table = gpd.GeoDataFrame(
        {
            "u": [number[line[0]] for line in lines],
            "v": [number[line[-1]] for line in lines],
            "way": range(len(lines)),
            "highway": "footway",
            "name": [f"Street {n}" for n in range(len(lines))],
            "steps": stairs,
            **{
                c: ["no" if one else "unknown" for one in stairs]
                for c in ("wheelchair", "pram")
            },
            **dict.fromkeys(("surface", "lit", "winter"), "unknown"),
            "structure": "ground",
            "incline": nan,
        },
        geometry=[shapely.LineString(line) for line in lines],
        crs=CRS,
    )
    for column, values in told.items():
        for n, value in values.items():
            table.loc[n, column] = value
    kinds_of = {name: column.dtype.type for name, column in PATHS.columns.items()}
    return PATHS.check(table.assign(length_m=table.length).astype(kinds_of))


def lines_between(what: str, *lines: Sequence[XY]) -> gpd.GeoDataFrame:
    """Return barriers of one sort."""
    return BARRIERS.check(
        gpd.GeoDataFrame(
            {"what": [what] * len(lines)},
            geometry=[shapely.LineString(line) for line in lines],
            crs=CRS,
        ).astype({"what": str})
    )


def points(*xy: XY) -> gpd.GeoSeries:
    """Return points of a town that needs no degrees."""
    return gpd.GeoSeries([shapely.Point(one) for one in xy], crs=CRS)


def walk(
    paths: gpd.GeoDataFrame,
    homes: Sequence[XY],
    doors: Sequence[XY],
    *,
    gait: Gait = LEVEL,
    barriers: gpd.GeoDataFrame | None = None,
) -> Nearest:
    """Walk from homes to doors along some streets."""
    network = build(paths)
    level = level_m(paths, gait)
    usable = np.isfinite(level_m(paths, replace(gait, certain=False)))
    lines = None if barriers is None else barriers.geometry
    ends = [
        join(network, points(*spots), usable=usable, barriers=lines) for spots in (homes, doors)
    ]
    weighed = weigh(hierarchy(network.u, network.v, network.xy), level)
    one_kind = np.zeros(len(doors), dtype=np.intp)
    return nearest(weighed, *ends, kind=one_kind, kinds=1)[0]


def catalogue() -> Catalogue:
    """Return what questions may speak of."""
    return Catalogue(kinds(), groups(), walkers(), families())


def bundle(
    paths: gpd.GeoDataFrame,
    homes: Mapping[XY, Mapping[str, float]],
    places: Mapping[str, tuple[str, XY]],
) -> Bundle:
    """
    Return an area without going over files.

    `homes`: people by group at each spot; groups that are not told are unknown.
    `places`: kinds, joined by `;`, and the spot of each, by its id.
    """
    known = [{group: people.get(group, nan) for group in GROUPS} for people in homes.values()]
    where = [spot for _, spot in places.values()]
    of = [of for of, _ in places.values()]
    lead = [one.split(";")[0] for one in of]
    land = shapely.box(-1000, -1000, 2000, 2000)
    return Bundle(
        area=Area("toytown", "Toytown", CRS, "2026-11-20T12:00:00+00:00"),
        boundary=BOUNDARY.check(gpd.GeoDataFrame(geometry=[land], crs=CRS)),
        places=PLACES.check(
            _table(
                {
                    **{c: [""] * len(of) for c in ("name", "opening_hours", "wheelchair")},
                    "kind": lead,
                    "kinds": of,
                    "family": [kinds()[kind].family for kind in lead],
                    "setting": [kinds()[kind].setting for kind in lead],
                    "area_m2": [nan] * len(of),
                    "inside": [land.contains(shapely.Point(spot)) for spot in where],
                    "osm_ids": list(places),
                    "sources": ["osm"] * len(of),
                    "updated": [""] * len(of),
                },
                where,
                index=list(places),
            )
        ),
        entrances=ENTRANCES.check(
            _table({"place_id": list(places), "how": ["point"] * len(of)}, where)
        ),
        homes=HOMES.check(
            _table(
                {
                    "building": [f"w{n}" for n in range(len(homes))],
                    **{group: [float(row[group]) for row in known] for group in GROUPS},
                    "basis": ["building"] * len(homes),
                    **{c: [""] * len(homes) for c in ("zone", "income")},
                },
                list(homes),
                index=[f"h{n}" for n in range(len(homes))],
            )
        ),
        paths=PATHS.check(paths),
        barriers=lines_between("fence"),
        **NOTHING,
    )


def _table(
    columns: Mapping[str, list[object]], where: Sequence[XY], index: Sequence[str] | None = None
) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        columns, geometry=[shapely.Point(xy) for xy in where], index=index, crs=CRS
    )
