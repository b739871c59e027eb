"""What the page on the state of the program looks at. Nothing secret: strangers may read it."""

from __future__ import annotations

import os
import platform
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil
from babel.messages.pofile import read_po

from data import store
from data.bundle import read_area
from data.demos import demos
from geo.bundle import CONTRACTS
from geo.errors import BundleError
from views.cached import STATIC
from words import LANGUAGES, Speaker

ROOT = Path(__file__).parent.parent
LIBRARIES = (
    *("streamlit", "streamlit-folium", "geopandas", "shapely", "pandas", "numpy", "numba"),
    *("pyogrio", "rasterio", "folium"),
)
MB = 1e6
LEAST_DISK_MB = 2000
"""A county's OpenStreetMap data, and what is made of it."""

LEAST_MEMORY_MB = 1000
"""What a build of a large municipality takes."""

MOST_FILES = 100_000
"""A folder is measured up to so many files."""


@dataclass(frozen=True, slots=True)
class Row:
    """Something that was looked at: what was found, and whether that is in order."""

    what: str
    found: str
    fine: bool = True


Check = Callable[[], list[Row]]


def checks(say: Speaker) -> dict[str, Check]:
    """Return all checks by their titles."""
    return {
        say("Program"): lambda: program(say),
        say("Areas"): lambda: areas(say),
        say("Room"): lambda: room(say),
        say("Languages"): lambda: languages(say),
    }


def program(say: Speaker) -> list[Row]:
    """Look at the program's own version, and at those of what it is made with."""
    heads = (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines()
    own = next((line[3:].strip() for line in heads if line.startswith("## ")), "–")
    python = f"{platform.python_version()}, {platform.system()}"
    rows = [Row("Møteplass", own), Row("Python", python)]
    for name in LIBRARIES:
        try:
            rows.append(Row(name, version(name)))
        except PackageNotFoundError:
            rows.append(Row(name, say("Not installed"), fine=False))
    return rows


def areas(say: Speaker) -> list[Row]:
    """Look at every area of the store: when it was built, its size, whether it can be read."""
    rows = [_area(code, say) for code in store.codes()]
    if not rows:
        rows = [Row(say("None is built"), say("Demo areas are built when they are opened."))]
    left = _left_behind()
    if left:
        told = say("They are swept away when the next area is built.")
        rows.append(
            Row(say.many("{n} half-built folder", "{n} half-built folders", left), told)
        )
    return rows


def _area(code: str, say: Speaker) -> Row:
    demo = say("demo area")
    what = f"{code} ({demo})" if code in demos() else code
    try:
        built = read_area(code).built
        _require_tables(code)
    except (BundleError, OSError, ValueError):
        told = say("Cannot be read, or is from another version. Build it again.")
        return Row(what, told, fine=code in demos())  # those build themselves
    mb = say.number(_size(store.folder(code)) / MB, 1)
    return Row(what, say("Built {date}, {mb} MB", date=say.date(built), mb=mb))


def _require_tables(code: str) -> None:
    """Raise what opening a table of an area raises: its end tells whether it is whole."""
    from pyarrow import parquet  # noqa: PLC0415 - only this page asks

    for name in CONTRACTS:
        parquet.read_metadata(store.folder(code) / f"{name}.parquet")


def _left_behind() -> int:
    """Return how many builds were cut short so long ago that nobody goes on with them."""
    old = time.time() - store.LEFT_BEHIND_S
    return sum(one.stat().st_mtime < old for one in (store.home() / "areas").glob(".new-*"))


def room(say: Speaker) -> list[Row]:
    """Look at the disk, the memory, and the folders that grow."""
    where = store.home()
    while not where.exists():
        where = where.parent
    disk = shutil.disk_usage(where).free / MB
    mine = psutil.Process().memory_info().rss / MB
    left = psutil.virtual_memory().available / MB
    folders = {
        say("Answers of the services, kept"): store.cache_folder(),
        say("Files that were uploaded"): store.home() / "files",
        say("Annexes that lie ready"): store.home() / "annexes",
        say("Layers of maps, served to everybody"): STATIC,
    }
    return [
        Row(say("Free on the disk"), _mb(disk, say), fine=disk >= LEAST_DISK_MB),
        Row(say("Free memory"), _mb(left, say), fine=left >= LEAST_MEMORY_MB),
        Row(say("Memory of the program"), _mb(mine, say)),
        *(Row(what, _mb(_size(folder) / MB, say)) for what, folder in folders.items()),
    ]


def _mb(value: float, say: Speaker) -> str:
    return say("{n} MB", n=say.number(value))


def _size(folder: Path) -> int:
    """Return how many bytes a folder has; what is gone meanwhile counts nothing."""
    total = files = 0
    for root, _, names in os.walk(folder):
        for name in names:
            try:
                total += Path(root, name).stat().st_size
            except OSError:
                continue
        files += len(names)
        if files > MOST_FILES:
            break
    return total


def languages(say: Speaker) -> list[Row]:
    """Look whether every sentence is translated, and nobody left one for later."""
    rows = []
    for code, name in LANGUAGES.items():
        file = ROOT / "words" / f"{code}.po"
        if not file.exists():
            rows.append(Row(name, say("The language of the program itself")))
            continue
        with file.open("rb") as lines:
            known = [one for one in read_po(lines, locale=code) if one.id]
        done = sum(bool(one.string) and not one.fuzzy and all(_forms(one)) for one in known)
        told = say("{n} of {all} sentences", n=say.number(done), all=say.number(len(known)))
        rows.append(Row(name, told, fine=done == len(known)))
    return rows


def _forms(one: object) -> Sequence[str]:
    """Return singular and plural of a translation, or the only form there is."""
    string = getattr(one, "string", "")
    return string if isinstance(string, tuple | list) else (string,)
