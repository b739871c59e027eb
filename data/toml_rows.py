"""Rows of our own TOML files, each value checked as it is taken out."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.errors import CatalogueError

Rule = Mapping[str, frozenset[str]]
"""Tags that a feature must all have, each with the values that will do."""

TOP = "top level"
OLDEST = 120


@dataclass(frozen=True, slots=True)
class Row:
    """
    One table of a TOML file; asking it for what is not there raises, and says where.

    Examples
    --------
    >>> Row("walkers.toml", "pram", {"label": 3}).text("label")
    Traceback (most recent call last):
    geo.errors.CatalogueError: walkers.toml [pram]: needs label as text, not 3.
    """

    file: str
    name: str
    values: Mapping[str, Any]

    @property
    def key(self) -> str:
        """The last part of its name."""
        return self.name.rpartition(".")[2]

    def wrong(self, text: str, key: str, **values: Any) -> CatalogueError:
        """Return the error that `key` of this row deserves."""
        got = repr(self.values[key])[:80] if key in self.values else "nothing"
        return CatalogueError(text, file=self.file, row=self.name, key=key, got=got, **values)

    def only(self, *known: str) -> None:
        """Refuse keys that nobody reads, such as misspelt ones."""
        for key in self.values:
            if key not in known:
                text = "{file} [{row}]: {key} is unknown: choose from {known}."
                raise self.wrong(text, key, known=", ".join(known))

    def table(self, key: str) -> Row:
        """Return the table of that name within this one."""
        if not isinstance(values := self.values.get(key), dict) or not values:
            raise self.wrong("{file} [{row}]: needs {key} as a table, not {got}.", key)
        return Row(self.file, key if self.name == TOP else f"{self.name}.{key}", values)

    def text(self, key: str) -> str:
        """Return a text that is not empty."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong("{file} [{row}]: needs {key} as text, not {got}.", key)
        return value

    def one_of(self, key: str, known: Collection[str]) -> str:
        """Return a text that is known."""
        if (value := self.text(key)) not in known:
            text = "{file} [{row}]: {key} {got} is unknown: choose from {known}."
            raise self.wrong(text, key, known=", ".join(known))
        return value

    def some_of(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        """Return several texts, each of them known."""
        values = _texts(self.values.get(key))
        if not values or not set(values) <= set(known):
            text = "{file} [{row}]: needs {key} as a list of {known}, not {got}."
            raise self.wrong(text, key, known=", ".join(known))
        return values

    def texts(self, key: str) -> tuple[str, ...]:
        """Return one or more texts."""
        if not (values := _texts(self.values.get(key))):
            raise self.wrong("{file} [{row}]: needs {key} as a list of texts, not {got}.", key)
        return values

    def decimal(self, key: str, *, most: float) -> float:
        """Return a decimal number above 0, and at most `most`."""
        value = self.values.get(key)
        if not isinstance(value, float) or not 0 < value <= most:
            text = "{file} [{row}]: needs {key} as a decimal number up to {most}, not {got}."
            raise self.wrong(text, key, most=most)
        return value

    def flag(self, key: str) -> bool:
        """Return true or false."""
        if not isinstance(value := self.values.get(key), bool):
            raise self.wrong("{file} [{row}]: needs {key} as true or false, not {got}.", key)
        return value

    def counts(self, key: str, many: int) -> tuple[int, ...]:
        """Return so many whole numbers, none below 0 and not all 0."""
        match self.values.get(key):
            case [*values] if len(values) == many and all(
                type(value) is int and value >= 0 for value in values
            ):
                if any(values):
                    return tuple(values)
        text = "{file} [{row}]: needs {key} as {many} whole numbers, not {got}."
        raise self.wrong(text, key, many=many)

    def rules(self, key: str) -> tuple[Rule, ...]:
        """Return a list of rules: tables from tag to the values that will do."""
        rules = self.values.get(key)
        found = [_rule(rule) for rule in rules] if isinstance(rules, list) else []
        if not found or not all(found):
            text = "{file} [{row}]: needs {key} as tables of tag and values, not {got}."
            raise self.wrong(text, key)
        return tuple(found)

    def ages(self, first: int, *, last: bool) -> tuple[int, int]:
        """Return the first and last year of age, which must begin at `first`."""
        match self.values.get("ages"):
            case [int(low), int(high)] if low == first and low <= high <= OLDEST:
                if not last or high == OLDEST:
                    return low, high
        text = "{file} [{row}]: needs {key} without gaps from {first} to {most}, not {got}."
        raise self.wrong(text, "ages", first=first, most=OLDEST)


def _texts(value: object) -> tuple[str, ...]:
    """Return a list of texts; nothing if it is anything else, or one of them is empty."""
    if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
        return ()
    return tuple(value)


def _rule(value: object) -> Rule:
    """Return a rule; an empty one if it is anything else."""
    if not isinstance(value, dict) or not all(map(_texts, value.values())):
        return {}
    return {tag: frozenset(values) for tag, values in value.items()}


def read(path: Path) -> Row:
    """
    Return a whole file as one row.

    Raises
    ------
    CatalogueError
        If it is missing, or no valid TOML: then the line is named.
    """
    try:
        return Row(path.name, TOP, tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        fault = getattr(error, "strerror", None) or str(error)
        text = "{file} cannot be read: {fault}."
        raise CatalogueError(text, file=path.name, fault=fault) from None


def rows(path: Path, section: str = "") -> list[Row]:
    """
    Return the tables of a file, or of one section of it, in order.

    Raises
    ------
    CatalogueError
        If there is none, if something else is among them, or if two share a label.
    """
    owner = read(path).table(section) if section else read(path)
    found = [owner.table(key) for key in owner.values]
    if not found:
        raise CatalogueError("{file} is empty.", file=path.name)
    _labels_differ(found)
    return found


def _labels_differ(found: Iterable[Row]) -> None:
    """Refuse two rows that a reader could not tell apart."""
    owner: dict[object, str] = {}
    for row in found:
        label = row.values.get("label", row.name)
        if isinstance(label, str) and owner.setdefault(label, row.name) != row.name:
            text = "{file} [{row}]: {key} {got} is taken by [{other}]."
            raise row.wrong(text, "label", other=owner[label])


def same_keys(path: Path, found: Iterable[str], wanted: Collection[str]) -> None:
    """Refuse a file whose tables are not exactly the wanted ones, in their order."""
    if (got := list(found)) != list(wanted):
        raise CatalogueError(
            "{file}: needs the tables {known}, in this order, not {got}.",
            file=path.name,
            known=", ".join(wanted),
            got=", ".join(got),
        )
