"""Build many areas at once, on this machine or a cluster; what was built stays built."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from distributed import Client, LocalCluster, as_completed

from data import bundle
from data.build import build
from data.county import Outcome
from data.order import Order
from geo.errors import BundleError, MoteplassError, unforeseen
from geo.tables import EVERYBODY

MOST_WORKERS = 64


def build_many(
    orders: Sequence[Order],
    *,
    workers: int = 0,
    scheduler: str = "",
    tell: Callable[[Outcome], None],
) -> list[Outcome]:
    """
    Build areas side by side; one that fails leaves the others whole.

    An area whose bundle was built from the very same order, files and format is not
    built again, so that what was stopped, or killed, goes on where it was.

    Parameters
    ----------
    orders
        What to build; each its own code.
    workers
        Processes on this machine; 0 for one for each of its cores.
    scheduler
        Address of a Dask cluster that is there already, e.g. `"tcp://10.0.0.5:8786"`.
        Its workers need this program, and the same store and files under the same names.
    tell
        Told of each area as soon as it is done.

    Returns
    -------
    outcomes
        In the order of `orders`.

    Raises
    ------
    BundleError
        If no scheduler answers at the address.
    """
    done: dict[str, Outcome] = {}

    def note(outcome: Outcome) -> None:
        done[outcome.order.code] = outcome
        tell(outcome)

    todo = []
    for order in orders:
        if bundle.built_from(order):
            note(_outcome(order, earlier=True))
        else:
            todo.append(order)
    if todo:
        with _client(min(workers or os.cpu_count() or 1, len(todo)), scheduler) as client:
            asked = client.map(build_one, todo, pure=False, retries=1)
            for future in as_completed(asked):
                note(future.result())
    return [done[order.code] for order in orders]


def build_one(order: Order) -> Outcome:
    """Build one area; a fault is an outcome, not an end."""
    began = time.monotonic()
    try:
        build(order)
    except MoteplassError as error:
        return Outcome(order, seconds=time.monotonic() - began, fault=error.message)
    except Exception as error:  # a fault of ours in one area must not stop the others
        return Outcome(order, seconds=time.monotonic() - began, fault=unforeseen(error))
    return _outcome(order, seconds=time.monotonic() - began)


def _outcome(order: Order, *, seconds: float = 0.0, earlier: bool = False) -> Outcome:
    built = bundle.read(order.code)
    return Outcome(
        order,
        people=float(built.homes[EVERYBODY].sum()),
        places=len(built.places),
        seconds=seconds,
        earlier=earlier,
        missing=len(built.area.missing),
    )


@contextmanager
def _client(workers: int, scheduler: str) -> Iterator[Client]:
    """Give a cluster: the one at an address, or one of our own that ends with the work."""
    if scheduler:
        try:
            client = Client(scheduler, timeout=5)
        except (OSError, ValueError) as error:
            raise BundleError(
                "No Dask scheduler answers at {address}.", address=scheduler
            ) from error
        with client:
            yield client
        return
    with (
        LocalCluster(
            n_workers=min(workers, MOST_WORKERS),
            threads_per_worker=1,  # reading and joining hold the interpreter's lock
            dashboard_address="127.0.0.1:0",  # any free one; nobody else can see it
            host="127.0.0.1",
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client
