"""From an extract to the tables of an area, each through its contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import geopandas as gpd

from data.backdrop import backdrop_of
from data.dwellings import Ages
from data.extract import Extract, Progress, silent
from data.homes import homes_of
from data.paths import paths_of
from data.places import entrances_of, places_of
from geo.bundle import Area, Bundle, Source
from geo.crs import WGS84, metric_crs, to_metric
from geo.errors import Message
from geo.network import build
from geo.tables import BOUNDARY, PLACES


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
    """

    code: str
    name: str
    crs: str = ""
    ages: Ages | None = None
    whole: bool = False
    lent: bool = False
    sources: tuple[Source, ...] = ()


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
    progress(0.6, Message("Finding places and their entrances"))
    places = places_of(features, land)
    entrances = entrances_of(places, features, paths)
    progress(0.75, Message("Estimating residents"))
    homes, guessed = homes_of(features, paths, land, plan.ages, whole=plan.whole)
    counted = (plan.ages.source,) if plan.ages else ()
    area = Area(
        code=plan.code,
        name=plan.name,
        crs=crs,
        built=datetime.now(UTC).isoformat(timespec="seconds"),
        sources=(_osm(extract), *plan.sources, *counted),
        notes=_notes(plan),
        warnings=(*_caveats(plan, places, paths), *guessed, *extract.warnings),
    )
    return Bundle(
        area=area,
        boundary=BOUNDARY.check(outline),
        places=PLACES.check(places),
        entrances=entrances,
        homes=homes,
        paths=paths,
        backdrop=backdrop_of(features, land.convex_hull),
    )


def _osm(extract: Extract) -> Source:
    return Source(
        name="OpenStreetMap",
        licence="ODbL 1.0",
        attribution="© OpenStreetMap contributors",
        date=extract.date,
        rows=len(extract.features) + len(extract.ways),
        url="https://www.openstreetmap.org/copyright",
    )


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


def _caveats(
    plan: Plan, places: gpd.GeoDataFrame, paths: gpd.GeoDataFrame
) -> tuple[Message, ...]:
    """Say what else a reader of the figures has to know."""
    said = []
    if not plan.whole:
        said.append(
            Message(
                "Walks and places beyond the edge of the area are not seen;"
                " near it, access may be better than shown."
            )
        )
    if places.empty:
        said.append(Message("There are no meeting places in the data for this area."))
    if paths.empty:
        said.append(
            Message(
                "There are no paths or streets in the data for this area:"
                " nobody can be joined to a place."
            )
        )
        return tuple(said)
    network = build(paths)
    lost_km = network.length_m[network.island].sum() / 1000
    if lost_km:
        said.append(
            Message(
                "{km} km of path hang together with nothing else and are not used.",
                {"km": round(lost_km, 1)},
            )
        )
    return tuple(said)
