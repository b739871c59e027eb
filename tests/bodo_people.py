"""Who lives in Bodø as drawn: one truth, and what each service publishes of it."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence

import shapely

from data.ssbid import cells_of, ssbid
from tests.bodo_town import LAND, LONELY, NEIGHBOUR, degrees
from tests.figures_said import table
from tests.gml import Member
from tests.loopback import Query, Said
from tests.towns import SQUARE_M, XY, box

NUMBER = "1804"
YEARS = [f"{n:03}" for n in range(105)] + ["105+"]
FIVES = [(n, n + 4) for n in range(0, 90, 5)] + [(90, 105)]


def _ages(times: int, workers: int) -> list[int]:
    """Return people by year of age: `times` as many, with so many more at work."""
    each = [3] * 10 + [2] * 10 + [2 + workers] * 45 + [2] * 15 + [1] * 10 + [0] * 16
    return [times * n for n in each[:90]] + [times * 8] + [0] * 15


UNITS: dict[str, tuple[str, shapely.Geometry, list[int]]] = {
    "18040101": ("Sentrum vest", shapely.box(-3000, -2000, 0, 2200), _ages(2, 1)),
    "18040102": ("Sentrum øst", shapely.box(0, -2000, 750, 2200), _ages(4, 3)),
    "18040201": ("Rønvik", shapely.box(750, 0, 3400, 2200), _ages(1, 0)),
    "18040202": ("Alberthaugen", shapely.box(750, -2000, 3400, 0), _ages(2, 2)),
}
"""Basic units by number: name, land, and how many live there by year of age."""

SILENT = "18040202"
"""Of this one the first and the last class of age are not given."""

NOT_GIVEN = ("young_children", "older_80")

CELLS: dict[str, dict[XY, int]] = {
    "18040101": {(-625, 125): 5, (-375, 125): 4, (-625, -125): 3, (-375, -125): 3},
    "18040102": {(125, -125): 6, (375, -125): 3, (375, 125): 7, (625, -125): 4},
    "18040201": {(875, 125): 1, (875, 375): 2},
    "18040202": {(875, -125): 4, (1125, -125): 3, LONELY: 1},
}
"""Middles of the cells where people live, by unit, and in which proportion."""


def of_cells() -> dict[XY, int]:
    """Return how many live in each cell, so that they add up to each unit."""
    people: dict[XY, int] = {}
    for number, cells in CELLS.items():
        all_, parts = sum(UNITS[number][2]), sum(cells.values())
        counted = {middle: all_ * part // parts for middle, part in cells.items()}
        first = next(iter(counted))
        counted[first] += all_ - sum(counted.values())
        people |= counted
    return people


def everybody() -> list[int]:
    """Return all of the municipality by year of age."""
    return [sum(of) for of in zip(*(ages for _, _, ages in UNITS.values()), strict=True)]


def grid() -> list[Member]:
    """Return the cells of the grid as members, with one of a neighbour's."""
    counted = of_cells() | {(NEIGHBOUR[0] - 75, NEIGHBOUR[1] - 125): 77}
    numbers = ssbid(
        [SQUARE_M[0] + x for x, _ in counted], [SQUARE_M[1] + y for _, y in counted]
    )
    squares = shapely.set_precision(cells_of(numbers).to_crs(4326).to_numpy(), 1e-7)
    return [
        Member(f"befolkning.{n}", {"ssbid250m": number, "pop_tot": people}, square)
        for n, (number, people, square) in enumerate(
            zip(numbers.tolist(), counted.values(), squares, strict=True)
        )
    ]


def units() -> list[Member]:
    """Return the basic units as the service of population by age gives them."""
    beyond = shapely.box(2200, 900, 3400, 2200).difference(LAND)
    all_ = UNITS | {"18410101": ("Valnesfjord", beyond, _ages(1, 0))}
    lands = {
        number: shape if shape is beyond else shape.intersection(LAND)
        for number, (_, shape, _) in all_.items()
    }
    # neighbours have every corner of their border in common, as real ones do
    edges = shapely.union_all([shape.boundary for shape in lands.values()])
    faces = shapely.get_parts(shapely.polygonize([edges]))
    return [
        _unit(number, name, face, ages)
        for number, (name, _, ages) in all_.items()
        for face in faces
        if lands[number].contains(face.representative_point())
    ]


def _unit(number: str, name: str, shape: shapely.Geometry, ages: Sequence[int]) -> Member:
    classes = {}
    for first, last in FIVES:
        spelt = "90ÅrOgOver" if last > 100 else f"{first or '0'}Til{last:02}År"
        spelt = f"0{spelt}" if first == 5 else spelt
        if number != SILENT or first not in (0, 90):
            classes[f"befolkning{spelt}"] = sum(ages[first : last + 1])
    about = {
        "identifikasjon/Identifikasjon/lokalId": f"local-{number}",
        "oppdateringsdato": "2026-01-01T00:00:00",
        "statistikkÅr": 2026,
        "grunnkretsnummer": number,
        "grunnkretsnavn": name,
        "kommunenummer": number[:4],
        "kommunenavn": "Bodø" if number.startswith(NUMBER) else "Fauske",
        "totalBefolkning": sum(ages),
        "folketilvekst": sum(ages),
    }
    return Member(f"id{number}", about | classes, degrees(shape))


def outlines() -> list[Member]:
    """Return the basic units as the service of their borders gives them: nobody's ages."""
    kept = ("lokalId", "oppdateringsdato", "nummer", "navn")
    return [
        Member(one.id, {k: v for k, v in one.values.items() if k.endswith(kept)}, one.shape)
        for one in units()
    ]


Figures = Mapping[tuple[str, ...], float | None]

SHARES = {
    "06947": {"2020": 7.6, "2021": 7.9, "2022": 8.3, "2023": 8.1, "2024": 8.4},
    "08764": dict.fromkeys(("2020", "2021", "2022", "2023", "2024"), None),
}
"""Per cent with low income, by table and year; that of children is suppressed."""

VARIABLES = {
    "07459": {
        "Region": ["1804", "1806"],
        "Kjonn": ["1", "2"],
        "Alder": YEARS,
        "ContentsCode": ["Personer1"],
        "Tid": ["2025", "2026"],
    },
    **{
        number: {
            "Region": ["1804", "1806"],
            "ContentsCode": ["Personer", "EUskala50", "EUskala60"],
            "Tid": [*SHARES[number]],
        }
        for number in SHARES
    },
}
"""Tables as Statistics Norway has them: variables with their codes."""

SUMMED = ("Kjonn",)
"""A variable that may be left out."""


def figures(number: str, query: Query) -> Said:
    """Answer a question about a table as PxWebApi v2 does."""
    variables = VARIABLES[number]
    codes: dict[str, list[str]] = {}
    for name, known in variables.items():
        asked = query.get(f"valuecodes[{name.lower()}]")
        if asked is None and name in SUMMED:
            continue
        if asked is None:
            return _error("Missing selection for mandantory variable")
        codes[name] = _chosen(asked, known)
        if not codes[name] or set(codes[name]) - set(known):
            return _error("Non-existent value")
    if query.get("outputformat") != "json-stat2":
        return _error("Illegal outputFormat")
    names = [*codes]
    size = math.prod(len(codes[name]) for name in names)
    values = []
    for n in range(size):
        cell, rest = {}, n
        for name in reversed(names):
            rest, at = divmod(rest, len(codes[name]))
            cell[name] = codes[name][at]
        values.append(_figure(number, cell))
    status = {str(n): "." for n, value in enumerate(values) if value is None}
    return table(codes, values, status or None)


def _chosen(asked: str, known: Sequence[str]) -> list[str]:
    if newest := re.fullmatch(r"top\(([0-9]+)\)", asked):
        return list(known[-int(newest[1]) :])
    return list(known) if asked == "*" else asked.split(",")


def _figure(number: str, cell: Mapping[str, str]) -> float | None:
    here = cell["Region"] == NUMBER
    if number != "07459":
        of = SHARES[number][cell["Tid"]]
        return of if here and cell["ContentsCode"] == "EUskala60" else 99.0 if of else None
    people = everybody()[YEARS.index(cell["Alder"])] if here else 1
    older = people if cell["Tid"] == "2026" else people + 1
    return older if "Kjonn" not in cell else older // 2


def _error(title: str) -> Said:
    said = {"type": "Parameter error", "title": title, "status": 400}
    return Said(json.dumps(said).encode(), status=400)


def cell_of(middle: XY) -> shapely.Geometry:
    """Return a cell by its middle, in metres of the drawing."""
    x, y = middle
    return shapely.Polygon(box(x - 125, y - 125, x + 125, y + 125))
