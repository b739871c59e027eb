"""Made-up incomes of the demo areas, read as any municipality's own file is."""

from __future__ import annotations

from pathlib import Path

from data.demos import demos
from data.files.door import read
from data.files.recipe import Recipe
from data.known import Known
from data.services.service import Land

EXAMPLES = Path(__file__).parent / "examples"

MADE_UP = Recipe(
    "incomes",
    "demo-*.geojson",
    crs="EPSG:4326",
    columns={"name": "navn", "code": "sone", "share": "andel_lavinntekt"},
    measure="Persons with low income: made up",
    source="Example of Møteplass, made up",
    licence="CC0 1.0",
    date="2026-11-22",
    confirmed=True,
)
"""How the examples are read; nobody's figures are in them."""


def example_of(code: str, land: Land) -> Known:
    """Return the made-up incomes of a demo area, as any municipality's own file is read."""
    return read(EXAMPLES / demos()[code].incomes, MADE_UP, land)[0]
