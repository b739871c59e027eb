"""Residents of a municipality by age, from Statistics Norway's table 07459."""

from __future__ import annotations

from data.ageclasses import grouped
from data.dwellings import Ages
from data.http import Get
from data.known import Known
from data.services.areas import years
from data.services.pxweb import ask, spread
from data.services.registers import number_of
from data.services.service import Land, Service
from data.text import plain
from geo.errors import Message
from geo.tables import AGES

TABLE = "https://data.ssb.no/api/pxwebapi/v2/tables/07459"


def ages(land: Land, get: Get) -> Known:
    """
    Read who lives in a municipality, on 1 January of the newest year.

    The table has single years of age, so that the groups of `data/groups.toml` are exact.
    Men and women are summed by the service.

    Parameters
    ----------
    land
        Asked by its number. The newest year needs none of the code lists that follow a
        municipality through its mergers.
    get
        Fetches a URL, see `data.http`.

    Returns
    -------
    known
        With `ages`. If a single cell has no figure, or nobody lives there, which is what
        the service says while it is being updated, without: `missing` says so.

    Raises
    ------
    SourceError
        If the land has no number, or the service fails or has changed.

    Examples
    --------
    >>> import json
    >>> from shapely import box
    >>> age = [f"{n:03}" for n in range(105)] + ["105+"]
    >>> codes = {"Region": ["1804"], "Alder": age, "Tid": ["2026"]}
    >>> answer = {
    ...     "id": [*codes],
    ...     "dimension": {name: {"category": {"index": some}} for name, some in codes.items()},
    ...     "value": [1] * 106,
    ... }
    >>> land = Land("1804", "Bodø", "no", box(14, 67, 15, 68), "EPSG:25833")
    >>> found = ages(land, lambda url: json.dumps(answer).encode()).ages
    >>> found.people["older_67_79"], found.total, found.source.date
    (13, 106, '2026-01-01')
    """
    number = number_of(land)
    chosen = {
        "Region": [number],
        "Alder": ["*"],
        "ContentsCode": ["Personer1"],
        "Tid": ["top(1)"],
    }
    cells = ask(TABLE, chosen, get)
    counts = spread(cells, "Region", "Alder", TABLE)
    classes = {age: years(age, TABLE) for age in map(str, counts)}
    people = grouped(counts, classes, None)[[*AGES]].sum(skipna=False)
    if people.isna().any() or not people.sum():
        return Known(missing=(_none(land),))
    source = SERVICE.source(date=f"{cells['Tid'].max()}-01-01", rows=len(cells))
    counted = {group: int(people[group]) for group in AGES}
    return Known(ages=Ages(land.name, counted, source), sources=(source,))


def _none(land: Land) -> Message:
    return Message(
        "Statistics Norway gives no complete figures of residents by age for {name} now:"
        " try again later.",
        {"name": plain(land.name)},
    )


SERVICE = Service(
    key="ssb_ages",
    name="Statistics Norway, table 07459",
    licence="CC BY 4.0",
    attribution="Kilde: Statistisk sentralbyrå (tabell 07459)",
    url="https://www.ssb.no/statbank/table/07459",
    countries=("no",),
    days=30,
    read=ages,
)
