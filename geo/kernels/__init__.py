"""
Our own searches, compiled when they are first needed and kept for later.

A compiled kernel holds the kernels that it calls, but is thrown away only when its own
file changes. So each version of this folder, told by a digest, keeps its own.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from numba import config

HERE = Path(__file__).parent


def digest() -> str:
    """
    Return what tells one version of the kernels from another.

    Examples
    --------
    >>> len(digest())
    12
    """
    sources = (source.read_bytes() for source in sorted(HERE.glob("*.py")))
    return hashlib.sha256(b"".join(sources)).hexdigest()[:12]


_kept = Path(config.CACHE_DIR or HERE / "__pycache__")  # type: ignore[attr-defined]
config.CACHE_DIR = str(_kept / digest())  # type: ignore[attr-defined]
