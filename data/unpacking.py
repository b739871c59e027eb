"""A pack opened: nothing in it is trusted, and an area comes into its place whole or not."""

from __future__ import annotations

import os
import tempfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
from filelock import FileLock

from data import story_shelf
from data.area_file import from_toml
from data.order import Order
from data.order_file import ORDER
from data.pack_list import Listed, content, damaged, listed_in, opened
from data.packing import AREA, DECISIONS, STORIES, portable
from data.register.decisions import file_of
from data.store import codes, replacing
from data.stories import Story
from data.story_file import MOST_BYTES, read
from geo.bundle import CONTRACTS
from geo.errors import BundleError, TableError

MOST_DECIDED = 16 * 1024**2
"""Bytes of decisions: some hundred thousand of them."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What came out of a pack, and what stayed as it was since it was there already."""

    code: str
    name: str
    built: str
    stories: tuple[str, ...]
    kept: tuple[str, ...]


def unpack(file: Path, *, replace: bool = False) -> Unpacked:
    """
    Put the area of a pack into the store.

    Parameters
    ----------
    file
        Anybody's: every name in it, every size and every hash is checked.
    replace
        Whether an area of that code, its decisions and stories of the same names give
        way. Else an area that is there is an error; stories and decisions that are there
        without one stay.

    Raises
    ------
    SourceError
        If it is no pack, is damaged, or was made by another version of the program.
    BundleError
        If the area is there already, or cannot be written; what was there is unharmed.
    """
    with opened(file) as packed:
        listed = listed_in(packed, file)
        if listed.code in codes() and not replace:
            raise BundleError(
                "The area {code} is there already. Say --replace to put the packed one, built"
                " {built}, in its place.",
                code=listed.code,
                built=listed.built[:10],
            )
        stories = _stories(packed, listed, file)
        decisions = _decisions(packed, listed, file)
        with replacing(listed.code) as fresh:
            for name in listed.files:
                if name.startswith(f"{AREA}/"):
                    _taken(packed, listed, name, fresh / name.removeprefix(f"{AREA}/"), file)
            _check(fresh, listed, file)
    return _beside(listed, stories, decisions, replace=replace)


def _taken(
    packed: zipfile.ZipFile, listed: Listed, name: str, target: Path, file: Path
) -> None:
    with target.open("wb") as fresh:
        for piece in content(packed, listed, name, file):
            fresh.write(piece)


def _bytes(packed: zipfile.ZipFile, listed: Listed, name: str, most: int, file: Path) -> bytes:
    """Return a small file whole."""
    if listed.files[name][0] > most:
        raise damaged(file)
    return b"".join(content(packed, listed, name, file))


def _stories(packed: zipfile.ZipFile, listed: Listed, file: Path) -> dict[str, Story]:
    """Return the stories by name; each has to be one."""
    found = {}
    for path in listed.files:
        if path.startswith(f"{STORIES}/"):
            name = path.removeprefix(f"{STORIES}/")
            story = read(_bytes(packed, listed, path, MOST_BYTES, file), name)
            found[name.removesuffix(".toml")] = story
    return found


def _decisions(packed: zipfile.ZipFile, listed: Listed, file: Path) -> bytes:
    if DECISIONS not in listed.files:
        return b""
    return _bytes(packed, listed, DECISIONS, MOST_DECIDED, file)


def _check(fresh: Path, listed: Listed, file: Path) -> None:
    """Refuse what would be no area: it must not take the place of one."""
    try:
        area = from_toml(tomllib.loads((fresh / "area.toml").read_text("utf-8")))
        for name, contract in CONTRACTS.items():
            table = contract.check(gpd.read_parquet(fresh / f"{name}.parquet"))
            if table.crs != area.crs:
                raise damaged(file)
    except (OSError, ValueError, KeyError, TypeError, TableError, RecursionError) as error:
        raise damaged(file) from error
    if (area.code, area.built) != (listed.code, listed.built):
        raise damaged(file)
    _forget_paths(fresh / ORDER)


def _forget_paths(order: Path) -> None:
    """Leave out an order that names files: built again, it would read ours."""
    try:
        told = Order.from_dict(tomllib.loads(order.read_text("utf-8"))["order"])
        known = portable(told)
    except FileNotFoundError:
        return
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        known = False
    if not known:
        order.unlink()


def _beside(
    listed: Listed, stories: dict[str, Story], decisions: bytes, *, replace: bool
) -> Unpacked:
    """Keep what lies beside the area; what is there already only gives way if it shall."""
    taken, kept = [], []
    for name, story in stories.items():
        known = name in story_shelf.ready() or name in story_shelf.names(listed.code)
        if name in story_shelf.ready() or (known and not replace):
            kept.append(f"{STORIES}/{name}.toml")
            continue
        story_shelf.keep(listed.code, name, story)
        taken.append(name)
    if decisions and not replace and file_of(listed.code).exists():
        kept.append(DECISIONS)
    elif decisions:
        _decide(listed.code, decisions)
    return Unpacked(listed.code, listed.name, listed.built, tuple(taken), tuple(kept))


def _decide(code: str, decisions: bytes) -> None:
    """Write the decisions as `data.register.decisions` does: whole, or not at all."""
    target = file_of(code)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(target.with_name(f".lock-{target.name}"), timeout=60):
            handle, beside = tempfile.mkstemp(prefix=f".new-{target.name}-", dir=target.parent)
            try:
                with os.fdopen(handle, "wb") as fresh:
                    fresh.write(decisions)
                Path(beside).replace(target)
            finally:
                Path(beside).unlink(missing_ok=True)
    except OSError as error:
        raise BundleError(
            "The decisions about {code} cannot be read or written ({reason}).",
            code=code,
            reason=error.strerror or type(error).__name__,
        ) from error
