"""Build an area: from an order, through the contracts, into a bundle on disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from data import bundle, store
from data.assemble import Plan, assemble
from data.demos import demos, extract_of
from data.dwellings import ages
from data.example_incomes import example_of
from data.extract import Extract, Progress, part, silent
from data.http import Fetcher
from data.known import Known
from data.mapped import mapped, read_whole, whole_of
from data.order import Order
from data.terrain import require_heights
from data.text import plain
from data.told import told
from geo.bundle import Bundle
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
    demo = demos()[code]
    order = Order(code, demo.name, country="fi", osm=extract_of(code), terrain=terrain)
    require(order)
    extract = read_whole(extract_of(code), part(progress, 0.0, 0.6))
    land = whole_of(extract, number="", name=demo.name, country="fi")
    known = replace(example_of(code, land), ages=ages()[demo.ages_from], terrain=terrain)
    plan = Plan(code, demo.name, demo.crs, country="fi", lent=True)
    return _kept(plan, extract, known, order, progress)


def build_file(
    file: Path,
    *,
    code: str,
    name: str,
    municipality: str = "",
    terrain: Path | None = None,
    progress: Progress = silent,
) -> Bundle:
    """Build an area from a file of OpenStreetMap data alone; see `build`."""
    order = Order(code, name, within=municipality, osm=file, terrain=terrain)
    return build(order, progress=progress)


def build_municipality(number: str, *, progress: Progress = silent) -> Bundle:
    """Build a Norwegian municipality from today's map and all open services; see `build`."""
    return build(Order(number, number=number, services=True), progress=progress)


def build(order: Order, *, progress: Progress = silent) -> Bundle:
    """
    Build an area.

    Parameters
    ----------
    order
        What, and what from. Without a file of OpenStreetMap data, today's map is
        asked for. If neither a number nor an outline is given, the area is all that
        the file holds; the municipality it lies in is then the one named, else the
        one whose border is in the file, if there is just one.
    progress
        Told how far the work has come.

    Returns
    -------
    bundle
        As it lies in the store now.

    Raises
    ------
    SourceError, BundleError, CrsError
        In a sentence; an earlier area of that code is then unharmed. A service that
        fails is no fault: it is named in `Area.missing`.
    """
    require(order)
    get = Fetcher(store.cache_folder())
    missing: list[Message] = []
    land, extract = mapped(
        order, get=get, progress=part(progress, 0.0, 0.4), tell=missing.append
    )
    known = told(order, land, get=get, progress=part(progress, 0.4, 0.6))
    known = replace(known, missing=(*missing, *known.missing))
    plan = Plan(
        order.code,
        plain(order.name or land.name),
        land.crs,
        country=land.country,
        whole=bool(order.number),
    )
    return _kept(plan, extract, known, order, progress)


def require(order: Order) -> None:
    """
    Refuse an order that cannot be met, before the long work.

    Raises
    ------
    BundleError, SourceError
        If the code is none, a file is not there, or a number is not known.
    """
    store.folder(order.code)
    for path in order.paths:
        if not path.is_file():
            raise SourceError("There is no file {file}.", file=str(path))
    if order.terrain:
        require_heights(order.terrain)
    if order.within and order.within not in ages():
        raise SourceError(
            "The ages of municipality {number} are not known: choose from {known}.",
            number=order.within,
            known=", ".join(ages()),
        )
    if not (order.number or order.boundary or order.osm):
        raise SourceError("Name a municipality, an outline, or a file of OpenStreetMap data.")


def _kept(
    plan: Plan, extract: Extract, known: Known, order: Order, progress: Progress
) -> Bundle:
    """Assemble an area and put it into the store."""
    built = assemble(plan, extract, known, progress=part(progress, 0.6, 0.9))
    progress(0.9, Message("Writing {name}", {"name": plan.name}))
    bundle.write(built, order)
    progress(1.0, Message("{name} is ready", {"name": plan.name}))
    return built
