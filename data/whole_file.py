"""A small file written whole or not at all: what was there before stays until then."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def put(file: Path, content: bytes) -> Path:
    """
    Write a file in the place of an earlier one; return it.

    Parameters
    ----------
    file
        In a folder that is there.
    content
        All of it.

    Raises
    ------
    OSError
        If it cannot be written; an earlier one is then unharmed, and nothing is left beside it.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     put(Path(folder) / "a.txt", b"one").read_bytes()
    b'one'
    """
    handle, beside = tempfile.mkstemp(prefix=".new-", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as fresh:
            fresh.write(content)
        return Path(beside).replace(file)
    finally:
        Path(beside).unlink(missing_ok=True)
