"""
A build in a process of its own: `python -m data.apart PID`, started by `data.builder`.

It reads an order as JSON and writes what becomes of it, a line of JSON each time:
`{"share", "doing"}` on the way; at the end `{"fault"}`, which is `null` if the area is
built. When the process PID, which gave the order, is gone, nobody hears it: then it ends.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Mapping
from dataclasses import asdict
from threading import Thread
from typing import IO, Any

import psutil

from data.demos import demos
from data.order import Order
from geo.errors import Message, MoteplassError

NICER = 5
"""How much a build yields to whoever answers questions, as `os.nice` counts it."""

LOOKS_S = 0.5
"""How often it looks whether anybody hears it."""


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


def carried_out(ordered: str, out: IO[str]) -> None:
    """
    Build what was ordered, and write how it goes.

    Parameters
    ----------
    ordered
        In JSON, as `data.order.Order.to_dict` gives it.
    out
        Each line is there at once. A fault that nobody foresaw is told as one of the
        program; its trace goes to the standard error.
    """

    def tell(**told: Any) -> None:
        out.write(json.dumps(told) + "\n")
        out.flush()

    def progress(share: float, doing: Message) -> None:
        tell(share=float(share), doing=written(doing))

    fault: Message | None = None
    try:
        from data.build import build, build_demo  # noqa: PLC0415 - it takes seconds

        order = Order.from_dict(json.loads(ordered))
        if order.code in demos():
            build_demo(order.code, terrain=order.terrain, progress=progress)
        else:
            build(order, progress=progress)
    except MoteplassError as error:
        fault = error.message
    except Exception as error:
        traceback.print_exc()
        text = "This is a fault of the program: {reason}."
        fault = Message(text, {"reason": f"{type(error).__name__}: {error}"[:300]})
    tell(fault=written(fault) if fault else None)


def _ends_with(pid: int) -> None:
    """End at once when a process is gone; no system does that for us, nor do pipes on all."""
    try:
        giver = psutil.Process(pid)
        while giver.is_running() and giver.status() != psutil.STATUS_ZOMBIE:
            time.sleep(LOOKS_S)
    except psutil.NoSuchProcess:
        pass
    os._exit(1)


def main(pid: int) -> None:
    """Take one order of a process, and carry it out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is meant for the server
    # What libraries print must not come between our lines.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    if hasattr(os, "nice"):  # elsewhere whoever starts the process says so
        os.nice(NICER)
    Thread(target=_ends_with, args=(pid,), daemon=True).start()
    with out:
        carried_out(sys.stdin.read(), out)


if __name__ == "__main__":
    main(int(sys.argv[1]))
