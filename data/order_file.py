"""What an area was built from, kept beside it so that it can be built again."""

from __future__ import annotations

import tomllib
from typing import Any

from data.order import Order
from data.store import restored

ORDER = "order.toml"


def told_order(order: Order, made_by: str) -> dict[str, Any]:
    """
    Return what is kept of an order: itself, and a word that tells whether it is the same.

    Raises
    ------
    OSError
        If a file of it is gone.
    """
    return {"digest": order.digest(made_by), "order": order.to_dict()}


def kept_order(code: str) -> dict[str, Any]:
    """Return what was kept when an area was built; nothing if that is not known."""
    try:
        return tomllib.loads((restored(code) / ORDER).read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def order_of(code: str) -> Order | None:
    """Return what an area was built from, if that is known."""
    try:
        return Order.from_dict(kept_order(code)["order"])
    except (KeyError, TypeError):
        return None
