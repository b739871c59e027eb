"""Archives, unpacked so that nothing in them chooses where it lands or how much it fills."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

from data.files.limits import (
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_UNPACKED,
    MB,
    RATIO_FROM,
    damaged,
    shown,
)
from geo.errors import SourceError

Members = dict[str, dict[str, bytes]]
"""Contents by the name without its last suffix, then by that suffix in lower case."""

LEADING = (".gpkg", ".geojson", ".json", ".shp", ".kml", ".gml", ".csv", ".tsv", ".txt")
SHEETS = (".xlsx", ".xlsm", ".xls", ".ods")
BESIDE = (".shx", ".dbf", ".prj", ".cpg")
KNOWN = frozenset((*LEADING, *SHEETS, *BESIDE))
ARCHIVES = frozenset((".zip", ".kmz", ".7z", ".rar", ".gz", ".bz2", ".xz", ".tar", ".tgz"))
CHUNK = 1024 * 1024
ENCRYPTED = 0x1


def unpacked(data: bytes, name: str) -> Members:
    """
    Return the files of an archive that may hold a table, and what belongs to them.

    Nothing is written: names in the archive are names, not places. What has an unknown
    suffix, as a picture or a readme, is left alone.

    Raises
    ------
    SourceError
        If a name leads out of the archive or is a link, if it holds another archive or
        a secret, or too much of anything; or if it is damaged.

    Examples
    --------
    >>> packed = io.BytesIO()
    >>> with zipfile.ZipFile(packed, "w") as archive:
    ...     archive.writestr("Skoler/skoler.CSV", "navn")
    ...     archive.writestr("../../etc/passwd", "x")
    >>> unpacked(packed.getvalue(), "skoler.zip")
    Traceback (most recent call last):
    geo.errors.SourceError: skoler.zip holds ../../etc/passwd, which leads out of it. \
It is not opened.
    """
    with opened_archive(data, name) as archive:
        found: Members = {}
        for info in archive.infolist():
            if not _inside(info, name):
                continue
            path = PurePosixPath(info.filename)
            found.setdefault(str(path.with_suffix("")), {})[path.suffix.lower()] = b"".join(
                _pieces(archive, info, name)
            )
        return found


@contextmanager
def opened_archive(data: bytes, name: str) -> Iterator[zipfile.ZipFile]:
    """
    Open an archive whose declared size is within bounds; damage met inside is told in words.

    Raises
    ------
    SourceError
        If it is damaged, has too many members or unpacks to too much.

    Examples
    --------
    >>> with opened_archive(b"PK rubbish", "a.zip"):
    ...     pass
    Traceback (most recent call last):
    geo.errors.SourceError: a.zip is damaged or cut short. Save or fetch it again.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_bounds(archive, len(data), name)
            yield archive
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
    ) as error:
        raise damaged(name) from error


def _check_bounds(archive: zipfile.ZipFile, packed: int, name: str) -> None:
    members = archive.infolist()
    size = sum(info.file_size for info in members)
    if len(members) > MAX_MEMBERS:
        raise SourceError(
            "{file} holds {n} files; at most {most} are opened.",
            file=shown(name),
            n=len(members),
            most=MAX_MEMBERS,
        )
    if size > MAX_UNPACKED or (size > RATIO_FROM and size > MAX_RATIO * packed):
        raise SourceError(
            "{file} would unpack from {packed} to {size} MB, which no table does."
            " It is not opened.",
            file=shown(name),
            packed=round(packed / MB, 1),
            size=round(size / MB),
        )


def _inside(info: zipfile.ZipInfo, name: str) -> bool:
    """Tell whether a member is wanted; refuse what no honest archive holds."""
    told = info.filename.replace("\\", "/")
    path = PurePosixPath(told)
    about = {"file": shown(name), "member": info.filename[:80]}
    if path.is_absolute() or ".." in path.parts or ":" in told or "\0" in info.orig_filename:
        text = "{file} holds {member}, which leads out of it. It is not opened."
        raise SourceError(text, **about)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise SourceError("{file} holds {member}, which is a link. It is not opened.", **about)
    if info.is_dir() or "__MACOSX" in path.parts or path.name.startswith("."):
        return False
    if path.suffix.lower() in ARCHIVES:
        text = "{file} holds another archive, {member}. Unpack it, and choose the file in it."
        raise SourceError(text, **about)
    if path.suffix.lower() in KNOWN and info.flag_bits & ENCRYPTED:
        raise SourceError("{file} is locked with a password. Save it without one.", **about)
    return path.suffix.lower() in KNOWN


def _pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """Yield a member's content; what it declared of its size is no promise."""
    left = min(info.file_size, MAX_UNPACKED)
    with archive.open(info) as member:
        while piece := member.read(CHUNK):
            left -= len(piece)
            if left < 0:
                raise damaged(name)
            yield piece
