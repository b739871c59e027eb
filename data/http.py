"""Ask a web service politely: say who asks, keep answers, wait if told to, fail in words."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urlsplit

import httpx

from geo.errors import NotFoundError, SourceError

HOME = "https://github.com/moteplass/moteplass"
USER_AGENT = f"Moteplass/0.1 (+{HOME}; meeting places in municipalities)"
"""Open services ask to know whom to write to; some refuse those who do not say."""

MIRROR = "MOTEPLASS_MIRROR"
"""Names the variable that names a server which stands for all others."""

MAX_AGE_DAYS = 30
MAX_BYTES = 50 * 1024 * 1024
TRIES = 4
LONGEST_WAIT_S = 60.0
SECONDS_PER_DAY = 86_400

Get = Callable[[str], bytes]
"""Fetch a URL. The real one is `Fetcher`; a test passes a dict's `__getitem__`."""


class _Again(Exception):  # noqa: N818 - never leaves this module
    """The answer was one that may be another in a while: what it was, and how long to wait."""

    def __init__(self, fault: str, wait_s: float) -> None:
        self.fault = fault
        self.wait_s = wait_s


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
    The real `Get`: with a cache on disk, bounded answers and bounded patience.

    Parameters
    ----------
    cache
        Folder of earlier answers, each good for `MAX_AGE_DAYS`.
    client
        Who carries the questions; a test gives it a transport of its own.
    sleep
        How to wait; a test does not.

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

    def __call__(self, url: str) -> bytes:
        """
        Return what is at `url`, from the cache if it is there and fresh.

        Raises
        ------
        NotFoundError
            If the service says there is no such thing.
        SourceError
            If it cannot be reached, is busy, refuses, or says too much.
        """
        kept = self.cache / hashlib.sha256(url.encode()).hexdigest()
        try:
            if time.time() - kept.stat().st_mtime < MAX_AGE_DAYS * SECONDS_PER_DAY:
                return kept.read_bytes()
        except OSError:  # not there, or a cache that nobody can use: then without
            pass
        answer = self._patiently(url)
        with suppress(OSError):
            _keep(kept, answer)
        return answer

    def _patiently(self, url: str) -> bytes:
        """Ask up to `TRIES` times, waiting longer each time, or as long as the service asks."""
        for attempt in range(1, TRIES + 1):
            try:
                return self._once(url, wait_s=2.0**attempt)
            except _Again as again:
                fault, wait_s = again.fault, again.wait_s
            if attempt < TRIES:
                self.sleep(min(wait_s, LONGEST_WAIT_S))
        raise SourceError(
            "{host} does not answer as it should ({fault})."
            " Check the network, and try again in some minutes.",
            host=host_of(url),
            fault=fault,
        )

    def _once(self, url: str, *, wait_s: float) -> bytes:
        try:
            with self.client.stream("GET", mirrored(url)) as response:
                status = response.status_code
                if status == 429 or status >= 500:
                    asked = response.headers.get("Retry-After", "")
                    raise _Again(
                        f"HTTP {status}", float(asked) if asked.isdecimal() else wait_s
                    )
                if status == 404:
                    raise NotFoundError(
                        "{host} has nothing at {url}.", host=host_of(url), url=url
                    )
                if status != 200:
                    raise SourceError(
                        "{host} refused the question (HTTP {status}): {url}."
                        " The service may have changed:"
                        " look for a newer version of the program.",
                        host=host_of(url),
                        status=status,
                        url=url,
                    )
                return _bounded(response)
        except httpx.HTTPError as error:
            raise _Again(type(error).__name__, wait_s) from error


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


def _bounded(response: httpx.Response) -> bytes:
    """Read an answer, but never more than `MAX_BYTES` of it."""
    answer = bytearray()
    for piece in response.iter_bytes():
        answer += piece
        if len(answer) > MAX_BYTES:
            raise SourceError(
                "{host} sent more than {mb} MB, which cannot be right."
                " The service may have changed: look for a newer version of the program.",
                host=response.url.host,
                mb=MAX_BYTES // 1024**2,
            )
    return bytes(answer)


def _keep(path: Path, answer: bytes) -> None:
    """Write beside and rename, so that a stop in the middle leaves no half answer."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(answer)
    os.replace(file.name, path)  # noqa: PTH105 - a name, not a path
