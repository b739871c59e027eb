"""Many sessions at once: how long they wait, and what they cost the server."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Mapping
from contextlib import AsyncExitStack
from math import ceil
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.measure import MB, MS, Result, result
from benchmarks.session import Session, session

SESSIONS = 20
THINK_S = 3.0
"""Between two changes of somebody; by chance from a half of it to one and a half."""

SOON_S = 1.5
SHARE = 0.95


def met(name: str, url: str, pid: int, asked: Mapping[str, str], runs: int) -> list[Result]:
    """
    Measure how 20 sessions at once get along, each changing something `runs` times.

    Parameters
    ----------
    name
        Of the area, for the results.
    url, pid
        Of the server.
    asked
        The question, as the parameters of a link.
    runs
        Changes of each session while all think between them, and then at the same moment.
    """
    return asyncio.run(_met(name, url, pid, urlencode(asked), runs))


async def _met(name: str, url: str, pid: int, link: str, runs: int) -> list[Result]:
    chance = random.Random(1)
    async with AsyncExitStack() as stack:

        async def join() -> Session:
            one = await stack.enter_async_context(
                session(url, link, random.Random(chance.random()))
            )
            await one.open()
            return one

        first = await join()
        for _ in range(runs):
            await first.change()
        one_held = _held_bytes(pid)
        rest = [await join() for _ in range(SESSIONS - 1)]
        opened_held = _held_bytes(pid)
        everybody = [first, *rest]
        thinking = await asyncio.gather(*(_thinking(one, runs) for one in everybody))
        at_once: list[float] = []
        for _ in range(runs):
            at_once += await asyncio.gather(*(one.change() for one in everybody))
        held = _held_bytes(pid)
    few = f"{name}: {SESSIONS} sessions"
    more = SESSIONS - 1
    return [
        *_waited(f"{few}, changes while others think", [s for of in thinking for s in of]),
        *_waited(f"{few}, changes at the same moment", at_once),
        result(f"{name}: 1 session, server's memory", MB, [one_held]),
        result(f"{few}, server's memory", MB, [held]),
        result(f"{few}, more memory for each, opened", MB, _each(opened_held, one_held, more)),
        result(f"{few}, more memory for each, in the end", MB, _each(held, one_held, more)),
    ]


def _each(now: float | None, before: float | None, count: int) -> list[float]:
    return [] if now is None or before is None else [(now - before) / count]


async def _thinking(one: Session, runs: int) -> list[float]:
    took_s = []
    for _ in range(runs):
        await asyncio.sleep(THINK_S * one.chance.uniform(0.5, 1.5))
        took_s.append(await one.change())
    return took_s


def _waited(name: str, took_s: list[float]) -> list[Result]:
    """Return all waits, the longest of 95 %, and the share of those that were short."""
    slow = sorted(took_s)[ceil(SHARE * len(took_s)) - 1]
    soon = sum(one < SOON_S for one in took_s) / len(took_s)
    return [
        result(name, MS, took_s),
        result(f"{name}, 95 % of them within", MS, [slow]),
        Result(f"{name}, under {SOON_S} s", "%", (100 * soon,)),
    ]


def _held_bytes(pid: int) -> float | None:
    """Return the memory that a process holds now, or `None` where nobody tells (not Linux)."""
    status = Path("/proc", str(pid), "status")
    if not status.exists():
        return None
    told = re.search(r"VmRSS:\s*(\d+) kB", status.read_text(encoding="utf-8"))
    return float(told[1]) * 1024 if told else None
