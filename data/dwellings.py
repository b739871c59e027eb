"""The catalogues of dwellings and ages: where people live, and how old they are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.toml_rows import Row, read, rows
from geo.bundle import Source
from geo.tables import AGES

HERE = Path(__file__).parent
ROOMIEST_M2 = 500.0
TALLEST = 60.0
"""More storeys than this are a slip of the mapper's hand."""

DWELLINGS, AGES_FILE = HERE / "dwellings.toml", HERE / "ages.toml"


@dataclass(frozen=True, slots=True)
class Dwelling:
    """A type of building that people live in; see `dwellings.toml`."""

    key: str
    building: tuple[str, ...]
    levels: float
    m2_per_person: float
    needs_address: bool


@dataclass(frozen=True, slots=True)
class Ages:
    """Residents of a municipality by age group, as counted."""

    name: str
    people: dict[str, int]
    source: Source

    @property
    def total(self) -> int:
        """Everybody who lives there."""
        return sum(self.people.values())

    @property
    def shares(self) -> dict[str, float]:
        """Share of each group, adding up to one."""
        return {group: n / self.total for group, n in self.people.items()}


@cache
def dwelling_types(path: Path = DWELLINGS) -> dict[str, Dwelling]:
    """
    Return the types by the value of their `building` tag.

    Raises
    ------
    CatalogueError
        Naming the file and the row that is wrong.

    Examples
    --------
    >>> dwelling_types()["apartments"].m2_per_person
    56.0
    """
    types = [_dwelling(row) for row in rows(path)]
    return {value: one for one in types for value in one.building}


def _dwelling(row: Row) -> Dwelling:
    row.only("building", "levels", "m2_per_person", "needs_address", "why")
    row.text("why")
    return Dwelling(
        key=row.key,
        building=row.texts("building"),
        levels=row.decimal("levels", most=TALLEST),
        m2_per_person=row.decimal("m2_per_person", most=ROOMIEST_M2),
        needs_address="needs_address" in row.values and row.flag("needs_address"),
    )


@cache
def ages(path: Path = AGES_FILE) -> dict[str, Ages]:
    """
    Return who lives in each municipality, by its number.

    Raises
    ------
    CatalogueError
        Naming the file and the row that is wrong.

    Examples
    --------
    >>> ages()["1804"].name, ages()["1804"].total
    ('Bodø', 53638)
    """
    about = read(path).table("source")
    about.only("name", "licence", "attribution", "date", "groups")
    if about.texts("groups") != AGES:
        raise about.wrong(
            "{file} [{row}]: needs {key} as {known}.", "groups", known=", ".join(AGES)
        )
    source = Source(
        name=about.text("name"),
        licence=about.text("licence"),
        attribution=about.text("attribution"),
        date=about.text("date"),
        rows=len(AGES),
    )
    return {row.key: _ages(row, source) for row in rows(path, "municipalities")}


def _ages(row: Row, source: Source) -> Ages:
    row.only("name", "people")
    people = dict(zip(AGES, row.counts("people", len(AGES)), strict=True))
    return Ages(row.text("name"), people, source)
