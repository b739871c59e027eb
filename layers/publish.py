"""
What the browser fetches: layers as files, and Leaflet from installed packages.

Files are written beside their name and moved onto it, so that a reader sees all
of a file or none of it, whoever else is writing. The name holds a hash of the
content, so a file never changes and an old one can go as soon as nobody asks.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import secrets
import shutil
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

from geo.errors import ExportError
from layers.geojson import encode
from layers.layer import Layer

HERE = Path(__file__).parent
OURS = re.compile(r"[a-z_]+-[0-9a-f]{16}\.geojson|\.\S+\.tmp")
"""Names of published layers, and of what an interrupted writer left behind."""

LEAFLET = "leaflet-1.9.3"
CLUSTER = "markercluster-1.4.1"
SCRIPTS = ("map", "tiles", "signs", "moving", "divided", "controls", "own", "pointing")
"""Ours, in their order. `painter.js` is none: it runs beside the page, as a worker."""
PACKAGES = {LEAFLET: "xstatic.pkg.leaflet", CLUSTER: "xstatic.pkg.leaflet_markercluster"}


def publish(folder: Path, layer: Layer) -> str:
    """
    Write a layer where the browser can fetch it, unless it is there already.

    Returns
    -------
    name
        Of the file in `folder`, e.g. `"places-3f2a90d1c5b7e846.geojson"`; the same
        layer has the same name everywhere.

    Raises
    ------
    ExportError
        If the folder cannot be written to.
    """
    content = encode(layer)
    name = f"{layer.key}-{_hash(content)}.geojson"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / name).exists():
            _write(folder / name, content)
        os.utime(folder / name)  # asked for again: `sweep` spares it
    except OSError as error:
        raise _unwritable(folder, error) from error
    return name


def sweep(folder: Path, older_than_s: float) -> int:
    """
    Remove layers that nobody has asked for, and return how many.

    Other files are left alone. What another process removes first is no error.
    """
    before, removed = time.time() - older_than_s, 0
    for file in folder.glob("*") if folder.is_dir() else ():
        with suppress(FileNotFoundError):
            if OURS.fullmatch(file.name) and file.is_file() and file.stat().st_mtime < before:
                file.unlink()
                removed += 1
    return removed


def assets(folder: Path) -> None:
    """
    Put the map's scripts, styles and images where the browser can fetch them.

    Each lies in a subfolder named after its version, so an upgrade is never mixed
    with what a browser remembers. Subfolders that are there already are not
    touched: then the folder may be read-only.

    Raises
    ------
    ExportError
        If a package is not installed, or the folder cannot be written to.
    """
    wanted = {name: _package(module) for name, module in PACKAGES.items()}
    wanted[own_folder()] = HERE / "browser"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, source in wanted.items():
            if not (folder / name).is_dir():
                _copy(source, folder / name)
    except OSError as error:
        raise _unwritable(folder, error) from error


@cache
def own_folder() -> str:
    """Return the name of the subfolder with our own scripts and styles, by their content."""
    files = sorted((HERE / "browser").glob("*.*"))
    return f"map-{_hash(b''.join(file.read_bytes() for file in files))}"


def scripts() -> tuple[tuple[str, str], ...]:
    """Return names and relative URLs of the scripts a map needs, in their order."""
    return (
        ("leaflet", f"{LEAFLET}/leaflet.js"),
        ("markercluster", f"{CLUSTER}/leaflet.markercluster.js"),
        *((name, f"{own_folder()}/{name}.js") for name in SCRIPTS),
    )


def styles() -> tuple[tuple[str, str], ...]:
    """Return names and relative URLs of the style sheets a map needs, in their order."""
    return (
        ("leaflet_css", f"{LEAFLET}/leaflet.css"),
        ("markercluster_css", f"{CLUSTER}/MarkerCluster.css"),
        ("map_css", f"{own_folder()}/map.css"),
        ("views_css", f"{own_folder()}/views.css"),
    )


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _package(module: str) -> Path:
    """Return the folder of files that an XStatic package carries."""
    try:
        spec = importlib.util.find_spec(module)
    except ModuleNotFoundError:
        spec = None
    if spec is None or not spec.submodule_search_locations:
        raise ExportError("Package {package} is not installed.", package=module)
    return Path(spec.submodule_search_locations[0]) / "data"


def _write(target: Path, content: bytes) -> None:
    beside = _beside(target)
    try:
        beside.write_bytes(content)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    """Copy a folder; if another process is first, its copy stays."""
    beside = _beside(target)
    try:
        skip = shutil.ignore_patterns("*.map", "*-src*", "*.py", "__pycache__")
        shutil.copytree(source, beside, copy_function=shutil.copyfile, ignore=skip)
        beside.replace(target)
    except OSError:
        if not target.is_dir():
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")


def _unwritable(folder: Path, error: OSError) -> ExportError:
    return ExportError(
        "The map's files cannot be written to {folder}: {why}.",
        folder=str(folder),
        why=error.strerror or type(error).__name__,
    )
