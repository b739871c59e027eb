"""Schools and kindergartens, from both doors of their registers: the quick and the full one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import geopandas as gpd
import pandas as pd

from data.http import Get
from data.known import Known
from data.services import nsr
from data.services import schools as quick
from data.services.service import Land, Service
from geo.errors import Message, SourceError

Full = Callable[[frozenset[str]], Known]


def schools(land: Land, get: Get) -> Known:
    """
    Read schools: those in operation with two questions, then what only the register knows.

    The register adds folk high schools and whatever else is missing, and names the special
    schools, which are left out. If one of the two doors is closed, the other stands in, and
    `missing` says what that means.

    Raises
    ------
    SourceError
        If both fail.
    """
    special: frozenset[str] = frozenset()

    def full(known: frozenset[str]) -> Known:
        nonlocal special
        special = nsr.special_schools(land, get)
        return nsr.schools(land, get, known=known)

    without = Message(
        "The register of schools cannot be asked: folk high schools are missing, and special"
        " schools are left out only where their name says that they are."
    )
    known = _both(quick.SCHOOLS, lambda: quick.schools(land, get), full, without)
    table = known.register
    if table is None:
        return known
    return replace(known, register=table[~table["ref"].isin(special)].reset_index(drop=True))


def kindergartens(land: Land, get: Get) -> Known:
    """
    Read kindergartens from both doors, as `schools`.

    Raises
    ------
    SourceError
        If both fail.
    """
    without = Message("The register of kindergartens cannot be asked: some may be missing.")
    return _both(
        quick.KINDERGARTENS,
        lambda: quick.kindergartens(land, get),
        lambda known: nsr.kindergartens(land, get, known=known),
        without,
    )


def _both(service: Service, first: Callable[[], Known], full: Full, without: Message) -> Known:
    """Return what both doors tell, each school once, as rows of one service."""
    told: list[Known] = []
    missing: list[Message] = []
    try:
        told.append(first())
    except SourceError as error:
        fault = error
    refs = [ref for one in told for ref in _rows(one)["ref"]]
    try:
        told.append(full(frozenset(refs)))
    except SourceError:
        if not told:
            raise fault from None
        missing.append(without)
    tables = [_rows(one) for one in told]
    filled = [table for table in tables if len(table)] or tables[:1]
    return Known(
        register=pd.concat(filled, ignore_index=True).assign(source=service.key),
        sources=tuple(source for one in told for source in one.sources if source.rows),
        missing=(*(message for one in told for message in one.missing), *missing),
    )


def _rows(known: Known) -> gpd.GeoDataFrame:
    return known.register if known.register is not None else gpd.GeoDataFrame({"ref": []})


SCHOOLS = replace(quick.SCHOOLS, read=schools)
KINDERGARTENS = replace(quick.KINDERGARTENS, read=kindergartens)
