"""Ask a web service politely: say who asks, keep what could be read, fail in words."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import httpx

from data.patience import AgainError, Pace, patiently, require_ok, whole
from data.shelf import Earlier, Shelf, Trial

HOME = "https://github.com/moteplass/moteplass"
USER_AGENT = f"Moteplass/0.1 (+{HOME}; meeting places in municipalities)"
"""Open services ask to know whom to write to; some refuse those who do not say."""

MIRROR = "MOTEPLASS_MIRROR"
"""Names the variable that names a server which stands for all others."""

MAX_AGE_DAYS = 30.0
SECONDS_PER_DAY = 86_400

Get = Callable[[str], bytes]
"""Fetch a URL. The real one is `Fetcher`; a test passes a dict's `__getitem__`."""

Made = TypeVar("Made")


def client(transport: httpx.BaseTransport | None = None) -> httpx.Client:
    """Return a client that says who we are; `None` means the real network."""
    return httpx.Client(
        headers={"User-Agent": USER_AGENT},
        timeout=30.0,
        follow_redirects=True,
        transport=transport,
    )


@dataclass(frozen=True, slots=True)
class Fetcher:
    """
    The real `Get`: with a shelf of answers, bounded answers and bounded patience.

    Parameters
    ----------
    cache
        Folder of earlier answers.
    client
        Who carries the questions; a test gives it a transport of its own.
    sleep
        How to wait; a test does not.
    days
        How long an answer spares a question; 0: it is never kept, not even for later.
    pace
        Keeps questions to one host apart.
    aged
        ISO dates of older answers that had to stand in for a service that failed:
        one, the oldest, for each reading.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> service = httpx.MockTransport(lambda request: httpx.Response(200, text="Bodø"))
    >>> with TemporaryDirectory() as folder:
    ...     get = Fetcher(Path(folder), client=client(transport=service))
    ...     get("https://example.org/name").decode()
    'Bodø'
    """

    cache: Path
    client: httpx.Client = field(default_factory=client)
    sleep: Callable[[float], None] = time.sleep
    days: float = MAX_AGE_DAYS
    pace: Pace = field(default_factory=Pace)
    aged: list[str] = field(default_factory=list)

    def lasting(self, days: float) -> Fetcher:
        """Return one whose answers are good for `days`, with `aged` of its own."""
        return replace(self, days=days, aged=[])

    def __call__(self, url: str) -> bytes:
        """
        Return what is at `url`: a fresh answer, or an older one if the service fails.

        Raises
        ------
        NotFoundError
            If the service says there is no such thing.
        SourceError
            If it cannot be reached, is busy, refuses, or says too much, and never
            answered before.
        """
        return self.reading(lambda get: get(url))

    def reading(self, read: Callable[[Get], Made]) -> Made:
        """
        Return what `read` makes of answers, which are kept only if it can.

        Services say that they are being repaired with status 200, and only a reader
        can tell. If it raises, or the service fails, it gets earlier answers, all of
        them kept ones: old and new pages do not mix.

        Raises
        ------
        Exception
            What `read` raised, if there are no earlier answers that it can read.
        """
        if not self.days:
            return read(self.ask)
        shelf = Shelf(self.cache)
        trial = Trial(shelf, self.days * SECONDS_PER_DAY, self.ask)
        try:
            made = read(trial)
        except Exception as error:
            trial.failed()
            if trial.gone:
                raise
            earlier = Earlier(shelf)
            try:
                made = read(earlier)
            except Exception:  # what was wrong first tells more
                raise error from error.__cause__
            self.aged.append(datetime.fromtimestamp(earlier.oldest, UTC).date().isoformat())
        else:
            trial.passed()
        return made

    def ask(self, url: str) -> bytes:
        """Ask the service itself, whatever is on the shelf; raises as `__call__` does."""
        host = host_of(url)
        self.pace.take_turn(host, sleep=self.sleep)
        return patiently(lambda wait_s: self._once(url, wait_s), host=host, sleep=self.sleep)

    def _once(self, url: str, wait_s: float) -> bytes:
        try:
            with self.client.stream("GET", mirrored(url)) as response:
                require_ok(response, url=url, wait_s=wait_s)
                return whole(response, host=host_of(url))
        except httpx.HTTPError as error:
            raise AgainError(type(error).__name__, wait_s) from error


def through(get: Get, read: Callable[[Get], Made]) -> Made:
    """
    Return what `read` makes of the answers of any `get`; see `Fetcher.reading`.

    Examples
    --------
    >>> through({"a": b"yes"}.__getitem__, lambda get: get("a"))
    b'yes'
    """
    return get.reading(read) if isinstance(get, Fetcher) else read(get)


def mirrored(url: str) -> str:
    """
    Return where to ask for `url`: there, or at the mirror that `MOTEPLASS_MIRROR` names.

    One server can so stand for all services, where a network lets nobody out.

    Examples
    --------
    >>> os.environ["MOTEPLASS_MIRROR"] = "http://127.0.0.1:8000"
    >>> mirrored("https://data.ssb.no/api/tables?lang=no")
    'http://127.0.0.1:8000/data.ssb.no/api/tables?lang=no'
    >>> del os.environ["MOTEPLASS_MIRROR"]
    """
    mirror = os.environ.get(MIRROR, "").rstrip("/")
    return f"{mirror}/{url.partition('://')[2]}" if mirror else url


def host_of(url: str) -> str:
    """
    Return the host that a sentence should name.

    Examples
    --------
    >>> host_of("https://overpass-api.de/api")
    'overpass-api.de'
    """
    return urlsplit(url).netloc
