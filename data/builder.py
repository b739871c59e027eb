"""Builds one after the other, each in a process of its own, and lets them be stopped."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from data.order import Order
from data.store import folder, restored
from data.workshop import Workshop
from geo.errors import Message

SILENT = Message(
    "The build ended without a word (code {code}). Perhaps the machine has too"
    " little memory: close other programs, and build again."
)


class Builder(Workshop[Order]):
    """Builds what is ordered, one area after the other, known by their codes."""

    module = "data.apart"
    silent = SILENT

    def __init__(self) -> None:
        super().__init__()
        self._there: set[Path] = set()

    def key(self, order: Order) -> str:
        """Return the code of the area."""
        return order.code

    def plain(self, order: Order) -> Mapping[str, Any]:
        """Return an order as JSON can tell it."""
        return order.to_dict()

    def prepare(self, order: Order) -> None:
        """Remember what another process is filling."""
        self._there = set(_half_built(order.code))

    def clear(self, order: Order) -> None:
        """Remove what is half built, and put back what was there before."""
        for left in set(_half_built(order.code)) - self._there:
            shutil.rmtree(left, ignore_errors=True)
        restored(order.code)


def _half_built(code: str) -> Iterator[Path]:
    """Yield the folders in which `data.store.replacing` fills areas of a code."""
    name = re.compile(rf"\.new-{re.escape(code)}-[a-z0-9_]{{8}}")  # as `tempfile` ends them
    for found in folder(code).parent.glob(".new-*"):
        if name.fullmatch(found.name):
            yield found
