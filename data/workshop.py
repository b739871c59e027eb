"""Orders carried out one after the other, each in a process of its own, and stopped."""

from __future__ import annotations

import subprocess
import tempfile
import traceback
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import RLock, Thread
from typing import Any, Generic, TypeVar

from data.process import listen, started
from geo.errors import Message, unforeseen

Ordered = TypeVar("Ordered")


@dataclass(slots=True)
class Job(Generic[Ordered]):
    """
    Something that was ordered.

    Parameters
    ----------
    order
        What is made.
    share, doing
        How far it has come, from 0 to 1, and what is being done.
    fault
        Why it failed, if it did.
    stopped
        Whether somebody stopped it; what was there before is then as it was.
    done
        Whether nothing more happens.
    """

    order: Ordered
    share: float = 0.0
    doing: Message = field(default_factory=lambda: Message("The work is being started"))
    fault: Message | None = None
    stopped: bool = False
    done: bool = False


class Workshop(ABC, Generic[Ordered]):
    """
    Carries out what is ordered, one order at a time: each takes all the memory it needs.

    The work is done by `module`, see `data.process`, so that whoever shares this process is
    not held up. What is being made ends with this process, however that ends.
    """

    module: str
    """What runs in the other process."""

    silent: Message
    """What is said of a process that ended without a word, with its `{code}`."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._jobs: dict[str, Job[Ordered]] = {}
        self._waiting: deque[Job[Ordered]] = deque()
        self._process: subprocess.Popen[str] | None = None
        self._current: Job[Ordered] | None = None
        self._busy = False

    @abstractmethod
    def key(self, order: Ordered) -> str:
        """Return what an order is known by; of the same, one job at a time."""

    @abstractmethod
    def plain(self, order: Ordered) -> Mapping[str, Any]:
        """Return an order as JSON can tell it."""

    @abstractmethod
    def clear(self, order: Ordered) -> None:
        """Clear away what a job left that did not end well."""

    def prepare(self, order: Ordered) -> None:
        """Look around before a job begins."""

    def order(self, order: Ordered) -> Job[Ordered]:
        """Order something, unless it is being made; return its job either way."""
        with self._lock:
            key = self.key(order)
            known = self._jobs.get(key)
            if known is not None and not known.done:
                return known
            self._jobs.pop(key, None)  # to stand last
            job = self._jobs[key] = Job(order)
            self._waiting.append(job)
            if not self._busy:
                self._busy = True
                Thread(target=self._work, daemon=True).start()
            return job

    def job_of(self, key: str) -> Job[Ordered] | None:
        """Return the last job of a key, if there was one."""
        return self._jobs.get(key)

    def under_way(self) -> list[str]:
        """Return the keys of what is being made or waits for it, first ordered first."""
        with self._lock:
            return [key for key, job in self._jobs.items() if not job.done]

    def before(self, job: Job[Ordered]) -> int:
        """Return how many are made before one that waits; 0 if it does not wait."""
        with self._lock:
            waits = job in self._waiting
            return self._waiting.index(job) + (self._current is not None) if waits else 0

    def stop(self, key: str) -> None:
        """Stop a job, or leave it out if it waits; else nothing happens."""
        with self._lock:
            job = self._jobs.get(key)
            if job is None or job.done:
                return
            job.stopped = True
            if job in self._waiting:
                self._waiting.remove(job)
                job.done = True
            elif self._process is not None:
                self._process.terminate()

    def forget(self, key: str) -> None:
        """Forget a job that is done."""
        with self._lock:
            if (job := self._jobs.get(key)) is not None and job.done:
                del self._jobs[key]

    def _work(self) -> None:
        """Carry out what waits, in its order, until nothing does."""
        while True:
            with self._lock:
                self._current = job = self._waiting.popleft() if self._waiting else None
                if job is None:
                    self._busy = False
                    return
            try:
                self._carry_out(job)
            except OSError as error:
                text = "The work could not be started ({reason})."
                job.fault = Message(text, {"reason": error.strerror or type(error).__name__})
            except Exception as error:  # or nothing would ever be made again
                traceback.print_exc()
                job.fault = unforeseen(error)
            finally:
                job.done = True

    def _carry_out(self, job: Job[Ordered]) -> None:
        """Let a process of its own do the work; clear up after it unless it ends well."""
        self.prepare(job.order)
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
            with self._lock:
                if job.stopped:
                    return
                process = self._process = started(self.module, scratch)
            try:
                told, job.fault = listen(
                    process, self.plain(job.order), lambda *now: _take_down(job, *now)
                )
            finally:
                with self._lock:
                    self._process = None
        if told:
            job.stopped = False  # too late: it is there
            return
        self.clear(job.order)
        if not job.stopped:
            job.fault = Message(self.silent.text, {"code": str(process.returncode)})


def _take_down(job: Job[Any], share: float, doing: Message) -> None:
    job.share, job.doing = share, doing
