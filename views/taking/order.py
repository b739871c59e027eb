"""The annex that somebody asked for, as one frozen value, and where it is put."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from data.store import home
from geo.question import Question

KEPT_S = 24 * 3600.0
"""How long an annex lies ready: whoever wants it later asks again."""

MOST_BYTES = 2_000_000_000
"""Of all annexes that lie ready."""


@dataclass(frozen=True, slots=True)
class AnnexOrder:
    """
    An annex to be made.

    Parameters
    ----------
    question
        As a link has it: what `geo.question.Question.to_params` returns.
    built
        When the area was built that it is about.
    language
        Of the files.
    now
        When it was asked: ISO date and time with its zone.
    areas
        Whether the reach of the places is in it, as areas.
    """

    question: tuple[tuple[str, str], ...]
    built: str
    language: str
    now: str
    areas: bool = False

    @classmethod
    def of(
        cls, question: Question, built: str, language: str, now: datetime, *, areas: bool
    ) -> Self:
        """Order the annex of a question."""
        told = tuple(sorted(question.to_params().items()))
        return cls(told, built, language, now.isoformat(), areas)

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Self:
        """
        Read an order that JSON has told.

        Examples
        --------
        >>> order = AnnexOrder((("area", "vik"),), "2026-11-20", "nb", "2026-11-22T10:00+01:00")
        >>> AnnexOrder.from_plain(json.loads(json.dumps(order.plain()))) == order
        True
        """
        told = tuple((str(key), str(text)) for key, text in plain["question"])
        return cls(**{**plain, "question": told})

    def plain(self) -> dict[str, Any]:
        """Return the order as JSON can tell it."""
        return asdict(self)

    @property
    def key(self) -> str:
        """What it is known by: the same question of the same data is made once."""
        told = json.dumps(self.plain(), sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def folder(self) -> Path:
        """Where it is made, and nothing else is."""
        return _annexes() / self.key

    @property
    def file(self) -> Path:
        """Where it lies when it is made."""
        return self.folder / "annex.zip"

    def clear(self) -> None:
        """Remove it, and what is left of one that was being made."""
        shutil.rmtree(self.folder, ignore_errors=True)


def sweep(but: str) -> None:
    """Remove annexes that lay ready for a day, and the oldest while all are too much."""
    kept = sorted(
        (folder for folder in _annexes().glob("*") if folder.is_dir() and folder.name != but),
        key=lambda folder: folder.stat().st_mtime,
        reverse=True,
    )
    room, before = MOST_BYTES, time.time() - KEPT_S
    for folder in kept:
        room -= sum(file.stat().st_size for file in folder.glob("*") if file.is_file())
        if room < 0 or folder.stat().st_mtime < before:
            shutil.rmtree(folder, ignore_errors=True)


def _annexes() -> Path:
    return home() / "annexes"
