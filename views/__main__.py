"""
The server: `python -m views`, with Streamlit's own options behind it.

The page stands on a second's worth of libraries. They are read while the browser
is opening, so that its first question finds them ready.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from threading import Thread

from streamlit.web import cli

APP = Path(__file__).parent.parent / "app.py"

ROOMS = ("geo.answer", "data.bundle", "pyarrow.parquet", "layers.files", "layers.map")
"""In the order of need. Not the page itself: its parts report to a server that runs."""

BRIEF_S = 0.0005
"""How long the reading may keep the server from answering the browser at a time."""


def warm() -> None:
    """Read the libraries, and let the server go first."""
    usual_s = sys.getswitchinterval()
    sys.setswitchinterval(BRIEF_S)
    for room in ROOMS:
        importlib.import_module(room)
    sys.setswitchinterval(usual_s)


if __name__ == "__main__":
    Thread(target=warm, daemon=True).start()
    (APP.parent / "static").mkdir(exist_ok=True)  # Streamlit looks for it before the app runs
    cli.main_run([str(APP), *sys.argv[1:]])
