"""Builds one after the other, each in a process of its own, and lets them be stopped."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock, Thread

from data.apart import heard
from data.order import Order
from data.store import folder, restored
from geo.errors import Message

ROOT = Path(__file__).parent.parent
WINDOWS = ("BELOW_NORMAL_PRIORITY_CLASS", "CREATE_NO_WINDOW")
CALM = sum(getattr(subprocess, name, 0) for name in WINDOWS)
"""How a process yields to others and opens no window, where it has to be told."""


@dataclass(slots=True)
class Job:
    """
    A build that was ordered.

    Parameters
    ----------
    order
        What is built.
    share, doing
        How far it has come, from 0 to 1, and what is being done.
    fault
        Why it failed, if it did.
    stopped
        Whether somebody stopped it; the area that was there is then as it was.
    done
        Whether nothing more happens.
    """

    order: Order
    share: float = 0.0
    doing: Message = field(default_factory=lambda: Message("The build is being started"))
    fault: Message | None = None
    stopped: bool = False
    done: bool = False


class Builder:
    """
    Builds what is ordered, one area at a time: each takes all the memory it needs.

    The work is done by `data.apart`, so that whoever shares this process is not held up.
    What is being built ends with this process, however that ends.
    """

    def __init__(self) -> None:
        self._lock = RLock()
        self._jobs: dict[str, Job] = {}
        self._waiting: deque[Job] = deque()
        self._process: subprocess.Popen[str] | None = None
        self._current: Job | None = None
        self._busy = False

    def order(self, order: Order) -> Job:
        """Order an area, unless it is being built; return its job either way."""
        with self._lock:
            known = self._jobs.get(order.code)
            if known is not None and not known.done:
                return known
            self._jobs.pop(order.code, None)  # to stand last
            job = self._jobs[order.code] = Job(order)
            self._waiting.append(job)
            if not self._busy:
                self._busy = True
                Thread(target=self._work, daemon=True).start()
            return job

    def job_of(self, code: str) -> Job | None:
        """Return the last job of an area, if there was one."""
        return self._jobs.get(code)

    def under_way(self) -> list[str]:
        """Return the codes of what is being built or waits for it, first ordered first."""
        with self._lock:
            return [code for code, job in self._jobs.items() if not job.done]

    def before(self, job: Job) -> int:
        """Return how many areas are built before one that waits; 0 if it does not wait."""
        with self._lock:
            waits = job in self._waiting
            return self._waiting.index(job) + (self._current is not None) if waits else 0

    def stop(self, code: str) -> None:
        """Stop the build of an area, or leave it out if it waits; else nothing happens."""
        with self._lock:
            job = self._jobs.get(code)
            if job is None or job.done:
                return
            job.stopped = True
            if job in self._waiting:
                self._waiting.remove(job)
                job.done = True
            elif self._process is not None:
                self._process.terminate()

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
                text = "The build could not be started ({reason})."
                job.fault = Message(text, {"reason": error.strerror or type(error).__name__})
            finally:
                job.done = True

    def _carry_out(self, job: Job) -> None:
        """Build in a process of its own; clear away what it leaves unless it ends well."""
        before = set(_half_built(job.order.code))
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
            with self._lock:
                if job.stopped:
                    return
                process = self._process = _started(scratch)
            try:
                told = _listen(process, job)
            finally:
                with self._lock:
                    self._process = None
        if told:
            job.stopped = False  # too late: it is there
            return
        for left in set(_half_built(job.order.code)) - before:
            shutil.rmtree(left, ignore_errors=True)
        restored(job.order.code)
        if not job.stopped:
            text = (
                "The build ended without a word (code {code}). Perhaps the machine has too"
                " little memory: close other programs, and build again."
            )
            job.fault = Message(text, {"code": str(process.returncode)})


def _started(scratch: str) -> subprocess.Popen[str]:
    """Start a process that waits for an order, with a folder for what it throws away."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), scratch)
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "data.apart", str(os.getpid())],
        env={**os.environ, **places, "PYTHONPATH": path, "PYTHONUTF8": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        creationflags=CALM,
    )


def _listen(process: subprocess.Popen[str], job: Job) -> bool:
    """Give the order, take down what is told, and return whether the end was told."""
    assert process.stdin and process.stdout  # noqa: S101, PT018 - both were asked for
    told = False
    with process:
        try:
            with suppress(OSError):  # gone already: its silence is what is told
                process.stdin.write(json.dumps(job.order.to_dict()))
                process.stdin.close()
            for line in process.stdout:
                row = json.loads(line)
                if "fault" in row:
                    told = True
                    job.fault = heard(row["fault"]) if row["fault"] else None
                else:
                    job.share = min(max(row["share"], 0.0), 1.0)
                    job.doing = heard(row["doing"])
        except ValueError:  # half a line: it was ended while it spoke
            process.terminate()
    return told


def _half_built(code: str) -> Iterator[Path]:
    """Yield the folders in which `data.store.replacing` fills areas of a code."""
    name = re.compile(rf"\.new-{re.escape(code)}-[a-z0-9_]{{8}}")  # as `tempfile` ends them
    for found in folder(code).parent.glob(".new-*"):
        if name.fullmatch(found.name):
            yield found
