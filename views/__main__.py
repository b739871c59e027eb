"""
The server: `python -m views`, with Streamlit's own options behind it.

A first visit needs a second's worth of libraries, and the area it shows. Both are
read while the browser is opening, so that its first question finds them ready.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread

from streamlit.web import cli

ROOT = Path(__file__).parent.parent
SERVED = ROOT / "views" / "server" / "moteplass.py"

BRIEF_S = 0.0005
"""How long the reading may keep the server from answering the browser at a time."""


def warm() -> None:
    """Answer the question that a first visit asks; let the server go first."""
    usual_s = sys.getswitchinterval()
    sys.setswitchinterval(BRIEF_S)
    # ruff: noqa: PLC0415 - this is what takes so long
    # Not the page itself: its parts report to a server that runs already.
    from data.bundle import read_area
    from geo.errors import MoteplassError
    from views import cached
    from views.question import asking
    from views.server.shell import fetch_early

    with suppress(MoteplassError):  # not built yet: the visit builds it, and shows how far
        built = read_area(asking.START.area).built
        cached.answered(asking.START, built, cached.asked_at(asking.START))
    import layers.map  # noqa: F401 - the map comes after the sentence
    from layers.publish import assets, own_folder, scripts, styles

    with suppress(MoteplassError):  # the visit says why
        assets(cached.STATIC)
        wanted = [url for _, url in (*scripts(), *styles())]
        fetch_early(f"/app/static/{url}" for url in (*wanted, f"{own_folder()}/painter.js"))

    gc.freeze()  # what is here now stays: nobody has to look through it for garbage again
    sys.setswitchinterval(usual_s)


if __name__ == "__main__":
    Thread(target=warm, daemon=True).start()
    (ROOT / "static").mkdir(exist_ok=True)  # Streamlit looks for it before the app runs
    os.chdir(ROOT)  # and for its settings here
    cli.main_run([str(SERVED), *sys.argv[1:]])
