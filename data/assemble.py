"""From an extract, and what else is known, to the tables of an area, each by its contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain

import geopandas as gpd
import shapely
from shapely import GeometryCollection
from shapely.geometry.base import BaseGeometry

from data.backdrop import backdrop_of, sea_in
from data.barriers import barriers_of
from data.caveats import of_basis, of_groups, of_heights, of_paths, of_places
from data.extract import Extract, Progress, silent
from data.homes import homes_of
from data.incomes import checked, incomes_of
from data.known import Known
from data.paths import paths_of
from data.places import entrances_of, places_of
from data.register import decisions
from data.register.decided import unheard
from data.register.matching import matched
from data.register.merging import merged
from data.terrain import terrain_of
from geo.bundle import Area, Bundle, Source
from geo.crs import WGS84, metric_crs, to_metric
from geo.errors import Message
from geo.income_notes import income_notes
from geo.paths.terrain import Terrain
from geo.tables import BOUNDARY, PLACES, REGISTER, ZONES

Said = tuple[Message, ...]

COPYRIGHT = "https://www.openstreetmap.org/copyright"


@dataclass(frozen=True, slots=True)
class Plan:
    """
    What to call an area, and how to take what is known of it.

    Parameters
    ----------
    code, name
        Of the area.
    crs
        Its metric CRS, or `""`: the one usual there.
    country
        `"no"`, `"se"` or `"fi"`: who knows more of its people.
    whole
        Whether the area is all of the municipality whose ages are known.
    lent
        Whether those ages are an example, lent from another place.
    """

    code: str
    name: str
    crs: str = ""
    country: str = "no"
    whole: bool = False
    lent: bool = False


def assemble(
    plan: Plan, extract: Extract, known: Known, *, progress: Progress = silent
) -> Bundle:
    """
    Make all tables of an area.

    Parameters
    ----------
    plan, extract, known
        What to call it, what the map says, and what else is known.
    progress
        Told how far the work has come.

    Raises
    ------
    CrsError
        If the land lies outside the Nordic countries and no CRS was planned.
    SourceError
        If the heights cannot be read, or are those of another place.
    TableError
        If a table breaks its contract, which is a fault of this program.
    """
    crs = plan.crs or metric_crs(*extract.boundary.centroid.coords[0])
    outline = to_metric(gpd.GeoSeries([extract.boundary], crs=WGS84).to_frame("geometry"), crs)
    area = outline.geometry.iloc[0]
    features = to_metric(extract.features, crs)
    progress(0.0, Message("Joining {n} stretches of path", {"n": len(extract.segments)}))
    paths = paths_of(extract, crs)
    barriers, gates = barriers_of(features)
    terrain, heights = _heights(known, area, crs, paths)
    progress(0.3, Message("Finding places and their entrances"))
    places, register, doubts = _places(plan, known, features, area)
    entrances = entrances_of(places, features, paths, barriers, gates)
    progress(0.6, Message("Counting residents into their homes"))
    homes, guesses = homes_of(features, paths, area, known, barriers, whole=plan.whole)
    homes, incomes = incomes_of(homes, known, crs)
    warnings = chain(
        of_places(places, whole=plan.whole),
        of_paths(paths, barriers),
        *(of_heights(terrain, paths), doubts, guesses, known.doubts, extract.warnings),
        income_notes(incomes, known.facts, country=plan.country),
    )
    sources = _osm(extract), *known.sources, *heights, *_counted(known)
    sea = sea_in(features, area.convex_hull)
    return Bundle(
        area=_area(plan, crs, known, sources, (_notes(plan, known, homes), tuple(warnings))),
        boundary=_land(outline, sea),
        places=PLACES.check(places),
        entrances=entrances,
        homes=homes,
        paths=paths,
        barriers=barriers,
        backdrop=backdrop_of(features, sea),
        zones=checked(known.zones, ZONES, crs),
        incomes=incomes,
        register=register,
        terrain=terrain,
    )


def _land(outline: gpd.GeoDataFrame, sea: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """Return an outline without its sea; all of it if nothing were left."""
    land = outline.set_geometry(outline.difference(shapely.union_all(sea.to_numpy())))
    return BOUNDARY.check(outline if land.is_empty.all() else land)


def _area(
    plan: Plan, crs: str, known: Known, sources: tuple[Source, ...], said: tuple[Said, Said]
) -> Area:
    return Area(
        code=plan.code,
        name=plan.name,
        crs=crs,
        built=datetime.now(UTC).isoformat(timespec="seconds"),
        sources=sources,
        notes=said[0],
        warnings=said[1],
        facts=known.facts,
        missing=known.missing,
    )


def _places(
    plan: Plan, known: Known, features: gpd.GeoDataFrame, area: BaseGeometry
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, tuple[Message, ...]]:
    """Return the places that any source knows, what each says, and what was not understood."""
    places = places_of(features, area)
    if known.register is None:
        return places, REGISTER.none(features.crs.to_string()), ()
    decided, doubts = decisions.read(plan.code)
    rows = to_metric(known.register, features.crs.to_string())
    register = matched(places, rows, decided)
    places = merged(places, register, land=area)
    keys = set(zip(register["source"], register["ref"], strict=True))
    return places, register, (*doubts, *unheard(decided, keys, places.index))


def _heights(
    known: Known, land: BaseGeometry, crs: str, paths: gpd.GeoDataFrame
) -> tuple[Terrain | None, tuple[Source, ...]]:
    """Return the heights, and where they are from, unless that is told already."""
    if known.terrain is None:
        return None, ()
    reach = GeometryCollection([land, *paths.geometry])
    terrain, source = terrain_of(known.terrain, reach, crs)
    told = source.name in {one.name for one in known.sources}
    return terrain, () if told else (source,)


def _notes(plan: Plan, known: Known, homes: gpd.GeoDataFrame) -> Said:
    """Say what has to stand beside every figure."""
    return of_basis(homes), *of_groups(homes, known, lent=plan.lent)


def _osm(extract: Extract) -> Source:
    rows, url = len(extract.features) + len(extract.ways), COPYRIGHT
    thanks = "© OpenStreetMap contributors"
    return Source("OpenStreetMap", "ODbL 1.0", thanks, extract.date, rows, url)


def _counted(known: Known) -> tuple[Source, ...]:
    """Name who counted the ages, unless that is told already."""
    source = known.ages.source if known.ages else None
    return (source,) if source and source not in known.sources else ()
