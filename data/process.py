"""
What both ends of work in a process of its own say to each other.

The process reads its order as JSON and writes what becomes of it, a line of JSON each time:
`{"share", "doing"}` on the way; at the end `{"fault"}`, which is `null` if all went well.
When the process that gave the order is gone, nobody hears it: then it ends.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from threading import Thread
from typing import IO, Any

import psutil

from geo.errors import Message, MoteplassError, unforeseen

ROOT = Path(__file__).parent.parent
WINDOWS = ("BELOW_NORMAL_PRIORITY_CLASS", "CREATE_NO_WINDOW")
CALM = sum(getattr(subprocess, name, 0) for name in WINDOWS)
"""How a process yields to others and opens no window, where it has to be told."""

NICER = 5
"""How much it yields to whoever answers questions, as `os.nice` counts it."""

LOOKS_S = 0.5
"""How often it looks whether anybody hears it."""

Progress = Callable[[float, Message], None]
"""Told how far work has come, from 0 to 1, and what is being done."""

Work = Callable[[Mapping[str, Any], Progress], None]
"""Carries out an order. What goes wrong is raised."""


def written(message: Message) -> dict[str, Any]:
    """Return a sentence, and those within it, as what JSON can tell."""
    told: dict[str, Any] = json.loads(json.dumps(asdict(message), default=_plain))
    return told


def heard(row: Mapping[str, Any]) -> Message:
    """
    Read a sentence again.

    Raises
    ------
    KeyError, TypeError
        If it is none.

    Examples
    --------
    >>> told = Message("{who}: {n}", {"who": Message("Schools"), "n": ("1", 2.5)})
    >>> heard(written(told)) == told
    True
    """
    text = str(row["text"])
    return Message(text, {key: _value(value) for key, value in row["values"].items()})


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return heard(value)
    return tuple(map(_value, value)) if isinstance(value, list) else value


def _plain(value: Any) -> Any:
    """Return a number of NumPy's as Python's own, and whatever else there is as text."""
    return value.item() if hasattr(value, "item") else str(value)


def carried_out(ordered: str, work: Work, out: IO[str]) -> None:
    """
    Carry out an order, and write how it goes.

    Parameters
    ----------
    ordered
        In JSON.
    work
        What carries it out.
    out
        Each line is there at once. A fault that nobody foresaw is told as one of the
        program; its trace goes to the standard error.
    """

    def tell(**told: Any) -> None:
        out.write(json.dumps(told) + "\n")
        out.flush()

    fault: Message | None = None
    try:
        work(
            json.loads(ordered),
            lambda share, doing: tell(share=float(share), doing=written(doing)),
        )
    except MoteplassError as error:
        fault = error.message
    except Exception as error:
        traceback.print_exc()
        fault = unforeseen(error)
    tell(fault=written(fault) if fault else None)


def serve(pid: int, work: Work) -> None:
    """Take one order of the process `pid` from the standard input, and carry it out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is meant for the server
    # What libraries print must not come between our lines.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    if hasattr(os, "nice"):  # elsewhere whoever starts the process says so
        os.nice(NICER)
    Thread(target=_ends_with, args=(pid,), daemon=True).start()
    with out:
        carried_out(sys.stdin.read(), work, out)


def _ends_with(pid: int) -> None:
    """End at once when a process is gone; no system does that for us, nor do pipes on all."""
    try:
        giver = psutil.Process(pid)
        while giver.is_running() and giver.status() != psutil.STATUS_ZOMBIE:
            time.sleep(LOOKS_S)
    except psutil.NoSuchProcess:
        pass
    os._exit(1)


def started(module: str, scratch: str) -> subprocess.Popen[str]:
    """Start a process that waits for an order, with a folder for what it throws away."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), scratch)
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", module, str(os.getpid())],
        env={**os.environ, **places, "PYTHONPATH": path, "PYTHONUTF8": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        creationflags=CALM,
    )


def listen(
    process: subprocess.Popen[str], ordered: Mapping[str, Any], progress: Progress
) -> tuple[bool, Message | None]:
    """
    Give an order, pass on what is told, and return how it ended.

    Returns
    -------
    told, fault
        Whether the end was told; if so, why it failed, if it did.
    """
    assert process.stdin and process.stdout  # noqa: S101, PT018 - both were asked for
    told, fault = False, None
    with process:
        try:
            with suppress(OSError):  # gone already: its silence is what is told
                process.stdin.write(json.dumps(ordered))
                process.stdin.close()
            for line in process.stdout:
                row = json.loads(line)
                if "fault" in row:
                    told, fault = True, heard(row["fault"]) if row["fault"] else None
                else:
                    progress(min(max(row["share"], 0.0), 1.0), heard(row["doing"]))
        except ValueError:  # half a line: it was ended while it spoke
            process.terminate()
    return told, fault
