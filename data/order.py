"""What is to be built, as one frozen value: to be sent, kept beside the area, repeated."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Self

FILES = ("osm", "boundary", "terrain", "files")
"""Parts of an order that are paths."""


@dataclass(frozen=True, slots=True)
class Order:
    """
    An area to be built, and what from.

    Parameters
    ----------
    code, name
        Of the area; without a name it is called as the land is, or by its code.
    number, country
        Of the municipality that the area is, if it is one; `"no"`, `"se"` or `"fi"`.
    within
        Number of the municipality it lies in, whose ages it shares, if that is known.
    osm
        A file of OpenStreetMap data, or `None`: today's map is asked for.
    boundary
        A file with the area's outline, if it is no municipality.
    terrain
        A raster of heights, or `None`.
    files
        The municipality's own files, each with a recipe, see `data.files`.
    tables
        Tables of the municipality's PostGIS, as `schema.table`, see `data.files.postgis`.
    services
        Whether the open services are asked.
    without
        Keys of services that are not.

    Examples
    --------
    >>> bodo = Order("1804", number="1804", services=True)
    >>> Order.from_dict(bodo.to_dict()) == bodo
    True
    """

    code: str
    name: str = ""
    number: str = ""
    country: str = "no"
    within: str = ""
    osm: Path | None = None
    boundary: Path | None = None
    terrain: Path | None = None
    files: tuple[Path, ...] = ()
    tables: tuple[str, ...] = ()
    services: bool = False
    without: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file it needs."""
        alone = (self.osm, self.boundary, self.terrain)
        return (*filter(None, alone), *self.files)

    def to_dict(self) -> dict[str, Any]:
        """Return the order as plain values, for a TOML file; what is not set is left out."""
        plain = {
            key: [str(one) for one in value]
            if isinstance(value, tuple)
            else str(value)
            if isinstance(value, Path)
            else value
            for key, value in asdict(self).items()
        }
        return {key: value for key, value in plain.items() if value not in (None, "", [])}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        """
        Read an order again.

        Raises
        ------
        KeyError, TypeError
            If it is none.
        """
        known = {field.name for field in fields(cls)}
        told = {key: value for key, value in plain.items() if key in known}
        for key in ("osm", "boundary", "terrain"):
            if key in told:
                told[key] = Path(told[key])
        told["files"] = tuple(map(Path, told.get("files", ())))
        for key in ("without", "tables"):
            told[key] = tuple(told.get(key, ()))
        return cls(**told)

    def digest(self, made_by: str) -> str:
        """
        Return a word that changes when the order, a file of it, or the program does.

        Parameters
        ----------
        made_by
            The program's own version, or its format's.

        Raises
        ------
        OSError
            If a file is gone.
        """
        files = [(path.stat().st_size, path.stat().st_mtime_ns) for path in self.paths]
        told = json.dumps([self.to_dict(), files, made_by], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:20]
