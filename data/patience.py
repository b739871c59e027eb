"""How to ask a busy service: not too often, again after a while, and not for ever."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock

import httpx

from geo.errors import NotFoundError, SourceError

TRIES = 4
LONGEST_WAIT_S = 60.0
SPACING_S = 0.34
"""Between two questions to one host: three a second is what the strictest of them allows."""
MAX_BYTES = 50 * 1024 * 1024
WHOLE_ANSWER_S = 120.0
"""A service that sends a byte now and then would keep us for ever."""


class AgainError(Exception):
    """The answer may be another in a while: what it was, and how many seconds to wait."""

    def __init__(self, fault: str, wait_s: float) -> None:
        self.fault = fault
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Pace:
    """
    Keeps questions to one host apart by `spacing_s` seconds, also those of several threads.

    Examples
    --------
    >>> waits: list[float] = []
    >>> pace = Pace()
    >>> for _ in range(3):
    ...     pace.take_turn("data.ssb.no", sleep=waits.append)
    >>> len(waits)
    2
    """

    spacing_s: float = SPACING_S
    _next: dict[str, float] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def take_turn(self, host: str, *, sleep: Callable[[float], None]) -> None:
        """Wait until `host` may be asked again."""
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next.get(host, now))
            self._next[host] = turn + self.spacing_s
        if turn > now:
            sleep(turn - now)


def patiently(
    ask: Callable[[float], bytes], *, host: str, sleep: Callable[[float], None]
) -> bytes:
    r"""
    Ask up to `TRIES` times, waiting longer each time, or as long as the service asks.

    Parameters
    ----------
    ask
        Asks once. It is given how many seconds to wait if the service does not say,
        and raises `AgainError` to be asked again.
    host
        Named in the sentence.
    sleep
        How to wait; never more than `LONGEST_WAIT_S` at a time.

    Raises
    ------
    SourceError
        After the last try.

    Examples
    --------
    >>> answers = [b"", b"Bod\xc3\xb8"]
    >>> def ask(wait_s: float) -> bytes:
    ...     if answer := answers.pop(0):
    ...         return answer
    ...     raise AgainError("HTTP 503", wait_s)
    >>> waits: list[float] = []
    >>> patiently(ask, host="example.org", sleep=waits.append).decode(), waits
    ('Bodø', [2.0])
    """
    for attempt in range(1, TRIES + 1):
        try:
            return ask(2.0**attempt)
        except AgainError as again:
            fault, wait_s = again.fault, again.wait_s
        if attempt < TRIES:
            sleep(min(wait_s, LONGEST_WAIT_S))
    raise SourceError(
        "{host} does not answer as it should ({fault})."
        " Check the network, and try again in some minutes.",
        host=host,
        fault=fault,
    )


def asked_wait_s(retry_after: str, otherwise: float) -> float:
    """
    Read the header `Retry-After`: seconds, or a date as in RFC 9110, section 10.2.3.

    Examples
    --------
    >>> asked_wait_s("7", 2.0), asked_wait_s("soon", 2.0)
    (7.0, 2.0)
    >>> asked_wait_s("Sun, 06 Nov 1994 08:49:37 GMT", 2.0)
    0.0
    """
    if retry_after.isdecimal():
        return float(retry_after)
    try:
        then = parsedate_to_datetime(retry_after)
    except ValueError:
        return otherwise
    left = then.replace(tzinfo=then.tzinfo or UTC) - datetime.now(UTC)
    return max(0.0, left.total_seconds())


def require_ok(response: httpx.Response, *, url: str, wait_s: float) -> None:
    """
    Return if the service answered; `url` is what it was asked, whoever stood for it.

    Raises
    ------
    AgainError
        If it is busy or broken, which passes; `wait_s` if it does not say when.
    NotFoundError
        If there is no such thing.
    SourceError
        If it refuses.

    Examples
    --------
    >>> require_ok(httpx.Response(200), url="https://example.org/a", wait_s=2.0)
    """
    status, host = response.status_code, httpx.URL(url).host
    if status == 429 or status >= 500:
        wait_s = asked_wait_s(response.headers.get("Retry-After", ""), wait_s)
        raise AgainError(f"HTTP {status}", wait_s)
    if status == 404:
        raise NotFoundError("{host} has nothing at {url}.", host=host, url=url)
    if status != 200:
        raise SourceError(
            "{host} refused the question (HTTP {status}): {url}."
            " The service may have changed: look for a newer version of the program.",
            host=host,
            status=status,
            url=url,
        )


def whole(response: httpx.Response, *, host: str) -> bytes:
    """
    Read an answer, but never more than `MAX_BYTES` of it, nor longer than `WHOLE_ANSWER_S`.

    Raises
    ------
    SourceError
        If it is more, or takes longer. Asking again would be no better.

    Examples
    --------
    >>> whole(httpx.Response(200, text="Bodø"), host="example.org").decode()
    'Bodø'
    """
    answer = bytearray()
    latest = time.monotonic() + WHOLE_ANSWER_S
    for piece in response.iter_bytes():
        answer += piece
        if len(answer) > MAX_BYTES:
            raise SourceError(
                "{host} sent more than {mb} MB, which cannot be right."
                " The service may have changed: look for a newer version of the program.",
                host=host,
                mb=MAX_BYTES // 1024**2,
            )
        if time.monotonic() > latest:
            raise SourceError(
                "{host} sent its answer too slowly: it was not whole after {seconds} seconds."
                " Try again in some minutes.",
                host=host,
                seconds=round(WHOLE_ANSWER_S),
            )
    return bytes(answer)
