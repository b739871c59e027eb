"""Answers kept on disk: a fresh one spares a question, an old one is better than none."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from tempfile import NamedTemporaryFile

from geo.errors import NotFoundError, SourceError

RESUME_S = 3600.0
"""How long answers wait that came before the service failed: the next try goes on there."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """
    A folder of answers, by what was asked.

    A new answer is on trial until somebody could read it; till then the one before
    it stays. A folder that nobody can write to is an empty one.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     shelf = Shelf(Path(folder))
    ...     shelf.try_out("https://example.org/a", b"yes")
    ...     before = shelf.kept("https://example.org/a", within_s=60)
    ...     shelf.keep("https://example.org/a")
    ...     before, shelf.kept("https://example.org/a", within_s=60)
    (None, b'yes')
    """

    folder: Path

    def kept(self, url: str, *, within_s: float) -> bytes | None:
        """Return the answer that was kept, if it came within so many seconds."""
        return _read(self._path(url), within_s)

    def on_trial(self, url: str) -> bytes | None:
        """Return the answer that came a short while ago and that nobody has read yet."""
        return _read(self._trial(url), RESUME_S)

    def time_of(self, url: str) -> float:
        """Return when the kept answer came, in seconds since 1970; `inf` if there is none."""
        try:
            return self._path(url).stat().st_mtime
        except OSError:
            return inf

    def try_out(self, url: str, answer: bytes) -> None:
        """Put a new answer on trial; whole, or not at all."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self.folder, delete=False) as file:
                file.write(answer)
            os.replace(file.name, self._trial(url))  # noqa: PTH105 - a name, not a path

    def keep(self, url: str) -> None:
        """Keep the answer on trial instead of the one before."""
        with suppress(OSError):
            self._trial(url).replace(self._path(url))

    def reject(self, url: str) -> None:
        """Forget the answer on trial."""
        with suppress(OSError):
            self._trial(url).unlink()

    def forget(self, url: str) -> None:
        """Forget the answer that was kept."""
        with suppress(OSError):
            self._path(url).unlink()

    def _path(self, url: str) -> Path:
        return self.folder / hashlib.sha256(url.encode()).hexdigest()

    def _trial(self, url: str) -> Path:
        return self._path(url).with_suffix(".new")


def _read(path: Path, seconds: float) -> bytes | None:
    try:
        if time.time() - path.stat().st_mtime < seconds:
            return path.read_bytes()
    except OSError:  # not there, or a folder that nobody can use: then without
        pass
    return None


@dataclass(slots=True)
class Trial:
    """
    Fetches for somebody who has yet to show that the answers can be read.

    Parameters
    ----------
    shelf
        Where answers are.
    within_s
        How many seconds a kept one spares a question.
    ask
        Asks the service.
    gone
        Whether the service said that there is no such thing: then no earlier
        answer may stand in.
    """

    shelf: Shelf
    within_s: float
    ask: Callable[[str], bytes]
    gone: bool = False
    _used: list[str] = field(default_factory=list)
    _new: list[str] = field(default_factory=list)
    _failed: bool = False

    def __call__(self, url: str) -> bytes:
        """Return what is at `url`: from the shelf, or asked for and put on trial."""
        if (answer := self.shelf.kept(url, within_s=self.within_s)) is not None:
            self._used.append(url)
            return answer
        if (answer := self.shelf.on_trial(url)) is None:
            try:
                answer = self.ask(url)
            except NotFoundError:
                self.gone = True
                raise
            except SourceError:
                self._failed = True
                raise
            self.shelf.try_out(url, answer)
        self._new.append(url)
        return answer

    def passed(self) -> None:
        """Keep what came: it could be read."""
        for url in self._new:
            self.shelf.keep(url)

    def failed(self) -> None:
        """
        Forget what came, unless it was the service that failed: the next try goes on there.

        If nothing came and kept answers cannot be read, the next try has to ask.
        """
        if self._failed:
            return
        for url in self._new:
            self.shelf.reject(url)
        if not self._new:
            for url in self._used:
                self.shelf.forget(url)


@dataclass(slots=True)
class Earlier:
    """
    Fetches from the shelf only, however old an answer is.

    Parameters
    ----------
    shelf
        Where answers are.
    oldest
        When the oldest one came that it gave, in seconds since 1970.
    """

    shelf: Shelf
    oldest: float = inf

    def __call__(self, url: str) -> bytes:
        """Return the kept answer; raises `LookupError` if there is none."""
        answer = self.shelf.kept(url, within_s=inf)
        if answer is None:
            raise LookupError(url)
        self.oldest = min(self.oldest, self.shelf.time_of(url))
        return answer
