"""Threads that last between clicks."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from views import lasting as module
from views.lasting import lasting


@pytest.fixture(autouse=True)
def idle(monkeypatch):
    """Begin without threads."""
    threads = []
    monkeypatch.setattr(module, "_idle", threads)
    yield threads
    for thread in threads:
        thread.shutdown()


def test_the_thread_is_the_same_from_click_to_click():
    name = lasting(threading.get_ident)
    seen = set()
    for _ in range(5):
        with ThreadPoolExecutor(1) as click:
            seen.add(click.submit(name).result())
    assert len(seen) == 1
    assert seen.isdisjoint({threading.get_ident()})


def test_what_is_called_within_stays_in_the_thread():
    inner = lasting(threading.get_ident)
    outer = lasting(lambda: (inner(), threading.get_ident()))
    assert len(set(outer())) == 1


def test_nobody_waits_for_who_is_at_work(idle):
    lock = threading.Barrier(20, timeout=10)
    work = lasting(lambda n: (lock.wait(), n)[1])
    with ThreadPoolExecutor(20) as clicks:
        assert list(clicks.map(work, range(20))) == list(range(20))
    assert len(idle) == 20
    assert work.__wrapped__ is not None


def test_a_failure_comes_back_and_the_thread_stays(idle):
    @lasting
    def fail(wrong):
        raise KeyError(wrong)

    for _ in range(3):
        with pytest.raises(KeyError, match="this"):
            fail("this")
    assert len(idle) == 1


def test_the_thread_that_worked_last_works_first(idle):
    slow = lasting(lambda: time.sleep(0.1))
    with ThreadPoolExecutor(3) as clicks:
        for _ in range(3):
            clicks.submit(slow)
    last = idle[-1]
    lasting(lambda: None)()
    assert (idle[-1], len(idle)) == (last, 3)
