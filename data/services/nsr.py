"""
Schools and kindergartens from the registers of the Directorate for Education.

`data.services.schools` asks for the schools in operation with one question, and is the
first to ask. This register, asked school by school, knows three things that it does not:

* which schools are special schools: `special_schools` names them, and they are left out
  of every source, because a place there tells of whoever goes there;
* folk high schools, and schools that are missing there: `schools` with `known` set to the
  organisation numbers that came already asks only about the others;
* everything, if that service fails: `SCHOOLS.read`.
"""

from __future__ import annotations

from data.http import Get
from data.known import Known
from data.services.entries import Entry
from data.services.placed import near
from data.services.registers import number_of, text
from data.services.service import Land, Service
from data.services.udir import Unit, categories, rows_of, units
from geo.errors import Message

NSR = "https://data-nsr.udir.no/v4"
NBR = "https://data-nbr.udir.no/v4"
ATTRIBUTION = (
    "Inneholder data under norsk lisens for offentlige data (NLOD)"
    " tilgjengeliggjort av Utdanningsdirektoratet"
)
FOLK_HIGH, SPECIAL = "11", "12"
"""Numbers of categories of schools."""


def schools(land: Land, get: Get, *, known: frozenset[str] = frozenset()) -> Known:
    """
    Read the schools of a municipality: one question for the list, one for each school.

    Parameters
    ----------
    land
        Asked by its number; rows are then kept by where they lie.
    get
        Fetches a URL; keeps answers, see `data.http.Fetcher`.
    known
        Organisation numbers of schools that are known already, and not asked about.

    Returns
    -------
    known
        Its register holds primary and lower secondary, upper secondary and folk high
        schools that are active, each once; not their owners, not special schools. One
        without a position is looked for by its address, or else told of in `missing`.

    Raises
    ------
    SourceError
        If the land has no number, or the service fails or has changed.
    """
    return _known(SCHOOLS, land, *rows_of(NSR, land, get, kind_of=school_kind, known=known))


def special_schools(land: Land, get: Get) -> frozenset[str]:
    """
    Return the organisation numbers of special schools, to be left out of any other source.

    Raises
    ------
    SourceError
        As `schools`.
    """
    told = units(f"{NSR}/enheter/kommune/{number_of(land)}", get)
    return frozenset(number for number, unit in told if _special(unit))


def kindergartens(land: Land, get: Get, *, known: frozenset[str] = frozenset()) -> Known:
    """
    Read the kindergartens of a municipality, as `schools` does the schools.

    Family kindergartens are somebody's home, and left out.

    Raises
    ------
    SourceError
        As `schools`.
    """
    found = rows_of(NBR, land, get, kind_of=kindergarten_kind, known=known)
    return _known(KINDERGARTENS, land, *found)


def school_kind(unit: Unit) -> str:
    """
    Return the kind of a school, or `""` if it is none to be shown.

    A school for grades 1 to 13 is of the first kind in `place_kinds.toml` that fits. A
    folk high school, for those who are done with school, counts as a college.

    Examples
    --------
    >>> active = {"ErAktiv": True, "ErSkole": True, "ErSkoleeier": False}
    >>> school_kind(active | {"ErGrunnskole": True, "ErVideregaaendeSkole": True})
    'upper_secondary_school'
    >>> school_kind(active | {"ErGrunnskole": True, "ErSpesialskole": True})
    ''
    """
    running = unit.get("ErAktiv") is True and unit.get("ErSkole") is True
    if not running or unit.get("ErSkoleeier") is True or _special(unit):
        return ""
    if unit.get("ErVideregaaendeSkole") is True:
        return "upper_secondary_school"
    if unit.get("ErGrunnskole") is True:
        return "school"
    return "university" if FOLK_HIGH in categories(unit, "Id") else ""


def kindergarten_kind(unit: Unit) -> str:
    """
    Return `"kindergarten"`, or `""` for what is none, is closed or is somebody's home.

    Examples
    --------
    >>> active = {"ErAktiv": True, "ErBarnehage": True, "ErBarnehageEier": False}
    >>> kindergarten_kind(active | {"Navn": "Maurtua barnehage"})
    'kindergarten'
    >>> kindergarten_kind(active | {"Navn": "Tuva familiebarnehage"})
    ''
    """
    running = unit.get("ErAktiv") is True and unit.get("ErBarnehage", True) is True
    words = " ".join((text(unit.get("Navn")), *categories(unit, "Navn"))).casefold()
    home = "familie" in words
    return "kindergarten" if running and not home and not unit.get("ErBarnehageEier") else ""


def _special(unit: Unit) -> bool:
    return unit.get("ErSpesialskole") is True or SPECIAL in categories(unit, "Id")


def _known(service: Service, land: Land, rows: list[Entry], nowhere: tuple[str, ...]) -> Known:
    missing = Message(
        "{n} schools or kindergartens have neither a position in the national register"
        " nor an address that can be found, and are not on the map: {names}",
        {"n": len(nowhere), "names": "; ".join(nowhere[:5])},
    )
    return near(service, rows, land, (missing,) if nowhere else ())


SCHOOLS = Service(
    key="nsr",
    name="National register of schools",
    licence="NLOD",
    attribution=ATTRIBUTION,
    url="https://data-nsr.udir.no",
    countries=("no",),
    days=7,
    read=schools,
)
KINDERGARTENS = Service(
    key="nbr",
    name="National register of kindergartens",
    licence="NLOD",
    attribution=ATTRIBUTION,
    url="https://data-nbr.udir.no",
    countries=("no",),
    days=7,
    read=kindergartens,
)
