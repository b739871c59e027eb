"""A build in a process of its own: `python -m data.apart PID`, started by `data.builder`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from data.demos import demos
from data.order import Order
from data.process import Progress, serve


def build_ordered(ordered: Mapping[str, Any], progress: Progress) -> None:
    """
    Build what was ordered.

    Parameters
    ----------
    ordered
        As `data.order.Order.to_dict` gives it.
    progress
        Told how far it has come.
    """
    from data.build import build, build_demo  # noqa: PLC0415 - it takes seconds

    order = Order.from_dict(ordered)
    if order.code in demos():
        build_demo(order.code, terrain=order.terrain, progress=progress)
    else:
        build(order, progress=progress)


if __name__ == "__main__":
    serve(int(sys.argv[1]), build_ordered)
