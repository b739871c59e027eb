"""What figures rest on, as fingerprints: the program, its libraries, the area's files."""

from __future__ import annotations

import hashlib
import hmac
import platform
import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pyproj
import shapely

from geo.bundle import Area
from geo.errors import BundleError
from layers.record.figures import hashed

ROOT = Path(__file__).parents[2]

ROOMS = ("geo", "data", "layers", "words")
"""Where the program's figures and words are made; pages of the app make none."""

SOURCES = (".py", ".toml", ".po")
"""Code, catalogues, translations."""

CHANGES = "CHANGELOG.md"

LIBRARIES = (
    *("geopandas", "numba", "numpy", "opening-hours-py", "pandas", "pyproj", "scipy"),
    "shapely",
)
"""Those that figures depend on."""

ABOUT = "area.toml"
"""What an area says of itself, in its folder."""

ORDER = "order.toml"
"""What an area was built from: no figure depends on it, and it does not travel."""

HOMES = "homes.parquet"
"""Who lives where: nobody is given this file."""

TRIED_OUT = (ABOUT, "incomes.parquet", "zones.parquet")
"""
Short files that count people. Whoever knows such a file but for a count under five could try
one number after the other until the fingerprint fits, so theirs need the homes as a key.
"""


@cache
def code_sha256() -> str:
    """
    Return one fingerprint of all source files of the program.

    Every file's name and text counts, but not how its lines end: Windows may have other ends.

    Examples
    --------
    >>> len(code_sha256())
    64
    """
    return source_sha256(ROOT)


def source_sha256(root: Path) -> str:
    """
    Return the fingerprint of the source files in a copy of the program.

    Examples
    --------
    >>> source_sha256(ROOT) == code_sha256()
    True
    """
    return hashed(
        [
            (name, hashlib.sha256(file.read_bytes().replace(b"\r\n", b"\n")).hexdigest())
            for name, file in sorted(_sources(root))
        ]
    )


def _sources(root: Path) -> Iterator[tuple[str, Path]]:
    for room in ROOMS:
        for file in (root / room).rglob("*"):
            if file.suffix in SOURCES and file.is_file():
                yield file.relative_to(root).as_posix(), file


def code_version() -> str:
    """
    Return what the list of changes calls this version of the program; `""` if it is not there.

    Examples
    --------
    >>> code_version() != ""
    True
    """
    try:
        lines = (ROOT / CHANGES).read_text("utf-8").splitlines()
    except OSError:
        return ""
    return next((line[3:].strip()[:40] for line in lines if line.startswith("## ")), "")


def libraries() -> dict[str, str]:
    """
    Return the versions of Python, of the libraries, and of what those are built on.

    Examples
    --------
    >>> sorted(libraries())[:3]
    ['geopandas', 'geos', 'numba']
    """
    return {
        "python": platform.python_version(),
        **{name: version(name) for name in LIBRARIES},
        "geos": shapely.geos_version_string,
        "proj": pyproj.proj_version_str,
    }


def bundle_files(folder: Path, area: Area) -> dict[str, str]:
    """
    Return the SHA-256 of each file of an area's folder, by its name.

    Of the files in `TRIED_OUT` it is the HMAC-SHA-256 (RFC 2104), keyed with the homes: where
    these are others, so are those fingerprints.

    Parameters
    ----------
    folder
        Where the area lies on disk.
    area
        As it was read from there.

    Raises
    ------
    BundleError
        If the folder cannot be read, or holds another building of the area by now.
    """
    try:
        key = _sha256(folder / HOMES, b"key").encode()
        files = {
            file.name: _sha256(file, key if file.name in TRIED_OUT else b"")
            for file in sorted(folder.iterdir())
            if _counts(file)
        }
        built = datetime.fromisoformat(
            tomllib.loads((folder / ABOUT).read_text("utf-8"))["built"]
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BundleError(
            "The area {code} cannot be read ({reason}).",
            code=area.code,
            reason=getattr(error, "strerror", None) or type(error).__name__,
        ) from error
    if built != datetime.fromisoformat(area.built):
        raise BundleError(
            "The area {code} was built again meanwhile. Ask once more.", code=area.code
        )
    return files


def whole(files: Mapping[str, str]) -> str:
    """
    Return one fingerprint of several files.

    Examples
    --------
    >>> whole({"a": "1", "b": "2"}) == whole({"b": "2", "a": "1"})
    True
    """
    return hashed(sorted(files.items()))


def _counts(file: Path) -> bool:
    return file.is_file() and not file.name.startswith(".") and file.name != ORDER


def _sha256(file: Path, key: bytes = b"") -> str:
    """Return the SHA-256 of a file; with a key, what nobody can work out who has not got it."""
    with file.open("rb") as read:
        if not key:
            return hashlib.file_digest(read, "sha256").hexdigest()
        keyed = hmac.new(key, digestmod="sha256")
        hashlib.file_digest(read, lambda: keyed)
        return keyed.hexdigest()
