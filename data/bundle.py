"""The area bundle on disk: a folder of GeoParquet tables and `area.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import tomli_w
from pyproj import CRS
from pyproj.exceptions import CRSError

from data.area_file import as_toml, from_toml
from data.order import Order
from data.order_file import ORDER, kept_order, told_order
from data.store import folder, replacing, restored
from geo.bundle import CONTRACTS, Area, Bundle
from geo.errors import BundleError, SourceError, TableError
from geo.paths.terrain import Terrain

FORMAT = (3, 0)
"""A newer minor number only adds; a newer major number is another language."""

TERRAIN = "terrain.tif"
"""Heights, where they are known."""

MADE_BY = "{}.{}".format(*FORMAT)


def write(bundle: Bundle, order: Order | None = None) -> Path:
    """
    Put an area into the store, in the place of any earlier one.

    Parameters
    ----------
    bundle
        All its tables.
    order
        What it was built from; left out, that of the earlier area is kept.

    Returns
    -------
    folder
        Where it lies now.

    Raises
    ------
    BundleError, SourceError
        If it could not be written; an earlier area is then unharmed.
    """
    kept = told_order(order, MADE_BY) if order else kept_order(bundle.area.code)
    with replacing(bundle.area.code) as fresh:
        for name in CONTRACTS:
            getattr(bundle, name).to_parquet(fresh / f"{name}.parquet", compression="zstd")
        if bundle.terrain is not None:
            from data.terrain import write_terrain  # noqa: PLC0415 - as below

            write_terrain(fresh / TERRAIN, bundle.terrain, bundle.area.crs)
        if kept:
            (fresh / ORDER).write_text(tomli_w.dumps(kept), encoding="utf-8")
        (fresh / "area.toml").write_text(as_toml(bundle, MADE_BY), encoding="utf-8")
    return folder(bundle.area.code)


def read(code: str) -> Bundle:
    """
    Read an area from the store.

    Raises
    ------
    BundleError
        If there is none, it is damaged, or a newer program wrote it.
    """
    where = restored(code)
    area = read_area(code)
    try:
        tables, crs = {}, CRS(area.crs)
    except CRSError as error:
        raise _damaged(code, "area.toml", error) from error
    for name, contract in CONTRACTS.items():
        try:
            table = gpd.read_parquet(where / f"{name}.parquet")
            tables[name] = contract.check(table)
        except (OSError, ValueError, KeyError, TableError) as error:
            raise _damaged(code, f"{name}.parquet", error) from error
        if table.crs != crs:
            raise _damaged(code, f"{name}.parquet", ValueError(f"CRS is not {area.crs}"))
        # One for all tables: each that is met is read anew in every thread.
        tables[name].set_crs(crs, allow_override=True, inplace=True)
    return Bundle(area, **tables, terrain=_terrain(code, where / TERRAIN))


def built_from(order: Order) -> bool:
    """Tell whether an area is there, whole, that was built from the very same order."""
    try:
        # What is in a database now, nobody knows without reading it.
        same = not order.tables and kept_order(order.code) == told_order(order, MADE_BY)
        return same and not read_area(order.code).missing
    except (OSError, BundleError):
        return False


def _terrain(code: str, file: Path) -> Terrain | None:
    """Read the heights, if there are any."""
    if not file.exists():
        return None
    from data.terrain import read_terrain  # noqa: PLC0415 - slow, and few areas have heights

    try:
        return read_terrain(file)
    except SourceError as error:
        raise _damaged(code, file.name, error) from error


def read_area(code: str) -> Area:
    """
    Read only what an area says of itself.

    Raises
    ------
    BundleError
        As `read`.
    """
    file = restored(code) / "area.toml"
    try:
        raw = _toml(file.read_text("utf-8"))
    except FileNotFoundError:
        raise BundleError(
            "There is no area {code}. Build it first; python -m data build --help tells how.",
            code=code,
        ) from None
    except (OSError, ValueError) as error:
        raise _damaged(code, file.name, error) from error
    _require_readable(code, str(raw.get("format", "")))
    try:
        return from_toml(raw)
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(code, file.name, error) from error


@lru_cache(maxsize=64)
def _toml(text: str) -> Mapping[str, Any]:
    """Return what a text says; remembered, as pages ask often, and of many areas."""
    return tomllib.loads(text)


def _require_readable(code: str, version: str) -> None:
    major, _, minor = version.partition(".")
    if not (major.isdecimal() and minor.isdecimal()):
        raise _damaged(code, "area.toml", ValueError(f"format {version!r}"))
    if int(major) != FORMAT[0]:
        raise BundleError(
            "The area {code} was built by another version of the program (format {version};"
            " this one reads {known}). Build it again.",
            code=code,
            version=version,
            known=f"{FORMAT[0]}.x",
        )


def _damaged(code: str, file: str, error: Exception) -> BundleError:
    return BundleError(
        "The area {code} is damaged ({file}: {reason}). Build it again.",
        code=code,
        file=file,
        reason=(str(error).splitlines() or [type(error).__name__])[0][:200],
    )
