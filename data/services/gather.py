"""Ask all services about a land; whichever fails leaves what the others know whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from typing import TypeVar

import geopandas as gpd
import pandas as pd

from data.extract import Progress, silent
from data.http import Fetcher, Get
from data.known import Known
from data.services.service import Land, Service
from geo.crs import to_metric
from geo.errors import Message, SourceError

COMMON = "EPSG:25833"
"""Metres, and one zone for all; whoever puts an area together turns them into its own."""
AT_ONCE = 4
"""Services that are asked at the same time. `Fetcher` keeps those of one host apart."""

One = TypeVar("One")


def gather(
    land: Land,
    services: Sequence[Service],
    *,
    get: Fetcher,
    without: Collection[str] = (),
    progress: Progress = silent,
) -> Known:
    """
    Return what services know of a land, and in words what could not be had.

    Parameters
    ----------
    land
        What they are asked about. Those that know nothing of its country are not asked.
    services
        The ones to believe first come first, see `joined`.
    get
        The real one: it keeps answers for as long as each service says, and only if they
        could be read; older ones stand in for a service that fails.
    without
        Keys of services to leave out.
    progress
        Told whenever one has answered, or has not, from this thread.

    Returns
    -------
    known
        Its tables are in `land.crs`. `missing` names each service that failed, why, and
        what stood in for it.

    Raises
    ------
    SourceError
        If `without` names a service that is not there. Not if one fails, or all.

    Examples
    --------
    >>> from pathlib import Path
    >>> from shapely import box
    >>> def broken(land: Land, get: Get) -> Known:
    ...     raise SourceError("It is closed.")
    >>> service = Service("nsr", "Schools", "NLOD", "Udir", "https://udir", ("no",), 7, broken)
    >>> bodo = Land("1804", "Bodø", "no", box(14, 67, 15, 68), "EPSG:25833")
    >>> print(*gather(bodo, [service], get=Fetcher(Path("cache"))).missing)
    Schools: nothing could be had. It is closed.
    """
    unknown = set(without) - {service.key for service in services}
    if unknown:
        raise SourceError(
            "There is no service {key}: choose from {known}.",
            key=min(unknown),
            known=", ".join(service.key for service in services),
        )
    asked = [s for s in services if land.country in s.countries and s.key not in without]
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        futures = {pool.submit(_asked, one, land, get): one for one in asked}
        for done, future in enumerate(as_completed(futures), 1):
            progress(done / len(asked), future.result().told)
        return joined(*(future.result().known for future in futures))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    """What one service knows, and how it went."""

    known: Known
    told: Message


def _asked(service: Service, land: Land, get: Fetcher) -> _Answer:
    """Ask one service; it is to break nothing but its own answer, whatever it sends."""
    own = get.lasting(service.days)
    who = {"service": Message(service.name)}
    try:
        known = own.reading(lambda get: _read(service, land, get))
    except SourceError as error:
        why = {**who, "reason": error.message}
        missing = Message("{service}: nothing could be had. {reason}", why)
        return _Answer(Known(missing=(missing,)), Message("{service}: no answer", who))
    aged = [
        Message("{service}: no answer now; that of {date} is used.", {**who, "date": day})
        for day in own.aged
    ]
    known = replace(known, missing=(*known.missing, *aged))
    return _Answer(known, Message("{service}: answered", who))


def _read(service: Service, land: Land, get: Get) -> Known:
    """Read what it says; whatever a reader trips over is a service that has changed."""
    try:
        return _metric(service.read(land, get), land.crs)
    except SourceError:
        raise
    except Exception as error:
        raise SourceError(
            "Its answer is in a form that is not known."
            " It may have changed: look for a newer version of the program."
        ) from error


def _metric(known: Known, crs: str) -> Known:
    """Turn its tables into the CRS of the land: what cannot be turned is its own fault."""

    def turned(table: gpd.GeoDataFrame | None) -> gpd.GeoDataFrame | None:
        return None if table is None else to_metric(table, crs)

    return replace(
        known,
        grid=turned(known.grid),
        zones=turned(known.zones),
        incomes=turned(known.incomes),
        register=turned(known.register),
    )


def joined(*knowns: Known) -> Known:
    """
    Return what several sources know together.

    Rows of registers, facts, sources and what is missing are all kept, in order. Of
    residents' ages, the grid, the zones, incomes and heights there can be only one:
    two counts of the same people do not add up. The first that tells it is believed,
    so a file of the planner's own comes before services.

    Parameters
    ----------
    *knowns
        The registers of several are turned into `COMMON` if they are in different CRS.

    Examples
    --------
    >>> from geo.bundle import Source
    >>> ssb, udir = (Source(who, "NLOD", who, "2026", 1) for who in ("SSB", "Udir"))
    >>> both = joined(Known(sources=(ssb,)), Known(sources=(udir,)))
    >>> [source.name for source in both.sources]
    ['SSB', 'Udir']
    """
    return Known(
        ages=_first(one.ages for one in knowns),
        grid=_first(one.grid for one in knowns),
        zones=_first(one.zones for one in knowns),
        incomes=_first(one.incomes for one in knowns),
        register=_rows([one.register for one in knowns if one.register is not None]),
        facts=tuple(fact for one in knowns for fact in one.facts),
        terrain=_first(one.terrain for one in knowns),
        sources=tuple(source for one in knowns for source in one.sources),
        missing=tuple(message for one in knowns for message in one.missing),
        doubts=tuple(message for one in knowns for message in one.doubts),
    )


def _rows(registers: Sequence[gpd.GeoDataFrame]) -> gpd.GeoDataFrame | None:
    if not registers:
        return None
    if len({register.crs for register in registers}) > 1:
        registers = [to_metric(register, COMMON) for register in registers]
    filled = [register for register in registers if len(register)] or registers[:1]
    return pd.concat(filled, ignore_index=True)


def _first(given: Iterable[One | None]) -> One | None:
    return next((one for one in given if one is not None), None)
