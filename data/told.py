"""All that is told of a land besides its map: by files, by services, by our catalogue."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from data.dwellings import ages
from data.extract import Progress
from data.http import Fetcher
from data.known import Known
from data.order import Order
from data.services import kommuner, swedish_kommuner
from data.services.service import Land
from geo.bundle import Source


def told(order: Order, land: Land, *, get: Fetcher, progress: Progress) -> Known:
    """
    Gather what is known of a land; the municipality's own files come before services.

    Parameters
    ----------
    order
        Which files, and whether services are asked.
    land
        What about. Its number decides whose ages it shares.
    get
        Asks the services.
    progress
        Told how far it has come.

    Raises
    ------
    SourceError
        If a file cannot be read. A service that fails is named in `Known.missing`.
    """
    of_land = () if order.boundary or not order.number else (_source(land),)
    if not (order.files or order.tables or order.services):
        return Known(ages=ages().get(land.number), terrain=order.terrain, sources=of_land)
    from data.own_files import read_own  # noqa: PLC0415 - few areas have files of their own
    from data.services.catalogue import SERVICES  # noqa: PLC0415 - or ask for anything
    from data.services.gather import gather, joined  # noqa: PLC0415

    known = []
    if order.files or order.tables:
        known.append(read_own(order.files, land, get, tables=order.tables)[0])
    if order.services:
        known.append(gather(land, SERVICES, get=get, without=order.without, progress=progress))
    found = joined(*known)
    terrain = order.terrain or found.terrain
    return replace(
        found,
        ages=found.ages or ages().get(land.number),
        terrain=terrain,
        sources=(*of_land, *found.sources),
    )


def _source(land: Land) -> Source:
    """Name who told where a municipality lies."""
    today = datetime.now(UTC).date().isoformat()
    name, of = ("SCB", swedish_kommuner) if land.country == "se" else ("Kartverket", kommuner)
    return Source(name, of.LICENCE, of.ATTRIBUTION, today, 1)
