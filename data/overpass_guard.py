"""Look at every answer of a map service before osmnx does, and refuse what is not whole."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import osmnx as ox
from requests.exceptions import RequestException, Timeout

from geo.errors import Message, SourceError

TRIES = 4
"""osmnx itself waits 55 s and asks again, for ever, while the service is busy."""
STATUS_TRIES = 60
"""osmnx asks every 5 s, for ever, whether another question of ours is done."""
MAX_BYTES = 1024**3
MAX_S = 1800.0


@dataclass(slots=True)
class Guard:
    """
    A hook for `requests`: raises SourceError where osmnx would go on as if all were well.

    Parameters
    ----------
    host
        Named in the sentences.
    busy
        Told when the service asks us to wait.
    """

    host: str
    busy: Callable[[Message], None]
    refused: int = 0
    statuses: int = 0

    def __call__(self, response: Any, *_: Any, **__: Any) -> None:
        """Raise SourceError unless osmnx may use the answer, or wait and ask again."""
        response.raw = _Bounded(response.raw, self.host)
        try:
            self._look(response)
        except Exception:
            response.close()  # nobody else will, once the question is given up
            raise

    def _look(self, response: Any) -> None:
        status = response.status_code
        if response.is_redirect:
            return
        if response.url.endswith("/status") and status not in (403, 406):
            self._status(response.text)
        elif status in (429, 504):
            self.refused += 1
            self._give_up_after(self.refused, TRIES)
            self.busy(Message("{host} is busy; waiting to ask again", {"host": self.host}))
        else:
            self.refused = self.statuses = 0
            _require_whole(response, self.host)

    def _status(self, text: str) -> None:
        self.statuses += 1
        if "Rate limit: 0" in text:  # means no limit; osmnx would wait for a slot for ever
            ox.settings.overpass_rate_limit = False
        self._give_up_after(self.statuses, STATUS_TRIES)

    def _give_up_after(self, count: int, most: int) -> None:
        if count >= most:
            raise SourceError(
                "The map service {host} is busy. Try again in some minutes.", host=self.host
            )


@dataclass(slots=True)
class _Bounded:
    """A stream of bytes that ends in an error rather than never."""

    raw: Any
    host: str

    def stream(self, *args: Any, **kwargs: Any) -> Iterator[bytes]:
        """Pass on the bytes while there are not too many of them, nor too slowly."""
        size, start = 0, time.monotonic()
        for piece in self.raw.stream(*args, **kwargs):
            size += len(piece)
            if size > MAX_BYTES or time.monotonic() - start > MAX_S:
                raise SourceError(
                    "The answer of the map service {host} is too large or too slow."
                    " Choose a smaller area, or use a downloaded file.",
                    host=self.host,
                )
            yield piece

    def __getattr__(self, name: str) -> Any:
        return getattr(self.raw, name)


def _require_whole(response: Any, host: str) -> None:
    """Raise SourceError unless this is a whole answer in the form we know."""
    if not response.ok:
        raise SourceError(
            "The map service {host} refused the question (HTTP {status})."
            " Try again later; if it goes on, look for a newer version of the program.",
            host=host,
            status=response.status_code,
        )
    try:
        answer = json.loads(response.content)
        whole = isinstance(answer["elements"], list)
    except (ValueError, TypeError, KeyError):
        whole = False
    if not whole:
        raise SourceError(
            "The map service {host} sent something that is not map data, or broke off"
            " in the middle. Try again in some minutes.",
            host=host,
        )
    if remark := answer.get("remark"):
        raise SourceError(
            "The map service {host} gave up before it had everything: {remark}."
            " Try again later, or choose a smaller area.",
            host=host,
            remark=str(remark)[:200].rstrip(". "),
        )


@contextmanager
def failing_in_words(host: str) -> Iterator[None]:
    """Turn what the network and the disk raise into a SourceError."""
    try:
        yield
    except (Timeout, httpx.TimeoutException) as error:
        raise SourceError(
            "The map service {host} did not answer in time. Try again in some minutes.",
            host=host,
        ) from error
    except (RequestException, httpx.HTTPError) as error:
        raise SourceError(
            "The map service {host} cannot be reached, or broke off in the middle."
            " Check the network, and try again in some minutes.",
            host=host,
        ) from error
    except OSError as error:
        raise SourceError(
            "Downloaded map data cannot be kept in the cache: {reason}.",
            reason=error.strerror or type(error).__name__,
        ) from error
