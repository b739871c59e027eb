"""Low income in a municipality as a whole, from Statistics Norway's tables 06947 and 08764."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

from data.http import Get
from data.known import Known
from data.services.pxweb import ask
from data.services.registers import changed, number_of
from data.services.service import Land, Service
from geo.bundle import Fact

TABLES = "https://data.ssb.no/api/pxwebapi/v2/tables"
YEARS = "top(5)"
"""How far back to look for a figure that is not suppressed."""


@dataclass(frozen=True, slots=True)
class _Share:
    """A table, and the fact that its percentage is."""

    table: str
    key: str
    label: str


SHARES = (
    _Share("06947", "low_income_share", "Persons in households with low income (EU60)"),
    _Share(
        "08764",
        "low_income_share_children",
        "Persons under 18 in households with low income (EU60)",
    ),
)


def low_income(land: Land, get: Get) -> Known:
    """
    Read how many live in households with low income.

    Both are shares of persons, not of households: those whose household has less after
    tax per consumption unit (EU scale) than 60 % of the country's median. No open figure
    exists for any smaller land than the municipality.

    Parameters
    ----------
    land
        Asked by its number.
    get
        Fetches a URL, see `data.http`.

    Returns
    -------
    known
        With a fact of everybody and one of those under 18, in percent, each of the newest
        of five years that has a figure. `nan` where all are suppressed: few live there.

    Raises
    ------
    SourceError
        If the land has no number, or the service fails or has changed.

    Examples
    --------
    >>> import json
    >>> from shapely import box
    >>> codes = {"Region": ["1804"], "ContentsCode": ["EUskala60"], "Tid": ["2023", "2024"]}
    >>> answer = {
    ...     "id": [*codes],
    ...     "dimension": {name: {"category": {"index": some}} for name, some in codes.items()},
    ...     "value": [7.9, None],
    ...     "status": {"1": "."},
    ... }
    >>> land = Land("1804", "Bodø", "no", box(14, 67, 15, 68), "EPSG:25833")
    >>> facts = low_income(land, lambda url: json.dumps(answer).encode()).facts
    >>> [(fact.value, fact.date) for fact in facts]
    [(7.9, '2023'), (7.9, '2023')]
    """
    number = number_of(land)
    facts = tuple(_fact(share, number, get) for share in SHARES)
    source = SERVICE.source(date=max(fact.date for fact in facts), rows=len(facts))
    return Known(facts=facts, sources=(source,))


def _fact(share: _Share, number: str, get: Get) -> Fact:
    table = f"{TABLES}/{share.table}"
    chosen = {"Region": [number], "ContentsCode": ["EUskala60"], "Tid": [YEARS]}
    cells = ask(table, chosen, get)
    if "Tid" not in cells or cells.empty or not cells["Tid"].is_unique:
        raise changed(table)
    by_year = cells.set_index("Tid")["value"].sort_index()
    told = by_year.dropna()
    year = (by_year if told.empty else told).index[-1]
    value = nan if told.empty else float(told.iloc[-1])
    return Fact(share.key, share.label, value, "%", SERVICE.attribution, year)


SERVICE = Service(
    key="ssb_income",
    name="Statistics Norway, tables 06947 and 08764",
    licence="CC BY 4.0",
    attribution="Kilde: Statistisk sentralbyrå (tabell 06947 og 08764)",
    url="https://www.ssb.no/statbank/table/06947",
    countries=("no",),
    days=30,
    read=low_income,
)
