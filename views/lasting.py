"""
Threads that last, for what is worked out between clicks.

Streamlit runs a page in a new thread at every click, and PROJ, which knows the coordinate
systems, begins anew in every thread: it opens its database and reads each system again,
which takes longer than a whole answer. In a thread that lasts it has done so already.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_here = threading.local()
_idle: list[ThreadPoolExecutor] = []
"""Threads with nothing to do, the last one used at the end: it knows most. Each is its own
pool, and there are as many as ever worked at once: a full pool would let somebody who holds
a lock wait behind those who wait for the lock."""


def lasting(work: Callable[P, R]) -> Callable[P, R]:
    """
    Return a function that does its work in one of the threads that last.

    What it calls of the same kind is done in the same thread, so nobody waits for
    itself. Errors come back as they are.

    Examples
    --------
    >>> name = lasting(lambda: threading.current_thread().name)
    >>> name().startswith("lasting"), lasting(name)() == "MainThread"
    (True, False)
    """

    def marked(*args: P.args, **kwargs: P.kwargs) -> R:
        _here.lasts = True
        return work(*args, **kwargs)

    @wraps(work)
    def done(*args: P.args, **kwargs: P.kwargs) -> R:
        if getattr(_here, "lasts", False):
            return work(*args, **kwargs)
        try:
            thread = _idle.pop()
        except IndexError:
            thread = ThreadPoolExecutor(1, thread_name_prefix="lasting")
        try:
            return thread.submit(marked, *args, **kwargs).result()
        finally:
            _idle.append(thread)

    return done
