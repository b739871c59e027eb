"""Build an area: from whichever door, through the contracts, into a bundle on disk."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from data import bundle, kommuner, store
from data.assemble import Plan, assemble
from data.demos import demos, extract_of
from data.dwellings import ages
from data.extract import Extract, Progress, silent
from data.http import Fetcher
from data.matching import is_walkable
from data.osm_file import read_file
from data.terrain import require_heights
from data.text import plain
from data.wanted import wanted, wanted_tags
from geo.bundle import Bundle, Source
from geo.errors import BundleError, Message, SourceError


def ready(code: str, *, progress: Progress = silent) -> Bundle:
    """
    Return an area of the store; a demo area is built if it is not there yet, or is outdated.

    Raises
    ------
    BundleError
        If there is no such area, or it cannot be read.
    """
    if code not in demos():
        return bundle.read(code)
    try:
        return bundle.read(code)
    except BundleError:
        return build_demo(code, progress=progress)


def build_demo(
    code: str, *, terrain: Path | None = None, progress: Progress = silent
) -> Bundle:
    """Build one of the demo areas from the extract in the wheel; needs no network."""
    _require(terrain)
    demo = demos()[code]
    lived_by = ages()[demo.ages_from]
    plan = Plan(code, demo.name, demo.crs, lived_by, lent=True, terrain=terrain)
    return _kept(plan, _from_file(extract_of(code), progress), progress)


def build_file(
    file: Path,
    *,
    code: str,
    name: str,
    municipality: str = "",
    terrain: Path | None = None,
    progress: Progress = silent,
) -> Bundle:
    """
    Build an area from a file of OpenStreetMap data.

    Parameters
    ----------
    file
        See `data.osm_file`.
    code, name
        What to call it.
    municipality
        Number of the municipality it lies in, whose ages it shares; else the one
        whose border is in the file, if there is just one and its ages are known.
    terrain
        A raster of heights (see `data.terrain`), or `None`: only tags tell of slopes.
    progress
        Told how far the work has come.

    Raises
    ------
    SourceError, BundleError, CrsError
        In a sentence; an earlier area of that code is then unharmed.
    """
    store.folder(code)  # refuse a bad code, file or number before the long work
    _require(terrain)
    if municipality and municipality not in ages():
        raise SourceError(
            "The ages of municipality {number} are not known: choose from {known}.",
            number=municipality,
            known=", ".join(ages()),
        )
    extract = _from_file(file, progress)
    found = (
        [municipality] if municipality else [n for n in extract.municipalities if n in ages()]
    )
    lived_by = ages().get(found[0]) if len(found) == 1 else None
    plan = Plan(code, plain(name), ages=lived_by, terrain=terrain)
    return _kept(plan, extract, progress)


def build_municipality(
    number: str, *, terrain: Path | None = None, progress: Progress = silent
) -> Bundle:
    """
    Build a Norwegian municipality from the live services.

    Raises
    ------
    SourceError
        If there is no such municipality, or a service fails; what was there is unharmed.
    """
    _require(terrain)
    from data.osm_live import read_live  # noqa: PLC0415 - osmnx takes a second to import

    progress(0.0, Message("Asking for the boundary of {number}", {"number": number}))
    name, boundary = kommuner.municipality(number, get=Fetcher(store.cache_folder()))
    today = datetime.now(UTC).date().isoformat()
    source = Source(
        "Kartverket", kommuner.LICENCE, kommuner.ATTRIBUTION, today, 1, kommuner.SERVICE
    )
    extract = read_live(
        boundary,
        tags=wanted_tags(),
        keep_way=is_walkable,
        cache=store.cache_folder() / "overpass",
        progress=lambda share, doing: progress(0.5 * share, doing),
    )
    plan = Plan(
        code=number,
        name=plain(name),
        ages=ages().get(number),
        whole=True,
        sources=(source,),
        terrain=terrain,
    )
    return _kept(plan, extract, progress)


def _from_file(file: Path, progress: Progress) -> Extract:
    return read_file(file, keep_feature=wanted, keep_way=is_walkable, progress=progress)


def _require(terrain: Path | None) -> None:
    if terrain:
        require_heights(terrain)


def _kept(plan: Plan, extract: Extract, progress: Progress) -> Bundle:
    """Assemble an area and put it into the store."""
    built = assemble(plan, extract, progress=progress)
    progress(0.9, Message("Writing {name}", {"name": plan.name}))
    bundle.write(built)
    progress(1.0, Message("{name} is ready", {"name": plan.name}))
    return built
