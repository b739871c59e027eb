"""The folder where areas lie, and how one is put there whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import platformdirs
from filelock import FileLock

from geo.errors import BundleError

CODE = re.compile(r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$)[a-z0-9][a-z0-9_-]{0,39}")
"""What an area may be called; the names that Windows keeps for its devices are left out."""

LEFT_BEHIND_S = 24 * 3600.0
"""Half-built folders older than this belong to a build that was killed."""


def home() -> Path:
    """Return the store: `MOTEPLASS_HOME`, or the user's own data folder."""
    told = os.environ.get("MOTEPLASS_HOME")
    return Path(told) if told else platformdirs.user_data_path("moteplass", appauthor=False)


def folder(code: str) -> Path:
    """
    Return where an area lies, or would lie.

    Raises
    ------
    BundleError
        If the code could be anything but a folder's name.

    Examples
    --------
    >>> folder("demo-karhula").parent.name
    'areas'
    >>> folder("../../etc")
    Traceback (most recent call last):
    geo.errors.BundleError: An area's code is 1 to 40 of a–z, 0–9, - and _, not ../../etc.
    """
    if not CODE.fullmatch(code):
        raise BundleError(
            "An area's code is 1 to 40 of a–z, 0–9, - and _, not {code}.", code=code[:60]
        )
    return home() / "areas" / code


def codes() -> list[str]:
    """Return the codes of all areas in the store, sorted."""
    files = (home() / "areas").glob("*/area.toml")
    # An area that only stepped aside, when a swap was cut short, is restored when it is read.
    names = {file.parent.name.removeprefix(".old-") for file in files}
    return sorted(filter(CODE.fullmatch, names))


def cache_folder() -> Path:
    """Return where answers of the services are kept."""
    return home() / "cache"


@contextmanager
def replacing(code: str) -> Iterator[Path]:
    """
    Give an empty folder to fill; when it is filled, put it in the place of the area.

    If filling fails, or the machine stops half-way, the earlier area stays as it was.

    Raises
    ------
    BundleError
        If the disk is full, or nobody may write there.
    """
    target = folder(code)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target.parent)
        fresh = Path(tempfile.mkdtemp(prefix=f".new-{code}-", dir=target.parent))
    except OSError as error:
        raise _unwritable(target, error) from error
    try:
        yield fresh
        _swap(fresh, target)
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def restored(code: str) -> Path:
    """Return the area's folder, after undoing a swap that was cut short between its steps."""
    target = folder(code)
    if not target.exists() and _old(target).exists():
        with _lock(target):
            if not target.exists() and _old(target).exists():
                _old(target).rename(target)
    return target


def _swap(fresh: Path, target: Path) -> None:
    """No system renames over a full folder, so the old one steps aside first."""
    with _lock(target):
        old = _old(target)
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)
            target.rename(old)
        fresh.rename(target)
        shutil.rmtree(old, ignore_errors=True)


def _old(target: Path) -> Path:
    return target.with_name(f".old-{target.name}")


def _lock(target: Path) -> FileLock:
    return FileLock(target.with_name(f".lock-{target.name}"), timeout=60)


def _sweep(areas: Path) -> None:
    for left in areas.glob(".new-*"):
        with suppress(FileNotFoundError):  # another build may just have put it in its place
            if time.time() - left.stat().st_mtime > LEFT_BEHIND_S:
                shutil.rmtree(left, ignore_errors=True)


def _unwritable(target: Path, error: OSError) -> BundleError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return BundleError(
            "The disk is full: {folder} could not be written. Free some space and build again;"
            " the earlier version of the area is unharmed.",
            folder=str(target),
        )
    return BundleError(
        "{folder} could not be written ({reason}). Check that you may write there, or set"
        " MOTEPLASS_HOME to another folder.",
        folder=str(target),
        reason=error.strerror or type(error).__name__,
    )
