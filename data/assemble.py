"""From an extract to the tables of an area, each through its contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import geopandas as gpd
from shapely import GeometryCollection
from shapely.geometry.base import BaseGeometry

from data.backdrop import backdrop_of
from data.barriers import barriers_of
from data.caveats import of_heights, of_paths, of_places
from data.dwellings import Ages
from data.extract import Extract, Progress, silent
from data.homes import homes_of
from data.paths import paths_of
from data.places import entrances_of, places_of
from data.terrain import terrain_of
from geo.bundle import Area, Bundle, Source
from geo.crs import WGS84, metric_crs, to_metric
from geo.errors import Message
from geo.paths.terrain import Terrain
from geo.tables import BOUNDARY, INCOMES, PLACES, REGISTER, ZONES


@dataclass(frozen=True, slots=True)
class Plan:
    """
    What to call an area, and what is known of it before its map is read.

    Parameters
    ----------
    code, name
        Of the area.
    crs
        Its metric CRS, or `""`: the one usual there.
    ages
        Who lives in its municipality, or `None`: unknown.
    whole
        Whether the area is all of that municipality.
    lent
        Whether the ages are an example, lent from another place.
    sources
        To be kept beside OpenStreetMap.
    terrain
        A raster of heights, or `None`: the land counts as level.
    """

    code: str
    name: str
    crs: str = ""
    ages: Ages | None = None
    whole: bool = False
    lent: bool = False
    sources: tuple[Source, ...] = ()
    terrain: Path | None = None


def assemble(plan: Plan, extract: Extract, *, progress: Progress = silent) -> Bundle:
    """
    Make all tables of an area.

    Parameters
    ----------
    plan, extract
        What is known, and what the map says.
    progress
        Told how far the work has come, from 0.5 on: the reading came before.

    Raises
    ------
    CrsError
        If the land lies outside the Nordic countries and no CRS was planned.
    SourceError
        If the heights cannot be read, or are those of another place.
    TableError
        If a table breaks its contract, which is a fault of this program.
    """
    centre = extract.boundary.centroid
    crs = plan.crs or metric_crs(centre.x, centre.y)
    outline = to_metric(gpd.GeoDataFrame(geometry=[extract.boundary], crs=WGS84), crs)
    land = outline.geometry.iloc[0]
    features = to_metric(extract.features, crs)
    progress(0.5, Message("Joining {n} stretches of path", {"n": len(extract.segments)}))
    paths = paths_of(extract, crs)
    barriers, gates = barriers_of(features)
    terrain, heights = _heights(plan, land, crs, paths)
    progress(0.6, Message("Finding places and their entrances"))
    places = places_of(features, land)
    entrances = entrances_of(places, features, paths, barriers, gates)
    progress(0.75, Message("Estimating residents"))
    homes, guessed = homes_of(features, paths, land, plan.ages, barriers, whole=plan.whole)
    doubts = (
        *of_places(places, whole=plan.whole),
        *of_paths(paths, barriers),
        *of_heights(terrain, paths),
    )
    return Bundle(
        area=Area(
            code=plan.code,
            name=plan.name,
            crs=crs,
            built=datetime.now(UTC).isoformat(timespec="seconds"),
            sources=(_osm(extract), *plan.sources, *heights, *_counted(plan)),
            notes=_notes(plan),
            warnings=(*doubts, *guessed, *extract.warnings),
        ),
        boundary=BOUNDARY.check(outline),
        places=PLACES.check(places),
        entrances=entrances,
        homes=homes,
        paths=paths,
        barriers=barriers,
        backdrop=backdrop_of(features, land.convex_hull),
        zones=ZONES.none(crs),
        incomes=INCOMES.none(crs),
        register=REGISTER.none(crs),
        terrain=terrain,
    )


def _heights(
    plan: Plan, land: BaseGeometry, crs: str, paths: gpd.GeoDataFrame
) -> tuple[Terrain | None, tuple[Source, ...]]:
    """Return the heights, and where they are from."""
    if plan.terrain is None:
        return None, ()
    reach = GeometryCollection([land, *paths.geometry])
    terrain, source = terrain_of(plan.terrain, reach, crs)
    return terrain, (source,)


def _osm(extract: Extract) -> Source:
    return Source(
        name="OpenStreetMap",
        licence="ODbL 1.0",
        attribution="© OpenStreetMap contributors",
        date=extract.date,
        rows=len(extract.features) + len(extract.ways),
        url="https://www.openstreetmap.org/copyright",
    )


def _counted(plan: Plan) -> tuple[Source, ...]:
    return (plan.ages.source,) if plan.ages else ()


def _notes(plan: Plan) -> tuple[Message, ...]:
    """Say what has to stand beside every figure."""
    estimated = Message("Residents are estimated from buildings, not counted.")
    if plan.ages is None:
        unknown = Message("Ages are not known here: only figures for everybody are given.")
        return estimated, unknown
    if plan.lent:
        text = "Ages are an example: the shares of {name}, not of this place."
        return estimated, Message(text, {"name": plan.ages.name})
    text = "Ages are as in {name} as a whole: where the young and the old live is not known."
    return estimated, Message(text, {"name": plan.ages.name})
