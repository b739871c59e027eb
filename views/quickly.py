"""Services asked while somebody waits before a page: once, and not again and again."""

from __future__ import annotations

import time

from data.http import Fetcher
from data.store import cache_folder
from geo.errors import SourceError

LONGEST_WAIT_S = 1.0


def quickly() -> Fetcher:
    """Return a `Get` that gives up where the real one would wait and ask once more."""
    return Fetcher(cache_folder(), sleep=_briefly)


def _briefly(wait_s: float) -> None:
    if wait_s > LONGEST_WAIT_S:
        raise SourceError("There is no answer at once. Check the network, or try again later.")
    time.sleep(wait_s)
