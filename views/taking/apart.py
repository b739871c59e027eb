"""
An annex made in a process of its own: `python -m views.taking.apart PID`.

So that the pages stay quick meanwhile, and all memory that it takes is given back.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from data.process import Progress, serve
from geo.errors import BundleError, Message
from views.taking.order import AnnexOrder

FIRST = 0.15
"""The share of the work that is done before the first file is begun (measured in Oslo)."""


def make_annex(ordered: Mapping[str, Any], progress: Progress) -> None:
    """
    Make the annex that was ordered.

    Parameters
    ----------
    ordered
        As `AnnexOrder.plain` gives it.
    progress
        Told how far it has come.

    Raises
    ------
    BundleError
        If the area was built anew since then: its figures are others.
    """
    progress(0.0, Message("Answering the question"))
    # These take seconds, and whoever waits has been told what goes on.
    from data import bundle, store  # noqa: PLC0415
    from data.catalogue import families, groups, kinds, walkers  # noqa: PLC0415
    from data.norms import norms  # noqa: PLC0415
    from geo.catalogue import Catalogue  # noqa: PLC0415
    from geo.question import Question  # noqa: PLC0415
    from layers.annex.binding import write  # noqa: PLC0415
    from layers.annex.whole import whole  # noqa: PLC0415
    from layers.export.full import Desk, full_export  # noqa: PLC0415
    from layers.record.record import record_of  # noqa: PLC0415
    from words import speaker  # noqa: PLC0415

    order = AnnexOrder.from_plain(ordered)
    question = Question.from_params(dict(order.question))
    read = bundle.read(question.area)
    if read.area.built != order.built:
        raise BundleError("The area was built anew meanwhile. Load the page, and ask again.")
    case, export = full_export(
        question,
        read,
        Desk(Catalogue(kinds(), groups(), walkers(), families()), norms()),
        say=speaker(order.language),
        now=datetime.fromisoformat(order.now),
        areas=order.areas,
    )
    parts = whole(case, export, record_of(case, export, store.folder(question.area)))

    def told(done: int, of: int, label: Message) -> None:
        progress(FIRST + (1 - FIRST) * done / of, label)

    write(parts, order.file, day=export.day, progress=told)


if __name__ == "__main__":
    serve(int(sys.argv[1]), make_annex)
