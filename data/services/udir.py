"""How both registers of the Directorate for Education are asked: a list, then unit by unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from data.http import Get
from data.services.entries import Entry
from data.services.placed import settled
from data.services.registers import (
    changed,
    day,
    json_object,
    number_of,
    point,
    text,
)
from data.services.service import Land
from geo.errors import NotFoundError

Unit = dict[str, Any]


def rows_of(
    base: str,
    land: Land,
    get: Get,
    *,
    kind_of: Callable[[Unit], str],
    known: frozenset[str],
) -> tuple[list[Entry], tuple[str, ...]]:
    """
    Read the units of a municipality: lists have no positions, so each is asked about.

    Parameters
    ----------
    base
        Address of the register.
    land
        Asked by its number.
    get
        Fetches a URL.
    kind_of
        The kind of a unit, or `""` if it is not wanted; it is asked of the row in the
        list and of the unit itself, so that nothing is asked about what is left out.
    known
        Numbers of units that are not asked about.

    Returns
    -------
    rows
        Each unit once.
    nowhere
        Names of those without a usable position (null, 0 or outside Norway), whose
        address is not found either.

    Raises
    ------
    SourceError
        If the land has no number, or the register fails or has changed.
    """
    listed = dict(units(f"{base}/enheter/kommune/{number_of(land)}", get))
    rows = []
    for number, unit in listed.items():
        if number in known or not kind_of(unit):
            continue
        try:
            whole = _unit(f"{base}/enhet/{number}", number, get)
        except NotFoundError:  # gone since the list was made
            continue
        row = _row(number, whole, kind_of(whole))
        if row.kind:
            rows.append(row)
    return settled(rows, land, get)


def units(url: str, get: Get) -> Iterator[tuple[str, Unit]]:
    """
    Yield the numbers and rows of a list. It is whole: lists of one municipality have no pages.

    Raises
    ------
    SourceError
        If the register fails or has changed.
    """
    answer = json_object(get(url), url)
    found = answer.get("EnhetListe")
    if not isinstance(found, list) or answer.get("AntallSider") not in (None, 0, 1):
        raise changed(url)
    for unit in found:
        if not isinstance(unit, dict):
            raise changed(url)
        number = text(unit.get("Organisasjonsnummer"))
        if re.fullmatch("[A-Z0-9]{9}", number):  # it goes into an address
            yield number, unit


def categories(unit: Unit, column: str) -> list[str]:
    """
    Return the `"Id"` or `"Navn"` of the categories of a unit.

    Examples
    --------
    >>> categories({"Skolekategorier": [{"Id": "11", "Navn": "Folkehøyskole"}]}, "Id")
    ['11']
    """
    told = unit.get("Skolekategorier") or unit.get("Barnehagekategorier")
    told = told if isinstance(told, list) else []
    return [str(one.get(column, "")) for one in told if isinstance(one, dict)]


def _unit(url: str, number: str, get: Get) -> Unit:
    unit = json_object(get(url), url)
    if unit.get("Organisasjonsnummer") != number:
        raise changed(url)
    return unit


def _row(number: str, unit: Unit, kind: str) -> Entry:
    at, address = (_part(unit, one) for one in ("Koordinat", "Beliggenhetsadresse"))
    town = f"{text(address.get('Postnummer'))} {text(address.get('Poststed')).title()}"
    lines = (text(address.get("Adresse")).strip(), town.strip())
    return Entry(
        ref=number,
        name=text(unit.get("Navn")) or text(unit.get("FulltNavn")),
        kind=kind,
        address=", ".join(line for line in lines if line),
        updated=day(unit.get("DatoEndret")),
        shape=point(at.get("Lengdegrad"), at.get("Breddegrad")),
    )


def _part(unit: Unit, name: str) -> Unit:
    part = unit.get(name)
    return part if isinstance(part, dict) else {}
