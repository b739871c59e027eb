"""What an area says of itself, as text in its folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

import tomli_w

from geo.bundle import CONTRACTS, Area, Bundle, Fact, Source
from geo.errors import Message


def as_toml(bundle: Bundle, made_by: str) -> str:
    """Return what an area says of itself; `made_by`: the format of its folder."""
    area = bundle.area
    return tomli_w.dumps(
        {
            "format": made_by,
            "code": area.code,
            "name": area.name,
            "crs": area.crs,
            "built": area.built,
            "rows": {name: len(getattr(bundle, name)) for name in CONTRACTS},
            "sources": [asdict(source) for source in area.sources],
            "notes": [asdict(note) for note in area.notes],
            "warnings": [asdict(warning) for warning in area.warnings],
            "facts": [asdict(fact) for fact in area.facts],
            "missing": [asdict(one) for one in area.missing],
        }
    )


def from_toml(raw: Mapping[str, Any]) -> Area:
    """
    Read it again.

    Raises
    ------
    KeyError, TypeError, ValueError
        If something is missing, or not what it has to be.
    """
    fields = Source.__dataclass_fields__
    return Area(
        code=raw["code"],
        name=raw["name"],
        crs=raw["crs"],
        built=datetime.fromisoformat(raw["built"]).isoformat(),
        sources=tuple(
            Source(**{key: row[key] for key in fields if key in row}) for row in raw["sources"]
        ),
        facts=tuple(Fact(**row) for row in raw["facts"]),
        **{said: tuple(map(_message, raw[said])) for said in ("notes", "warnings", "missing")},
    )


def _message(row: dict[str, Any]) -> Message:
    """Read a sentence, and those within it."""
    values = {
        key: _message(value) if isinstance(value, dict) else value
        for key, value in row["values"].items()
    }
    text = row["text"]
    return Message(text, values)
